"""A study out of nothing but a folder of transcripts and a codebook; the folder stays as it was."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.coding.codebook import parse_codebook
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.model import Decision, Method, Settings, Study
from qualkit.originals import NothingToRead, sort_folder
from qualkit.text import near_miss, sha256_hex
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.participants import parse_participants

_CODEBOOK_NAMES = ("codebook.yaml", "codebook.yml", "kodebok.yaml", "kodebok.yml")
_PARTICIPANT_NAMES = ("participants.csv", "participants.xlsx", "deltakere.csv", "deltakere.xlsx")
_COPIED = ("init", "codebook", "participants", "draft")
_EMPTY_LIST = b"id;labels;role;may_quote;notes\n"


class NoCodebook(QualkitError):
    """There is no codebook to code with."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no codebook for {folder.name or folder}",
            "Name one with -c FILE, or put codebook.yaml into the folder. A first one: qualkit init my-study",
        )


class NoFolder(QualkitError):
    """The folder named does not exist."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"there is no folder {folder}", "Check the name; folders with spaces need quotation marks.")


class CodebookWasEdited(QualkitError):
    """Another codebook is given than the study has, and the study's own was changed since it was taken over."""

    def __init__(self, given: Path, root: Path) -> None:
        super().__init__(
            f"the study's codebook.yaml was edited since it was copied, so {given.name} does not replace it",
            f"Edit codebook.yaml in {root.name}, and go on with: qualkit code {shlex.quote(root.name)} (without -c)",
        )


class ParticipantsWereEdited(QualkitError):
    """The participants' file of the folder and the study's own copy of it were both changed."""

    def __init__(self, given: Path, root: Path) -> None:
        super().__init__(
            f"{given.name} was changed both beside the transcripts and in {root.name}",
            f"Bring them together in {root.name}, and go on with: qualkit code {shlex.quote(root.name)}",
        )


class NoStarter(QualkitError):
    """There is no starter codebook of this name."""

    def __init__(self, starter: str, known: list[str]) -> None:
        near = near_miss(starter, known)
        super().__init__(
            f"there is no starter codebook “{starter}”",
            f"Did you mean “{near}”?" if near else "It can be " + ", ".join(known),
        )


class FolderInTheWay(QualkitError):
    """A folder that is no study has the name the new study would get."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder.name} is there already and is no study", "Give it another name; nothing was written into it."
        )


@contextmanager
def study_for(
    folder: Path, codebook: Path | None, *, coder: str, method: Method | None, language: str | None, dry_run: bool
) -> Iterator[Study]:
    """Open the study at a folder, or make `FOLDER-study` beside a folder of transcripts.

    A study made here and a run that failed leave nothing behind; a dry run works on a copy of the
    codebook and the participants' file that is thrown away.

    Raises:
        NoFolder: If the folder does not exist.
        NoCodebook: If there is none.
        NothingToRead: If there are no transcripts.
        FaultyFiles: If the codebook has faults.
        CodebookWasEdited: If -c would write over the study's own edits.
        ParticipantsWereEdited: If participants.csv was changed in both places.
        FolderInTheWay: If the new study's name is taken.
    """
    if not folder.is_dir():
        raise NoFolder(folder)
    folder = Path(os.path.normpath(Path.cwd() / folder))
    beside = folder.with_name(f"{folder.name}-study")
    for root in (folder, beside, _study_of(folder)):
        if root is not None and studies.is_study(root):
            study = studies.open_study(root)
            if codebook is not None:
                _take_codebook(study, codebook, coder, dry_run=dry_run)
            if root == beside:
                _follow_folder(study, folder, coder, codebook_too=codebook is None, dry_run=dry_run)
            yield study
            return
    if beside.exists() and (not beside.is_dir() or any(beside.iterdir())):
        raise FolderInTheWay(beside)
    if not sort_folder(folder).originals:
        raise NothingToRead(folder)
    chosen = codebook or _in_folder(folder, _CODEBOOK_NAMES)
    if chosen is None:
        raise NoCodebook(folder)
    text = _codebook_text(chosen)
    chosen = Path(os.path.normpath(Path.cwd() / chosen))
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="qualkit-") as scratch:
            yield _make(Path(scratch) / beside.name, folder, chosen, text, coder, method, language)
        return
    with _made(beside, folder, chosen, text, coder, method, language) as study:
        yield study


@contextmanager
def _made(
    beside: Path, folder: Path, chosen: Path, text: str, coder: str, method: Method | None, language: str | None
) -> Iterator[Study]:
    """Make a study under another name first: a run that breaks off leaves no half study, whatever ends it."""
    part = disk.part_folder(beside)
    try:
        made = _make(part, folder, chosen, text, coder, method, language)
        if beside.exists():
            beside.rmdir()
        part.rename(beside)
    except OSError as error:
        if studies.is_study(beside):
            # Somebody else made it at the same time: theirs stands.
            raise studies.StudyExists(beside) from error
        raise disk.CannotWrite(beside, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    made = replace(made, root=beside)
    try:
        yield made
    except disk.StudyLocked:
        # It is another's by now.
        raise
    except BaseException:
        with suppress(disk.StudyLocked, disk.CannotWrite), studies.locked(made, coder):
            if not studies.transcript_ids(made):
                shutil.rmtree(beside, ignore_errors=True)
        raise


def _follow_folder(study: Study, folder: Path, coder: str, *, codebook_too: bool, dry_run: bool) -> None:
    """Take over the codebook and the participants' file of a folder of transcripts where they were changed."""
    own = _in_folder(folder, _CODEBOOK_NAMES)
    trail, _ = studies.read_trail(study)
    sources = [d.after["from"] for d in trail if isinstance(d.after, dict) and "from" in d.after]
    if codebook_too and own is not None and sources and sources[-1] == studies.relative(study, own):
        new = sha256_hex(_codebook_text(own)) not in _taken(study, "codebook")
        if new:
            _take_codebook(study, own, coder, dry_run=dry_run)
    people = _in_folder(folder, _PARTICIPANT_NAMES)
    if people is not None:
        _take_participants(study, people, coder, dry_run=dry_run)


