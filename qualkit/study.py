"""The study folder: the only room that knows where its files lie.

`Study` is data; everything here opens, reads, saves or appends one kind of file. Nothing is written
but through `qualkit.disk`, so a crash leaves the old file or the new one.
"""

from __future__ import annotations

import csv
import getpass
import gzip
import os
import re
import unicodedata
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from qualkit import disk
from qualkit.coding.codebook import parse_codebook
from qualkit.coding.coding_lines import edit_lines, lines_at, lines_with_ids, place_lines
from qualkit.coding.codings import decided, parse_codings, render_codings
from qualkit.coding.guidefile import parse_guide
from qualkit.condensate import CodeGroup, CondensedUnit
from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.condensedfile import parse_condensed
from qualkit.conflicts import check_conflicts
from qualkit.copies import copy_of, surely_copy
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.guide import Guide
from qualkit.model import RULES_CODER, Codebook, Coding, Decision, Participant, Settings, Study, Theme, Transcript
from qualkit.reflection import Reflection
from qualkit.reflections.reflectionsfile import parse_reflections
from qualkit.reporting import Reporting, parse_reporting
from qualkit.settings import FORMAT, parse_settings, render_settings
from qualkit.summary import Summary
from qualkit.text import nfc, normalise, sha256_hex, slug
from qualkit.thematic import Announced, DrawnMap
from qualkit.themes.frameworkfile import parse_framework
from qualkit.themes.mapfile import parse_announced, parse_map
from qualkit.themes.themesfile import parse_themes
from qualkit.transcripts.canonical import parse_transcript, render_transcript
from qualkit.transcripts.participants import parse_participants
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.yamltext import parse_yaml

SETTINGS = "study.yaml"
_HEAD = 4096
CODEBOOK = "codebook.yaml"
THEMES = "themes.yaml"
CONDENSATES = "condensates.yaml"
CONDENSED = "condensed.yaml"
REPORTING = "reporting.yaml"
FRAMEWORK = "framework.yaml"
QUOTATIONS = "quotations.yaml"
GUIDE = "guide.yaml"
REFLECTIONS = "reflections"
_FAR = "../../../"
PARTICIPANTS = ("participants.csv", "participants.xlsx")
PATIENCE = 10.0
"""Seconds that a command waits for another one that writes."""

_IGNORED = """# Everything here holds what informants said, or who they are: it stays out of version control.
originals/
transcripts/
codings/
condensates.yaml
condensed.yaml
framework.yaml
quotations.yaml
memos/
history/
trail.jsonl
readings/
reflections/
private/
working/
exports/
participants.*
decisions*.yaml
.qualkit/
withdrawal.json
"""

# Folders that qualkit writes into without a word; a link among them leads out of the study.
_WRITTEN = ("transcripts", "codings", "readings", REFLECTIONS, "memos", "history", "working", ".qualkit")
_MERGED = """# Where two branches meet, git keeps the lines of both: qualkit reads them in any order, equal ones once.
trail.jsonl merge=union
readings/*.jsonl merge=union
codings/*/*.jsonl merge=union
# No line endings are turned: offsets count characters, and hashes bytes.
* -text
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


class OutsideStudy(QualkitError):
    """Something would be read or written outside the study."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” leads out of the study",
            "Nothing was read or written there. A transcript or coder has a plain name, and the study's folders are "
            "no links to other places; qualkit check says where the name or link stands.",
        )


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
    settings, version, problems = parse_settings(text_of(root / SETTINGS, SETTINGS))
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
    if not (root / ".gitattributes").exists():
        disk.write_atomically(root / ".gitattributes", _MERGED.encode())
    if not (root / ".gitignore").exists():
        disk.write_atomically(root / ".gitignore", _IGNORED.encode())
    disk.write_atomically(root / SETTINGS, render_settings(settings).encode())
    return Study(root, settings)


@contextmanager
def locked(study: Study, who: str, *, brief: bool = False) -> Iterator[None]:
    """Hold the study, so that this process alone writes to it; what a killed one left half written goes first.

    Args:
        study: Not held yet.
        who: Told to others who come meanwhile.
        brief: Hold it for a moment, and leave what killed processes left.

    Raises:
        StudyLocked: If somebody else holds it, and does so for longer than a short command takes.
        CannotWrite: If the folder cannot be written to.
    """
    with disk.lock(cache_folder(study) / "lock", who, patience=PATIENCE, brief=brief):
        if not brief:
            disk.sweep(_written_folders(study.root))
        yield


