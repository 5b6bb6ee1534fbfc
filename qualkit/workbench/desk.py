"""What a running workbench knows: which study lies on the desk, and what each tab has done."""

from __future__ import annotations

import contextlib
import math
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qualkit import study as studies
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.language.sentences import sentence_bounds
from qualkit.linenumbers import lay_lines
from qualkit.model import Codebook, Coding, Study, Transcript

if TYPE_CHECKING:
    from qualkit.workbench.visits import Visit

T = TypeVar("T")

_KEPT_TEXTS = 64
_KEPT_CODINGS = 256
_SWEPT = 60


class NothingOnTheDesk(QualkitError):
    """The workbench runs, and no study is open in it."""

    def __init__(self) -> None:
        super().__init__("no study is open", "Open one, or make a new one.")


class OtherStudy(QualkitError):
    """Another window opened another study, and this one still shows the one before."""

    def __init__(self) -> None:
        super().__init__("another study was opened in another window, so nothing was saved", "Load the page again.")


@dataclass(frozen=True, slots=True)
class Laid:
    """A transcript as the page needs it.

    Attributes:
        record: The transcript.
        problems: Of its file.
        sentences: By turn number, begin and end of every sentence, in code points of the text.
        lines: Begin and end of every numbered line.
        version: Of the file it was read from.
    """

    record: Transcript
    problems: tuple[Problem, ...]
    sentences: dict[int, list[tuple[int, int]]]
    lines: list[tuple[int, int]]
    version: str


@dataclass(slots=True)
class Desk:
    """The state of a running workbench.

    Attributes:
        root: Of the study; None before one is open.
        coder: As named on the command line; None: as `studies.whoami` finds.
        writing: Held by the thread that writes: the study's lock tells processes apart, not threads.
        visits: By tab.
        texts: Transcripts that were read, by path, with their version.
        known: Codings that were read, by path, with their file's version and how many lines are faulty.
        book: The codebook that was read, with its version and what is wrong in it.
        kept: What a view keeps from one request to the next, by the view's name.
        shown: The study's folder that each tab shows: a tab writes to no other.
        opened: The study as its settings were read, with their version.
        swept: When what killed processes left was last taken away, by the clock that only goes on.
        handed: Files that were exported from the page, by the ticket that fetches each.
        ending: Stops the server; None where it does not run by itself.
    """

    root: Path | None
    coder: str | None = None
    writing: threading.RLock = field(default_factory=threading.RLock)
    visits: dict[str, Visit] = field(default_factory=dict)
    texts: OrderedDict[Path, Laid] = field(default_factory=OrderedDict)
    known: OrderedDict[Path, tuple[str, tuple[Coding, ...], int]] = field(default_factory=OrderedDict)
    book: tuple[str, Codebook, list[Problem]] | None = None
    kept: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Path] = field(default_factory=dict)
    opened: tuple[str, Study] | None = None
    swept: float = -math.inf
    handed: dict[str, Path] = field(default_factory=dict)
    ending: Callable[[], None] | None = None

    def study(self) -> Study:
        """Open the study as study.yaml says now.

        Raises:
            NothingOnTheDesk: If none is open.
        """
        if self.root is None:
            raise NothingOnTheDesk
        version = f"{self.root} {version_of(self.root / studies.SETTINGS)}"
        if self.opened is None or self.opened[0] != version or version.endswith(" "):
            self.opened = (version, studies.open_study(self.root))
        return self.opened[1]

    def must_sweep(self) -> bool:
        """Return whether it is time again to take away what killed processes left."""
        now = time.monotonic()
        due = now - self.swept > _SWEPT
        if due:
            self.swept = now
        return due

    def laid(self, study: Study, transcript: str) -> Laid:
        """Return a transcript, read again only where its file was changed.

        Raises:
            NoTranscript: If there is none of this id.
            FaultyFiles: If it cannot be read.
        """
        path = studies.transcript_path(study, transcript)
        version = version_of(path)
        known = self.texts.get(path)
        if known is not None and known.version == version:
            return known
        record, problems = studies.read_transcript(study, transcript)
        text = record.text
        sentences = {turn.number: sentence_bounds(text, turn.start, turn.end) for turn in record.turns}
        found = Laid(record, tuple(problems), sentences, lay_lines(text), version)
        self.texts[path] = found
        while len(self.texts) > _KEPT_TEXTS:
            self.texts.popitem(last=False)
        return found

    def record(self, study: Study, transcript: str) -> Transcript:
        """Return a transcript, where its sentences and lines are not needed.

        Raises:
            NoTranscript: If there is none of this id.
            FaultyFiles: If it cannot be read.
        """
        path = studies.transcript_path(study, transcript)
        known = self.texts.get(path)
        if known is not None and known.version == version_of(path):
            return known.record
        return studies.read_transcript(study, transcript)[0]

    def once(self, view: str, name: str, version: object, make: Callable[[], T], most: int = 0) -> T:
        """Return what a view makes of files, made again only where they were changed.

        Args:
            view: Whose it is.
            name: Of what it was made.
            version: Of all it was made of: with another one it is made anew.
            make: Makes it.
            most: How many are kept of the view, those asked for last; 0 for all.
        """
        kept: OrderedDict[str, tuple[object, T]] = self.kept.setdefault(view, OrderedDict())
        found = kept.get(name)
        if found is None or found[0] != version:
            found = (version, make())
        # Requests come in threads: another one may just have taken this away to make room.
        kept.pop(name, None)
        kept[name] = found
        while most and len(kept) > most:
            with contextlib.suppress(KeyError):
                kept.popitem(last=False)
        return found[1]

    def codebook(self, study: Study) -> Codebook:
        """Return the codebook, parsed again only where its file was changed.

        Raises:
            FaultyFiles: If it has faults.
        """
        book, problems = self.codebook_and_problems(study)
        if any(problem.severity == "error" for problem in problems):
            raise FaultyFiles(problems, "the codebook has faults; nothing was done")
        return book

    def codebook_and_problems(self, study: Study) -> tuple[Codebook, list[Problem]]:
        """Return what could be read of the codebook, and what is wrong in it."""
        version = f"{study.root} {version_of(studies.codebook_path(study))}"
        if self.book is None or self.book[0] != version:
            self.book = (version, *studies.read_codebook(study))
        return self.book[1], self.book[2]

    def codings(self, study: Study, coder: str, transcript: str) -> tuple[tuple[Coding, ...], int]:
        """Return a coder's codings, read again only where their file was changed, and how many lines are faulty."""
        path = studies.codings_path(study, coder, transcript)
        version = version_of(path)
        found = self.known.get(path)
        if found is None or found[0] != version:
            codings, problems = studies.read_codings(study, coder, transcript)
            found = self.known[path] = (version, tuple(codings), len(problems))
            while len(self.known) > _KEPT_CODINGS:
                self.known.popitem(last=False)
        return found[1], found[2]


def version_of(path: Path) -> str:
    """Return what changes whenever a file is written; "" where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"


def is_read_only(study: Study) -> bool:
    """Return whether the study's folder cannot be written to."""
    return not os.access(study.root, os.W_OK)
