"""Transcripts whose names were replaced are written: the key first, then their text, which never held the names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from qualkit import register
from qualkit import study as studies
from qualkit.adding import AddReport, add_originals
from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.identity_edits import render_identities, with_identity, with_passed
from qualkit.anonymisation.queue import folded
from qualkit.anonymisation.redactor import Register, redact, rendered
from qualkit.coding.codings import unit_at
from qualkit.deciding import find_identity
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.identity import Identities, Passed
from qualkit.language.labels import may_be_a_name
from qualkit.language.printed import printed
from qualkit.model import Decision, Declared, Span, Transcript
from qualkit.pseudonymising import Door, asked, contradictions
from qualkit.rewriting import Rewritten, rewritten
from qualkit.table import Column, Table
from qualkit.text import transcript_id
from qualkit.transcripts.canonical import render_transcript
from qualkit.transcripts.reading import Imported, Reading

_TOLD_AT_MOST = 40


class NamesUndecided(QualkitError):
    """Somebody may be named in an original, and nobody has said whether; a place is told, never the words."""

    def __init__(self, places: Sequence[tuple[str, str]]) -> None:
        self.places = tuple(places)
        told = [f"    {place} ({detectors})" for place, detectors in places[:_TOLD_AT_MOST]]
        if len(places) > _TOLD_AT_MOST:
            told.append(f"    and {len(places) - _TOLD_AT_MOST} more")
        count = "one place" if len(places) == 1 else f"{len(places)} places"
        super().__init__(
            "\n".join([f"nothing was added: nobody has decided about {count} that may name somebody", *told]),
            "Run it in a terminal and be asked; or see them with --check, and decide in a file: --decisions FILE.",
        )


class NameLeft(QualkitError):
    """After everything was replaced, a real name would stand in what is written."""

    def __init__(self, transcript: str, lines: Sequence[int]) -> None:
        where = ", ".join(map(str, lines[:8]))
        super().__init__(
            f"{transcript} was not written: a name of the key would still stand in it, on line {where}",
            "It stands in the header, or runs over two turns. Write it otherwise in a copy, and add that.",
        )


class ChangedMeanwhile(QualkitError):
    """An original was changed while somebody decided about the names in it."""

    def __init__(self, transcript: str) -> None:
        super().__init__(
            f"the original of {transcript} was changed while you decided, so it was not added",
            "What you decided is in the key. Run it again.",
        )


def door_table(door: Door) -> Table:
    """Return what would be replaced and by what, and what nobody has decided about, for the researcher's own screen."""
    counts: Counter[str] = Counter()
    for record in door.transcripts:
        for found in find_forms(record.text, door.everything(), transcript=record.id):
            counts[found.identity.id] += 1
    rows: list[tuple[str, str, int, str]] = [
        (one.forms[0], one.print_form(door.language()), counts[one.id], one.type)
        for one in door.everything().identities
        if counts[one.id] and one.action != "keep"
    ]
    rows += [(one.form, "?", one.count, ", ".join(one.detectors)) for one in asked(door)]
    columns = (
        Column("form", "What is said"),
        Column("becomes", "Becomes"),
        Column("places", "Places", "count"),
        Column("type", "Taken for"),
    )
    notes = ("A question mark: nobody has decided. Places and what else tells who somebody is: qualkit anonymise.",)
    return Table("pseudonymise", "What is replaced before it is written", columns, tuple(rows), notes)


def add_pseudonymised(
    door: Door,
    paths: Sequence[Path],
    *,
    declared: Declared | None = None,
    on_done: Callable[[int], None] = lambda _: None,
) -> AddReport:
    """Add originals whose names were replaced. The originals are only read, and are not copied.

    The key is written first: what stands for whom is known, whatever happens after.

    Args:
        door: With every name decided; its study is locked by the caller's process.
        paths: Of the originals.
        declared: As for `add_originals`.
        on_done: As for `add_originals`.

    Raises:
        NamesUndecided: If somebody may be named and nobody has decided; nothing was changed.
        NameLeft: If a name of the key would stand in what is written; nothing was changed.
        FaultyFiles: If a pseudonym is two people's, or somebody's real name; nothing was changed.
        ChangedMeanwhile: If an original is not what it was.
    """
    ready = finished(door)
    faults = contradictions(door)
    if faults:
        raise FaultyFiles(
            faults, "two people would be one in print, or a real name would stand there; nothing was added"
        )
    save_door(door)
    names = Register(identities=door.everything(), language=door.language())

    def without_names(reading: Reading) -> Reading:
        one = ready.get(reading.transcript.id)
        if one is None or one.before.sha256 != reading.transcript.sha256:
            raise ChangedMeanwhile(reading.transcript.id)
        imported = tuple(_imported(item, one, names) for item in reading.imported)
        return replace(reading, transcript=one.transcript, imported=imported)

    report = add_originals(door.study, paths, who=door.who, declared=declared, on_done=on_done, rewrite=without_names)
    written = {told.transcript for told in report.added}
    told = []
    for one in ready.values():
        if one.transcript.id in written:
            places = find_forms(one.before.text, door.everything(), transcript=one.before.id)
            after = {"replacements": len(places), "names": len({place.identity.id for place in places})}
            told.append(Decision(studies.now(), door.who, "pseudonymise", one.transcript.id, None, after))
    studies.append_decision(door.study, *told)
    return report


