"""What speech recognisers write where nobody speaks: credits of subtitles, farewells of videos, loops.

They learned it from subtitled films. Nothing is taken out; a doubt names the places, so that a person can
listen. The phrases are those that people report of Norwegian, Danish, Swedish, English and German recordings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import eq

from qualkit.model import Turn
from qualkit.transcripts.clock import Time
from qualkit.transcripts.raw import Doubt, counted

CHECK = "hallucinations"

# Parts of words that occur in every phrase, and not often elsewhere: most texts are searched for these alone.
_CREDIT_HINTS = ("ekst", "ubtitle", "aption", "mara.org", "ntertitel", "ranscri", "ndertext", "extning")
_FAREWELL_HINTS = ("så på", "så med", "ørte på", "ser på", "titt", "watching", "listening", "ubscribe", "video")
_WHO = r"[^\W\d_a-zæøå][\w.\-]*"
_CREDIT = (
    r"(?:(?:Norsk|Norske|Danske|Dansk|Svensk|Automatisk|Tekst og)\s)?"
    rf"(?:[Tt]eksting|[Tt]ekstet|[Tt]ekster|[Tt]ekst|[Uu]ndertekst(?:er|et|ing)?|[Uu]ndertexter|[Tt]extning)"
    rf"\s(?:av|af)\s(?=(?:{_WHO})|(?:[Dd]et norske))"
)
_CREDITS = re.compile(
    rf"(?<!\w)(?:{_CREDIT}[^\n.?!]{{0,60}}"
    rf"|Tekst(?:ing)?:\s{_WHO}(?:\s{_WHO}){{1,2}}"
    r"|[Aa]mara\.org"
    rf"|(?:[Ss]ubtitles?|[Ss]ubtitled|[Cc]aptions?|[Cc]aptioned|[Tt]ranscribed|[Tt]ranscription|[Aa]utomatic captions)"
    rf"\sby\s(?:the\s)?{_WHO}[^\n.?!]{{0,40}}"
    r"|Untertitel(?:ung)?\s(?:von|der|im|aufgrund|durch)\s[^\n.?!]{0,50}"
    r")"
)
_FAREWELL = re.compile(
    r"(?:(?<=[.?!…] )|(?<=[\n:] )|(?<=\n)|^)(?:"
    r"takk for at (?:du|dere|dokker|dykk) (?:så på|så med|hørte på|ser på)(?: videoen| denne videoen)?"
    r"|takk for titten"
    r"|tak fordi du så med|tack (?:för|till) att (?:du|ni) (?:tittade|har tittat)"
    r"|thank(?:s| you)(?: (?:so|very) much)? for (?:watching|listening)(?: (?:this|the|my) video)?"
    r"|(?:please |don't forget to |like and |like,? comment,? and )*subscribe(?: to (?:my|our|the) channel)?"
    r"|se dere i neste video|see you in the next video"
    # Where a sentence ends there, or the next begins: "… så på søknaden" is speech.
    r")\s?(?:[.!…]+(?=\s|$)|(?=\n)|$|(?=\s(?-i:[A-ZÆØÅ])))",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!…]) |\n")
_LOUD = re.compile(r"[\W_]+")
# How far around a hint its phrase may reach.
_REACH = 120
_LONGEST_LOOPED = 200
# Of one word people say five in a row ("ja, ja, ja …"), of a whole phrase not three.
_OFTEN_ALONE, _OFTEN = 8, 4
# Without full stops: a phrase of so many words at most, over so many words at least.
_LOOPED_WORDS, _SO_LONG = 4, 16
_SHOWN = 12


def find_phrases(text: str) -> list[tuple[int, int]]:
    """Return where a text has what recognisers write into silence: credits of subtitles, farewells of videos.

    Example:
        >>> said = "S1: Ja. Teksting av Nicolai Winther S2: Vi snakket om teksting av film."
        >>> [said[start:end] for start, end in find_phrases(said)][0][:19]
        'Teksting av Nicolai'
    """
    searched = ((_CREDIT_HINTS, _CREDITS), (_FAREWELL_HINTS, _FAREWELL))
    found = {
        match.span()
        for hints, pattern in searched
        for start, stop in _around(text, hints)
        for match in pattern.finditer(text, start, stop)
        # What ends with the search need not end with a sentence.
        if match.end() < stop or stop == len(text) or text[stop] == "\n"
    }
    return sorted(found)


def _around(text: str, hints: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the parts of lines around every hint; apart where they do not overlap."""
    places = sorted(match for hint in hints for match in _places(text, hint))
    last = 0
    for place in places:
        if place < last - _REACH:
            # Well within the part before.
            continue
        start = max(text.rfind("\n", 0, place) + 1, place - _REACH)
        line_end = text.find("\n", place)
        last = min(len(text) if line_end < 0 else line_end, place + 2 * _REACH)
        yield start, last


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def find_loops(text: str) -> list[tuple[int, int]]:
    """Return where the same short sentence stands many times in a row.

    Example:
        >>> said = "Ja. " + "Det er bra. " * 5 + "Nei."
        >>> [said[start:end] for start, end in find_loops(said)]
        ['Det er bra. Det er bra. Det er bra. Det er bra. Det er bra.']
    """
    parts = _SENTENCE_END.split(text) if _may_loop(text) else []
    found: list[tuple[int, int]] = []
    at = 0
    for said, group in groupby(parts, key=_folded):
        run = list(group)
        end = at + sum(map(len, run)) + len(run) - 1
        often = _OFTEN if " " in said else _OFTEN_ALONE
        if len(run) >= often and said and len(said) <= _LONGEST_LOOPED:
            found.append((at, end))
        at = end + 1
    return found


