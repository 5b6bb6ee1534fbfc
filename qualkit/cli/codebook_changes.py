"""The commands of `qualkit codebook` that change a codebook in use."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualkit.cli.options import coder_option, dry_run_option, json_option, open_study, study_option

if TYPE_CHECKING:
    from qualkit.model import Study
    from qualkit.recoding import Plan

Command = TypeVar("Command", bound=Callable[..., Any])

why_option = click.option("--why", metavar="TEXT", help="The reason, for the trail.")


def _changing(command: Command) -> Command:
    """Add the options of every change."""
    for option in (json_option, dry_run_option, why_option, coder_option, study_option):
        command = option(command)
    return command


@click.command("rename")
@click.argument("old")
@click.argument("new", required=False, default="")
@click.option("--name", default="", metavar="TEXT", help="The new name. Without NEW the id stays.")
@click.option("--codings-only", is_flag=True, help="The codebook has the new id already: change only what names OLD.")
@_changing
def rename(old: str, new: str, name: str, codings_only: bool, **options: Any) -> None:
    """Give the code OLD the id NEW, another name, or both.

    Every coder's codings, the rules' proposals, themes, code groups and sets go along. A new name alone touches no
    coding.
    """
    from qualkit.recoding import plan_rename

    if codings_only and (not new or name):
        raise click.UsageError("--codings-only needs OLD and NEW, and no --name.")
    _change(lambda study: plan_rename(study, old, new, name=name, codings_only=codings_only), **options)


@click.command("merge")
@click.argument("codes", nargs=-1, required=True, metavar="CODE CODE…")
@click.option("--into", required=True, metavar="CODE", help="The code that stays.")
@_changing
def merge(codes: tuple[str, ...], into: str, **options: Any) -> None:
    """Let codes go into one of them: their codings become codings of that one.

    Of two codings of one coder that become equal the earlier is kept, with both memos. Their code groups become one.
    What the codebook says of the codes that go stays in it as a comment.
    """
    from qualkit.recoding import plan_merge

    _change(lambda study: plan_merge(study, codes, into), **options)


@click.command("move")
@click.argument("code")
@click.option("--under", metavar="CODE", help="The code it comes to stand under, as the last.")
@click.option("--top", is_flag=True, help="To the top of the tree, as the last.")
@click.option("--before", default="", metavar="CODE", help="Right before this code, under the same parent.")
@click.option("--after", default="", metavar="CODE", help="Right after this code, under the same parent.")
@_changing
def move(code: str, under: str | None, top: bool, before: str, after: str, **options: Any) -> None:
    """Move a code, and all below it, to another place in the tree. Codings and themes are not touched."""
    from qualkit.recoding import plan_move

    if (before and after) or (top and under) or not (under or top or before or after):
        raise click.UsageError("Say where: --under CODE, --top, --before CODE or --after CODE.")
    place = "" if top else under
    _change(lambda study: plan_move(study, code, under=place, before=before, after=after), **options)


@click.command("delete")
@click.argument("code")
@click.option("--codings-to", default="", metavar="OTHER", help="The code that takes its codings.")
@click.option("--drop-codings", is_flag=True, help="Take its codings out.")
@click.option("--out-of-themes", is_flag=True, help="Take it out of the themes that name it.")
@click.option("--drop-group", is_flag=True, help="Take its code group out, with the condensates in it.")
@_changing
def delete(
    code: str, codings_to: str, drop_codings: bool, out_of_themes: bool, drop_group: bool, **options: Any
) -> None:
    """Take a code out of the codebook.

    Not while codings, themes or condensates stand on it, unless told what becomes of them.
    """
    from qualkit.recoding import plan_delete

    if codings_to and drop_codings:
        raise click.UsageError("--codings-to and --drop-codings exclude each other.")
    _change(
        lambda study: plan_delete(
            study,
            code,
            codings_to=codings_to,
            drop_codings=drop_codings,
            out_of_themes=out_of_themes,
            drop_group=drop_group,
        ),
        **options,
    )


@click.command("split")
@click.argument("code")
@click.option("--into", default="", metavar="CODE,CODE", help="The codes it becomes; new ones are made beside it.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file with a coding's id and its code in each row.",
)
@_changing
def split(code: str, into: str, source: Path | None, study_path: Path, **options: Any) -> None:
    """Let the codings of CODE go to several codes: taken from a file, or asked for, one passage after the other.

    What is not decided stays on CODE and is marked; `qualkit check` tells of it, and `qualkit codebook split CODE`
    goes on. Each coder decides on their own codings.
    """
    from qualkit import study as studies
    from qualkit.splitting import plan_split, read_decisions

    if not into and source is not None:
        raise click.UsageError("--from needs --into.")
    if not into and options["dry_run"]:
        raise click.UsageError("-n shows what --into would change; without it, a split that is open goes on.")
    codes = [each.strip() for each in into.split(",") if each.strip()]
    if codes:
        decisions = read_decisions(source.read_bytes(), source.name) if source else {}
        _change(lambda study: plan_split(study, code, codes, decisions=decisions), study_path=study_path, **options)
    if source is None and not options["dry_run"]:
        from qualkit.cli.split import ask

        study = open_study(study_path)
        ask(study, studies.whoami(study, options["coder"]), code, begun=bool(codes))


def _change(
    plan_of: Callable[[Study], Plan],
    *,
    study_path: Path,
    coder: str | None,
    why: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a plan, show it, and write it unless it was only to be shown."""
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for
    from qualkit.recoding import carry_through

    study = open_study(study_path)
    if dry_run:
        show_plan(plan_of(study), diff=True, as_json=as_json)
        click.echo("Nothing was written.", err=True)
        return
    who = studies.whoami(study, coder)
    plan_of(study)
    reason = asked_why(why)
    with studies.locked(study, who):
        plan = plan_of(study)
        carry_through(study, who, plan, reason)
    show_plan(plan, diff=False, as_json=as_json)
    click.echo("Done, and written to the trail (qualkit log). To take it back: qualkit undo", err=True)
    next_step(f"qualkit check{study_option_for(study.root)}")


def asked_why(why: str | None) -> str:
    """Return the reason given, or asked for where somebody sits there."""
    if why is not None:
        return why
    if sys.stdin.isatty():
        return str(click.prompt("Why? (for the trail; Enter for none)", default="", show_default=False, err=True))
    click.echo("The trail has no reason for this change; --why TEXT gives one.", err=True)
    return ""


def show_plan(plan: Plan, *, diff: bool, as_json: bool) -> None:
    """Print what a plan changes; with the changed lines of the codebook where asked."""
    from qualkit.cli.codebook import show_diff
    from qualkit.cli.shown import show_table

    show_table(plan.table(), as_json=as_json)
    if diff and not as_json:
        show_diff(*plan.codebook)
    for sentence in plan.told:
        click.echo(sentence[:1].upper() + sentence[1:] + ".", err=True)
