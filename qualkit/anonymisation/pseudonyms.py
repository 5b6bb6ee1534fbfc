"""Pseudonyms, drawn by the register's seed: the same identity draws the same name, whoever else there is.

A pseudonym keeps a person's gender and, where the name shows it, where the name is at home. It has other initials than
the real name, and is no name and no word that occurs in the study, no other's pseudonym, and none so like a real form
that the detectors would take it for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from qualkit.anonymisation.contradictions import real_names
from qualkit.anonymisation.place_ladders import wider_rows
from qualkit.errors import QualkitError
from qualkit.identity import Identities, Identity
from qualkit.text import nfc, sha256_hex

Part = Literal["first", "surname"]

_SHORTEST_ALIKE = 4
_ENDING = 3
_TITLES = frozenset(
    """
    doktor dr lege legen overlege professor fru frøken frk herr hr presten prest lensmann rektor lærer læreren sjef
    mr mrs ms miss doctor nurse sir
    """.split()
)
_SURNAME_ENDINGS = tuple("sen stad vik dal berg haug heim rud ås nes land svold moen seth sæther".split())
_HOMES: tuple[tuple[str, str], ...] = (
    ("vietnamese", r"[ăơưạảấầậắặẹếềệịọốồộớờợụứừựỳỵ]|^ng(?:uy|oc)"),
    ("polish", r"[łżźćśąęń]|(?:ski|ska|cki|cka|dzki|dzka|wicz|czyk|auskas|ienė)$|sz|cz(?!e?n)"),
    ("ukrainian", r"(?:enko|chuk|shchuk|yshyn|iuk)$"),
    ("turkish", r"[ığ]|oğlu$"),
    ("sami", r"[đŋŧ]|[čšž].*á|á.*[čšž]|^á|[aeo]á$|já$"),
    ("somali", r"^abdi|^x[aiou]|ax[am]|uu[rd]$|^c[au]bd|^cali$|(?:ulle|irie|aale)$"),
    ("tamil", r"(?:lingam|rajah|nathan|eswaran|eswari|singam|palan|pillai|kumar|endran)$"),
    ("arabic", r"^(?:al|el|abu|bin|ibn)-|^abd[ue]l|ullah$|uddin$|^mo?u?ham+[ae]d"),
    ("persian", r"zadeh$"),
    ("irish", r"^o['’][a-zé]{3}"),
    ("scottish", r"^mac[a-z]{3}"),
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")


class NoNameLeft(QualkitError):
    """Every name that could be drawn is taken or occurs in the study."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"no pseudonym is left to draw for “{identifier}”",
            "Write one of your own: print: NAME. It may be any name that occurs nowhere in the study.",
        )


@dataclass(frozen=True, slots=True)
class Name:
    """A form taken apart.

    Attributes:
        first: Its first names, without titles.
        surname: The last of its names, or the only one, where that is a surname.
    """

    first: tuple[str, ...]
    surname: str


def draw_pseudonym(
    identity: Identity,
    identities: Identities,
    occurs: Collection[str] | Callable[[str], bool] = (),
    *,
    seed: int | None = None,
    language: str = "",
) -> str:
    """Return a pseudonym for a person: first name, surname or both, as the forms are.

    Args:
        identity: Whose it is to be; one with this id in the register is not looked at.
        identities: The register, for its seed, and for names and pseudonyms that are taken.
        occurs: Words of all transcripts, in small letters, or a function that tells whether such a word occurs.
        seed: Another seed than the register's: to draw again.
        language: Of the interview: where a name does not show where it is at home, it is at home in it.

    Raises:
        NoNameLeft: If every name is taken.

    Example:
        >>> kari = Identity("p1", ("Kari Nes", "Kari"))
        >>> drawn = draw_pseudonym(kari, Identities(seed=7), {"anne", "berit"})
        >>> len(drawn.split()), drawn.casefold().startswith(("k", "anne", "berit"))
        (2, False)
    """
    names = [taken_apart(form) for form in identity.forms]
    wanted: list[Part] = ["first"] if any(name.first for name in names) else []
    if not wanted or any(name.surname for name in names):
        wanted += ["surname"] if any(name.surname for name in names) else ["first"]
    home = home_of(identity.forms, language)
    gender = identity.gender or gender_of(identity.forms)
    barred = _Barred(identity, identities, occurs)
    key = f"{identities.seed if seed is None else seed}/{identity.id}"
    drawn: list[str] = []
    for part in wanted:
        name = next((one for one in _ordered(home, gender, part, key) if barred.lets(one, drawn)), None)
        if name is None:
            raise NoNameLeft(identity.id)
        drawn.append(name)
    return " ".join(drawn)


