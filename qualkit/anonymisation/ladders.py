"""Ladders: from what identifies to wider and wider words for it, nearest first.

What is proposed is grammar a person may mend: it stands in brackets in print. Each step of a place covers at least
three municipalities, so that none of them names the place it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from qualkit.anonymisation.place_ladders import part_of, place_ladder, wider_rows
from qualkit.anonymisation.time_ladders import age_ladder, date_ladder
from qualkit.identity import IdentityType
from qualkit.text import nfc

_COLUMNS = {"nb": 1, "nn": 2, "en": 3}
_LAST = {
    "institution": {"nb": "en institusjon", "nn": "ein institusjon", "en": "an institution"},
    "role": {"nb": "en person med en stilling", "nn": "ein person med ei stilling", "en": "someone with a position"},
    "health": {"nb": "en sykdom", "nn": "ein sjukdom", "en": "an illness"},
    "nationality": {"nb": "en annen bakgrunn", "nn": "ein annan bakgrunn", "en": "another background"},
}

Rows = tuple[tuple[re.Pattern[str], dict[str, tuple[str, ...]]], ...]


def ladder(form: str, type_: IdentityType, language: str, *, interview: date | None = None) -> tuple[str, ...]:
    """Return wider words for a form, nearest first; nothing where only a pseudonym or a mark can stand for it.

    Args:
        form: As it is said and written.
        type_: What kind of thing it is.
        language: Of the print form: nb, nn or en; any other is read as nb.
        interview: The day of the talk; with it a date is told in years before or after, too.

    Returns:
        Steps that stand at the same number in every language.

    Example:
        >>> ladder("Halden", "place", "nb"), ladder("47", "age", "nb")
        (('by i Østfold', 'Østfold', 'Østlandet', 'sted'), ('45–49 år', '40–49 år'))
        >>> ladder("Sykehuset Østfold", "institution", "nn")
        ('eit sjukehus på Austlandet', 'eit sjukehus', 'ein institusjon')
        >>> ladder("12. mai 2019", "date", "en"), ladder("12345678", "number", "nb")
        (('spring 2019', '2019', '2015–2019', 'the 2010s'), ())
    """
    language = language if language in _COLUMNS else "nb"
    form = " ".join(nfc(form).split())
    if type_ == "date":
        return date_ladder(form, language, interview)
    steps: dict[str, Callable[[str, str], tuple[str, ...]]] = {
        "place": place_ladder,
        "age": age_ladder,
        "institution": _institution,
        "role": _role,
        "health": _health,
        "nationality": _nationality,
    }
    return steps[type_](form, language) if type_ in steps else ()


def _institution(form: str, language: str) -> tuple[str, ...]:
    kinds = _first(form, "institutions.tsv", language)
    if not kinds:
        return (_LAST["institution"][language],)
    around = _part_of_country(form, language)
    near = (f"{kinds[0]} {around}",) if around else ()
    return tuple(dict.fromkeys((*near, *kinds, _LAST["institution"][language])))


def _part_of_country(form: str, language: str) -> str:
    """Return the part of the country a name of an institution tells, with its preposition, or ""."""
    words = form.split()
    for length in (3, 2, 1):
        for at in range(len(words) - length + 1):
            if found := part_of(" ".join(words[at : at + length]).strip(".,"), language):
                return found
    return ""


def _role(form: str, language: str) -> tuple[str, ...]:
    return _climb(form, "roles.tsv", "role", language)


def _health(form: str, language: str) -> tuple[str, ...]:
    return _climb(form, "illnesses.tsv", "health", language)


def _nationality(form: str, language: str) -> tuple[str, ...]:
    return (*place_ladder(form, language, abroad=True), _LAST["nationality"][language])


def _climb(form: str, table: str, last: str, language: str) -> tuple[str, ...]:
    """Return the steps of the first row that fits, without those that say no more than the form, in any language.

    So the same step stands at the same number in every language.
    """
    said = {one: (*_first(form, table, one), _LAST[last][one]) for one in _COLUMNS}
    every = zip(*said.values(), strict=True)
    kept = [at for at, steps in enumerate(every) if not any(_says(step, form) for step in steps)]
    return tuple(dict.fromkeys(said[language][at] for at in kept))


def _says(step: str, form: str) -> bool:
    """Whether a step says nothing wider than the form: an article more or less."""
    bare = re.compile(r"^(?:en|ei|et|eit|ein|an?|the) ")
    return bare.sub("", step.casefold()) == bare.sub("", form.casefold())


def _first(form: str, table: str, language: str) -> tuple[str, ...]:
    folded = form.casefold()
    return next((steps[language] for pattern, steps in _rows(table) if pattern.search(folded)), ())


@cache
def _rows(table: str) -> Rows:
    rows = []
    for pattern, *cells in wider_rows(table):
        steps = {language: tuple(cells[at - 1].split("|")) for language, at in _COLUMNS.items()}
        rows.append((re.compile(pattern), steps))
    return tuple(rows)
