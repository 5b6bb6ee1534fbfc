"""What the files of a folder are, by their names: transcripts among recordings, consent forms and the rest.

None of the others becomes a transcript unasked: a consent form names a person. But names deceive, and
*Samtykke og autonomi – intervju 3* is an interview, so only a name that says nothing else is believed, and
whatever is left out is told with what to do to take it in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from qualkit.model import Kind
from qualkit.transcripts.formats import KNOWN_BUT_UNREAD, SUFFIXES

What = Literal[
    "transcript",
    "recording",
    "consent form",
    "information letter",
    "interview guide",
    "participant list",
    "linking key",
    "note about the folder",
    "study file",
    "system file",
    "other file",
]


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a file is taken as.

    Attributes:
        what: In a word or two.
        why: In a few words; "" for a transcript and for what nobody needs to be told of.
        hint: How to have it read, where it may be a transcript all the same; "" for what can be none.
    """

    what: What
    why: str = ""
    hint: str = ""


READ_IT = "To read it all the same: qualkit add FILE, or a line under “sources” in study.yaml."
"""What to do about a file that was left out."""

_RECORDINGS = frozenset(
    ".mp3 .m4a .wav .aac .ogg .oga .opus .flac .wma .aiff .aif .amr .caf .dss .ds2 .3gp .mp4 .m4v .mov .avi .mkv .webm "
    ".wmv .mpg .mpeg .mts".split()
)
_SYSTEM = re.compile(
    r"(?i)~\$.*|\..*|~wrl\d*\.tmp|.*\.(?:tmp|temp|part|crdownload|asd|wbk|bak|lnk|pfsx|eaf\.\d{3})"
    r"|.*~|thumbs\.db|desktop\.ini|ehthumbs\.db|icon\r"
)
_STUDY = frozenset(("participants.csv", "participants.xlsx", "deltakere.csv", "deltakere.xlsx"))

_SURE: tuple[tuple[What, str], ...] = (
    (
        "consent form",
        (
            r"samtykke(?:erklæring(?:er)?|skjema(?:er)?|brev|dokument(?:er)?)|samtykkjeskjema|samtykkjeerklæring"
            r"|(?:informed )?consent (?:form|sheet|letter)s?|informed consent|informert samtykk?j?e"
        ),
    ),
    (
        "information letter",
        (
            r"informasjons(?:skriv|brev)|infoskriv|infobrev|informasjon til deltak(?:er|ar)(?:e|ne|ane)?"
            r"|(?:participant )?information (?:sheet|letter)|invitasjonsbrev|rekrutteringsbrev"
        ),
    ),
    (
        "interview guide",
        (
            r"(?:intervju|tema|samtale|spørre|fokusgruppe)[ -]?guide|(?:interview|topic|discussion)[ -]?guide"
            r"|observasjonsguide|interview schedule|interview protocol"
        ),
    ),
    (
        "linking key",
        r"koblings?nøkk?el|koplings?nøkk?el|koblings?liste|navneliste|namneliste|linking key|key file|scrambling ?key",
    ),
    ("participant list", r"deltak(?:er|ar)(?:liste|oversikt)|informantliste|informantoversikt|participant list"),
)
_BARE: tuple[tuple[What, str], ...] = (
    ("consent form", r"samtykke(?:r|ne)?|samtykkje|consents?"),
    ("participant list", r"deltakere|deltakarar|informanter|informantar|participants|respondents|respondenter"),
    (
        "note about the folder",
        (
            r"readme|read me|les ?meg|licen[cs]e|lisens|changelog|innhold|innhald|oversikt|filoversikt|prosjektplan"
            r"|prosjektbeskrivelse|prosjektskisse|datahåndteringsplan|dmp|data management plan|meldeskjema|søknad"
        ),
    ),
)
_BESIDE = re.compile(
    r"(?:vedlegg|appendix|attachment|skjema|form|mal|template|utkast|draft|signert|signerte|signed|skannet|scan|scanned"
    r"|kopi|copy|final|endelig|revidert|ny|v|versjon|version|og|and|til|for|fra|til deltakelse|deltakelse"
    r"|informant|intervju|interview|deltaker|participant|nsd|sikt|rek|norsk|engelsk|nb|nn|en|[a-zæøå]{0,2}\d+|\d+)$"
)
_OF_SOMEBODY = re.compile(r"(?i:samtykke|samtykkje|consent)(?: [A-ZÆØÅ][^\W\d_]+){1,3}$")
"""The consent of somebody who is named: "Samtykke Kari Nes"."""

