"""The redactor: every printed word of an informant goes through it, and only it makes a `Quotation`.

Its register, until identities are decided one by one, is the labels that speakers have: a label that may
be a name is printed as the participant's id, in any inflection and any case.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qualkit.errors import QualkitError
from qualkit.language.labels import may_be_a_name
from qualkit.model import Coding, Participant, Quotation, Transcript

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CLUSTER = re.compile(".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]*", re.DOTALL)
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
            "The transcript was changed after coding; see qualkit check.",
        )


class MayNotBeQuoted(QualkitError):
    """A quotation of a participant who may not be quoted."""

    def __init__(self, place: str, participant: str) -> None:
        super().__init__(
            f"{place}: participant {participant} may not be quoted",
            "participants.csv says may_quote: no. Choose another quotation in themes.yaml.",
        )


class SourceMayNotBeQuoted(MayNotBeQuoted):
    """A quotation out of a source that may not be quoted, as what was said off the record."""

    def __init__(self, place: str) -> None:
        super().__init__(place, "")
        self.args = (f"{place}: this source may not be quoted",)
        self.hint = (
            "Its header says may_quote: no; what was said off the record may not be quoted unless it says yes. "
            "Choose another quotation in themes.yaml."
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
    expression, forms = _expression(tuple(register.whole.items()), tuple(register.parts.items()))
    for match in expression.finditer(text) if forms else ():
        number = next(n for n, form in enumerate(match.groups()) if form is not None)
        yield match, forms[number]


@lru_cache(maxsize=16)
def _expression(
    whole: tuple[tuple[str, str], ...], parts: tuple[tuple[str, str], ...]
) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return what finds the forms of a register, made once for all texts, and the print form of each of its groups."""
    wholes = sorted(whole, key=lambda item: len(item[0]), reverse=True)
    rest = sorted(parts, key=lambda item: len(item[0]), reverse=True)
    alternatives = [f"((?i:{_loosely(form)}))" for form, _ in wholes] + [f"({_loosely(form)})" for form, _ in rest]
    expression = rf"(?<![^\W\d_])(?:{'|'.join(alternatives)})(?P<ending>(?i:s|['’]s?|ene|en|a))?(?![^\W\d_])"
    return re.compile(expression), tuple(shown for _, shown in (*wholes, *rest))


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it may be printed, and where each of its characters comes from.

    Attributes:
        text: With print forms in the place of names.
        origins: For every character of `text` the offset in the original where what it stands for begins;
            never decreasing. All characters of a print form have the offset of the name's beginning.
    """

    text: str
    origins: Sequence[int]

    def between(self, start: int, end: int) -> str:
        """Return what is printed for a stretch of the original; a name belongs to where it begins.

        Example:
            >>> whole = rendered("Takk, Kari.", Register({}, {"Kari": "K1"}))
            >>> whole.between(0, 8), whole.between(8, 11)
            ('Takk, [K1]', '.')
        """
        return self.text[bisect_left(self.origins, start) : bisect_left(self.origins, end)]


def rendered(text: str, register: Register) -> Rendered:
    """Return a text with every form of the register replaced by its print form in brackets, and the way back.

    A genitive stays a genitive. Soft hyphens and zero-width characters do not hide a form.
    """
    kept: Sequence[int] = range(len(text))
    visible = text
    if _INVISIBLE.search(text):
        kept = [at for at, char in enumerate(text) if not _INVISIBLE.match(char)]
        visible = "".join(text[at] for at in kept)
    if not unicodedata.is_normalized("NFC", visible):
        visible, kept = _composed(visible, kept)
    # A form that ran into the next one stands free only when that is replaced.
    for _ in range(_ROUNDS):
        out: list[str] = []
        origins: list[int] = []
        at = 0
        for match, shown in _forms(visible, register):
            if visible[match.start() - 1 : match.start()] + visible[match.end() : match.end() + 1] == "[]":
                continue
            genitive = "s" if (match.group("ending") or "").casefold().endswith("s") else ""
            form = f"[{shown}]{genitive}"
            out += [visible[at : match.start()], form]
            origins += [*kept[at : match.start()], *[kept[match.start()]] * len(form)]
            at = match.end()
        if not out:
            break
        visible, kept = "".join(out) + visible[at:], [*origins, *kept[at:]]
    return Rendered(visible, kept)


def _composed(text: str, origins: Sequence[int]) -> tuple[str, list[int]]:
    """Compose the letters of a text, cluster by cluster: a letter and the marks upon it become one."""
    out: list[str] = []
    places: list[int] = []
    for match in _CLUSTER.finditer(text):
        cluster = unicodedata.normalize("NFC", match.group())
        out.append(cluster)
        places += [origins[match.start()]] * len(cluster)
    whole = unicodedata.normalize("NFC", text)
    if "".join(out) != whole:
        # Scripts whose letters compose across clusters: the words count more than their exact places.
        places = [origins[min(at, len(origins) - 1)] for at in range(len(whole))]
    return whole, places


def redact(text: str, register: Register) -> str:
    """Return a text with every form of the register replaced by its print form in brackets.

    Example:
        >>> redact("Det var Karis idé, sa kari nes.", Register({"kari nes": "K1"}, {"Kari": "K1"}))
        'Det var [K1]s idé, sa [K1].'
    """
    return rendered(text, register).text


def leaks(text: str, register: Register) -> list[str]:
    """Return the print forms of register forms that stand in a text, sorted, each once.

    Example:
        >>> leaks("takk, Kari", Register({}, {"Kari": "K1"})), leaks("Karius", Register({}, {"Kari": "K1"}))
        (['K1'], [])
    """
    return sorted({shown for _, shown in _forms(_visible(text), register)})


def quote(
    coding: Coding,
    transcript: Transcript,
    participant: Participant | None,
    register: Register,
    *,
    attribution: str,
    source: str = "",
) -> Quotation:
    """Return the words of a coding as they may be printed.

    Args:
        coding: Its words are held against the transcript.
        transcript: As it is now.
        participant: Who speaks, or None.
        register: What must not be printed.
        attribution: "id", or "id" and names of attributes, as "id, role".
        source: What is printed behind it where the words were not recorded as they were said: "notes".

    Raises:
        NotVerbatim: If the words under the offsets are no longer those that were coded.
        MayNotBeQuoted: If the participant, or the source, may not be quoted.
    """
    span = coding.unit.span
    if transcript.text[span.start : span.end] != coding.unit.text:
        raise NotVerbatim(str(span))
    if participant is not None and not participant.may_quote:
        raise MayNotBeQuoted(str(span), participant.id)
    if not transcript.may_quote:
        raise SourceMayNotBeQuoted(str(span))
    words = redact(" ".join(coding.unit.text.split()), register)
    whose = [*_attribution(participant, attribution, register), *([redact(source, register)] if source else [])]
    return Quotation(words, coding.id, span, f"({', '.join(whose)})" if whose else "", transcript.kind)


def _attribution(participant: Participant | None, style: str, register: Register) -> list[str]:
    if participant is None:
        return []
    fields = [field.strip() for field in style.split(",")]
    shown = [participant.id if field == "id" else participant.attributes.get(field, "") for field in fields]
    return [redact(value, register) if value != participant.id else value for value in shown if value]
