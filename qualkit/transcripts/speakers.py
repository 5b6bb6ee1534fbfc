"""Who speaks: labels found in two passes, and the role behind each.

A colon alone opens no turn ("Og da sa jeg: nei"). The first pass collects what could be a label, the
second keeps those that come back often, belong to the labels people use, or are known from
participants.csv.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qualkit.language.labels import is_recogniser_label, names_interviewer, names_participant
from qualkit.model import Role
from qualkit.text import normalise
from qualkit.transcripts.raw import RawText

OFTEN = 3
_LONGEST = 40
_MOST_WORDS = 4

_LABEL = re.compile(
    r"\s*(?:\[(?P<bracketed>[^\]\n:]{1,40})\][:：]?[ \t]+|"
    r"(?P<label>[^\s:：\t\n(\[#][^:：\t\n(]{0,39}?)\s*(?:\((?P<time>[\d:.,]+)\))?[ \t]*(?P<sign>[:：]|\t)(?!//)[ \t]*)"
)
_NO_LABELS = frozenset(
    "ja nei jo men og så altså fordi det den de jeg eg æ vi me du hun ho han som sånn nå no da at hva kva kor merk obs "
    "nb note tid dato sted stad tema kl yes no but and so i'm it he she they we you because like well date "
    "place".split()
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of one speaker's, before it has a place in a text.

    Attributes:
        label: None where nobody is named.
        time: In seconds.
        pieces: The paragraphs it is made of.
    """

    label: str | None
    time: tuple[float, float] | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph's speech.

    Attributes:
        paragraph: Its index in the original.
        text: Normalised, without the label.
        cut: Code points of the normalised paragraph that stood before `text`.
    """

    paragraph: int
    text: str
    cut: int


def find_labels(paragraphs: Sequence[str], known: Collection[str] = ()) -> dict[str, int]:
    """Return the speaker labels of a text, with how many paragraphs each opens.

    Args:
        paragraphs: Normalised.
        known: Labels from participants.csv; kept however rarely they occur.

    Example:
        >>> find_labels(["I: Hvordan var det?", "K1: Og da sa jeg: nei.", "Det var slik: jeg gikk"])
        {'I': 1, 'K1': 1}
    """
    counts: Counter[str] = Counter()
    by_tab: Counter[str] = Counter()
    filled = 0
    for paragraph in paragraphs:
        filled += bool(paragraph.strip())
        found = _candidate(paragraph)
        if found:
            counts[found[0]] += 1
            by_tab[found[0]] += found[2] == "\t"
    folded = {label.casefold() for label in known}
    named = {label for label in counts if _is_name(label)}
    covered = sum(counts[label] for label in named) * 2 >= filled and len(named) > 1
    return {
        label: count
        for label, count in counts.items()
        if label.casefold() in folded
        or names_interviewer(label)
        or names_participant(label)
        or (label in named and (count >= OFTEN or (covered and count > 1)))
    }


def _candidate(paragraph: str) -> tuple[str, int, str] | None:
    """Return a possible label, where the speech begins, and the sign after the label."""
    match = _LABEL.match(paragraph)
    if match is None:
        return None
    label = " ".join((match.group("bracketed") or match.group("label") or "").split())
    if not label or len(label) > _LONGEST or len(label.split()) > _MOST_WORDS:
        return None
    return label, match.end(), match.group("sign") or "["


def _is_name(label: str) -> bool:
    """Say whether a label looks like somebody's, and not like the beginning of a sentence."""
    words = label.split()
    if words[0].casefold() in _NO_LABELS or re.search(r"[?!,;«»”\"]", label):
        return False
    lower = [word for word in words[1:] if word[0].islower() and word not in ("von", "van", "de", "av", "og", "der")]
    return bool(words[0][0].isupper() or words[0][0].isdigit() or any(c.isdigit() for c in label)) and not lower


def split_turns(raw: RawText, known: Collection[str] = ()) -> list[Spoken]:
    """Return the stretches of one speaker each, in order.

    Paragraphs without a label belong to the speaker before; text before the first label to nobody.
    """
    texts = [normalise(paragraph.text)[0] for paragraph in raw.paragraphs]
    labels = {} if raw.labelled else find_labels(texts, known)
    turns: list[Spoken] = []
    for index, (paragraph, text) in enumerate(zip(raw.paragraphs, texts, strict=True)):
        label = _clean(paragraph.speaker) if paragraph.speaker else None
        cut = 0
        if label is None and not raw.labelled:
            found = _candidate(text)
            if found and found[0] in labels:
                label, cut = _clean(found[0]), found[1]
        speech = text[cut:].rstrip()
        cut += len(speech) - len(speech.lstrip())
        piece = Piece(index, speech.lstrip(), cut)
        if label is None and turns and not (raw.labelled and turns[-1].label is not None and paragraph.time):
            last = turns[-1]
            time = (last.time[0], paragraph.time[1]) if last.time and paragraph.time else last.time
            turns[-1] = Spoken(last.label, time, (*last.pieces, piece))
        else:
            turns.append(Spoken(label, paragraph.time, (piece,)))
    return turns


def _clean(label: str) -> str:
    """Return a label as it can stand before a colon at the start of a line."""
    return " ".join(normalise(label)[0].replace(":", " ").split())


def assign_roles(turns: Sequence[Spoken], participants: Collection[str] = ()) -> tuple[dict[str, Role], list[str]]:
    """Return each label's role, in the order of first turns, and the assumptions that were made.

    Args:
        turns: Of one transcript.
        participants: Labels that belong to participants.

    Returns:
        Roles by label; sentences that tell what was assumed, without a speaker's label that may be a name.
    """
    labels = list(dict.fromkeys(turn.label for turn in turns if turn.label is not None))
    folded = {label.casefold() for label in participants}
    roles: dict[str, Role] = {}
    for label in labels:
        if label.casefold() in folded:
            roles[label] = "participant"
        elif names_interviewer(label):
            roles[label] = "interviewer"
        else:
            roles[label] = "participant"
    assumed: list[str] = []
    undecided = [label for label in labels if label.casefold() not in folded]
    if len(labels) > 1 and "interviewer" not in roles.values() and undecided:
        asker = _asker(turns, undecided)
        if asker is not None:
            roles[asker] = "interviewer"
            place = labels.index(asker) + 1
            assumed.append(f"speaker {place} asks most of the questions and was taken for the interviewer")
        elif all(is_recogniser_label(label) for label in labels):
            assumed.append("no speaker could be told to be the interviewer; all were taken for participants")
    return roles, assumed


def _asker(turns: Sequence[Spoken], labels: Sequence[str]) -> str | None:
    """Return the one speaker who asks more than others and says less, if there is one."""
    asked: Counter[str] = Counter()
    said: Counter[str] = Counter()
    took: Counter[str] = Counter()
    for turn in turns:
        if turn.label is not None:
            text = " ".join(piece.text for piece in turn.pieces)
            asked[turn.label] += "?" in text
            said[turn.label] += len(text)
            took[turn.label] += 1
    share = {label: asked[label] / took[label] for label in labels}
    best = max(labels, key=lambda label: share[label])
    others = [label for label in took if label != best]
    clear = share[best] >= 0.3 and all(share[best] > 2 * asked[other] / took[other] for other in others)
    return best if clear and said[best] < max(said[other] for other in others) else None
