"""The forms of a register by their words, so that a text's words are looked up and not searched for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from qualkit.anonymisation.letters import fold_word, visible
from qualkit.anonymisation.lexicon import commonness
from qualkit.identity import Identities, Identity, Passed
from qualkit.language.lemmas import is_known
from qualkit.model import Span

TOKEN = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+|\\d+")
APOSTROPHES = frozenset("'’‘ʼ`´")

_GAP = re.compile(r"[\s\-‐-―'’‘ʼ_.·/\"“”«»]{0,6}\s*\Z")
_ENDINGS = ("enes", "anes", "ene", "ane", "ens", "ets", "en", "et")
_PEOPLE_OF = ("serene", "serane", "seren", "serne", "serar", "sere", "ser")
_PLACE_ENDINGS = (*_PEOPLE_OF, "ingene", "ingane", "ingen", "ingar", "inger", "as", "a")
_SHORTEST_FRONT = {"place": 4, "institution": 4}
_SHORTEST_FRONT_ELSE = 5
_SHORTEST_BACK = 4
_MISSPELT_FROM = 5
_OFTEN = 12
"""Times in half a million words that a name is met as a word."""

_NAMED = ("person", "place")
_EVERYDAY = frozenset(
    """
    art august bakke bakken bell berg berge bergen berget bill bjørk bjørn bo bob borg bratt bro bru brun bu by
    chance charity dag dal dale dalen dawn egg eie eik else endre even faith falk fall far finn fjell fjord foss
    fossen frank fred fri frost fugl furu gjerde glad glenn grace grant grav gren gro grønn guy hagen ham hammer
    hans haug haugen hav hei heim hell hill hjelm hjort hol holm holt hope hus jack jasmine jo joy june juni kai
    kant kilde king kirke kleiv klokke krog kvist lam land lane lang lie lien lilje lily lind line liv lund lykke
    løken løv mai mark marka max may mercy mike miles miller mo moen mor mose myhre myr myra nes neset nick nord ny
    nå odd olive oliven page patience penny per perle peter plass rein rich rike ring ringen ro rob rock rod roman
    rosa rose ruby rud rød røst said sand sanden sander sann sel seter sig siv skar ski skog skogen sky sol sola
    sommer son stad star stein stern sti stig stor storm strand strøm strømmen stue sue summer sun sund sundet svane
    svart take tale tang tiger tiller tom tone tre trinity vang vann vatn vera vest vestre vi vik vika viken vilje
    vind vinter violet vold von våge vår wade ward will wood young ås åsen øst østre øy øya øyer
    """.split()
)
"""Names that stand in running text as words, too, written small."""

Edit = Literal["form", "inflected", "compound", "misspelt"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one identity.

    Attributes:
        key: The folded words with a space between.
        words: Folded.
        gaps: What stands between them in the form.
        letters: How many letters and digits it has.
        everyday: Whether it is an everyday word, too.
        behind: What the form has behind its last word, as a bracket.
    """

    identity: Identity
    key: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    letters: int
    everyday: bool
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A form that a word may be, and how.

    Attributes:
        key: Of the form.
        how: As `Found` tells it.
        ending: What the word has besides the form.
        also: Other forms that it may be as well.
    """

    key: str
    how: Edit = "form"
    ending: str = ""
    also: tuple[str, ...] = ()


def fits_between(gap: str, own: str) -> bool:
    """Return whether two words of a form may stand so far apart: as it is written, or by spaces and hyphens.

    Example:
        >>> fits_between("‑", "-"), fits_between(" ", "-"), fits_between(", ", " "), fits_between(" (", " (")
        (True, True, False, True)
    """
    return bool(_GAP.match(gap)) or gap.split() == own.split()


class FormIndex:
    """The forms of one register."""

    misspelt_from = _MISSPELT_FROM

    def __init__(self, identities: Identities) -> None:
        self.numbers: set[str] = set()
        self.literals: list[tuple[str, Reading]] = []
        self.most_groups = 1
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._anchors: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
        self._fronts: set[str] = set()
        self._deletions: dict[str, set[str]] = defaultdict(set)
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._passed: dict[str, list[Passed]] = defaultdict(list)
        for identity in identities.identities:
            for form in identity.forms:
                self._add(identity, form)
        for one in identities.passed:
            self._passed[_key(one.form)].append(one)

    def __bool__(self) -> bool:
        return bool(self._entries)

    def _add(self, identity: Identity, form: str) -> None:
        seen, _ = visible(form)
        tokens = list(TOKEN.finditer(seen))
        words = tuple(fold_word(token.group()) for token in tokens)
        gaps = tuple(seen[a.end() : b.start()] for a, b in pairwise(tokens))
        if not words:
            literal = seen.strip()
            if literal:
                self._entries[literal].append(Entry(identity, literal, (), (), 2, everyday=False))
                self.literals.append((literal, Reading(literal)))
            return
        key = " ".join(words)
        letters = sum(map(len, words))
        everyday = len(words) == 1 and _is_everyday(words[0], seen.strip(), identity)
        behind = seen[tokens[-1].end() :].rstrip()
        entry = Entry(identity, key, words, gaps, letters, everyday, behind if behind.strip(".,;:!?'’ ") else "")
        self._entries[key].append(entry)
        digits = "".join(words)
        if digits.isdigit() and len(digits) >= _MISSPELT_FROM:
            self.numbers.add(digits)
            self.most_groups = max(self.most_groups, len(digits))
            if digits != key:
                self._entries[digits].append(entry)
            return
        if len(words) > 1:
            longest = sorted(range(len(words)), key=lambda at: -len(words[at]))[:2]
            for at in longest:
                self._anchors[words[at]].append((entry, at))
            if all(gap in "-‐‑'’" for gap in gaps):
                # Anne-Lise is Annelise, too.
                self._entries[digits].append(Entry(identity, digits, (digits,), (), letters, everyday=False))
                self._open(digits, identity)
        else:
            self._open(words[0], identity)

    def _open(self, word: str, identity: Identity) -> None:
        if not word.isalpha():
            return
        if len(word) >= _SHORTEST_FRONT.get(identity.type, _SHORTEST_FRONT_ELSE):
            self._fronts.add(word)
        if len(word) >= _MISSPELT_FROM and identity.type in (*_NAMED, "institution", "other"):
            for shorter in _shortened(word):
                self._deletions[shorter].add(word)

    def entries(self, reading: Reading) -> list[Entry]:
        """Return whose form a reading may be."""
        return [entry for key in (reading.key, *reading.also) for entry in self._entries[key]]

    def has(self, word: str) -> bool:
        """Return whether a word may be a form, or a part of one."""
        return bool(self.readings(word) or self.phrases(word)) or (bool(self.numbers) and word.isdigit())

    def phrases(self, word: str) -> Sequence[tuple[Entry, int]]:
        """Return the forms of several words that a word may belong to, and its place in each."""
        folded = fold_word(word)
        return self._anchors.get(folded, ()) or self._anchors.get(folded.removesuffix("s"), ())

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Return the forms that a word of a text may be: the form itself, or else all that come near."""
        known = self._readings.get(word)
        if known is None:
            known = self._readings[word] = tuple(self._read(fold_word(word)))
        return known

    def _read(self, word: str) -> Iterator[Reading]:
        if word in self._entries:
            yield Reading(word)
            return
        if word.endswith("s") and word[:-1] in self._entries and word.isalpha():
            yield Reading(word[:-1], "inflected", "s")
            return
        if len(word) <= _SHORTEST_BACK or not word.isalpha():
            return
        if is_word(word) and not word.endswith(_PEOPLE_OF):
            return
        inflected = list(self._inflected(word))
        # A dictionary may have the people of a town, which its name is in all the same.
        yield from inflected or (() if is_word(word) else list(self._compounds(word)) or self._misspelt(word))

    def _inflected(self, word: str) -> Iterator[Reading]:
        for ending in (*_ENDINGS, *_PLACE_ENDINGS):
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < _SHORTEST_BACK - 1 or stem not in self._entries:
                continue
            if ending not in _PEOPLE_OF and is_word(word):
                continue
            types = {entry.identity.type for entry in self._entries[stem]}
            if ending in _PLACE_ENDINGS and not types & {"place", "institution"}:
                continue
            # Hansen is another man than Hans.
            if not (stem.endswith("s") and ending.startswith("e") and "person" in types):
                yield Reading(stem, "inflected", ending)
                return

    def _compounds(self, word: str) -> Iterator[Reading]:
        for end in range(len(word) - _SHORTEST_BACK, _SHORTEST_BACK - 1, -1):
            if word[:end] in self._fronts:
                back = word[end:]
                if not is_word(back) and back[0] in "se" and len(back) > _SHORTEST_BACK:
                    back = back[1:]
                if back in self._entries or is_word(back):
                    yield Reading(word[:end], "compound", "" if back in self._entries else back)
                    return

    def _misspelt(self, word: str) -> Iterator[Reading]:
        near: dict[str, str] = {}
        for spelt, ending in ((word, ""), (word.removesuffix("s"), "s")):
            if near or (ending and spelt == word):
                continue
            for shorter in _shortened(spelt):
                for form in self._deletions.get(shorter, ()):
                    if self.letter_off(spelt, form):
                        near[form] = ending
        if near:
            first, *rest = sorted(near)
            yield Reading(first, "misspelt", near[first], tuple(rest))

    def letter_off(self, word: str, form: str) -> bool:
        """Return whether two words are one letter apart: one more, one less, another, or two that changed places."""
        from rapidfuzz.distance import OSA

        return OSA.distance(word, form, score_cutoff=1) <= 1

    def is_word(self, word: str) -> bool:
        """Return whether a word is an everyday one and no form."""
        return fold_word(word) not in self._entries and is_word(fold_word(word))

    def passed_at(self, words: str, where: Span) -> bool:
        """Return whether somebody decided that these words identify nobody in this place."""
        return any(
            span.transcript == where.transcript and span.start < where.end and where.start < span.end
            for one in self._passed.get(_key(words), ())
            for span in one.only
        )

    def passed_everywhere(self, words: str) -> bool:
        """Return whether somebody decided that these words identify nobody."""
        return any(not one.only for one in self._passed.get(_key(words), ()))


