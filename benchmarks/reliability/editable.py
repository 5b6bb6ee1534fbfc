"""Files of a study that a person may edit, as what is fuzzed: each is read, and where it is sound it is edited too.

An edit of a sound file leaves a sound file; of a file with faults it may refuse, and nothing else.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from qualkit.errors import Problem, QualkitError
from qualkit.transcripts.raw import UnreadableOriginal

Parse = Callable[[str], Sequence[Problem]]
Edit = Callable[[str], str]

_BY = {"by": "ida", "date": "2026-03-02"}


def _edited(parse: Parse, edits: Sequence[Edit], data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    problems = parse(text)
    sound = not any(problem.severity == "error" for problem in problems)
    # The commands edit no file with faults; one that does not find its place there says so by a KeyError.
    refusals = (QualkitError,) if sound else (QualkitError, KeyError)
    for edit in edits:
        with contextlib.suppress(*refusals):
            made = edit(text)
            if sound:
                assert not any(problem.severity == "error" for problem in parse(made)), "an edit made it faulty"


def _condensates() -> tuple[Parse, list[Edit]]:
    from qualkit.condensation import condensates_edits as edits
    from qualkit.condensation.condensatesfile import parse_condensates
    from qualkit.condensation.following import withdraw_units

    return lambda text: parse_condensates(text)[1], [
        lambda text: edits.write_text(text, "a", "condensate", "Jeg: «nei» #\nog så", **_BY),
        lambda text: edits.place_unit(text, "k9", "a", why="x: y"),
        lambda text: edits.without_unit(text, "k1"),
        lambda text: withdraw_units(text, ["k1"]),
        lambda text: edits.add_subgroup(text, "telefon", "Ny: gruppe")[0],
    ]


def _condensed() -> tuple[Parse, list[Edit]]:
    from qualkit.condensation.condensedfile import change_condensed, parse_condensed, write_condensed

    return lambda text: parse_condensed(text)[1], [
        lambda text: write_condensed(text, "k1", "Alene: #", **_BY),
        lambda text: write_condensed(text, "k9", "Alene", **_BY),
        lambda text: change_condensed(text, {"k1": None}),
    ]


def _framework() -> tuple[Parse, list[Edit]]:
    from qualkit.themes.framework_edits import change_framework, without_case, write_summary
    from qualkit.themes.frameworkfile import parse_framework

    return lambda text: parse_framework(text)[1], [
        lambda text: write_summary(text, "K1", "ringe", "Ringer: «nei» #\nog", **_BY),
        lambda text: write_summary(text, "K9", "vente", "Venter", **_BY),
        lambda text: change_framework(text, {"ringe": "vente"}, {"k1": None}),
        lambda text: without_case(text, "K1", ["k2"]),
    ]


def _reflections() -> tuple[Parse, list[Edit]]:
    from qualkit.reflections.reflections_edits import add_entry, only_own, without_transcripts
    from qualkit.reflections.reflectionsfile import parse_reflections

    said = {"transcript": "K1", "date": "2026-03-02", "text": "Uro: «x» #\nog"}
    return lambda text: parse_reflections(text, "reflections/ida.yaml", "ida")[1], [
        lambda text: add_entry(text, "ida", "impression", said),
        lambda text: without_transcripts(text, ["K1"]),
        only_own,
    ]


def _quotations() -> tuple[Parse, list[Edit]]:
    from qualkit.anonymisation.wording_edits import with_edit, without_edit
    from qualkit.anonymisation.wordings import QuotationEdit, parse_edits

    return lambda text: parse_edits(text)[1], [
        lambda text: with_edit(text, QuotationEdit("k1", "Æ ringt.", "Jeg ringte: #", "ida", "2026-03-02")),
        lambda text: with_edit(text, QuotationEdit("k9", "Æ ringt.", "Æ […]", "ida", "2026-03-02")),
        lambda text: without_edit(text, "k1"),
    ]


def _themes() -> tuple[Parse, list[Edit]]:
    from qualkit.themes.mapfile import parse_announced, parse_map
    from qualkit.themes.quotation_edits import set_quotations
    from qualkit.themes.themesfile import parse_themes

    def parse(text: str) -> list[Problem]:
        return [
            *parse_themes(text, "themes.yaml")[1],
            *parse_map(text, "themes.yaml")[1],
            *parse_announced(text, "themes.yaml")[1],
        ]

    def choose(text: str) -> str:
        there = any(theme.id == "a" for theme in parse_themes(text, "themes.yaml")[0])
        return set_quotations(text, "a", "quotations", ["k1", "k2"]) if there else text

    return parse, [choose]


def _read_only(module: str, name: str, data: bytes) -> None:
    from importlib import import_module

    getattr(import_module(module), name)(data.decode("utf-8", "replace"))


def _query(data: bytes) -> None:
    from qualkit.coding.query_parser import parse_query

    with contextlib.suppress(QualkitError):
        parse_query(data.decode("utf-8", "replace"))


def _split(data: bytes) -> None:
    from qualkit.splitting import read_decisions

    with contextlib.suppress(QualkitError):
        read_decisions(data, "split.csv")


def _qdc(data: bytes) -> None:
    from qualkit.refi.qdc import read_qdc

    with contextlib.suppress(QualkitError):
        read_qdc(data, "codebook.qdc")


def _workbook_back(data: bytes) -> None:
    """Read a framework workbook whose cells hold the input: a row a line, a cell between two tabs."""
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    from qualkit.framework_workbook import SIGN

    book, made = Workbook(), io.BytesIO()
    for row in data.decode("utf-8", "replace").replace("SIGN", SIGN).split("\n")[:100]:
        with contextlib.suppress(IllegalCharacterError):
            book.active.append([cell[:32_000] for cell in row.split("\t")[:30]])
    book.save(made)
    _workbook(made.getvalue())


def _workbook(data: bytes) -> None:
    from qualkit.framework_workbook import _compared
    from qualkit.material import Material
    from qualkit.model import Codebook, Participant, Settings, Study, Theme

    with tempfile.TemporaryDirectory(prefix="qualkit-fuzz-") as folder:
        path = Path(folder, "matrix.xlsx")
        path.write_bytes(data)
        themes = (Theme("ringe", "Om å ringe"), Theme("vente", "Om å vente"))
        people = (Participant("K1"), Participant("K2"))
        material = Material(Study(Path(folder), Settings("")), Codebook(), themes, people, {}, (), ())
        with contextlib.suppress(QualkitError, UnreadableOriginal):
            wanted, _, problems = _compared(material, path)
            assert not any(text.startswith("=") for text in wanted.values()), "a formula came back"
            assert all(problem.hint for problem in problems)


def _sheet(data: bytes) -> None:
    """Read a condensing sheet whose document is the input."""
    import zipfile

    from qualkit.sheets import _read

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", data)
    with contextlib.suppress(QualkitError, UnreadableOriginal):
        _read(made.getvalue())


_CONDENSATES = b"""# ours
groups:
  - code: telefon
    name: Telefon
    was: [Nummer]
    subgroups:
      - id: a
        name: Alene
        units:
          - k1
          - {id: k2, moved-to: b, why: annet}
          - {id: k3, set-aside: mottak}
        start: k1
        golden: k1
        condensate: |
          Jeg ringer.
        by: ida
        date: 2026-03-02
        versions: [{text: Nei, by: ida, date: 2026-02-20}]
      - {id: b, name: B, units: [k2]}
