"""Ages that are told by how a sentence is built: who it is about, what it says they are, and what stands behind.

Every number of a text is looked at with the words around it, alone or with those it is listed with: "barna er fire,
sju og elleve", "she was ten or eleven", "eg runda nettopp femti", "a lad of nine".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.persons import KIN, OWNED, PRONOUNS, SEVERAL, SOMEBODY
from qualkit.anonymisation.tokens import read_tokens

_OLDEST = 115
_GROWN, _OF_AGE_ALONE, _FEWEST_MONTHS = 13, 18, 2
_WINDOW = 70

_NEARLY = (
    r"(?:nettopp|akkurat|bare|berre|bærre|vel|vell|sånn|så|heile|hele|rundt|omtrent|omkring|cirka|ca\.?|nesten|nærmere|snart|knapt|"
    r"knappe|godt over|godt oppi|langt over|over|under|minst|kanskje|alt|allerede|allereie|liksom|lissom|fortsatt|"
    r"framleis|fremdeles|nå|no|nu|da|då|jo|også|òg|au|ikke mer enn|ikkje meir enn|ikke eldre enn|ikkje eldre enn|fylt|"
    r"på vei mot|på veg mot|opp mot|oppi|blitt|vorte|vart|vært|vore|til og med|tror jeg|trur eg|"
    r"both|all three|rising|only|just|just turned|about|around|roughly|nearly|almost|barely|still|now|then|maybe|"
    r"probably|like|say|what|over|"
    r"under|well over|coming up to|coming up for|coming on|pushing|getting on for|going on|approaching|not even|"
    r"no more than|at least|already|all of|somewhere around|i think|about to turn|about to be|um|er|eh|øh|eeh)"
)
_IS = (
    r"(?:er|e|æ|va|var|vart|ble|blei|blir|bli|blitt|vorte|vore|vært|være|vere|"
    r"is|was|am|are|were|be|been|being|'s|’s|'m|’m|'re|’re|became)"
)
_TURNS = (
    r"(?:fyller|fylle|fylte|fylt|fyllte|fyltes|runda|rundet|runder|rundar|runde|passert|passerte|passerer|passera|"
    r"nærmer (?:seg|meg)|nærmar (?:seg|meg)|nærma (?:seg|meg)|turn|turns|turned|turning|pushing|approaching|"
    r"coming up to|"
    r"coming up for|getting on for|going on)"
)
_WHO = rf"(?:{PRONOUNS}|{KIN}{OWNED})"
_BETWEEN = r"(?:,?\s(?:[^\W\d_]{1,12}\s){0,2}?|\s?(?='|’))"
_OF_ONE = re.compile(rf"(?<!\w){_WHO}{_BETWEEN}{_IS}(?:,?\s{_NEARLY})*,?\s\Z")
_TURNED_ROUND = re.compile(rf"(?<!\w){_IS}\s{_WHO}(?:\s{_NEARLY})*\s\Z")
_OF_SEVERAL = re.compile(
    rf"(?<!\w)(?:{SEVERAL}{OWNED}|de|dei|dæm|domm|me|vi|they|we|those)(?:\s[^\W\d_]{{1,10}})?(?:\s|(?='|’)){_IS}"
    rf"(?:\s{_NEARLY})*\s\Z"
)
_TURNING = re.compile(rf"(?<!\w){_TURNS}(?:\s{_NEARLY})*\s\Z")
_PERSON_OF = re.compile(
    rf"(?<!\w)(?:{SOMEBODY}|{SEVERAL}|{KIN}{OWNED})(?:\s(?:min|mi|mine|vår|våre))?,?\s(?:på|of|aged|age)(?:\s{_NEARLY})*\s\Z"
)
_OF_AGE = re.compile(
    r"(?<!\w)(?:(?:i |in |at |by |from )?(?:en |ein |the |an )?(?:alder(?:en)?(?: av| på)?|ages?(?: of)?)|aged)"
    rf"(?:\s{_NEARLY})*\s\Z"
)
_AT = re.compile(rf"(?<!\w)(?:at|by|since|until|till|before|from|being|turning)(?:\s{_NEARLY})*\s\Z")
_WHILE = re.compile(
    rf"(?<!\w)(?:da|då|når|siden|sidan|sia|fra|frå|til|før|innen|when|since|until|till|before|by the time|while|as)\s"
    rf"{_WHO}(?:\s|(?='|’)){_IS}(?:\s{_NEARLY})*\s\Z"
)
_MUST = re.compile(
    rf"(?<!\w){_WHO}\s(?:must have been|would have been|could have been|will be|would be|would've been|'ll be|"
    rf"’ll be|'d be|"
    rf"’d be|might have been|må ha vært|må ha vore|kan ha vært|skulle blitt|ville vært|hadde vært|hadde blitt|"
    rf"hadde vore)"
    rf"(?:\s{_NEARLY})*\s\Z|(?<!\w)(?:i|he|she)['’](?:ll|d) (?:be|have been)(?:\s{_NEARLY})*\s\Z"
)
_TURN_BEHIND = re.compile(rf"\s(?:år\s)?(?:er|e|var|va|blir|ble|blei|vart|am|was|is)\s(?:{PRONOUNS})(?!\w)")
_ASKED = re.compile(r"\b(?:gamm?[ae]l|gammal|gamle|alder\w{0,2}|how old|your age|old are)\b")
_STARTS = re.compile(
    rf"(?:\A|[.!?…:;\n]|[.?!]\s?\S{{1,12}}:)\s*(?:(?:ja|jo|well|so|eh|øh|um|uh),?\s)*(?:{_NEARLY}\s)*\Z"
)
_STOPS = re.compile(r"\s*(?:år|years?|yrs|nå|no|now|ja|jo)?\s*(?:[.!?…;\n]|\Z)")

# What is counted, where it stands behind a number without a noun that a dictionary of persons would need.
_FOLLOWS = re.compile(
    r"\s?(?:[.,;:!?…)\]»”\"'’–—\n]|\Z|-(?:something|ish|odd)\b|"
    r"(?:år|åra|årene|years?|yrs)\b(?!\s(?:siden|sidan|sia|etter|før|ago|later|after|before))|"
    r"(?:og|å|men|så|da|då|nå|no|når|den gang\w*|den gongen|den dagen|den sommeren|eller|for|som|har|hadde|fordi|at|"
    r"og et halvt|til|på|som|jeg|eg|æ|han|hun|ho|vi|me|dei|de|ja|jo|altså|liksom|ca|cirka|pluss|alt|allerede|"
    r"i dag|i år|i fjor|"
    r"and|but|so|now|when|then|he|she|i|we|they|next|last|this|that|come|at the time|that year|back then|plus|odd|ish|"
    r"something|or so|or something|going on|yeah|yes|no|with|before|because|years|already|if|who|as|is|was|er|var|"
    r"alone|like|altså|den gangen|den sommaren|den sommeren|den sommar'n|den hausten|den høsten)\b)"
)
_THEN = re.compile(
    r"\s(?:til|i|på|in|on|om|around|at)\s(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|"
    r"desember|january|february|march|may|june|july|october|december|våren|sommeren|sommaren|høsten|hausten|vinteren|"
    r"jul|jula|påske|påska|helga|helgen|sommer|sommar|høst|haust|vinter|vår|år|morgen|morgon|mandag|tirsdag|onsdag|"
    r"torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|the\s\w+|"
    r"spring|summer|autumn|winter|a few|en måned|two weeks|fjor)\b"
)
_NEITHER = re.compile(
    r"\s?(?:-(?!something|ish|odd)|%|prosent|per cent|percent|km|kg|kr\b|o'clock|o’clock|am\b|pm\b|ganger|gonger|"
    r"times|grader|degrees|timer|"
    r"timar|hours|minutt|minutes|av\b|of\b|til\s(?:å|sammen|saman)\b|på\s\w+en\b)"
)
_MONTHS_BEHIND = re.compile(
    r"\s(?:måneder|månader|månedar|måna|mnd|uker|veker|dager|dagar|døgn|months?|weeks?|days?)"
    r"(\s(?:gamm?[ae]l\w?|gamle|gamalt|old))?(?!\w)"
)
_COMPARED = re.compile(
    r"\s(?:år|åra|years?|måneder|månader|months?)\s(?:eldre|yngre|older|younger)"
    r"(?:\s(?:enn|than)\s[^\W\d_]{2,14})?(?!\w)"
)
_OLD = re.compile(r"\s?-?(?:år|åra|years?|yrs?)(?:\s?-?(?:gamm?[ae]l\w?|gamle|gamalt|olds?))?(?!\w)")
_HALF_BEHIND = re.compile(r"\s(?:og (?:et|eit|en|ein) hal[vf]t?|and a half)(?!\w)")
_LISTED = re.compile(
    r"(?:,?\s(?:og|å|eller|and|or|til|to|nesten|snart|going on|nearly|almost|kanskje|maybe|mellom)\s|"
    r",\s(?:snart\s|nesten\s|"
    r"kanskje\s|going on\s)?|\s?[-–/]\s?)\Z"
)


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    values: tuple[float, ...]


def told_ages(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield where ages stand, with a note.

    Example:
        >>> text = "Barna er fire, sju og elleve. Eg runda nettopp femti. Ho er ti år eldre enn meg. Me var tre."
        >>> [text[start:end] for start, end, _ in told_ages(text, "nn")]
        ['fire, sju og elleve', 'femti', 'ti år eldre enn meg']
    """
    small = lowered(text)
    for number in _numbers(text, small, language):
        end = _age(small, number, language, text)
        if end:
            about = _ABOUT.search(small, max(0, number.start - 30), number.start)
            behind = _MORE.match(small, end)
            yield about.start() if about else number.start, behind.end() if behind else end, "may be an age"
    for pattern in (_BIRTHDAY, _BORN, _ONE_AND_A_HALF, _SIDE_OF, _SOMETHING):
        for m in matches(pattern, small):
            yield m.start(), m.end(), "may be an age"


