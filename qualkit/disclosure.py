"""The disclosure report: what is decided, what waits, and what could still tell a reader who somebody is.

It judges nothing and declares nothing anonymous. It names participants' ids and places, never a word that was said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualkit import scanning
from qualkit import study as studies
from qualkit.anonymisation.betrayals import dialect_words, gender_told, pronouns_about
from qualkit.anonymisation.candidates import Candidate, Wanted
from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.masked import masked_spans
from qualkit.clearing import TELLS_WHO
from qualkit.document import Block, Document, Heading, Paragraph
from qualkit.identity import ACTIONS, CLASSES, Identities, Identity
from qualkit.material import Material
from qualkit.model import Extract, Span, Theme
from qualkit.scanning import Detectors
from qualkit.table import Cell, Column, Table
from qualkit.uniqueness import FEW, cell_sizes, singled_out

MOSAIC = 3
"""So many indirect identifiers of one participant, over all their quotations, are told of."""

_DIALECT = 3
_TELLING = ("indirect", "strong-indirect")
OVERRIDE = "export unreviewed"
"""What the trail says of an export that was written before everything in it was decided."""

_GENDER = frozenset("kjønn kjonn gender sex".split())
_VERDICT = (
    "While originals, transcripts or a register exist, the material is pseudonymised and not anonymous. Whether "
    "somebody can be recognised depends on what readers know: that judgement is yours, and this report is no proof."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that could tell who somebody is.

    Attributes:
        about: The question it answers: "Mosaic".
        who: A participant's or transcript's id, or "".
        count: How many there are of it.
        what: What was found.
        why: What it means, or what can be done.
    """

    about: str
    who: str
    count: int
    what: str
    why: str


def counts_table(material: Material, identities: Identities) -> Table:
    """Return the identities of a register, and their places in the study, by class and action."""
    places: Counter[str] = Counter()
    for name, transcript in material.transcripts.items():
        places.update(
            found.identity.id
            for found in find_forms(transcript.text, identities, transcript=name)
            if not found.ambiguous
        )
    rows: list[tuple[Cell, ...]] = []
    for cls in CLASSES:
        for action in ACTIONS:
            alike = [one for one in identities.identities if one.decided and one.cls == cls and one.action == action]
            if alike:
                rows.append((cls, action, len(alike), sum(places[one.id] for one in alike)))
    if undecided := sum(not one.decided for one in identities.identities):
        rows.append(("", "not decided", undecided, None))
    if identities.passed:
        rows.append(("", "let through", len(identities.passed), None))
    columns = (
        Column("class", "Class", groups=True),
        Column("action", "What becomes of it"),
        Column("identities", "Identities", "count"),
        Column("places", "Places in transcripts", "count"),
    )
    return Table("disclosure-counts", "What is decided", columns, tuple(rows))


def findings_table(found: Sequence[Finding]) -> Table:
    """Return findings as a table."""
    columns = (
        Column("about", "About", groups=True),
        Column("who", "Who"),
        Column("count", "Count", "count"),
        Column("what", "What was found"),
        Column("why", "What it means"),
    )
    rows = tuple((one.about, one.who, one.count, one.what, one.why) for one in found)
    return Table("disclosure", "What could still tell who somebody is", columns, rows, (_VERDICT,))


def disclosure_document(tables: Sequence[Table], title: str) -> Document:
    """Return the report as a document."""
    blocks: list[Block] = [Heading("Disclosure report"), Paragraph(_VERDICT), *tables]
    return Document(title or "Disclosure report", "en", tuple(blocks))


