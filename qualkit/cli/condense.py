from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from qualkit.cli.options import (
    coder_option,
    draft_of,
    draft_option,
    json_option,
    open_study,
    study_option,
    told_material,
)

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.table import Table

_SHOWN_FILES = ("condensates.yaml", "condensed.yaml")

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file: .docx, .xlsx, .html, .csv, .json."
)
force_option = click.option("--force", is_flag=True, help="Write over a file that is there.")
why_option = click.option("--why", default="", metavar="TEXT", help="Why; kept with the unit and in the trail.")


@click.group("condense", invoke_without_command=True)
@study_option
@json_option
@click.pass_context
def command(context: click.Context, study_path: Path, as_json: bool) -> None:
    """Place meaning units in subgroups and write condensates (the third step of text condensation).

    Without a command: code groups and subgroups, with what is placed, set aside, written and chosen. Everything
    stands in condensates.yaml, which you may edit as well.
    """
    if context.invoked_subcommand is not None:
        return
    from qualkit.cli.shown import next_step, show_table, study_option_for
    from qualkit.condensation.tables import overview_table
    from qualkit.condensing import gathered_groups

    study = open_study(study_path)
    material = told_material(study, *_SHOWN_FILES)
    gathered = gathered_groups(material)
    names = {code.id: code.name for code in material.codebook.walk()}
    show_table(overview_table(gathered, names), as_json=as_json)
    waiting = next((one.group.code for one in gathered if one.waiting), None)
    if waiting is not None and not as_json:
        next_step(f"qualkit condense show {waiting}{study_option_for(study.root)}")


@command.command("show")
@click.argument("code")
@study_option
@json_option
def show(code: str, study_path: Path, as_json: bool) -> None:
    """Show the meaning units of a CODE with their ids and the subgroups they stand in."""
    from dataclasses import replace

    from qualkit.cli.shown import show_table
    from qualkit.coding.codebook import find_code
    from qualkit.condensation.tables import units_table
    from qualkit.condensing import gathered_groups

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    chosen = find_code(material.codebook, code)
    one = next((one for one in gathered_groups(material) if one.group.code == chosen.id), None)
    if one is None:
        click.echo(f"“{chosen.name}” has no accepted meaning units yet.", err=True)
        return
    table = units_table(one, language=material.study.settings.language)
    show_table(replace(table, title=one.group.name or chosen.name), as_json=as_json)


@command.command("add")
@click.argument("code")
@click.argument("name")
@study_option
@coder_option
def add(code: str, name: str, study_path: Path, coder: str | None) -> None:
    """Add a subgroup called NAME to the group of a CODE."""
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for
    from qualkit.condensing import begin_subgroup

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        identifier = begin_subgroup(study, who, code, name)
    click.echo(f"The subgroup “{name}” has the id {identifier}.", err=True)
    next_step(f"qualkit condense place UNIT… {identifier}{study_option_for(study.root)}")


@command.command("place")
@click.argument("units", nargs=-1, required=True, metavar="UNIT...")
@click.argument("subgroup")
@why_option
@study_option
@coder_option
def place_(units: tuple[str, ...], subgroup: str, why: str, study_path: Path, coder: str | None) -> None:
    """Place UNITs (ids of codings) in a SUBGROUP; they leave the one of the same group where they stood."""
    from qualkit import study as studies
    from qualkit.condensing import place
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        for unit in units:
            place(load_material(study), who, unit, subgroup, why=why)
    click.echo(f"{len(units)} placed in {subgroup}.", err=True)


@command.command("set-aside")
@click.argument("unit")
@click.argument("subgroup")
@click.option("--why", required=True, metavar="TEXT", help="Why it does not fit; kept with the unit.")
@study_option
@coder_option
def aside(unit: str, subgroup: str, why: str, study_path: Path, coder: str | None) -> None:
    """Set a UNIT aside in a SUBGROUP, and say why."""
    from qualkit import study as studies
    from qualkit.condensing import put_aside
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        put_aside(load_material(study), who, unit, subgroup, why)
    click.echo(f"{unit} is set aside in {subgroup}.", err=True)


