"""Ages, in figures and as spoken: "46", "en 46-åring", "seksten år gammel", "i femtiårene", "in her fifties"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qualkit.anonymisation.numberwords import number_of, small_numbers
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

AGE = "age@1"

_TENS = "tjue|tyve|tretti|tredve|førti|førr|femti|seksti|sæksti|sytti|søtti|åtti|nitti"
_ENGLISH_TENS = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_BEFORE = (
    "er|var|vore|vært|ble|blei|blir|vart|blitt|fylte|fyller|fylt|fylde|fyllte|runda|rundet|passert|passerte|"
    "nærmer meg|alder(?:en)? på|alder|"
    "bare|berre|rundt|omkring|omtrent|ca\\.?|cirka|nesten|over|under|som|da (?:jeg|eg|han|hun|ho) var"
)
_BEFORE_EN = (
    "is|was|am|are|were|be|been|turned|turning|turns|i'm|i’m|he's|he’s|she's|she’s|nearly|almost|about|around|"
    "over|under|aged?|age of|just|at|only|when i was"
)
# What is counted behind a number, so that it is no age.
_COUNTED = (
    r"(?:"
    r"timer?|timar|dag\w*|døgn|uke\w*|veke\w*|måned\w*|månad\w*|minutt\w*|sekund\w*|kron\w*|kr\b|prosent|%|"
    r"kilo\w*|kg|km|m\b|meter|mil\b|gang\w*|gong\w*|stykk?\w*|person\w*|pasient\w*|menneske\w*|folk|plass\w*|"
    r"senger?|barn\w*|elev\w*|mål\b|grader|liter|trinn|punkt\w*|av\b|til\b|på\b|hours?|days?|weeks?|months?|"
    r"minutes?|seconds?|pounds?|percent|miles?|times|people|patients|of\b|to\b|or\b|per\b|in\b|o'clock|pm\b|"
    r"am\b|stone|children|kids|mg|ml|ord\b|sider?|poeng|steder|stader|ansatte|tilsette|beds|places|visits|"
    r"different|forskjellige|ulike|andre|other|more|fleire|flere|forms?|kroner|millioner|tusen|hundre|"
    r"kommune\w*|hus\b|leiligheter|møter|år\b|åra\b|years?\b|-"
    r")"
)
_COUNTED_BEHIND = re.compile(rf"\s?(?:{_COUNTED})|[.,:/]\d", re.IGNORECASE)
_YEARS_BEHIND = re.compile(r"\s(?:år|åra|years?)\b", re.IGNORECASE)
_DURATION_BEFORE = re.compile(
    r"\b(?:i|for|på|etter|siste|hvert|kvart|hver|om|første|fyrste|innen|gjennom|løpet av|de|dei|nesten|over|"
    r"ca\.?|cirka|omtrent|rundt|alle|mange|"
    r"the last|last|past|after|in|every|next|first|within|about|over|nearly|almost|another|these|those|took|tok)"
    r"(?: (?:over|nesten|ca\.?|cirka|rundt|omtrent|de|dei|siste|nearly|about|over|almost|the|past|last))?\s$",
    re.IGNORECASE,
)
_DURATION_BEHIND = re.compile(
    r"\s?(?:siden|sidan|sia|etter|før\b|tilbake|på rad|frem|fram|med\b|utdann|erfaring|fengsel|til\b|seinere|"
    r"senere|seinare|i strekk|i\b(?! alder)|på\b|som\b|"
    r"ago|after|before|of\b|later|in\b|with\b|since|now\b|and counting|earlier|working|on\b|at\b|as\b|experience)",
    re.IGNORECASE,
)
_OLD = re.compile(r"\s?(?:gammal|gammel|gamle|gamal|gamalt|old\b|of age|og \w{1,10} måneder)", re.IGNORECASE)
_BE_BEFORE = re.compile(
    r"\b(?:er|var|ble|blei|blir|vart|blitt|fylte|fyller|fylt|vært|vore|is|was|am|are|were|turned|turns|"
    r"turning|i'm|i’m|he's|he’s|she's|she’s|aged?)"
    r"(?: (?:bare|berre|da|då|no|nå|vel|nesten|rundt|omtrent|ca\.?|cirka|over|knapt|only|just|about|nearly|"
    r"almost|around|only just))?\s$",
    re.IGNORECASE,
)
_FIXED = re.compile(
    rf"""\b(?:
        \d{{1,3}}\s?[-‐‑]?\s?(?:åring\w{{0,4}}|årig\w{{0,2}}|års(?:dag\w{{0,3}}|\s?alder\w{{0,2}}))
      | \d{{1,3}}[- ]year[- ]olds?
      | i\s(?:(?:slutten|begynnelsen|starten|midten|byrjinga)\sav\s)?(?:(?:{_TENS})|\d0)[- ]?(?:åra|årene|åri|åro|åran)
      | (?:{_TENS})[- ]?(?:åra|årene|åri|åran)
      | tenåra | tenårene | tenåran | tenåring\w{{0,4}}
      | (?:in|into|early|mid|late)[ -](?:(?:my|his|her|their|your|our|the)\s)?
        (?:(?:early|mid|late)[- ])?(?:{_ENGLISH_TENS}|teens|(?:20|30|40|50|60|70|80|90)s)
      | teenagers? | teenaged?
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDED = re.compile(
    r"\b([^\W\d_]{2,24})[- ]?(?:åring\w{0,4}|årig\w{0,2}|årsdag\w{0,3}|[- ]year[- ]olds?)\b", re.IGNORECASE
)
_GLUED = re.compile(r"\b([^\W\d_]{2,24}?)(?:åring\w{0,4}|årig(?:e|a)?|årsdag\w{0,3}|årsalder\w{0,2})\b", re.IGNORECASE)
_HYPHENED = re.compile(r"\b((?:[a-z]{3,9}-)?[a-z]{3,9})-year-olds?\b", re.IGNORECASE)


_AND_BEHIND = re.compile(
    r"\s(?:og|men|så|da|nå|no|når|i|den|eller|for|som|har|hadde|and|but|so|now|when|then|he|she|i|we|next|last)\b",
    re.IGNORECASE,
)
_LETTER_BEHIND = re.compile(r"\s?[^\W\d_]")


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds a number as years, as said to be somebody's age, and at the end of "i en alder av"."""
    words = sorted((w for w, n in small_numbers(language).items() if n <= 110), key=len, reverse=True)
    if language == "en":
        tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
        small = "one|two|three|four|five|six|seven|eight|nine"
        named = rf"(?:(?:{tens})[ -](?:{small})|{'|'.join(words)}|a hundred|one hundred)"
        year, before = r"years?", _BEFORE_EN
    else:
        singles = "en|én|ein|to|tre|fire|fem|seks|sju|syv|åtte|ni"
        named = rf"(?:(?:{singles})\s(?:og|å)\s(?:{_TENS})|(?:{_TENS})\s(?:{singles})|{'|'.join(words)}|hundre)"
        year, before = r"(?:år|åra|åra)", _BEFORE
    number = rf"(?:\d{{1,3}}(?:\s?(?:1/2|½|,5))?|{named})(?:\sog\set\shalvt|\sand\sa\shalf)?"
    return (
        re.compile(rf"(?<![\w.,/:-])({number})[ -]{year}\b", re.IGNORECASE),
        re.compile(rf"\b(?:{before})\s({number})\b(?![-/]\d)", re.IGNORECASE),
        re.compile(
            r"\b(?:alder av|alder på|alderen|age of|aged|age|fylte|fyller|fylt|turned|turning|før (?:jeg|eg|"
            rf"han|hun|ho) (?:ble|blei|vart|fylte)|som)\s({number})(?!\w)",
            re.IGNORECASE,
        ),
    )


def find_ages(text: str, language: str) -> list[Hit]:
    """Return ages. Durations ("i tre år", "for to år siden") are none.

    Example:
        >>> text = "Eg er 46, ho vart seksten år, og far er i femtiårene. Det er tre år siden."
        >>> [text[hit.start : hit.end] for hit in find_ages(text, "nn")]
        ['46', 'seksten år', 'i femtiårene']
    """
    return outermost(_all(text, language))


def _age(start: int, end: int, note: str = "") -> Hit:
    return Hit(start, end, AGE, "age", "indirect", note)


def _all(text: str, language: str) -> Iterator[Hit]:
    for m in _FIXED.finditer(text):
        yield _age(m.start(), m.end())
    for m in (*_GLUED.finditer(text), *_WORDED.finditer(text), *_HYPHENED.finditer(text)):
        if all(number_of(part, language) is not None for part in m.group(1).split("-")):
            yield _age(m.start(), m.end())
    years, said, named = _patterns(language)
    for m in years.finditer(text):
        old = _OLD.match(text, m.end())
        if _value(m.group(1), language) <= 115 and (old or not _is_duration(text, m)):
            yield _age(m.start(), old.end() if old else m.end())
    for m in said.finditer(text):
        if _may_be_said(text, m, language):
            yield _age(m.start(1), m.end(1), "may be an age")
    for m in named.finditer(text):
        if 3 <= _value(m.group(1), language) <= 110 and not _COUNTED_BEHIND.match(text, m.end()):
            yield _age(m.start(1), m.end(1))


def _is_duration(text: str, years: re.Match[str]) -> bool:
    """Tell whether years are those something took, and no age: "i tre år", "tre år siden"."""
    if _DURATION_BEHIND.match(text, years.end()):
        return True
    is_said_of_somebody = _BE_BEFORE.search(text, max(0, years.start() - 30), years.start())
    return not is_said_of_somebody and bool(_DURATION_BEFORE.search(text, max(0, years.start() - 40), years.start()))


def _may_be_said(text: str, match: re.Match[str], language: str) -> bool:
    """Tell whether a bare number behind "er" or "was" may be an age: nothing is counted by it."""
    in_figures = match.group(1)[0].isdigit()
    if not (3 if in_figures else 13) <= _value(match.group(1), language) <= 110:
        return False
    if _COUNTED_BEHIND.match(text, match.end()) or _YEARS_BEHIND.match(text, match.end()):
        return False
    stands_before_a_noun = _LETTER_BEHIND.match(text, match.end()) and not _AND_BEHIND.match(text, match.end())
    return in_figures or not stands_before_a_noun


def _value(written: str, language: str) -> int:
    figures = re.match(r"\d+", written)
    if figures:
        return int(figures.group())
    words = [word for word in re.split(r"[ -]", written.casefold()) if word not in {"og", "å"}]
    return sum(number_of(word, language) or 0 for word in words) or (100 if "hund" in written else 0)
