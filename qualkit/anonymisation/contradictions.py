"""What cannot be true at once in the register: every contradiction, by the ids of those it stands between.

The messages name ids and lines, never a form: a form is somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from qualkit.errors import Problem, Severity
from qualkit.identity import EVERY_LANGUAGE, Identities, Identity, Passed

CHECK = "register"

_CATEGORIES = ("generalise", "band")
_CAPITALISED = re.compile(r"[^\W\d_a-zæøåäöüšžčđŋŧ][\w'’-]+")


def check_identities(identities: Identities, file: str) -> list[Problem]:
    """Return every contradiction of a register, in the order of its lines.

    Errors stop every export; a warning asks for a decision and stops nothing by itself.

    Args:
        identities: As they were read.
        file: Named in the Problems.

    Example:
        >>> twice = Identities((Identity("p1", ("Kari",)), Identity("p2", ("Kari",))))
        >>> print(check_identities(twice, "identities.yaml")[0].message)
        a form of “p2” is a form of “p1” (line 0) too, so it is never replaced without being asked about
    """
    found: list[Problem] = []
    for check in (_print_forms, _forms, _shared_forms, _shared_pseudonyms, _real_in_print, _passed, _printed_around):
        found += check(identities, file)
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.line or 0, problem.message))


def _fault(file: str, at: Identity | Passed, message: str, hint: str, severity: Severity = "error") -> Problem:
    return Problem(file, at.line or None, None, CHECK, message, hint, severity)


@lru_cache(maxsize=1 << 14)
def fold(form: str) -> str:
    """Return a form as it is compared: without case, spaces as one.

    Example:
        >>> fold(" Kari  Nordmann ")
        'kari nordmann'
    """
    return " ".join(form.casefold().split())


def _print_forms(identities: Identities, file: str) -> Iterator[Problem]:
    for one in identities.identities:
        if not one.shown and one.action in _CATEGORIES:
            hint = "Write what is printed: print: by i Østfold."
            yield _fault(
                file, one, f"“{one.id}” is to be printed as something wider, and it does not say as what", hint
            )
        elif not one.shown and one.action == "pseudonym" and one.decided:
            hint = "Write print: NAME, or let one be drawn: qualkit anonymise decide."
            yield _fault(file, one, f"“{one.id}” is to have a pseudonym, and has none", hint)
        elif one.shown and one.action in ("keep", "redact"):
            hint = f"Take “print” out, or write another action than {one.action}."
            yield _fault(file, one, f"the print form of “{one.id}” is not used", hint, "warning")


def _forms(identities: Identities, file: str) -> Iterator[Problem]:
    for one in identities.identities:
        folded = [fold(form) for form in one.forms]
        if len(set(folded)) < len(folded):
            yield _fault(file, one, f"a form of “{one.id}” stands there twice", "Take one out.", "warning")
        if any(len(form) == 1 for form in folded) and not one.only and one.action != "keep":
            hint = "Name them: only: [I3:204-205]. A longer form is found everywhere."
            message = f"a form of “{one.id}” is a single letter, which is found only at places that are named"
            yield _fault(file, one, message, hint, "warning")


def _shared_forms(identities: Identities, file: str) -> Iterator[Problem]:
    """Find forms of two identities that are not told apart by places."""
    first: dict[str, Identity] = {}
    for one in identities.identities:
        for form in {fold(form) for form in one.forms}:
            other = first.setdefault(form, one)
            if other is one or (one.only and other.only):
                continue
            message = (
                f"a form of “{one.id}” is a form of “{other.id}” (line {other.line}) too, so it is never replaced "
                "without being asked about"
            )
            hint = "Write in both which places are whose: only: [I3:204-208]. If it is the same person, keep one."
            yield _fault(file, one, message, hint, "warning")


def _shared_pseudonyms(identities: Identities, file: str) -> Iterator[Problem]:
    first: dict[str, Identity] = {}
    for one in identities.identities:
        if one.action != "pseudonym":
            continue
        for name in {fold(shown) for shown in one.shown.values()}:
            other = first.setdefault(name, one)
            if other is not one:
                message = f"“{one.id}” has the pseudonym of “{other.id}” (line {other.line})"
                hint = "Give one of them another: in print they would be one person."
                yield _fault(file, one, message, hint)


def _real_in_print(identities: Identities, file: str) -> Iterator[Problem]:
    """Find print forms in which a word stands that is to be hidden, anybody's."""
    printed: dict[str, list[tuple[Identity, str]]] = {}
    for one in identities.identities:
        for language, shown in one.shown.items():
            printed.setdefault(shown, []).append((one, language))
    for other in identities.identities:
        found = _searched(real_names(other)).held(printed) if other.action != "keep" else {}
        for shown, words in found.items():
            # A word that is a name at some places only is a word in print.
            if other.only and words.islower():
                continue
            for one, language in printed[shown]:
                whose = "of its own" if other is one else f"of “{other.id}” (line {other.line})"
                where = "" if language == EVERY_LANGUAGE else f" ({language})"
                message = f"the print form{where} of “{one.id}” holds a real form {whose}"
                yield _fault(file, one, message, "Choose another: in print it would tell who or where it is.")


