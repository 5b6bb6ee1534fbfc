"""What transcribers have masked already: NN, XX, [kommune], [fornavn legen], <navn>, ***, "Kommune A", "Informant 3".

What is masked on arrival is read as decided, and no detector sees it. A bracket that holds a name is no mask.
"""

from __future__ import annotations

import re

from qualkit.anonymisation.openings import near

_CATEGORIES = frozenset(
    """
    navn namn navnet namnet fornavn fornamn etternavn etternamn mellomnavn kallenavn kallenamn pseudonym anonymisert
    anonymisering
    fjernet fjerna sladdet sladda utelatt utelate skjult maskert person personen personnavn personnamn
    kommune kommunen kommunenavn by byen bynavn bynamn bygd bygda tettsted stad staden sted stedet stedsnavn stadnamn
    plass plassen fylke fylket
    land landet region regionen landsdel landsdelen bydel bydelen nabokommune nabokommunen nabobygda naboby nabobyen
    hjemsted heimstad øy øya dal dalen fjord fjorden
    gate gata gatenavn vei veien veg vegen adresse adressen postnummer poststed
    sykehus sykehuset sjukehus sjukehuset sykehjem sykehjemmet sjukeheim sjukeheimen lokalsykehuset avdeling
    avdelingen post klinikk klinikken
    dps dps-et poliklinikk poliklinikken legekontor legekontoret legevakt legevakta helseforetak helseforetaket
    nav-kontor nav-kontoret nav
    skole skolen skule skulen barnehage barnehagen universitet universitetet høgskole høyskole høgskolen bedrift
    bedriften firma firmaet arbeidsplass arbeidsplassen
    arbeidssted arbeidsstad arbeidsgiver arbeidsgjevar organisasjon organisasjonen forening foreningen institusjon
    institusjonen tiltak tiltaket prosjekt prosjektet
    system systemet fagsystem fagsystemet butikk butikken klubb klubben lag laget menighet menigheten kirke kirka kirken
    lege legen fastlege fastlegen kollega kollegaen sykepleier sykepleieren sjukepleiar sjukepleiaren saksbehandler
    saksbehandleren leder lederen leiar leiaren
    veileder veilederen behandler behandleren psykolog psykologen lærer læreren prest presten sjef sjefen venn vennen
    venninne venninnen
    pasient pasienten bruker brukeren informant informanten deltaker deltakeren intervjuer intervjueren
    mann mannen kone kona ektefelle ektefellen samboer samboeren kjæreste kjæresten mor mora moren far faren søster
    søsteren bror broren datter dattera datteren sønn sønnen
    barn barnet søsken bestemor bestemora bestefar bestefaren tante tanta onkel onkelen nabo naboen barnebarn
    svigermor svigerfar
    hund hunden katt katten kjæledyr kjæledyret dato datoen år årstall årstallet måned alder alderen telefonnummer
    telefon e-post epost nummer
    diagnose diagnosen sykdom sykdommen medisin medisinen yrke yrket stilling stillingen tittel språk språket
    nasjonalitet etnisitet religion
    name names surname lastname firstname forename nickname anonymised anonymized redacted removed withheld omitted
    town city village place location municipality county country street road address hospital clinic ward surgery
    practice school college university
    nursery workplace employer company organisation organization charity church club team department service agency
    doctor gp nurse colleague manager boss supervisor teacher therapist psychologist caseworker priest friend partner
    husband wife mother father
    sister brother daughter son child neighbour neighbor grandmother grandfather aunt uncle patient participant
    respondent interviewer interviewee
    dog cat pet date year month age phone email number diagnosis illness job role nationality language person
    """.split()
)
_AROUND = frozenset(
    """
    på til i av for med fra frå hos sin si sitt sine min mi mitt mine vår vårt våre hans hennes hennar deres hennar en
    ei et eit ein den det annen anna annet andre annan en-av
    første fyrste siste nye nytt ny gamle gammel gamal stor stort store liten lite lita små mindre større middels
    nærmeste lokal lokalt lokale samme same
    og eller the a an of at in to for his her their my our another other first last full new old former local small
    large nearby big same and or
    nn xx xxx x y z navngitt namngjeve konkret bestemt kvinnelig mannlig kvinneleg mannleg mannens mannes konas morens
    farens legens informantens pasientens
    sykehusets kommunens kollegas kollegaens venninnas vennens named female male
    """.split()
)
_REGIONS = (
    "akershus|agder|buskerud|finnmark|innlandet|møre og romsdal|nordland|oslo|rogaland|telemark|troms|"
    "trøndelag|vestfold|vestland|østfold|"
    "østlandet|vestlandet|sørlandet|nord-norge|midt-norge|viken|austlandet|noreg|norge|utlandet|norway|"
    "england|scotland|wales|the north|the south"
)
_BRACKETED = re.compile(
    r"\[\[([^\[\]\n]{1,80})\]\]|\[([^\[\]\n]{1,80})\]|\(([^()\n]{1,60})\)|<([^<>\n]{1,60})>|\{([^{}\n]{1,60})\}"
)
_REGION = re.compile(rf"\b(?:i|på|in|from|fra|frå)\s(?:{_REGIONS})\b", re.IGNORECASE)
# What stands for somebody in tables and in what qualkit printed before: no name has a number behind it.
_ID = re.compile(r"[A-ZÆØÅ]{1,3}[ .-]?\d{1,3}")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_INDEX = re.compile(r"\d{1,2}|[a-zæøå]")
# A number beside these is the thing itself, and no count of those that were masked: "(46 år)".
_MEASURES = frozenset(
    "år alder alderen age year month måned dato datoen date nummer number årstall årstallet post".split()
)

