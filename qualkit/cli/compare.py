from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import draft_of, draft_option, json_option, open_study, study_option


@click.command("compare")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@study_option
@click.option("--by", metavar="COLUMN", help="The column of participants.csv that makes the groups.")
@click.option(
    "--code", "codes", multiple=True, metavar="CODE", help="Only this code, and what is below it. Repeatable."
)
@click.option(
    "--against", metavar="THEME", help="List the participants in whom none of a theme's codes stands: deviant cases."
)
@click.option("--counts/--marks", default=None, help="Numbers or marks. Default: as the method does.")
@click.option(
    "--context",
    type=click.IntRange(0, 100),
    default=8,
    show_default=True,
    metavar="N",
    help="Words shown on each side.",
)
@click.option("--with-proposals", is_flag=True, help="Count what rules propose too, where the method allows.")
@json_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write it to a .docx, .xlsx, .csv, .json or .html file instead, with ids in the place of names.",
)
@draft_option
def command(
    words: tuple[str, ...],
    study_path: Path,
    by: str | None,
    codes: tuple[str, ...],
    against: str | None,
    counts: bool | None,
    context: int,
    with_proposals: bool,
    as_json: bool,
    output: Path | None,
    unreviewed: str | None,
) -> None:
    """Compare groups of participants: codes and words side by side, and who stands outside a theme.

    Each QUERY is words as in `qualkit find`, in quotation marks of its own where it is more than one word:
    qualkit compare --by agency lemma:pasient lemma:bruker 'lemma:ringe NOT code:varsel'.
    Without words the codes are compared.
    """
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_path, show_tables
    from qualkit.coding.query_parser import parse_query
    from qualkit.comparing import Compared, code_table, outside_table, word_tables
    from qualkit.material import load_material
    from qualkit.model import READ_FIRST
    from qualkit.publishing import FileIsThere, publish, results_document

    if not by and not against:
        raise click.UsageError("Say which groups with --by COLUMN, or which theme with --against THEME.")
    if not by and (words or codes):
        raise click.UsageError("Words and codes are compared between groups: say which with --by COLUMN.")
    queries = [parse_query(query) for query in words]
    study = open_study(study_path)
    draft = draft_of(study, unreviewed)
    if output is not None and output.exists():
        raise FileIsThere(output)
    if with_proposals and study.settings.method in READ_FIRST:
        click.echo("Proposals are not shown in a study of this method; accepted codings are.", err=True)
    material = load_material(study)
    tell_problems(material.of_results())
    compared = Compared((), material)
    if by and queries:
        compared = word_tables(
            material,
            by,
            queries,
            counts=counts,
            context=context,
            with_proposals=with_proposals,
        )
    tables = list(compared.tables)
    if by and (codes or not queries):
        tables.insert(0, code_table(material, by, codes, counts=counts, with_proposals=with_proposals))
    if against:
        tables.append(outside_table(material, against, counts=counts))
    if output is not None:
        document = results_document(material, tables, draft=draft is not None)
        publish(compared.material, document, output, draft=draft)
        click.echo(show_path(output))
        if len(tables) > 1 and output.suffix.casefold() == ".csv":
            click.echo("A .csv file holds one table: the others are in .xlsx, .docx, .json and .html.", err=True)
    else:
        owners = {extract.coding.id: extract.participant for extract in compared.material.extracts}
        show_tables(tables, as_json=as_json, owners=owners)
    sys.exit(1 if any(problem.severity == "error" for problem in material.of_results()) else 0)