"""
_FRAMEWORK = b"""cells:
  - case: K1
    theme: ringe
    summary: |
      Ringer.
    by: ida
    date: 2026-03-02
    passages: [k1, {coding: k2, words: 0123456789}]
    versions:
      - {text: Ringte, by: ida, date: 2026-02-01}
  - {case: K2, theme: vente, summary: Venter}
"""
_REFLECTIONS = b"""preconceptions:
- {date: 2026-02-20, text: Jeg venter.}
impressions:
  - transcript: K1
    date: 2026-03-02
    text: |
      Uro.
themes:
- {name: Ingen, why: natta, date: 2026-03-02}
- {name: Alene, was: Ingen, date: 2026-03-04}
notes:
- {transcript: K1, text: vi}
journal: [{date: 2026-03-03, text: Min avdeling.}]
power: [{dimension: aim, text: Smalt.}]
verdicts: [{transcript: K1, verdict: nuances, text: Nei, changed: alle}]
asked: [{transcript: K1, question: skje, words: Hva skjedde}]
"""
_IDENTITIES = b"""format: 1
seed: 730912
identities:
- id: p1
  forms: [Kari Nes, Kari]
  type: person
  class: direct
  action: pseudonym
  print: {nb: Berit, en: Berit}
  participant: K1
  only: ["K2:204-208"]
