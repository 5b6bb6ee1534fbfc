"""Processes killed while they write, and disks that fail: what had been acknowledged is there afterwards.

Every command runs in a process of its own, as one types it. It is killed (SIGKILL) at a random moment, or before,
after or in the middle of one of its calls to the disk; or one such call fails, or that one and all later ones. Then
the study is opened and checked in another process, everything acknowledged so far is looked for, and the command is
run again. A new command joins by a function in `operations.OPERATIONS`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.reliability.injecting import ERRORS, Injector, Plan
from benchmarks.reliability.operations import OPERATIONS
from benchmarks.reliability.worlds import PASSPHRASE, Command, Known, Tell, World, Written, begun
from qualkit.model import WAITING, Coding

_PREPARED = (
    "review",
    "themes",
    "themes",
    "themes",
    "review",
    "quotations",
    "condense",
    "condense",
    "condense",
    "anonymise",
)
"""Commands after which there is something for all others to change."""
_ROUND = 20
"""Commands in one study, before a new one is begun."""


@dataclass(slots=True)
class Ended:
    """How a process ended: its exit code (-9 where it was killed), what it printed, its calls to the disk."""

    code: int
    told: str
    calls: list[str]


def run(world: World, command: Command, plan: Plan | None = None, *, kill_after: float | None = None) -> Ended:
    """Run a command in a process of its own, and note what it acknowledged."""
    told, acknowledged, calls = (world.base / name for name in ("told", "acknowledged", "calls"))
    for path in (told, acknowledged, calls):
        path.write_bytes(b"")
    (world.base / "keys").write_text(command.keys)
    child = os.fork()
    if child == 0:
        _child(world.base, command, plan)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    for line in acknowledged.read_text().splitlines():
        _acknowledge(world, json.loads(line))
    code = os.waitstatus_to_exitcode(status)
    if code == 0 and (world.root / "transcripts").is_dir():
        world.transcripts |= {path.stem for path in (world.root / "transcripts").glob("*.txt")}
        world.written |= {one.word + one.file: one for one in command.writes}
    return Ended(code, told.read_text(encoding="utf-8", errors="replace"), calls.read_text().split())


def _acknowledge(world: World, line: list[str]) -> None:
    what, identifier, *rest = line
    if what in ("taking-back", "dropping"):
        world.codings[identifier] = None
    elif what in ("taken-back", "dropped"):
        world.codings.pop(identifier, None)
    elif what == "read":
        world.read.add(identifier)
    elif what == "written":
        world.written[identifier + rest[0]] = Written(identifier, rest[0])
    elif what == "gone":
        world.gone[identifier] = rest[0]
    else:
        world.codings[identifier] = Known(*rest)


def _child(base: Path, command: Command, plan: Plan | None) -> None:
    """Be the process: run the command, tell what is acknowledged, end."""
    code = 70
    try:
        told = os.open(base / "told", os.O_WRONLY | os.O_APPEND)
        said = os.open(base / "acknowledged", os.O_WRONLY | os.O_APPEND)
        keys = os.open(base / "keys", os.O_RDONLY)
        for number, handle in ((0, keys), (1, told), (2, told)):
            os.dup2(handle, number)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(n, mode, encoding="utf-8") for n, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        os.chdir("/")
        os.environ["QUALKIT_CODER"] = "kari"
        tell = _listen(said)
        injector = Injector(str(base / "interviews-study"), plan or Plan())
        injector.below = str(base / "interviews-study")
        if command.arguments[0] == "code":
            # The study that is being made lies beside it.
            injector.below = str(base)
        injector.install()
        code = _done(base, command, tell)
        injector.plan = Plan()
        (base / "calls").write_text(" ".join(injector.calls))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _done(base: Path, command: Command, tell: Tell) -> int:
    """Carry a command out, or what is done in the page; return the exit code."""
    from qualkit.cli import main
    from qualkit.errors import QualkitError

    try:
        if command.does is None:
            main(list(command.arguments))
        else:
            command.does(base / "interviews-study", tell)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except (QualkitError, OSError) as error:
        # As the page tells it.
        print(error, file=sys.stderr)
        return 1
    return 0


def _listen(said: int) -> Tell:
    """Write a line whenever something was acknowledged to whoever sits at the keyboard; return what writes one."""
    from qualkit import anchor_decisions, marking, reviewing
    from qualkit import study as studies

    def tell(*line: str) -> None:
        os.write(said, json.dumps(line).encode() + b"\n")

    real_decide, real_mark = reviewing.decide_alone, marking.code_by_hand
    real_back, real_read = reviewing.take_back_alone, studies.mark_read
    real_drop = anchor_decisions.drop

    def telling(real: Callable[..., Coding]) -> Callable[..., Coding]:
        def told(*given: object, **named: object) -> Coding:
            made = real(*given, **named)
            tell("decided", made.id, made.status, made.code, made.unit.span.transcript, made.unit.text)
            return made

        return told

    def back(study: object, coder: object, decision: Coding, *rest: object, **named: object) -> None:
        tell("taking-back", decision.id)
        real_back(study, coder, decision, *rest, **named)  # type: ignore[arg-type]
        tell("taken-back", decision.id)

    def read(study: object, coder: object, transcript: str) -> None:
        real_read(study, coder, transcript)  # type: ignore[arg-type]
        tell("read", transcript)

    def drop(study: object, who: object, item: anchor_decisions.Open) -> None:
        tell("dropping", item.coding.id)
        real_drop(study, who, item)  # type: ignore[arg-type]
        tell("dropped", item.coding.id)

    reviewing.decide_alone, marking.code_by_hand = telling(real_decide), telling(real_mark)
    reviewing.take_back_alone, studies.mark_read = back, read
    anchor_decisions.choose = telling(anchor_decisions.choose)
    anchor_decisions.keep = telling(anchor_decisions.keep)
    anchor_decisions.drop = drop
    return tell


def faults_of(world: World, pending: Command | None = None) -> list[str]:
    """Open and check the study in another process than the one that ended; return what is missing or unclear.

    Args:
        world: What was acknowledged.
        pending: A command that may have been carried out or not, or half.
    """
    from qualkit import study as studies
    from qualkit.checks import check_study

    if not world.root.exists():
        return ["the study is gone"] if world.transcripts or world.codings else []
    found: list[str] = []
    try:
        study = studies.open_study(world.root)
        found += [f"no hint: {problem}" for problem in check_study(study) if not problem.hint]
        names = studies.transcript_ids(study)
        texts = {name: studies.read_transcript(study, name)[0] for name in names}
        codings = {c.id: c for name in names for c in studies.read_codings(study, "kari", name)[0]}
        trail, _ = studies.read_trail(study)
        read = studies.transcripts_read(study, "kari")
    except Exception as error:  # noqa: BLE001  whatever it is, it is a finding
        return [f"the study does not open: {type(error).__name__} {error}"]
    withdrawing = pending.withdraws if pending else ""
    told = {decision.object for decision in trail}
    for identifier, expected in world.codings.items():
        if expected is not None and expected.transcript != withdrawing:
            found += _faults_of_coding(identifier, expected, codings.get(identifier), pending)
            found += [] if f"coding {identifier}" in told else [f"lost: trail of coding {identifier}"]
    for coding in codings.values():
        record, span = texts[coding.unit.span.transcript], coding.unit.span
        stands = record.text[span.start : span.end] == coding.unit.text or coding.anchor in WAITING
        if coding.text_sha256 == record.sha256 and not stands:
            found.append(f"lost: coding {coding.id} stands on other words")
    found += [f"lost: transcript {name}" for name in world.transcripts - set(names) - {withdrawing}]
    found += [f"lost: reading mark {name}" for name in world.read - read - {withdrawing}]
    for path in (world.root / "exports").glob("[!.]*") if (world.root / "exports").is_dir() else []:
        if path.suffix in (".docx", ".xlsx") and (not zipfile.is_zipfile(path) or zipfile.ZipFile(path).testzip()):
            found.append(f"half an export: {path.name}")
    try:
        found += world.not_written(withdrawing)
    except Exception as error:  # noqa: BLE001  whatever it is, it is a finding
        found.append(f"what was written cannot be read: {type(error).__name__} {error}")
    return found + world.erased_words()


def _faults_of_coding(identifier: str, expected: Known, coding: Coding | None, pending: Command | None) -> list[str]:
    becomes = pending.becomes if pending else {}
    if coding is None:
        # Of two that become equal one is kept, whichever of the two codes it had.
        return (
            []
            if expected.code in {*becomes, *becomes.values()}
            else [f"lost: coding {identifier} {expected.status} {expected.code}"]
        )
    if coding.status != expected.status or coding.code not in (expected.code, becomes.get(expected.code)):
        return [f"lost: decision on {identifier}: {coding.status} {coding.code}, not {expected.code}"]
    if expected.words is not None and (coding.unit.text != expected.words or coding.anchor in WAITING):
        return [f"lost: place of coding {identifier}"]
    return []


def settle(world: World, command: Command) -> list[str]:
    """Take note of what a command has done to what was acknowledged, now that it is done; return what it has not."""
    from qualkit import study as studies

    found: list[str] = []
    if not world.root.exists():
        return found
    if command.becomes:
        study = studies.open_study(world.root)
        found += [f"not gone: code {code}" for code in world.codes() if code in command.becomes]
        equal: dict[str, str] = {}
        for line in studies.read_trail(study)[0]:
            if line.what in ("codebook merge", "codebook delete") and isinstance(line.after, dict):
                equal |= line.after.get("equal_codings", {})
        there = {c.id for name in studies.transcript_ids(study) for c in studies.read_codings(study, "kari", name)[0]}
        for identifier, known in list(world.codings.items()):
            if known is None:
                continue
            new = command.becomes.get(known.code, known.code)
            if new is None or (identifier not in there and equal.get(identifier) in there):
                # Gone as was asked for, or equal to another one that was kept.
                del world.codings[identifier]
            else:
                world.codings[identifier] = replace(known, code=new)
    if command.withdraws:
        gone = command.withdraws
        world.withdrawn.add(gone)
        world.transcripts.discard(gone)
        world.read.discard(gone)
        world.codings = {key: one for key, one in world.codings.items() if one is None or one.transcript != gone}
        if studies.transcript_path(studies.open_study(world.root), gone).is_file():
            found.append(f"not gone: transcript {gone}")
    study = studies.open_study(world.root)
    left = {c.id for name in studies.transcript_ids(study) for c in studies.read_codings(study, "kari", name)[0]}
    world.written = {
        key: one
        for key, one in world.written.items()
        if one.about not in world.withdrawn and (not one.coding or one.coding in left)
    }
    return found


def _left_over(world: World) -> list[str]:
    return [f"left over: {path.name}" for path in world.base.rglob("*.qualkit-part")] + (
        ["left over: the lock"] if (world.root / ".qualkit" / "lock").exists() else []
    )


def _again(world: World, command: Command) -> list[str]:
    """Run the command once more, undisturbed."""
    ended = run(world, command)
    if ended.code not in (0, 1) or "broke off" in ended.told or "being written to" in ended.told:
        return [f"again: {command.arguments[0]} ended with {ended.code}: {ended.told[-300:]}"]
    return []


@dataclass(slots=True)
class Tally:
    """What was done and found."""

    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    found: list[str] = field(default_factory=list)


def kill(count: int, seed: int, scratch: Path) -> Tally:
    """Kill so many processes, in one study after the other."""
    tally, rng = Tally(), random.Random(seed)
    round_ = 0
    while tally.kills.total() < count:
        round_ += 1
        world = begun(scratch / f"kill{round_}", rng)
        steps = 0
        while steps < _ROUND and tally.kills.total() < count:
            steps += 1
            name = rng.choice(list(OPERATIONS)) if (world.root / "transcripts").is_dir() else "code"
            command = OPERATIONS[name](world)
            if rng.random() < 0.3:
                ended = run(world, command, kill_after=rng.uniform(0, 0.25))
                how = "at a random moment"
            else:
                plan = Plan(rng.randrange(1, 160 if command.changes else 60), rng.choice(("before", "after", "half")))
                ended = run(world, command, plan)
                how = f"at a call, {plan.how}"
            if ended.code == -signal.SIGKILL:
                tally.kills[f"{name}, {how}"] += 1
            found = faults_of(world, command)
            if command.changes and rng.random() < 0.3:
                # Somebody does something else first.
                run(world, OPERATIONS["mark"](world))
            found += _again(world, command) + settle(world, command) + faults_of(world)
            tally.found += [f"round {round_} step {steps} {name} {how}: {fault}" for fault in found]
        tally.acknowledged += world.acknowledged()
        _again(world, OPERATIONS["read"](world))
        tally.found += [f"round {round_}: {fault}" for fault in _left_over(world)]
        shutil.rmtree(world.base)
    return tally


def fail(count: int, seed: int, scratch: Path) -> Tally:
    """Let every call of every command fail in turn, and go on with other errors until there were so many."""
    tally, rng = Tally(), random.Random(seed)
    fresh = begun(scratch / "fresh", rng)
    settled = fresh.copy(scratch / "settled")
    run(settled, Command(("code", str(settled.folder), "--jobs", "1")))
    for name in _PREPARED:
        prepared = OPERATIONS[name](settled)
        run(settled, prepared)
        tally.found += [f"before faults, {name}: {fault}" for fault in settle(settled, prepared) + faults_of(settled)]
    variants = [(error, how) for how in ("fail", "stay") for error in ERRORS]
    points: list[tuple[World, str, int]] = []
    for start, name in [(fresh, "code"), *((settled, name) for name in OPERATIONS)]:
        counted = start.copy(scratch / "count")
        command = OPERATIONS[name](counted)
        calls = run(counted, command).calls
        shutil.rmtree(counted.base)
        tally.calls.update(calls)
        points += [(start, name, at) for at in range(1, len(calls) + 1)]
    number = 0
    rng.shuffle(points)
    while tally.faults.total() < count:
        start, name, at = points[number % len(points)]
        error, how = variants[(number + number // len(points)) % len(variants)]
        number += 1
        world = start.copy(scratch / "fault")
        command = OPERATIONS[name](world)
        ended = run(world, command, Plan(at, how, error))  # type: ignore[arg-type]
        tally.faults[
            f"{name}, {'one call' if how == 'fail' else 'that call and all later ones'}: {os.strerror(error)}"
        ] += 1
        found = faults_of(world, command)
        if ended.code not in (0, 1) or "broke off" in ended.told:
            found.append(f"ended with {ended.code}: {ended.told[-400:]}")
        found += _again(world, command) + settle(world, command) + faults_of(world)
        tally.found += [f"{name} call {at} {how} {os.strerror(error)}: {fault}" for fault in found]
        tally.acknowledged += world.acknowledged()
        shutil.rmtree(world.base)
    return tally


def _warm(scratch: Path) -> None:
    """Import what the commands import, once, for all processes that are forked from this one."""
    world = begun(scratch / "warm", random.Random(0))
    for name in ("code", *_PREPARED, *OPERATIONS):
        command = OPERATIONS[name](world)
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            before, sys.stdin, sys.stdout, sys.stderr = (
                (sys.stdin, sys.stdout, sys.stderr),
                io.StringIO(command.keys),
                nowhere,
                nowhere,
            )
            try:
                _done(world.base, command, lambda *_: None)
            finally:
                sys.stdin, sys.stdout, sys.stderr = before
    shutil.rmtree(world.base)


def main(arguments: list[str]) -> int:
    """Kill and fail, and print what was found; exit 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability crashes", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    begin = time.perf_counter()
    os.environ["QUALKIT_PASSPHRASE"] = PASSPHRASE
    with tempfile.TemporaryDirectory(prefix="qualkit-crashes-") as folder:
        scratch = Path(folder).resolve()
        _warm(scratch)
        killed, failed = kill(chosen.kills, chosen.seed, scratch), fail(chosen.faults, chosen.seed, scratch)
    found = killed.found + failed.found
    for fault in found[:50]:
        print(fault)
    print(f"\nseed {chosen.seed}, {time.perf_counter() - begin:.0f} s")
    print(f"{killed.kills.total()} kills: " + "; ".join(f"{n} {what}" for what, n in sorted(killed.kills.items())))
    print(f"{failed.faults.total()} faults, over {failed.calls.total()} different calls ({dict(failed.calls)})")
    print(f"{killed.acknowledged} codings, transcripts, marks and words acknowledged while processes were killed")
    print(f"{sum('lost' in fault for fault in found)} lost; {len(found)} findings")
    return 1 if found else 0
