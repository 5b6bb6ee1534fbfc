from __future__ import annotations

from pathlib import Path

import click

from qualkit.cli.options import coder_option, open_study, study_option


@click.command("mark")
@click.argument("transcript")
@click.argument("code")
@click.argument("words")
@study_option
@coder_option
@click.option("--memo", default="", metavar="TEXT", help="A thought about the passage.")
def command(transcript: str, code: str, words: str, study_path: Path, coder: str | None, memo: str) -> None:
    """Code a passage by hand: give TRANSCRIPT the CODE (id or name) where these WORDS stand.

    Copy the words from transcripts/TRANSCRIPT.txt and put them in quotation marks.
    """
    from qualkit import study as studies
    from qualkit.marking import code_by_hand
    from qualkit.text import nfc
    from qualkit.undoing import recorded

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    mine = studies.codings_path(study, who, nfc(transcript))
    with studies.locked(study, who), recorded(study, who, "mark", transcript, [mine]):
        coding = code_by_hand(study, who, transcript, code, words, memo=memo)
    click.echo(f"{coding.unit.span} is {coding.code} now, by {who}.", err=True)
