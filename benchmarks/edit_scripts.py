"""Random edits of a transcript, and an oracle that knows what became of every letter.

A text under edit is two arrays: its letters, and which letter of the original each one is (or none).
So it is known of every coded passage whether its words are untouched and where they stand now, whether
they were edited inside, or whether nothing of them is left, without asking the code under test.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from qualkit.coding.anchored import Reanchored
from qualkit.model import Span

Fate = Literal["untouched", "edited", "gone"]
Verdict = Literal["right", "asks", "wrong class", "elsewhere, told", "elsewhere, silent"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

NEW = -1
_LETTERS = "abdefghijklmnoprstuvyøå"


class Edited:
    """A text under edit."""

    def __init__(self, text: str) -> None:
        self.letters = list(text)
        self.origins = list(range(len(text)))
        self.touched: set[int] = set()

    @property
    def text(self) -> str:
        return "".join(self.letters)

    def replace(self, start: int, end: int, words: str) -> None:
        self.letters[start:end] = list(words)
        self.origins[start:end] = [NEW] * len(words)

    def recase(self, at: int) -> None:
        """Change a letter's case; it is the same letter, touched."""
        other = self.letters[at].swapcase()
        if len(other) == 1 and other != self.letters[at]:
            self.letters[at] = other
            self.touched.add(self.origins[at])

    def move(self, start: int, end: int, to: int) -> None:
        """Move a stretch to before the letter that stands at `to` now."""
        letters, origins = self.letters[start:end], self.origins[start:end]
        to -= end - start if to >= end else 0
        del self.letters[start:end], self.origins[start:end]
        self.letters[to:to] = letters
        self.origins[to:to] = origins


def _words(text: str) -> list[tuple[int, int]]:
    out, start = [], None
    for at, char in enumerate((*text, " ")):
        if char.isalnum():
            start = at if start is None else start
        elif start is not None:
            out.append((start, at))
            start = None
    return out