def _chooser(name: str, says: str, as_: str) -> click.Command:
    @click.command(name, help=says)
    @click.argument("unit")
    @click.argument("subgroup")
    @study_option
    @coder_option
    def chooser(unit: str, subgroup: str, study_path: Path, coder: str | None) -> None:
        from qualkit import study as studies
        from qualkit.condensing import choose
        from qualkit.material import load_material

        study = open_study(study_path)
        who = studies.whoami(study, coder)
        with studies.locked(study, who):
            choose(load_material(study), who, unit, subgroup, as_=as_)
        what = "golden quotation" if as_ == "golden" else "starting unit"
        click.echo(f"{unit} is the {what} of {subgroup}.", err=True)

    return chooser


command.add_command(_chooser("golden", "Choose a UNIT as the golden quotation of its SUBGROUP.", "golden"))
command.add_command(_chooser("start", "Say which UNIT the condensate of a SUBGROUP is begun from.", "start"))


@command.command("write")
@click.argument("subgroup")
@click.option("--file", "source", type=click.File(encoding="utf-8"), help="Read the text from a file; - for stdin.")
@click.option("--analytic", is_flag=True, help="The analytic text of step four, in the third person.")
@why_option
@study_option
@coder_option
def write_(subgroup: str, source: TextIO | None, analytic: bool, why: str, study_path: Path, coder: str | None) -> None:
    """Write the condensate of a SUBGROUP, in your editor or from a file. Earlier ones are kept as versions."""
    from qualkit import study as studies
    from qualkit.condensing import find_subgroup, write
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    _, found = find_subgroup(load_material(study), subgroup)
    before = found.analytic if analytic else found.condensate
    words = source.read() if source is not None else click.edit(before + "\n", extension=".txt")
    if not (words or "").strip():
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    with studies.locked(study, who):
        key = "analytic" if analytic else "condensate"
        changed = write(load_material(study), who, subgroup, str(words), key=key, why=why)
    click.echo(f"Written to {subgroup}." if changed else "It is the text that stands there already.", err=True)


@command.command("grounding")
@click.argument("subgroups", nargs=-1, metavar="[SUBGROUP]...")
@study_option
@json_option
def grounding(subgroups: tuple[str, ...], study_path: Path, as_json: bool) -> None:
    """Show which words of condensates stand in no unit of their subgroup. Information, with no pass mark."""
    from qualkit.cli.shown import show_table
    from qualkit.condensation.tables import grounding_table
    from qualkit.condensing import find_subgroup, gathered_groups

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    written = [sub.id for one in gathered_groups(material) for sub in one.group.subgroups if sub.condensate]
    for name in subgroups or written:
        one, found = find_subgroup(material, name)
        language = material.study.settings.language
        show_table(grounding_table(one.group, found, one.used[found.id], language=language), as_json=as_json)
    if not (subgroups or written):
        click.echo("No condensate is written yet.", err=True)


@command.command("remarks")
@study_option
@json_option
def remarks_(study_path: Path, as_json: bool) -> None:
    """Remark what a careful colleague would: nothing of it is forbidden.

    Code groups that rest on one participant, passages in two groups, very long units, units in which the
    interviewer speaks, and how much of each participant's text was lifted out.
    """
    from qualkit.cli.shown import show_table
    from qualkit.rereading import remarks

    show_table(remarks(told_material(open_study(study_path), *_SHOWN_FILES)), as_json=as_json)


@command.command("reread")
@click.option("--words", is_flag=True, help="Show what is said there, too: for your own screen.")
@study_option
@json_option
def reread(words: bool, study_path: Path, as_json: bool) -> None:
    """List the turns of participants in which nothing is coded, to be read again.

    What an interview that you read again says of the result is kept with `qualkit read verdict`.
    """
    from qualkit.cli.shown import show_table
    from qualkit.rereading import unread_turns

    show_table(unread_turns(told_material(open_study(study_path), *_SHOWN_FILES), words=words), as_json=as_json)


@command.command("audit")
@study_option
@json_option
@output_option
@force_option
@draft_option
def audit_(study_path: Path, as_json: bool, output: Path | None, force: bool, unreviewed: str | None) -> None:
    """Show the way from meaning units to condensate and analytic text, as reviewers ask for it.

    With -o it is written as a Word file, a workbook or another file, in which quotations are rendered.
    """
    from qualkit.chapter import audit

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    table = audit(material)
    if table is None:
        click.echo("No condensate is written yet: qualkit condense write", err=True)
        return
    _told(material, table, as_json=as_json, output=output, force=force, unreviewed=unreviewed)


