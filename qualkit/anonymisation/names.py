"""Names of persons that a list knows: first names and surnames of Statistics Norway, and frequent names of minorities.

A name that is an everyday word too (*Dag*, *Liv*, *Bo*) is proposed where the words around it speak for a person,
not everywhere.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from qualkit.anonymisation.lexicon import commonness, is_common, is_everyday, is_word, no_names, stem, words
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.titles import DOES, titled
from qualkit.anonymisation.tokens import Tokens, read_tokens
from qualkit.identity import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualkit.anonymisation.tokens import Flags

DETECTOR = "names@4"

_SHORTEST = 3
# First names that stand in small letters more seldom than so in half a million words are told by the name alone.
_RARE = 30
_MOSTLY_WORDS = frozenset("andre jo van vår my ha ho do le an are sine vera anna berre live en in man".split())

CUES = frozenset(
    """
    heter hette heite heiter heitte het hete hetende kalt kalte kaller kalles kalla kallar kallast navnet namnet navn
    namn døpt døypt oppkalt oppkalla
    mamma mor moren mora mora mi far faren pappa bror broren bror søster søsteren søstera syster systera sønnen sonen
    sønn son datter datteren dattera dotter dottera bestemor bestefar mormor morfar farmor farfar tante tanta onkel
    onkelen kusine kusina fetter fetteren svigermor svigerfar svoger svigerinne niese nevø barnebarnet tvillingen
    kone kona mann mannen kjæresten kjærasten samboer samboeren sambuar sambuaren ektemann ekskona eksmannen venninne
    venninna venninnen venninna kompis kompisen kameraten vennen nabo naboen lille vesle gamle stakkars kjære
    doktor dr legen lege fastlegen sjukepleiar sykepleier psykolog psykologen lærer læreren lærar læraren rektor sjef
    sjefen leder lederen leiar leiaren kollega kollegaen saksbehandler saksbehandleren saksbehandlar prest presten
    herr fru frøken ordfører ordføreren kontaktlærer helsesykepleier jordmor jordmora
    called named name mum mom mother dad father brother sister son daughter aunt auntie uncle cousin wife husband
    partner
    friend mate boyfriend girlfriend mr mrs ms miss nurse doctor teacher neighbour colleague sir lady nan nana gran
    grandad grandma granny nephew niece boss carer lad lass manager keyworker boy girl stepdad stepmum
    sergeant professor prof councillor constable inspector reverend rev pastor matron
    """.split()
)
"""Words that a name stands behind."""

_BEFORE_NOUNS = frozenset(
    """
    en ei et eit ein den det denne dette hver kvar hvert kvart i om på neste samme same hele heile mitt ditt sitt min
    din sin mine dine sine noe noko mye mykje hvilken kva hva nytt godt stort ingen inga siste første annen annan
    a an the this that my your his her every each one no some any more of in with our their its little much good great
    real such what which same other first last next pure
    """.split()
)
"""Words that make a noun of what stands behind them."""

_RANG = frozenset(
    """
    rang phoned ring phone texted text told tell asked ask met meet messaged visited visit married saw seen emailed
    thanked thank missed miss
    """.split()
)
"""Words that a person stands behind, in English."""

_TITLES = frozenset(
    """
    mr mrs ms miss dr doctor nurse sister father uncle auntie aunt sergeant professor prof sir lady councillor constable
    inspector reverend rev pastor matron judge sheriff specialist private corporal captain officer senator governor
    superintendent principal chief coach deacon elder brother warden lieutenant major colonel nurse canon bishop
    """.split()
)
_SHORT_TITLES = frozenset("mr mrs ms miss dr uncle auntie father fru herr frøken".split())
_NOT_BESIDE = frozenset("will may long do so in an are my man live just well little young more".split())
"""English names that are rather verbs where a title or a relative stands before them: "the doctor will"."""

_DID = frozenset(
    """
    was had said says came went got told asked thought felt died lived worked knew helped left loved liked needed wanted
    took gave rang brought kept made did called phoned texted sat stood ran
    """.split()
)
_BESIDE_PERSONS = frozenset("hos han ho hu hun hass med".split())

_OPENERS = frozenset("even bare alle her der far mor june april august so an ja min".split())
_AND = frozenset(("og", "and", "&"))
_TALKING_TO = frozenset("hei hallo du takk ja nei kjære hi hello dear thanks okay ok".split())


# "vi kalte ham skjeggen", "they call me Tiny": what people call somebody, in whatever letters.
_NICKNAMED = re.compile(
    r"\b(?:kall(?:er|a|ar|es|ast)|kalte?|call(?:s|ed)?|nicknamed|known as|går under navnet|går under namnet)\s"
    r"(?:(?:ham|han|henne|ho|hun|meg|me|him|her|us|oss|(?P<thing>it|den|det))\s)(?:all\s)?(?:bare\s|berre\s|for\s|just\s)?"
    r"(?P<name>(?:the|old|big|wee|little|doctor|mister|sister|auntie|uncle|tante|onkel|store|lille|"
    r"vesle)\s(?:[\w'’-]{2,20}\s)?"
    r"[\w'’-]{2,20}(?=[.,;:!?\n\"”»]|\s?\Z|\s(?:and|because|cause|for|fordi|og|but|it|i|he|she|that)\b)|"
    r"[^\W\d_][\w'’-]{2,20})"
)
# "ask for the vest. they all call me that now": what was said just before.
_CALLED_THAT = re.compile(
    r"\b((?:the\s)?[^\W\d_][\w'’-]{2,20})[.,]\s(?:(?:and|so|og)\s)?(?:they|everyone|everybody|people|folk|dei|"
    r"de|alle)\s(?:all\s|bare\s)?"
    r"(?:call|calls|called|kaller|kallar|kalte|kalla)\s(?:me|him|her|us|it|meg|ham|han|henne|ho|oss)\s(?:that|"
    r"det)(?!\w)"
)
# "her name was blessing", "han heiter dubbe": what a word is as well does not count here.
_NAMED = re.compile(
    r"\b(?:heter|heiter|hette|heitte|hetende|name is|name was|name's|name’s|som heter|by the name of)\s(?:jo\s|"
    r"da\s|då\s|hun\s|han\s|ho\s|jeg\s|eg\s)?"
    r"([^\W\d_][\w'’-]{2,20})"
)
_NO_NICKNAMES = frozenset(
    """
    det den dei denne dette ein eit en et for inn opp ikke ikkje noe noko ting mange mye stygge alt alle og men som når
    da då på til fra frå med jeg eg hun ho han vi me du the and back when that this names stuff something things all
    every again over into out about from with after before because for ned ut heim hjem tilbake igjen att der her
    også òg jo da ikke ikkje vel no nå visst akkurat ofte gjerne egentlig eigentleg faktisk liksom hva kva hvordan
    korleis noen
    nokon ingenting not called something like always still really actually probably maybe changed known what
    sjefen syk sjuk gal sint lat dum dårlig stupid lazy mad crazy
    """.split()
)


@cache
def first_names(language: str = "") -> frozenset[str]:
    """Return first names in small letters, English ones only for a text in English."""
    known = words("first-names.txt") | words("more-names.txt")
    return known | words("english-first-names.txt") | words("english-told.txt") if language == "en" else known


@cache
def surnames(language: str = "") -> frozenset[str]:
    """Return surnames in small letters, English ones only for a text in English."""
    return words("surnames.txt") | words("english-surnames.txt") if language == "en" else words("surnames.txt")


@cache
def _counted() -> frozenset[str]:
    return words("first-names.txt") | surnames()


@cache
def all_names(language: str = "") -> frozenset[str]:
    """Return first names and surnames in small letters."""
    return first_names(language) | surnames(language)


def find_names(text: str, language: str) -> list[Hit]:
    """Return where names of the lists stand.

    Example:
        >>> t = "Dag og natt. Jeg ringte Dag, og Ingrids far. Liv sa det."
        >>> [t[hit.start:hit.end] for hit in find_names(t, "nb")]
        ['Dag', 'Dag', 'Ingrids', 'Liv']
    """
    tokens = read_tokens(text)
    found = [
        Hit(tokens.starts[_with_title(tokens, at)], tokens.ends[at], DETECTOR, "person", "direct")
        for at in _found(tokens, language)
    ]
    found += [
        Hit(tokens.starts[at], tokens.ends[at], DETECTOR, "role", "indirect", "said before a name")
        for at in titled(tokens, language, first_names(language), all_names(language))
    ]
    small = lowered(text)
    found += [
        Hit(start, end, DETECTOR, "person", "direct", "what somebody is called")
        for start, end in (
            # Of a thing only what has an article before it, or is no word: "dei kallar den siva salen".
            *(
                match.span("name")
                for match in matches(_NICKNAMED, small)
                if not match["thing"] or " " in match["name"] or not is_word(match["name"], language)
            ),
            *(match.span(1) for pattern in (_NAMED, _CALLED_THAT) for match in matches(pattern, small)),
        )
        if not (small[start:end] in _NO_NICKNAMES or number_of(small[start:end], language) is not None)
    ]
    return sorted({(hit.start, hit.end): hit for hit in reversed(found)}.values(), key=lambda hit: hit.start)


def _with_title(tokens: Tokens, at: int) -> int:
    """Return where a name begins with the title before it, in a text in small letters: "mr price", "uncle ray"."""
    titled = at and tokens.casing != "mixed" and tokens.joined[at] and tokens.word(at - 1) in _SHORT_TITLES
    return at - 1 if titled else at


def _found(tokens: Tokens, language: str) -> Iterator[int]:
    import numpy as np

    named = {form: name for form in tokens.forms if (name := stem(form, all_names(language)))}
    if not named:
        return
    sure = {form for form, name in named.items() if _is_sure(form, name, language)}
    told = {form for form in sure if _is_told(form, named[form], language)}
    is_named, is_sure, is_told = (tokens.that(forms.__contains__) for forms in (named, sure, told))
    cased = tokens.casing == "mixed"
    # Where a word is written as a name inside some sentence, it is one at the beginning of another too.
    once = {
        named[tokens.word(at)] for at in np.flatnonzero(is_named & tokens.capital & ~tokens.first).tolist() if cased
    } - no_names()
    for at in np.flatnonzero(is_named).tolist():
        if cased and not tokens.capital[at]:
            # A first name somebody wrote without its capital; surnames in small letters are mostly words.
            if is_told[at]:
                yield at
        elif (
            (cased and named[tokens.word(at)] in once and named[tokens.word(at)] in first_names(language))
            or is_sure[at]
            or (cased and not tokens.first[at])
            or _in_context(tokens, at, is_sure, language, cased=cased)
        ):
            yield at


def _is_sure(form: str, name: str, language: str) -> bool:
    """Whether a form is a name rather than an everyday word, wherever it stands."""
    if len(name) < _SHORTEST or form in no_names():
        return False
    if "-" in form and all(part in all_names(language) for part in form.split("-")):
        return True
    if form != name and language != "en" and is_common(form, language):
        return False
    common = max(commonness(form, language), commonness(name, language))
    if language == "en":
        return name in words("english-told.txt") or (not common and not is_word(name, language))
    if common > (_RARE if name in first_names() else 0):
        return False
    return name in _counted() or not is_word(form, language)


def _is_told(form: str, name: str, language: str) -> bool:
    """Whether a form is a first name even in small letters, where the text uses capitals."""
    return name in first_names(language) and not (commonness(name, language) or is_word(form, language))


def _in_context(tokens: Tokens, at: int, is_sure: Flags, language: str, *, cased: bool) -> bool:
    """Whether the words around an everyday word speak for its being a name."""
    before, after = tokens.word(at - 1), tokens.word(at + 1)
    beside = at > 0 and bool(tokens.joined[at])
    first_name = bool(stem(tokens.word(at), first_names(language)))
    if language == "en" and (
        tokens.word(at) in _NOT_BESIDE
        or not (first_name or before in _TITLES or is_sure[at - 1] or (beside and _behind_a_title(tokens, at)))
    ):
        # "will said", but not "the doctor will": a verb stands behind a verb where it is a name.
        did = tokens.followed(at) and after in _DID and before not in _BEFORE_NOUNS
        return first_name and (did or (cased and _is_spoken_to(tokens, at)))
    if beside and (before in CUES or (is_sure[at - 1] and (cased or before in first_names(language)))):
        return True
    if tokens.word(at) in _MOSTLY_WORDS or not first_name:
        return language == "en" and beside and not first_name and _behind_a_title(tokens, at)
    # "hos Liv", "ho Liv", "rang Grace"; and speaking to somebody: "hei Liv", "takk, Dag".
    of_persons = before in _BESIDE_PERSONS or (language == "en" and before in _RANG)
    if (beside and of_persons) or (at and before in _TALKING_TO):
        return True
    # Spoken to: "May, if I had known", "Dag, kom her".
    if cased and _is_spoken_to(tokens, at):
        return commonness(before, "nb") == 0 and tokens.word(at) not in _OPENERS
    return tokens.followed(at) and _goes_on(tokens, at, is_sure, cased=cased)


def _behind_a_title(tokens: Tokens, at: int) -> bool:
    """Whether a surname that is a word too stands behind a title: "judge combs", "judge combs hall"."""
    if tokens.word(at) not in surnames("en") or tokens.word(at) in DOES:
        return False
    if tokens.word(at - 1) in _TITLES:
        return not is_everyday(tokens.word(at), "en")
    second = tokens.joined[at - 1] and tokens.word(at - 2) in _TITLES and tokens.word(at - 1) in surnames("en")
    return bool(second) and not is_everyday(tokens.word(at - 1), "en")


def _goes_on(tokens: Tokens, at: int, is_sure: Flags, *, cased: bool) -> bool:
    """Whether what stands behind a word speaks for its being a name: "Liv og Kari", "Liv sa", "Liv Moen"."""
    before, after = tokens.word(at - 1), tokens.word(at + 1)
    paired = after in _AND and tokens.followed(at + 1) and (tokens.capital[at + 2] if cased else is_sure[at + 2])
    acting = after in DOES and (cased or before not in _BEFORE_NOUNS)
    return bool(paired or acting or (tokens.capital[at + 1] if cased else is_sure[at + 1]))


def _is_spoken_to(tokens: Tokens, at: int) -> bool:
    """Whether a sentence begins with a word that a comma parts from the rest: "May, if I had known"."""
    return bool(tokens.first[at] and tokens.capital[at]) and tokens.text[tokens.ends[at] : tokens.ends[at] + 1] == ","
