"""Numbers that tell a life: how many years, of brothers, cows or languages; and who is one of a few in the country."""

from __future__ import annotations

import re

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

COUNT, YEARS = "count@1", "years@1"

_FEWEST_YEARS, _MOST_YEARS = 10, 70

_THINGS = (
    r"(?:halv|ste|foster|tvilling|half-?|step-?)?(?:kyr|kuer|kyrne|mjølkekyr|melkekyr|sauer|sauar|sau|lam|"
    r"geiter|griser|grisar|purker|hester|hestar|høns|høner|"
    r"rein|reinsdyr|hunder|hundar|bikkjer|katter|kattar|mål|dekar|språk|"
    r"barn\w{0,2}|born\w{0,2}|ung(?:a|e|er|ar|an|ane)|ong(?:a|e|er|ar|an|ane)|brødr?e?(?:a|ne)?|brør\w{0,3}|"
    r"søst(?:er|re|rer|ra|rene)|systr(?:er|e|a)|søsken|sysken|søskna|gutt(?:er|ar|a)|gut(?:ar|a)|jent(?:er|e|o|ene)|"
    r"barnebarn|oldebarn|grandchildren|grandkids|children|kids|siblings|brothers|sisters|sons|daughters|onkler|"
    r"tanter|fettere|kusiner|koner|ekteskap|operasjoner|operasjonar|spontanaborter|"
    r"cows|sheep|ewes|goats|pigs|horses|hens|reindeer|dogs|cats|greyhounds|acres|hectares|languages|"
    r"bairns|girls|boys|lads|lasses|marriages|operations|miscarriages|stepchildren|godchildren)"
)
_BETWEEN = r"(?:(?:små|store|voksne|vaksne|egne|eigne|levende|little|small|wee|young|grown|big|foster|milking|more)\s)?"
_COUNTED = re.compile(
    rf"(?<![\w.,:])(?:hundre\sog\s|(?:a\s)?hundred\sand\s)?(\d{{1,3}}|[^\W\d_]{{2,18}})\s{_BETWEEN}{_THINGS}(?!\w)"
)
_COUNTED_SO = re.compile(
    rf"(?<![\w.,:])(?:hundre\sog\s)?(\d{{1,3}}|[^\W\d_]{{2,18}})\s(?!og\s|and\s)[^\W\d_]{{4,14}}\s{_THINGS}(?!\w)"
)
_TWINS = re.compile(r"\b(?:mor|far|mum|dad|mother|father) (?:til|of) (\d{1,2}|[^\W\d_]{2,12})(?!\w)")
_YEARS = re.compile(r"(?<![\w.,:/-])(\d{1,2}|[^\W\d_]{2,20}(?:[ -][^\W\d_]{2,6})?)\s(?:år|åra|years)(?!\w)")
_AND_MORE = re.compile(
    r"(?<!\w)(?:\d{1,2}|[^\W\d_]{2,12})\s(?:år|years?)\s(?:og|å|and)\s(?:\d{1,2}|[^\W\d_]{1,12})\s"
    r"(?:måned(?:er)?|månad(?:er|ar)?|måna|mnd|dag(?:er|ar)|uker?|veker?|months?|days|weeks?)\b"
)
_ONE_OF_FEW = re.compile(
    r"\b(?:en|ein|ei|én|eit|et|one)\s(?:av|of)\s(?:de\s|dei\s|the\s)?(?:bare\s|berre\s|only\s)?(?:\d{1,3}|"
    r"[^\W\d_]{2,12})\s"
    r"(?:[\w-]+\s){0,2}?(?:i|på|in|on)\s(?:hele\s|heile\s|the\s|all\s)?[\w-]+"
)


def find_counts(text: str, language: str) -> list[Hit]:
    """Return how many somebody has, and for how many years.

    Example:
        >>> text = "Tjueseks år i heimetenesta, trettito kyr, og eg er ein av to i landet."
        >>> [text[hit.start : hit.end] for hit in find_counts(text, "nn")]
        ['Tjueseks år', 'trettito kyr', 'ein av to i landet']
    """
    small = lowered(text)
    hits = []
    for pattern in (_COUNTED, _COUNTED_SO, _TWINS):
        for m in pattern.finditer(small):
            value = _value(m.group(1), language)
            if value is not None and value > 1:
                hits.append(Hit(m.start(), m.end(), COUNT, "other", "indirect", "how many"))
    for m in _YEARS.finditer(small):
        written = m.group(1)
        # The last word or the last two may say the number: "i tjue seks år".
        start = (
            m.start(1) if _value(written, language) is not None else m.start(1) + len(written.rpartition(" ")[0]) + 1
        )
        value = _value(small[start : m.end(1)] if start < m.end(1) else "", language)
        if value is not None and _FEWEST_YEARS <= value <= _MOST_YEARS:
            hits.append(Hit(start, m.end(), YEARS, "number", "indirect", "for how many years"))
    hits += [Hit(m.start(), m.end(), YEARS, "number", "indirect", "for how long") for m in _AND_MORE.finditer(small)]
    for m in _ONE_OF_FEW.finditer(small):
        hits.append(Hit(m.start(), m.end(), COUNT, "other", "strong-indirect", "one of few"))
    return outermost(hits)


def _value(written: str, language: str) -> int | None:
    """Return what figures or one or two words say."""
    if written.isdigit():
        return int(written)
    first, _, second = written.replace("-", " ").partition(" ")
    value = number_of(first, language)
    if not second or value is None:
        return value if not second else None
    unit = number_of(second, language)
    return value + unit if unit is not None and value in range(20, 100, 10) and 0 < unit < 10 else None