_SPOKEN = re.compile(
    r"(?:intervju|interview|fokusgruppe|focus group|samtale|transkripsjon|transkribering|transcript)\b"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("field-note", re.compile(r"\b(?:felt|observasjons|observation|field) ?(?:notat|notater|notes?|dagbok|diary)\b")),
    ("minutes", re.compile(r"\b(?:møte)?referat\b|\bminutes\b")),
    ("notes", re.compile(r"\b(?:intervju|interview)? ?(?:notat|notater|notes)\b")),
)


def sort_file(name: str) -> Sorted:
    """Return what a file is taken as.

    Example:
        >>> [sort_file(name).what for name in ("K3 intervju.docx", "K3_samtykkeskjema.docx", "K3.m4a")]
        ['transcript', 'consent form', 'recording']
        >>> [sort_file(f"{name}.docx").what for name in ("Samtykke Kari Nes", "Samtykke og autonomi – intervju 3")]
        ['consent form', 'transcript']
    """
    name = unicodedata.normalize("NFC", name)
    path = PurePath(name)
    suffix = path.suffix.casefold()
    if _SYSTEM.fullmatch(name):
        return Sorted("system file")
    if name.casefold() in _STUDY or suffix in (".yaml", ".yml"):
        return Sorted("study file")
    if suffix in _RECORDINGS:
        return Sorted("recording", "a recording: qualkit reads what was written down of it")
    readable, what = suffix in SUFFIXES, _by_name(path.stem)
    if what:
        return Sorted(what, f"taken for {_a(what)} by its name", READ_IT if readable else "")
    return _by_ending(suffix)


def _by_ending(suffix: str) -> Sorted:
    if suffix == ".pdf":
        return Sorted("other file", "a PDF, which may be anything", READ_IT)
    if suffix in SUFFIXES:
        return Sorted("transcript")
    if suffix in KNOWN_BUT_UNREAD:
        return Sorted("other file", f"{suffix} files are not read", KNOWN_BUT_UNREAD[suffix])
    return Sorted("other file", "no transcript by its ending")


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _by_name(stem: str) -> What | None:
    """Return what a name says of a file, if it says nothing else."""
    text = " ".join(re.sub(r"[\s_.,;:()\[\]–—-]+", " ", stem.casefold()).split())
    for kind, words in _SURE:
        match = re.search(rf"\b(?:{words})\b", text)
        # "Intervju 3 med ny intervjuguide" is an interview; "Samtykkeskjema intervju 3" is none.
        if match and not _SPOKEN.search(text[: match.start()]):
            return kind
    if _OF_SOMEBODY.match(" ".join(re.sub(r"[\s_.,;:()\[\]–—-]+", " ", stem).split())) and not _SPOKEN.search(text):
        return "consent form"
    words_beside = text
    for kind, words in _BARE:
        match = re.match(rf"(?:{words})\b", _without_number(words_beside))
        if match and all(_BESIDE.match(word) for word in _without_number(words_beside)[match.end() :].split()):
            return kind
    return None


def _without_number(text: str) -> str:
    """Return a name without the number or "vedlegg 2" that it is sorted by."""
    return re.sub(r"^(?:(?:vedlegg|appendix|attachment) )?\d+[a-z]? ", "", text)


def kind_by_name(name: str) -> Kind | None:
    """Return the kind of source that a file's name tells, or None.

    Example:
        >>> kind_by_name("Feltnotat 3. mai.docx"), kind_by_name("K3.docx"), kind_by_name("Møtereferat.odt")
        ('field-note', None, 'minutes')
    """
    words = " ".join(re.findall(r"[^\W_]+", PurePath(name.casefold()).stem))
    return next((kind for kind, expression in _KINDS if expression.search(words)), None)
