"""File names that sync programs and file managers give to a second version of a file."""

from __future__ import annotations

import re

_DATE = r"\d{4}-\d{2}-\d{2}"
_SURE = (
    # Dropbox, Nextcloud, Box: “I3 (Kari's conflicted copy 2026-11-01)”, “I3 (conflicted copy 2026-11-01 120000)”
    r" \([^()]*(?:conflict|konflikt|motstridende|motstridande)[^()]*\)",
    # Nextcloud, older: “I3_conflict-20261101-120000”; Syncthing: “I3.sync-conflict-20261101-120000-ABCDEFG”
    r"[._]?[._ -](?:sync-)?conflict(?:ed)?[-_ ][\w-]+",
    rf" \([^()]*{_DATE}[^()]*\)",
    # Windows and macOS: “I3 - Copy”, “I3 – kopi (2)”, “I3 copy 2”
    r"(?: [-–])? (?:copy|kopi)(?: \d+| \(\d+\))?",
    # Google Drive: “I3 [Conflict]”
    r" \[(?:conflict|konflikt)[^\]]*\]",
)
_MAYBE = (
    # Google Drive, browsers, OneDrive: “I3 (1)”; iCloud: “I3 2”
    r" ?\(\d{1,3}\)",
    r" [2-9]",
    # OneDrive puts the computer's name behind: “I3-DESKTOP-4F2A”, “I3-LAPTOP-KARI”
    r"-(?:DESKTOP|LAPTOP|PC|WIN|MACBOOK|IMAC|SURFACE)[A-Z0-9-]*",
)
_BEFORE = re.compile(r"(?:copy of|kopi av) (.+)", re.IGNORECASE)
_SURELY, _PERHAPS = (
    re.compile(rf"(.+?)(?:{'|'.join(endings)})", flags) for endings, flags in ((_SURE, re.IGNORECASE), (_MAYBE, 0))
)


def copy_of(stem: str) -> str | None:
    """Return the name a file would have been copied from, or None where its name is nothing of the kind.

    Example:
        >>> copy_of("I3 (Kari's conflicted copy 2026-11-01)"), copy_of("I3 (1)"), copy_of("I3-DESKTOP-4F2A")
        ('I3', 'I3', 'I3')
        >>> copy_of("codebook - kopi"), copy_of("I3.sync-conflict-20261101-120000-ABCDEFG"), copy_of("Intervju 12")
        ('codebook', 'I3', None)
    """
    found = _SURELY.fullmatch(stem) or _BEFORE.fullmatch(stem) or _PERHAPS.fullmatch(stem)
    return found[1] if found else None


def surely_copy(stem: str) -> bool:
    """Return whether no person would give a file such a name of their own.

    Example:
        >>> surely_copy("I3 (konflikt 1)"), surely_copy("I3 (1)")
        (True, False)
    """
    return bool(_SURELY.fullmatch(stem) or _BEFORE.fullmatch(stem))
