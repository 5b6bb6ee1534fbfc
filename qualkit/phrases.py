"""Runs of words that are one person's: finding them wherever they were copied to, and taking them out.

Words are compared without case, punctuation and white space, five in a row at a time, so that a passage is found
in whatever form it was copied: over line breaks, in other quotation marks, cut at both ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RUN = 5
"""Words in a row that are looked for."""

_LETTERS = 16
_DISTINCT = 4
_COPIED = 8
# Combining marks and invisible characters stand inside words that other programs wrote.
_WORD = re.compile("[\\w\u0300-\u036f\u00ad\u200b\u2060\ufeff]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff_]")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every five words in a row that one person said and nobody else did.

    Attributes:
        runs: Folded, with single spaces.
    """

    runs: frozenset[str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where their words stand in a text, as long as they go on.

        Example:
            >>> his = phrases_of(["Da måtte jeg ringe kommunen hver eneste dag."])
            >>> text = "Han sa: «måtte jeg ringe\\nkommunen, hver eneste dag» – og gikk."
            >>> [text[start:end] for start, end in his.places(text)]
            ['måtte jeg ringe\\nkommunen, hver eneste dag']
        """
        words = _words(text) if self.stand_in(text) else []
        found: list[tuple[int, int]] = []
        for at in range(len(words) - RUN + 1):
            if " ".join([word for _, _, word in words[at : at + RUN]]) in self.runs:
                start, end = words[at][0], words[at + RUN - 1][1]
                if found and start < found[-1][1]:
                    found[-1] = (found[-1][0], end)
                else:
                    found.append((start, end))
        return found

    def stand_in(self, text: str) -> bool:
        """Return whether any of their words stand in a text."""
        return bool(self.runs) and not self.runs.isdisjoint(_runs(_folded_words(text)))

    def taken_out(self, text: str, mark: str) -> str:
        """Return a text with a mark wherever their words stood.

        Example:
            >>> his = phrases_of(["Da måtte jeg ringe kommunen hver eneste dag."])
            >>> his.taken_out("Han sa «da måtte jeg ringe kommunen» og gikk.", "[trukket]")
            'Han sa «[trukket]» og gikk.'
        """
        for start, end in reversed(self.places(text)):
            text = text[:start] + mark + text[end:]
        return text


def phrases_of(theirs: Iterable[str], others: Iterable[str] = ()) -> Phrases:
    """Return what is looked for: runs of words in a person's texts that are longer than common phrases.

    Five words count if they are not the same few again and have sixteen letters at least. What stands in the texts
    of others is a common phrase, unless it goes on for eight words: nobody says so many in a row by chance, and
    they were copied or repeated.

    Args:
        theirs: Everything the person said.
        others: Everything others said.
    """
    said = {run for text in theirs for run in _runs(_folded_words(text)) if _is_telling(run)}
    common: set[str] = set()
    for text in others:
        row: list[str] = []
        for run in [*_runs(_folded_words(text)), ""]:
            if run in said:
                row.append(run)
                continue
            if len(row) + RUN - 1 < _COPIED:
                common.update(row)
            row = []
    return Phrases(frozenset(said - common))


def _is_telling(run: str) -> bool:
    words = run.split(" ")
    return sum(map(len, words)) >= _LETTERS and len(set(words)) >= _DISTINCT


def _runs(words: list[str]) -> Iterator[str]:
    return map(" ".join, zip(*(words[at:] for at in range(RUN)), strict=False))


def _folded_words(text: str) -> list[str]:
    """Return the folded words of a text; all at once is much faster than one by one."""
    return _WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).casefold())


def _words(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and folded form of every word."""
    return [
        (match.start(), match.end(), folded) for match in _WORD.finditer(text) if (folded := _folded(match.group()))
    ]


def _folded(word: str) -> str:
    if word.isascii() and "_" not in word:
        return word.lower()
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", word)).casefold()


def name_places(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Return where a name stands in a text as words of its own, written as a name; a genitive -s may follow.

    Example:
        >>> name_places("Det var Karis, ikke karikatur; og KARI.", ["Kari"])
        [(8, 12), (34, 38)]
    """
    forms = {form for name in names for form in (name, name.upper(), name.title())}
    wanted = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True))
    if not wanted:
        return []
    return [match.span(1) for match in re.finditer(rf"(?<!\w)({wanted})[sS]?(?!\w)", text)]
