"""The trail as a table: who decided what, when and why, of one kind of thing, of one thing, or of one time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from qualkit.anonymisation.redactor import Register, redact
from qualkit.language.printed import printed
from qualkit.model import Decision
from qualkit.table import Column, Table
from qualkit.text import nfc

Kind = Literal["transcript", "coding", "code", "group", "theme", "note", "identity", "participant", "export", "study"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_BY_OBJECT: Final[dict[str, Kind]] = {
    "coding": "coding",
    "subgroup": "group",
    "group": "group",
    "theme": "theme",
    "quotation": "theme",
    "map": "theme",
    "identity": "identity",
    "passed": "identity",
    "participant": "participant",
    "export": "export",
    "code": "code",
    "codebook": "code",
    "impression": "note",
    "journal": "note",
    "question": "note",
}
_BY_WHAT: Final[tuple[tuple[str, Kind], ...]] = (
    ("condense", "group"),
    ("theme", "theme"),
    ("quotation", "theme"),
    ("framework", "theme"),
    ("map", "theme"),
    ("codebook", "code"),
    ("rename", "code"),
    ("merge", "code"),
    ("split", "code"),
    ("draft", "code"),
    ("anonymise", "identity"),
    ("pseudonymise", "identity"),
    ("read", "note"),
    ("guide", "note"),
    ("add", "transcript"),
    ("anchor", "transcript"),
    ("export", "export"),
    ("share", "export"),
    ("participants", "participant"),
)
_CHOSEN: Final = ("action", "type", "class", "status", "anchor", "places")
"""Fields whose values the program offers."""

_HASH: Final = re.compile(r"[0-9a-f]{16,}\Z")
_COLUMNS: Final = ("when", "who", "what", "object", "before", "after", "why")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions are wanted; "" and None for all.

    Attributes:
        what: Exactly this kind of decision, as "accept".
        kind: What it was about.
        about: Id of a code, theme, subgroup, coding or transcript: decisions on it, and those that name it.
        who: Decided.
        since: From this day on: ISO 8601, a year or month alone too.
        until: To this day, it among them.
        text: Stands in what was decided or why, whatever its case.
    """

    what: str = ""
    kind: Kind | None = None
    about: str = ""
    who: str = ""
    since: str = ""
    until: str = ""
    text: str = ""

    def fits(self, one: Decision) -> bool:
        """Return whether a decision is wanted."""
        return (
            (not self.what or one.what == self.what)
            and (self.kind is None or kind_of(one) == self.kind)
            and (not self.about or nfc(self.about) in _named(one))
            and (not self.who or one.who == self.who)
            and (not self.since or one.when >= self.since)
            and (not self.until or one.when[: len(self.until)] <= self.until)
            and (not self.text or nfc(self.text).casefold() in _all_text(one).casefold())
        )


def kind_of(one: Decision) -> Kind:
    """Return what a decision was about.

    Example:
        >>> kind_of(Decision("", "kari", "accept", "coding K1-01")), kind_of(Decision("", "kari", "add", "K1"))
        ('coding', 'transcript')
    """
    first = one.object.partition(" ")[0]
    if first in _BY_OBJECT and first != one.object:
        return _BY_OBJECT[first]
    found = next((kind for begins, kind in _BY_WHAT if one.what.startswith(begins)), None)
    return found or _BY_OBJECT.get(first, "study")


def trail_table(decisions: Sequence[Decision], wanted: Wanted | None = None) -> Table:
    """Return the wanted decisions as they stand in the trail."""
    rows = tuple(
        tuple(_text(getattr(one, key)) for key in _COLUMNS) for one in decisions if wanted is None or wanted.fits(one)
    )
    return Table("trail", "Trail", tuple(Column(key, key.capitalize()) for key in _COLUMNS), rows)


def printed_trail(decisions: Sequence[Decision], wanted: Wanted, register: Register, *, language: str) -> Table:
    """Return the wanted decisions for a file that may leave the study.

    What was written, which may quote somebody, is left out of before and after; ids, codes and states stay.
    """
    table = trail_table([replace(one, before=_bare(one.before), after=_bare(one.after)) for one in decisions], wanted)
    rows = tuple(tuple(redact(str(cell), register) or None for cell in row) for row in table.rows)
    title = printed("trail", language)
    return replace(table, title=title, description=title, rows=rows)


def own_words(decisions: Sequence[Decision]) -> str:
    """Return the words of a trail that are the program's: names of fields and of decisions; and those of coders."""
    told = [" ".join((one.what, one.who, one.object.partition(" ")[0])) for one in decisions]
    keys = dict.fromkeys(key for one in decisions for side in (one.before, one.after) for key in _keys(side))
    heads = [column.label for column in trail_table([]).columns]
    return "\n".join(
        [*dict.fromkeys(told), *keys, *heads, "log logg trail docx vtt txt srt odt rtf pdf eaf true false null"]
    )


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            if key in _CHOSEN and isinstance(inner, str):
                yield inner
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _bare(value: object) -> object:
    """Return a value with "…" in the place of every running text."""
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    if not isinstance(value, str):
        return value
    return "…" if len(value.split()) > 1 or _HASH.match(value) else value


def _named(one: Decision) -> set[str]:
    """Return the ids that a decision is about or names."""
    return {one.object, one.object.partition(" ")[2], *_strings(one.before), *_strings(one.after)}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield nfc(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _all_text(one: Decision) -> str:
    return nfc(" ".join(_text(getattr(one, key)) for key in ("what", "object", "before", "after", "why")))


def _text(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