# What belongs to an age before and behind it: "nearly fifty", "seventy odd".
_ABOUT = re.compile(
    r"(?<!\w)(?:nearly|almost|about|around|well over|just over|pushing|coming up to|coming up for|getting on for|"
    r"going on|"
    r"approaching|about to turn|nesten|nærmere|rundt|omkring|godt over|godt oppi|på vei mot|på veg mot|snart)\s\Z"
)
_MORE = re.compile(r"(?:\s(?:odd|plus|pluss|ish|something)|-(?:something|ish|odd))(?!\w)")
_ONE_AND_A_HALF = re.compile(
    r"(?<!\w)(?<!\bi )(?:(?:et|ett|en|eit|ein|one)\s(?:og|and)\s(?:et|eit|en|ein|a)\s(?:halvt?|half)|halvannet|"
    r"halvtanna)"
    r"\s(?:år|years?)(?:\s(?:gamm?[ae]l\w?|gamle|old))?(?!\w)(?!\s(?:siden|sidan|sia|etter|før|ago|later|med|på))"
)

_DECADES = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SIDE_OF = re.compile(
    rf"(?<!\w)(?:the\s)?(?:wrong|right|other|far)\sside\sof\s(?:{_DECADES})(?!\w)|(?<!\w)lived\sto\s(?:be\s)?(?:a\shundred(?:\sand\s\w{{3,6}})?|{_DECADES})(?!\w)"
    r"|(?<!\w)(?:come|this|next)\sbirthday(?!\w)"
)
_SOMETHING = re.compile(
    rf"(?<!\w)(?:{_DECADES})[- ]something\w{{0,2}}(?!\w)|(?<!\w)[^\W\d_]{{2,20}}\så(?:ring|ringen|ringar|ringer)(?!\w)"
)
_TENTHS = (
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    "thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth|first|second|third|fourth|fifth|sixth|"
    "seventh|eighth|ninth"
)
_BIRTHDAY = re.compile(
    rf"(?<!\w)(?:\d{{1,3}}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    rf"ninety)[- ])?(?:{_TENTHS})|"
    r"twenty-first|twenty first)\sbirthday|(?<!\w)(?:\d{2}-|[^\W\d_]{3,12}?)års(?:lag\w{0,3}|dag\w{0,3}|"
    r"jubile\w{0,3})(?!\w)"
)
_BORN = re.compile(
    r"(?<!\w)\d\d-(?:modell|åring)\w{0,2}(?!\w)|(?<!\w)[^\W\d_]{4,20}-?modell(?=\s|[.,])(?<=ti-modell|to-modell|re-modell)|"
    r"(?<!\w)årgang(?:en)?\s(?:\d\d(?:\d\d)?|[^\W\d_]{5,22})(?!\w)"
)


