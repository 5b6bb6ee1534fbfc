"""Dates, years and decades, in figures and as spoken. Weekdays and "i fjor" alone are no dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import Spoken, number_of, spoken_runs
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.told_dates import reach, remembered, told_dates
from qualkit.identity import Hit, IdentityClass

DATE, YEAR = "date@4", "year@3"

_MONTHS = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|december|"
    "january|february|march|may|june|july|october"
)
_SHORT_MONTHS = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|des|dec)\b\.?"
_YEAR = r"(?:(?:1[89]|20)\d\d|['’]?\d\d)"
_FULL_YEAR = r"(?:1[89]|20)\d\d"
_ORDINALS = """
første fyrste andre annen tredje fjerde femte sjette sjuende sjuande syvende åttende åttande niende niande tiende tiande
ellevte ellefte tolvte trettende trettande fjortende fjortande femtende femtande sekstende sekstande syttende syttande
attende attande nittende nittande tjuende tjuande tyvende trettiende trettiande
"""
_ENGLISH_ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
"""
_TENS = "tjue|tyve|tretti|tredve|førti|førr|femti|seksti|sæksti|sytti|søtti|åtti|nitti"
_ENGLISH_TENS = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_SEASONS = (
    r"(?:våren|våre?n|sommeren|sommaren|høsten|hausten|vinteren|vår|sommer|sommar|høst|haust|vinter|påska|påsken|"
    r"jula|julen|jul|påske|pinse|pinsa|pinsen|ramadan|spring|summer|autumn|fall|winter|christmas|easter)"
)
_PARTS = r"(?:begynnelsen|byrjinga|starten|slutten|midten|start|begynning|tidlig|tidleg|sent|seint|early|late|mid)"

