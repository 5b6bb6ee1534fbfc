"""What a resource is asked, and how its answer or its failure is told."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualkit.coding.codebook import CodeExists, UnknownCode
from qualkit.disk import CannotWrite, StudyLocked
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.language.saying import said
from qualkit.marking import NoSuchCoding, OutsideText
from qualkit.register import NoPassphrase, WrongPassphrase
from qualkit.reviewing import ChangedMeanwhile, NotReadYet
from qualkit.study import NoStudy, NoTranscript, OutsideStudy, StudyExists
from qualkit.undoing import EditedSince, NothingToTakeBack
from qualkit.workbench.desk import NothingOnTheDesk, OtherStudy

if TYPE_CHECKING:
    from qualkit.workbench.desk import Desk

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that is given out to be saved, never shown in the page.

    Attributes:
        name: Under which it is saved.
        data: Its bytes.
    """

    name: str
    data: bytes


Resource = Callable[["Desk", "Ask"], "Answer | Handed"]
Route = tuple[str, str, Resource]


class BadRequest(QualkitError):
    """What the page sent is not what was asked for."""

    hint = "Load the page again. If it happens again, it is a fault in qualkit."


class TextChanged(QualkitError):
    """The transcript is another one than the page shows."""

    def __init__(self, transcript: str) -> None:
        super().__init__(
            f"{transcript} was changed since it was shown here, so nothing was saved",
            "The page shows the new text now. Select the passage again.",
        )


class RuleChanged(QualkitError):
    """A rule is another one than the page shows."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"the rules of “{code}” were changed since they were shown here, so nothing was saved",
            "Open the code again: it shows the rules as they are now.",
        )


class NothingHanded(QualkitError):
    """A file is asked for that was not exported here, or is not there any more."""

    def __init__(self) -> None:
        super().__init__("this file is not there any more", "Export it again.")


class NotWaiting(QualkitError):
    """A question was answered that is not asked any more."""

    def __init__(self) -> None:
        super().__init__("this does not wait any more", "It was decided meanwhile. Nothing was written.")


STATUS: tuple[tuple[type[QualkitError], int], ...] = (
    (BadRequest, 400),
    (OutsideText, 422),
    (NothingOnTheDesk, 409),
    (OtherStudy, 409),
    (NoStudy, 404),
    (NoTranscript, 404),
    (OutsideStudy, 400),
    (UnknownCode, 409),
    (NoSuchCoding, 409),
    (TextChanged, 409),
    (RuleChanged, 409),
    (NothingHanded, 404),
    (ChangedMeanwhile, 409),
    (NotReadYet, 409),
    (EditedSince, 409),
    (NothingToTakeBack, 409),
    (CodeExists, 409),
    (StudyExists, 409),
    (NotWaiting, 409),
    (NoPassphrase, 401),
    (WrongPassphrase, 401),
    (StudyLocked, 423),
)
"""The status of each failure; every other QualkitError is 422."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, as far as it concerns a resource.

    Attributes:
        path: The parts in braces of the route.
        query: What stands after the question mark.
        body: The JSON object that was sent.
        data: The bytes of a file that was sent instead.
        language: What the page is read in, "nb", "nn" or "en": messages are told in it.
        coder: Who asks, as the page says; "" for who the study says it is.
        visit: The browser tab.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    coder: str = ""
    visit: str = ""
    data: bytes = b""
    language: str = ""

    def said(self, message: str) -> str:
        """Return a message in the language of the page."""
        return said(message, self.language)

    def problems(self, problems: Iterable[Problem]) -> list[str]:
        """Return Problems as lines, in the language of the page."""
        return [_line(problem, self.language) for problem in problems]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text of the body.

        Raises:
            BadRequest: If it is missing or something else.
        """
        value = self.body.get(key, default)
        if not isinstance(value, str):
            raise BadRequest(f"“{key}” must be a text")
        return value

    def number(self, key: str) -> int:
        """Return a whole number of the body.

        Raises:
            BadRequest: If it is missing or something else.
        """
        value = self.body.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadRequest(f"“{key}” must be a whole number")
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of texts of the body, not empty.

        Raises:
            BadRequest: If it is missing, empty or something else.
        """
        value = self.body.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            raise BadRequest(f"“{key}” must be a list of texts")
        return value


def status_of(error: Exception) -> int:
    """Return the status of a failure."""
    if isinstance(error, CannotWrite):
        cause = error.__cause__
        full = isinstance(cause, OSError) and cause.errno == errno.ENOSPC
        return 507 if full else 403
    for kind, status in STATUS:
        if isinstance(error, kind):
            return status
    return 422 if isinstance(error, QualkitError) else 500


def told(error: Exception, language: str = "") -> dict[str, Any]:
    """Return a failure in the words of a language.

    Of one that nobody foresaw only its kind and place are told: it may hold words.
    """
    if isinstance(error, FaultyFiles):
        first = error.problems[0] if error.problems else None
        message = said(str(error) or "some files have faults", language)
        return {
            "error": type(error).__name__,
            "message": f"{message}: {_line(first, language)}" if first else message,
            "hint": said(first.hint, language) if first else "",
            "problems": [problem_json(each, language) for each in error.problems],
        }
    if isinstance(error, QualkitError):
        return {
            "error": type(error).__name__,
            "message": said(str(error), language),
            "hint": said(error.hint, language),
        }
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return {
        "error": type(error).__name__,
        "message": said(f"qualkit broke off: {type(error).__name__} at {where}", language),
        "hint": said(
            "Your files are as the last finished step left them. Please report this line; it holds no words.", language
        ),
    }


def problem_json(problem: Problem, language: str) -> dict[str, str | int | None]:
    """Return a Problem as the page shows it."""
    words = {"message": said(problem.message, language), "hint": said(problem.hint, language)}
    return {**problem.as_json(), **words, "severity": problem.severity}


def _line(problem: Problem, language: str) -> str:
    return f"{problem.where}: {said(problem.message, language)}"