def _paragraphs(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    while at < len(text):
        stop = text.find("\n\n", at)
        stop = len(text) if stop < 0 else stop + 2
        out.append((at, stop))
        at = stop
    return out


def _sentences(text: str) -> list[tuple[int, int]]:
    out, start = [], 0
    for at, char in enumerate(text):
        if char in ".?!\n" and at + 1 < len(text) and text[at + 1].isspace():
            if at - start > 3:
                out.append((start, at + 1))
            start = at + 2
    return out or [(0, len(text))]


def insert_words(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    start, _ = rng.choice(_words(e.text))
    e.replace(start, start, " ".join(rng.choice(pool) for _ in range(rng.choice((1, 1, 2, 5)))) + " ")


def insert_sentence(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    text = e.text
    _, end = rng.choice(_sentences(text))
    if rng.random() < 0.3:
        # One that stands in the text already: people repeat themselves.
        start, stop = rng.choice(_sentences(text))
        words = text[start:stop].replace("\n", " ")
    else:
        words = " ".join(rng.choice(pool) for _ in range(rng.randint(3, 12))).capitalize() + "."
    e.replace(end, end, " " + words)


def insert_turn(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    start, _ = rng.choice(_paragraphs(e.text))
    words = " ".join(rng.choice(pool) for _ in range(rng.randint(1, 25))).capitalize()
    e.replace(start, start, f"{rng.choice(('I', 'K1'))}: {words}.\n\n")


def delete_words(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    words = _words(e.text)
    first = rng.randrange(len(words))
    last = min(len(words) - 1, first + rng.choice((0, 0, 1, 4)))
    end = words[last][1]
    e.replace(words[first][0], end + (end < len(e.letters) and e.letters[end] == " "), "")


def delete_sentence(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    start, end = rng.choice(_sentences(e.text))
    e.replace(start, end + (end < len(e.letters) and e.letters[end] == " "), "")


def delete_turn(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    e.replace(*rng.choice(_paragraphs(e.text)), "")


def mend_typo(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    start, end = rng.choice(_words(e.text))
    at = rng.randrange(start, end)
    e.replace(at, at + rng.choice((0, 1, 1)), rng.choice((rng.choice(_LETTERS), "")))


def replace_word(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    e.replace(*rng.choice(_words(e.text)), rng.choice(pool))


def replace_sentence(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    start, end = rng.choice(_sentences(e.text))
    e.replace(start, end, " ".join(rng.choice(pool) for _ in range(rng.randint(3, 15))).capitalize() + ".")


def recognise_again(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    """A stretch of the recording recognised anew: every sixth word another, some gone, some more."""
    words = _words(e.text)
    first = rng.randrange(len(words))
    for start, end in reversed(words[first : first + 200]):
        chance = rng.random()
        if chance < 0.08:
            e.replace(start, end, rng.choice(pool))
        elif chance < 0.12:
            e.replace(start, end + (end < len(e.letters) and e.letters[end] == " "), "")
        elif chance < 0.16:
            e.replace(start, start, rng.choice(pool) + " ")


def move_turn(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    paragraphs = _paragraphs(e.text)
    start, end = rng.choice(paragraphs)
    to, _ = rng.choice(paragraphs)
    if e.letters[end - 1] == "\n" and not start <= to < end:
        e.move(start, end, to)


def move_and_edit_turn(e: Edited, rng: random.Random, pool: Sequence[str]) -> None:
    paragraphs = [
        p for p in _paragraphs(e.text) if e.letters[p[1] - 1] == "\n" and len(_words(e.text[p[0] : p[1]])) > 1
    ]
    if not paragraphs:
        return
    start, end = rng.choice(paragraphs)
    first, last = rng.choice(_words("".join(e.letters[start:end]))[1:])
    length = len(e.letters)
    e.replace(start + first, start + last, rng.choice(pool))
    end += len(e.letters) - length
    to, _ = rng.choice(_paragraphs(e.text))
    if not start <= to < end:
        e.move(start, end, to)


def rename_speaker(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    text = e.text
    labels = sorted({line.partition(":")[0] for line in text.split("\n") if 0 < line.find(": ") < 20})
    if not labels:
        return
    label, name = rng.choice(labels), rng.choice(("Informant 1", "K9", "Intervjuer", "Sykepleier"))
    at = [n for n in range(len(text)) if text.startswith(f"{label}: ", n) and (n == 0 or text[n - 1] == "\n")]
    for start in reversed(at):
        e.replace(start, start + len(label), name)


def change_marks(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    """Straight quotation marks, dashes and dots for printed ones, or the other way about."""
    one, other = rng.choice((("…", "..."), ("–", "-"), ("«", '"'), ("»", '"'), ("...", "…"), (" - ", " – ")))
    at, text = [], e.text
    found = text.find(one)
    while found >= 0:
        at.append(found)
        found = text.find(one, found + len(one))
    for start in reversed(at):
        e.replace(start, start + len(one), other)


def change_case(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    for start, _ in rng.sample(words := _words(e.text), min(3, len(words))):
        e.recase(start)


def wrap_again(e: Edited, rng: random.Random, _pool: Sequence[str]) -> None:
    """Break lines at another width, as an editor does; empty lines stay."""
    width, column = rng.randint(40, 100), 0
    for at, char in enumerate(e.letters):
        if char == "\n":
            column = 0
        elif char == " " and column > width and e.letters[at - 1] != "\n":
            e.letters[at], e.origins[at] = "\n", NEW
            column = 0
        column += 1


EDITS: dict[str, Callable[[Edited, random.Random, Sequence[str]], None]] = {
    "insert words": insert_words,
    "insert a sentence": insert_sentence,
    "insert a turn": insert_turn,
    "delete words": delete_words,
    "delete a sentence": delete_sentence,
    "delete a turn": delete_turn,
    "mend a typo": mend_typo,
    "replace a word": replace_word,
    "replace a sentence": replace_sentence,
    "recognise again": recognise_again,
    "move a turn": move_turn,
    "move and edit a turn": move_and_edit_turn,
    "rename a speaker": rename_speaker,
    "change marks": change_marks,
    "change case": change_case,
    "wrap lines again": wrap_again,
}


def edited(text: str, rng: random.Random, pool: Sequence[str]) -> tuple[Edited, list[str]]:
    """Return a text after one to twelve random edits, and which they were."""
    under = Edited(text)
    names = rng.choices(list(EDITS), k=rng.choice((1, 1, 2, 3, 5, 8, 12)))
    for name in names:
        if _words(under.text):
            EDITS[name](under, rng, pool)
    assert unicodedata.is_normalized("NFC", under.text)
    return under, names


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of a passage.

    Attributes:
        left: Where its letters stand now (white space not counted), in the order of the later text.
    """

    fate: Fate
    left: tuple[int, ...]


class Oracle:
    """Tells what became of passages of the original."""

    def __init__(self, original: str, under: Edited) -> None:
        self._original, self._under = original, under
        self._now = {origin: at for at, origin in enumerate(under.origins) if origin != NEW}

    def truth(self, start: int, end: int) -> Truth:
        letters = [at for at in range(start, end) if not self._original[at].isspace()]
        now = [self._now[at] for at in letters if at in self._now]
        if not any(self._under.letters[at].isalnum() for at in now):
            return Truth("gone", tuple(sorted(now)))
        whole = len(now) == len(letters) and not self._under.touched.intersection(letters)
        between = "".join(self._under.letters[now[0] : now[-1] + 1])
        if whole and now == sorted(now) and sum(not char.isspace() for char in between) == len(now):
            return Truth("untouched", tuple(now))
        return Truth("edited", tuple(sorted(now)))

    def verdict(self, result: Reanchored) -> tuple[Fate, Verdict]:
        """Judge where a coding ended. What is kept or moved is told to nobody: there a wrong place is silent."""
        span = result.before.unit.span
        truth = self.truth(span.start, span.end)
        if result.after is None:
            return truth.fate, "right" if truth.fate == "gone" else "asks"
        place = result.after.unit.span
        inside = sum(place.start <= at < place.end for at in truth.left)
        told = result.anchor == "words-changed"
        if truth.fate == "untouched":
            exact = (place.start, place.end) == (truth.left[0], truth.left[-1] + 1)
            if exact:
                return truth.fate, "wrong class" if told else "right"
            return truth.fate, "elsewhere, told" if told else "elsewhere, silent"
        if truth.fate == "gone" and result.words_after == result.before.unit.text and self._between(span, place):
            # Taken out, and typed again at the same place.
            return truth.fate, "right"
        # Where words stand there to the letter, though one of their letters was typed anew, nothing was changed.
        if truth.fate == "edited" and inside >= 0.5 * len(truth.left):
            return truth.fate, "right"
        return truth.fate, "elsewhere, told" if told else "elsewhere, silent"

    def _between(self, span: Span, place: Span) -> bool:
        """Return whether a place lies between what stood before a passage and what stood after it."""
        before = next((self._now[at] for at in range(span.start - 1, -1, -1) if at in self._now), -1)
        after = next((self._now[at] for at in range(span.end, len(self._original)) if at in self._now), 1 << 60)
        return before < place.start and place.end <= after
