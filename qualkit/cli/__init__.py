"""The command `qualkit`. Commands are imported when they are called: `--help` answers at once."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from qualkit.version import __version__

COMMANDS = {
    "init": "Make an empty study.",
    "add": "Read originals into a study.",
    "read": "Note impressions, preliminary themes and journal; say what speaks against the result.",
    "code": "Add what is new, propose codings, and show the table.",
    "workbench": "Read and code in the browser.",
    "mark": "Code a passage by hand.",
    "review": "Decide on proposals, in the terminal.",
    "anchor": "See and decide where codings are in changed transcripts.",
    "codebook": "Check, show, change, export and import the codebook.",
    "find": "Find words, codes and people, with the words around them.",
    "compare": "Compare groups of participants, and who stands outside a theme.",
    "guide": "See which questions of the interview guide were asked of whom.",
    "themes": "Show theme table and matrices.",
    "framework": "Write and show the framework matrix: cases, themes and summaries.",
    "condense": "Place meaning units in subgroups and write condensates.",
    "quote": "Edit chosen quotations lightly, as the study's style allows.",
    "quotations": "Choose quotations, see their balance, and trace printed ones to their transcripts.",
    "anonymise": "Find what could identify somebody, and decide what is printed.",
    "check": "Find everything that is wrong in a study.",
    "export": "Write results or transcripts: Word, Excel, CSV, HTML, JSON, Parquet.",
    "backup": "Put the study into one file, and hold it against the study.",
    "restore": "Take a study out of a backup.",
    "withdraw": "Erase a participant who has withdrawn.",
    "close": "Erase what must go at the end of a study.",
    "undo": "Take back the last change, and the one before.",
    "log": "Show the trail: who decided what, when and why.",
    "demo": "Try it: copy a corpus, code it, export it.",
}
"""In the order of the work."""


class LazyGroup(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"qualkit.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands, in the order of the work"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from qualkit.text import near_miss

            near = near_miss(args[0], list(COMMANDS)) if args else None
            if near:
                raise click.UsageError(f"{error.message} Did you mean “{near}”?", ctx) from error
            raise


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="qualkit")
def group() -> None:
    """From a folder of interview transcripts to a results chapter.

    Begin with `qualkit demo`, or with `qualkit code FOLDER -c codebook.yaml`.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run a command; exit 0 done, 1 problems, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    colour = False if os.environ.get("NO_COLOR") else None
    # Errors are told when no command is active any more: they need a context of their own.
    with click.Context(group, color=colour).scope(cleanup=False):
        code = _run(arguments, colour)
    raise SystemExit(code)


def _run(arguments: list[str] | None, colour: bool | None) -> int:
    try:
        code = group.main(arguments, prog_name="qualkit", standalone_mode=False, color=colour)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was done is saved.", err=True)
        code = 130
    except BrokenPipeError:
        # Whoever read the output, as “head”, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001  the last line of defence: no informant's words on the screen
        from qualkit.cli.faults import tell

        code = tell(error)
    return code if isinstance(code, int) else 0
