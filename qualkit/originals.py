"""Which files of a folder are read as originals, and what becomes of the others."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualkit import study as studies
from qualkit.errors import Problem, QualkitError
from qualkit.model import Declared, Study
from qualkit.settings import declared_for
from qualkit.transcripts.formats import SUFFIXES
from qualkit.transcripts.sorting import READ_IT, Sorted, sort_file

CHECK = "original"
_OURS = ("exports", "codings", "transcripts", "memos", "history", "private", "working", "readings", "notebooks")


class NothingToRead(QualkitError):
    """A folder holds no transcript that can be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no transcript in {folder.name or folder}",
            "Transcripts are read from " + ", ".join(SUFFIXES) + " files, also in folders below.",
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or folder that is not read, and what it was taken for."""

    path: Path
    sorted: Sorted


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one folder and those below it.

    Attributes:
        originals: Read as transcripts, sorted by name folder by folder.
        left: All others; files of the system, and what belongs to qualkit, are passed over without a word.
    """

    originals: tuple[Path, ...]
    left: tuple[LeftOut, ...]


def sort_folder(folder: Path, declared: Sequence[Declared] = ()) -> Folder:
    """Sort the files of a folder and those below it; other studies are passed over.

    Args:
        folder: To look through.
        declared: What the researcher says of some files wins over what their names say.
    """
    found: list[Path] = []
    left: list[LeftOut] = []

    def closed(error: OSError) -> None:
        why, hint = f"the folder cannot be opened: {reason(error)}", "Check that you may open it."
        left.append(LeftOut(Path(error.filename), Sorted("other file", why, hint)))

    for base, folders, names in os.walk(folder, onerror=closed):
        here = Path(base)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not studies.is_study(here / name))
        links = [here / name for name in folders if (here / name).is_symlink()]
        left += [LeftOut(link, Sorted("other file", "a link to a folder is not followed", READ_IT)) for link in links]
        if here == folder and studies.is_study(folder):
            folders[:] = [name for name in folders if name not in _OURS]
        for name in sorted(names):
            said = declared_for((here / name).as_posix(), declared)
            sorted_ = sort_file(name)
            if said.taken is False:
                left.append(LeftOut(here / name, Sorted("other file", "left out by study.yaml")))
            elif sorted_.what == "transcript" or (said.taken and sorted_.hint):
                found.append(here / name)
            elif sorted_.why:
                left.append(LeftOut(here / name, sorted_))
    return Folder(tuple(found), tuple(left))


def reason(error: OSError) -> str:
    """Return why the system refused, without a path."""
    return os.strerror(error.errno) if error.errno else "the system refused"


def still_left(study: Study, left: Sequence[LeftOut]) -> list[LeftOut]:
    """Return what was left out of a folder and was not added by name."""
    known = studies.sources(study) if any(one.sorted.hint for one in left) else {}
    return [one for one in left if studies.relative(study, one.path) not in known]


def left_out(study: Study, left: Iterable[LeftOut]) -> list[Problem]:
    """Return a warning for every file that was left out and may hold a transcript all the same."""
    return [
        Problem(
            *(studies.relative(study, one.path), None, None, CHECK),
            f"the file was not read: {one.sorted.why}",
            *(one.sorted.hint, "warning"),
        )
        for one in left
        if one.sorted.hint
    ]


def left_out_in_short(left: Iterable[LeftOut]) -> str:
    """Return what was left out without doubt, counted, or "".

    Example:
        >>> left_out_in_short([LeftOut(Path("K1.mp3"), Sorted("recording", "a recording"))] * 2)
        '2 recordings'
    """
    counts = Counter(one.sorted.what for one in left if not one.sorted.hint)
    return ", ".join(f"{number} {what}{'' if number == 1 else 's'}" for what, number in sorted(counts.items()))
