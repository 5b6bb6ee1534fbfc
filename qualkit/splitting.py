"""One code becomes several: where each of its codings goes, asked for or taken from a file.

Codings nobody has decided on stay on their code, and their lines say under `split` which codes they could go to.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualkit import study as studies
from qualkit.coding.codebook import ID, CodeExists, find_code, parse_codebook
from qualkit.coding.codebook_changes import place_code, shape, sound
from qualkit.coding.codebook_edits import add_codes
from qualkit.coding.coding_lines import edit_lines, lines_of
from qualkit.condensation.following import units_under
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.model import RULES_CODER, Code, Codebook, Coding, Decision, Study
from qualkit.recoding import CannotChange, Plan, changes_of
from qualkit.text import nfc, slug
from qualkit.themes.themes_edits import themes_naming

WAITS = "split"


class NoSplit(QualkitError):
    """No codings wait for a split of this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no split of “{code}” is open", f"Begin one: qualkit codebook split {code} --into NEW,OTHER")


def plan_split(study: Study, code: str, into: Sequence[str], *, decisions: Mapping[str, str] | None = None) -> Plan:
    """Plan that the codings of a code go to several.

    Args:
        study: An open study.
        code: Id or name; it stays in the codebook, for what stays on it.
        into: Ids or names; those the codebook does not have are made, after the code.
        decisions: Codes by coding id; the codings that are not in it are marked as waiting.

    Raises:
        CannotChange, UnknownCode, FaultyFiles: If it cannot be done.
    """
    split = find_code(studies.good_codebook(study), code)
    text, targets, made = _with_targets(studies.codebook_text(study), split, into)
    chosen = {
        identifier: split.id if wanted == split.id else _one_of(wanted, targets, text)
        for identifier, wanted in (decisions or {}).items()
    }
    files: dict[str, bytes | None] = {}
    rows: list[tuple[str, str, int]] = []
    known: set[str] = set()
    for coder, _, path in studies.coding_files(study):
        data = path.read_bytes() if coder != RULES_CODER else b""
        standing = [str(one.get("id")) for one in lines_of(data, split.id) if one.get("status") != "rejected"]
        known.update(standing)
        decided = [identifier for identifier in standing if identifier in chosen]
        edits: dict[str, dict[str, object]] = {identifier: {WAITS: targets} for identifier in standing}
        edits |= {identifier: {"code": chosen[identifier], WAITS: None} for identifier in decided}
        new = edit_lines(data, edits)
        if new != data:
            file = studies.relative(study, path)
            files[file] = new
            both = (("codings decided", len(decided)), ("codings marked as waiting", len(standing) - len(decided)))
            rows += [(file, what, number) for what, number in both if number]
    unknown = sorted(set(chosen) - known)
    if unknown:
        message = f"{len(unknown)} ids are no codings of “{split.id}”: {', '.join(unknown[:5])}"
        raise CannotChange(message, "The list of meaning units has the ids (qualkit export excel).")
    told = [f"made: {', '.join(made)}; write their definitions in codebook.yaml"] if made else []
    if split.rules:
        told.append(f"the rules of “{split.id}” go on proposing it; move them in codebook.yaml to the code they fit")
    themes = themes_naming(studies.themes_text(study), split.id)
    if themes:
        headings = "; ".join(f"“{heading}”" for heading in themes)
        told.append(f"themes name “{split.id}”: {headings}. Put the others there too, if they belong, in themes.yaml")
    leaving = sum(
        chosen.get(unit, split.id) != split.id for unit in units_under(studies.condensates_text(study), split.id)
    )
    if leaving:
        told.append(
            f"{leaving} units placed in subgroups of “{split.id}” have another code now: qualkit check names each"
        )
    after = {"into": targets, "made": made, "codings": dict(Counter(chosen.values()))}
    return changes_of(study, sound(text), files, rows, told, "split", split.id, {"id": split.id}, after)


