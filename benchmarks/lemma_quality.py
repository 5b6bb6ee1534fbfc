"""How well `lemma:` finds the forms of a word, on treebanks read by people.

For every content lemma (noun, verb, adjective, adverb) with at least two forms and two occurrences:
the tokens that `lemma:<lemma>` finds, held against the tokens that carry the lemma. Precision and
recall are averaged over lemmas; the last column is their harmonic mean.

    QUALKIT_DATA=… python benchmarks/lemma_quality.py
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from qualkit.language.lemmas import lemmas, query_lemmas
from qualkit.language.words import fold

FILES = {
    "bokmål": ("nb", "treebank/Bokmaal-no_bokmaal-ud-dev.conllu", 0.96),
    "nynorsk": ("nn", "treebank/Nynorsk-no_nynorsk-ud-dev.conllu", 0.94),
    "dialect speech": ("nn", "speech/no_nynorsklia-ud-dev.conllu", 0.91),
}
CONTENT = {"NOUN", "VERB", "ADJ", "ADV"}
NO_WORDS = {"PUNCT", "SYM", "X", "NUM"}


def tokens(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield form, lemma and part of speech of every word."""
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[0].isdigit() and cells[3] not in NO_WORDS:
            yield cells[1].lower(), cells[2].lower(), cells[3]


def quality(path: Path, language: str) -> tuple[int, float, float, float]:
    """Return number of lemmas, macro precision, macro recall, harmonic mean."""
    gold: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, set[str]] = defaultdict(set)
    content: set[str] = set()
    found: dict[str, set[int]] = defaultdict(set)
    for number, (form, lemma, part) in enumerate(tokens(path)):
        gold[lemma].append(number)
        forms[lemma].add(form)
        if part in CONTENT:
            content.add(lemma)
        # The tree bank's token may be several of our words ("F.eks."); the last one is inflected.
        for word in fold(form)[-1:]:
            for candidate in lemmas(word, language):
                found[candidate].add(number)
    precision, recall = [], []
    for lemma in sorted(content):
        if len(gold[lemma]) < 2 or len(forms[lemma]) < 2:
            continue
        hits = set().union(*(found[q] for q in query_lemmas(lemma, language)))
        right = len(hits & set(gold[lemma]))
        precision.append(right / len(hits) if hits else 0.0)
        recall.append(right / len(gold[lemma]))
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return len(precision), p, r, 2 * p * r / (p + r)


def main() -> int:
    data = os.environ.get("QUALKIT_DATA")
    if not data:
        print("QUALKIT_DATA names no folder: nothing to measure", file=sys.stderr)
        return 2
    print(f"{'':16}{'lemmas':>8}{'precision':>11}{'recall':>8}{'harmonic':>10}{'goal':>6}")
    for name, (language, file, goal) in FILES.items():
        n, p, r, f = quality(Path(data) / file, language)
        print(f"{name:16}{n:8}{p:11.3f}{r:8.3f}{f:10.3f}{goal:6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
