"""Asking where the codings of a code go that is split."""

from __future__ import annotations

import sys

import click

from qualkit.model import Code, Coding, Study, Transcript


def ask(study: Study, who: str, code: str, *, begun: bool) -> None:
    """Ask for each waiting coding of a code, saving every answer at once."""
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for
    from qualkit.coding.codebook import find_code
    from qualkit.splitting import NoSplit, open_splits, targets_of, waiting_codings
    from qualkit.undoing import recorded

    book = studies.good_codebook(study)
    chosen = find_code(book, code)
    waiting = waiting_codings(study, who, chosen.id)
    others = {coder: number for (of, coder), number in open_splits(study).items() if of == chosen.id and coder != who}
    if not waiting and not others:
        if begun:
            return
        raise NoSplit(chosen.id)
    if waiting:
        targets = targets_of(waiting, book)
        names = {coding.unit.span.transcript for coding in waiting}
        paths = [studies.codings_path(study, who, name) for name in sorted(names)]
        with studies.locked(study, who), recorded(study, who, "split", chosen.id, paths):
            made = _walk(study, chosen, targets, waiting)
        click.echo(f"{made} decided, {len(waiting) - made} waiting.", err=True)
        if made < len(waiting):
            next_step(f"qualkit codebook split {chosen.id}{study_option_for(study.root)}   (goes on)")
        else:
            next_step(f"qualkit check{study_option_for(study.root)}")
    for coder, number in sorted(others.items()):
        command = f"qualkit codebook split {chosen.id} --coder {coder}{study_option_for(study.root)}"
        click.echo(f"{number} codings of {coder} wait too: {command}", err=True)


def _walk(study: Study, code: Code, targets: list[Code], waiting: list[Coding]) -> int:
    """Show one coding after the other; return how many were decided."""
    from qualkit import study as studies
    from qualkit.splitting import decide_split, take_back_split

    records: dict[str, Transcript] = {}
    made: list[tuple[int, Coding]] = []
    at = 0
    while at < len(waiting):
        coding = waiting[at]
        name = coding.unit.span.transcript
        if name not in records:
            records[name] = studies.read_transcript(study, name)[0]
        _show(records[name], code, targets, coding, f"{at + 1} of {len(waiting)}")
        key = _answer()
        if key == "q":
            break
        if key == "u":
            if made:
                at, decided = made.pop()
                take_back_split(study, waiting[at], decided)
                click.echo("Taken back.", err=True)
            else:
                click.echo("Nothing to take back in this sitting.", err=True)
            continue
        if key == "n":
            at += 1
        elif key == "s" or (key.isdecimal() and 0 < int(key) <= len(targets)):
            made.append((at, decide_split(study, coding, code.id if key == "s" else targets[int(key) - 1].id)))
            at += 1
        else:
            click.echo(_keys(code, targets), err=True)
    return len(made)


def _answer() -> str:
    line = sys.stdin.readline()
    return (line.strip() or "n").casefold() if line else "q"


def _keys(code: Code, targets: list[Code]) -> str:
    numbers = "  ".join(f"[{number}] {each.name}" for number, each in enumerate(targets, 1))
    return f"{numbers}  [s]tays {code.name}  [n]ext  [u]ndo  [q]uit, then Enter"


def _show(record: Transcript, code: Code, targets: list[Code], coding: Coding, place: str) -> None:
    from qualkit.cli.shown import visible

    span = coding.unit.span
    turn = record.turn_at(span.start)
    start, end = (turn.start, turn.end) if turn else (span.start, span.end)
    before = record.text[max(start, span.start - 400) : span.start]
    after = record.text[span.end : min(end, span.end + 400)]
    click.echo()
    click.secho(f"{place}   {span.transcript}   {code.name}", dim=True)
    if record.text[span.start : span.end] != coding.unit.text:
        before = after = ""
        click.secho("  (the transcript was changed; these are the words that were coded)", dim=True)
    words = visible(coding.unit.text)
    marked = click.style(words, bold=True, underline=True) if sys.stdout.isatty() else f"»{words}«"
    label = f"{turn.speaker}: " if turn and turn.speaker else ""
    click.echo(f"  {visible(label)}{visible(before)}{marked}{visible(after)}")
    if coding.memo:
        click.secho(f"  Memo: {visible(coding.memo)}", dim=True)
    click.secho(f"  {_keys(code, targets)}", dim=True)
