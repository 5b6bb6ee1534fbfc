"""The codebook's ways out and back: to Word, Excel, CSV and other programs, and as a proposal from them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualkit import study as studies
from qualkit.anonymisation.redactor import redact
from qualkit.clearing import Draft, register_of
from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codebook_diff import Change, Incoming, compare_codebooks
from qualkit.coding.codebook_edits import apply_changes, set_guids
from qualkit.coding.codebook_sheet import codebook_sheet, read_codebook_sheet
from qualkit.coding.descriptions import describe
from qualkit.document import CaptionStyle, Document
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.exporting import refuse_to_overwrite, with_examples, write_exported
from qualkit.gate import text_of_file, words_of
from qualkit.language.printed import printed
from qualkit.material import load_material
from qualkit.model import RULES_CODER, Code, Codebook, Decision, Study
from qualkit.passing import passed
from qualkit.publishing import WrongEnding
from qualkit.rendering import framework
from qualkit.table import Column, Table
from qualkit.text import sha256_hex
from qualkit.undoing import recorded

ENDINGS = {"word": ".docx", "excel": ".xlsx", "csv": ".csv", "qdc": ".qdc"}
"""By kind of export."""


class StillCoded(QualkitError):
    """Codes would be taken out that passages have."""

    def __init__(self, counts: Sequence[tuple[str, int]]) -> None:
        listed = ", ".join(f"{code} ({count})" for code, count in counts)
        super().__init__(
            f"codings have codes that would be taken out: {listed}",
            "Apply without --remove, which leaves these codes as they are; or recode the passages first.",
        )


class CodebookMoved(QualkitError):
    """codebook.yaml was changed while the proposal was looked at."""

    hint = "Run the command again, and look at the proposal once more."

    def __init__(self) -> None:
        super().__init__("codebook.yaml was changed meanwhile; nothing was written")


# --- out ----------------------------------------------------------------------------------------------------


def export_codebook(
    study: Study,
    kind: str,
    *,
    path: Path | None = None,
    examples: bool = True,
    force: bool = False,
    draft: Draft | None = None,
) -> tuple[Path, list[str]]:
    """Write the codebook as a file that passes the gate.

    Examples are informants' words: they go through the redactor, and what stands in them is decided, as in any print.
    For a `.qdc` file every code needs a GUID by which other programs know it again. It is made once, at
    random, and kept in codebook.yaml: made from name or place it would change with them, and a code renamed
    here would come back from the other program as a new one.

    Args:
        study: Whose codebook it is.
        kind: One of `ENDINGS`.
        path: Where to, a file or a folder; None for the study's exports/.
        examples: Whether informants' words in examples are written.
        force: Write over a file that is there.
        draft: Who wants it before everything in it is decided, and why.

    Returns:
        The file, and a sentence for everything that is not in it.

    Raises:
        FaultyFiles: If the codebook has faults.
        FileIsThere: If the file that was named is there already.
        FileWasEdited: If somebody changed what was exported earlier.
        WrongEnding: If the file named does not end as its kind does.
        Unresolved: If something in the codebook may identify somebody, and nobody has decided about it.
        WouldLeak: If a name of the register stands in the codebook.
    """
    studies.good_codebook(study)
    name = printed("codebook", study.settings.language).casefold() + ENDINGS[kind]
    if path is None or path.is_dir():
        target = (path or studies.exports_folder(study)) / name
    elif path.suffix.casefold() != ENDINGS[kind]:
        raise WrongEnding(path, [ENDINGS[kind]])
    else:
        target = path
    refuse_to_overwrite(study, [target], named=path is not None, force=force)
    language = study.settings.language
    material = load_material(study)
    register = register_of(material)
    codebook = mint_guids(study) if kind == "qdc" else material.codebook
    shown = replace(
        codebook, codes=tuple(with_examples(code, register if examples else None) for code in codebook.codes)
    )
    quoting = any(code.examples for code in shown.walk())
    mark = printed("pseudonymised" if draft is None else "not-anonymised" if quoting else "codebook-mark", language)
    said = [example for code in shown.walk() for example in code.examples]
    data = passed(
        _rendered(shown, kind, mark, study), target, material, said=said, ours=_ours(kind, study), draft=draft
    )
    write_exported(study, {target: data}, draft=draft)
    return target, left_behind(codebook, kind, examples=examples)


def _ours(kind: str, study: Study) -> frozenset[str]:
    """Return the words of a codebook's file whatever the codes are."""
    if kind != "qdc":
        return framework(ENDINGS[kind], study.settings.language, "apa")
    empty = Codebook(title="…", codes=(Code("x", "…", guid=_guid(), colour="#888888"),))
    ours = words_of(text_of_file(_rendered(empty, kind, "…", study)))
    return ours | framework(".csv", study.settings.language, "apa")