def _told(
    material: Material, table: Table, *, as_json: bool, output: Path | None, force: bool, unreviewed: str | None
) -> None:
    """Show a table, or write it as a file."""
    from qualkit.cli.shown import show_path, show_table
    from qualkit.exporting import export_table

    if output is None:
        show_table(table, as_json=as_json)
        return
    export_table(material, table, output, force=force, draft=draft_of(material.study, unreviewed))
    click.echo(show_path(output))


@command.command("unit")
@click.argument("coding")
@click.option("--text", metavar="TEXT", help="The condensed unit. Without it your editor opens.")
@click.option("--anyway", is_flag=True, help="Also in a study whose method is not content analysis.")
@why_option
@study_option
@coder_option
def unit(coding: str, text: str | None, anyway: bool, why: str, study_path: Path, coder: str | None) -> None:
    """Write the condensed unit of one CODING (its id), as content analysis after Graneheim and Lundman does.

    It says shorter what that one meaning unit says, and stands in condensed.yaml. A condensate of text condensation
    is another thing: it is written from all units of a subgroup (qualkit condense write).
    """
    from qualkit import study as studies
    from qualkit.ladder import check_method, write_unit
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    material = load_material(study)
    check_method(material, anyway=anyway)
    before = next((one.text for one in material.condensed if one.coding == coding), "")
    words = text if text is not None else click.edit(before + "\n", extension=".txt")
    if not (words or "").strip():
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    with studies.locked(study, who):
        changed = write_unit(load_material(study), who, coding, str(words), anyway=anyway, why=why)
    click.echo("Written." if changed else "It is the text that stands there already.", err=True)


@command.command("ladder")
@study_option
@json_option
@output_option
@force_option
@draft_option
def ladder_(study_path: Path, as_json: bool, output: Path | None, force: bool, unreviewed: str | None) -> None:
    """Show the way of content analysis: meaning unit, condensed unit, code, categories, theme.

    With -o it is written as a file, of units that were condensed; quotations in it are rendered.
    """
    from qualkit.ladder import check_method, ladder

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    check_method(material)
    table = ladder(material, written=output is not None)
    _told(material, table, as_json=as_json, output=output, force=force, unreviewed=unreviewed)


@command.command("sheet")
@click.argument("subgroups", nargs=-1, metavar="[SUBGROUP]...")
@click.option("--share", is_flag=True, help="With ids instead of names, to hand on; in exports/, through the gate.")
@click.option("--force", is_flag=True, help="Write over sheets that somebody wrote on.")
@study_option
@draft_option
def sheet(subgroups: tuple[str, ...], share: bool, force: bool, study_path: Path, unreviewed: str | None) -> None:
    """Write working sheets to working/: the units of a SUBGROUP side by side, and room for the condensate.

    They hold what informants said in their own words and are confidential on every page. Write the condensate in
    Word, and read it back with `qualkit condense read`. With --share the words go through the redactor, as in every
    export, and the units of who may not be quoted have a note: for a supervisor or a group that works together.
    """
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.shared_sheets import share_sheets
    from qualkit.sheets import write_sheets

    study = open_study(study_path)
    material = told_material(study, *_SHOWN_FILES)
    if share:
        written = share_sheets(material, subgroups, force=force, draft=draft_of(study, unreviewed))
    else:
        written = write_sheets(material, subgroups, force=force)
    for path in written:
        click.echo(show_path(path))
    if written:
        next_step(f"qualkit condense read {show_path(written[0])}{study_option_for(study.root)}")
    else:
        click.echo("No subgroup has units yet: qualkit condense place", err=True)


@command.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, dir_okay=False))
@why_option
@study_option
@coder_option
def read(files: tuple[Path, ...], why: str, study_path: Path, coder: str | None) -> None:
    """Read condensates back from working sheets (FILE) that were written on in Word.

    An earlier condensate is kept as a version. Rows that were deleted or moved are told and change nothing.
    """
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.material import load_material
    from qualkit.sheets import read_back

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    for path in files:
        with studies.locked(study, who):
            name, written, problems = read_back(load_material(study), who, path, why=why)
        tell_problems(problems)
        click.echo(f"{path.name}: {'the condensate of' if written else 'nothing new for'} {name}.", err=True)
