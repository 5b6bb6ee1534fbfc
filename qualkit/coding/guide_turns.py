"""Which turns of interviewers ask which questions of the guide: by its rules, and by hand, which counts for more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from qualkit.coding.guidefile import CHECK
from qualkit.coding.proposing import propose_passages
from qualkit.errors import Problem
from qualkit.guide import Guide
from qualkit.model import Code, Codebook, Transcript, Turn
from qualkit.reflection import Reflection

OPENING = 12
"""Words at the beginning of a turn by which it is found again when the transcript was changed."""

_ALIKE = 0.75
_FILE = "guide.yaml"

Found = Literal["there", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """A turn of an interviewer.

    Attributes:
        transcript: Its id.
        turn: In it.
        questions: Ids of those it asks, in the order of the guide.
        by_hand: Whether somebody said so; else by rules.
    """

    transcript: str
    turn: Turn
    questions: tuple[str, ...]
    by_hand: bool = False


def interviewers_turns(transcript: Transcript) -> list[Turn]:
    """Return the turns of interviewers in a transcript."""
    asking = {speaker.label for speaker in transcript.speakers if speaker.role == "interviewer"}
    return [turn for turn in transcript.turns if turn.speaker in asking]


def opening_of(transcript: Transcript, turn: Turn) -> tuple[str, int]:
    """Return the words by which a turn is known, and which of the turns that begin with them it is, from 1.

    Returns:
        "" where no words stand in it.
    """
    words = re.findall(r"\S+", transcript.text[turn.start : turn.end])[:OPENING]
    wanted = _folded(" ".join(words))
    alike = [t for t in interviewers_turns(transcript) if _opens(transcript, t) == wanted]
    return (" ".join(words), alike.index(turn) + 1) if wanted and turn in alike else ("", 1)


def find_turn(transcript: Transcript, words: str, nth: int = 1) -> tuple[Turn | None, Found]:
    """Return the turn that begins with some words, and whether it still does.

    Where no turn does, one that begins much like it and unlike all others is taken, and is told.

    Args:
        transcript: As it is now.
        words: As `opening_of` gave them.
        nth: Which of several.
    """
    wanted = _folded(words)
    openings = [(turn, _opens(transcript, turn)) for turn in interviewers_turns(transcript)]
    same = [turn for turn, opening in openings if opening == wanted]
    if len(same) >= nth:
        return same[nth - 1], "there"
    if same or not wanted:
        return None, "gone"
    near = [turn for turn, opening in openings if _ratio(wanted, opening) >= _ALIKE]
    return (near[0], "changed") if len(near) == 1 else (None, "gone")


def placed_by_hand(
    transcripts: Mapping[str, Transcript], hand: Iterable[Reflection]
) -> list[tuple[Reflection, Turn | None, Found]]:
    """Return where the turns stand now about which somebody said what they ask."""
    found = []
    for one in hand:
        record = transcripts.get(one.about)
        if record is not None:
            found.append((one, *find_turn(record, one.text, one.nth)))
    return found


def asked_turns(
    transcripts: Mapping[str, Transcript], guide: Guide, hand: Sequence[Reflection]
) -> tuple[list[AskedTurn], list[Problem]]:
    """Return every turn of every interviewer with the questions it asks.

    Args:
        transcripts: By id.
        guide: Without errors.
        hand: What stands of what was said by hand; of several analysts all of it counts.

    Returns:
        In the order of the transcripts; and a Problem for every regular expression that took too long.
    """
    ruled, problems = _by_rules(list(transcripts.values()), guide)
    said: dict[tuple[str, int], list[Reflection]] = defaultdict(list)
    for one, turn, _ in placed_by_hand(transcripts, hand):
        if turn is not None:
            said[one.about, turn.number].append(one)
    order = [question.id for question in guide.questions]
    asked = []
    for name, record in transcripts.items():
        for turn in interviewers_turns(record):
            here = said[name, turn.number]
            by_hand = [one for one in here if not one.by_rule]
            named = {question for one in by_hand for question in one.questions}
            if len(by_hand) < len(here) or not here:
                named |= ruled[name, turn.number]
            questions = tuple(question for question in order if question in named)
            asked.append(AskedTurn(name, turn, questions, bool(by_hand)))
    return asked, problems


def _by_rules(transcripts: Sequence[Transcript], guide: Guide) -> tuple[dict[tuple[str, int], set[str]], list[Problem]]:
    codes = tuple(Code(question.id, question.id, rules=question.rules) for question in guide.questions)
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    if not any(code.rules for code in codes):
        return found, []
    passages, problems = propose_passages(transcripts, Codebook(codes=codes))
    for record in transcripts:
        begins = [turn.start for turn in record.turns]
        for passage in passages[record.id]:
            at = bisect_right(begins, passage.start) - 1
            if at >= 0:
                found[record.id, record.turns[at].number].add(passage.code)
    return found, [replace(problem, file=_FILE, check=CHECK) for problem in problems]


def _opens(transcript: Transcript, turn: Turn) -> str:
    return _folded(" ".join(re.findall(r"\S+", transcript.text[turn.start : turn.end])[:OPENING]))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _ratio(one: str, other: str) -> float:
    match = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= _ALIKE else 0.0