def people_not_taken(study: Study, folder: Path) -> list[Problem]:
    """Tell of a list of participants beside originals that are added: a study has its own, and it is not read."""
    people = _in_folder(folder, _PARTICIPANT_NAMES)
    own = _in_folder(study.root, _PARTICIPANT_NAMES)
    if people is None or folder.resolve() == study.root.resolve():
        return []
    if own is not None and own.read_bytes() == people.read_bytes():
        return []
    hint = (
        f"If it says who takes part, copy it into the study as participants{people.suffix.casefold()}, in the place of "
        "the one there, and look with: qualkit check"
    )
    message = "the list of participants was not read: a study has one of its own"
    return [Problem(studies.relative(study, people), None, None, "participants", message, hint, "warning")]


def _in_folder(folder: Path, names: Sequence[str]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _study_of(folder: Path) -> Path | None:
    """Return the study whose originals lie in a folder: “qualkit code my-study/originals” means my-study."""
    root = next((above for above in folder.parents if studies.is_study(above)), None)
    if root is None:
        return None
    named = [Path(os.path.normpath(root / name)) for name in studies.open_study(root).settings.originals]
    return root if any(place in (folder, *folder.parents) for place in named if place != root) else None


def _codebook_text(path: Path) -> str:
    """Return a codebook's text.

    Raises:
        FaultyFiles: With everything that is wrong with it, before anything is made.
    """
    try:
        text = decode_text(path.read_bytes())[0] if path.stat().st_size else ""
    except (OSError, ValueError) as error:
        problem = Problem(str(path), None, None, "codebook", "the codebook cannot be opened", "Check its name.")
        raise FaultyFiles([problem], "nothing was done") from error
    _, problems = parse_codebook(text, str(path))
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, "the codebook has faults; nothing was done")
    return text


def _make(
    root: Path, folder: Path, source: Path, codebook: str, coder: str, method: Method | None, language: str | None
) -> Study:
    try:
        where = Path(os.path.relpath(folder, root)).as_posix()
    except ValueError:
        # Another drive on Windows has no relative path.
        where = str(folder)
    settings = Settings(
        title=folder.name,
        language=language or "nb",
        method=method or "codebook-ta",
        coders=(coder,) if coder else (),
        originals=(where,),
    )
    study = Study(root, settings)
    studies.save_codebook_text(study, codebook)
    after = {"codebook": sha256_hex(codebook), "from": studies.relative(study, source), "originals": where}
    people = _in_folder(folder, _PARTICIPANT_NAMES)
    if people is not None:
        data = _participants_bytes(people)
        disk.write_atomically(root / f"participants{people.suffix.casefold()}", data)
        after["participants"] = sha256_hex(data)
    studies.append_decision(study, Decision(studies.now(), coder or "qualkit", "init", "study", None, after))
    return studies.create_study(root, settings)