_FIGURES = re.compile(
    r"(?<![\w.,/:-])(?:(?P<d>\d{1,2})\s?(?P<s>[./-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4}|\d{2})|"
    r"(?P<iso>\d{4}-\d{2}-\d{2}))(?![\w])"
)
_MIXED = re.compile(r"(?<![\w.,/:-])(\d{1,2})\s?[./]\s?(\d{1,2})\.?\s?[-–]?\s?(?:19|20)\d\d(?!\w)")
_DAY_MONTH = re.compile(
    r"(?<![\w.,/:-])(?:(?P<a>\d{1,2})\s?\.\s?(?P<b>\d{1,2})\s?\.(?!\d)|"
    r"(?<=den )(?P<c>\d{1,2})[./](?P<e>\d{1,2})(?![\w/])|(?<=on )(?P<f>\d{1,2})/(?P<g>\d{1,2})(?![\w/]))"
)
_DAY_I_MONTH = re.compile(
    r"\b(?:den\s)?(\d{1,2})\.?\s(?:i|ende i|ende)\s(\d{1,2})\.(?!\d)|\bden\s(\d{1,2})\.?\s(?:i\s)?(\d{1,2})\b"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:den\s)?\d{{1,2}}(?:st|nd|rd|th)?\s?\.?\s{{0,2}}(?:of\s)?(?:(?:{_MONTHS})\b|"
    rf"{_SHORT_MONTHS})(?:,?\s{_YEAR}(?!\w))?"
)
_MONTH_FIRST = re.compile(
    rf"\b(?:(?:{_MONTHS})\b|{_SHORT_MONTHS})(?:\s(?:the\s)?\d{{1,2}}(?:st|nd|rd|"
    rf"th)?\b(?!\s?%)(?:,?\s{_FULL_YEAR}\b)?|,?\s(?:of\s|i\s)?{_FULL_YEAR}\b)"
)
_MONTH = re.compile(
    r"\b(?:i|fra|frå|siden|sidan|til|før|etter|in|from|since|until|till|by|last|next|around|"
    r"rundt)\s(?:slutten av\s|begynnelsen av\s|midten av\s|løpet av\s|byrjinga av\s|early\s|late\s)?"
    rf"({_MONTHS})\b(?:\s(?:i\s)?(?:{_FULL_YEAR})\b)?"
)
_MONTH_ALONE = re.compile(
    r"(?:^|(?<=[.!?:;,] ))(?:januar|februar|april|juni|juli|august|september|oktober|november|desember|january|"
    r"february|"
    r"june|july|october|december)(?=[.,;!?]|\s*$)",
    re.MULTILINE,
)
_AMBIGUOUS_MONTHS = frozenset({"may", "march"})
_DAY_SAID = re.compile(
    rf"(?<=\bon )the (?:(?:twenty|thirty)[ -])?(?:{'|'.join(_ENGLISH_ORDINALS.split()[3:])})\b"
    r"(?! (?:of (?!the)|floor|day|time|attempt|ward|street|try|go|one|"
    r"[a-z]{4,}s?\b(?<!when)(?<!then)(?<!they)(?<!that)))"
)
_DAY_ALONE = re.compile(r"(?<=\bon )the \d{1,2}(?:st|nd|rd|th)\b(?! (?:of|floor|day|time|attempt|ward|street))")
_SEASON = re.compile(
    rf"\b(?:(?:før|etter|rundt|before|after|around|the)\s)?(?:early\s|late\s)?{_SEASONS}\s(?:of\s|in\s|i\s)?(?:{_FULL_YEAR}|['’]\d\d|"
    r"o(?:h)?[- ](?:one|two|three|four|five|six|seven|eight|nine)|i\sfjor|of\slast\syear)\b"
)
_SEASON_SAID = re.compile(rf"\b(?:{_SEASONS}|{_MONTHS})\s(?:of\s|i\s)?([^\W\d_]{{3,40}})\b")
_FEASTS = re.compile(
    r"\b(?:(?:lille\s?|litle\s?|vesle\s?)?jul(?:aften|eaften|aftan|eftan|kvelden|dagen)|juleaften\w{0,2}|(?:første|andre|annen|fyrste)\sjuledag|romjul\w{0,2}|romjol\w{0,2}|"
    r"nyttårsaft\w{2,4}|nyttårskveld\w{0,2}|nyttårsdag\w{0,2}|langfredag\w{0,2}|skjærtorsdag\w{0,2}|påskeaft\w{2,4}|påskedag\w{0,2}|pinseaft\w{2,4}|"
    r"pinsedag\w{0,2}|kristi\shimmelfartsdag|sankthans\w{0,7}|st\.?\shans|jonsok\w{0,6}|olsok\w{0,5}|syttende\smai|allehelgens\w{2,6}|morsdag\w{0,2}|farsdag\w{0,2}|"
    r"luciadag\w{0,2}|newroz|nowruz|norouz|eid(?:\sal\s?-?fitr)?|diwali|vaisakhi|hanukk?ah?|yom\skippur|passover|boxing\sday|christmas\s(?:eve|day)|new\syear['’]?s\s(?:eve|day)|"
    r"hogmanay|good\sfriday|easter\s(?:sunday|monday)|maundy\sthursday|bonfire\snight|guy\sfawkes|halloween|remembrance\s(?:sunday|day)|armistice\sday|"
    r"valentine['’]?s\sday|(?:mother|father)['’]?s\sday|st\.?\s(?:patrick|david|george|andrew)['’]?s\sday|burns\snight|thanksgiving|fourth\sof\sjuly|independence\sday|"
    r"labou?r\sday|memorial\sday|shrove\stuesday|pancake\sday|may\sday|midsummer['’]?s?\s(?:eve|day)|jubilee)(?!\w)(?:\s(?:i\s)?(?:19|20)\d\d)?"
)
_WEEK = re.compile(r"\b(?:uke|veke|week)\s(?:nummer\s|number\s)?(\d{1,2}|[^\W\d_]{2,12})(?!\w)(?!\s(?:of|av|in|i)\b)")
_NIGHT_TO = re.compile(
    r"\b(?:natt(?:a|en)?\s(?:til|mot)|kvelden\sden|morgenen\sden|the\s(?:night|morning|evening)\sof(?:\sthe)?)\s(?=(?:den\s)?\d{1,2}\.?)\d{1,2}(?:st|nd|rd|th)?\.?"
    rf"\s(?:of\s)?(?:{_MONTHS})\b"
)
_MONTH_OF = re.compile(rf"\b(?:{_MONTHS})\sof\s['’]?\d\d\b")
_DECADE = re.compile(
    rf"\b(?:(?:{_TENS})[ -]?(?:talet|tallet)|(?:åtti|nitti|sytti)[ -]?(?:åra|årene|åri|åro)|(?:(?:1[89]|"
    r"20)?\d0)[ -]?(?:talet|tallet|åra\b|årene|åri\b)"
    rf"|(?:nitten|tjue|atten)(?:hundre(?:og)?)?(?:{_TENS}|null|ti)[ -]?(?:talet|tallet|åra|årene)"
    rf"|(?:the|in|mid|late|early)[ -](?:(?:{_ENGLISH_TENS}|noughties)|['’]?(?:1[89]|20)?\d0['’]?s)|"
    r"\b(?:1[89]|20)\d0s)(?!\w)"
)
_UNITS = (
    r"(?:kr\b|kroner|kron|prosent|%|meter|km|kilo|mg|ml|gram|stykk|personer|pasienter|timer|dager|år\b|ord\b|"
    r"kalori|skritt|euro|pund|pounds|dollars)"
)
_FOUR = re.compile(rf"(?<![\w.,:/@#€$£+-])(?:1[89]\d\d|20[0-4]\d)(?![\w/@]|[.,:]\d|-\d{{3}}|\s?{_UNITS})")
_SPAN = re.compile(r"(?<=[12]\d\d\d[-–/])(?:(?:1[89]|20)\d\d|\d\d)(?!\w)")
_APOSTROPHE = re.compile(r"(?<!\w)['’‘]\d\d(?![\w'’])|(?<=\bi )-\d\d\b|(?<=\bin )-\d\d\b")
_TWO_DIGITS = re.compile(
    r"\b(?:(?:født|fødd|fødde|fødte|born|død|døde|gift|gifta)\s(?:i|in)|siden|sidan|back in|tilbake i|i|"
    r"in)\s(\d\d)(?=\s{0,2}(?:[.,;:!?)]|$|\s(?:og|så|da|var|ble|blei|vart|kom|fikk|fekk|flyttet|flytta|"
    r"begynte|som|men|eller|and|when|so|but|we|i|he|she|they)\b))"
)
_SIX = re.compile(r"(?<![\w.,+-])\d{6}(?:\d\d)?(?!\w|[.,]\d)")
_BORN = re.compile(
    r"\b(?:født|fødd|fødte|fødde|døde|døydde|born|died|fødselsdag\w{0,4}|bursdag\w{0,4}|birthday|"
    r"gebursdag\w{0,4})\s(?:var |er |is |was |on |den |i |in )*"
)


