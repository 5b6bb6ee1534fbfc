"""One rule of a code written into codebook.yaml, changed or taken out; every other byte stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from qualkit.coding.codebook import code_mapping, find_code, parse_codebook
from qualkit.coding.codebook_changes import sound
from qualkit.coding.codebook_edits import CannotEdit, set_value
from qualkit.errors import Problem
from qualkit.model import Code, Rule, UnitOfCoding
from qualkit.yamlitems import cut_item, cut_key
from qualkit.yamltext import Node, insert_lines, newline_of, quoted, set_scalar

LISTS: Final = ("any", "all", "unless", "speakers")
"""Keys of a rule that hold a list."""

_KEYS: Final = ("any", "all", "within", "unless", "speakers", "language", "unit")
_OTHERWISE: Final = {"within": "sentence", "unit": "sentence"}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule as a person writes it, right or wrong; see `qualkit.model.Rule`.

    Attributes:
        within: "sentence", "turn", or a number of words.
        language: "" for the speaker's.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    within: str = "sentence"
    unless: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    language: str = ""
    unit: str = "sentence"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of a rule.

    Attributes:
        key: Of the rule: "any".
        item: What was written there; "" for all of it.
        problem: In words.
    """

    key: str
    item: str
    problem: Problem


def words_of_rule(rule: Rule) -> RuleWords:
    """Return a rule as a person writes it.

    Example:
        >>> words_of_rule(Rule("ringe", ("lemma:ringe",), within=5)).within
        '5'
    """
    unit: UnitOfCoding = rule.unit
    return RuleWords(rule.any, rule.all, str(rule.within), rule.unless, rule.speakers, rule.language or "", unit)


def read_rule(words: RuleWords, code: Code) -> tuple[Code, list[Fault]]:
    """Return a code that has this rule alone, and everything that is wrong with the rule.

    Example:
        >>> _, faults = read_rule(RuleWords(("lemma:ringe", "re:(")), Code("ringe", "Å ringe"))
        >>> [(fault.key, fault.item) for fault in faults]
        [('any', 're:(')]
    """
    lines = ["codes:", f"- id: {quoted(code.id)}", "  rules:"]
    places: list[tuple[str, str]] = [("any", "")] * 3
    for number, key in enumerate(_KEYS):
        lead = "  - " if number == 0 else "    "
        value = getattr(words, key)
        if key not in LISTS:
            if value:
                lines.append(f"{lead}{key}: {_text(value)}")
                places.append((key, value))
            continue
        if key == "any" or value:
            lines.append(f"{lead}{key}:{'' if value else ' []'}")
            places.append((key, ""))
            lines += [f"    - {_text(item)}" for item in value]
            places += [(key, item) for item in value]
    book, problems = parse_codebook("\n".join(lines) + "\n")
    faults = [Fault(*places[min(problem.line or 1, len(places)) - 1], problem) for problem in problems]
    read = book.codes[0].rules if book.codes else ()
    return replace(code, rules=read, children=()), faults


def _text(item: str) -> str:
    """Return a text in quotation marks, so that it is nothing but a text."""
    plain = quoted(item)
    return plain if plain.startswith('"') else f'"{plain}"'


def put_rule(text: str, code: str, number: int | None, words: RuleWords) -> str:
    """Return the codebook's text with one rule of a code changed, or with a new one as the code's last.

    Args:
        text: Of codebook.yaml.
        code: Its id.
        number: Which of its rules, from 0; None for a new one.
        words: What it says now.

    Raises:
        CannotEdit: If more than its own lines would have to change.
        FaultyFiles: If the rule has faults.
        UnknownCode: If there is no such code.

    Example:
        >>> text = "codes:\\n- id: ringe  # ours\\n  rules:\\n  - any: [ring]  # more to come\\n"
        >>> print(put_rule(text, "ringe", 0, RuleWords(("ring", "lemma:ringe"), within="5")), end="")
        codes:
        - id: ringe  # ours
          rules:
          - any: [ring, "lemma:ringe"]  # more to come
            within: "5"
    """
    before = find_code(parse_codebook(text)[0], code)
    if number is not None and not 0 <= number < len(before.rules):
        raise CannotEdit(code, "has no such rule")
    if number is None:
        new = _added(text, before, words)
    else:
        text, node = code_mapping(text, code)
        rules = node.get("rules")
        bare = rules is not None and _bare(rules)
        if rules is not None and bare and words == RuleWords(words.any):
            in_lines = rules.kind == "sequence" and rules.style != "flow"
            new = _block_list(text, rules, words.any) if in_lines else set_value(text, code, "rules", words.any)
        else:
            new = _changed(_written_out(text, before) if bare else text, before, number, words)
    meant = [words_of_rule(rule) for rule in before.rules]
    if number is None:
        meant.append(words)
    else:
        meant[number] = words
    return _as_meant(text, new, code, meant)


