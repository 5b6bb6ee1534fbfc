"""A participant withdraws: what must go, and what rested on it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from qualkit import register
from qualkit import study as studies
from qualkit.anonymisation.identities import parse_identities
from qualkit.anonymisation.identity_edits import with_places, with_texts, without_participant
from qualkit.anonymisation.wordings import parse_edits
from qualkit.carrying import carry_codings
from qualkit.erasure import Begun, BegunAlready, Change, read_begun
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.language.labels import may_be_a_name
from qualkit.language.printed import printed
from qualkit.left_behind import files_of
from qualkit.model import RULES_CODER, Participant, Span, Study, Transcript
from qualkit.phrases import Phrases, phrases_of
from qualkit.resting import noted_about, rested_on
from qualkit.retold import retelling
from qualkit.scrubbing import Going, fold_words, value_without
from qualkit.sweeping import file_without
from qualkit.text import near_miss, nfc, sha256_hex
from qualkit.transcripts.canonical import render_transcript
from qualkit.transcripts.erasing import erase_turns
from qualkit.whose import Theirs, file_of, left_of, said_earlier, unclear_labels, where_they_speak

_TELLS = frozenset("navn namn name fornavn etternavn førenamn etternamn full_name surname epost e-post email".split())


class NoParticipant(QualkitError):
    """Nobody in the study has this id."""

    def __init__(self, identifier: str, known: Sequence[str]) -> None:
        near = near_miss(identifier, list(known))
        hint = f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else ""
        super().__init__(f"there is no participant “{identifier}”", hint)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What goes when a participant withdraws, and what is to be looked at afterwards.

    Attributes:
        changes: Files that go or change.
        begun: For `withdrawal.json` and the trail.
        words: What nothing may hold afterwards.
        names: What else tells who it is.
        sources: Originals, as transcripts name them.
        cut: Codings over several persons' turns that stay without this person's words.
        flagged: Themes and condensates that rested on what goes, and files that retell it.
    """

    participant: str
    changes: tuple[Change, ...]
    begun: Begun
    words: Phrases
    names: tuple[str, ...]
    sources: tuple[str, ...]
    cut: int
    flagged: tuple[Problem, ...]


def plan_withdrawal(study: Study, identifier: str) -> Withdrawal:
    """Find everything in a study that must go when a participant withdraws; writes nothing.

    A withdrawal that was broken off is gone on with.

    Raises:
        NoParticipant: If nobody has this id.
        FaultyFiles: If a file cannot be read, if it is not clear whose words some are, or if codings no longer stand
            on their words; nothing was done.
        BegunAlready: If another erasing was broken off.
    """
    begun = read_begun(study)
    if begun is not None and (begun.what, begun.subject.casefold()) != ("withdraw", identifier.casefold()):
        raise BegunAlready(begun)
    participants, faults = studies.read_participants(study)
    transcripts, found = studies.read_transcripts(study)
    faults = [*faults, *(fault for fault in found if fault.check != "changed-transcript")]
    # Whom an entry is about must be readable: it goes with its transcript, whatever its words.
    faults += studies.read_reflections(study)[1] + studies.read_framework(study)[1]
    faults += parse_edits(studies.quotations_text(study))[1]
    if any(fault.severity == "error" for fault in faults):
        raise FaultyFiles(faults, "a file has faults, so it is not clear what must go; nothing was done")
    theirs, known = where_they_speak(transcripts, participants, identifier)
    if begun is not None:
        identifier = begun.subject
        theirs = left_of(transcripts, begun, study)
    elif identifier.casefold() not in {name.casefold() for name in known}:
        raise NoParticipant(identifier, known)
    problems = unclear_labels(study, transcripts, participants, identifier)
    if problems:
        raise FaultyFiles(problems, "it is not clear whose words some are; nothing was done")
    person = next((one for one in participants if one.id.casefold() == identifier.casefold()), None)
    return _planned(study, identifier, person, transcripts, theirs, begun)


