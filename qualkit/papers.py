"""Transcripts on paper: for the researcher's desk as they are, or rendered as what is printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from qualkit import study as studies
from qualkit.anonymisation.redactor import NotVerbatim, Register, Rendered, redact, rendered
from qualkit.clearing import Draft, Undecided, Unresolved, register_of
from qualkit.document import Paper, PaperLine, Passage
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.exporting import UNREVIEWED, refuse_to_overwrite, write_exported
from qualkit.gate import text_of_file, words_of
from qualkit.language.printed import PHRASES, printed
from qualkit.linenumbers import WIDTH, lay_lines, line_at
from qualkit.markup import colour_of
from qualkit.material import Material, speaker_ids, speakers_of
from qualkit.model import READ_FIRST, Coding, Span, Transcript
from qualkit.passing import passed
from qualkit.rendering import framework
from qualkit.text import nfc, transcript_id

CONFIDENTIAL = ".confidential"
"""In the name of a transcript as it was said."""

_AS_IT_IS = Register({}, {})


class NotForExport(QualkitError):
    """A working paper would be put where things lie that may leave the study."""

    hint = "Leave -o out, or render the transcripts: qualkit export transcripts --rendered"

    def __init__(self) -> None:
        super().__init__("exports/ holds what may leave; transcripts as they were said are not put there")


def export_transcripts(
    material: Material,
    wanted: Sequence[str] = (),
    *,
    folder: Path | None = None,
    render: bool = False,
    with_proposals: bool = False,
    force: bool = False,
    draft: Draft | None = None,
) -> list[Path]:
    """Write transcripts as Word files with numbered lines and the codes beside them.

    Args:
        material: Of the study.
        wanted: Ids; all where none is named.
        folder: Where to; None for working/, or exports/ if they are rendered.
        render: Put ids in the place of names and leave out who may not be quoted; such files pass the gate.
        with_proposals: Show what rules propose too; never in STC and reflexive studies.
        force: Write over files that are there.
        draft: Who wants rendered ones before everything in them is decided, and why.

    Returns:
        The files written.

    Raises:
        NoTranscript: If one is not there.
        NotForExport: If they would lie in exports/ as they were said.
        FaultyFiles: If they are to be rendered while a file has faults.
        NotVerbatim: If a transcript was changed under a coding.
        Unresolved: If a rendered one holds something that nobody has decided about.
        WouldLeak: If a rendered one holds a name of the register.
    """
    study = material.study
    known = list(material.transcripts)
    for name in map(nfc, wanted):
        if name not in material.transcripts:
            raise studies.NoTranscript(name, known)
    exports = studies.exports_folder(study)
    if not render and folder is not None and exports.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise NotForExport
    faults = material.faults()
    if render and faults:
        raise FaultyFiles(faults, "a file that the print rests on has faults; nothing was written")
    register = register_of(material) if render else _AS_IT_IS
    target = folder or (exports if render else studies.working_folder(study))
    papers: dict[Path, tuple[str, Paper]] = {}
    mark = "confidential" if not render else "not-anonymised" if draft else "pseudonymised"
    for name in map(nfc, wanted or known):
        paper = transcript_paper(
            material, material.transcripts[name], register, render=render, proposals=with_proposals, mark=mark
        )
        ending = CONFIDENTIAL if not render else UNREVIEWED if draft else ""
        papers[_free(target, paper.id, ending, papers)] = name, paper
    refuse_to_overwrite(study, papers, named=folder is not None, force=force)
    from qualkit.exports.paper import render_paper

    if not render:
        write_exported(study, {path: render_paper(paper) for path, (_, paper) in papers.items()})
        return list(papers)
    ready: dict[Path, bytes] = {}
    undecided: list[Undecided] = []
    for path, (name, paper) in papers.items():
        data = render_paper(paper)
        spans = _open_turns(material, material.transcripts[name])
        said = [paper.facts, *(line.text for line in paper.lines)]
        try:
            ready[path] = passed(
                data, path, material, passages=spans, said=said, ours=paper_framework(paper.language), draft=draft
            )
        except Unresolved as error:
            undecided += error.places
    if undecided:
        raise Unresolved(next(iter(papers)).name if len(papers) == 1 else target.name, undecided)
    write_exported(study, ready, draft=draft)
    return list(papers)


def _open_turns(material: Material, transcript: Transcript) -> list[Span]:
    """Return what is printed of a transcript: all but the turns of people who may not be quoted."""
    ids = speaker_ids(transcript, material.participants)
    barred = {person.id for person in material.participants if not person.may_quote}
    if not transcript.turns:
        return [Span(transcript.id, 0, len(transcript.text))]
    begins = [Span(transcript.id, 0, transcript.turns[0].label_start)]
    spans = [
        Span(transcript.id, turn.label_start, turn.end)
        for turn in transcript.turns
        if ids.get(turn.speaker or "") not in barred
    ]
    return [*begins, *spans]


@lru_cache(maxsize=4)
def paper_framework(language: str) -> frozenset[str]:
    """Return the words that a transcript on paper holds whatever was said."""
    from qualkit.exports.paper import render_paper

    passage = Passage(0, 0, 0, 1, "…", "#888888")
    paper = Paper("…", language, "…", "…", "…", (PaperLine(1, "…: …", 1, opens=True),), (passage,))
    return words_of(text_of_file(render_paper(paper))) | framework(".docx", language, "apa")


def _free(folder: Path, shown: str, ending: str, taken: Collection[Path]) -> Path:
    """Return a file's path; two transcripts named after one person would be printed under one id."""
    stem = transcript_id(shown.replace("[", "").replace("]", ""))
    path, number = folder / f"{stem}{ending}.docx", 2
    while path in taken:
        path, number = folder / f"{stem}-{number}{ending}.docx", number + 1
    return path


