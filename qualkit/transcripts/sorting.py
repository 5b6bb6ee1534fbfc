"""What the files of a folder are, by their names: transcripts among recordings, consent forms and the rest.

A name can deceive (*Samtykke og autonomi – intervju 3.docx* is an interview), so only names that say it plainly
count, and whatever is left out is told with what to do to take it in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from qualkit.model import Kind
from qualkit.transcripts.formats import KNOWN_BUT_UNREAD, SUFFIXES

What = Literal[
    "transcript",
    "recording",
    "consent form",
    "interview guide",
    "note about the folder",
    "list",
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
    ".mp3 .m4a .wav .wma .ogg .oga .opus .flac .aac .amr .aif .aiff .dss .ds2 .mp4 .m4v .mov .avi .mkv .webm .wmv "
    ".3gp .mts".split()
)
_SYSTEM = re.compile(r"\.|~\$|~wrl|thumbs\.db$|desktop\.ini$|icon\r?$|.*\.(?:tmp|bak|part|crdownload|lnk|lock)$")
_LISTS = frozenset("participants deltakere deltakarar informanter informantar informants".split())
_TABLES = frozenset((".csv", ".xlsx", ".xls", ".ods"))
_ABOUT = frozenset(("readme", "les meg", "lesmeg", "license", "licence", "lisens"))

# Each of these names the thing wherever it stands …
_PLAINLY: tuple[tuple[What, re.Pattern[str]], ...] = (
    (
        "consent form",
        re.compile(
            r"samtykke(?:skjema|erklæring|erklering|brev)|consent ?(?:form|letter)|informed consent|"
            r"informasjons(?:skriv|brev)|information (?:sheet|letter)"
        ),
    ),
    ("interview guide", re.compile(r"intervju ?guide|interview ?guide|temaguide|topic guide")),
)
# … and these only where the name begins or ends with them.
_AT_AN_END: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("consent form", re.compile(r"(?:samtykker?|consents?|taushetserklæring)")),
    ("interview guide", re.compile(r"(?:spørsmål|questions)")),
)
_INTERVIEW = re.compile(
    r"\b(?:intervju|interview|transkripsjon|transkribert|transkribering|transcript|transcription|utskrift)\b"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("field-note", re.compile(r"\b(?:felt|observasjons|observation|field) ?(?:notat|notater|notes?|dagbok|diary)\b")),
    ("minutes", re.compile(r"\b(?:møte)?referat\b|\bminutes\b")),
    ("notes", re.compile(r"\b(?:intervju|interview)? ?(?:notat|notater|notes)\b")),
)


def sort_file(name: str) -> Sorted:
    """Return what a file is taken as.

    Example:
        >>> sort_file("K3 intervju.docx").what, sort_file("K3_samtykkeskjema.docx").what, sort_file("K3.m4a").what
        ('transcript', 'consent form', 'recording')
        >>> sort_file("Samtykke og autonomi – intervju 3.docx").what
        'transcript'
    """
    folded = name.casefold()
    path = PurePath(folded)
    if _SYSTEM.match(folded) or path.suffix in (".yaml", ".yml"):
        return Sorted("system file")
    if path.suffix in SUFFIXES:
        what = _told_by(path.stem)
        return Sorted(what, f"taken for {_a(what)} by its name", READ_IT) if what else Sorted("transcript")
    if path.stem in _LISTS and path.suffix in _TABLES:
        return Sorted("list")
    if path.suffix in _RECORDINGS:
        return Sorted("recording", "a recording: qualkit reads what was written down of it")
    if path.suffix in KNOWN_BUT_UNREAD:
        return Sorted("other file", f"{path.suffix} files are not read", KNOWN_BUT_UNREAD[path.suffix])
    return Sorted("other file", "no transcript by its ending")


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _told_by(stem: str) -> What | None:
    """Return what a name says that a file is, unless it is nothing in particular."""
    if stem in _ABOUT:
        return "note about the folder"
    words = " ".join(re.findall(r"[^\W_]+", stem))
    for what, expression in _PLAINLY:
        if expression.search(words):
            return what
    if _INTERVIEW.search(words):
        return None
    named = [word for word in words.split() if not any(char.isdigit() for char in word)]
    for what, expression in _AT_AN_END:
        if named and any(expression.fullmatch(word) for word in (named[0], named[-1])):
            return what
    return None


def kind_by_name(name: str) -> Kind | None:
    """Return the kind of source that a file's name tells, or None.

    Example:
        >>> kind_by_name("Feltnotat 3. mai.docx"), kind_by_name("K3.docx"), kind_by_name("Møtereferat.odt")
        ('field-note', None, 'minutes')
    """
    words = " ".join(re.findall(r"[^\W_]+", PurePath(name.casefold()).stem))
    return next((kind for kind, expression in _KINDS if expression.search(words)), None)
