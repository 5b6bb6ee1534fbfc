"""The keys that go through a transcript on the page, to find the fewest presses before they are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Place = tuple[int, int]
WORD = re.compile(r"[^\W_][\w’'-]*")
_MOST = 14
"""Presses of one key before another way is looked for."""


@dataclass(frozen=True, slots=True)
class Here:
    """What is chosen, where a stretch that grows began, and what kind of unit was gone to."""

    chosen: Place | None = None
    anchor: Place | None = None
    kind: str = ""


@dataclass(frozen=True)
class Going:
    """Turns, sentences and words, and where each key leads: as in `reading/choosing.js`."""

    units: Mapping[str, Sequence[Place]]

    @classmethod
    def through(cls, transcript: Mapping[str, Any]) -> Going:
        """Read them off the workbench's answer."""
        text, turns = transcript["text"], transcript["turns"]
        said = [[(one[0], one[1]) for one in turn["sentences"]] for turn in turns if turn["sentences"]]
        words = [
            (turn["start"] + found.start(), turn["start"] + found.end())
            for turn in turns
            for found in WORD.finditer(text[turn["start"] : turn["end"]])
        ]
        sentences = [one for turn in said for one in turn]
        return cls({"turn": [(turn[0][0], turn[-1][1]) for turn in said], "sentence": sentences, "word": words})

    def press(self, here: Here, key: str) -> Here:
        """Return what is chosen after a key."""
        way = -1 if key.endswith(("Up", "Left", "k")) else 1
        kind = "turn" if key in ("j", "k") else "sentence" if key.endswith(("Down", "Up")) else "word"
        if key.startswith("Alt+Shift"):
            return self._nudge(here, way)
        return self._grow(here, kind, way) if key.startswith("Shift") else self._move(here, kind, way)

    def _move(self, here: Here, kind: str, way: int) -> Here:
        units = self.units[kind]
        if here.chosen is None:
            return Here(units[0], None, kind)
        start, end = here.chosen
        order = ("word", "sentence", "turn")
        if order.index(here.kind or "word") > order.index(kind):
            within = [one for one in units if one[0] >= start and one[1] <= end]
            if len(within) > 1:
                return Here(within[0 if way > 0 else -1], None, kind)
        inside = next((n for n, one in enumerate(units) if one[1] > start), len(units) - 1)
        low, high = units[inside]
        whole = (low, high) == (start, end)
        if low <= start and high >= end and not whole:
            at = inside
        elif way < 0:
            at = inside - 1
        else:
            at = next((n for n, one in enumerate(units) if one[0] >= (high if whole else end)), len(units) - 1)
        return Here(units[max(0, at)], None, kind)

    def _grow(self, here: Here, kind: str, way: int) -> Here:
        units = self.units[kind]
        if here.chosen is None:
            return self._move(here, kind, way)
        start, end = here.chosen
        anchor = here.anchor or here.chosen
        if way > 0 and start < anchor[0]:
            following = next((one[0] for one in units if one[0] > start), anchor[0])
            start = min(following, anchor[0])
        elif way > 0:
            end = next((one[1] for one in units if one[1] > end), end)
        elif end > anchor[1]:
            before = [one[1] for one in units if one[1] < end]
            end = max(before[-1] if before else anchor[1], anchor[1])
        else:
            start = next((one[0] for one in reversed(units) if one[0] < start), start)
        return Here((start, end), anchor)

    def _nudge(self, here: Here, way: int) -> Here:
        if here.chosen is None:
            return here
        start, end = here.chosen
        words = self.units["word"]
        found = [one[0] for one in (words if way > 0 else reversed(words)) if (one[0] - start) * way > 0]
        return replace(here, chosen=(found[0], end), kind="") if found and found[0] < end else here

    # --- the fewest keys ---------------------------------------------------------------------------------------

    def keys(self, here: Here, goal: Place) -> tuple[list[str], Here]:
        """Return the fewest keys to a passage, of the ways a person would think of, and what is chosen then.

        Where none ends at the very sign, a way that ends at its words: at most two signs off on either side.
        """
        begun: dict[Here, list[str]] = {}
        for keys, at in self._begun(here, goal):
            if at not in begun or len(keys) < len(begun[at]):
                begun[at] = keys
        ways = [way for at, keys in begun.items() for way in self._ended(keys, at, goal)]
        if here.chosen is not None:
            ways += self._ended([], here, goal)
        exact = [way for way in ways if way[1].chosen == goal]
        near = [
            way
            for way in ways
            if way[1].chosen and all(abs(a - b) <= 2 for a, b in zip(way[1].chosen, goal, strict=True))
        ]
        return min(exact or near, key=lambda way: len(way[0]))

    def _begun(self, here: Here, goal: Place) -> Iterator[tuple[list[str], Here]]:
        """Yield the ways to a sentence or a word from which the passage begins."""
        far = self._far(here, goal)
        for leap, leaps in (("j", far), ("k", far), ("ArrowUp", _MOST)):
            begun = here
            for n in range(leaps + 1):
                if n:
                    begun = self.press(begun, leap)
                at = begun
                for m in range(_MOST + 1):
                    if m:
                        at = self.press(at, "ArrowDown")
                    if at.chosen and at.chosen[0] > goal[0]:
                        break
                    if at.chosen and at.chosen[1] > goal[0]:
                        yield [leap] * n + ["ArrowDown"] * m, at

    def _far(self, here: Here, goal: Place) -> int:
        start = here.chosen[0] if here.chosen else 0
        low, high = sorted((start, goal[0]))
        return 2 + sum(low <= one[1] and one[0] <= high for one in self.units["turn"])

    def _ended(self, keys: list[str], at: Here, goal: Place) -> list[tuple[list[str], Here]]:
        """Return the ways from what is chosen to the passage: its beginning by word, its end by sentence and word."""
        keys = list(keys)
        while at.chosen and at.chosen[0] < goal[0]:
            moved = self._nudge(at, 1)
            if moved == at or (moved.chosen and moved.chosen[0] > goal[0] + 2):
                break
            keys, at = [*keys, "Alt+Shift+ArrowRight"], moved
        ways = [(keys, at)]
        while at.chosen and at.chosen[1] < goal[1]:
            over = self.press(at, "Shift+ArrowDown")
            if over.chosen and over.chosen[1] > goal[1]:
                ways += self._by_word(keys, at, goal, "Shift+ArrowRight")
                ways += self._by_word([*keys, "Shift+ArrowDown"], over, goal, "Shift+ArrowLeft")
                break
            keys, at = [*keys, "Shift+ArrowDown"], over
            ways.append((keys, at))
        return ways

    def _by_word(self, keys: list[str], at: Here, goal: Place, key: str) -> list[tuple[list[str], Here]]:
        found = []
        for _ in range(60):
            at = self.press(at, key)
            keys = [*keys, key]
            found.append((keys, at))
            if at.chosen and (at.chosen[1] >= goal[1]) == key.endswith("Right"):
                break
        return found
