"""The study folder: the only room that knows where its files lie.

`Study` is data; everything here opens, reads, saves or appends one kind of file. Nothing is written
but through `qualkit.disk`, so a crash leaves the old file or the new one.
"""

from __future__ import annotations

import csv
import getpass
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from qualkit import disk
from qualkit.coding.codebook import parse_codebook
from qualkit.coding.coding_lines import edit_lines
from qualkit.coding.codings import decided, parse_codings, render_codings
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.model import RULES_CODER, Codebook, Coding, Decision, Participant, Settings, Study, Theme, Transcript
from qualkit.settings import FORMAT, parse_settings, render_settings
from qualkit.text import nfc, slug
from qualkit.themes.themesfile import parse_themes
from qualkit.transcripts.canonical import parse_transcript, render_transcript
from qualkit.transcripts.participants import parse_participants
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.yamltext import parse_yaml

SETTINGS = "study.yaml"
_HEAD = 4096
CODEBOOK = "codebook.yaml"
THEMES = "themes.yaml"
_FAR = "../../../"
PARTICIPANTS = ("participants.csv", "participants.xlsx")

_IGNORED = """# Everything here holds what informants said, or who they are: it stays out of version control.
originals/
transcripts/
codings/
condensates.yaml
memos/
history/
trail.jsonl
readings/
private/
working/
exports/
participants.*
.qualkit/
"""


class NoStudy(QualkitError):
    """There is no study here."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no study in {path.name or path} or in a folder above it",
            "Start one with “qualkit code FOLDER -c codebook.yaml”, or name one with --study PATH.",
        )


class StudyExists(QualkitError):
    """A study is there already, and is not written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is a study already", "Nothing was changed.")


class NewerStudy(QualkitError):
    """The study was written by a later version of qualkit."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"this study has format {version}; this version of qualkit knows formats up to {FORMAT}",
            "Update qualkit: pip install --upgrade qualkit-qda",
        )


class NoTranscript(QualkitError):
    """The study has no transcript of this id."""

    def __init__(self, transcript: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no transcript “{transcript}”", "There are: " + ", ".join(known) if known else "")


def now() -> str:
    """Return the time as it is written in the study's files: ISO 8601, UTC, seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- the study itself -------------------------------------------------------------------------------


def is_study(folder: Path) -> bool:
    """Return whether a folder is a study."""
    return (folder / SETTINGS).is_file()


def find_study(start: Path) -> Path:
    """Return the nearest folder at or above a path that is a study.

    Raises:
        NoStudy: If there is none.
    """
    if not start.exists():
        # A slip in --study must not end in the study around the folder one stands in.
        raise NoStudy(start)
    for folder in (start.absolute(), *start.absolute().parents):
        if is_study(folder):
            return folder
    raise NoStudy(start)


def open_study(path: str | Path = ".") -> Study:
    """Open the study at or above a path.

    Raises:
        NoStudy: If there is none.
        NewerStudy: If a later version of qualkit wrote it.
        FaultyFiles: If study.yaml cannot be read.
    """
    root = find_study(Path(path))
    settings, version, problems = parse_settings(_text(root / SETTINGS, SETTINGS))
    if version > FORMAT:
        raise NewerStudy(version)
    if problems:
        raise FaultyFiles(problems, "study.yaml has faults")
    return Study(root, settings)


def create_study(root: Path, settings: Settings) -> Study:
    """Make a study folder with study.yaml and a .gitignore.

    Raises:
        StudyExists: If there is one already.
        CannotWrite: If the folder cannot be made.
    """
    if is_study(root):
        raise StudyExists(root)
    if not (root / ".gitignore").exists():
        disk.write_atomically(root / ".gitignore", _IGNORED.encode())
    disk.write_atomically(root / SETTINGS, render_settings(settings).encode())
    return Study(root, settings)


def locked(study: Study, who: str) -> AbstractContextManager[None]:
    """Return a context in which this process alone writes to the study."""
    return disk.lock(study.root / ".qualkit" / "lock", who)


def whoami(study: Study, named: str | None) -> str:
    """Return the coder: as named, as QUALKIT_CODER says, the study's only coder, or the login name."""
    coders = [coder for coder in study.settings.coders if coder]
    name = named or os.environ.get("QUALKIT_CODER") or (coders[0] if len(coders) == 1 else "") or _login()
    return slug(name) or "coder"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "coder"


