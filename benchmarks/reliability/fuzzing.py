"""Every parser of qualkit's own files, and every reader of foreign ones, fed with what nobody meant to write.

`TARGETS` is what is fuzzed; formats come out of the table of formats, so that a new one is fuzzed by itself. A run goes
on where the last one stopped: what it found interesting lies under build/fuzz/.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.reliability.editable import FEEDS

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"

_SAID = (
    "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen. Det regnet.\n\nI [00:01:02]: Og så?\n\nK1: Da måtte jeg vente.\n"
)
_LONGEST = 4096
_SLOWEST = 20
"""Seconds one input may take."""

HOSTILE = (
    b"\0",
    b"\x1b[31m\x9b",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]>',
    b"&c;",
    b"&a [*a, *a, *a]",
    b"[[[[[[[[[[[[[[[[",
    b"{{{{{{{{{{{{{{{{",
    b"<<<<<<< HEAD\n=======\n>>>>>>> b\n",
    b"../../../etc/passwd",
    b'=HYPERLINK("http://x")',
    b"re:(a+)+$",
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"NaN",
    b"<script>alert(1)</script>",
    "\u202e\u2028\ufeff\U0001f600".encode(),
    b"\r\r\n\x85",
    b"---\n",
    b"\t",
)
"""Pieces that are put into files that were sound."""


@dataclass(frozen=True, slots=True)
class Target:
    """One parser.

    Attributes:
        feed: Takes bytes; returns, or raises what a parser may raise on a bad file.
        seeds: Sound files to begin with.
    """

    feed: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _settings(data: bytes) -> None:
    from qualkit.settings import parse_settings, render_settings

    settings, _, problems = parse_settings(_text(data))
    if not problems:
        assert parse_settings(render_settings(settings))[2] == []


def _codebook(data: bytes) -> None:
    from qualkit.coding.codebook import add_code, parse_codebook, set_code_field

    text = _text(data)
    book, problems = parse_codebook(text)
    if book.codes and not any(problem.severity == "error" for problem in problems):
        first = next(book.walk())
        assert first.id
        parse_codebook(add_code(set_code_field(text, first.id, "definition", "ny: #"), "Ny kode"))


def _themes(data: bytes) -> None:
    from qualkit.themes.themesfile import parse_themes

    parse_themes(_text(data), "themes.yaml")


def _participants(data: bytes) -> None:
    from qualkit.transcripts.participants import index_people, parse_participants

    index_people(parse_participants(data, "participants.csv")[0])


def _canonical(data: bytes) -> None:
    from qualkit.coding.codings import check_codings, parse_codings
    from qualkit.transcripts.canonical import parse_transcript, render_transcript

    record, problems = parse_transcript(_text(data), "K1.txt", default_id="K1")
    if record is not None:
        check_codings(parse_codings(_CODING, "K1.jsonl")[0], record, "K1.jsonl")
        again = parse_transcript(render_transcript(record), "K1.txt")[0]
        assert again is not None
        if not problems:
            assert again.text == record.text


def _codings(data: bytes) -> None:
    from qualkit.coding.codings import check_codings, decided, parse_codings, render_codings
    from qualkit.transcripts.canonical import parse_transcript

    codings, _ = parse_codings(data, "K1.jsonl", "K1")
    again, problems = parse_codings(render_codings(codings), "K1.jsonl", "K1")
    assert (sorted(map(str, again)), problems) == (sorted(map(str, codings)), [])
    decided(codings)
    check_codings(codings, parse_transcript(_TRANSCRIPT, "K1.txt")[0], "K1.jsonl")


def _pattern(data: bytes) -> None:
    from qualkit.coding.codebook import parse_codebook
    from qualkit.coding.proposing import propose_codings
    from qualkit.transcripts.canonical import parse_transcript
    from qualkit.yamltext import quoted

    record = parse_transcript(_TRANSCRIPT, "K1.txt")[0]
    assert record is not None
    lines = "".join(f"\n  - any: [{quoted(line)}]" for line in _text(data).split("\n")[:4])
    book, problems = parse_codebook(f"codes:\n- id: a\n  name: A\n  rules:{lines}\n")
    if not any(problem.severity == "error" for problem in problems):
        propose_codings([record], book, coder="_rules", created="", owners={"K1": {}})


def _lines_of(file: str, data: bytes) -> None:
    """Read a file of a study that is parsed where it lies."""
    from qualkit import disk
    from qualkit import study as studies
    from qualkit.model import Settings, Study

    with tempfile.TemporaryDirectory(prefix="qualkit-fuzz-") as folder:
        path = Path(folder, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        study = Study(Path(folder), Settings(""))
        studies.read_trail(study)
        studies.transcripts_read(study)
        if path.name == "lock":
            try:
                with disk.lock(path, "kari"):
                    pass
            except disk.StudyLocked:
                pass


def _original(reader: Callable[[bytes], object], data: bytes) -> None:
    from qualkit.transcripts.raw import RawText, UnreadableOriginal
    from qualkit.transcripts.reading import transcribe

    try:
        raw = reader(data)
    except UnreadableOriginal:
        return
    assert isinstance(raw, RawText)
    try:
        transcribe(raw, transcript_id="K1", language="nb")
    except UnreadableOriginal:
        return


def _cells(parser: Callable[[bytes], None], data: bytes) -> None:
    """Make a workbook whose cells hold the input: a row a line, a cell between two tabs."""
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    for row in _text(data).split("\n")[:200]:
        book.active.append([_NO_CELL.sub("", cell)[:32_000] for cell in row.split("\t")[:50]])
    book.save(made)
    parser(made.getvalue())


def _sheet(file: str, data: bytes) -> None:
    """Read a codebook as a table."""
    from qualkit.coding.codebook_sheet import UnreadableCodebook, read_codebook_sheet

    try:
        read_codebook_sheet(data, file)
    except UnreadableCodebook:
        return


def _inside(reader: Callable[[bytes], object], package: bytes, data: bytes) -> None:
    """Put the input in the place of the largest part of a zipped format."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(made, "w") as after:
        largest = max(before.infolist(), key=lambda info: info.file_size if info.filename.endswith(".xml") else -1)
        for info in before.infolist():
            after.writestr(info.filename, data if info is largest else before.read(info))
    _original(reader, made.getvalue())


