"""The nouns of an interview guide: its questions, and what of it was asked where."""

from __future__ import annotations

from dataclasses import dataclass

from qualkit.model import Rule


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guide.

    Attributes:
        id: Unique in the guide.
        wording: As it stands in the guide; "" where only its id is given.
        part: Of the guide that it belongs to; "" where the guide has no parts.
        rules: By which turns of the interviewer are known to ask it.
        line: In guide.yaml, for messages.
    """

    id: str
    wording: str = ""
    part: str = ""
    rules: tuple[Rule, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Guide:
    """An interview guide.

    Attributes:
        title: "" where it has none.
        version: As the researcher counts or dates them.
        questions: In the order of the guide.
    """

    title: str = ""
    version: str = ""
    questions: tuple[Question, ...] = ()

    def parts(self) -> list[str]:
        """Return the parts in their order; "" among them where questions stand in none."""
        return list(dict.fromkeys(question.part for question in self.questions))
