"""Expressions that are tried only where they can match find what Python's own search finds."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.seeded_interviews import FOLDER, interviews
from qualkit import anonymisation
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import beginnings, matches, near

PATTERNS = [
    re.compile(r"\b(?:ring|telefon\w{0,3}|tlf)\s\d+"),
    re.compile(r"(?<!\w)(?:nr\.?\s)?\d{1,3}\s(?:år|åra)"),
    re.compile(r"\b(?:e|ei|en)(?:n|t)?\s\w+"),
    re.compile(r"\ba|\bbe*\s"),
    re.compile(r"(?<![\w-])(?:(?:lille|store)-?)?(?:bror|søster)\b"),
    re.compile(r"\b[abc]?d{2,3}\w"),
]


def _spans(found: object) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pattern", "begin"),
    [
        (r"\b(?:ring|telefon)\w{0,3}", ("rin", "tel")),
        (r"(?<!\w)(?:ringte|rin|ri)", ("ri",)),
        (r"\b\d{2}|\bx", ("0", "x")),
        (r"\b(?:lille-)?bror", ("bro", "lil")),
        (r"\b(?:to|tre)\sbarn", ("to", "tre")),
    ],
)
def test_the_letters_that_words_begin_with_are_read_from_the_expression(pattern: str, begin: tuple[str, ...]) -> None:
    assert beginnings(re.compile(pattern)) == begin


@pytest.mark.parametrize("pattern", [r"ring", r"\b\w+", r"\b(?:x)?", r"\s\d", r"(?<=\bi )halden", r"\b(?i:ring)"])
def test_nothing_is_said_of_expressions_that_may_begin_anywhere(pattern: str) -> None:
    assert beginnings(re.compile(pattern)) == ()


@given(st.sampled_from(PATTERNS), st.text("abdenrigtlfåsøob -.0123\n", max_size=80))
def test_what_is_found_is_what_a_search_finds(pattern: re.Pattern[str], text: str) -> None:
    assert _spans(matches(pattern, text)) == _spans(pattern.finditer(text))


def test_every_expression_of_every_detector_finds_the_same_in_interviews() -> None:
    text = "\n".join(lowered(interview.text) for interview in interviews(FOLDER / "dev"))
    for module in pkgutil.iter_modules(anonymisation.__path__, "qualkit.anonymisation."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and beginnings(value):
                assert _spans(matches(value, text)) == _spans(value.finditer(text)), (module.name, name)


def test_places_close_together_are_searched_once() -> None:
    pattern = re.compile(r"\w+ krøll \w+")
    text = "a krøll b og c krøll d, langt borte e krøll f"
    places = [match.start() for match in re.finditer("krøll", text)]
    assert [match.group() for match in near(pattern, text, places, before=3, after=9)] == [
        "a krøll b", "c krøll d", "e krøll f"
    ]  # fmt: skip


def test_nothing_is_searched_where_nothing_stands_that_is_needed() -> None:
    assert list(near(re.compile(r"\w+"), "ord", [])) == []
