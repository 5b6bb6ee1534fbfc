"""Everything that can be wrong in a study: a list of functions, each answering one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from qualkit import study as studies
from qualkit.coding.codings import check_codings
from qualkit.errors import Problem
from qualkit.material import Material, load_material, unknown_speakers
from qualkit.model import Study, Theme
from qualkit.renamed import renamed_by_hand
from qualkit.splitting import open_splits
from qualkit.text import near_miss

Check = Callable[[Material], list[Problem]]


def check_study(study: Study) -> list[Problem]:
    """Return every Problem of a study, sorted by file and line. Writes nothing."""
    return check_material(load_material(study))


def check_material(material: Material) -> list[Problem]:
    """Return every Problem of what was read of a study, sorted by file and line."""
    problems = list(material.problems)
    for check in CHECKS:
        problems += check(material)
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (studies.natural(p.file), p.line or 0, p.column or 0, p.message))


def check_words(material: Material) -> list[Problem]:
    """Hold every coding's words against its transcript."""
    problems: list[Problem] = []
    for coder, name, path in studies.coding_files(material.study):
        codings, _ = studies.read_codings(material.study, coder, name)
        file = studies.relative(material.study, path)
        problems += check_codings(codings, material.transcripts.get(name), file)
    return problems


def check_codes(material: Material) -> list[Problem]:
    """Find codings whose code is not in the codebook."""
    known = {code.id for code in material.codebook.walk()}
    problems: list[Problem] = []
    if not known:
        return problems
    found = [
        (studies.relative(material.study, path), number, coding)
        for coder, name, path in studies.coding_files(material.study)
        for number, coding in enumerate(studies.read_codings(material.study, coder, name)[0], 1)
        if coding.code not in known
    ]
    renamed = renamed_by_hand(material.study, material.codebook) if found else {}
    for old, new in renamed.items():
        message = f"it looks as if “{old}” was renamed “{new}”: codings stand on the old id"
        hint = f"qualkit codebook rename {old} {new} --codings-only carries the codings along."
        problems.append(Problem(studies.CODEBOOK, None, None, "code", message, hint))
    for file, number, coding in found:
        if coding.code not in renamed:
            near = near_miss(coding.code, known)
            hint = f"Did you mean “{near}”?" if near else "Add the code to codebook.yaml, or recode the passage."
            message = f"the code “{coding.code}” of {coding.unit.span} is not in the codebook"
            problems.append(Problem(file, number, 1, "code", message, hint))
    return problems


def check_speakers(material: Material) -> list[Problem]:
    """Find participants of transcripts who are in no participants.csv, where there is one."""
    if not material.participants:
        return []
    problems = []
    for record in material.transcripts.values():
        unknown = unknown_speakers(record, material.participants)
        if unknown:
            several = "a speaker is" if unknown == 1 else f"{unknown} speakers are"
            file = studies.relative(material.study, studies.transcript_path(material.study, record.id))
            hint = f"Add them to participants.csv; a label in this transcript alone is written {record.id}/LABEL."
            problems.append(Problem(file, 1, None, "speakers", f"{several} in no participants.csv", hint, "warning"))
    return problems


def check_unshown(material: Material) -> list[Problem]:
    """Find accepted codings that no table of results shows whole: without a participant, or in no theme."""
    problems = []
    nobody = Counter(e.coding.unit.span.transcript for e in material.accepted() if not e.participant)
    for name, number in sorted(nobody.items()):
        file = studies.relative(material.study, studies.transcript_path(material.study, name))
        hint = "Tables by participant leave them out. Give the speaker a participant in participants.csv."
        message = f"accepted codings without a participant: {number}"
        problems.append(Problem(file, 1, None, "speakers", message, hint, "warning"))
    placed = {code for _, below in _walk(material.themes) for code in below}
    loose = Counter(e.coding.code for e in material.accepted() if material.themes and e.coding.code not in placed)
    for code, number in sorted(loose.items()):
        hint = "Tables of themes leave them out. Put the code under a theme, if it belongs to one."
        message = f"accepted codings of “{code}”, which stands under no theme: {number}"
        problems.append(Problem(studies.THEMES, None, None, "themes", message, hint, "warning"))
    return problems


def check_themes(material: Material) -> list[Problem]:
    """Find codes and quotations of themes.yaml that do not exist, and quotations under the wrong code."""
    codes = {code.id for code in material.codebook.walk()}
    by_id = {extract.coding.id: extract for extract in material.extracts}
    barred = {person.id for person in material.participants if not person.may_quote}
    problems: list[Problem] = []

    def fault(theme: Theme, message: str, hint: str) -> None:
        problems.append(Problem(studies.THEMES, theme.line, None, "themes", message, hint))

    for theme, below in _walk(material.themes):
        for code in theme.codes:
            if code not in codes:
                near = near_miss(code, codes)
                fault(
                    theme,
                    f"the theme's code “{code}” is not in the codebook",
                    f"Did you mean “{near}”?" if near else "",
                )
        for identifier in theme.quotations:
            extract = by_id.get(identifier)
            if extract is None:
                fault(
                    theme,
                    f"the quotation “{identifier}” is no coding of this study",
                    "Copy the id from the list of meaning units.",
                )
            elif extract.coding.status != "accepted":
                fault(theme, f"the quotation “{identifier}” is not accepted", "Decide on it with qualkit review.")
            elif extract.coding.code not in below:
                fault(theme, f"the quotation “{identifier}” has a code outside this theme", "Move it, or add the code.")
            elif extract.participant in barred:
                hint = "participants.csv says may_quote: no. Choose another."
                fault(theme, f"the quotation “{identifier}” is of a participant who may not be quoted", hint)
    return problems


def _walk(themes: tuple[Theme, ...]) -> Iterator[tuple[Theme, set[str]]]:
    """Yield themes and subthemes, with the codes at and below each."""
    for theme in themes:
        below = set(theme.codes)
        inner = list(_walk(theme.subthemes))
        for _, codes in inner:
            below |= codes
        yield theme, below
        yield from inner


def check_trail(material: Material) -> list[Problem]:
    """Find lines of the trail that cannot be read."""
    return studies.read_trail(material.study)[1]


def check_splits(material: Material) -> list[Problem]:
    """Find codings that wait until somebody decides where they go when their code was split."""
    problems = []
    for (code, coder), number in sorted(open_splits(material.study).items()):
        hint = f"Go on with: qualkit codebook split {code} --coder {coder}"
        message = f"codings of “{code}” that wait for its split: {number}"
        problems.append(Problem(f"codings/{coder}", None, None, "split", message, hint, "warning"))
    return problems


CHECKS: tuple[Check, ...] = (
    check_words,
    check_codes,
    check_speakers,
    check_unshown,
    check_themes,
    check_splits,
    check_trail,
)
"""Run by `qualkit check`, in this order."""
