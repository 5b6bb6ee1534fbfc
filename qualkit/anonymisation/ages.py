"""Ages, in figures and as spoken: "46", "en 46-åring", "seksten år gammel", "i femtiårene", "in her fifties"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.told_ages import told_ages
from qualkit.identity import Hit

AGE = "age@4"

_TENS = "tjue|tyve|tretti|tredve|førti|førr|femti|seksti|sæksti|sytti|søtti|åtti|nitti"
_ENGLISH_UNITS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|five|six|seven|eight|nine|ten|eleven|twelve"
_ENGLISH_TENS = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_BEFORE = (
    "er|e|va|var|vore|vært|ble|blei|blir|vart|blitt|fylte|fyller|fylt|fylde|fyllte|runda|rundet|passert|passerte|"
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
    r"foot|feet|ft\b|kommune\w*|hus\b|leiligheter|møter|år\b|åra\b|years?\b|-"
    r")"
)
_COUNTED_BEHIND = re.compile(rf"[ \t]?(?:{_COUNTED})|[.,:/]\d")
_YEARS_BEHIND = re.compile(r"\s(?:år|åra|years?)\b")
_DURATION_BEFORE = re.compile(
    r"\b(?:i|for|på|etter|siste|hvert|kvart|hver|om|første|fyrste|innen|gjennom|løpet av|de|dei|nesten|over|"
    r"ca\.?|cirka|omtrent|rundt|alle|mange|"
    r"the last|last|past|after|in|every|next|first|within|about|over|nearly|almost|another|these|those|took|tok)"
    r"(?: (?:over|nesten|ca\.?|cirka|rundt|omtrent|de|dei|siste|nearly|about|over|almost|the|past|last))?\s\Z"
)
_DURATION_BEHIND = re.compile(
    r"\s?(?:siden|sidan|sia|etter|før\b|tilbake|på rad|frem|fram|med\b|utdann|erfaring|fengsel|til\b|seinere|"
    r"senere|seinare|i strekk|i\b(?! alder)|på\b|som\b|"
    r"ago|after|before|of\b|later|in\b|with\b|since|now\b|and counting|earlier|working|on\b|at\b|as\b|experience)"
)
_FEW_YEARS = 3
_IT_LASTED = re.compile(
    r"\b(?:det|it|that|there)(?:['’]s|\s(?:er|e|var|va|blir|ble|blei|vart|was|is))\s(?:\w{2,8}\s)?\Z"
)
_OLD = re.compile(r"\s?(?:gamm[ae]l\w?|gamle|gamalt?|old\b|of age|og \w{1,10} måneder)")
_BE_BEFORE = re.compile(
    r"\b(?:er|e|va|var|ble|blei|blir|vart|blitt|fylte|fyller|fylt|vært|vore|is|was|am|are|were|turned|turns|"
    r"turning|i'm|i’m|he's|he’s|she's|she’s|aged?)"
    r"(?: (?:bare|berre|da|då|no|nå|vel|nesten|rundt|omtrent|ca\.?|cirka|over|knapt|only|just|about|nearly|"
    r"almost|around|only just))?\s\Z"
)
_FIXED = re.compile(
    rf"""\b(?:
        \d{{1,3}}\s?[-‐‑]?\s?(?:åring\w{{0,4}}|årig\w{{0,2}}|års(?:dag\w{{0,3}}|\s?alder\w{{0,2}}))
      | \d{{1,3}}[- ]year[- ]olds?
      | (?:midt\s|langt\s|godt\s|litt\s)?(?:ut\s|inn\s|oppi\s|ute\s)?(?:i|på|mot)\s
        (?:(?:slutten|begynnelsen|starten|midten|byrjinga|første\shalvdel|andre\shalvdel|enden)\sav\s)?
        (?:(?:{_TENS})|\d0)[- ]?(?:åra|årene|åri|åro|åran)
      | (?:{_TENS})[- ]?(?:åra|årene|åri|åran)
      | tenåra | tenårene | tenåran | tenåring\w{{0,4}}
      | (?:in|into|early|mid|late)[ -](?:(?:my|his|her|their|your|our|the)\s)?
        (?:(?:early|mid|late)[- ])?(?:{_ENGLISH_TENS}|teens|(?:20|30|40|50|60|70|80|90)s)
      | teenagers? | teenaged?
    )(?!\w)""",
    re.VERBOSE,
)
_WORDED = re.compile(r"\b([^\W\d_]{2,24})[- ]?(?:åring\w{0,4}|årig\w{0,2}|årsdag\w{0,3}|[- ]year[- ]olds?)\b")
_GLUED = re.compile(r"\b([^\W\d_]{2,24}?)(?:åring\w{0,4}|årig(?:e|a)?|årsdag\w{0,3}|årsalder\w{0,2})\b")
_HYPHENED = re.compile(r"\b((?:[a-z]{3,9}-)?[a-z]{3,9})-year-olds?\b")


_AND_BEHIND = re.compile(
    r"\s(?:og|men|så|da|nå|no|når|i|den|eller|for|som|har|hadde|and|but|so|now|when|then|he|she|i|we|next|last)\b"
)
_WORD = re.compile(r"[^\W_]+")
_LEADING_FIGURES = re.compile(r"\d+")
_BETWEEN = frozenset("og å and et eit a halvt half".split())
_CAPITAL_BEFORE = re.compile(r"[A-ZÆØÅ][\w-]{0,22},? \Z")
_AND_WITHIN = re.compile(r" (?:og|å) ")
_LETTER_BEHIND = re.compile(r"[ \t]?[^\W\d_]")


_FIGURES = r"(?<![\d.,:/-])\d{1,3}(?:\s?(?:1/2|½)|,5)?"
_NAMED = r"[^\W\d_]{2,24}(?:[ -](?:og |å )?[^\W\d_]{2,9})?"
_YEARS = re.compile(r"(?<=[ -])(?:år|åra|years?)\b")
_BEFORE_YEARS = re.compile(rf"(?:{_FIGURES}|(?<!\w)(?:{_NAMED}))(?:\s(?:og et|og eit|and a) hal[vf]t?)?[ -]\Z")
_WHO = "jeg|eg|æ|ej|han|hun|ho|hu|i|he|she|sønnen min|dattera mi|datteren min|guten|gutten|jenta"
# Who is said to be of an age makes even a small number one: "da eg var tolv", "da var han 9".
_WHO_IS = re.compile(
    rf"\b(?:(?:{_WHO})\s(?:[^\W\d_]{{2,14}}\s)?(?:er|e|va|var|ble|blei|blir|vart|fylte|was|am|is|turned)|(?:da|"
    rf"då|no|nå|så|"
    r"når)\s(?:er|e|va|var|vart|ble|blei)"
    rf"\s(?:{_WHO})|(?:(?!(?:it|that|there|what|where|how|here|let)\b)[a-z]{{2,12}}['’]s|"
    rf"i['’]m))\s(?=({_FIGURES}|{_NAMED})(?!\w)(?![-/]\d))"
)
_SAID = re.compile(rf"\b(?:{_BEFORE}|{_BEFORE_EN})\s(?=({_FIGURES}|{_NAMED})(?!\w)(?![-/]\d))")
_MONTHS = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|january|february|"
    "march|may|june|"
    "july|october|december"
)
# "fyller sytti til våren", "I'm eighty-three in March": when somebody gets there, not what is counted.
_THEN = re.compile(
    rf"[ \t](?:til|i|på|in|on|this|next|neste)\s(?:{_MONTHS}|våren|sommeren|sommaren|høsten|hausten|vinteren|jul|jula|"
    r"påske|påska|helga|helgen|sommer|sommar|høst|haust|vinter|vår|år|morgen|morgon|spring|summer|autumn|year|month|"
    r"mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
# "natnael is nine he plays": a number of somebody whom the next words go on about, without a sign between.
_IN_PASSING = re.compile(
    r"\b(?:er|e|va|var|is|was|am)\s(\d{1,3}|[^\W\d_]{2,14})(?:\s(?:og|and|så|but|now|nå|no|men))?\s(?:he|she|"
    r"han|ho|hun|jeg|eg|i|døde|døydde|flytta|flyttet|fikk|fekk|da|då|when|died|moved|then)\b"
)
_HALF = re.compile(rf"\b(?:(?:{_TENS})|(?:{_ENGLISH_UNITS}))\s(?:og\s(?:et|eit|en|ein)|and\sa)\s(?:halvt?|half)\b")
_WEEKS = re.compile(
    r"\b(?:han|ho|hun|hu|den|guten|gutten|jenta|jenten|he|she|it|babyen|barnet)\s(?:er|e|va|var|ble|blei|vart|æ|"
    r"was|is)\s"
    r"(?:bare\s|berre\s|only\s|just\s)?(\d{1,2}|[^\W\d_]{2,9})\s(?:dager|dagar|døgn|uker|veker|måneder|månader|"
    r"månedar|mnd|"
    r"months|weeks|days)(?:\s(?:gamm?al|gammel|gamalt|old))?\b"
)
_OF_AGE = re.compile(
    r"\b(?:alder av|alder på|alderen|age of|aged?|fylte|fyller|fylt|turned|turning)\s(?:nettopp\s|akkurat\s|"
    rf"just\s)?({_FIGURES}|{_NAMED})(?!\w)"
)
_PERSONS = (
    "gutt|gutten|gut|guten|jente|jenta|mann|mannen|dame|dama|kvinne|kvinna|sønn|sønnen|son|sonen|datter|dattera|dotter|"
    "unge|ungen|barn|barnet|en|ein|ei|han|hun|ho|mor|far|kar|kone|kona|fyr|boy|girl|man|woman|lad|lass|child|"
    "son|daughter"
)
_PERSON_OF = re.compile(rf"\b(?:{_PERSONS})\s(?:på|of)\s(?=({_FIGURES}|{_NAMED})(?!\w))")
# "Ola, nittito." and "Åttiseks, hjertesvikt.": an age stands alone beside a person.
_ALONE = re.compile(rf"(?:(?<=[.!?:;] )|(?<=\n)|(?<=[a-zæøå], ))({_FIGURES}|{_NAMED})(?=[.,;])")


def find_ages(text: str, language: str) -> list[Hit]:
    """Return ages. Durations ("i tre år", "for to år siden") are none.

    Example:
        >>> text = "Eg er 46, ho vart seksten år, og far er i femtiårene. Det er tre år siden."
        >>> [text[hit.start : hit.end] for hit in find_ages(text, "nn")]
        ['46', 'seksten år', 'i femtiårene']
    """
    return outermost(_all(lowered(text), text, language))


def _age(start: int, end: int, note: str = "") -> Hit:
    return Hit(start, end, AGE, "age", "indirect", note)


def _all(text: str, written: str, language: str) -> Iterator[Hit]:
    for m in matches(_FIXED, text):
        yield _age(m.start(), m.end())
    for pattern in (_GLUED, _WORDED, _HYPHENED):
        for m in matches(pattern, text):
            if all(number_of(part, language) is not None for part in m.group(1).split("-")):
                yield _age(m.start(), m.end())
    for start, end, note in told_ages(written, language):
        yield _age(start, end, note)
    yield from _in_years(text, language)
    yield from _said_of_somebody(text, language)
    yield from _said_by_the_way(text, language)
    for m in matches(_ALONE, text):
        beside_a_name = written[m.start(1) - 2 : m.start(1)] == ", " and _CAPITAL_BEFORE.search(
            written, max(0, m.start(1) - 24), m.start(1)
        )
        value = _value(m.group(1), language) or 0
        if _end_of_age(m, language) == m.end(1) and value >= (18 if beside_a_name else 60):
            yield _age(m.start(1), m.end(1), "may be an age")


def _said_of_somebody(text: str, language: str) -> Iterator[Hit]:
    """Yield bare numbers behind "er", "fylte", "a woman of" and their like."""
    for m in matches(_SAID, text):
        end = _end_of_age(m, language)
        if end and _may_be_said(text, m.start(1), end, language):
            yield _age(m.start(1), end, "may be an age")
    for m in matches(_WHO_IS, text):
        end = _end_of_age(m, language)
        if end and (_THEN.match(text, end) or (not _COUNTED_BEHIND.match(text, end) and _ends_a_phrase(text, end))):
            yield _age(m.start(1), end, "may be an age")
    for m in matches(_OF_AGE, text):
        end = _end_of_age(m, language)
        if end and (not _COUNTED_BEHIND.match(text, end) or _THEN.match(text, end)):
            yield _age(m.start(1), end)
    for m in matches(_PERSON_OF, text):
        end = _end_of_age(m, language)
        if end and not _COUNTED_BEHIND.match(text, end) and not _LETTER_BEHIND.match(text, end):
            yield _age(m.start(1), end)


def _said_by_the_way(text: str, language: str) -> Iterator[Hit]:
    """Yield ages without a sign behind them, half years, and those of small children."""
    for m in matches(_IN_PASSING, text):
        value = _value(m.group(1), language)
        if value is not None and 3 <= value <= 115:
            yield _age(m.start(1), m.end(1), "may be an age")
    for m in matches(_HALF, text):
        yield _age(m.start(), m.end(), "may be an age")
    for m in matches(_WEEKS, text):
        if m.group(1).isdigit() or _value(m.group(1), language) is not None:
            yield _age(m.start(1), m.end(), "a child's age")


def _in_years(text: str, language: str) -> Iterator[Hit]:
    """Yield what stands before "år" or "years" and is no duration."""
    for years in matches(_YEARS, text):
        before = _BEFORE_YEARS.search(text, max(0, years.start() - 40), years.start())
        start = _start_of_number(text, before, language) if before else None
        if start is None:
            continue
        old = _OLD.match(text, years.end())
        few = (_value(text[start : years.start()].strip(), language) or 0) <= _FEW_YEARS
        if few and not old and _IT_LASTED.search(text, max(0, start - 24), start):
            continue
        if old or not _is_duration(text, start, years.end()):
            yield _age(start, old.end() if old else years.end())


def _start_of_number(text: str, before: re.Match[str], language: str) -> int | None:
    """Return where the number before "år" begins: its last one to three words that say one up to 115."""
    words = list(_WORD.finditer(text, before.start(), before.end()))
    for first in range(len(words)):
        value = _value(text[words[first].start() : before.end()], language)
        if value is not None and value <= 115:
            return words[first].start()
    return None


def _end_of_age(match: re.Match[str], language: str) -> int | None:
    """Return where the number that was found ends, if it says an age: its first one to three words."""
    written = match.group(1)
    for words in (written, written.partition(" ")[0]):
        value = _value(words, language)
        if value is not None and 3 <= value <= 115:
            return match.start(1) + len(words)
    return None


def _is_duration(text: str, start: int, end: int) -> bool:
    """Tell whether years are those something took, and no age: "i tre år", "tre år siden"."""
    if _DURATION_BEHIND.match(text, end):
        return True
    is_said_of_somebody = _BE_BEFORE.search(text, max(0, start - 30), start)
    return not is_said_of_somebody and bool(_DURATION_BEFORE.search(text, max(0, start - 40), start))


def _may_be_said(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a bare number behind "er" or "was" may be an age: nothing is counted by it."""
    in_figures = text[start].isdigit()
    if (_value(text[start:end], language) or 0) < 13 and not (
        in_figures and _BE_BEFORE.search(text, max(0, start - 30), start)
    ):
        return False
    if _COUNTED_BEHIND.match(text, end) or _YEARS_BEHIND.match(text, end):
        return False
    return in_figures or _ends_a_phrase(text, end)


def _ends_a_phrase(text: str, end: int) -> bool:
    """Tell whether no noun stands behind a number, which it would count."""
    return not _LETTER_BEHIND.match(text, end) or bool(_AND_BEHIND.match(text, end))


def _value(written: str, language: str) -> int | None:
    """Return the number that figures or up to three words say, or None."""
    figures = _LEADING_FIGURES.match(written)
    if figures:
        return int(figures.group())
    words = [word for word in _WORD.findall(written) if word not in _BETWEEN]
    numbers = [100 if word in {"hundre", "hundred"} else number_of(word, language) for word in words]
    if not numbers or any(number is None for number in numbers) or len(numbers) > 2:
        return None
    first, *rest = [number for number in numbers if number is not None]
    tens_first = first in range(20, 101, 10) and all(0 < unit < 10 for unit in rest)
    units_first = _AND_WITHIN.search(written) and 0 < first < 10 and rest[:1] and rest[0] in range(20, 100, 10)
    if rest and not (tens_first or units_first):
        return None
    return first + sum(rest)