def _numbers(text: str, small: str, language: str) -> Iterator[_Number]:
    """Yield numbers with those that they are listed with, in figures and words."""
    import numpy as np

    tokens = read_tokens(text)
    values = [_value(form, language) for form in tokens.forms]
    spoken = np.fromiter((value is not None for value in values), bool, len(values))[tokens.ids]
    last: _Number | None = None
    for at in np.flatnonzero(spoken).tolist():
        start, end, value = tokens.starts[at], tokens.ends[at], values[tokens.ids[at]]
        if value is None or (last and start < last.end):
            continue
        half = _HALF_BEHIND.match(small, end)
        if half:
            end, value = half.end(), tuple(number + 0.5 for number in value)
        between = small[last.end : start] if last else ""
        if last and between in (" ", "-") and last.values[-1] in range(20, 100, 10) and value[0] in range(1, 10):
            last = _Number(last.start, end, (*last.values[:-1], last.values[-1] + value[0], *value[1:]))
            continue
        units_first = last and between in (" og ", " å ") and 0 < last.values[-1] < 10
        if last and units_first and value[0] in range(20, 100, 10) and language != "en":
            last = _Number(last.start, end, (*last.values[:-1], last.values[-1] + value[0]))
            continue
        if last and len(between) < 16 and _LISTED.fullmatch(between):
            last = _Number(last.start, end, (*last.values, *value))
            continue
        if last:
            yield last
        last = _Number(start, end, value)
    if last:
        yield last