def _imported(item: Imported, one: Rewritten, names: Register) -> Imported:
    """Return a comment or highlighting of the original at its words in the new text, with no name in it."""
    memo = item.memo
    unit = memo.unit
    if unit is not None:
        unit = unit_at(one.transcript, *one.place(unit.span.start, unit.span.end))
    text = redact(memo.text, names) if item.kind == "comment" else memo.text
    return replace(item, memo=replace(memo, text=text, unit=unit))


def finished(door: Door) -> dict[str, Rewritten]:
    """Return the transcripts as they are written, by the id that they were read under.

    Raises:
        NamesUndecided: If somebody may be named and nobody has decided.
        NameLeft: If a name of the key would stand in what is written.
        TurnsWouldChange: If a new label makes other turns.
    """
    known = door.everything()
    waiting = [(str(span), ", ".join(one.detectors)) for one in asked(door) for span in one.spans]
    names = Register(identities=known, language=door.language())
    taken = {name.casefold() for name in studies.transcript_ids(door.study)}
    ready: dict[str, Rewritten] = {}
    for record in door.transcripts:
        whole = rendered(record.text, names, transcript=record.id)
        waiting += [(str(Span(record.id, one.start, one.end)), one.detector) for one in whole.open]
        if waiting:
            continue
        identifier = _identifier(record.id, names, taken)
        one = rewritten(record, whole, _labels(door, record), identifier=identifier)
        ready[record.id] = replace(one, transcript=_header(one.transcript, record, names))
        _refuse_names(ready[record.id].transcript, door.key)
    if waiting:
        raise NamesUndecided(list(dict.fromkeys(waiting)))
    return ready


def _identifier(name: str, names: Register, taken: set[str]) -> str:
    wanted = transcript_id(re.sub(r"[\[\]]", "", redact(name, names)))
    unique, number = wanted, 2
    while unique.casefold() in taken:
        unique, number = f"{wanted}-{number}", number + 1
    taken.add(unique.casefold())
    return unique


def _labels(door: Door, record: Transcript) -> dict[str, str]:
    """Return what speakers are called: participants by their ids, the others by what they do."""
    found: dict[str, str] = {}
    taken = {speaker.label.casefold() for speaker in record.speakers if not may_be_a_name(speaker.label)}
    for speaker in record.speakers:
        known = find_identity(door.key, speaker.label) if may_be_a_name(speaker.label) else None
        if known is None:
            continue
        sign = "I" if speaker.role == "interviewer" else "X"
        numbered = (sign if number == 1 else f"{sign}{number}" for number in range(1, len(taken) + 2))
        found[speaker.label] = known.participant or next(label for label in numbered if label.casefold() not in taken)
        taken.add(found[speaker.label].casefold())
    return found


def _header(new: Transcript, record: Transcript, names: Register) -> Transcript:
    """Return a transcript that tells of its original by hash, and by path where that names nobody."""
    return replace(
        new,
        source=record.source if redact(record.source, names) == record.source else "",
        source_sha256=record.source_sha256,
        title=redact(record.title, names),
        publisher=redact(record.publisher, names),
        extra=MappingProxyType({key: redact(value, names) for key, value in record.extra.items()}),
    )


def _refuse_names(record: Transcript, key: Identities) -> None:
    text = render_transcript(record)
    named = [found for found in find_forms(text, key) if not found.ambiguous and found.how != "misspelt"]
    # What a name was replaced by may be written as another's: an id, or what an interviewer is called.
    shown = {folded(one.print_form("nb")) for one in key.identities}
    lines = [text.count("\n", 0, one.start) + 1 for one in named if folded(text[one.start : one.end]) not in shown]
    if lines:
        raise NameLeft(record.id, lines)


def save_door(door: Door) -> None:
    """Write the key where it lies, and the words that name nobody, pseudonyms among them, into the register.

    Args:
        door: Its study is locked by the caller's process.
    """
    before, _ = register.read_key(door.study)
    text = register.key_text(door.study) or render_identities(Identities(seed=door.register.seed))
    for one in door.key.identities:
        if one not in before.identities:
            text = with_identity(text, one)
    if door.key.identities:
        register.save_key(door.study, text)
    known = {folded(one.form) for one in register.good_register(door.study).passed}
    reason = printed("masked-reason", door.language())
    shown = [
        Passed(one.print_form(door.language()), reason=reason, by=door.who, date=studies.now()[:10])
        for one in door.key.identities
        if not one.participant and may_be_a_name(one.print_form(door.language()))
    ]
    text = register.register_text(door.study)
    new = [one for one in (*door.register.passed, *shown) if folded(one.form) not in known]
    for passed in {folded(one.form): one for one in new}.values():
        text = with_passed(text, passed)
    if new:
        register.save_register(door.study, text)
