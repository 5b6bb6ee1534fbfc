"""What became of one coding when its transcript was changed, and the line that is written of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qualkit.model import Anchor, Coding, MeaningUnit, Span
from qualkit.text import around

WAS = "was"
"""Key of a coding line whose words changed and that nobody has looked at yet: place, words and hash before."""
MOST_CANDIDATES = 9


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of one coding when its transcript was changed.

    Attributes:
        before: As it was.
        after: With its place, words and hash in the later text; None where it waits for a decision.
        anchor: What happened to it now.
        candidates: Where an ambiguous or lost coding could be, the likeliest first.
        words_before: That were coded.
        words_after: That stand at the new place; "" where there is none.
    """

    before: Coding
    after: Coding | None
    anchor: Anchor
    candidates: tuple[Span, ...] = ()
    words_before: str = ""
    words_after: str = ""

    @property
    def line(self) -> Coding:
        """The coding as it is written: moved along, or as it was and marked as waiting."""
        return self.after if self.after is not None else marked(self.before, self.anchor)


def marked(coding: Coding, anchor: Anchor) -> Coding:
    """Return a coding with another anchor."""
    return coding if coding.anchor == anchor else _with(coding, coding.unit, anchor, coding.text_sha256, coding.extra)


def placed(coding: Coding, span: Span, text: str, sha256: str, anchor: Anchor) -> Coding:
    """Return a coding at a place of a text, with the words that stand there.

    Where its words changed, the line keeps what they were, until somebody has looked at it.
    """
    unit = MeaningUnit(span, text[span.start : span.end], *around(text, span.start, span.end))
    if WAS in coding.extra and same_words(words_before(coding), unit.text):
        # They were changed back.
        return _with(coding, unit, anchor if anchor != "words-changed" else "moved", sha256, _without_was(coding))
    if anchor == "words-changed" and WAS not in coding.extra:
        before = coding.unit
        was = {"start": before.span.start, "end": before.span.end, "text": before.text, "sha256": coding.text_sha256}
        extra: Mapping[str, object] = MappingProxyType({**coding.extra, WAS: was})
        return _with(coding, unit, anchor, sha256, extra)
    # What nobody has looked at yet is still to be looked at after the next change.
    return _with(coding, unit, "words-changed" if WAS in coding.extra else anchor, sha256, coding.extra)


def looked_at(coding: Coding) -> Coding:
    """Return a coding whose changed words somebody has seen and let stand."""
    return _with(coding, coding.unit, "kept", coding.text_sha256, _without_was(coding))


def _without_was(coding: Coding) -> Mapping[str, object]:
    return MappingProxyType({key: value for key, value in coding.extra.items() if key != WAS})


def words_before(coding: Coding) -> str:
    """Return the words a changed coding had before the change, or "" where they were not kept."""
    was = coding.extra.get(WAS)
    return str(was.get("text", "")) if isinstance(was, dict) else ""


def _with(coding: Coding, unit: MeaningUnit, anchor: Anchor, sha256: str, extra: Mapping[str, object]) -> Coding:
    return Coding(
        coding.id,
        unit,
        coding.code,
        coding.coder,
        coding.status,
        coding.origin,
        coding.created,
        coding.memo,
        anchor,
        sha256,
        extra,
    )


def same_words(one: str, other: str) -> bool:
    """Return whether two passages have the same words and marks, wherever their lines break.

    Example:
        >>> same_words("Me kan\\n\\nringe.", "Me kan ringe."), same_words("Me kan ringe", "Me kan ringe.")
        (True, False)
    """
    return one == other or one.split() == other.split()