def relative(study: Study, path: Path) -> str:
    """Return a path as it is shown and stored: relative to the study, with forward slashes; absolute if far away."""
    near = _near(path, study.root)
    if near.startswith(_FAR):
        # One of the two may have been reached by a link, as everything below /tmp is on macOS.
        near = _near(Path(os.path.realpath(path.parent)) / path.name, Path(os.path.realpath(study.root)))
    return Path(path).absolute().as_posix() if near.startswith(_FAR) else near


def _near(path: Path, root: Path) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        # Another drive on Windows has no relative path.
        return _FAR


def cache_folder(study: Study) -> Path:
    """Return the folder that may be deleted at any time."""
    return study.root / ".qualkit"


def exports_folder(study: Study) -> Path:
    """Return the folder of what may leave the study."""
    return study.root / "exports"


def undo_folder(study: Study) -> Path:
    """Return the folder of what files were before changes that can be taken back."""
    return study.root / "history" / "undo"


def begun_path(study: Study) -> Path:
    """Return where the list of a change lies until the change is finished."""
    return undo_folder(study) / "begun.json"


def broken_off(study: Study) -> bool:
    """Return whether a change was begun and is not finished."""
    return begun_path(study).is_file()


def working_folder(study: Study) -> Path:
    """Return the folder of papers for the researcher's own desk."""
    return study.root / "working"


# --- codebook, themes, participants --------------------------------------------------------------------


def codebook_path(study: Study) -> Path:
    """Return where the codebook lies."""
    return study.root / CODEBOOK


def read_codebook(study: Study) -> tuple[Codebook, list[Problem]]:
    """Read codebook.yaml; a missing file is a Problem."""
    path = codebook_path(study)
    if not path.is_file():
        hint = "Give one with “qualkit code -c FILE”, or write codebook.yaml in the study folder."
        return Codebook(), [Problem(CODEBOOK, None, None, "codebook", "the study has no codebook", hint)]
    return parse_codebook(_text(path, CODEBOOK), CODEBOOK)


def read_codebook_file(path: Path) -> tuple[Codebook, list[Problem]]:
    """Read a codebook that lies anywhere.

    Raises:
        FaultyFiles: If it is not UTF-8 or cannot be opened.
    """
    return parse_codebook(_text(path, str(path)), str(path))


def good_codebook(study: Study) -> Codebook:
    """Return the codebook.

    Raises:
        FaultyFiles: If it has faults.
    """
    codebook, problems = read_codebook(study)
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, "the codebook has faults; nothing was done")
    return codebook


def save_codebook_text(study: Study, text: str) -> None:
    """Write codebook.yaml, to the byte."""
    disk.write_atomically(codebook_path(study), text.encode())


def codebook_text(study: Study) -> str:
    """Return codebook.yaml to the character, line endings included."""
    return codebook_path(study).read_bytes().decode("utf-8")


def read_themes(study: Study) -> tuple[tuple[Theme, ...], list[Problem]]:
    """Read themes.yaml; no file is no themes."""
    path = study.root / THEMES
    return parse_themes(_text(path, THEMES), THEMES) if path.is_file() else ((), [])


def themes_text(study: Study) -> str:
    """Return themes.yaml to the character, line endings included; no file is no text."""
    path = study.root / THEMES
    return _text(path, THEMES) if path.is_file() else ""


def participants_path(study: Study) -> Path | None:
    """Return where the participants' file lies, or None."""
    return next((path for name in PARTICIPANTS if (path := study.root / name).is_file()), None)


def read_participants(study: Study) -> tuple[list[Participant], list[Problem]]:
    """Read participants.csv or .xlsx; no file is no participants."""
    path = participants_path(study)
    if path is None:
        return [], []
    try:
        return parse_participants(_bytes(path, path.name), path.name)
    except UnreadableOriginal as error:
        return [], [Problem(path.name, None, None, "participants", str(error), error.hint)]
    except csv.Error:
        hint = "Look for a quotation mark that is opened and never closed."
        return [], [Problem(path.name, None, None, "participants", "the file cannot be read as columns", hint)]


# --- transcripts ----------------------------------------------------------------------------------------


def transcript_path(study: Study, transcript: str) -> Path:
    """Return where a transcript lies."""
    return _named(study.root / "transcripts", f"{transcript}.txt")


def _named(folder: Path, name: str) -> Path:
    """Return a file's path, also where a Mac wrote its name with letters in two parts (a + ring)."""
    path = folder / name
    if name.isascii() or path.exists():
        return path
    apart = folder / unicodedata.normalize("NFD", name)
    return apart if apart.exists() else path


