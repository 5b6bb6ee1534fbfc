"""200 rules over prepared word arrays, hits as arrays; beside one bare gather over the same words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.generate import LANGUAGE, rules
from benchmarks.measuring import Options, Row, growth, interleaved, show
from qualkit.coding.matching import Hits, Matcher, compile_patterns, find
from qualkit.coding.patterns import parse_pattern
from qualkit.engine import chunk_size
from qualkit.language.words import Vocabulary, Words, index_words


def prepared(paths: Sequence[Path], vocabulary: Vocabulary) -> list[Words]:
    """Return the word arrays of some texts, as many texts at a time as `qualkit code` takes."""
    size = chunk_size(len(paths), 1)
    chunks = [paths[at : at + size] for at in range(0, len(paths), size)]
    return [index_words("\n".join(path.read_text(encoding="utf-8") for path in chunk), vocabulary) for chunk in chunks]


def compiled(vocabulary: Vocabulary, arrays: Sequence[Words]) -> Matcher:
    """Return the 200 rules for a vocabulary and the texts it is of."""
    counts = sum(np.bincount(words.ids, minlength=len(vocabulary)) for words in arrays)
    return compile_patterns([parse_pattern(text) for text in rules().texts()], vocabulary.words(), LANGUAGE, counts)


def measure(options: Options) -> None:
    rows, timings, words, notes = [], {}, {}, []
    for size in options.sizes:
        vocabulary = Vocabulary()
        arrays = prepared(sorted(options.material.texts(size).glob("*.txt")), vocabulary)
        matcher = compiled(vocabulary, arrays)
        numbers = np.zeros(len(vocabulary), np.int32)
        numbers[matcher.triggers] = matcher.follow[matcher.begins[:-1][matcher.triggers]]
        steps = {
            "find": partial(_find, arrays, matcher),
            "numbers": partial(_gather, arrays, numbers),
            "booleans": partial(_gather, arrays, matcher.triggers),
            "compile": partial(compiled, vocabulary, arrays),
        }
        found = interleaved(steps, options.times(15 if size <= 100 else 7))
        label = f"{size:,}"
        rows.append(Row("200 rules; floor: a gather of 32-bit numbers", label, found["find"], found["numbers"], 8))
        rows.append(Row("200 rules; floor: a gather of booleans", label, found["find"], found["booleans"]))
        rows.append(Row("compiling 200 rules, lemmas known", label, found["compile"]))
        timings[size] = found["find"]
        words[size] = sum(map(len, arrays))
        hits = [find(chunk, matcher) for chunk in arrays]
        covered = sum(_covered(chunk, hit) for chunk, hit in zip(arrays, hits, strict=True))
        notes.append(
            f"{size:,} transcripts: {words[size]:,} words, {len(vocabulary):,} distinct; "
            f"{sum(len(hit.pattern) for hit in hits):,} hits, {covered / words[size]:.1%} of the words hit."
        )
    show("200 rules over prepared arrays", [*rows, *growth("200 rules", timings, words)], notes)


def _find(arrays: Sequence[Words], matcher: Matcher) -> int:
    return sum(len(find(words, matcher).pattern) for words in arrays)


def _gather(arrays: Sequence[Words], of_word: np.ndarray) -> int:
    return sum(len(of_word.take(words.ids)) for words in arrays)


def _covered(words: Words, hits: Hits) -> int:
    """Count the words that lie in at least one hit."""
    edges = np.zeros(len(words) + 1, np.int64)
    np.add.at(edges, hits.first, 1)
    np.add.at(edges, hits.last + 1, -1)
    return int((np.cumsum(edges)[:-1] > 0).sum())