@lru_cache(maxsize=1)
def _ordinal_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    singles = "|".join(sorted(_ORDINALS.split(), key=len, reverse=True))
    low = "|".join(_ORDINALS.split()[:14])
    nb = rf"(?:(?:(?:tjue|tyve|tretti)[ -]?(?:og)?)(?:{low})|(?:{low})(?:og)(?:tjuende|tyvende|tjuande)|{singles})"
    english = "|".join(_ENGLISH_ORDINALS.split())
    en = rf"(?:(?:twenty|thirty)[ -](?:{english})|{english})"
    months = rf"(?:(?:{_MONTHS})\b)"
    late = "|".join(_ORDINALS.split()[-26:])
    return (
        re.compile(
            rf"\b(?:den\s)?{nb}(?:\s(?:i\s|av\s)?(?:{months}|(?:i\s)?(?<=i\s)(?:{nb})\b)|\s(?:{low}|ellevte|"
            rf"tolvte)\b(?!\s\w+(?:en|a|et)\b))(?:,?\s{_YEAR}(?!\w))?"
        ),
        re.compile(
            rf"\bden\s(?:(?:tjue|tyve|tretti)[ -]?(?:og)?(?:{low})|{late})(?=\s?(?:[.,;:!?]|$|og\b|så\b|da\b|"
            r"var\b|er\b|kom\b))"
        ),
        re.compile(
            rf"\b(?:the\s)?{en}\sof\s(?:(?:{_MONTHS})\b|the\s{en}\b)(?:,?\s{_YEAR}(?!\w))?|\b(?:{_MONTHS})\s(?:the\s)?{en}\b"
        ),
    )


def find_dates(text: str, language: str) -> list[Hit]:
    """Return dates, years and decades.

    Example:
        >>> text = "født den tolvte i fjerde nittisyv, på 90-tallet"
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_dates(text, "nb")]
        [('date@4', 'den tolvte i fjerde nittisyv'), ('year@3', '90-tallet')]
    """
    small = lowered(text)
    told = [
        *(_date(start, end) for start, end in told_dates(small)),
        *(_date(start, end, "indirect", "what all remember") for start, end in remembered(small)),
    ]
    hits = outermost((*_whole(small, text, language), *_years(small, language), *told))
    return [replace(hit, end=reach(small, hit.end)) if hit.cls == "strong-indirect" else hit for hit in hits]


def _date(start: int, end: int, cls: IdentityClass = "strong-indirect", note: str = "") -> Hit:
    return Hit(start, end, DATE, "date", cls, note)


