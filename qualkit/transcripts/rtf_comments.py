"""The comments of an RTF file, which come in several groups around and behind the words that they are on."""

from __future__ import annotations

from qualkit.transcripts.word_marks import Comment
from qualkit.transcripts.written import Written


class Comments:
    """Puts comments together, and keeps book of where they stand."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._parts: list[str] = []
        self._known: dict[str, str] = {}
        self._place = (0, 0)

    def told(self, what: str, text: str) -> None:
        """Take what a group of a comment says: who made it and when, its number, where its passage is."""
        if what == "atrfstart":
            self._written.opened[text] = self._written.here()
        elif what == "atrfend":
            self._written.closed[text] = self._written.here()
        else:
            self._known[what] = text

    def begin(self) -> None:
        """Begin the comment's words."""
        self._parts, self._place = [], self._written.here()

    def write(self, text: str) -> None:
        """Add to the comment's words."""
        self._parts.append(text)

    def end(self) -> None:
        """End the comment."""
        lines = [line.strip() for line in "".join(self._parts).split("\n")]
        known, self._known = self._known, {}
        name = known.get("atnref") or f"comment {len(self._written.comments)}"
        text = "\n".join(line for line in lines if line)
        created = _date(known.get("atndate", ""))
        self._written.comments[name] = Comment(text, known.get("atnauthor", ""), created)
        self._written.referred[name] = self._place


def _date(packed: str) -> str:
    """Return a time that is packed into the bits of one number: minute, hour, day, month, year."""
    digits = packed.removeprefix("-")
    if not digits.isdecimal() or len(digits) > 10:
        return ""
    bits = int(packed) & 0xFFFFFFFF
    minute, hour, day, month = bits & 63, bits >> 6 & 31, bits >> 11 & 31, bits >> 16 & 15
    year = 1900 + (bits >> 20 & 511)
    if minute > 59 or hour > 23 or not 0 < day <= 31 or not 0 < month <= 12:
        return ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
