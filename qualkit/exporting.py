"""What leaves a study: which files an export writes, under which names, and over what it never writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.anonymisation.redactor import Register, redact
from qualkit.chapter import audit, results_chapter
from qualkit.clearing import Draft, Undecided, Unresolved, register_of
from qualkit.coding.codebook_sheet import codebook_sheet
from qualkit.document import Document
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import READ_FIRST, Code, Study
from qualkit.passing import passed, told_in_trail
from qualkit.provenance import codings_table
from qualkit.publishing import FileIsThere, FileWasEdited, WrongEnding, finished, results_document, results_tables
from qualkit.rendering import ENDINGS, written
from qualkit.table import Table
from qualkit.text import sha256_hex, transcript_id

KINDS = tuple(ENDINGS)
"""What the results of a study can be exported as."""

TEXTS = ("word", "html")
"""Kinds that are read: what was written of the results stands before the tables."""

MANY_FILES = ("csv", "parquet")
"""Kinds that write a file for every table."""

UNREVIEWED = ".not-anonymised"
"""In the name of a file in which not everything was decided."""


def export_results(
    material: Material,
    kind: str,
    *,
    path: Path | None = None,
    by: Sequence[str] | None = None,
    counts: bool | None = None,
    with_proposals: bool = False,
    with_audit: bool = False,
    template: bytes | None = None,
    force: bool = False,
    draft: Draft | None = None,
    draft_named: bool = False,
) -> list[Path]:
    """Write the results of a study.

    Args:
        material: Of the study.
        kind: One of `KINDS`.
        path: Where to, a file or a folder, for csv and parquet a folder; None for the study's exports/.
        by: See `results_tables`.
        counts: See `results_tables`.
        with_proposals: See `results_tables`.
        with_audit: Also the table from meaning units by way of condensates to analytic text, which is long; a workbook
            has it anyhow, and so has the methods appendix.
        template: A Word file whose styles are used.
        force: Write over files that are there.
        draft: Who wants it before everything in it is decided, and why.
        draft_named: Say it in the name of a draft's one file too; those of many tables always do.

    Returns:
        The files written.

    Raises:
        Unresolved: If something in them may identify somebody, and nobody has decided about it.
        FileIsThere: If a file that was named is there already.
        FileWasEdited: If somebody changed what was exported earlier.
        WrongEnding: If the file named does not end as its kind does.
    """
    document = document_of(
        material,
        kind,
        by=by,
        counts=counts,
        with_proposals=with_proposals,
        with_audit=with_audit and kind in TEXTS,
        draft=draft is not None,
    )
    folder = path if path is not None and (kind in MANY_FILES or path.is_dir()) else None
    folder = folder or studies.exports_folder(material.study)
    if kind in MANY_FILES:
        # A table may be named after a column of participants.csv, which may hold any character.
        targets = {
            folder / f"{transcript_id(table.name)}{UNREVIEWED if draft else ''}{ENDINGS[kind]}": replace(
                document, blocks=(table,)
            )
            for table in document.tables()
        }
    elif path is not None and path != folder:
        if path.suffix.casefold() != ENDINGS[kind]:
            raise WrongEnding(path, [ENDINGS[kind]])
        targets = {path: document}
    else:
        name = printed("results", material.study.settings.language).casefold()
        targets = {folder / f"{name}{UNREVIEWED if draft and draft_named else ''}{ENDINGS[kind]}": document}
    # All of them pass the gate before the first is written.
    refuse_to_overwrite(material.study, targets, named=path is not None, force=force)
    ready: dict[Path, bytes] = {}
    undecided: list[Undecided] = []
    for target, content in targets.items():
        try:
            ready[target] = finished(material, content, target, template=template, draft=draft)
        except Unresolved as error:
            undecided += error.places
    if undecided:
        raise Unresolved(folder.name if kind in MANY_FILES else next(iter(targets)).name, undecided)
    write_exported(material.study, ready, draft=draft)
    return list(targets)


def write_report(material: Material, document: Document, path: Path, *, force: bool = False) -> None:
    """Write a report about a study, in which nobody's words stand, as a Word file.

    Raises:
        WrongEnding: If the file does not end in .docx.
        FileIsThere: If it is there already.
        WouldLeak: If a name of the register stands in it, as in a transcript's name.
    """
    if path.suffix.casefold() != ENDINGS["word"]:
        raise WrongEnding(path, [ENDINGS["word"]])
    refuse_to_overwrite(material.study, [path], named=True, force=force)
    # What waits is what it tells of: only names of the register stop it.
    data = passed(written(document, ENDINGS["word"]), path, material, draft=Draft("", "report"))
    write_exported(material.study, {path: data})


def document_of(
    material: Material,
    kind: str,
    *,
    by: Sequence[str] | None = None,
    counts: bool | None = None,
    with_proposals: bool = False,
    with_audit: bool = False,
    draft: bool = False,
) -> Document:
    """Return what an export of the results holds, its words not yet rendered; see `export_results`."""
    tables = results_tables(material, by=by, counts=counts, with_proposals=with_proposals)
    if kind == "word":
        # The list of every meaning unit is a working list, not a part of a results chapter.
        tables = tables[:-1]
    if kind in ("csv", "json", "parquet"):
        shown = with_proposals and material.study.settings.method not in READ_FIRST
        tables.append(codings_table(material, material.shown(with_proposals=shown)))
    if kind == "json":
        register = register_of(material)
        codes = tuple(with_examples(code, register) for code in material.codebook.codes)
        codebook = replace(material.codebook, codes=codes)
        tables.append(codebook_sheet(codebook, printed("codebook", material.study.settings.language)))
    table = audit(material) if kind == "excel" or with_audit else None
    document = results_document(material, tables, draft=draft)
    if kind in TEXTS:
        method = material.study.settings.method
        document = results_chapter(material, document, counts=method not in READ_FIRST if counts is None else counts)
    return document if table is None else replace(document, blocks=(*document.blocks, table))


def with_examples(code: Code, register: Register | None) -> Code:
    """Return a code and all below it with the words of its examples rendered, or without any."""
    examples = tuple(redact(example, register) for example in code.examples) if register is not None else ()
    return replace(code, examples=examples, children=tuple(with_examples(child, register) for child in code.children))


def export_table(
    material: Material,
    table: Table,
    path: Path,
    *,
    force: bool = False,
    draft: Draft | None = None,
    ours: frozenset[str] = frozenset(),
) -> None:
    """Write one table of a study as a file of its own, through the gate.

    Args:
        material: Of the study.
        table: With codings, which are rendered.
        path: .docx, .xlsx, .html, .json, .csv or .parquet.
        force: Write over a file that is there.
        draft: Who wants it before everything in it is decided, and why.
        ours: Words of the program's own that it holds.

    Raises:
        Unresolved: If something in it may identify somebody, and nobody has decided about it.
        WrongEnding: If the file's ending is none of these.
        FileIsThere: If it is there already.
        WouldLeak: If a name of the register stands in the finished file.
    """
    document = replace(results_document(material, [table], draft=draft is not None), blocks=(table,))
    refuse_to_overwrite(material.study, [path], named=True, force=force)
    write_exported(material.study, {path: finished(material, document, path, draft=draft, ours=ours)}, draft=draft)


def refuse_to_overwrite(study: Study, targets: Iterable[Path], *, named: bool, force: bool) -> None:
    """Refuse to write over a file that was named, or that somebody changed since it was exported.

    Raises:
        FileIsThere: If a file that was named is there already.
        FileWasEdited: If somebody changed what was exported earlier.
    """
    for target in targets:
        if target.exists() and not force:
            if named:
                raise FileIsThere(target)
            if sha256_hex(target.read_bytes()) not in _exported(study):
                raise FileWasEdited(target)


def write_exported(study: Study, ready: dict[Path, bytes], *, draft: Draft | None = None) -> None:
    """Write finished files, and remember them, so that they may be written over until somebody changes them.

    Of drafts that nobody has reviewed, the trail tells who wanted them and why.
    """
    # No lock is held here: what a killed export left in the folder holds words.
    disk.sweep({target.parent for target in ready})
    for target, data in ready.items():
        disk.write_atomically(target, data)
    told_in_trail(study, draft, ready)
    hashes = [*_exported(study), *map(sha256_hex, ready.values())]
    with suppress(disk.CannotWrite):
        disk.write_atomically(_exports_list(study), "\n".join(dict.fromkeys(hashes)).encode())


def _exported(study: Study) -> list[str]:
    """Return the hashes of files that were exported and not changed by qualkit since."""
    try:
        return _exports_list(study).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return []


def _exports_list(study: Study) -> Path:
    return studies.cache_folder(study) / "exported"