def transcript_ids(study: Study) -> list[str]:
    """Return the ids of all transcripts, sorted as people count (I2 before I10)."""
    folder = study.root / "transcripts"
    return sorted({nfc(path.stem) for path in folder.glob("*.txt") if not path.name.startswith(".")}, key=natural)


def natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key by which numbers inside names count as numbers.

    Example:
        >>> sorted(["I10", "I2", "H1"], key=natural)
        ['H1', 'I2', 'I10']
    """
    import re

    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", name)]


def read_transcript(study: Study, transcript: str) -> tuple[Transcript, list[Problem]]:
    """Read one transcript.

    Raises:
        NoTranscript: If there is none of this id.
        FaultyFiles: If its header cannot be read.
    """
    transcript = nfc(transcript)
    if not transcript_path(study, transcript).is_file():
        raise NoTranscript(transcript, transcript_ids(study))
    record, problems = transcript_or_problems(study, transcript)
    if record is None:
        raise FaultyFiles(problems, "a transcript cannot be read")
    return record, problems


def transcript_or_problems(study: Study, transcript: str) -> tuple[Transcript | None, list[Problem]]:
    """Read one transcript that is there; None where it cannot be read, and what is wrong with it."""
    path = transcript_path(study, transcript)
    file = relative(study, path)
    try:
        record, problems = parse_transcript(_text(path, file), file, default_id=transcript)
    except FaultyFiles as error:
        return None, error.problems
    if record is not None and record.id != transcript:
        message = f"the header says “{record.id}”, the file's name “{transcript}”"
        hint = "Codings go by the file's name. Write it after “id:”, or give the file its name back."
        problems.append(Problem(file, 2, 1, "transcript", message, hint))
        record = replace(record, id=transcript)
    return record, problems


def read_transcripts(study: Study) -> tuple[list[Transcript], list[Problem]]:
    """Read all transcripts that can be read, and what is wrong with any."""
    transcripts: list[Transcript] = []
    problems: list[Problem] = []
    for identifier in transcript_ids(study):
        record, found = transcript_or_problems(study, identifier)
        problems += found
        if record is not None:
            transcripts.append(record)
    return transcripts, problems


def sources(study: Study) -> dict[str, str]:
    """Return the transcripts' ids by the path of their originals; only the heads of the files are read."""
    import re

    found = {}
    for identifier in transcript_ids(study):
        with transcript_path(study, identifier).open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace").partition("\n---\n")[0]
        line = re.search(r"^source: .*$", head, re.MULTILINE)
        root = parse_yaml(line[0], SETTINGS, "transcript")[0] if line else None
        source = root.get("source") if root is not None else None
        if source is not None:
            found[source.value] = identifier
    return found


def save_transcript(study: Study, transcript: Transcript) -> None:
    """Write one transcript."""
    disk.write_atomically(transcript_path(study, transcript.id), render_transcript(transcript).encode())


# --- codings ----------------------------------------------------------------------------------------------


def codings_path(study: Study, coder: str, transcript: str) -> Path:
    """Return where one coder's codings of one transcript lie."""
    return _named(study.root / "codings" / coder, f"{transcript}.jsonl")


