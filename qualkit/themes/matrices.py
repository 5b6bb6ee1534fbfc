"""Themes and codes against participants, or against groups of participants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualkit.language.printed import printed
from qualkit.model import Extract, Participant, Span
from qualkit.table import MARK, Cell, Column, ColumnKind, Table
from qualkit.themes.outline import Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_INDENT = "\u2003"


def count_matrix(rows: NDArray[np.integer], columns: NDArray[np.integer], shape: tuple[int, int]) -> NDArray[np.int64]:
    """Return how often each pair of row and column occurs.

    Args:
        rows: Row number of each item.
        columns: Column number of each item, equally long.
        shape: Of the result.

    Example:
        >>> import numpy as np
        >>> count_matrix(np.array([0, 0, 1]), np.array([1, 1, 0]), (2, 2)).tolist()
        [[0, 2], [1, 0]]
    """
    import numpy as np

    height, width = shape
    flat = np.asarray(rows, np.int64) * width
    flat += columns
    return np.bincount(flat, minlength=height * width).reshape(height, width)


def participant_matrix(
    lines: Sequence[Line],
    extracts: Sequence[Extract],
    participants: Sequence[str],
    *,
    counts: bool,
    language: str,
    link: Mapping[tuple[str, str], int] | None = None,
) -> Table:
    """Return themes and codes against participants.

    Args:
        lines: The rows.
        extracts: What is counted: one coding of a participant's words each.
        participants: Ids, the columns.
        counts: Numbers of codings; otherwise a mark where there is at least one.
        language: nb, nn or en.
        link: By code and participant: the row in the table "quotations" to link to.
    """
    values = [(participant, participant) for participant in participants]
    groups = {participant: {participant} for participant in participants}
    title = printed("matrix-participants", language)
    return _matrix(
        "theme-participant", title, lines, extracts, values, groups, link or {}, counts=counts, language=language
    )


def attribute_matrix(
    lines: Sequence[Line],
    extracts: Sequence[Extract],
    participants: Sequence[Participant],
    attribute: str,
    *,
    counts: bool,
    language: str,
    link: Mapping[tuple[str, str], int] | None = None,
) -> Table:
    """Return themes and codes against the values of one attribute of the participants.

    A column's label tells how many participants have the value; with counts, a cell tells how many
    codings there are and, in brackets, from how many participants. `link` is that of `participant_matrix`: a
    cell leads to the first quotation of somebody who has the value.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for participant in participants:
        groups[participant.attributes.get(attribute, "")].add(participant.id)
    unknown = printed("not-given", language)
    values = [
        (value, f"{value or unknown} (n\u00a0=\u00a0{len(groups[value])})")
        for value in sorted(groups, key=lambda v: (not v, v))
    ]
    title = printed("matrix-attribute", language, attribute=attribute)
    value_of = {participant.id: participant.attributes.get(attribute, "") for participant in participants}
    links: dict[tuple[str, str], int] = {}
    for (code, person), row in (link or {}).items():
        if person in value_of:
            place = (code, value_of[person])
            links[place] = min(row, links.get(place, row))
    return _matrix(
        f"theme-{attribute}",
        title,
        lines,
        extracts,
        values,
        groups,
        links,
        counts=counts,
        language=language,
        with_people=True,
    )


def _matrix(
    name: str,
    title: str,
    lines: Sequence[Line],
    extracts: Sequence[Extract],
    values: Sequence[tuple[str, str]],
    groups: Mapping[str, set[str]],
    link: Mapping[tuple[str, str], int],
    *,
    counts: bool,
    language: str,
    with_people: bool = False,
) -> Table:
    of_person: dict[str, list[str]] = defaultdict(list)
    for value, members in groups.items():
        for member in members:
            of_person[member].append(value)
    # A passage is one meaning unit, however many coders or codes of a theme it has.
    found: dict[tuple[str, str], dict[Span, str]] = defaultdict(dict)
    for extract in extracts:
        for value in of_person[extract.participant]:
            found[extract.coding.code, value][extract.coding.unit.span] = extract.participant
    kind: ColumnKind = "count" if counts else "mark"

    def cell(codes: Sequence[str], value: str) -> Cell:
        units: dict[Span, str] = {}
        for code in codes:
            units.update(found[code, value])
        if not units:
            return None
        if not counts:
            return MARK
        return f"{len(units)} ({len(set(units.values()))})" if with_people else len(units)

    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], tuple[str, int]] = {}
    above: tuple[str, str] = ("", "")
    for line in lines:
        depth = 0
        for level, heading in enumerate((line.theme, line.subtheme)):
            if not heading:
                continue
            if (line.theme, line.subtheme)[: level + 1] != above[: level + 1]:
                here = [
                    other.code.id
                    for other in lines
                    if (other.theme, other.subtheme)[: level + 1] == (line.theme, line.subtheme)[: level + 1]
                ]
                unique = list(dict.fromkeys(here))
                for column, (value, _) in enumerate(values, 1):
                    leads = [link[code, value] for code in unique if (code, value) in link]
                    if leads:
                        links[len(rows), column] = ("quotations", min(leads))
                rows.append((_INDENT * depth + heading, *(cell(unique, value) for value, _ in values)))
            depth += 1
        above = (line.theme, line.subtheme)
        for column, (value, _) in enumerate(values, 1):
            if (line.code.id, value) in link:
                links[len(rows), column] = ("quotations", link[line.code.id, value])
        rows.append((_INDENT * depth + line.code.name, *(cell([line.code.id], value) for value, _ in values)))
    label = printed("theme-and-code" if any(line.theme for line in lines) else "code", language)
    key = "matrix-counts-people" if counts and with_people else "matrix-counts" if counts else "matrix-marks"
    return Table(
        name=name,
        title=title,
        columns=(Column("code", label), *(Column(value or "-", text, kind) for value, text in values)),
        rows=tuple(rows),
        notes=(printed(key, language),),
        description=title,
        links=links,
    )
