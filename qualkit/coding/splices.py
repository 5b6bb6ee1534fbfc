"""What one version of a file has that the one before it had not, as one stretch of whole lines."""

from __future__ import annotations

from dataclasses import dataclass

_STEP = 1 << 16


@dataclass(frozen=True, slots=True)
class Splice:
    """A stretch of lines that took the place of another one.

    Attributes:
        at: Where it begins, in bytes.
        gone: Lines that stood there.
        came: Lines that stand there now.
    """

    at: int
    gone: str
    came: str

    def applied(self, old: bytes, *, back: bool = False) -> bytes | None:
        r"""Return what the file became, or with `back` what it was; None where the other stretch does not stand there.

        Example:
            >>> splice = splice_between(b"a\nb\n", b"a\nc\nb\n")
            >>> splice
            Splice(at=2, gone='', came='c\n')
            >>> splice.applied(b"a\nb\n"), splice.applied(b"a\nc\nb\n", back=True)
            (b'a\nc\nb\n', b'a\nb\n')
        """
        out, into = (self.came, self.gone) if back else (self.gone, self.came)
        there = out.encode()
        if old[self.at : self.at + len(there)] != there:
            return None
        return b"".join((old[: self.at], into.encode(), old[self.at + len(there) :]))


def splice_between(old: bytes, new: bytes, most: int = 1 << 15) -> Splice | None:
    """Return how one became the other; None where more than `most` bytes differ, or they are not UTF-8 there."""
    if abs(len(old) - len(new)) > most:
        return None
    shorter = min(len(old), len(new))
    head = _alike(old, new, shorter)
    begin = old.rfind(b"\n", 0, head) + 1
    left = shorter - begin
    tail = _alike_at_end(old, new, left)
    # In both the stretch ends after a line break, or with the file.
    if tail and not (_last(old, tail) == _last(new, tail) == b"\n"):
        line = old.find(b"\n", len(old) - tail)
        tail = 0 if line < 0 else len(old) - line - 1
    if max(len(old), len(new)) - tail - begin > most:
        return None
    try:
        return Splice(begin, old[begin : len(old) - tail].decode(), new[begin : len(new) - tail].decode())
    except UnicodeDecodeError:
        return None


def _last(data: bytes, tail: int) -> bytes:
    """Return the byte before a tail."""
    return data[max(0, len(data) - tail - 1) : len(data) - tail]


def _alike(old: bytes, new: bytes, most: int) -> int:
    """Return how many bytes at the beginning are the same."""
    at = 0
    while at < most and old[at : at + _STEP] == new[at : at + _STEP]:
        at += _STEP
    low, high = min(at, most), min(at + _STEP, most)
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _alike_at_end(old: bytes, new: bytes, most: int) -> int:
    """Return how many bytes at the end are the same."""
    ends = len(old), len(new)
    done = 0
    while done < most:
        step = min(_STEP, most - done)
        if old[ends[0] - done - step : ends[0] - done] != new[ends[1] - done - step : ends[1] - done]:
            break
        done += step
    low, high = done, min(done + _STEP, most)
    while low < high:
        middle = (low + high + 1) // 2
        if old[ends[0] - middle : ends[0] - low] == new[ends[1] - middle : ends[1] - low]:
            low = middle
        else:
            high = middle - 1
    return low
