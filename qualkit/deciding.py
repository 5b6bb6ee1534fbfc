"""Decisions about what could identify somebody: into the register and the trail, one at a time or many at once.

The register holds the words. The trail tells who decided what about which identity, and never a word of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualkit import register
from qualkit import study as studies
from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.decisionsfile import Choice, is_decided_alike
from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.identities import check_identities, parse_identities, with_identity, with_passed
from qualkit.anonymisation.identity_edits import with_all_passed
from qualkit.anonymisation.printforms import print_forms
from qualkit.anonymisation.queue import folded
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.identity import Identities, Identity, IdentityType, Passed
from qualkit.model import Decision, Span, Study
from qualkit.place_following import is_lost, stamped, standing

_LETTERS: dict[IdentityType, str] = {
    "person": "p",
    "place": "s",
    "institution": "i",
    "date": "d",
    "age": "a",
    "number": "n",
    "contact": "c",
    "role": "r",
    "nationality": "f",
    "health": "h",
    "other": "x",
}
Print = Callable[[Choice, Identities], Choice]
"""Completes a decision with what is printed, where it does not say so itself."""


class NoSuchIdentityToMerge(QualkitError):
    """A merge names nobody that is in the register."""

    def __init__(self) -> None:
        super().__init__(
            "the register has nobody with this id or form", "Decide about that one first; ids stand in identities.yaml."
        )


class Contradicts(QualkitError):
    """A decision would contradict the register."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"not decided: {problem.message}", problem.hint)


