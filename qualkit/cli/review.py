from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.options import coder_option, open_study, study_option
from qualkit.model import Codebook, Coding, Status, Study, Transcript

if TYPE_CHECKING:
    from qualkit.undoing import Sitting

_KEYS = "[a]ccept  [r]eject  [c]hange code  [n]ext  [u]ndo  [q]uit"


@click.command("review")
@study_option
@coder_option
@click.option("--transcript", metavar="ID", help="Only this transcript.")
@click.option("--code", metavar="CODE", help="Only this code (id or name).")
@click.option(
    "--read", "read", multiple=True, metavar="ID", help="Mark a transcript as read and coded by hand; then stop."
)
@click.option("--before-reading", metavar="WHY", help="Show proposals before reading, and write why to the trail.")
@click.option("--again", is_flag=True, help="Also show proposals for passages you gave the same code by hand.")
def command(
    study_path: Path,
    coder: str | None,
    transcript: str | None,
    code: str | None,
    read: tuple[str, ...],
    before_reading: str | None,
    again: bool,
) -> None:
    """Decide on proposals, one after the other, with their surroundings.

    Every decision is saved at once; leave with q and go on another day. In studies whose method is stc or
    reflexive-ta the proposals of a transcript appear when you have marked it as read.
    """
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for
    from qualkit.coding.codebook import find_code
    from qualkit.model import Decision
    from qualkit.reviewing import waiting
    from qualkit.text import nfc
    from qualkit.undoing import Sitting

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    if read:
        names = studies.transcript_ids(study)
        read = tuple(nfc(name) for name in read)
        for name in read:
            if name not in names:
                raise studies.NoTranscript(name, names)
        with studies.locked(study, who):
            for name in read:
                studies.append_decision(study, Decision(studies.now(), who, "read", name))
                studies.mark_read(study, who, name)
        click.echo(f"Marked as read by {who}: {', '.join(read)}", err=True)
        next_step(f"qualkit review{study_option_for(study.root)}")
        return
    book = studies.good_codebook(study)
    chosen = find_code(book, code).id if code else None
    if before_reading:
        decision = Decision(studies.now(), who, "before-reading", transcript or "study", why=before_reading)
        with studies.locked(study, who):
            studies.append_decision(study, decision)
    queue = waiting(study, who, transcript=transcript, code=chosen, before_reading=bool(before_reading), again=again)
    if queue.hidden:
        click.echo(
            f"Not shown, since not marked as read: {', '.join(queue.hidden)} (qualkit review --read ID)", err=True
        )
    if queue.changed:
        click.echo(
            f"Not shown, since the text was changed under them: {', '.join(queue.changed)} (qualkit code)", err=True
        )
    if queue.already:
        click.echo(
            f"{queue.already} proposals lie where you gave the same code by hand (--again shows them).", err=True
        )
    if not queue.proposals and queue.hidden:
        click.echo(f"No proposals are shown: {who} has read none of these transcripts yet.", err=True)
        next_step(f"qualkit review{study_option_for(study.root)} --read {queue.hidden[0]}   (when you have coded it)")
        return
    if not queue.proposals:
        click.echo("No proposals are waiting.", err=True)
        next_step(f"qualkit export word{study_option_for(study.root)}")
        return
    made, left = _walk(study, who, book, queue.proposals, Sitting(transcript or ""))
    click.echo(f"{made} decided, {left} waiting.", err=True)
    next_step(("qualkit review" if left else "qualkit export word") + study_option_for(study.root))


def _walk(study: Study, who: str, book: Codebook, proposals: tuple[Coding, ...], sitting: Sitting) -> tuple[int, int]:
    """Show one proposal after the other; return how many were decided and how many are left.

    The study is held for each decision alone, so that others may work in it while somebody thinks; the sitting is
    one change to take back all the same.
    """
    from qualkit import study as studies
    from qualkit.cli.keys import key as pressed
    from qualkit.reviewing import ChangedMeanwhile, decide_alone, take_back_alone

    records: dict[str, Transcript] = {}
    made: list[tuple[int, Coding]] = []
    at = 0
    while at < len(proposals):
        proposal = proposals[at]
        name = proposal.unit.span.transcript
        if name not in records:
            records[name] = studies.read_transcript(study, name)[0]
        _show(records[name], book, proposal, at, len(proposals))
        key = pressed()
        if key in ("q", ""):
            break
        if key in ("a", "r", "c"):
            other = _other_code(book) if key == "c" else None
            if key == "c" and other is None:
                continue
            try:
                status: Status = "rejected" if key == "r" else "accepted"
                decision = decide_alone(study, who, proposal, status, code=other, sitting=sitting)
                made.append((at, decision))
            except ChangedMeanwhile as changed:
                click.echo(f"{changed}. {changed.hint}", err=True)
        elif key == "u":
            if made:
                at, decision = made.pop()
                take_back_alone(study, who, decision, proposals[at], sitting=sitting)
                click.echo("Taken back.", err=True)
            else:
                click.echo("Nothing to take back in this sitting.", err=True)
            continue
        elif key != "n":
            click.echo(_KEYS, err=True)
            continue
        at += 1
    return len(made), len(proposals) - len(made)


def _other_code(book: Codebook) -> str | None:
    from qualkit.coding.codebook import UnknownCode, find_code

    while True:
        click.echo("Code (id or name, empty to go back): ", nl=False, err=True)
        written = sys.stdin.readline().strip()
        if not written:
            return None
        try:
            code = find_code(book, written)
            if code.codable:
                return code.id
            click.echo(f"“{code.name}” is a group of codes and not itself given to passages.", err=True)
        except UnknownCode as error:
            click.echo(f"{error}. {error.hint}", err=True)


def _show(record: Transcript, book: Codebook, proposal: Coding, at: int, total: int) -> None:
    """Print a proposal: code, definition, and the turn with the passage marked."""
    from qualkit.cli.shown import visible

    code = next((code for code in book.walk() if code.id == proposal.code), None)
    span = proposal.unit.span
    turn = record.turn_at(span.start)
    click.echo()
    click.secho(f"{at + 1} of {total}   {span.transcript}", dim=True, nl=False)
    click.secho(f"   {visible(code.name if code else proposal.code)}", bold=True, fg="cyan", nl=False)
    click.secho(f"   ({visible(proposal.origin)})", dim=True)
    if code and (code.brief or code.definition):
        click.secho(f"  {visible(code.brief or code.definition)}", dim=True)
    start, end = (turn.start, turn.end) if turn else (span.start, span.end)
    before, after = (
        record.text[max(start, span.start - 400) : span.start],
        record.text[span.end : min(end, span.end + 400)],
    )
    asked = record.turns[turn.number - 2] if turn and turn.number > 1 else None
    if asked and (speaker := record.speaker(asked.speaker)) and speaker.role == "interviewer":
        click.secho(f"  {visible(f'{asked.speaker}: {record.text[asked.start : asked.end]}')}", dim=True)
    label = f"{turn.speaker}: " if turn and turn.speaker else ""
    lead, trail = "…" if span.start - 400 > start else "", "…" if span.end + 400 < end else ""
    marked = click.style(visible(record.text[span.start : span.end]), bold=True, underline=True)
    if not sys.stdout.isatty():
        marked = f"»{marked}«"
    click.echo(f"  {visible(label)}{lead}{visible(before)}{marked}{visible(after)}{trail}")
    click.secho(f"  {_KEYS}", dim=True)
