from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli import anonymise_keys, anonymise_share
from qualkit.cli.options import coder_option, jobs_option, json_option, open_study, study_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualkit.anonymisation.candidates import Candidate
    from qualkit.identity import Identities
    from qualkit.model import Study

_printed_option = click.option(
    "--printed", is_flag=True, help="Only what stands in accepted and chosen passages: what could be printed today."
)


@click.group("anonymise")
def command() -> None:
    """Find what could identify somebody, decide what is printed in its place, and see what still could."""


for _keys in (anonymise_keys.encrypt, anonymise_keys.decrypt, anonymise_keys.destroy_key):
    command.add_command(_keys)
command.add_command(anonymise_share.command)


@command.command("scan")
@study_option
@_printed_option
@click.option("--words", is_flag=True, help="List the words that wait, with counts, instead of counting them.")
@jobs_option
@json_option
def scan(study_path: Path, printed: bool, words: bool, jobs: int | None, as_json: bool) -> None:
    """Search the study for what could identify somebody, and show what waits to be decided.

    Searched are transcripts and what you wrote yourself that is printed: headings, names of codes, attributes. With
    --words or --json it shows informants' words: it is for your own screen. Exits with 1 while something waits.
    """
    from qualkit import register
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, show_table, study_option_for
    from qualkit.queue_views import queue_table, words_table

    study = open_study(study_path)
    _follow(study, studies.whoami(study, None))
    identities = register.good_register(study)
    found = _queue(study, identities, printed=printed, jobs=jobs)
    show_table(words_table(found) if words or as_json else queue_table(found, identities), as_json=as_json)
    option = study_option_for(study.root)
    if not found:
        click.echo("Nothing waits.", err=True)
        next_step(f"qualkit anonymise check{option}")
        return
    next_step(f"qualkit anonymise decide{' --printed' if printed else ''}{option}")
    sys.exit(1)


@command.command("decide")
@study_option
@coder_option
@_printed_option
@click.option("--transcript", metavar="ID", help="Only this transcript.")
@click.option("--accept-public", is_flag=True, help="Let everything through that detectors take for public; then stop.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Carry out a file's decisions.",
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write every decision to a file; then stop."
)
@jobs_option
def decide(
    study_path: Path,
    coder: str | None,
    printed: bool,
    transcript: str | None,
    accept_public: bool,
    source: Path | None,
    target: Path | None,
    jobs: int | None,
) -> None:
    """Decide on what waits, one after the other, with its surroundings.

    Every decision is saved at once; leave with q and go on another day. What is decided is never asked again, unless
    the text or a detector changes so that it matters. Words that are names too (Liv, Dag) are decided for the places
    they stand in.
    """
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    option = study_option_for(study.root)
    if source is not None:
        _from_file(study, who, source)
    if accept_public:
        _accept_public(study, who, printed=printed, jobs=jobs)
    if target is not None:
        _to_file(study, target)
    if source is not None or accept_public or target is not None:
        next_step(f"qualkit anonymise scan{option}")
        return
    names = None
    if transcript is not None:
        names = [transcript]
        if transcript not in studies.transcript_ids(study):
            raise studies.NoTranscript(transcript, studies.transcript_ids(study))
    left = _sit(study, who, printed=printed, names=names, jobs=jobs)
    if left is not None:
        next_step(f"qualkit anonymise {'decide' if left else 'check'}{option}")


def _sit(study: Study, who: str, *, printed: bool, names: Sequence[str] | None, jobs: int | None) -> int | None:
    """Walk through what waits; return how much is left, None where nothing waited."""
    from qualkit import register, scanning
    from qualkit import study as studies
    from qualkit.cli.anonymise_walk import Walk, walk
    from qualkit.cli.keys import keys_pressed

    _follow(study, who)
    found = _queue(study, register.good_register(study), printed=printed, names=names, jobs=jobs)
    if not found:
        click.echo("Nothing waits.", err=True)
        return None
    words = scanning.vocabulary(study)
    sitting = Walk(study, who, found, scanning.texts(study), studies.read_participants(study)[0], words)
    sitting.languages.update({record.id: record.language for record in studies.read_transcripts(study)[0]})
    before = keys_pressed()
    passed_over = walk(sitting)
    left = passed_over + len(found) - sitting.at
    decided = sum(made.words for _, made in sitting.made)
    click.echo(f"{decided} decided with {keys_pressed() - before} keys, {left} waiting.", err=True)
    return left


