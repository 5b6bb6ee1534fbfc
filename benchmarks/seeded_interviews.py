"""Invented interviews with a list of everything in them that identifies, and how much of it the detectors see.

Each interview is a transcript `NAME.txt`, as a researcher has it, with `NAME.yaml` beside it:

    language: nb
    entities:
      - {id: p1, type: person, class: direct, forms: [Nasteexo, Nasteexos]}
      - {id: s1, type: place, class: quasi, forms: [Halden, Halden-mannen]}

Labels of speakers are known and masked by the register, so a form that stands in labels only is left out. Scored as the
Text Anonymization Benchmark does: an entity is found only where every occurrence of every form is
covered. ERdi is the share of direct identifiers, ERqi that of quasi-identifiers.

There are eight sets. The detectors were tuned on `dev`, `dev-2`, `dev-3` and `dev-4`, a round each, and scored on
`held-out`, `held-out-2`, `held-out-3` and `held-out-4`, which were written by people who had not seen the detectors. In
the later six a form is as short as leaves nothing that tells when it is covered: of "midt i førtiåra" it is "førtiåra".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.identifying import Share, coverage
from qualkit.anonymisation.detecting import detect
from qualkit.identity import Hit

FOLDER = Path(__file__).parent / "seeded"
SETS = ("dev", "held-out", "dev-2", "held-out-2", "dev-3", "held-out-3", "dev-4", "held-out-4")

Detect = Callable[..., Sequence[Hit]]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entity:
    """What identifies in an interview, with every form it takes there.

    Attributes:
        direct: Or quasi.
    """

    id: str
    type: str
    direct: bool
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """An invented interview.

    Attributes:
        speech: Where somebody speaks.
        variant: How it is written: cased, lower, upper, or as a recogniser writes.
        only_labels: Forms of its register that stand in labels of speakers only, and are left out.
    """

    name: str
    text: str
    speech: tuple[tuple[int, int], ...]
    language: str
    entities: tuple[Entity, ...]
    variant: str = ""
    only_labels: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """An entity that was not covered everywhere, and the words that stayed open."""

    interview: str
    entity: Entity
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """What the detectors saw of some interviews.

    Attributes:
        types: What was found of each type, direct or not.
    """

    direct: Share
    quasi: Share
    false: Share
    missed: tuple[Missed, ...]
    types: tuple[tuple[str, Share], ...] = ()


def interviews(folder: Path) -> Iterator[Interview]:
    """Yield the interviews of a folder in the order of their names.

    Raises:
        ValueError: If an entity has a class that is unknown, or a form that stands nowhere.
    """
    for path in sorted(folder.glob("*.txt")):
        yield _interview(path)


def interviews_of(name: str) -> Iterator[Interview]:
    """Yield the interviews of one of the sets that stand in the folder.

    Raises:
        ValueError: If there is no such set, or its register is wrong.
    """
    if name not in SETS:
        raise ValueError(f"there is no set {name}: choose among {', '.join(SETS)}")
    yield from interviews(FOLDER / name)


def _interview(path: Path) -> Interview:
    import yaml

    from qualkit.transcripts.reading import read_original

    told = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    language = str(told["language"])
    transcript = read_original(path, transcript_id="T", language=language).transcript
    speech = tuple((turn.start, turn.end) for turn in transcript.turns)
    entities = tuple(_entity(item) for item in told.get("entities") or [])
    found = Interview(path.stem, transcript.text, speech, language, entities, str(told.get("variant", "")))
    written = path.read_text(encoding="utf-8-sig")
    absent, labels, kept = [], 0, []
    for entity in entities:
        forms = tuple(form for form in entity.forms if any(places(form, found)))
        silent = [form for form in entity.forms if form not in forms]
        absent += [f"{entity.id}: form {entity.forms.index(form) + 1}" for form in silent if not _labels(form, written)]
        labels += len(silent)
        if forms:
            kept.append(replace(entity, forms=forms))
    if absent:
        raise ValueError(f"{path.name}: these stand nowhere in what is said, nor in a label: {', '.join(absent)}")
    return replace(found, entities=tuple(kept), only_labels=labels)


def _labels(form: str, written: str) -> bool:
    """Whether a form stands in what a line has before its colon, a time mark aside."""
    return bool(
        re.search(
            rf"^(?:\[[\d:.]+\] *)?[^:\n]{{0,60}}?(?<!\w){re.escape(form)}(?!\w)[^:\n]{{0,40}}:", written, re.MULTILINE
        )
    )


def _entity(item: dict[str, object]) -> Entity:
    if item["class"] not in ("direct", "quasi"):
        raise ValueError(f"{item['id']}: class is direct or quasi")
    forms = item["forms"]
    assert isinstance(forms, list)
    return Entity(str(item["id"]), str(item["type"]), item["class"] == "direct", tuple(map(str, forms)))


def places(form: str, interview: Interview) -> Iterator[tuple[int, int]]:
    """Yield where a form stands in what is said, as a whole word or words."""
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", interview.text):
        if any(start <= match.start() and match.end() <= end for start, end in interview.speech):
            yield match.span()


def score(found: Sequence[Interview], detected: Detect = detect, without: frozenset[str] = frozenset()) -> Scored:
    """Return what the detectors see of some interviews."""
    entities = {True: [0, 0], False: [0, 0]}
    types: dict[str, list[int]] = {}
    missed: list[Missed] = []
    words = wrong = 0
    for interview in found:
        hits = detected(interview.text, language=interview.language, speech=interview.speech, without=without)
        touched = coverage(len(interview.text), hits)
        marked = bytearray(len(interview.text))
        for entity in interview.entities:
            spans = [span for form in entity.forms for span in places(form, interview)]
            for start, end in spans:
                marked[start:end] = b"\x01" * (end - start)
            open_words = tuple(interview.text[a:b] for a, b in spans if not _covered(interview.text, touched, a, b))
            for tally in (entities[entity.direct], types.setdefault(entity.type, [0, 0])):
                tally[0] += not open_words
                tally[1] += 1
            if open_words:
                missed.append(Missed(interview.name, entity, open_words))
        for start, end in interview.speech:
            for word in _WORD.finditer(interview.text, start, end):
                words += 1
                wrong += touched[word.end()] > touched[word.start()] and not any(marked[word.start() : word.end()])
    return Scored(
        Share(*entities[True]),
        Share(*entities[False]),
        Share(wrong, words),
        tuple(missed),
        tuple((kind, Share(*tally)) for kind, tally in sorted(types.items())),
    )


def together(parts: Sequence[Scored]) -> Scored:
    """Return what was seen of several groups of interviews together."""
    kinds: dict[str, list[Share]] = {}
    for kind, share in (item for part in parts for item in part.types):
        kinds.setdefault(kind, []).append(share)
    return Scored(
        _sum(part.direct for part in parts),
        _sum(part.quasi for part in parts),
        _sum(part.false for part in parts),
        tuple(missed for part in parts for missed in part.missed),
        tuple((kind, _sum(shares)) for kind, shares in sorted(kinds.items())),
    )


def _sum(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(sum(share.found for share in listed), sum(share.of for share in listed))


def _covered(text: str, touched: Sequence[int], start: int, end: int) -> bool:
    """Whether hits cover every letter and digit of a stretch."""
    return all(touched[at + 1] > touched[at] for at in range(start, end) if text[at].isalnum())