def take_rule(text: str, code: str, number: int) -> str:
    """Return the codebook's text without one rule of a code, from 0.

    Raises:
        CannotEdit: If more than its own lines would have to change.
        UnknownCode: If there is no such code.

    Example:
        >>> print(take_rule("codes:\\n- id: ringe\\n  rules: [ring]  # gone\\n  note: N\\n", "ringe", 0), end="")
        codes:
        - id: ringe
          note: N
    """
    before = find_code(parse_codebook(text)[0], code)
    _, node = code_mapping(text, code)
    rules = node.get("rules")
    if rules is None or not 0 <= number < len(before.rules):
        raise CannotEdit(code, "has no such rule")
    new = cut_key(text, node, "rules") if len(before.rules) == 1 else cut_item(text, rules.items[number], rules)
    return _as_meant(text, new, code, [words_of_rule(rule) for at, rule in enumerate(before.rules) if at != number])


def _added(text: str, code: Code, words: RuleWords) -> str:
    text, node = code_mapping(text, code.id)
    rules = node.get("rules")
    if rules is not None and not rules.empty and _bare(rules):
        text = _written_out(text, code)
        text, node = code_mapping(text, code.id)
        rules = node.get("rules")
    pairs = _pairs(words)
    in_braces = "{" + ", ".join(pairs) + "}"
    if rules is not None and rules.kind == "sequence" and rules.items:
        if rules.style == "flow":
            return insert_lines(text, rules, in_braces)
        return insert_lines(text, rules, "\n".join(("  " if at else "- ") + pair for at, pair in enumerate(pairs)))
    if rules is not None:
        text, node = code_mapping(cut_key(text, node, "rules"), code.id)
    if node.style == "flow":
        return insert_lines(text, node, f"rules: [{in_braces}]")
    lines = ["rules:", *("  " + ("  " if at else "- ") + pair for at, pair in enumerate(pairs))]
    children = node.get("children")
    if children is None or node.keys[-1].value != "children" or node.keys[0].value == "children":
        return insert_lines(text, node, "\n".join(lines))
    # Before what stands below the code, which may be long.
    at = text.rfind("\n", 0, node.keys[-1].start) + 1
    newline, indent = newline_of(text), " " * (node.column - 1)
    return text[:at] + "".join(indent + line + newline for line in lines) + text[at:]


def _bare(rules: Node) -> bool:
    """Return whether one rule is written as a list of patterns, or as one pattern alone."""
    return rules.kind == "scalar" or all(item.kind == "scalar" for item in rules.items)


def _pairs(words: RuleWords) -> list[str]:
    """Return the keys of a new rule, each on a line, and only those that say something."""
    pairs = []
    for key in _KEYS:
        value = getattr(words, key)
        if key in LISTS:
            if value:
                pairs.append(f"{key}: [{', '.join(map(_in_list, value))}]")
        elif value and value != _OTHERWISE.get(key):
            pairs.append(f"{key}: {quoted(value)}")
    return pairs


def _in_list(item: str) -> str:
    plain = quoted(item)
    return f'"{plain}"' if not plain.startswith('"') and any(sign in plain for sign in "[]{},") else plain


def _written_out(text: str, code: Code) -> str:
    """Return the text with a rule that is a bare list of patterns as one with keys; it keeps its id."""
    text, node = code_mapping(text, code.id)
    rules = node.get("rules")
    if rules is None:
        return text
    listed = text[rules.start : rules.end]
    if rules.style == "flow" or rules.kind == "scalar":
        patterns = listed if rules.kind == "sequence" else f"[{listed}]"
        return text[: rules.start] + f"[{{id: {quoted(code.id)}, any: {patterns}}}]" + text[rules.end :]
    newline, indent = newline_of(text), " " * (rules.column - 1)
    # The comments between the patterns stay between them, one step further in.
    patterns = listed.replace(newline, newline + "    ")
    return (
        text[: rules.start]
        + f"- id: {quoted(code.id)}{newline}{indent}  any:{newline}{indent}    "
        + patterns
        + text[rules.end :]
    )


