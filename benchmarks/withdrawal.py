"""Participants withdraw from random studies: are any of their words left, and do all other codings stand?

python -m benchmarks.withdrawal --studies 200 --seed 1
"""

from __future__ import annotations

import argparse
import html
import lzma
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from benchmarks.random_studies import Random, random_study
from qualkit import erasure
from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.left_behind import left_behind, names_left
from qualkit.material import speaker_ids
from qualkit.model import RULES_CODER, Coding, Study, Transcript
from qualkit.withdrawal import plan_withdrawal

_LONG = 8


class Crash(Exception):
    """The process ends here."""


def trial(folder: Path, seed: int) -> Counter[str]:
    """Make one random study, let somebody withdraw, in half of them with a crash on the way, and look at what is left.

    Returns:
        How many words were left, how many codings of others were held against their words, how many of those
        stood wrong, how many problems `check` found that are not of the kinds announced.
    """
    made = random_study(folder / "study", seed)
    rng = random.Random(seed + 1)
    counted: Counter[str] = Counter(studies=1)
    for person in rng.sample(made.people, rng.choice([1, 1, 2]) if len(made.people) > 2 else 1):
        counted += _withdraw(made, person, rng, crash=rng.random() < 0.5)
    return counted


def _withdraw(made: Random, person: str, rng: random.Random, *, crash: bool) -> Counter[str]:
    study = made.study
    before = _state(study)
    theirs = _of(before, study, person)
    plan = plan_withdrawal(study, person)
    counted: Counter[str] = Counter(withdrawals=1)
    if crash:
        counted["crashes"] = 1
        _break_off(plan, study, rng.randint(0, len(plan.changes)))
        assert any(problem.check == "withdrawal" for problem in check_study(study))
        plan = plan_withdrawal(study, person)
    erasure.carry_out(study, plan.begun, plan.changes, "kari")
    assert not (study.root / erasure.BEGUN).exists()
    others = [turn for one in made.people if one != person for turn in made.said[one]]
    spoken = [(record.id, number, text) for record, turns in before[0].values() for number, text in turns]
    others += [text for name, number, text in spoken if (name, number) not in theirs]
    said = [text for name, number, text in spoken if (name, number) in theirs]
    counted["erased words"] = sum(len(text.split()) for text in said)
    left = _search(study.root, said, others)
    left += [f"{place} (own search)" for place in left_behind(study, plan.words)]
    left += [f"{place} (name)" for place in names_left(study, plan.names)]
    counted["places with erased words"] = len(left)
    counted += _others_stand(study, before, theirs)
    # Condensates are announced: they wait to be written again.
    found = [p for p in check_study(study) if p.check != "condensates" or p.severity == "error"]
    problems = [str(p) for p in found if "is no coding of this study" not in p.message]
    problems = [p for p in problems if "accepted codings without a participant" not in p]
    # Codings that lost a part are announced: somebody has to say that what is left may stand.
    problems = [p for p in problems if "were changed with" not in p]
    counted["problems nobody announced"] = len(problems)
    if left or problems or counted["codings on other words"]:
        print(person, *left[:5], *problems[:5], sep="\n  ", file=sys.stderr)
    return counted


def _break_off(plan: object, study: Study, at: int) -> None:
    done = 0
    real = erasure._apply

    def apply(study: Study, change: erasure.Change) -> None:
        nonlocal done
        if done == at:
            raise Crash
        done += 1
        real(study, change)

    with patch.object(erasure, "_apply", apply), patch.object(studies, "append_decision", _stop):
        try:
            erasure.carry_out(study, plan.begun, plan.changes, "kari")
        except Crash:
            return


def _stop(*_: object) -> None:
    raise Crash


Before = tuple[Mapping[str, tuple[Transcript, list[tuple[int, str]]]], list[tuple[str, Coding]]]


def _state(study: Study) -> Before:
    records = {}
    codings = []
    for record in studies.read_transcripts(study)[0]:
        records[record.id] = (record, [(turn.number, record.text[turn.start : turn.end]) for turn in record.turns])
    for coder, name, _ in studies.coding_files(study):
        codings += [(coder, coding) for coding in studies.read_codings(study, coder, name)[0]]
    return records, codings


def _of(before: Before, study: Study, person: str) -> set[tuple[str, int]]:
    """Return the turns that are a person's: transcript and number."""
    people, _ = studies.read_participants(study)
    found = set()
    for record, _ in before[0].values():
        owners = speaker_ids(record, people)
        found |= {(record.id, turn.number) for turn in record.turns if owners.get(turn.speaker or "") == person}
    return found


