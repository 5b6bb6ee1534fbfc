"""The files of a study that is handed on: codebook, themes, participants, settings, with ids in the place of names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualkit import study as studies
from qualkit.anonymisation.redactor import Register, redact
from qualkit.coding.codings import render_codings
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import Coding, Ethics, Settings
from qualkit.outgoing import Outgoing
from qualkit.settings import render_settings
from qualkit.themes.themes_edits import change_themes
from qualkit.transcripts.canonical import render_transcript
from qualkit.yamltext import Node, parse_yaml, quoted

README = "README.md"

_NAMED = frozenset("id guid parent codes quotations members level colour language".split())
"""Keys whose values name something: with other words they would mean something else."""

_PATTERNS = frozenset("rules any all unless speakers".split())
"""Keys whose values are looked for: a name in one is looked for as it is printed, without brackets."""

_COMMENT = re.compile(r"(?<=\n)[ \t]*#.*\n?|[ \t]+#.*")


def shared_files(
    material: Material, going: Outgoing, register: Register, *, attributes: Sequence[str], reviewed: bool
) -> dict[str, bytes]:
    """Return the files of a study that is handed on, by path.

    Args:
        material: Of the study.
        going: Of it.
        register: What must not be printed.
        attributes: Columns of participants.csv that are handed on.
        reviewed: Whether everything in it that could identify somebody was decided; the study says which.
    """
    settings = material.study.settings
    files = {
        studies.SETTINGS: render_settings(_settings(material, going, register, attributes)).encode(),
        studies.CODEBOOK: redacted_yaml(studies.codebook_text(material.study), studies.CODEBOOK, register).encode(),
        README: _readme(material, going, register, reviewed=reviewed).encode(),
    }
    themes = studies.themes_text(material.study)
    if themes:
        ids = {coding.id for coding in going.codings}
        chosen = {
            name for theme in (*material.themes, *material.dropped) for one in theme.walk() for name in one.quotations
        }
        kept = change_themes(themes, "quotations", dict.fromkeys(sorted(chosen - ids)))
        files[studies.THEMES] = redacted_yaml(kept, studies.THEMES, register).encode()
    if going.participants:
        files[studies.PARTICIPANTS[0]] = _participants(material, going, register, attributes, settings.language)
    for one in going.transcripts.values():
        files[f"transcripts/{one.transcript.id}.txt"] = render_transcript(one.transcript).encode()
    by_file: dict[str, list[Coding]] = {}
    for coding in going.codings:
        by_file.setdefault(f"codings/{coding.coder}/{coding.unit.span.transcript}.jsonl", []).append(coding)
    return {**files, **{path: render_codings(codings) for path, codings in by_file.items()}}


def _settings(material: Material, going: Outgoing, register: Register, attributes: Sequence[str]) -> Settings:
    settings = material.study.settings
    fields = [field.strip() for field in settings.attribution.split(",")]
    asking = {s.label for one in going.transcripts.values() for s in one.transcript.speakers if s.role == "interviewer"}
    return replace(
        settings,
        title=redact(settings.title, register),
        questions=tuple(redact(question, register) for question in settings.questions),
        coders=tuple(sorted({coding.coder for coding in going.codings if not coding.coder.startswith("_")})),
        originals=("originals",),
        sources=(),
        interviewers=tuple(sorted(asking)),
        attribution=", ".join(field for field in fields if field == "id" or field in attributes) or "id",
        ethics=Ethics(settings.ethics.deletion_date),
    )


def _participants(
    material: Material, going: Outgoing, register: Register, attributes: Sequence[str], language: str
) -> bytes:
    told = {person.id: person.attributes for person in material.participants}
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\n")
    table.writerow(["id", "may_quote", *attributes])
    no = "no" if language == "en" else "nei"
    for person in going.participants:
        values = [redact(told[person.id].get(name, ""), register) if person.may_quote else "" for name in attributes]
        table.writerow([person.id, "" if person.may_quote else no, *values])
    return text.getvalue().encode("utf-8-sig")


def redacted_yaml(text: str, file: str, register: Register) -> str:
    """Return a YAML file with ids in the place of names and without comments; ids, patterns and its form stay.

    Example:
        >>> from qualkit.anonymisation.redactor import Register
        >>> text = "codes:\\n- id: tid  # Kari sa det\\n  name: Tid\\n  examples: [Kari venter, ja]\\n"
        >>> print(redacted_yaml(text, "codebook.yaml", Register({}, {"Kari": "P1"})), end="")
        codes:
        - id: tid
          name: Tid
          examples: ["[P1] venter", ja]
    """
    root, _ = parse_yaml(text, file, "")
    scalars = sorted(_scalars(root), key=lambda item: -item[0].start) if root is not None else []
    after = len(text)
    pieces: list[str] = []
    for node, what in scalars:
        pieces.append(_without_comments(text[node.end : after]))
        shown = node.value if what == "id" else redact(node.value, register)
        if what == "pattern" and shown != node.value:
            shown = node.value if shown.startswith("re:") else re.sub(r"[\[\]]", "", shown)
        pieces.append(quoted(shown) if shown != node.value else text[node.start : node.end])
        after = node.start
    pieces.append(_without_comments("\n" + text[:after])[1:])
    return "".join(reversed(pieces))


def _without_comments(between: str) -> str:
    """Return what stands between two values without comments: those are notes that nobody decides about."""
    return _COMMENT.sub("", between)


def _scalars(root: Node) -> Iterator[tuple[Node, str]]:
    """Yield every scalar, and what it is: an "id", which stays, a "pattern", or text."""
    waiting = [(root, "")]
    while waiting:
        node, what = waiting.pop()
        if node.kind == "scalar":
            yield node, what
        elif node.kind == "mapping":
            waiting += [(key, "id") for key in node.keys]
            waiting += [(value, _kind(key.value, value) or what) for key, value in node.pairs()]
        else:
            waiting += [(item, what) for item in node.items]


def _kind(key: str, value: Node) -> str:
    if key in _NAMED:
        return "" if _of_codes(value) else "id"
    return "pattern" if key in _PATTERNS else ""


def _of_codes(value: Node) -> bool:
    """Return whether this is the codebook's list of codes, not a theme's list of their ids."""
    return value.kind == "sequence" and any(item.get("name") is not None for item in value.items)


def _readme(material: Material, going: Outgoing, register: Register, *, reviewed: bool) -> str:
    """Return what the study says of itself to whom it is handed on."""
    language = material.study.settings.language
    left = going.left

    def line(key: str, **values: object) -> str:
        return f"- {printed(key, language, **values)}\n"

    facts = [line("shared-counts", transcripts=len(going.transcripts), codings=len(going.codings))]
    if left.people:
        facts.append(line("shared-people", number=len(left.people)))
    if left.sources or left.interviews:
        facts.append(line("shared-sources", number=len(left.sources) + len(left.interviews)))
    if left.codings or left.waiting:
        facts.append(line("shared-codings", number=left.codings + left.waiting))
    title = redact(material.study.settings.title, register) or printed("results", language)
    mark = "shared-pseudonymised" if reviewed else "shared-unreviewed"
    return f"# {title}\n\n{printed(mark, language)}\n\n{''.join(facts)}\n{printed('shared-open', language)}\n"
