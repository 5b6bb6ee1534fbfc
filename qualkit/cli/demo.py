from __future__ import annotations

import shutil
from pathlib import Path

import click


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("qualkit-demo"))
@click.option("--force", is_flag=True, help="Put a demo that is there aside, under another name.")
def command(folder: Path, force: bool) -> None:
    """Copy a corpus to FOLDER, code it, pseudonymise it, make the Word and Excel files, and show the quotations.

    The corpus is invented: seven people in a municipality and a hospital talk about discharging old
    patients on a Friday. It is a study with a codebook, with the codings of a careful reader, and with what was
    decided about everything in it that could identify somebody.
    """
    from qualkit.cli import group
    from qualkit.cli.shown import show_path
    from qualkit.publishing import FileIsThere
    from qualkit.shipped import corpora

    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        if not force:
            raise FileIsThere(folder)
        number = next(n for n in range(1, 10_000) if not folder.with_name(f"{folder.name}.{n}").exists())
        folder.rename(folder.with_name(f"{folder.name}.{number}"))
    shutil.copytree(corpora() / "fredag", folder, dirs_exist_ok=True)
    study = show_path(folder)
    for arguments in (
        ["code", study],
        ["anonymise", "decide", "--from", show_path(folder / "decisions.yaml"), "--study", study],
        ["export", "word", "--study", study],
        ["export", "excel", "--study", study],
        ["themes", "table", "--study", study],
    ):
        click.secho(f"\n$ qualkit {' '.join(arguments)}", bold=True, err=True)
        try:
            group.main(arguments, prog_name="qualkit", standalone_mode=False)
        except SystemExit as stop:
            if stop.code:
                raise
    click.secho("\nTry next:", fg="cyan", err=True)
    click.echo(
        f"""  open  {show_path(folder / "exports" / "resultater.docx")}
  read  {show_path(folder / "transcripts" / "K1.txt")}   and   {show_path(folder / "codebook.yaml")}
  qualkit review --study {study} --read K1     (you have read it: now the rules' proposals are shown)
  qualkit review --study {study}
  qualkit anonymise check --study {study}
  qualkit codebook show --study {study} --rule ringe --forms
  qualkit themes matrix --study {study} --by etat""",
        err=True,
    )
