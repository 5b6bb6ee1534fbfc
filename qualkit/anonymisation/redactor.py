"""The redactor: every printed word of an informant goes through it, and only it makes a `Quotation`.

Its register, until identities are decided one by one, is the labels that speakers have: a label that may
be a name is printed as the participant's id, in any inflection and any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualkit.errors import QualkitError
from qualkit.language.labels import may_be_a_name
from qualkit.model import WAITING, Coding, Participant, Quotation, Transcript

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SHORTEST_PART = 3
_ROUNDS = 4
_ALIKE = ("-‐‑", "'’‘ʼ")
_BETWEEN_PARTS = re.compile(r"[\s\d_/,;:()\[\]\"“”«»]+")
_SMALL = frozenset("von van de der den av og la le al el".split())


class NotVerbatim(QualkitError):
    """A coding's words are not what stands in the transcript."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} no longer holds the words that were coded, so it is not printed",
            "The transcript was changed after coding. To move codings along and decide about lost ones: qualkit anchor",
        )


class MayNotBeQuoted(QualkitError):
    """A quotation of a participant who may not be quoted."""

    def __init__(self, place: str, participant: str) -> None:
        super().__init__(
            f"{place}: participant {participant} may not be quoted",
            "participants.csv says may_quote: no. Choose another quotation in themes.yaml.",
        )


@dataclass(frozen=True, slots=True)
class Register:
    """Names that must not be printed, and what stands for each.

    Attributes:
        whole: Print form by full label, in small letters; matched in any case.
        parts: Print form by one word of a label; matched as it stands, which is with a capital.
    """

    whole: Mapping[str, str]
    parts: Mapping[str, str]


def read_register(participants: Sequence[Participant], labels: Iterable[tuple[str, str]]) -> Register:
    """Return the register made of speaker labels.

    Args:
        participants: Their labels are printed as their ids.
        labels: Further labels that stand in transcripts, with what is printed for each.

    Example:
        >>> read_register([Participant("K1", ("Kari Nes", "K1"))], []).whole
        {'kari nes': 'K1'}
    """
    forms = [(label.rpartition("/")[2], person.id) for person in participants for label in person.labels]
    whole: dict[str, str] = {}
    parts: dict[str, str] = {}
    for label, shown in (*forms, *labels):
        name = _plain(label)
        lettered = any(char.isalpha() for char in name)
        if not lettered or name.casefold() == shown.casefold() or not may_be_a_name(name):
            continue
        whole.setdefault(name.lower(), shown)
        for word in _BETWEEN_PARTS.split(name):
            bare = word.strip(".'’")
            if bare.islower() or bare.isupper():
                # A label in small letters or in capitals is spoken of as any name is.
                bare = "-".join(piece[:1].upper() + piece[1:].lower() for piece in bare.split("-"))
            if len(bare) >= _SHORTEST_PART and bare.casefold() not in _SMALL and may_be_a_name(bare):
                parts.setdefault(bare, shown)
                parts.setdefault(bare.upper(), shown)
    return Register(whole, parts)


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()


def _loosely(form: str) -> str:
    """Return an expression for a form, however its spaces, hyphens and apostrophes are typed."""
    out = []
    for char in " ".join(form.split()):
        alike = next((kind for kind in _ALIKE if char in kind), "")
        out.append(r"\s+" if char == " " else f"[{re.escape(alike)}]" if alike else re.escape(char))
    return "".join(out)


def _forms(text: str, register: Register) -> Iterator[tuple[re.Match[str], str]]:
    """Yield every place of a text where a form of the register stands, with its print form."""
    wholes = sorted(register.whole.items(), key=lambda item: len(item[0]), reverse=True)
    parts = sorted(register.parts.items(), key=lambda item: len(item[0]), reverse=True)
    if not wholes and not parts:
        return
    alternatives = [f"((?i:{_loosely(form)}))" for form, _ in wholes] + [f"({_loosely(form)})" for form, _ in parts]
    expression = rf"(?<![^\W\d_])(?:{'|'.join(alternatives)})(?P<ending>(?i:s|['’]s?|ene|en|a))?(?![^\W\d_])"
    for match in re.finditer(expression, text):
        number = next(n for n, form in enumerate(match.groups()) if form is not None)
        yield match, (*wholes, *parts)[number][1]


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def redact(text: str, register: Register) -> str:
    """Return a text with every form of the register replaced by its print form in brackets.

    A genitive stays a genitive. Soft hyphens and zero-width characters do not hide a form.

    Example:
        >>> redact("Det var Karis idé, sa kari nes.", Register({"kari nes": "K1"}, {"Kari": "K1"}))
        'Det var [K1]s idé, sa [K1].'
    """
    text = _visible(text)
    # A form that ran into the next one stands free only when that is replaced.
    for _ in range(_ROUNDS):
        out, at = [], 0
        for match, shown in _forms(text, register):
            if text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1] == "[]":
                continue
            genitive = "s" if (match.group("ending") or "").casefold().endswith("s") else ""
            out += [text[at : match.start()], f"[{shown}]{genitive}"]
            at = match.end()
        if not out:
            break
        text = "".join(out) + text[at:]
    return text


def leaks(text: str, register: Register) -> list[str]:
    """Return the print forms of register forms that stand in a text, sorted, each once.

    Example:
        >>> leaks("takk, Kari", Register({}, {"Kari": "K1"})), leaks("Karius", Register({}, {"Kari": "K1"}))
        (['K1'], [])
    """
    return sorted({shown for _, shown in _forms(_visible(text), register)})


def quote(
    coding: Coding, transcript: Transcript, participant: Participant | None, register: Register, *, attribution: str
) -> Quotation:
    """Return the words of a coding as they may be printed.

    Args:
        coding: Its words are held against the transcript.
        transcript: As it is now.
        participant: Who speaks, or None.
        register: What must not be printed.
        attribution: "id", or "id" and names of attributes, as "id, role".

    Raises:
        NotVerbatim: If the words under the offsets are no longer those that were coded.
        MayNotBeQuoted: If the participant may not be quoted.
    """
    span = coding.unit.span
    # One that was not found again may stand on the same words of somebody else.
    if coding.anchor in WAITING or transcript.text[span.start : span.end] != coding.unit.text:
        raise NotVerbatim(str(span))
    if participant is not None and not participant.may_quote:
        raise MayNotBeQuoted(str(span), participant.id)
    words = " ".join(coding.unit.text.split())
    return Quotation(redact(words, register), coding.id, span, _attribution(participant, attribution, register))


def _attribution(participant: Participant | None, style: str, register: Register) -> str:
    if participant is None:
        return ""
    fields = [field.strip() for field in style.split(",")]
    shown = [participant.id if field == "id" else participant.attributes.get(field, "") for field in fields]
    text = ", ".join(redact(value, register) if value != participant.id else value for value in shown if value)
    return f"({text})" if text else ""
