from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, open_study, study_option


@click.command("close")
@study_option
@coder_option
@dry_run_option
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
@click.option("--before-date", metavar="WHY", help="Close it before its deletion date, and write why to the trail.")
def command(study_path: Path, coder: str | None, dry_run: bool, yes: bool, before_date: str | None) -> None:
    """Erase everything that must go at the end of a study, at its deletion date.

    Transcripts, codings, originals inside the study, memos, condensates, earlier texts, working papers,
    exports, the list of participants and the register of who is who go. study.yaml, the codebook, themes
    without their quotations and a trail without words stay. You are shown what goes and asked. It cannot
    be undone. If it breaks off, run it again.

    The date stands in study.yaml (ethics: {deletion_date: 2027-06-30}); “qualkit check” reminds of it.
    """
    from qualkit import study as studies
    from qualkit.cli.erasing import asked, many, shown_paths, tell_changes, tell_date, tell_list, tell_places
    from qualkit.closing import plan_closing
    from qualkit.erasure import carry_out, read_begun
    from qualkit.left_behind import left_behind, names_left, not_searched
    from qualkit.reach import originals_elsewhere, out_of_reach

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    plan = plan_closing(study, why=before_date or "")
    told = plan.begun.told
    counts = [many(told[f"{what}s"], what) for what in ("transcript", "participant", "coding")]
    click.echo(f"The study will be closed: {', '.join(counts)}.", err=True)
    tell_changes(plan.changes)
    tell_list("These stay as they are:", plan.kept)
    tell_date(study.settings.ethics.deletion_date, early=bool(before_date) or dry_run or read_begun(study) is not None)
    if dry_run:
        click.echo("Nothing was changed.", err=True)
        return
    if not asked("Erase all this? It cannot be undone.", yes=yes):
        click.echo("Nothing was changed.", err=True)
        sys.exit(1)
    elsewhere = originals_elsewhere(study, plan.sources, plan.words, "")
    with studies.locked(study, who):
        # Somebody may have coded while the question stood there.
        plan = plan_closing(study, why=before_date or "")
        carry_out(study, plan.begun, plan.changes, who)
    places, named = left_behind(study, plan.words), names_left(study, plan.names)
    tell_places("Participants' words still stand here. Take them out, or delete the file:", places)
    tell_places("Participants' names still stand here. Take them out:", named)
    if not places:
        click.echo("Done. A search of every file of the study finds none of the participants' words.", err=True)
    tell_list("Outside the study these hold their words. Delete them:", shown_paths(elsewhere))
    tell_list("These cannot be searched; look for yourself:", not_searched(study))
    tell_list("What qualkit cannot reach, and you must see to:", out_of_reach(study))
    sys.exit(1 if places or named else 0)
