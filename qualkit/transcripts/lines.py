"""What the lines of plain text and of Word share: time marks, header lines, labels that stand alone.

A line is never rewritten: what is no speech is cut out and named in `decided`, the rest is pieced together
by place. So a reader that holds marks on the lines can move them along.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from qualkit.transcripts.clock import MARK, REACH, Time, seconds
from qualkit.transcripts.headerlines import KNOWN_LABEL, LONE_TIME, NOTE, SPAN, Header, find_headers
from qualkit.transcripts.raw import counted

_Given = Mapping[int, tuple[str | None, Time | None]]

_LONGEST_LABEL = 42

_NAME = r"[^\W_][^:\[\]()<>#\t\n]{0,39}?"
CLOCKISH = re.compile(r"[0-9][:.][0-9]")
_MARKISH = re.compile(r"[\[(<#]\s?\d{1,3}[:.]\d\d|^\s*\d{1,2}:\d\d?[:.]|\d\d?:\d\d\)?\s*$|->")
_LEADING = re.compile(rf"\s*{MARK}:?\s*")
_MARK_HERE = re.compile(rf"\s*(?P<cut>{MARK}\s*)")
_AFTER_LABEL = re.compile(rf"\s*(?P<label>{_NAME})\s*[:：\t]\s*(?P<cut>{MARK}\s*)")
_BEFORE_COLON = re.compile(rf"\s*(?P<label>{_NAME})(?P<cut>\s*{MARK}\s*)(?=[:：])")
TRAILING = re.compile(rf"\s*{MARK}\s*$")
_BARE = re.compile(
    r"\s*(?P<a1>\d{1,2})(?P<s1>:)(?P<b1>\d\d):(?P<c1>\d\d)(?:[.,-](?P<f1>\d{1,3}))?"
    r"(?:\s*(?:-{1,2}>|[-–—])\s*(?P<a2>\d{1,2})(?P<s2>:)(?P<b2>\d\d):(?P<c2>\d\d)(?:[.,-](?P<f2>\d{1,3}))?)?"
    r"(?![\d:])\s*"
)
# f4 sets its marks wherever the transcriber stops the recording.
_INNER = re.compile(r"[ \t\u00a0]*#\d{1,2}:\d\d:\d\d(?:[-.,]\d{1,3})?#")
LABEL = re.compile(r"\s*([^\W_][^:：\n]{0,39})[:：](?=\s|$)")
_EMPHASIS = re.compile(
    r"\s*(?P<open>\*{1,3}|_{1,3})(?=[^\s*_])(?P<label>[^*\n]{0,59}?[^\s*_])(?P<close>(?P=open))(?P<colon>:?)"
)
_DIARISED = re.compile(r"\s*(?P<open>\[)(?:SPEAKER|Speaker)[_ ]\d{1,3}(?P<close>\]):")
_BARE_NAME = re.compile(r"\s*[^\W\d_a-zæøå][\w.'-]*(?: [^\W\d_a-zæøå][\w.'-]*){0,2}(?<!\.)\s*$")
_ANSWERS = frozenset("ja nei jo mm mhm hm ok okei greit nettopp akkurat riktig yes no yeah okay right takk".split())
# What a line with emphasis or brackets around its label begins with; white space may precede them.
_OPENERS = frozenset(("*", "_", "[", " ", "\t", "\u00a0"))
_CLOSERS = frozenset(("]", ")", ">", "#"))


class Piece(NamedTuple):
    """A part of a line that is kept, and what joins it to the piece before: line[start:end]."""

    before: str
    line: int
    start: int
    end: int


class Arranged(NamedTuple):
    """One paragraph to be, pieced together of lines."""

    pieces: list[Piece]
    speaker: str | None = None
    time: Time | None = None

    def text(self, lines: Sequence[str]) -> str:
        """Return the words of the pieces."""
        if len(self.pieces) == 1:
            _, line, start, end = self.pieces[0]
            return lines[line][start:end]
        return "".join([before + lines[line][start:end] for before, line, start, end in self.pieces])


class Arrangement(NamedTuple):
    """All paragraphs of a file, whether their speakers are known, what was decided, and the first header line."""

    paragraphs: list[Arranged]
    labelled: bool
    decided: tuple[str, ...]
    first: int = -1


def arrange(
    lines: Sequence[str],
    *,
    continues: Collection[int] = frozenset(),
    given: _Given | None = None,
) -> Arrangement:
    r"""Piece lines together into paragraphs, taking times, header lines and lone labels for what they are.

    Header lines as Teams, Otter and Word write them give speakers and times to the lines below. Without
    them, time marks at a line's start or end become times, and a label that stands alone is joined to the
    line below; who speaks is left to the label step.

    Args:
        lines: In reading order; empty ones only within `continues`.
        continues: Lines that belong to the paragraph of the line above, behind a line break.
        given: Speaker and time of lines whose place in a table says so.

    Returns:
        Paragraphs by place, so that marks can follow; sentences on what was decided.

    Example:
        >>> lines = ["Ola  0:04", "Ja.", "Kari  0:09", "Nei.", "Jo."]
        >>> [(a.speaker, a.time, a.text(lines)) for a in arrange(lines).paragraphs]
        [('Ola', (4.0, 9.0), 'Ja.'), ('Kari', (9.0, 9.0), 'Nei.\nJo.')]
    """
    given = given or {}
    clocked = [i for i in _clocked(lines) if i not in given]
    headers = find_headers(lines, clocked)
    if headers:
        return _by_headers(lines, headers, continues, given)
    return _by_marks(lines, _cuts(lines, clocked, given), continues, given)


def _clocked(lines: Sequence[str]) -> list[int]:
    """Find the lines that may begin or end with a time; "klokka 10.30" in their midst is passed over."""
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found: list[int] = []
    for match in CLOCKISH.finditer("\n".join(lines)):
        i = bisect_right(starts, match.start()) - 1
        at = match.start() - starts[i]
        line = lines[i]
        if found[-1:] == [i] or REACH <= at < len(line) - 40:
            continue
        if _MARKISH.search(line, 0, REACH) or _MARKISH.search(line[-40:]):
            found.append(i)
    return found


# Header lines


def _by_headers(
    lines: Sequence[str], headers: Mapping[int, Header], continues: Collection[int], given: _Given
) -> Arrangement:
    later = (header.begin for header in list(headers.values())[1:])
    found: list[Arranged] = []
    under, skip, notes = False, -1, 0
    for i, line in enumerate(lines):
        header = headers.get(i)
        if header:
            following = next(later, header.begin)
            end = following if header.end is None else header.end
            found.append(Arranged([], header.speaker or None, (header.begin, max(header.begin, end))))
            under, skip = True, i + header.lines
        elif i < skip or not line.strip():
            continue
        elif len(line) <= REACH and NOTE.match(line):
            notes += 1
        else:
            if i in given:
                found.append(Arranged([], *given[i]))
                under = False
            elif not (under or (i in continues and found)):
                found.append(Arranged([]))
            pieces = found[-1].pieces
            pieces.append(Piece("\n" if pieces else "", i, 0, len(line)))
    decided = [f"speakers and times were read from {len(headers)} header lines"]
    if notes:
        was = counted(
            notes, "note that the transcription began or ended was", "notes that the transcription began or ended were"
        )
        decided.append(f"{was} left out")
    first = min(headers)
    return Arrangement([one for one in found if one.pieces], labelled=True, decided=tuple(decided), first=first)


# Time marks and lone labels


class _Cut(NamedTuple):
    """What of a line is kept, and the times that were cut out of its start and its end."""

    kept: list[tuple[int, int]]
    begin: tuple[float, float | None] | None
    closing: float | None


class _Marks(NamedTuple):
    """The time marks at both ends of a line, so far as they look like any."""

    opening: re.Match[str] | None
    closing: re.Match[str] | None


def _cuts(lines: Sequence[str], clocked: Sequence[int], given: _Given) -> dict[int, _Cut]:
    """Return what to cut, by line; lines that stay whole are not among them."""
    marks, dotted = _marks(lines, clocked)
    cuts = {}
    for i, line in enumerate(lines):
        mark = marks.get(i)
        if (mark or line[:1] in _OPENERS) and i not in given:
            cut = _cut(line, mark, dotted=dotted)
            if cut:
                cuts[i] = cut
    inner = {i: found for i, line in enumerate(lines) if "#" in line and (found := list(_INNER.finditer(line)))}
    if sum(map(len, inner.values())) > 1:
        for i, matches in inner.items():
            if i not in given:
                cuts[i] = _without(cuts.get(i) or _Cut([(0, len(lines[i]))], None, None), matches)
    for i in [i for i in cuts if not cuts[i].kept and i + 1 < len(lines) and i + 1 not in given]:
        # Nothing but a time on the line: the next line's.
        time = cuts[i].begin or (cuts[i].closing or 0.0, None)
        below = cuts.get(i + 1, _Cut([(0, len(lines[i + 1]))], None, None))
        cuts[i + 1] = below._replace(begin=below.begin or time)
    return cuts


def _without(cut: _Cut, marks: Sequence[re.Match[str]]) -> _Cut:
    """Take marks within a line out of what is kept of it."""
    kept: list[tuple[int, int]] = []
    for start, end in cut.kept:
        at = start
        for mark in marks:
            if at <= mark.start() and mark.end() <= end:
                if at < mark.start():
                    kept.append((at, mark.start()))
                at = mark.end()
        if at < end:
            kept.append((at, end))
    return cut._replace(kept=kept)


def _marks(lines: Sequence[str], clocked: Sequence[int]) -> tuple[dict[int, _Marks], bool]:
    """Return the marks by line, as the habits of this file allow, and whether it writes [00.01.23]."""
    found: dict[int, _Marks] = {}
    bare: dict[int, re.Match[str]] = {}
    lone: dict[int, re.Match[str]] = {}
    bracketed: list[int] = []
    dotted = False
    for i in clocked:
        line = lines[i]
        tail = line[-40:]
        opening = _LEADING.match(line, 0, REACH)
        closing = TRAILING.search(tail) if tail.rstrip()[-1:] in _CLOSERS else None
        if closing and "#" not in closing[0]:
            bracketed.append(i)
            closing = closing if closing["c1"] else None
        found[i] = _Marks(opening, closing)
        if opening is None and (plain := _bare(line)):
            bare[i] = plain
        elif opening is None and (plain := LONE_TIME.match(line)):
            lone[i] = plain
        # [12.10.23] is a date; no date has a day 00, and an interview begins within its first hour.
        dotted = dotted or any(m and m["s1"] == "." and m["c1"] and int(m["a1"]) == 0 for m in (opening, closing))
    if len(bare) >= 2:
        found |= {i: _Marks(opening, found[i].closing) for i, opening in bare.items()}
    begins = [seconds(match, 1) or 0.0 for match in lone.values()]
    if len(lone) >= 3 and begins == sorted(begins):
        found |= {i: _Marks(opening, None) for i, opening in lone.items()}
    if sum(found[i].closing is not None for i in bracketed) < 2:
        found |= {i: _Marks(found[i].opening, None) for i in bracketed}
    return found, dotted


def _bare(line: str) -> re.Match[str] | None:
    return _BARE.match(line, 0, REACH) or (SPAN.match(line) if len(line) <= REACH else None)


def _cut(line: str, marks: _Marks | None, *, dotted: bool) -> _Cut | None:
    """Cut time marks, and emphasis or brackets around the label, out of one line."""
    cuts: list[tuple[int, int]] = []
    begin = closing = None
    at = 0
    if marks and marks.opening and (begin := _time(marks.opening, dotted=dotted)):
        at = marks.opening.end()
        cuts.append((0, at))
    around = _around_label(line, at) if line[at : at + 1] in _OPENERS else None
    if around:
        cuts += [around.span("open"), around.span("close")]
    if marks and begin is None:
        mark = _at_label(line, at, around)
        if mark and (begin := _time(mark, dotted=dotted)):
            cuts.append(mark.span("cut"))
    if marks and marks.closing:
        start = len(line) - len(marks.closing[0])
        time = _time(marks.closing, dotted=dotted)
        if time and all(start >= cut[1] for cut in cuts):
            closing = time[0] if time[1] is None else time[1]
            cuts.append((start, len(line)))
    if not cuts:
        return None
    edges = [0, *(edge for cut in sorted(cuts) for edge in cut), len(line)]
    kept = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return _Cut(kept if any(not line[a:b].isspace() for a, b in kept) else [], begin, closing)


def _around_label(line: str, at: int) -> re.Match[str] | None:
    match = _DIARISED.match(line, at) or _EMPHASIS.match(line, at)
    if match and match.re is _EMPHASIS:
        label = match["label"]
        if not (match["colon"] or label.endswith(":")) or len(label.split()) > 5:
            return None
    return match


def _at_label(line: str, at: int, around: re.Match[str] | None) -> re.Match[str] | None:
    """Find a time mark beside a label: `S01: [00:00:12]`, `P3 (00:12:01):`, `**[00:00:12] I:**`."""
    if around:
        inside = _MARK_HERE.match(line, around.end("open"), around.start("close"))
        return inside or _MARK_HERE.match(line, around.end(), around.end() + REACH)
    match = _AFTER_LABEL.match(line, at, at + REACH) or _BEFORE_COLON.match(line, at, at + REACH)
    # "Og da kom han (12:30): …" is speech, "P3 (12:30): …" is none.
    if match and len(match["label"].split()) <= (4 if match["c1"] else 2):
        return match
    return None


def _time(match: re.Match[str], *, dotted: bool) -> tuple[float, float | None] | None:
    begin = seconds(match, 1)
    if begin is None or (match["s1"] == "." and not dotted):
        return None
    return begin, seconds(match, 2)


class _Labels:
    """How often each label opens a line, and how often a known one stands alone."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._opening: Counter[str] | None = None
        short = (line.strip() for line in lines if len(line) <= 40)
        self._alone = Counter(line for line in short if KNOWN_LABEL.match(line)) or _names_alone(lines)

    def lone(self, text: str) -> str:
        """Return what joins a label that stands alone to the line below, or "" where this is none."""
        text = text.strip()
        if text[-1:] not in (":", "："):
            return ": " if self._stands_alone(text) else ""
        match = LABEL.match(text)
        if not match or match.end() != len(text):
            return ""
        words = len(match[1].split())
        return " " if words <= 2 or (words <= 4 and self._opens(match) >= 2) else ""

    def has(self, text: str, above: str) -> bool:
        """Tell whether a line has a label of its own, so that the lone one above is none of its."""
        match = LABEL.match(text)
        if not match:
            return self._stands_alone(text.strip())
        if len(match[1].split()) > 4:
            return False
        if self._stands_alone(above.strip()):
            return bool(KNOWN_LABEL.match(match[1].strip())) or self._opens(match) >= 2
        lone = LABEL.match(above)
        return not (lone and self._opens(lone) >= 2 and self._opens(match) == 1)

    def _stands_alone(self, text: str) -> bool:
        return self._alone[text] >= 2 or (text in self._alone and self._alone.total() >= 3)

    def _opens(self, label: re.Match[str]) -> int:
        if self._opening is None:
            self._opening = Counter(match[1].strip() for line in self._lines if (match := LABEL.match(line)))
        return self._opening[label[1].strip()]


