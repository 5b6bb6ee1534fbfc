"""What a few words around a name tell: a sign, a cup and a title have words on them, an animal and a choir a name.

"«Bass bak lås». I hate that title", "it is called joyous choir of the canal", "svarten, men han er katt", "up raccoon
creek", "on bush house", "loch e", "dawn r whitaker".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.british_names import british_names
from qualkit.anonymisation.lexicon import is_everyday, is_word, no_names
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.names import first_names, surnames
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.tokens import read_tokens
from qualkit.identity import Hit

NAMED_SO = "named-so@1"

_QUOTED = re.compile(r"[«“”\"„]([^\W\d_][^«»“”\"„\n.,!?]{2,60})[»”\"“]")
_WRITTEN = re.compile(
    r"\b(?:tittel\w{0,4}|title\w?|sang(?:en)?|song(?:en)?|låt(?:a|en)?|dokumentar\w{0,4}|documentary|"
    r"film(?:en)?|bok(?:a|en)?|"
    r"ordtak\w{0,3}|motto\w{0,2}|slagord\w{0,3}|slogan\w?|t-?skjort\w{0,3}|t-?shirts?|kopp(?:en)?|mugs?|"
    r"plakat\w{0,3}|poster|skilt\w{0,2}|"
    r"banner\w{0,2}|fane[nr]?|hashtag\w{0,3}|overskrift\w{0,3}|headline|caption|gravestone|gravstein\w{0,2}|"
    r"meme|klistremerk\w{1,3}|"
    r"sticker|tattoo|tatover\w{0,4}|podkast\w{0,3}|podcast|poem|dikt(?:et)?)(?!\w)"
)
# Beside a thing that has a name of its own: "«inga p», båten hans", "the dog «biscuit»".
_THING_BEHIND = re.compile(r"[»”\"“],?\s(?:båt|sjark|skøyt|hund|katt|hest|kua\b|boat|dog|cat|horse)\w{0,3}")
_THING_BEFORE = re.compile(r"(?:båten|sjarken|skøyta|hunden|katten|hesten|boat|dog|cat|horse)\s\Z")
_AROUND, _MOST_QUOTED = 90, 8
_IT_IS_CALLED = re.compile(
    r"\b(?:it|she|he|which|that|one|there)(?:['’]s|\sis|\swas)\scalled\s((?:the\s)?(?![\w'’]+ing\b|(?:a|an|not|"
    r"by|in|on|for|when|that|this|being)\b)"
    r"[^\W\d_][\w'’]{2,20}(?:\s(?!(?:is|was|and|but|i|we|they|you|he|she|it|when|because|"
    r"so)\b)[\w'’]{2,20}){1,5})(?=[.,;:!?\n]|\s?\Z)"
)
_ANIMALS = (
    r"(?:hund|katt|hest|bikkje|kanin|papegøye|geit|ku|cat|dog|horse|pony|rabbit|parrot|collie|greyhound|goat|"
    r"donkey|ferret|"
    r"hamster|marsvin|undulat|tortoise|skilpadde)"
)
_IS_ANIMAL = re.compile(
    r"\b([^\W\d_][\w'’]{2,20})(?:,|\s)\s?(?:men|og|but|and)\s(?:han|ho|hun|he|she)(?:['’]s|\s(?:e|er|is|var|"
    r"was))\s(?:en\s|ein\s|ei\s|a\s|the\s|our\s)?"
    rf"{_ANIMALS}(?!\w)"
)
_WATERS = (
    r"(?:creek|hollow|holler|ridge|gap|fork|bluff|canyon|butte|cove|point|springs|mountain|loch|lough|glen|fell|"
    r"tarn|burn|bayou|"
    r"prairie|junction|crossing|heights|falls|mills)"
)
# English says an article before what is no name: "up raccoon creek", but "up the creek".
_WITHOUT_ARTICLE = re.compile(
    r"\b(?:up|down|on|at|in|from|near|over|along|outside|around|off)\s"
    r"(?!(?:the|a|an|this|that|my|our|his|her|their|your|one|some|any|every|each|no|front|high|big|steep|"
    r"another|what|which)\b)"
    rf"([a-z][a-z'’]{{2,14}}\s{_WATERS})(?!\w)"
)
_ON_WARD = re.compile(
    r"\bon\s(?!(?:the|a|an|this|that|my|our|his|her|their|your|one|another|every|each|which|open|night|day|full|"
    r"mental|locked)\b)"
    r"([a-z]{3,12}\s(?:house|wing|ward|landing|block))(?!\w)"
)
_GAELIC = re.compile(
    r"(?<![\w-])((?:loch|lough|strath|inver|bally|auchter|slieve|inch|ard|kil|aber)\s(?!(?:and|the|is|was|in|on|at|of|"
    r"to|side|or|that|with|for|we|i|where)\b)"
    r"[^\W\d_][\w'’]{0,14})(?!\w)"
)
_AND_AROUND = re.compile(r"\b[^\W\d_]{2,20}\sog\somegn(?:s)?(?:\s[^\W\d_]{4,24})?(?!\w)")
_ADMITTED = re.compile(
    r"\b(?:innlagt|innlagd|lagt\sinn|lagd\sinn|opphold|opphald)\s(?:på|"
    r"ved)\s([^\W\d_]{4,20})(?!\w)(?!\s(?:sykehus|sjukehus|avdeling)\b)"
)
_INITIAL_BETWEEN = re.compile(r"\b([^\W\d_]{3,14})\s(?!(?:i|a|e|å)\b)[a-zæøå]\.?\s([^\W\d_]{4,16})\b")
_ONE_WORD = re.compile(r"(?<=[.!?]\s)([^\W\d_]{3,16})(?=[.!?](?:\s|\Z))")


def find_named_so(text: str, language: str) -> list[Hit]:
    """Return what the words around it tell to be a name.

    Example:
        >>> text = "i grew up outside of pikeville up raccoon creek, it is called joyous choir of the canal."
        >>> [text[hit.start : hit.end] for hit in find_named_so(text, "en")]
        ['raccoon creek', 'joyous choir of the canal']
    """
    small = lowered(text)
    found = {*_on_things(text, small, language), *(m.span(1) for m in matches(_IT_IS_CALLED, small))}
    found |= {m.span(1) for m in _IS_ANIMAL.finditer(small) if m.group(1) not in no_names() and len(m.group(1)) > 3}
    if read_tokens(text).casing != "mixed":
        found |= set(_in_small_letters(small, language))
    if language == "en":
        for pattern in (_WITHOUT_ARTICLE, _ON_WARD, _GAELIC):
            found |= {m.span(1) for m in matches(pattern, small)}
        found |= set(british_names(small))
    else:
        found |= {m.span() for m in _AND_AROUND.finditer(small)}
        found |= {m.span(1) for m in matches(_ADMITTED, small) if not is_everyday(m.group(1), language)}
    return [
        Hit(start, end, NAMED_SO, "other", "direct", "told by what stands around it") for start, end in sorted(found)
    ]


def _on_things(text: str, small: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield words in quotation marks beside a thing that has words on it, or a name."""
    for m in _QUOTED.finditer(text):
        words = m.group(1).split()
        if len(words) == 1 and is_everyday(words[0].casefold(), language):
            continue
        if len(words) <= _MOST_QUOTED and (
            _THING_BEHIND.match(small, m.end() - 1)
            or _THING_BEFORE.search(small[max(0, m.start() - 10) : m.start()])
            or _WRITTEN.search(small, max(0, m.start() - _AROUND), m.start())
            or _WRITTEN.search(small, m.end(), m.end() + _AROUND)
        ):
            yield m.span(1)


def _in_small_letters(small: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield names of persons that a letter between them or a sentence of their own tells."""
    for m in _INITIAL_BETWEEN.finditer(small):
        first, last = m.groups()
        listed = first in first_names(language) and (last in surnames(language) or not is_word(last, language))
        if listed and last not in no_names() and not is_everyday(last, language):
            yield m.span()
            yield m.span(1)
    for m in _ONE_WORD.finditer(small):
        word = m.group(1)
        listed = word in first_names(language) or word in surnames(language)
        if listed and not (is_everyday(word, language) or word in no_names()):
            yield m.span(1)
