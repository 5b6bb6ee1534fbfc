"""Rules of a code, tried in the page before they are saved: what is wrong with one, and what it would find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice, zip_longest
from typing import Any

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.coding.passages import Passage
from qualkit.coding.proposing import propose_passages
from qualkit.coding.rule_edits import LISTS, RuleWords, put_rule, read_rule, take_rule, words_of_rule
from qualkit.errors import FaultyFiles, Problem
from qualkit.model import READ_FIRST, Code, Codebook, Rule, Study, Transcript
from qualkit.recoding import Plan, changes_of
from qualkit.text import nfc
from qualkit.transcripts.participants import index_people, label_owners
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route, RuleChanged
from qualkit.workbench.desk import Desk
from qualkit.workbench.visits import coder_of

_EXAMPLES = 12
_LONGEST = 400


def rule_json(rule: Rule | RuleWords) -> dict[str, Any]:
    """Return a rule as the page shows it and sends it back."""
    words = words_of_rule(rule) if isinstance(rule, Rule) else rule
    return {
        **{key: list(getattr(words, key)) for key in LISTS},
        **{key: getattr(words, key) for key in ("within", "language", "unit")},
    }


def rule_of(ask: Ask, key: str = "rule") -> RuleWords:
    """Return the rule that the page sent.

    Raises:
        BadRequest: If it is none.
    """
    given = ask.body.get(key)
    if not isinstance(given, dict):
        raise BadRequest(f"“{key}” must be a rule")
    lists = {each: given.get(each, []) for each in LISTS}
    texts = {each: given.get(each, "") for each in ("within", "language", "unit")}
    if not all(isinstance(value, list) and all(isinstance(item, str) for item in value) for value in lists.values()):
        raise BadRequest("the lists of a rule hold texts")
    if not all(isinstance(value, str) for value in texts.values()):
        raise BadRequest("“within”, “language” and “unit” are texts")
    kept = {each: tuple(dict.fromkeys(item for item in map(_one_line, value) if item)) for each, value in lists.items()}
    return RuleWords(
        **kept,
        within=_one_line(texts["within"]) or "sentence",
        language=_one_line(texts["language"]),
        unit=_one_line(texts["unit"]) or "sentence",
    )


def _one_line(text: str) -> str:
    return nfc(" ".join(text.split()))


def try_rule(desk: Desk, ask: Ask) -> Answer:
    """Return what is wrong with a rule, how many passages it would propose, and some of them; nothing is written.

    Where a method reads first, only transcripts that the coder has read are searched.
    """
    study = desk.study()
    code = find_code(desk.codebook_and_problems(study)[0], ask.text("code"))
    words = rule_of(ask)
    tried, faults = read_rule(words, code)
    told = [_fault(ask, fault.key, fault.item, fault.problem) for fault in faults]
    who = coder_of(desk, ask, study)
    names = studies.transcript_ids(study)
    read = set(studies.transcripts_read(study, who)) if study.settings.method in READ_FIRST else set(names)
    answer = {"faults": told, "count": 0, "coded": 0, "searched": 0, "unread": len(set(names) - read), "examples": []}
    if any(fault.problem.severity == "error" for fault in faults):
        return answer
    records = list(_records(desk, study, [name for name in names if name in read]))
    people = index_people(studies.read_participants(study)[0])
    owners = {record.id: label_owners(record, people) for record in records}
    found, problems = propose_passages(records, Codebook(codes=(tried,)), owners=owners)
    told += [_fault(ask, *_place(tried, problem), problem) for problem in problems]
    coded = 0
    for record in records:
        mine = [one.unit.span for one in desk.codings(study, who, record.id)[0] if one.code == code.id]
        coded += sum(any(one.start < p.end and p.start < one.end for one in mine) for p in found[record.id])
    examples = islice(_in_turn([[(record, passage) for passage in found[record.id]] for record in records]), _EXAMPLES)
    return {
        **answer,
        "count": sum(map(len, found.values())),
        "coded": coded,
        "searched": len(records),
        "examples": [_example(record, passage) for record, passage in examples],
    }


def _records(desk: Desk, study: Study, names: Sequence[str]) -> Iterator[Transcript]:
    for name in names:
        # What cannot be read is told in the overview.
        with suppress(FaultyFiles):
            yield desk.laid(study, name).record


def _in_turn(lists: Sequence[Sequence[tuple[Transcript, Passage]]]) -> Iterator[tuple[Transcript, Passage]]:
    """Yield the first of every transcript, then the second of every one, and so on."""
    return (one for one in chain.from_iterable(zip_longest(*lists)) if one is not None)


def _example(record: Transcript, passage: Passage) -> dict[str, Any]:
    words = record.text[passage.start : passage.end]
    shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return {"transcript": record.id, "start": passage.start, "end": passage.end, "words": shown}


def _place(code: Code, problem: Problem) -> tuple[str, str]:
    rule = code.rules[0]
    item = next((text for text, at in rule.lines.items() if at == (problem.line, problem.column)), "")
    return next((key for key in LISTS if item in getattr(rule, key)), "any"), item


def _fault(ask: Ask, key: str, item: str, problem: Problem) -> dict[str, str]:
    return {
        "key": key,
        "item": item,
        "message": ask.said(problem.message).removeprefix(f"{key}: "),
        "hint": ask.said(problem.hint),
        "severity": problem.severity,
    }


def plan_rule(study: Study, ask: Ask) -> Plan:
    """Plan that a rule is changed, added or taken out.

    The body says `code`, `number` (which of its rules, from 0; none for a new one), `was` (the rule as the page
    shows it) and `rule` (what it shall be; none where it goes).

    Raises:
        RuleChanged: If the rule is another one by now.
        CannotEdit, FaultyFiles, UnknownCode: If it cannot be done.
    """
    code = find_code(studies.good_codebook(study), ask.text("code"))
    number = None if ask.body.get("number") is None else ask.number("number")
    rules = [words_of_rule(rule) for rule in code.rules]
    was = None
    if number is not None:
        was = rules[number] if 0 <= number < len(rules) else None
        if was is None or rule_json(was) != ask.body.get("was"):
            raise RuleChanged(code.name)
    text = studies.codebook_text(study)
    before = rule_json(was) if was is not None else None
    if ask.body.get("rule") is None:
        if number is None:
            raise BadRequest("no rule was sent")
        text, after = take_rule(text, code.id, number), None
    else:
        words = rule_of(ask)
        text, after = put_rule(text, code.id, number, words), rule_json(words)
    return changes_of(study, text, {}, (), (), "rule", code.id, before, after)


ROUTES: tuple[Route, ...] = (("POST", "/api/codebook/rules/try", try_rule),)