def _follow(study: Study, who: str) -> None:
    """Move the register's places along with transcripts that were changed, and tell it."""
    from qualkit import register
    from qualkit import study as studies
    from qualkit.cli.shown import tell_places
    from qualkit.reanchoring import follow_register

    if register.follow_places(study, who, dry_run=True).moved:
        with studies.locked(study, who):
            tell_places(follow_register(study, who))


def _queue(
    study: Study,
    identities: Identities,
    *,
    printed: bool = False,
    names: Sequence[str] | None = None,
    jobs: int | None = None,
) -> list[Candidate]:
    """Search what was not searched yet, and return what waits."""
    from qualkit import scanning
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import progress

    with progress() as tell:
        done = scanning.scan(study, jobs=jobs, tell=tell)
    tell_problems([problem for problem in done.problems if problem.severity == "error"])
    if not printed:
        return scanning.queue(study, identities, transcripts=names)
    return scanning.queue(study, identities, wanted=scanning.in_passages(scanning.printed(study)), transcripts=names)


def _from_file(study: Study, who: str, path: Path) -> None:
    from qualkit import deciding, register, scanning
    from qualkit import study as studies
    from qualkit.anonymisation.decisionsfile import parse_decisions
    from qualkit.cli.faults import tell_problems
    from qualkit.errors import FaultyFiles
    from qualkit.undoing import recorded

    choices, problems = parse_decisions(studies.text_of(path, str(path)), str(path))
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, "the file of decisions has faults; nothing was decided")
    with studies.locked(study, who), recorded(study, who, "anonymise", path.name, [register.register_path(study)]):
        complete = partial(deciding.completed, occurs=scanning.vocabulary(study), language=study.settings.language)
        made, already, problems = deciding.decide_all(study, who, choices, str(path), complete)
    tell_problems(problems, everything=True)
    told = f"{made} decisions of {path.name} carried out"
    click.echo(f"{told}, {already} were made already." if already else f"{told}.", err=True)
    if problems:
        sys.exit(1)


def _accept_public(study: Study, who: str, *, printed: bool, jobs: int | None) -> None:
    from qualkit import deciding, register
    from qualkit import study as studies
    from qualkit.anonymisation.decisionsfile import Choice
    from qualkit.undoing import recorded

    found = _queue(study, register.good_register(study), printed=printed, jobs=jobs)
    choices = [Choice((one.form,), "pass", cls="public", reason="public") for one in found if one.cls == "public"]
    with studies.locked(study, who), recorded(study, who, "anonymise", "public", [register.register_path(study)]):
        made, _, _ = deciding.decide_all(study, who, choices, "", deciding.completed)
    click.echo(f"{made} taken for public were let through, {len(found) - made} waiting.", err=True)


def _to_file(study: Study, path: Path) -> None:
    from qualkit import disk, register
    from qualkit.anonymisation.decisionsfile import decisions_of, render_decisions
    from qualkit.cli.shown import show_path

    choices = decisions_of(register.good_register(study))
    disk.write_atomically(path, render_decisions(choices).encode(), private=True)
    click.echo(f"{len(choices)} decisions → {show_path(path)}. It holds the names: keep it as the register.", err=True)


@command.command("check")
@study_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it as a Word file.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@jobs_option
@json_option
def check(study_path: Path, output: Path | None, force: bool, jobs: int | None, as_json: bool) -> None:
    """Report what is decided, what waits, and what could still tell who somebody is.

    It names participants' ids and places, never a word that was said. It declares nothing anonymous: that judgement
    is yours. Exits with 1 while something waits to be decided.
    """
    from qualkit import register
    from qualkit.cli.shown import json_text, next_step, show_path, show_table, study_option_for, table_rows
    from qualkit.disclosure import counts_table, disclosure_document, findings, findings_table
    from qualkit.exporting import write_report
    from qualkit.material import load_material

    study = open_study(study_path)
    identities = register.good_register(study)
    waiting = _queue(study, identities, jobs=jobs)
    material = load_material(study)
    tables = [counts_table(material, identities), findings_table(findings(material, identities, waiting))]
    if output is not None:
        write_report(material, disclosure_document(tables, study.settings.title), output, force=force)
        click.echo(show_path(output))
    elif as_json:
        click.echo(json_text({table.name: table_rows(table) for table in tables}))
    else:
        for table in tables:
            show_table(table)
    option = study_option_for(study.root)
    next_step(f"qualkit anonymise {'decide' if waiting else 'share --help'}{option}")
    sys.exit(1 if waiting else 0)
