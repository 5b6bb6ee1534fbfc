from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import draft_of, draft_option, open_study, study_option

_SAYS = {
    "word": "Write the results part as a Word file: text, quotations and tables under each heading.",
    "excel": "Write all tables as an Excel workbook.",
    "csv": "Write all tables as CSV files, and every coding with its provenance.",
    "html": "Write a page to read in a browser: quotations open what was said around them.",
    "json": "Write all tables, codings and codes as one JSON file.",
    "parquet": "Write all tables as Parquet files, and every coding with its provenance.",
}


@click.group("export")
def command() -> None:
    """Write results, or transcripts for reading on paper.

    Accepted codings are printed. The words go through the redactor, which puts in the place of names what was
    decided (qualkit anonymise decide). While something in the print may identify somebody and nobody has decided
    about it, nothing is written, and you are told where it stands.
    """


def _results(kind: str) -> click.Command:
    """Return the command that exports results as one kind of file."""
    what = "A folder" if kind in ("csv", "parquet") else "A file or folder"

    @click.command(kind, help=_SAYS[kind])
    @study_option
    @click.option("-o", "--output", type=click.Path(path_type=Path), help=f"{what}. Default: exports/ in the study.")
    @click.option(
        "--by", multiple=True, metavar="COLUMN", help="A column of participants.csv to compare by; may be repeated."
    )
    @click.option("--counts/--marks", default=None, help="Numbers or marks in matrices. Default: as the method does.")
    @click.option("--with-proposals", is_flag=True, help="Count and list what rules propose too, marked as such.")
    @click.option("--force", is_flag=True, help="Write over a file that is there.")
    @draft_option
    def export(
        study_path: Path,
        output: Path | None,
        by: tuple[str, ...],
        counts: bool | None,
        with_proposals: bool,
        force: bool,
        unreviewed: str | None,
        template: Path | None = None,
        with_audit: bool = False,
    ) -> None:
        from qualkit.checks import check_material
        from qualkit.cli.faults import tell_problems
        from qualkit.cli.shown import next_step, show_path, study_option_for
        from qualkit.exporting import export_results
        from qualkit.material import load_material
        from qualkit.model import READ_FIRST

        study = open_study(study_path)
        if with_proposals and study.settings.method in READ_FIRST:
            click.echo("Proposals are not printed in a study of this method; accepted codings are.", err=True)
        material = load_material(study)
        tell_problems(check_material(material))
        written = export_results(
            material,
            kind,
            path=output,
            by=list(by) or None,
            counts=counts,
            with_proposals=with_proposals,
            with_audit=with_audit,
            template=template.read_bytes() if template else None,
            force=force,
            draft=draft_of(study, unreviewed),
        )
        for path in written:
            click.echo(show_path(path))
        following = {"word": "html", "excel": "html", "html": "transcripts"}.get(kind, "word")
        next_step(f"qualkit export {following}{study_option_for(study.root)}")
        sys.exit(1 if any(problem.severity == "error" for problem in material.of_results()) else 0)

    if kind in ("word", "html"):
        export = click.option(
            "--audit", "with_audit", is_flag=True, help="Also the long table from meaning units to analytic text."
        )(export)
    if kind == "word":
        template = click.option(
            "--template",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A Word file whose styles are used.",
        )
        return template(export)
    return export


for _kind in _SAYS:
    command.add_command(_results(_kind))


@command.command("appendix")
@study_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A .docx, .html or .xlsx file, or a folder. Default: exports/.",
)
@click.option("--coreq/--no-coreq", default=None, help="The COREQ table. Default: as the method does.")
@click.option(
    "--few",
    type=click.IntRange(1, 50),
    metavar="K",
    help="Hide cells of the participants' table with fewer than K people. Default: 5.",
)
@click.option("--ask", is_flag=True, help="Put a file reporting.yaml with COREQ's open questions into the study.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A Word file whose styles are used.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@draft_option
def appendix(
    study_path: Path,
    output: Path | None,
    coreq: bool | None,
    few: int | None,
    ask: bool,
    template: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """Write the methods appendix that reviewers ask for, made from the study itself.

    It has the steps of the method with what was done in each, when and by whom; the participants, small cells hidden;
    code tree and codebook; in text condensation the way from meaning units to analytic text, in content analysis the
    condensation ladder; and a table after COREQ. What only you can answer there stands in reporting.yaml (--ask).

    \b
    qualkit export appendix --ask
    qualkit export appendix -o vedlegg.docx --few 3
    """
    from qualkit.appendix import export_appendix, write_questions
    from qualkit.checks import check_material
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.coreq import missing
    from qualkit.material import load_material
    from qualkit.study import read_reporting
    from qualkit.uniqueness import FEW

    study = open_study(study_path)
    if ask:
        click.echo(show_path(write_questions(study)))
    material = load_material(study)
    tell_problems(check_material(material))
    written = export_appendix(
        material,
        path=output,
        coreq=coreq,
        few=few or FEW,
        template=template.read_bytes() if template else None,
        force=force,
        draft=draft_of(study, unreviewed),
    )
    click.echo(show_path(written))
    shown = coreq if coreq is not None else study.settings.method != "reflexive-ta"
    left = missing(read_reporting(study)[0]) if shown else []
    if left:
        told = ", ".join(map(str, left))
        click.echo(f"COREQ: {len(left)} items wait for your words in reporting.yaml: {told}.", err=True)
        next_step(f"qualkit export appendix --ask{study_option_for(study.root)}   (writes the questions)")


@command.command("transcripts")
@click.argument("transcripts", nargs=-1, metavar="[ID]...")
@study_option
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="A folder. Default: see above.")
@click.option("--rendered", is_flag=True, help="With ids instead of names; without who may not be quoted.")
@click.option("--with-proposals", is_flag=True, help="Show what rules propose too, marked as such.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@draft_option
def transcripts_(
    transcripts: tuple[str, ...],
    study_path: Path,
    output: Path | None,
    rendered: bool,
    with_proposals: bool,
    force: bool,
    unreviewed: str | None,
) -> None:
    """Write transcripts as Word files to read and write on: numbered lines, codes beside them, a wide margin.

    They are papers for your own desk: the words as they were said, confidential on every page, in working/.
    With --rendered they go through the redactor and lie in exports/. Line numbers are the same in both, and
    in the column “line” of `qualkit export csv`.
    """
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.material import load_material
    from qualkit.papers import export_transcripts

    study = open_study(study_path)
    written = export_transcripts(
        load_material(study),
        transcripts,
        folder=output,
        render=rendered,
        with_proposals=with_proposals,
        force=force,
        draft=draft_of(study, unreviewed),
    )
    for path in written:
        click.echo(show_path(path))
    next_step(f"qualkit export csv{study_option_for(study.root)}   (its column “line” gives the same numbers)")
