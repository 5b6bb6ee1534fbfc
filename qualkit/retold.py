"""Which exports and working papers retell somebody who withdraws: in a condensate, a summary, a theme's text.

A file that holds their words goes with them. One that holds what was written of their meaning units holds none of
their words, so it stays, and is named: only a person can tell what of it is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress

from qualkit import study as studies
from qualkit.errors import FaultyFiles, Problem
from qualkit.left_behind import views
from qualkit.model import Coding, Study, Theme
from qualkit.phrases import RUN, Phrases, phrases_of
from qualkit.reflection import Kind

_HINT = "Delete it; write the text again without them, and export again. Copies that were sent away are out of reach."
_NOTED: Mapping[Kind, str] = {"impression": "an impression", "note": "a note", "verdict": "a verdict"}
_SHORTEST = 12
"""Letters a text of few words has at least, to be looked for as a whole."""


def retelling(
    study: Study, gone: Sequence[Coding], participant: str, transcripts: Collection[str], going: Collection[str]
) -> list[Problem]:
    """Return a warning for each export and working paper that retells meaning units that go.

    Args:
        study: As it is now.
        gone: Codings that go.
        participant: Whose they are.
        transcripts: In which they speak.
        going: Files that are deleted anyway.
    """
    texts: dict[str, list[str]] = {}
    for what, text in _retold(study, gone, participant, transcripts):
        texts.setdefault(what, []).append(text)
    looked_for = {what: (phrases_of(some), _short(some)) for what, some in texts.items()}
    problems = []
    for folder in (studies.exports_folder(study), studies.working_folder(study)):
        for path in sorted(folder.rglob("*")) if looked_for and folder.is_dir() else []:
            file = studies.relative(study, path)
            if not path.is_file() or path.is_symlink() or file in going:
                continue
            seen = [view for _, view in views(path.read_bytes())]
            found = [what for what, (long, short) in looked_for.items() if _stands(seen, long, short)]
            if found:
                message = f"it retells what goes: {', '.join(found)}"
                problems.append(Problem(file, None, None, "exports", message, _HINT, "warning"))
    return problems


def _stands(seen: Sequence[str], long: Phrases, short: Sequence[str]) -> bool:
    return any(long.stand_in(view) or any(text in _folded(view) for text in short) for view in seen)


def _short(texts: Sequence[str]) -> list[str]:
    """Return texts of so few words that no run of them is looked for."""
    return [folded for text in texts if len(text.split()) < RUN and len(folded := _folded(text)) >= _SHORTEST]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _retold(
    study: Study, gone: Sequence[Coding], participant: str, transcripts: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what was written of codings that go: what it is, and its words, earlier ones too."""
    ids = {coding.id for coding in gone}
    codes = {coding.code for coding in gone if coding.status == "accepted"}
    # A file that cannot be read is told where it is needed; what the others hold is looked for all the same.
    with suppress(FaultyFiles):
        for theme in _walk(studies.read_themes(study)[0]):
            below = {code for one in _walk([theme]) for code in one.codes}
            if codes & below or ids & set(theme.quotations):
                said = (theme.text, theme.definition, theme.concept, theme.test, theme.includes, theme.excludes)
                earlier = [one.words for one in theme.earlier if one.what != "heading"]
                yield from ((f"the text of the theme “{theme.id}”", words) for words in (*said, *earlier) if words)
    with suppress(FaultyFiles):
        for subgroup in (one for group in studies.read_condensates(study)[0] for one in group.subgroups):
            if ids & {*subgroup.used(), subgroup.start}:
                what = f"the condensate of “{subgroup.id}”"
                yield from ((what, one.text) for one in subgroup.versions)
                if subgroup.condensate:
                    yield what, subgroup.condensate
                if subgroup.analytic:
                    yield f"the analytic text of “{subgroup.id}”", subgroup.analytic
    with suppress(FaultyFiles):
        for cell in studies.read_framework(study)[0]:
            if cell.case.casefold() == participant.casefold() or ids & {one.coding for one in cell.passages}:
                what = f"the summary of “{cell.theme}”"
                yield from ((what, words) for words in (cell.text, *(one.text for one in cell.versions)))
    with suppress(FaultyFiles):
        yield from (("a condensed unit", unit.text) for unit in studies.read_condensed(study)[0] if unit.coding in ids)
    with suppress(FaultyFiles):
        for one in studies.read_reflections(study)[0]:
            if one.kind in _NOTED and one.about in transcripts:
                yield f"{_NOTED[one.kind]} of {one.about}", one.text


def _walk(themes: Sequence[Theme]) -> Iterator[Theme]:
    for theme in themes:
        yield theme
        yield from _walk(theme.subthemes)
