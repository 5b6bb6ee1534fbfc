"""Ways to reach somebody: telephone, e-mail, pages and user names, as written and as spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualkit.anonymisation.called import names_of_things
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches, near
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

PHONE, MAIL, URL, HANDLE = "phone@3", "e-mail@3", "url@3", "handle@3"

_S = r"[ \u00a0\u2009\u202f.-]"
_PHONE = re.compile(
    rf"""(?<![\w])(?:
        (?:\+|00)47 {_S}{{0,2}} (?:\({_S}?\d{{2}}{_S}?\){_S}?)? [2-9] (?:{_S}{{0,2}}\d){{4,7}}
      | (?:\+|00) [1-9]\d{{0,2}} (?:{_S}{{0,2}} \(?\d\)?){{6,12}}
      | [2-9]\d{{7}}
      | [2-9]\d (?:{_S}\d\d){{3}}
      | [2-9]\d\d {_S} \d\d {_S} \d\d\d
      | [2-9]\d{{3}} {_S} \d{{4}}
      | [2-9] (?:[ ,]{{1,2}}\d){{7}}
      | \(?0\d{{2,4}}\)? {_S} \d{{3,4}} {_S}? \d{{3,4}}
      | 07\d{{3}} {_S}? \d{{3}} {_S}? \d{{3}}
      | \(?\d{{3}}\)? {_S} \d{{3}} {_S} \d{{4}}
    )(?!\w)(?![.,]\d)""",
    re.VERBOSE,
)
_CALLED = re.compile(
    r"\b(?:telefon\w{0,10}|tlf\w{0,3}|mobil\w{0,10}|ring\w{0,3}|nummer\w{0,2}|vipps\w{0,7}|sak\w{0,8}|"
    r"journal\w{0,8}|kode\w{0,2}|phone|mobile|call|number)\b\W{0,3}"
    r"(?:\w{1,12}\W{1,2}){0,3}?(\d(?:[ .-]?\d){4,11})(?!\w)"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\. ?[\w-]{1,63}){1,4}(?!\w)")
_DOT = r"(?:punktum|punkt|prikk|dott|dot|point)"
_JOIN = rf"(?:{_DOT}|understrek|underscore|bindestrek|strek|dash|hyphen)"
_AT = r"(?:kr[øo]ll(?:et)?[ -]?alfa|alfa[ -]?kr[øo]ll|snabel[ -]?a|at|ætt?|@)"
_SUFFIX = r"(?:no|com|org|net|se|dk|fi|eu|uk|io|info|edu|gov|pl|de|nu|example|test)"
_SPOKEN_MAIL = re.compile(
    r"(?:(?:(?<=\bis\s)|(?<=\ber\s))(?:\w{1,20}\s){1,3}?)?"
    rf"\b[^\W_][\w-]{{0,40}}(?:\s{_JOIN}\s\w{{1,40}}){{0,4}}\s{_AT}\s\w[\w-]{{0,40}}(?:\s{_DOT}\s\w{{2,40}}){{0,2}}\s{_DOT}\s{_SUFFIX}\b"
    rf"|\b[^\W_][\w-]{{0,40}}(?:\s{_JOIN}\s\w{{1,40}}){{0,4}}\s(?:kr[øo]ll(?:et)?[ -]?alfa|alfa[ -]?kr[øo]ll|"
    r"snabel[ -]?a)\s\w[\w-]{0,40}\b"
)
# What stands before "at" or "krøllalfa" is the name, back to the word that leads to it: "is", "er", "til", "on".
_SPOKEN_AT = re.compile(
    rf"\s{_AT}\s(?:[^\W_][\w-]{{0,30}}\s){{1,3}}?(?:{_DOT}\s(?:co\s{_DOT}\suk|org\s{_DOT}\suk|ac\s{_DOT}\suk|nhs\s{_DOT}\suk|{_SUFFIX})\b"
    rf"(?:\s{_DOT}\s\w{{2,6}})?)"
)
_NAME_WORD = re.compile(r"[^\W_][\w'’-]{0,40}\s?\Z")
_LEADS = frozenset(
    """
    is it's it’s its er e til to me meg on på that's e-mail email mail mailen e-posten epost adresse adressen
    address my min mi mitt
    the and og eller or skriv write send uh eh um øh ja yes so så just bare berre you can kan du her here old ny
    new work jobb
    """.split()
)
_LONGEST_NAME, _LONGEST_PAGE = 8, 4
# "see etter q i sju fire null en to", "the b i seven three q q z": letters and figures one by one.
_LETTER_WORD = r"[a-zæøå]"
_FIGURE_WORD = (
    r"(?:\d{1,2}|null|en|ein|én|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|"
    r"zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|dobbel|dobbelt|"
    r"(?:tjue|tretti|førti|femti|seksti|sytti|åtti|nitti)(?:en|to|tre|fire|fem|seks|sju|syv|åtte|ni)?|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?)"
)
_SPELT = re.compile(
    rf"(?<!\w){_LETTER_WORD}[ ,.-]{{1,2}}{_LETTER_WORD}(?:[ ,.-]{{1,2}}{_FIGURE_WORD}){{2,6}}"
    rf"(?:[ ,.-]{{1,2}}{_LETTER_WORD}){{0,3}}(?!\w)"
    rf"|(?<!\w){_LETTER_WORD}[ ,.-]{{1,2}}(?:{_LETTER_WORD}[ ,.-]{{1,2}})?(?:{_FIGURE_WORD}[ ,.-]{{1,2}}){{1,2}}"
    rf"(?:{_FIGURE_WORD}[ ,.-]{{1,2}})?{_LETTER_WORD}[ ,.-]{{1,2}}{_LETTER_WORD}(?!\w)"
)
_SPELT_IN_CAPITALS = re.compile(r"(?<!\w)[A-ZÆØÅ](?:[ -][A-ZÆØÅ0-9]){4,8}(?!\w)")
_GLUED_FIGURES = re.compile(rf"(?<!\w)(?:{_FIGURE_WORD}){{2,8}}(?:\s(?:{_FIGURE_WORD})+)+(?!\w)")
_NETWORK = (
    r"(?:insta(?:gram)?(?:en)?|snap(?:chat)?(?:en)?|tiktok|tik tok|twitter|facebook|face|discord|youtube|"
    r"reddit|tinder|linkedin|bluesky|mastodon|vipps|whatsapp|strava|twitch|finn)"
)
_ON_NETWORK = re.compile(rf"(?<![\w.])([\w.-]*(?:\d|_)[\w.-]*)\s(?:on|på|i)\s(?:the\s)?{_NETWORK}\b")
_A_NETWORK = re.compile(rf"\b{_NETWORK}\b")
_KNOWN_AS = re.compile(
    rf"\b(?:(?:on|på)\s{_NETWORK}\s(?:as|som|heter jeg|heiter eg|er jeg|er eg|i'm|under|it's|its|is|at)\s|"
    rf"{_NETWORK}['’]?s?\s(?:is\s|er\s|heter\s|heiter\s|navnet er\s)|(?:handle|user ?name|brukernavn\w{{0,3}}|"
    rf"brukarnamn\w{{0,3}}|nick\w{{0,4}}|gamertag|tag)['’]?s?\s"
    rf"(?:mitt\s)?(?:is\s|er\s|was\s|var\s|heter\s)?)(?!(?:full|bare|fine|good|just|not|ikke|ikkje|where|how|what|the|a|stupid|boring|the)\b)"
    rf"((?:at\s)?[^\W_][\w.-]{{2,30}}(?:\s(?:dot|punktum|underscore|understrek|strek|dash|\d{{1,4}}|{_FIGURE_WORD})(?:\s[\w-]{{1,20}})?)?"
    rf"(?:(?:\s[\w'’-]{{2,20}}){{1,3}}(?=[.,;:!?\n]|\s?\Z))?)"
)
_SECRET = re.compile(
    r"\b(?:passord\w{0,3}|password|passphrase|saksnummer\w{0,2}|saknummer\w{0,2}|case\snumber|referanse\w{0,8}|"
    r"reference(?:\snumber)?|journalnummer\w{0,2}|medlemsnummer\w{0,2}|membership\snumber|løpenummer\w{0,2}|"
    r"startnummer\w{0,2}|tjenestenummer\w{0,2}|collar\snumber|badge\snumber|employee\snumber|prison\snumber)"
    r"\s(?:er|is|var|was|mitt er|på)?\s?([\w/.-]*\d[\w/.-]*\w|\d+)"
)
_WARD = re.compile(
    r"\b(?:ward|room|cell|wing|flat|unit|bay|bed|rom|celle|post|sengepost|leilighet|avdeling|seksjon)\s(?:number\s|nummer\s)?(?:[a-z]?\d{1,4}[a-z]?)(?!\w|\s?(?:%|percent|prosent|år|timer))"
)
_CALLED_NUMBER = re.compile(
    rf"\b(?:nummer\w{{0,3}}|number|ring\w{{0,2}}|call|mobil\w{{0,3}}|telefon\w{{0,3}}|tlf|kode\w?|code|pin|postnummer\w{{0,2}}|postcode|konto\w{{0,8}}|sak\w{{0,8}}|account|sort\scode|melding|meldinger|text|insurance)\b"
    rf"[^.!?\n]{{0,25}}?(?<!\w)({_FIGURE_WORD}(?:[ ,-]{{1,2}}{_FIGURE_WORD}){{2,12}})(?!\w)"
)
# What a page is called stands before it, over several words: "the green shed dot co dot uk".
_SAID_DOMAIN = re.compile(rf"\s{_DOT}\s(?:(?:co|org|ac|nhs|gov)\s{_DOT}\suk|{_SUFFIX})\b")
_URL = re.compile(
    rf"""(?:
        \bhttps?://[^\s<>"»”)]{{3,500}}
      | \bwww\.[^\s<>"»”)]{{3,500}}
      | (?<![\w@.-])[a-zæøå0-9][a-zæøå0-9-]{{1,62}}(?:\.[a-zæøå0-9-]{{1,63}}){{0,3}}\.{_SUFFIX}(?![\w-])
        (?:/[^\s<>"»”)]{{0,500}})?
      | \b(?:www|v[ei]\sv[ei]\sv[ei]|w\sw\sw)(?:\s{_DOT}\s[\w-]{{1,63}}){{1,4}}\b
      | \b[\w-]{{2,63}}\s{_DOT}\s{_SUFFIX}\b
    )""",
    re.VERBOSE,
)
_HANDLE = re.compile(r"(?<![\w@.+-])@\w[\w.]{1,40}")
_USER_NAME = re.compile(
    r"\b(?:brukernavn\w{0,2}|brukarnamn\w{0,2}|user ?name|nick|handle|"
    r"(?:insta|instagram|snap|snapchat|tiktok|twitter|discord|facebook)(?:en|konto\w{0,2}| account)?)"
    r"\s(?:mitt? |min |hans |hennes |is |er |var |was |heter |heiter |:)+(?:is |er )?([\w.-]{3,40})"
)
# What each of them has in it.
_FIGURE = re.compile(r"\d")
_AT_SIGN = re.compile("@")
_SAID = re.compile(r"p(?:unkt|rikk|oint)|dot|kr[øo]ll|snabel|alfa|@")
_WEB = re.compile(r"\.[a-zæøå0-9]|http|ww|v[ei]\sv|w\sw|p(?:unkt|rikk|oint)|dot")
_TWO_LETTERS = re.compile(r"(?<!\w)[a-zæøå][ ,.-]{1,2}[a-zæøå0-9]")


def find_contacts(text: str, language: str) -> list[Hit]:  # noqa: ARG001
    """Return ways to reach somebody.

    Example:
        >>> text = "ring 68 05 00 12 eller skriv til kari punktum nes krøllalfa example punktum org"
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_contacts(text, "nb")]
        [('phone@3', '68 05 00 12'), ('e-mail@3', 'kari punktum nes krøllalfa example punktum org')]
    """
    small = lowered(text)
    figures, said, signs = (_places(each, small) for each in (_FIGURE, _SAID, _AT_SIGN))
    hits = [Hit(m.start(), m.end(), PHONE, "contact") for m in near(_PHONE, text, figures)]
    hits += [Hit(m.start(1), m.end(1), PHONE, "contact", note="called a number") for m in matches(_CALLED, small)]
    hits += [Hit(m.start(), m.end(), MAIL, "contact") for m in near(_MAIL, text, signs, before=140, after=400)]
    hits += [
        Hit(m.start(), m.end(), MAIL, "contact", note="as spoken")
        for m in near(_SPOKEN_MAIL, small, said, before=300, after=200)
    ]
    hits += [
        Hit(m.start(), m.start() + len(m.group().rstrip(".,;:!?'’")), URL, "contact")
        for m in near(_URL, small, _places(_WEB, small), before=200, after=600)
    ]
    hits += _spoken_addresses(small, said)
    hits += _spoken_numbers_and_names(text, small)
    hits += [Hit(m.start(), m.end(), HANDLE, "contact") for m in near(_HANDLE, text, signs)]
    hits += [Hit(m.start(1), m.end(1), HANDLE, "contact") for m in matches(_USER_NAME, small)]
    return outermost(hits)


def _places(needed: re.Pattern[str], text: str) -> list[int]:
    return [m.start() for m in needed.finditer(text)]


def _spoken_addresses(small: str, said: Sequence[int]) -> Iterator[Hit]:
    """Yield addresses of mail and of pages as they are said.

    Args:
        small: In small letters.
        said: Where a point or a sign of addresses is said by its name.
    """
    for m in near(_SPOKEN_AT, small, said, before=300, after=120):
        start = _start_of_name(small, m.start())
        if start < m.start():
            yield Hit(start, m.end(), MAIL, "contact", note="as spoken")
    for m in near(_SAID_DOMAIN, small, said):
        start = _start_of_name(small, m.start(), _LONGEST_PAGE)
        if start < m.start():
            yield Hit(start, m.end(), URL, "contact", note="as spoken")


def _spoken_numbers_and_names(text: str, small: str) -> Iterator[Hit]:
    """Yield plates, numbers and user names as they are said, and what things are called."""
    for m in (*near(_SPELT, small, _places(_TWO_LETTERS, small)), *_SPELT_IN_CAPITALS.finditer(text)):
        yield Hit(m.start(), m.end(), PHONE, "contact", note="letters and figures one by one")
    for m in matches(_GLUED_FIGURES, small):
        if len(m.group()) > 12:
            yield Hit(m.start(), m.end(), PHONE, "contact", note="figures as spoken")
    for pattern in (_CALLED_NUMBER, _SECRET):
        for m in matches(pattern, small):
            yield Hit(m.start(1), m.end(1), PHONE, "contact", note="called a number")
    networks = [m.start() for m in matches(_A_NETWORK, small)]
    for m in (*near(_ON_NETWORK, small, networks), *matches(_KNOWN_AS, small)):
        yield Hit(m.start(1), m.end(1), HANDLE, "contact")
    for start, end in names_of_things(small):
        yield Hit(start, end, HANDLE, "contact", note="what something is called")
    for m in matches(_WARD, small):
        yield Hit(m.start(), m.end(), HANDLE, "contact", "indirect", "a ward or a room")


def _start_of_name(small: str, end: int, longest: int = _LONGEST_NAME) -> int:
    """Return where the name of an address that is spoken begins: behind the word that leads to it."""
    start = end
    for _ in range(longest):
        word = _NAME_WORD.search(small, max(0, start - 45), start)
        if not word or word.group().strip() in _LEADS:
            break
        start = word.start()
    return start
