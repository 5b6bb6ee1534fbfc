"""The floors of whole processes: scripts that do the same work and nothing else.

    python -m benchmarks.floors code MODULES TEXTS PREPARED OUT
    python -m benchmarks.floors unchanged MODULES FOLDER…

Each prints on stdout, as JSON, the seconds its parts took.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from itertools import pairwise
from pathlib import Path


def import_all(path: str) -> None:
    """Import what the measured process had imported, in its order."""
    for name in Path(path).read_text(encoding="utf-8").split():
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except ImportError:
                continue


def code(modules: str, texts: str, prepared: str, out: str) -> dict[str, float]:
    """Do what coding new transcripts cannot do without, in one process.

    Import, load the tables of lemmas, read and decode, index words, look for 200 compiled rules, serialise
    as many coding lines of the same words, and write them and the texts, without a temporary name or a
    flush. Which passages become codings (prepared by an earlier run) is read as arrays.
    """
    marks = [("", time.perf_counter())]

    def mark(name: str) -> None:
        marks.append((name, time.perf_counter()))

    import_all(modules)
    mark("imports")

    import pickle

    import numpy as np
    import orjson
    from simplemma import lemmatize

    from qualkit.coding.matching import find
    from qualkit.language.words import Vocabulary, index_words

    # No dictionary has the word, so both are asked.
    lemmatize("xqzkj", ("nb", "nn"))
    mark("lemma tables")
    contents = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(Path(texts).glob("*.txt"))}
    mark("reading")
    vocabulary = Vocabulary()
    arrays = [index_words(text, vocabulary) for text in contents.values()]
    mark("word arrays")
    with Path(prepared, "matcher.pickle").open("rb") as file:
        matcher = pickle.load(file)
    hits = [find(words, matcher) for words in arrays]
    mark("rules")
    bounds = np.load(Path(prepared, "bounds.npy"))
    columns = np.load(Path(prepared, "codings.npy"))
    names = json.loads(Path(prepared, "names.json").read_text(encoding="utf-8"))
    folder = Path(out)
    (folder / "transcripts").mkdir(parents=True)
    (folder / "codings").mkdir()
    for number, (name, text) in enumerate(contents.items()):
        (folder / "transcripts" / f"{name}.txt").write_bytes(text.encode())
        rows = columns[bounds[number] : bounds[number + 1]].tolist()
        lines = [
            orjson.dumps(
                {
                    "id": "0123456789abcdef",
                    "transcript": name,
                    "start": start,
                    "end": end,
                    "text": text[start:end],
                    "before": text[max(0, start - 32) : start],
                    "after": text[end : end + 32],
                    "code": names[code_number],
                    "coder": "_rules",
                    "status": "proposed",
                    "origin": names[rule_number],
                    "created": "2026-03-01T00:00:00Z",
                    "memo": "",
                    "anchor": "kept",
                    "text_sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                }
            )
            for start, end, code_number, rule_number in rows
        ]
        (folder / "codings" / f"{name}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    mark("serialising and writing")
    if not sum(len(hit.pattern) for hit in hits):
        raise SystemExit("nothing was found")
    return {name: then - before for (_, before), (name, then) in pairwise(marks)}


def unchanged(modules: str, *folders: str) -> dict[str, float]:
    """Import, and ask for the state of every file."""
    begin = time.perf_counter()
    import_all(modules)
    imported = time.perf_counter()
    for folder in folders:
        for path in Path(folder).iterdir():
            path.stat()
    return {"imports": imported - begin, "stat": time.perf_counter() - imported}


if __name__ == "__main__":
    print(json.dumps({"code": code, "unchanged": unchanged}[sys.argv[1]](*sys.argv[2:])))
