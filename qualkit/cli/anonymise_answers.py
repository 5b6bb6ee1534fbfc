"""What a key means in the walk through the queue: a decision, or where to go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import click

from qualkit.cli.keys import ENTER, line
from qualkit.cli.keys import key as pressed

if TYPE_CHECKING:
    from qualkit.anonymisation.candidates import Candidate, Place
    from qualkit.anonymisation.decisionsfile import Choice
    from qualkit.identity import Action
    from qualkit.offering import Offer, Question, TextOf

Go = Literal["next", "undo", "again", "stop", "alike"]

ACTIONS: Mapping[str, Action] = {"p": "pseudonym", "g": "generalise", "b": "band", "r": "redact"}
_AROUND = 34
"""Letters shown on each side of words on a page."""

_GOES: Mapping[str, Go] = {"q": "stop", "": "stop", "n": "next", "u": "undo", "l": "alike"}


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
    from qualkit.offering import print_forms

    forms = print_forms(question.candidate, action, question.desk)
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
    from qualkit.offering import offer_for

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
