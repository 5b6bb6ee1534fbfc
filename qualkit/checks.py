"""Everything that can be wrong in a study: a list of functions, each answering one question."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from qualkit import register
from qualkit import study as studies
from qualkit.anonymisation.wordings import parse_edits
from qualkit.coding.codings import check_codings
from qualkit.condensation.condensedfile import check_condensed
from qualkit.condensation.faults import check_condensates
from qualkit.erasure import BEGUN, read_begun
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.framework import check as check_framework
from qualkit.guiding import check_guide_turns
from qualkit.material import Material, load_material, stands, unknown_speakers
from qualkit.model import READ_FIRST, WAITING, Study, Theme
from qualkit.quotations import check as check_quotations
from qualkit.renamed import renamed_by_hand
from qualkit.splitting import open_splits
from qualkit.text import near_miss
from qualkit.themes.structure import check_map, check_structure
from qualkit.whereabouts import check_whereabouts

REMIND_DAYS = 30
"""How long before the deletion date `qualkit check` begins to remind of it."""

DESTROYED = "anonymise destroy-key"
"""What the trail says when the register was destroyed on purpose."""

_DECIDED = "anonymise"
_OF_TRANSCRIPTS = ("impression", "note", "verdict", "asked")

Check = Callable[[Material], list[Problem]]


def check_study(study: Study) -> list[Problem]:
    """Return every Problem of a study, sorted by file and line. Writes nothing."""
    problems = [*check_material(load_material(study)), *check_whereabouts(study)]
    return _in_order(problems)


def check_material(material: Material) -> list[Problem]:
    """Return every Problem of what was read of a study, sorted by file and line."""
    problems = list(material.problems)
    for check in CHECKS:
        try:
            problems += check(material)
        except FaultyFiles as error:
            # A file that cannot be read is told once, and every other one is checked.
            problems += error.problems
    return _in_order(problems)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (studies.natural(p.file), p.line or 0, p.column or 0, p.message))


def check_words(material: Material) -> list[Problem]:
    """Hold every coding's words against its transcript."""
    problems: list[Problem] = []
    for one in material.coding_files:
        problems += check_codings(one.codings, material.transcripts.get(one.transcript), one.file)
    return problems


def check_codes(material: Material) -> list[Problem]:
    """Find codings whose code is not in the codebook."""
    known = {code.id for code in material.codebook.walk()}
    problems: list[Problem] = []
    if not known:
        return problems
    found = [(one.file, coding) for one in material.coding_files for coding in one.codings if coding.code not in known]
    renamed = renamed_by_hand(material.study, material.codebook) if found else {}
    for old, new in renamed.items():
        message = f"it looks as if “{old}” was renamed “{new}”: codings stand on the old id"
        hint = f"qualkit codebook rename {old} {new} --codings-only carries the codings along."
        problems.append(Problem(studies.CODEBOOK, None, None, "code", message, hint))
    for file, coding in found:
        if coding.code not in renamed:
            near = near_miss(coding.code, known)
            hint = f"Did you mean “{near}”?" if near else "Add the code to codebook.yaml, or recode the passage."
            message = f"the code “{coding.code}” of {coding.unit.span} is not in the codebook"
            problems.append(Problem(file, coding.line or None, 1, "code", message, hint))
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


def check_labels(material: Material) -> list[Problem]:
    """Find speakers of a transcript's header whose label opens no turn: it was changed in the text alone."""
    problems = []
    for record in material.transcripts.values():
        opening = {turn.speaker for turn in record.turns}
        silent = sum(speaker.label not in opening for speaker in record.speakers)
        if silent:
            file = studies.relative(material.study, studies.transcript_path(material.study, record.id))
            several = "a label opens" if silent == 1 else f"{silent} labels open"
            message = f"{several} no turn, though it stands under “speakers”"
            hint = (
                "If you changed a label in the text, change it in the header too; else nobody is known to speak there."
            )
            problems.append(Problem(file, 1, None, "speakers", message, hint, "warning"))
    return problems


