"""Transcripts handed on as Word files: their codes are comments, and what somebody answers there is read back."""

from __future__ import annotations

from qualkit.anonymisation.redactor import Register, redact
from qualkit.document import Commented, Remark
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.outgoing import Outgoing
from qualkit.rewriting import Rewritten


def commented(material: Material, going: Outgoing, register: Register, *, reviewed: bool) -> list[Commented]:
    """Return every transcript that is handed on with its codings as comments of their coders.

    Args:
        material: Of the study.
        going: Of it.
        register: What must not be printed.
        reviewed: Whether everything in it that could identify somebody was decided; every page says which.
    """
    language = material.study.settings.language
    mark = printed("pseudonymised" if reviewed else "not-anonymised", language)
    return [
        Commented(
            id=one.transcript.id,
            language=language,
            mark=mark,
            text=one.transcript.text,
            labels=tuple(
                (turn.label_start, turn.label_start + len(turn.speaker))
                for turn in one.transcript.turns
                if turn.speaker is not None
            ),
            remarks=tuple(remarks_on(one, material, going, register)),
        )
        for one in going.transcripts.values()
    ]


def remarks_on(one: Rewritten, material: Material, going: Outgoing, register: Register) -> list[Remark]:
    """Return the codings of a transcript as comments: the code's name, and that it is proposed where it is."""
    names = {code.id: redact(code.name, register) for code in material.codebook.walk()}
    proposed = printed("proposed", material.study.settings.language)
    return [
        Remark(
            coding.unit.span.start,
            coding.unit.span.end,
            names.get(coding.code, coding.code) + (f" ({proposed})" if coding.status == "proposed" else ""),
            coding.coder.strip("_"),
            coding.created,
        )
        for coding in going.codings
        if coding.unit.span.transcript == one.transcript.id and coding.status != "rejected"
    ]
