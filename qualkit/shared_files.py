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

_NAMED = frozenset("id guid parent codes quotations members rules any all unless level colour language".split())
"""Keys whose values name something or are patterns: with other words they would mean something else."""

_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*", re.MULTILINE)


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
        chosen = {name for theme in material.themes for one in (theme, *theme.subthemes) for name in one.quotations}
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
    """Return a YAML file with ids in the place of names; what it is about, ids and patterns stay, and so does its form.

    Example:
        >>> from qualkit.anonymisation.redactor import Register
        >>> text = "codes:\\n- id: tid  # Kari sa det\\n  name: Tid\\n  examples: [Kari venter, ja]\\n"
        >>> print(redacted_yaml(text, "codebook.yaml", Register({}, {"Kari": "P1"})), end="")
        codes:
        - id: tid  # [P1] sa det
          name: Tid
          examples: ["[P1] venter", ja]
    """
    root, _ = parse_yaml(text, file, "")
    scalars = sorted(_scalars(root), key=lambda item: -item[0].start) if root is not None else []
    after = len(text)
    pieces: list[str] = []
    for node, fixed in scalars:
        pieces.append(_comments(text[node.end : after], register))
        shown = node.value if fixed else redact(node.value, register)
        pieces.append(quoted(shown) if shown != node.value else text[node.start : node.end])
        after = node.start
    pieces.append(_comments(text[:after], register))
    return "".join(reversed(pieces))


def _comments(between: str, register: Register) -> str:
    """Return what stands between two values with no name in its comments."""
    return _COMMENT.sub(lambda found: redact(found.group(), register), between)


def comments_in(text: str, file: str) -> Iterator[tuple[int, str]]:
    """Yield the comments of a YAML file with their lines.

    Example:
        >>> list(comments_in("codes:\\n- id: tid  # Kari sa det\\n  name: '# tid'\\n", "codebook.yaml"))
        [(2, '# Kari sa det')]
    """
    root, _ = parse_yaml(text, file, "")
    places = sorted((node.start, node.end) for node, _ in _scalars(root)) if root is not None else []
    for found in _COMMENT.finditer(text):
        if not any(start <= found.start() < end for start, end in places):
            yield text.count("\n", 0, found.start()) + 1, found.group()


def _scalars(root: Node) -> Iterator[tuple[Node, bool]]:
    """Yield every scalar, and whether it must stay as it is."""
    waiting = [(root, False)]
    while waiting:
        node, fixed = waiting.pop()
        if node.kind == "scalar":
            yield node, fixed
        elif node.kind == "mapping":
            waiting += [(key, True) for key in node.keys]
            waiting += [(value, fixed or (key.value in _NAMED and not _of_codes(value))) for key, value in node.pairs()]
        else:
            waiting += [(item, fixed) for item in node.items]


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