def _written_folders(root: Path) -> Iterator[Path]:
    """Yield every folder of a study that qualkit writes into; originals are only read.

    Raises:
        OutsideStudy: If one is a link to somewhere else.
    """
    yield root
    for base in (root, root / "codings", root / "history"):
        try:
            with os.scandir(base) as entries:
                below = base != root
                found = [entry for entry in entries if entry.is_dir() and (below or entry.name in _WRITTEN)]
        except OSError:
            continue
        for entry in found:
            inside = os.path.realpath(root)
            if entry.is_symlink() and os.path.commonpath([inside, os.path.realpath(entry.path)]) != inside:
                raise OutsideStudy(entry.name)
            yield Path(entry.path)


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
    return parse_codebook(text_of(path, CODEBOOK), CODEBOOK)


def read_codebook_file(path: Path) -> tuple[Codebook, list[Problem]]:
    """Read a codebook that lies anywhere.

    Raises:
        FaultyFiles: If it is not UTF-8 or cannot be opened.
    """
    return parse_codebook(text_of(path, str(path)), str(path))


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
    return parse_themes(text_of(path, THEMES), THEMES) if path.is_file() else ((), [])


def read_map(study: Study) -> tuple[DrawnMap | None, list[Problem]]:
    """Read the thematic map of themes.yaml; None where none was drawn."""
    return parse_map(themes_text(study), THEMES)


def read_announced(study: Study) -> tuple[tuple[Announced, ...], list[Problem]]:
    """Read which themes were announced elsewhere, and where."""
    return parse_announced(themes_text(study), THEMES)


def themes_text(study: Study) -> str:
    """Return themes.yaml to the character, line endings included; no file is no text."""
    path = study.root / THEMES
    return text_of(path, THEMES) if path.is_file() else ""


def save_themes_text(study: Study, text: str) -> None:
    """Write themes.yaml."""
    disk.write_atomically(study.root / THEMES, text.encode())


def read_condensates(study: Study) -> tuple[tuple[CodeGroup, ...], list[Problem]]:
    """Read condensates.yaml; no file is no code groups."""
    text = condensates_text(study)
    return parse_condensates(text, CONDENSATES) if text else ((), [])


def condensates_text(study: Study) -> str:
    """Return condensates.yaml to the character, line endings included; no file is no text."""
    path = study.root / CONDENSATES
    return text_of(path, CONDENSATES) if path.is_file() else ""


def save_condensates_text(study: Study, text: str) -> None:
    """Write condensates.yaml."""
    disk.write_atomically(study.root / CONDENSATES, text.encode())


def read_condensed(study: Study) -> tuple[tuple[CondensedUnit, ...], list[Problem]]:
    """Read condensed.yaml; no file is no condensed units."""
    text = condensed_text(study)
    return parse_condensed(text, CONDENSED) if text else ((), [])


def condensed_text(study: Study) -> str:
    """Return condensed.yaml to the character, line endings included; no file is no text."""
    path = study.root / CONDENSED
    return text_of(path, CONDENSED) if path.is_file() else ""


def read_reporting(study: Study) -> tuple[Reporting, list[Problem]]:
    """Read reporting.yaml; no file is no answers."""
    path = study.root / REPORTING
    return parse_reporting(text_of(path, REPORTING), REPORTING) if path.is_file() else (Reporting(), [])


def quotations_text(study: Study) -> str:
    """Return quotations.yaml to the character, line endings included; no file is no text."""
    path = study.root / QUOTATIONS
    return text_of(path, QUOTATIONS) if path.is_file() else ""


def read_framework(study: Study) -> tuple[tuple[Summary, ...], list[Problem]]:
    """Read framework.yaml; no file is no cells."""
    text = framework_text(study)
    return parse_framework(text, FRAMEWORK) if text else ((), [])


def framework_text(study: Study) -> str:
    """Return framework.yaml to the character, line endings included; no file is no text."""
    path = study.root / FRAMEWORK
    return text_of(path, FRAMEWORK) if path.is_file() else ""


