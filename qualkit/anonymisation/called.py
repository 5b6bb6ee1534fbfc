"""What people call their boats and animals, their shops, houses and pages: "båten min, brottsjø,", "a podcast called".

Such a name is one, in whatever letters, where it is said of a thing that has a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.openings import matches

_TITLED = re.compile(
    r"\b(?:blogg?(?:en|a)?|nettsiden|heimesida|hjemmesiden|facebooksid[ea]n?|instagramkontoen|kontoen|seilbåten|"
    r"motorbåten|"
    r"sjekta|snekka|kutteren|tråleren|hytta|setra|plassen|gardsbruket|gårdsbruket|butikken|kafeen|firmaet|selskapet|"
    r"company|shop|café|cafe|business|house|cottage|caravan|choir|band|team|vlog\w{0,3}|podkast(?:en)?|"
    r"podcast(?:en)?|kanalen|channel|nettsid[ea]\w?|website|"
    r"facebookgrupp[ea]|facebook group|gruppa|"
    r"siden|sida|page|newsletter|column|spalten|spalta|novel|memoir|romanen|diktsamlinga|single|album|plata|"
    r"band|bandet|boat|båten|sjarken|skøyta|"
    r"yacht|trawler|skuta|farm|gården|garden|kor|koret|laget|korps|korpset|klubben|choir|song|songen|sangen|"
    r"låta|låten|boka|boken|filmen|film|"
    r"podden|dokumentaren|documentary|programmet|forestillinga|stykket|play|exhibition|utstillinga|prosjektet|"
    r"project|group|charity|foundation)(?:\s(?:min|mi|vår|hans|hennes|hennar|vårt))?(?:['’]s)?\s(?:heter|"
    r"heiter|hette|heitte|kalles|called|is called|was called|named|er kalt)\s"
    r"([\w'’-]{2,20}\s(?:og|and|&|i|på|in|of)\s(?:the\s)?[\w'’-]{2,20}(?=[.,;:!?\n]|\s?\Z)|"
    r"[\w'’-]{2,20}(?:\s[\w'’-]{2,20}){0,3}?)(?=[.,;:!?\n]|\s(?:og|and|som|that|which|so|på|on|for|men|but|den|"
    r"it|det|jeg|eg|i)\b|\s?\Z)"
)
_THING = (
    r"(?:båten|sjarken|skuta|skøyta|sjekta|snekka|seilbåten|motorbåten|kutteren|tråleren|hunden|bikkja|tispa|"
    r"valpen|katten|"
    r"katta|hesten|merra|hoppa|ponnien|kua|geita|sauen|væren|grisen|kaninen|marsvinet|hamsteren|papegøyen|undulaten|"
    r"skilpadda|bloggen|podkasten|podcasten|kanalen|boat|yacht|trawler|ship|ferry|tug|lifeboat|dog|cat|horse|"
    r"pony|cow|"
    r"goat|ewe|ram|springer|spaniel|collie|labrador|lab|terrier|greyhound|lurcher|husky|poodle|alsatian|"
    r"retriever|whippet|jack\srussell|"
    r"staffie|beagle|boxer|setter|puddel(?:en)?|elghund(?:en)?|schäfer(?:en)?|mare|gelding|stallion|donkey|"
    r"ferret|rabbit|hamster|parrot|budgie|tortoise|blog|podcast|channel|barge|narrowboat)"
)
_WHOSE = r"(?:\s(?:min|mi|vår|våres|hans|hennes|hennar|deres|dykkar|til\s\w{2,15}))?"
# "båten min, brottsjø,": what stands between commas behind a thing that has a name.
_APPOSED = re.compile(rf"\b{_THING}{_WHOSE},\s((?:the\s)?[^\W\d_][\w'’-]{{2,20}}(?:\s[^\W\d_][\w'’-]{{2,20}})?)(?=,)")
# "vi kalte båten lillegull"
_SO_CALLED = re.compile(
    rf"\b(?:kalte|kaller|kallar|kalla|døpte|named|called|christened)\s(?:the\s|our\s|my\s|her\s|"
    rf"his\s)?{_THING}{_WHOSE}\s"
    r"(?!(?:for|og|som|i|på|and|for|by|because|fordi|men|but)\b)([^\W\d_][\w'’-]{2,20})(?!\w)"
)
_TELLING = frozenset(
    """
    han hun ho den det de dei jeg eg vi og som da når men for med var er hadde har ikke ikkje stor liten snill gammel
    gamal død sjuk syk hvit svart brun grå vakker fin pen lei
    he she it we they i and who which when but was is had has not big old young white black brown small good sick dead
    poor bless honestly actually obviously too though then
    """.split()
)


def names_of_things(small: str) -> Iterator[tuple[int, int]]:
    """Yield where things are called by a name, in a text in small letters.

    Example:
        >>> text = "båten min, brottsjø, ligger der, og podkasten heter kaffe og kaos."
        >>> [text[start:end] for start, end in names_of_things(text)]
        ['kaffe og kaos', 'brottsjø']
    """
    for m in matches(_TITLED, small):
        yield m.start(1), m.start(1) + len(m.group(1).rstrip())
    for m in matches(_APPOSED, small):
        if not _is_told_of(m.group(1)):
            yield m.span(1)
    for m in matches(_SO_CALLED, small):
        yield m.span(1)


def _is_told_of(words: str) -> bool:
    """Whether words between commas behind a thing tell of it: "hunden min, stor og snill,"."""
    parts = words.split()
    article = parts[0] in ("the", "en", "den")
    return any(part in _TELLING for part in parts[article:]) or not (article or len(parts) == 1)
