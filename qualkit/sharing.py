"""A study handed on, to a supervisor or an archive: a folder that is a study itself, and holds no name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from qualkit import disk, handed_on
from qualkit import study as studies
from qualkit.anonymisation.redactor import Register
from qualkit.clearing import Clearance, Draft, Undecided, Unresolved, clearance
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.gate import text_of_file
from qualkit.material import Material
from qualkit.model import Decision, Settings
from qualkit.outgoing import LeftOut, Outgoing, outgoing, with_memos
from qualkit.passing import told_in_trail
from qualkit.publishing import NoSuchAttribute, attributes_of
from qualkit.shared_files import shared_files
from qualkit.shared_memos import shared_memos
from qualkit.shared_undecided import undecided_in
from qualkit.shared_word import commented


class SharedInStudy(QualkitError):
    """What is handed on would lie among what is not."""

    hint = "Name a folder outside the study, or one in its exports/."

    def __init__(self, out: Path) -> None:
        super().__init__(f"{out.name} lies in the study it would be shared from")


class FolderIsThere(QualkitError):
    """A folder of this name is there, and somebody may have worked in it."""

    def __init__(self, out: Path) -> None:
        super().__init__(f"{out.name} is there already and is not empty", "Name a new folder; nothing was written.")


class NothingToShare(QualkitError):
    """No transcript may be handed on."""

    def __init__(self) -> None:
        super().__init__(
            "no transcript of this study may be handed on",
            "There is none, or all are of people who may not be quoted, or off the record; nothing was written.",
        )


class SharedWouldLeak(QualkitError):
    """A finished file holds a name from the register, so nothing was handed on."""

    def __init__(self, places: Sequence[tuple[str, str]]) -> None:
        self.places = tuple(places)
        where = "; ".join(f"{place} ({who})" for place, who in places[:8]) + ("; …" if len(places) > 8 else "")
        super().__init__(
            f"nothing was shared: names of participants stand in {where}",
            "They stand in the file of that name in the study, in a key, an id, a pattern or your own text. "
            "Take them out there and share again.",
        )


@dataclass(frozen=True, slots=True)
class Shared:
    """What was handed on.

    Attributes:
        out: The folder.
        files: Written, relative to it.
        transcripts: How many.
        codings: How many.
        attributes: Columns of participants.csv that are in it.
        left: What is not in it.
    """

    out: Path
    files: tuple[str, ...]
    transcripts: int
    codings: int
    attributes: tuple[str, ...]
    left: LeftOut


def share(
    material: Material,
    out: Path,
    *,
    who: str,
    attributes: Sequence[str] | None = None,
    with_proposals: bool = False,
    memos: bool = False,
    word: bool = False,
    draft: Draft | None = None,
) -> Shared:
    """Write a folder that opens as a study of its own: transcripts without names, codings moved along, the codebook.

    Memos, notes, earlier texts, the trail, originals and the register are not in it. It is written under another
    name, every file in it is read again and searched for names, and only then it has its own.

    Args:
        material: Of the study.
        out: A folder that is not there, or is empty.
        who: For the trail.
        attributes: Columns of participants.csv to hand on; None for those that divide the participants.
        with_proposals: Hand on what rules propose too; never in STC and reflexive studies.
        memos: Hand on memos too, also those of codings.
        word: Write a Word file for every transcript, with the codes as comments, and nothing else.
        draft: Who wants it before everything in it is decided, and why.

    Raises:
        SharedInStudy: If the folder lies in the study and not in its exports/.
        FolderIsThere: If something is in it.
        NoSuchAttribute: If participants.csv has no such column.
        FaultyFiles: If a file that is handed on has faults.
        NothingToShare: If no transcript may be handed on.
        NotVerbatim: If a transcript was changed under a coding.
        Unresolved: If something in it may identify somebody, and nobody has decided about it.
        SharedWouldLeak: If a name of the register stands in a finished file.
        CannotWrite: If the disk is full or read-only.
    """
    out = Path(os.path.normpath(out.absolute()))
    _may_lie(material, out)
    cleared, columns = _sound(material, attributes)
    register = cleared.register
    going = outgoing(material, register, with_proposals=with_proposals)
    if not going.transcripts:
        raise NothingToShare
    undecided = undecided_in(material, cleared, going, columns, memos=memos, word=word) if draft is None else []
    if undecided:
        raise _unresolved(out, undecided)
    if word:
        columns = []
        files = _word_files(material, going, register, reviewed=draft is None)
    else:
        if memos:
            going = with_memos(going)
        files = shared_memos(material, going, register) if memos else {}
        files |= shared_files(material, going, register, attributes=columns, reviewed=draft is None)
    with _put_in_place(out) as part:
        if not word:
            studies.create_study(part, Settings(""))
        for name, data in files.items():
            disk.write_atomically(part / name, data)
        search(part, cleared)
    counts = len(going.transcripts), len(going.codings)
    left = {"codings": going.left.codings + going.left.waiting, "people": len(going.left.people)}
    after = {"transcripts": counts[0], "codings": counts[1], "left out": left}
    studies.append_decision(material.study, Decision(studies.now(), who, "share", "study", None, after))
    told_in_trail(material.study, draft, [out])
    handed_on.remember(material.study, "shared", out)
    return Shared(out, tuple(sorted(files)), *counts, tuple(columns), going.left)


def _sound(material: Material, attributes: Sequence[str] | None) -> tuple[Clearance, list[str]]:
    """Return what is decided in a study and the columns of participants.csv to hand on, if its files have no faults."""
    known = list(dict.fromkeys(name for person in material.participants for name in person.attributes))
    for name in attributes or ():
        if name not in known:
            raise NoSuchAttribute(name, known)
    faults = [p for p in material.problems if p.severity == "error" and p.check != "changed-transcript"]
    if faults:
        raise FaultyFiles(faults, "a file that would be shared has faults; nothing was written")
    return clearance(material), list(attributes_of(material) if attributes is None else dict.fromkeys(attributes))


def _unresolved(out: Path, places: Sequence[Undecided]) -> Unresolved:
    error = Unresolved(out.name, places)
    error.hint = (
        "Decide: qualkit anonymise decide. For a draft between you and your supervisor: --allow-unreviewed REASON, "
        "which marks what is shared as not anonymised."
    )
    return error


def _word_files(material: Material, going: Outgoing, register: Register, *, reviewed: bool) -> dict[str, bytes]:
    from qualkit.exports.commented import render_commented

    papers = commented(material, going, register, reviewed=reviewed)
    return {f"{paper.id}.docx": render_commented(paper) for paper in papers}


def _may_lie(material: Material, out: Path) -> None:
    study = Path(os.path.realpath(material.study.root))
    real = Path(os.path.realpath(out))
    exports = Path(os.path.realpath(studies.exports_folder(material.study)))
    if real == study or (study in real.parents and exports not in real.parents):
        raise SharedInStudy(out)
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise FolderIsThere(out)


@contextmanager
def _put_in_place(out: Path) -> Iterator[Path]:
    """Give a folder to write in; it gets its name when all is written, or goes."""
    part = disk.part_folder(out)
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        if out.exists():
            out.rmdir()
        part.rename(out)
    except OSError as error:
        raise disk.CannotWrite(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def search(folder: Path, cleared: Clearance) -> None:
    """Search every file of a folder, its name included, for names of the register.

    Raises:
        SharedWouldLeak: If one is there; it tells files and lines, and whose name it is by id.
    """
    places: list[tuple[str, str]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        shown = name if not cleared.leaks(name) else f"{path.parent.name}/… (the file's name)"
        places += [(shown, who) for who in cleared.leaks(name)]
        # Transcripts are among them: there a bare number is an age as often as a count.
        found = [(number, who) for number, text in _texts(path) for who in cleared.leaks(text, [text])]
        by_line = any(number for number, _ in found)
        places += [(f"{shown}:{number}" if number else shown, who) for number, who in found if number or not by_line]
    if places:
        raise SharedWouldLeak(places)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines; 0 for a whole file.

    A name may run over a line break: the whole is searched too where no line of it tells.
    """
    data = path.read_bytes()
    if path.suffix == ".docx":
        yield 0, text_of_file(data)
        return
    if path.suffix == ".jsonl":
        for number, line in enumerate(data.splitlines(), 1):
            for value in orjson.loads(line).values():
                if isinstance(value, str):
                    yield number, value
        return
    text = data.decode("utf-8-sig")
    yield from enumerate(text.split("\n"), 1)
    yield 0, text
