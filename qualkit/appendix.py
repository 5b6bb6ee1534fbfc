"""The methods appendix: how the analysis was done, as tables made from the study itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.activity import everything_done, steps_table
from qualkit.chapter import audit
from qualkit.clearing import TELLS_WHO, Draft
from qualkit.codebook_exchange import printed_codebook
from qualkit.coreq import coreq_table
from qualkit.document import Block, Document, Heading, Paragraph, Picture
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.exporting import UNREVIEWED, refuse_to_overwrite, with_examples, write_exported
from qualkit.gate import words_of
from qualkit.ladder import ladder
from qualkit.language.printed import printed
from qualkit.mapping import finished_map, thematic_map
from qualkit.material import Material
from qualkit.model import Decision, Participant, Study, Theme
from qualkit.publishing import WrongEnding, finished, results_document
from qualkit.reading_views import information_power, preliminary_themes, verdicts
from qualkit.reflection import standing
from qualkit.rendering import ENDINGS
from qualkit.reporting import render_questions
from qualkit.sample import sample_table
from qualkit.table import Cell, Column, Table
from qualkit.undoing import recorded
from qualkit.uniqueness import FEW
from qualkit.version import __version__

KINDS = (".docx", ".html", ".xlsx")
"""What an appendix is written as."""


def export_appendix(
    material: Material,
    *,
    path: Path | None = None,
    coreq: bool | None = None,
    few: int = FEW,
    template: bytes | None = None,
    force: bool = False,
    draft: Draft | None = None,
) -> Path:
    """Write the methods appendix of a study through the gate.

    Args:
        material: Of the study.
        path: Where to, a file or a folder; None for the study's exports/.
        coreq: Whether the table after COREQ is in it; None for all but reflexive thematic analysis.
        few: Cells of the participants' table with fewer people are hidden.
        template: A Word file whose styles are used.
        force: Write over a file that is there.
        draft: Who wants it before everything in it is decided, and why.

    Returns:
        The file.

    Raises:
        FaultyFiles: If reporting.yaml or the trail cannot be read.
        WrongEnding: If the file's ending is none of `KINDS`.
        FileIsThere: If a file that was named is there already.
        FileWasEdited: If somebody changed what was exported earlier.
        Unresolved: If something in it may identify somebody, and nobody has decided about it.
        WouldLeak: If a name of the register stands in it.
    """
    study = material.study
    trail, _ = studies.read_trail(study)
    name = printed("appendix", study.settings.language).casefold().replace(" ", "-")
    if path is None or path.is_dir():
        folder = path or studies.exports_folder(study)
        target = folder / f"{name}{UNREVIEWED if draft and path is None else ''}{ENDINGS['word']}"
    else:
        target = path
    if target.suffix.casefold() not in KINDS:
        raise WrongEnding(target, list(KINDS))
    refuse_to_overwrite(study, [target], named=path is not None and not path.is_dir(), force=force)
    pictures = _map(material, draft) if target.suffix.casefold() != ".xlsx" else []
    document = appendix_document(material, trail, coreq=coreq, few=few, draft=draft is not None, pictures=pictures)
    # Names of coders stand in the trail, where nobody who may not be printed is told of.
    coders = words_of(" ".join(sorted({done.who for done in everything_done(material, trail)})))
    data = finished(material, document, target, template=template, draft=draft, ours=coders)
    write_exported(study, {target: data}, draft=draft)
    return target


class AnswersAreThere(QualkitError):
    """A reporting.yaml is there, and would be written over."""

    def __init__(self) -> None:
        super().__init__(
            f"{studies.REPORTING} is there already, so the questions were not written",
            "Answer in it; items that it lacks may be added by their number.",
        )


def write_questions(study: Study) -> Path:
    """Put a reporting.yaml with COREQ's open questions into a study.

    Raises:
        AnswersAreThere: If there is one.
    """
    path = study.root / studies.REPORTING
    if path.exists():
        raise AnswersAreThere
    who = studies.whoami(study, None)
    with (
        studies.locked(study, who),
        recorded(study, who, "export appendix --ask", studies.REPORTING, [path]),
    ):
        disk.write_atomically(path, render_questions(study.settings.language).encode())
    return path


def appendix_document(
    material: Material,
    trail: Sequence[Decision],
    *,
    coreq: bool | None = None,
    few: int = FEW,
    draft: bool = False,
    pictures: Sequence[Picture] = (),
) -> Document:
    """Return the methods appendix, words not yet rendered.

    In a reflexive study the table after COREQ is left out unless it is asked for, and a caution stands above it.
    """
    reporting, problems = studies.read_reporting(material.study)
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        raise FaultyFiles(faults, "a file that the appendix rests on has faults; nothing was written")
    settings = material.study.settings
    language, reflexive = settings.language, settings.method == "reflexive-ta"
    sections: list[tuple[str, list[Table]]] = [
        ("steps", [steps_table(material, trail)]),
        ("sample", [sample_table(_sampled(material), language=language, without=TELLS_WHO, few=few)]),
        ("appendix-guide", [guide_table(material)]),
        ("appendix-power", [information_power(material)]),
        ("appendix-preliminary", [preliminary_themes(material)]),
        ("codebook", [code_tree(material), _codebook(material)]),
        ("analysis", _analysis(material)),
        ("thematic-map", []),
        ("appendix-verdicts", [verdicts(material)] if standing(material.reflections, "verdict") else []),
    ]
    blocks: list[Block] = [
        Heading(printed("appendix", language)),
        Paragraph(printed("appendix-made", language, version=__version__)),
    ]
    for key, tables in sections:
        shown: list[Block] = [table for table in tables if table.rows]
        shown += pictures if key == "thematic-map" else ()
        if shown:
            blocks += [Heading(printed(key, language), 2), *shown]
    if reflexive or coreq is None or coreq:
        blocks.append(Heading(printed("reporting", language), 2))
    if reflexive:
        blocks.append(Paragraph(printed("rtarg", language)))
    if coreq or (coreq is None and not reflexive):
        tables_so_far = [block.name for block in blocks if isinstance(block, Table)]
        numbers = {name: number for number, name in enumerate(tables_so_far, 1)}
        blocks.append(coreq_table(material, trail, reporting, tables=numbers))
    whole = results_document(material, (), draft=draft)
    title = f"{whole.title}: {printed('appendix', language).casefold()}" if settings.title else whole.title
    return replace(whole, title=title, blocks=tuple(blocks))


def _map(material: Material, draft: Draft | None) -> list[Picture]:
    """Return the thematic map, which passes the gate by itself, where there are themes to draw."""
    if not material.themes:
        return []
    language = material.study.settings.language
    title = printed("thematic-map", language)
    labels = [node.label for node in thematic_map(material).nodes]
    described = f"{title}: {'; '.join(labels)}"
    return [Picture("map", title, finished_map(material, Path("map.png"), draft=draft), described)]


def _sampled(material: Material) -> list[Participant]:
    speaking = set(material.people())
    return [person for person in material.participants if person.id in speaking]


def _codebook(material: Material) -> Table:
    """Return the codebook without examples, which are informants' words and stand nowhere verified."""
    codes = tuple(with_examples(code, None) for code in material.codebook.codes)
    return printed_codebook(replace(material.codebook, codes=codes), material.study.settings.language)


