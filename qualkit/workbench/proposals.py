"""What the rules propose: letting them search, and deciding on each proposal in its place in the text."""

from __future__ import annotations

from typing import cast

from qualkit import coding_run
from qualkit import study as studies
from qualkit.errors import QualkitError
from qualkit.model import READ_FIRST, RULES_CODER, Status
from qualkit.reviewing import ChangedMeanwhile, NotReadYet, decide
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.bringing import waiting
from qualkit.workbench.desk import Desk
from qualkit.workbench.passages import codable
from qualkit.workbench.reading import codings_version, difference
from qualkit.workbench.visits import change, coder_of, shown_study


class FilesWait(QualkitError):
    """Files were dropped on the page, and nobody has answered yet."""

    def __init__(self) -> None:
        super().__init__("files wait under Add", "Add them or send them back first.")


def decide_proposal(desk: Desk, ask: Ask) -> Answer:
    """Accept a proposal, accept it under another code, or reject it."""
    study = desk.study()
    laid = desk.laid(study, ask.path["id"])
    name = laid.record.id
    who = coder_of(desk, ask, study)
    status = ask.text("status")
    if status not in ("accepted", "rejected"):
        raise BadRequest("“status” must be accepted or rejected")
    if study.settings.method in READ_FIRST and name not in studies.transcripts_read(study, who):
        raise NotReadYet(name, study.settings.method)
    with change(desk, ask, "review", name, [studies.codings_path(study, who, name)]):
        base = codings_version(study, name)
        proposal = studies.codings_by_id(study, RULES_CODER, name, [ask.path["coding"]]).get(ask.path["coding"])
        place = (ask.body.get("start"), ask.body.get("end"))
        if proposal is None or (place[0] is not None and place != (proposal.unit.span.start, proposal.unit.span.end)):
            raise ChangedMeanwhile(name)
        code = codable(desk, study, ask.text("code")) if "code" in ask.body else None
        decision = decide(study, who, proposal, cast("Status", status), code=code)
    accepted = [decision] if status == "accepted" else []
    return {"decided": proposal.id, **difference(desk, ask, study, laid, base, accepted)}


def propose(desk: Desk, ask: Ask) -> Answer:
    """Let the rules of the codebook search every transcript, as `qualkit code` does.

    Raises:
        FilesWait: If files were brought and nobody has said yet whether they become transcripts.
    """
    study = shown_study(desk, ask)
    if waiting(desk):
        raise FilesWait
    with desk.writing:
        report = coding_run.run(study, coder=coder_of(desk, ask, study), jobs=1)
    return {"made": report.new}


ROUTES: tuple[Route, ...] = (
    ("POST", "/api/propose", propose),
    ("POST", "/api/transcripts/{id}/proposals/{coding}", decide_proposal),
)
