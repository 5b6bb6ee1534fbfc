"""The redactor: every printed word of an informant goes through it, and only it makes a `Quotation`.

What it knows is the register of identities and the labels that speakers have: a label that may be a name is
printed as the participant's id. It prints and never asks: where a person must decide first, it hides the words
and tells the place, and the gate refuses the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from qualkit.anonymisation.forms import DETECTOR, Found, find_forms
from qualkit.anonymisation.letters import fold_word, visible
from qualkit.anonymisation.pseudonyms import shown_for
from qualkit.anonymisation.wordings import CUT, FILE, STYLES, VERBATIM, QuotationEdit, beyond, cut_pieces, is_cut
from qualkit.errors import QualkitError
from qualkit.identity import EVERY_LANGUAGE, Identities, Identity
from qualkit.language.labels import may_be_a_name
from qualkit.model import WAITING, Coding, Participant, Quotation, Transcript

_SHORTEST_PART = 3
_BETWEEN_PARTS = re.compile(r"[\s\d_/,;:()\[\]\"“”«»]+")
_SMALL = frozenset("von van de der den av og la le al el".split())
_LABELS = "labels"
_HIDDEN = "…"
_OR = "/"


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


class NotApproved(QualkitError):
    """The study prints quotations edited, and nobody has approved how this one is."""

    def __init__(self, place: str, style: str, why: str) -> None:
        super().__init__(
            f"{place}: the study's quotation_style is {style}, and {why}",
            f"See it and approve it: qualkit quote --decide (what is approved stands in {FILE}); or set "
            "quotation_style: verbatim in study.yaml.",
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
class Open:
    """A place that somebody must decide about before it is printed.

    Attributes:
        start: First code point, in the text that was rendered.
        end: One past the last.
        detector: What saw it: "register@1".
    """

    start: int
    end: int
    detector: str = DETECTOR


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Names that must not be printed, and what stands for each.

    Attributes:
        whole: Print form by full label of a speaker, in small letters.
        parts: Print form by one word of a label; of two people's, both.
        identities: The register of the study, which says what its forms are whatever the labels say.
        language: Of print forms: nb, nn or en.
        ours: Who codes, as it stands in tables: a coder may be called as an informant is.
    """

    whole: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    identities: Identities = field(default_factory=Identities)
    language: str = "nb"
    ours: frozenset[str] = frozenset()

    def with_identities(self, identities: Identities, language: str) -> Register:
        """Return the same labels with a study's identities."""
        return replace(self, identities=identities, language=language)


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
    parts: dict[str, dict[str, None]] = {}
    for label, shown in (*forms, *labels):
        name = visible(label)[0].strip()
        lettered = any(char.isalpha() for char in name)
        if not lettered or name.casefold() == shown.casefold() or not may_be_a_name(name):
            continue
        if name.lower() in whole:
            continue
        whole[name.lower()] = shown
        for word in _BETWEEN_PARTS.split(name):
            bare = word.strip(".'’")
            if bare.islower() or bare.isupper():
                # A label in small letters or in capitals is spoken of as any name is.
                bare = "-".join(piece[:1].upper() + piece[1:].lower() for piece in bare.split("-"))
            if len(bare) >= _SHORTEST_PART and bare.casefold() not in _SMALL and may_be_a_name(bare):
                parts.setdefault(bare, {})[shown] = None
    alone = {_folded(label) for label in whole}
    return Register(whole, {part: _OR.join(shown) for part, shown in parts.items() if _folded(part) not in alone})


@lru_cache(maxsize=8)
def everything_known(register: Register) -> Identities:
    """Return a register's identities with those that only labels tell of: one for each print form.

    Example:
        >>> [(one.forms, one.print_form("nb")) for one in everything_known(Register({"kari nes": "K1"})).identities]
        [(('kari nes',), 'K1')]
    """
    decided = {_folded(form) for identity in register.identities.identities for form in identity.forms}
    labels: dict[str, list[str]] = {}
    for form, shown in (*register.whole.items(), *register.parts.items()):
        if _folded(form) not in decided:
            labels.setdefault(shown, []).append(form)
    # Somebody who has a place in the register is printed one way, whatever they are called.
    listed = [
        replace(one, forms=(*one.forms, *labels.pop(one.participant, ()))) if one.participant else one
        for one in register.identities.identities
    ]
    told = [
        Identity(
            f"{_LABELS}:{shown}",
            tuple(forms),
            shown=MappingProxyType({EVERY_LANGUAGE: shown}),
            by="" if _OR in shown and shown not in register.whole.values() else _LABELS,
        )
        for shown, forms in labels.items()
    ]
    return replace(register.identities, identities=(*listed, *told))


