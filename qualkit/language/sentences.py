"""Where sentences end, in written text and in speech written down without capitals.

The turn stays the primary unit; sentences are found inside a turn only. Where most sentences begin with
a capital, a full stop ends one only before a capital (so *kl. ti* and *f.eks. dette* stay whole);
elsewhere every full stop followed by a space does.
"""

from __future__ import annotations

import re

from qualkit.text import trimmed

_FAR = 40
_CLOSING = "»”\"')]"
_ONE_LETTER_WORDS = frozenset("aeioåæøI")
# What may end a sentence, and the letter that follows within reach, unless a line ends before it.
_FOLLOWING = rf"(?=(?:[^\w\n]|_){{0,{_FAR - 1}}}([^\W_])?)"
_END = re.compile(rf"(?:[.!?…]+[{re.escape(_CLOSING)}]*(?=\s)|\n+){_FOLLOWING}")
_ABBREVIATIONS = frozenset(
    "adr alm anm art avd bl bl.a ca cand co d.v.s dr dvs e.kr e.l ekskl el etc ev evt f.eks f.o.m fhv fig fk "
    "fl flg forts fr frk ft g.m gl gno gnr hhv hr if.eks inkl innb int istf j.fr jf jfr jr kap kgl kl kr kst "
    "l lat m.a m.a.o m.fl m.m m.v maks md mfl mht mill min mnd moh mrd mv nr o.a o.l obs off ofl osb osv p "
    "p.g.a p.t pga pkt pr pst red ref resp s.k sek sen siv skr spm sr st stk str t.d t.o.m tab tel tidl tlf "
    "tv ult utg v v.s vedk vedr vs årg årh mr mrs ms prof vol no e.g i.e".split()
)


def sentence_bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a stretch of text, without white space at their ends.

    Args:
        text: Canonical text.
        start: First code point of the stretch, for instance a turn's speech.
        end: One past its last.

    Returns:
        Half-open offsets into `text`, in order; they cover every character that is no white space.

    Example:
        >>> t = "Me kan ringe kvarandre. Det er kl. ti, sa ho. Ja!"
        >>> [t[a:b] for a, b in sentence_bounds(t, 0, len(t))]
        ['Me kan ringe kvarandre.', 'Det er kl. ti, sa ho.', 'Ja!']
    """
    ends = list(_END.finditer(text, start, end))
    following = [match[1] or "" for match in ends]
    letters = [first for first in following if first.isalpha()]
    capitals = sum(first.isupper() for first in letters) * 2 >= len(letters)
    bounds: list[tuple[int, int]] = []
    begin = start
    for match, first in zip(ends, following, strict=True):
        if not capitals or text[match.start()] == "\n" or _is_end(text, begin, match, first):
            _keep(bounds, text, begin, match.end())
            begin = match.end()
    _keep(bounds, text, begin, end)
    return bounds


def _keep(bounds: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    start, end = trimmed(text, start, end)
    if start < end:
        bounds.append((start, end))


def _is_end(text: str, begin: int, match: re.Match[str], following: str) -> bool:
    sign = match[0].rstrip(_CLOSING)
    if sign[0] in "!?":
        return not following.islower() or len(sign) > 1
    if following.islower() or (sign[0] == "…" and not following):
        return False
    if sign == ".":
        word = text[max(begin, match.start() - _FAR) : match.start()].rsplit(None, 1)[-1:]
        before = word[0].lstrip("(«\"'“") if word else ""
        initial = len(before) == 1 and before.isalpha() and before not in _ONE_LETTER_WORDS
        if before.casefold() in _ABBREVIATIONS or initial or (before.isdigit() and following.isdigit()):
            return False
    return True
