from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.options import coder_option, dry_run_option, json_option, open_study, study_option

if TYPE_CHECKING:
    from qualkit.anchor_decisions import Open
    from qualkit.model import Study
    from qualkit.reanchoring import Moved

_SHOWN = 60
_CONTEXT = 40


@click.command("anchor")
@study_option
@coder_option
@click.option(
    "--choose", nargs=2, multiple=True, metavar="ID N", help="Put a coding that waits at the place with this number."
)
@click.option(
    "--words", nargs=2, multiple=True, metavar="ID TEXT", help="Put a coding that waits where these words stand."
)
@click.option(
    "--keep", multiple=True, metavar="ID", help="The changed words of this coding stand; “all” for all of yours."
)
@click.option("--drop", multiple=True, metavar="ID", help="Take this coding out.")
@click.option("--decide", is_flag=True, help="Go through them one after the other.")
@dry_run_option
@json_option
def command(
    study_path: Path,
    coder: str | None,
    choose: tuple[tuple[str, str], ...],
    words: tuple[tuple[str, str], ...],
    keep: tuple[str, ...],
    drop: tuple[str, ...],
    decide: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Move codings along with the words of changed transcripts; show and decide what is not certain.

    Codings whose words stand are moved. Codings whose words changed move too, and are listed with the words
    before and after until you say that they stand (--keep). Those that could be in several places, and those
    that were not found, wait with their old words until you choose a place or drop them. The table shows
    informants' words: it is for your own screen.

    Exits with 1 while codings wait.
    """
    from contextlib import nullcontext

    from qualkit import anchor_decisions, reanchoring
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for, tell_moved, tell_places

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with nullcontext() if dry_run else studies.locked(study, who):
        # Before the headers say that everything counts in the texts of today.
        places = reanchoring.follow_register(study, who, dry_run=dry_run)
        moved = reanchoring.reanchor_study(study, who, dry_run=dry_run)
        tell_places(places, would=dry_run)
        if dry_run:
            _dry_run(moved, as_json=as_json)
            return
        tell_moved(moved)
        items = anchor_decisions.open_codings(study)
        made = _decided(study, who, items, choose, words, keep, drop)
        if made:
            click.echo(f"{made} decided.", err=True)
            items = anchor_decisions.open_codings(study)
        if decide:
            _walk(study, who, items)
            items = anchor_decisions.open_codings(study)
    _show(study, items, as_json=as_json)
    waiting = [item for item in items if item.result is not None]
    changed = len(items) - len(waiting)
    option = study_option_for(study.root)
    if not items:
        click.echo("Every coding stands on its words.", err=True)
        next_step(f"qualkit code{option}")
        return
    if waiting:
        several = "A coding waits" if len(waiting) == 1 else f"{len(waiting)} codings wait"
        click.echo(f"{several} for a decision: --choose ID N, --words ID TEXT, or --drop ID.", err=True)
    if changed:
        several = "One has other words now" if changed == 1 else f"{changed} have other words now"
        click.echo(f"{several}: --keep ID (or --keep all) if they stand, --drop ID if not.", err=True)
    next_step(f"qualkit anchor --decide{option}")
    sys.exit(1 if waiting else 0)


def _decided(
    study: Study,
    who: str,
    items: Sequence[Open],
    choose: tuple[tuple[str, str], ...],
    words: tuple[tuple[str, str], ...],
    keep: tuple[str, ...],
    drop: tuple[str, ...],
) -> int:
    """Carry out what the options say; return how many codings were decided."""
    from qualkit import anchor_decisions

    for identifier, number in choose:
        if not number.isdecimal():
            raise click.BadParameter(f"“{number}” is no number", param_hint="--choose ID N")
        item = anchor_decisions.find_open(items, identifier, who, waiting=True)
        anchor_decisions.choose(study, who, item, int(number))
    for identifier, text in words:
        item = anchor_decisions.find_open(items, identifier, who, waiting=True)
        anchor_decisions.choose_words(study, who, item, text)
    kept = [item for item in items if item.result is None and item.file_coder == who] if "all" in keep else []
    if "all" in keep and not kept:
        click.echo(f"No coding of {who} has other words now; --coder NAME for those of somebody else.", err=True)
    kept += [anchor_decisions.find_open(items, name, who, waiting=False) for name in keep if name != "all"]
    for item in kept:
        anchor_decisions.keep(study, who, item)
    for identifier in drop:
        anchor_decisions.drop(study, who, anchor_decisions.find_any(items, identifier, who))
    return len(choose) + len(words) + len(kept) + len(drop)


def _dry_run(moved: Sequence[Moved], *, as_json: bool) -> None:
    from qualkit.cli.shown import show_table
    from qualkit.model import RULES_CODER
    from qualkit.reanchoring import ANCHORS
    from qualkit.table import Cell, Column, Table

    columns = (Column("transcript", "Transcript"), Column("coder", "Coder"), *(Column(a, a, "count") for a in ANCHORS))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (item.transcript, item.coder, *(item.count(anchor) for anchor in ANCHORS))
        for item in moved
        if item.coder != RULES_CODER
    )
    show_table(Table("anchor", "What would become of the codings", columns, rows), as_json=as_json)


def _show(study: Study, items: Sequence[Open], *, as_json: bool) -> None:
    """Print what is not certain, with its words before and after, and the places there are."""
    from qualkit.coding.anchored import words_before

    if as_json:
        rows = [
            {
                "id": item.coding.id,
                "coder": item.file_coder,
                "code": item.coding.code,
                "place": str(item.coding.unit.span),
                "anchor": item.result.anchor if item.result else item.coding.anchor,
                "candidates": [str(span) for span in item.result.candidates] if item.result else [],
            }
            for item in items
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for item in items:
        coding = item.coding
        anchor = item.result.anchor if item.result else coding.anchor
        click.echo()
        click.secho(f"{coding.id}", bold=True, nl=False)
        click.secho(f"  {coding.unit.span.transcript}  {coding.code}  {item.file_coder}", fg="cyan", nl=False)
        click.secho(f"  {_SAID[anchor]}", fg="yellow" if anchor == "words-changed" else "red")
        before = words_before(coding) if item.result is None else coding.unit.text
        click.echo(f"  before:  {_line(before)}")
        if item.result is None:
            click.echo(f"  now:     {_line(coding.unit.text)}")
        for number, place in enumerate(_places(study, item), 1):
            click.echo(f"  {number}:       {place}")
    if items:
        click.echo()


_SAID = {
    "words-changed": "its words were changed",
    "ambiguous": "could be here; nothing tells for certain",
    "lost": "not found",
}


def _places(study: Study, item: Open) -> list[str]:
    """Return the places a coding could be, with a little text around each."""
    from qualkit import study as studies

    if item.result is None or not item.result.candidates:
        return []
    record, _ = studies.read_transcript(study, item.coding.unit.span.transcript)
    out = []
    for span in item.result.candidates:
        before = record.text[max(0, span.start - _CONTEXT) : span.start]
        after = record.text[span.end : span.end + _CONTEXT]
        line = record.text.count("\n", 0, span.start) + 1
        out.append(
            f"…{_line(before, marked=False)} »{_line(record.text[span.start : span.end], marked=False)}« "
            f"{_line(after, marked=False)}…  (line {line} of the text)"
        )
    return out


def _line(text: str, *, marked: bool = True) -> str:
    """Return words on one line, their middle left out where they are many."""
    from qualkit.cli.shown import visible

    words = visible(" ".join(text.split()))
    if len(words) > 4 * _SHOWN:
        words = f"{words[: 2 * _SHOWN]} […] {words[-2 * _SHOWN :]}"
    return f"»{words}«" if marked else words


def _walk(study: Study, who: str, items: Sequence[Open]) -> None:
    """Show one coding after the other and take a decision on each."""
    from qualkit import anchor_decisions
    from qualkit.cli.keys import key as pressed

    at = 0
    while at < len(items):
        item = items[at]
        _show(study, [item], as_json=False)
        places = len(item.result.candidates) if item.result else 0
        keys = f"[1-{places}] choose  " if places > 1 else "[1] choose  " if places else ""
        keys += "[k]eep  " if item.result is None else ""
        click.secho(f"  {keys}[d]rop  [n]ext  [q]uit", dim=True)
        key = pressed()
        if key in ("q", ""):
            return
        if key.isdecimal() and 1 <= int(key) <= places:
            anchor_decisions.choose(study, who, item, int(key))
        elif key == "k" and item.result is None:
            anchor_decisions.keep(study, who, item)
        elif key == "d":
            anchor_decisions.drop(study, who, item)
        elif key != "n":
            click.echo(f"“{key}” is none of these.", err=True)
            continue
        at += 1
