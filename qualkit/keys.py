"""What still tells who is who, and its destruction, of what a person tells it to destroy.

Nothing here calls data anonymous. That is a judgement about everything that is left, other people's copies and other
people's knowledge among it; it is the researcher's, and the trail keeps it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qualkit import handed_on, register
from qualkit import study as studies
from qualkit.checks import DESTROYED
from qualkit.erasure import Begun, BegunAlready, Change, carry_out, read_begun
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.identity import Identities
from qualkit.left_behind import files_of
from qualkit.model import Study
from qualkit.table import Cell, Column, Table
from qualkit.text import near_miss
from qualkit.undoing import forget

WHAT = DESTROYED
"""As in the trail; the command, too."""

GROUPS = (
    "register",
    "key",
    "private",
    "originals",
    "history",
    "undo",
    "participants",
    "memos",
    "working",
    "exports",
    "cache",
    "backups",
)
"""What can be destroyed here."""

_KEPT_IN_CACHE = ("lock", *handed_on.FILES)


class NothingToDestroy(QualkitError):
    """None of what was named is there, or can be destroyed here."""

    def __init__(self, named: str = "") -> None:
        near = near_miss(named, list(GROUPS)) if named else None
        message = f"“{named}” is nothing that can be destroyed here" if named else "nothing of what was named is there"
        hint = f"Did you mean “{near}”?" if near else f"Can be destroyed, where it is there: {', '.join(GROUPS)}."
        super().__init__(message, hint)


class NoJudgement(QualkitError):
    """Nothing was said about why the key is destroyed."""

    def __init__(self) -> None:
        super().__init__(
            "the trail has to say why, and what you judge the data to be now; nothing was destroyed",
            'Say it: --judgement "…". It is yours: no program can tell whether somebody can still be recognised.',
        )


@dataclass(frozen=True, slots=True)
class Holding:
    """Something in a study, or beside it, by which somebody can still be recognised.

    Attributes:
        key: What it is called on the command line; "" where it cannot be destroyed here.
        what: For a person.
        where: Folder or file.
        number: How many files, or other things.
        files: That go when it is destroyed, relative to the study where they lie in it.
        hint: What to do about what cannot be destroyed here.
    """

    key: str
    what: str
    where: str
    number: int
    files: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Destroying:
    """What goes.

    Attributes:
        groups: As they were named.
        changes: Files.
        begun: For `withdrawal.json` and the trail.
    """

    groups: tuple[str, ...]
    changes: tuple[Change, ...]
    begun: Begun


# --- what still identifies --------------------------------------------------------------------------


def holdings(study: Study) -> list[Holding]:
    """Return everything by which somebody can still be recognised, in reach and out of it; writes nothing."""
    every = [studies.relative(study, path) for path in files_of(study.root)]
    found: list[Holding] = []

    def add(key: str, what: str, where: str, files: Iterable[str], hint: str = "") -> None:
        some = tuple(files)
        if some:
            found.append(Holding(key, what, where, len(some), some if key else (), hint))

    ours = studies.relative(study, register.register_path(study))
    key = studies.relative(study, register.key_path(study))
    is_key = (study.root / key).is_file()
    add("register", "the register: who is who", ours, [ours] if register.has_register(study) else [])
    add("key", "the key of the pseudonyms in transcripts", key, [key] if is_key else [])
    private = [file for file in every if file.startswith("private/") and file not in (ours, key)]
    add("private", "other private files", "private/", private)
    originals = _originals(study, every)
    inside = [file for file in originals if not _is_outside(file)]
    outside = [file for file in originals if _is_outside(file)]
    add("originals", "originals, as they came", ", ".join(study.settings.originals), inside)
    add(
        "",
        "originals outside the study",
        ", ".join(sorted({file.rpartition("/")[0] for file in outside})),
        outside,
        "yours to delete",
    )
    for part, what in (("transcripts", "transcripts: what was said"), ("codings", "codings, with the words coded")):
        add("", what, f"{part}/", [f for f in every if f.startswith(f"{part}/")], "qualkit close")
    add("history", "earlier texts of transcripts", "history/", [f for f in every if _is_history(f)])
    add("undo", "what files were before changes", "history/undo/", [f for f in every if f.startswith("history/undo/")])
    add("participants", "the list of participants", "participants", [f for f in every if f in studies.PARTICIPANTS])
    written = (studies.CONDENSATES, studies.CONDENSED, studies.FRAMEWORK)
    add(
        "memos",
        "memos, impressions, condensates and summaries",
        "memos/",
        [f for f in every if f.startswith(("memos/", f"{studies.REFLECTIONS}/")) or f in written],
    )
    add("working", "working papers", "working/", [f for f in every if f.startswith("working/")])
    add("exports", "exports", "exports/", [f for f in every if f.startswith("exports/")])
    cache = [f for f in every if f.startswith(".qualkit/") and f.partition("/")[2] not in _KEPT_IN_CACHE]
    add("cache", "the cache", ".qualkit/", cache)
    lines = len(studies.read_trail(study)[0])
    if lines:
        found.append(
            Holding("", "lines of the trail: who decided what, and why", "trail.jsonl", lines, (), "qualkit close")
        )
    found += _kept(study)
    found += _beyond(study)
    return found


def what_still_identifies(study: Study) -> Table:
    """Return what somebody can still be recognised by, and which of it can be destroyed here."""
    columns = (
        Column("what", "What"),
        Column("where", "Where"),
        Column("number", "Number", "count"),
        Column("destroy", "To destroy it"),
    )
    rows: list[tuple[Cell, ...]] = [
        (one.what, one.where, one.number, f"--delete {one.key}" if one.key else one.hint) for one in holdings(study)
    ]
    recovered = "Deleted files can often be recovered from a disk, and backups of the computer keep them."
    judged = (
        "qualkit does not call data anonymous. Whether somebody can still be recognised, by what is left here, by what "
        "others keep, or by those who know them, is for you to judge."
    )
    return Table("still-identifies", "What still identifies", columns, tuple(rows), (recovered, judged))


def _originals(study: Study, every: Sequence[str]) -> list[str]:
    """Return the files of the folders of originals that lie in the study, and originals outside that are there."""
    folders = ["originals", *(folder.strip("/") for folder in study.settings.originals)]
    named = [source for source in studies.sources(study) if (study.root / source).is_file()]
    within = [file for file in every if any(file.startswith(f"{folder}/") for folder in folders)]
    return list(dict.fromkeys((*within, *named)))


def _is_outside(file: str) -> bool:
    return file.startswith("..") or Path(file).is_absolute()


def _is_history(file: str) -> bool:
    return file.startswith("history/") and not file.startswith("history/undo/")


def _kept(study: Study) -> list[Holding]:
    """Return what was decided to stay as it is, where the register can be read."""
    try:
        identities, _ = register.read_register(study)
    except (register.NoPassphrase, register.WrongPassphrase, register.TwoRegisters, FaultyFiles):
        return []
    return _kept_of(identities)


def _kept_of(identities: Identities) -> list[Holding]:
    kept = [one for one in identities.identities if one.action == "keep" and one.cls != "public"]
    wide = [one for one in identities.identities if one.action in ("generalise", "band")]
    waiting = [one for one in identities.identities if not one.decided]
    told = (
        ("identities that stay as they are", kept),
        ("identities printed as something wider, which add up over one person's quotations", wide),
        ("identities nobody has decided about", waiting),
    )
    return [Holding("", what, "exports", len(some), (), "qualkit anonymise check") for what, some in told if some]


def _beyond(study: Study) -> list[Holding]:
    """Return what lies outside the study: backups, git, a synchronised folder, what others have."""
    found = []
    backups = [path for path in handed_on.remembered(study, "backups") if Path(path).is_file()]
    if backups:
        found.append(Holding("backups", "backups made with qualkit", ", ".join(backups), len(backups), tuple(backups)))
    above = [study.root.absolute(), *study.root.absolute().parents]
    git = [folder for folder in above if (folder / ".git").exists()]
    if git:
        hint = "a new repository, without the old commits"
        found.append(Holding("", "git, which keeps every version that was committed", git[0].name, 1, (), hint))
    hint = "by hand"
    found.append(
        Holding("", "recordings, consent forms, e-mails, others' copies and backups", "elsewhere", 1, (), hint)
    )
    return found


# --- destroying -------------------------------------------------------------------------------------


def plan_destroying(study: Study, groups: Sequence[str], judgement: str) -> Destroying:
    """Find the files that go; writes nothing. What was broken off is gone on with, as it was told then.

    Args:
        study: Whose key is destroyed.
        groups: As `holdings` names them: "register", "key", "originals" …
        judgement: What the researcher judges the data to be, and why the key goes.

    Raises:
        NothingToDestroy: If one of them is not known or nothing is there.
        NoJudgement: If nothing is said.
        BegunAlready: If another erasing was broken off.
    """
    begun = read_begun(study)
    if begun is not None and begun.what != WHAT:
        raise BegunAlready(begun)
    if begun is not None:
        groups = [str(one) for one in begun.told.get("destroyed", ())]
    unknown = next((group for group in groups if group not in GROUPS), None)
    if unknown is not None:
        raise NothingToDestroy(unknown)
    there = {one.key: one for one in holdings(study) if one.key}
    groups = tuple(dict.fromkeys(group for group in groups if group in there or begun is not None))
    if not groups:
        raise NothingToDestroy
    if begun is None and not judgement.strip():
        raise NoJudgement
    changes = [Change(file, None, there[one].what) for one in groups if one in there for file in there[one].files]
    if begun is None:
        told = {
            "destroyed": list(groups),
            "files": len(changes),
            "judgement": judgement.strip(),
            "erasing": secrets.token_hex(4),
        }
        begun = Begun(WHAT, "", studies.now(), {}, {}, told)
    return Destroying(groups, tuple(changes), begun)


def destroy_key(study: Study, plan: Destroying, who: str) -> None:
    """Delete what was planned, and everything that a change of the register could be taken back by.

    Args:
        study: Locked by the caller's process.
        plan: Of this study, made under the same lock.
        who: For the trail.

    Raises:
        CannotWrite: If a file cannot be deleted; running it again goes on.
    """
    if {"register", "key", "private"} & set(plan.groups):
        forget(study, "private")
    # Forgetting takes files away that were planned to go.
    carry_out(study, plan.begun, [one for one in plan.changes if (study.root / one.file).exists()], who)
    register.forget_passphrases()
    for folder in {(study.root / change.file).parent for change in plan.changes}:
        with suppress(OSError):
            if folder != study.root and not any(folder.iterdir()):
                folder.rmdir()