def read_guide(study: Study) -> tuple[Guide, list[Problem]]:
    """Read guide.yaml; no file is no questions."""
    path = study.root / GUIDE
    return parse_guide(text_of(path, GUIDE), GUIDE) if path.is_file() else (Guide(), [])


def reflections_path(study: Study, analyst: str) -> Path:
    """Return where it lies what an analyst noted while reading."""
    return _named(study.root / REFLECTIONS, f"{analyst}.yaml")


def reflections_text(study: Study, analyst: str) -> str:
    """Return an analyst's file to the character, line endings included; no file is no text."""
    path = reflections_path(study, analyst)
    return text_of(path, relative(study, path)) if path.is_file() else ""


def analysts(study: Study) -> list[str]:
    """Return everybody who noted something while reading."""
    folder = study.root / REFLECTIONS
    names = {nfc(path.stem) for path in folder.glob("*.yaml") if not path.name.startswith(".")}
    return sorted(name for name in names if copy_of(name) not in names)


def read_reflections(study: Study) -> tuple[tuple[Reflection, ...], list[Problem]]:
    """Read what everybody noted while reading, analyst by analyst in the order of their files."""
    found: list[Reflection] = []
    problems: list[Problem] = []
    for analyst in analysts(study):
        try:
            entries, faults = parse_reflections(
                reflections_text(study, analyst), relative(study, reflections_path(study, analyst)), analyst
            )
        except FaultyFiles as error:
            entries, faults = (), error.problems
        found += entries
        problems += faults
    return tuple(found), problems


def participants_path(study: Study) -> Path | None:
    """Return where the participants' file lies, or None."""
    return next((path for name in PARTICIPANTS if (path := study.root / name).is_file()), None)


def read_participants(study: Study) -> tuple[list[Participant], list[Problem]]:
    """Read participants.csv or .xlsx; no file is no participants."""
    path = participants_path(study)
    if path is None:
        return [], []
    try:
        return parse_participants(bytes_of(path, path.name), path.name)
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
    if name != Path(name).name or "\\" in name or folder.name in ("", ".", ".."):
        # Ids come out of files that others may have written.
        raise OutsideStudy(name)
    path = folder / name
    if name.isascii() or path.exists():
        return path
    apart = folder / unicodedata.normalize("NFD", name)
    return apart if apart.exists() else path


def transcript_ids(study: Study) -> list[str]:
    """Return the ids of all transcripts, sorted as people count (I2 before I10)."""
    folder = study.root / "transcripts"
    names = {nfc(path.stem) for path in folder.glob("*.txt") if not path.name.startswith(".")}
    return sorted(names - set(transcript_copies(study, names)), key=natural)


def transcript_copies(study: Study, names: Collection[str]) -> list[str]:
    """Return those of the names of transcript files that a sync program or a file manager made of another one.

    What only looks like a copy (“K1 2” may be a second interview) is one if its header bears the other's name.
    """
    copies = []
    for name in names:
        original = copy_of(name)
        if original not in names:
            continue
        if not surely_copy(name):
            with transcript_path(study, name).open("rb") as file:
                head = file.read(2000).decode("utf-8", "replace")
            written = re.search(r"""^id: *["']?(.*?)["']?\r?$""", head, re.MULTILINE)
            if written and nfc(written[1]) == name:
                continue
        copies.append(name)
    return copies


def natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key by which numbers inside names count as numbers.

    Example:
        >>> sorted(["I10", "I2", "H1"], key=natural)
        ['H1', 'I2', 'I10']
    """
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
        record, problems = parse_transcript(text_of(path, file), file, default_id=transcript)
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
    """Write one transcript; its text, and the one it replaces, are kept in `history/`."""
    if transcript_path(study, transcript.id).is_file():
        before, _ = transcript_or_problems(study, transcript.id)
        if before is not None:
            keep_text(study, before)
    keep_text(study, transcript)
    disk.write_atomically(transcript_path(study, transcript.id), render_transcript(transcript).encode())


def read_header(study: Study, transcript: str) -> tuple[str, str]:
    """Return a transcript's header with its fences, and the hash that it gives; "" where there is none."""
    head, fence, _ = normalise(transcript_path(study, transcript).read_bytes().decode())[0].partition("\n---\n")
    written = re.search("(?m)^sha256:[ '\"]*([0-9a-f]{64})", head)
    return head + fence, written[1] if written else ""


