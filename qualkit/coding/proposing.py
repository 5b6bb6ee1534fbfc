"""What the rules of a codebook propose for transcripts. Proposals are never decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualkit.coding.bounds import Bounds
from qualkit.coding.chunks import Chunk, language_of, languages_of, regex_places
from qualkit.coding.codebook import rules_of
from qualkit.coding.matching import compile_patterns, find
from qualkit.coding.passages import Passage, codings_of
from qualkit.coding.patterns import Pattern, explodes, parse_pattern
from qualkit.errors import Problem
from qualkit.language.words import Vocabulary
from qualkit.model import Code, Codebook, Coding, Rule, Transcript, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

CHECK = "rules"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A codebook's rules, read once.

    Attributes:
        rules: With the code each proposes, in the order of the file.
        patterns: Every distinct pattern of words.
        uses: By pattern: (rule number, "any" | "all" | "unless").
        regexes: Regular expressions: rule number, part, pattern.
    """

    rules: tuple[tuple[Code, Rule], ...]
    patterns: tuple[Pattern, ...]
    uses: tuple[tuple[tuple[int, str], ...], ...]
    regexes: tuple[tuple[int, str, Pattern], ...]


def read_rules(codebook: Codebook) -> RuleBook:
    """Return a codebook's rules with their patterns parsed; every distinct pattern once."""
    rules = tuple(rules_of(codebook))
    uses: dict[Pattern, list[tuple[int, str]]] = {}
    regexes: list[tuple[int, str, Pattern]] = []
    for number, (_, rule) in enumerate(rules):
        for part, texts in (("any", rule.any), ("all", rule.all), ("unless", rule.unless)):
            for order, text in enumerate(texts):
                pattern = replace(parse_pattern(text), language=rule.language)
                # Of "all", each pattern is a demand of its own.
                name = f"all{order}" if part == "all" else part
                if pattern.regex:
                    regexes.append((number, name, pattern))
                else:
                    uses.setdefault(pattern, []).append((number, name))
    return RuleBook(rules, tuple(uses), tuple(tuple(use) for use in uses.values()), tuple(regexes))


@dataclass(frozen=True, slots=True)
class _Found:
    """Matches of one transcript as arrays: rule, part of the rule, code points, and turn."""

    rule: Ints
    part: Ints
    start: Ints
    end: Ints
    turn: Ints