def shown_for(form: str, shown: str) -> str:
    """Return the part of a full pseudonym that stands for a form: first name for first name, surname for surname.

    Example:
        >>> [shown_for(form, "Anne Berge") for form in ("Kari Nes", "Kari", "doktor Nes", "Hansen")]
        ['Anne Berge', 'Anne', 'Berge', 'Berge']
    """
    parts, name = shown.split(), taken_apart(form)
    if len(parts) < 2 or (name.first and name.surname):
        return shown
    return parts[-1] if name.surname else " ".join(parts[:-1])


def taken_apart(form: str) -> Name:
    """Return the names in a form, without titles and words for kin.

    Example:
        >>> taken_apart("tante Kari Lise Nes"), taken_apart("doktor Hansen")
        (Name(first=('Kari', 'Lise'), surname='Nes'), Name(first=(), surname='Hansen'))
        >>> taken_apart("Nguyễn Linh")
        Name(first=('Linh',), surname='Nguyễn')
    """
    words = [nfc(word) for word in _WORD.findall(form)]
    titled = any(word.casefold().rstrip(".") in _TITLES for word in words[:1]) and len(words) > 1
    cased = any(word[0].isupper() for word in words)
    names = [word for word in words[titled:] if word[0].isupper() or not cased]
    if not names:
        return Name((), "")
    if len(names) == 1:
        only = names[0]
        is_surname = titled or (_table_of(only, "surname") and not _table_of(only, "first")) or _sounds(only)
        return Name((), only) if is_surname else Name((only,), "")
    if _is_home_surname(names[0], "vietnamese"):
        return Name(tuple(names[1:]), names[0])
    return Name(tuple(names[:-1]), names[-1])


def home_of(forms: Iterable[str], language: str = "") -> str:
    """Return where names are at home, as far as they show it; else where the interview's language is.

    Example:
        >>> [home_of([name]) for name in ("Kari", "Paweł", "Abdirahman", "Áilu", "Nguyen", "Selvarajah", "John Smith")]
        ['norwegian', 'polish', 'somali', 'sami', 'vietnamese', 'tamil', 'english']
        >>> [home_of([name], "en") for name in ("Thwaite", "Martin", "Ingrid", "Paweł")]
        ['english', 'english', 'norwegian', 'polish']
    """
    usual = "english" if language == "en" else "norwegian"
    words = [word.casefold().rstrip(".") for form in forms for word in _WORD.findall(nfc(form))]
    for home, pattern in _HOMES:
        if any(re.search(pattern, word) and word not in _folded("norwegian") | _folded(usual) for word in words):
            return home
    counts = {home: sum(word in _folded(home) for word in words) for home in _homes()}
    best = max(counts, key=lambda home: (counts[home], home == usual, home == "norwegian"))
    if (
        best == "english"
        and language in ("nb", "nn")
        and all(word in _borne() for word in words if word in _folded(best))
    ):
        # Nora and Martin are borne in Norway, too.
        return usual
    return best if counts[best] else usual


def gender_of(forms: Iterable[str]) -> Literal["f", "m", ""]:
    """Return the gender a first name tells, or "" where it tells none, or two.

    Example:
        >>> gender_of(["Kari"]), gender_of(["Ola Nes"]), gender_of(["Xyz"])
        ('f', 'm', '')
    """
    firsts = {word.casefold() for form in forms for word in taken_apart(form).first}
    firsts |= {word.partition("-")[0] for word in firsts}
    female = any(word in _all("f") for word in firsts)
    male = any(word in _all("m") for word in firsts)
    return "" if female == male else "f" if female else "m"


