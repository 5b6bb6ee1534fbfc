"""How well the model of names does: strict F1, what it leaves uncovered, and how fast it reads.

    QUALKIT_DATA=… python -m benchmarks ner
    QUALKIT_DATA=… python -m benchmarks.ner     writes the figures into the model's own README.md too

Everything is measured on `dev` of NorNE, on the text as it was written and with spaCy's own words. The step whose
weights are kept was chosen on the same sentences; expect a few points less on other news, and something else on talk.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks import ner_origins
from benchmarks.measuring import Options, load, table
from benchmarks.ner_corpus import LABELS, dev, spans, speech, words
from qualkit.anonymisation import ner
from qualkit.identity import Hit

KINDS = {"nob": ("bokmål", "nb", 0.76), "nno": ("nynorsk", "nn", 0.735)}
"""Of the corpus: name, language and the strict F1 that is the goal."""

COVERED = {"PER": ("PER",), "place": ("GPE_LOC", "GPE_ORG", "LOC"), "ORG": ("ORG",)}

Found = list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, found and there: spans that agree, that the model sees, that people marked."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 0.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as it was written, its words with their tags, and the entities that people marked."""

    text: str
    words: Found
    spans: Found


def gold(data: Path, kind: str) -> list[Marked]:
    """Return the sentences of `dev`; `kind` is "nob" or "nno"."""
    placed = [(text, words(text, sentence)) for text, sentence in dev(data, kind)]
    return [Marked(text, at, spans(at)) for text, at in placed]


def labelled(texts: Sequence[str]) -> list[Found]:
    """Return what the shipped model sees, with the corpus's own labels."""
    import spacy

    model = spacy.load(ner.MODEL)
    return [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in model.pipe(map(ner.readable, texts))]


def strict(there: Sequence[Found], found: Sequence[Found], label: str = "") -> list[Tally]:
    """Tally, sentence by sentence, spans that are right in both ends and in the label."""
    tallies = []
    for marked, seen in zip(there, found, strict=True):
        a = {span for span in marked if not label or span[2] == label}
        b = {span for span in seen if not label or span[2] == label}
        tallies.append(Tally(len(a & b), len(b), len(a)))
    return tallies


def total(tallies: Sequence[Tally]) -> Tally:
    return Tally(sum(t.right for t in tallies), sum(t.found for t in tallies), sum(t.there for t in tallies))


def bootstrap(tallies: Sequence[Tally], rounds: int = 1000, seed: int = 1) -> tuple[float, float]:
    """Return the middle 95 % of F1 over sentences drawn anew, with replacement."""
    import numpy as np

    counts = np.array([(t.right, t.found + t.there) for t in tallies])
    drawn = np.random.default_rng(seed).integers(len(tallies), size=(rounds, len(tallies)))
    right, both = counts[drawn].sum(axis=1).T
    low, high = np.quantile(2 * right / np.maximum(both, 1), (0.025, 0.975))
    return float(low), float(high)


