from __future__ import annotations

from pathlib import Path

import click

from qualkit.cli.options import coder_option


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Of the study. Default: the folder's name.")
@click.option(
    "--method",
    type=click.Choice(["stc", "reflexive-ta", "codebook-ta", "framework", "content-analysis"]),
    default="codebook-ta",
    show_default=True,
    help="Decides when proposals are shown, and whether matrices hold numbers or marks.",
)
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), default="nb", show_default=True, help="Of tables.")
@click.option(
    "--starter",
    help="Codebook to begin with: start, stc, reflexive-ta, framework or intervjuguide. Default: the method's own.",
)
@coder_option
def command(
    folder: Path, title: str | None, method: str, language: str, starter: str | None, coder: str | None
) -> None:
    """Make a study in FOLDER: study.yaml, a starter codebook, participants.csv and a place for originals."""
    from qualkit.beginning import begin
    from qualkit.cli.shown import next_step, show_path

    study = begin(
        folder,
        title=title,
        method=method,  # type: ignore[arg-type]
        language=language,
        coder=coder,
        starter=starter,
    )
    click.echo(f"Made {show_path(study.root)}: study.yaml, codebook.yaml, participants.csv, originals/", err=True)
    next_step(
        f"put your transcripts into {show_path(study.root / 'originals')}, then: qualkit code {show_path(study.root)}"
    )
