"""Who speaks: labels found in two passes, and the role behind each.

A colon alone opens no turn ("Og da sa jeg: nei"). The first pass collects what could be a label, the
second keeps those that come back often, belong to the labels people use, or are known from
participants.csv.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from qualkit.language.labels import is_recogniser_label, names_interviewer, names_participant
from qualkit.model import Role
from qualkit.text import normalise
from qualkit.transcripts.clock import Time
from qualkit.transcripts.labelslips import MOST_LABELS, near_pairs
from qualkit.transcripts.raw import RawText

NOBODY = "?"
"""The label of what stands between named speakers' turns and has none: a heading within an interview table."""

_OFTEN = 3
_LONGEST = 100
_QUOTED = re.compile(r"[«“\"„][^«»“”\"„\n]{0,300}[»”\"]")
_MOST_WORDS = 4

# "https://" and "12:30" are no label and speech.
_SIGN = r"(?:[:：](?!//)(?!(?<=\d.)\d\d(?!\d))|\t)"
_TIME = r"(?:\(\d{1,3}[:.]\d\d[\d:.,]*\)\s*)?"
_LABEL = re.compile(
    r"\s*(?:\[(?P<bracketed>[^\]\n:]{1,40})\](?:(?P<colon>[:：])|(?=[ \t]))|"
    rf"(?P<label>[^\s:：(\[#][^:：\t\n(]{{0,39}}+)\s*{_TIME}(?:{_SIGN}|(?=\([^()\n]{{1,40}}\)\s*[:：])))[ \t]*"
)
_WITH_PART = re.compile(r"\s*([^\W\d_][^:：\t\n()]{0,39}\([^\W\d_][^:：\t\n()]{0,30}\))\s*[:：][ \t]*")
_HEAD = re.compile(rf"\s*([^:：\t\n]{{1,{_LONGEST}}}+)\s*[:：\t][ \t]*")
_NO_LABELS = frozenset(
    "ja nei jo men og så altså fordi det den de jeg eg æ vi me du hun ho han som sånn nå no da at hva kva kor merk obs "
    "nb note tid dato sted stad tema kl alder kjønn yrke varighet kommentar merknad notat bakgrunn eksempel dvs "
    "yes but and so i'm it he she they we you because like well date place".split()
)
_WITHIN_NAMES = frozenset("von van de av og der til nr nr. no.".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of one speaker's, before it has a place in a text.

    Attributes:
        label: None where nobody is named.
        time: In seconds.
        pieces: What it is made of.
    """

    label: str | None
    time: Time | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph's speech, or a part of it.

    Attributes:
        paragraph: Its index in the original.
        start: Where in the normalised paragraph `text` begins.
        text: Normalised, without the label.
    """

    paragraph: int
    start: int
    text: str


class _Opening(NamedTuple):
    """What may be a label at the start of a line, and where the speech behind it begins."""

    label: str
    end: int
    bare: bool = False


def find_labels(
    paragraphs: Sequence[str], known: Collection[str] = (), *, timed: Collection[int] = ()
) -> dict[str, int]:
    """Return the speaker labels of a text, with how many lines each opens.

    Args:
        paragraphs: Normalised; a label may also open a line within one.
        known: Labels from participants.csv; kept however rarely they occur.
        timed: Paragraphs that begin with a time; where nearly all of them go on with a name, it is a label
            however rarely it occurs.

    Example:
        >>> find_labels(["I: Hvordan var det?", "K1: Og da sa jeg: nei.", "Det var slik: jeg gikk"])
        {'I': 1, 'K1': 1}
    """
    folded = _folded(known)
    counts: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    filled = named = 0
    for number, paragraph in enumerate(paragraphs):
        filled += bool(paragraph.strip())
        for row, line in enumerate(paragraph.split("\n")):
            opening = _opening(line, folded)
            if opening:
                counts[opening.label] += 1
                bare[opening.label] += opening.bare
                named += not row and number in timed and not opening.bare and _is_name(opening.label)
    sure = {
        label for label in counts if label.casefold() in folded or names_interviewer(label) or names_participant(label)
    }
    # "[latter] Ja" is no speaker, unless brackets are how this text writes all of them.
    in_brackets = bare.total() * 2 >= filled
    others = {label for label in counts if label not in sure and (in_brackets or bare[label] < counts[label])}
    names = {label for label in others if _is_name(label)}
    small = {label for label in others if counts[label] >= _OFTEN and _is_small_name(label)}

    def cover(labels: Collection[str]) -> int:
        return sum(counts[label] for label in labels)

    often = _OFTEN
    always = len(timed) >= _OFTEN and named * 10 >= len(timed) * 9 and len(names) < named
    if always or (sure and cover(sure | names) >= filled):
        # Where every line has a label, who speaks once is no less a speaker.
        often = 1
    elif len(sure | names) > 1 and cover(sure | names) * 2 >= filled:
        often = 2
    if cover(sure | names | small) * 2 < filled:
        small = set()
    found = {
        label: count
        for label, count in counts.items()
        if label in sure or label in small or (label in names and count >= often)
    }
    # A mistyped label opens a turn of its own, rather than lend its words to the speaker before.
    unsure = len(found) < len(counts) <= MOST_LABELS
    mistyped = {label for pair in near_pairs(counts, found) for label in pair} if unsure else set()
    return {label: count for label, count in counts.items() if label in found or label in mistyped}


def _folded(labels: Collection[str]) -> frozenset[str]:
    # The same labels are known to all transcripts of a study.
    return _fold_all(frozenset(labels))


@lru_cache(maxsize=4)
def _fold_all(labels: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(label.split()).casefold() for label in labels)


def _opening(line: str, known: Collection[str]) -> _Opening | None:
    """Return what may be a label at the start of a line."""
    head = _HEAD.match(line) if known else None
    if head and (label := " ".join(head[1].split())).casefold() in known:
        return _Opening(label, head.end())
    # "Anne (intervjuer):" tells name and part; in "R1 (ler):" the brackets tell what was heard.
    match = _WITH_PART.match(line)
    if match and (names_interviewer(match[1]) or names_participant(match[1])):
        name = match[1].partition("(")[0].strip()
        if not (names_interviewer(name) or names_participant(name)):
            return _Opening(" ".join(match[1].split()), match.end())
    match = _LABEL.match(line)
    if match is None:
        return None
    label = " ".join((match["bracketed"] or match["label"] or "").split())
    if not label or len(label.split()) > _MOST_WORDS:
        return None
    return _Opening(label, match.end(), bare=bool(match["bracketed"]) and not match["colon"])


def _is_name(label: str) -> bool:
    """Say whether a label looks like somebody's, and not like the beginning of a sentence."""
    words = label.split()
    if words[0].casefold() in _NO_LABELS or re.search(r"[?!,;«»”\"]", label):
        return False
    lower = [word for word in words[1:] if word[0].islower() and word not in _WITHIN_NAMES]
    return bool(words[0][0].isupper() or any(char.isdigit() for char in label)) and not lower


def _is_small_name(label: str) -> bool:
    """Say whether a label is a single word in small letters, as some type names."""
    return label.isalpha() and label.islower() and label.casefold() not in _NO_LABELS


def split_turns(raw: RawText, known: Collection[str] = ()) -> list[Spoken]:
    """Return the stretches of one speaker each, in order.

    What has no label belongs to the speaker before, and text before the first label to nobody. But where
    the format itself names the speakers, what it gives to nobody is not put into a speaker's mouth: it is
    kept under a label of its own, `NOBODY`.
    """
    texts = [normalise(paragraph.text)[0] for paragraph in raw.paragraphs]
    timed = frozenset(index for index, paragraph in enumerate(raw.paragraphs) if paragraph.time)
    labels = {} if raw.labelled else find_labels(texts, known, timed=timed)
    folded = _folded(known)
    turns: list[tuple[str | None, Time | None, list[Piece]]] = []
    for index, (paragraph, text) in enumerate(zip(raw.paragraphs, texts, strict=True)):
        speaker = _clean(paragraph.speaker) if paragraph.speaker else None
        parts = _parts(text, labels, folded) if labels and speaker is None else [(speaker, 0, len(text))]
        for label, start, end in parts:
            speech = text[start:end].strip()
            if label is None and not speech:
                continue
            piece = Piece(index, text.index(speech, start), speech)
            if label is None and turns and (not raw.labelled or turns[-1][0] in (None, NOBODY)):
                last, time, pieces = turns[-1]
                pieces.append(piece)
                if time and paragraph.time:
                    turns[-1] = last, (time[0], max(time[1], paragraph.time[1])), pieces
            else:
                turns.append((NOBODY if label is None and turns else label, paragraph.time, [piece]))
    return [Spoken(label, time, tuple(pieces)) for label, time, pieces in turns]


def _parts(text: str, labels: Collection[str], known: Collection[str]) -> Iterator[tuple[str | None, int, int]]:
    """Part a paragraph before every line that opens with a label: label, start and end of its speech."""
    label, start, at = None, 0, 0
    for line in text.split("\n"):
        opening = _opening(line, known)
        if opening and opening.label in labels:
            if at:
                yield label, start, at
            label, start = opening.label, at + opening.end
        at += len(line) + 1
    yield label, start, len(text)


def _clean(label: str) -> str | None:
    """Return a label as it can stand before a colon at the start of a line; None where nothing is left."""
    return " ".join(normalise(label)[0].replace(":", " ").split())[:_LONGEST].strip() or None


def assign_roles(
    turns: Sequence[Spoken], participants: Collection[str] = (), interviewers: Collection[str] = ()
) -> tuple[dict[str, Role], list[str]]:
    """Return each label's role, in the order of first turns, and the assumptions that were made.

    Args:
        turns: Of one transcript.
        participants: Labels that belong to participants.
        interviewers: Labels of those who ask, where the researcher has named them.

    Returns:
        Roles by label; sentences that tell what was assumed, without a speaker's label that may be a name.
    """
    labels = list(dict.fromkeys(turn.label for turn in turns if turn.label is not None))
    folded = _folded(participants)
    roles: dict[str, Role] = {label: "other" if label == NOBODY else "participant" for label in labels}
    voices = [label for label in labels if label != NOBODY]
    named = [label for label in voices if label.casefold() in _folded(interviewers)]
    if named:
        return roles | dict.fromkeys(named, "interviewer"), []
    undecided = [label for label in voices if label.casefold() not in folded]
    asking = [label for label in undecided if names_interviewer(label)]
    # Where all have an interviewer's label, one letter is somebody's initial: I and M, the mother.
    doubtful = len(asking) == len(voices) > 1 and any(len(label) == 1 for label in asking)
    if asking and not doubtful:
        return roles | dict.fromkeys(asking, "interviewer"), []
    asker = _asker(turns, undecided) if len(voices) > 1 and undecided else None
    if asker is not None:
        place = labels.index(asker) + 1
        told = f"speaker {place} asks most of the questions and was taken for the interviewer"
        return roles | {asker: "interviewer"}, [told]
    if doubtful or (len(voices) > 1 and all(is_recogniser_label(label) for label in voices)):
        return roles, ["no speaker could be told to be the interviewer; all were taken for participants"]
    return roles, []


def _asker(turns: Sequence[Spoken], labels: Sequence[str]) -> str | None:
    """Return the one speaker who asks more than others and says less, if there is one."""
    asked: Counter[str] = Counter()
    said: Counter[str] = Counter()
    took: Counter[str] = Counter()
    for turn in turns:
        if turn.label is not None and turn.label != NOBODY:
            text = " ".join(piece.text for piece in turn.pieces)
            # What somebody else asked is told in quotation marks.
            asked[turn.label] += "?" in _QUOTED.sub("", text)
            said[turn.label] += len(text)
            took[turn.label] += 1
    share = {label: asked[label] / took[label] for label in labels}
    best = max(labels, key=lambda label: share[label])
    others = [label for label in took if label != best]
    clear = share[best] >= 0.3 and all(share[best] > 2 * asked[other] / took[other] for other in others)
    return best if clear and said[best] < max(said[other] for other in others) else None
