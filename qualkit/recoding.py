"""A change of the codebook, carried through to everything that names the code.

Each `plan_…` writes nothing: it returns what every file would be. `carry_through` writes a plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from qualkit import study as studies
from qualkit.coding.codebook import ID, find_code, parse_codebook
from qualkit.coding.codebook_changes import change_members, merge_code, place_code, rename_code, shape, sound, take_out
from qualkit.coding.coding_lines import edit_lines, lines_of, recode_lines
from qualkit.condensation.condensedfile import change_condensed
from qualkit.condensation.following import change_groups, change_units, subgroups_under
from qualkit.errors import QualkitError
from qualkit.model import RULES_CODER, Code, Codebook, Decision, Study
from qualkit.table import Column, Table
from qualkit.text import nfc, slug
from qualkit.themes.framework_edits import change_framework
from qualkit.themes.themes_edits import change_themes, themes_naming
from qualkit.undoing import carry_out


class NoId(QualkitError):
    """A text that cannot be a code's id."""

    def __init__(self, text: str) -> None:
        near = slug(text)
        hint = "An id has letters, digits, - and _, and no spaces. A name is given with --name."
        super().__init__(f"“{text}” cannot be an id", f"{hint} Did you mean “{near}”?" if near else hint)


class CannotChange(QualkitError):
    """A change of the codebook that would lose or mix up something; message and hint say what."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change of the codebook would do.

    Attributes:
        what: For the trail: "codebook rename".
        object: The code it is about.
        before: For the trail.
        after: For the trail.
        files: Bytes of every file that changes, by path in the study.
        rows: File, what changes in it, how much; as the table shows them.
        told: Sentences the researcher should read.
        codebook: The text of codebook.yaml before and after.
    """

    what: str
    object: str
    before: Any
    after: Any
    files: Mapping[str, bytes | None]
    rows: tuple[tuple[str, str, int], ...]
    told: tuple[str, ...]
    codebook: tuple[str, str]

    def table(self) -> Table:
        """Return the files that change, and how much of each."""
        columns = (Column("file", "File"), Column("what", "What changes"), Column("count", "Number", "count"))
        return Table("changes", f"What “{self.what} {self.object}” changes", columns, self.rows)


