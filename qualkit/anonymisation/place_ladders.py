"""Wider words for a place: what kind of place it is in its county, the county, the part of the country, a place.

A step that fewer than three municipalities share is left out: the county of Oslo is one town.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from qualkit.anonymisation.lexicon import lines

_WIDER = Path(__file__).parent / "wider"
_FEWEST = 3

_PARTS = {
    "east": {"nb": "Østlandet", "nn": "Austlandet", "en": "Eastern Norway"},
    "west": {"nb": "Vestlandet", "nn": "Vestlandet", "en": "Western Norway"},
    "south": {"nb": "Sørlandet", "nn": "Sørlandet", "en": "Southern Norway"},
    "middle": {"nb": "Midt-Norge", "nn": "Midt-Noreg", "en": "Central Norway"},
    "north": {"nb": "Nord-Norge", "nn": "Nord-Noreg", "en": "Northern Norway"},
}
_ON = ("east", "west", "south")
_KINDS = {
    "town": {"nb": "by", "nn": "by", "en": "town"},
    "municipality": {"nb": "kommune", "nn": "kommune", "en": "municipality"},
    "place": {"nb": "sted", "nn": "stad", "en": "place"},
}
_REGIONS = {
    "nordic": {"nb": "et nordisk land", "nn": "eit nordisk land", "en": "a Nordic country"},
    "east-europe": {"nb": "et land i Øst-Europa", "nn": "eit land i Aust-Europa", "en": "a country in Eastern Europe"},
    "west-europe": {"nb": "et land i Vest-Europa", "nn": "eit land i Vest-Europa", "en": "a country in Western Europe"},
    "south-europe": {"nb": "et land i Sør-Europa", "nn": "eit land i Sør-Europa", "en": "a country in Southern Europe"},
    "africa": {"nb": "et land i Afrika", "nn": "eit land i Afrika", "en": "a country in Africa"},
    "west-asia": {"nb": "et land i Midtøsten", "nn": "eit land i Midtausten", "en": "a country in the Middle East"},
    "asia": {"nb": "et land i Asia", "nn": "eit land i Asia", "en": "a country in Asia"},
    "america": {"nb": "et land i Amerika", "nn": "eit land i Amerika", "en": "a country in the Americas"},
    "oceania": {"nb": "et land i Oseania", "nn": "eit land i Oseania", "en": "a country in Oceania"},
}
_ABROAD = {"nb": "et annet land", "nn": "eit anna land", "en": "another country"}


def place_ladder(form: str, language: str, *, abroad: bool = False) -> tuple[str, ...]:
    """Return wider words for a place, nearest first.

    Args:
        form: A place's name, a genitive too.
        language: nb, nn or en.
        abroad: Only look among countries.

    Example:
        >>> place_ladder("Hemnes", "nb")
        ('kommune i Nordland', 'Nordland', 'Nord-Norge', 'sted')
        >>> place_ladder("Oslo", "en")
        ('town in Eastern Norway', 'Eastern Norway', 'place')
        >>> place_ladder("Somalia", "nn")
        ('eit land i Afrika', 'eit anna land')
        >>> place_ladder("Solbakken gård", "nb")
        ('sted',)
    """
    name = _known(form)
    if region := _countries().get(name):
        return _REGIONS[region][language], _ABROAD[language]
    if abroad:
        return ()
    last = _KINDS["place"][language]
    if part := _districts().get(name):
        is_part = name in {called.casefold() for called in _PARTS[part].values()}
        return (last,) if is_part else (_PARTS[part][language], last)
    codes = _codes().get(name, frozenset())
    parts = {_counties()[code][1] for code in codes}
    if len(parts) != 1:
        # Nothing of this name, or places in several parts of the country.
        return (last,)
    (part,) = parts
    kind = "town" if name in _towns() else "municipality" if name in _municipalities() else "place"
    wider = [step for sharing, step in _widening(codes, part, language) if sharing >= _FEWEST]
    return tuple(dict.fromkeys((_nearest(codes, part, kind, language), *wider, last)))


def part_of(form: str, language: str) -> str:
    """Return the part of the country a place lies in, with its preposition; "" where nothing is known.

    Example:
        >>> part_of("Ullevål", "nb"), part_of("Namsos", "nb"), part_of("Halden", "en")
        ('', 'i Midt-Norge', 'in Eastern Norway')
    """
    name = _known(form)
    county = next((code for code, (called, _) in _counties().items() if called.casefold() == name), None)
    codes = frozenset({county}) if county else _codes().get(name, frozenset())
    parts = {_counties()[code][1] for code in codes} or {part for part in [_districts().get(name)] if part}
    return _in(next(iter(parts)), language) if len(parts) == 1 else ""


def _in(part: str, language: str) -> str:
    word = "in" if language == "en" else "på" if part in _ON else "i"
    return f"{word} {_PARTS[part][language]}"


def _nearest(codes: frozenset[str], part: str, kind: str, language: str) -> str:
    """Return the nearest step: the kind of place in its county, or where few share that, in its part of the country."""
    named = _KINDS[kind][language]
    if len(codes) == 1:
        (code,) = codes
        sharing = _counted()[kind, code]
        if sharing >= _FEWEST:
            return f"{named} {'in' if language == 'en' else 'i'} {_counties()[code][0]}"
    return f"{named} {_in(part, language)}"


def _widening(codes: frozenset[str], part: str, language: str) -> list[tuple[int, str]]:
    """Return the county, where it is one, and the part of the country, each with how many municipalities share it."""
    steps = []
    if len(codes) == 1:
        (code,) = codes
        steps.append((_counted()["municipality", code], _counties()[code][0]))
    sharing = sum(_counted()["municipality", code] for code, (_, where) in _counties().items() if where == part)
    return [*steps, (sharing, _PARTS[part][language])]


def _known(form: str) -> str:
    """Return a folded name as the tables have it, without the genitive."""
    folded = " ".join(form.casefold().split())
    tables = (_countries(), _districts(), _codes())
    for name in (folded, folded.removesuffix("s"), folded.rstrip("'’").removesuffix("'s").removesuffix("’s")):
        if any(name in table for table in tables):
            return name
    for ending in (" kommune", " by", " municipality"):
        if folded.endswith(ending) and folded.removesuffix(ending) in _codes():
            return folded.removesuffix(ending)
    return folded


def wider_rows(table: str) -> list[list[str]]:
    """Return the rows of a table of wider words, without comments."""
    text = (_WIDER / table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _counties() -> dict[str, tuple[str, str]]:
    return {code: (name, part) for code, name, part in wider_rows("counties.tsv")}


@cache
def _districts() -> dict[str, str]:
    """Return what is larger than a municipality, with its part of the country; counties too."""
    table = {
        name.casefold(): part for name, part in wider_rows("former-counties.tsv") if name.casefold() not in _codes()
    }
    called = {name.casefold(): part for name, part in _counties().values() if name != "Oslo"}
    parts = {name.casefold(): part for part, names in _PARTS.items() for name in names.values()}
    return {**parts, **table, **called}


@cache
def _countries() -> dict[str, str]:
    return {name.casefold(): region for names, region in wider_rows("countries.tsv") for name in names.split("|")}


@cache
def _towns() -> frozenset[str]:
    return frozenset(row[0].casefold() for row in wider_rows("towns.txt"))


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(line.split("\t")[1].casefold() for line in lines("municipalities.tsv"))


@cache
def _codes() -> dict[str, frozenset[str]]:
    """Return the counties in which something of a name lies: municipalities before postal places."""
    found: dict[str, set[str]] = {}
    for table in ("municipalities.tsv", "postal-places.tsv"):
        before = set(found)
        for line in lines(table):
            number, name = line.split("\t")
            if name.casefold() not in before and number[:2] in _counties():
                found.setdefault(name.casefold(), set()).add(number[:2])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _counted() -> Counter[tuple[str, str]]:
    """Return how many towns, municipalities and places there are in each county."""
    counted: Counter[tuple[str, str]] = Counter()
    numbers = {line.split("\t")[0] for line in lines("municipalities.tsv")}
    counted.update(("municipality", number[:2]) for number in numbers)
    for name, codes in _codes().items():
        for code in codes:
            counted["town", code] += name in _towns()
            counted["place", code] += 1
    return counted
