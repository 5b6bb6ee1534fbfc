"""docx to canonical text; beside unzipping and going through the paragraphs with lxml."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

from lxml import etree

from benchmarks.measuring import Options, Row, Timing, growth, interleaved, show
from qualkit.transcripts.reading import read_original
from qualkit.transcripts.word import read_word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def measure(options: Options) -> None:
    rows, notes = [], []
    timings: dict[int, Timing] = {}
    words: dict[int, int] = {}
    for size in options.sizes:
        paths = sorted(options.material.documents(size).glob("*.docx"))
        steps = {
            "floor": partial(_floor, paths),
            "read": partial(_read, paths),
            "word": partial(_read_word, paths),
        }
        if size <= 100:
            steps["python-docx"] = partial(_python_docx, paths)
        found = interleaved(steps, options.times(7 if size <= 100 else 3))
        label = f"{size:,}"
        rows.append(Row("docx to canonical text", label, found["read"], found["floor"], 3))
        rows.append(Row("docx to paragraphs, no turns or language yet", label, found["word"], found["floor"]))
        if "python-docx" in found:
            rows.append(Row("text of the paragraphs by python-docx", label, found["python-docx"], found["floor"]))
        timings[size], words[size] = found["read"], _floor(paths)
        packed = sum(path.stat().st_size for path in paths)
        notes.append(f"{size:,} documents, {packed / len(paths) / 1024:.0f} KiB each.")
    show("Word files", [*rows, *growth("docx to canonical text", timings, words)], notes)


def _floor(paths: list[Path]) -> int:
    characters = 0
    for path in paths:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        text = ["".join([piece.text or "" for piece in paragraph.iter(f"{_W}t")]) for paragraph in root.iter(f"{_W}p")]
        characters += len("\n".join(text))
    return characters


def _read(paths: list[Path]) -> int:
    return sum(
        len(read_original(path, transcript_id=path.stem, participants=[path.stem]).transcript.text) for path in paths
    )


def _read_word(paths: list[Path]) -> int:
    return sum(len(read_word(path.read_bytes()).paragraphs) for path in paths)


def _python_docx(paths: list[Path]) -> int:
    import docx

    return sum(len("\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)) for path in paths)