def _folded(form: str) -> str:
    return " ".join(fold_word(word) for word in re.findall(r"[^\W_]+", visible(form)[0]))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it may be printed, and where each of its characters comes from.

    Attributes:
        text: With print forms in the place of names.
        origins: For every character of `text` the offset in the original where what it stands for begins;
            never decreasing. All characters of a print form have the offset of the name's beginning.
        open: Places that somebody must decide about, hidden meanwhile.
    """

    text: str
    origins: Sequence[int]
    open: tuple[Open, ...] = ()

    def between(self, start: int, end: int) -> str:
        """Return what is printed for a stretch of the original; a name belongs to where it begins.

        Example:
            >>> whole = rendered("Takk, Kari.", Register({}, {"Kari": "K1"}))
            >>> whole.between(0, 8), whole.between(8, 11)
            ('Takk, [K1]', '.')
        """
        return self.text[bisect_left(self.origins, start) : bisect_left(self.origins, end)]


def rendered(text: str, register: Register, *, language: str = "", transcript: str = "") -> Rendered:
    """Return a text with every form of the register replaced by its print form in brackets, and the way back.

    A genitive stays a genitive. Soft hyphens and zero-width characters do not hide a form. Where the text has
    square brackets of its own, print forms stand in two.

    Args:
        text: A whole transcript, so that what is decided of single places is found.
        register: What must not be printed.
        language: Of the print forms; the register's where none is named.
        transcript: Id of the transcript, "" for other texts.

    Example:
        >>> known = Identities((Identity("s1", ("Halden",), "place", shown={"nb": "by i Østfold"}, by="kari"),))
        >>> rendered("Halden-mannen bor i Halden.", Register(identities=known)).text
        '[by i Østfold]-mannen bor i [by i Østfold].'
    """
    return _rendered(text, register, language or register.language, transcript)


@lru_cache(maxsize=64)
def _rendered(text: str, register: Register, language: str, transcript: str) -> Rendered:
    seen, origins = visible(text)
    brackets = ("[[", "]]") if "[" in seen or "]" in seen else ("[", "]")
    out: list[str] = []
    places: list[int] = []
    waiting: list[Open] = []
    at = 0
    for found in find_forms(text, everything_known(register), transcript=transcript):
        start, end = bisect_left(origins, found.start), bisect_left(origins, found.end)
        form = print_form(found, language, brackets, words=seen[start:end])
        if found.ambiguous or not found.identity.decided:
            waiting.append(Open(found.start, found.end))
        if form is None:
            continue
        out += [seen[at:start], form]
        places += [*origins[at:start], *[origins[start]] * len(form)]
        at = end
    if not out:
        return Rendered(seen, origins[:-1], tuple(waiting))
    return Rendered("".join(out) + seen[at:], [*places, *origins[at:-1]], tuple(waiting))


def print_form(found: Found, language: str, brackets: tuple[str, str] = ("[", "]"), *, words: str = "") -> str | None:
    """Return what is printed for a form of the register, in its brackets; None where the words stay.

    A person's first name is printed as the pseudonym's first name, and a surname as its surname.

    Args:
        found: Of `find_forms`.
        language: Of the print form.
        brackets: Around it.
        words: That were found; "" prints the whole pseudonym.

    Example:
        >>> ingrid = Identity("p1", ("Kari",), shown={"*": "Ingrid"}, by="kari")
        >>> print_form(Found(0, 5, ingrid, "inflected", "s"), "nb")
        '[Ingrid]s'
    """
    identity = found.identity
    forms = {_shown(one, language) for one in (identity, *found.others)}
    if forms == {None}:
        return None
    shown = next(iter(forms)) if len(forms) == 1 else _HIDDEN
    if shown and words and not found.others and identity.type == "person" and identity.action == "pseudonym":
        shown = shown_for(_form_said(words, identity), shown)
    tail = ""
    if found.how == "compound" and found.ending:
        tail = "-" + found.ending.lstrip("-")
    elif found.ending.endswith("s") and found.ending in ("s", "ens", "ets", "enes", "anes", "as"):
        # A name that ends as a genitive does takes an apostrophe in Norwegian; English has one in any case.
        hissing = str(shown)[-1:].casefold() in ("s", "x", "z")
        tail = "’" if hissing and language != "en" else "’s" if language == "en" else "s"
    return f"{brackets[0]}{shown}{brackets[1]}{tail}"


def _form_said(words: str, identity: Identity) -> str:
    """Return the form of an identity that some words are: without an ending, and as it is spelt in the register."""
    from rapidfuzz.distance import Levenshtein

    said = _folded(words)
    return min(identity.forms, key=lambda form: (Levenshtein.distance(_folded(form), said), -len(form)))


def _shown(identity: Identity, language: str) -> str | None:
    if identity.action == "keep" and identity.decided:
        return None
    return (identity.print_form(language) if identity.action != "redact" else "") or _HIDDEN


def redact(text: str, register: Register) -> str:
    """Return a text with every form of the register replaced by its print form in brackets.

    Example:
        >>> redact("Det var Karis idé, sa kari nes.", Register({"kari nes": "K1"}, {"Kari": "K1"}))
        'Det var [K1]s idé, sa [K1].'
    """
    return rendered(text, register).text


def leaks(text: str, register: Register) -> list[str]:
    """Return the print forms of register forms that stand in a text, sorted, each once.

    What is kept is no leak; nor is a word that may be a name where a sentence begins, or that is a letter off one:
    in a finished file, what informants said has been rendered, and the rest is looked at by the detectors.

    Example:
        >>> leaks("takk, Kari", Register({}, {"Kari": "K1"})), leaks("Karius", Register({}, {"Kari": "K1"}))
        (['K1'], [])
    """
    return sorted({_named(found, register) for found in leaking(text, register)})


def leaking(text: str, register: Register) -> Iterator[Found]:
    """Yield the places of a finished text where a form stands that must not."""
    known = everything_known(register)
    spared = {_folded(one.form) for one in known.passed} | {
        _folded(form) for one in known.identities if one.action == "keep" and one.decided for form in one.forms
    }
    for found in find_forms(text, known):
        single = " " not in text[found.start : found.end]
        if (found.how == "misspelt" and single) or (found.ambiguous and not found.others and not found.identity.only):
            continue
        if any(_folded(form) not in spared for one in (found.identity, *found.others) for form in one.forms):
            written = text[found.start : found.end]
            words = _folded(written)
            if written in register.ours:
                continue
            if words not in spared and words.removesuffix("s") not in spared:
                yield found


def _named(found: Found, register: Register) -> str:
    return _shown(found.identity, register.language) or found.identity.id


def quote(
    coding: Coding,
    transcript: Transcript,
    participant: Participant | None,
    register: Register,
    *,
    attribution: str,
    source: str = "",
    style: str = VERBATIM,
    edit: QuotationEdit | None = None,
) -> Quotation:
    """Return the words of a coding as they may be printed.

    Args:
        coding: Its words are held against the transcript.
        transcript: As it is now.
        participant: Who speaks, or None.
        register: What must not be printed.
        attribution: "id", or "id" and names of attributes, as "id, role".
        source: What is printed behind it where the words were not recorded as they were said: "notes".
        style: How quotations are printed; anything but verbatim needs an edit that a person approved.
        edit: As it was approved.

    Raises:
        NotApproved: If the style asks for an edit that is not there, or that does more than the style allows.
        NotVerbatim: If the words under the offsets are no longer those that were coded.
        MayNotBeQuoted: If the participant, or the source, may not be quoted.
    """
    span = coding.unit.span
    # One that was not found again may stand on the same words of somebody else.
    if coding.anchor in WAITING or transcript.text[span.start : span.end] != coding.unit.text:
        raise NotVerbatim(str(span))
    if participant is not None and not participant.may_quote:
        raise MayNotBeQuoted(str(span), participant.id)
    if not transcript.may_quote:
        raise SourceMayNotBeQuoted(str(span))
    whole = rendered(transcript.text, register, transcript=transcript.id)
    words = " ".join(whole.between(span.start, span.end).split())
    if edit is not None and is_cut(edit):
        words = _cut(coding, edit, whole, style)
    elif style != VERBATIM:
        words = _as_approved(coding, edit, style, register)
    whose = [*_attribution(participant, attribution, register), *([redact(source, register)] if source else [])]
    return Quotation(words, coding.id, span, f"({', '.join(whose)})" if whose else "", transcript.kind)


def _cut(coding: Coding, edit: QuotationEdit, whole: Rendered, style: str) -> str:
    """Return the verbatim pieces of a quotation that a person kept, rendered, with `[…]` for what was left out."""
    span = coding.unit.span
    if edit.raw != " ".join(coding.unit.text.split()):
        raise NotApproved(str(span), style, "the words were changed since it was cut")
    pieces = cut_pieces(coding.unit.text, edit.edited)
    if not pieces:
        raise NotApproved(str(span), style, "a cut quotation has other words than were said, or in another order")
    shown = (" ".join(whole.between(span.start + a, span.start + b).split()) for a, b in pieces)
    first, last = (CUT if edit.edited.strip()[slice(*ends)] == CUT else "" for ends in ((0, 3), (-3, None)))
    return " ".join(filter(None, (first, f" {CUT} ".join(shown), last)))


def _as_approved(coding: Coding, edit: QuotationEdit | None, style: str, register: Register) -> str:
    """Return the words of a quotation as a person approved them, rendered."""
    place, said = str(coding.unit.span), " ".join(coding.unit.text.split())
    if style not in STYLES:
        raise NotApproved(place, style, f"there are {', '.join(STYLES)}")
    if edit is None:
        raise NotApproved(place, style, "nobody has approved how this quotation is printed")
    if edit.raw != said:
        raise NotApproved(place, style, "the words were changed since it was approved")
    if why := beyond(edit, style):
        raise NotApproved(place, style, f"what was approved does more: {why}")
    shown = rendered(edit.edited, register)
    if shown.open or len(find_forms(edit.edited, everything_known(register))) != len(
        find_forms(said, everything_known(register))
    ):
        raise NotApproved(place, style, "a name in it is not found again in the edited words")
    return shown.text


def _attribution(participant: Participant | None, style: str, register: Register) -> list[str]:
    if participant is None:
        return []
    fields = [field.strip() for field in style.split(",")]
    shown = [participant.id if field == "id" else participant.attributes.get(field, "") for field in fields]
    return [redact(value, register) if value != participant.id else value for value in shown if value]
