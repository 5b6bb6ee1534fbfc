"""What of a study that is handed on nobody has decided about: in transcripts, and in what the researcher wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qualkit import study as studies
from qualkit.anonymisation.candidates import Source
from qualkit.clearing import Clearance, Undecided
from qualkit.material import Material, speaker_ids
from qualkit.model import Span
from qualkit.outgoing import Outgoing
from qualkit.shared_memos import memo_sources


def undecided_in(
    material: Material,
    cleared: Clearance,
    going: Outgoing,
    columns: Collection[str],
    *,
    memos: bool = False,
    word: bool,
) -> list[Undecided]:
    """Return the places that wait to be decided in what is handed on.

    Args:
        material: Of the study.
        cleared: What is known and decided.
        going: What is handed on.
        columns: Of participants.csv, that are handed on.
        memos: Whether memos are.
        word: Whether only transcripts and the names of codes are.
    """
    found = cleared.undecided(_passages(material, going))
    own = [(source, hits) for source, hits in cleared.own() if _travels(source.id, going, columns, word=word)]
    if not word:
        own += [(source, cleared.look(source.text)) for source in _more(material)]
    if memos and not word:
        own += [(source, cleared.look(source.text)) for source in memo_sources(material, going)]
    return found + cleared.undecided_own(own)


def _passages(material: Material, going: Outgoing) -> Iterator[Span]:
    """Yield all that is handed on of transcripts: everything but the words of those who may not be quoted."""
    barred = {person.id for person in material.participants if not person.may_quote}
    for name in going.transcripts:
        record = material.transcripts[name]
        ids = speaker_ids(record, material.participants)
        at = 0
        for turn in record.turns:
            if ids.get(turn.speaker or "") in barred:
                yield Span(name, at, turn.start)
                at = turn.end
        yield Span(name, at, len(record.text))


def _travels(source: str, going: Outgoing, columns: Collection[str], *, word: bool) -> bool:
    """Return whether a text of the researcher's is among what is handed on."""
    file, _, rest = source.partition("/")
    key, _, who = rest.partition("/")
    if file == "transcripts":
        return rest in going.transcripts
    if word:
        return file == studies.CODEBOOK and key == "name"
    if file in studies.PARTICIPANTS:
        people = {person.id for person in going.participants}
        return (
            who in (people if key == "id" else columns) if key in ("id", "column") else key in columns and who in people
        )
    return file in (studies.SETTINGS, studies.THEMES, studies.CODEBOOK)


def _more(material: Material) -> Iterator[Source]:
    """Yield what the researcher wrote that no table prints: the study's questions."""
    for number, question in enumerate(material.study.settings.questions, 1):
        yield Source(f"{studies.SETTINGS}/question/{number}", question, f"{studies.SETTINGS}: question {number}")
