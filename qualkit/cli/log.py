from __future__ import annotations

import re
from pathlib import Path

import click

from qualkit.cli.options import draft_of, draft_option, json_option, open_study, study_option

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    if value and not _DAY.match(value):
        raise click.BadParameter("write a day as 2026-03-09, or a month as 2026-03, or a year")
    return value or ""


@click.command("log")
@study_option
@click.option("--what", default="", help="Only this kind of decision: init, add, accept, reject, change-code, undo …")
@click.option("--kind", help="Only about this kind of thing: code, coding, group, theme, note, transcript, identity …")
@click.option("--about", default="", metavar="ID", help="Only about this code, theme, subgroup, coding or transcript.")
@click.option("--who", default="", help="Only this coder.")
@click.option("--since", metavar="DAY", callback=_day, help="From this day on: 2026-03-09, or 2026-03.")
@click.option("--until", metavar="DAY", callback=_day, help="Up to and with this day.")
@click.option("--text", default="", help="Only where this stands in what was decided, or in the reason.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file: .docx, .xlsx, .html, .csv, .json."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
@draft_option
def command(
    study_path: Path,
    what: str,
    kind: str | None,
    about: str,
    who: str,
    since: str,
    until: str,
    text: str,
    output: Path | None,
    force: bool,
    as_json: bool,
    unreviewed: str | None,
) -> None:
    """Show the trail: who decided what, when and why.

    With -o it is written as a file that may leave the study: through the redactor and the gate, with ids and codes,
    and without the texts that were written.

    \b
    qualkit log --about varsel --since 2026-03
    qualkit log --kind theme -o spor.docx
    """
    from qualkit import study as studies
    from qualkit.clearing import register_of
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_path, show_table
    from qualkit.exporting import export_table
    from qualkit.gate import words_of
    from qualkit.material import load_material
    from qualkit.trail import KINDS, Wanted, own_words, printed_trail, trail_table

    known = next((one for one in KINDS if one == kind), None)
    if kind is not None and known is None:
        raise click.BadParameter(f"the kinds are {', '.join(KINDS)}", param_hint="--kind")
    study = open_study(study_path)
    decisions, problems = studies.read_trail(study)
    tell_problems(problems)
    wanted = Wanted(what, known, about, who, since, until, text)
    if output is None:
        show_table(trail_table(decisions, wanted), as_json=as_json)
        return
    material = load_material(study)
    table = printed_trail(decisions, wanted, register_of(material), language=study.settings.language)
    ours = words_of(own_words(decisions))
    export_table(material, table, output, force=force, draft=draft_of(study, unreviewed), ours=ours)
    click.echo(show_path(output))
