"""What detectors see in a study, found once and kept: a second run reads only what the first one found.

Hits are kept under the hash of the text that was searched and the versions of the detectors; see `kept_hits`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from qualkit import study as studies
from qualkit.anonymisation.candidates import PLACES, Candidate, Source, Wanted, candidates
from qualkit.engine import default_jobs, over_chunks
from qualkit.errors import Problem
from qualkit.identity import Hit, Identities
from qualkit.kept_hits import forget_others, key_of, read_hits, write_hits
from qualkit.material import speaker_ids
from qualkit.model import Codebook, Participant, Span, Study, Theme, Transcript
from qualkit.text import sha256_hex

Tell = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""

SCANNING = "searching transcripts"
WINDOW = 300
"""Characters around a place that decide what stands there."""

_KEPT = 32
_WORD = re.compile(r"[^\W\d_]+")


class Detect(Protocol):
    """Searches a text; see `qualkit.anonymisation.detecting.detect`."""

    def __call__(self, text: str, *, language: str, speech: Sequence[tuple[int, int]] | None = None) -> Sequence[Hit]:
        """Return the hits of all detectors in a text."""


@dataclass(frozen=True, slots=True)
class Detectors:
    """What is searched with.

    Attributes:
        detect: Runs all of them; picklable.
        versions: Of each, by its id.
    """

    detect: Detect
    versions: Mapping[str, int | str]


def every_detector() -> Detectors:
    """Return all detectors of qualkit."""
    from qualkit.anonymisation.detecting import DETECTORS, detect

    return Detectors(detect, DETECTORS)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did.

    Attributes:
        searched: Transcripts that were searched now.
        known: Those whose hits were kept.
        problems: What is wrong with transcripts that could not be read.
    """

    searched: int
    known: int
    problems: tuple[Problem, ...] = ()


def scan(
    study: Study,
    detectors: Detectors | None = None,
    *,
    jobs: int | None = None,
    tell: Tell = lambda _what, _done, _total: None,
) -> Scanned:
    """Search every transcript that was not searched yet, on all cores, and keep what was found.

    Args:
        study: An open study. Only its cache is written to.
        detectors: All of qualkit's, if none are given.
        jobs: Processes; the cores there are, if nothing is said.
        tell: Called as transcripts are done.
    """
    detectors = detectors or every_detector()
    names = studies.transcript_ids(study)
    problems: list[Problem] = []
    todo: list[str] = []
    kept: set[str] = set()
    for name in names:
        record, faults = studies.transcript_or_problems(study, name)
        problems += faults
        if record is None:
            continue
        kept.add(sha256_hex(record.text))
        if _cached(study, record, detectors) is None:
            todo.append(name)
    done = 0
    for size, _ in over_chunks(partial(_scan_chunk, study, detectors), todo, jobs=jobs or default_jobs(), least=1):
        done += size
        tell(SCANNING, done, len(todo))
    own = _own_text(list(own_sources(study)))
    kept.add(sha256_hex(own))
    forget_others(study, kept)
    return Scanned(len(todo), len(kept) - 1 - len(todo), tuple(problems))


def _scan_chunk(study: Study, detectors: Detectors, names: Sequence[str]) -> int:
    for name in names:
        record, _ = studies.transcript_or_problems(study, name)
        if record is not None:
            _search(study, record, detectors)
    return len(names)


def queue(
    study: Study,
    identities: Identities,
    detectors: Detectors | None = None,
    *,
    places: int = PLACES,
    wanted: Wanted = lambda _: True,
    transcripts: Iterable[str] | None = None,
) -> list[Candidate]:
    """Return what waits to be decided in a study, as `qualkit.anonymisation.candidates.candidates` orders it.

    Args:
        study: An open study; what was not searched yet is searched.
        identities: Its register.
        detectors: All of qualkit's, if none are given.
        places: How many places of each candidate come with their context.
        wanted: Says of a place whether it is asked for.
        transcripts: Only these, and nothing of the researcher's own texts.
    """
    texts = sources(study, detectors or every_detector(), transcripts)
    return candidates(texts, identities, places=places, wanted=wanted)


