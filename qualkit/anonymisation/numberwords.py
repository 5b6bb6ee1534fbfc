"""Numbers said in words, as they stand in transcripts: nb, nn and en, in standard and in dialect-coloured spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_NORWEGIAN_UNITS = {
    0: "null", 1: "en én ein éin ei éi ett eit eitt et", 2: "to", 3: "tre tri", 4: "fire fir", 5: "fem fæm",
    6: "seks sæks", 7: "sju syv sjau", 8: "åtte åtta", 9: "ni",
    10: "ti", 11: "elleve ellve", 12: "tolv", 13: "tretten trettan",
    14: "fjorten fjortan", 15: "femten femtan", 16: "seksten sekstan sæksten", 17: "sytten søtten syttan søttan",
    18: "atten attan", 19: "nitten nittan",
}  # fmt: skip
_NORWEGIAN_TENS = {
    20: "tjue tyve kjue tjuge", 30: "tretti tredve tredive", 40: "førti førr fyrti",
    50: "femti", 60: "seksti sæksti",
    70: "sytti søtti", 80: "åtti", 90: "nitti",
}  # fmt: skip
_ENGLISH_UNITS = {
    0: "zero oh o nought", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
    9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
    17: "seventeen", 18: "eighteen", 19: "nineteen",
}  # fmt: skip
_ENGLISH_TENS = {
    20: "twenty", 30: "thirty", 40: "forty fourty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"
}  # fmt: skip

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_GAP = re.compile(r"[\s,.\-–]{0,4}")
_AND = frozenset("og å o and".split())
_HUNDRED = frozenset("hundre hundred".split())
_THOUSAND = frozenset("tusen thousand".split())
_HESITATIONS = frozenset("eh øh ehm øhm øm hm hmm mm uh um erm og så altså også and then".split())
_REPEATED = {"double": 2, "dobbel": 2, "dobbelt": 2, "triple": 3, "treble": 3, "trippel": 3}
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Spoken:
    """One number said in words, or written in figures between such.

    Attributes:
        digits: As it would be dialled: "34", and "5" for the five of "oh five".
        in_words: Whether at least one word stands in it.
    """

    start: int
    end: int
    value: int
    digits: str
    in_words: bool = True


@lru_cache(maxsize=4)
def small_numbers(language: str) -> Mapping[str, int]:
    """Return every spelling of the numbers below a hundred in one word, and the year in one word ("nittensekstito").

    Example:
        >>> [small_numbers("nn")[word] for word in ("sju", "tjueein", "femogtjue", "nittensekstito")]
        [7, 21, 25, 1962]
    """
    if language == "en":
        return _spellings(_ENGLISH_UNITS) | _spellings(_ENGLISH_TENS)
    units, tens = _spellings(_NORWEGIAN_UNITS), _spellings(_NORWEGIAN_TENS)
    words = units | tens
    for ten, tenfold in tens.items():
        for unit, value in units.items():
            if 0 < value < 10:
                words[ten + unit] = words[f"{unit}og{ten}"] = words[f"{unit}å{ten}"] = tenfold + value
    two_digits = {word: value for word, value in words.items() if value >= 10}
    for word, value in two_digits.items():
        words.setdefault("nitten" + word, 1900 + value)
        if value < 30:
            words.setdefault("tjue" + word, 2000 + value)
            words.setdefault("tyve" + word, 2000 + value)
    return words


def _spellings(words: Mapping[int, str]) -> dict[str, int]:
    return {word: value for value, spellings in words.items() for word in spellings.split()}


@lru_cache(maxsize=1 << 16)
def number_of(word: str, language: str) -> int | None:
    """Return the number that one word says, or None.

    Example:
        >>> number_of("nittenhundreogsju", "nb"), number_of("totusenogfire", "nb"), number_of("hund", "nb")
        (1907, 2004, None)
    """
    word = word.casefold()
    if len(word) > _LONGEST:
        return None
    small = small_numbers(language)
    if word in small:
        return small[word]
    if language == "en":
        return None
    for part, times in (("tusen", 1000), ("hundre", 100)):
        before, found, after = word.partition(part)
        if found and (before or after):
            first = small.get(before) if before else 1
            rest = after.removeprefix("og") or "null"
            behind = number_of(rest, language) if rest != word else None
            if first is not None and behind is not None and behind < times:
                return first * times + behind
    return None


@lru_cache(maxsize=2)
def spoken_runs(text: str, language: str) -> tuple[tuple[Spoken, ...], ...]:
    """Return numbers that follow one another with nothing but spaces, commas and hesitations between them.

    Example:
        >>> [[n.digits for n in run] for run in spoken_runs("ring ni en tre, førti eh fem hundre og seksti da", "nb")]
        [['9', '1', '3', '40', '560']]
    """
    tokens = list(_TOKEN.finditer(text))
    words = [token.group().casefold() for token in tokens]
    runs: list[list[Spoken]] = [[]]
    at = 0
    while at < len(tokens):
        number, behind = _number(tokens, words, at, language, text)
        run = runs[-1]
        if run and (words[at] not in _HESITATIONS if number is None else not _close(text, run[-1].end, number.start)):
            runs.append([])
        if number is not None:
            runs[-1].append(number)
        at = behind
    return tuple(tuple(run) for run in runs if any(number.in_words for number in run))


def _close(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    if len(between) > 24 or (". " in between and text[end].isupper()):
        return False
    return all(_GAP.fullmatch(piece) for piece in _TOKEN.split(between))


def _number(
    tokens: list[re.Match[str]], words: list[str], at: int, language: str, text: str
) -> tuple[Spoken | None, int]:
    """Return the number that begins at a token, if one does, and the token behind it."""

    def next_word(place: int) -> str:
        """Return the word at a place, if only a space or a hyphen stands before it."""
        if place >= len(words) or text[tokens[place - 1].end() : tokens[place].start()].strip("-‐‑–") not in {"", " "}:
            return ""
        return words[place]

    def number(value: int, digits: str, behind: int, *, in_words: bool = True) -> tuple[Spoken, int]:
        return Spoken(tokens[at].start(), tokens[behind - 1].end(), value, digits, in_words), behind

    word = words[at]
    if word[0].isdecimal():
        return number(int(word), word, at + 1, in_words=False) if len(word) <= 4 else (None, at + 1)
    if word in _REPEATED:
        unit = number_of(next_word(at + 1), language)
        return number(unit, str(unit) * _REPEATED[word], at + 2) if unit is not None and unit < 10 else (None, at + 1)
    value, behind = (1, at) if word in _HUNDRED | _THOUSAND else _below_hundred(word, at, next_word, language)
    if value is not None and value < 1000:
        value, behind = _with_hundreds(value, behind, word if behind == at else next_word(behind), next_word, language)
    return number(value, str(value), behind) if value is not None else (None, at + 1)


def _with_hundreds(value: int, at: int, name: str, next_word: Callable[[int], str], language: str) -> tuple[int, int]:
    """Return a number with the hundreds or thousands that stand behind it: "to tusen og fire"."""
    factor = 1000 if name in _THOUSAND else 100 if name in _HUNDRED else 0
    if not factor:
        return value, at
    rest_at = at + 2 if next_word(at + 1) in _AND else at + 1
    rest, behind = _below_hundred(next_word(rest_at), rest_at, next_word, language)
    # "to tusen fem hundre": the hundreds behind the thousands are a number of their own.
    if rest and rest < factor and next_word(behind) not in _HUNDRED:
        return value * factor + rest, behind
    return value * factor, at + 1


def _below_hundred(word: str, at: int, next_word: Callable[[int], str], language: str) -> tuple[int | None, int]:
    """Return the number below a hundred that begins with a word, over at most three words, and the place behind it."""
    value = number_of(word, language) if word else None
    if value is None:
        return None, at
    follows = number_of(next_word(at + 1), language) if next_word(at + 1) else None
    if value in range(20, 100, 10) and follows is not None and 0 < follows < 10 and next_word(at + 2) not in _HUNDRED:
        return value + follows, at + 2
    if 0 < value < 10 and language != "en" and next_word(at + 1) in _AND:
        tens = number_of(next_word(at + 2), language) if next_word(at + 2) else None
        if tens is not None and tens in range(20, 100, 10):
            return tens + value, at + 3
    return value, at + 1
