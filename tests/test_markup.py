"""What stands in a study is text in a notebook, whatever it looks like: no element, attribute or address of it."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codings import unit_at
from qualkit.model import (
    Code,
    Codebook,
    CodedTranscript,
    Coding,
    MeaningUnit,
    Quotation,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from qualkit.table import Column, Table
from qualkit.transcripts.canonical import parse_transcript

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>",
    '" onmouseover="alert(1)',
    "' style='background: url(https://example.org/x)",
    "<!-- ",
    "]]><svg/onload=alert(1)>",
    "<style>* {display: none}</style>",
    "&lt;b&gt; &#60;b&#62; &amp",
    "<textarea><plaintext>",
    "javascript:alert(1)",
    "<a href=https://example.org>",
    "#fff; background: url(https://example.org/x)",
)
OURS = {"h4", "table", "tr", "td", "th", "b", "span", "br", "code", "caption", "thead", "tbody", "p", "small"}


class Shown(HTMLParser):
    """What a browser makes of HTML: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += "\n" * (tag == "br")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def only_text(html: str, words: Iterable[str]) -> None:
    """Hold HTML against what it may consist of, and the words that must be read in it."""
    shown = Shown(html)
    assert {tag for tag, _ in shown.elements} <= OURS
    assert shown.others == []
    for _, attributes in shown.elements:
        assert attributes.keys() <= {"style", "title"}
        # Nothing is fetched, and no style comes from a study but a colour.
        assert re.fullmatch(r"[a-z0-9#%.,:;()\s-]*", attributes.get("style") or "")
        assert "url" not in (attributes.get("style") or "")
    for each in words:
        assert as_shown(each) in as_shown(shown.text)


pieces = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), max_size=4).map("".join)
"""What anybody may have written: markup, whole and in halves, among any characters."""


def record_of(said: str, label: str) -> Transcript:
    text = f"{label}: {said}"
    turn = Turn(1, label, 0, len(label) + 2, len(text))
    return Transcript(f"K1{label}", text, (turn,), (Speaker(label, "participant"),), "nb", "")


def coding_of(record: Transcript, start: int, end: int, code: str) -> Coding:
    return Coding("1", unit_at(record, start, end), code, "kari", "accepted", "manual", "")


def as_shown(text: str) -> str:
    """Return text as a parser of HTML hands it on: it knows one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@example(said="Hei", label="", name="\n", code="", at=(0, 0, 1))
@given(pieces, pieces, pieces, pieces, st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)))
def test_a_transcript_shows_words_alone(said: str, label: str, name: str, code: str, at: tuple[int, int, int]) -> None:
    record = record_of(said, label)
    low, middle, high = sorted(record.turns[0].start + min(place, len(said)) for place in at)
    codings = tuple(coding_of(record, a, b, code) for a, b in ((low, high), (middle, high)) if a < b)
    only_text(record._repr_html_(), [label, said])
    coded = CodedTranscript(record, codings, {code: (name, "")})
    # The names of codes stand between the words, where their passages end.
    only_text(coded._repr_html_(), [label, said[: high - record.turns[0].start], *([name] if codings else [])])
    titles = {attributes.get("title") for _, attributes in Shown(coded._repr_html_()).elements} - {None}
    assert titles <= {name, f"{name}; {name}"}
    only_text(CodedTranscript(record, codings)._repr_html_(), [code] if codings else [])


@given(pieces, pieces, pieces, pieces)
def test_a_codebook_shows_words_alone(title: str, name: str, identifier: str, definition: str) -> None:
    child = Code(identifier, name, brief=definition)
    book = Codebook(title, codes=(Code("a", name, definition=definition, children=(child,)),))
    only_text(book._repr_html_(), [title, name, identifier, definition])


@given(pieces, pieces, pieces, pieces)
def test_a_table_shows_words_alone(title: str, label: str, note: str, words: str) -> None:
    unit = MeaningUnit(Span("K1", 0, len(words)), words)
    cells = (words, Coding("1", unit, "a", "kari", "accepted", "manual", ""), Quotation(words, "1", unit.span, words))
    columns = tuple(Column(str(number), label) for number in range(3))
    only_text(Table("t", title, columns, (cells,), (note,))._repr_html_(), [title, label, note, words])


@pytest.mark.parametrize("colour", HOSTILE)
def test_a_colour_of_a_codebook_is_a_colour(colour: str) -> None:
    quoted = colour.replace("'", "''")
    book, problems = parse_codebook(f"codes:\n- {{id: tid, name: Tid, colour: '{quoted}'}}\n")
    assert [problem.message for problem in problems] == ["a colour is # and six hexadecimal digits"]
    only_text(book._repr_html_(), ["Tid"])


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_file_says_is_shown_as_it_was_said(said: str) -> None:
    record, _ = parse_transcript(f"---\nid: K1\nspeakers: {{K1: participant}}\n---\nK1: {said}\n", "K1.txt")
    assert record is not None
    only_text(record._repr_html_(), [said.strip()])