def _take_codebook(study: Study, given: Path, coder: str, *, dry_run: bool) -> None:
    """Take over a codebook given with -c, unless the study's own was edited since."""
    text = _codebook_text(given)
    path = studies.codebook_path(study)
    if path.is_file() and given.resolve() == path.resolve():
        return
    new = sha256_hex(text)
    old = sha256_hex(path.read_bytes()) if path.is_file() else ""
    if new == old:
        return
    if old and old not in _taken(study, "codebook"):
        raise CodebookWasEdited(given, study.root)
    if dry_run:
        problem = Problem(
            given.name, None, None, "codebook", "a dry run does not take over another codebook", "Run it without -n."
        )
        raise FaultyFiles([problem], "nothing was done")
    who = studies.whoami(study, coder or None)
    with studies.locked(study, who):
        after = {"codebook": new, "from": studies.relative(study, Path.cwd() / given)}
        decision = Decision(studies.now(), who, "codebook", "codebook.yaml", {"codebook": old}, after)
        studies.append_decision(study, decision)
        studies.save_codebook_text(study, text)


def _take_participants(study: Study, given: Path, coder: str, *, dry_run: bool) -> None:
    """Take over a participants' file that was changed beside the transcripts, unless the study's own was edited.

    Raises:
        ParticipantsWereEdited: If both were changed.
    """
    data = _participants_bytes(given)
    new = sha256_hex(data)
    taken = _taken(study, "participants")
    own = studies.participants_path(study)
    old = sha256_hex(own.read_bytes()) if own is not None else ""
    if new in taken or new == old:
        return
    if old and old not in taken:
        raise ParticipantsWereEdited(given, study.root)
    _, problems = parse_participants(data, given.name)
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, f"{given.name} has faults; nothing was done")
    if dry_run:
        return
    who = studies.whoami(study, coder or None)
    target = study.root / f"participants{given.suffix.casefold()}"
    with studies.locked(study, who):
        before, after = {"participants": old}, {"participants": new}
        studies.append_decision(study, Decision(studies.now(), who, "participants", target.name, before, after))
        disk.write_atomically(target, data)
        if own is not None and own != target:
            own.unlink()


def _taken(study: Study, kind: str) -> set[str]:
    """Return the hashes of the codebooks, or participants' files, that qualkit wrote; another was edited since."""
    trail, _ = studies.read_trail(study)
    return {str(d.after[kind]) for d in trail if d.what in _COPIED and isinstance(d.after, dict) and kind in d.after}


def _participants_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = Problem(path.name, None, None, "participants", "the file cannot be opened", "Check its permissions.")
        raise FaultyFiles([problem], "nothing was done") from error


def begin(
    folder: Path, *, title: str | None, method: Method, language: str, coder: str | None, starter: str | None = None
) -> Study:
    """Make an empty study: settings, a starter codebook, a participants' file and a place for originals.

    Raises:
        StudyExists: If there is one already.
        NoStarter: If no starter codebook has this name.
    """
    settings = Settings(
        title=title or folder.absolute().name,
        language=language,
        method=method,
        coders=(coder,) if coder else (),
    )
    if studies.is_study(folder):
        raise studies.StudyExists(folder)
    study = Study(folder, settings)
    after = {}
    if not studies.codebook_path(study).exists():
        text = starter_codebook(starter or method, language, named=starter is not None)
        studies.save_codebook_text(study, text)
        after["codebook"] = sha256_hex(text)
    if studies.participants_path(study) is None:
        disk.write_atomically(folder / "participants.csv", _EMPTY_LIST)
        after["participants"] = sha256_hex(_EMPTY_LIST)
    try:
        (folder / "originals").mkdir(exist_ok=True)
    except OSError as error:
        raise disk.CannotWrite(folder / "originals", error) from error
    studies.append_decision(study, Decision(studies.now(), coder or "qualkit", "init", "study", None, after))
    # Last, for with it the folder is a study.
    return studies.create_study(folder, settings)


def starter_codebook(starter: str, language: str, *, named: bool = False) -> str:
    """Return the text of a first codebook.

    Args:
        starter: A method, or the name of a shipped codebook.
        language: Of the study; a codebook asked for by name is taken in the language it exists in.
        named: The researcher asked for it by name; else a method without one of its own gets the common start.

    Raises:
        NoStarter: If it was asked for and does not exist.
    """
    from qualkit.shipped import codebooks

    shipped = {path.name: path for path in sorted(codebooks().glob("*.yaml"))}
    wanted, other = ("en", "nb") if language == "en" else ("nb", "en")
    for name in (f"{starter}.{wanted}.yaml", f"{starter}.{other}.yaml" if named else f"start.{wanted}.yaml"):
        if name in shipped:
            return shipped[name].read_text(encoding="utf-8")
    raise NoStarter(starter, list(dict.fromkeys(name.partition(".")[0] for name in shipped)))
