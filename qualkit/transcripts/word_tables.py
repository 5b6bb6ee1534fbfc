"""Which tables are interviews, and what becomes of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from qualkit.transcripts.clock import Time, read_clock
from qualkit.transcripts.facts import about, is_fact, is_person
from qualkit.transcripts.headerlines import KNOWN_LABEL
from qualkit.transcripts.lines import LABEL
from qualkit.transcripts.word_walk import Item, Table

_HEADINGS = re.compile(
    r"(?:nr|#|no|number|nummer|linje|line|replikk|tur|turn|tid|tidspunkt|tidskode|klokke|klokkeslett|minutt|time"
    r"|timecode|timestamp|timespan|start|begin|fra|slutt|stopp|end|til|hvem|kven|hvem snakker|taler|talar|person|navn"
    r"|namn|label|speaker|participant|deltaker|deltakar|informant|respondent|who|name|rolle|role|tekst|text|content"
    r"|innhold|innhald|utsagn|ytring|ytringer|tale|hva blir sagt|hva|transkripsjon|transcript|transcription|speech"
    r"|utterance|intervju|interview)[.:]?$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?:hvem|kven|taler|talar|person|navn|namn|label|speaker|participant|deltaker|deltakar|informant|respondent|who"
    r"|name|rolle|role)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:kommentar|merknad|notat|memo|comment|note|kode|koding|code|tema|theme|refleksjon|stikkord)(?:er|ar|s)?[.:]?$",
    re.IGNORECASE,
)
"""Headings of columns in which the researcher writes, not somebody speaks."""
_CLOCKED = re.compile(r"(?P<label>[^\d\s(\[][^\n(\[]{0,39}?)\s*(?P<clock>[(\[]?\d{1,3}:\d\d(?::\d\d)?[)\]]?):?$")
_WIDEST = 6
_INITIALS = re.compile(r"[A-ZÆØÅ]{1,3}\d{0,2}$")

Told = tuple[str, str]
"""A sentence without its count: for one, and for many."""

FACTS = ("table of facts about the interview was left out", "tables of facts about interviews were left out")


@dataclass(slots=True)
class Block:
    """What becomes a paragraph: numbers of paragraphs, each with what joins it to the one before.

    Attributes:
        label: The number of the paragraph in whose cell the speaker is named, -1 where there is none.
        speaker: As that cell has it.
        given: Whether a table has said who speaks, or when.
    """

    parts: list[tuple[str, int]]
    label: int = -1
    speaker: str | None = None
    time: Time | None = None
    given: bool = False

    def text(self, texts: Sequence[str]) -> str:
        """Return the words of the block, given those of the document's paragraphs."""
        if len(self.parts) == 1:
            return texts[self.parts[0][1]]
        return "".join([before + texts[number] for before, number in self.parts])


def blocks_of(items: Sequence[Item], texts: Sequence[str], told: Counter[Told], left: set[int]) -> Iterator[Block]:
    """Yield a block for every paragraph with words, and those that tables are read as.

    Args:
        items: Of a body or a cell.
        texts: Of the document's own paragraphs.
        told: Takes a sentence on everything that is decided here.
        left: Takes the numbers of the paragraphs that are left out.
    """
    for item in items:
        if isinstance(item, Table):
            yield from _table(item, texts, told, left)
        elif texts[item].strip():
            yield Block([("", item)])


def _table(table: Table, texts: Sequence[str], told: Counter[Told], left: set[int]) -> Iterator[Block]:
    table = _without_facts(table, texts, told, left)
    columns = _columns(table, texts)
    if columns is not None:
        yield from _interview(table, columns, texts, told, left)
        return
    for row in table.rows:
        filled = [(column, parts) for column, cell in enumerate(row) if (parts := _flat(cell, texts))]
        if len(filled) == 1:
            # A frame around a text, or a cell that holds the whole interview.
            yield from blocks_of(row[filled[0][0]], texts, told, left)
        elif filled:
            joined: list[tuple[str, int]] = []
            last = filled[0][0]
            for column, parts in filled:
                joined += [("\t" * (column - last) if i == 0 else before, n) for i, (before, n) in enumerate(parts)]
                last = column
            yield Block(joined)