def _rendered(codebook: Codebook, kind: str, mark: str, study: Study) -> bytes:
    language = study.settings.language
    title = codebook.title or printed("codebook", language)
    if kind == "qdc":
        from qualkit.refi.qdc import render_qdc

        said = codebook.language or language
        return render_qdc(codebook, {code.id: describe(code, said) for code in codebook.walk()}, mark=mark)
    table = codebook_sheet(codebook, printed("codebook", language))
    if kind == "csv":
        from qualkit.exports.delimited import render_csv, separator

        return render_csv(table, mark=mark, delimiter=separator(language))
    if kind == "excel":
        from qualkit.exports.excel import render_excel

        return render_excel(Document(title, language, (table,), mark))
    from qualkit.exports.word import render_word

    caption: CaptionStyle = "inline" if study.settings.caption == "inline" else "apa"
    return render_word(Document(title, language, (printed_codebook(codebook, language),), mark, caption))


def printed_codebook(codebook: Codebook, language: str) -> Table:
    """Return the codebook as it is printed: code, definition, when to use it and when not, examples."""
    keys = ("definition", "use-when", "not-when", "examples")
    columns = [
        Column("code", printed("code", language)),
        *(Column(key, printed(key, language), "quotation" if key == "examples" else "text") for key in keys),
    ]
    rows = []
    for path in codebook.paths().values():
        code = path[-1]
        told = "\n".join(part for part in (code.brief, code.definition) if part)
        lists = ("\n".join(items) for items in (code.use_when, code.not_when, code.examples))
        rows.append(("\u2003" * (len(path) - 1) + code.name, told, *lists))
    kept = [n for n in range(len(columns)) if n < 2 or any(row[n] for row in rows)]
    title = printed("codebook", language)
    return Table(
        "codebook",
        title,
        tuple(columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
        description=title,
    )


def left_behind(codebook: Codebook, kind: str, *, examples: bool) -> list[str]:
    """Return a sentence for everything that the codebook has and the file has not."""
    codes = list(codebook.walk())
    told = []
    ruled = sum(bool(code.rules) for code in codes)
    if ruled:
        told.append(f"the rules of {ruled} codes: they are qualkit's own")
    noted = sum(bool(code.note) for code in codes)
    if kind in ("qdc", "word") and noted:
        told.append(f"the notes on {noted} codes")
    levelled = sum(code.level != "code" for code in codes)
    if kind == "qdc" and levelled:
        told.append(f"the levels of {levelled} codes: the tree stays")
    if kind != "qdc" and codebook.sets:
        told.append(f"{len(codebook.sets)} sets of codes")
    if not examples and any(code.examples for code in codes):
        told.append("examples, as you asked")
    return told


def mint_guids(study: Study) -> Codebook:
    """Give every code and set a GUID that has none, in codebook.yaml, and return the codebook with them."""
    with studies.locked(study, "qualkit codebook export"):
        text = studies.codebook_text(study)
        codebook, _ = parse_codebook(text)
        codes = {code.id: _guid() for code in codebook.walk() if not code.guid}
        sets = {one.name: _guid() for one in codebook.sets if not one.guid}
        if codes or sets:
            text = set_guids(text, codes, sets)
            minted, problems = parse_codebook(text)
            faults = [problem for problem in problems if problem.severity == "error"]
            if faults or not all(code.guid for code in minted.walk()):
                raise FaultyFiles(faults, "GUIDs cannot be written into codebook.yaml; nothing was written")
            codebook = minted
            studies.save_codebook_text(study, text)
    return codebook


def _guid() -> str:
    return str(uuid.uuid4()).upper()


# --- back ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file would change in the codebook.

    Attributes:
        changes: In the order of codebook.yaml, what is new last.
        told: A sentence for everything in the file that was not taken over.
        names: Of codes by id, old and new.
        before: codebook.yaml as it is.
        text: codebook.yaml as it would be.
        sha256: Of codebook.yaml as it was read.
    """

    changes: tuple[Change, ...]
    told: tuple[str, ...]
    names: dict[str, str]
    before: str
    text: str
    sha256: str


def propose_import(study: Study, file: Path, *, remove: bool = False) -> Proposal:
    """Hold a codebook from elsewhere against the study's, and return what it would change; nothing is written.

    Args:
        study: Whose codebook it is.
        file: .csv, .xlsx or .qdc.
        remove: Take codes out that the file does not have.

    Raises:
        FaultyFiles: If either codebook has faults.
        UnreadableCodebook, UnreadableExchange: If the file is none.
        StillCoded: If codings have a code that would be taken out.
        CannotEdit: If a change cannot be made to codebook.yaml as it is written.
    """
    current = studies.good_codebook(study)
    incoming, told = read_incoming(file)
    changes = _compared(study, current, incoming)
    if remove:
        _refuse_coded(study, changes)
    before = studies.codebook_text(study)
    text = apply_changes(before, changes, remove=remove)
    names = {code.id: code.name for code in current.walk()}
    names.update({code.id: code.name for one in changes if one.added is not None for code in one.added.walk()})
    if not remove and (kept := sum(one.kind == "removed" for one in changes)):
        told.append(f"{kept} codes are not in the file; they stay, unless you say --remove")
    return Proposal(tuple(changes), tuple(told), names, before, text, sha256_hex(before))


def _compared(study: Study, current: Codebook, incoming: Incoming) -> list[Change]:
    """Compare as if examples stood in codebook.yaml as they were exported, which is with ids for names."""
    register = register_of(load_material(study))
    said = {redact(example, register): example for code in current.walk() for example in code.examples}
    shown = replace(current, codes=tuple(with_examples(code, register) for code in current.codes))
    originals = {code.id: code.examples for code in current.walk()}
    changes = []
    for change in compare_codebooks(shown, incoming, language=current.language or study.settings.language):
        if change.field != "examples" or not isinstance(change.after, tuple):
            changes.append(change)
            continue
        after = tuple(said.get(example, example) for example in change.after)
        if after != originals[change.code]:
            changes.append(replace(change, before=originals[change.code], after=after))
    return changes


def read_incoming(file: Path) -> tuple[Incoming, list[str]]:
    """Read a codebook of another program or from a spreadsheet.

    Raises:
        FaultyFiles: If rows are wrong.
        UnreadableCodebook, UnreadableExchange: If the file is none.
        WrongEnding: If its ending says neither.
    """
    suffix = file.suffix.casefold()
    if suffix == ".qdc":
        from qualkit.refi.qdc import read_qdc

        codebook, told = read_qdc(file.read_bytes(), file.name)
        says = {"name", "codable", "colour", "guid", "description", "parent", "sets"}
        return Incoming(codebook, frozenset(says)), told
    if suffix not in (".csv", ".xlsx", ".tsv", ".txt"):
        raise WrongEnding(file, [".csv", ".xlsx", ".qdc"])
    incoming, problems = read_codebook_sheet(file.read_bytes(), file.name)
    if problems:
        raise FaultyFiles(problems, "the file has faults; nothing was proposed")
    if not incoming.codebook.codes:
        message, hint = "there are no codes in the file", "Write a row for each."
        fault = Problem(file.name, 1, None, "codebook-import", message, hint)
        raise FaultyFiles([fault], "nothing was proposed")
    return incoming, []


def _refuse_coded(study: Study, changes: Sequence[Change]) -> None:
    gone = {change.code for change in changes if change.kind == "removed"}
    codings, _ = studies.read_all_codings(study)
    counts = Counter(one.code for one in codings if one.code in gone and one.coder != RULES_CODER)
    if counts:
        raise StillCoded(sorted(counts.items()))


def apply_import(study: Study, proposal: Proposal, *, who: str, source: str, remove: bool = False) -> None:
    """Write a proposal into codebook.yaml, and a line of the trail for every change.

    Raises:
        CodebookMoved: If codebook.yaml is no longer what the proposal was held against.
    """
    with studies.locked(study, who):
        if sha256_hex(studies.codebook_text(study)) != proposal.sha256:
            raise CodebookMoved
        with recorded(study, who, "codebook import", source, [studies.codebook_path(study)]):
            studies.save_codebook_text(study, proposal.text)
        decisions = [
            Decision(studies.now(), who, f"codebook {one.kind}", one.code, *_sides(one), f"import of {source}")
            for one in proposal.changes
            if one.kind != "removed" or remove
        ]
        studies.append_decision(study, *decisions)


def _sides(change: Change) -> tuple[object, object]:
    if change.kind == "added" and change.added is not None:
        return None, change.added.name
    if change.kind == "removed":
        return change.name, None
    if change.kind == "changed":
        return {change.field: change.before}, {change.field: change.after}
    return change.before, change.after
