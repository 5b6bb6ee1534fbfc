"""Two branches of one study, merged by git: every line of both is there, or a Problem says where to decide.

Two people (or one at two computers) code, decide, take back, mark as read, edit the codebook and write notes, each on a
branch; git merges them with what `qualkit init` wrote into .gitattributes. A line is lost where one of the two
wrote it, or both left it standing, and it is in no merged file.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reliability.crashes import Command, World, begun, run
from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.coding.codebook import add_code, set_code_field
from qualkit.errors import QualkitError
from qualkit.marking import code_by_hand
from qualkit.material import load_material
from qualkit.model import RULES_CODER, Decision, Study
from qualkit.reviewing import decide, take_back

_NOBODY = {f"GIT_{role}_{what}": "qualkit" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
_GIT = {**os.environ, **_NOBODY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def _git(root: Path, *arguments: str) -> int:
    return subprocess.run(["git", *arguments], cwd=root, env=_GIT, capture_output=True, check=False).returncode


_CODING = ("mark", "mark", "decide", "decide", "take back", "read", "code", "definition", "note", "add")
_WRITING = (*("theme", "theme's text", "summary", "subgroup", "condensate", "guide", "noted", "cut", "identity"),)


@dataclass(slots=True)
class Tally:
    """What was merged and found."""

    pairs: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    conflicts: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    found: list[str] = field(default_factory=list)


def _step(study: Study, coder: str, rng: random.Random, branch: str) -> str:
    """Do one thing as a coder does; return what."""
    name = rng.choice(studies.transcript_ids(study))
    what = rng.choice((*_CODING, *_WRITING))
    mine = studies.read_codings(study, coder, name)[0]
    proposals = {c.id: c for c in studies.read_codings(study, RULES_CODER, name)[0]}
    if what == "mark":
        words = studies.read_transcript(study, name)[0].text.split()
        at = rng.randrange(6, len(words) - 3)
        try:
            code_by_hand(study, coder, name, rng.choice(("telefon", "vente", "hjelp")), " ".join(words[at : at + 3]))
        except QualkitError:
            return "nothing"
    elif what == "decide" and (open_ := sorted(proposals.keys() - {c.id for c in mine})):
        decide(study, coder, proposals[rng.choice(open_)], rng.choice(("accepted", "rejected")))  # type: ignore[arg-type]
    elif what == "take back" and (done := [c for c in mine if c.id in proposals]):
        decision = rng.choice(done)
        take_back(study, coder, decision, proposals[decision.id])
    elif what == "read":
        studies.append_decision(study, Decision(studies.now(), coder, "read", name))
        studies.mark_read(study, coder, name)
    elif what == "code":
        text = add_code(studies.codebook_text(study), f"Kode {branch} {rng.randrange(10**6)}")
        studies.save_codebook_text(study, text)
    elif what == "definition":
        text = studies.codebook_text(study)
        code = rng.choice(("telefon", "vente", "hjelp"))
        studies.save_codebook_text(
            study, set_code_field(text, code, "definition", f"Slik {branch} {rng.randrange(10**6)}")
        )
    elif what == "note":
        studies.save_memo(study, f"{rng.choice(('felles', coder))}", f"\n{branch} tenker {rng.randrange(10**6)}\n")
    elif what == "add":
        record = studies.read_transcript(study, name)[0]
        from dataclasses import replace

        studies.save_transcript(study, replace(record, id=f"N{branch}{rng.randrange(10**6)}", source=""))
    elif what in _WRITING:
        return _written(study, coder, rng, branch, what)
    else:
        return "nothing"
    return what


def _written(study: Study, coder: str, rng: random.Random, branch: str, what: str) -> str:
    """Write in a file of the analysis; return what was done."""
    from qualkit import condensing, framework, quotations, reflecting, theming
    from qualkit.anonymisation.decisionsfile import Choice
    from qualkit.deciding import decide as identify

    word = f"{branch}{rng.randrange(10**6):06}"
    material = load_material(study)
    mine = [one.coding for one in material.accepted() if one.coding.coder == coder]
    if what == "theme":
        theming.carry_theme_change(study, theming.plan_add(material, coder, f"Tema {word}", codes=["telefon"]))
    elif what == "theme's text":
        theme = rng.choice(material.themes)
        change = theming.plan_writing(material, coder, theme.id, {rng.choice(("definition", "test")): f"Sier {word}."})
        theming.carry_theme_change(study, change)
    elif what == "summary":
        case, theme = rng.choice(material.people()), rng.choice(material.themes)
        framework.write(material, coder, case, theme.id, f"Ringer {word}.")
    elif what == "subgroup":
        condensing.begin_subgroup(study, coder, rng.choice(("telefon", "vente")), f"Gruppe {word}")
    elif what == "condensate" and (found := [sub for group in material.groups for sub in group.subgroups]):
        condensing.write(material, coder, rng.choice(found).id, f"Jeg ringer {word}.")
    elif what == "guide":
        path = study.root / "guide.yaml"
        path.write_text(path.read_text() + f"  - {{id: q{word}, question: Hva da?, rules: [da]}}\n")
    elif what == "noted":
        reflecting.write_note(study, coder, rng.choice(studies.transcript_ids(study)), f"Ser {word}.")
    elif what == "cut" and (long := [one for one in mine if len(one.unit.text.split()) > 2]):
        one = rng.choice(long)
        words = one.unit.text.split()
        quotations.cut(material, coder, one.id, f"{words[0]} […] {words[-1]}")
    elif what == "identity":
        identify(study, coder, Choice((f"Sted{word}",), "redact", type="place"))
    else:
        return "nothing"
    return what


def _lines(root: Path) -> dict[str, set[str]]:
    """Return the lines of every file of a study, by its path."""
    found = {}
    for path in root.rglob("*"):
        inside = path.relative_to(root)
        # Earlier texts are compressed, and named after what they hold.
        if path.is_file() and not path.is_symlink() and inside.parts[0] not in (".git", ".qualkit", "history"):
            found[inside.as_posix()] = set(path.read_text(encoding="utf-8").split("\n"))
    return found


def _lost(
    base: dict[str, set[str]], ours: dict[str, set[str]], theirs: dict[str, set[str]], now: dict[str, set[str]]
) -> Iterator[str]:
    for file in sorted(base.keys() | ours.keys() | theirs.keys()):
        was, one, other = (lines.get(file, set()) for lines in (base, ours, theirs))
        expected = (one - was) | (other - was) | (one & other)
        yield from (f"lost: {file}: {line[:80]}" for line in sorted(expected - now.get(file, set())))


def merge(count: int, seed: int, scratch: Path) -> Tally:
    """Merge so many pairs of branches."""
    tally, rng = Tally(), random.Random(seed)
    world = begun(scratch / "base", rng)
    run(world, Command(("code", str(world.folder), "--jobs", "1")))
    (world.root / ".gitignore").write_text(".qualkit/\n")
    _settle(world)
    for number in range(count):
        root = scratch / f"pair{number}"
        shutil.copytree(world.root, root)
        tally.pairs += 1
        found = _pair(root, random.Random(f"{seed} {number}"), tally)
        tally.found += [f"pair {number}: {fault}" for fault in found]
        shutil.rmtree(root)
    return tally


def _settle(world: World) -> None:
    """Let two coders have worked before the branches part."""
    study = studies.open_study(world.root)
    rng = random.Random(0)
    (world.root / "guide.yaml").write_text("title: Guide\nquestions:\n  - {id: a, question: Hva?, rules: [skje]}\n")
    for what in ("theme", "theme", "subgroup", "summary", "condensate"):
        _written(study, "kari", rng, "0", what)
    for coder in ("kari", "ola"):
        for _ in range(6):
            _step(study, coder, rng, "0")
    _git(world.root, "init", "-q", "-b", "main")
    _git(world.root, "add", "-A")
    _git(world.root, "commit", "-qm", "begin")


def _pair(root: Path, rng: random.Random, tally: Tally) -> list[str]:
    study = studies.open_study(root)
    base = _lines(root)
    alone = rng.random() < 0.25
    sides = []
    for branch, coder in (("a", "kari"), ("b", "kari" if alone else "ola")):
        _git(root, "checkout", "-qb", branch, "main")
        for _ in range(rng.randrange(2, 9)):
            tally.steps[_step(study, coder, rng, branch)] += 1
            _git(root, "add", "-A")
            _git(root, "commit", "-qm", "step")
        sides.append(_lines(root))
    _git(root, "merge", "-q", "--no-edit", "a")
    merged = _lines(root)
    tally.lines += sum(len(side.get(file, set()) - base.get(file, set())) for side in sides for file in side)
    found = list(_lost(base, *sides, merged))
    conflicts = sorted(file for file, lines in merged.items() if any(line.startswith("<<<<<<<") for line in lines))
    tally.conflicts.update(conflicts)
    problems = check_study(study)
    found += [f"no hint: {problem}" for problem in problems if not problem.hint]
    for file in conflicts:
        told = any(p.file == file and "merge conflict" in p.message and p.line for p in problems)
        if not told:
            found.append(f"a conflict in {file} is not told")
    tally.twice += sum("stands on line" in problem.message for problem in problems)
    known = {coding.id for coding in studies.read_all_codings(study)[0]}
    for side in sides:
        for file, lines in side.items():
            if file.startswith(("codings/kari/", "codings/ola/")):
                written = {line.split('"', 4)[3] for line in lines - base.get(file, set()) if line}
                found += [f"lost: coding {one}" for one in written - known]
    return found


def main(arguments: list[str]) -> int:
    """Merge, and print what was found; exit 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability merges", description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="qualkit-merges-") as folder:
        tally = merge(chosen.pairs, chosen.seed, Path(folder).resolve())
    for fault in tally.found[:50]:
        print(fault)
    print(f"\nseed {chosen.seed}, {time.perf_counter() - begin:.0f} s")
    print(f"{tally.pairs} pairs of branches, {tally.steps.total()} steps: {dict(tally.steps)}")
    print(f"{tally.lines} lines written on one branch or the other")
    print(f"conflicts left by git, each a Problem with its line: {dict(tally.conflicts)}")
    print(f"decisions of one person at two computers that differ, each a Problem with its line: {tally.twice}")
    print(f"{sum('lost' in fault for fault in tally.found)} lost; {len(tally.found)} findings")
    return 1 if tally.found else 0
