"""Commands under `qualkit themes` that change themes.yaml: each can be looked at before, and taken back after."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from qualkit.cli.options import coder_option, dry_run_option, open_study, study_option, told_material

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.theming import ThemeChange

Command = TypeVar("Command", bound=Callable[..., Any])

_SHOWN_FILES = ("themes.yaml",)

why_option = click.option("--why", default="", metavar="TEXT", help="Why; kept in the trail.")
_needed_why = click.option("--why", required=True, metavar="TEXT", help="Why; kept with the theme and in the trail.")


def _changing(command: Command) -> Command:
    for option in (dry_run_option, coder_option, study_option):
        command = option(command)
    return command


@click.command("add")
@click.argument("heading")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--id", "identifier", default="", metavar="ID", help="Its id. Default: made from the heading.")
@click.option("--under", default="", metavar="THEME", help="Make it a subtheme of this theme.")
@_changing
def add(
    heading: str,
    codes: tuple[str, ...],
    identifier: str,
    under: str,
    study_path: Path,
    coder: str | None,
    dry_run: bool,
) -> None:
    """Add a candidate theme called HEADING, over some CODEs.

    qualkit themes add "Whoever knows somebody gets an answer" phone meetings
    """
    from qualkit.theming import plan_add

    change = carried(
        study_path,
        coder,
        lambda material, who: plan_add(material, who, heading, identifier=identifier, under=under, codes=codes),
        dry_run=dry_run,
    )
    if not dry_run:
        click.echo(f"The theme “{heading}” has the id {change.ids[0]}.", err=True)
        _next(study_path, f"qualkit themes write {change.ids[0]} --concept …")


@click.command("rename")
@click.argument("theme")
@click.argument("heading")
@why_option
@_changing
def rename(theme: str, heading: str, why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Give a THEME another HEADING; what it was called is kept, with the reason."""
    from qualkit.theming import plan_rename

    change = carried(
        study_path, coder, lambda material, who: plan_rename(material, who, theme, heading, why=why), dry_run=dry_run
    )
    _done(change, f"{theme} is called “{heading}”.", dry_run=dry_run)


