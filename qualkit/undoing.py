"""Changes to files of a study that are finished whatever happens meanwhile, and can be taken back.

Before a change the bytes of its files, as they are and as they will be, lie in `history/undo/` under their hash,
beside a list of what is to be done. A process that is stopped in the middle leaves that list, and the next command
does the rest.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from qualkit import disk
from qualkit import study as studies
from qualkit.coding.splices import Splice, splice_between
from qualkit.errors import QualkitError
from qualkit.model import RULES_CODER, Decision, Study
from qualkit.table import Column, Table
from qualkit.text import sha256_hex

KEPT = 50
_PARSED = 256

_parsed_lists: OrderedDict[str, tuple[tuple[int, int, int], Change | None]] = OrderedDict()
_hashed: dict[str, tuple[bytes, str]] = {}


class NothingToTakeBack(QualkitError):
    """No change is kept that could be taken back, or made again."""

    def __init__(self, *, redo: bool = False) -> None:
        what = "made again" if redo else "taken back"
        super().__init__(
            f"there is no change that can be {what}",
            f"The last {KEPT} changes of review, mark and codebook are kept. See what was done: qualkit log",
        )


class EditedSince(QualkitError):
    """A file of the change was edited after it, so taking the change back would lose the edit."""

    def __init__(self, files: Sequence[str], what: str, *, redo: bool = False) -> None:
        verb = "made again" if redo else "taken back"
        super().__init__(
            f"“{what}” was not {verb}: edited since: {', '.join(files)}",
            "Nothing was changed. With --force the files become what they were all the same; what they are now is "
            "kept, and “qualkit undo --redo” brings it back.",
        )


class BytesGone(QualkitError):
    """The earlier bytes of a change are no longer kept."""

    def __init__(self, file: str) -> None:
        super().__init__(f"what {file} was before is no longer kept", "Nothing was changed. Is there a backup?")


@dataclass(frozen=True, slots=True)
class Touched:
    """A file of a change: its path in the study, and the hash of its bytes before and after; None for no file.

    Attributes:
        splice: What made the one of the other, where few lines of many changed: then neither is kept whole, if it
            can be made of what is.
    """

    path: str
    before: str | None
    after: str | None
    splice: Splice | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a block did to a file: its bytes before and after, None for no file; and how one became the other."""

    path: Path
    before: bytes | None
    after: bytes | None
    splice: Splice | None


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to files of a study.

    Attributes:
        number: Counts up; 0 before the change is finished.
        kind: "change", "undo" or "redo".
        of: The number of the change that was taken back or made again; 0 for none.
        what: As in the trail: "codebook rename".
        object: What it was done to.
        files: That it touched.
        told: The line of the trail it writes when its files are written; None where its lines are written already.
    """

    number: int
    kind: str
    of: int
    what: str
    object: str
    who: str
    when: str
    files: tuple[Touched, ...]
    told: Decision | None = None


@dataclass(slots=True)
class Sitting:
    """Decisions taken one after the other, while others may write between them, and taken back together.

    What was decided so far is kept with every decision: a sitting that breaks off can be taken back like any other.

    Attributes:
        about: What they are about.
        change: What is kept so far.
    """

    about: str = ""
    change: Change | None = None


# --- making changes ---------------------------------------------------------------------------------


def carry_out(
    study: Study, told: Decision, files: Mapping[str, bytes | None], *, kind: str = "change", of: int = 0
) -> Change:
    """Write files so that all of them are written or, after a crash, the next command writes the rest.

    Args:
        study: Locked by the caller's process.
        told: The line of the trail, written last.
        files: Bytes by path in the study; None takes a file away. A file that has these bytes already is left.
        kind: "undo" and "redo" for changes of changes.
        of: The change that is taken back or made again.
    """
    finish(study)
    touched = []
    for path, data in files.items():
        now = _bytes(study.root / path)
        if now != data:
            private = _is_private(path)
            touched.append(Touched(path, _keep(study, now, private=private), _keep(study, data, private=private)))
    change = Change(0, kind, of, told.what, told.object, told.who, told.when, tuple(touched), told)
    disk.write_atomically(studies.begun_path(study), _rendered(change))
    return _do(study, change)


@contextmanager
def recorded(
    study: Study,
    who: str,
    what: str,
    about: str,
    paths: Sequence[Path],
    *,
    sitting: Sitting | None = None,
    then: Callable[[list[Seen], int], None] | None = None,
) -> Iterator[None]:
    """Keep what files were before a block and after it, so that all it did to them can be taken back at once.

    Args:
        study: Locked by the caller's process.
        who: Does it.
        what: As in the trail.
        about: What it is done to.
        paths: Of the files.
        sitting: What the block belongs to, where several are taken back together.
        then: Told what it did, if it did something, and the number the change was given.
    """
    finish(study)
    before = {path: _bytes(path) for path in paths}
    try:
        yield
    finally:
        seen = [
            Seen(path, old, new, _splice(study, path, old, new))
            for path, old in before.items()
            if (new := _bytes(path)) != old
        ]
        if seen:
            number = 0
            try:
                known = changes(study)
                touched = tuple(_touched(study, each, known, whole=sitting is not None) for each in seen)
                change = Change(0, "change", 0, what, about, who, studies.now(), touched)
                if sitting is None:
                    number = _file_away(study, change, known).number
                else:
                    sitting.change = _joined(study, sitting.change, change)
                    number = sitting.change.number if sitting.change else 0
            finally:
                if then is not None:
                    then(seen, number)


def _splice(study: Study, path: Path, old: bytes | None, new: bytes | None) -> Splice | None:
    if not old or not new or not studies.relative(study, path).startswith("codings/"):
        return None
    return splice_between(old, new)


def _touched(study: Study, seen: Seen, kept: Sequence[Change], *, whole: bool) -> Touched:
    """Keep what a file was and became: of many codings of which few changed, those few."""
    file = studies.relative(study, seen.path)
    private = _is_private(file)
    if whole or seen.splice is None or seen.before is None or seen.after is None:
        return Touched(file, _keep(study, seen.before, private=private), _keep(study, seen.after, private=private))
    known = _hashed.get(file)
    before = known[1] if known is not None and known[0] == seen.before else sha256_hex(seen.before)
    after = sha256_hex(seen.after)
    # What the next change will ask for; another study's file of this name has other bytes.
    _hashed.clear()
    _hashed[file] = (seen.after, after)
    if before not in _within_reach(_wholes(study), kept):
        _keep(study, seen.before, private=private)
    return Touched(file, before, after, seen.splice)


def _wholes(study: Study) -> set[str]:
    """Return the hashes of what is kept whole."""
    try:
        with os.scandir(_folder(study)) as entries:
            return {entry.name[:-2] for entry in entries if entry.name.endswith(".z")}
    except FileNotFoundError:
        return set()


def _within_reach(wholes: Iterable[str], known: Sequence[Change]) -> set[str]:
    """Return the hashes of what is kept whole or can be made of it."""
    steps: dict[str, list[str]] = {}
    for change in known:
        for one in change.files:
            if one.splice is not None and one.before and one.after:
                steps.setdefault(one.before, []).append(one.after)
                steps.setdefault(one.after, []).append(one.before)
    found = set(wholes)
    waiting = [digest for digest in found if digest in steps]
    while waiting:
        for near in steps.get(waiting.pop(), ()):
            if near not in found:
                found.add(near)
                waiting.append(near)
    return found


def _joined(study: Study, last: Change | None, change: Change) -> Change | None:
    """Put a change together with the one before it of the same sitting, unless something else was done between."""
    known = changes(study)
    files = {one.path: one for one in last.files} if last is not None else {}
    between = any(one.path in files and files[one.path].after != one.before for one in change.files)
    if last is None or not known or known[-1] != last or between:
        return _file_away(study, change, known)
    for one in change.files:
        files[one.path] = replace(one, before=files[one.path].before) if one.path in files else one
    joined = replace(last, when=change.when, files=tuple(one for one in files.values() if one.before != one.after))
    path = _folder(study) / f"{last.number:04d}.json"
    if joined.files:
        disk.write_atomically(path, _rendered(joined))
    else:
        path.unlink(missing_ok=True)
    _forget(study, changes(study))
    return joined if joined.files else None


def finish(study: Study) -> str:
    """Finish a change that a crash broke off; return what it was, "" where there was none.

    A file that was edited since is left as it is.
    """
    path = studies.begun_path(study)
    if not path.is_file():
        return ""
    change = _parsed(path.read_bytes())
    if change is None:
        # It is written whole or not at all: this is not ours, and nothing had been done.
        path.replace(path.with_name("unreadable.json"))
        return ""
    _do(study, change, again=True)
    return change.what


def _do(study: Study, change: Change, *, again: bool = False) -> Change:
    for touched in change.files:
        path = study.root / touched.path
        now = _hash(_bytes(path))
        if now == touched.after or now != touched.before:
            continue
        data = None if touched.after is None else _kept(study, touched.after, touched.path)
        if data is None:
            path.unlink(missing_ok=True)
        else:
            disk.write_atomically(path, data, private=_is_private(touched.path))
    if change.told is not None and not (again and change.told in studies.read_trail(study)[0][-20:]):
        studies.append_decision(study, change.told)
    return _file_away(study, change, changes(study))


def _file_away(study: Study, change: Change, kept: Sequence[Change]) -> Change:
    """Put the list of a finished change beside those that are kept."""
    folder = _folder(study)
    number = max((each.number for each in kept), default=0) + 1
    begun = studies.begun_path(study)
    if begun.is_file():
        begun.replace(folder / f"{number:04d}.json")
    else:
        disk.write_atomically(folder / f"{number:04d}.json", _rendered(replace(change, told=None)))
    filed = replace(change, number=number, told=None)
    _forget(study, [*kept, filed])
    return replace(change, number=number)


def _forget(study: Study, every: Sequence[Change]) -> None:
    """Keep the last changes, and the bytes they need."""
    old, last = every[:-KEPT], every[-KEPT:]
    needed = {digest for each in last for one in each.files for digest in (one.before, one.after) if digest}
    if old:
        _keep_reachable(study, every, last, needed)
    for each in old:
        (_folder(study) / f"{each.number:04d}.json").unlink(missing_ok=True)
    for digest in _wholes(study) - needed:
        (_folder(study) / f"{digest}.z").unlink(missing_ok=True)


def _keep_reachable(study: Study, every: Sequence[Change], last: Sequence[Change], needed: set[str]) -> None:
    """Keep whole what could not be made any more of what stays: the newest, for all before it can be made of that."""
    wholes = _wholes(study)
    before = _within_reach(wholes, every)
    left = _within_reach(wholes & needed, last)
    for change in reversed(last):
        for one in change.files:
            for digest in (one.after, one.before):
                if digest and digest in before and digest not in left:
                    data = kept_bytes(study, digest)
                    if data is not None:
                        _keep(study, data, private=_is_private(one.path))
                        left |= _within_reach([digest], last)


def forget(study: Study, folder: str) -> int:
    """Forget every change that touched files of a folder, and what they were; return how many.

    Args:
        study: Locked by the caller's process.
        folder: In the study: "private".
    """
    finish(study)
    every = changes(study)
    gone = [change for change in every if any(one.path.startswith(f"{folder}/") for one in change.files)]
    rest = [change for change in every if change not in gone]
    needed = {digest for each in rest for one in each.files for digest in (one.before, one.after) if digest}
    if gone:
        _keep_reachable(study, every, rest, needed)
    for change in gone:
        (_folder(study) / f"{change.number:04d}.json").unlink(missing_ok=True)
    _forget(study, rest)
    return len(gone)


# --- taking back ------------------------------------------------------------------------------------


def changes(study: Study) -> list[Change]:
    """Return the changes that are kept, in their order."""
    found = []
    try:
        with os.scandir(_folder(study)) as entries:
            lists = [entry for entry in entries if entry.name.endswith(".json") and entry.name[:-5].isdecimal()]
    except FileNotFoundError:
        return []
    for entry in lists:
        change = _list_at(entry)
        if change is not None:
            found.append(change)
    return sorted(found, key=lambda change: change.number)


def _list_at(entry: os.DirEntry[str]) -> Change | None:
    """Return a finished change as its file says, read again only where the file is another one."""
    status = entry.stat()
    version = (status.st_mtime_ns, status.st_size, status.st_ino)
    known = _parsed_lists.get(entry.path)
    if known is None or known[0] != version:
        change = _parsed(Path(entry.path).read_bytes())
        known = (version, None if change is None else replace(change, number=int(entry.name[:-5])))
        _parsed_lists[entry.path] = known
        while len(_parsed_lists) > _PARSED:
            _parsed_lists.popitem(last=False)
    return known[1]


def next_back(study: Study, *, redo: bool = False) -> Change:
    """Return the change that is taken back next, or made again next.

    Raises:
        NothingToTakeBack: If there is none.
    """
    done: list[Change] = []
    back: list[tuple[Change, Change]] = []
    for change in changes(study):
        if change.kind == "change":
            done.append(change)
            back.clear()
        elif change.kind == "undo":
            back += [(one, change) for one in done if one.number == change.of]
            done = [one for one in done if one.number != change.of]
        else:
            done += [one for one, _ in back if one.number == change.of]
            back = [(one, undo) for one, undo in back if one.number != change.of]
    if not (back if redo else done):
        raise NothingToTakeBack(redo=redo)
    return back[-1][1] if redo else done[-1]


def first_of(study: Study, change: Change) -> Change:
    """Return the change that a change takes back or makes again; itself, where it is a change of its own."""
    return next((one for one in changes(study) if one.number == change.of), change) if change.of else change


def edited_since(study: Study, change: Change) -> list[str]:
    """Return the files of a change that are no longer as it left them.

    The rules' proposals do not count: they are made anew with every `qualkit code`.
    """
    return [
        one.path
        for one in change.files
        if not one.path.startswith(f"codings/{RULES_CODER}/") and _hash(_bytes(study.root / one.path)) != one.after
    ]


def take_back(study: Study, who: str, *, redo: bool = False, force: bool = False, why: str = "") -> Change:
    """Take the last change back that is not taken back yet, or make the one again that was taken back last.

    Args:
        study: Locked by the caller's process.
        who: Does it.
        redo: Make again instead.
        force: Also where a file was edited since.
        why: For the trail.

    Raises:
        NothingToTakeBack: If there is none.
        EditedSince: If a file was edited since.
        BytesGone: If the earlier bytes are no longer kept.
    """
    finish(study)
    change = next_back(study, redo=redo)
    first = first_of(study, change)
    edited = edited_since(study, change)
    if edited and not force:
        raise EditedSince(edited, f"{first.what} {first.object}".strip(), redo=redo)
    files = {one.path: None if one.before is None else _kept(study, one.before, one.path) for one in change.files}
    after = {"change": f"{first.what} {first.object}".strip(), "of": first.when, "by": first.who}
    told = Decision(studies.now(), who, "redo" if redo else "undo", first.object, None, after, why)
    carry_out(study, told, files, kind="redo" if redo else "undo", of=first.number)
    return first


def change_table(change: Change, edited: Sequence[str], *, redo: bool = False) -> Table:
    """Return the files of a change, and which of them were edited since."""
    columns = (Column("file", "File"), Column("becomes", "Becomes"), Column("edited", "Edited since"))
    rows = tuple(
        (one.path, "what the change made it" if redo else "what it was", "yes" if one.path in edited else "")
        for one in change.files
    )
    return Table("undo", f"{change.what} {change.object}, {change.when}, {change.who}", columns, rows)


# --- files ------------------------------------------------------------------------------------------


def _folder(study: Study) -> Path:
    return studies.undo_folder(study)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _hash(data: bytes | None) -> str | None:
    return None if data is None else sha256_hex(data)


def _is_private(file: str) -> bool:
    """Return whether a file tells who somebody is: its owner alone may read it, and what it was."""
    return file.startswith("private/")


def _keep(study: Study, data: bytes | None, *, private: bool) -> str | None:
    if data is None:
        return None
    digest = sha256_hex(data)
    path = _folder(study) / f"{digest}.z"
    if not path.is_file():
        disk.write_atomically(path, zlib.compress(data, 1), private=private)
    return digest


def _kept(study: Study, digest: str, file: str) -> bytes:
    data = kept_bytes(study, digest)
    if data is None:
        raise BytesGone(file)
    return data


def kept_bytes(study: Study, digest: str) -> bytes | None:
    """Return the bytes with a hash, or None if they are not kept and cannot be made of what is."""
    wholes = _wholes(study)
    steps: dict[str, list[tuple[str, Splice, bool]]] = {}
    for change in changes(study) if digest not in wholes else ():
        for one in change.files:
            if one.splice is not None and one.before and one.after:
                steps.setdefault(one.before, []).append((one.after, one.splice, True))
                steps.setdefault(one.after, []).append((one.before, one.splice, False))
    # From what is asked for to the nearest that is kept whole, and the same way back.
    ways: dict[str, list[tuple[Splice, bool]]] = {digest: []}
    waiting = [digest]
    for here in waiting:
        if here in wholes:
            return _made(study, here, ways[here], digest)
        for near, splice, back in steps.get(here, ()):
            if near not in ways:
                ways[near] = [*ways[here], (splice, back)]
                waiting.append(near)
    return None


def _made(study: Study, whole: str, way: Sequence[tuple[Splice, bool]], digest: str) -> bytes | None:
    data: bytes | None = None
    # A disk that refuses is told as such: what it holds is not gone.
    with contextlib.suppress(FileNotFoundError, zlib.error):
        data = zlib.decompress((_folder(study) / f"{whole}.z").read_bytes())
    for splice, back in reversed(way):
        data = None if data is None else splice.applied(data, back=back)
    return data if data is not None and sha256_hex(data) == digest else None


def _rendered(change: Change) -> bytes:
    record = asdict(change)
    for one in record["files"]:
        if one["splice"] is None:
            del one["splice"]
    return orjson.dumps(record, option=orjson.OPT_INDENT_2) + b"\n"


def _splice_of(one: Mapping[str, Any]) -> Splice | None:
    """Return the splice of a list's file; one that is none is a TypeError."""
    given = one.get("splice")
    if given is None:
        return None
    found = Splice(**given)
    if not (isinstance(found.at, int) and isinstance(found.gone, str) and isinstance(found.came, str)):
        raise TypeError
    return found


def _parsed(data: bytes) -> Change | None:
    try:
        record = orjson.loads(data)
        record["files"] = tuple(Touched(**{**one, "splice": _splice_of(one)}) for one in record["files"])
        record["told"] = Decision(**record["told"]) if record["told"] else None
        inside = all(Path(one.path).parts and not {"..", "/"} & set(Path(one.path).parts) for one in record["files"])
        return Change(**record) if inside and not any(Path(one.path).is_absolute() for one in record["files"]) else None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
