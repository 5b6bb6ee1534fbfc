"""Entries are added and taken out, and every other byte stays."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import FaultyFiles
from qualkit.reflection import Reflection
from qualkit.reflections.reflections_edits import add_entry, only_own, without_transcripts
from qualkit.reflections.reflectionsfile import parse_reflections

BLOCK = """# Mine
impressions:   # ett om hvert
  - transcript: K1
    date: 2026-03-02
    text: |
      Mye uro.
  # så K2
  - transcript: K2
    text: Ro.
journal:
themes: []
# slutt
"""
CRLF = BLOCK.replace("\n", "\r\n")
FLOW = "{impressions: [{transcript: K1, text: Mye uro.}, {transcript: K2, text: Ro.}], journal: , themes: []}  # slik\n"
STYLES = pytest.mark.parametrize("text", [BLOCK, CRLF, FLOW, BLOCK.rstrip("\n")], ids=["block", "crlf", "flow", "open"])


def read(text: str) -> list[Reflection]:
    found, problems = parse_reflections(text, "f", "kari")
    assert [str(problem) for problem in problems] == []
    return list(found)


def all_stays(text: str, after: str) -> bool:
    """Whether a text stands in another one whole, with one piece put into it."""
    pairs = list(zip(text, after, strict=False)), list(zip(reversed(text), reversed(after), strict=False))
    head, tail = (next((n for n, (one, other) in enumerate(some) if one != other), len(some)) for some in pairs)
    return head + tail >= len(text)


@STYLES
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("impression", {"transcript": "K3", "text": "Lang.\n\nOg: lengre # her"}),
        ("journal", {"date": "2026-03-03", "text": "Hørte meg selv."}),
        ("theme", {"name": "Uro: natta", "why": "alle"}),
        ("note", {"transcript": "K3", "text": "- ikke en liste"}),
        ("asked", {"transcript": "K3", "question": ("a", "b"), "words": "Hva [da]?", "nth": "2"}),
    ],
)
def test_an_entry_is_added_and_all_else_stays(text: str, kind: str, values: dict) -> None:
    before = read(text)
    after = add_entry(text, "kari", kind, values)  # type: ignore[arg-type]
    found = read(after)
    new = [one for one in found if one.kind == kind][-1]
    assert new.text == values.get("text", values.get("why", values.get("words")))
    assert [(o.kind, o.about, o.text, o.date) for o in found if o is not new] == [
        (o.kind, o.about, o.text, o.date) for o in before
    ]
    assert all_stays(text, after)
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") == after.count("\r\n") or text is not CRLF


def test_a_new_file_says_whose_it_is_and_long_texts_stand_below_their_key() -> None:
    after = add_entry("", "kari", "journal", {"date": "2026-03-03", "text": "a\n\nb"})
    assert after.splitlines()[0].startswith("# What kari noted")
    assert after.splitlines()[1:] == ["journal:", "  - date: 2026-03-03", "    text: |", "      a", "", "      b"]


def test_nothing_is_added_to_a_file_with_faults() -> None:
    for text in ("impressions: [", "- K1", "impressions: her"):
        with pytest.raises(FaultyFiles):
            add_entry(text, "kari", "impression", {"transcript": "K1", "text": "a"})


@STYLES
def test_what_is_about_a_transcript_goes_and_all_else_stays(text: str) -> None:
    after = without_transcripts(text, {"K1"})
    assert [(one.about, one.text) for one in read(after)] == [("K2", "Ro.")]
    assert "uro" not in after
    assert ("# så K2" in after) == ("# så K2" in text)
    none = without_transcripts(text, {"K1", "K2"})
    assert read(none) == []
    assert without_transcripts(text, {"K9"}) == text


def test_what_is_the_analysts_own_stays_at_the_end() -> None:
    text = (
        BLOCK + "preconceptions:\n- text: |\n    Jeg venter sinne.\nverdicts:\n- {transcript: K1, verdict: supports}\n"
    )
    assert only_own(text) == "preconceptions:\n- text: |\n    Jeg venter sinne.\n"
    assert only_own("themes: [{name: Uro}]\njournal: [") == ""
    assert [one.about for one in read(only_own("{journal: [{text: Hun.}], themes: [{name: Uro}]}"))] == ["Uro"]


# What YAML forbids is taken out before anything is written, and a carriage return is a line's end.
TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\t:#-'\"[]{}|>&*!%@,"), max_size=60
)
ENTRIES = st.lists(
    st.one_of(
        st.tuples(st.just("impression"), st.fixed_dictionaries({"transcript": st.just("K1"), "text": TEXTS})),
        st.tuples(st.just("journal"), st.fixed_dictionaries({"date": st.just("2026-03-02"), "text": TEXTS})),
        st.tuples(st.just("theme"), st.fixed_dictionaries({"name": st.just("Uro"), "why": TEXTS})),
    ),
    max_size=6,
)


@given(st.sampled_from(["", BLOCK, CRLF, FLOW]), ENTRIES)
def test_whatever_is_written_is_read_again_and_no_byte_goes(text: str, entries: list) -> None:
    wanted = []
    for kind, values in entries:
        words = values.get("text", values.get("why"))
        if not words.strip() and kind != "theme":
            continue
        after = add_entry(text, "kari", kind, values)
        assert not text or all_stays(text, after)
        text = after
        wanted.append((kind, normalize("NFC", words.strip())))
    found = [(one.kind, one.text) for one in read(text)]
    for pair in wanted:
        assert pair in found
        found.remove(pair)


@given(ENTRIES)
def test_what_was_added_can_be_taken_out_again(entries: list) -> None:
    text = BLOCK
    for kind, values in entries:
        if values.get("text", values.get("why")).strip():
            text = add_entry(text, "kari", kind, values)
    after = without_transcripts(text, {"K1"})
    assert [one.about for one in read(after) if one.kind == "impression"] == ["K2"]
    assert [one for one in read(after) if one.kind == "journal"] != [] or not any(
        kind == "journal" and values["text"].strip() for kind, values in entries
    )
