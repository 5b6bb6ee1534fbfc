from __future__ import annotations

from pathlib import Path

import click

from qualkit.cli.options import coder_option, open_study, study_option


@click.command("workbench")
@click.argument("folder", metavar="[STUDY]", required=False, type=click.Path(path_type=Path))
@study_option
@coder_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default="a free one", help="Listen there.")
@click.option("--no-browser", is_flag=True, help="Open no browser; print the address.")
def command(folder: Path | None, study_path: Path, coder: str | None, port: int, no_browser: bool) -> None:
    """Read and code in the browser: a page on this machine alone.

    Nothing leaves the machine. Everything is saved in the study's files at once; Ctrl-C ends it. Where there is no
    study, the page makes one, or opens another.

    Example: qualkit workbench my-study
    """
    from qualkit import study as studies
    from qualkit.workbench.desk import Desk
    from qualkit.workbench.remembering import remember
    from qualkit.workbench.serving import serve

    try:
        study = open_study(folder or study_path)
    except studies.NoStudy:
        if folder is not None or study_path != Path():
            raise
        study = None
    if study is not None:
        remember(study.root)
    what = f"The workbench of “{study.settings.title}”" if study is not None else "The workbench"

    def say(address: str, opened: bool) -> None:
        click.echo(address)
        if opened:
            click.echo(f"{what} opens in your browser. Ctrl-C ends it.", err=True)
        else:
            click.echo("Open this address in your browser. Ctrl-C ends the workbench.", err=True)

    serve(Desk(study.root if study is not None else None, coder), port=port, browser=not no_browser, say=say)
    click.echo("The workbench is closed. Everything is saved.", err=True)