def transcript_paper(
    material: Material,
    transcript: Transcript,
    register: Register,
    *,
    render: bool,
    proposals: bool = False,
    mark: str = "confidential",
) -> Paper:
    """Return a transcript laid out in numbered lines, with the passages that are coded.

    Args:
        material: Of the study.
        transcript: One of its.
        register: What must not be printed; an empty one for the researcher's own desk.
        render: Leave out the words of who may not be quoted.
        proposals: Show what rules propose too.
        mark: On every page, a key of the print strings.
    """
    settings = material.study.settings
    language = settings.language
    whole = Rendered(transcript.text, range(len(transcript.text)))
    if render:
        whole = rendered(transcript.text, register, transcript=transcript.id)
    ids = speaker_ids(transcript, material.participants)
    barred = {person.id for person in material.participants if not person.may_quote} if render else set()
    numbered = lay_lines(transcript.text)
    lines = [
        _line(number, place, transcript, whole, barred=barred, ids=ids, note=printed("not-quoted", language))
        for number, place in enumerate(numbered, 1)
    ]
    shown = material.shown(with_proposals=proposals and settings.method not in READ_FIRST)
    codings = [one.coding for one in shown if one.coding.unit.span.transcript == transcript.id]
    open_ = [coding for coding in codings if not barred.intersection(speakers_of(coding, transcript, ids))]
    passages = _passages(material, transcript, open_, numbered, whole)
    kind = f"kind-{transcript.kind}"
    facts = printed(
        "paper-facts",
        language,
        kind=printed(kind, language) if kind in PHRASES else redact(transcript.kind, register),
        lines=len(lines),
        codings=len(passages),
    )
    return Paper(
        id=redact(transcript.id, register),
        language=language,
        facts=facts[:1].upper() + facts[1:],
        note=printed("paper-lines", language, width=WIDTH),
        mark=printed(mark, language),
        lines=tuple(lines),
        passages=tuple(passages),
    )


def _line(
    number: int,
    place: tuple[int, int],
    transcript: Transcript,
    whole: Rendered,
    *,
    barred: set[str],
    ids: dict[str, str],
    note: str,
) -> PaperLine:
    start, end = place
    turn = transcript.turn_at(start)
    opens = turn is not None and turn.label_start == start
    label = ""
    if turn is not None and opens and turn.speaker is not None:
        label = whole.between(start, min(turn.start, end))
    if turn is not None and ids.get(turn.speaker or "") in barred:
        return PaperLine(number, label + note if opens else "", len(label), opens)
    return PaperLine(number, whole.between(start, end), len(label), opens)


def _passages(
    material: Material,
    transcript: Transcript,
    codings: Sequence[Coding],
    numbered: Sequence[tuple[int, int]],
    whole: Rendered,
) -> list[Passage]:
    language = material.study.settings.language
    codes = {code.id: (code, number) for number, code in enumerate(material.codebook.walk())}
    several = len({coding.coder for coding in codings if coding.status == "accepted"}) > 1
    found = []
    for coding in codings:
        span = coding.unit.span
        if transcript.text[span.start : span.end] != coding.unit.text:
            raise NotVerbatim(str(span))
        if not numbered or span.start >= span.end:
            continue
        first, last = line_at(numbered, span.start) - 1, line_at(numbered, span.end - 1) - 1
        code, number = codes.get(coding.code, (None, 0))
        name = code.name if code is not None else coding.code
        by = printed("proposed", language) if coding.status == "proposed" else coding.coder if several else ""
        start = len(whole.between(numbered[first][0], max(span.start, numbered[first][0])))
        end = len(whole.between(numbered[last][0], min(span.end, numbered[last][1])))
        colour = (code.colour if code is not None else "") or colour_of(number)
        found.append(Passage(first, last, start, end, f"{name} ({by})" if by else name, colour))
    return found
