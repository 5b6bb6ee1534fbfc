"""Deciding on proposals: what waits, a decision, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from qualkit import study as studies
from qualkit.errors import QualkitError
from qualkit.model import READ_FIRST, RULES_CODER, WAITING, Coding, Decision, Status, Study
from qualkit.text import nfc
from qualkit.undoing import Sitting, recorded


class NotReadYet(QualkitError):
    """Proposals are asked for in a transcript that has not been read and coded by hand."""

    def __init__(self, transcript: str, method: str) -> None:
        super().__init__(
            f"{transcript} is not marked as read, and in a study of method {method} proposals wait until then",
            f"When you have read and coded it: qualkit review --read {transcript}. To see them all the same: "
            '--before-reading "why" (it is written to the trail).',
        )


class ChangedMeanwhile(QualkitError):
    """A proposal is no longer what was shown: its rule or its text was changed while somebody thought."""

    def __init__(self, place: str) -> None:
        super().__init__(f"the proposal at {place} was changed meanwhile", "Nothing was decided; review it again.")


@dataclass(frozen=True, slots=True)
class Queue:
    """Proposals that wait for a coder's decision.

    Attributes:
        proposals: In the order of the transcripts and their text.
        hidden: Transcripts with proposals that are not shown, since the coder has not read them.
        already: Proposals left out, since the coder gave the passage, or one around it, the same code by hand.
        changed: Transcripts with proposals that no longer stand on their words, since the text was changed.
    """

    proposals: tuple[Coding, ...]
    hidden: tuple[str, ...]
    already: int
    changed: tuple[str, ...] = ()


def waiting(
    study: Study,
    coder: str,
    *,
    transcript: str | None = None,
    code: str | None = None,
    before_reading: bool = False,
    again: bool = False,
) -> Queue:
    """Return what waits for a coder's decision.

    Args:
        study: An open study.
        coder: Whose decisions count as made.
        transcript: Only this one.
        code: Only this code's id.
        before_reading: Also proposals of transcripts not marked as read, in methods where that hides them.
        again: Also proposals whose passage the coder gave the same code by hand.

    Raises:
        NoTranscript: If the transcript named does not exist.
        NotReadYet: If the transcript named has not been read, and that hides its proposals.
    """
    names = studies.transcript_ids(study)
    transcript = None if transcript is None else nfc(transcript)
    if transcript is not None and transcript not in names:
        raise studies.NoTranscript(transcript, names)
    reads_first = study.settings.method in READ_FIRST and not before_reading
    read = studies.transcripts_read(study, coder) if reads_first else set(names)
    if transcript is not None and transcript not in read:
        raise NotReadYet(transcript, study.settings.method)
    proposals: list[Coding] = []
    hidden: list[str] = []
    changed: list[str] = []
    already = 0
    for name in [transcript] if transcript else names:
        found, _ = studies.read_codings(study, RULES_CODER, name)
        mine, _ = studies.read_codings(study, coder, name)
        decided = {coding.id for coding in mine}
        open_ = [c for c in found if c.id not in decided and (code is None or c.code == code)]
        if open_ and name not in read:
            hidden.append(name)
            continue
        text = _text(study, name) if open_ else ""
        standing = [
            c for c in open_ if c.anchor not in WAITING and text[c.unit.span.start : c.unit.span.end] == c.unit.text
        ]
        if len(standing) < len(open_):
            changed.append(name)
        open_ = standing
        for proposal in open_:
            if not again and covered(proposal, mine):
                already += 1
            else:
                proposals.append(proposal)
    return Queue(tuple(proposals), tuple(hidden), already, tuple(changed))


def _text(study: Study, name: str) -> str:
    record, _ = studies.transcript_or_problems(study, name)
    return record.text if record else ""


def covered(proposal: Coding, mine: Sequence[Coding]) -> bool:
    """Return whether the coder gave the passage, or one that it touches, the same code by hand."""
    span = proposal.unit.span
    return any(
        c.code == proposal.code
        and c.status == "accepted"
        and c.unit.span.start < span.end
        and c.unit.span.end > span.start
        and c.origin == "manual"
        for c in mine
    )


def decide(study: Study, coder: str, proposal: Coding, status: Status, *, code: str | None = None) -> Coding:
    """Write a coder's decision on a proposal, and a line in the trail; return the decision.

    Args:
        study: Must be locked by the caller's process or written to by nobody else.
        coder: Who decides; the line goes into this coder's file under the proposal's id.
        proposal: The proposal.
        status: "accepted" or "rejected".
        code: Another code than the proposed one.
    """
    when = studies.now()
    decision = replace(proposal, coder=coder, status=status, code=code or proposal.code, created=when)
    name = proposal.unit.span.transcript
    what = "change-code" if code and code != proposal.code else {"accepted": "accept", "rejected": "reject"}[status]
    was = {"status": proposal.status, "code": proposal.code}
    now = {"status": status, "code": decision.code}
    # The trail first: a full disk may leave a line too many in it, but no decision that it does not tell of.
    studies.append_decision(study, Decision(when, coder, what, f"coding {proposal.id}", was, now))
    studies.put_codings(study, coder, name, [decision])
    return decision


def decide_alone(
    study: Study,
    coder: str,
    proposal: Coding,
    status: Status,
    *,
    code: str | None = None,
    sitting: Sitting | None = None,
) -> Coding:
    """Decide while nobody else writes, if the proposal still is as it was shown; see `decide`.

    With the other decisions of its sitting it can be taken back by `qualkit undo`.

    Raises:
        ChangedMeanwhile: If it was withdrawn, or stands elsewhere now.
        StudyLocked: If somebody else goes on writing.
    """
    with studies.locked(study, coder), _recorded(study, coder, proposal, sitting):
        standing, _ = studies.read_codings(study, RULES_CODER, proposal.unit.span.transcript)
        if not any(one.id == proposal.id and one.unit == proposal.unit for one in standing):
            raise ChangedMeanwhile(str(proposal.unit.span))
        return decide(study, coder, proposal, status, code=code)


def take_back_alone(
    study: Study, coder: str, decision: Coding, proposal: Coding, *, sitting: Sitting | None = None
) -> None:
    """Take a decision back while nobody else writes; see `take_back`."""
    with studies.locked(study, coder), _recorded(study, coder, proposal, sitting):
        take_back(study, coder, decision, proposal)


def _recorded(study: Study, coder: str, proposal: Coding, sitting: Sitting | None) -> AbstractContextManager[None]:
    mine = studies.codings_path(study, coder, proposal.unit.span.transcript)
    return recorded(study, coder, "review", sitting.about if sitting else "", [mine], sitting=sitting)


def take_back(study: Study, coder: str, decision: Coding, proposal: Coding) -> None:
    """Take a decision back: the proposal waits again. The trail tells of both."""
    name = proposal.unit.span.transcript
    before, _ = studies.read_codings(study, coder, name)
    was = {"status": decision.status, "code": decision.code}
    now = {"status": proposal.status, "code": proposal.code}
    studies.append_decision(study, Decision(studies.now(), coder, "undo", f"coding {proposal.id}", was, now))
    studies.save_codings(study, coder, name, [c for c in before if c.id != decision.id])
