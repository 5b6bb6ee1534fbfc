"""A code's definition, use and examples as one text: the only field other programs have for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from qualkit.language.printed import printed
from qualkit.model import Code

FIELDS: Final = ("brief", "definition", "use_when", "not_when", "examples")
"""What a description holds; notes and rules stay behind."""

_LABELS: Final = {
    "brief": "brief",
    "definition": "definition",
    "use_when": "use-when",
    "not_when": "not-when",
    "examples": "example",
}
_LISTS: Final = ("use_when", "not_when", "examples")
_LANGUAGES: Final = ("nb", "nn", "en")


def describe(code: Code, language: str) -> str:
    """Return what a code says of itself, each part on lines of its own after its label.

    Where there is only a definition, it stands alone.

    Example:
        >>> print(describe(Code("tid", "Tid", brief="Knapp tid", use_when=("tiden ikke rekker",)), "nb"))
        Kort: Knapp tid
        Brukes når: tiden ikke rekker
    """
    language = language if language in _LANGUAGES else "en"
    alone = code.definition and not (code.brief or code.use_when or code.not_when or code.examples)
    if alone and parse_description(code.definition) is None:
        return code.definition
    return _labelled(code, language)


def _labelled(code: Code, language: str) -> str:
    lines = []
    for field, key in _LABELS.items():
        value = getattr(code, field)
        label = printed(key, language)
        lines += [f"{label}: {item}" for item in (value if field in _LISTS else [value]) if item]
    return "\n".join(lines)


def parse_description(text: str) -> Mapping[str, str | tuple[str, ...]] | None:
    """Return the parts of a description, or None if it was not put together as `describe` does.

    A text is only taken apart where putting it together again gives the same text: so nothing is lost in a
    description that somebody wrote in another program.

    Example:
        >>> parse_description("Kort: Knapp tid\\nBrukes når: tiden ikke rekker")["brief"]
        'Knapp tid'
        >>> parse_description("Alt om tid") is None
        True
    """
    found: list[Mapping[str, str | tuple[str, ...]]] = []
    for language in _LANGUAGES:
        parts = _parts(text.split("\n"), language)
        if parts is not None and _labelled(replace(Code("", ""), **parts), language) == text:  # type: ignore[arg-type]
            found.append(parts)
    # Bokmål and nynorsk share some labels: the language that knows most of them is the one it was written in.
    return max(found, key=lambda parts: sum(_count(value) for value in parts.values()), default=None)


def _count(value: str | tuple[str, ...]) -> int:
    return len(value) if isinstance(value, tuple) else bool(value)


def _parts(lines: Sequence[str], language: str) -> dict[str, str | tuple[str, ...]] | None:
    labels = {f"{printed(key, language)}: ": field for field, key in _LABELS.items()}
    found: list[tuple[str, str]] = []
    for line in lines:
        label = next((label for label in labels if line.startswith(label)), None)
        if label is not None:
            found.append((labels[label], line[len(label) :]))
        elif found:
            field, before = found[-1]
            found[-1] = (field, f"{before}\n{line}")
        else:
            return None
    parts: dict[str, str | tuple[str, ...]] = {}
    for field in FIELDS:
        items = tuple(value for name, value in found if name == field)
        if field in _LISTS:
            parts[field] = items
        elif len(items) > 1:
            return None
        else:
            parts[field] = items[0] if items else ""
    return parts
