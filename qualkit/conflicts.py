"""What git leaves in a file where two versions met and nobody has decided yet."""

from __future__ import annotations

import re

from qualkit.errors import Problem

_BEGIN = re.compile(r"^<{7}(?: .*)?\r?$", re.MULTILINE)
_HINT = (
    "Two versions met in git: between <<<<<<< and ======= stands one, down to >>>>>>> the other. Keep what counts, "
    "and take these three lines out."
)


def check_conflicts(text: str, file: str, check: str) -> list[Problem]:
    r"""Return a Problem for every place of a file in which git left two versions.

    Example:
        >>> str(check_conflicts("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> kari\n", "study.yaml", "study")[0])
        'study.yaml:2:1: a merge conflict was left in the file'
    """
    if "<<<<<<<" not in text:
        return []
    lines = (text.count("\n", 0, found.start()) + 1 for found in _BEGIN.finditer(text))
    return [Problem(file, line, 1, check, "a merge conflict was left in the file", _HINT) for line in lines]