@dataclass(slots=True)
class _Draft:
    """A plan that is being made."""

    study: Study
    text: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    rows: list[tuple[str, str, int]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    before: str = ""

    def __post_init__(self) -> None:
        self.before = self.text

    def plan(self, what: str, about: str, before: Any, after: Any) -> Plan:
        if self.text != self.before:
            self.files[studies.CODEBOOK] = self.text.encode()
            self.rows.insert(0, (studies.CODEBOOK, "lines", _lines_changed(self.before, self.text)))
        return Plan(
            f"codebook {what}",
            about,
            before,
            after,
            self.files,
            tuple(self.rows),
            tuple(self.told),
            (self.before, self.text),
        )

    def recode(
        self,
        codes: Mapping[str, str | None],
        origins: Mapping[str, str] | None = None,
        *,
        one_of_two: bool = False,
        only: str = "",
    ) -> dict[str, str]:
        """Give codings other codes in every coding file; return the ids of those taken out."""
        dropped: dict[str, str] = {}
        for coder, _, path in studies.coding_files(self.study):
            if only and (coder == RULES_CODER) != (only == "rules"):
                continue
            file = studies.relative(self.study, path)
            before = self.files.get(file) or path.read_bytes()
            done = recode_lines(before, codes, origins, one_of_two=one_of_two)
            if done.data == before:
                continue
            self.files[file] = done.data or None
            kind = "proposals" if coder == RULES_CODER else "codings"
            lost = [kept for kept in done.dropped.values() if not kept]
            if done.changed:
                self.rows.append((file, f"{kind} with another code", done.changed))
            if len(done.dropped) > len(lost):
                self.rows.append((file, f"{kind} that became equal to another; one is kept", len(done.dropped)))
            if lost:
                self.rows.append((file, f"{kind} taken out", len(lost)))
            if coder != RULES_CODER:
                dropped |= done.dropped
        return dropped

    def tell_equal(self, dropped: Mapping[str, str]) -> None:
        """Say that of codings which became equal one is kept, if there are any."""
        equal = sum(bool(kept) for kept in dropped.values())
        if equal:
            self.told.append(
                f"{equal} codings become equal to another of the same coder: the earlier is kept, with both memos"
            )

    def retheme(self, codes: Mapping[str, str | None], quotations: Mapping[str, str | None]) -> None:
        """Change what themes.yaml names."""
        text = studies.themes_text(self.study)
        new = change_themes(text, "codes", codes)
        new = change_themes(new, "quotations", quotations)
        new = change_themes(new, "reserve", quotations)
        if new != text:
            self.files[studies.THEMES] = new.encode()
            self.rows.append((studies.THEMES, "lines", _lines_changed(text, new)))

    def regroup(self, codes: Mapping[str, str | None], codings: Mapping[str, str | None]) -> None:
        """Change what condensates, condensed units and summaries name: groups of two codes that become one join."""
        groups, units = studies.condensates_text(self.study), studies.condensed_text(self.study)
        cells = studies.framework_text(self.study)
        both = {
            studies.CONDENSATES: (groups, change_units(change_groups(groups, codes), codings)),
            studies.CONDENSED: (units, change_condensed(units, codings)),
            studies.FRAMEWORK: (cells, change_framework(cells, codes, codings)),
        }
        for file, (text, new) in both.items():
            if new != text:
                self.files[file] = new.encode()
                self.rows.append((file, "lines", _lines_changed(text, new)))


def changes_of(
    study: Study,
    text: str,
    files: Mapping[str, bytes | None],
    rows: Sequence[tuple[str, str, int]],
    told: Sequence[str],
    what: str,
    about: str,
    before: Any,
    after: Any,
) -> Plan:
    """Return a plan of files whose new bytes are known; `text` is codebook.yaml as it would be."""
    draft = _Draft(study, studies.codebook_text(study), dict(files), list(rows), list(told))
    draft.text = text
    return draft.plan(what, about, before, after)


def carry_through(study: Study, who: str, plan: Plan, why: str = "") -> None:
    """Write a plan, all of it or, after a crash, the rest of it with the next command.

    Args:
        study: Locked by the caller's process since the plan was made.
        who: Does it.
        plan: What `plan_…` returned.
        why: The reason, for the trail.
    """
    told = Decision(studies.now(), who, plan.what, plan.object, plan.before, plan.after, why)
    carry_out(study, told, plan.files)


def plan_rename(study: Study, old: str, new: str = "", *, name: str = "", codings_only: bool = False) -> Plan:
    """Plan another id for a code, another name, or both.

    Args:
        study: An open study.
        old: Id or name.
        new: The new id; "" for a new name alone.
        name: The new name; "" leaves it.
        codings_only: The codebook has the new id already, as where it was changed by hand: only what names the
            old one is changed.

    Raises:
        CannotChange, NoId, UnknownCode, CodeExists, FaultyFiles: If it cannot be done.
    """
    book = studies.good_codebook(study)
    draft = _Draft(study, studies.codebook_text(study))
    if codings_only:
        old, target = nfc(old), find_code(book, new).id
        if old in {code.id for code in book.walk()}:
            message = f"“{old}” is still in the codebook"
            raise CannotChange(message, "Rename it without --codings-only, or merge the two: qualkit codebook merge")
        draft.text = sound(change_members(draft.text, {old: target}))
        taken = _ids_of_decisions(draft, old, target)
        dropped = draft.recode({old: target}, one_of_two=True)
        draft.retheme({old: target}, dict(dropped))
        draft.regroup({old: target}, dict(dropped))
        if not draft.files:
            raise CannotChange(f"nothing in this study names the code “{old}”", "Look at the list: qualkit check")
        if taken:
            draft.told.append(f"{taken} proposals are known again as decided")
        return draft.plan("rename", old, {"id": old}, {"id": target, "codings_only": True})
    code = find_code(book, old)
    new, name = nfc(new) or code.id, nfc(name)
    if not ID.match(new):
        raise NoId(new)
    if new == code.id and name in ("", code.name):
        raise CannotChange(f"“{code.id}” has this id and name already", "Give a new id, or a new name with --name.")
    draft.text = rename_code(draft.text, code.id, new, name)
    if new != code.id:
        draft.recode({code.id: new}, _origins(book, parse_codebook(draft.text)[0]))
        draft.retheme({code.id: new}, {})
        draft.regroup({code.id: new}, {})
    renamed = find_code(parse_codebook(draft.text)[0], new)
    before, after = {"id": code.id, "name": code.name}, {"id": renamed.id, "name": renamed.name}
    return draft.plan("rename", code.id, before, after)


def _origins(before: Codebook, after: Codebook) -> dict[str, str]:
    """Return the origins of rules whose ids were made from the code's."""
    pairs = zip(before.walk(), after.walk(), strict=True)
    ids = ((old.id, new.id) for one, two in pairs for old, new in zip(one.rules, two.rules, strict=True))
    return {f"rule:{old}": f"rule:{new}" for old, new in ids if old != new}


def _ids_of_decisions(draft: _Draft, old: str, new: str) -> int:
    """Give proposals of the new code the ids under which they were decided when the code had its old id."""
    decided: dict[tuple[object, ...], str] = {}
    for coder, _, path in studies.coding_files(draft.study):
        if coder != RULES_CODER:
            for record in lines_of(path.read_bytes(), old):
                if str(record.get("origin")).startswith("rule:"):
                    decided.setdefault(_place(record), str(record.get("id")))
    number = 0
    for coder, _, path in studies.coding_files(draft.study):
        if coder == RULES_CODER:
            data = path.read_bytes()
            edits = {
                str(record.get("id")): {"id": decided[_place(record)]}
                for record in lines_of(data, new)
                if _place(record) in decided
            }
            number += len(edits)
            if edits:
                draft.files[studies.relative(draft.study, path)] = edit_lines(data, edits)
                draft.rows.append((studies.relative(draft.study, path), "proposals known again", len(edits)))
    return number


def _place(record: Mapping[str, object]) -> tuple[object, ...]:
    return record.get("transcript"), record.get("start"), record.get("end")


def plan_merge(study: Study, codes: Sequence[str], into: str) -> Plan:
    """Plan that codes go into one: their codings become its codings, their lines in the codebook a comment above it.

    Raises:
        CannotChange, CannotEdit, UnknownCode, FaultyFiles: If it cannot be done.
    """
    book = studies.good_codebook(study)
    kept = find_code(book, into)
    named = {code.id: code for code in (find_code(book, each) for each in codes)}
    gone = [code for code in named.values() if code.id != kept.id]
    if not gone:
        raise CannotChange("there is only one code to merge", "Name two: qualkit codebook merge A B --into A")
    _codable(kept)
    draft = _Draft(study, studies.codebook_text(study))
    today = studies.now()[:10]
    for code in gone:
        draft.text = merge_code(draft.text, code.id, kept.id, f"“{code.id}” went into “{kept.id}” ({today}):")
        said = [key for key in ("definition", "use_when", "not_when", "examples", "rules") if getattr(code, key)]
        if said:
            draft.told.append(
                f"{', '.join(said)} of “{code.id}” stand as a comment above “{kept.id}” in codebook.yaml: "
                "take over what you want"
            )
        if code.rules:
            draft.told.append(
                f"the rules of “{code.id}” propose no longer: what they proposed and nobody decided on goes with the "
                f"next “qualkit code”, unless you put them under “{kept.id}”"
            )
    dropped = draft.recode({code.id: kept.id for code in gone}, one_of_two=True)
    draft.retheme({code.id: kept.id for code in gone}, dict(dropped))
    draft.regroup({code.id: kept.id for code in gone}, dict(dropped))
    draft.tell_equal(dropped)
    before = [{"id": code.id, "name": code.name, "definition": code.definition} for code in gone]
    return draft.plan("merge", kept.id, before, {"id": kept.id, "equal_codings": dropped})


def plan_move(study: Study, code: str, *, under: str | None = None, before: str = "", after: str = "") -> Plan:
    """Plan another place in the tree for a code and all below it; codings and themes are not touched.

    Args:
        study: An open study.
        code: Id or name.
        under: The parent, "" for the top; None where `before` or `after` says the place.
        before: A code before which it comes.
        after: A code after which it comes.

    Raises:
        CannotChange, CannotEdit, UnknownCode, FaultyFiles: If it cannot be done.
    """
    book = studies.good_codebook(study)
    moved = find_code(book, code).id
    parent = find_code(book, under).id if under else under
    before, after = (find_code(book, each).id if each else "" for each in (before, after))
    sibling, tree = before or after, shape(book)
    if sibling and parent is not None and tree[sibling] != parent:
        raise CannotChange(f"“{sibling}” does not stand there", "Leave --under out: the sibling says the place.")
    draft = _Draft(study, studies.codebook_text(study))
    draft.text = place_code(draft.text, moved, parent, before=before, after=after)
    if draft.text == draft.before:
        raise CannotChange(f"“{moved}” stands there already", "Nothing was changed.")
    now = shape(parse_codebook(draft.text)[0])
    return draft.plan("move", moved, {"under": tree[moved]}, {"under": now[moved]})


def plan_delete(
    study: Study,
    code: str,
    *,
    codings_to: str = "",
    drop_codings: bool = False,
    out_of_themes: bool = False,
    drop_group: bool = False,
) -> Plan:
    """Plan that a code goes.

    Args:
        study: An open study.
        code: Id or name.
        codings_to: A code that takes its codings, and its place in themes.
        drop_codings: Whether its codings go with it.
        out_of_themes: Whether themes that name it name it no longer.
        drop_group: Whether its code group goes with it, with the condensates in it.

    Raises:
        CannotChange: If codings or codes stand under it, themes name it, or subgroups stand in its code group, and
            nothing says what becomes of them.
        CannotEdit, UnknownCode, FaultyFiles: If it cannot be done.
    """
    book = studies.good_codebook(study)
    gone = find_code(book, code)
    if gone.children:
        names = ", ".join(child.id for child in gone.children)
        hint = f"Move or delete them first: qualkit codebook move {gone.children[0].id} --top"
        raise CannotChange(f"codes stand under “{gone.id}”: {names}", hint)
    other = find_code(book, codings_to) if codings_to else None
    if other is not None:
        _codable(other)
        if other.id == gone.id:
            raise CannotChange(f"“{gone.id}” is the code that goes", "Name another after --codings-to.")
    standing = standing_codings(study, gone.id)
    if standing and other is None and not drop_codings:
        who = ", ".join(f"{coder}: {number}" for coder, number in sorted(standing.items()))
        raise CannotChange(
            f"codings stand on “{gone.id}” ({who})",
            "Say where they go: --codings-to OTHER gives them another code, --drop-codings takes them out.",
        )
    themes = themes_naming(studies.themes_text(study), gone.id)
    if themes and other is None and not out_of_themes:
        headings = "; ".join(f"“{heading}”" for heading in themes)
        hint = "--out-of-themes takes it out of them, --codings-to OTHER puts another code in its place."
        raise CannotChange(f"themes name “{gone.id}”: {headings}", hint)
    subgroups = subgroups_under(studies.condensates_text(study), gone.id)
    if subgroups and other is None and not drop_group:
        hint = (
            "--codings-to OTHER puts them in another code's group, --drop-group takes them out with their condensates."
        )
        message = f"subgroups stand in the code group of “{gone.id}”: {', '.join(subgroups)}"
        raise CannotChange(message, hint)
    draft = _Draft(study, studies.codebook_text(study))
    draft.text = sound(change_members(take_out(draft.text, gone.id), {gone.id: None}))
    draft.recode({gone.id: None}, only="rules")
    target = other.id if other else None
    dropped = draft.recode({gone.id: target}, one_of_two=True, only="people")
    draft.tell_equal(dropped)
    lost = {old: new or None for old, new in dropped.items()}
    draft.retheme({gone.id: None if out_of_themes else target}, lost)
    draft.regroup({gone.id: target}, lost)
    before = {"id": gone.id, "name": gone.name, "definition": gone.definition, "codings": dict(standing)}
    after = {"codings_to": target, "equal_codings": dropped} if target else None
    return draft.plan("delete", gone.id, before, after)


def standing_codings(study: Study, code: str) -> Counter[str]:
    """Return how many codings of a code every coder has, the rules not among them."""
    found: Counter[str] = Counter()
    for coder, _, path in studies.coding_files(study):
        number = len(lines_of(path.read_bytes(), code)) if coder != RULES_CODER else 0
        if number:
            found[coder] += number
    return found


def _codable(code: Code) -> None:
    if not code.codable:
        message = f"“{code.name}” is a group of codes and not itself given to passages"
        raise CannotChange(message, "Choose one of the codes below it, or take “codable: false” out.")


def _lines_changed(before: str, after: str) -> int:
    blocks = SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in blocks if tag != "equal")
