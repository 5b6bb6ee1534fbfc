"""The codebook as tables: the tree of codes, a rule, and the words of a study that a rule finds."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

from qualkit.coding.codebook import rules_of
from qualkit.coding.matching import compile_patterns, find
from qualkit.coding.patterns import Pattern, parse_pattern
from qualkit.errors import QualkitError
from qualkit.language.words import Vocabulary, index_words
from qualkit.model import Code, Codebook, Rule, Transcript
from qualkit.table import Column, Table
from qualkit.text import near_miss


class UnknownRule(QualkitError):
    """A rule that the codebook does not have."""

    def __init__(self, rule: str, known: list[str]) -> None:
        near = near_miss(rule, known)
        hint = f"Did you mean “{near}”?" if near else "Rules: " + ", ".join(known[:20])
        super().__init__(f"the codebook has no rule “{rule}”", hint)


def code_table(codebook: Codebook) -> Table:
    """Return the codes as a tree, with definition and number of rules."""
    rows = tuple(
        (
            "  " * (len(path) - 1) + path[-1].name,
            path[-1].id,
            path[-1].brief or path[-1].definition,
            len(path[-1].rules),
        )
        for path in codebook.paths().values()
    )
    columns = (
        Column("name", "Code"),
        Column("id", "Id"),
        Column("definition", "Definition"),
        Column("rules", "Rules", "count"),
    )
    return Table("codebook", codebook.title or "Codebook", columns, rows)


def find_rule(codebook: Codebook, rule: str) -> tuple[Code, Rule]:
    """Return a rule by its id, with its code.

    Raises:
        UnknownRule: If there is none.
    """
    found = {candidate.id: (code, candidate) for code, candidate in rules_of(codebook)}
    if rule not in found:
        raise UnknownRule(rule, list(found))
    return found[rule]


def rule_table(codebook: Codebook, rule: str) -> Table:
    """Return what one rule says."""
    code, chosen = find_rule(codebook, rule)
    rows = (
        ("code", code.name),
        ("any", "  |  ".join(chosen.any)),
        ("all", "  |  ".join(chosen.all)),
        ("within", f"{chosen.within} words" if isinstance(chosen.within, int) else chosen.within),
        ("unless", "  |  ".join(chosen.unless)),
        ("speakers", ", ".join(chosen.speakers) or "all but interviewers"),
        ("unit", chosen.unit),
    )
    return Table("rule", f"Rule {chosen.id}", (Column("key", ""), Column("value", "")), rows)


def forms_table(codebook: Codebook, rule: str, transcripts: Sequence[Transcript]) -> Table:
    """Return the words and phrases of a study that a rule's patterns match, with counts, commonest first.

    Everything said counts here, the interviewer's turns too, but no speaker labels; `all`, `unless`
    and `speakers` narrow a rule afterwards.
    """
    _, chosen = find_rule(codebook, rule)
    counts: Counter[tuple[str, str, str]] = Counter()
    for part, texts in (("any", chosen.any), ("all", chosen.all), ("unless", chosen.unless)):
        patterns = [parse_pattern(text) for text in texts]
        for record in transcripts:
            for pattern, form in _matches(record, patterns, chosen.language):
                counts[part, pattern, form] += 1
    rows = tuple(
        (part, pattern, form, n) for (part, pattern, form), n in sorted(counts.items(), key=lambda i: (-i[1], i[0]))
    )
    columns = (
        Column("part", "Part"),
        Column("pattern", "Pattern"),
        Column("form", "Found in this study"),
        Column("count", "Times", "count"),
    )
    notes = () if rows else ("No word of this study matches.",)
    return Table("forms", f"Words that rule {chosen.id} matches", columns, rows, notes)


def _matches(record: Transcript, patterns: Sequence[Pattern], language: str | None) -> Iterator[tuple[str, str]]:
    """Yield pattern and matched words; a regular expression stops where it takes too long."""
    import regex

    from qualkit.coding.patterns import REGEX_SECONDS

    vocabulary = Vocabulary()
    words = index_words(record.text, vocabulary)
    plain = [pattern for pattern in patterns if not pattern.regex]
    hits = find(words, compile_patterns(plain, vocabulary.words(), language or record.language))
    begins, ends = words.starts[hits.first].tolist(), words.ends[hits.last].tolist()
    for number, begin, end in zip(hits.pattern.tolist(), begins, ends, strict=True):
        turn = record.turn_at(begin)
        if turn is not None and turn.start <= begin:
            yield plain[number].text, _form(record.text[begin:end])
    for pattern in patterns:
        if pattern.regex:
            deadline = time.monotonic() + REGEX_SECONDS
            with suppress(TimeoutError):
                for turn in record.turns:
                    left = max(0.001, deadline - time.monotonic())
                    speech = record.text[turn.start : turn.end]
                    for match in regex.finditer(pattern.regex, speech, regex.IGNORECASE, timeout=left):
                        if match.group():
                            yield pattern.text, _form(match.group())


def _form(words: str) -> str:
    return " ".join(words.casefold().split())