def save_header(study: Study, transcript: Transcript) -> bool:
    """Bring hash, times and pages in a transcript's header up to date, and nothing else in the file.

    Returns:
        Whether the file was written.
    """
    path = transcript_path(study, transcript.id)
    head, fence, text = path.read_bytes().partition(b"\n---")
    ours = render_transcript(replace(transcript, text="")).encode()
    changed = head + b"\n"
    for part in (rb"(?m)^sha256:[^\n]*\n", rb"(?m)^times:[ \r]*\n(?:  \d[^\n]*\n)+", rb"(?m)^pages: \{[^\n]*\}\r?\n"):
        new = re.search(part, ours)
        changed = re.sub(part, new[0].replace(b"\\", b"\\\\") if new else b"", changed, count=1)
    if changed == head + b"\n":
        return False
    disk.write_atomically(path, changed[:-1] + fence + text)
    return True


# --- earlier texts ----------------------------------------------------------------------------------------


def _history_path(study: Study, transcript: str, sha256: str) -> Path:
    return study.root / "history" / transcript / f"{sha256}.txt.gz"


def keep_text(study: Study, transcript: Transcript) -> None:
    """Keep a transcript's text, so that codings made on it can be moved along when it is changed."""
    path = _history_path(study, transcript.id, transcript.sha256)
    if not path.is_file():
        # The same text gives the same bytes, whenever it is kept.
        disk.write_atomically(path, gzip.compress(transcript.text.encode(), compresslevel=1, mtime=0))


def old_text(study: Study, transcript: str, sha256: str) -> str | None:
    """Return an earlier text of a transcript, or None where it was not kept or can no longer be read.

    Args:
        study: An open study.
        transcript: Its id; where it was renamed since, the text is found all the same.
        sha256: Of the text.
    """
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        return None
    own = _history_path(study, transcript, sha256)
    for path in (own, *sorted((study.root / "history").glob(f"*/{sha256}.txt.gz"))):
        try:
            text = gzip.decompress(path.read_bytes()).decode()
        except (OSError, EOFError, ValueError, zlib.error):
            continue
        if sha256_hex(text) == sha256:
            return text
    return None


# --- codings ----------------------------------------------------------------------------------------------


def codings_path(study: Study, coder: str, transcript: str) -> Path:
    """Return where one coder's codings of one transcript lie."""
    _named(study.root / "codings", coder)
    return _named(study.root / "codings" / coder, f"{transcript}.jsonl")