def wilson(hit: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    share, slack = hit / of, z * z / of
    middle, half = share + slack / 2, z * sqrt(share * (1 - share) / of + slack / of / 4)
    return (middle - half) / (1 + slack), (middle + half) / (1 + slack)


def covered(sentences: Sequence[Marked], found: Sequence[Found]) -> tuple[dict[str, tuple[int, int]], float]:
    """Count the marked words that lie in anything the model saw, whatever it took it for.

    Returns:
        For every group of labels the words that are covered and all of them; and the words seen though nobody marked
        them, of a thousand.
    """
    hit: Counter[str] = Counter()
    of: Counter[str] = Counter()
    false = 0
    for sentence, spans_ in zip(sentences, found, strict=True):
        for start, end, tag in sentence.words:
            seen = any(a < end and start < b for a, b, _ in spans_)
            false += seen and tag == "O"
            for group, members in COVERED.items():
                if tag[2:] in members:
                    of[group] += 1
                    hit[group] += seen
    every = sum(len(sentence.words) for sentence in sentences)
    return {group: (hit[group], of[group]) for group in COVERED}, 1000 * false / every


def measure(options: Options) -> None:
    """Print the tables; without the corpus, why there are none."""
    data = os.environ.get("QUALKIT_DATA")
    if not data:
        print("QUALKIT_DATA names no folder: nothing to measure", file=sys.stderr)
        return
    print(f"\n## The model of names, version {ner.VERSION}\n")
    report(Path(data), rounds=200 if options.quick else 1000)
    print(f"\nLoad {load()}.", flush=True)


def report(data: Path, rounds: int = 1000) -> None:
    """Print what the model card holds."""
    rows: list[tuple[str, ...]] = []
    overall: list[tuple[str, ...]] = []
    masked: list[tuple[str, ...]] = []
    changes: dict[str, Callable[[str], str]] = {"as written": str, "small": _lowered, "capitals": _raised}
    for kind, (name, _, goal) in KINDS.items():
        sentences = gold(data, kind)
        there = [sentence.spans for sentence in sentences]
        for how, change in changes.items():
            found = labelled([change(sentence.text) for sentence in sentences])
            every = strict(there, found)
            aim = f"{goal:.3f}" if how == "as written" else ""
            overall.append((name, how, *_scored(every, rounds), aim))
            groups, false = covered(sentences, found)
            masked.append((name, how, *(_share(*groups[group]) for group in COVERED), f"{false:.1f}"))
            if how == "as written":
                for label in LABELS:
                    tallies = strict(there, found, label)
                    rows.append((name, label, *_scored(tallies, rounds), str(total(tallies).there)))
    print(table(overall, ("dev", "letters", "precision", "recall", "strict F1", "95 %", "goal")))
    print()
    print(table(rows, ("dev", "label", "precision", "recall", "strict F1", "95 %", "marked")))
    print("\nWords of names that lie in anything the model saw, whatever it took it for:\n")
    print(table(masked, ("dev", "letters", *COVERED, "false of 1,000 words")))
    hit, of, flagged = spoken(data)
    print(f"\nDialect speech (LIA, dev): {_share(hit, of)} of proper nouns seen; {flagged:.1f} others of 1,000 words.")
    print("\nNames the model never met, in eight sentences each; seen is a name whose every word is:\n")
    print(table(_origins(), ("origin", "as written", "small")))
    print(
        f"\nSpeed: {speed([s.text for kind in KINDS for s in gold(data, kind)]):,.0f} words a second of processor time."
    )


def _lowered(text: str) -> str:
    """Make letters small, one for one."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _raised(text: str) -> str:
    """Make letters capital, one for one."""
    return "".join(capital if len(capital := letter.upper()) == 1 else letter for letter in text)


def _scored(tallies: Sequence[Tally], rounds: int) -> tuple[str, str, str, str]:
    """Return precision, recall, F1 and its interval; nothing where there was nothing to find."""
    whole = total(tallies)
    if not whole.there:
        return "", "", "", ""
    low, high = bootstrap(tallies, rounds)
    return f"{whole.precision:.3f}", f"{whole.recall:.3f}", f"{whole.f1:.3f}", f"{low:.3f}–{high:.3f}"


def _share(hit: int, of: int) -> str:
    low, high = wilson(hit, of)
    return f"{hit / of:.3f} ({low:.3f}–{high:.3f}; {hit} of {of})"


def spoken(data: Path) -> tuple[int, int, float]:
    """Return proper nouns of dialect speech that the model sees, all of them, and false words of a thousand."""
    hit = of = false = every = 0
    sentences = speech(data)
    for sentence, hits in zip(
        sentences, ner.entities([" ".join(w for w, _ in s) for s in sentences], "nn"), strict=True
    ):
        at = 0
        for word, part in sentence:
            seen = any(h.start < at + len(word) and at < h.end for h in hits)
            every += 1
            of += part == "PROPN"
            hit += seen and part == "PROPN"
            false += seen and part != "PROPN"
            at += len(word) + 1
    return hit, of, 1000 * false / every


def _origins() -> list[tuple[str, ...]]:
    rows = []
    for origin, sentences in ner_origins.told().items():
        shares = []
        for change in (str, _lowered):
            hits = ner.entities([change(text) for text, _, _ in sentences], "nb")
            seen = [_wholly(text, start, end, found) for (text, start, end), found in zip(sentences, hits, strict=True)]
            shares.append(_share(sum(seen), len(seen)))
        rows.append((origin, *shares))
    return rows


def _wholly(text: str, start: int, end: int, hits: Sequence[Hit]) -> bool:
    within = {at for hit in hits for at in range(hit.start, hit.end)}
    return all(at in within for at in range(start, end) if text[at].isalpha())


def speed(texts: Sequence[str]) -> float:
    """Return words read in a second of one core, the model being loaded."""
    list(ner.entities(texts[:50], "nb"))
    begin = time.process_time()
    list(ner.entities(["\n".join(texts)], "nb"))
    return sum(len(text.split()) for text in texts) / (time.process_time() - begin)


def main() -> int:
    """Put the figures between the marks of the model card."""
    data = os.environ.get("QUALKIT_DATA")
    if not data:
        print("QUALKIT_DATA names no folder: nothing to measure", file=sys.stderr)
        return 2
    told = io.StringIO()
    with redirect_stdout(told):
        report(Path(data))
    card = ner.MODEL / "README.md"
    text = card.read_text(encoding="utf-8")
    begin, end = "<!-- begin figures -->\n", "<!-- end figures -->\n"
    head, _, rest = text.partition(begin)
    card.write_text(f"{head}{begin}\n{told.getvalue().strip()}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")
    print(told.getvalue())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