_HALVES = {"halvannet": 1.5, "halvanna": 1.5, "halvtanna": 1.5}


def _value(form: str, language: str) -> tuple[float, ...] | None:
    """Return the numbers up to 115 that one word says: "40", "forty-two", "fem-seks", "halvannet"."""
    if form in _HALVES:
        return (_HALVES[form],)
    if form.isdecimal():
        return (float(form),) if len(form) <= 3 and int(form) <= _OLDEST else None
    if form in ("en", "ei", "et", "ett", "one", "o", "oh", "ein", "eit", "null", "zero"):
        return None
    parts = [number_of(part, language) for part in form.split("-")]
    if any(part is None or part > _OLDEST for part in parts) or not parts:
        return None
    said = [float(part) for part in parts if part is not None]
    if len(said) == 2 and said[0] in range(20, 100, 10) and 0 < said[1] < 10:
        return (said[0] + said[1],)
    return tuple(said)


def _age(small: str, number: _Number, language: str, text: str) -> int:
    """Return where an age that begins with a number ends, or 0."""
    begin = max(0, number.start - _WINDOW, small.rfind("\n", 0, number.start) + 1)
    before = small[begin : number.start]
    if compared := _COMPARED.match(small, number.end):
        return compared.end()
    if months := _MONTHS_BEHIND.match(small, number.end):
        about = _OF_ONE.search(before) or _OF_SEVERAL.search(before)
        return months.end() if months.group(1) or (about and number.values[-1] >= _FEWEST_MONTHS) else 0
    if not 1 <= max(number.values) <= _OLDEST:
        return 0
    old = _OLD.match(small, number.end)
    end = old.end() if old else number.end
    told = bool(_OF_AGE.search(before)) or (
        _is_free(small, number.end)
        and (
            _is_said(before, number, language)
            or _named(before, text, begin)
            or (_STARTS.search(before) and _STOPS.match(small, end) and _stands_alone(small, number))
        )
    )
    turned = _TURN_BEHIND.match(small, number.end) and max(number.values) >= _GROWN
    return end if told or turned else 0


def _is_free(small: str, end: int) -> bool:
    """Whether nothing that is counted stands behind a number."""
    follows = _FOLLOWS.match(small, end) or _THEN.match(small, end)
    return bool(follows) and not _NEITHER.match(small, end)


def _is_said(before: str, number: _Number, language: str) -> bool:
    """Whether the words before a number say it of somebody as an age."""
    lowest, highest = min(number.values), max(number.values)
    grown = highest >= _GROWN
    return bool(
        _WHILE.search(before)
        or _MUST.search(before)
        or _PERSON_OF.search(before)
        or (highest > 1 and (_OF_ONE.search(before) or _TURNED_ROUND.search(before)))
        or ((grown or len(number.values) > 1) and _OF_SEVERAL.search(before))
        or (grown and _TURNING.search(before))
        or (language == "en" and lowest >= _GROWN and highest < 100 and _AT.search(before))
    )


def _stands_alone(small: str, number: _Number) -> bool:
    """Whether a sentence that is a number only answers how old somebody is, or may."""
    asked = _ASKED.search(small, max(0, number.start - 2 * _WINDOW), number.start)
    return bool(asked) or min(number.values) >= _OF_AGE_ALONE


_NAMED = re.compile(rf"(?<!\w)(\w[\w-]{{1,15}})(?:\s|(?='|’)){_IS}(?:\s{_NEARLY})*\s\Z")
_NOBODY = frozenset(
    """
    det den dette de dei her der hva kva klokka klokken når hvor kor som prisen temperaturen it that there this what
    where here how which these those time price sum summen dato alt alle ingen noen nokon
    vi me we they
    """.split()
)


def _named(before: str, text: str, begin: int) -> bool:
    """Whether a number is said of somebody by name, told by the capital."""
    found = _NAMED.search(before)
    return bool(found and found.group(1) not in _NOBODY and text[begin + found.start(1)].isupper())
