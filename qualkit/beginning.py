"""A study out of nothing but a folder of transcripts and a codebook; the folder stays as it was."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.adding import NothingToRead, originals_in
from qualkit.coding.codebook import parse_codebook
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.model import Decision, Method, Settings, Study
from qualkit.text import sha256_hex
from qualkit.transcripts.encoding import decode_text

_CODEBOOK_NAMES = ("codebook.yaml", "codebook.yml", "kodebok.yaml", "kodebok.yml")
_PARTICIPANT_NAMES = ("participants.csv", "participants.xlsx", "deltakere.csv", "deltakere.xlsx")


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

    def __init__(self, given: Path) -> None:
        super().__init__(
            f"the study's codebook.yaml was edited since it was copied, so {given.name} does not replace it",
            "Edit codebook.yaml in the study, and leave -c out.",
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
    """
    if not folder.is_dir():
        raise NoFolder(folder)
    beside = folder.absolute().parent / f"{folder.absolute().name}-study"
    for root in (folder, beside):
        if studies.is_study(root):
            study = studies.open_study(root)
            if codebook is not None:
                _take_codebook(study, codebook, coder, dry_run=dry_run)
            yield study
            return
    originals, _ = originals_in(folder)
    if not originals:
        raise NothingToRead(folder)
    chosen = codebook or next((folder / name for name in _CODEBOOK_NAMES if (folder / name).is_file()), None)
    if chosen is None:
        raise NoCodebook(folder)
    text = _codebook_text(chosen)
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="qualkit-") as scratch:
            yield _make(Path(scratch) / beside.name, folder, text, coder, method, language)
        return
    existed = beside.exists()
    made = _make(beside, folder, text, coder, method, language)
    try:
        yield made
    except BaseException:
        if not existed and not studies.transcript_ids(made):
            shutil.rmtree(beside, ignore_errors=True)
        raise


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


def _make(root: Path, folder: Path, codebook: str, coder: str, method: Method | None, language: str | None) -> Study:
    import os

    try:
        where = Path(os.path.relpath(folder.absolute(), root.absolute())).as_posix()
    except ValueError:
        # Another drive on Windows has no relative path.
        where = str(folder.absolute())
    settings = Settings(
        title=folder.absolute().name,
        language=language or "nb",
        method=method or "codebook-ta",
        coders=(coder,) if coder else (),
        originals=(where,),
    )
    study = studies.create_study(root, settings)
    studies.save_codebook_text(study, codebook)
    people = next((folder / name for name in _PARTICIPANT_NAMES if (folder / name).is_file()), None)
    if people is not None:
        disk.write_atomically(root / f"participants{people.suffix.casefold()}", people.read_bytes())
    after = {"codebook": sha256_hex(codebook), "originals": where}
    studies.append_decision(study, Decision(studies.now(), coder or "qualkit", "init", "study", None, after))
    return study


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
    trail, _ = studies.read_trail(study)
    taken = {d.after.get("codebook") for d in trail if d.what in ("init", "codebook") and isinstance(d.after, dict)}
    if old and old not in taken:
        raise CodebookWasEdited(given)
    if dry_run:
        problem = Problem(
            given.name, None, None, "codebook", "a dry run does not take over another codebook", "Run it without -n."
        )
        raise FaultyFiles([problem], "nothing was done")
    with studies.locked(study, coder):
        studies.save_codebook_text(study, text)
        decision = Decision(studies.now(), coder, "codebook", "codebook.yaml", {"codebook": old}, {"codebook": new})
        studies.append_decision(study, decision)


def begin(folder: Path, *, title: str | None, method: Method, language: str, coder: str | None) -> Study:
    """Make an empty study: settings, a starter codebook, a participants' file and a place for originals.

    Raises:
        StudyExists: If there is one already.
    """
    settings = Settings(
        title=title or folder.absolute().name,
        language=language,
        method=method,
        coders=(coder,) if coder else (),
    )
    study = studies.create_study(folder, settings)
    if not studies.codebook_path(study).exists():
        studies.save_codebook_text(study, starter_codebook(method, language))
    if studies.participants_path(study) is None:
        disk.write_atomically(folder / "participants.csv", b"id;labels;role;may_quote;notes\n")
    (folder / "originals").mkdir(exist_ok=True)
    studies.append_decision(study, Decision(studies.now(), coder or "qualkit", "init", "study"))
    return study


def starter_codebook(method: Method, language: str) -> str:
    """Return the text of a first codebook for a method."""
    from qualkit.shipped import codebooks

    folder = codebooks()
    named = folder / f"{method}.{'en' if language == 'en' else 'nb'}.yaml"
    path = named if named.is_file() else folder / f"start.{'en' if language == 'en' else 'nb'}.yaml"
    return path.read_text(encoding="utf-8")
