"""Names of several words: what small words hold together, and what stands in quotation marks.

"Brungot Stol og Sofa", "The Old Forge", "Knut i Lia", "Klopp terrasse"; «ripsgarden», which no capital tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualkit.anonymisation.lexicon import is_word
from qualkit.anonymisation.names import first_names, surnames
from qualkit.anonymisation.places import places_for

if TYPE_CHECKING:
    from qualkit.anonymisation.tokens import Tokens

_QUOTED = re.compile(r"[«“”\"„]([^\W\d_][^«»“”\"„\n.,:;!?]{2,40})[»”\"“]")
# In quotation marks behind these words somebody speaks; behind the next ones something is named.
_SAYING = frozenset(
    """
    sa sier seier sei si sagde spurte spurde ropte tenkte tenker skrev skreiv svarte svara bare berre liksom og at som
    said says say asked thought went like shouted wrote goes going and that just
    """.split()
)
_NAMING = frozenset(
    """
    heter heiter hette heitte het kalles kallast kalt kalla kalte kaller kallar døpt døypt oppkalt
    called named nicknamed christened dubbed titled
    """.split()
)
_LONG = 8
_WITHIN = frozenset("og i på av for of the and & de von van und".split())
_ARTICLES = frozenset("the".split())
_KINDS_BEHIND = frozenset(
    """
    terrasse borettslag sameie tun brygge torg plass park gate allé gard gård seter hage bruk fiskebruk industri mølle
    verft verk bru bro kai fyr stasjon hall arena stadion hytte camping kro kafé kafe bakeri
    """.split()
)
# Farms and grounds that somebody is called by: "Knut i Lia".
_FARMS = frozenset(
    """
    lia lien bakken bakka haugen haugane åsen dalen vika viken neset nesset moen myra øya holmen stranda strand eidet
    gjerdet jordet hagen løkka sletta brekka kleiva kåsa plassen rommen rønningen bråten teigen garden gården tunet
    nedre øvre heimen sanden sund sundet elva bekken berget fjellet skogen nordgarden sørgarden utgarden oppgarden
    """.split()
)


def quoted_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a few words in quotation marks are what something is called.

    Example:
        >>> text = "De kaller den «ripsgarden». Hun sa «kom hit nå»."
        >>> [text[start:end] for start, end in quoted_names(text)]
        ['ripsgarden']
    """
    for match in _QUOTED.finditer(text):
        if _is_called(text, match):
            yield match.span(1)


def names_of_several(tokens: Tokens, found: Sequence[int], language: str) -> Iterator[tuple[int, int]]:
    """Yield first and last word of names that small words hold together: "Brungot Stol og Sofa", "The Old Forge"."""
    seen = frozenset(found)
    for at in found:
        if at + 2 in seen and tokens.word(at + 1) in _WITHIN and tokens.followed(at) and tokens.followed(at + 1):
            # Two people are two names; what is held together has an everyday word with a capital in it.
            inside = [tokens.word(each) for each in (at, at + 2) if not tokens.first[each]]
            if any(is_word(word, language) and not _is_listed(word, language) for word in inside):
                yield at, at + 2
        if at and tokens.joined[at] and tokens.capital[at - 1] and tokens.word(at - 1) in _ARTICLES:
            yield at - 1, at
        if tokens.followed(at) and not tokens.capital[at + 1]:
            if tokens.word(at + 1) in _KINDS_BEHIND and not tokens.first[at]:
                yield at, at + 1
            elif (
                tokens.word(at + 1) in ("i", "på")
                and at + 2 in seen
                and tokens.word(at) in first_names(language)
                and tokens.word(at + 2) in _FARMS
            ):
                yield at, at + 2


def _is_listed(word: str, language: str) -> bool:
    return word in first_names(language) or word in surnames(language) or word in places_for(language)


def _is_called(text: str, match: re.Match[str]) -> bool:
    """Whether a few words in quotation marks are what something is called, and nothing that is said or written.

    They are named there, or all have capitals, or are one long word that no dictionary has.
    """
    words = match.group(1).split()
    before = text[max(0, match.start() - 30) : match.start()].rstrip().casefold()
    if not 1 <= len(words) <= 4 or before.endswith(":") or before.rpartition(" ")[2] in _SAYING:
        return False
    if before.rpartition(" ")[2] in _NAMING:
        return True
    if len(words) > 1:
        return all(word[:1].isupper() or word.casefold() in _WITHIN for word in words)
    return len(words[0]) >= _LONG and words[0].isalpha() and not is_word(words[0].casefold(), "")
