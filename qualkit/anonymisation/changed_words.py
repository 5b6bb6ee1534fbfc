"""Which words of a text a decision may say something about: what stands elsewhere need not be looked at again.

It is told too often rather than too seldom: wherever a form may be found, with an ending, in a compound, or a letter
or two off, its words are near.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from qualkit.anonymisation.form_index import TOKEN
from qualkit.anonymisation.letters import fold_word, visible
from qualkit.identity import Identities

EVERYWHERE = ""
"""The word of a form that has none, as a sign: it may stand anywhere."""

_SHORT = 3
_OFF = 2


def words_of(text: str) -> frozenset[str]:
    """Return the folded words of a text; where a line's end may part a word, the whole one too."""
    seen, _ = visible(text)
    tokens = list(TOKEN.finditer(seen))
    broken = (
        fold_word(one.group() + other.group())
        for one, other in pairwise(tokens)
        if "\n" in seen[one.end() : other.start()]
    )
    return frozenset((*(fold_word(token.group()) for token in tokens), *broken))


def changed_words(before: Identities, after: Identities) -> frozenset[str]:
    """Return the words of all forms about which two registers do not say the same.

    Example:
        >>> from qualkit.identity import Identity, Passed
        >>> kari = Identity("p1", ("Kari",), by="siri")
        >>> sorted(changed_words(Identities((kari,)), Identities((kari, Identity("p2", ("Ola Nes",))))))
        ['nes', 'ola', 'olanes']
    """
    found = _said(before) ^ _said(after)
    return frozenset(word for forms, *_ in found for form in forms for word in _parts(form))


@lru_cache(maxsize=4096)
def _parts(form: str) -> tuple[str, ...]:
    words = [fold_word(word) for word in TOKEN.findall(visible(form)[0])]
    # Anne-Lise is Annelise, and numbers are grouped in many ways.
    return (*words, "".join(words)) if len(words) > 1 else tuple(words) or (EVERYWHERE,)


def _said(identities: Identities) -> frozenset[tuple[tuple[str, ...], object, object, object]]:
    """Return what decides of a form whether it waits; of all identities and words let through."""
    kept = _kept.get(id(identities))
    if kept is None or kept[0] is not identities:
        if len(_kept) >= _KEPT_AT_MOST:
            del _kept[next(iter(_kept))]
        kept = _kept[id(identities)] = identities, frozenset(_all_said(identities))
    return kept[1]


def _all_said(identities: Identities) -> Iterator[tuple[tuple[str, ...], object, object, object]]:
    for one in identities.identities:
        yield one.forms, one.only, one.decided, (one.id, one.type)
    for let in identities.passed:
        yield (let.form,), let.only, "passed", ""


_kept: dict[int, tuple[Identities, frozenset[tuple[tuple[str, ...], object, object, object]]]] = {}
_KEPT_AT_MOST = 64


def touches(changed: AbstractSet[str], words: Collection[str]) -> bool:
    """Return whether a word of a text may be one of the changed ones, or belong to it.

    Example:
        >>> touches({"halden"}, {"haldenserne"}), touches({"halden"}, {"haldn"}), touches({"halden"}, {"oslo"})
        (True, True, False)
    """
    if changed and (EVERYWHERE in changed or not changed.isdisjoint(words)):
        return True
    return any(_near(one, word) for one in changed for word in words)


def _near(form: str, word: str) -> bool:
    from rapidfuzz.distance import OSA

    # A place that was decided alone may lie within a word, however short the form is.
    if form in word or (form.isdigit() and word.isdigit() and word in form):
        return True
    close = abs(len(word) - len(form)) <= _OFF and len(form) > _SHORT
    return close and OSA.distance(form, word, score_cutoff=_OFF) <= _OFF
