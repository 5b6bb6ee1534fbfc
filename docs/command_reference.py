"""The command reference, written from the commands themselves: nothing in it can be out of date.

The page `commands.md` holds a line with `MARKER`; when Sphinx reads the page, the line becomes the reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

import click
from sphinx.application import Sphinx

MARKER = "% commands are put in here"

_META = re.compile(r"([\\*<\[\]|$#~])")
_CODE = re.compile(r"(`[^`]+`)")


def commands_of(group: click.Group, name: str = "qualkit") -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with the words that call it, groups before their commands."""
    with click.Context(group) as context:
        for word in group.list_commands(context):
            command = group.get_command(context, word)
            if command is not None:
                yield f"{name} {word}", command
                if isinstance(command, click.Group):
                    yield from commands_of(command, f"{name} {word}")


def command_reference() -> str:
    """Return the reference of all commands as Markdown.

    Example:
        >>> "## qualkit check" in command_reference().splitlines()
        True
    """
    from qualkit.cli import group

    return "\n".join(_described(name, command) for name, command in commands_of(group))


def _described(name: str, command: click.Command) -> str:
    """Return what one command does, how it is called, and its options."""
    depth = "#" * name.count(" ") + "#"
    lines = [f"{depth} {name}", "", _prose(command.help or ""), ""]
    if isinstance(command, click.Group):
        return "\n".join(lines)
    with click.Context(command, info_name=name) as context:
        usage = " ".join([name, *command.collect_usage_pieces(context)])
        records = [param.get_help_record(context) for param in command.params]
    lines += ["```text", usage, "```", ""]
    for written, told in filter(None, records):
        # An argument without words of its own is explained by the command's.
        if told:
            lines += [f"`{written}`", f": {_prose(told)}", ""]
    return "\n".join(lines)


def _prose(text: str) -> str:
    """Return a help text as Markdown: what is no code stands for itself."""
    parts = _CODE.split(cleandoc(text))
    return "".join(part if number % 2 else _META.sub(r"\\\1", part) for number, part in enumerate(parts))


def _put_in(_app: Sphinx, _page: str, content: list[str]) -> None:
    if MARKER in content[0]:
        content[0] = content[0].replace(MARKER, command_reference())


def setup(app: Sphinx) -> dict[str, bool]:
    """Let the reference be written whenever the page is read."""
    app.connect("source-read", _put_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
