"""Coding by hand: a passage is given codes, a coding is changed or taken away."""

from __future__ import annotations

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.errors import QualkitError
from qualkit.marking import OutsideText, mark, remark, unmark
from qualkit.model import Study
from qualkit.resting import rests_on
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route, TextChanged
from qualkit.workbench.desk import Desk, Laid
from qualkit.workbench.reading import codings_version, difference
from qualkit.workbench.visits import change, coder_of


class NotCodable(QualkitError):
    """A code that only gathers other codes."""

    def __init__(self, code: str) -> None:
        super().__init__(f"“{code}” only gathers other codes", "Choose one of the codes below it.")


def code_passage(desk: Desk, ask: Ask) -> Answer:
    """Give a passage codes. The page sends the words it shows there, and nothing is saved where they differ."""
    study = desk.study()
    laid = _as_shown(desk, study, ask)
    record = laid.record
    start, end = _place(ask, laid)
    who = coder_of(desk, ask, study)
    paths = [studies.codings_path(study, who, record.id)]
    with change(desk, ask, "mark", record.id, paths):
        base = codings_version(study, record.id)
        codes = [codable(desk, study, wanted) for wanted in ask.texts("codes")]
        made = mark(study, who, record, codes, start, end, memo=ask.text("memo", ""))
    return {"made": [coding.id for coding in made], **difference(desk, ask, study, laid, base, made)}


def change_coding(desk: Desk, ask: Ask) -> Answer:
    """Give a coding another place, code or memo."""
    study = desk.study()
    laid = _as_shown(desk, study, ask)
    record = laid.record
    who = coder_of(desk, ask, study)
    place = _place(ask, laid) if "start" in ask.body else None
    memo = ask.text("memo") if "memo" in ask.body else None
    with change(desk, ask, "remark", record.id, [studies.codings_path(study, who, record.id)]):
        base = codings_version(study, record.id)
        code = codable(desk, study, ask.text("code")) if "code" in ask.body else None
        changed = remark(study, who, record, ask.path["coding"], place=place, code=code, memo=memo)
    return difference(desk, ask, study, laid, base, [changed])


def remove_codings(desk: Desk, ask: Ask) -> Answer:
    """Take codings of the coder away."""
    study = desk.study()
    laid = desk.laid(study, ask.path["id"])
    who = coder_of(desk, ask, study)
    with change(desk, ask, "unmark", laid.record.id, [studies.codings_path(study, who, laid.record.id)]):
        base = codings_version(study, laid.record.id)
        gone = unmark(study, who, laid.record.id, ask.texts("codings"))
    return difference(desk, ask, study, laid, base, (), [coding.id for coding in gone])


def show_resting(desk: Desk, ask: Ask) -> Answer:
    """Return what rests on codings: asked before one is taken away or given another code."""
    wanted = {each for each in ask.query.get("codings", "").split(",") if each}
    rests = rests_on(desk.study(), wanted)
    return {"rests": [{"kind": one.kind, "name": one.name, "coding": one.coding} for one in rests]}


def _as_shown(desk: Desk, study: Study, ask: Ask) -> Laid:
    """Return the transcript, if it still is the one the page shows."""
    laid = desk.laid(study, ask.path["id"])
    if ask.text("sha256", laid.record.sha256) != laid.record.sha256:
        raise TextChanged(laid.record.id)
    return laid


def _place(ask: Ask, laid: Laid) -> tuple[int, int]:
    start, end = ask.number("start"), ask.number("end")
    text = laid.record.text
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise OutsideText(laid.record.id)
    words = ask.body.get("words")
    if words is not None and (not isinstance(words, str) or words != text[start:end]):
        if not isinstance(words, str):
            raise BadRequest("“words” must be a text")
        raise TextChanged(laid.record.id)
    return start, end


def codable(desk: Desk, study: Study, wanted: str) -> str:
    """Return the id of a code that passages may be given.

    Raises:
        UnknownCode: If the codebook does not have it.
        NotCodable: If it only gathers other codes.
    """
    code = find_code(desk.codebook(study), wanted)
    if not code.codable:
        raise NotCodable(code.name)
    return code.id


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/resting", show_resting),
    ("POST", "/api/transcripts/{id}/codings", code_passage),
    ("PATCH", "/api/transcripts/{id}/codings/{coding}", change_coding),
    ("POST", "/api/transcripts/{id}/codings/remove", remove_codings),
)