def is_word(word: str) -> bool:
    """Return whether a dictionary of Norwegian or English has a folded word."""
    return any(is_known(word, language) for language in ("nb", "nn", "en"))


def is_everyday(word: str) -> bool:
    """Return whether a folded name stands in running text as a word, too, and often enough to count."""
    return word in _EVERYDAY or commonness(word, "nb") >= _OFTEN


def is_everyday_name(form: str) -> bool:
    """Return whether a form is an everyday word, too, so that a decision about it holds for single places.

    Example:
        >>> is_everyday_name("Liv"), is_everyday_name("Liv Nes"), is_everyday_name("Ingrid")
        (True, False, False)
    """
    return is_everyday(_key(form))


def _is_everyday(word: str, written: str, identity: Identity) -> bool:
    if identity.type in _NAMED or written[:1].isupper():
        return is_everyday(word)
    return False


def _key(form: str) -> str:
    return " ".join(fold_word(word) for word in TOKEN.findall(visible(form)[0]))


def _shortened(word: str) -> Iterator[str]:
    """Yield a word, and the word without each of its letters: what two words that are a letter apart share."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


@dataclass(slots=True)
class _Kept:
    """The last registers that were indexed; a register is a record and is not changed."""

    known: dict[int, tuple[Identities, FormIndex]] = field(default_factory=dict)


_KEPT = _Kept()
_KEPT_AT_MOST = 8


def index_of(identities: Identities) -> FormIndex:
    """Return the index of a register, made once."""
    found = _KEPT.known.get(id(identities))
    if found is not None:
        return found[1]
    if len(_KEPT.known) >= _KEPT_AT_MOST:
        del _KEPT.known[next(iter(_KEPT.known))]
    index = FormIndex(identities)
    # The register is kept with it, so that its number is nobody else's.
    _KEPT.known[id(identities)] = identities, index
    return index
