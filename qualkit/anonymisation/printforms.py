"""What can be printed in the place of words: proposals, of which a person takes one or writes another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress

from qualkit.anonymisation.ladders import ladder
from qualkit.anonymisation.pseudonyms import NoNameLeft, draw_pseudonym
from qualkit.anonymisation.queue import folded
from qualkit.identity import EVERY_LANGUAGE, Action, Identities, Identity
from qualkit.model import Participant

Shown = Mapping[str, str]
Occurs = Callable[[str], bool]
LANGUAGES = ("nb", "nn", "en")
_NAMED = ("person", "other")
_DRAWN = 3


def print_forms(
    identity: Identity,
    action: Action,
    identities: Identities,
    occurs: Collection[str] | Occurs = (),
    language: str = "",
) -> list[Shown]:
    """Return what is proposed for print, the least general first; nothing where only a person can tell.

    Args:
        identity: With id, forms, type and, where it is known, gender.
        action: Of the register: a pseudonym is drawn, a ladder gives wider categories, ages and years their bands.
        identities: The register, whose names and pseudonyms are not used again.
        occurs: Words of the study, which are no pseudonyms, in small letters; or what tells whether one occurs.
        language: Of the interview: names that do not show where they are at home are at home in it.

    Example:
        >>> [step["nb"] for step in print_forms(Identity("s1", ("Halden",), "place"), "generalise", Identities())]
        ['by i Østfold', 'Østfold', 'Østlandet', 'sted']
    """
    if action == "pseudonym":
        return _pseudonyms(identity, identities, occurs, language) if identity.type in _NAMED else []
    if action not in ("generalise", "band"):
        return []
    steps = [ladder(identity.forms[0], identity.type, each) for each in LANGUAGES]
    forms = [dict(zip(LANGUAGES, step, strict=True)) for step in zip(*steps, strict=False)]
    # "2019" is no band for 2019, nor is "2015–2019".
    return [form for form in forms if not any(_holds(text, identity.forms) for text in form.values())]


def _holds(text: str, forms: Sequence[str]) -> bool:
    words = re.findall(r"\w+", folded(text))
    return any(set(re.findall(r"\w+", folded(form))) <= set(words) for form in forms)


def _pseudonyms(
    identity: Identity, identities: Identities, occurs: Collection[str] | Occurs, language: str
) -> list[Shown]:
    """Return the name that is drawn, and others to choose from."""
    drawn: dict[str, None] = {}
    with suppress(NoNameLeft):
        for again in range(_DRAWN):
            seed = identities.seed + again
            drawn[draw_pseudonym(identity, identities, occurs, seed=seed, language=language)] = None
    return [everywhere(name) for name in drawn]


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
