"""What is said before a name and with it: "onkel Sigvart", "Father Hackett", "Big Colin"; what goes on behind one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualkit.anonymisation.lexicon import commonness, is_everyday, is_word, no_names, stem
from qualkit.anonymisation.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

DOES = frozenset(
    """
    er var har hadde sa sier sagde seier kom kommer kjem fikk får fekk ville vil skulle skal kan kunne må måtte døde dør
    bor bodde bur budde jobber jobbet jobbar jobba heter ringte ringer ringde spurte spør spurde gikk går gjekk tok tar
    satt sitter sat sit ble blir vart vert blei så ser syntes synes mente meiner mener tenkte tenker trodde trur tror
    visste vet veit gjorde gjør gjer hjalp hjelper hjelpte forteller fortalte fortalde kjente lever levde begynte
    starta startet slutta sluttet flyttet flytta reiste kjørte køyrde ga gav gir prøvde ønsket ønska elsket elska
    is was has had said says came went will would got told asked thought felt died lives lived works worked
    knew knows helped helps left loves loved likes liked needs needed wants wanted takes took gave gives rang rings
    called phoned texted comes sat stood ran walked talked spoke answered laughed cried smiled looked turned put let
    found met drove cooked cleaned bought paid sent wrote taught teaches drives sings plays reckons reckoned thinks
    brought kept makes made does did didn't doesn't wasn't isn't couldn't wouldn't hadn't moved stayed started stopped
    """.split()
)
"""Words that a sentence goes on with when it begins with a person."""

# What stands before a name and is said with it, in its bare form only: "onkel Sigvart", "Father Hackett", "Big Colin".
BEFORE_NAMES = frozenset(
    """
    fru herr frøken doktor dr tante onkel bestemor bestefar besta mormor morfar farmor farfar svigermor svigerfar
    svigerinne svoger svigersønn svigerdatter kusine fetter oldemor oldefar gammeltante gammelonkel
    kaptein styrmann skipper oberst major løytnant sersjant korporal general admiral fenrik lensmann
    pater pastor prost biskop diakon imam sheikh sjeik mulla haji sokneprest prest munk abbed
    professor lektor overlege doktorgradsstipendiat amtmann baron greve grevinne
    prinsesse prins kong dronning kronprins sankt hellige
    mr mrs ms miss mx doctor father uncle auntie aunt nurse sister sergeant captain colonel major lieutenant corporal
    general constable inspector specialist sheriff senator governor superintendent private officer
    councillor professor prof sir lady lord dame judge pastor reverend rev matron canon
    bishop deacon rabbi imam sheikh sheik brother king queen prince princess saint coach chief
    nana nan nanna gran granny grandma grandpa grandad granda papa mama cousin
    tita tito kuya ate lola lolo abu umm oum hajji hajja baba dada didi bhai
    """.split()
)
_WITH_FIRST_NAMES = frozenset("sister auntie aunt aunty uncle nurse brother father tante onkel".split())
_NICKNAMING = frozenset(
    "store lille litle vesle vetle gamle gammel gamal tjukke lange big little old wee young fat auld dj".split()
)
"""What makes a nickname of a name that is listed."""


def titled(tokens: Tokens, language: str, first_names: frozenset[str], all_names: frozenset[str]) -> Iterator[int]:
    """Yield where a word stands that is said with the name behind it: "kaptein Stousland", "miss adeyemi"."""
    import numpy as np

    before = tokens.that(lambda form: form in BEFORE_NAMES or form in _NICKNAMING)
    for at in np.flatnonzero(before[:-1] & tokens.joined[1:]).tolist():
        name = tokens.word(at + 1)
        if tokens.word(at) in _NICKNAMING and (name not in first_names or commonness(name, language)):
            continue
        if tokens.casing == "mixed":
            told = bool(tokens.capital[at + 1]) and not tokens.first[at + 1] and name not in no_names()
        elif name in BEFORE_NAMES or name in DOES or name in no_names():
            told = False
        else:
            listed = bool(stem(name, all_names)) and (
                not commonness(name, language) or (tokens.word(at) in _WITH_FIRST_NAMES and name in first_names)
            )
            told = not is_word(name, language) or (listed and not is_everyday(name, language))
        if told:
            yield at