def guide_table(material: Material) -> Table:
    """Return the questions of the interview guide."""
    language, guide = material.study.settings.language, material.guide
    rows: list[tuple[Cell, ...]] = [(one.part or None, one.wording or one.id) for one in guide.questions]
    columns = (
        Column("part", printed("appendix-part", language), groups=True),
        Column("question", printed("appendix-question", language)),
    )
    kept = columns if any(row[0] for row in rows) else columns[1:]
    title = printed("appendix-guide", language)
    shown = f"{title} ({printed('appendix-version', language, version=guide.version)})" if guide.version else title
    return Table("guide", shown, kept, tuple(row[-len(kept) :] for row in rows), description=title)


def code_tree(material: Material) -> Table:
    """Return the tree of codes, with the theme in which each ended."""
    language = material.study.settings.language
    themes: dict[str, list[str]] = {}
    for theme in material.themes:
        _ended(theme, theme.heading, themes)
    rows: list[tuple[Cell, ...]] = [
        ("\u2003" * (len(path) - 1) + path[-1].name, "\n".join(themes.get(path[-1].id, ())) or None)
        for path in material.codebook.paths().values()
    ]
    columns = (Column("code", printed("code", language)), Column("theme", printed("tree-theme", language)))
    title = printed("code-tree", language)
    kept = columns if any(row[1] for row in rows) else columns[:1]
    return Table("code-tree", title, kept, tuple(row[: len(kept)] for row in rows), description=title)


def _ended(theme: Theme, heading: str, found: dict[str, list[str]]) -> None:
    for code in theme.codes:
        found.setdefault(code, []).append(heading)
    for each in theme.subthemes:
        _ended(each, f"{heading} / {each.heading}", found)


def _analysis(material: Material) -> list[Table]:
    """Return the way from units to results: through condensates, or up the ladder of content analysis."""
    table = audit(material)
    found = [table] if table is not None else []
    if material.condensed:
        found.append(ladder(material, written=True))
    return found
