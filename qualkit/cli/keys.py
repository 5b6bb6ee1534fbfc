"""Single keys at a keyboard, or lines where nobody sits at one."""

from __future__ import annotations

import sys

import click

ENTER = "\n"
_count = [0]


def keys_pressed() -> int:
    """Return how many keys were pressed or lines answered in this process."""
    return _count[0]


def key(enter: str = "n") -> str:
    """Return the key pressed, or the first letter of a line where nobody sits at a keyboard; "" at the end.

    Args:
        enter: What Enter, or an empty line, stands for.
    """
    _count[0] += 1
    if sys.stdin.isatty():
        try:
            pressed = click.getchar().casefold()
        except (KeyboardInterrupt, EOFError):
            return "q"
        return enter if pressed in ("\r", "\n") else pressed
    line = sys.stdin.readline()
    return (line.strip()[:1] or enter).casefold() if line else ""


def line(question: str) -> str:
    """Ask for a line; "" goes back."""
    click.echo(question, nl=False, err=True)
    written = sys.stdin.readline()
    _count[0] += len(written)
    return written.strip()
