"""Days that are told by a feast, by a day of the week or by what all remember.

"The Friday before Easter in 2008", "natt til påskedag", "sixteen of november 2021", "the second lockdown"; and how
far a date reaches: "17. november i fjor", "third of may last year".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.openings import matches

_MONTHS = (
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|january|february|"
    r"march|may|june|"
    r"july|october|december)"
)
_YEAR = (
    r"(?:(?:1[89]|20)\d\d|['’]?\d\d|i\sfjor|i\sår|last\syear|this\syear|two\sthousand(?:\sand)?\s[a-z]{3,9}|"
    r"to\stusen\sog\s[^\W\d_]{2,9})"
)
_FEAST = (
    r"(?:easter|christmas|xmas|whitsun|pentecost|lent|ramadan|eid|thanksgiving|diwali|hanukkah|passover|"
    r"halloween|new\syear|"
    r"påske\w{0,5}|påska|jul|jula|julen|juleaften|julaftan|pinse|pinsa|pinsen|ramadan|nyttår|sankthans|jonsok|olsok|"
    r"syttende\smai|17\.?\smai|midsummer|midsommer|advent)"
)
_DAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mandag(?:en)?|måndag(?:en)?|tirsdag(?:en)?|"
    r"tysdag(?:en)?|"
    r"onsdag(?:en)?|torsdag(?:en)?|fredag(?:en)?|lørdag(?:en)?|laurdag(?:en)?|søndag(?:en)?|sundag(?:en)?|day|"
    r"night|week|"
    r"weekend|dagen|natta|natten|uka|uken|veka|helga|helgen|kvelden)"
)
_BY_FEAST = re.compile(
    rf"\b(?:(?:the|den)\s)?{_DAY}\s(?:before|after|of|in|før|etter|i|"
    rf"på)\s(?:the\s)?{_FEAST}(?!\w)(?:,?\s(?:(?:of|in|i)\s)?{_YEAR}(?!\w))?"
)
_FEAST_OF = re.compile(rf"\b{_FEAST}\s(?:of|in|i)\s{_YEAR}(?!\w)")
_NIGHT_TO = re.compile(
    rf"\b(?:natt|natta|natten|kvelden)\s(?:til|til\sden|mot)\s(?:{_FEAST}|(?:første|andre|annen|"
    rf"fyrste)\s\w{{2,9}}dag)(?!\w)"
)
_CARDINAL_OF = re.compile(
    r"\b(?:the\s)?(?:(?:twenty|thirty)[ -])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty)\s(?:of|in)\s"
    rf"{_MONTHS}(?!\w)(?:,?\s(?:of\s|in\s)?{_YEAR}(?!\w))?"
)
_REMEMBERED = re.compile(
    r"\b(?:the\s)?(?:first|second|third|last)\s(?:lockdown|wave\sof\scovid|national\slockdown)(?!\w)"
    r"|\b(?:the|under|during|in|etter|før)\s(?:lockdown|first\slockdown|foot[ -]and[ -]mouth|"
    r"miners['’]?\sstrike|troubles|falklands|gulf\swar|"
    r"referendum|ash\scloud|nedstengning\w{0,2}|nedstenginga|askeskya)(?!\w)"
    r"|\b(?:den\s)?(?:første|andre|fyrste|siste)\s(?:nedstengning\w{0,2}|nedstenging\w?|koronabølg\w{1,2})(?!\w)"
    r"|\b(?:to|tre|fire|fem|seks|sju|\w{2,9})\s(?:dager|dagar|uker|veker|måneder|månader|days|weeks|"
    r"months)\s(?:før|etter|before|after)\s"
    r"(?:the\s)?(?:referendum|lockdown|election|valget|valet|brexit|nedstengning\w{0,2}|nine\seleven|22\.\sjuli|"
    r"tjueandre\sjuli|pandemi\w{0,2}|pandemic)(?!\w)"
)
_REACH = re.compile(
    r",?\s(?:i\sfjor|i\sforfjor|i\sår|last\syear|this\syear|the\s(?:year\s(?:before|after)|following\syear|"
    r"same\syear)|"
    r"(?:året|året\s)(?:\sfør|\setter)|same\såret|samme\såret?)(?!\w)"
)


def told_dates(small: str) -> Iterator[tuple[int, int]]:
    """Yield where a day is told, in a text in small letters.

    Example:
        >>> text = "it was the friday before easter in 2008, sixteen of november 2021, and thanksgiving of 04"
        >>> [text[start:end] for start, end in told_dates(text)]
        ['the friday before easter in 2008', 'easter in 2008', 'thanksgiving of 04', 'sixteen of november 2021']
    """
    for pattern in (_BY_FEAST, _FEAST_OF, _NIGHT_TO, _CARDINAL_OF):
        for match in matches(pattern, small):
            yield match.span()


def remembered(small: str) -> Iterator[tuple[int, int]]:
    """Yield where a time is told by what everybody went through: "the second lockdown"."""
    for match in matches(_REMEMBERED, small):
        yield match.span()


def reach(small: str, end: int) -> int:
    """Return how far a date reaches that ends here: "third of may last year"."""
    behind = _REACH.match(small, end)
    return behind.end() if behind else end
