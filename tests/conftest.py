from collections.abc import Callable, Mapping

import pytest

from qualkit.coding.codebook import parse_codebook
from qualkit.coding.proposing import propose_codings
from qualkit.model import Coding, Transcript
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import transcribe

Interview = Callable[..., Transcript]
Found = Callable[..., list[str]]


def _interview(text: str, id: str = "K1", language: str | None = "nb") -> Transcript:  # noqa: A002
    """Return the transcript of a text whose lines open with speaker labels, as `qualkit add` would read it."""
    raw = RawText(tuple(Paragraph(line) for line in text.splitlines()))
    return transcribe(raw, transcript_id=id, language=language).transcript


@pytest.fixture(scope="session")
def interview() -> Interview:
    return _interview


def _propose(codebook: str, record: Transcript, owners: Mapping[str, str] | None = None) -> list[Coding]:
    book, problems = parse_codebook(codebook)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    found, late = propose_codings([record], book, coder="_rules", created="", owners={record.id: owners or {}})
    assert late == []
    return found[record.id]


@pytest.fixture(scope="session")
def found() -> Found:
    """Return a function from a code's rule, written as in codebook.yaml, to the words it proposes to code."""

    def words(rule: str, record: Transcript, owners: Mapping[str, str] | None = None) -> list[str]:
        codings = _propose(f"codes: [{{id: kode, rules: [{rule}]}}]", record, owners)
        for coding in codings:
            span = coding.unit.span
            assert record.text[span.start : span.end] == coding.unit.text
        return [coding.unit.text for coding in codings]

    return words
