"""`study.yaml`: what is declared about a study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import cast, get_args

from qualkit.errors import Problem
from qualkit.language.identify import LANGUAGES
from qualkit.model import KINDS, AttributionPlace, Declared, Ethics, Kind, Method, Settings
from qualkit.text import near_miss
from qualkit.yamltext import Node, parse_yaml, quoted

CHECK = "study"
FORMAT = 1
METHODS: tuple[Method, ...] = ("stc", "reflexive-ta", "codebook-ta", "framework", "content-analysis")
PRINT_LANGUAGES = ("nb", "nn", "en")
CAPTIONS = ("apa", "inline")
PLACES: tuple[AttributionPlace, ...] = get_args(AttributionPlace)

_SKIP = "skip"
_SOURCE_KEYS = ("kind", "language", "title", "date", "publisher", "tidy")
_ETHICS = ("deletion_date", "approval")
_KEYS = (
    "qualkit_study",
    "title",
    "language",
    "method",
    "questions",
    "coders",
    "originals",
    "sources",
    "interviewers",
    "attribution",
    "attribution_place",
    "quotation_style",
    "caption",
    "ethics",
    "key_path",
)


def render_settings(settings: Settings) -> str:
    """Return a new study.yaml, with comments that tell what can be changed."""
    coders = "[" + ", ".join(quoted(coder) for coder in settings.coders) + "]"
    originals = "[" + ", ".join(quoted(folder) for folder in settings.originals) + "]"
    questions = "".join(f"\n  - {quoted(question)}" for question in settings.questions) or " []"
    return f"""# A qualkit study. Everything in this folder is plain text that you may edit.
qualkit_study: {FORMAT}
title: {quoted(settings.title)}
language: {settings.language}            # of tables and documents: nb, nn or en
method: {settings.method}     # {", ".join(METHODS)}
questions:{questions}
coders: {coders}
originals: {originals}   # folders where “qualkit code” looks for new transcripts
sources: {{}}             # what they are, where it does not show: {{"notat*": field-note, "samtykke.docx": skip}}
attribution: {quoted(settings.attribution)}   # after a quotation: id, or id and columns of participants.csv: "id, role"
attribution_place: {settings.attribution_place}   # of quotations: after, before, or collective (once for a section)
quotation_style: {settings.quotation_style}
caption: {settings.caption}            # of tables: apa (two lines) or inline
ethics: {_promised(settings.ethics)}   # {{deletion_date: 2027-06-30, approval: "…"}}; “qualkit check” reminds
"""


def _promised(ethics: Ethics) -> str:
    date_ = [f"deletion_date: {ethics.deletion_date.isoformat()}"] if ethics.deletion_date else []
    approval = [f"approval: {quoted(ethics.approval)}"] if ethics.approval else []
    return "{" + ", ".join(date_ + approval) + "}"


def parse_settings(text: str, file: str = "study.yaml") -> tuple[Settings, int, list[Problem]]:
    """Read study.yaml.

    Returns:
        The settings as far as they can be read, the format version (0 where none is given), and what
        is wrong.
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None or root.kind != "mapping":
        problems.append(Problem(file, 1, 1, CHECK, "study.yaml has no keys", "It begins with “qualkit_study: 1”."))
        return Settings(""), 0, problems
    seen: dict[str, int] = {}
    for key in root.keys:
        if key.value in seen:
            message = f"“{key.value}” stands twice in a study, first on line {seen[key.value]}"
            problems.append(Problem(file, key.line, key.column, CHECK, message, "Take one out."))
        seen.setdefault(key.value, key.line)
        if key.value not in _KEYS:
            near = near_miss(key.value, _KEYS)
            hint = f"Did you mean “{near}”?" if near else "Known keys: " + ", ".join(_KEYS)
            problems.append(Problem(file, key.line, key.column, CHECK, f"“{key.value}” is no key of a study", hint))

    def text_of(key: str, default: str = "") -> str:
        node = root.get(key)
        return default if node is None or node.empty else node.value

    def texts_of(key: str) -> tuple[str, ...]:
        node = root.get(key)
        if node is None or node.empty:
            return ()
        return (node.value,) if node.kind == "scalar" else tuple(n.value for n in node.items if n.kind == "scalar")

    version = text_of("qualkit_study", "0")
    node = root.get("qualkit_study")
    if node is not None and not (version.isdecimal() and len(version) < 10 and int(version)):
        hint = f"Write “qualkit_study: {FORMAT}”, or what an earlier copy of the file says."
        problems.append(Problem(file, node.line, node.column, CHECK, "the version of the study cannot be read", hint))
    settings = Settings(
        title=text_of("title"),
        language=_choice(root.get("language"), PRINT_LANGUAGES, "nb", file, problems),
        method=cast("Method", _choice(root.get("method"), METHODS, "codebook-ta", file, problems)),
        questions=texts_of("questions"),
        coders=texts_of("coders"),
        originals=texts_of("originals") or ("originals",),
        sources=_sources(root.get("sources"), file, problems),
        interviewers=texts_of("interviewers"),
        attribution=text_of("attribution", "id"),
        attribution_place=cast(
            "AttributionPlace", _choice(root.get("attribution_place"), PLACES, "after", file, problems)
        ),
        quotation_style=text_of("quotation_style", "verbatim"),
        caption=_choice(root.get("caption"), CAPTIONS, "apa", file, problems),
        ethics=_ethics(root.get("ethics"), file, problems),
        key_path=_key_path(root.get("key_path"), file, problems),
    )
    return settings, int(version) if version.isdecimal() and len(version) < 10 else 0, problems