def _with_targets(text: str, split: Code, into: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """Return the codebook's text with the codes a code is split into, their ids, and the ids of those made."""
    targets: list[str] = []
    made: list[str] = []
    last = split.id
    for wanted in map(nfc, into):
        book = parse_codebook(text)[0]
        names = {name.casefold(): code for code in book.walk() for name in (code.name, code.id)}
        code = names.get(wanted.casefold())
        if code is None:
            code = Code(id=wanted if ID.match(wanted) else slug(wanted), name=wanted, level=split.level)
            if code.id.casefold() in names:
                raise CodeExists(code.id)
            text = place_code(add_codes(text, [code], parent=shape(book)[split.id]), code.id, None, after=last)
            made.append(code.id)
            last = code.id
        elif not code.codable:
            hint = "Choose one of the codes below it."
            raise CannotChange(f"“{code.name}” is a group of codes and not itself given to passages", hint)
        if code.id != split.id and code.id not in targets:
            targets.append(code.id)
    if not targets:
        raise CannotChange("a code is split into at least one other", "For instance: --into NEW,OTHER")
    return text, targets, made


def _one_of(wanted: str, targets: Sequence[str], text: str) -> str:
    code = find_code(parse_codebook(text)[0], wanted).id
    if code not in targets:
        raise CannotChange(f"“{code}” is none of the codes it is split into", "Those are: " + ", ".join(targets))
    return code


def read_decisions(data: bytes, file: str) -> dict[str, str]:
    """Read a file with a coding's id and its code in each row; a first row of headings is passed over.

    Raises:
        FaultyFiles: If a row says no code, or a coding stands there twice.

    Example:
        >>> read_decisions(b"coding;code\\nK1-01;vente\\nK1-02;\\n", "split.csv")
        {'K1-01': 'vente'}
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "Save it again as CSV UTF-8."
        raise FaultyFiles(
            [Problem(file, None, None, "split", "the file is not UTF-8", hint)], "nothing was done"
        ) from None
    delimiter = max(";\t,", key=text.partition("\n")[0].count)
    found: dict[str, str] = {}
    problems = []
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
        cells = [nfc(cell.strip()) for cell in row]
        if number == 1 and len(cells) > 1 and cells[1].casefold() in ("code", "kode"):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            # Without a code the coding is undecided.
            continue
        if found.setdefault(cells[0], cells[1]) != cells[1]:
            hint = "Take one of the two rows out."
            problems.append(Problem(file, number, 1, "split", f"the coding {cells[0]} has another code above", hint))
    if problems:
        raise FaultyFiles(problems, "nothing was done")
    return found


def waiting_codings(study: Study, coder: str, code: str) -> list[Coding]:
    """Return a coder's codings that wait for a split of a code, in the order of the text."""
    found = []
    for name in studies.transcript_ids(study):
        codings, _ = studies.read_codings(study, coder, name)
        found += [coding for coding in codings if coding.code == code and coding.extra.get(WAITS)]
    return found


def open_splits(study: Study) -> Counter[tuple[str, str]]:
    """Return how many codings wait for a split, by code and coder."""
    found: Counter[tuple[str, str]] = Counter()
    for coder, _, path in studies.coding_files(study):
        data = path.read_bytes() if coder != RULES_CODER else b""
        if b'"split"' in data:
            codings, _ = studies.read_codings(study, coder, nfc(path.stem))
            found.update((coding.code, coder) for coding in codings if coding.extra.get(WAITS))
    return found


def decide_split(study: Study, coding: Coding, code: str) -> Coding:
    """Write where a coding goes, and a line in the trail; return it as it is now.

    Args:
        study: Locked by the caller's process.
        coding: That waits.
        code: Its code from now on; its own for one that stays.
    """
    told = Decision(studies.now(), coding.coder, "split", f"coding {coding.id}", {"code": coding.code}, {"code": code})
    studies.append_decision(study, told)
    studies.edit_codings(study, coding.coder, coding.unit.span.transcript, {coding.id: {"code": code, WAITS: None}})
    return replace(coding, code=code, extra={key: value for key, value in coding.extra.items() if key != WAITS})


def take_back_split(study: Study, before: Coding, now: Coding) -> None:
    """Let a coding wait again, as it was before it was decided on. The trail tells of both."""
    told = Decision(studies.now(), now.coder, "undo", f"coding {now.id}", {"code": now.code}, {"code": before.code})
    studies.append_decision(study, told)
    keys = {"code": before.code, WAITS: before.extra[WAITS]}
    studies.edit_codings(study, before.coder, before.unit.span.transcript, {before.id: keys})


def targets_of(codings: Sequence[Coding], book: Codebook) -> list[Code]:
    """Return the codes that waiting codings can go to, as far as the codebook has them."""
    wanted: dict[object, None] = {}
    for coding in codings:
        value = coding.extra.get(WAITS)
        wanted |= dict.fromkeys(value if isinstance(value, list) else [])
    codes = {code.id: code for code in book.walk()}
    return [codes[code] for code in wanted if isinstance(code, str) and code in codes]