@click.command("status")
@click.argument("theme")
@click.argument("status", type=click.Choice(["candidate", "reviewed", "defined", "dropped"]))
@why_option
@_changing
def status(theme: str, status: str, why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Say how far you have come with a THEME. Nothing is locked: a dropped one stands again with another STATUS."""
    from qualkit.themes.themesfile import STATUSES
    from qualkit.theming import plan_status

    chosen = next(known for known in STATUSES if known == status)
    change = carried(
        study_path, coder, lambda material, who: plan_status(material, who, theme, chosen, why=why), dry_run=dry_run
    )
    _done(change, f"{theme} is {status}.", dry_run=dry_run)


@click.command("drop")
@click.argument("theme")
@_needed_why
@_changing
def drop(theme: str, why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Drop a THEME, and say why. It stays in themes.yaml with all it has, and is in no table of results."""
    from qualkit.theming import plan_status

    change = carried(
        study_path, coder, lambda material, who: plan_status(material, who, theme, "dropped", why=why), dry_run=dry_run
    )
    _done(change, f"{theme} is dropped. It stands again with: qualkit themes status {theme} candidate", dry_run=dry_run)


@click.command("write")
@click.argument("theme")
@click.option("--concept", metavar="TEXT", help="The one idea that everything in it shares.")
@click.option("--definition", metavar="TEXT", help="What it is about.")
@click.option("--test", metavar="TEXT", help="What it is and what it is not, in a sentence or two.")
@click.option("--in", "included", metavar="TEXT", help="What belongs to it.")
@click.option("--out", "excluded", metavar="TEXT", help="What does not, and where that stands.")
@click.option("--text", metavar="TEXT", help="The analytic text, in the third person.")
@click.option(
    "--file", "source", type=click.File(encoding="utf-8"), help="Read the analytic text from a file; - for stdin."
)
@why_option
@_changing
def write(
    theme: str,
    concept: str | None,
    definition: str | None,
    test: str | None,
    included: str | None,
    excluded: str | None,
    text: str | None,
    source: TextIO | None,
    why: str,
    study_path: Path,
    coder: str | None,
    dry_run: bool,
) -> None:
    """Write what a THEME is about. Without an option your editor opens on its analytic text.

    Earlier wordings are kept: qualkit themes write phone --concept "Knowing somebody carries what systems do not."
    """
    from qualkit.theming import find_theme, plan_writing

    given = {
        "concept": concept,
        "definition": definition,
        "test": test,
        "in": included,
        "out": excluded,
        "text": source.read() if source is not None else text,
    }
    said = {key: value for key, value in given.items() if value is not None and value.strip()}
    if not any(value is not None for value in given.values()):
        found = find_theme(told_material(open_study(study_path), *_SHOWN_FILES), theme)
        words = click.edit(found.text + "\n", extension=".txt")
        said = {"text": words} if (words or "").strip() and words is not None else {}
    if not said:
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    change = carried(
        study_path, coder, lambda material, who: plan_writing(material, who, theme, said, why=why), dry_run=dry_run
    )
    _done(change, f"Written to {theme}: {', '.join(said)}.", dry_run=dry_run)


@click.command("put")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.argument("theme")
@click.option("--move", is_flag=True, help="They leave every other theme.")
@why_option
@_changing
def put_(
    codes: tuple[str, ...], theme: str, move: bool, why: str, study_path: Path, coder: str | None, dry_run: bool
) -> None:
    """Put CODEs under a THEME. A code, and a passage, may stand under several."""
    from qualkit.theming import plan_put

    change = carried(
        study_path,
        coder,
        lambda material, who: plan_put(material, who, codes, theme, move=move, why=why),
        dry_run=dry_run,
    )
    _done(change, f"Under {theme}: {', '.join(codes)}.", dry_run=dry_run)


@click.command("take")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.argument("theme")
@why_option
@_changing
def take_(codes: tuple[str, ...], theme: str, why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Take CODEs out of a THEME; their codings stay as they are."""
    from qualkit.theming import plan_take

    change = carried(
        study_path, coder, lambda material, who: plan_take(material, who, codes, theme, why=why), dry_run=dry_run
    )
    _done(change, f"No longer under {theme}: {', '.join(codes)}.", dry_run=dry_run)


@click.command("move")
@click.argument("theme")
@click.option("--under", default="", metavar="THEME", help="The theme it becomes a subtheme of.")
@click.option("--top", is_flag=True, help="Let it stand among the themes.")
@why_option
@_changing
def move(theme: str, under: str, top: bool, why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Make a THEME a subtheme of another, or let it stand among the themes."""
    from qualkit.theming import plan_move

    if bool(under) == top:
        raise click.UsageError("Say where to: --under THEME, or --top.")
    change = carried(
        study_path, coder, lambda material, who: plan_move(material, who, theme, under, why=why), dry_run=dry_run
    )
    _done(change, f"{theme} stands {f'under {under}' if under else 'among the themes'}.", dry_run=dry_run)


@click.command("merge")
@click.argument("themes", nargs=-1, required=True, metavar="THEME...")
@click.option("--into", required=True, metavar="THEME", help="The theme that stays.")
@_needed_why
@_changing
def merge(themes: tuple[str, ...], into: str, why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Make one of several THEMEs: its codes and quotations are those of all, the others are dropped.

    What is written of them stays with them, to take from: qualkit themes merge phone meetings --into knowing --why …
    """
    from qualkit.theming import plan_merge

    change = carried(
        study_path, coder, lambda material, who: plan_merge(material, who, themes, into, why=why), dry_run=dry_run
    )
    _done(change, f"{', '.join(themes)} went into {into}.", dry_run=dry_run)


@click.command("split")
@click.argument("theme")
@click.argument("parts", nargs=-1, required=True, metavar="HEADING=CODE,CODE...")
@_needed_why
@_changing
def split(theme: str, parts: tuple[str, ...], why: str, study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Part a THEME into new candidate themes, each with its heading and codes; the theme itself is dropped.

    qualkit themes split knowing "A number to ring=phone" "Meeting once=meetings,visits" --why "two ideas in one"
    """
    from qualkit.theming import plan_split

    ready = []
    for part in parts:
        heading, sign, codes = part.rpartition("=")
        if not sign or not heading.strip():
            raise click.UsageError(f"“{part}”: write a heading, =, and codes with commas between: “Heading=code,code”.")
        ready.append((heading.strip(), [code.strip() for code in codes.split(",") if code.strip()]))
    change = carried(
        study_path, coder, lambda material, who: plan_split(material, who, theme, ready, why=why), dry_run=dry_run
    )
    _done(change, f"{theme} became {', '.join(change.ids)}.", dry_run=dry_run)


@click.command("announce")
@click.argument("where")
@click.argument("headings", nargs=-1, metavar="[HEADING]...")
@_changing
def announce(where: str, headings: tuple[str, ...], study_path: Path, coder: str | None, dry_run: bool) -> None:
    """Keep which themes you announce in WHERE (an abstract, a plan), to hold them against the themes you end with.

    Without HEADINGs the themes as they stand now.
    """
    from qualkit.theming import plan_announcement

    change = carried(
        study_path, coder, lambda material, who: plan_announcement(material, who, where, headings), dry_run=dry_run
    )
    _done(change, f"Kept as announced in “{where}”. Against now: qualkit themes announced", dry_run=dry_run)


def carried(
    study_path: Path, coder: str | None, plan: Callable[[Material, str], ThemeChange], *, dry_run: bool
) -> ThemeChange:
    """Plan a change and carry it out, or show what it would be."""
    from qualkit import study as studies
    from qualkit.material import load_material
    from qualkit.theming import carry_theme_change

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    if dry_run:
        change = plan(load_material(study), who)
        for line in change.lines():
            click.echo(line)
    else:
        with studies.locked(study, who):
            change = plan(load_material(study), who)
            carry_theme_change(study, change)
    for told in change.told:
        click.echo(told, err=True)
    return change


def _done(change: ThemeChange, told: str, *, dry_run: bool) -> None:
    if dry_run:
        click.echo("Nothing was written.", err=True)
    elif change.after == change.before:
        click.echo("It is so already.", err=True)
    else:
        click.echo(told, err=True)


def _next(study_path: Path, text: str) -> None:
    from qualkit.cli.shown import next_step, study_option_for

    next_step(f"{text}{study_option_for(open_study(study_path).root)}")


COMMANDS = (add, rename, status, drop, write, put_, take_, move, merge, split, announce)