def sources(
    study: Study, detectors: Detectors, transcripts: Iterable[str] | None = None
) -> Iterator[tuple[Source, Sequence[Hit]]]:
    """Yield every text that may be printed with the hits in it: transcripts, then what the researcher wrote."""
    participants, _ = studies.read_participants(study)
    for name in studies.transcript_ids(study) if transcripts is None else transcripts:
        record, _ = studies.transcript_or_problems(study, name)
        if record is not None:
            yield transcript_source(record, participants), hits_in(study, record, detectors)
    if transcripts is None:
        own = list(own_sources(study))
        yield from zip(own, _own_hits(study, own, detectors), strict=True)


def transcript_source(record: Transcript, participants: Sequence[Participant]) -> Source:
    """Return a transcript as a text that is searched."""
    ids = speaker_ids(record, participants)
    return Source(
        record.id,
        record.text,
        speaking=tuple((turn.label_start, ids.get(turn.speaker or "", "")) for turn in record.turns),
    )


def hits_in(study: Study, record: Transcript, detectors: Detectors | None = None) -> tuple[Hit, ...]:
    """Return what detectors see in a transcript, out of the cache where it was searched before."""
    detectors = detectors or every_detector()
    known = _cached(study, record, detectors)
    return _search(study, record, detectors) if known is None else known


def texts(study: Study) -> Callable[[str], str | None]:
    """Return what gives the text of a transcript, or a piece of the researcher's own; the last few are kept."""
    own = {source.id: source.text for source in own_sources(study)}
    kept: dict[str, str | None] = {}

    def text_of(name: str) -> str | None:
        if name in own or "/" in name:
            return own.get(name)
        if name not in kept:
            if len(kept) >= _KEPT:
                kept.pop(next(iter(kept)))
            record, _ = studies.transcript_or_problems(study, name)
            kept[name] = record.text if record else None
        return kept[name]

    return text_of


def vocabulary(study: Study) -> frozenset[str]:
    """Return every word of a study's transcripts, in small letters."""
    words: set[str] = set()
    for name in studies.transcript_ids(study):
        record, _ = studies.transcript_or_problems(study, name)
        if record is not None:
            words.update(_WORD.findall(record.text.casefold()))
    return frozenset(words)


def cached_queue(study: Study, identities: Identities, detectors: Detectors | None = None) -> list[Candidate] | None:
    """Return what waits, if every transcript was searched before; None where one was not. Searches nothing."""
    detectors = detectors or every_detector()
    participants, _ = studies.read_participants(study)
    found: list[tuple[Source, Sequence[Hit]]] = []
    for name in studies.transcript_ids(study):
        record, _ = studies.transcript_or_problems(study, name)
        hits = () if record is None else _cached(study, record, detectors)
        if hits is None:
            return None
        if record is not None:
            found.append((transcript_source(record, participants), hits))
    return candidates(found, identities, places=0)


# --- the researcher's own texts ---------------------------------------------------------------------


def own_sources(study: Study) -> Iterator[Source]:
    """Yield what the researcher wrote and tables print: title, headings, names of codes, attributes."""
    if study.settings.title:
        yield Source(f"{studies.SETTINGS}/title", study.settings.title, f"{studies.SETTINGS}: the title")
    yield from _of_themes(study)
    yield from _of_codebook(studies.read_codebook(study)[0])
    yield from _condensed(study)
    for number, answer in studies.read_reporting(study)[0].coreq.items():
        if answer.text:
            yield Source(f"{studies.REPORTING}/coreq/{number}", answer.text, f"{studies.REPORTING}: item {number}")
    for cell in studies.read_framework(study)[0]:
        where = f"{studies.FRAMEWORK}: {cell.case} and {cell.theme}"
        yield Source(f"{studies.FRAMEWORK}/{cell.case}/{cell.theme}", cell.text, where)
    yield from _noted(study)
    path = studies.participants_path(study)
    for person in studies.read_participants(study)[0]:
        for key, text in person.attributes.items():
            if text and path is not None:
                yield Source(f"{path.name}/{key}/{person.id}", text, f"{path.name}: {key} of {person.id}")


