"""The walk through the queue: one candidate after the other, single keys, every decision saved at once."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click

from qualkit.cli.anonymise_answers import (
    answer,
    in_print,
    keys,
    page_line,
    place_line,
    view,
)
from qualkit.cli.keys import line
from qualkit.undoing import Sitting

if TYPE_CHECKING:
    from qualkit.anonymisation.candidates import Candidate
    from qualkit.anonymisation.decisionsfile import Choice
    from qualkit.deciding import Made
    from qualkit.identity import Identities
    from qualkit.model import Participant, Study
    from qualkit.offering import Offer, TextOf

_SECONDS = 8.0
"""A decision takes, until the sitting tells how long it takes this person."""

_KNOWS_AFTER = 5
_LONGEST = 60.0


@dataclass(slots=True)
class Walk:
    """One sitting.

    Attributes:
        queue: What waited when it began.
        text_of: Gives a text by its id.
        occurs: Words of the study, in small letters.
        at: Where in the queue it is.
        made: Every decision, with the place in the queue it was made at.
        kept: Of the sitting, to take it back by.
        languages: Of transcripts, by id: a name that does not show where it is at home is at home in its interview's.
    """

    study: Study
    who: str
    queue: Sequence[Candidate]
    text_of: TextOf
    participants: Sequence[Participant] = ()
    occurs: Collection[str] = ()
    at: int = 0
    made: list[tuple[int, Made]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    kept: Sitting = field(default_factory=Sitting)
    languages: dict[str, str] = field(default_factory=dict)

    def recorded(self) -> AbstractContextManager[None]:
        """Keep a decision, so that the sitting can be taken back at once, also where it breaks off."""
        from qualkit import register
        from qualkit.undoing import recorded

        path = register.register_path(self.study)
        return recorded(self.study, self.who, "anonymise", "", [path], sitting=self.kept)

    def left(self) -> str:
        """Return how long the rest may take, in words."""
        seconds = _SECONDS
        if len(self.made) >= _KNOWS_AFTER:
            seconds = min(_LONGEST, (time.monotonic() - self.began) / len(self.made))
        return in_words((len(self.queue) - self.at) * seconds)


def in_words(seconds: float) -> str:
    """Return a length of time as one says it.

    Example:
        >>> in_words(20), in_words(1180), in_words(7000)
        ('about a minute', 'about 20 minutes', 'about 2 hours')
    """
    minutes = round(seconds / 60)
    if minutes <= 1:
        return "about a minute"
    return f"about {minutes} minutes" if minutes < 100 else f"about {round(minutes / 60)} hours"


def walk(sitting: Walk) -> int:
    """Show one candidate after the other, and carry out what is answered; return how many were passed over.

    The study is held for each decision alone, so that others may work in it while somebody thinks.
    """
    from qualkit import register
    from qualkit.anonymisation.settled import still_waiting
    from qualkit.offering import Desk, ask_about

    passed_over = 0
    while sitting.at < len(sitting.queue):
        identities = register.good_register(sitting.study)
        candidate = still_waiting(sitting.queue[sitting.at], identities, sitting.text_of)
        if candidate is None:
            sitting.at += 1
            continue
        language = sitting.languages.get(candidate.spans[0].transcript, sitting.study.settings.language)
        desk = Desk(identities, sitting.participants, sitting.text_of, sitting.occurs, language)
        question = ask_about(candidate, desk)
        page = alike(candidate, sitting.queue[sitting.at :], identities, sitting.text_of)
        question = replace(question, offer=replace(question.offer, alike=max(0, len(page) - 1)))
        _show(sitting, candidate, question.offer)
        told = answer(question)
        if told == "stop":
            break
        if told == "next":
            sitting.at += 1
            passed_over += 1
        elif told == "undo":
            _take_back(sitting)
        elif told == "alike":
            _page(sitting, page)
        elif told != "again":
            _write(sitting, told, candidate)
    return passed_over


def alike(
    candidate: Candidate, queue: Sequence[Candidate], identities: Identities, text_of: TextOf
) -> Sequence[Candidate]:
    """Return the page of a candidate that may be let through with others."""
    from qualkit.deciding_together import alike

    return alike(candidate, queue, identities, text_of)


def _take_back(sitting: Walk) -> None:
    from qualkit import study as studies
    from qualkit.deciding import RegisterChanged, take_back

    if not sitting.made:
        click.echo("Nothing to take back in this sitting.", err=True)
        return
    at, made = sitting.made.pop()
    try:
        with studies.locked(sitting.study, sitting.who), sitting.recorded():
            take_back(sitting.study, sitting.who, made)
        sitting.at = at
        click.echo("Taken back.", err=True)
    except RegisterChanged as changed:
        click.echo(f"{changed}. {changed.hint}", err=True)


def _write(sitting: Walk, choice: Choice, candidate: Candidate) -> None:
    """Carry a decision out. Places of the candidate that it does not cover are shown next."""
    from qualkit import study as studies
    from qualkit.deciding import Contradicts, NoSuchIdentityToMerge, decide

    try:
        with studies.locked(sitting.study, sitting.who), sitting.recorded():
            made = decide(sitting.study, sitting.who, choice, candidate)
    except (Contradicts, NoSuchIdentityToMerge) as error:
        click.echo(f"{error}. {error.hint}", err=True)
        return
    sitting.made.append((sitting.at, made))
    if made.identity is None:
        click.secho("  kept as it is", fg="green")
    else:
        click.secho(f"  {made.identity.id} → [{in_print(made.identity.shown) or '…'}]", fg="green")


def _page(sitting: Walk, page: Sequence[Candidate]) -> None:
    """Show words of little risk on a page, and let those through together that are ticked."""
    from qualkit import study as studies
    from qualkit.deciding_together import NothingTicked, pass_together, ticked
    from qualkit.errors import QualkitError

    if len(page) < 2:
        click.echo("Nothing else of little risk waits that the same detector sees.", err=True)
        return
    for at, one in enumerate(page, 1):
        click.echo(page_line(at, one, sitting.text_of))
    while True:
        written = line("Let through: all, all but 3, 7, or numbers; “v 3” shows where 3 stands; empty to go back: ")
        if not written:
            return
        shows, _, number = written.partition(" ")
        try:
            if shows.casefold() == "v":
                for one in ticked(number, page):
                    view(one, sitting.text_of)
                continue
            some = ticked(written, page)
            break
        except NothingTicked as error:
            click.echo(f"{error}. {error.hint}", err=True)
    reason = line("Why do they identify nobody (one reason for all; empty: everyday words): ") or "everyday words"
    try:
        with studies.locked(sitting.study, sitting.who), sitting.recorded():
            made = pass_together(sitting.study, sitting.who, some, reason)
    except QualkitError as error:
        click.echo(f"{error}. {error.hint}", err=True)
        return
    sitting.made.append((sitting.at, made))
    click.secho(f"  {made.words} kept as they are", fg="green")


def _show(sitting: Walk, candidate: Candidate, offer: Offer) -> None:
    from qualkit.cli.shown import visible

    click.echo()
    click.secho(f"{sitting.at + 1} of {len(sitting.queue)} · {sitting.left()} left", dim=True)
    click.secho(visible(candidate.form), bold=True, fg="cyan", nl=False)
    others = [form for form in candidate.forms if form != candidate.form]
    if others:
        click.secho(f"  (also {visible(', '.join(others[:5]))})", nl=False)
    detectors = ", ".join(one.partition("@")[0] for one in candidate.detectors)
    click.secho(f"   {candidate.type}, {candidate.cls} · {_counted(candidate)} · {detectors}", dim=True)
    for note in candidate.notes[:2]:
        click.secho(f"  {visible(note)}", dim=True)
    for place in candidate.places:
        click.echo(f"  {place_line(place)}")
    if candidate.count > len(candidate.places):
        click.secho(f"  and {candidate.count - len(candidate.places)} more ([v]iew)", dim=True)
    for one in offer.related[:3]:
        shown = f" → [{in_print(one.shown)}]" if one.shown else ""
        click.secho(f"  known: {one.id}  {visible(', '.join(one.forms[:3]))}{visible(shown)}", fg="yellow")
    click.secho(f"  {keys(offer)}", dim=True)


def _counted(candidate: Candidate) -> str:
    places = f"{candidate.count} place{'' if candidate.count == 1 else 's'}"
    if not candidate.transcripts:
        return places
    told = f"{places} in {candidate.transcripts} transcript{'' if candidate.transcripts == 1 else 's'}"
    people = candidate.participants
    return f"{told}, said by {', '.join(people[:4])}{' …' if len(people) > 4 else ''}" if people else told
