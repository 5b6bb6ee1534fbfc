"""The framework matrix of a study: summaries written, passages linked, and what changed under a summary since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit import study as studies
from qualkit.errors import Problem, QualkitError
from qualkit.material import Material, stands
from qualkit.model import Decision, Extract, Study, Theme
from qualkit.summary import Rest, Summary, fingerprint
from qualkit.table import Table
from qualkit.text import near_miss, nfc
from qualkit.themes.framework_edits import set_passages, write_summary
from qualkit.themes.framework_tables import framework_matrix, passages_table
from qualkit.themes.frameworkfile import became, check_framework
from qualkit.undoing import carry_out


class NoSuchCase(QualkitError):
    """A case was named that is no participant of the study."""

    def __init__(self, case: str, known: Sequence[str]) -> None:
        near = near_miss(case, list(known))
        hint = f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else ""
        super().__init__(f"there is no case “{case}”", hint)


class NoSuchColumn(QualkitError):
    """A theme was named that the matrix does not have."""

    def __init__(self, theme: str, known: Sequence[str]) -> None:
        near = near_miss(theme, list(known))
        hint = f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else ""
        super().__init__(f"the matrix has no theme “{theme}”", hint)


class NoSuchPassage(QualkitError):
    """A passage was named that no summary of this case can rest on."""

    def __init__(self, coding: str, why: str) -> None:
        super().__init__(
            f"“{coding}” {why}", "See the passages of a cell with their ids: qualkit framework passages CASE THEME"
        )


class NothingWritten(QualkitError):
    """A cell was named that has no summary yet."""

    def __init__(self, case: str, theme: str) -> None:
        super().__init__(
            f"the cell of {case} and “{theme}” has no summary", f"Write one: qualkit framework write {case} {theme}"
        )


def columns_of(material: Material) -> list[tuple[str, str]]:
    """Return ids and headings of the matrix's columns: themes and subthemes, or else the codes."""
    if material.themes:
        return [(theme.id, theme.heading) for theme, _ in _themes(material.themes)]
    coded = {extract.coding.code for extract in material.accepted()}
    return [
        (code.id, code.name)
        for code in material.codebook.walk()
        if code.id in coded or (code.codable and not code.children)
    ]


def codes_of(material: Material) -> dict[str, set[str]]:
    """Return, by the id of a theme or a code, the codes whose passages belong to it."""
    codes = {code.id: {one.id for one in code.walk()} for code in material.codebook.walk()}
    return {**codes, **{theme.id: own for theme, own in _themes(material.themes)}}


def _themes(themes: Sequence[Theme]) -> list[tuple[Theme, set[str]]]:
    found: list[tuple[Theme, set[str]]] = []
    for theme in themes:
        below = _themes(theme.subthemes)
        found += [(theme, set(theme.codes).union(*(own for _, own in below))), *below]
    return found


def summaries(study: Study) -> tuple[Summary, ...]:
    """Return the cells of framework.yaml that could be read."""
    return studies.read_framework(study)[0]


def matrix(material: Material, *, flags: bool = True) -> Table:
    """Return the matrix of cases and themes.

    Args:
        material: Of the study.
        flags: Mark summaries whose passages changed since: for the researcher's own desk.
    """
    cells = summaries(material.study)
    extracts = material.by_id()
    codes = codes_of(material)
    changed = {(one.case, one.theme) for one in cells if became(one, extracts, codes.get(one.theme, ()))}
    language = material.study.settings.language
    flagged = changed if flags else ()
    return framework_matrix(cells, material.people(), columns_of(material), language=language, flagged=flagged)


def passages(material: Material, case: str = "", theme: str = "") -> Table:
    """Return summaries with the passages they rest on, and the accepted ones they do not.

    Raises:
        NoSuchCase: If there is no such participant.
        NoSuchColumn: If the matrix has no such theme.
    """
    cells: Sequence[Summary] = summaries(material.study)
    if case:
        case, theme = _place(material, case, theme)
        cells = [one for one in cells if (one.case, one.theme) == (case, theme)] or [Summary(case, theme, "")]
    extracts = material.by_id()
    headings = dict(columns_of(material))
    return passages_table(cells, extracts, codes_of(material), headings, language=material.study.settings.language)


def check(material: Material) -> list[Problem]:
    """Find cells that lead nowhere, and summaries whose passages changed since they were written."""
    cells, problems = studies.read_framework(material.study)
    extracts = material.by_id()
    cases = {*material.people(), *(person.id for person in material.participants)}
    return [*problems, *check_framework(cells, extracts, codes_of(material), cases)]


def write(
    material: Material,
    who: str,
    case: str,
    theme: str,
    words: str,
    *,
    codings: Sequence[str] | None = None,
    why: str = "",
) -> bool:
    """Write a summary; an earlier one stays among its versions.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Wrote it.
        case: A participant's id.
        theme: Id or heading of a theme.
        words: The summary.
        codings: What it rests on; None for what it rested on before, or at first for all accepted passages of
            the theme that are the case's words. The fingerprints of their words are taken anew: who writes has read.

    Returns:
        Whether anything was written.

    Raises:
        NoSuchCase: If there is no such participant.
        NoSuchColumn: If the matrix has no such theme.
        NoSuchPassage: If a coding is none of the case's accepted ones.
    """
    case, theme = _place(material, case, theme)
    return write_many(material, who, {(case, theme): words}, codings={(case, theme): codings}, why=why) > 0


