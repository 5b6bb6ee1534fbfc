"""The gate: finished bytes are let through when nothing stands in them that must not, or that nobody decided about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from qualkit import study as studies
from qualkit.anonymisation.redactor import redact
from qualkit.clearing import Clearance, Draft, Unresolved, clearance
from qualkit.errors import QualkitError
from qualkit.gate import text_of_file, words_of
from qualkit.language.labels import may_be_a_name
from qualkit.material import Material
from qualkit.model import Decision, Span, Study

_PLACES = 6
"""As many places as a message names."""


class WouldLeak(QualkitError):
    """The finished file holds a name from the register, so it was not written."""

    def __init__(self, path: Path, people: Sequence[str], places: Sequence[str] = ()) -> None:
        where = f" ({'; '.join(places[:_PLACES])}{'; …' if len(places) > _PLACES else ''})" if places else ""
        super().__init__(
            f"{path.name} was not written: it holds a name of {', '.join(people)}",
            "The name, or whatever was decided about, stands in your own text (a heading, a code's name, an attribute) "
            f"or in a transcript's name{where}. Write something else there, a wider value for an attribute; for a "
            "transcript's name, give the person an id in participants.csv.",
        )


def passed(
    data: bytes,
    path: Path,
    material: Material,
    *,
    passages: Iterable[Span] = (),
    said: Iterable[str] = (),
    ours: frozenset[str] = frozenset(),
    draft: Draft | None = None,
) -> bytes:
    """Return a file's bytes if nothing stands in them that must not, or that nobody has decided about.

    Args:
        data: As they would be written.
        path: Where to.
        material: Of the study.
        passages: Of transcripts, whose words are in it.
        said: Those words as they are printed.
        ours: Words of the program's own in such a file.
        draft: Who wants it before everything in it is decided; only names of the register stop it then.

    Raises:
        WouldLeak: If a name of the register stands in them, or in the file's name.
        Unresolved: If something in them was not decided.
    """
    cleared = clearance(material)
    said = tuple(said)
    text = text_of_file(data)
    # Before names are looked for: what stands in a query is told as that, and how it is decided.
    asked = cleared.undecided_queries() if draft is None else []
    if asked:
        raise Unresolved(path.name, asked)
    found = cleared.leaks(f"{text}\n{path.stem}", said)
    if found:
        raise WouldLeak(path, found, _own_places(cleared, text))
    if draft is not None:
        return data
    own = cleared.own()
    standing = [(source, hits) for source, hits in own if stands_in(source.text, text)]
    undecided = [*cleared.undecided(passages), *cleared.undecided_own(standing)]
    known = ours.union(*map(words_of, said), *(words_of(source.text) for source, _ in own), structure(material))
    known = known.union(*(words_of(redact(query, cleared.register)) for query in material.queries))
    # Of a transcript's name, only what was put in the place of a name was decided.
    known = known.union(*(words_of(redact(one, cleared.register)) - words_of(one) for one in material.transcripts))
    undecided += cleared.strange(text, known, f"{path.name}: text that stands in no table")
    undecided += cleared.strange_name(path, known)
    if undecided:
        raise Unresolved(path.name, undecided)
    return data


def _own_places(cleared: Clearance, text: str) -> list[str]:
    """Return where in what the researcher wrote something stands that must not be printed, and that a text holds."""
    own = [source for source, _ in cleared.own() if stands_in(source.text, text) and cleared.leaks(source.text)]
    names = sum(stands_in(name, text) and bool(cleared.leaks(name)) for name in cleared.material.transcripts)
    told = [source.where or source.id for source in own]
    return list(dict.fromkeys([*told, *([f"the names of transcripts: {names}"] if names else [])]))


def structure(material: Material) -> frozenset[str]:
    """Return the words that name parts of a study in its tables and were given by the researcher's own hand."""
    ids = [
        *(person.id for person in material.participants if not may_be_a_name(person.id)),
        *(name for name in material.transcripts if not may_be_a_name(name)),
        *(f"{code.id} {code.level}" for code in material.codebook.walk()),
        *material.codebook.levels,
        *(extract.coding.coder for extract in material.extracts),
        *(one.by for one in material.reflections),
        *(question.id for question in material.guide.questions),
        *(f"{extract.coding.id} {extract.coding.origin} {extract.participant}" for extract in material.extracts),
        *clearance(material).register.whole.values(),
        *(theme.id for theme in material.themes),
    ]
    return frozenset().union(*map(words_of, ids))


def stands_in(words: str, text: str) -> bool:
    """Return whether words stand in a text, however its lines are broken.

    Example:
        >>> stands_in("Å ringe  noen", "Å ringe\\nnoen, og mer"), stands_in("ring", "Å ringe")
        (True, False)
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", text))


def told_in_trail(study: Study, draft: Draft | None, paths: Iterable[Path]) -> None:
    """Tell in the trail that files were written before everything in them was decided, and why."""
    if draft is not None:
        when = studies.now()
        done = [
            Decision(when, draft.who, "export unreviewed", f"export {path.name}", why=draft.reason) for path in paths
        ]
        studies.append_decision(study, *done)