def coders(study: Study) -> list[str]:
    """Return everybody who has coded, the rules not among them."""
    folder = study.root / "codings"
    if not folder.is_dir():
        return []
    folders = {path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")}
    return sorted(name for name in folders if name != RULES_CODER and copy_of(name) not in folders)


def coding_files(study: Study, transcript: str | None = None) -> Iterator[tuple[str, str, Path]]:
    """Yield coder, transcript id and path of every coding file, of one transcript if it is named."""
    for coder in (RULES_CODER, *coders(study)):
        folder = study.root / "codings" / coder
        if transcript is not None:
            path = codings_path(study, coder, transcript)
            if path.is_file():
                yield coder, transcript, path
        elif folder.is_dir():
            paths = {nfc(path.stem): path for path in folder.glob("*.jsonl")}
            named_alike = any(copy_of(name) in paths for name in paths)
            known = set(transcript_ids(study)) if named_alike else set()
            for name, path in sorted(paths.items()):
                # A copy a sync program made is no transcript's; “K1 2” may be a transcript all the same.
                if name in known or copy_of(name) not in paths:
                    yield coder, name, path


def read_codings(study: Study, coder: str, transcript: str) -> tuple[list[Coding], list[Problem]]:
    """Read one coder's codings of one transcript; no file is no codings.

    Raises:
        FaultyFiles: If the file cannot be opened.
    """
    path = codings_path(study, coder, transcript)
    file = relative(study, path)
    return parse_codings(bytes_of(path, file), file, nfc(transcript)) if path.is_file() else ([], [])


def read_all_codings(study: Study, transcript: str | None = None) -> tuple[list[Coding], list[Problem]]:
    """Read the codings of all coders, each once: decisions instead of the proposals they decide.

    Returns:
        Sorted by transcript, start, end, code, id; and what is wrong in the files.
    """
    files, problems = read_coding_files(study, transcript)
    return decided(coding for file in files for coding in file.codings), problems


@dataclass(frozen=True, slots=True)
class CodingFile:
    """One coder's codings of one transcript as they were read.

    Attributes:
        file: Its path as it is told.
    """

    coder: str
    transcript: str
    file: str
    codings: tuple[Coding, ...]


def read_coding_files(study: Study, transcript: str | None = None) -> tuple[list[CodingFile], list[Problem]]:
    """Read every coding file, and what is wrong in any."""
    files: list[CodingFile] = []
    problems: list[Problem] = []
    for coder, name, path in coding_files(study, transcript):
        file = relative(study, path)
        try:
            found, faults = parse_codings(bytes_of(path, file), file, name)
        except FaultyFiles as error:
            found, faults = [], error.problems
        files.append(CodingFile(coder, name, file, tuple(found)))
        problems += faults
    return files, problems


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
        _, faults = parse_codings(before, path.name, nfc(transcript))
        lines = before.split(b"\n")
        data += b"".join(lines[fault.line - 1] + b"\n" for fault in faults if fault.line)
    if data == before:
        return False
    if data:
        disk.write_atomically(path, data)
    else:
        path.unlink(missing_ok=True)
    return True


def codings_at(study: Study, coder: str, transcript: str, start: int, end: int) -> list[Coding]:
    """Read a coder's codings of one passage, without reading all others."""
    data = _codings_bytes(study, coder, transcript)
    found, _ = parse_codings(lines_at(data, start, end), "", nfc(transcript))
    return [one for one in found if (one.unit.span.start, one.unit.span.end) == (start, end)]


def codings_by_id(study: Study, coder: str, transcript: str, ids: Sequence[str]) -> dict[str, Coding]:
    """Read some of a coder's codings, without reading all others; ids that are not there are left out."""
    data = _codings_bytes(study, coder, transcript)
    found, _ = parse_codings(lines_with_ids(data, ids), "", nfc(transcript))
    return {one.id: one for one in found if one.id in ids}


def put_codings(
    study: Study, coder: str, transcript: str, codings: Iterable[Coding], *, gone: Sequence[str] = ()
) -> None:
    """Write some of a coder's codings, in the place of those with their ids, and take some away.

    All other lines stay to the byte. So a coding among thousands costs no more than writing the file does.
    """
    path = codings_path(study, coder, transcript)
    came = {one.id: render_codings([one]).rstrip(b"\n") for one in codings}
    data = place_lines(_codings_bytes(study, coder, transcript), came, gone)
    if data:
        disk.write_atomically(path, data)
    else:
        path.unlink(missing_ok=True)


def _codings_bytes(study: Study, coder: str, transcript: str) -> bytes:
    path = codings_path(study, coder, transcript)
    return bytes_of(path, relative(study, path)) if path.is_file() else b""


def begin_codings(study: Study, coder: str, transcript: str, lines: bytes) -> None:
    """Write the lines of a coding file that is not there yet."""
    if lines:
        disk.write_atomically(codings_path(study, coder, transcript), lines)


def edit_codings(study: Study, coder: str, transcript: str, edits: Mapping[str, Mapping[str, object]]) -> None:
    """Set keys of some of a coder's codings, by coding id; every other line stays to the byte."""
    path = codings_path(study, coder, transcript)
    disk.write_atomically(path, edit_lines(bytes_of(path, relative(study, path)), edits))


# --- trail, readings, memos ---------------------------------------------------------------------------------


def append_decision(study: Study, *decisions: Decision) -> None:
    """Add lines to the trail, one a decision; many at once are as many, seen to the disk together."""
    lines = [orjson.dumps({key: getattr(decision, key) for key in Decision.__slots__}) for decision in decisions]
    if lines:
        disk.append_line(study.root / "trail.jsonl", b"\n".join(lines))


def read_trail(study: Study) -> tuple[list[Decision], list[Problem]]:
    """Read the trail in the order of time; a line that cannot be read is a Problem.

    Where two branches met in git, lines stand out of order and some twice: one that says of an object what the line
    before said of it, to the byte, is read once.
    """
    path = study.root / "trail.jsonl"
    decisions: list[Decision] = []
    problems: list[Problem] = []
    last: dict[str, bytes] = {}
    for number, line in enumerate(bytes_of(path, path.name).split(b"\n") if path.is_file() else [], 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            decision = Decision(**{key: record.get(key) for key in Decision.__slots__})
            if not isinstance(decision.when, str) or not isinstance(decision.object, str):
                raise TypeError
        except (orjson.JSONDecodeError, AttributeError, TypeError):
            problems.append(_unreadable_line(path.name, number, line, "trail"))
            continue
        if last.get(decision.object) != line.strip():
            decisions.append(decision)
        last[decision.object] = line.strip()
    return sorted(decisions, key=lambda decision: decision.when), problems


def _unreadable_line(file: str, number: int, line: bytes, check: str) -> Problem:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        hint = "Two versions met in git: keep the lines of both, and take the lines with <<<, === and >>> out."
        return Problem(file, number, 1, check, "a merge conflict was left in the file", hint)
    hint = "It is left as it is; mend it or take it out."
    if not line.rstrip().endswith(b"}"):
        hint = "It breaks off, as after a power cut: what it began to tell was not done. Take the line out."
    return Problem(file, number, 1, check, "the line cannot be read", hint)


def mark_read(study: Study, coder: str, transcript: str) -> None:
    """Note that a coder has read and coded a transcript by hand, so that proposals may be shown."""
    line = {"transcript": transcript, "when": now()}
    disk.append_line(study.root / "readings" / f"{coder}.jsonl", orjson.dumps(line))


def check_readings(study: Study) -> list[Problem]:
    """Find lines of the reading marks that cannot be read."""
    problems: list[Problem] = []
    folder = study.root / "readings"
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        file = relative(study, path)
        for number, line in enumerate(bytes_of(path, file).split(b"\n"), 1):
            try:
                if line.strip():
                    orjson.loads(line)["transcript"]
            except (orjson.JSONDecodeError, KeyError, TypeError):
                problems.append(_unreadable_line(file, number, line, "reading"))
    return problems


def check_memos(study: Study) -> list[Problem]:
    """Find memos in which git left two versions."""
    folder = study.root / "memos"
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        file = relative(study, path)
        problems += check_conflicts(bytes_of(path, file).decode("utf-8", "replace"), file, "memo")
    return problems


def reading_marks(study: Study) -> list[tuple[str, str, str]]:
    """Return who marked which transcript as read, and when: coder, transcript and time."""
    folder = study.root / "readings"
    found: list[tuple[str, str, str]] = []
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        for line in path.read_bytes().split(b"\n"):
            try:
                mark = orjson.loads(line)
                found.append((nfc(path.stem), str(mark["transcript"]), str(mark.get("when", ""))))
            except (orjson.JSONDecodeError, KeyError, TypeError):
                continue
    return found


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


def memo_path(study: Study, name: str) -> Path:
    """Return where a memo lies."""
    return _named(study.root / "memos", f"{name}.md")


def save_memo(study: Study, name: str, text: str) -> None:
    """Write a memo file; one that is there is not written over but added to, unless it holds the text already."""
    path = memo_path(study, name)
    before = path.read_bytes() if path.is_file() else b""
    if text.encode() not in before:
        disk.write_atomically(path, before + text.encode())


def text_of(path: Path, file: str) -> str:
    """Return a file's text as it stands, its line endings included.

    Raises:
        FaultyFiles: If it is not UTF-8 or cannot be opened.
    """
    data = bytes_of(path, file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "Save it again as UTF-8 (in the editor: “Save with encoding”)."
    # Not chained: the decoder's error holds the file's bytes.
    raise FaultyFiles([Problem(file, line, None, "encoding", "the file is not UTF-8 here", hint)], "nothing was done")


def bytes_of(path: Path, file: str) -> bytes:
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