def _others_stand(study: Study, before: Before, theirs: set[tuple[str, int]]) -> Counter[str]:
    """Hold every coding that touched none of the erased words against turn and place within it, as they were."""
    counted: Counter[str] = Counter()
    now = {record.id: record for record in studies.read_transcripts(study)[0]}
    after = {(coder, one.id): one for coder, one in _state(study)[1]}
    for coder, coding in before[1]:
        span = coding.unit.span
        record = before[0][span.transcript][0]
        if record.id not in now:
            continue
        over = [turn for turn in record.turns if turn.label_start < span.end and span.start < turn.end]
        touched = [turn for turn in over if (record.id, turn.number) in theirs]
        stands = after.get((coder, coding.id))
        if not touched:
            counted["codings of others"] += 1
            first, last = over[0], over[-1]
            new = now[record.id].turns
            # An offset in a label counts from the label, one in speech from the speech.
            start = _again(span.start, first, new[first.number - 1])
            end = _again(span.end, last, new[last.number - 1])
            right = stands is not None and (stands.unit.span.start, stands.unit.span.end) == (start, end)
            right = right and stands.unit.text == coding.unit.text == now[record.id].text[start:end]
            right = right and (stands.code, stands.status, stands.anchor) == (coding.code, coding.status, coding.anchor)
            right = right and stands.text_sha256 == now[record.id].sha256
            counted["codings on other words"] += not right
        elif stands is not None:
            counted["codings over several persons' turns"] += 1
            span = stands.unit.span
            right = now[record.id].text[span.start : span.end] == stands.unit.text and coder != RULES_CODER
            kept = [
                record.text[max(turn.start, coding.unit.span.start) : min(turn.end, coding.unit.span.end)]
                for turn in over
                if turn not in touched
            ]
            right = right and all(text in stands.unit.text for text in kept) and stands.anchor == "words-changed"
            counted["codings on other words"] += not right
    for record_id, record in now.items():
        old, turns = before[0][record_id]
        kept = [text for number, text in turns if (record_id, number) not in theirs]
        new = [record.text[t.start : t.end] for t in record.turns if (record_id, t.number) not in theirs]
        counted["turns of others changed"] += kept != new or len(old.turns) != len(record.turns)
    return counted


def _again(offset: int, old: object, new: object) -> int:
    return new.start + offset - old.start if offset >= old.start else new.label_start + offset - old.label_start


def _search(root: Path, said: list[str], others: list[str]) -> list[str]:
    """Search a folder for every eight words in a row that were said, in a way of its own."""
    common = _windows(others)
    wanted = _windows(said) - common
    found = []
    for path in sorted(root.rglob("*")):
        if path.is_file():
            for text in _texts(path.read_bytes()):
                if _windows([text]) & wanted:
                    found.append(str(path.relative_to(root)))
                    break
    return found


def _windows(texts: list[str]) -> set[tuple[str, ...]]:
    found = set()
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        found |= {tuple(words[at : at + _LONG]) for at in range(len(words) - _LONG + 1)}
    return found


def _texts(data: bytes) -> Iterator[str]:
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                yield from _texts(package.read(name))
        return
    for unpack in (zlib.decompress, lzma.decompress, lambda packed: zlib.decompress(packed, 31)):
        try:
            data = unpack(data)
            break
        except (zlib.error, lzma.LZMAError, EOFError):
            continue
    for encoding in ("utf-8", "cp1252", "utf-16-be", "utf-16-le"):
        text = data.decode(encoding, "ignore")
        yield text
        yield html.unescape(re.sub(r"<[^>]*>", " ", text))
        yield re.sub(r"\\(?:u([0-9a-f]{4})|[nrt])", lambda found: chr(int(found[1] or "20", 16)), text)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.withdrawal")
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    counted: Counter[str] = Counter()
    begin = time.perf_counter()
    for number in range(chosen.studies):
        with tempfile.TemporaryDirectory(prefix="qualkit-withdrawal-") as folder:
            counted += trial(Path(folder), chosen.seed * 100_000 + number)
    names = ("studies", "withdrawals", "crashes", "erased words", "places with erased words", "codings of others")
    more = ("codings over several persons' turns", "codings on other words", "turns of others changed")
    for name in (*names, *more, "problems nobody announced"):
        print(f"{name}: {counted[name]:,}")
    print(f"seconds: {time.perf_counter() - begin:.0f}")
    wrong = (names[4], *more[1:], "problems nobody announced")
    return 1 if any(counted[name] for name in wrong) else 0


if __name__ == "__main__":
    raise SystemExit(main())
