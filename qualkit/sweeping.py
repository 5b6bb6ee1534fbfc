"""What becomes of each file of a study when somebody's words go: which are deleted, which are cleaned, which stay."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import orjson

from qualkit import handed_on
from qualkit import study as studies
from qualkit.anonymisation.wording_edits import without_edits
from qualkit.coding.codings import parse_codings
from qualkit.condensation.condensedfile import change_condensed
from qualkit.condensation.following import withdraw_units
from qualkit.erasure import BEGUN, Change
from qualkit.errors import FaultyFiles
from qualkit.left_behind import stand_in_file, unpacked
from qualkit.model import Study
from qualkit.reflections.reflections_edits import without_transcripts
from qualkit.scrubbing import (
    Going,
    json_without,
    memo_without,
    readings_without,
    strings_of,
    text_without,
    trail_without,
    value_without,
    yaml_without,
)
from qualkit.text import nfc
from qualkit.themes.framework_edits import without_case
from qualkit.transcripts.participants import without_participant

KEPT_IN_CACHE = ("lock", "exported", *handed_on.FILES)
"""Hashes and file names; none of them holds a word."""

NOTED = "impressions, notes and journals"
"""What `reflections/` holds, as it is told."""

_NO_TEXT = (".docx", ".xlsx", ".odt", ".zip", ".gz", ".xz", ".db", ".sqlite", ".pdf", ".doc", ".rtf", ".qdpx")

_WHOLE = {
    "working": "working papers",
    "exports": "exports that quote them",
    "originals": "originals",
    "transcripts": "copies",
}


def file_without(
    study: Study, path: Path, going: Going, *, sources: Collection[str] = (), participant: str = ""
) -> Change | None:
    """Return what becomes of a file, or None where it stays as it is.

    What qualkit or another program made, and can make again, goes whole where it holds their words: exports, working
    papers, earlier texts, the cache. Originals go whole too: a part of one cannot be taken out. What a person wrote
    is kept but for the words. Word files and the like that lie elsewhere in the study are a person's own: they stay
    and are named.

    Args:
        study: Of the file.
        path: Of a file that is neither a coding file nor a transcript that stays.
        going: What goes.
        sources: Originals, as transcripts name them.
        participant: Whose row of participants.csv goes.
    """
    file = studies.relative(study, path)
    if file == BEGUN or path.is_symlink():
        return None
    made = _made(path, file, going, sources)
    if made is not _LOOK:
        return made
    data = path.read_bytes()
    listed = _kept_lists(path, file, data, going, participant)
    if listed is not _LOOK:
        return listed
    return _holding(study, path, file, data, going) if stand_in_file(data, going.words) else None


_LOOK = Change("", None, "the file must be looked into")


def _made(path: Path, file: str, going: Going, sources: Collection[str]) -> Change | None:
    """Decide on files by their place alone."""
    top, _, rest = file.partition("/")
    if top == ".qualkit":
        return None if rest in KEPT_IN_CACHE else Change(file, None, "cache")
    if any(part.partition(".")[0] == "undo" for part in file.split("/")):
        return Change(file, None, "undo data")
    if top in ("transcripts", "codings") and nfc(path.stem) in going.transcripts:
        return Change(file, None, top, last=top == "transcripts")
    if top == "memos" and nfc(path.stem).removeprefix("word-") in going.transcripts:
        return Change(file, None, "memos")
    if top in ("exports", "working") and path.suffix.casefold() == ".parquet":
        # Nothing can be looked for in it, and it is made again at once.
        return Change(file, None, "exports as Parquet")
    return Change(file, None, "originals") if nfc(file) in sources else _LOOK


def _kept_lists(path: Path, file: str, data: bytes, going: Going, participant: str) -> Change | None:
    """Decide on files in which a line, a row or a section tells of somebody, whatever the words."""
    top = file.partition("/")[0]
    if file in studies.PARTICIPANTS:
        return _changed(file, data, _cleaned(without_participant(data, participant), going), "participants' list")
    if file == "trail.jsonl":
        return _changed(file, data, trail_without(data, going), "trail")
    if top == "readings":
        return _changed(file, data, readings_without(data, going.transcripts), "readings")
    written = _written(top, path, file, going, participant)
    if written is not None:
        return _text(file, data, *written)
    return _earlier(file, path, data, going) if top == "history" else _LOOK


def _written(
    top: str, path: Path, file: str, going: Going, participant: str
) -> tuple[Callable[[str], str], str] | None:
    """Return what becomes of a text in which a person wrote, section by section, about others; and what it is."""
    if top == "memos" and path.suffix == ".md":
        return (lambda text: memo_without(text, going)), "memos"
    if top == studies.REFLECTIONS and path.suffix == ".yaml":
        return (lambda text: _noted_without(text, file, going)), NOTED
    if file in (studies.CONDENSATES, studies.CONDENSED, studies.FRAMEWORK, studies.QUOTATIONS):
        return (lambda text: _units_without(text, file, going, participant)), file.partition(".")[0]
    return None


def _units_without(text: str, file: str, going: Going, participant: str) -> str:
    """Return condensates, condensed units, the framework matrix or cut and edited quotations without what is gone.

    Condensates written from meaning units that are gone stay, without quoted words.
    """
    with suppress(FaultyFiles):
        if file == studies.FRAMEWORK:
            # What was summed up of somebody goes with them.
            text = without_case(text, participant, going.codings)
        elif file == studies.QUOTATIONS:
            # In standard spelling their words are others than those that are looked for.
            text = without_edits(text, going.codings | going.cut)
        elif file == studies.CONDENSED:
            text = change_condensed(text, dict.fromkeys(sorted(going.codings)))
        else:
            text = withdraw_units(text, sorted(going.codings))
    return yaml_without(text, file, going)


def _noted_without(text: str, file: str, going: Going) -> str:
    """Return what an analyst noted without what is about transcripts that are gone."""
    with suppress(FaultyFiles):
        text = without_transcripts(text, going.transcripts)
    return yaml_without(text, file, going)


def _holding(study: Study, path: Path, file: str, data: bytes, going: Going) -> Change | None:
    """Decide on a file that holds their words."""
    top, suffix = file.partition("/")[0], path.suffix.casefold()
    if top == "codings" and suffix == ".jsonl":
        return _changed(file, data, _coding_file(data, file, going), "codings")
    if top == "transcripts" and file == f"transcripts/{path.name}" and suffix == ".txt" and path.name[0] != ".":
        # What others said stays as it is.
        return None
    whole = _goes_whole(study, path, top)
    return Change(file, None, whole) if whole else _own_text(file, suffix, data, going)


def _goes_whole(study: Study, path: Path, top: str) -> str:
    """Return what a file is that goes altogether, or ""."""
    if top in _WHOLE:
        return _WHOLE[top]
    if any(studies.relative(study, path).startswith(f"{folder}/") for folder in study.settings.originals):
        return "originals"
    return "copies" if path.name.endswith((".qualkit-part", "~", ".swp", ".tmp", ".bak")) else ""


def _own_text(file: str, suffix: str, data: bytes, going: Going) -> Change | None:
    """Return what a person wrote, with the mark where it quotes what goes; other than text is left and named."""
    if suffix in _NO_TEXT:
        return None

    def clean(text: str) -> str:
        if suffix in (".yaml", ".yml"):
            return yaml_without(text, file, going)
        whole = json_without(text, going) if suffix in (".json", ".ipynb") else None
        return text_without(text, going) if whole is None else whole

    return _text(file, data, clean, "your own texts")


def _changed(file: str, before: bytes, data: bytes, why: str) -> Change | None:
    return Change(file, data, why) if data != before else None


def _text(file: str, data: bytes, clean: Callable[[str], str], why: str) -> Change | None:
    """Return a text file as it will be, in the encoding it has."""
    for encoding in ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            return None
        cleaned = clean(text)
        return Change(file, cleaned.encode(encoding, "replace"), why) if cleaned != text else None
    return None


def _cleaned(data: bytes, going: Going) -> bytes:
    """Return the participants' list with the mark where a note quotes what goes."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return going.words.taken_out(text, going.mark).encode()


def _earlier(file: str, path: Path, data: bytes, going: Going) -> Change | None:
    """Return whether an earlier text goes: it held their words, or nobody can tell."""
    inner = unpacked(data)
    if inner is None:
        try:
            inner = data.decode("utf-8").encode()
        except UnicodeDecodeError:
            return Change(file, None, "earlier texts that could not be unpacked")
    lines = inner.decode("utf-8", "replace").split("\n")
    spoke = any(line.startswith(tuple(f"{name}:" for name in going.names)) for line in lines)
    gone = spoke or stand_in_file(inner, going.words) or nfc(path.stem) in going.transcripts
    return Change(file, None, "earlier texts") if gone else None


def _coding_file(data: bytes, file: str, going: Going) -> bytes:
    """Return a coding file of another transcript with the mark where a note quotes what goes; other lines stay."""
    lines = []
    for line in data.split(b"\n"):
        kept = line
        codings, _ = parse_codings(line, file)
        if codings:
            record = orjson.loads(line)
            own = {key: value for key, value in record.items() if key not in ("text", "before", "after")}
            if any(going.words.stand_in(text) for text in strings_of(own)):
                kept = orjson.dumps({**record, **value_without(own, going)})
        lines.append(kept)
    return b"\n".join(lines)
