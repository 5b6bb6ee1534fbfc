"""What annotation programs share: tiers of speech, one a speaker, become paragraphs in the order of time.

A tier is a speaker's unless its name says that something else stands on it. Where that leaves nothing, all
tiers are read: a name alone must not throw away the only words there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualkit.transcripts.raw import Doubt, Paragraph, RawText, UnreadableOriginal, tell
from qualkit.transcripts.speakers import find_labels

_NOTES = frozenset(
    "kommentar kommentarer merknad merknader notat notater memo memoer comment comments com note notes remark remarks "
    "annotator kontekst context situasjon situation hendelse hendelser event events aktivitet activity tema temaer "
    "topic topics kode koder code codes koding coding section sections seksjon segment segments metadata".split()
)
_GESTURES = frozenset(
    "gest gester gesture gestures blikk gaze mimikk ansikt face hender hands hode head kropp body posture bevegelse "
    "movement nonverbal ikkeverbal latter laughter støy noise noises lyd sound sounds musikk music pause pauser "
    "pauses silence silences stillhet vad".split()
)
_ANALYSES = frozenset(
    "oversettelse omsetjing oversetting translation translations gloss glosses glosser ft fte ftn ge ps pos lemma "
    "lemmas morph morphs morphemes mb phones phone phonemes phoneme phonetic fonetisk ipa syllable syllables "
    "stavelser stavelsar mau tones tobi pitch intonation breaks misc".split()
)
_OTHERS = _NOTES | _GESTURES | _ANALYSES

# The larger pieces first: of tiers that hold the same speech, the first one is read.
_LEVELS = (
    "transkripsjon transcription transcript transkript utterances utterance ytringer ytringar ytring sentences "
    "sentence setninger setningar setning phrases phrase trn speech tekst text tx orthography orthographic "
    "ortografi orth ort default tier words word ord ort-mau"
).split()
_LEVEL = re.compile(rf"(?i)({'|'.join(sorted(_LEVELS, key=len, reverse=True))})[ _-]?\d*$")
_JOINT = r"\s*[-–_@/:.\s]\s*"
_SPEAKER_AND_LEVEL = re.compile(rf"(?i)(?P<speaker>.+?){_JOINT}(?P<level>{_LEVEL.pattern[4:-1]})$")
_LEVEL_AND_SPEAKER = re.compile(rf"(?i)(?P<level>{'|'.join(_LEVELS[:-1])}){_JOINT}(?P<speaker>.*[^\W\d].*)$")
_PARTS = re.compile(r"[-–_@/:.,()\[\]\s]+")
_MANY = 12


class Stretch(NamedTuple):
    """One annotation with words.

    Attributes:
        at: Where it stands in the order of time, known or supposed.
        begin: In seconds; None where the file does not say.
        end: In seconds.
    """

    speaker: str | None
    at: float
    begin: float | None
    end: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier that may be a speaker's.

    Attributes:
        name: As the file has it.
        speaker: Who speaks on it, where the file says so apart from the name.
        stretches: In the order of the file; their speaker is not looked at.
        kind: What the file calls this kind of tier, if it does.
    """

    name: str
    stretches: Sequence[Stretch]
    speaker: str = ""
    kind: str = ""


def holds_other_than_speech(name: str) -> bool:
    """Tell whether a tier's name says that notes, gestures or an analysis stand on it.

    Example:
        >>> [holds_other_than_speech(name) for name in ("Kommentar", "R1_gester", "R1", "Kommentator")]
        [True, True, False, False]
    """
    if name.strip().casefold() in _LEVELS:
        return False
    parts = [part for part in _PARTS.split(name.casefold()) if part and not part.isdigit()]
    return bool(parts) and (parts[0] in _OTHERS or parts[-1] in _OTHERS)


def read_tiers(tiers: Sequence[Tier], told: list[str]) -> RawText:
    """Read the tiers of speech, and tell of the others.

    Args:
        tiers: In the order of the file.
        told: What was decided until now.

    Raises:
        UnreadableOriginal: No tier holds a word.
    """
    filled = [tier for tier in tiers if tier.stretches]
    if not filled:
        raise UnreadableOriginal("the file's tiers hold no words", "Look whether the right file was saved.")
    speech = [tier for tier in filled if not (holds_other_than_speech(tier.name) or holds_other_than_speech(tier.kind))]
    if not speech:
        speech = filled
        told.append("no tier looks like a speaker's by its name, so that all were read")
    left = len(filled) - len(speech)
    what = "of notes, gestures or analyses, as its name says, was left out"
    many = "of notes, gestures or analyses, as their names say, were left out"
    tell(told, left, f"tier {what}", f"tiers {many}")
    named = _speakers(speech)
    kept = _without_copies(speech, named)
    tell(
        told,
        len(speech) - len(kept),
        "tier with a speaker's words in other pieces was left out",
        "tiers with a speaker's words in other pieces were left out",
    )
    doubts = _doubts([named[i] for i in kept])
    if len(kept) == 1 and _names_nobody(speech[kept[0]], named[kept[0]]):
        stretches = [one._replace(speaker=None) for one in speech[kept[0]].stretches]
        told.append("the file has one tier and no speakers; they were looked for in the text")
        return RawText(tuple(in_order(stretches)), decided=tuple(told), doubts=doubts)
    # Two tiers of one speaker are one voice, however they are written.
    labelled = [Stretch(named[i], *one[1:]) for i in kept for one in speech[i].stretches]
    return RawText(tuple(in_order(labelled)), decided=tuple(told), labelled=True, doubts=doubts)


