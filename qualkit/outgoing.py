"""What of a study may be handed on: its transcripts under ids in the place of names, with the codings moved along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from qualkit.anonymisation.redactor import NotVerbatim, Register, redact, rendered
from qualkit.coding.codings import unit_at
from qualkit.language.labels import may_be_a_name
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids, speakers_of
from qualkit.model import READ_FIRST, WAITING, Coding, Participant, Transcript
from qualkit.rewriting import Rewritten, rewritten
from qualkit.text import transcript_id
from qualkit.transcripts.participants import label_owners

_UNNAMED = {"interviewer": "I", "other": "X"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not handed on, to be told.

    Attributes:
        sources: Ids of transcripts that may not be quoted, as what was said off the record.
        people: Ids of participants who may not be quoted.
        interviews: Ids of transcripts in which only they answer.
        codings: How many codings go with them.
        waiting: How many codings wait to be found again in a changed transcript.
    """

    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    interviews: tuple[str, ...] = ()
    codings: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is handed on.

    Attributes:
        transcripts: By the id in the study.
        codings: On the new texts, with the ids that they have in the study.
        participants: Who speaks in these transcripts, without labels, attributes and notes.
        left: What is not handed on.
        memos: By coding id, what its coder wrote about it, with ids in the place of names.
    """

    transcripts: Mapping[str, Rewritten]
    codings: tuple[Coding, ...]
    participants: tuple[Participant, ...]
    left: LeftOut
    memos: Mapping[str, str]


def outgoing(material: Material, register: Register, *, with_proposals: bool = False) -> Outgoing:
    """Return what of a study may be handed on.

    Transcripts that may not be quoted stay, and those in which nobody answers who may be. Where several answer, who
    may not be quoted keeps the turns without their words. Codings that cover such words stay too.

    Args:
        material: Of the study.
        register: What must not be printed.
        with_proposals: Hand on what rules propose too; never in STC and reflexive studies.

    Raises:
        NotVerbatim: If a transcript was changed under a coding.
        TurnsWouldChange: If a participant's id opens lines that are no turn.
    """
    barred = {person.id for person in material.participants if not person.may_quote}
    owners = {name: speaker_ids(record, material.participants) for name, record in material.transcripts.items()}
    sources = tuple(name for name, record in material.transcripts.items() if not record.may_quote)
    silent = tuple(
        name
        for name, ids in owners.items()
        if name not in sources and barred.intersection(ids.values()) and not set(ids.values()) - barred
    )
    names = _identifiers([name for name in material.transcripts if name not in {*sources, *silent}], register)
    others = _unnamed(material)
    note = printed("not-quoted", material.study.settings.language)
    transcripts = {}
    for name, identifier in names.items():
        record = material.transcripts[name]
        transcripts[name] = rewritten(
            record,
            rendered(record.text, register, transcript=record.id),
            {**others, **_labels(record, identifier, material)},
            identifier=identifier,
            barred={label for label, who in owners[name].items() if who in barred},
            note=note,
        )
        transcripts[name] = _titled(transcripts[name], register)
    with_proposals = with_proposals and material.study.settings.method not in READ_FIRST
    codings, left = _codings(material, transcripts, owners, barred, with_proposals=with_proposals)
    here = {who for name in transcripts for who in owners[name].values()}
    return Outgoing(
        transcripts,
        tuple(replace(coding, memo="") for coding in codings),
        tuple(Participant(one.id, may_quote=one.may_quote) for one in material.participants if one.id in here),
        replace(left, sources=sources, people=tuple(sorted(barred)), interviews=silent),
        {coding.id: redact(coding.memo, register) for coding in codings if coding.memo},
    )


def with_memos(going: Outgoing) -> Outgoing:
    """Return what is handed on with what coders wrote about their codings."""
    return replace(going, codings=tuple(replace(one, memo=going.memos.get(one.id, "")) for one in going.codings))


def _identifiers(names: list[str], register: Register) -> dict[str, str]:
    """Return the transcripts' new ids: one that holds a name has the person's id in its place, and none comes twice."""
    wanted = {name: transcript_id(redact(name, register).replace("[", "").replace("]", "")) for name in names}
    taken: set[str] = {name.casefold() for name, new in wanted.items() if new == name}
    for name, new in wanted.items():
        number = 2
        unique = new
        while new != name and unique.casefold() in taken:
            unique, number = f"{new}-{number}", number + 1
        taken.add(unique.casefold())
        wanted[name] = unique
    return wanted


def _unnamed(material: Material) -> dict[str, str]:
    """Return what interviewers and others are called whose labels may be names: the same in every transcript."""
    records = material.transcripts.values()
    taken = {person.id.casefold() for person in material.participants}
    taken |= {s.label.casefold() for record in records for s in record.speakers if not may_be_a_name(s.label)}
    found: dict[str, str] = {}
    alike: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for record in records:
        for speaker in record.speakers:
            sign = _UNNAMED.get(speaker.role)
            if sign is None or speaker.label in found or not may_be_a_name(speaker.label):
                continue
            if speaker.label.casefold() not in alike:
                alike[speaker.label.casefold()] = _next(sign, counted, taken)
            found[speaker.label] = alike[speaker.label.casefold()]
    return found


def _next(sign: str, counted: Counter[str], taken: set[str]) -> str:
    while True:
        counted[sign] += 1
        label = f"{sign}{counted[sign]}" if counted[sign] > 1 else sign
        if label.casefold() not in taken:
            taken.add(label.casefold())
            return label


def _labels(record: Transcript, identifier: str, material: Material) -> dict[str, str]:
    """Return what a transcript's participants are called: by their ids."""
    owners = label_owners(record, material.participants)
    return {
        label: identifier + shown.removeprefix(record.id)
        if label not in owners and (shown == record.id or shown.startswith(f"{record.id}-"))
        else shown
        for label, shown in speaker_ids(record, material.participants).items()
        if label
    }


def _titled(one: Rewritten, register: Register) -> Rewritten:
    """Return a transcript whose title and publisher hold no name; only of a document the date is told."""
    record = one.transcript
    title, publisher = redact(record.title, register), redact(record.publisher, register)
    date = record.date if record.kind == "document" else ""
    return replace(one, transcript=replace(record, title=title, publisher=publisher, date=date))


def _codings(
    material: Material,
    transcripts: Mapping[str, Rewritten],
    owners: Mapping[str, dict[str, str]],
    barred: set[str],
    *,
    with_proposals: bool,
) -> tuple[list[Coding], LeftOut]:
    found = []
    lost = waiting = 0
    for extract in material.extracts:
        coding = extract.coding
        span = coding.unit.span
        record = material.transcripts.get(span.transcript)
        if record is None or (coding.status == "proposed" and not with_proposals):
            continue
        if coding.anchor in WAITING:
            waiting += 1
            continue
        if record.text[span.start : span.end] != coding.unit.text:
            raise NotVerbatim(str(span))
        one = transcripts.get(record.id)
        if one is None or barred.intersection(speakers_of(coding, record, owners[record.id])):
            lost += 1
            continue
        unit = unit_at(one.transcript, *one.place(span.start, span.end))
        found.append(replace(coding, unit=unit, text_sha256=one.transcript.sha256, extra={}))
    return found, LeftOut(codings=lost, waiting=waiting)