def _of_themes(study: Study) -> Iterator[Source]:
    """Yield what themes say, what they were called, where they were announced, and what stands on the map."""
    file = studies.THEMES
    for theme in _themes(studies.read_themes(study)[0]):
        keys = ("heading", "concept", "definition", "test", "includes", "excludes", "text", "origin", "why")
        told = [(key, str(getattr(theme, key))) for key in keys]
        told += [(f"origin of {code}", origin) for code, origin in theme.origins.items()]
        for number, earlier in enumerate(theme.earlier, 1):
            told += [(f"earlier {earlier.what} {number}", earlier.words), (f"why {number}", earlier.why)]
        for key, text in told:
            if text:
                yield Source(f"{file}/{key}/{theme.id}", text, f"{file}: {key} of {theme.id}")
    for number, one in enumerate(studies.read_announced(study)[0], 1):
        for key, text in [("where", one.where), *(("heading", heading) for _, heading in one.themes)]:
            if text:
                yield Source(f"{file}/announced {key}/{number}", text, f"{file}: {key} of what was announced")
    drawn, _ = studies.read_map(study)
    if drawn is not None:
        for number, text in enumerate([drawn.title, *(link.name for link in drawn.links)]):
            if text:
                yield Source(f"{file}/map/{number}", text, f"{file}: {'a link' if number else 'title'} of the map")


def _of_codebook(codebook: Codebook) -> Iterator[Source]:
    """Yield what a codebook says, examples among it, which are informants' words."""
    if codebook.title:
        yield Source(f"{studies.CODEBOOK}/title", codebook.title, f"{studies.CODEBOOK}: the title")
    for code in codebook.walk():
        texts = [(key, getattr(code, key)) for key in ("name", "definition", "brief", "note")]
        for key in ("use_when", "not_when", "examples"):
            texts += [(f"{key} {number}", text) for number, text in enumerate(getattr(code, key), 1)]
        for key, text in texts:
            if text:
                yield Source(f"{studies.CODEBOOK}/{key}/{code.id}", text, f"{studies.CODEBOOK}: {key} of {code.id}")


def _condensed(study: Study) -> Iterator[Source]:
    """Yield names of code groups and subgroups, condensates, analytic texts and condensed units."""
    file = studies.CONDENSATES
    for group in studies.read_condensates(study)[0]:
        if group.name:
            yield Source(f"{file}/name/{group.code}", group.name, f"{file}: name of the group {group.code}")
        for one in group.subgroups:
            told = {"name": one.name, "condensate": one.condensate, "analytic": one.analytic}
            for key, text in told.items():
                if text:
                    yield Source(f"{file}/{key}/{one.id}", text, f"{file}: {key} of {one.id}")
    for unit in studies.read_condensed(study)[0]:
        if unit.text:
            file = studies.CONDENSED
            yield Source(f"{file}/text/{unit.coding}", unit.text, f"{file}: text of {unit.coding}")


def _noted(study: Study) -> Iterator[Source]:
    """Yield what analysts noted while reading, and the interview guide."""
    seen: Counter[str] = Counter()
    for one in studies.read_reflections(study)[0]:
        if one.kind == "asked":
            continue
        file = f"{studies.REFLECTIONS}/{one.by}.yaml"
        name = one.about if one.kind == "theme" else ""
        for key, text in (("text", one.text), ("changed", one.changed), ("name", name)):
            if text:
                place = f"{one.kind} {key} {one.about}" if one.kind != "theme" else f"{one.kind} {key}"
                seen[f"{file}/{place}"] += 1
                number = seen[f"{file}/{place}"]
                yield Source(f"{file}/{place}/{number}", text, f"{file}: {one.kind} on line {one.line}")
    guide = studies.read_guide(study)[0]
    for question in guide.questions:
        for key, text in (("question", question.wording), ("part", question.part)):
            if text:
                where = f"{studies.GUIDE}: {key} of {question.id}"
                yield Source(f"{studies.GUIDE}/{key}/{question.id}", text, where)


