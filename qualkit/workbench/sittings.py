"""What is written on in one sitting: one version, one line of the trail, and one step back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualkit.model import Study
from qualkit.undoing import Sitting, recorded
from qualkit.workbench.answers import Ask
from qualkit.workbench.visits import Step, Whole, coder_of, remembered, visit_of

if TYPE_CHECKING:
    from qualkit.workbench.desk import Desk

_sittings: dict[tuple[str, str], Sitting] = {}


def goes_on(ask: Ask, about: str) -> bool:
    """Return whether the tab writes on what it began; if it does not, a sitting begins here.

    Args:
        ask: Its body says `again` where the page has saved the same text before.
        about: The text: subgroup or theme, and which of its texts.
    """
    sitting = (ask.visit, about)
    if ask.body.get("again") is True and sitting in _sittings:
        return True
    _sittings[sitting] = Sitting(about)
    return False


@contextmanager
def written_on(desk: Desk, ask: Ask, study: Study, what: str, about: str, file: Path) -> Iterator[None]:
    """Remember what is written on as one step with what was written before it in the same sitting.

    Args:
        desk: The workbench.
        ask: Who asks.
        study: Held; see `visits.held`.
        what: As in the trail.
        about: The text, as for `goes_on`.
        file: That is written.
    """
    who = coder_of(desk, ask, study)
    with (
        remembered(desk, ask, study, what, about, [file]),
        recorded(study, who, what, about, [file], sitting=_sittings[ask.visit, about]),
    ):
        yield
    _join(visit_of(desk, ask).done)


def _join(done: list[Step]) -> None:
    """Let the last two steps of a tab be one, where both wrote on the same text."""
    if len(done) < 2 or (done[-1].what, done[-1].about) != (done[-2].what, done[-2].about):
        return
    last, before = done[-1], done[-2]
    files: dict[str, Any] = {}
    for name, difference in last.files.items():
        earlier = before.files.get(name)
        if not isinstance(difference, Whole) or not isinstance(earlier, Whole) or earlier.after != difference.before:
            return
        files[name] = Whole(earlier.before, difference.after)
    done[-2:] = [Step(last.what, last.about, last.number, files)]