_LETTERS = r"(?:[NX](?:\.\s?[NX]\.?){1,2}|N{2,3}|X{2,5}|x{2,6}|Y{2,4}|Z{2,4}|NNN?|N\.\s?N\.?)"
_BARE = re.compile(
    rf"(?<![\w.]){_LETTERS}(?:[’']?s)?(?![\w])"
    r"|\*{2,}|_{2,}|#{3,}|■+|█+|▇+|•{3,}"
    r"|(?<=\b[iIpP] )[XYZ](?=\s(?:kommune|by|fylke|sykehus|sjukehus|skole|skule)\b)"
)
_LETTERED = (
    "kommune|by|bygd|sted|stad|sykehus|sjukehus|skole|skule|avdeling|bedrift|person|informant|deltaker|"
    "deltakar|pasient|bruker|brukar|lege|kollega|venn|"
    "venninne|leder|leiar|saksbehandler|saksbehandlar|barn|datter|sønn|bror|søster|tante|onkel|nabo|enhet|"
    "eining|kontor|firma|organisasjon|"
    "town|city|village|place|hospital|school|ward|company|participant|respondent|patient|doctor|nurse|"
    "colleague|friend|child|"
    "site|clinic|municipality|service|team|interviewee|interviewer|intervjuer|intervjuar"
)
_SERIES = re.compile(
    rf"(?<!\w)(?:(?i:{_LETTERED}))\s(?:[A-HJ-ZÆØ](?!\w|[.]?\s[A-ZÆØÅ][a-zæøå])|A(?=[\s.,;:!?)’']|$))(?:[’']?s)?"
    rf"|(?<!\w)(?:{'|'.join(word.capitalize() for word in _LETTERED.split('|'))})\s\d{{1,3}}(?!\w|\s(?:år|"
    r"prosent|%|stk|kroner)|[.,:]\d)"
)
# What each of them has in it.
_MASKED = re.compile(r"[NXYZ*_#■█▇•]|xx")
_NUMBERED = re.compile(r"\s(?:[A-ZÆØ](?!\w)|\d)")


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of everything that a transcriber has masked, in the order of the text, none overlapping.

    Example:
        >>> text = "NN bor i [kommune], hos [Kari Nes], og Kommune A er XX."
        >>> [text[start:end] for start, end in masked_spans(text)]
        ['NN', '[kommune]', 'Kommune A', 'XX']
    """
    spans = [m.span() for m in _BRACKETED.finditer(text) if says_a_category(next(g for g in m.groups() if g))]
    for pattern, needed in ((_BARE, _MASKED), (_SERIES, _NUMBERED)):
        places = [m.start() for m in needed.finditer(text)]
        spans += [m.span() for m in near(pattern, text, places, before=40, after=40)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def says_a_category(words: str) -> bool:
    """Tell whether the words in a bracket say what kind of thing was masked, and hold no name.

    Example:
        >>> [says_a_category(words) for words in ("fornavn legen", "by i Østfold", "latter", "lege Kari Nes", "NN")]
        [True, True, False, False, True]
    """
    if _ID.fullmatch(words.strip()):
        return True
    if _BARE.fullmatch(words.strip()) or not words.strip(" .…*_-X?"):
        return bool(words.strip()) and words.strip(" .…") != ""
    plain = _REGION.sub(" ", words.casefold())
    found = _WORD.findall(plain)
    category = any(_is_category(word) for word in found)
    digits = sum(char.isdigit() for char in plain)
    if digits > 2 or (digits and not _MEASURES.isdisjoint(found)):
        return False
    return category and all(_is_category(word) or word in _AROUND or _INDEX.fullmatch(word) for word in found)


def _is_category(word: str) -> bool:
    parts = word.rstrip("0123456789").split("-")
    return (
        word in _CATEGORIES
        or (
            all(part in _CATEGORIES or part in _AROUND for part in parts if part)
            and any(part in _CATEGORIES for part in parts)
        )
        or word.removesuffix("s") in _CATEGORIES
    )
