"""Other codes in a coding file: only the lines that change are written anew, and keys nobody knows stay."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

_RANK = {"accepted": 0, "proposed": 1, "rejected": 2}


@dataclass(frozen=True, slots=True)
class Recoded:
    """A coding file with other codes in it.

    Attributes:
        data: Its bytes.
        changed: How many lines have another code.
        dropped: Lines taken out, by coding id: the id of the equal coding that was kept, "" where there is none.
    """

    data: bytes
    changed: int = 0
    dropped: Mapping[str, str] = field(default_factory=dict)


def recode_lines(
    data: bytes, codes: Mapping[str, str | None], origins: Mapping[str, str] | None = None, *, one_of_two: bool = False
) -> Recoded:
    r"""Return a coding file with other codes in its lines.

    Args:
        data: Its bytes.
        codes: From code to code; None takes the codings of a code out.
        origins: From origin to origin, for rules that have another id now.
        one_of_two: Whether of two codings that have become equal (same passage, same code) one is kept: what was
            accepted before what was proposed or rejected, then the earlier one. Memos of both are kept.

    Example:
        >>> line = b'{"id":"1","start":0,"end":3,"code":"a","mine":1}\n'
        >>> recode_lines(line, {"a": "b"}).data
        b'{"id":"1","start":0,"end":3,"code":"b","mine":1}\n'
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    lines = data[len(mark) :].split(b"\n")
    records = [_record(line) for line in lines]
    touched: set[int] = set()
    gone: dict[str, str] = {}
    for at, record in enumerate(records):
        if record is None:
            continue
        before = orjson.dumps(record)
        if record["code"] in codes:
            new = codes[record["code"]]
            if new is None:
                gone[str(record.get("id"))] = ""
                lines[at] = b"\0"
                records[at] = None
                continue
            record["code"] = new
        if origins and record.get("origin") in origins:
            record["origin"] = origins[record["origin"]]
        waits = record.get("split")
        if isinstance(waits, list) and any(code in codes for code in waits):
            others = (codes.get(code, code) if isinstance(code, str) else code for code in waits)
            record["split"] = list(dict.fromkeys(code for code in others if code is not None))
        if orjson.dumps(record) != before:
            touched.add(at)
    changed = len(touched)
    if one_of_two:
        _keep_one(lines, records, touched, gone)
    for at in touched:
        record = records[at]
        if record is not None:
            lines[at] = orjson.dumps(record) + (b"\r" if lines[at].endswith(b"\r") else b"")
    kept = [line for line in lines if line != b"\0"]
    return Recoded(mark + b"\n".join(kept) if any(kept) else b"", changed, gone)


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(record, dict) or not isinstance(record.get("code"), str):
        return None
    return record


def _keep_one(
    lines: list[bytes], records: list[dict[str, Any] | None], touched: set[int], gone: dict[str, str]
) -> None:
    recoded = frozenset(touched)
    places: dict[tuple[object, ...], list[int]] = {}
    for at, record in enumerate(records):
        if record is not None:
            key = (record.get("transcript"), record.get("start"), record.get("end"), record["code"])
            places.setdefault(key, []).append(at)
    for equal in places.values():
        if len(equal) < 2 or not touched.intersection(equal):
            continue
        ranked = sorted(equal, key=lambda at: _rank(records[at] or {}, at, recoded=at in recoded))
        first = ranked[0]
        best: dict[str, Any] = records[first] or {}
        for at in ranked[1:]:
            other = records[at] or {}
            memo, mine = str(other.get("memo") or ""), str(best.get("memo") or "")
            if memo and memo not in mine:
                best["memo"] = f"{mine}\n\n{memo}" if mine else memo
                touched.add(first)
            for name, value in other.items():
                if name not in best:
                    best[name] = value
                    touched.add(first)
            gone[str(other.get("id"))] = str(best.get("id"))
            records[at] = None
            lines[at] = b"\0"


def _rank(record: Mapping[str, Any], at: int, *, recoded: bool) -> tuple[int, str, bool, int]:
    # A proposal is made anew under its own id, whenever that was: of two, the one that had the code already stays.
    created = str(recoded) if record.get("status") == "proposed" else str(record.get("created") or "")
    return _RANK.get(str(record.get("status")), 3), created, recoded, at


