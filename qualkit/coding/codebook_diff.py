"""What another codebook would change in this one: a proposal, in the words of the researcher's own file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from qualkit.coding.descriptions import describe, parse_description
from qualkit.model import Code, Codebook, CodeSet
from qualkit.table import Column, Table
from qualkit.text import slug

FIELDS: Final = (
    "name",
    "level",
    "codable",
    "colour",
    "brief",
    "definition",
    "use_when",
    "not_when",
    "examples",
    "note",
    "guid",
)
"""What is compared of a code that both codebooks have; rules are never in another program's file."""

Value = str | bool | tuple[str, ...]
Kind = Literal["added", "changed", "moved", "removed", "set"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A codebook that was read from another file.

    Attributes:
        codebook: Codes whose id is "" where the file has none.
        says: Which fields the file tells; the others are left as they are. "parent" where it tells the tree,
            "description" where a definition may hold everything that `describe` puts together, "sets".
    """

    codebook: Codebook
    says: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: What would happen.
        code: Id of the code, or name of the set.
        name: As it is read now, or as it would be.
        field: Of the code, for "changed"; "members" or "description" for a set.
        before: The value now; the parent's id for "moved".
        after: The value proposed.
        added: The code with all below it that is new, for "added".
        members: The set proposed, for "set".
    """

    kind: Kind
    code: str
    name: str
    field: str = ""
    before: Value = ""
    after: Value = ""
    added: Code | None = None
    members: CodeSet | None = None


def compare_codebooks(current: Codebook, incoming: Incoming, *, language: str = "") -> list[Change]:
    """Return what the incoming codebook would change, in the order of the file now, what is new last.

    A code is the same where its guid is, or else its id, its path of names, or its name if only one code has it.

    Args:
        current: The study's.
        incoming: With the fields that its file tells.
        language: Of descriptions; "" for the codebook's.

    Example:
        >>> before = Codebook(codes=(Code("tid", "Tid"),))
        >>> after = Incoming(Codebook(codes=(Code("tid", "Tidspress"), Code("", "Ro"))), frozenset({"name"}))
        >>> [(c.kind, c.code, c.after) for c in compare_codebooks(before, after)]
        [('changed', 'tid', 'Tidspress'), ('added', 'ro', '')]
    """
    language = language or current.language or "en"
    pairs = _matched(current, incoming.codebook)
    ids = _ids(current, incoming.codebook, pairs)
    parents = {name: path[-2].id if len(path) > 1 else "" for name, path in current.paths().items()}
    proposed = {ids[id(code)]: (code, ids.get(id(above), "")) for code, above in _walk(incoming.codebook)}
    changes: list[Change] = []
    for code in current.walk():
        if code.id not in proposed:
            changes.append(Change("removed", code.id, code.name))
            continue
        other, parent = proposed[code.id]
        values = _values(code, other, incoming.says, language)
        for key, after in values.items():
            before: Value = getattr(code, key)
            if not _same(key, before, after):
                changes.append(Change("changed", code.id, code.name, key, before, after))
        if "parent" in incoming.says and parent != parents[code.id]:
            changes.append(Change("moved", code.id, code.name, "parent", parents[code.id], parent))
    for code, above in _walk(incoming.codebook):
        if id(code) not in pairs and (above is None or id(above) in pairs):
            new = _new(code, ids, pairs, incoming.says)
            changes.append(Change("added", new.id, new.name, "parent", "", ids.get(id(above), ""), new))
    if "sets" in incoming.says:
        changes += _sets(current, incoming.codebook, ids)
    return changes


def _walk(codebook: Codebook) -> Iterator[tuple[Code, Code | None]]:
    """Yield every code with the one it stands under."""
    stack: list[tuple[Code, Code | None]] = [(code, None) for code in reversed(codebook.codes)]
    while stack:
        code, above = stack.pop()
        yield code, above
        stack += [(child, code) for child in reversed(code.children)]


def _matched(current: Codebook, other: Codebook) -> dict[int, str]:
    """Return, by the object's identity, the ids of the codes that incoming codes are."""
    paths = {name: tuple(code.name.casefold() for code in path) for name, path in current.paths().items()}
    names = Counter(code.name.casefold() for code in current.walk())
    by_guid = {code.guid: code.id for code in current.walk() if code.guid}
    by_id = {code.id.casefold(): code.id for code in current.walk()}
    by_path = {path: name for name, path in reversed(paths.items())}
    by_name = {code.name.casefold(): code.id for code in current.walk() if names[code.name.casefold()] == 1}
    path_of: dict[int, tuple[str, ...]] = {}
    codes = []
    for code, above in _walk(other):
        path_of[id(code)] = (*(path_of[id(above)] if above is not None else ()), code.name.casefold())
        codes.append(code)
    incoming_names = Counter(code.name.casefold() for code in codes)
    pairs: dict[int, str] = {}
    taken: set[str] = set()

    def pair(key: int, found: str | None) -> None:
        if found is not None and found not in taken and key not in pairs:
            pairs[key] = found
            taken.add(found)

    for code in codes:
        pair(id(code), by_guid.get(code.guid) if code.guid else None)
    for code in codes:
        pair(id(code), by_id.get(code.id.casefold()) if code.id else None)
    for code in codes:
        pair(id(code), by_path.get(path_of[id(code)]) if not code.id else None)
    for code in codes:
        alone = not code.id and incoming_names[code.name.casefold()] == 1
        pair(id(code), by_name.get(code.name.casefold()) if alone else None)
    return pairs


def _ids(current: Codebook, other: Codebook, pairs: Mapping[int, str]) -> dict[int, str]:
    """Return an id for every incoming code: the matched one's, its own, or one made from its name."""
    taken = {code.id.casefold() for code in current.walk()}
    ids = dict(pairs)
    for code, _ in _walk(other):
        if id(code) in ids:
            continue
        wanted = slug(code.id) if code.id else slug(code.name)
        wanted = wanted or "code"
        free, number = wanted, 2
        while free.casefold() in taken:
            free, number = f"{wanted}-{number}", number + 1
        taken.add(free.casefold())
        ids[id(code)] = free
    return ids


def _values(code: Code, other: Code, says: frozenset[str], language: str) -> dict[str, Value]:
    """Return the fields that the other file tells of a code, a description taken apart where it can be."""
    values: dict[str, Value] = {key: getattr(other, key) for key in FIELDS if key in says}
    if "description" in says and "definition" not in says:
        text = other.definition
        if text != describe(code, language):
            parts = parse_description(text)
            # What somebody wrote freely is a definition; the parts it does not name stay as they are.
            values.update(parts if parts is not None else {"definition": text})
    # A file need not repeat what is the rule: no level is no statement about the level.
    if values.get("level") == "code":
        del values["level"]
    if not values.get("guid"):
        values.pop("guid", None)
    return values


def _same(key: str, before: Value, after: Value) -> bool:
    if key == "colour" and isinstance(before, str) and isinstance(after, str):
        return before.casefold() == after.casefold()
    return before == after


def _new(code: Code, ids: Mapping[int, str], pairs: Mapping[int, str], says: frozenset[str]) -> Code:
    """Return a new code with its id, a description taken apart, and the new ones below it."""
    children = tuple(_new(child, ids, pairs, says) for child in code.children if id(child) not in pairs)
    made = replace(code, id=ids[id(code)], children=children)
    parts = parse_description(code.definition) if "description" in says and "definition" not in says else None
    return replace(made, **parts) if parts else made  # type: ignore[arg-type]


def _sets(current: Codebook, other: Codebook, ids: Mapping[int, str]) -> Iterator[Change]:
    """Yield sets that are new or say something else; members were named by the incoming codes' own keys."""
    keys = {code.guid or code.id: ids[id(code)] for code, _ in _walk(other)}
    by_guid = {one.guid: one for one in current.sets if one.guid}
    by_name = {one.name.casefold(): one for one in current.sets}
    for found in other.sets:
        members = tuple(keys[member] for member in found.members if member in keys)
        proposed = replace(found, members=members)
        now = by_guid.get(found.guid) or by_name.get(found.name.casefold())
        if now is None:
            yield Change("set", found.name, found.name, "members", (), members, members=proposed)
            continue
        proposed = replace(proposed, guid=now.guid or found.guid)
        if (now.name, now.description, now.members) != (proposed.name, proposed.description, members):
            key = "members" if now.members != members else "description"
            yield Change("set", now.name, found.name, key, getattr(now, key), getattr(proposed, key), members=proposed)


def change_table(changes: list[Change], names: Mapping[str, str] | None = None, *, remove: bool = False) -> Table:
    """Return changes as a table: what would happen to which code, what stands there now, and what is proposed.

    Args:
        changes: As `compare_codebooks` gives them.
        names: Names of codes by id, for parents.
        remove: Whether codes that the file does not have are to go.
    """
    names = names or {}
    rows = []
    for change in changes:
        if change.field == "guid":
            continue
        before, after = _shown(change.before), _shown(change.after)
        if change.kind in ("moved", "added"):
            before, after = (names.get(str(side), str(side)) for side in (before, after))
            before, after = (side or ("(top)" if change.kind == "moved" else "") for side in (before, after))
        if change.kind == "added" and change.added is not None:
            below = sum(1 for _ in change.added.walk()) - 1
            after = (f"under {after}" if after else "") + (f" with {below} codes below it" if below else "")
        kind = "not in the file" if change.kind == "removed" and not remove else change.kind
        rows.append((kind, change.code, change.name, change.field, before, after.strip()))
    columns = (
        Column("change", "Change"),
        Column("code", "Code"),
        Column("name", "Name"),
        Column("field", "Field"),
        Column("now", "Now"),
        Column("proposed", "Proposed"),
    )
    notes = () if rows else ("Nothing differs.",)
    return Table("codebook-changes", "What the file would change", columns, tuple(rows), notes)


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else "\n".join(value)
