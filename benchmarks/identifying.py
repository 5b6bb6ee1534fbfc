"""Texts in which people marked what identifies, and how much of it the detectors see.

A token of a name is found when hits cover all its letters and digits; a token is falsely flagged when a hit touches it
and no marked name does. Nothing is filtered by what a detector takes a word for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualkit.anonymisation.detecting import detect
from qualkit.identity import Hit

KINDS = {
    "PER": "person",
    "GPE_LOC": "place",
    "GPE_ORG": "place",
    "LOC": "place",
    "ORG": "organisation",
}
"""What the labels of NorNE are counted as; the others are neither found nor false."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and its tokens, each with what it was marked as: "" for no name, "other" for a name of another kind."""

    text: str
    tokens: tuple[tuple[int, int, str], ...]
    language: str

    def changed(self, change: Callable[[str], str]) -> Marked:
        """Return the same in other letters, where the change keeps their number."""
        return Marked(
            "".join(change(char) if len(change(char)) == 1 else char for char in self.text), self.tokens, self.language
        )


def norne(path: Path, language: str, *, between: str = "\n") -> Marked:
    """Return a file of NorNE as one text, a sentence a line."""
    parts: list[str] = []
    tokens: list[tuple[int, int, str]] = []
    at = 0
    for _, sentence in json.loads(path.read_text(encoding="utf-8")):
        for word, tag, spaced, _ in sentence:
            label = tag.partition("-")[2]
            tokens.append((at, at + len(word), KINDS.get(label, "other" if label else "")))
            parts.append(word + " " * spaced)
            at += len(word) + spaced
        parts.append(between)
        at += len(between)
    return Marked("".join(parts), tuple(tokens), language)


def speech(path: Path, language: str = "nn") -> Marked:
    """Return a treebank of speech as one text, an utterance a line, its proper nouns marked; pauses stay."""
    parts: list[str] = []
    tokens: list[tuple[int, int, str]] = []
    at = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[0].isdigit():
            tokens.append((at, at + len(cells[1]), "proper noun" if cells[3] == "PROPN" else ""))
            parts.append(cells[1] + " ")
            at += len(cells[1]) + 1
        elif not line:
            parts.append("\n")
            at += 1
    return Marked("".join(parts), tuple(tokens), language)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    found: int
    of: int

    @property
    def value(self) -> float:
        """The share; 1 of nothing."""
        return self.found / self.of if self.of else 1.0

    def wilson(self, z: float = 1.96) -> tuple[float, float]:
        """Return the 95 % interval of Wilson.

        Example:
            >>> [round(bound, 3) for bound in Share(208, 214).wilson()]
            [0.94, 0.987]
        """
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        width = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - width), min(1.0, middle + width)

    def __str__(self) -> str:
        low, high = self.wilson()
        return f"{self.value:.3f} ({low:.3f}–{high:.3f})"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the detectors saw of a marked text.

    Attributes:
        recall: By kind.
        flagged: Tokens that a hit touches, of all.
        false: Of them those that are no name.
        missed: Places of the tokens of names that no hit covers.
        wrong: Places of the tokens that are falsely flagged.
    """

    recall: dict[str, Share]
    flagged: Share
    false: Share
    missed: tuple[tuple[int, int, str], ...]
    wrong: tuple[tuple[int, int], ...]


def see(marked: Marked, hits: Sequence[Hit]) -> Seen:
    """Hold hits against what people marked."""
    touched = coverage(len(marked.text), hits)
    found: dict[str, int] = {}
    total: dict[str, int] = {}
    missed: list[tuple[int, int, str]] = []
    wrong: list[tuple[int, int]] = []
    flagged = 0
    for start, end, kind in marked.tokens:
        inside = touched[end] - touched[start]
        flagged += inside > 0
        if kind:
            total[kind] = total.get(kind, 0) + 1
            if all(touched[at + 1] > touched[at] for at in range(start, end) if marked.text[at].isalnum()) and (
                inside or not any(map(str.isalnum, marked.text[start:end]))
            ):
                found[kind] = found.get(kind, 0) + 1
            else:
                missed.append((start, end, kind))
        elif inside:
            wrong.append((start, end))
    recall = {kind: Share(found.get(kind, 0), total[kind]) for kind in sorted(total)}
    size = len(marked.tokens)
    return Seen(recall, Share(flagged, size), Share(len(wrong), size), tuple(missed), tuple(wrong))


def coverage(length: int, hits: Iterable[Hit]) -> list[int]:
    """Return, for every place in a text, how many code points before it some hit covers."""
    marks = bytearray(length)
    for hit in hits:
        marks[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
    running = [0]
    for mark in marks:
        running.append(running[-1] + mark)
    return running


def detected(marked: Marked, without: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
    """Return the hits of all detectors, less some."""
    return detect(marked.text, language=marked.language, without=without)
