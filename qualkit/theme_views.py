"""What themes of a study rest on and how they came about, as tables; words are rendered when they are published."""

from __future__ import annotations

from collections.abc import Sequence

from qualkit.comparing import numbers_wanted
from qualkit.material import Material
from qualkit.model import Theme
from qualkit.table import Table
from qualkit.themes.announcing import announced_table
from qualkit.themes.definitions import definitions_table, overview_table, theme_sheet
from qualkit.themes.remarks import remarks_table
from qualkit.themes.review import extracts_table, overlap_table, people_table
from qualkit.themes.structure import codes_of_theme, walk_themes
from qualkit.theming import find_theme


def themes_overview(material: Material) -> Table:
    """Return the themes as they stand, and those that were dropped."""
    return overview_table(material.themes, material.dropped)


def shown_theme(material: Material, name: str) -> Table:
    """Return everything that is written of one theme.

    Raises:
        NoSuchTheme: If there is none.
    """
    return theme_sheet(find_theme(material, name), _names(material))


def theme_extracts(material: Material, names: Sequence[str] = ()) -> Table:
    """Return the accepted passages of each theme, gathered, or of some themes.

    Raises:
        NoSuchTheme: If one is none.
    """
    themes = [find_theme(material, name) for name in names] or material.themes
    return extracts_table(themes, material.accepted(), _names(material), language=_language(material))


def theme_overlap(material: Material, *, counts: bool | None = None) -> Table:
    """Return what themes share: numbers, or, as in STC and reflexive studies, the passages themselves."""
    return overlap_table(
        material.themes,
        material.accepted(),
        _names(material),
        counts=numbers_wanted(material, counts=counts),
        language=_language(material),
    )


def theme_people(material: Material, *, counts: bool | None = None) -> Table:
    """Return who is heard under each theme, and who is not."""
    return people_table(
        material.themes,
        material.accepted(),
        material.people(),
        counts=numbers_wanted(material, counts=counts),
        language=_language(material),
    )


def theme_announced(material: Material) -> Table:
    """Return themes as they were announced against themes now."""
    return announced_table(material.announced, material.themes, material.dropped, language=_language(material))


def theme_definitions(material: Material) -> Table:
    """Return what each theme is about, for the results part or an appendix."""
    return definitions_table(material.themes, _names(material), language=_language(material))


def theme_remarks(material: Material, questions: Sequence[str] = ()) -> Table:
    """Return what there is to remark of themes.

    Args:
        material: Of the study.
        questions: To hold headings against, beside those of the interview guide and the study.
    """
    guide = [question.wording for question in material.guide.questions if question.wording]
    asked = [*questions, *guide, *material.study.settings.questions]
    voices = [(theme.id, len(_voices(material, theme))) for theme in walk_themes(material.themes)]
    return remarks_table(material.themes, asked, voices, language=_language(material))


def _voices(material: Material, theme: Theme) -> set[str]:
    codes = codes_of_theme(theme)
    return {extract.participant for extract in material.accepted() if extract.coding.code in codes} - {""}


def _names(material: Material) -> dict[str, str]:
    return {code.id: code.name for code in material.codebook.walk()}


def _language(material: Material) -> str:
    return material.study.settings.language