class _Searched:
    """Print forms that were searched for some names: the register is looked at after every decision."""

    def __init__(self, forms: Iterable[str]) -> None:
        self.pattern = _pattern(forms)
        self.without: set[str] = set()

    def held(self, printed: Mapping[str, object]) -> dict[str, str]:
        """Return the print forms that hold one of the names, each with the words it holds."""
        found: dict[str, str] = {}
        if self.pattern is None:
            return found
        for shown in printed.keys() - self.without:
            match = self.pattern.search(shown)
            if match is None:
                self.without.add(shown)
            else:
                found[shown] = match[0]
        return found


@lru_cache(maxsize=2048)
def _searched(forms: tuple[str, ...]) -> _Searched:
    return _Searched(forms)


def real_names(identity: Identity) -> tuple[str, ...]:
    """Return the forms of an identity, and the parts of a person's name.

    Example:
        >>> real_names(Identity("p1", ("tante Kari Lie",)))
        ('tante Kari Lie', 'Kari', 'Lie')
    """
    return _with_parts(identity.forms) if identity.type == "person" else identity.forms


@lru_cache(maxsize=2048)
def _with_parts(forms: tuple[str, ...]) -> tuple[str, ...]:
    parts = (part for form in forms if " " in form.strip() for part in _CAPITALISED.findall(form))
    return tuple(dict.fromkeys((*forms, *parts)))


def _pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    said = [r"\s+".join(map(re.escape, form.split())) for form in forms if form.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(said)})(?:e?s|’s|'s|['’])?(?!\w)", re.IGNORECASE) if said else None


def _passed(identities: Identities, file: str) -> Iterator[Problem]:
    forms = {fold(form): one for one in identities.identities for form in one.forms if one.action != "keep"}
    for let in identities.passed:
        one = forms.get(fold(let.form))
        if one is not None and not let.only and not one.only:
            message = f"a form of “{one.id}” (line {one.line}) is let through everywhere"
            hint = "Take one of the two out, or write which places are meant: only: [I3:204-208]."
            yield _fault(file, let, message, hint)


def _printed_around(identities: Identities, file: str) -> Iterator[Problem]:
    """Find words that are kept and hold a name that must not be printed; in words let through, a name is replaced."""
    kept = [(form, one) for one in identities.identities if one.action == "keep" for form in one.forms]
    longer = [(form, at) for form, at in kept if len(form.split()) > 1]
    for one in identities.identities if longer else ():
        pattern = _pattern(real_names(one)) if one.action != "keep" and not one.only else None
        for form, at in longer if pattern is not None else ():
            if pattern is not None and pattern.search(fold(form)):
                message = f"these words are kept and hold a form of “{one.id}” (line {one.line})"
                hint = "Take them out, or give them an action and a print form: action: generalise."
                yield _fault(file, at, message, hint)
