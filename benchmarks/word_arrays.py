"""Text to word arrays, on one core: read, decode, index; beside read, decode and `str.split`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.measuring import Options, Row, growth, interleaved, show
from qualkit.engine import chunk_size
from qualkit.language.words import Vocabulary, index_words


def measure(options: Options) -> None:
    rows, timings, words, notes = [], {}, {}, []
    for size in options.sizes:
        paths = sorted(options.material.texts(size).glob("*.txt"))
        steps = {
            "floor": partial(_split, paths),
            "one": partial(_index, paths),
            "chunks": partial(_index_chunks, paths),
        }
        found = interleaved(steps, options.times(7 if size <= 100 else 5))
        label = f"{size:,}"
        rows.append(Row("text to word arrays, one vocabulary", label, found["one"], found["floor"], 6))
        rows.append(Row("the same, a vocabulary a task", label, found["chunks"], found["floor"], 6))
        timings[size] = found["one"]
        words[size], types = _index(paths)
        notes.append(f"{size:,} transcripts: {words[size]:,} words, {types:,} distinct.")
    show("Text to word arrays", [*rows, *growth("text to word arrays", timings, words)], notes)


def _split(paths: list[Path]) -> int:
    return sum(len(path.read_bytes().decode("utf-8").split()) for path in paths)


def _index(paths: list[Path]) -> tuple[int, int]:
    vocabulary = Vocabulary()
    words = sum(len(index_words(path.read_bytes().decode("utf-8"), vocabulary)) for path in paths)
    return words, len(vocabulary)


def _index_chunks(paths: list[Path]) -> int:
    """Index as `qualkit code` does: some transcripts at a time, each lot with a vocabulary of its own."""
    words = 0
    size = chunk_size(len(paths), 1)
    for at in range(0, len(paths), size):
        text = "\n".join(path.read_bytes().decode("utf-8") for path in paths[at : at + size])
        words += len(index_words(text, Vocabulary()))
    return words
