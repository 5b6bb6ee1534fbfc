"""The review of each corpus that ships, from an empty register, with and without pages; keys are counted.

    python -m benchmarks sitting

Nobody sits at the keyboard: a script walks through the queue as `qualkit anonymise decide` shows it, decides as the
corpus's own decisions.yaml does, and presses what takes the fewest keys. Words that this file does not know are
let through. A word that is typed counts with its letters and Enter. The processor time is what a decision costs, saving
and the next question included, whatever else the machine does; it is told for all, and for the last twenty.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measuring import Options
from qualkit import register, scanning
from qualkit import study as studies
from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.decisionsfile import Choice, parse_decisions
from qualkit.anonymisation.queue import bases, folded
from qualkit.cli import anonymise_walk
from qualkit.cli.anonymise_answers import Go
from qualkit.cli.keys import keys_pressed
from qualkit.coding_run import run as code
from qualkit.model import Study
from qualkit.offering import Question

CORPORA = Path(__file__).parent.parent / "corpora"
REASON = "everyday words"
_KEYS = {"pseudonym": "p", "generalise": "g", "band": "b", "redact": "r"}


class _Keyboard(io.StringIO):
    """A keyboard whose next lines were decided when the question was read."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque()

    def readline(self, size: int | None = -1, /) -> str:  # noqa: ARG002
        return self.lines.popleft() if self.lines else ""


class Sitting:
    """One sitting by the decisions of a file."""

    def __init__(self, study: Study, decisions: Sequence[Choice], *, pages: bool) -> None:
        self.study, self.pages = study, pages
        self.known = {folded(form): choice for choice in decisions for form in choice.forms}
        self.keyboard = _Keyboard()
        self.told: Counter[str] = Counter()
        self.page: Sequence[Candidate] = ()
        self.seen: set[tuple[str, ...]] = set()
        self.asked_at: list[float] = []

    def decision(self, candidate: Candidate) -> Choice | None:
        """Return what the file decided about a candidate."""
        for form in (folded(one) for one in (candidate.form, *candidate.forms)):
            for each in (form, *bases(form)):
                if each in self.known:
                    return self.known[each]
        return None

    def goes(self, candidate: Candidate) -> bool:
        """Return whether the words are let through."""
        choice = self.decision(candidate)
        return choice is None or choice.action in ("pass", "keep")

    def lines(self, question: Question) -> list[str]:
        """Return what is typed in answer to a question."""
        candidate, offer = question.candidate, question.offer
        page = tuple(one.form for one in self.page)
        ticks = self._ticks() if self.pages and offer.alike and page not in self.seen else ""
        if ticks:
            self.seen.add(page)
            self.told["pages"] += 1
            return ["l\n", f"{ticks}\n", "\n"]
        choice = self.decision(candidate)
        if choice is None or choice.action in ("pass", "keep"):
            self.told["unknown to the file"] += choice is None
            return ["k\n"]
        return self._replaced(question, choice)

    def _replaced(self, question: Question, choice: Choice) -> list[str]:
        """Return what is typed where something else is printed."""
        candidate, offer = question.candidate, question.offer
        if offer.action == "merge" and offer.into is not None:
            return ["\n"]
        if choice.action == "merge":
            return ["m\n", f"{choice.merge}\n"]
        if choice.action == offer.action:
            wanted = set(choice.shown.values())
            numbers = [at for at, shown in enumerate(offer.shown, 1) if wanted & set(shown.values())]
            if choice.action in ("pseudonym", "redact") or not wanted or (numbers and numbers[0] == 1):
                return ["\n"]
            if numbers:
                return [f"{numbers[0]}\n"]
        elif choice.action in ("pseudonym", "redact"):
            return [f"{_KEYS[choice.action]}\n"]
        return ["w\n", f"{next(iter(choice.shown.values()), candidate.form)}\n"]

    def _ticks(self) -> str:
        """Return what is typed on the page, where that takes fewer keys than one word after the other."""
        go = [at for at, one in enumerate(self.page, 1) if self.goes(one)]
        stay = [at for at in range(1, len(self.page) + 1) if at not in go]
        ways = [",".join(map(str, go)), f"all but {','.join(map(str, stay))}" if stay else "all"]
        best = min(ways, key=len)
        return best if go and len(best) + 3 < len(go) else ""

    def run(self) -> tuple[int, int]:
        """Sit until nothing waits; return keys, and how many decisions were made."""
        found = scanning.queue(self.study, register.good_register(self.study))
        people = studies.read_participants(self.study)[0]
        words = scanning.vocabulary(self.study)
        walk = anonymise_walk.Walk(self.study, "siri", found, scanning.texts(self.study), people, words)
        asked, paged = anonymise_walk.answer, anonymise_walk.alike

        def answer(question: Question) -> Choice | Go:
            self.asked_at.append(time.process_time())
            self.keyboard.lines.extend(self.lines(question))
            told = asked(question)
            if told == "again":
                # What the file says cannot be said with one key here; it takes a word.
                self.told["asked twice"] += 1
                self.keyboard.lines.clear()
                self.keyboard.lines.append("k\n")
                told = asked(question)
            return told

        def alike(*given: object) -> list[Candidate]:
            self.page = paged(*given)  # type: ignore[arg-type]
            return list(self.page)

        before, stdin = keys_pressed(), sys.stdin
        anonymise_walk.answer, anonymise_walk.alike, sys.stdin = answer, alike, self.keyboard
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                anonymise_walk.walk(walk)
        finally:
            anonymise_walk.answer, anonymise_walk.alike, sys.stdin = asked, paged, stdin
        return keys_pressed() - before, sum(made.words for _, made in walk.made)

    def seconds(self, last: int = 0) -> float:
        """Return the processor time from one question to the next; of the last ones, if their number is given."""
        times = self.asked_at[-last - 1 :] if last else self.asked_at
        return (times[-1] - times[0]) / max(1, len(times) - 1)


def sit(corpus: Path, folder: Path, *, pages: bool) -> Mapping[str, int | str]:
    """Review a corpus from an empty register; return what was counted."""
    root = folder / f"{corpus.name}-{'pages' if pages else 'one-by-one'}"
    shutil.copytree(corpus, root)
    study = studies.open_study(root)
    code(study, coder="siri", jobs=1)
    path = corpus / "decisions.yaml"
    decisions, _ = parse_decisions(path.read_text(encoding="utf-8"), path.name)
    sitting = Sitting(study, decisions, pages=pages)
    keys, made = sitting.run()
    left = scanning.queue(study, register.good_register(study))
    seconds = f"{sitting.seconds():.3f} s, the last twenty {sitting.seconds(20):.3f} s"
    return {"decided": made, "keys": keys, "left": len(left), **sitting.told, "processor time a question": seconds}


def measure(options: Options) -> None:
    del options
    print("\nsitting: the corpora that ship, reviewed from an empty register by a script")
    with tempfile.TemporaryDirectory(prefix="qualkit-sitting-") as folder:
        for corpus in sorted(path for path in CORPORA.iterdir() if (path / "decisions.yaml").is_file()):
            for pages in (False, True):
                told = ", ".join(f"{what} {count}" for what, count in sit(corpus, Path(folder), pages=pages).items())
                how = "with pages" if pages else "one by one"
                print(f"  {corpus.name}, {how}: {told}", flush=True)