def propose_codings(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    *,
    coder: str,
    created: str,
    owners: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[dict[str, list[Coding]], list[Problem]]:
    """Propose a coding for every passage that a codebook rule matches.

    Texts are read once, whatever the number of rules, and the vocabulary is lemmatised, not the text.

    Args:
        transcripts: Canonical; only turns of the speakers a rule names are searched (by default all
            but interviewers).
        codebook: Without errors.
        coder: Recorded as the proposer.
        created: ISO 8601, UTC.
        owners: By transcript id: participants by speaker label, for rules that name participants.

    Returns:
        By transcript id: codings sorted by start, end, code; status "proposed"; and a Problem for
        every regular expression that took too long.

    Example:
        >>> from qualkit.coding.codebook import parse_codebook
        >>> from qualkit.transcripts.raw import Paragraph, RawText
        >>> from qualkit.transcripts.reading import transcribe
        >>> i3 = transcribe(RawText((Paragraph("I3: Me kan ringe kvarandre."),)), transcript_id="I3").transcript
        >>> ringe, _ = parse_codebook('codes: [{id: ringe, rules: ["lemma:ringe"]}]')
        >>> [c.unit.text for c in propose_codings([i3], ringe, coder="_rules", created="")[0]["I3"]]
        ['Me kan ringe kvarandre.']
    """
    passages, problems = propose_passages(transcripts, codebook, owners=owners)
    codings = {t.id: codings_of(t, passages[t.id], coder=coder, created=created) for t in transcripts}
    return codings, problems


def propose_passages(
    transcripts: Sequence[Transcript], codebook: Codebook, *, owners: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[dict[str, list[Passage]], list[Problem]]:
    """Return, by transcript id, the passages that `propose_codings` makes codings of, in their order."""
    book = read_rules(codebook)
    chunk = Chunk(transcripts, Vocabulary())
    spoken = [languages_of(transcript) for transcript in transcripts]
    found = {language: _matches(chunk, book, language) for language in sorted(set().union(*spoken))}
    proposals: dict[str, list[Passage]] = {}
    problems: list[Problem] = []
    for number, (transcript, languages) in enumerate(zip(transcripts, spoken, strict=True)):
        own = (owners or {}).get(transcript.id, {})
        matches = {language: found[language].of(chunk, number) for language in sorted(languages)}
        inside = _inside(transcript, matches, book, own, problems)
        proposals[transcript.id] = _passages(transcript, book, inside)
    return proposals, problems


@dataclass(frozen=True, slots=True)
class _Matches:
    """Matches of rules' parts in code points, in the order of the text."""

    rule: Ints
    part: Ints
    start: Ints
    end: Ints

    def of(self, chunk: Chunk, number: int) -> _Matches:
        """Return the matches in one transcript of the chunk, in that transcript's own offsets."""
        import numpy as np

        low, high = np.searchsorted(self.start, chunk.bases[number : number + 2])
        base = np.int32(chunk.bases[number])
        return _Matches(
            self.rule[low:high], self.part[low:high], self.start[low:high] - base, self.end[low:high] - base
        )


def _matches(chunk: Chunk, book: RuleBook, language: str) -> _Matches:
    """Return where the parts of all rules match, their words taken for words of one language."""
    import numpy as np

    words = chunk.words
    counts = np.bincount(words.ids, minlength=len(chunk.names))
    hits = find(words, compile_patterns(book.patterns, chunk.names, language, counts))
    rule, part, start, end = _spread(book, hits.pattern, words.starts[hits.first], words.ends[hits.last])
    order = np.argsort(start, kind="stable")
    return _Matches(rule[order], part[order], start[order], end[order])


def _inside(
    transcript: Transcript,
    matches: Mapping[str, _Matches],
    book: RuleBook,
    owners: Mapping[str, str],
    problems: list[Problem],
) -> _Found:
    """Keep the matches that lie inside one turn of a speaker whom the rule searches, in the turn's language."""
    import numpy as np

    turns = transcript.turns
    begins = np.array([turn.start for turn in turns], np.int32)
    ends = np.array([turn.end for turn in turns], np.int32)
    spoken = [language_of(transcript, turn) for turn in turns]
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    for language, found in matches.items():
        keep: NDArray[np.bool_] | slice = slice(None)
        if len(matches) > 1:
            mine = np.array([s == language for s in spoken], bool)
            at = np.searchsorted(begins, found.start, "right") - 1
            keep = (at >= 0) & mine[at]
        parts.append((found.rule[keep], found.part[keep], found.start[keep], found.end[keep]))
    parts.append(_search_regexes(transcript, book, problems))
    rule, part, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
    turn = (np.searchsorted(begins, start, "right") - 1).astype(np.int32)
    inside = (turn >= 0) & (len(turns) > 0)
    if len(turns) and len(book.rules):
        inside &= end <= ends[turn]
        inside &= _searched(transcript, book, owners)[rule, turn]
    return _Found(rule[inside], part[inside], start[inside], end[inside], turn[inside])


_PARTS = ("any", "unless")


def _part_number(part: str) -> int:
    """Number the parts of a rule: any 0, unless 1, the demands of "all" from 2."""
    return _PARTS.index(part) if part in _PARTS else 2 + int(part.removeprefix("all"))


def _spread(book: RuleBook, pattern: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Give every match of a pattern to every rule that uses it."""
    import numpy as np

    counts = np.array([len(use) for use in book.uses], np.int32)
    rules = np.array([rule for use in book.uses for rule, _ in use], np.int32)
    parts = np.array([_part_number(part) for use in book.uses for _, part in use], np.int32)
    begins = np.cumsum(counts) - counts
    times = counts[pattern] if len(counts) else np.zeros(0, np.int32)
    offsets = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    flat = np.repeat(begins[pattern], times) + offsets if len(counts) else np.zeros(0, np.int32)
    return rules[flat], parts[flat], np.repeat(start, times), np.repeat(end, times)


def _search_regexes(transcript: Transcript, book: RuleBook, problems: list[Problem]) -> tuple[Ints, Ints, Ints, Ints]:
    """Search each turn with each regular expression, for a second a transcript at most."""
    import numpy as np

    rows: list[tuple[int, int, int, int]] = []
    for number, part, pattern in book.regexes:
        try:
            mine = [(number, _part_number(part), *place) for place in regex_places(transcript, pattern)]
        except TimeoutError:
            _, rule = book.rules[number]
            line, column = rule.lines.get(pattern.text, (rule.line, rule.column))
            problem = Problem("codebook.yaml", line, column, CHECK, *explodes())
            if problem not in problems:
                problems.append(problem)
            continue
        rows += mine
    array = np.array(rows, np.int32).reshape(-1, 4)
    return array[:, 0], array[:, 1], array[:, 2], array[:, 3]


def _searched(transcript: Transcript, book: RuleBook, owners: Mapping[str, str]) -> NDArray[np.bool_]:
    """Return, rule by turn, whether the rule searches what is said there."""
    import numpy as np

    by_speakers: dict[tuple[str, ...], NDArray[np.bool_]] = {}
    rows = []
    for _, rule in book.rules:
        if rule.speakers not in by_speakers:
            wanted = {name.casefold() for name in rule.speakers}
            row = [_is_searched(transcript, turn, wanted, owners) for turn in transcript.turns]
            by_speakers[rule.speakers] = np.array(row, bool)
        rows.append(by_speakers[rule.speakers])
    return np.array(rows, bool).reshape(len(rows), len(transcript.turns))


def _is_searched(transcript: Transcript, turn: Turn, wanted: set[str], owners: Mapping[str, str]) -> bool:
    speaker = transcript.speaker(turn.speaker)
    if not wanted:
        return speaker is None or speaker.role != "interviewer"
    if speaker is None:
        return "other" in wanted
    names = {speaker.role, speaker.label.casefold(), owners.get(speaker.label, "").casefold()}
    return bool(names & wanted)


def _passages(transcript: Transcript, book: RuleBook, found: _Found) -> list[Passage]:
    """Turn matches into passages: one for each code and place, under the first rule that proposes it."""
    bounds = Bounds(transcript)
    proposed: dict[tuple[int, int, str], str] = {}
    for number, start, end, turn in sorted(_fulfilled(book, found, bounds)):
        code, rule = book.rules[number]
        begin, stop = bounds.unit(rule.unit, start, end, turn)
        proposed.setdefault((begin, stop, code.id), rule.id)
    return [Passage(*place, rule) for place, rule in sorted(proposed.items())]


def _fulfilled(book: RuleBook, found: _Found, bounds: Bounds) -> Iterator[tuple[int, int, int, int]]:
    """Yield rule, start, end and turn of the matches whose rule has all it demands and nothing it forbids."""
    import numpy as np

    conditional = np.array([bool(rule.all or rule.unless) for _, rule in book.rules], bool)
    is_any = found.part == 0
    simple = is_any & ~conditional[found.rule] if len(conditional) else is_any
    order = np.argsort(found.rule[simple], kind="stable")
    columns = (found.rule, found.start, found.end, found.turn)
    yield from zip(*(column[simple][order].tolist() for column in columns), strict=True)
    for number in np.unique(found.rule[is_any & ~simple]).tolist():
        _, rule = book.rules[number]
        mine = found.rule == number
        others = mine & (found.part > 0)
        near: dict[object, list[tuple[int, int, int]]] = defaultdict(list)
        for part, start, end, turn in zip(
            *(c[others].tolist() for c in (found.part, found.start, found.end, found.turn)), strict=True
        ):
            near[bounds.place(rule.within, start, turn)].append((part, *bounds.words(start, end)))
        for start, end, turn in zip(*(c[mine & is_any].tolist() for c in columns[1:]), strict=True):
            there = near[bounds.place(rule.within, start, turn)]
            if isinstance(rule.within, int):
                first, last = bounds.words(start, end)
                farthest = rule.within + 1
                reached = {part for part, begin, stop in there if begin - last <= farthest and first - stop <= farthest}
            else:
                reached = {part for part, _, _ in there}
            if 1 not in reached and all(2 + demand in reached for demand in range(len(rule.all))):
                yield number, start, end, turn