def _ethics(node: Node | None, file: str, problems: list[Problem]) -> Ethics:
    """Read what was promised; keys that are not known are the researcher's own, unless they look like slips."""
    if node is None or node.empty:
        return Ethics()

    def fault(at: Node, message: str, hint: str) -> None:
        problems.append(Problem(file, at.line, at.column, CHECK, message, hint))

    if node.kind != "mapping":
        fault(node, "ethics cannot be read", 'Write keys under it: deletion_date: 2027-06-30, approval: "…"')
        return Ethics()
    found: dict[str, Node] = {}
    for key, value in node.pairs():
        near = near_miss(key.value, _ETHICS) if key.value not in _ETHICS else None
        if near:
            fault(key, f"“{key.value}” is no key of ethics", f"Did you mean “{near}”?")
        if key.value in found:
            message = f"“{key.value}” stands twice under ethics, first on line {found[key.value].line}"
            fault(key, message, "Keep the one that was promised to the participants.")
            continue
        found[key.value] = value
    day, approval = found.get("deletion_date"), found.get("approval")
    told = approval.value if approval is not None and approval.kind == "scalar" and not approval.empty else ""
    if day is None or day.empty:
        return Ethics(None, told)
    if day.kind != "scalar" or len(re.findall(r"\d{4}", day.value)) > 1:
        hint = "A study is deleted once: keep the date that was promised to the participants."
        fault(day, "there are several deletion dates", hint)
        return Ethics(None, told, day.line)
    try:
        return Ethics(date.fromisoformat(day.value.strip()), told, day.line)
    except ValueError:
        fault(day, "the deletion date cannot be read", "Write year, month and day: 2027-06-30.")
        return Ethics(None, told, day.line)


def _key_path(node: Node | None, file: str, problems: list[Problem]) -> str:
    """Read where the key lies: private/, or outside the study, where no copy of the study takes it along."""
    if node is None or node.empty:
        return ""
    written = node.value.strip()
    parts = written.replace("\\", "/").split("/")
    outside = written.startswith(("~", "/", "\\")) or parts[0] in ("..", "private") or ":" in parts[0]
    named = node.kind == "scalar" and parts[-1].endswith((".yaml", ".yml", ".yaml.sealed", ".yml.sealed"))
    if named and outside and ".." not in parts[1:]:
        return written
    hint = "Name a file outside the study, as ~/keys/study.yaml, or in private/, as private/key.yaml."
    message = "key_path names no .yaml file outside the study, nor one in private/"
    problems.append(Problem(file, node.line, node.column, CHECK, message, hint))
    return ""


