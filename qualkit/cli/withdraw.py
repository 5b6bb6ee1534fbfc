from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, open_study, study_option

_OUTSIDE = "Outside the study these hold their words or their row. Delete them, or take it out of them:"


@click.command("withdraw")
@click.argument("participant", metavar="ID")
@study_option
@coder_option
@dry_run_option
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
def command(participant: str, study_path: Path, coder: str | None, dry_run: bool, yes: bool) -> None:
    """Erase everything participant ID said, for somebody who has withdrawn.

    A transcript that is theirs alone goes altogether. Where others speak too, their turns become
    [withdrawn] and everybody else's codings follow. Codings, memos that quote them, earlier texts, working
    papers, exports that quote them, the cache, originals inside the study and their row of participants.csv
    go. You are shown what goes and asked. It cannot be undone. If it breaks off, run it again.

    Afterwards the whole study folder is searched for their words. Exits with 1 if any are found, or
    their name, and says where.
    """
    from qualkit import study as studies
    from qualkit.cli.erasing import asked, many, shown_paths, tell_changes, tell_list, tell_places
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, study_option_for
    from qualkit.erasure import carry_out
    from qualkit.left_behind import left_behind, names_left, not_searched
    from qualkit.reach import originals_elsewhere, out_of_reach
    from qualkit.withdrawal import plan_withdrawal

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    plan = plan_withdrawal(study, participant)
    told = plan.begun.told
    kinds = [("transcripts", "transcript"), ("turns", "turn beside others"), ("codings", "coding")]
    going = [many(told[key], name) for key, name in (*kinds, ("proposals", "proposal"))]
    click.echo(f"{plan.participant} withdraws. {', '.join(going)} will be erased.", err=True)
    if plan.cut:
        cut = many(plan.cut, "coding")
        click.echo(f"{cut} over several persons' turns will keep what the others said.", err=True)
    tell_changes(plan.changes)
    tell_problems(plan.flagged, everything=True)
    elsewhere = originals_elsewhere(study, plan.sources, plan.words, plan.participant)
    if dry_run:
        tell_list(_OUTSIDE, shown_paths(elsewhere))
        click.echo("Nothing was changed.", err=True)
        return
    if not asked("Erase all this? It cannot be undone.", yes=yes):
        click.echo("Nothing was changed.", err=True)
        sys.exit(1)
    with studies.locked(study, who):
        # Somebody may have coded while the question stood there.
        plan = plan_withdrawal(study, participant)
        carry_out(study, plan.begun, plan.changes, who)
    places = left_behind(study, plan.words)
    named = names_left(study, plan.names)
    tell_places("Their words still stand here. Take them out, or delete the file:", places)
    tell_places("Their name still stands here. Decide whether others may name them:", named)
    if not places:
        click.echo(f"Done. A search of every file of the study finds none of {plan.participant}'s words.", err=True)
    tell_list(_OUTSIDE, shown_paths(elsewhere))
    tell_list("These cannot be searched; look for yourself:", not_searched(study))
    tell_list("What qualkit cannot reach, and you must see to:", out_of_reach(study))
    next_step(f"qualkit check{study_option_for(study.root)}")
    sys.exit(1 if places or named else 0)
