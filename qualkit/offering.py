"""What is proposed for words that wait to be decided: the question a person answers with one key.

The walk in the shell and the page of the workbench ask the same question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.decisionsfile import Choice, Verdict
from qualkit.anonymisation.form_index import is_everyday_name
from qualkit.anonymisation.printforms import everywhere, participant_of
from qualkit.anonymisation.queue import bases, folded
from qualkit.anonymisation.settled import related
from qualkit.deciding import proposals
from qualkit.identity import Action, Identities, Identity
from qualkit.model import Participant, Span

TextOf = Callable[[str], "str | None"]
"""Gives a text by its id."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before whoever decides.

    Attributes:
        identities: The register as it is now.
        participants: Whose names are theirs.
        text_of: Gives a text by its id.
        occurs: Words of the study, in small letters: no pseudonym is one of them.
        language: Of the interview the words stand in.
    """

    identities: Identities
    participants: Sequence[Participant]
    text_of: TextOf
    occurs: Collection[str]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is proposed for a candidate.

    Attributes:
        action: With Enter; None where only a person can tell.
        shown: The print forms there are to choose from, for that action.
        into: The identity it is merged with, where that is proposed.
        participant: The id of the participant whose name it is.
        related: Identities it may be.
        alike: How many more of little risk wait that the same detector sees, as far as a page goes.
    """

    action: Verdict | None
    shown: Sequence[Mapping[str, str]]
    into: Identity | None
    participant: str
    related: Sequence[Identity]
    alike: int = 0


def offer_for(candidate: Candidate, desk: Desk) -> Offer:
    """Return what is proposed for a candidate."""
    near = related(candidate, desk.identities)
    if candidate.type in ("person", "other"):
        whole = [one for one in near if one.type == "person" and _part_of(candidate, one)]
        if len(whole) == 1:
            return Offer("merge", (), whole[0], "", near)
        if whose := participant_of(candidate.form, desk.participants):
            return Offer("pseudonym", (everywhere(whose),), None, whose, near)
    action = candidate.proposed
    if action is None or action == "keep":
        # What is let through is let through by a key of its own, never by Enter.
        return Offer(None, (), None, "", near)
    return Offer(action, print_forms(candidate, action, desk), None, "", near)


def print_forms(candidate: Candidate, action: Action, desk: Desk) -> Sequence[Mapping[str, str]]:
    """Return what may be printed for a candidate, if this is done with it."""
    choice = Choice(forms_of(candidate), action, candidate.type)
    return proposals(choice, desk.identities, desk.occurs, desk.language)


def forms_of(candidate: Candidate) -> tuple[str, ...]:
    """Return the forms a decision is about: each that is no genitive, and no other writing, of one before it."""
    kept: dict[str, str] = {}
    for form in (candidate.form, *candidate.forms):
        key = folded(form)
        if key not in kept and not any(base in kept for base in bases(key)):
            kept[key] = form
    return tuple(kept.values())


def _part_of(candidate: Candidate, identity: Identity) -> bool:
    words = set(folded(candidate.form).split())
    return any(words < set(folded(form).split()) for form in identity.forms)


@dataclass(frozen=True, slots=True)
class Question:
    """A candidate that is asked about, with all an answer needs.

    Attributes:
        only: The places the answer holds for; empty: everywhere.
    """

    candidate: Candidate
    desk: Desk
    offer: Offer
    only: tuple[Span, ...] = ()

    def choice(
        self, action: Verdict, shown: Mapping[str, str] | None = None, *, participant: str = "", merge: str = ""
    ) -> Choice:
        """Return the decision for this action."""
        seen = self.candidate
        forms = forms_of(seen)[:1] if action == "pass" else forms_of(seen)
        # Whoever gets an invented name is somebody.
        kind = "person" if action == "pseudonym" and seen.type == "other" else seen.type
        return Choice(forms, action, kind, seen.cls, shown or {}, merge=merge, participant=participant, only=self.only)


def ask_about(candidate: Candidate, desk: Desk) -> Question:
    """Return the question about a candidate. For an everyday word the answer holds for the places it stands in."""
    only = candidate.spans if is_everyday_name(candidate.form) else ()
    return Question(candidate, desk, offer_for(candidate, desk), only)
