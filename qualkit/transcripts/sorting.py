"""What each file of a researcher's folder is taken for, by its name and, where that may deceive, its first words.

A folder of interviews also holds recordings, consent forms, the interview guide and what systems leave behind.
None of these becomes a transcript unasked: a consent form names a person. But names deceive, and
"Samtykke og autonomi – intervju 3" is an interview, so only a name that says nothing else is believed. Whoever
knows better names the file itself when adding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from qualkit.table import Column, Table
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.formats import KNOWN_BUT_UNREAD, SUFFIXES, format_of
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.speakers import find_labels

TakenAs = Literal[
    "transcript",
    "unread",
    "recording",
    "consent form",
    "information letter",
    "interview guide",
    "participant list",
    "linking key",
    "note about the folder",
    "study file",
    "system file",
    "unknown",
]

_RECORDINGS = frozenset(
    ".mp3 .m4a .wav .aac .ogg .oga .opus .flac .wma .aiff .aif .amr .caf .dss .ds2 .3gp .mp4 .m4v .mov .avi .mkv .webm "
    ".wmv .mpg .mpeg .mts".split()
)
_SYSTEM = re.compile(
    r"(?i)~\$.*|\._.*|\.~lock\..*#|\..*|~wrl\d*\.tmp|.*\.(?:tmp|temp|part|crdownload|asd|wbk|bak|lnk|pfsx|eaf\.\d{3})"
    r"|.*~|thumbs\.db|desktop\.ini|ehthumbs\.db|icon\r"
)
_STUDY = frozenset(("participants.csv", "participants.xlsx", "deltakere.csv", "deltakere.xlsx"))
_APPLE_DOUBLE = b"\x00\x05\x16\x07"

_SURE: tuple[tuple[TakenAs, str], ...] = (
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
_BARE: tuple[tuple[TakenAs, str], ...] = (
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
_SPOKEN = re.compile(
    r"(?:intervju|interview|fokusgruppe|focus group|samtale|transkripsjon|transkribering|transcript)\b"
)
_WHY: dict[TakenAs, str] = {
    "consent form": "its name is a consent form's",
    "information letter": "its name is an information letter's",
    "interview guide": "its name is an interview guide's",
    "linking key": "its name is that of a list of who is who; keep it apart from the transcripts",
    "participant list": "its name is a participant list's",
    "note about the folder": "taken for a note about the folder, not for a transcript",
}
_ASK = "to read it as a transcript, name the file itself when you add"
_TURNS = 3


@dataclass(frozen=True, slots=True)
class Sorted:
    """One file of a folder, and what it is taken for.

    Attributes:
        path: As it was given.
        taken_as: "transcript" is read; "unread" may be one, in a format that is not read.
        why: What told so, and what to do where it is wrong.
        asks: True where it could be read as a transcript and is left out all the same: to be told.
    """

    path: str
    taken_as: TakenAs
    why: str
    asks: bool = False


def sort_file(path: str, head: bytes = b"") -> Sorted:
    """Tell what one file is taken for.

    Args:
        path: With or without folders, in the style of any system.
        head: Its first bytes, if they were read; a text file's are looked at where its name may deceive.

    Example:
        >>> names = ("K3.docx", "Samtykke K3.docx", "Samtykke og autonomi – intervju 3.docx", "K3.m4a", "~$K3.docx")
        >>> for one in sort_files(names):
        ...     print(one.taken_as)
        transcript
        consent form
        transcript
        recording
        system file
    """
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", path)[-1])
    stem, dot, ending = name.rpartition(".")
    stem, suffix = (stem, f".{ending.casefold()}") if stem and dot else (name, "")
    if _SYSTEM.fullmatch(name) or head.startswith(_APPLE_DOUBLE):
        return Sorted(path, "system file", "a temporary file, or one that the system keeps for itself")
    if name.casefold() in _STUDY or suffix in (".yaml", ".yml"):
        return Sorted(path, "study file", "a file that a study is made of")
    if suffix in _RECORDINGS:
        return Sorted(path, "recording", "a recording; what is read is its transcript")
    kind, readable = _by_name(stem), suffix in SUFFIXES
    if kind and not (readable and _has_turns(head)):
        return Sorted(path, kind, f"{_WHY[kind]}; {_ASK}" if readable else _WHY[kind], asks=readable)
    return _by_ending(path, suffix, head)


def _by_ending(path: str, suffix: str, head: bytes) -> Sorted:
    if suffix in SUFFIXES:
        return Sorted(path, "transcript", format_of(suffix).name)
    if suffix in KNOWN_BUT_UNREAD:
        return Sorted(path, "unread", f"{suffix} files are not read. {KNOWN_BUT_UNREAD[suffix]}", asks=True)
    if _has_turns(head):
        why = "text with turns of speakers, but not read by its ending. Rename it to .txt."
        return Sorted(path, "unread", why, asks=True)
    return Sorted(path, "unknown", f"{suffix or 'no ending'}: no transcript")


def _by_name(stem: str) -> TakenAs | None:
    """Return what a name says of a file, if it says nothing else."""
    text = " ".join(re.sub(r"[\s_.,;:()\[\]–—-]+", " ", stem.casefold()).split())
    for kind, words in _SURE:
        match = re.search(rf"\b(?:{words})\b", text)
        # "Intervju 3 med ny intervjuguide" is an interview; "Samtykkeskjema intervju 3" is none.
        if match and not _SPOKEN.search(text[: match.start()]):
            return kind
    words_beside = text
    for kind, words in _BARE:
        match = re.match(rf"(?:{words})\b", _without_number(words_beside))
        if match and all(_BESIDE.match(word) for word in _without_number(words_beside)[match.end() :].split()):
            return kind
    return None


def _without_number(text: str) -> str:
    """Return a name without the number or "vedlegg 2" that it is sorted by."""
    return re.sub(r"^(?:(?:vedlegg|appendix|attachment) )?\d+[a-z]? ", "", text)


def _has_turns(head: bytes) -> bool:
    """Tell whether a text begins with turns of at least two speakers."""
    if not head:
        return False
    try:
        # A character may have been cut in two at the end.
        text, _, _ = decode_text(head.rpartition(b"\n")[0] or head)
    except UnreadableOriginal:
        return False
    labels = find_labels(text.splitlines())
    return len(labels) > 1 and sum(labels.values()) >= _TURNS


def sort_files(paths: Iterable[str | tuple[str, bytes]]) -> list[Sorted]:
    """Tell what each file is taken for, in the order given; a file may come with its first bytes."""
    return [sort_file(one) if isinstance(one, str) else sort_file(*one) for one in paths]


def sorted_table(files: Collection[Sorted]) -> Table:
    """Return a table of what the files of a folder are taken for; what the system keeps is only counted.

    Example:
        >>> table = sorted_table(sort_files(["K3.docx", "guide.txt", ".DS_Store"]))
        >>> table.rows
        (('K3.docx', 'transcript', 'Word'), ('guide.txt', 'transcript', 'plain text'))
        >>> table.notes
        ('1 system file is not shown.',)
    """
    shown = [one for one in files if one.taken_as != "system file"]
    hidden = len(files) - len(shown)
    columns = (Column("file", "File"), Column("taken_as", "Taken as"), Column("why", "Why"))
    rows = tuple((one.path, one.taken_as, one.why) for one in shown)
    notes = (f"{hidden} system file{' is' if hidden == 1 else 's are'} not shown.",) if hidden else ()
    description = "Every file of the folder, what it is taken for, and what told so."
    return Table("folder", "Files of the folder", columns, rows, notes, description)