passed:
- {form: Norge}
"""
_DECISIONS = b"""format: 1
decisions:
- {form: Gunvor, action: pseudonym, type: person}
- {forms: [Halden], action: generalise, print: en by}
- {form: Norge, action: pass, reason: alle}
"""
_MAP = b"""themes:
- {id: a, heading: A, codes: [telefon], quotations: [k1]}
announced:
- {where: Skisse, date: "2026-01-15", by: ida, themes: [{id: a, heading: A}]}
map:
  nodes: [a, {id: b, x: 0.1, y: 0.8}, "code:telefon"]
  links: [{from: a, to: b, name: er, arrow: to}]
  together: 2
"""
_SHEET = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:sdt><w:sdtPr>'
    '<w:tag w:val="qualkit-condensate"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Jeg</w:t></w:r></w:p></w:sdtContent>'
    "</w:sdt></w:body></w:document>"
)
_QUOTATIONS = """- coding: k1
  raw: Æ ringt.
  edited: Jeg ringte.
  by: ida
  date: 2026-03-02
- {coding: k2, raw: A, edited: A, by: ola}
""".encode()
_QDC = b"""<CodeBook xmlns="urn:QDA-XML:codebook:1.0">
<Codes><Code guid="A" name="a" isCodable="true"/></Codes></CodeBook>"""
_MATRIX = b"Matrise\nSIGN\t\tringe\tvente\n\tCase\tRinge\tVente\nK1\tK1\tRinger\t=1+1\nK2\tK2\t\t\n"

FEEDS: Mapping[str, tuple[Callable[[bytes], None], bytes]] = {
    "condensates.yaml": (lambda data: _edited(*_condensates(), data), _CONDENSATES),
    "condensed.yaml": (
        lambda data: _edited(*_condensed(), data),
        b"units:\n- coding: k1\n  text: Alene\n  by: ida\n  date: 2026-03-02\n- {coding: k2, text: B}\n",
    ),
    "framework.yaml": (lambda data: _edited(*_framework(), data), _FRAMEWORK),
    "reflections": (lambda data: _edited(*_reflections(), data), _REFLECTIONS),
    "quotations.yaml": (lambda data: _edited(*_quotations(), data), _QUOTATIONS),
    "themes.yaml with a map": (lambda data: _edited(*_themes(), data), _MAP),
    "guide.yaml": (
        partial(_read_only, "qualkit.coding.guidefile", "parse_guide"),
        b"title: G\nversion: 3\nquestions:\n  - {id: a, part: P, question: Hva?, rules: ['lemma:ringe', 're:a+']}\n",
    ),
    "reporting.yaml": (
        partial(_read_only, "qualkit.reporting", "parse_reporting"),
        b"format: 1\ncoreq:\n  10: Strategisk\n  13: {text: To, page: 31}\n",
    ),
    "identities.yaml": (partial(_read_only, "qualkit.anonymisation.identities", "parse_identities"), _IDENTITIES),
    "decisions.yaml": (partial(_read_only, "qualkit.anonymisation.decisionsfile", "parse_decisions"), _DECISIONS),
    "query": (_query, b"lemma:ringe NOT (code:varsel OR rolle=lege) NEAR/5 'over helga'"),
    "split decisions": (_split, b"coding;code\nk1;telefon\nk2;vente\n"),
    "codebook.qdc": (_qdc, _QDC),
    "framework.xlsx inside": (_workbook_back, _MATRIX),
    "condensing sheet inside": (_sheet, _SHEET.encode()),
}
"""What is fed by the name of its file, with a sound one."""
