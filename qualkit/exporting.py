"""What leaves a study: which files an export writes, under which names, and over what it never writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.chapter import audit, results_text, with_text
from qualkit.coding.codebook_sheet import codebook_sheet
from qualkit.document import Document
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import READ_FIRST, Study
from qualkit.provenance import codings_table
from qualkit.publishing import (
    ENDINGS,
    FileIsThere,
    FileWasEdited,
    WrongEnding,
    finished,
    results_document,
    results_tables,
)
from qualkit.table import Table
from qualkit.text import sha256_hex, transcript_id

KINDS = tuple(ENDINGS)
"""What the results of a study can be exported as."""

TEXTS = ("word", "html")
"""Kinds that are read: what was written of the results stands before the tables."""

MANY_FILES = ("csv", "parquet")
"""Kinds that write a file for every table."""


def export_results(
    material: Material,
    kind: str,
    *,
    path: Path | None = None,
    by: Sequence[str] | None = None,
    counts: bool | None = None,
    with_proposals: bool = False,
    template: bytes | None = None,
    force: bool = False,
) -> list[Path]:
    """Write the results of a study.

    Args:
        material: Of the study.
        kind: One of `KINDS`.
        path: Where to, a file or a folder, for csv and parquet a folder; None for the study's exports/.
        by: See `results_tables`.
        counts: See `results_tables`.
        with_proposals: See `results_tables`.
        template: A Word file whose styles are used.
        force: Write over files that are there.

    Returns:
        The files written.

    Raises:
        FileIsThere: If a file that was named is there already.
        FileWasEdited: If somebody changed what was exported earlier.
        WrongEnding: If the file named does not end as its kind does.
    """
    document = _document(material, kind, by=by, counts=counts, with_proposals=with_proposals)
    folder = path if path is not None and (kind in MANY_FILES or path.is_dir()) else None
    folder = folder or studies.exports_folder(material.study)
    if kind in MANY_FILES:
        # A table may be named after a column of participants.csv, which may hold any character.
        targets = {
            folder / f"{transcript_id(table.name)}.not-anonymised{ENDINGS[kind]}": replace(document, blocks=(table,))
            for table in document.tables()
        }
    elif path is not None and path != folder:
        if path.suffix.casefold() != ENDINGS[kind]:
            raise WrongEnding(path, [ENDINGS[kind]])
        targets = {path: document}
    else:
        name = printed("results", material.study.settings.language).casefold()
        targets = {folder / f"{name}{ENDINGS[kind]}": document}
    # All of them pass the gate before the first is written.
    refuse_to_overwrite(material.study, targets, named=path is not None, force=force)
    ready = {target: finished(material, content, target, template=template) for target, content in targets.items()}
    write_exported(material.study, ready)
    return list(targets)


def _document(
    material: Material, kind: str, *, by: Sequence[str] | None, counts: bool | None, with_proposals: bool
) -> Document:
    tables = results_tables(material, by=by, counts=counts, with_proposals=with_proposals)
    if kind == "word":
        # The list of every meaning unit is a working list, not a part of a results chapter.
        tables = tables[:-1]
    if kind in ("csv", "json", "parquet"):
        shown = with_proposals and material.study.settings.method not in READ_FIRST
        tables.append(codings_table(material, material.shown(with_proposals=shown)))
    if kind == "json":
        tables.append(codebook_sheet(material.codebook, printed("codebook", material.study.settings.language)))
    table = audit(material) if kind in TEXTS or kind == "excel" else None
    if table is not None:
        tables.append(table)
    document = results_document(material, tables)
    return with_text(document, results_text(material)) if kind in TEXTS else document


def export_table(
    material: Material, table: Table, path: Path, *, template: bytes | None = None, force: bool = False
) -> None:
    """Write one table of a study as a file of its own, through the gate.

    Args:
        material: Of the study.
        table: With codings, which are rendered.
        path: .docx, .xlsx, .html, .json, .csv or .parquet.
        template: A Word file whose styles are used.
        force: Write over a file that is there.

    Raises:
        WrongEnding: If the file's ending is none of these.
        FileIsThere: If it is there already.
        WouldLeak: If a name of the register stands in the finished file.
    """
    document = replace(results_document(material, [table]), blocks=(table,))
    refuse_to_overwrite(material.study, [path], named=True, force=force)
    write_exported(material.study, {path: finished(material, document, path, template=template)})


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


def write_exported(study: Study, ready: dict[Path, bytes]) -> None:
    """Write finished files, and remember them, so that they may be written over until somebody changes them."""
    # No lock is held here: what a killed export left in the folder holds words.
    disk.sweep({target.parent for target in ready})
    for target, data in ready.items():
        disk.write_atomically(target, data)
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