def check_unshown(material: Material) -> list[Problem]:
    """Find accepted codings that no table of results shows whole: without a participant, or in no theme."""
    problems = []
    nobody = Counter(
        name
        for e in material.accepted()
        if not e.participant
        and (name := e.coding.unit.span.transcript) in material.transcripts
        # What does not stand on its words is told of by itself.
        and stands(e.coding, material.transcripts[name])
    )
    for name, number in sorted(nobody.items()):
        file = studies.relative(material.study, studies.transcript_path(material.study, name))
        hint = "Tables by participant leave them out. Give the speaker a participant in participants.csv."
        message = f"accepted codings without a participant: {number}"
        problems.append(Problem(file, 1, None, "speakers", message, hint, "warning"))
    placed = {code for _, below in _walk(material.themes) for code in below}
    themed = bool(material.themes or material.dropped)
    loose = Counter(e.coding.code for e in material.accepted() if themed and e.coding.code not in placed)
    gone = {code: theme for theme in reversed(material.dropped) for code in theme.codes}
    for code, number in sorted(loose.items()):
        hint = "Tables of themes leave them out. Put the code under a theme, if it belongs to one."
        theme = gone.get(code)
        where = f"only under “{theme.id}”, which was dropped" if theme is not None else "under no theme"
        message = f"accepted codings of “{code}”, which stands {where}: {number}"
        line = theme.line if theme is not None else None
        problems.append(Problem(studies.THEMES, line, None, "themes", message, hint, "warning"))
    return problems


def check_themes(material: Material) -> list[Problem]:
    """Find codes and quotations of themes.yaml that do not exist, and quotations under the wrong code."""
    codes = {code.id for code in material.codebook.walk()}
    by_id = material.by_id()
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
                    f"Did you mean “{near}”?"
                    if near
                    else "Add the code to codebook.yaml, or take it out of the theme.",
                )
        for identifier in theme.quotations:
            extract = by_id.get(identifier)
            if extract is None:
                fault(
                    theme,
                    f"the quotation “{identifier}” is no coding of this study",
                    "Copy the id from the list of meaning units.",
                )
            elif extract.coding.anchor in WAITING:
                message = f"the quotation “{identifier}” was not found again since its transcript was changed"
                fault(theme, message, "To decide where it belongs: qualkit anchor")
            elif extract.coding.anchor == "words-changed":
                message = f"the words of the quotation “{identifier}” were changed with its transcript"
                hint = f"It is not printed until somebody has looked: qualkit anchor; then --keep {identifier}"
                fault(theme, message, hint)
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


def check_structure_of_themes(material: Material) -> list[Problem]:
    """Find themes without codes, themes that became each other, and what leads nowhere on the thematic map."""
    subgroups = {subgroup.id for group in material.groups for subgroup in group.subgroups}
    return [
        *check_structure(material.themes, material.dropped, subgroups=subgroups, file=studies.THEMES),
        *check_map(
            material.drawn,
            material.themes,
            material.dropped,
            material.codebook,
            automatic=material.study.settings.method not in READ_FIRST,
            file=studies.THEMES,
        ),
    ]


def check_condensation(material: Material) -> list[Problem]:
    """Find what leads nowhere in condensates.yaml, and what the third step of condensation still wants."""
    if not material.groups:
        return []
    barred = {person.id for person in material.participants if not person.may_quote}
    return check_condensates(
        material.groups,
        material.accepted(),
        codes={code.id for code in material.codebook.walk()},
        statuses={name: extract.coding.status for name, extract in material.by_id().items()},
        barred={extract.coding.id for extract in material.extracts if extract.participant in barred},
        language=material.study.settings.language,
    )


def check_units(material: Material) -> list[Problem]:
    """Find condensed units of codings that are not there."""
    statuses = {name: extract.coding.status for name, extract in material.by_id().items()}
    return check_condensed(material.condensed, material.accepted(), statuses)


def check_trail(material: Material) -> list[Problem]:
    """Find lines of the trail that cannot be read."""
    return studies.read_trail(material.study)[1]


def check_deletion(material: Material) -> list[Problem]:
    """Remind of the deletion date when it is near or past, until the study is closed."""
    day, line = material.study.settings.ethics.deletion_date, material.study.settings.ethics.line
    if day is None:
        return []
    left = (day - datetime.now(UTC).date()).days
    if left > REMIND_DAYS or any(decision.what == "close" for decision in studies.read_trail(material.study)[0]):
        return []
    hint = "qualkit close erases what must go, and shows it first (qualkit close -n)."
    if left < 0:
        message = f"the deletion date was {'yesterday' if left == -1 else f'{-left} days ago'}"
        return [Problem(studies.SETTINGS, line, None, "deletion", message, hint)]
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    hint = f"Print what you need from the study before. {hint}"
    return [Problem(studies.SETTINGS, line, None, "deletion", f"the deletion date is {when}", hint, "warning")]


