import contextlib
import hashlib
import io
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from qualkit.coding.codebook import parse_codebook
from qualkit.coding.proposing import propose_codings
from qualkit.model import Coding, Transcript
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import transcribe

# A run that decides whether a change goes in tries the same examples every time; others look for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
settings.load_profile("same" if os.environ.get("CI") else "new")

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


CODEBOOK = """codes:
- id: telefon
  name: Å ringe
  rules: ["lemma:ringe"]
- id: vente
  name: Å vente
  rules: ["lemma:vente"]
"""
INTERVIEWS = {
    "K1.txt": "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen. Det regnet.\n\nI: Og så?\n\nK1: Da måtte jeg vente.\n",
    "K2.txt": "I: Hva skjedde?\n\nK2: Vi venter alltid på svar. Ingen ringer oss.\n",
}


@dataclass(frozen=True)
class Ran:
    """What a command gave: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


@pytest.fixture
def qualkit(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Callable[..., Ran]:
    """Run a command in this process, as one would type it.

    Where a test is marked `drafts`, what it exports is a draft: its lesson is another than what must be decided.
    """
    from qualkit.cli import main

    monkeypatch.setenv("QUALKIT_CODER", "kari")
    drafts = request.node.get_closest_marker("drafts") is not None

    def run(*arguments: str | Path, keys: str = "", cwd: Path | None = None) -> Ran:
        exports = "export" in arguments[:2] or (arguments[0] in ("themes", "condense") and "-o" in arguments)
        if drafts and exports:
            arguments = (*arguments, "--allow-unreviewed", "a draft")
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.StringIO(keys))
            if cwd is not None:
                patch.chdir(cwd)
            try:
                main([str(argument) for argument in arguments])
            except SystemExit as stop:
                code = stop.code if isinstance(stop.code, int) else 0
        return Ran(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def interviews(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder as a researcher has it: transcripts, a codebook, perhaps participants.csv."""

    def make(
        files: Mapping[str, str | bytes] | None = None,
        *,
        codebook: str | None = CODEBOOK,
        participants: str | bytes | None = None,
        name: str = "interviews",
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        everything: dict[str, str | bytes] = dict(INTERVIEWS if files is None else files)
        if codebook is not None:
            everything["codebook.yaml"] = codebook
        if participants is not None:
            everything["participants.csv"] = participants
        for file, content in everything.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


NAMED = {
    "Kari Nes.txt": "I: Hva skjedde?\n\nKari Nes: Jeg måtte ringe Ola Vik. Karis vakt var lang.\n\nI: Ja, Kari?\n",
    "fokus.txt": "I: Hva?\n\nOla Vik: Jeg ringer aldri noen.\n\nKari Nes: Jeg ringte ham på fredag.\n",
}
WHO = "id;labels;rolle;may_quote;navn\nP1;Kari Nes;sykepleier;ja;Kari Nes\nP2;Ola Vik;lege;nei;Ola Vik\n"


@pytest.fixture
def named_study(qualkit: Callable[..., Ran], interviews: Callable[..., Path]) -> Path:
    """Make a study whose people have names, one of whom may not be quoted; everything proposed is accepted."""
    folder = interviews(NAMED, participants=WHO)
    ran = qualkit("code", folder)
    assert ran.code == 0, ran.err
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)
    return root


@pytest.fixture
def state_of() -> Callable[..., dict[str, tuple[str, int]]]:
    """Return hash and time of every file below a folder, by path; the cache is left out unless asked for."""

    def state(folder: Path, *, cache: bool = False) -> dict[str, tuple[str, int]]:
        found = {}
        for base, folders, names in os.walk(folder):
            if not cache and ".qualkit" in folders:
                folders.remove(".qualkit")
            for name in names:
                path = Path(base, name)
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                found[path.relative_to(folder).as_posix()] = (digest, path.stat().st_mtime_ns)
        return found

    return state
