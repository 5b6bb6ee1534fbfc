"""What a key means in the walk through the queue: a decision, or where to go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import click

from qualkit.cli.keys import ENTER, line
from qualkit.cli.keys import key as pressed

if TYPE_CHECKING:
    from qualkit.anonymisation.candidates import Candidate, Place
    from qualkit.anonymisation.decisionsfile import Choice, Verdict
    from qualkit.identity import Action, Identities, Identity
    from qualkit.model import Participant, Span

Go = Literal["next", "undo", "again", "stop", "alike"]
TextOf = Callable[[str], "str | None"]

ACTIONS: Mapping[str, Action] = {"p": "pseudonym", "g": "generalise", "b": "band", "r": "redact"}
_AROUND = 34
"""Letters shown on each side of words on a page."""

_GOES: Mapping[str, Go] = {"q": "stop", "": "stop", "n": "next", "u": "undo", "l": "alike"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before whoever decides.

    Attributes:
        identities: The register as it is now.
        participants: Whose names are theirs.
        text_of: Gives a text by its id.
        occurs: Words of the study, in small letters: no pseudonym is one of them.
        language: Of the interview the words stand in.
    """

    identities: Identities
    participants: Sequence[Participant]
    text_of: TextOf
    occurs: Collection[str]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is proposed for a candidate.

    Attributes:
        action: With Enter; None where only a person can tell.
        shown: The print forms there are to choose from, for that action.
        into: The identity it is merged with, where that is proposed.
        participant: The id of the participant whose name it is.
        related: Identities it may be.
        alike: How many more of little risk wait that the same detector sees, as far as a page goes.
    """

    action: Verdict | None
    shown: Sequence[Mapping[str, str]]
    into: Identity | None
    participant: str
    related: Sequence[Identity]
    alike: int = 0


def offer_for(candidate: Candidate, desk: Desk) -> Offer:
    """Return what is proposed for a candidate."""
    from qualkit.anonymisation.printforms import everywhere, participant_of
    from qualkit.anonymisation.settled import related

    near = related(candidate, desk.identities)
    if candidate.type in ("person", "other"):
        whole = [one for one in near if one.type == "person" and _part_of(candidate, one)]
        if len(whole) == 1:
            return Offer("merge", (), whole[0], "", near)
        if whose := participant_of(candidate.form, desk.participants):
            return Offer("pseudonym", (everywhere(whose),), None, whose, near)
    action = candidate.proposed
    if action is None or action == "keep":
        # What is let through is let through by a key of its own, never by Enter.
        return Offer(None, (), None, "", near)
    return Offer(action, _print_forms(candidate, action, desk), None, "", near)


def _print_forms(candidate: Candidate, action: Action, desk: Desk) -> Sequence[Mapping[str, str]]:
    from qualkit.anonymisation.decisionsfile import Choice
    from qualkit.deciding import proposals

    choice = Choice(forms_of(candidate), action, candidate.type)
    return proposals(choice, desk.identities, desk.occurs, desk.language)


def forms_of(candidate: Candidate) -> tuple[str, ...]:
    """Return the forms a decision is about: each that is no genitive, and no other writing, of one before it."""
    from qualkit.anonymisation.queue import bases, folded

    kept: dict[str, str] = {}
    for form in (candidate.form, *candidate.forms):
        key = folded(form)
        if key not in kept and not any(base in kept for base in bases(key)):
            kept[key] = form
    return tuple(kept.values())


def _part_of(candidate: Candidate, identity: Identity) -> bool:
    from qualkit.anonymisation.queue import folded

    words = set(folded(candidate.form).split())
    return any(words < set(folded(form).split()) for form in identity.forms)


@dataclass(frozen=True, slots=True)
class Question:
    """A candidate that is asked about, with all an answer needs.

    Attributes:
        only: The places the answer holds for; empty: everywhere.
    """

    candidate: Candidate
    desk: Desk
    offer: Offer
    only: tuple[Span, ...] = ()

    def choice(
        self, action: Verdict, shown: Mapping[str, str] | None = None, *, participant: str = "", merge: str = ""
    ) -> Choice:
        """Return the decision for this action."""
        from qualkit.anonymisation.decisionsfile import Choice

        seen = self.candidate
        forms = forms_of(seen)[:1] if action == "pass" else forms_of(seen)
        # Whoever gets an invented name is somebody.
        kind = "person" if action == "pseudonym" and seen.type == "other" else seen.type
        return Choice(forms, action, kind, seen.cls, shown or {}, merge=merge, participant=participant, only=self.only)


def ask_about(candidate: Candidate, desk: Desk) -> Question:
    """Return the question about a candidate. For an everyday word the answer holds for the places it stands in."""
    from qualkit.anonymisation.form_index import is_everyday_name

    only = candidate.spans if is_everyday_name(candidate.form) else ()
    return Question(candidate, desk, offer_for(candidate, desk), only)


def answer(question: Question) -> Choice | Go:
    """Wait for a key, and for what it asks in turn; return a decision, or where to go."""
    key = pressed(ENTER)
    if key in _GOES:
        return _GOES[key]
    if key == ENTER or key.isdecimal():
        return _proposed(question, 1 if key == ENTER else int(key))
    if key in ACTIONS:
        return _action(question, ACTIONS[key])
    more = _MORE.get(key)
    if more is None:
        click.echo(keys(question.offer), err=True)
        return "again"
    return more(question)


def _proposed(question: Question, number: int) -> Choice | Go:
    offer = question.offer
    if offer.action == "merge" and offer.into is not None and number == 1:
        return question.choice("merge", merge=offer.into.id)
    if offer.action == "redact" and number == 1:
        return question.choice("redact")
    if offer.action is not None and 1 <= number <= len(offer.shown):
        return question.choice(offer.action, offer.shown[number - 1], participant=offer.participant)
    click.echo("Nothing is proposed here; choose a key.", err=True)
    return "again"


def _action(question: Question, action: Action) -> Choice | Go:
    if action == "redact":
        return question.choice("redact")
    forms = _print_forms(question.candidate, action, question.desk)
    if not forms:
        return _written(question, action)
    if len(forms) == 1 or action == "pseudonym":
        return question.choice(action, forms[0])
    click.echo("  " + "  ".join(f"[{at}] {in_print(form)}" for at, form in enumerate(forms, 1)), err=True)
    key = pressed("1")
    if key.isdecimal() and 1 <= int(key) <= len(forms):
        return question.choice(action, forms[int(key) - 1])
    return "again"


def _keep(question: Question) -> Choice | Go:
    return question.choice("pass")


def _write(question: Question) -> Choice | Go:
    proposed = question.candidate.proposed
    return _written(question, proposed if proposed in ("pseudonym", "band") else "generalise")


def _written(question: Question, action: Action) -> Choice | Go:
    from qualkit.anonymisation.printforms import everywhere

    text = line(f"What is printed ({action}; without brackets, empty to go back): ").strip("[] ")
    if not text:
        return "again"
    return question.choice(action, everywhere(text), participant=question.offer.participant)


def _merge(question: Question) -> Choice | Go:
    from qualkit.deciding import find_identity

    named = line("Who or what is it (id or a form; empty to go back): ")
    if not named:
        return "again"
    into = find_identity(question.desk.identities, named)
    if into is None:
        click.echo("The register has nobody with this id or form.", err=True)
        return "again"
    return question.choice("merge", merge=into.id)


def _some(question: Question) -> Choice | Go:
    """Ask for which places alone something is decided."""
    _view(question)
    numbers = line("Which of them (as 1,3,5-7; empty to go back): ")
    chosen: set[int] = set()
    for part in numbers.replace(" ", ",").split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last.isdecimal() or not last):
            chosen.update(range(int(first), int(last or first) + 1))
    some = tuple(span for at, span in enumerate(question.candidate.spans, 1) if at in chosen)
    if not some:
        return "again"
    click.secho(f"  for {len(some)} of {question.candidate.count} places: {keys(question.offer)}", dim=True)
    return answer(replace(question, only=some))


def _view(question: Question) -> Go:
    view(question.candidate, question.desk.text_of)
    return "again"


def view(candidate: Candidate, text_of: TextOf) -> None:
    """Show every place of a candidate, numbered."""
    from qualkit.anonymisation.candidates import place_in

    for at, span in enumerate(candidate.spans, 1):
        text = text_of(span.transcript)
        if text is not None:
            click.echo(f"  {at}  {place_line(place_in(text, span))}")


def _retype(question: Question) -> Choice | Go:
    """Ask what it is, and go on with what is proposed for that."""
    from qualkit.identity import CLASSES, TYPES

    written = line(f"What is it ({', '.join(TYPES)}; a class behind it: {', '.join(CLASSES)}): ").split()
    kind = next((each for word in written for each in TYPES if each.startswith(word)), None)
    cls = next((each for word in written[1:] for each in CLASSES if each.startswith(word)), question.candidate.cls)
    if kind is None:
        return "again"
    changed = replace(question.candidate, type=kind, cls=cls)
    offer = offer_for(changed, question.desk)
    click.secho(f"  {kind}, {cls}: {keys(offer)}", dim=True)
    return answer(replace(question, candidate=changed, offer=offer))


_MORE: Mapping[str, Callable[[Question], Choice | Go]] = {
    "k": _keep,
    "w": _write,
    "m": _merge,
    "o": _some,
    "v": _view,
    "t": _retype,
}


def keys(offer: Offer) -> str:
    """Return the line that tells the keys."""
    proposed = ""
    if offer.action == "merge" and offer.into is not None:
        proposed = f"[Enter] is {offer.into.id}  "
    elif offer.action is not None and (offer.shown or offer.action == "redact"):
        shown = f" → [{in_print(offer.shown[0])}]" if offer.shown else ""
        more = "".join(f"[{at}] {in_print(form)}  " for at, form in enumerate(offer.shown[1:4], 2))
        proposed = f"[Enter] {offer.action}{shown}  {more}"
    together = f"[l]ist with {offer.alike} alike  " if offer.alike else ""
    return (
        f"{proposed}{together}[k]eep  [p]seudonym  [g]eneralise  [b]and  [r]edact  [w]rite  [m]erge  [o]nly some  "
        "[t]ype  [v]iew  [n]ext  [u]ndo  [q]uit"
    )


def in_print(shown: Mapping[str, str]) -> str:
    """Return a print form in all its languages."""
    return " / ".join(dict.fromkeys(shown.values()))


def page_line(number: int, candidate: Candidate, text_of: TextOf) -> str:
    """Return a candidate on one line of a page: its words, how often they stand there, and the first place."""
    from qualkit.anonymisation.candidates import place_in
    from qualkit.cli.shown import visible

    more = f" ×{candidate.count}" if candidate.count > 1 else ""
    head = f"{number:3}  {visible(candidate.form)}{more}"
    text = text_of(candidate.spans[0].transcript)
    if text is None:
        return head
    place = place_in(text, candidate.spans[0])
    before, after = visible(place.before)[-_AROUND:], visible(place.after)[:_AROUND]
    return f"{head:<30} …{before}{_marked(visible(place.words))}{after}…"


def _marked(words: str) -> str:
    import sys

    return click.style(words, bold=True, underline=True) if sys.stdout.isatty() else f"»{words}«"


def place_line(place: Place) -> str:
    """Return a place on one line, its words marked."""
    from qualkit.cli.shown import visible

    return f"{place.where}:  …{visible(place.before)}{_marked(visible(place.words))}{visible(place.after)}…"
