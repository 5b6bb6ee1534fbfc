"""Codings of a transcript from which a person's turns are taken: which go, and where the others stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from qualkit import study as studies
from qualkit.coding.codings import render_codings, unit_at
from qualkit.erasure import Begun
from qualkit.errors import FaultyFiles, Problem
from qualkit.model import RULES_CODER, Coding, Study
from qualkit.scrubbing import Going, fold_words, value_without
from qualkit.transcripts.erasing import Erased


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of all codings.

    Attributes:
        files: Bytes of coding files of transcripts that stay, by path relative to the study.
        gone: Codings that go.
        cut: Ids of those that run over several persons' turns and stay without this person's words.
    """

    files: Mapping[str, bytes]
    gone: tuple[Coding, ...]
    cut: frozenset[str]


def carry_codings(study: Study, erased: Mapping[str, Erased], going: Going, begun: Begun | None) -> Carried:
    """Return what becomes of all codings of transcripts that go or change.

    Args:
        study: Its coding files are read.
        erased: Transcripts that stay without the person's turns, by id.
        going: What goes.
        begun: Files that are done are passed over.

    Raises:
        FaultyFiles: If a line cannot be read, or a coding does not stand on its words.
    """
    kept: dict[str, bytes] = {}
    gone: list[Coding] = []
    problems: list[Problem] = []
    cut: set[str] = set()
    for coder, name, path in studies.coding_files(study):
        file = studies.relative(study, path)
        if begun is not None and begun.is_done(study, file):
            continue
        codings, faults = studies.read_codings(study, coder, name)
        if name in going.transcripts:
            gone += codings
        elif name in erased:
            problems += faults
            stay = []
            for number, coding in enumerate(codings, 1):
                carried = _carried(coding, coder, erased[name], going, file, number, problems)
                if carried is None:
                    gone.append(coding)
                else:
                    stay.append(carried)
                    if carried.unit.text != coding.unit.text:
                        cut.add(coding.id)
            kept[file] = render_codings(stay)
    if problems:
        raise FaultyFiles(problems, "codings must stand on their words before words are erased; nothing was done")
    return Carried(kept, tuple(gone), frozenset(cut))


def _carried(
    coding: Coding, coder: str, erased: Erased, going: Going, file: str, number: int, problems: list[Problem]
) -> Coding | None:
    """Return a coding as it stands on the text that is left, or None if it goes."""
    span = coding.unit.span
    stands = erased.before.text[span.start : span.end] == coding.unit.text
    if not stands and coding.anchor in ("lost", "ambiguous"):
        # It waits for a decision with its old words: whose they were shows in the words alone.
        said = fold_words(coding.unit.text)
        if not said or f" {said} " in going.theirs or going.words.stand_in(coding.unit.text):
            return None
        texts = (coding.unit.before, coding.unit.after)
        first, last = (text if text in erased.transcript.text else "" for text in texts)
        return _cleaned(replace(coding, unit=replace(coding.unit, before=first, after=last)), going)
    if not stands:
        hint = "Bring the codings up to date first: qualkit check tells what was changed."
        message = f"{span} no longer holds the words coded"
        problems.append(Problem(file, number, 1, "changed-transcript", message, hint))
        return coding
    place = erased.carried(span.start, span.end)
    touched = erased.touched(span.start, span.end)
    if place is None or (touched and coder == RULES_CODER):
        return None
    unit = unit_at(erased.transcript, *place)
    unit = replace(unit, span=replace(unit.span, transcript=span.transcript))
    anchor = "words-changed" if touched else coding.anchor
    carried = replace(coding, unit=unit, anchor=anchor, text_sha256=erased.transcript.sha256)
    return _cleaned(carried, going)


def _cleaned(coding: Coding, going: Going) -> Coding:
    extra = MappingProxyType(value_without(dict(coding.extra), going))
    return replace(coding, memo=going.words.taken_out(coding.memo, going.mark), extra=extra)
