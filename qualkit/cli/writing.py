"""Where a text comes from that a command writes: an option, a file, what is piped in, or the editor."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_text = click.option("--text", metavar="TEXT", help="The text itself.")
_file = click.option("--file", "source", type=click.File(encoding="utf-8"), help="Read it from a file; - for stdin.")
_edit = click.option("--edit", is_flag=True, help="Write it in your editor ($EDITOR).")


def text_options(command: Command) -> Command:
    """Give a command the options --text, --file and --edit."""
    return _text(_file(_edit(command)))


def given(text: str | None, source: TextIO | None, *, edit: bool) -> bool:
    """Return whether one of the options says where a text comes from."""
    return text is not None or source is not None or edit


def text_from(text: str | None, source: TextIO | None, *, edit: bool, before: str = "", head: str = "") -> str:
    """Return the text that an option gives, what is piped in, or what is written in the editor.

    Args:
        text: Of the option --text.
        source: Of the option --file.
        edit: Whether the editor is asked for, whatever is piped in.
        before: What stands already: the editor begins with it.
        head: Told before the editor opens.
    """
    if text is not None:
        return text
    if source is not None:
        return source.read()
    if not edit and not sys.stdin.isatty():
        return sys.stdin.read()
    if head:
        click.echo(head, err=True)
    return click.edit(f"{before}\n" if before else "", extension=".txt") or ""


def written(*, changed: bool, what: str) -> None:
    """Tell whether something was written; nothing new is told too."""
    click.echo(f"Written: {what}." if changed else "It is what stands there already.", err=True)
