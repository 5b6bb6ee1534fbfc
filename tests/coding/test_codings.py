import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.coding.codings import check_codings, coding_id, decided, parse_codings, render_codings, sort_key, unit_at
from qualkit.model import Coding, MeaningUnit, Span, Transcript

TEXT = st.text(max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda c: st.lists(c) | st.dictionaries(TEXT, c),
    max_leaves=4,
)
KNOWN = {"id", "transcript", "start", "end", "text", "before", "after", "code", "coder", "status"} | {
    "origin",
    "created",
    "memo",
    "anchor",
    "text_sha256",
}


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    start = draw(st.integers(0, 2**40))
    span = Span(draw(TEXT), start, start + draw(st.integers(0, 1000)))
    extra = draw(st.dictionaries(TEXT.filter(lambda key: key not in KNOWN), JSON, max_size=3))
    return Coding(
        id=draw(TEXT),
        unit=MeaningUnit(span, draw(TEXT), draw(TEXT), draw(TEXT)),
        code=draw(TEXT),
        coder=draw(TEXT),
        status=draw(st.sampled_from(["proposed", "accepted", "rejected"])),
        origin=draw(st.sampled_from(["manual", "rule:a-1", "import:word"])),
        created=draw(TEXT),
        memo=draw(TEXT),
        anchor=draw(st.sampled_from(["kept", "moved", "words-changed", "ambiguous", "lost"])),
        text_sha256=draw(TEXT),
        extra=extra,
    )


@given(st.lists(codings(), max_size=3, unique_by=lambda coding: coding.id))
@settings(max_examples=50)
def test_what_is_written_is_read_back_in_order(written: list[Coding]) -> None:
    data = render_codings(written)
    read, problems = parse_codings(data, "k.jsonl")

    assert problems == []
    assert read == sorted(written, key=sort_key)
    assert render_codings(read) == data


@given(st.binary(max_size=200))
def test_no_bytes_are_too_broken(data: bytes) -> None:
    read, problems = parse_codings(data, "k.jsonl")

    assert (
        len(read) + len(problems) == sum(bool(line.strip()) for line in data.split(b"\n"))
        or data[:3] == b"\xef\xbb\xbf"
    )


def line(**changes: object) -> bytes:
    record: dict[str, object] = {
        "id": "c1",
        "transcript": "K1",
        "start": 4,
        "end": 6,
        "text": "Me",
        "code": "tid",
        "coder": "kari",
        "status": "accepted",
    }
    record |= changes
    return orjson.dumps({key: value for key, value in record.items() if value != "TAKEN OUT"})


@pytest.mark.parametrize(
    "broken",
    [
        line(start="4"),
        line(start=-1),
        line(start=7),
        line(start=True),
        line(end=4.0),
        line(status="maybe"),
        line(anchor="gone"),
        line(code=None),
        line(text="TAKEN OUT"),
        b"[1, 2]",
        b"{",
        b"null",
        b"\xff\xfe",
        b"[" * 5000,
        b"<<<<<<< HEAD",
    ],
)
def test_a_broken_line_is_told_and_the_others_are_read(broken: bytes) -> None:
    read, problems = parse_codings(line() + b"\r\n\n" + broken + b"\n" + line(id="c2"), "k.jsonl")

    assert [coding.id for coding in read] == ["c1", "c2"]
    assert [problem.line for problem in problems] == [3]
    assert problems[0].hint
    assert "Me" not in problems[0].message


def test_an_id_twice_is_told() -> None:
    read, problems = parse_codings(line() + b"\n" + line(code="ro"), "k.jsonl")

    assert [coding.code for coding in read] == ["tid"]
    assert problems[0].line == 2


def test_what_an_editor_on_windows_does_is_read() -> None:
    read, problems = parse_codings(b"\xef\xbb\xbf" + line() + b"\r\n", "k.jsonl")

    assert problems == []
    assert read[0].unit.text == "Me"


def test_a_null_is_nothing_and_not_the_word_none() -> None:
    read, _ = parse_codings(line(memo=None, before=None, origin=None), "k.jsonl")

    assert (read[0].memo, read[0].unit.before, read[0].origin) == ("", "", "manual")


TRANSCRIPT = Transcript("K1", "K1: Me kan ringe.\n", (), (), "nb", "sha-now")


def coding(start: int, end: int, text: str, *, sha: str = "sha-now", coder: str = "kari", line: int = 0) -> Coding:
    unit = MeaningUnit(Span("K1", start, end), text)
    return Coding("c1", unit, "tid", coder, "accepted", "manual", "", text_sha256=sha, line=line)


def test_words_under_the_offsets_must_be_the_words_coded() -> None:
    kept = [coding(4, 6, "Me"), coding(4, 6, "Me", sha="sha-then")]
    lost = [coding(4, 6, "Vi", sha="sha-then"), coding(4, 6, "Vi", line=7), coding(400, 402, "Me", line=8)]

    assert check_codings(kept, TRANSCRIPT, "f") == []
    found = check_codings([*kept, *lost], TRANSCRIPT, "f")
    assert [(problem.line, problem.message.split()[0]) for problem in found] == [
        (7, "K1:4-6"),
        (8, "K1:400-402"),
        # Of codings on an earlier text only their number: one command moves them all.
        (None, "a"),
    ]
    assert not any("Vi" in problem.message + problem.hint for problem in found)


def test_a_coding_is_told_with_its_line_whatever_stands_before_it() -> None:
    data = b"<<<<<<< HEAD\n" + line() + b"\n\n" + line(id="c2", text="Vi") + b"\n"
    read, _ = parse_codings(data, "k.jsonl")
    found = check_codings(read, TRANSCRIPT, "k.jsonl")

    assert [(problem.line, problem.check) for problem in found] == [(4, "changed-transcript")]


def test_a_transcript_that_is_gone_is_told_once() -> None:
    assert len(check_codings([coding(4, 6, "Me"), coding(7, 10, "kan")], None, "f")) == 1


def test_the_unit_has_the_words_and_a_little_on_both_sides() -> None:
    unit = unit_at(TRANSCRIPT, 7, 10)

    assert (unit.before, unit.text, unit.after) == ("K1: Me ", "kan", " ringe.\n")


def test_a_decision_takes_the_place_of_its_proposal() -> None:
    from dataclasses import replace

    proposal = replace(coding(4, 6, "Me"), status="proposed", coder="_rules", id=coding_id("K1", 4, 6, "tid"))
    other = replace(proposal, id="open")
    yes = replace(proposal, status="accepted", coder="kari")
    no = replace(proposal, status="rejected", coder="ola")

    assert decided([yes, proposal, other]) == [yes, other] or decided([yes, proposal, other]) == [other, yes]
    assert {c.coder for c in decided([proposal, yes, no])} == {"kari", "ola"}


def test_codings_that_wait_and_changed_words_are_counted() -> None:
    from dataclasses import replace

    waiting = [replace(coding(4, 6, "Me"), id=f"w{n}", anchor=anchor) for n, anchor in enumerate(("lost", "ambiguous"))]
    changed = replace(coding(4, 6, "Me"), id="c", anchor="words-changed")
    proposal = replace(coding(4, 6, "Me"), id="p", coder="_rules", anchor="lost")

    found = check_codings([*waiting, changed, proposal], TRANSCRIPT, "f")
    assert [(p.severity, p.message.split(" been")[0]) for p in found] == [
        ("error", "2 codings have not"),
        ("warning", "the words of a coding were changed with the transcript"),
    ]