def _choice(node: Node | None, allowed: tuple[str, ...], default: str, file: str, problems: list[Problem]) -> str:
    if node is None or node.empty:
        return default
    if node.value not in allowed:
        near = near_miss(node.value, allowed)
        hint = f"Did you mean “{near}”?" if near else "It can be " + ", ".join(allowed)
        problems.append(Problem(file, node.line, node.column, CHECK, f"“{node.value}” is not known here", hint))
        return default
    return node.value


def _sources(node: Node | None, file: str, problems: list[Problem]) -> tuple[Declared, ...]:
    if node is None or node.empty:
        return ()
    if node.kind != "mapping":
        hint = "Write a line for each: “notater/*: field-note”, or “samtykke.docx: skip”."
        problems.append(Problem(file, node.line, node.column, CHECK, "the sources cannot be read", hint))
        return ()
    return tuple(_declared(key.value, value, file, problems) for key, value in node.pairs())


def _declared(pattern: str, node: Node, file: str, problems: list[Problem]) -> Declared:
    """Read what is declared of the originals of one pattern: a kind, "skip", or several keys."""
    if node.kind == "scalar":
        if node.value == _SKIP:
            return Declared(pattern, taken=False)
        return Declared(pattern, taken=True, kind=_kind(node, (*KINDS, _SKIP), file, problems))
    found: dict[str, str] = {}
    tidy: tuple[str, ...] = ()
    for key, value in node.pairs() if node.kind == "mapping" else ():
        if key.value not in _SOURCE_KEYS:
            near = near_miss(key.value, _SOURCE_KEYS)
            hint = f"Did you mean “{near}”?" if near else "Known keys: " + ", ".join(_SOURCE_KEYS)
            problems.append(Problem(file, key.line, key.column, CHECK, f"“{key.value}” is no key of a source", hint))
        elif key.value == "tidy":
            items = (value,) if value.kind == "scalar" else value.items
            tidy = tuple(word for item in items for word in item.value.replace(",", " ").split())
        elif value.kind == "scalar" and not value.empty:
            found[key.value] = value.value
    kind, language = node.get("kind"), node.get("language")
    return Declared(
        pattern,
        taken=True,
        kind=_kind(kind, KINDS, file, problems) if kind is not None else None,
        language=(_choice(language, LANGUAGES, "", file, problems) or None) if language is not None else None,
        title=found.get("title", ""),
        date=found.get("date", ""),
        publisher=found.get("publisher", ""),
        tidy=tidy,
    )


def _kind(node: Node, allowed: Sequence[str], file: str, problems: list[Problem]) -> Kind | None:
    kind = _choice(node, tuple(allowed), "", file, problems)
    return kind if kind in KINDS else None


def declared_for(source: str, declared: Sequence[Declared]) -> Declared:
    """Return all that is declared of an original, put together; of two declarations the later one wins.

    Args:
        source: The original's path as it is stored; a pattern without a slash is held against its name.
        declared: In order.

    Example:
        >>> notes = Declared("notat*", taken=True, kind="notes")
        >>> declared_for("originals/Notat K3.docx", [notes, Declared("*k3*", language="nn")]).kind
        'notes'
    """
    together = Declared(source)
    for one in declared:
        held = source if "/" in one.pattern else source.rpartition("/")[2]
        pattern = f"*{one.pattern}" if "/" in one.pattern else one.pattern
        if fnmatchcase(held.casefold(), pattern.casefold()):
            said = {
                field.name: value for field in fields(one) if (value := getattr(one, field.name)) not in (None, "", ())
            }
            together = replace(together, **{**said, "pattern": source})
    return together