def _planned(
    study: Study,
    identifier: str,
    person: Participant | None,
    transcripts: Sequence[Transcript],
    theirs: Sequence[Theirs],
    begun: Begun | None,
) -> Withdrawal:
    language = study.settings.language
    mark, name = printed("withdrawn", language), printed("withdrawn-speaker", language)
    mine = {one.transcript.id: one for one in theirs}
    said = [text for one in theirs for text in one.texts()]
    others = [text for one in theirs for text in one.others()]
    others += [
        record.text[turn.start : turn.end]
        for record in transcripts
        if record.id not in mine
        for turn in record.turns or ()
    ]
    words = phrases_of(said, others)
    earlier = said_earlier(study, theirs, words)
    if earlier:
        said += earlier
        words = phrases_of(said, others)
    erased = {
        one.transcript.id: erase_turns(one.transcript, one.labels, mark=mark, name=name)
        for one in theirs
        if not one.alone
    }
    labels = dict.fromkeys(label for one in theirs for label in one.labels if may_be_a_name(label))
    told = (value for key, value in (person.attributes if person else {}).items() if key.casefold() in _TELLS)
    alone = frozenset(one.transcript.id for one in theirs if one.alone)
    going = Going(
        words,
        f" {' | '.join(map(fold_words, said))} ",
        tuple(label for label in (*labels, *told) if label.strip()),
        mark,
        alone,
        MappingProxyType({key: one.carried for key, one in erased.items()}),
        MappingProxyType({key: one.transcript.text for key, one in erased.items()}),
    )
    codings = carry_codings(study, erased, going, begun)
    kept, gone = codings.files, codings.gone
    going = replace(going, codings=frozenset(coding.id for coding in gone), cut=codings.cut)
    sources = {one.transcript.source for one in theirs if one.transcript.source}
    changes: list[Change] = []
    for path in files_of(study.root):
        file = studies.relative(study, path)
        if begun is not None and begun.is_done(study, file):
            continue
        if file in kept:
            change = Change(file, kept[file], "codings") if kept[file] != path.read_bytes() else None
        elif file in {file_of(study, key) for key in erased}:
            record = erased[nfc(path.stem)].transcript
            record = replace(record, extra=MappingProxyType(value_without(dict(record.extra), going)))
            change = Change(file, render_transcript(record).encode(), "turns", last=True)
        elif path in (register.register_path(study), register.key_path(study)):
            change = _register_without(study, path, identifier, going)
        else:
            change = file_without(study, path, going, sources=sources, participant=identifier)
        if change is not None:
            changes.append(change)
    key = register.key_path(study)
    if key.is_file() and study.root.absolute() not in key.absolute().parents:
        change = _register_without(study, key, identifier, going)
        if change is not None and not (begun is not None and begun.is_done(study, change.file)):
            changes.append(change)
    counted = {
        "transcripts": len(alone),
        "turns": sum(len(one.turns) for one in erased.values()),
        "codings": sum(coding.coder != RULES_CODER and coding.status != "proposed" for coding in gone),
        "proposals": sum(coding.status == "proposed" for coding in gone),
        "files": len(changes),
        "erasing": secrets.token_hex(4),
        "originals": [one.transcript.source_sha256 for one in theirs if one.alone and one.transcript.source_sha256],
    }
    if begun is None:
        numbers = {
            one.transcript.id: [at for at, speaker in enumerate(one.transcript.speakers) if speaker.label in one.labels]
            for one in theirs
        }
        begun = Begun("withdraw", identifier, studies.now(), numbers, {}, counted)
    flagged = rested_on(study, gone, {record.id for record in transcripts} - alone) + noted_about(study, erased)
    flagged += retelling(study, gone, identifier, mine, {change.file for change in changes if change.data is None})
    return Withdrawal(
        identifier, tuple(changes), begun, words, going.names, tuple(sorted(sources)), len(going.cut), tuple(flagged)
    )


def _register_without(study: Study, path: Path, identifier: str, going: Going) -> Change | None:
    """Return the register, or the key, without the participant, and without places in what they said.

    An identity that was told of at such places alone goes with them. Others who were named stay: somebody else may
    have named them too, and what hides them must not be lost.
    """
    is_register = path == register.register_path(study)
    before = register.register_text(study) if is_register else register.key_text(study)
    text = without_participant(before, identifier, going.names)
    text = with_places(text, lambda span: _moved(span, going))
    texts = dict(parse_identities(text)[0].texts)
    now = {name: sha256_hex(going.texts[name]) for name in texts if name in going.texts}
    if texts:
        text = with_texts(
            text, {name: now.get(name, was) for name, was in texts.items() if name not in going.transcripts}
        )
    if text == before:
        return None
    data = register.register_bytes(study, text) if is_register else register.key_bytes(study, text)
    return Change(studies.relative(study, path), data, "the register of who is who")


def _moved(span: Span, going: Going) -> Span | None:
    """Return where a place went, or None if it is gone."""
    if span.transcript in going.transcripts:
        return None
    if span.transcript not in going.moved:
        return span
    place = going.moved[span.transcript](span.start, span.end)
    return Span(span.transcript, *place) if place is not None else None
