"""What one tab has done in this visit, to take back and make again without limit.

`undoing` keeps the last changes of a study on disk, and takes them back in their order whoever made them. A visit
takes back what was done in its own tab, also where another tab or the shell has written since: of a coding file it
exchanges the lines it had changed and leaves all others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from qualkit import study as studies
from qualkit.coding.coding_lines import line_place
from qualkit.coding.splices import Splice
from qualkit.model import Decision, Study
from qualkit.undoing import EditedSince, NothingToTakeBack, Seen, carry_out, changes, recorded
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk, OtherStudy


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a coding file that went, and lines that came."""

    gone: tuple[bytes, ...]
    came: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a file was and became, compressed; None for no file."""

    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done in a tab.

    Attributes:
        what: As in the trail.
        about: What it was done to.
        number: Of the change that `undoing` keeps; 0 where it keeps none.
        files: By path in the study.
    """

    what: str
    about: str
    number: int
    files: dict[str, Lines | Whole]


@dataclass(slots=True)
class Visit:
    """What a tab has done, and what it has taken back."""

    done: list[Step] = field(default_factory=list)
    back: list[Step] = field(default_factory=list)


def coder_of(desk: Desk, ask: Ask, study: Study) -> str:
    """Return who asks."""
    return studies.whoami(study, ask.coder or desk.coder)


def visit_of(desk: Desk, ask: Ask) -> Visit:
    """Return what the tab that asks has done."""
    return desk.visits.setdefault(ask.visit, Visit())


def shown_study(desk: Desk, ask: Ask) -> Study:
    """Return the study that lies open, where it is the one that the tab shows.

    Raises:
        OtherStudy: If another window opened another one.
    """
    study = desk.study()
    if desk.shown.get(ask.visit, study.root) != study.root:
        raise OtherStudy
    return study


@contextmanager
def held(desk: Desk, ask: Ask) -> Iterator[Study]:
    """Hold the study for writing, as one thread of one process.

    Raises:
        StudyLocked: If somebody else goes on writing.
        CannotWrite: If the folder cannot be written to.
    """
    study = shown_study(desk, ask)
    with desk.writing, studies.locked(study, coder_of(desk, ask, study), brief=not desk.must_sweep()):
        yield study


@contextmanager
def change(desk: Desk, ask: Ask, what: str, about: str, paths: Sequence[Path]) -> Iterator[Study]:
    """Change files of the study so that the tab, and `qualkit undo`, can take it back.

    Args:
        desk: The workbench.
        ask: Who asks.
        what: As in the trail: "mark".
        about: What it is done to: a transcript, a code.
        paths: Of the files that may change.
    """

    def note(seen: Sequence[Seen], number: int) -> None:
        files: dict[str, Lines | Whole] = {}
        for each in seen:
            file = studies.relative(study, each.path)
            known = each.splice and _lines(each.splice)
            files[file] = known or _difference(file, each.before, each.after)
        _noted(desk, ask, Step(what, about, number, files))

    with held(desk, ask) as study, recorded(study, coder_of(desk, ask, study), what, about, paths, then=note):
        yield study


@contextmanager
def remembered(desk: Desk, ask: Ask, study: Study, what: str, about: str, paths: Sequence[Path]) -> Iterator[None]:
    """Note for the tab what a block does to files; for changes that `undoing` keeps by themselves.

    Args:
        desk: The workbench.
        ask: Who asks.
        study: Held; see `held`.
        what: As in the trail.
        about: What it is done to.
        paths: Of the files that may change.
    """
    before = {path: _bytes(path) for path in paths}
    try:
        yield
    finally:
        files: dict[str, Lines | Whole] = {}
        for path, old in before.items():
            new = _bytes(path)
            if new != old:
                files[studies.relative(study, path)] = _difference(studies.relative(study, path), old, new)
        if files:
            kept = changes(study)
            _noted(desk, ask, Step(what, about, kept[-1].number if kept else 0, files))