class _Barred:
    """Names that may not be drawn for one identity."""

    def __init__(
        self, identity: Identity, identities: Identities, occurs: Collection[str] | Callable[[str], bool]
    ) -> None:
        others = [one for one in identities.identities if one.id != identity.id]
        real = {part for one in (identity, *others) for form in real_names(one) for part in _parts(form)}
        self.real = real
        self.taken = {part for one in others for shown in one.shown.values() for part in _parts(shown)}
        self.initials = {_initial(part) for form in identity.forms for part in _parts(form)}
        self.occurs = occurs if callable(occurs) else occurs.__contains__

    def lets(self, name: str, drawn: Collection[str]) -> bool:
        """Return whether a name may stand in print."""
        parts = _parts(name)
        if _initial(name) in self.initials or any(_initial(one) == _initial(name) for one in drawn):
            return False
        if name.casefold() in self.taken or any(self.occurs(part) or self.occurs(f"{part}s") for part in parts):
            return False
        return not any(_alike(part, real) for part in parts for real in self.real)


def _parts(form: str) -> tuple[str, ...]:
    """Return a form's words in small letters, and the parts of a double name."""
    words = [word.casefold().rstrip(".") for word in _WORD.findall(nfc(form))]
    return tuple(dict.fromkeys([*words, *(part for word in words for part in word.split("-") if len(part) > 1)]))


def _initial(word: str) -> str:
    return unicodedata.normalize("NFD", word.casefold())[:1]


def _alike(name: str, real: str) -> bool:
    """Whether a name would be taken for a real form: it is one letter away, or one with an ending."""
    from rapidfuzz.distance import Levenshtein

    if name == real:
        return True
    short, long = sorted((name, real), key=len)
    if len(short) > 2 and long.startswith(short) and len(long) - len(short) <= _ENDING:
        return True
    return len(short) >= _SHORTEST_ALIKE and Levenshtein.distance(name, real, score_cutoff=1) <= 1


def _ordered(home: str, gender: str, part: Part, key: str) -> Iterator[str]:
    """Yield names in the order they are drawn: single ones, then two with a hyphen, whose parts others may bear."""
    kinds = ("surname",) if part == "surname" else (gender,) if gender else ("f", "m")
    names = [name for kind in kinds for name in _names(home, kind)]
    ordered = sorted(names, key=lambda name: sha256_hex(f"{key}/{part}/{name}"))
    yield from ordered
    yield from (
        f"{one}-{other}" for one in ordered for other in ordered if one != other and "-" not in one and "-" not in other
    )


@cache
def _borne() -> frozenset[str]:
    """Names that many bear in Norway."""
    from qualkit.anonymisation.lexicon import words

    return words("first-names.txt") | words("surnames.txt")


@cache
def _rows() -> dict[tuple[str, str], tuple[str, ...]]:
    return {(home, kind): tuple(nfc(names).split()) for home, kind, names in wider_rows("pseudonyms.tsv")}


def _names(home: str, kind: str) -> tuple[str, ...]:
    return _rows()[home, kind]


@cache
def _homes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(home for home, _ in _rows()))


@cache
def _folded(home: str) -> frozenset[str]:
    return frozenset(name.casefold() for (at, _), names in _rows().items() if at == home for name in names)


@cache
def _all(gender: str) -> frozenset[str]:
    kinds = (gender, f"known-{gender}")
    told = {name for (_, kind), names in _rows().items() if kind in kinds for name in names}
    told |= {nfc(name) for whose, names in wider_rows("genders.tsv") if whose == gender for name in names.split()}
    return frozenset(name.casefold() for name in told)


def _table_of(word: str, part: Part) -> bool:
    """Whether a word is in a list of first names, or of surnames."""
    from qualkit.anonymisation.lexicon import words

    name = word.casefold()
    if part == "surname":
        return name in words("surnames.txt") or any(name in map(str.casefold, _surnames(home)) for home in _homes())
    return name in words("first-names.txt") or name in _all("f") | _all("m")


def _surnames(home: str) -> tuple[str, ...]:
    return (*_names(home, "surname"), *_rows().get((home, "known-surname"), ()))


def _is_home_surname(word: str, home: str) -> bool:
    return word.casefold() in map(str.casefold, _surnames(home))


def _sounds(word: str) -> bool:
    """Whether a word that is no known first name ends as surnames do."""
    return word.casefold().endswith(_SURNAME_ENDINGS) and len(word) > 5 and not _table_of(word, "first")