def check_erasing(material: Material) -> list[Problem]:
    """Find a withdrawal that was broken off before it was done."""
    begun = read_begun(material.study)
    if begun is None:
        return []
    hint = f"Finish it: {begun.command}"
    return [Problem(BEGUN, None, None, "withdrawal", "an erasing was broken off before it was done", hint)]


def check_register(material: Material) -> list[Problem]:
    """Find what is wrong in the register of who is who; a sealed one is opened if its passphrase can be had."""
    study = material.study
    file = studies.relative(study, register.register_path(study))
    if not register.has_register(study):
        return _lost_register(study, file)
    problems = []
    if os.name != "nt" and register.register_path(study).stat().st_mode & 0o077:
        hint = f"Keep it to yourself: chmod 600 {file}"
        problems.append(Problem(file, None, None, "register", "others on this computer may read it", hint, "warning"))
    try:
        return [*problems, *register.read_register(study)[1]]
    except FaultyFiles as error:
        return [*problems, *error.problems]
    except register.NoPassphrase as error:
        message = "the register is sealed, and was not looked at"
        return [*problems, Problem(file, None, None, "register", message, error.hint, "warning")]
    except QualkitError as error:
        return [*problems, Problem(file, None, None, "register", str(error).removeprefix(f"{file} "), error.hint)]


def _lost_register(study: Study, file: str) -> list[Problem]:
    """Return a warning where decisions were made and printed, and the register that held them is gone."""
    trail, _ = studies.read_trail(study)
    last = next((line.what for line in reversed(trail) if line.what.startswith(_DECIDED)), "")
    folder = studies.exports_folder(study)
    printed = folder.is_dir() and any(path.is_file() for path in folder.iterdir())
    if not printed or not last or last == DESTROYED:
        return []
    message = "there is no register, though exports were written by one: they cannot be made again with the same names"
    hint = "Take private/ out of a backup (qualkit restore), or take the last decisions back: qualkit undo."
    return [Problem(file, None, None, "register", message, hint, "warning")]


def check_notes(material: Material) -> list[Problem]:
    """Find what cannot be read of reading marks and memos."""
    return [*studies.check_readings(material.study), *studies.check_memos(material.study)]


def check_reflections(material: Material) -> list[Problem]:
    """Find what was noted about transcripts that are not there."""
    problems = []
    known = list(material.transcripts)
    for one in material.reflections:
        if one.kind in _OF_TRANSCRIPTS and one.about not in material.transcripts:
            near = near_miss(one.about, known)
            hint = f"Did you mean “{near}”?" if near else "It is the file's name in transcripts/ without .txt."
            file = studies.relative(material.study, studies.reflections_path(material.study, one.by))
            message = f"there is no transcript “{one.about}”"
            problems.append(Problem(file, one.line, None, "reflections", message, hint))
    return problems


def check_edited_quotations(material: Material) -> list[Problem]:
    """Find what cannot be read of quotations that were cut or edited."""
    return parse_edits(studies.quotations_text(material.study))[1]


def check_splits(material: Material) -> list[Problem]:
    """Find codings that wait until somebody decides where they go when their code was split."""
    problems = []
    for (code, coder), number in sorted(open_splits(material.study).items()):
        hint = f"Go on with: qualkit codebook split {code} --coder {coder}"
        message = f"codings of “{code}” that wait for its split: {number}"
        problems.append(Problem(f"codings/{coder}", None, None, "split", message, hint, "warning"))
    return problems


def check_reporting(material: Material) -> list[Problem]:
    """Find slips in the answers to the items of a reporting standard."""
    return studies.read_reporting(material.study)[1]


CHECKS: tuple[Check, ...] = (
    check_words,
    check_codes,
    check_speakers,
    check_labels,
    check_unshown,
    check_themes,
    check_structure_of_themes,
    check_condensation,
    check_units,
    check_framework,
    check_quotations,
    check_edited_quotations,
    check_splits,
    check_trail,
    check_notes,
    check_reflections,
    check_guide_turns,
    check_deletion,
    check_erasing,
    check_register,
    check_reporting,
)
"""Run by `qualkit check`, in this order."""
