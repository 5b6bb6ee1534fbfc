"""The thematic map: `qualkit themes map` writes it, `place` and `link` draw on it."""

from __future__ import annotations

from pathlib import Path

import click

from qualkit.cli.options import (
    coder_option,
    draft_of,
    draft_option,
    dry_run_option,
    open_study,
    study_option,
)


@click.command("map")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A .svg or .png file. Default: in exports/."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print what stands on it as JSON instead.")
@draft_option
@study_option
def map_(output: Path | None, force: bool, as_json: bool, unreviewed: str | None, study_path: Path) -> None:
    """Draw the thematic map as it stands under “map:” in themes.yaml.

    qualkit themes map -o map.svg

    Themes, subthemes and codes have each their own shape and are all equally large; lines are those you drew, with
    the names you gave them. It prints in black and white.
    """
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import json_text, show_path
    from qualkit.mapping import export_map, map_file, placed_map
    from qualkit.material import load_material

    study = open_study(study_path)
    draft = draft_of(study, unreviewed)
    material = load_material(study)
    tell_problems(material.of_results())
    if as_json:
        click.echo(json_text(placed_map(material)))
        return
    target = output or map_file(study, draft=draft is not None)
    export_map(material, target, named=output is not None, force=force, draft=draft)
    click.echo(show_path(target))


@click.command("place")
@click.argument("name", metavar="THEME_OR_CODE")
@click.argument("place", nargs=-1, type=click.FloatRange(0, 1), metavar="[X Y]")
@click.option("--off", is_flag=True, help="Take it off the map, with the links that lead to it.")
@dry_run_option
@coder_option
@study_option
def place(name: str, place: tuple[float, ...], off: bool, dry_run: bool, coder: str | None, study_path: Path) -> None:
    """Put a theme or a code on the thematic map.

    X counts from the left, Y from the top, both from 0 to 1. Without them it is put where there is room:
    qualkit themes place phone 0.2 0.5
    """
    from qualkit.cli.themes_changes import carried
    from qualkit.mapping import plan_on_map

    if len(place) not in (0, 2):
        raise click.UsageError("Give both X and Y, or none.")
    where = (place[0], place[1]) if place else None
    change = carried(
        study_path, coder, lambda material, who: plan_on_map(material, who, name, where, off=off), dry_run=dry_run
    )
    changed = change.after != change.before and not dry_run
    click.echo(f"{name} is {'off' if off else 'on'} the map." if changed else "Nothing was written.", err=True)


@click.command("link")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.argument("name", required=False, default="")
@click.option(
    "--arrow", type=click.Choice(["none", "to", "both"]), default="none", show_default=True, help="Which way it points."
)
@click.option("--off", is_flag=True, help="Take the links between the two away.")
@dry_run_option
@coder_option
@study_option
def link(
    start: str,
    end: str,
    name: str,
    arrow: str,
    off: bool,
    dry_run: bool,
    coder: str | None,
    study_path: Path,
) -> None:
    """Draw a line on the thematic map between two themes or codes, with a NAME.

    qualkit themes link waiting phone "ends in" --arrow to
    """
    from typing import get_args

    from qualkit.cli.themes_changes import carried
    from qualkit.mapping import plan_link
    from qualkit.thematic import Arrow

    chosen: Arrow = next(known for known in get_args(Arrow) if known == arrow)
    change = carried(
        study_path,
        coder,
        lambda material, who: plan_link(material, who, start, end, name, arrow=chosen, off=off),
        dry_run=dry_run,
    )
    changed = change.after != change.before and not dry_run
    told = f"{start} and {end} are {'not linked any more' if off else 'linked'}."
    click.echo(told if changed else "Nothing was written.", err=True)


COMMANDS = (map_, place, link)