def _without_facts(table: Table, texts: Sequence[str], told: Counter[Told], left: set[int]) -> Table:
    """Leave out the rows at a table's head that tell of the interview: who, when, where."""
    first = 0
    sure, seen, value = False, set[str](), ""
    for row in table.rows:
        filled = [text for cell in row if (text := _cell(cell, texts))]
        if not filled:
            first += 1
            continue
        name, value = filled[0], " ".join(filled[1:])
        fact = is_fact(name, value)
        if len(filled) > 2 or name.casefold() in seen or not (fact or is_person(name, value)):
            break
        seen.add(name.casefold())
        sure = sure or fact
        first += 1
    whole = first == len(table.rows)
    if not seen or not (sure or (whole and (len(seen) > 1 or _INITIALS.match(value)))):
        return table
    if len(seen) == 1 and not whole:
        return table
    rest = Table(table.rows[first:])
    if not whole and _columns(rest, texts) is None:
        return table
    told[FACTS] += 1
    left.update(number for row in table.rows[:first] for cell in row for _, number in _flat(cell, texts))
    return rest


def facts_of(items: Sequence[Item], texts: Sequence[str]) -> dict[str, str]:
    """Return date and place, as far as a table at the head of the document tells them."""
    found: dict[str, str] = {}
    table = next((item for item in items if isinstance(item, Table)), None)
    for row in table.rows if table else ():
        filled = [text for cell in row if (text := _cell(cell, texts))]
        if len(filled) == 2 and is_fact(*filled) and (fact := about(*filled)):
            found.setdefault(*fact)
    return found


def _flat(cell: Sequence[Item], texts: Sequence[str]) -> list[tuple[str, int]]:
    """Return a cell's paragraphs, each with what joins it to the one before; tables within by rows."""
    parts: list[tuple[str, int]] = []
    for item in cell:
        if not isinstance(item, Table):
            if texts[item].strip():
                parts.append(("\n" if parts else "", item))
            continue
        for row in item.rows:
            first = True
            for inner in row:
                for i, (before, number) in enumerate(_flat(inner, texts)):
                    joint = before if i else "\n" if first else "\t"
                    parts.append((joint if parts else "", number))
                    first = False
    return parts


class _Columns(NamedTuple):
    """Which column of an interview table holds what; -1 where there is no such column."""

    width: int
    speech: int
    label: int
    time: int
    until: int
    number: int
    heading: bool
    asides: int


def _columns(table: Table, texts: Sequence[str]) -> _Columns | None:
    """Tell an interview table, whose rows all have label or time and speech, from any other."""
    if not table.rows or not all(1 <= len(row) <= _WIDEST for row in table.rows):
        return None
    rows = [[_cell(cell, texts) for cell in row] for row in table.rows]
    rows = [row for row in rows if any(row)]
    count = Counter(len(row) for row in rows if len(row) > 1).most_common(1)
    rows = [row for row in rows if len(row) > 1]
    if not rows or any(len(row) != count[0][0] for row in rows):
        return None
    heading = all(not cell or _HEADINGS.match(cell) or _ASIDE.match(cell) for cell in rows[0])
    columns = [[row[i] for row in rows[heading:]] for i in range(count[0][0])]
    left = {i: [cell for cell in column if cell] for i, column in enumerate(columns) if any(column)}
    aside = [i for i in left if heading and _ASIDE.match(rows[0][i])]
    for i in aside:
        del left[i]
    time = _take(left, lambda cells: all(read_clock(cell) for cell in cells))
    until = _take(left, lambda cells: all(read_clock(cell) for cell in cells)) if time >= 0 else -1
    number = _take(left, _counts_up)
    label = -1
    if len(left) == 2:
        headed = [i for i in left if heading and _SPEAKS.match(rows[0][i])]
        named = [i for i, cells in left.items() if _are_labels([_name(cell) for cell in cells])]
        if len(headed) == 1 and all(len(cell) <= 60 for cell in left[headed[0]]):
            named = headed
        label = min(named, key=lambda i: (not _all_known(left[i]), len(set(left[i]))), default=-1)
        left.pop(label, None)
    if len(left) != 1 or len(rows) - heading < 2:
        return None
    speech = next(iter(left))
    if label == time == -1 and (number == -1 or sum(bool(LABEL.match(cell)) for cell in left[speech]) < 2):
        return None
    return _Columns(count[0][0], speech, label, time, until, number, heading, len(aside))


