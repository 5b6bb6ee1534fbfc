from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast, get_args

import click

from qualkit.cli.destination import Destination, destination_options, put
from qualkit.cli.options import coder_option, json_option, open_study, study_option
from qualkit.cli.writing import given, text_from, text_options, written
from qualkit.reflection import Dimension, Verdict

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.model import Study
    from qualkit.reflection import Kind
    from qualkit.table import Table

_NOTES = "reflections/"
_POWER = get_args(Dimension)


@click.group("read", invoke_without_command=True)
@study_option
@json_option
@click.pass_context
def command(context: click.Context, study_path: Path, as_json: bool) -> None:
    """Note what you see while reading: impressions, preliminary themes, journal, what speaks against the result.

    Without a command: who has read and noted what. Everything stands in reflections/NAME.yaml, a file for each
    analyst, with its date; nothing is written over, earlier versions are kept.

    Example: qualkit read impression K1 --text "Much unrest; it begins with the phone call."
    """
    if context.invoked_subcommand is not None:
        return
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, show_table, study_option_for
    from qualkit.material import load_material
    from qualkit.reading_views import overview

    study = open_study(study_path)
    material = load_material(study)
    tell_problems([problem for problem in material.problems if problem.file.startswith(_NOTES)])
    table = overview(material)
    show_table(table, as_json=as_json)
    unread = next((str(row[0]) for row in table.rows if row[2] is None), None)
    if unread is not None and not as_json:
        next_step(f"qualkit read impression {unread}{study_option_for(study.root)}")


