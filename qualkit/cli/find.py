from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import draft_of, draft_option, json_option, open_study, study_option


@click.command("find")
@click.argument("query", nargs=-1, required=True)
@study_option
@click.option(
    "--within",
    type=click.Choice(["turn", "sentence", "paragraph"]),
    default="turn",
    show_default=True,
    help="Where words that are asked for together must stand together.",
)
@click.option(
    "--context",
    type=click.IntRange(0, 100),
    default=8,
    show_default=True,
    metavar="N",
    help="Words shown on each side of what was found.",
)
@click.option("--with-proposals", is_flag=True, help="For code: take what rules propose too, where the method allows.")
@json_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write it to a .docx, .xlsx, .csv, .json or .html file instead, with ids in the place of names.",
)
@draft_option
def command(
    query: tuple[str, ...],
    study_path: Path,
    within: str,
    context: int,
    with_proposals: bool,
    as_json: bool,
    output: Path | None,
    unreviewed: str | None,
) -> None:
    """Find words, codes and people: every place with its line, codes and the words around it.

    QUERY is words as in a codebook's rules (ringe, ring*, lemma:ringe, compound:bolig, "over helga"), code:ID,
    speaker:LABEL, participant:ID, column=value, transcript:ID, kind:KIND, joined by AND (which may be left out),
    OR, NOT, NEAR/5 and brackets. Put it in single quotation marks: 'lemma:ringe NOT code:varsel'.
    """
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_path, show_table
    from qualkit.coding.query_parser import parse_query
    from qualkit.finding import ask, find, found_table, with_places
    from qualkit.language.printed import printed
    from qualkit.material import load_material
    from qualkit.model import READ_FIRST
    from qualkit.publishing import FileIsThere, publish, results_document

    study = open_study(study_path)
    asked_for = parse_query(" ".join(query))
    draft = draft_of(study, unreviewed)
    if output is not None and output.exists():
        raise FileIsThere(output)
    if with_proposals and study.settings.method in READ_FIRST:
        click.echo("Proposals are not shown in a study of this method; accepted codings are.", err=True)
    material = load_material(study)
    tell_problems(material.of_results())
    asked = ask(material, asked_for, with_proposals=with_proposals)
    places = find(asked, asked_for, within=within)  # type: ignore[arg-type]
    table = found_table(material, asked, places, printed("found", study.settings.language), context=context)
    if output is not None:
        known = with_places(material, table)
        publish(known, results_document(known, [table], draft=draft is not None), output, draft=draft)
        click.echo(show_path(output))
    else:
        show_table(table, as_json=as_json)
    sources = len({place.span.transcript for place in places})
    people = len({row[2] for row in table.rows} - {""})
    if places:
        told = (_counted(len(places), "place"), _counted(sources, "transcript"), _counted(people, "participant"))
        click.echo("{} in {}, of {}.".format(*told), err=True)
    else:
        click.echo("Nothing was found.", err=True)
    sys.exit(1 if any(problem.severity == "error" for problem in material.of_results()) else 0)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