def _speakers(tiers: Sequence[Tier]) -> list[str]:
    """Return who speaks on each tier; the names of the tiers, where all are given to one speaker."""
    own = [" ".join(tier.speaker.split()) for tier in tiers]
    if len(tiers) > 1 and all(own) and len(set(own)) == 1 and len({_speaker_of(tier.name) for tier in tiers}) > 1:
        own = [""] * len(tiers)
    return [speaker or _speaker_of(tier.name) for speaker, tier in zip(own, tiers, strict=True)]


def _speaker_of(name: str) -> str:
    """Return a tier's name without what says that it holds words or utterances.

    Example:
        >>> [_speaker_of(name) for name in ("R1 - words", "utterance@INF", "Kari Nes", "transcription")]
        ['R1', 'INF', 'Kari Nes', 'transcription']
    """
    name = " ".join(name.split())
    match = _SPEAKER_AND_LEVEL.match(name) or _LEVEL_AND_SPEAKER.match(name)
    return match["speaker"] if match and not _LEVEL.match(name) else name


def _without_copies(tiers: Sequence[Tier], named: Sequence[str]) -> list[int]:
    """Return the tiers to read: of those that hold one speaker's words on several levels, the highest."""
    best: dict[str, int] = {}
    kept = []
    for i, tier in enumerate(tiers):
        level = _level(tier.name)
        if level is None:
            kept.append(i)
            continue
        # Tiers that are named by their level alone are levels of one speech.
        whose = "" if _LEVEL.match(tier.name.strip()) and not tier.speaker else named[i].casefold()
        other = best.get(whose)
        if other is None or level < (_level(tiers[other].name) or 0):
            best[whose] = i
    return sorted([*kept, *best.values()])


def _level(name: str) -> int | None:
    name = " ".join(name.split())
    match = _LEVEL.match(name)
    level = match[1] if match else None
    if level is None and (both := _SPEAKER_AND_LEVEL.match(name) or _LEVEL_AND_SPEAKER.match(name)):
        bare = _LEVEL.match(both["level"])
        level = bare[1] if bare else None
    return None if level is None else _LEVELS.index(level.casefold())


def _names_nobody(tier: Tier, speaker: str) -> bool:
    """Tell whether a file's only tier is no speaker's: named after its level, or with labels in its text."""
    if not tier.speaker.strip() and _LEVEL.match(speaker):
        return True
    return len(find_labels([one.text for one in tier.stretches])) > 1


def _doubts(speakers: Sequence[str]) -> tuple[Doubt, ...]:
    doubts = []
    twice = sum(count > 1 for count in Counter(speakers).values())
    if twice:
        whose = "a speaker has" if twice == 1 else f"{twice} speakers have"
        message = f"{whose} several tiers; all of them were read"
        doubts.append(Doubt(message, "Look whether the same words stand on two of them.", "tiers"))
    if len(set(speakers)) > _MANY:
        message = f"{len(set(speakers))} tiers were read as so many speakers"
        doubts.append(Doubt(message, "If some are no speakers', delete them in a copy of the file.", "tiers"))
    return tuple(doubts)


def in_order(stretches: Iterable[Stretch]) -> list[Paragraph]:
    """Put stretches in the order of time, those of one speaker in a row together.

    Where two speak at once, who began first comes first.

    Example:
        >>> said = [Stretch("R", 0.0, 0.0, 9.0, "Ja."), Stretch("R", 9.0, 9.0, 12.0, "Nei."),
        ...         Stretch("I", 4.0, 4.0, 5.0, "Mm."), Stretch("R", 12.0, 12.0, None, "Jo.")]
        >>> [(one.speaker, one.text, one.time) for one in in_order(said)]
        [('R', 'Ja.', (0.0, 9.0)), ('I', 'Mm.', (4.0, 5.0)), ('R', 'Nei. Jo.', None)]
    """
    found: list[Paragraph] = []
    row: list[Stretch] = []
    for one in sorted(stretches, key=lambda stretch: stretch.at):
        if row and (one.speaker is None or one.speaker != row[0].speaker):
            found.append(_together(row))
            row = []
        row.append(one)
    if row:
        found.append(_together(row))
    return found


def _together(row: Sequence[Stretch]) -> Paragraph:
    speaker, _, begin, end, text = row[0]
    for one in row[1:]:
        end = None if end is None or one.end is None else max(end, one.end)
    if len(row) > 1:
        text = " ".join([one.text for one in row])
    return Paragraph(text, speaker, None if begin is None or end is None else (begin, max(begin, end)))
