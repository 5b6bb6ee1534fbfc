"""The nouns of reading: what an analyst noted before, beside and after coding, dated, each version kept.

A total impression of a transcript and preliminary themes before coding (Malterud 2012, first step), preconceptions,
familiarisation notes and a reflexive journal (Braun and Clarke), the dimensions of information power (Malterud,
Siersma and Guassora 2016), and what a transcript that was read again says of the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["preconceptions", "impression", "theme", "note", "journal", "verdict", "power", "asked"]
Verdict = Literal["supports", "nuances", "contradicts"]
Dimension = Literal["aim", "specificity", "theory", "dialogue", "strategy"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

_EACH_STANDS = ("note", "journal")
"""Of these every entry stands; of the others the last one about the same thing."""


@dataclass(frozen=True, slots=True)
class Reflection:
    """One dated entry of an analyst.

    Attributes:
        kind: What it is; a theme is a preliminary one, and "asked" says by hand what an interviewer's turn asked.
        by: The analyst, whose file it stands in.
        about: The transcript's id; of a preliminary theme its name; of information power the dimension; else "".
        text: As written; of a preliminary theme why it is one; of "asked" how the turn begins.
        date: ISO 8601 day; "" where none is given.
        verdict: Of a transcript that was read again; "" in other entries.
        changed: What was changed in the result because of it.
        was: What a preliminary theme was called before.
        dropped: Whether a preliminary theme was given up, for the reason in `text`.
        questions: Ids of the guide's questions that a turn asked; none where it asked none of them.
        by_rule: Whether an "asked" leaves the turn to the guide's rules again.
        nth: Which of several turns that begin alike is meant, from 1.
        line: In the analyst's file, for messages.
    """

    kind: Kind
    by: str
    about: str = ""
    text: str = ""
    date: str = ""
    verdict: Verdict | Literal[""] = ""
    changed: str = ""
    was: str = ""
    dropped: bool = False
    questions: tuple[str, ...] = ()
    by_rule: bool = False
    nth: int = 1
    line: int = 0


def standing(reflections: Iterable[Reflection], kind: Kind) -> list[Reflection]:
    """Return the entries of a kind that stand: the last of each analyst about each thing; every note and journal day.

    A preliminary theme that was renamed stands where it stood, under its new name; one that was dropped is left out.

    Example:
        >>> written = [Reflection("impression", "ida", "K1", "Sint."), Reflection("impression", "ida", "K1", "Trøtt.")]
        >>> [one.text for one in standing(written, "impression")]
        ['Trøtt.']
    """
    found: dict[tuple[str, ...], Reflection] = {}
    number = 0
    for one in reflections:
        if one.kind != kind:
            continue
        number += 1
        key = (one.by, str(number)) if kind in _EACH_STANDS else _about(one)
        before = (one.by, one.was.casefold())
        if kind == "theme" and one.was and before in found:
            found = {key if old == before else old: entry for old, entry in found.items() if old != key}
        if one.dropped:
            found.pop(key, None)
        else:
            found[key] = one
    return list(found.values())


def _about(one: Reflection) -> tuple[str, ...]:
    if one.kind == "asked":
        return one.by, one.about, " ".join(one.text.casefold().split()), str(one.nth)
    return one.by, one.about.casefold() if one.kind == "theme" else one.about