class RegisterChanged(QualkitError):
    """The register is no longer what a decision left, so the decision is not taken back."""

    def __init__(self) -> None:
        super().__init__("the register was changed meanwhile", "Nothing was taken back. See: qualkit log")


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was written.

    Attributes:
        object: Whom or what it is about, as the trail names it: "identity p3".
        identity: As it is in the register now; None for words that were let through.
        before: The register's text before it.
        after: And after it.
        words: How many were decided about.
    """

    object: str
    identity: Identity | None
    before: str
    after: str
    words: int = 1


def decide(study: Study, who: str, choice: Choice, candidate: Candidate | None = None) -> Made:
    """Write a decision into the register, and a line in the trail.

    Args:
        study: Locked by the caller's process.
        who: Decides.
        choice: What is decided; type and class that it does not name are the candidate's.
        candidate: The words it is about, where they were found by detectors.

    Raises:
        FaultyFiles: If the register has faults.
        NoSuchIdentityToMerge: If a merge names nobody.
        Contradicts: If the register would contradict itself.
    """
    register.follow_places(study, who)
    before = register.register_text(study)
    identities = _sound(before)
    choice = _with_places(study, identities, _filled(choice, candidate))
    edit = _edit(identities, choice, who, studies.now())
    after = stamped(study, edit.apply(before))
    _contradicts_nothing(after)
    _write(study, [edit.told], after)
    return Made(edit.told.object, edit.identity, before, after)


def decide_all(
    study: Study, who: str, choices: Iterable[Choice], file: str, complete: Print
) -> tuple[int, int, list[Problem]]:
    """Write many decisions, as out of a file: all that can be carried out, and what is wrong with the others.

    Args:
        study: Locked by the caller's process.
        who: Decides.
        choices: In their order; what the register says already is passed over.
        file: Named in Problems.
        complete: Gives print forms to those that have none.

    Returns:
        How many were carried out, how many the register said already, and Problems.

    Raises:
        FaultyFiles: If the register has faults.
    """
    register.follow_places(study, who)
    text = register.register_text(study)
    identities = _sound(text)
    told: list[Decision] = []
    problems: list[Problem] = []
    already = 0
    when = studies.now()
    known = _errors(identities)
    for choice in choices:
        if is_decided_alike(choice, identities):
            already += 1
            continue
        try:
            full = _with_places(study, identities, _filled(complete(choice, identities), None))
            edit = _edit(identities, full, who, when)
        except QualkitError as error:
            problems.append(Problem(file, choice.line or None, None, "decisions", str(error), error.hint))
            continue
        after = edit.on(identities)
        found = _errors(after)
        new = next((problem for message, problem in found.items() if message not in known), None)
        if new:
            problems.append(Problem(file, choice.line or None, None, "decisions", new.message, new.hint))
            continue
        identities, text, known = after, edit.apply(text), found
        told.append(edit.told)
    if told:
        _write(study, told, stamped(study, text))
    return len(told), already, problems


def _errors(identities: Identities) -> dict[str, Problem]:
    return {one.message: one for one in check_identities(identities, "") if one.severity == "error"}


def pass_all(study: Study, who: str, choices: Sequence[Choice]) -> Made:
    """Let many words through at once: all of them, or none.

    Args:
        study: Locked by the caller's process.
        who: Decides.
        choices: Each with the action "pass".

    Raises:
        FaultyFiles: If the register has faults.
        Contradicts: If the register would contradict itself.
    """
    register.follow_places(study, who)
    before = register.register_text(study)
    identities = _sound(before)
    when = studies.now()
    passed = [Passed(one.forms[0], one.only, one.reason, who, when[:10]) for one in choices]
    number = len(identities.passed) + 1
    told = [
        Decision(when, who, "anonymise-pass", f"passed {at}", None, {"places": len(one.only) or "all"})
        for at, one in enumerate(passed, number)
    ]
    after = stamped(study, with_all_passed(before, passed))
    _contradicts_nothing(after)
    _write(study, told, after)
    return Made(f"passed {number} to {number + len(passed) - 1}", None, before, after, len(passed))


def take_back(study: Study, who: str, made: Made) -> None:
    """Take a decision back: the words wait again. The trail tells of both.

    Args:
        study: Locked by the caller's process.
        who: Takes it back.
        made: The last one written.

    Raises:
        RegisterChanged: If the register was changed since.
    """
    if register.register_text(study) != made.after:
        raise RegisterChanged
    _write(study, [Decision(studies.now(), who, "undo", made.object)], made.before)


def _write(study: Study, told: Sequence[Decision], text: str) -> None:
    # The trail first, as everywhere: no change that it does not tell of.
    studies.append_decision(study, *told)
    register.save_register(study, text)


def _contradicts_nothing(text: str) -> None:
    # The register had no error before, so whatever is wrong now is the decision's.
    for problem in parse_identities(text, "")[1]:
        if problem.severity == "error":
            raise Contradicts(problem)


def _sound(text: str) -> Identities:
    identities, problems = parse_identities(text, register.REGISTER)
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, "the register has faults; nothing was decided")
    return identities


# --- what a decision does to the register -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edit:
    """One change of the register: an identity that is new or other than it was, or words let through."""

    told: Decision
    identity: Identity | None = None
    passed: Passed | None = None

    def apply(self, text: str) -> str:
        if self.identity is not None:
            return with_identity(text, self.identity)
        return with_passed(text, self.passed) if self.passed is not None else text

    def on(self, identities: Identities) -> Identities:
        if self.identity is not None:
            others = [one for one in identities.identities if one.id != self.identity.id]
            return replace(identities, identities=(*others, self.identity))
        return replace(identities, passed=(*identities.passed, *([self.passed] if self.passed else [])))


def _filled(choice: Choice, candidate: Candidate | None) -> Choice:
    if candidate is None:
        return choice
    return replace(choice, type=choice.type or candidate.type, cls=choice.cls or candidate.cls)


def _with_places(study: Study, identities: Identities, choice: Choice) -> Choice:
    """Return a merge with the places of both, where one was decided for some places and the other for all.

    An identity holds everywhere, or at its places alone. “Sander”, a word too, is Sander Myklebust at its places; that
    must not take from him the places where his full name stands.
    """
    into = find_identity(identities, choice.merge) if choice.action == "merge" else None
    if into is None or bool(into.only) == bool(choice.only):
        return choice
    # Of the two, the one that holds everywhere is given its places.
    known = Identities((Identity("", choice.forms),)) if into.only else identities
    held = [
        Span(record.id, found.start, found.end)
        for record in studies.read_transcripts(study)[0]
        for found in find_forms(record.text, known, transcript=record.id)
        if not found.ambiguous and found.identity.id == ("" if into.only else into.id)
    ]
    return replace(choice, only=(*choice.only, *held))


def _edit(identities: Identities, choice: Choice, who: str, when: str) -> _Edit:
    day = when[:10]
    if choice.action == "pass":
        passed = Passed(choice.forms[0], choice.only, choice.reason, who, day)
        places = len(choice.only) or "all"
        number = len(identities.passed) + 1
        return _Edit(Decision(when, who, "anonymise-pass", f"passed {number}", None, {"places": places}), passed=passed)
    if choice.action == "merge":
        return _merged(identities, choice, who, when)
    known = _same(identities, choice)
    kind = choice.type or (known.type if known else "person")
    identity = Identity(
        known.id if known else next_id(identities, kind),
        tuple(dict.fromkeys((*(known.forms if known else ()), *choice.forms))),
        kind,
        choice.cls or (known.cls if known else "direct"),
        choice.action,
        choice.shown,
        choice.participant or (known.participant if known else ""),
        standing((*(known.only if known else ()), *choice.only)),
        choice.gender or (known.gender if known else ""),
        choice.reason or (known.reason if known else ""),
        who,
        day,
    )
    before = {"action": known.action, "decided": known.decided} if known else None
    return _Edit(Decision(when, who, "anonymise", f"identity {identity.id}", before, _told(identity)), identity)


def _merged(identities: Identities, choice: Choice, who: str, when: str) -> _Edit:
    into = find_identity(identities, choice.merge)
    if into is None:
        raise NoSuchIdentityToMerge
    new = tuple(form for form in choice.forms if folded(form) not in {folded(old) for old in into.forms})
    identity = replace(into, forms=(*into.forms, *new), only=standing((*into.only, *choice.only)))
    before = {"forms": len(into.forms), "places": len(into.only) or "all"}
    told = Decision(when, who, "anonymise-merge", f"identity {into.id}", before, _told(identity))
    return _Edit(told, identity)


def _told(identity: Identity) -> dict[str, object]:
    """Return what the trail tells of an identity: how many forms, and none of them."""
    return {
        "action": identity.action,
        "type": identity.type,
        "class": identity.cls,
        "forms": len(identity.forms),
        "places": len(identity.only) or "all",
    }


def _same(identities: Identities, choice: Choice) -> Identity | None:
    """Return the identity that a decision is about, if the register has it: by a form, and the same places."""
    wanted = {folded(form) for form in choice.forms}
    asked_again: list[Identity] = []
    for one in identities.identities:
        if not wanted & {folded(form) for form in one.forms}:
            continue
        if bool(one.only) == bool(choice.only) and (not one.only or set(one.only) & set(choice.only)):
            return one
        if not one.decided:
            return one
        if choice.only and one.only and all(map(is_lost, one.only)):
            asked_again.append(one)
    # The words of all its places were asked about again; of two such nobody can tell which.
    return asked_again[0] if len(asked_again) == 1 else None


def find_identity(identities: Identities, named: str) -> Identity | None:
    """Return the identity of an id or a form, or None; of several with the form, the first."""
    by_id = next((one for one in identities.identities if one.id == named), None)
    wanted = folded(named)
    return by_id or next((one for one in identities.identities if wanted in {folded(form) for form in one.forms}), None)


def next_id(identities: Identities, kind: IdentityType) -> str:
    """Return an id that no identity has: a letter for the type, and a number.

    Example:
        >>> next_id(Identities((Identity("p1", ("Kari",)),)), "person"), next_id(Identities(), "place")
        ('p2', 's1')
    """
    taken = {one.id for one in identities.identities}
    letter = _LETTERS[kind]
    return next(name for number in range(1, len(taken) + 2) if (name := f"{letter}{number}") not in taken)


def proposals(
    choice: Choice, identities: Identities, occurs: Collection[str] = (), language: str = ""
) -> list[Mapping[str, str]]:
    """Return the print forms there are to choose from for a decision: names drawn, or the steps of a ladder.

    Args:
        choice: With forms, action and type.
        identities: The register.
        occurs: Words of the study, in small letters.
        language: Of the interview the words stand in.
    """
    if choice.action == "pass" or choice.action == "merge":  # noqa: PLR1714  mypy narrows these
        return []
    known = _same(identities, choice)
    kind = choice.type or (known.type if known else "person")
    identifier = known.id if known else next_id(identities, kind)
    gender = choice.gender or (known.gender if known else "")
    identity = Identity(identifier, choice.forms, kind, gender=gender)
    return print_forms(identity, choice.action, identities, occurs, language)


def completed(choice: Choice, identities: Identities, occurs: Collection[str] = (), language: str = "") -> Choice:
    """Return a decision with what is printed, where it does not say so: the first of the proposals."""
    if choice.shown:
        return choice
    forms = proposals(choice, identities, occurs, language)
    return replace(choice, shown=forms[0]) if forms else choice