@command.command("impression")
@click.argument("transcript", required=False)
@text_options
@click.option("--versions", is_flag=True, help="Show every version of the impressions of the TRANSCRIPT.")
@study_option
@coder_option
@destination_options
def impression(
    transcript: str | None,
    text: str | None,
    source: TextIO | None,
    edit: bool,
    versions: bool,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Write your impression of a TRANSCRIPT, or see everybody's.

    Without a TRANSCRIPT the total impressions of all analysts stand side by side. The text comes from --text,
    --file, a pipe, or your editor. A later one stands in the place of the earlier one, which is kept.

    Example: qualkit read impression K1 --file notes.txt
    """
    from qualkit.reading_views import impressions
    from qualkit.reflecting import write_impression

    study = open_study(study_path)
    if transcript is None or versions:
        _show(study, impressions, "impression", transcript, to)
        return
    who, before = _standing(study, coder, "impression", transcript)
    words = text_from(text, source, edit=edit, before=before)
    _write(study, who, lambda: write_impression(study, who, transcript, words), f"the impression of {transcript}")


@command.command("notes")
@click.argument("transcript", required=False)
@text_options
@click.option("--versions", is_flag=True, help="Show the notes about the TRANSCRIPT with their dates.")
@study_option
@coder_option
@destination_options
def notes_(
    transcript: str | None,
    text: str | None,
    source: TextIO | None,
    edit: bool,
    versions: bool,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Add a note about a TRANSCRIPT, or see everybody's.

    Without a TRANSCRIPT the familiarisation notes of all analysts stand side by side. Notes are added: each stands
    beside the earlier ones.

    Example: qualkit read notes K1 --text "Says “we” of the ward and “they” of the municipality."
    """
    from qualkit.reading_views import notes
    from qualkit.reflecting import write_note

    study = open_study(study_path)
    if transcript is None or versions:
        _show(study, notes, "note", transcript, to)
        return
    who, _ = _standing(study, coder, "note", transcript)
    words = text_from(text, source, edit=edit)
    _write(study, who, lambda: write_note(study, who, transcript, words), f"a note about {transcript}")


@command.command("preconceptions")
@text_options
@click.option("--versions", is_flag=True, help="Show every version.")
@study_option
@coder_option
@destination_options
def preconceptions_(
    text: str | None,
    source: TextIO | None,
    edit: bool,
    versions: bool,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Write your preconceptions, or see everybody's.

    Write with --edit, --text or --file; without one of them you see them. What you know, expect and hope, written
    down before you read, so that you can see afterwards what came from the interviews. An earlier version is kept.

    Example: qualkit read preconceptions --edit
    """
    from qualkit.reading_views import preconceptions
    from qualkit.reflecting import write_preconceptions

    study = open_study(study_path)
    if not given(text, source, edit=edit):
        about = "" if versions else None
        _show(study, preconceptions, "preconceptions", about, to)
        return
    who, before = _standing(study, coder, "preconceptions", "")
    words = text_from(text, source, edit=edit, before=before)
    _write(study, who, lambda: write_preconceptions(study, who, words), "your preconceptions")


@command.command("journal")
@text_options
@study_option
@coder_option
@destination_options
def journal_(
    text: str | None,
    source: TextIO | None,
    edit: bool,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Add to your reflexive journal, or read it.

    Write with --edit, --text or --file; without one of them you see everybody's, day by day.

    Example: qualkit read journal --text "I heard my own ward in K3. Code it last."
    """
    from qualkit.reflecting import write_journal
    from qualkit.reflections.tables import journal_table

    study = open_study(study_path)
    if not given(text, source, edit=edit):

        def table(material: Material) -> Table:
            return journal_table(material.reflections, language=study.settings.language)

        _show(study, table, "journal", None, to)
        return
    who, _ = _standing(study, coder, "journal", "")
    words = text_from(text, source, edit=edit)
    _write(study, who, lambda: write_journal(study, who, words), "an entry of your journal")


@command.command("themes")
@click.argument("name", required=False)
@click.option("--why", default="", metavar="TEXT", help="The rationale: what in your reading it rests on.")
@click.option("--was", default="", metavar="NAME", help="What you called it before: the theme gets its new name.")
@click.option("--drop", metavar="WHY", help="Give the theme up, and say why; it stays in the file.")
@study_option
@coder_option
@destination_options
def themes_(
    name: str | None,
    why: str,
    was: str,
    drop: str | None,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Write a preliminary theme, or see everybody's.

    NAME is the theme's; without it the themes of all analysts stand side by side. Preliminary themes are intuitive
    and provisional. They are not results, and need not survive.

    Example: qualkit read themes "Alone with it" --why "Both nurses come back to the nights."
    """
    from qualkit.reading_views import preliminary_themes
    from qualkit.reflecting import drop_theme, write_theme

    study = open_study(study_path)
    if name is None:
        _show(study, preliminary_themes, "theme", None, to)
        return
    who, _ = _standing(study, coder, "theme", name)
    if drop is not None:
        _write(study, who, lambda: drop_theme(study, who, name, drop), f"“{name}” is given up")
    else:
        _write(study, who, lambda: write_theme(study, who, name, why, was=was), f"the preliminary theme “{name}”")


@command.command("verdict")
@click.argument("transcript", required=False)
@click.argument("verdict", required=False, type=click.Choice(get_args(Verdict)))
@text_options
@click.option("--changed", default="", metavar="TEXT", help="What you changed in the result because of it.")
@study_option
@coder_option
@destination_options
def verdict_(
    transcript: str | None,
    verdict: str | None,
    text: str | None,
    source: TextIO | None,
    edit: bool,
    changed: str,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Say what a TRANSCRIPT, read again, says of the result.

    Without a TRANSCRIPT you see what all of them say. It supports, nuances or contradicts the result. Say in what
    way with --text, --file or --edit, and with --changed what you changed. Turns in which nothing was ever coded
    are counted beside it: qualkit condense reread lists them.

    Example: qualkit read verdict K1 nuances --text "She had somebody to call." --changed "Says: most of them."
    """
    from qualkit.reading_views import verdicts
    from qualkit.reflecting import write_verdict

    study = open_study(study_path)
    if transcript is None:
        _show(study, verdicts, "verdict", None, to)
        return
    if verdict is None:
        raise click.UsageError(f"say what it does: {', '.join(get_args(Verdict))}")
    who, before = _standing(study, coder, "verdict", transcript)
    words = text_from(text, source, edit=edit, before=before) if given(text, source, edit=edit) else ""
    said = cast("Verdict", verdict)
    _write(
        study,
        who,
        lambda: write_verdict(study, who, transcript, said, words, changed=changed),
        f"{transcript} {verdict} the result",
    )


@command.command("power")
@click.argument("dimension", required=False, type=click.Choice(_POWER))
@text_options
@study_option
@coder_option
@destination_options
def power_(
    dimension: str | None,
    text: str | None,
    source: TextIO | None,
    edit: bool,
    study_path: Path,
    coder: str | None,
    to: Destination,
) -> None:
    """Write down the information power of your sample.

    A DIMENSION at a time; without one you see all five. aim: how narrow it is. specificity: how much the
    participants know of just this. theory: whether there is one to lean on. dialogue: how good the conversations
    were. strategy: single cases, or across cases. It is a judgement with reasons, never a number.

    Example: qualkit read power aim --text "Narrow: one Friday, one message, three wards."
    """
    from qualkit.reading_views import information_power
    from qualkit.reflecting import write_power

    study = open_study(study_path)
    if dimension is None:
        _show(study, information_power, "power", None, to)
        return
    who, before = _standing(study, coder, "power", dimension)
    words = text_from(text, source, edit=edit, before=before)
    asked = cast("Dimension", dimension)
    _write(study, who, lambda: write_power(study, who, asked, words), f"information power, {dimension}")


# --- pieces -------------------------------------------------------------------------------------------------


def _standing(study: Study, coder: str | None, kind: Kind, about: str) -> tuple[str, str]:
    """Return who writes, and what stands that they wrote before."""
    from qualkit import study as studies
    from qualkit.reflection import standing

    who = studies.whoami(study, coder)
    if kind in ("impression", "note", "verdict") and about not in (known := studies.transcript_ids(study)):
        # Nobody writes in an editor about a transcript that is not there.
        raise studies.NoTranscript(about, known)
    mine = [one for one in studies.read_reflections(study)[0] if one.by == who and one.about == about]
    return who, next((one.text for one in standing(mine, kind)), "")


def _write(study: Study, who: str, write: Callable[[], bool], what: str) -> None:
    from qualkit import study as studies

    with studies.locked(study, who):
        changed = write()
    written(changed=changed, what=what)


def _show(
    study: Study,
    view: Callable[[Material], Table],
    kind: Kind,
    about: str | None,
    to: Destination,
) -> None:
    """Show a table, or write it as a file; of something named, every version."""
    from qualkit.cli.faults import tell_problems
    from qualkit.material import load_material
    from qualkit.reflections.tables import versions_table

    material = load_material(study)
    problems = [problem for problem in material.problems if problem.file.startswith(_NOTES)]
    tell_problems(problems)
    language = study.settings.language
    table = view(material) if about is None else versions_table(material.reflections, kind, about, language=language)
    if table.rows or to.as_json or to.output is not None:
        put(material, table, to)
    else:
        click.echo("Nothing is written yet.", err=True)
    sys.exit(1 if problems else 0)
