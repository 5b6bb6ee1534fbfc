"""The words of an RTF document, and the places of the marks in them: one pass over its groups and control words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from qualkit.transcripts.rtf_codes import CHARACTERS, UNREAD
from qualkit.transcripts.rtf_comments import Comments
from qualkit.transcripts.rtf_head import Head
from qualkit.transcripts.rtf_state import ASIDE, FORMATS, State
from qualkit.transcripts.rtf_tables import Tables
from qualkit.transcripts.rtf_tokens import Token, tokens
from qualkit.transcripts.written import Written

_IN_COMMENTS = frozenset("atnauthor atnref atndate atrfstart atrfend".split())
_GOALS = {
    "fonttbl": "fonts",
    "colortbl": "colours",
    "info": "info",
    "creatim": "created",
    "shpinst": "shape",
    "do": "shape",
    "annotation": "comment",
}
_BREAKS = frozenset("par sect page column cell nestcell row".split()) | {"\r", "\n"}
_SPOKEN = ("text", "comment")


class Walker:
    """Writes down a document's paragraphs, and counts what was left out.

    Attributes:
        written: The paragraphs.
        tables: How they stand in tables.
        head: Code pages, fonts and colours.
        count: Of what was left out or decided.
        about: Title and date.
        end: Where the document's outermost group was closed; -1 where it never was.
    """

    def __init__(self, data: bytes) -> None:
        self.written = Written()
        self.tables = Tables()
        self.count: Counter[str] = Counter()
        self.about: dict[str, str] = {}
        self.end = -1
        self._data = data
        self._comments = Comments(self.written)
        self.head = Head(data)
        self._created: dict[str, int] = {}
        self._aside: list[str] = []
        self._state = State()
        self._stack: list[State] = []
        # Whether the group was just opened, and whether a star says that it may be passed over.
        self._opening = self._starred = False
        self._bytes, self._codec = bytearray(), "cp1252"
        self._high = self._to_skip = 0
        self._changing = ""
        self._box_start = -1
        self._boxes: list[tuple[int, int]] = []

    def read(self) -> None:
        """Read the whole document."""
        self._read(0, len(self._data))
        if self.written.here()[1]:
            self._end_paragraph(self._state.depth)

    def _read(self, start: int, stop: int) -> None:
        for token in tokens(self._data, start, stop):
            if token.kind in ("text", "high"):
                self._raw(token)
            elif token.kind == "word":
                self._word(token)
            elif token.kind == "{":
                self._open_group()
            elif self._stack:
                self._close_group(token.end)
                if not self._stack and start == 0:
                    self.end = token.end
                    break
        self._flush()

    # Groups

    def _open_group(self) -> None:
        self._flush()
        self._to_skip = 0
        self._stack.append(self._state)
        if self._state.instead:
            self._state = replace(self._state, into="skip", instead=False)
        self._opening, self._starred = True, False

    def _close_group(self, end: int) -> None:
        self._flush()
        self._to_skip = 0
        self._opening = self._starred = False
        left, self._state = self._state.into, self._stack.pop()
        if left == self._state.into:
            return
        if left == "box":
            self._boxes.append((self._box_start, end - 1))
        elif left == "comment":
            self._comments.end()
        elif left == "created":
            year, month, day = (self._created.get(part, 0) for part in ("yr", "mo", "dy"))
            if year and 0 < month <= 12 and 0 < day <= 31:
                self.about.setdefault("date", f"{year:04}-{month:02}-{day:02}")
        elif left in ASIDE:
            text, self._aside = "".join(self._aside).strip(), []
            if left in _IN_COMMENTS:
                self._comments.told(left, text)
            elif left == "title" and text:
                self.about.setdefault("title", text)
            elif left != "title" and self._state.into == "text":
                self.count["numbers"] += any(sign.isalnum() for sign in text)

    def _enter(self, word: str, end: int) -> bool:
        """Say whether a group's first word tells what the group is for, and put its words there."""
        starred, self._opening, self._starred = self._starred, False, False
        into = self._state.into
        if word == "ud" and starred:
            return self._go("text" if not self._stack else self._stack[-1].into)
        if into == "skip" or word == "*":
            return False
        if word in ("shptxt", "dptxbxtext"):
            # Read when the paragraph that it hangs on has ended.
            self._box_start = end
            return self._go("box" if into == "shape" else "skip")
        if word == "upr":
            self._state = replace(self._state, instead=True)
            return True
        goal = _GOALS.get(word)
        if goal is None and word in ASIDE and (starred or word in ("listtext", "pntext", "title")):
            goal = word if word != "title" or into == "info" else None
        if goal is None and (starred or word in UNREAD or word == "footnote"):
            self.count["notes"] += word == "footnote" and into == "text"
            goal = "skip"
        if goal == "comment":
            self._comments.begin()
        return goal is not None and self._go(goal)

    def _go(self, into: str) -> bool:
        self._state = replace(self._state, into=into, instead=False)
        return True

    # Characters

    def _raw(self, token: Token) -> None:
        self._opening = False
        raw = token.raw
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        into = self._state.into
        if not raw or into == "skip":
            return
        if into == "colours":
            self.head.next_colour(raw.count(b";"))
            return
        codec = self._state.codec or self.head.codec
        if self.head.mistaken and token.kind == "high":
            codec = "utf-8"
        if codec != self._codec:
            self._flush()
            self._codec = codec
        self._bytes += raw

    def _flush(self) -> None:
        if not self._bytes:
            return
        text = self._bytes.decode(self._codec, "replace")
        self._bytes.clear()
        if self._state.symbols and self._state.into in _SPOKEN:
            white = "".join(sign for sign in text if sign.isspace())
            self.count["symbols"] += len(text) - len(white)
            text = white
        self._put(text)

    def _unicode(self, number: int) -> None:
        unit, high = number & 0xFFFF, self._high
        self._to_skip = self._state.skip
        if 0xD800 <= unit < 0xDC00:
            self._put("")
            self._high = unit
        elif 0xDC00 <= unit < 0xE000:
            self._high = 0
            self._put(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00) if high else "\ufffd")
        elif 0xE000 <= unit < 0xF900:
            # A place in a font of symbols.
            self.count["symbols"] += self._state.into in _SPOKEN
        elif unit:
            self._put(chr(unit))

    def _put(self, text: str) -> None:
        if self._high:
            text, self._high = "\ufffd" + text, 0
        state = self._state
        if state.into in ASIDE:
            self._aside.append(text)
        if not text or state.into not in _SPOKEN:
            return
        self.count["unreadable"] += text.count("\ufffd")
        if state.into == "comment":
            self._comments.write(text)
            return
        change = "deletions" if state.deleted else "moves" if state.moved else "insertions" if state.inserted else ""
        self.count[change] += change != self._changing
        self._changing = change
        if state.deleted or state.moved:
            return
        if state.hidden:
            self.written.hide(text)
        else:
            self.written.write(text, self.head.colour(state.highlight) if state.highlight else "")

    # Control words

    def _word(self, token: Token) -> None:
        word, number = token.word, token.number
        if word in CHARACTERS:
            self._opening = False
            if self._to_skip and word not in ("tab", "line"):
                self._to_skip -= 1
                return
            self._flush()
            self._to_skip = 0
            self._put(CHARACTERS[word])
            return
        self._flush()
        self._to_skip = 0
        if word == "u" and number is not None:
            self._opening = False
            self._unicode(number)
        elif word == "*":
            self._starred = self._opening
        elif not (self._opening and self._enter(word, token.end)):
            self._opening = False
            self._obey(word, number)

    def _obey(self, word: str, number: int | None) -> None:
        state = self._state
        if state.into in ("fonts", "colours"):
            self.head.define(word, number or 0)
        elif state.into == "created":
            self._created.setdefault(word, number or 0)
        elif word in _BREAKS and state.into in _SPOKEN:
            self._break(word)
        elif word == "nestrow":
            self.tables.end_row(max(2, state.depth))
        elif word in FORMATS:
            self._state = FORMATS[word](state, number)
        elif word in ("f", "plain"):
            codec, symbols = self.head.font(number if word == "f" else None)
            into = state if word == "f" else State(state.into, skip=state.skip, depth=state.depth)
            self._state = replace(into, codec=codec, symbols=symbols)
        else:
            self.head.obey(word, number or 0)

    def _break(self, word: str) -> None:
        state = self._state
        if state.into == "comment":
            self._comments.write("\n")
        elif word in ("page", "column"):
            # It ends no paragraph, but parts two words.
            if self.written.here()[1]:
                self._put("\n")
        elif word in ("cell", "nestcell"):
            depth = 1 if word == "cell" else max(2, state.depth)
            self._end_paragraph(depth)
            self.tables.end_cell(depth)
        elif word == "row":
            if self.written.here()[1]:
                self._end_paragraph(1)
            self.tables.end_row(1)
        elif not state.deleted:
            # Where the end of a paragraph was deleted, its text goes on in the next one.
            self._end_paragraph(state.depth)

    def _end_paragraph(self, depth: int) -> None:
        self._put("")
        self._changing = ""
        self.tables.add(self.written.end(), depth)
        boxes, self._boxes = self._boxes, []
        for start, stop in boxes:
            before, self._state = (self._state, self._stack), State(skip=self._state.skip)
            self._stack = []
            self._read(start, stop)
            self.count["boxes"] += 1
            if self.written.here()[1]:
                self._end_paragraph(depth)
            self._state, self._stack = before