def _noted(desk: Desk, ask: Ask, step: Step) -> None:
    visit = visit_of(desk, ask)
    visit.done.append(step)
    visit.back.clear()


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _lines(splice: Splice) -> Lines | None:
    """Return the lines that a splice tells of; None where equal lines make it doubtful which are meant."""
    was, now = splice.gone.encode().split(b"\n"), splice.came.encode().split(b"\n")
    gone, came = (tuple(line for line in one if line and line not in other) for one, other in ((was, now), (now, was)))
    return Lines(gone, came) if len({*gone, *came}) == len(gone) + len(came) else None


def _difference(file: str, old: bytes | None, new: bytes | None) -> Lines | Whole:
    if file.startswith("codings/"):
        was, now = (dict.fromkeys(each.split(b"\n") if each else ()) for each in (old, new))
        return Lines(
            tuple(line for line in was if line and line not in now),
            tuple(line for line in now if line and line not in was),
        )
    return Whole(*(None if each is None else zlib.compress(each, 1) for each in (old, new)))


def exchanged(data: bytes, gone: Sequence[bytes], came: Sequence[bytes]) -> bytes | None:
    r"""Return a coding file in which some lines took the place of others; None where one to be replaced is not there.

    Lines that cannot be read stay at the end, as they do when the file is saved.

    Example:
        >>> a, b, later = b'{"id":"a","start":1}', b'{"id":"b","start":5}', b'{"id":"a","start":9}'
        >>> exchanged(a + b"\n" + b + b"\n", [a], [later])
        b'{"id":"b","start":5}\n{"id":"a","start":9}\n'
    """
    lines = [line for line in data.split(b"\n") if line.strip()]
    left = dict.fromkeys(lines)
    if any(line not in left for line in gone):
        return None
    going = set(gone)
    lines = sorted([*(line for line in lines if line not in going), *came], key=line_place)
    return b"".join(line + b"\n" for line in lines)


def take_back(desk: Desk, ask: Ask, *, redo: bool = False) -> Answer:
    """Take back what the tab did last, or make again what it took back last.

    Raises:
        NothingToTakeBack: If there is nothing.
        EditedSince: If what it changed was changed again by somebody else.
    """
    visit = visit_of(desk, ask)
    with held(desk, ask) as study:
        steps = visit.back if redo else visit.done
        if not steps:
            raise NothingToTakeBack(redo=redo)
        step = steps[-1]
        files: dict[str, bytes | None] = {}
        edited = []
        for file, difference in step.files.items():
            now = _bytes(study.root / file)
            try:
                files[file] = _reversed(now, difference, redo=redo)
            except LookupError:
                edited.append(file)
        if edited:
            raise EditedSince(edited, f"{step.what} {step.about}".strip(), redo=redo)
        who = coder_of(desk, ask, study)
        kind = "redo" if redo else "undo"
        told = Decision(studies.now(), who, kind, step.about, None, {"change": f"{step.what} {step.about}".strip()})
        carry_out(study, told, files, kind=kind, of=step.number)
        steps.pop()
        (visit.done if redo else visit.back).append(step)
    return {"what": step.what, "about": step.about, "files": sorted(step.files), **state(visit)}


def _reversed(now: bytes | None, difference: Lines | Whole, *, redo: bool) -> bytes | None:
    if isinstance(difference, Lines):
        gone, came = (difference.gone, difference.came) if redo else (difference.came, difference.gone)
        data = exchanged(now or b"", gone, came)
        if data is None:
            raise LookupError
        return data or None
    before, after = (None if one is None else zlib.decompress(one) for one in (difference.before, difference.after))
    if now != (before if redo else after):
        raise LookupError
    return after if redo else before


def state(visit: Visit) -> dict[str, int]:
    """Return how many steps a tab can take back and make again."""
    return {"undo": len(visit.done), "redo": len(visit.back)}


def undo(desk: Desk, ask: Ask) -> Answer:
    """Take back the tab's last step."""
    return take_back(desk, ask)


def redo(desk: Desk, ask: Ask) -> Answer:
    """Make the tab's last step again that was taken back."""
    return take_back(desk, ask, redo=True)


ROUTES: tuple[Route, ...] = (("POST", "/api/undo", undo), ("POST", "/api/redo", redo))
