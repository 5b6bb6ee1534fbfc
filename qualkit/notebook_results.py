"""What a notebook asks of the results of a study: subgroups and their units, themes, quotations, the thematic map.

In the examples `my-study` is a copy of the corpus *Hjem på en fredag*, after `qualkit code`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.model import Study

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A thematic map; in a notebook it shows itself.

    Attributes:
        svg: The picture, as SVG.
    """

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def units(study: Study) -> pandas.DataFrame:
    """Return one row a meaning unit, with the subgroup it stands in: systematic text condensation.

    Returns:
        Columns id, group, group_name, subgroup, name, fate (used, set-aside or waiting), transcript,
        participant, text. A unit that waits stands in no subgroup.

    Example:
        >>> frame = qualkit.units(study)
        >>> frame.fate.value_counts().to_dict()
        {'used': 193, 'set-aside': 5}
    """
    import pandas

    from qualkit.condensing import gathered_groups
    from qualkit.material import load_material

    material = load_material(study)
    names = {code.id: code.name for code in material.codebook.walk()}
    rows = []
    for one in gathered_groups(material):
        subgroups = {subgroup.id: subgroup.name for subgroup in one.group.subgroups}
        placed = [("used", key, unit) for key, found in one.used.items() for unit in found]
        placed += [("set-aside", key, unit) for key, found in one.aside.items() for unit in found]
        placed += [("waiting", "", unit) for unit in one.waiting]
        group_name = one.group.name or names.get(one.group.code, one.group.code)
        for fate, key, unit in placed:
            coding = unit.coding
            place = (one.group.code, group_name, key, subgroups.get(key, ""), fate)
            rows.append((coding.id, *place, coding.unit.span.transcript, unit.participant, coding.unit.text))
    columns = ["id", "group", "group_name", "subgroup", "name", "fate", "transcript", "participant", "text"]
    return pandas.DataFrame(rows, columns=columns)


def subgroups(study: Study) -> pandas.DataFrame:
    """Return one row a subgroup, with how its condensate rests on the words of its units.

    Returns:
        Columns group, subgroup, name, units, participants, words (of the condensate), own (of these, how
        many no unit has in any form), start and golden (ids of codings), condensate, analytic.

    Example:
        >>> frame = qualkit.subgroups(study).set_index("subgroup")
        >>> frame.loc["meg-og-foten", ["units", "participants", "golden"]].astype(str).tolist()
        ['13', '6', 'H6-28']
    """
    import pandas

    from qualkit.condensation.grounding import ground
    from qualkit.condensing import gathered_groups
    from qualkit.material import load_material

    rows = []
    for one in gathered_groups(load_material(study)):
        for subgroup in one.group.subgroups:
            used = one.used[subgroup.id]
            said = (unit.coding.unit.text for unit in used)
            rests = ground(subgroup.condensate, said, language=study.settings.language)
            rows.append(
                {
                    "group": one.group.code,
                    "subgroup": subgroup.id,
                    "name": subgroup.name,
                    "units": len(used),
                    "participants": len({unit.participant for unit in used}),
                    "words": rests.words,
                    "own": len(rests.own),
                    "start": subgroup.start,
                    "golden": subgroup.golden,
                    "condensate": subgroup.condensate,
                    "analytic": subgroup.analytic,
                }
            )
    columns = "group subgroup name units participants words own start golden condensate analytic".split()
    return pandas.DataFrame(rows, columns=columns)


def theme_frame(study: Study) -> pandas.DataFrame:
    """Return one row a theme and subtheme, in their order, and then those that were given up.

    Returns:
        Columns theme, above (the theme a subtheme belongs to), heading, status, concept, codes (a tuple
        of ids), became, why, text.

    Example:
        >>> qualkit.theme_frame(study).query("theme == 'kjennskap'").codes.tolist()
        [('telefonen', 'møtes', 'mistillit')]
    """
    import pandas

    from qualkit import study as studies

    found, _ = studies.read_themes(study)
    rows = []
    for top in sorted(found, key=lambda theme: theme.status == "dropped"):
        for one in (top, *top.subthemes):
            place = (one.id, "" if one is top else top.id)
            rows.append((*place, one.heading, one.status, one.concept, one.codes, one.became, one.why, one.text))
    return pandas.DataFrame(rows, columns="theme above heading status concept codes became why text".split())


def chosen_quotations(study: Study) -> pandas.DataFrame:
    """Return one row a quotation that a person chose: for print, as a golden one, or in reserve.

    Returns:
        Columns section, heading, choice, id, transcript, participant, text. One whose coding is gone is left out.

    Example:
        >>> frame = qualkit.chosen_quotations(study)
        >>> frame.choice.value_counts().to_dict()
        {'golden': 30, 'chosen': 10}
    """
    import pandas

    from qualkit.material import load_material
    from qualkit.quotations import chosen_of

    rows = []
    for one in chosen_of(load_material(study)):
        if one.extract is not None:
            unit = one.extract.coding.unit
            said_by = (unit.span.transcript, one.extract.participant)
            rows.append((one.section, one.heading, one.choice, one.coding, *said_by, unit.text))
    return pandas.DataFrame(rows, columns="section heading choice id transcript participant text".split())


def thematic_map(study: Study) -> DrawnMap:
    """Return the thematic map as themes.yaml draws it; in a notebook it shows itself.

    It is for your own screen: one for print comes from `qualkit themes map`.

    Example:
        >>> qualkit.thematic_map(study).svg.startswith("<?xml")
        True
    """
    from qualkit.exports.map_drawing import render_map
    from qualkit.mapping import thematic_map as figure_of
    from qualkit.material import load_material

    return DrawnMap(render_map(figure_of(load_material(study), draft=True), ".svg").decode("utf-8"))
