"""Many words let through at once: those of little risk that one detector sees, ticked on a page.

A net catches what is only written with a capital, and each of its words waits for a key of its own. On a page they
are read together, every one with a place it stands in, and let through with one reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.decisionsfile import Choice
from qualkit.anonymisation.form_index import is_everyday_name
from qualkit.anonymisation.settled import still_waiting
from qualkit.deciding import Made, pass_all
from qualkit.errors import QualkitError
from qualkit.identity import Identities
from qualkit.model import Study

PAGE = 25
"""Words on a page, at most."""

_GUESSING: Final = frozenset({"ner", "capitals", "unknown-words"})
_HARMLESS: Final = frozenset({"age", "date", "number", "role", "health", "nationality", "other"})
"""Types that tell who somebody is only together with others, where their class says so."""

_BUT: Final = re.compile(r"all(?:\s*(?:but|except|–|-)\s*(.+))?\Z", re.IGNORECASE)


class NothingTicked(QualkitError):
    """What was typed names no word of the page."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"nothing on this page is meant by that; its numbers are 1 to {most}",
            "Write “all”, “all but 3, 7”, or the numbers that are let through: 1, 4-6.",
        )


def group_of(candidate: Candidate) -> str:
    """Return which detector's page a candidate stands on; "" for one that is asked about by itself.

    Of little risk are words that nothing but their capital, or a guess, speaks against, and what alone tells of
    nobody: an age, a month, a trade. A name of a list, a place and an institution are always asked about alone.

    Example:
        >>> seen = Candidate("Drosja", ("Drosja",), "other", "direct", ("capitals@1",), (), (), 1, ())
        >>> group_of(seen), group_of(Candidate("Kari", ("Kari",), "person", "direct", ("names@1",), (), (), 1, ()))
        ('capitals', '')
    """
    detectors = [one.partition("@")[0] for one in candidate.detectors]
    knowing = [one for one in detectors if one not in _GUESSING]
    if candidate.cls in ("indirect", "public") and candidate.type in _HARMLESS:
        return (knowing or detectors)[0] if detectors else ""
    guessed = candidate.type == "other" and not knowing and len(detectors) == 1
    return detectors[0] if guessed else ""


def alike(
    candidate: Candidate,
    queue: Iterable[Candidate],
    identities: Identities,
    text_of: Callable[[str], str | None],
    most: int = PAGE,
) -> list[Candidate]:
    """Return what still waits of the candidate's group, itself first: a page of it.

    Args:
        candidate: That is asked about.
        queue: What waits.
        identities: The register.
        text_of: Gives a text by its id.
        most: On a page.
    """
    group = group_of(candidate)
    found: list[Candidate] = []
    for one in queue if group else ():
        if len(found) == most:
            break
        left = still_waiting(one, identities, text_of) if group_of(one) == group else None
        if left is not None:
            found.append(left)
    return found


def ticked(written: str, page: Sequence[Candidate]) -> list[Candidate]:
    """Return the words of a page that are let through, as somebody typed it.

    Raises:
        NothingTicked: If a number is none of the page, or nothing would be let through.

    Example:
        >>> words = ("Kona", "Drosja", "Uka")
        >>> page = [Candidate(word, (word,), "other", "direct", (), (), (), 1, ()) for word in words]
        >>> [one.form for one in ticked("all but 2", page)], [one.form for one in ticked("1, 2-3", page)]
        (['Kona', 'Uka'], ['Kona', 'Drosja', 'Uka'])
    """
    every = set(range(1, len(page) + 1))
    whole = _BUT.match(written.strip())
    numbers = every - _numbers(whole[1], every) if whole and whole[1] else every if whole else _numbers(written, every)
    if not numbers:
        raise NothingTicked(len(page))
    return [one for at, one in enumerate(page, 1) if at in numbers]


def _numbers(written: str, every: set[int]) -> set[int]:
    out: set[int] = set()
    for part in re.split(r"[\s,;]+", re.sub(r"\s*[-–]\s*", "-", written.strip())):
        span = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        some = set(range(int(span[1]), int(span[2] or span[1]) + 1)) if span else set()
        if not some or not some <= every:
            raise NothingTicked(len(every))
        out |= some
    return out


def pass_together(study: Study, who: str, candidates: Sequence[Candidate], reason: str) -> Made:
    """Let words through, all with one reason. `qualkit.deciding.take_back` takes all of them back at once.

    Words that are names too are let through for the places they stand in, as when each is asked about.

    Args:
        study: Locked by the caller's process.
        who: Decides.
        candidates: Ticked on a page.
        reason: Why they identify nobody.

    Raises:
        FaultyFiles: If the register has faults.
        Contradicts: If the register would contradict itself; nothing was decided.
    """
    choices = [
        Choice(
            (one.form,), "pass", one.type, one.cls, only=one.spans if is_everyday_name(one.form) else (), reason=reason
        )
        for one in candidates
    ]
    return pass_all(study, who, choices)