def findings(
    material: Material, identities: Identities, queue: Sequence[Candidate], detectors: Detectors | None = None
) -> list[Finding]:
    """Return everything that could tell who somebody is, in the order of the questions.

    Args:
        material: Of the study.
        identities: Its register.
        queue: What waits to be decided.
        detectors: All of qualkit's, if none are given.
    """
    printed = _printed(material)
    return [
        *_waiting(queue),
        *_attributes(material),
        *_never_quoted(material, printed),
        *_mosaic(material, identities, printed, detectors or scanning.every_detector()),
        *_gender(material, printed),
        *_dialect(material, identities, printed),
        *_overrides(material),
        *_masked(material, queue),
    ]


def _printed(material: Material) -> dict[str, list[Extract]]:
    """Return, by participant, the passages that are printed: those chosen, or all accepted ones while none is."""
    chosen = {name for theme in _themes(material.themes) for name in theme.quotations}
    accepted = material.accepted()
    extracts = [one for one in accepted if one.coding.id in chosen] or accepted
    by_participant: dict[str, list[Extract]] = defaultdict(list)
    for one in extracts:
        if one.participant and one.coding.unit.span.transcript in material.transcripts:
            by_participant[one.participant].append(one)
    return by_participant


def _themes(themes: Iterable[Theme]) -> Iterator[Theme]:
    for theme in themes:
        yield theme
        yield from _themes(theme.subthemes)


def _waiting(queue: Sequence[Candidate]) -> Iterator[Finding]:
    counts = Counter(one.cls for one in queue)
    for cls in CLASSES:
        if counts[cls]:
            what = f"words that are {cls}, if they are what detectors take them for"
            yield Finding("Waits to be decided", "", counts[cls], what, "qualkit anonymise decide")


def _attributes(material: Material) -> Iterator[Finding]:
    people = material.participants
    names = dict.fromkeys(name for person in people for name in person.attributes)
    columns = [name for name in names if name.casefold() not in TELLS_WHO]
    if not columns:
        return
    sizes = cell_sizes(people, columns)
    few = sum(size < FEW for size in sizes.values())
    if few:
        what = f"participants share all their values with fewer than {FEW - 1} others"
        why = "A table by several columns at once shows small cells: compare by one column, or by wider values."
        yield Finding("Attributes", "", few, what, why)
    for identifier, alone in singled_out(people, columns).items():
        what = f"nobody else has the same {' + '.join(alone)}"
        yield Finding("Attributes", identifier, 1, what, "Print wider values of these columns, or leave one out.")


def _never_quoted(material: Material, printed: Mapping[str, Sequence[Extract]]) -> Iterator[Finding]:
    people = material.people()
    silent = [name for name in people if name not in printed]
    if not printed or len(silent) == len(people):
        return
    for name in silent:
        why = (
            "Whoever knows who took part, and recognises the others, knows by that who this is, and what was left out."
        )
        yield Finding("Nobody quotes", name, 0, "no quotation of this participant is printed", why)


def _mosaic(
    material: Material, identities: Identities, printed: Mapping[str, Sequence[Extract]], detectors: Detectors
) -> Iterator[Finding]:
    for name, extracts in printed.items():
        telling: dict[str, None] = {}
        for transcript, spans in _by_transcript(extracts).items():
            record = material.transcripts[transcript]
            inside = scanning.in_passages(spans)
            for one in _telling_identities(record.text, transcript, identities, inside):
                telling[f"{one.type} {one.id}"] = None
            for hit in scanning.hits_in(material.study, record, detectors):
                place = Span(transcript, hit.start, hit.end)
                if hit.cls in _TELLING and inside(place) and not _covered(place, record.text, identities):
                    telling[f"{hit.type} {place}"] = None
        if len(telling) >= MOSAIC:
            what = f"indirect identifiers over all quotations: {', '.join(list(telling)[:12])}"
            why = "Each alone tells little; together they can tell who it is. Widen some, or quote somebody else."
            yield Finding("Mosaic", name, len(telling), what, why)


