"""What qualkit says of faults, in the reader's language.

Every message and hint is written in English where it is raised, and the shell prints it so. A page in bokmål or
nynorsk hands the finished sentence to `said`, which knows the sentences of the catalogue: in `catalogue/`, three lines
each, the English one with holes, and the same in bokmål and nynorsk. What stands in a hole {name} is carried over as it
is: an id, a place, in {n} only numbers, in {file} a file's name. What stands in a hole {!name} is a part of a sentence,
and said in the other language too.

Example:
    there are {n} lines in {file}
    {file} har {n} linjer
    {file} har {n} linjer
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LANGUAGES = ("nb", "nn", "en")

_HOLE = re.compile(r"\{(!?)([a-z_]\w*)\}")
# A number, or several of them: "7", "1,234", "3–5", "2, 4, 6 …"; a file's name, which no colon and space are in.
_HELD = {"n": r"[\d.,–… ]*\d[\d.,–… ]*", "file": r"(?:(?!: ).)*?"}
_LONGEST = 4000
_DEEPEST = 3
_BETWEEN = {" and ": {"nb": " og ", "nn": " og "}, " or ": {"nb": " eller ", "nn": " eller "}}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the catalogue.

    Attributes:
        english: With its holes.
        others: By language, with the same holes.
        pattern: What finds it, one group for each hole.
        holes: Names in the order of the groups; true where the part is said in the other language too.
        longest: The longest piece without a hole.
        letters: How many letters are no hole: the more, the more certain.
    """

    english: str
    others: Mapping[str, str]
    pattern: str
    holes: tuple[tuple[str, bool], ...]
    longest: str
    letters: int


class Found(NamedTuple):
    """A sentence that was recognised, and what stands in its holes."""

    sentence: Sentence
    held: tuple[str, ...]


def said(english: str, language: str) -> str:
    """Return a message in another language; as it is where the language or the message is not known.

    Args:
        english: A finished message or hint.
        language: "nb" or "nn"; every other is English.

    Example:
        >>> said("there is no transcript “K9”", "nn")
        'det finst ingen transkripsjon «K9»'
    """
    return _said(english, language, 0) if language in ("nb", "nn") and english else english


@lru_cache(maxsize=4096)
def _said(english: str, language: str, depth: int) -> str:
    found = recognised(english)
    if found is None:
        return _enumerated(english, language, depth) if depth else english
    held = {}
    for (name, is_part), text in zip(found.sentence.holes, found.held, strict=True):
        held[name] = _said(text, language, depth + 1) if is_part and depth < _DEEPEST else text
    return _HOLE.sub(lambda hole: held[hole[2]], found.sentence.others[language])


def _enumerated(english: str, language: str, depth: int) -> str:
    """Return a list of parts, “a, b and c”, in another language."""
    for between, ours in _BETWEEN.items():
        if between in english and depth < _DEEPEST:
            return ours[language].join(_said(part, language, depth + 1) for part in english.split(between))
    return english


def unsaid(english: str, depth: int = 0) -> list[str]:
    """Return what of a message would stay English: the message itself, or parts of it."""
    found = recognised(english)
    if found is None:
        for between in _BETWEEN:
            if depth and between in english:
                return [left for part in english.split(between) for left in unsaid(part, depth + 1)]
        return [english]
    parts = [text for (_, is_part), text in zip(found.sentence.holes, found.held, strict=True) if is_part and text]
    return [left for part in parts for left in unsaid(part, depth + 1)]


def recognised(english: str) -> Found | None:
    """Return the sentence of the catalogue that a message is, the one that says most first."""
    if len(english) > _LONGEST:
        return None
    for sentence in sentences():
        if sentence.longest in english and (match := _compiled(sentence.pattern).fullmatch(english)):
            return Found(sentence, match.groups())
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when a message first looks like it: all of them together take a second."""
    return re.compile(pattern, re.S)


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return the catalogue, what says most first."""
    found = []
    for file in sorted(files("qualkit.language").joinpath("catalogue").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".txt"):
            found += parse_catalogue(file.read_text("utf-8"), file.name)
    return tuple(sorted(found, key=lambda one: -one.letters))


def parse_catalogue(text: str, name: str) -> list[Sentence]:
    """Read sentences of three lines: English, bokmål, nynorsk. A block that begins with # is a remark.

    Raises:
        ValueError: If a block has other than three lines, or languages have other holes.
    """
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.split("\n") if not line.startswith("#")]
        if not lines:
            continue
        if len(lines) != 3:
            raise ValueError(f"{name}: not three lines: {lines[0]}")
        held = [sorted({hole[2] for hole in _HOLE.finditer(line)}) for line in lines]
        if not held[0] == held[1] == held[2]:
            raise ValueError(f"{name}: other holes than the English: {lines[0]}")
        found.append(_sentence(*lines))
    return found


def _sentence(english: str, nb: str, nn: str) -> Sentence:
    pieces = _HOLE.split(english)
    fixed, marks, names = pieces[::3], pieces[1::3], pieces[2::3]
    pattern = re.escape(fixed[0])
    for name, piece in zip(names, fixed[1:], strict=True):
        pattern += f"({_HELD.get(name, '.*?')}){re.escape(piece)}"
    holes = tuple((name, mark == "!") for mark, name in zip(marks, names, strict=True))
    letters = sum(map(len, fixed))
    return Sentence(english, {"nb": nb, "nn": nn}, pattern, holes, max(fixed, key=len), letters)
