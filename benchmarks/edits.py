"""Edited transcripts: where codings end after random edits, and what re-anchoring costs.

python -m benchmarks edits --scripts 2000 --seed 1
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks.edit_scripts import EDITS, VERDICTS, Oracle, edited
from benchmarks.measuring import Options, Row, growth, interleaved, show, table
from qualkit.coding.anchoring import reanchor
from qualkit.coding.codings import parse_codings, unit_at
from qualkit.coding.differences import compare
from qualkit.coding.seeking import reanchor_by_words
from qualkit.model import Coding, MeaningUnit, Span, Transcript
from qualkit.shipped import corpora
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.reading import read_original

_SHORT = 40
_FEW_EDITS = 200
_TURNS = 100_000


def measure(options: Options) -> None:
    scripts = min(200, options.scripts) if options.quick else options.scripts
    _fuzz(scripts, options.seed)
    _speed(options)


# --- where codings end -----------------------------------------------------------------------------------


def coded_transcripts() -> list[tuple[Transcript, list[Coding]]]:
    """Return the transcripts of the corpora that can be read, with a careful reader's codings of each."""
    found = []
    for corpus in sorted(path for path in corpora().iterdir() if path.is_dir()):
        for original in sorted((corpus / "originals").iterdir()):
            try:
                record = read_original(original, transcript_id=original.stem).transcript
            except (UnreadableOriginal, ValueError, KeyError):
                continue
            path = corpus / "codings" / "reader" / f"{original.stem}.jsonl"
            codings = parse_codings(path.read_bytes(), path.name)[0] if path.is_file() else []
            standing = [c for c in codings if record.text[c.unit.span.start : c.unit.span.end] == c.unit.text]
            if standing:
                found.append((record, standing))
    return found


def short_passages(record: Transcript, rng: random.Random) -> Iterator[Coding]:
    """Yield codings of one to four words of one speaker at random places: what a search for a word would code."""
    words = [
        (turn.number, turn.start + m.start(), turn.start + m.end())
        for turn in record.turns
        for m in re.finditer(r"\w+", record.text[turn.start : turn.end])
    ]
    for number in range(_SHORT):
        first = rng.randrange(len(words) - 4)
        turn, start, _ = words[first]
        end = max(stop for own, _, stop in words[first : first + rng.randrange(1, 5)] if own == turn)
        yield Coding(f"short-{number}", unit_at(record, start, end), "k", "r", "accepted", "manual", "")


def run_scripts(
    transcripts: Sequence[tuple[Transcript, list[Coding]]], scripts: int, seed: int, *, known: bool = True
) -> tuple[Counter[tuple[str, str, str]], list[str]]:
    """Edit, re-anchor, and count fates and verdicts by kind of coding; tell where to find what went wrong.

    With `known` False the earlier text is not used, as in a study whose history was not kept.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    wrong: list[str] = []
    pool = sorted({word for record, _ in transcripts for word in record.text.split() if word.isalpha()})
    for number in range(scripts):
        rng = random.Random(f"{seed}-{number}")
        record, codings = transcripts[number % len(transcripts)]
        passages = [*codings, *short_passages(record, rng)]
        under, names = edited(record.text, rng, pool)
        oracle = Oracle(record.text, under)
        by = partial(reanchor, old=record.text) if known else reanchor_by_words
        for result in by(passages, new=under.text):
            kind = "short" if result.before.id.startswith("short-") else "reader"
            fate, verdict = oracle.verdict(result)
            counts[kind, fate, verdict] += 1
            if verdict not in ("right", "asks"):
                span = result.before.unit.span
                wrong.append(f"script {number} ({', '.join(names)}): {span}, {fate}, {result.anchor}: {verdict}")
    return counts, wrong


def _fuzz(scripts: int, seed: int) -> None:
    transcripts = coded_transcripts()
    print(f"\n{len(transcripts)} coded transcripts; {len(EDITS)} kinds of edit, one to twelve a script.")
    for known, number in ((True, scripts), (False, max(1, scripts // 2))):
        counts, wrong = run_scripts(transcripts, number, seed, known=known)
        without = "" if known else ", without the earlier text"
        print(f"\n## Codings after {number:,} random edit scripts (seed {seed}){without}\n")
        _tell(counts)
        silent = [line for line in wrong if line.endswith("silent")]
        for line in (silent or wrong)[:20]:
            print(f"\n- {line}", end="")
        print(flush=True)


def _tell(counts: Counter[tuple[str, str, str]]) -> None:
    head = ("codings", "words", "number", *VERDICTS)
    rows = []
    for kind in ("reader", "short"):
        for fate in ("untouched", "edited", "gone"):
            of = {verdict: number for (k, f, verdict), number in counts.items() if (k, f) == (kind, fate)}
            total = sum(of.values())
            cells = [f"{of.get(v, 0):,} ({of.get(v, 0) / max(1, total):.2%})" for v in VERDICTS[:2]]
            cells += [f"{of.get(v, 0):,}" for v in VERDICTS[2:]]
            rows.append((kind, fate, f"{total:,}", *cells))
    print(table(rows, head))


# --- what it costs ---------------------------------------------------------------------------------------


def _speed(options: Options) -> None:
    rows, timings, sizes = [], {}, {}
    for kilobytes in (250, 1000, 4000):
        old, new, codings = long_text(kilobytes * 1000, kilobytes * 10)
        steps = {"ours": partial(reanchor, codings, old, new), "diff": partial(compare, old, new)}
        found = interleaved(steps, options.times(5))
        label = f"{kilobytes:,} kB, {len(codings):,} codings"
        rows.append(Row("re-anchoring (floor: comparing the two texts)", label, found["ours"], found["diff"], 5))
        timings[kilobytes], sizes[kilobytes] = found["ours"], len(old)
    rows += growth("re-anchoring", timings, sizes)
    turns = "".join(f"{'IK'[n % 2]}: Ja.\n\n" for n in range(_TURNS))
    middle = len(turns) // 2
    later = turns[:middle] + "K: Nei.\n\n" + turns[middle : -len("I: Ja.\n\n") * 100]
    timing = interleaved({"diff": partial(compare, turns, later)}, options.times(3))["diff"]
    rows.append(Row("comparing identical short turns, two edits", f"{_TURNS:,} turns", timing))
    show("Re-anchoring", rows)


def long_text(length: int, codings: int) -> tuple[str, str, list[Coding]]:
    """Return a text of the corpora's words, the same with two hundred scattered edits, and codings of it."""
    rng = random.Random(1)
    records = [record for record, _ in coded_transcripts()]
    pool = [word for record in records for word in record.text.split()]
    words: list[str] = []
    size = 0
    while size < length:
        words.append(rng.choice(pool))
        size += len(words[-1]) + 1
    old = " ".join(words)
    for _ in range(_FEW_EDITS):
        at = rng.randrange(len(words))
        words[at : at + rng.choice((0, 1, 3))] = [rng.choice(pool) for _ in range(rng.choice((0, 1, 1, 4)))]
    new = " ".join(words)
    made = []
    for number in range(codings):
        start = old.find(" ", rng.randrange(len(old) - 400)) + 1
        end = old.find(" ", start + rng.randint(20, 300))
        unit = MeaningUnit(Span("L", start, end), old[start:end])
        made.append(Coding(str(number), unit, "k", "r", "accepted", "manual", ""))
    return old, new, made