def write_many(
    material: Material,
    who: str,
    texts: Mapping[tuple[str, str], str],
    *,
    codings: Mapping[tuple[str, str], Sequence[str] | None] | None = None,
    why: str = "",
) -> int:
    """Write some summaries as one change; return how many are other than before.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Wrote them.
        texts: By case and id of a theme.
        codings: As `write`, by case and theme.
        why: The reason, for the trail.
    """
    before = studies.framework_text(material.study)
    known = {(cell.case, cell.theme): cell for cell in summaries(material.study)}
    text, changed = before, []
    for (case, theme), words in texts.items():
        old = known.get((case, theme))
        wanted = (codings or {}).get((case, theme))
        if wanted is None:
            wanted = [rest.coding for rest in old.passages] if old is not None else _all_of(material, case, theme)
        rests = [_rest(material, case, coding, known=old) for coding in wanted]
        new = write_summary(text, case, theme, words, by=who, date=studies.now()[:10])
        if new != text or (old is not None and tuple(rests) != _bare(old.passages)):
            text = set_passages(new, case, theme, rests)
            changed.append((case, theme))
    if text == before:
        return 0
    about = f"cell {changed[0][0]}/{changed[0][1]}" if len(changed) == 1 else f"{len(changed)} cells"
    told = {"cells": [f"{case}/{theme}" for case, theme in changed]}
    decision = Decision(studies.now(), who, "framework write", about, None, told, why)
    carry_out(material.study, decision, {studies.FRAMEWORK: text.encode()})
    return len(changed)


def link(material: Material, who: str, case: str, theme: str, codings: Sequence[str], *, why: str = "") -> None:
    """Let a summary rest on passages too; of one it rests on already, the words as they are now are taken as read.

    Raises:
        NothingWritten: If the cell has no summary.
        NoSuchCase, NoSuchColumn: If there is no such cell.
        NoSuchPassage: If a coding is none of the case's accepted ones.
    """
    cell = _cell(material, case, theme)
    rests = {rest.coding: rest for rest in _bare(cell.passages)}
    rests.update({coding: _rest(material, cell.case, coding) for coding in codings})
    _save(material, who, "framework link", cell, list(rests.values()), codings, why)


def unlink(material: Material, who: str, case: str, theme: str, codings: Sequence[str], *, why: str = "") -> None:
    """Let a summary rest on passages no longer.

    Raises:
        NothingWritten: If the cell has no summary.
        NoSuchCase, NoSuchColumn: If there is no such cell.
        NoSuchPassage: If it does not rest on one of them.
    """
    cell = _cell(material, case, theme)
    for coding in codings:
        if coding not in {rest.coding for rest in cell.passages}:
            raise NoSuchPassage(coding, f"is no passage that the summary of {cell.case} and “{cell.theme}” rests on")
    left = [rest for rest in _bare(cell.passages) if rest.coding not in codings]
    _save(material, who, "framework unlink", cell, left, codings, why)


def _save(
    material: Material, who: str, what: str, cell: Summary, rests: Sequence[Rest], codings: Sequence[str], why: str
) -> None:
    text = set_passages(studies.framework_text(material.study), cell.case, cell.theme, rests)
    about = f"cell {cell.case}/{cell.theme}"
    decision = Decision(studies.now(), who, what, about, None, {"codings": list(codings)}, why)
    carry_out(material.study, decision, {studies.FRAMEWORK: text.encode()})


def _bare(rests: Sequence[Rest]) -> tuple[Rest, ...]:
    return tuple(Rest(rest.coding, rest.words) for rest in rests)


def _cell(material: Material, case: str, theme: str) -> Summary:
    case, theme = _place(material, case, theme)
    found = next((one for one in summaries(material.study) if (one.case, one.theme) == (case, theme)), None)
    if found is None:
        raise NothingWritten(case, theme)
    return found


def _place(material: Material, case: str, theme: str) -> tuple[str, str]:
    """Return a case and a theme by what somebody calls them."""
    cases, columns = material.people(), columns_of(material)
    person = next((one for one in cases if one.casefold() == nfc(case).casefold()), None)
    if person is None:
        raise NoSuchCase(case, cases)
    wanted = nfc(theme).casefold()
    column = next((one for one, heading in columns if wanted in (one.casefold(), heading.casefold())), None)
    if column is None:
        raise NoSuchColumn(theme, [one for one, _ in columns])
    return person, column


def _all_of(material: Material, case: str, theme: str) -> list[str]:
    codes = codes_of(material).get(theme, set())
    found = [
        extract.coding.id
        for extract in material.accepted()
        if extract.participant == case and extract.coding.code in codes and _stands(material, extract)
    ]
    # Two people may have accepted one proposal.
    return list(dict.fromkeys(found))


def _stands(material: Material, extract: Extract) -> bool:
    transcript = material.transcripts.get(extract.coding.unit.span.transcript)
    return transcript is not None and stands(extract.coding, transcript)


def _rest(material: Material, case: str, coding: str, *, known: Summary | None = None) -> Rest:
    extract = material.by_id().get(coding)
    if extract is None or extract.coding.status != "accepted" or not _stands(material, extract):
        kept = next((rest for rest in known.passages if rest.coding == coding), None) if known is not None else None
        if kept is not None:
            # Writing a summary anew does not make a rejected passage stand; it stays flagged.
            return Rest(kept.coding, kept.words)
        raise NoSuchPassage(coding, "is no accepted coding whose words stand")
    if extract.participant != case:
        raise NoSuchPassage(coding, f"does not hold the words of {case}")
    return Rest(coding, fingerprint(extract.coding.unit.text))
