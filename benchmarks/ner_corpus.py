"""Reads NorNE, the named entities of the Norwegian Dependency Treebank, as it lies under QUALKIT_DATA."""

from __future__ import annotations

import json
from pathlib import Path

LABELS = ("PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "DRV", "EVT", "MISC")

Sentence = list[tuple[str, str]]
"""Words, each with its tag: "B-PER", "I-PER", "O"."""


def train(data: Path, kind: str) -> list[Sentence]:
    """Return the sentences to learn from, in the order of the texts; `kind` is "nob" or "nno"."""
    read = json.loads((data / "norne" / f"{kind}-train.json").read_text(encoding="utf-8"))
    return [[(word, tag) for word, tag in sentence] for sentence in read]


def dev(data: Path, kind: str) -> list[tuple[str, Sentence]]:
    """Return the sentences to measure with: the text as it was written, and its words."""
    read = json.loads((data / "norne" / f"{kind}-dev.json").read_text(encoding="utf-8"))
    return [(text, [(word, tag) for word, tag, *_ in words]) for text, words in read]


def words(text: str, sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return where the words stand in the text: first character, one past the last, tag."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for word, tag in sentence:
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at, tag))
    return found


def spans(marked: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join marked words to entities: first character, one past the last, label."""
    found: list[tuple[int, int, str]] = []
    for start, end, tag in marked:
        if tag.startswith("B-"):
            found.append((start, end, tag[2:]))
        elif tag.startswith("I-"):
            found[-1] = (found[-1][0], end, found[-1][2])
    return found


def speech(data: Path) -> list[list[tuple[str, str]]]:
    """Return dialect speech, words with their part of speech, without the marks of pauses."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in (data / "speech" / "no_nynorsklia-ud-dev.conllu").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[0].isdigit() and cells[1].strip("#"):
            sentences[-1].append((cells[1], cells[3]))
        elif not line:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]