def _cell(cell: Sequence[Item], texts: Sequence[str]) -> str:
    return "".join([before + texts[number] for before, number in _flat(cell, texts)]).strip()


def _take(columns: dict[int, list[str]], is_such: Callable[[list[str]], bool]) -> int:
    found = next((i for i, cells in columns.items() if is_such(cells)), -1)
    columns.pop(found, None)
    return found


def _counts_up(cells: list[str]) -> bool:
    numbers = [int(cell.rstrip(".")) for cell in cells if re.fullmatch(r"\d{1,6}\.?", cell)]
    return len(numbers) == len(cells) > 1 and all(b > a for a, b in pairwise(numbers))


def _name(cell: str) -> str:
    """Return a cell that names a speaker without the time that stands with the name."""
    match = _CLOCKED.match(cell)
    return match["label"].rstrip(" :") if match else cell


def _are_labels(cells: list[str]) -> bool:
    short = all(len(cell) <= 40 and len(cell.split()) <= 4 and "\n" not in cell for cell in cells)
    ended = any(cell.endswith(("?", "!", ",")) for cell in cells)
    return short and not ended and (len(set(cells)) * 2 <= len(cells) or _all_known(cells))


def _all_known(cells: list[str]) -> bool:
    return all(
        KNOWN_LABEL.match(name) or _INITIALS.match(name) for cell in cells for name in (_name(cell).rstrip(":"),)
    )


def _interview(
    table: Table, columns: _Columns, texts: Sequence[str], told: Counter[Told], left: set[int]
) -> Iterator[Block]:
    what = [name for name in ("time", "label") if getattr(columns, name) >= 0]
    read_as = f"read as {', '.join(what)}{' and ' if what else ''}speech"
    told[f"table was {read_as}", f"tables were {read_as}"] += 1
    told["heading row of a table was left out", "heading rows of tables were left out"] += columns.heading
    told["column of row numbers was left out", "columns of row numbers were left out"] += columns.number >= 0
    told["column of notes or codes was left out", "columns of notes or codes were left out"] += columns.asides
    blocks: list[Block] = []
    heading, speaker = columns.heading, None
    for row in table.rows:
        if len(row) < columns.width:
            blocks += blocks_of(row[0], texts, told, left)
            continue
        if heading:
            heading = not any(_cell(cell, texts) for cell in row)
            continue
        # A cell without a name goes on with the speaker above.
        named = _flat(row[columns.label], texts) if columns.label >= 0 else []
        said_by = _cell(row[columns.label], texts) if named else ""
        speaker = _name(said_by).rstrip(": \t") if named else speaker
        speech = _flat(row[columns.speech], texts)
        clock = read_clock(_cell(row[columns.time], texts)) if columns.time >= 0 else None
        if clock is None and named and (match := _CLOCKED.match(said_by)):
            clock = read_clock(match["clock"])
        until = read_clock(_cell(row[columns.until], texts)) if columns.until >= 0 else None
        if speech:
            end = 0.0 if clock is None else until[0] if until else clock[1] or 0.0
            time = None if clock is None else (clock[0], max(clock[0], end))
            blocks.append(Block(speech, named[0][1] if named else -1, speaker, time, given=True))
    following = 0.0
    for block in reversed(blocks):
        if block.time:
            begin, end = block.time
            block.time = (begin, end if end > begin else max(begin, following))
            following = begin
    yield from blocks
