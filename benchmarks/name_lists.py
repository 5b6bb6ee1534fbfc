"""Make the lists of names and places that the detectors look words up in.

    QUALKIT_DATA=… python benchmarks/name_lists.py

Reads the name statistics of Statistics Norway, the municipalities of Kartverket, the postal places and the places of
GeoNames, and writes qualkit/anonymisation/lists/. Which names are everyday words too is counted in the training
treebanks: a name that stands in small letters there at least twice. No sentence of theirs is kept.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LISTS = Path(__file__).parent.parent / "qualkit" / "anonymisation" / "lists"
_LETTERS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+\.?)*")
_OFTEN = 2
_COMMON = 3
# Rare as words in the treebanks, but words of everyday talk.
_TALK = frozenset("bo liv dag stein odd even mai juni april sol my siv bjørn finn vår aud are an dan".split())


def first_names(data: Path) -> list[str]:
    return (data / "names/ssb-firstnames.txt").read_text(encoding="utf-8").split("\n")


def surnames(data: Path) -> list[str]:
    return [line.split("\t")[0] for line in (data / "names/ssb-surnames.tsv").read_text(encoding="utf-8").split("\n")]


def municipalities(data: Path) -> list[tuple[str, str]]:
    """Return number and name; one with a Sami or Kven name has as many rows as names."""
    rows = []
    for line in (data / "names/kommuner-2024.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, number, name, _ = line.split("\t")
        rows += [(number, part.strip()) for part in name.split(" - ")]
    return rows


def postal_places(data: Path) -> list[tuple[str, str]]:
    """Return municipality number and place, as it is written in running text."""
    rows = set()
    for line in (data / "names/postal-codes-2026.tsv").read_text(encoding="utf-8").splitlines():
        _, place, number, *_ = line.split("\t")
        rows.add((number, _written(place)))
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _written(capitals: str) -> str:
    """Turn MO I RANA into Mo i Rana."""
    small = re.sub(r"[^\W\d_]+", lambda word: word[0][0] + word[0][1:].lower(), capitals)
    return re.sub(r"(?<= )(I|På|Ved|Og|Under)(?= )", lambda word: word[0].lower(), small)


def geonames(data: Path) -> list[str]:
    lines = (data / "names/geonames-no-500.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line]


def small_letters(data: Path) -> Counter[str]:
    """Count the words that stand in small letters, by word."""
    counted: Counter[str] = Counter()
    for language in ("nob", "nno"):
        for sentence in json.loads((data / f"norne/{language}-train.json").read_text(encoding="utf-8")):
            counted.update(token for token, _ in sentence if token.islower())
    for line in (data / "speech/no_nynorsklia-ud-train.conllu").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[1].islower():
            counted[cells[1]] += 1
    return counted


def write(name: str, rows: Iterable[str]) -> None:
    kept = [row for row in dict.fromkeys(rows) if row]
    (LISTS / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{name}: {len(kept)} lines")


def main() -> int:
    data = Path(os.environ.get("QUALKIT_DATA", ""))
    if not (data / "names").is_dir():
        print("QUALKIT_DATA names no folder with names/: nothing to make", file=sys.stderr)
        return 2
    LISTS.mkdir(exist_ok=True)
    first = sorted(name for name in first_names(data) if _LETTERS.fullmatch(name))
    last = sorted(name for name in surnames(data) if _LETTERS.fullmatch(name))
    local, postal, more = municipalities(data), postal_places(data), geonames(data)
    write("first-names.txt", first)
    write("surnames.txt", last)
    write("municipalities.tsv", ("\t".join(row) for row in local))
    write("postal-places.tsv", ("\t".join(row) for row in postal))
    write("places.txt", sorted({name for name in more if _LETTERS.fullmatch(name)}))
    counted = small_letters(data)
    names = {name.lower() for name in (*first, *last, *(name for _, name in (*local, *postal)), *more)}
    names = {name for name in names if " " not in name}
    write("common.txt", sorted(word for word, count in counted.items() if count >= _COMMON and word.isalpha()))
    common = sorted(name for name in names if counted[name] >= _OFTEN or name in _TALK)
    write("everyday.tsv", (f"{name}\t{max(counted[name], _OFTEN)}" for name in common))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
