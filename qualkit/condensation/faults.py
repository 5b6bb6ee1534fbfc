"""What is wrong with a condensation, and what a careful colleague would remark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from qualkit.condensate import CodeGroup, Placed, Subgroup
from qualkit.condensation.condensatesfile import CHECK, WITHDRAWN
from qualkit.condensation.gathering import gather_units
from qualkit.errors import Problem
from qualkit.model import Extract
from qualkit.text import near_miss

FIRST_PERSON: Mapping[str, frozenset[str]] = {
    "nb": frozenset("jeg meg min mi mitt mine vi oss vår vårt våre".split()),
    "nn": frozenset("eg meg min mi mitt mine vi me oss vår vårt våre".split()),
    "en": frozenset("i me my mine we us our ours i'm i've i'd i'll we're we've we'd we'll".split()),
}
"""Words by which a text is told in the first person."""

_DIALECT = frozenset("æ e je jæ ej eg jeg vi me mi oss".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def check_condensates(
    groups: Sequence[CodeGroup],
    extracts: Sequence[Extract],
    *,
    codes: Collection[str],
    statuses: Mapping[str, str],
    language: str,
    barred: Collection[str] = (),
    file: str = "condensates.yaml",
) -> list[Problem]:
    """Return every fault of the code groups.

    Errors are places that lead nowhere; warnings are what the method asks for and does not stand there yet.

    Args:
        groups: As the file has them.
        extracts: Accepted codings of the study.
        codes: Ids of the codebook.
        statuses: By coding id, of every coding of the study.
        language: Of the condensates: nb, nn or en.
        barred: Ids of codings of people who may not be quoted.
        file: Named in the Problems.
    """
    problems: list[Problem] = []
    everywhere = {subgroup.id: group for group in groups for subgroup in group.subgroups}
    of_code = {extract.coding.id: extract.coding.code for extract in extracts}
    for group in groups:
        if group.code not in codes:
            near = near_miss(group.code, list(codes))
            hint = f"Did you mean “{near}”?" if near else "Add the code to codebook.yaml, or take the group out."
            problems.append(_fault(file, group.line, f"the code “{group.code}” is not in the codebook", hint))
        gathered = gather_units(group, extracts)
        placed = Counter(one.coding for sub in group.subgroups for one in sub.units if one.fate == "used")
        for subgroup in group.subgroups:
            for unit in subgroup.units:
                problems += _unit_faults(unit, group, everywhere, of_code, statuses, file)
                if placed[unit.coding] > 1 and unit.fate == "used":
                    message = f"the unit “{unit.coding}” is used in {placed[unit.coding]} subgroups of its group"
                    hint = "Each unit is placed in one subgroup; move it: qualkit condense place"
                    problems.append(_fault(file, unit.line, message, hint, "warning"))
            problems += _chosen_faults(subgroup, barred, file)
            words = [extract.coding.unit.text for extract in gathered.used[subgroup.id]]
            problems += _condensate_faults(subgroup, words, language, file)
        begun = any(subgroup.condensate for subgroup in group.subgroups)
        if begun and gathered.waiting:
            number = len(gathered.waiting)
            which = "a meaning unit stands" if number == 1 else f"{number} meaning units stand"
            hint = f"See them: qualkit condense show {group.code}. Place them, or set them aside and say why."
            message = f"{which} in no subgroup of “{group.code}”"
            problems.append(_fault(file, group.line, message, hint, "warning"))
    return problems


def _fault(file: str, line: int, message: str, hint: str = "", severity: str = "error") -> Problem:
    return Problem(file, line, None, CHECK, message, hint, severity)  # type: ignore[arg-type]


def _unit_faults(
    unit: Placed,
    group: CodeGroup,
    subgroups: Mapping[str, CodeGroup],
    of_code: Mapping[str, str],
    statuses: Mapping[str, str],
    file: str,
) -> Iterator[Problem]:
    if unit.fate == "moved" and unit.to not in subgroups:
        near = near_miss(unit.to, list(subgroups))
        hint = f"Did you mean “{near}”?" if near else "Write the id of a subgroup."
        yield _fault(file, unit.line, f"the unit “{unit.coding}” was moved to “{unit.to}”, which is no subgroup", hint)
    if unit.coding in of_code:
        if of_code[unit.coding] != group.code and unit.fate == "used":
            message = f"the unit “{unit.coding}” has the code “{of_code[unit.coding]}”, not “{group.code}”"
            hint = "Take it out, or give the passage this group's code."
            yield _fault(file, unit.line, message, hint)
        return
    if unit.fate == "moved":
        return
    status = statuses.get(unit.coding)
    if status is None:
        message = f"the unit “{unit.coding}” is no coding of this study"
        hint = "Take it out; its coding was deleted, withdrawn or given another id."
    else:
        message = f"the coding of the unit “{unit.coding}” is {status}, not accepted"
        hint = "Accept it (qualkit review), or take the unit out."
    yield _fault(file, unit.line, message, hint)


def _chosen_faults(subgroup: Subgroup, barred: Collection[str], file: str) -> Iterator[Problem]:
    used = subgroup.used()
    if subgroup.golden in barred:
        message = f"the golden quotation of “{subgroup.id}” is of a participant who may not be quoted"
        yield _fault(file, subgroup.line, message, "participants.csv says may_quote: no. Choose another.")
    for chosen, what in ((subgroup.golden, "golden quotation"), (subgroup.start, "starting unit")):
        if chosen and chosen not in used:
            message = f"the {what} of “{subgroup.id}” is no unit that is used there"
            yield _fault(file, subgroup.line, message, "Choose a unit of this subgroup, or place that unit here.")


def _condensate_faults(subgroup: Subgroup, units: Sequence[str], language: str, file: str) -> Iterator[Problem]:
    if subgroup.withdrawn:
        which = (
            "a meaning unit that was" if subgroup.withdrawn == 1 else f"{subgroup.withdrawn} meaning units that were"
        )
        message = f"the texts of “{subgroup.id}” rest on {which} withdrawn"
        hint = f"Write the condensate again without them. If it holds as it is, take “{WITHDRAWN}” out."
        yield _fault(file, subgroup.line, message, hint, "warning")
    if not subgroup.condensate:
        return
    if not units and not subgroup.withdrawn:
        message = f"the condensate of “{subgroup.id}” rests on no meaning unit"
        yield _fault(file, subgroup.line, message, "Place the units it was written from: qualkit condense place")
    if not is_first_person(subgroup.condensate, language):
        message = f"the condensate of “{subgroup.id}” is not told in the first person"
        hint = "A condensate speaks as one who is in it: “I …”. The third person belongs to the analytic text."
        yield _fault(file, subgroup.line, message, hint, "warning")
    same = " ".join(subgroup.condensate.split()).casefold()
    if len(units) > 1 and any(" ".join(unit.split()).casefold() == same for unit in units):
        message = f"the condensate of “{subgroup.id}” is one of its units, word for word"
        yield _fault(file, subgroup.line, message, "It gathers what all units of the subgroup say.", "warning")


def is_first_person(text: str, language: str) -> bool:
    """Return whether a text speaks of “I” or “we”.

    Example:
        >>> is_first_person("Me står med det åleine.", "nn"), is_first_person("Informantene er alene.", "nb")
        (True, False)
    """
    words = {word.replace("’", "'").casefold() for word in _WORD.findall(text)}
    wanted = FIRST_PERSON.get(language, FIRST_PERSON["nb"])
    return bool(words & (wanted if language == "en" else wanted | _DIALECT))
