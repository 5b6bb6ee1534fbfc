"""What a recogniser leaves of a name that it did not know: words beside and between parts of it that are no name.

It writes "angela pick avance" for Pickavance, "rong ve" for Rongve: one part is in no dictionary, the other is a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualkit.anonymisation.lexicon import is_everyday
from qualkit.anonymisation.titles import BEFORE_NAMES, DOES
from qualkit.anonymisation.tokens import Tokens

if TYPE_CHECKING:
    from qualkit.anonymisation.tokens import Flags

# How Norwegian surnames end, where a recogniser parts them from what it did not know: "mohn sen", "rong ve".
_LAST_SYLLABLES = frozenset(
    """
    sen son sson ssen vik vika dal dalen berg berge land stad rud heim hjem haug haugen ve bø nes ness set seth seter
    mo moen lund lien eng by vold tveit ås åsen hus stø rem øy bakk bakken vang voll brekke li tun
    """.split()
)
# Words that a sentence is held together by: they are no part of a name, whatever stands around them.
FUNCTION = frozenset(
    """
    og i på til fra frå at av er e va var vart har ha hadde hatt som så men den det de dei dem da då der her han hun
    ho hu hann jeg eg æ æg vi du dere dokker ikke ikkje itj for med om hos ved når nå no jo ja nei en ei et eit ein sa
    seier sier ble blei bli blir kom kjem gikk går skal vil kan må også òg etter før over under seg meg deg mæ sin si
    sitt min mi mitt vår hans hennes eller bare berre å hva kva ka hvor kor hvem kven enn mot opp ned ut inn to tre
    vel nok mer meir alt alle noe noko noen nokon sånn slik både fordi siden sidan hvis viss
    and of the a an to in on at is was were are be been has had have that who which he she it i we you they his him
    her hers my our your their me us them with from for by as but not or so then do does did got get if when like just
    um uh no yes all any out up down into over about what where how why there here this these those one two three
    """.split()
)


def beside(tokens: Tokens, named: Flags, first_name: Flags, language: str) -> Flags:
    """Return which words stand between and beside parts of a name and belong to it.

    Args:
        tokens: Of a text without use of capitals.
        named: Which of them may be names.
        first_name: Which are first names.
        language: Of the text.
    """
    import numpy as np

    joined = tokens.joined[1:]
    plain = tokens.that(lambda form: form.isalpha() and form not in FUNCTION and form not in DOES)
    short = plain & tokens.that(lambda form: len(form) < 4)
    odd = short & tokens.that(lambda form: not is_everyday(form, language))
    last = tokens.that(_LAST_SYLLABLES.__contains__)
    leading = first_name | tokens.that(BEFORE_NAMES.__contains__)
    found = np.zeros(len(tokens), bool)
    found[1:] = joined & named[:-1] & (odd[1:] | last[1:])
    found[:-1] |= joined & named[1:] & odd[:-1]
    within = joined[:-1] & joined[1:] & named[2:]
    found[1:-1] |= within & ((plain[1:-1] & leading[:-2]) | (short[1:-1] & named[:-2]))
    return found