def _largest(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        return max((zipped.read(info) for info in zipped.infolist() if info.filename.endswith(".xml")), key=len)


_TRANSCRIPT = f"""---
id: K1
language: nb
speakers:
  I: {{role: interviewer}}
  K1: {{role: participant}}
times:
  1: [1.0, 2.0]
---
{_SAID}"""
_CODING = b'{"id":"1","transcript":"K1","start":21,"end":35,"text":"Jeg m","before":"","after":"","code":"a",'
_CODING += (
    b'"coder":"kari","status":"accepted","origin":"manual","created":"","memo":"","anchor":"kept","text_sha256":""}\n'
)
_TRAIL = b'{"when":"2026-11-01T10:00:00Z","who":"kari","what":"mark","object":"coding 1",'
_TRAIL += b'"before":null,"after":{"a":1},"why":""}\n'
_LOCK = b'{"owner": "ola", "pid": 1, "host": "elsewhere", "since": 1.5, "process": "a/1"}'
_THEMES = """themes:
  - heading: Å ringe
    codes: [telefon]
    quotations: [1]
    subthemes:
      - {heading: B, codes: [b]}
"""
_PEOPLE = "id\tlabels\trolle\tmay_quote\nK1\tKari; Kari N\t=1+1\tnei\nK2\tOla\t3.5\t\n"
_CODES = "id\tparent\tname\tcolour\tdefinition\trules\na\t\tÅ ringe\t#aa3300\t=1+1\tlemma:ringe\nb\ta\tB\t\t\t\n"
_NO_CELL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What no cell can hold."""
_PATTERNS = b"lemma:ringe\nta* kontakt\ncompound:bolig\nre:\\bm\xc3\xb8tt(e|es)?\\b"


def _workbook() -> bytes:
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    for row in (("id", "labels", "rolle"), ("K1", "Kari", "=1+1"), ("K2", "Ola", 3.5)):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def _word() -> bytes:
    from docx import Document

    made, document = io.BytesIO(), Document()
    for line in _SAID.split("\n\n"):
        document.add_paragraph(line)
    document.add_table(1, 2).rows[0].cells[0].text = "K1"
    document.save(made)
    return made.getvalue()


def _corpus(*endings: str) -> list[bytes]:
    """Return small shipped files of these endings, and the same words as plain text."""
    from qualkit.shipped import corpora

    files = sorted(path for path in corpora().rglob("*") if path.suffix in endings and path.stat().st_size < 60_000)
    return [_SAID.encode(), *(path.read_bytes() for path in files[:4])]


def _shipped(name: str) -> list[bytes]:
    from qualkit.shipped import codebooks, corpora

    folders = (corpora(), codebooks())
    return [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*.yaml")) if name in path.name][:6]


def targets() -> dict[str, Target]:
    """Return every parser by its name."""
    from qualkit.transcripts.formats import FORMATS

    found = {
        "study.yaml": Target(_settings, lambda: _shipped("study.yaml")),
        "codebook.yaml": Target(_codebook, lambda: [b"codes:\n- {id: a, name: A, rules: [ringe]}\n", *_shipped("")]),
        "themes.yaml": Target(_themes, lambda: [_THEMES.encode(), *_shipped("themes.yaml")]),
        "participants.csv": Target(
            _participants, lambda: [b"id;labels;may_quote\nK1;Kari, K 1;nei\n", b'sep=,\n"id","a"\n']
        ),
        "participants.xlsx inside": Target(partial(_cells, _participants), lambda: [_PEOPLE.encode()]),
        "participants.xlsx": Target(_participants, lambda: [_workbook()]),
        "codebook.csv": Target(partial(_sheet, "codebook.csv"), lambda: [_CODES.replace("\t", ";").encode()]),
        "codebook.xlsx inside": Target(
            partial(_cells, partial(_sheet, "codebook.xlsx")), lambda: [_CODES.encode(), _PEOPLE.encode()]
        ),
        "codebook.xlsx": Target(partial(_sheet, "codebook.xlsx"), lambda: [_workbook()]),
        "transcript": Target(_canonical, lambda: [_TRANSCRIPT.encode()]),
        "codings": Target(_codings, lambda: [_CODING]),
        "trail": Target(partial(_lines_of, "trail.jsonl"), lambda: [_TRAIL * 2]),
        "readings": Target(partial(_lines_of, "readings/kari.jsonl"), lambda: [b'{"transcript":"K1","when":""}\n']),
        "lock": Target(partial(_lines_of, ".qualkit/lock"), lambda: [_LOCK]),
        "patterns": Target(_pattern, lambda: [_PATTERNS]),
        **{name: Target(feed, lambda seed=seed: [seed]) for name, (feed, seed) in FEEDS.items()},  # type: ignore[misc]
    }
    for one in FORMATS:
        name = one.suffixes[0].lstrip(".")
        seeds = partial(_corpus, *one.suffixes)
        if ".docx" in one.suffixes:
            found[f"{name} inside"] = Target(partial(_inside, one.read, _word()), lambda: [_largest(_word())])
            found[name] = Target(partial(_original, one.read), lambda: [_word()])
            continue
        zipped = next((data for data in seeds() if data.startswith(b"PK")), None)
        if zipped is not None:
            inner = _largest(zipped)
            found[f"{name} inside"] = Target(partial(_inside, one.read, zipped), lambda inner=inner: [inner])  # type: ignore[misc]
        found[name] = Target(partial(_original, one.read), seeds)
    return found


def guarded() -> None:
    """From now on, end what tries to reach the network, to start programs, or to write outside a scratch folder."""
    scratch = os.path.realpath(tempfile.gettempdir())
    refused = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "urllib.Request")

    def watch(event: str, given: tuple[object, ...]) -> None:
        if event in refused:
            raise AssertionError(f"a parser tried {event}")
        if event == "open" and isinstance(given[0], str | os.PathLike) and isinstance(given[1], str):
            writes = any(letter in given[1] for letter in "wax+")
            if writes and not os.path.realpath(given[0]).startswith((scratch, os.devnull)):
                raise AssertionError("a parser wrote outside its folder")

    sys.addaudithook(watch)


def _fuzz(name: str, seconds: int) -> None:
    """Be the process that fuzzes one parser."""
    import atheris

    with atheris.instrument_imports(include=["qualkit", "yaml", "openpyxl"]):
        target = targets()[name]
        # Everything is imported, and instrumented, before the watch begins.
        seeds = target.seeds()
        for seed in seeds:
            target.feed(seed)
    corpus = KEPT / name.replace(" ", "-")
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    words = KEPT / "words"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in piece) + '"\n' for piece in HOSTILE))
    guarded()
    longest = max(_LONGEST, *(len(seed) for seed in seeds))
    options = (
        f"-max_total_time={seconds}",
        f"-timeout={_SLOWEST}",
        "-rss_limit_mb=3000",
        f"-max_len={longest}",
        "-print_final_stats=1",
    )
    found = f"-artifact_prefix={KEPT}/found-{name.replace(' ', '-')}-"
    atheris.Setup([sys.argv[0], *options, found, f"-dict={words}", str(corpus)], target.feed)
    atheris.Fuzz()


def _told(ran: subprocess.CompletedProcess[str]) -> Iterator[str]:
    for line in ran.stderr.splitlines():
        if "number_of_executed_units" in line:
            yield line.split()[-1] + " inputs"
    covered = [line for line in ran.stderr.splitlines() if " cov: " in line]
    if covered:
        yield "branches " + covered[-1].split(" cov: ")[1].split()[0]
        new = [line for line in covered if "\tNEW " in line]
        yield f"last new path at input {new[-1].split()[0].lstrip('#')}" if new else "no new path"


def main(arguments: list[str]) -> int:
    """Fuzz one parser after the other; exit 1 if any broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="each parser; default: 60")
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        _fuzz(chosen.one, chosen.seconds)
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    broken = 0
    for name in chosen.only or targets():
        begin = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "benchmarks.reliability",
            "fuzz",
            "--one",
            name,
            "--seconds",
            str(chosen.seconds),
        ]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False, env=environment
        )
        broken += ran.returncode != 0
        verdict = "no fault" if ran.returncode == 0 else "BROKE"
        print(f"{name}: {verdict}, {time.perf_counter() - begin:.0f} s, {', '.join(_told(ran))}", flush=True)
        if ran.returncode:
            print("\n".join(ran.stderr.splitlines()[-40:]), flush=True)
    return 1 if broken else 0
