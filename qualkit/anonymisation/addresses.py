"""Addresses: street and number, postcode and place, post boxes, cadastral numbers; Norwegian and British."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches, near
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.places import all_places
from qualkit.anonymisation.tokens import Tokens, read_tokens
from qualkit.identity import Hit

STREET, POSTCODE = "street@4", "postcode@3"

_WAYS = "veien|vegen|veen|veg|vei|gata|gaten|gate|gt\\.|alleen|alléen|allé|plassen|plass|torget"
_GROUNDS = (
    "tunet|bakken|bakkane|lia|svingen|stien|kroken|haugen|åsen|jordet|løkka|ringen|toppen|brygga|brygge|kaia|kaien|"
    "torvet|faret|sletta|grenda|moen|myra|terrasse|hagen|feltet|linja|smauet|smuget|stredet|vågen|neset|dalen|"
    "berget|flata|stubben"
)
_NUMBER_WORDS = (
    "to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|"
    "(?:tjue|tretti|førti|femti|seksti|sytti|åtti|nitti)(?:[ -]?(?:en|én|ein|to|tre|fire|fem|seks|sju|syv|åtte|ni))?"
)
_LETTER = r"(?:\s?[A-Fa-f](?!\w))?"
_AMOUNT = (
    r"(?!\s?(?:%|prosent|kr\b|kroner|år|time|timar|minutt|dag|uke|veke|meter|km|kilo|mil\b|gong|gang|stykk|stk|"
    r"person|menn|kvinner|barn|bil|mann|andre|til\b|av\b))"
)
_OLD_AND_NEW = r"(?:(?:nedre|øvre|store|lille|vesle|gamle|nye|nordre|søndre|søre|vestre|østre|indre|ytre|midtre)\s)?"
_NUMBERED = re.compile(
    rf"\b{_OLD_AND_NEW}[^\W\d_][\w.'’-]{{0,40}}?"
    rf"(?:(?:{_WAYS}),?\s(?:nr\.?\s|nummer\s)?(?:(?!19|20)\d{{4}}(?!\d)|\d{{1,3}}(?!\d)|(?:{_NUMBER_WORDS})\b)"
    rf"|(?:{_GROUNDS}),?\s(?:nr\.?\s|nummer\s)?\d{{1,3}}(?!\d)){_LETTER}{_AMOUNT}"
)
_KINDS = r"(?:gate|gata|gt\.?|vei|veg|veien|vegen|plass|allé|alle|torg|terrasse|brygge)(?!\w)"
_TWO_WORDS = re.compile(
    rf"\b(?:[A-ZÆØÅ][\w.'’-]{{0,30}}\s){{0,3}}[A-ZÆØÅ][\w.'’-]{{1,30}}"
    rf"(?:s\s{_KINDS}(?:\s\d{{1,3}}(?!\d){_LETTER}{_AMOUNT})?"
    rf"|\s{_KINDS}\s\d{{1,3}}(?!\d){_LETTER}{_AMOUNT})"
)
_SMALL_TWO_WORDS = re.compile(
    r"\b[^\W\d_]{3,20}s\s(?:gate|gata|gaten|vei|veien|veg|vegen|plass|allé|torg)\s(?:\d{1,3}(?!\d)|"
    rf"(?:{_NUMBER_WORDS})\b){_LETTER}{_AMOUNT}"
)
_UNNUMBERED = re.compile(r"\b([^\W\d_]{3,24}?)(?:veien|vegen|gata|gaten|gate|alléen|alleen)\b")
_STEM = re.compile(rf"([^\W\d_]{{1,40}}?)(?:{_WAYS}|{_GROUNDS})(?!\w)")
# Ways that have no name: their first part says what they are for or where they lead.
_COMMON_WAYS = frozenset(
    """hoved motor sykkel sykle gang skole skule snar om ut inn halv livs livets arbeids vei skogs skog grus bil tur
    riks fylkes fylke europa kommune kommunal fot trafikk blind hjem heim jobb sjø vann luft lang rette mot side tver
    tverr gå hand hånd handle handels enveis bi av til opp ned bom privat gårds gards anleggs stikk utdannings karriere
    læring lærings kjerre ferdsels ferde telle fram videre tilbake kjøre ridde ride ski nerve jern jernbane puste luft
    pilegrims sorgens sykdoms behandlings pasient prosess kles under underveis lengde denne hele heile same samme
    ende dør tråkk flukt barne arbeids parkerings lege mjølke åker fami
    ju ita austra ama emi corne sitte stå sove møte bo lagrings fengsels sykehus oppholds venterom rom plei pleie
    kjøkken inves dele""".split()
)
# With a number behind it, hardly a way is without a name.
_NEVER_NUMBERED = frozenset("under halv ut inn om av til opp ned gå denne hele heile same samme midt langt på".split())
_ENGLISH = re.compile(
    r"\b\d{1,4}[A-Za-z]?,?\s(?:(?!(?:miles?|of|minutes?|hours?|days?|weeks?|years?|times|people|the|and|a|to|"
    r"in|on|at|or|"
    r"more|other|from|with|per|yards|metres)\b)[^\W\d_][\w'’]{1,20}\s){1,3}?(street|st|road|rd|avenue|ave|"
    r"lane|crescent|fold|nook|ginnel|brow|garth|snicket|gait|causeway|"
    r"terrace|gardens|square|grove|mews|court|close|drive|way|hill|row|place|cottages?|house|park|view|wynd|"
    r"brae|villas?|quadrant|circus|boulevard|parkway|pike|turnpike|trail|"
    r"buildings|mansions|parade|quay|walk|green|rise|vale|bank|farm|yard|gate|esplanade|promenade|flats?|loan|"
    r"croft)\b"
)
# These kinds of street are everyday words too, unless they are written as a name.
_EVERYDAY = frozenset(
    "close drive way hill row place court square cottage cottages house park view buildings parade walk green "
    "rise bank farm yard gate flat flats villa villas loan croft quay fold nook brow".split()
)
_ENGLISH_NAMED = re.compile(
    r"\b(?:the\s)?(?:[A-Z][\w'’]{1,20}\s){1,3}(?:Street|Road|Avenue|Lane|Close|Drive|Crescent|Court|Terrace|Gardens|"
    r"Square|Grove|Mews|Quadrant|Place|Way|Row|Wynd|Brae|Parade|Quay)\b"
)
# A street in any language: "Ávžegeaidnu 14", "in Marktstraße 9", "Rute 63".
_SAMI = re.compile(r"\b[^\W\d_]{2,30}(?:geaidnu|luodda|bálggis|gáhtti|šaddu|gaejnoe|geajnoe)(?:\s\d{1,3}[a-f]?)?(?!\w)")
_ROUTE = re.compile(
    r"\b(?:rural route|rute|linje|linja|buss|bussen|route|bus|trikk|trikken|riksvei|riksveg|fylkesvei|fylkesveg|"
    r"rv|fv)"
    r"\s(?:nr\.?\s|nummer\s|number\s)?(?:\d{1,4})(?!\w|[.,]\d|\s?(?:%|prosent|kr\b|år|minutt|minutes))"
)
# What a place has one of, and is called by: the railway bridge, the lighthouse.
_LANDMARK = re.compile(
    r"\b(?:skyttar|skytter|grende|bygde|bygda|samfunns|ungdoms|bede|menighets|forsamlings)huset(?!\w)|"
    r"\b[^\W\d_]{3,20}(?:brua|broa|broen|bruen|kaia|kaien|fyret|tårnet|torget|brygga|bryggja|fossen|tunnelen|"
    r"kirkegården|"
    r"kyrkjegarden|demningen|demninga|monumentet|statuen|parken|kanalen|slusene|slusa|fergeleiet|ferjekaia)(?!\w)"
)
_NO_LANDMARKS = frozenset("vannposten sentraltorget bilparken maskinparken vognparken vareparken slåttebrua".split())
# Spoken and in small letters: "fourteen mill lane", "we live on elm grove", "the a eight three five", "skoletomta 6".
_ROADS = (
    "street|road|avenue|lane|crescent|terrace|gardens|square|grove|mews|close|drive|hill|court|place|way|row|"
    "wynd|brae|croft|parade|quay|quadrant|circus|boulevard|parkway|turnpike"
)
_SPOKEN_STREET = re.compile(
    r"\b(?:(?:number\s)?(?:\d{1,3}[a-z]?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|"
    r"two|three|four|five|six|seven|eight|nine))?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen),?\s|"
    r"(?<=\blive on )|(?<=\blives on )|(?<=\blived on )|(?<=\bup on )|(?<=\bdown )|(?<=\bup )|(?<=\balong )|"
    r"(?<=\bdown on )|(?<=\bflat on )|(?<=\bhouse on ))"
    rf"(?!(?:the|a|my|our|his|her|that|this|and|or|of|to|in|at|on|years?|miles?|minutes?|hours?|people|other|"
    rf"more|different|long|main|same|high|little|big)\b)"
    rf"[a-z][a-z'’]{{2,16}}\s(?:[a-z'’]{{2,16}}\s)?(?:{_ROADS})(?!\w)"
)
_ROAD_NUMBER = re.compile(
    r"\b(?:the|on|off|down|up)\s((?:a|m|b|i)\s?(?:\d{1,4}|(?:one|two|three|four|five|six|seven|eight|nine|oh|"
    r"zero|ten|eleven|twelve|thirteen|fourteen|"
    r"ninety|eighty|seventy|sixty|fifty|forty|thirty|twenty)(?:[ -](?:one|two|three|four|five|six|seven|eight|"
    r"nine|oh|zero)){0,3}))(?!\w)(?!\s(?:of|years?|weeks?|months?|days?|times?|hours?|people|kids|minutes?|more|"
    r"o'clock)\b)"
    r"|\b(?:on|off|down|up|along|from|to|of|for)\s((?:us|route|highway|interstate|state route|sr|county road|"
    r"county route)\s\d{1,4})(?!\w)"
    r"|\b(?:on|highway|route|interstate|i-|us)\s?(\d{2,3})(?=[,.]|\s(?:and|towards|north|south|east|west|near|"
    r"at|when|outside)\b)"
)
# "flat 3/2", "4410 township road 606".
_AMERICAN = re.compile(
    r"\b(?:\d{1,5}[a-z]?\s)?(?:township|county|state|farm|forest|rural|old|private)\s(?:road|route|highway|rd|"
    r"hwy)\s\d{1,4}(?!\w)"
    r"|\b(?:flat|apartment|apt\.?|unit|suite|leilighet|leilegheit)\s\d{1,4}(?:/\d{1,2}|[a-f])?(?!\w|[.,]\d)"
)
_PLOT = re.compile(
    r"\b[^\W\d_]{3,20}(?:tomta|tomten|jordet|hagen|låven|teigen|åkeren|marka|engen|enga|lunden|heia|hella|"
    r"holmen|odden|vika|viken|brinken|parken|kleiva|kleivane|flaten|lykkja|tunet)\s\d{1,3}\s?[a-f]?(?!\w|"
    r"[.,:]\d|\s?(?:år|prosent|kroner|timer|minutt))"
)
_POSTCODE = re.compile(
    r"(?<![\w.,:/-])(?:N-|NO-)?\d{4}[ \u00a0]{1,2}[A-ZÆØÅ][a-zæøåA-ZÆØÅ]{1,25}(?:[ -][A-ZÆØÅ]\w{1,20})?\b"
)
_SMALL_POSTCODE = re.compile(r"(?<![\w.,:/-])0\d{3} [a-zæøå]{2,25}\b")
_CALLED_POSTCODE = re.compile(
    r"\b(?:postnummer\w{0,2}|postnr\.?|postcode|post code)\W{1,3}(?:er |var |is |was )?(\d{4})\b"
)
# "I live at 4 Tan y Bryn": a number and a name, where somebody lives.
_NUMBER_FIRST = re.compile(
    r"\b(?:[Aa]t|[Ll]ive[sd]?(?:\sin)?|[Nn]umber|[Aa]ddress(?:\sis|\swas|"
    r":)?)\s(?:flat\s)?(\d{1,4}[A-Za-z]?,?\s[A-Z][\w'’]{2,20}"
    r"(?:\s(?:y|yr|ar|na|nan|the|of|[A-Z][\w'’]{1,20})){0,4})"
)
_UK_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_SMALL_UK_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b")
_BOX = re.compile(r"\b(?:postboks|pb\.?|boks|p\.?\s?o\.?\s?box|box)\s\d{1,5}\b")
# "tredje etasje i blokk sju", "bor på Haugland 12", "bur i bjørkelia femten".
_FLOOR = re.compile(
    r"\b(?:første|andre|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|åttande|niende|niande|tiende|tiande|"
    r"øverste|"
    r"underetasjen|\d{1,2}\.?)\s(?:etasje|etg)\b(?:\s(?:i|på)\s(?:blokk|oppgang|inngang|hus)\s\w{1,8})?"
    r"|\b(?:blokk|oppgang|inngang|leilighetsnummer|leilegheit|block|tower|apartment)\s(?:nummer\s|number\s)?"
    rf"(?:[a-h](?!\w)|\d{{1,3}}[a-h]?(?!\w)|(?:{_NUMBER_WORDS})(?!\w))"
    r"|\b(?:the\s)?(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|top)\sfloor\b"
)
_LIVES_AT = re.compile(
    r"\b(?:bor|bur|bodde|budde|bo|bu|flytta|flyttet|adress[ea]n?(?:\s(?:min|mi|vår))?\s(?:er|var))\s(?:(?:på|i|"
    r"til|ved)\s)?"
    rf"([^\W\d_]{{3,24}}\s(?:\d{{1,4}}(?!\d){_LETTER}|(?:{_NUMBER_WORDS})\b)){_AMOUNT}(?!\s(?:og|å)\s)"
)
_NO_HOMES = frozenset(
    "med siden sidan etter før over under omtrent rundt cirka nesten bare berre alle dei de disse".split()
)
_CADASTRE = re.compile(
    r"\b(?:gnr|gårdsnummer|gardsnummer|bnr|bruksnummer|gårds- og bruksnummer)\.?\s?(?:\d{1,4}|"
    rf"(?:{_NUMBER_WORDS}))(?:\W{{1,3}}(?:bnr|bruksnummer)?\.?\s?(?:\d{{1,4}}|(?:{_NUMBER_WORDS})))?\b"
    r"|\b[hklu]0[1-9]\d{2}\b"
)
# How the words end that each of them has in it.
_WAY_ENDINGS = tuple(f"{_WAYS}|gt".replace("gt\\.|", "").split("|") + _GROUNDS.split("|"))
_KIND_ENDINGS = tuple("gate gata gaten gt vei veg veien vegen plass allé alle torg terrasse brygge".split())
_PLOT_ENDINGS = tuple(
    """
    tomta tomten jordet hagen låven teigen åkeren marka engen enga lunden heia hella holmen odden vika viken brinken
    parken kleiva kleivane flaten lykkja tunet
    """.split()
)
_LANDMARKS = tuple(
    """
    huset brua broa broen bruen kaia kaien fyret tårnet torget brygga bryggja fossen tunnelen kirkegården kyrkjegarden
    demningen demninga monumentet statuen parken kanalen slusene slusa fergeleiet ferjekaia
    """.split()
)
_SAMI_WAYS = tuple("geaidnu luodda bálggis gáhtti šaddu gaejnoe geajnoe".split())
_FOUR_FIGURES = re.compile(r"\d{4}[ \u00a0]")


def _ending(tokens: Tokens, endings: tuple[str, ...]) -> list[int]:
    """Return where words begin that end so."""
    import numpy as np

    return [tokens.starts[at] for at in np.flatnonzero(tokens.that(lambda form: form.endswith(endings))).tolist()]


def find_addresses(text: str, language: str) -> list[Hit]:
    """Return addresses.

    Example:
        >>> text = "i Bakkeveien 12 B, 1771 Halden"
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_addresses(text, "nb")]
        [('street@4', 'Bakkeveien 12 B'), ('postcode@3', '1771 Halden')]
    """
    return outermost(_all(text, language))


def _all(text: str, language: str) -> Iterator[Hit]:
    small = lowered(text)
    yield from _british(text, small) if language == "en" else _norwegian(text, small)
    for m in matches(_FLOOR, small):
        yield Hit(m.start(), m.end(), STREET, "place", "strong-indirect", "a floor or a block")
    for m in matches(_CALLED_POSTCODE, small):
        yield Hit(m.start(1), m.end(1), POSTCODE, "place", "strong-indirect", "postcode")
    words = read_tokens(text)
    landmarks = _ending(words, _LANDMARKS)
    for m in () if language == "en" else near(_LANDMARK, small, landmarks, before=30, after=40):
        if m.group() not in _NO_LANDMARKS:
            yield Hit(m.start(), m.end(), STREET, "place", "indirect", "a landmark")
    for m in (*near(_SAMI, small, _ending(words, _SAMI_WAYS), before=40, after=60), *matches(_ROUTE, small)):
        yield Hit(m.start(), m.end(), STREET, "place", "strong-indirect", "a street or a line")
    for pattern in (_BOX, _CADASTRE):
        for m in matches(pattern, small):
            yield Hit(m.start(), m.end(), STREET, "place", "direct", "an address")


def _norwegian(text: str, small: str) -> Iterator[Hit]:
    words = read_tokens(text)
    ways, kinds, grounds = (_ending(words, each) for each in (_WAY_ENDINGS, _KIND_ENDINGS, _PLOT_ENDINGS))
    for pattern, searched, places in (
        (_NUMBERED, small, ways), (_TWO_WORDS, text, kinds), (_SMALL_TWO_WORDS, small, kinds)
    ):  # fmt: skip
        for m in near(pattern, searched, places, before=160, after=100):
            stem = _STEM.match(small, m.start())
            if stem and stem.group(1) in _NEVER_NUMBERED:
                continue
            yield Hit(m.start(), m.end(), STREET, "place", "direct", "an address")
    for m in matches(_LIVES_AT, small):
        if m.group(1).split()[0] not in _NO_HOMES:
            yield Hit(m.start(1), m.end(1), STREET, "place", "direct", "may be an address")
    for m in near(_PLOT, small, grounds, before=30, after=60):
        yield Hit(m.start(), m.end(), STREET, "place", "direct", "may be an address")
    for m in near(_UNNUMBERED, small, ways, before=30, after=40):
        if m.group(1) not in _COMMON_WAYS:
            yield Hit(m.start(), m.end(), STREET, "place", "strong-indirect", "may be a street")
    shouted = read_tokens(text).casing == "upper"
    figures = [m.start() for m in matches(_FOUR_FIGURES, small)]
    for pattern, searched in ((_POSTCODE, text), (_SMALL_POSTCODE, small)):
        for m in near(pattern, searched, figures):
            # Where everything is in capitals, only a place that is known tells a postcode from "2010 KRONER".
            if not shouted or m.group().partition(" ")[2].strip().casefold() in all_places():
                yield Hit(m.start(), m.end(), POSTCODE, "place", "strong-indirect", "postcode and place")


def _british(text: str, small: str) -> Iterator[Hit]:
    for m in matches(_ENGLISH, small):
        if m.group(1) in _EVERYDAY and not text[m.start(1)].isupper():
            continue
        yield Hit(m.start(), m.end(), STREET, "place", "direct", "an address")
    for m in matches(_ENGLISH_NAMED, text):
        yield Hit(m.start(), m.end(), STREET, "place", "strong-indirect", "a street")
    for m in matches(_SPOKEN_STREET, small):
        yield Hit(m.start(), m.end(), STREET, "place", "strong-indirect", "may be a street")
    for m in matches(_ROAD_NUMBER, small):
        yield Hit(
            m.start(m.lastindex or 0), m.end(m.lastindex or 0), STREET, "place", "indirect", "a road by its number"
        )
    for m in matches(_NUMBER_FIRST, text):
        yield Hit(m.start(1), m.end(1), STREET, "place", "direct", "may be an address")
    for m in matches(_AMERICAN, small):
        yield Hit(m.start(), m.end(), STREET, "place", "direct", "an address")
    for m in (*matches(_UK_POSTCODE, text), *matches(_SMALL_UK_POSTCODE, small)):
        yield Hit(m.start(), m.end(), POSTCODE, "place", "direct", "postcode")