def coders(study: Study) -> list[str]:
    """Return everybody who has coded, the rules not among them."""
    folder = study.root / "codings"
    if not folder.is_dir():
        return []
    folders = (path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(name for name in folders if name != RULES_CODER)


def coding_files(study: Study, transcript: str | None = None) -> Iterator[tuple[str, str, Path]]:
    """Yield coder, transcript id and path of every coding file, of one transcript if it is named."""
    for coder in (RULES_CODER, *coders(study)):
        folder = study.root / "codings" / coder
        if transcript is not None:
            path = codings_path(study, coder, transcript)
            if path.is_file():
                yield coder, transcript, path
        elif folder.is_dir():
            for path in sorted(folder.glob("*.jsonl")):
                yield coder, nfc(path.stem), path


def read_codings(study: Study, coder: str, transcript: str) -> tuple[list[Coding], list[Problem]]:
    """Read one coder's codings of one transcript; no file is no codings.

    Raises:
        FaultyFiles: If the file cannot be opened.
    """
    path = codings_path(study, coder, transcript)
    file = relative(study, path)
    return parse_codings(_bytes(path, file), file) if path.is_file() else ([], [])


def read_all_codings(study: Study, transcript: str | None = None) -> tuple[list[Coding], list[Problem]]:
    """Read the codings of all coders, each once: decisions instead of the proposals they decide.

    Returns:
        Sorted by transcript, start, end, code, id; and what is wrong in the files.
    """
    codings: list[Coding] = []
    problems: list[Problem] = []
    for _, _, path in coding_files(study, transcript):
        file = relative(study, path)
        try:
            found, faults = parse_codings(_bytes(path, file), file)
        except FaultyFiles as error:
            found, faults = [], error.problems
        codings += found
        problems += faults
    return decided(codings), problems


def save_codings(study: Study, coder: str, transcript: str, codings: Iterable[Coding]) -> bool:
    """Write one coder's codings of one transcript, if they are not there to the byte already.

    Lines that could not be read are kept at the end of the file.

    Returns:
        Whether the file was written.
    """
    path = codings_path(study, coder, transcript)
    before = path.read_bytes() if path.is_file() else b""
    data = render_codings(codings)
    if before:
        _, faults = parse_codings(before, path.name)
        lines = before.split(b"\n")
        data += b"".join(lines[fault.line - 1] + b"\n" for fault in faults if fault.line)
    if data == before:
        return False
    if data:
        disk.write_atomically(path, data)
    else:
        path.unlink(missing_ok=True)
    return True


def edit_codings(study: Study, coder: str, transcript: str, edits: Mapping[str, Mapping[str, object]]) -> None:
    """Set keys of some of a coder's codings, by coding id; every other line stays to the byte."""
    path = codings_path(study, coder, transcript)
    disk.write_atomically(path, edit_lines(_bytes(path, relative(study, path)), edits))


# --- trail, readings, memos ---------------------------------------------------------------------------------


def append_decision(study: Study, *decisions: Decision) -> None:
    """Add lines to the trail, one a decision; many at once are as many, seen to the disk together."""
    lines = [orjson.dumps({key: getattr(decision, key) for key in Decision.__slots__}) for decision in decisions]
    if lines:
        disk.append_line(study.root / "trail.jsonl", b"\n".join(lines))


def read_trail(study: Study) -> tuple[list[Decision], list[Problem]]:
    """Read the trail; a line that cannot be read is a Problem."""
    path = study.root / "trail.jsonl"
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for number, line in enumerate(_bytes(path, path.name).split(b"\n") if path.is_file() else [], 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            decisions.append(Decision(**{key: record.get(key) for key in Decision.__slots__}))
        except (orjson.JSONDecodeError, AttributeError, TypeError):
            problems.append(
                Problem("trail.jsonl", number, 1, "trail", "the line cannot be read", "It is left as it is.")
            )
    return decisions, problems


def mark_read(study: Study, coder: str, transcript: str) -> None:
    """Note that a coder has read and coded a transcript by hand, so that proposals may be shown."""
    line = {"transcript": transcript, "when": now()}
    disk.append_line(study.root / "readings" / f"{coder}.jsonl", orjson.dumps(line))


def transcripts_read(study: Study, coder: str | None = None) -> set[str]:
    """Return the transcripts a coder, or anybody, has marked as read."""
    folder = study.root / "readings"
    paths = [folder / f"{coder}.jsonl"] if coder else sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    found: set[str] = set()
    for path in paths:
        for line in path.read_bytes().split(b"\n") if path.is_file() else []:
            try:
                found.add(str(orjson.loads(line)["transcript"]))
            except (orjson.JSONDecodeError, KeyError, TypeError):
                continue
    return found


def save_memo(study: Study, name: str, text: str) -> None:
    """Write a memo file; one that is there is not written over but added to, unless it holds the text already."""
    path = study.root / "memos" / f"{name}.md"
    before = path.read_bytes() if path.is_file() else b""
    if text.encode() not in before:
        disk.write_atomically(path, before + text.encode())


def _text(path: Path, file: str) -> str:
    """Return a file's text as it stands, its line endings included.

    Raises:
        FaultyFiles: If it is not UTF-8 or cannot be opened.
    """
    data = _bytes(path, file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "Save it again as UTF-8 (in the editor: “Save with encoding”)."
    # Not chained: the decoder's error holds the file's bytes.
    raise FaultyFiles([Problem(file, line, None, "encoding", "the file is not UTF-8 here", hint)], "nothing was done")


def _bytes(path: Path, file: str) -> bytes:
    """Return a file's bytes.

    Raises:
        FaultyFiles: If it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "the system refused"
        hint = "Check that it is there and that you may read it."
        problem = Problem(file, None, None, "file", f"the file cannot be read: {reason}", hint)
        raise FaultyFiles([problem], "nothing was done") from error
