"""A meaning unit goes to another code group: its coding is given another code, and it leaves where it stood."""

from __future__ import annotations

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.condensation.condensates_edits import without_unit
from qualkit.condensing import NoSuchUnit
from qualkit.errors import QualkitError
from qualkit.marking import NoSuchCoding, remark
from qualkit.material import Material
from qualkit.model import Decision


class OthersCoding(QualkitError):
    """A coding that another coder made."""

    def __init__(self, coder: str) -> None:
        super().__init__(
            f"the coding is {coder}’s, and only {coder} gives it another code",
            "Give the passage the other code yourself, in its transcript; both codings stand then.",
        )


class CodedSoAlready(QualkitError):
    """The passage has the other code already, by the same coder."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"the passage has the code “{code}” already, so it was not given twice",
            "Remove the coding you do not want in the transcript.",
        )


def regroup(material: Material, who: str, coding: str, code: str, *, why: str = "") -> None:
    """Give a unit another code: it waits in that code's group, and stands in no subgroup of the one it left.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Decides; the coding must be theirs.
        coding: Its id.
        code: Id or name of the other code.
        why: The reason, for the trail.

    Raises:
        NoSuchUnit: If there is no accepted coding of this id.
        OthersCoding: If somebody else coded it.
        UnknownCode: If the codebook does not have the code.
        CodedSoAlready: If the coder gave the same words that code before.
    """
    extract = next((one for one in material.accepted() if one.coding.id == coding), None)
    if extract is None:
        raise NoSuchUnit(coding, code)
    old = extract.coding
    if old.coder != who:
        raise OthersCoding(old.coder)
    chosen = find_code(material.codebook, code)
    same = (one.coding for one in material.accepted() if one.coding.unit.span == old.unit.span)
    if any(one.code == chosen.id and one.coder == who and one.id != coding for one in same):
        raise CodedSoAlready(chosen.name)
    record = material.transcripts.get(old.unit.span.transcript)
    if record is None:
        raise NoSuchCoding(old.unit.span.transcript)
    remark(material.study, who, record, coding, code=chosen.id, why=why)
    before = studies.condensates_text(material.study)
    after = without_unit(before, coding)
    if after != before:
        studies.save_condensates_text(material.study, after)
        told = {"code": old.code}, {"code": chosen.id}
        studies.append_decision(
            material.study, Decision(studies.now(), who, "condense take-out", f"coding {coding}", *told, why)
        )