def _is_day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _whole(text: str, written: str, language: str) -> Iterator[Hit]:
    yield from _in_figures(text)
    for pattern in (_NAMED, _MONTH_FIRST, _SEASON, _FEASTS, _NIGHT_TO, _MONTH_OF):
        for m in matches(pattern, text):
            yield _date(m.start(), m.end())
    for m in matches(_SEASON_SAID, text):
        value = number_of(m.group(1), language)
        if value is not None and (20 <= value <= 99 or 1850 <= value <= 2049):
            yield _date(m.start(), m.end())
    for m in matches(_WEEK, text):
        if m.group(1).isdigit() or 1 <= (number_of(m.group(1), language) or 0) <= 53:
            yield _date(m.start(), m.end(), "indirect", "a week")
    for m in matches(_MONTH, text):
        if m.group(1) not in _AMBIGUOUS_MONTHS or written[m.start(1)].isupper():
            yield _date(m.start(1), m.end(), "indirect", "a month")
    for m in matches(_MONTH_ALONE, text):
        yield _date(m.start(), m.end(), "indirect", "a month")
    norwegian, alone, english = _ordinal_patterns()
    for m in matches(english if language == "en" else norwegian, text):
        yield _with_spoken_year(text, m, language)
    for m in (*matches(alone, text), *matches(_DAY_ALONE, text), *matches(_DAY_SAID, text)):
        yield _date(m.start(), m.end(), "indirect", "a day of a month")


def _in_figures(text: str) -> Iterator[Hit]:
    for m in matches(_FIGURES, text):
        if m["iso"] or _is_day(m["d"], m["m"]) or _is_day(m["m"], m["d"]):
            yield _date(m.start(), m.end())
    for pattern in (_MIXED, _DAY_MONTH, _DAY_I_MONTH):
        for m in matches(pattern, text):
            day, month = [group for group in m.groups() if group]
            if _is_day(day, month):
                yield _date(m.start(), m.end())
    for m in matches(_SIX, text):
        if _is_day(m.group()[:2], m.group()[2:4]) or (len(m.group()) == 8 and _is_day(m.group()[6:], m.group()[4:6])):
            yield _date(m.start(), m.end(), note="figures that may be a date")


def _with_spoken_year(text: str, match: re.Match[str], language: str) -> Hit:
    """Return a date as far as a year that is said behind it: "den tolvte i fjerde nittisyv"."""
    behind = re.compile(r"\s(?:i\s)?([^\W\d_]{3,40})").match(text, match.end())
    value = number_of(behind.group(1), language) if behind else None
    if behind and value is not None and (30 <= value <= 99 or 1850 <= value <= 2049):
        return _date(match.start(), behind.end())
    return _date(match.start(), match.end())


def _years(text: str, language: str) -> Iterator[Hit]:
    for pattern in (_FOUR, _SPAN, _APOSTROPHE, _DECADE):
        for m in matches(pattern, text):
            yield Hit(m.start(), m.end(), YEAR, "date", "indirect")
    for m in matches(_TWO_DIGITS, text):
        yield Hit(m.start(1), m.end(1), YEAR, "date", "indirect", "may be a year")
    for run in spoken_runs(text, language):
        yield from _spoken_years(text, run)


_I = re.compile(r"\b(?:i|in|siden|sidan|since|fra|frå)\s\Z")


_THIS_CENTURY = re.compile(r"\s?(?:[.,;!?\n]|\Z|(?:og|da|så|men|eller|and|when|so|but|or)\b)")


def _spoken_years(text: str, run: Sequence[Spoken]) -> Iterator[Hit]:
    for number in run:
        if number.in_words and 1850 <= number.value <= 2049 and number.value != 2000:
            yield Hit(number.start, number.end, YEAR, "date", "indirect", "as spoken")
    for first, second, third in zip(run, run[1:], [*run[2:], None], strict=False):
        century = first.in_words and second.in_words
        if (century and first.value in {18, 19} and 10 <= second.value <= 99 and len(first.digits) == 2) or (
            century and first.value == 20 and 10 <= second.value <= 29
        ):
            yield Hit(first.start, second.end, YEAR, "date", "indirect", "as spoken")
        elif century and first.value in {18, 19, 20} and second.value == 0 and third and 1 <= third.value <= 9:
            yield Hit(first.start, third.end, YEAR, "date", "indirect", "as spoken")
    if (
        len(run) == 1
        and (50 <= run[0].value <= 99 or (20 <= run[0].value <= 29 and _THIS_CENTURY.match(text, run[0].end)))
        and run[0].in_words
        and _I.search(text, max(0, run[0].start - 8), run[0].start)
    ):
        behind = text[run[0].end : run[0].end + 14].lstrip()
        if not re.match(r"(?:år|prosent|kilo|dag|time|minutt|uke|veke|percent|minutes|years|days|miles|km)", behind):
            yield Hit(run[0].start, run[0].end, YEAR, "date", "indirect", "may be a year")
