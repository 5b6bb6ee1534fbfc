"""Condensed meaning units of a content analysis: written one by one, and shown from unit to theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from qualkit import study as studies
from qualkit.condensation.condensedfile import write_condensed
from qualkit.condensation.ladder import ladder_table
from qualkit.errors import QualkitError
from qualkit.material import Material
from qualkit.model import Decision, Theme
from qualkit.table import Table
from qualkit.undoing import carry_out


class NoCondensedUnits(QualkitError):
    """The study's method condenses subgroups, or not at all: a unit alone is not condensed."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"this study's method is {method}, in which no meaning unit is condensed by itself",
            "In text condensation write a subgroup's condensate: qualkit condense write. If you want the ladder of "
            "content analysis, say method: content-analysis in study.yaml, or --anyway.",
        )


class NoSuchCoding(QualkitError):
    """No accepted coding has this id."""

    def __init__(self, coding: str) -> None:
        super().__init__(
            f"“{coding}” is no accepted coding", "See the units with their ids: qualkit condense show CODE"
        )


def write_unit(material: Material, who: str, coding: str, words: str, *, anyway: bool = False, why: str = "") -> bool:
    """Write the condensed unit of a coding.

    Args:
        material: Of the study.
        who: Wrote it.
        coding: Its id.
        words: What the unit says, shorter.
        anyway: Also where the study's method is another than content analysis.
        why: For the trail.

    Returns:
        Whether anything was written.

    Raises:
        NoCondensedUnits: If the study's method is another.
        NoSuchCoding: If there is no accepted coding of this id.
        FaultyFiles: If condensed.yaml cannot be read.
    """
    check_method(material, anyway=anyway)
    if coding not in {extract.coding.id for extract in material.accepted()}:
        raise NoSuchCoding(coding)
    before = studies.condensed_text(material.study)
    text = write_condensed(before, coding, words, by=who, date=studies.now()[:10])
    if text == before:
        return False
    was = next((one.text for one in material.condensed if one.coding == coding), None)
    told = Decision(studies.now(), who, "condense unit", f"coding {coding}", {"text": was} if was else None, None, why)
    carry_out(material.study, told, {studies.CONDENSED: text.encode()})
    return True


def check_method(material: Material, *, anyway: bool = False) -> None:
    """Refuse what belongs to content analysis in a study of another method.

    Raises:
        NoCondensedUnits: If the study's method is another, and nobody wants it anyway.
    """
    method = material.study.settings.method
    if method != "content-analysis" and not (anyway or material.condensed):
        raise NoCondensedUnits(method)


def ladder(material: Material, *, written: bool = False) -> Table:
    """Return the way from meaning units to themes; with `written` only of units that were condensed."""
    themes: dict[str, list[str]] = defaultdict(list)
    for heading, code in _placed(material.themes):
        themes[code].append(heading)
    return ladder_table(
        material.accepted(),
        material.condensed,
        material.codebook,
        themes,
        written=written,
        language=material.study.settings.language,
    )


def _placed(themes: tuple[Theme, ...]) -> Iterator[tuple[str, str]]:
    for theme in themes:
        for code in [*theme.codes, *(code for each in theme.subthemes for code in each.codes)]:
            yield theme.heading, code
