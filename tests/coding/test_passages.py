from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.codings import parse_codings, render_codings
from qualkit.coding.passages import Passage, codings_of, render_passages
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import transcribe

I3 = transcribe(RawText((Paragraph("I3: Me kan ringe kvarandre, når som helst. 😀"),)), transcript_id="I3").transcript
PLACES = st.tuples(st.integers(0, len(I3.text)), st.integers(0, len(I3.text))).map(sorted)


@given(st.sets(st.tuples(PLACES.map(tuple), st.sampled_from(["tid", "ringe"]), st.sampled_from(["a", "b"]))))
def test_lines_written_at_once_are_those_of_the_codings(found: set[tuple[tuple[int, int], str, str]]) -> None:
    passages = sorted({(place, code): Passage(*place, code, rule) for place, code, rule in found}.values())
    made = codings_of(I3, passages, coder="_rules", created="2026-03-01T00:00:00Z")
    lines = render_passages(I3, passages, coder="_rules", created="2026-03-01T00:00:00Z")

    assert lines == render_codings(made)
    read, problems = parse_codings(lines, "I3.jsonl", "I3")
    assert [c.unit.text for c in read] == [I3.text[p.start : p.end] for p in passages]
    assert problems == []