def _by_transcript(extracts: Sequence[Extract]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in extracts:
        spans[one.coding.unit.span.transcript].append(one.coding.unit.span)
    return spans


def _telling_identities(text: str, transcript: str, identities: Identities, inside: Wanted) -> Iterator[Identity]:
    """Yield identities of which something is told in print: generalised, in a band, or kept."""
    for found in find_forms(text, identities, transcript=transcript):
        one = found.identity
        told = one.action in ("generalise", "band", "keep") and one.cls in _TELLING
        if told and inside(Span(transcript, found.start, found.end)):
            yield one


def _covered(place: Span, text: str, identities: Identities) -> bool:
    """Return whether a place belongs to an identity of the register, which is counted by itself."""
    first, last = max(0, place.start - scanning.WINDOW), place.end + scanning.WINDOW
    found = find_forms(text[first:last], identities, transcript=place.transcript, offset=first)
    return any(one.start + first < place.end and place.start < one.end + first for one in found)


def _gender(material: Material, printed: Mapping[str, Sequence[Extract]]) -> Iterator[Finding]:
    columns = {name for person in material.participants for name in person.attributes}
    shown = {part.strip() for part in material.study.settings.attribution.split(",")}
    for column in sorted(columns):
        if column.casefold() in _GENDER and column in shown:
            why = "Everybody's gender stands behind every quotation. Take it out of “attribution” in study.yaml."
            yield Finding("Gender", "", len(material.participants), f"“{column}” is printed with quotations", why)
    own = list(scanning.own_sources(material.study))
    for name in material.people():
        places = [
            str(
                Span(
                    one.coding.unit.span.transcript,
                    one.coding.unit.span.start + start,
                    one.coding.unit.span.start + end,
                )
            )
            for one in printed.get(name, ())
            for start, end in gender_told(one.coding.unit.text)
        ]
        places += [source.where for source in own for _ in pronouns_about(source.text, name) if source.where]
        if places:
            what = f"a gender is told at {', '.join(dict.fromkeys(places))}"
            why = "Where few of one gender took part, this tells who it is. Write “the informant”, or cut the words."
            yield Finding("Gender", name, len(places), what, why)


def _dialect(material: Material, identities: Identities, printed: Mapping[str, Sequence[Extract]]) -> Iterator[Finding]:
    if material.study.settings.quotation_style == "normalised":
        return
    for name, extracts in printed.items():
        words = 0
        kinds: set[str] = set()
        for transcript, spans in _by_transcript(extracts).items():
            record = material.transcripts[transcript]
            words += sum(dialect_words(record.text[span.start : span.end], record.language) for span in spans)
            inside = scanning.in_passages(spans)
            kinds |= {one.type for one in _telling_identities(record.text, transcript, identities, inside)}
        told = [kind for kind in ("place", "role") if kind in kinds]
        if words >= _DIALECT and told:
            what = f"dialect words in the quotations of one of whom a {' and a '.join(told)} is told, too"
            why = "Dialect, place and role together can tell who speaks. Normalise the words, or widen the place."
            yield Finding("Dialect, place, role", name, words, what, why)


def _overrides(material: Material) -> Iterator[Finding]:
    for one in studies.read_trail(material.study)[0]:
        if one.what == OVERRIDE:
            why = "It is marked as not anonymised; see that it went no further than it was meant to."
            yield Finding("Written unreviewed", one.who, 1, f"{one.object}, {one.when[:10]}: {one.why}", why)


def _masked(material: Material, queue: Sequence[Candidate]) -> Iterator[Finding]:
    """Tell of transcripts that were masked when they were written, and of what was forgotten there."""
    direct = Counter(span.transcript for one in queue if one.cls == "direct" for span in one.spans)
    for name, record in material.transcripts.items():
        masked = len(masked_spans(record.text))
        if not masked:
            continue
        left = direct[name]
        what = f"places were masked before; {left or 'none'} that may be direct identifiers wait{'' if left else 's'}"
        why = "What was forgotten stands in the queue." if left else "The masking holds, as far as detectors see."
        yield Finding("Masked before", name, masked, what, why)
