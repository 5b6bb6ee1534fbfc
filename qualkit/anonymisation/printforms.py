"""What can be printed in the place of words: proposals, of which a person takes one or writes another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit.anonymisation.decisionsfile import Gender
from qualkit.anonymisation.ladders import ladder
from qualkit.anonymisation.queue import folded
from qualkit.identity import EVERY_LANGUAGE, Action, Identities, IdentityType
from qualkit.model import Participant

Shown = Mapping[str, str]
LANGUAGES = ("nb", "nn", "en")


def print_forms(
    form: str, kind: IdentityType, action: Action, identities: Identities, *, gender: Gender = ""
) -> list[Shown]:
    """Return what is proposed for print, the least general first; nothing where only a person can tell.

    Args:
        form: As it is said.
        kind: What it is.
        action: Of the register: a pseudonym is drawn, a ladder gives wider categories, ages and years their bands.
        identities: The register, whose names and pseudonyms are not used again.
        gender: Of a person, where it is known.

    Example:
        >>> [step["nb"] for step in print_forms("Halden", "place", "generalise", Identities())]
        ['by i Østfold', 'Østfold', 'Østlandet', 'sted']
    """
    if action == "pseudonym":
        return _pseudonym(form, kind, identities, gender)
    if action not in ("generalise", "band"):
        return []
    steps = [ladder(form, kind, language) for language in LANGUAGES]
    return [dict(zip(LANGUAGES, step, strict=True)) for step in zip(*steps, strict=False)]


def _pseudonym(form: str, kind: IdentityType, identities: Identities, gender: Gender) -> list[Shown]:
    return []


def participant_of(form: str, participants: Sequence[Participant]) -> str:
    """Return the id of the participant who bears a name; "" where nobody or more than one does.

    Example:
        >>> participant_of("Kari", [Participant("K1", ("I3/Kari Nes",)), Participant("K2", ("Ola",))])
        'K1'
    """
    words = set(folded(form).split())
    bearers = {
        person.id
        for person in participants
        for label in person.labels
        if words <= set(folded(label.rpartition("/")[2]).split()) and person.id not in person.labels
    }
    return bearers.pop() if len(bearers) == 1 else ""


def everywhere(text: str) -> Shown:
    """Return a print form that serves every language."""
    return {EVERY_LANGUAGE: text}
