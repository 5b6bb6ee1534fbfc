"""The first door: who is named is replaced before a transcript is written, and its text never holds the names.

What stands for whom is the key. It lies where `key_path` of study.yaml says, by default outside the study, and the
same person has the same pseudonym in every transcript that is added later. Places and what else may tell who somebody
is are left to the second door, the review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualkit import register, scanning
from qualkit import study as studies
from qualkit.anonymisation.candidates import Candidate, Source, candidates
from qualkit.anonymisation.contradictions import check_identities
from qualkit.anonymisation.decisionsfile import Choice
from qualkit.anonymisation.printforms import everywhere
from qualkit.anonymisation.pseudonyms import draw_pseudonym
from qualkit.anonymisation.queue import bases, folded
from qualkit.deciding import find_identity, next_id
from qualkit.errors import FaultyFiles, Problem
from qualkit.identity import Hit, Identities, Identity, Passed
from qualkit.language.labels import may_be_a_name
from qualkit.language.printed import printed
from qualkit.model import Participant, Speaker, Study, Transcript
from qualkit.transcripts.participants import label_owners

FILE_NAME = "/file-name"
"""Ends the id of a source that is the name of an original, not its text."""

_ASKED = ("person", "other")
_MASKED = {"number": "masked-number", "contact": "masked-contact"}
# An id or the name of a ward: “K2”, “M2”.
_NUMBERED = re.compile(r"[A-ZÆØÅ]{1,3}[ .-]?\d{1,3}")
_SHORTEST_PART = 3
_SMALL = frozenset("von van de der den av og la le al el".split())
_PARTS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Door:
    """Transcripts as they were read, and what stands for whom in them.

    Attributes:
        study: They are added to.
        transcripts: With the real names; in memory only.
        participants: Of the study.
        key: Real names and what stands for them.
        register: Of the study: identities and words that name nobody.
        here: What no key needs: telephone numbers and the like, and names at places where only a person could tell.
        hits: What detectors see, by transcript id.
        occurs: Words that no pseudonym may be, in small letters.
        who: Decides.
    """

    study: Study
    transcripts: tuple[Transcript, ...]
    participants: tuple[Participant, ...]
    key: Identities
    register: Identities
    here: tuple[Identity, ...]
    hits: Mapping[str, Sequence[Hit]] = field(repr=False)
    occurs: frozenset[str] = field(repr=False)
    who: str

    def everything(self) -> Identities:
        """Return all that is known: the key, the register, and what is only here; what the key says counts."""
        taken = {folded(form) for one in self.key.identities for form in one.forms}
        known = [one for one in self.register.identities if not taken & {folded(form) for form in one.forms}]
        together = [*self.key.identities, *(replace(one, id=f"register:{one.id}") for one in known), *self.here]
        return Identities(tuple(together), (*self.key.passed, *self.register.passed), self.register.seed)

    def language(self) -> str:
        """Return the language of what is printed."""
        return self.study.settings.language


def open_door(study: Study, transcripts: Sequence[Transcript], who: str, detectors: scanning.Detectors) -> Door:
    """Return transcripts with all that is known and seen: speakers are in the key, numbers have a mark.

    Args:
        study: They are to be added to.
        transcripts: As they were read; none of them is written.
        who: For the key.
        detectors: Search them; the file names are searched too.

    Raises:
        FaultyFiles: If key, register or participants.csv have faults.
    """
    key, faults = register.read_key(study)
    participants, more = studies.read_participants(study)
    faults = [problem for problem in [*faults, *more] if problem.severity == "error"]
    if faults:
        raise FaultyFiles(faults, "a file that tells who is who has faults; nothing was added")
    hits: dict[str, Sequence[Hit]] = {}
    for record in transcripts:
        speech = [(turn.start, turn.end) for turn in record.turns]
        hits[record.id] = detectors.detect(record.text, language=record.language, speech=speech or None)
        hits[record.id + FILE_NAME] = detectors.detect(record.id, language=record.language)
    words = {word for record in transcripts for word in re.findall(r"[^\W\d_]+", record.text.casefold())}
    occurs = scanning.vocabulary(study) | words
    known = register.good_register(study)
    door = Door(study, tuple(transcripts), tuple(participants), key, known, (), hits, occurs, who)
    for record in transcripts:
        for speaker in record.speakers:
            if may_be_a_name(speaker.label):
                door = _with_speaker(door, record, speaker)
    return _with_numbers(door)


def _with_speaker(door: Door, record: Transcript, speaker: Speaker) -> Door:
    """Return the door with a speaker in the key: a participant has an id, whoever asks is named by what they do."""
    known = find_identity(door.key, speaker.label)
    owner = label_owners(record, door.participants).get(speaker.label, "")
    if speaker.role == "participant" and not owner and (known is None or not known.participant):
        owner = _free_id(door)
    if known is not None:
        if owner and not known.participant:
            return _changed(door, replace(known, participant=owner))
        return door
    forms = (speaker.label, *_parts(speaker.label))
    identity = Identity(next_id(door.everything(), "person"), forms, participant=owner, by=door.who, date=_today())
    if owner:
        shown = owner
    elif speaker.role == "interviewer":
        # What several are called in print is no pseudonym.
        identity = replace(identity, action="generalise")
        shown = printed("masked-interviewer", door.language())
    else:
        shown = draw_pseudonym(identity, door.everything(), door.occurs, language=door.language())
    return _changed(door, replace(identity, shown=everywhere(shown)))


def _free_id(door: Door) -> str:
    taken = {person.id.casefold() for person in door.participants}
    taken |= {one.participant.casefold() for one in door.key.identities}
    taken |= {s.label.casefold() for record in door.transcripts for s in record.speakers}
    return next(name for number in range(1, len(taken) + 2) if (name := f"P{number}").casefold() not in taken)


def _parts(label: str) -> list[str]:
    """Return the words of a label by which its person is called; what two are called is asked about."""
    words = [word if not word.islower() and not word.isupper() else word.title() for word in _PARTS.findall(label)]
    return [
        word
        for word in dict.fromkeys(words)
        if len(word) >= _SHORTEST_PART
        and word.casefold() not in _SMALL
        and may_be_a_name(word)
        and folded(word) != folded(label)
    ]


def _changed(door: Door, identity: Identity) -> Door:
    rest = [one if one.id != identity.id else identity for one in door.key.identities]
    if identity.id not in {one.id for one in rest}:
        rest.append(identity)
    return replace(door, key=replace(door.key, identities=tuple(rest)))


def _with_numbers(door: Door) -> Door:
    """Return the door with a mark for every number by which somebody can be reached or found."""
    found: list[Identity] = []
    for one in _candidates(door):
        if one.type in _MASKED:
            shown = everywhere(printed(_MASKED[one.type], door.language()))
            identifier = f"here:{len(found)}"
            found.append(Identity(identifier, one.forms, one.type, one.cls, "generalise", shown, by=door.who))
    return replace(door, here=tuple(found))


def _today() -> str:
    return studies.now()[:10]


def _sources(door: Door) -> Iterator[tuple[Source, Sequence[Hit]]]:
    for record in door.transcripts:
        yield Source(record.id, record.text), door.hits[record.id]
        name = record.id + FILE_NAME
        yield Source(name, record.id, f"{record.id}: the file's name"), door.hits[name]


def _candidates(door: Door) -> list[Candidate]:
    return candidates(_sources(door), door.everything())


def asked(door: Door) -> list[Candidate]:
    """Return words that may name somebody and that nobody has decided about, the surest names first."""
    return [
        one
        for one in _candidates(door)
        if one.type in _ASKED and one.cls == "direct" and not all(_NUMBERED.fullmatch(form) for form in one.forms)
    ]


def proposed(door: Door, candidate: Candidate) -> str:
    """Return what would stand for a name: a new pseudonym, or what stands for it elsewhere.

    Where two people may be meant, it says no more than that it is a name.
    """
    bearers = _bearers(door, candidate)
    if bearers:
        return bearers[0].print_form(door.language()) if len(bearers) == 1 else printed("masked-name", door.language())
    identity = Identity(next_id(door.everything(), "person"), candidate.forms)
    return draw_pseudonym(identity, door.everything(), door.occurs, language=door.language())


def _bearers(door: Door, candidate: Candidate) -> list[Identity]:
    wanted = {folded(form) for form in candidate.forms}
    return [one for one in door.key.identities if wanted & {folded(form) for form in one.forms}]


def replaced(door: Door, candidate: Candidate, shown: str) -> Door:
    """Return the door with a person who is named so, and what stands for the name.

    Where the name is in the key already, as a word that opens a sentence or a name that two people have, it is decided
    for these places alone.
    """
    if not _bearers(door, candidate):
        identifier = next_id(door.everything(), "person")
        person = Identity(identifier, _forms(candidate), shown=everywhere(shown), by=door.who, date=_today())
        door = _changed(door, person)
    return _here(door, candidate, shown)


def _forms(candidate: Candidate) -> tuple[str, ...]:
    """Return the forms of a name, its parts among them; a genitive is found by what it is a genitive of."""
    roots = {folded(form) for form in candidate.forms}
    plain = [form for form in candidate.forms if not roots.intersection(bases(folded(form)))]
    return tuple(dict.fromkeys([*plain, *(part for form in plain for part in _parts(form))]))


def _here(door: Door, candidate: Candidate, shown: str) -> Door:
    if not candidate.spans:
        return door
    identifier = f"here:{len(door.here)}"
    bearers = (form for one in _bearers(door, candidate) for form in one.forms)
    forms = tuple(dict.fromkeys((*_forms(candidate), *bearers)))
    marked = Identity(identifier, forms, shown=everywhere(shown), only=candidate.spans, by=door.who)
    return replace(door, here=(*door.here, marked))


def same_as(door: Door, candidate: Candidate, identity: Identity) -> Door:
    """Return the door with another name of a person who is in the key."""
    forms = dict.fromkeys((*identity.forms, *_forms(candidate)))
    door = _changed(door, replace(identity, forms=tuple(forms)))
    return _here(door, candidate, identity.print_form(door.language()))


def contradictions(door: Door) -> list[Problem]:
    """Return what is wrong with the key: a pseudonym that is two people's, or somebody's real name."""
    return [fault for fault in check_identities(door.key, "key") if fault.severity == "error"]


def left(door: Door, candidate: Candidate) -> Door:
    """Return the door with words that name nobody, or somebody whom everybody may know of."""
    passed = [Passed(form, by=door.who, date=_today()) for form in candidate.forms]
    return replace(door, register=replace(door.register, passed=(*door.register.passed, *passed)))


def with_choices(door: Door, choices: Sequence[Choice]) -> Door:
    """Return the door with decisions out of a file, as `qualkit anonymise decide --from` reads them.

    A decision is about all places where the words stand in these transcripts.
    """
    for choice in choices:
        wanted = {folded(form) for form in choice.forms}
        found = [one for one in asked(door) if wanted & {folded(form) for form in one.forms}]
        spans = tuple(span for one in found for span in one.spans)
        about = Candidate(choice.forms[0], choice.forms, "person", "direct", (), spans, (), 0, ())
        same = find_identity(door.key, choice.merge) if choice.merge else None
        if choice.action in ("pass", "keep"):
            door = left(door, about)
        elif same is not None:
            door = same_as(door, about, same)
        else:
            shown = next(iter(choice.shown.values()), "") or choice.participant or proposed(door, about)
            door = replaced(door, about, shown)
    return door
