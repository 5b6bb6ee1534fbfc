"""Numbers that tell a life: how many years, of brothers, cows or languages; and who is one of a few in the country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.amounts import telling_amounts
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

COUNT, YEARS = "count@4", "years@4"

_FEWEST_YEARS, _MOST_YEARS = 10, 70

_THINGS = (
    r"(?:halv|ste|foster|tvilling|half-?|step-?)?(?:kyr|kuer|kyrne|mjølkekyr|melkekyr|sauer|sauar|sau|lam|"
    r"geiter|griser|grisar|purker|hester|hestar|høns|høner|"
    r"rein|reinsdyr|hunder|hundar|bikkjer|katter|kattar|mål|dekar|språk|"
    r"barn\w{0,2}|born\w{0,2}|ung(?:a|e|er|ar|an|ane)|ong(?:a|e|er|ar|an|ane)|brødre(?:ne)?|brødra|brør\w{0,3}|"
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
    r"\b(?:en|ein|ei|én|eit|et|one)\s(?:av|of)\s(?:de\s|dei\s|the\s)?(?:bare\s|berre\s|only\s)?(\d{1,3}|"
    r"[^\W\d_]{2,12})\s"
    r"(?:[\w-]+\s){0,2}?(?:i|på|in|on)\s(?:hele\s|heile\s|the\s|all\s)?[\w-]+"
)


# What a workplace, a place or a life has so many of that the number tells which.
_MANY = (
    r"(?:ansatte|ansatta|tilsette|tilsatte|medarbeidere|medarbeidarar|årsverk|elever|elevar|sengeplasser|sengeplassar|senger|sengar|"
    r"plasser|plassar|innbyggere|innbyggarar|innbyggjarar|fastboende|fastbuande|mennesker|menneske|båter|båtar|båta|sjarker|"
    r"beboere|bebuarar|brukere|brukarar|pasienter|pasientar|kolleger|kollegaer|kollegaar|medlemmer|medlemer|medlemmar|"
    r"stipendiater|stipendiatar|studenter|studentar|deltakere|deltakarar|leiligheter|leilegheiter|hytter|fosterhjem|fosterheimar|"
    r"institusjoner|institusjonar|innleggelser|innleggingar|fødsler|fødslar|begravelser|gravferder|dødsfall|sangere|songarar|"
    r"sopraner|alter|altar|tenorer|basser|spillere|spelarar|butikker|butikkar|avganger|lærere|lærarar|leger|legar|sykepleiere|"
    r"sjukepleiarar|vakter|ambulanser|familier|familiar|husstander|gårder|gardar|gårdsbruk|gardsbruk|hus|tenner|skruer|"
    r"bikuber|kuber|maskiner|lastebiler|busser|drosjer|stemmer|mål|mandater|fanger|innsatte|betjenter|konstabler|soldater|"
    r"staff|employees|workers|beds|pupils|students|residents|inhabitants|patients|members|people|souls|officers|constables|soldiers|"
    r"prisoners|inmates|lads|colleagues|nurses|teachers|doctors|midwives|carers|volunteers|players|singers|women|men|families|"
    r"houses|households|homes|flats|rooms|boats|trawlers|trucks|lorries|buses|placements|foster\s(?:homes|placements|families)|operations|surgeries|"
    r"admissions|funerals|births|convictions|birthdays|schools|shops|farms|hives|teeth|screws|stitches|stone|votes|"
    r"of\sus|of\sthem|mann)"
)
_SOME = (
    r"((?:a\s)?(?:\d{1,3}(?:[ .,]\d{3})?|[^\W\d_]{2,18})(?:[ -](?:hundre|tusen|hundred|thousand))?"
    r"(?:\s(?:og|and)\s[^\W\d_]{2,14}(?:-[a-z]{3,5})?|[ -](?:en|to|tre|fire|fem|seks|sju|syv|åtte|ni|one|two|"
    r"three|four|five|six|seven|eight|nine))?)"
)
_HAS_MANY = re.compile(
    rf"(?<![\w.,:/-]){_SOME}\s(?:(?!og\s|and\s)[^\W\d_]{{3,12}}\s)?{_MANY}(?!\w)(?:\s(?:i uka|i veka|a week|"
    rf"on the books|i alt|til sammen)\b)?"
)
# "we are eleven women", "vi er sju båtar igjen": of how many somebody is one, whatever it is.
_WE_ARE = re.compile(
    rf"\b(?:(?:vi|me|we|dei|they)(?:\s(?:er|e|var|va|are|were|blir|vart)|['’]re)|(?:it|there)(?:\s(?:is|was|are|were)|['’]s)|"
    rf"(?:jeg|eg|æ|i|we|vi|me)(?:\s(?:har|hadde|have|had|fikk|fekk|got|missed|did|spelt|spilt)|['’]ve)(?:\s(?:hatt|got|had|spilt|spelt|fått|done))?)\s"
    rf"(?:(?:bare|berre|only|just|nå|no|now|vel|about|nearly|over|nesten|i|rundt|omtrent|fortsatt|still|like|så|what)\s){{0,2}}"
    rf"{_SOME}\s(?!(?:år|åra|years?|timer|timar|hours?|minutt\w*|minutes|dager|dagar|days|uker|veker|weeks|måneder|månader|months|ganger|"
    rf"gonger|times|prosent|percent|kroner|pounds|quid|slags|typer|ting|things|måter|måtar|ways|or|og|and|eller|av|of|til|to|i|in|"
    rf"that|som|who|different|forskjellige|ulike|more|til|mer|meir|andre|other|nights|netter|the|a|kinds|sorts|bits|"
    rf"om|på|for|on|at|but|men|så|so|da|when|når|nå|now|lange|long|kilometer|mil|miles|meter|grader|degrees|halv|half|poeng|points|before|after|past|o'clock|og|eller)\b)"
    rf"[^\W\d_]{{3,16}}(?!\w)"
)
_FEWEST = 3
# "gift i ni år", "for six year": long enough to tell, where it is said how long.
_LASTED = re.compile(
    r"\b(?:i|for|been|vært|vore|worked|jobba|jobbet)\s(?:over\s|nearly\s|nesten\s|about\s)?(\d{1,2}|[^\W\d_]{2,9})\s(?:år|years?)(?!\w)(?!\s(?:siden|sidan|sia|ago|old|gam\w+))"
)
_FEWEST_LASTED = 4
_HOURS = re.compile(
    r"(?<![\w.,:-])(?:\d{1,3}|[^\W\d_]{2,14})\s(?:timer|timar|hours|prosent|percent)\s(?:i|a|in the)\s(?:uka|uken|"
    r"veka|uke|week|måneden|month|stilling)\b|(?<![\w.,:-])(?:\d{2}|"
    r"[^\W\d_]{4,14})[ -]?prosent(?:s)?\s?(?:stilling\w{0,2}|ufør\w{0,4})\b"
)
_DEBT = re.compile(
    r"\b(?:gjeld\w?|lønn\w?|løn|tjen\w{1,3}|skyld(?:er|te)|erstatning|arv\w?|solgt\w{0,2}|debts?|owe[ds]?|earn\w{0,3}|salary|wages?|"
    r"compensation|inherit\w{0,3})\s(?:\w{1,8}\s){0,3}?((?:[£$€]\s?)?\d{1,3}(?:[ .,]?\d{3}){1,2})(?!\w|,\d)"
)
_OF_ROW = re.compile(
    r"\b(?:nummer|number|nr\.?)\s[^\W_]{1,9}\s(?:av|of)\s[^\W_]{1,9}\b|\b(?:one|en|ein|ei)\s(?:of|av)\s(?:the\s)?(?:two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv)(?:\s(?:kids|children|søsken|sysken|barn|girls|boys))?(?=[\s,.;!?]|$)|"
    r"\b(?:gift|married)\s(?:for\s)?(?:andre|tredje|fjerde|the\s(?:second|third|fourth))\s(?:gang|time)\b"
)
_INHABITED = re.compile(
    rf"\b(?:village|town|place|hamlet|bygd\w?|øy\w?|sted|plass|grend\w?|kommune\w?|school|skole\w?|klasse|class|team)\s(?:of|på|med|with)\s"
    rf"(?:only\s|about\s|bare\s|rundt\s|knapt\s)?{_SOME}(?!\w)"
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
        for m in matches(pattern, small):
            value = _value(m.group(1), language)
            if value is not None and value > 1:
                hits.append(Hit(m.start(), m.end(), COUNT, "other", "indirect", "how many"))
    hits += _of_many(small, language)
    hits += [Hit(start, end, COUNT, "other", "indirect", "how many") for start, end in telling_amounts(small, language)]
    for m in matches(_YEARS, small):
        written = m.group(1)
        # The last word or the last two may say the number: "i tjue seks år".
        start = (
            m.start(1) if _value(written, language) is not None else m.start(1) + len(written.rpartition(" ")[0]) + 1
        )
        value = _value(small[start : m.end(1)] if start < m.end(1) else "", language)
        if value is not None and _FEWEST_YEARS <= value <= _MOST_YEARS:
            hits.append(Hit(start, m.end(), YEARS, "number", "indirect", "for how many years"))
    hits += [Hit(m.start(), m.end(), YEARS, "number", "indirect", "for how long") for m in matches(_AND_MORE, small)]
    for m in matches(_ONE_OF_FEW, small):
        if m.group(1) not in _FEW and _value(m.group(1), language) is None:
            continue
        hits.append(Hit(m.start(), m.end(), COUNT, "other", "strong-indirect", "one of few"))
    return outermost(hits)


def _of_many(small: str, language: str) -> Iterator[Hit]:
    for pattern in (_HAS_MANY, _WE_ARE, _INHABITED):
        for m in matches(pattern, small):
            start, value = _amount(small, *m.span(1), language)
            if value >= _FEWEST:
                yield Hit(start, m.end(), COUNT, "other", "indirect", "how many")
    for m in matches(_LASTED, small):
        if (_value(m.group(1), language) or 0) >= _FEWEST_LASTED:
            yield Hit(m.start(1), m.end(), YEARS, "number", "indirect", "for how many years")
    for pattern in (_HOURS, _DEBT, _OF_ROW):
        for m in matches(pattern, small):
            yield Hit(m.start(m.lastindex or 0), m.end(m.lastindex or 0), COUNT, "other", "indirect", "how much")


def _amount(small: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Return where an amount begins within some words, and how much it is at least; 0 where the words say none."""
    words = list(_WORDS.finditer(small, start, end))
    first, many = start, 0
    for m in words:
        word = m.group()
        number = int(word) if word.isdecimal() else number_of(word, language)
        if number is None and word not in _AMOUNTS and not ("-" in word and _value(word, language)):
            if many:
                break
            first = m.end() + 1
            continue
        if number is None and "-" in word:
            number = _value(word, language)
        many += number if number is not None else _AMOUNTS.get(word, 0)
    return first, many


_FEW = frozenset("få few svært very".split())
_AMOUNTS = {
    "hundre": 100,
    "hundred": 100,
    "tusen": 1000,
    "thousand": 1000,
    "og": 0,
    "and": 0,
    "a": 1,
    "dozen": 12,
    "dusin": 12,
    "hundreds": 100,
}
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)?")


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