def _changed(text: str, code: Code, number: int, words: RuleWords) -> str:
    """Return the text with what is another in a rule with keys."""
    was = words_of_rule(code.rules[number])
    for key in _KEYS:
        value = getattr(words, key)
        if value != getattr(was, key):
            text = _set(text, _rule_node(text, code.id, number), key, value)
    return text


def _rule_node(text: str, code: str, number: int) -> Node:
    rules = code_mapping(text, code)[1].get("rules")
    if rules is None or number >= len(rules.items):
        raise CannotEdit(code, "has no such rule")
    return rules.items[number]


def _set(text: str, node: Node, key: str, value: str | tuple[str, ...]) -> str:
    if not value or value == _OTHERWISE.get(key):
        return cut_key(text, node, key) if key != node.keys[0].value else _first_cut(text, node)
    if isinstance(value, str):
        return set_scalar(text, node, key, value)
    return _set_list(text, node, key, value)


def _first_cut(text: str, node: Node) -> str:
    """Return the text without a mapping's first key, whose line holds the sign of the list's item too."""
    if len(node.keys) == 1:
        raise CannotEdit(node.keys[0].value, "is the only key of its rule")
    return text[: node.keys[0].start] + text[node.keys[1].start :]


def _set_list(text: str, node: Node, key: str, value: tuple[str, ...]) -> str:
    """Write a list of patterns; those that stay are written as they were, with what stands beside them."""
    now = node.get(key)
    if now is None:
        return insert_lines(text, node, f"{key}: [{', '.join(map(_in_list, value))}]")
    kept: Mapping[str, str] = {item.value: text[item.start : item.end] for item in now.items if item.kind == "scalar"}
    if now.kind == "sequence" and now.style != "flow" and now.items:
        return _block_list(text, now, value)
    listed = f"[{', '.join(kept.get(item) or _in_list(item) for item in value)}]"
    if now.end > now.start:
        return text[: now.start] + listed + text[now.end :]
    colon = text.find(":", next(name.end for name in node.keys if name.value == key)) + 1
    return text[:colon] + " " + listed + text[max(colon, now.end) :]


def _block_list(text: str, now: Node, value: tuple[str, ...]) -> str:
    """Write a list with a line for each pattern: those that stay keep their lines and what is said above them."""
    starts = [text.rfind("\n", 0, item.start) + 1 for item in now.items]
    ends = [(text.find("\n", item.end) + 1) or len(text) for item in now.items]
    starts[0] = now.start
    if any(after < before for before, after in zip(ends, starts[1:], strict=False)):
        raise CannotEdit(now.items[0].value, "stands with another pattern on one line")
    newline, indent = newline_of(text), " " * (now.column - 1)
    whole: dict[str, str] = {}
    above = ""
    for number, item in enumerate(now.items):
        above += text[ends[number - 1] : starts[number]] if number else ""
        if item.value not in value or item.value in whole:
            # What is said above a pattern that goes may be about those below, so it stays.
            continue
        line = text[starts[number] : ends[number]].removeprefix(indent)
        whole[item.value] = above + indent + (line if line.endswith("\n") else line + newline)
        above = ""
    written = "".join(whole.get(item) or f"{indent}- {_in_list(item)}{newline}" for item in value) + above
    return text[: now.start] + written.removeprefix(indent) + text[ends[-1] :]


def _as_meant(text: str, new: str, code: str, rules: list[RuleWords]) -> str:
    """Return the new text if it says what was meant and nothing else was changed.

    Raises:
        CannotEdit: If it does not.
        FaultyFiles: If it has faults.
    """
    sound(new)
    old, now = (parse_codebook(each)[0] for each in (text, new))

    def rest(each: Code) -> Code:
        return replace(each, rules=(), children=(), line=0)

    was = [(rest(one), rules if one.id == code else list(map(words_of_rule, one.rules))) for one in old.walk()]
    became = [(rest(one), list(map(words_of_rule, one.rules))) for one in now.walk()]
    if was != became:
        raise CannotEdit(code, "has its rules written so that this one cannot be changed alone")
    return new