def _names_alone(lines: Sequence[str]) -> Counter[str]:
    """Return names that stand alone on their lines, without a colon, each above what its bearer says.

    Of two names at least each must come back, and none stand directly above another; so the short answers of a
    text without labels are none.
    """
    places = [i for i, line in enumerate(lines) if len(line) <= 40 and _BARE_NAME.match(line)]
    counts = Counter(lines[i].strip() for i in places)
    counts = Counter({name: n for name, n in counts.items() if n >= 3 and name.casefold() not in _ANSWERS})
    places = [i for i in places if lines[i].strip() in counts]
    apart = all(later - earlier > 1 for earlier, later in pairwise(places))
    if len(counts) < 2 or not apart or places[-1] == len(lines) - 1 or len(places) * 5 < len(lines):
        return Counter()
    return counts


def _by_marks(lines: Sequence[str], cuts: Mapping[int, _Cut], continues: Collection[int], given: _Given) -> Arrangement:
    labels = _Labels(lines)
    found: list[Arranged] = []
    # By paragraph: the time at its start, and the time that closes it.
    begins: dict[int, tuple[float, float | None]] = {}
    closings: dict[int, float] = {}
    joints, lone, above = 0, "", ""
    special = {*cuts, *continues, *given}
    for number, line in enumerate(lines):
        if not lone and number not in special:
            # Most lines by far.
            found.append(Arranged([Piece("", number, 0, len(line))]))
            if len(line) <= _LONGEST_LABEL:
                lone, above = labels.lone(line), line
            continue
        kept, begin, closing = cuts.get(number) or _Cut([(0, len(line))], None, None)
        if not kept:
            continue
        opening = "".join([line[a : min(b, a + REACH)] for a, b in kept])
        before = ""
        if number in given:
            found.append(Arranged([], *given[number]))
            opening = ""
        elif lone and opening.strip() and not labels.has(opening, above):
            before, joints = lone, joints + 1
        elif number in continues and begin is None and found:
            before = "\n"
        else:
            found.append(Arranged([]))
        if begin:
            begins.setdefault(len(found) - 1, begin)
        if closing is not None:
            closings[len(found) - 1] = closing
        for start, end in kept:
            found[-1].pieces.append(Piece(before, number, start, end))
            before = ""
        lone, above = labels.lone(opening), opening
    for number, time in _times(begins, closings).items():
        found[number] = found[number]._replace(time=time)
    return Arrangement(found, labelled=False, decided=_told(len(begins) + len(closings), joints))


def _told(marks: int, joints: int) -> tuple[str, ...]:
    taken = counted(marks, "time mark was", "time marks were") + " taken out of the text and kept as times"
    stood = counted(joints, "label that stood alone was", "labels that stood alone were")
    return tuple(
        sentence for count, sentence in ((marks, taken), (joints, f"{stood} joined to the line below")) if count
    )


def _times(begins: Mapping[int, tuple[float, float | None]], closings: Mapping[int, float]) -> dict[int, Time]:
    """Return times by paragraph: a mark at its end closes it, a mark at its start runs to the next one."""
    times: dict[int, Time] = {}
    last = 0.0
    for number in sorted({*begins, *closings}):
        begin, end = begins.get(number, (last, None))
        last = closings.get(number, begin)
        times[number] = (begin, max(begin, closings.get(number, begin if end is None else end)))
    following: float | None = None
    for number in sorted(begins, reverse=True):
        begin, end = begins[number]
        if following is not None and end is None and number not in closings:
            times[number] = (begin, max(begin, following))
        following = begin
    return times
