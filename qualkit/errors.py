"""Two kinds of fault: a Problem in the researcher's own files, and a QualkitError that ends a command.

Neither ever carries an informant's words: a place such as ``I3:204-391`` is enough to find them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in one of the researcher's files: collected with all the others, never raised.

    Attributes:
        file: Path as she would type it, relative to the study where it lies in the study.
        line: Line, from 1; None where the whole file is meant.
        column: Column in code points, from 1.
        check: Short name of the check that found it.
        message: What is wrong, in one sentence without a full stop at the end.
        hint: What to do about it.
        severity: An error stops what depends on the file; a warning is only told.
        place: Where a line says nothing: "paragraph 12", "Sheet1!B4".
    """

    file: str
    line: int | None
    column: int | None
    check: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    place: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"

    @property
    def where(self) -> str:
        """Return the file with line and column, or with the place in it."""
        if self.place:
            return f"{self.file}:{self.place}"
        if self.line is None:
            return self.file
        return f"{self.file}:{self.line}" + (f":{self.column}" if self.column is not None else "")

    def as_json(self) -> dict[str, str | int | None]:
        """Return the six keys that `--json` prints."""
        return {
            "file": f"{self.file}:{self.place}" if self.place else self.file,
            "line": self.line,
            "column": self.column,
            "check": self.check,
            "message": self.message,
            "hint": self.hint,
        }


class QualkitError(Exception):
    """A command that cannot be carried out; `str()` is the message, `hint` what to do."""

    hint = ""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the error travel back from another process; its class may be made of other things than a message."""
        return _again, (type(self), str(self), dict(self.__dict__))


def _again(kind: type[QualkitError], message: str, state: dict[str, Any]) -> QualkitError:
    error = kind.__new__(kind, message)
    error.__dict__.update(state)
    return error


class FaultyFiles(QualkitError):
    """The command stopped on faults in the researcher's files; all of them are listed.

    Attributes:
        problems: Every fault found, in file order.
    """

    def __init__(self, problems: list[Problem], message: str = "") -> None:
        super().__init__(message)
        self.problems = problems