def own_texts(study: Study, detectors: Detectors) -> Iterator[tuple[Source, Sequence[Hit]]]:
    """Yield what the researcher wrote and tables print, with the hits in it."""
    own = list(own_sources(study))
    yield from zip(own, _own_hits(study, own, detectors), strict=True)


def _themes(themes: Iterable[Theme]) -> Iterator[Theme]:
    for theme in themes:
        yield theme
        yield from _themes(theme.subthemes)


def _own_text(own: Sequence[Source]) -> str:
    return "\n".join(" ".join(source.text.split("\n")) for source in own)


def _own_hits(study: Study, own: Sequence[Source], detectors: Detectors) -> Iterator[list[Hit]]:
    """Yield the hits in each of the researcher's own texts; they are searched as one, a line each."""
    text = _own_text(own)
    language = study.settings.language
    key = key_of(detectors.versions, language, None)
    hits = read_hits(study, text, key)
    if hits is None:
        hits = tuple(detectors.detect(text, language=language)) if text else ()
        write_hits(study, text, key, hits)
    at = 0
    for source in own:
        end = at + len(source.text)
        yield [_moved(hit, -at) for hit in hits if at <= hit.start and hit.end <= end]
        at = end + 1


def _moved(hit: Hit, by: int) -> Hit:
    return Hit(hit.start + by, hit.end + by, hit.detector, hit.type, hit.cls, hit.note)


def _search(study: Study, record: Transcript, detectors: Detectors) -> tuple[Hit, ...]:
    found: dict[Hit, None] = {}
    for language, speech in _speech(record).items():
        found.update(dict.fromkeys(detectors.detect(record.text, language=language, speech=speech)))
    hits = tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.detector)))
    write_hits(study, record.text, _record_key(record, detectors), hits)
    return hits


def _cached(study: Study, record: Transcript, detectors: Detectors) -> tuple[Hit, ...] | None:
    return read_hits(study, record.text, _record_key(record, detectors))


def _speech(record: Transcript) -> dict[str, list[tuple[int, int]] | None]:
    """Return, by language, where somebody speaks it; speakers' labels are no speech. None where nobody takes turns."""
    if not record.turns:
        return {record.language: None}
    spoken: dict[str, list[tuple[int, int]] | None] = {}
    languages = {speaker.label: speaker.language for speaker in record.speakers}
    for turn in record.turns:
        language = languages.get(turn.speaker or "") or record.language
        ranges = spoken.setdefault(language, [])
        if ranges is not None:
            ranges.append((turn.start, turn.end))
    return spoken


def _record_key(record: Transcript, detectors: Detectors) -> str:
    return key_of(detectors.versions, record.language, _speech(record))


def printed(study: Study) -> list[Span]:
    """Return the passages that could be printed today: accepted, or chosen for print."""
    codings, _ = studies.read_all_codings(study)
    chosen = {name for theme in _themes(studies.read_themes(study)[0]) for name in theme.quotations}
    return [one.unit.span for one in codings if one.status == "accepted" or one.id in chosen]


def in_passages(passages: Iterable[Span]) -> Wanted:
    """Return what says whether a place lies in one of some passages, in part at least; own texts always do.

    Example:
        >>> asked = in_passages([Span("I1", 10, 20)])
        >>> asked(Span("I1", 18, 22)), asked(Span("I1", 20, 24)), asked(Span("themes.yaml/heading/t1", 0, 4))
        (True, False, True)
    """
    by_transcript: dict[str, list[Span]] = {}
    for span in passages:
        by_transcript.setdefault(span.transcript, []).append(span)

    def wanted(place: Span) -> bool:
        if "/" in place.transcript:
            return True
        return any(
            span.start < place.end and place.start < span.end for span in by_transcript.get(place.transcript, ())
        )

    return wanted
