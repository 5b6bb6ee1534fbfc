"""Wider words for ages and dates: bands of five and ten years; a season of a year, a year, some years, a decade."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

_OLDEST = 85
_AGE_WORDS = {"nb": "år", "nn": "år", "en": "years"}
_OR_OLDER = {"nb": "{} år eller eldre", "nn": "{} år eller eldre", "en": "{} years or older"}
_UNKNOWN_AGE = {"nb": "en alder", "nn": "ein alder", "en": "an age"}

_SEASONS = {
    "nb": ("vinteren", "våren", "sommeren", "høsten"),
    "nn": ("vinteren", "våren", "sommaren", "hausten"),
    "en": ("winter", "spring", "summer", "autumn"),
}
_DECADE = {"nb": "{}-tallet", "nn": "{}-talet", "en": "the {}s"}
_UNKNOWN_DATE = {"nb": "et tidspunkt", "nn": "eit tidspunkt", "en": "a point in time"}
_RELATIVE = {
    "nb": ("samme år som intervjuet", "året før intervjuet", "{} år før intervjuet", "etter intervjuet"),
    "nn": ("same året som intervjuet", "året før intervjuet", "{} år før intervjuet", "etter intervjuet"),
    "en": (
        "the year of the interview",
        "the year before the interview",
        "{} years before the interview",
        "after the interview",
    ),
}
_COUNTED = {
    "nb": "to tre fire fem seks sju åtte ni ti".split(),
    "nn": "to tre fire fem seks sju åtte ni ti".split(),
    "en": "two three four five six seven eight nine ten".split(),
}

_MONTHS = (
    ("januar", "january", "jan"),
    ("februar", "february", "feb"),
    ("mars", "march", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("desember", "december", "des", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SIX = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DECADES = re.compile(r"(?<!\d)(?:(1[89]|20)?(\d)0)['’]?\s*-?\s*(?:tall?et|åra|årene|åri|s\b)")
_WORD = re.compile(r"[^\W\d_]+")

_UNITS = {
    word: number
    for number, words in enumerate(
        (
            "null zero",
            "en ein ett eitt én one",
            "to two",
            "tre three",
            "fire four",
            "fem five",
            "seks six",
            "sju syv seven",
            "åtte eight",
            "ni nine",
            "ti ten",
            "elleve eleven",
            "tolv twelve",
            "tretten thirteen",
            "fjorten fourteen",
            "femten fifteen",
            "seksten sixteen",
            "sytten søtten seventeen",
            "atten eighteen",
            "nitten nineteen",
        )
    )
    for word in words.split()
}
_TENS = {
    word: number * 10
    for number, words in enumerate(
        (
            "tjue tyve kjue twenty",
            "tretti tredve thirty",
            "førti førr forty",
            "femti fifty",
            "seksti sixty",
            "sytti søtti seventy",
            "åtti eighty",
            "nitti ninety",
        ),
        2,
    )
    for word in words.split()
}


def age_ladder(form: str, language: str) -> tuple[str, ...]:
    """Return bands for an age in figures or words: of five years, of ten; the oldest are one band.

    Example:
        >>> age_ladder("46-åring", "nb"), age_ladder("sekstito", "nn"), age_ladder("ninety-one", "en")
        (('45–49 år', '40–49 år'), ('60–64 år', '60–69 år'), ('85 years or older', '80 years or older'))
        >>> age_ladder("i femtiårene", "nb")
        ('50–59 år',)
    """
    folded = form.casefold()
    tens = _tens_of(folded)
    years = tens if tens is not None else _number(folded)
    if years is None:
        return (_UNKNOWN_AGE[language],)
    bands = (
        (_band(years, 10, language),) if tens is not None else tuple(_band(years, size, language) for size in (5, 10))
    )
    return tuple(dict.fromkeys(bands))


def _band(years: int, size: int, language: str) -> str:
    first = years // size * size
    top = _OLDEST // size * size
    if first >= top:
        return _OR_OLDER[language].format(top)
    return f"{first}–{first + size - 1} {_AGE_WORDS[language]}"


def _tens_of(folded: str) -> int | None:
    """Return the decade of life that is named: "i førtiårene", "in her forties", "tenårene"."""
    if re.search(r"\btenår|\bteens\b", folded):
        return 10
    found = re.search(r"(\d0)-?\s*(?:åra|årene|åri|s\b)", folded)
    if found:
        return int(found[1])
    for word, tens in _TENS.items():
        if re.search(rf"\b{word}-?(?:åra|årene|åri)|\b{word.removesuffix('y')}ies\b", folded):
            return tens
    return None


def _number(folded: str) -> int | None:
    """Return a number below 130 in figures or words."""
    figures = re.search(r"\d{1,3}", folded)
    if figures:
        return int(figures[0]) if int(figures[0]) < 130 else None
    words = [word for word in re.split(r"[^\w]+", folded) if word]
    for at, word in enumerate(words):
        for ending in ("", "åring", "åringen", "års", "år"):
            if word.endswith(ending) and (found := _numbers().get(word.removesuffix(ending) if ending else word)):
                following = words[at + 1] if at + 1 < len(words) else ""
                # "forty six" is two words.
                return found + _UNITS[following] if found in _ROUND and 0 < _UNITS.get(following, 0) < 10 else found
    return None


_ROUND = frozenset(range(20, 100, 10))


@cache
def _numbers() -> dict[str, int]:
    """Return numbers from 1 to 99 as they are written in one word, the older way too: seksogførti."""
    found = {word: number for word, number in _UNITS.items() if number} | dict(_TENS)
    for tens, base in _TENS.items():
        for unit, number in _UNITS.items():
            if 0 < number < 10:
                found[f"{tens}{unit}"] = base + number
                found[f"{unit}og{tens}"] = base + number
    return found


def date_ladder(form: str, language: str, interview: date | None = None) -> tuple[str, ...]:
    """Return wider words for a date in figures or words: a season, a year, five years, a decade.

    Args:
        form: As it is said and written; a day and a month without a year give a season alone.
        language: nb, nn or en.
        interview: The day of the talk; with it the distance in years is told first.

    Example:
        >>> date_ladder("14.05.2019", "nb"), date_ladder("nittenåttisju", "nn")
        (('våren 2019', '2019', '2015–2019', '2010-tallet'), ('1985–1989', '1980-talet'))
        >>> date_ladder("3. mars", "nb"), date_ladder("i nittiåra", "nb")
        (('våren', 'et tidspunkt'), ('1990-tallet', 'et tidspunkt'))
        >>> date_ladder("mai 2024", "nb", date(2026, 2, 1))
        ('to år før intervjuet', 'våren 2024', '2024', '2020–2024', '2020-tallet')
    """
    folded = form.casefold()
    decade = _decade(folded)
    if decade is not None:
        return _DECADE[language].format(decade), _UNKNOWN_DATE[language]
    month, year = _month_and_year(folded)
    if year is None:
        season = (_SEASONS[language][_season(month)],) if month else ()
        return (*season, _UNKNOWN_DATE[language])
    steps = [_distance(year, interview.year, language)] if interview is not None else []
    if month:
        # December belongs to the winter of the year that begins.
        named = year + (month == 12)
        steps += [f"{_SEASONS[language][_season(month)]} {named}", str(year)]
    first = year // 5 * 5
    return (*steps, f"{first}–{first + 4}", _DECADE[language].format(year // 10 * 10))


def _distance(year: int, interview: int, language: str) -> str:
    words, before = _RELATIVE[language], interview - year
    if before < 0:
        return words[3]
    if before < 2:
        return words[before]
    counted = _COUNTED[language]
    return words[2].format(counted[before - 2] if before - 2 < len(counted) else before)


def _season(month: int | None) -> int:
    return (month or 1) % 12 // 3


def _decade(folded: str) -> int | None:
    found = _DECADES.search(folded)
    if found and not _YEAR.fullmatch(found[0]):
        century, ten = found[1], int(found[2])
        return int(f"{century}{ten}0") if century else (2000 if ten < 3 else 1900) + ten * 10
    for word, tens in _TENS.items():
        if re.search(rf"\b{word}-?(?:åra|årene|åri|tall?et)|\b{word.removesuffix('y')}ies\b", folded):
            return (2000 if tens < 30 else 1900) + tens
    return None


def _month_and_year(folded: str) -> tuple[int | None, int | None]:
    if iso := _ISO.search(folded):
        return _within(int(iso[2])), int(iso[1])
    if numeric := _NUMERIC.search(folded):
        return _within(int(numeric[2])), _full(numeric[3])
    if six := _SIX.search(folded):
        return _within(int(six[2])), _full(six[3])
    month = next((_MONTH[word] for word in _WORD.findall(folded) if word in _MONTH), None)
    if found := _YEAR.search(folded):
        return month, int(found[1])
    short = re.fullmatch(r"\D*(?<!\d)(\d{1,2})\s*[./]\s*(\d{1,2})\.?\D*", folded)
    if month is None and short:
        return _within(int(short[2])), None
    return month, _spoken_year(folded)


def _within(month: int) -> int | None:
    return month if 1 <= month <= 12 else None


def _full(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 40 else 1900)


def _spoken_year(folded: str) -> int | None:
    """Return a year in words: nittenåttisju, nittenhundreogsju, totusenogfem, nineteen eighty-seven, tjue nitten."""
    said = "".join(_WORD.findall(folded))
    said = re.sub(r"^(?:i|året|in|år)(?=nitten|atten|tjue|totusen|to|nineteen|twenty|two)", "", said)
    for words, base in (("nittenhundre", 1900), ("attenhundre", 1800), ("totusen", 2000), ("twothousand", 2000)):
        if said.startswith(words):
            rest = re.sub("^(?:og|and)", "", said.removeprefix(words))
            return base + _numbers().get(rest, 0) if not rest or rest in _numbers() else None
    for words, base in (("nitten", 1900), ("nineteen", 1900), ("atten", 1800), ("tjue", 2000), ("twenty", 2000)):
        rest = said.removeprefix(words)
        if said.startswith(words) and rest in _numbers() and _numbers()[rest] > 9:
            return base + _numbers()[rest]
    return None
