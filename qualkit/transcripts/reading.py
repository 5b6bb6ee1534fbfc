"""A foreign file becomes a transcript: bytes, paragraphs, speakers, canonical text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from qualkit.language.identify import identify
from qualkit.model import MeaningUnit, Memo, Role, Span, Speaker, Transcript
from qualkit.text import Repairs, around, normalise, sha256_hex, trimmed
from qualkit.transcripts.canonical import parse_turns
from qualkit.transcripts.raw import Mark, RawText, UnreadableOriginal
from qualkit.transcripts.speakers import Spoken, assign_roles, split_turns

SUFFIXES = (".txt", ".md", ".docx", ".vtt")
"""File endings that are read as transcripts."""

KNOWN_BUT_UNREAD = {
    ".doc": "Open it in Word and save it as .docx.",
    ".rtf": "Open it in Word and save it as .docx.",
    ".odt": "Open it in a word processor and save it as .docx.",
    ".pdf": "Save the text it was made from as .docx or .txt.",
    ".srt": "Save it as .vtt.",
    ".pages": "Export it as .docx.",
}
"""Endings of files that may be transcripts, with what to do about them."""

_LARGEST = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """A mark from the original at its place in the transcript.

    Attributes:
        memo: The comment or highlighting, with the passage.
        kind: "comment" or "highlight".
    """

    memo: Memo
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one original gives.

    Attributes:
        transcript: Canonical.
        imported: Comments and highlighting, in the order of the text.
        decided: What was decided on the way, a sentence each, for the researcher to confirm.
        unlabelled: True where no speaker was found at all.
    """

    transcript: Transcript
    imported: tuple[Imported, ...]
    decided: tuple[str, ...]
    unlabelled: bool


def read_original(
    path: Path,
    *,
    transcript_id: str,
    source: str = "",
    participants: Collection[str] = (),
    language: str | None = None,
    default_language: str = "nb",
) -> Reading:
    """Read a txt, md, docx or vtt file into a canonical transcript. The file is not changed.

    Args:
        path: Of the original.
        transcript_id: The id it gets.
        source: The path to record in the header.
        participants: Labels that belong to participants.
        language: Decided by the researcher; None: found from what is said.
        default_language: Where too little is said to tell.

    Raises:
        UnreadableOriginal: If the file is empty, broken, protected or not what its name says.
        OSError: If it cannot be opened.
    """
    if path.stat().st_size > _LARGEST:
        raise UnreadableOriginal(
            f"the file is larger than {_LARGEST // 1024 // 1024} MB", "A transcript is text; is this a recording?"
        )
    data = path.read_bytes()
    return transcribe(
        _reader(path)(data),
        transcript_id=transcript_id,
        source=source,
        source_sha256=sha256_hex(data),
        participants=participants,
        language=language,
        default_language=default_language,
    )


def _reader(path: PurePath) -> Callable[[bytes], RawText]:
    suffix = path.suffix.casefold()
    if suffix == ".docx":
        from qualkit.transcripts.word import read_word

        return read_word
    if suffix == ".vtt":
        from qualkit.transcripts.vtt import read_vtt

        return read_vtt
    if suffix in (".txt", ".md"):
        from qualkit.transcripts.plain import read_plain

        return read_plain
    raise UnreadableOriginal(
        f"files of type {suffix or '(no ending)'} are not read",
        KNOWN_BUT_UNREAD.get(suffix, "Save it as .docx or .txt."),
    )


