"""The start file: `qualkit-workbench` opens the page on the last study, without a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from qualkit.workbench.desk import Desk
from qualkit.workbench.remembering import remembered


def main() -> None:
    """Serve the page on the study that was open last; where there is none, the page makes or opens one."""
    # Started by a double click on Windows there is nothing to write on.
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  as long as the program runs
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  as long as the program runs
    from qualkit.workbench.serving import serve

    known = remembered()

    def say(address: str, opened: bool) -> None:  # noqa: FBT001  as `serve` calls it
        with contextlib.suppress(OSError):
            sys.stdout.write(f"{address}\n" if not opened else "The workbench opens in your browser. Ctrl-C ends it.\n")
            sys.stdout.flush()

    serve(Desk(known[0] if known else None), say=say)
    with contextlib.suppress(OSError):
        sys.stderr.write("The workbench is closed. Everything is saved.\n")