def lines_of(data: bytes, code: str) -> list[dict[str, Any]]:
    """Return the codings of one code, as they are written."""
    records = (_record(line) for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n"))
    return [record for record in records if record is not None and record["code"] == code]


def edit_lines(data: bytes, edits: Mapping[str, Mapping[str, object]]) -> bytes:
    """Return a coding file with keys of some codings set, by coding id; a key set to None is taken out."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    lines = data[len(mark) :].split(b"\n")
    for at, line in enumerate(lines):
        record = _record(line)
        if record is None or str(record.get("id")) not in edits:
            continue
        for key, value in edits[str(record["id"])].items():
            if value is None:
                record.pop(key, None)
            else:
                record[key] = value
        written = orjson.dumps(record) + (b"\r" if line.endswith(b"\r") else b"")
        lines[at] = written
    return mark + b"\n".join(lines)


def lines_at(data: bytes, start: int, end: int) -> bytes:
    """Return the lines of a coding file that are about one passage, and perhaps more: whoever asks reads them."""
    if b'": ' in data and b'"start": ' in data:
        # Somebody else wrote it, with spaces. The shorter words are found quicker.
        return data
    return b"\n".join(data[begin:stop] for begin, stop in _lines_with(data, b'"start":%d,"end":%d,' % (start, end)))


def lines_with_ids(data: bytes, ids: Sequence[str]) -> bytes:
    """Return the lines of a coding file that hold one of these ids, and perhaps more: whoever asks reads them."""
    found = {place for identifier in ids for place in _lines_with(data, identifier.encode())}
    return b"\n".join(data[begin:stop] for begin, stop in sorted(found))


def _lines_with(data: bytes, words: bytes) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every line that holds these bytes."""
    at = data.find(words)
    while at >= 0:
        begin, stop = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        yield begin, stop
        at = data.find(words, stop)


def place_lines(data: bytes, came: Mapping[str, bytes], gone: Sequence[str] = ()) -> bytes:
    r"""Return a coding file with some lines more and some fewer; all others stay to the byte.

    Args:
        data: Its bytes, sorted as they are saved; lines that cannot be read stand at the end.
        came: New lines by coding id; each takes the place of a line with its id.
        gone: Ids whose lines are taken out.

    Example:
        >>> a, b, c = (b'{"id":"%s","start":%d,"code":""}' % each for each in ((b"a", 1), (b"b", 4), (b"c", 2)))
        >>> place_lines(a + b"\n" + b + b"\n", {"c": c}, ["a"]) == c + b"\n" + b + b"\n"
        True
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    lines = data[len(mark) :] if mark else data
    if lines and not lines.endswith(b"\n"):
        lines += b"\n"
    for identifier in (*came, *gone):
        places = [
            place
            for place in _lines_with(lines, identifier.encode())
            if _id_of(lines[place[0] : place[1]]) == identifier
        ]
        for begin, stop in reversed(places):
            lines = lines[:begin] + lines[stop + 1 :]
    for line in came.values():
        at = _insertion(lines, line_place(line))
        whole = memoryview(lines)
        lines = b"".join((whole[:at], line, b"\n", whole[at:]))
    return mark + lines if mark else lines


def _insertion(lines: bytes, place: tuple[int, int, int, str, str]) -> int:
    """Return where a line belongs among sorted ones; only a few of them are read."""
    low, high = 0, len(lines)
    while low < high:
        begin = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        stop = lines.find(b"\n", begin)
        if line_place(lines[begin:stop]) < place:
            low = stop + 1
        else:
            high = begin
    return low


def _id_of(line: bytes) -> str:
    record = _record(line)
    return "" if record is None else str(record.get("id"))


def line_place(line: bytes) -> tuple[int, int, int, str, str]:
    """Return what the lines of a coding file are sorted by; one that cannot be read comes last."""
    try:
        record = orjson.loads(line)
        return 0, int(record["start"]), int(record.get("end", 0)), str(record.get("code", "")), str(record["id"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
        return 1, 0, 0, "", ""
