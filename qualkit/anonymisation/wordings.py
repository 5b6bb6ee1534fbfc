"""Quotations as a person edited them for print: without hesitations, or dialect written as the standard has it.

Nothing is edited by the tool. In `quotations.yaml` a person writes the words as they are to be printed beside the
words as they were said; what goes beyond the style that study.yaml declares is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qualkit.errors import Problem
from qualkit.yamltext import Node, parse_yaml

FILE: Final = "quotations.yaml"
VERBATIM: Final = "verbatim"
STYLES: Final = (VERBATIM, "hesitations-removed", "normalised")

CUT: Final = "[…]"
"""Stands where something of a quotation was left out."""

_CHECK = "quotations"
_KEYS = ("coding", "raw", "edited", "by", "date")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
HESITATIONS: Final = frozenset(
    "eh ehh ehm em erm er uh uhm um hm hmm hmmm mm mmm mhm mhmm øh øhh øhm øhø å-å eee øøø".split()
)
PAUSE: Final = re.compile(r"\s*(?:\(\.+\)|\(\d+(?:[.,]\d+)?\s?(?:s|sek)?\)|(?<!\w)#(?!\w))")
"""Signs of pauses: (.), (2.0), #."""

_FEWEST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class QuotationEdit:
    """A quotation as a person approved it for print.

    Attributes:
        coding: Id of the coding.
        raw: The words as they were said, white space as one space.
        edited: As they are to be printed.
        by: Who approved it.
        date: ISO 8601 day.
        line: In quotations.yaml, for messages.
    """

    coding: str
    raw: str
    edited: str
    by: str
    date: str = ""
    line: int = 0


def parse_edits(text: str, file: str = FILE) -> tuple[dict[str, QuotationEdit], list[Problem]]:
    """Read approved quotations, by coding id, and everything that is wrong with them.

    Example:
        >>> edits, problems = parse_edits("- {coding: c1, raw: 'eh, ja', edited: ja, by: kari}")
        >>> edits["c1"].edited, problems
        ('ja', [])
    """
    root, problems = parse_yaml(text, file, _CHECK)
    edits: dict[str, QuotationEdit] = {}
    if root is None or root.empty:
        return edits, problems
    if root.kind != "sequence":
        hint = "Write “- coding: ID”, raw, edited and by for each."
        return edits, [*problems, Problem(file, root.line, 1, _CHECK, "the file is no list of quotations", hint)]
    for item in root.items:
        edit, fault = _edit(item, file)
        if fault is not None:
            problems.append(fault)
        elif edit is not None and edit.coding in edits:
            message = f"the quotation “{edit.coding}” stands here twice"
            problems.append(Problem(file, edit.line, 1, _CHECK, message, "Keep one of them."))
        elif edit is not None:
            edits[edit.coding] = edit
    return edits, problems


def _edit(item: Node, file: str) -> tuple[QuotationEdit | None, Problem | None]:
    if item.kind != "mapping":
        return None, Problem(file, item.line, 1, _CHECK, "this is no quotation", f"It has keys: {', '.join(_KEYS)}.")
    said = {key.value: " ".join(value.value.split()) for key, value in item.pairs() if value.kind == "scalar"}
    missing = [key for key in ("coding", "raw", "edited", "by") if not said.get(key)]
    if missing:
        message = f"a quotation is without {' and '.join(missing)}"
        hint = "raw holds the words as they were said, edited as they are to be printed, by who approved it."
        return None, Problem(file, item.line, 1, _CHECK, message, hint)
    date = said.get("date", "")
    return QuotationEdit(said["coding"], said["raw"], said["edited"], said["by"], date, item.line), None


def beyond(edit: QuotationEdit, style: str) -> str:
    """Return what an edit does beyond a style, in words that tell nothing of what was said; "" where nothing.

    Hesitations removed: sounds of hesitation, words said twice in a row and signs of pauses may go. Normalised: what
    stays may be written as the standard has it, word by word; nothing may be added or put elsewhere.

    Example:
        >>> said = QuotationEdit("c1", "eh, æ æ vet itj", "jeg vet ikke", "kari")
        >>> beyond(said, "normalised"), beyond(said, "hesitations-removed")
        ('', 'it has other words than were said')
    """
    raw, edited = _words(edit.raw), _words(edit.edited)
    if style == "hesitations-removed":
        if not _left_out_only(raw, edited):
            added = len(edited) > len(raw) or not set(edited) <= set(raw)
            return "it has other words than were said" if added else "it leaves out words that are no hesitation"
        return ""
    kept = _without_hesitations(raw)
    if len(edited) != len(kept) + sum(word.count("'") for word in kept if "'" in word) and len(edited) != len(kept):
        return "it has more or fewer words than were said, hesitations aside"
    if len(edited) == len(kept) and not _alike(kept, edited):
        return "most of its words are other words than were said"
    return ""


def is_cut(edit: QuotationEdit) -> bool:
    """Return whether an edit leaves something out and says so with `[…]`."""
    return CUT in edit.edited and CUT not in edit.raw


def cut_pieces(said: str, edited: str) -> tuple[tuple[int, int], ...]:
    """Return where the pieces of a cut quotation stand in what was said; none where one is no verbatim piece of it.

    Args:
        said: The words of the coding.
        edited: Pieces of them in their order, `[…]` between, before or after them.

    Example:
        >>> cut_pieces("Jeg ringte, og  ventet, og gikk.", "Jeg ringte, […] og gikk.")
        ((0, 11), (24, 32))
        >>> cut_pieces("Jeg ringte ikke.", "Jeg […] ringte aldri.")
        ()
    """
    at = 0
    found: list[tuple[int, int]] = []
    for piece in edited.split(CUT):
        words = piece.split()
        if not words:
            continue
        # A piece is whole words: half of one would be another word.
        wanted = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
        match = re.compile(wanted).search(said, at)
        if match is None:
            return ()
        found.append(match.span())
        at = match.end()
    return tuple(found)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(PAUSE.sub("", text))]


def _without_hesitations(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        if word not in HESITATIONS and (not kept or kept[-1] != word):
            kept.append(word)
    return kept


def _left_out_only(raw: list[str], edited: list[str]) -> bool:
    """Return whether an edit left out nothing but hesitations and what was said twice in a row."""
    at = 0
    last = ""
    for word in raw:
        if at < len(edited) and edited[at] == word:
            at += 1
        elif word not in HESITATIONS and word != last:
            return False
        if word not in HESITATIONS:
            last = word
    return at == len(edited)


def _alike(kept: list[str], edited: list[str]) -> bool:
    """Return whether at least every second word begins or sounds as the word that was said in its place."""
    from rapidfuzz.distance import JaroWinkler

    pairs = list(zip(kept, edited, strict=True))
    same = sum(a == b or JaroWinkler.similarity(a, b) >= _FEWEST_ALIKE for a, b in pairs)
    return same >= len(pairs) * _FEWEST_ALIKE
