"""Rules against word arrays: a few look-ups a text, whatever the number of rules.

Every pattern has a trigger, the word of it that is rarest in the texts. One gather over the text's
word numbers finds the triggers; only there are the pattern's other words compared. Hits stay arrays
until they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.coding.patterns import FILLERS, Lexicon, Pattern
from qualkit.language.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Hits:
    """Where patterns match, as arrays of equal length.

    Attributes:
        pattern: Number of the pattern in the matcher.
        first: Number of the first word.
        last: Number of the last word, inclusive.
    """

    pattern: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Matcher:
    """Patterns compiled for one vocabulary and one language.

    Attributes:
        patterns: In the order of their numbers; regular expressions have a number and no words.
        language: Of the lemmas.
        triggers: By word: whether any pattern begins to be looked for there.
        begins: By word: where its patterns begin in `follow` (one longer than the vocabulary).
        follow: Pattern numbers, grouped by trigger word.
        trigger_at: By pattern: which of its words is the trigger.
        length: By pattern: how many words it has.
        wanted: By place in a pattern (column) and pattern: a key for the set of words that may stand there.
        allowed: Sorted keys `set * vocabulary + word` of all words that may stand in some place.
        fillers: By word: whether it is a hesitation.
        adjoining: As `wanted`: whether the place or the one before names a hesitation, so that none is
            passed over between the two.
    """

    patterns: tuple[Pattern, ...]
    language: str
    triggers: NDArray[np.bool_]
    begins: Ints
    follow: Ints
    trigger_at: Ints
    length: Ints
    wanted: NDArray[np.int64]
    allowed: NDArray[np.int64]
    fillers: NDArray[np.bool_]
    adjoining: NDArray[np.bool_]


def compile_patterns(
    patterns: Sequence[Pattern], words: list[str], language: str, counts: NDArray[np.integer] | None = None
) -> Matcher:
    """Turn patterns into sets of word numbers, once for a vocabulary.

    Args:
        patterns: In any order; a pattern twice costs twice.
        words: The vocabulary, in the order of its numbers.
        language: nb, nn, en, da or sv; of the text, for patterns that name none.
        counts: How often each word stands in the texts, so that a phrase is looked for by its rarest word;
            None: each once.
    """
    import numpy as np

    lexicon = Lexicon(words, _asked(patterns, language))
    size = len(words)
    length = np.array([len(pattern.elements) for pattern in patterns], np.int32)
    widest = int(length.max()) if len(length) else 0
    wanted = np.zeros((widest, len(patterns)), np.int64)
    fillers = np.array([word in FILLERS for word in words], bool)
    adjoining = np.zeros((widest + 1, len(patterns)), bool)
    trigger_at = np.zeros(len(patterns), np.int32)
    places: dict[tuple[str, str, str], int] = {}
    keys: list[NDArray[np.int64]] = []
    trigger_words: list[Ints] = []
    trigger_patterns: list[Ints] = []
    for number, pattern in enumerate(patterns):
        spoken = pattern.language or language
        alone = len(pattern.elements) == 1
        meant: list[Ints] = []
        for place, element in enumerate(pattern.elements):
            key = (element.kind, element.word, spoken)
            named = element.kind == "word" and element.word in FILLERS
            adjoining[place : place + 2, number] |= named
            numbers = np.array(lexicon.numbers(element, spoken), np.int32)
            if not alone and not named:
                # A * between other words stands for a word, and a hesitation counts as none.
                numbers = numbers[~fillers[numbers]]
            meant.append(numbers)
            if not alone and key not in places:
                places[key] = len(places)
                keys.append(places[key] * size + numbers.astype(np.int64))
            if not alone:
                wanted[place, number] = places[key]
        often = [len(numbers) if counts is None else int(counts[numbers].sum()) for numbers in meant]
        if often:
            rarest = often.index(min(often))
            trigger_at[number] = rarest
            trigger_words.append(meant[rarest])
            trigger_patterns.append(np.full(len(meant[rarest]), number, np.int32))
    all_words = np.concatenate(trigger_words) if trigger_words else np.zeros(0, np.int32)
    all_patterns = np.concatenate(trigger_patterns) if trigger_patterns else np.zeros(0, np.int32)
    order = np.argsort(all_words, kind="stable")
    begins = np.searchsorted(all_words[order], np.arange(size + 1)).astype(np.int32)
    triggers = np.zeros(size, bool)
    triggers[all_words] = True
    return Matcher(
        patterns=tuple(patterns),
        language=language,
        triggers=triggers,
        begins=begins,
        follow=all_patterns[order],
        trigger_at=trigger_at,
        length=length,
        wanted=wanted,
        allowed=np.sort(np.concatenate(keys)) if keys else np.zeros(0, np.int64),
        fillers=fillers,
        adjoining=adjoining,
    )


def _asked(patterns: Sequence[Pattern], language: str) -> dict[str, set[str]]:
    """Return by language the words that the patterns ask all forms of."""
    asked: dict[str, set[str]] = {}
    for pattern in patterns:
        words = {element.word for element in pattern.elements if element.kind == "lemma"}
        asked.setdefault(pattern.language or language, set()).update(words)
    return asked


def find(words: Words, matcher: Matcher) -> Hits:
    """Return every place where a pattern of words matches.

    Args:
        words: Of one text, numbered by the vocabulary the matcher was compiled for.

    Returns:
        Hits in the order of the trigger words; regular expressions are not searched here.
    """
    import numpy as np

    at = matcher.triggers.take(words.ids).nonzero()[0]
    ids = words.ids.take(at)
    starts = matcher.begins.take(ids)
    counts = matcher.begins.take(ids + 1) - starts
    first_of = np.cumsum(counts) - counts
    within = np.arange(int(counts.sum()), dtype=np.int32) - np.repeat(first_of, counts).astype(np.int32)
    pattern = matcher.follow.take(np.repeat(starts, counts) + within)
    position = np.repeat(at, counts).astype(np.int32)
    if matcher.length.max(initial=0) < 2:
        return Hits(pattern, position, position)
    long = matcher.length.take(pattern) > 1
    phrases = long.nonzero()[0]
    if not len(phrases):
        return Hits(pattern, position, position)
    found, first, last = _phrases(words, matcher, pattern[phrases], position[phrases])
    single = ~long
    return Hits(
        np.concatenate([pattern[single], found]),
        np.concatenate([position[single], first]),
        np.concatenate([position[single], last]),
    )


def _phrases(words: Words, matcher: Matcher, pattern: Ints, position: Ints) -> tuple[Ints, Ints, Ints]:
    """Compare the other words of phrases whose trigger was met; hesitations between them are passed over."""
    import numpy as np

    trigger = matcher.trigger_at.take(pattern)
    length = matcher.length.take(pattern)
    alive = np.ones(len(pattern), bool)
    first, last = position.copy(), position.copy()
    for step in range(1, matcher.wanted.shape[0]):
        for ends, place, way in ((last, trigger + step, 1), (first, trigger - step, -1)):
            inside = alive & (place < length) & (place >= 0)
            moving = inside.nonzero()[0]
            if not len(moving):
                continue
            where, which = place.take(moving), pattern.take(moving)
            target = _next_word(words, matcher, ends.take(moving), way, where if way > 0 else where + 1, which)
            keys = matcher.wanted[where, which] * len(matcher.triggers) + words.ids.take(target, mode="clip")
            ok = matcher.allowed.take(np.searchsorted(matcher.allowed, keys), mode="clip") == keys
            ok &= (target >= 0) & (target < len(words))
            alive[moving] = ok
            # Few are left, and only for them it matters where sentences end.
            kept, target = moving[ok], target[ok]
            low, high = (ends[kept], target) if way > 0 else (target, ends[kept])
            alive[kept] = ~_broken(words, low, high)
            ends[kept] = target
    return pattern[alive], first[alive], last[alive]


def _next_word(words: Words, matcher: Matcher, position: Ints, way: int, joint: Ints, pattern: Ints) -> Ints:
    """Return the next word in a direction; at most three hesitations are passed over, unless the pattern names one.

    Args:
        joint: Place in the pattern after which the gap lies, counted as in `Matcher.adjoining`.
        pattern: Numbers of the patterns.
    """
    target = position + way
    for _ in range(3):
        hesitant = matcher.fillers.take(words.ids.take(target, mode="clip")).nonzero()[0]
        hesitant = hesitant[~matcher.adjoining[joint[hesitant], pattern[hesitant]]]
        if not len(hesitant):
            break
        target[hesitant] += way
    return target


def _broken(words: Words, low: Ints, high: Ints) -> NDArray[np.bool_]:
    """Say whether a sentence or line ends between two words."""
    import numpy as np

    return np.asarray(np.searchsorted(words.breaks, low, "right") != np.searchsorted(words.breaks, high, "right"))
