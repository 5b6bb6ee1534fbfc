"""Commands as they are typed into a study; before some of them an interview comes, or a transcript is edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.reliability import writings
from benchmarks.reliability.worlds import Command, World
from qualkit.model import WAITING, Coding

_FEW = 4
"""Codes that are left in a codebook, so that there is something to code with."""


def _code(world: World) -> Command:
    book = world.root / "codebook.yaml"
    if world.rng.random() < 0.6:
        world.interview(world.folder)
    elif book.is_file() and book.read_bytes() != (world.folder / "codebook.yaml").read_bytes():
        # It has its own changes by now, and does not follow the other.
        book.write_text(book.read_text() + _code_line(world))
    else:
        book = world.folder / "codebook.yaml"
        book.write_text(book.read_text() + _code_line(world))
    return Command(("code", str(world.folder), "--jobs", "1"))


def _code_line(world: World) -> str:
    return f"- {{id: n{world.rng.randrange(10**9)}, name: N, rules: [ingen]}}\n"


def _add(world: World) -> Command:
    return Command(("add", str(world.interview(world.base / "more")), "--study", str(world.root)))


def _mark(world: World) -> Command:
    path = world.rng.choice(world.texts())
    words = path.read_text(encoding="utf-8").rpartition("---")[2].split()[4:]
    at = world.rng.randrange(max(1, len(words) - 4))
    wanted = (path.stem, world.rng.choice(world.codes()), " ".join(words[at : at + 4]))
    return Command(("mark", *wanted, "--study", str(world.root)))


def _review(world: World) -> Command:
    keys = "".join(world.rng.choice("aarau") + "\n" for _ in range(5))
    return Command(("review", "--study", str(world.root)), keys)


def _read(world: World) -> Command:
    return Command(("review", "--read", world.rng.choice(world.texts()).stem, "--study", str(world.root)))


def _export(world: World) -> Command:
    kind = world.rng.choice(("word", "excel", "csv"))
    return Command(("export", kind, "--force", "--allow-unreviewed", "a draft", "--study", str(world.root)))


def _code_of(world: World) -> str:
    """Return a code that is to be changed, rather one that was given than one that was not."""
    given = sorted({known.code for known in world.codings.values() if known is not None})
    return world.rng.choice(given if given and world.rng.random() < 0.8 else world.codes())


def _rename(world: World) -> Command:
    old, new = _code_of(world), f"r{world.rng.randrange(10**9)}"
    return _changed(world, {old: new}, "rename", old, new)


def _merge(world: World) -> Command:
    codes = world.codes()
    if len(codes) <= _FEW:
        return _rename(world)
    gone = _code_of(world)
    into = world.rng.choice([code for code in codes if code != gone])
    return _changed(world, {gone: into}, "merge", gone, into, "--into", into)


def _delete(world: World) -> Command:
    codes = world.codes()
    if len(codes) <= _FEW:
        return _rename(world)
    gone = _code_of(world)
    other = world.rng.choice([code for code in codes if code != gone])
    if world.rng.random() < 0.3:
        return _changed(world, {gone: None}, "delete", gone, "--drop-codings", "--out-of-themes")
    return _changed(world, {gone: other}, "delete", gone, "--codings-to", other)


def _changed(world: World, becomes: Mapping[str, str | None], *arguments: str) -> Command:
    return Command(("codebook", *arguments, "--why", "", "--study", str(world.root)), becomes=becomes)


def _anchor(world: World) -> Command:
    """Edit passages that were coded, in an editor, and decide what becomes of the codings."""
    from qualkit import study as studies

    study = studies.open_study(world.root)
    coded = [c for path in world.texts() for c in studies.read_codings(study, "kari", path.stem)[0]]
    for coding in world.rng.sample(coded, min(3, len(coded))):
        _edit(world, coding)
    keys = "".join(world.rng.choice("111kkdn") + "\n" for _ in range(6))
    return Command(("anchor", "--decide", "--study", str(world.root)), keys)


def _edit(world: World, coding: Coding) -> None:
    name = coding.unit.span.transcript
    path = world.root / "transcripts" / f"{name}.txt"
    head, fence, text = path.read_text(encoding="utf-8").partition("\n---\n")
    words = coding.unit.text
    if coding.anchor in WAITING or words not in text:
        return
    other = world.rng.choice(("", "Været var visst dårlig da.", words.replace(" ", " jo ", 1), f"{words} {words}"))
    path.write_text(head + fence + text.replace(words, other, 1), encoding="utf-8")
    world.was_edited(name)


def _withdraw(world: World) -> Command:
    paths = world.texts()
    if len(paths) < 2:
        return _read(world)
    gone = world.rng.choice(paths).stem
    return Command(("withdraw", gone, "--yes", "--study", str(world.root)), withdraws=gone)


OPERATIONS: dict[str, Callable[[World], Command]] = {
    "code": _code,
    "add": _add,
    "mark": _mark,
    "review": _review,
    "read": _read,
    "export": _export,
    "rename": _rename,
    "merge": _merge,
    "delete": _delete,
    "anchor": _anchor,
    "withdraw": _withdraw,
    "themes": writings.themes,
    "themes in the page": writings.theme_board,
    "codings in the page": writings.page,
    "read notes": writings.noted,
    "guide": writings.guide,
    "framework": writings.framework,
    "quotations": writings.quotations,
    "condense": writings.condensing,
    "anonymise": writings.deciding,
    "seal": writings.sealing,
    "appendix": writings.appendix,
}