def find_word_loops(text: str) -> list[tuple[int, int]]:
    """Return where the same few words come again and again without a full stop.

    Example:
        >>> said = "Ja, " + "og så var det " * 6 + "slutt."
        >>> [said[start:end] for start, end in find_word_loops(said)]
        ['og så var det og så var det og så var det og så var det og så var det og så var det']
    """
    words = text.split()
    for length in range(1, _LOOPED_WORDS + 1):
        same = bytes(map(eq, words, words[length:]))
        run = same.find(b"\1" * _SO_LONG)
        if run >= 0:
            last = same.find(b"\0", run)
            places = [match.span() for match in re.finditer(r"\S+", text)]
            return [(places[run][0], places[(len(same) if last < 0 else last) + length - 1][1])]
    return []


def _may_loop(text: str) -> bool:
    """Tell quickly whether any two neighbours are the same; in most texts none are."""
    for sign in (". ", "\n", "! ", "? "):
        parts = text.split(sign)
        if any(map(eq, parts, parts[1:])):
            return True
    return False


def _folded(sentence: str) -> str:
    return _LOUD.sub(" ", sentence).strip().casefold()


def doubts_of(text: str, turns: Sequence[Turn], moments: Sequence[tuple[int, Time | None]] = ()) -> list[Doubt]:
    """Return a doubt for the phrases, and one for the loops of a transcript, with turn numbers and times.

    Args:
        text: Canonical.
        turns: Of the transcript, in its order.
        moments: Where pieces of the original begin in the text, and their times, where these tell more than the
            turns'. Only where there are times are single words looked at: typists are not caught in loops.
    """
    phrases = find_phrases(text)
    loops = _loops(text, turns, timed=any(time for _, time in moments))
    doubts = []
    if phrases:
        look = counted(len(phrases), "passage looks", "passages look")
        what = "like what speech recognisers write where nobody speaks (credits of subtitles, thanks for watching)"
        doubts.append(_doubt(f"{look} {what}", phrases, turns, moments))
    if loops:
        says = counted(len(loops), "passage says", "passages say")
        what = "the same many times in a row, as speech recognisers do when they are caught in a loop"
        doubts.append(_doubt(f"{says} {what}", loops, turns, moments))
    return doubts


def _loops(text: str, turns: Sequence[Turn], *, timed: bool) -> list[tuple[int, int]]:
    """Find loops within turns, and turns that all say the same."""
    found: list[tuple[int, int]] = []
    may_loop = _may_loop(text)
    for turn in turns if may_loop or timed else ():
        said = text[turn.start : turn.end]
        spans = find_loops(said) if may_loop else []
        if timed and not spans and len(said) > _SO_LONG * 4:
            spans = find_word_loops(said)
        found += [(turn.start + start, turn.start + end) for start, end in spans]
    # A number is like no text: long turns are like none. Two speakers are not caught in one loop.
    spoken = [
        text[turn.start : turn.end] if turn.end - turn.start <= _LONGEST_LOOPED else turn.number for turn in turns
    ]
    if any(map(eq, spoken, spoken[1:])):
        at = 0
        said_by = [
            (turn.speaker, _folded(said) if isinstance(said, str) else "")
            for turn, said in zip(turns, spoken, strict=True)
        ]
        for (_, words), group in groupby(said_by):
            number = len(list(group))
            if words and number >= (_OFTEN if " " in words else _OFTEN_ALONE):
                found.append((turns[at].start, turns[at + number - 1].end))
            at += number
    return sorted(found)


def _doubt(
    message: str, spans: Sequence[tuple[int, int]], turns: Sequence[Turn], moments: Sequence[tuple[int, Time | None]]
) -> Doubt:
    places = list(dict.fromkeys(_place(span, turns, moments) for span in spans))
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    hint = (
        "Listen to these places before you code them; nothing was taken out. To be rid of them, take them out of the "
        "original before it is added, or add it again under another name."
    )
    return Doubt(f"{message}: {'; '.join(places[:_SHOWN])}{more}", hint, CHECK)


def _place(span: tuple[int, int], turns: Sequence[Turn], moments: Sequence[tuple[int, Time | None]]) -> str:
    start, end = span
    first = bisect_right(turns, start, key=lambda turn: turn.label_start) - 1
    last = bisect_right(turns, max(start, end - 1), key=lambda turn: turn.label_start) - 1
    if first < 0:
        return "at the beginning"
    piece = bisect_right(moments, start, key=lambda moment: moment[0]) - 1
    time = (moments[piece][1] if piece >= 0 else None) or turns[first].time
    numbers = str(turns[first].number) if first == last else f"{turns[first].number}–{turns[last].number}"
    return f"turn{'s' if first != last else ''} {numbers}" + (f" ({clock_of(time[0])})" if time else "")


def clock_of(seconds: float) -> str:
    """Return a time as recordings show it.

    Example:
        >>> clock_of(3661.5)
        '01:01:01'
    """
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