def transcribe(
    raw: RawText,
    *,
    transcript_id: str,
    source: str = "",
    source_sha256: str = "",
    participants: Collection[str] = (),
    language: str | None = None,
    default_language: str = "nb",
) -> Reading:
    """Give paragraphs a canonical text, turns, roles and languages.

    Raises:
        UnreadableOriginal: If there is no text.

    Example:
        >>> from qualkit.transcripts.raw import Paragraph
        >>> raw = RawText((Paragraph("I: Kor lenge?"), Paragraph("K1: Me kan ringe kvarandre.")))
        >>> print(transcribe(raw, transcript_id="K1").transcript.text, end="")
        I: Kor lenge?
        <BLANKLINE>
        K1: Me kan ringe kvarandre.
    """
    turns = split_turns(raw, participants)
    labels = list(dict.fromkeys(turn.label for turn in turns if turn.label is not None))
    text, places = _compose(turns, labels)
    if not text.strip():
        raise UnreadableOriginal("the file is empty", "Nothing was found to read in it.")
    roles, assumed = assign_roles(turns, participants)
    decided = [*raw.decided, *_repairs(raw), *assumed]
    language, speakers, told = _languages(turns, roles, language, default_language)
    decided += told
    times = {number: turn.time for number, turn in enumerate(turns, 1) if turn.time}
    transcript = Transcript(
        id=transcript_id,
        text=text,
        turns=parse_turns(text, labels, times),
        speakers=speakers,
        language=language,
        sha256=sha256_hex(text),
        source=source,
        source_sha256=source_sha256,
    )
    imported = tuple(
        sorted(
            (found for mark in raw.marks if (found := _imported(mark, raw, transcript, places))),
            key=lambda item: item.memo.unit.span if item.memo.unit else Span("", 0, 0),
        )
    )
    return Reading(transcript, imported, tuple(decided), unlabelled=not labels)


def _compose(turns: Sequence[Spoken], labels: Sequence[str]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the canonical text, and by paragraph: where its speech begins, and what was cut before it."""
    opening = tuple(f"{label}:" for label in labels)
    out: list[str] = []
    at = 0
    places: dict[int, tuple[int, int]] = {}
    for turn in turns:
        if out:
            out.append("\n")
            at += 1
        if turn.label is not None:
            out.append(f"{turn.label}: ")
            at += len(turn.label) + 2
        for number, piece in enumerate(turn.pieces):
            # Speech that would read as a new turn stays on the line before.
            text = _one_turn(piece.text, opening)
            if number:
                out.append(" " if opening and text.startswith(opening) else "\n")
                at += 1
            elif turn.label is None and opening and text.startswith(opening):
                out.append(" ")
                at += 1
            places[piece.paragraph] = (at, piece.cut)
            out.append(text)
            at += len(text)
        out.append("\n")
        at += 1
    return "".join(out), places


def _one_turn(text: str, opening: tuple[str, ...]) -> str:
    if "\n" not in text or not opening:
        return text
    lines = text.split("\n")
    return lines[0] + "".join((" " if line.startswith(opening) else "\n") + line for line in lines[1:])


def _repairs(raw: RawText) -> list[str]:
    total = Repairs()
    for paragraph in raw.paragraphs:
        total += normalise(paragraph.text)[1]
    return total.sentences()


def _languages(
    turns: Sequence[Spoken], roles: dict[str, Role], language: str | None, default: str
) -> tuple[str, tuple[Speaker, ...], list[str]]:
    """Return the transcript's language, the speakers with theirs, and what was decided."""
    said: dict[str | None, list[str]] = {}
    for turn in turns:
        said.setdefault(turn.label, []).extend(piece.text for piece in turn.pieces)
    told: list[str] = []
    if language is None:
        language = identify([text for texts in said.values() for text in texts])
        if language is None:
            language = default
            told.append(f"too little is said to tell the language; {default} was taken from the study")
    speakers = []
    for label, role in roles.items():
        own = identify(said[label]) if label in said else None
        speakers.append(Speaker(label, role, own if own and own != language else None))
    return language, tuple(speakers), told


def _imported(mark: Mark, raw: RawText, transcript: Transcript, places: dict[int, tuple[int, int]]) -> Imported | None:
    """Return a mark at its place in the canonical text; None only where its paragraphs held no text."""
    start = _canonical(mark.start, raw, places)
    end = _canonical(mark.end, raw, places)
    if start is None or end is None:
        return None
    start, end = trimmed(transcript.text, start, max(start, end))
    unit = MeaningUnit(
        Span(transcript.id, start, end), transcript.text[start:end], *around(transcript.text, start, end)
    )
    origin = "import:word"
    return Imported(Memo(mark.text, mark.author, mark.created, origin, unit), mark.kind)


def _canonical(place: tuple[int, int], raw: RawText, places: dict[int, tuple[int, int]]) -> int | None:
    index, offset = place
    if index not in places:
        return None
    at, cut = places[index]
    before = len(normalise(raw.paragraphs[index].text[:offset])[0])
    return at + max(0, before - cut)
