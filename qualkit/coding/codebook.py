"""`codebook.yaml`: read with every fault at its place, written by changing only what changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import cast

from qualkit.coding.patterns import PatternError, parse_pattern
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.language.identify import LANGUAGES
from qualkit.model import Code, Codebook, CodeSet, Rule, UnitOfCoding
from qualkit.text import near_miss, nfc, slug
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted, set_scalar

CHECK = "codebook"
FORMAT = "1"

_TOP = ("qualkit_codebook", "title", "language", "method", "levels", "codes", "sets")
_CODE = (
    "id",
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
    "rules",
    "refi",
    "children",
)
_SET = ("name", "description", "members", "refi")
_REFI = ("guid",)
_RULE = ("id", "any", "all", "within", "unless", "speakers", "language", "unit")
_UNITS = ("match", "sentence", "turn", "paragraph")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_GUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}\Z")
ID = re.compile(r"[^\W_][\w.-]*\Z")
_ROLES = ("interviewer", "participant", "other")
_SAME_THING = {"color": "colour", "auto": "rules", "label": "name", "description": "definition", "codes": "children"}


class UnknownCode(QualkitError):
    """A code that the codebook does not have."""

    def __init__(self, code: str, known: list[str]) -> None:
        near = near_miss(code, known)
        super().__init__(
            f"the codebook has no code “{code}”",
            f"Did you mean “{near}”?" if near else "See the codes with: qualkit codebook show",
        )


class CodeExists(QualkitError):
    """A code id that is taken."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the codebook has a code “{code}” already", "Choose another id.")


def parse_codebook(text: str, file: str = "codebook.yaml") -> tuple[Codebook, list[Problem]]:
    """Read a codebook and find everything that is wrong with it.

    Args:
        text: Of codebook.yaml.
        file: Named in the Problems.

    Returns:
        The codebook, as far as it can be read, and its Problems in the order of the file. A codebook
        with Problems of severity "error" must not be coded with.

    Example:
        >>> book, problems = parse_codebook('codes:\\n- name: Tid\\n  color: #aa3300\\n')
        >>> [str(p) for p in problems]
        ['codebook.yaml:3:3: “color” is no key of a code']
    """
    root, problems = parse_yaml(text, file, CHECK)
    reader = _Reader(file, problems)
    book = reader.codebook(root)
    return book, sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))


class _Reader:
    """Walks the nodes of one codebook and collects what is wrong."""

    def __init__(self, file: str, problems: list[Problem], check: str = CHECK) -> None:
        self.file = file
        self.problems = problems
        self.check = check
        self.code_ids: dict[str, int] = {}
        self.rule_ids: dict[str, int] = {}
        self.guids: dict[str, int] = {}
        self.levels: tuple[str, ...] = ()

    def fault(self, node: Node | None, message: str, hint: str = "") -> None:
        line, column = (node.line, node.column) if node else (1, 1)
        self.problems.append(Problem(self.file, line, column, self.check, message, hint))

    def codebook(self, root: Node | None) -> Codebook:
        if root is None:
            if not self.problems:
                self.fault(None, "the codebook is empty", "Begin with “codes:” and a list of codes with names.")
            return Codebook()
        if root.kind == "sequence":
            codes = self.codes(root)
            return Codebook(codes=codes)
        if root.kind != "mapping":
            self.fault(root, "a codebook is a list of codes under “codes:”", "Begin with “codes:”.")
            return Codebook()
        self.keys(root, _TOP, "a codebook", {})
        if (version := root.get("qualkit_codebook")) is not None and version.value != FORMAT:
            self.fault(version, f"this codebook has format {version.value}; qualkit reads format {FORMAT}")
        language = self.choice(root.get("language"), LANGUAGES, "language")
        levels = root.get("levels")
        self.levels = self.strings(levels, "levels")
        node = root.get("codes")
        if node is None or node.empty or not (node.items or node.keys):
            self.fault(
                node or root, "the codebook has no codes", "Write them as a list under “codes:”, each with a name."
            )
            return Codebook(self.string(root.get("title")), language, self.levels)
        codes = self.codes(node)
        return Codebook(
            self.string(root.get("title")), language, self.levels, codes, self.sets(root.get("sets"), codes)
        )

    def codes(self, node: Node) -> tuple[Code, ...]:
        if node.kind != "sequence":
            if not node.empty:
                self.fault(node, "codes stand in a list", "Begin each code with “- ” on a line of its own.")
            return ()
        return tuple(code for item in node.items if (code := self.code(item)) is not None)

    def code(self, node: Node) -> Code | None:
        if node.kind == "scalar":
            if node.empty:
                self.fault(node, "a code without a name", "Write its name after the “- ”.")
                return None
            name = nfc(node.value)
            return Code(self.identifier(node, slug(name)), name, line=node.line)
        if node.kind != "mapping":
            self.fault(node, "a code is a name, or keys with values", "Write “- name: …”.")
            return None
        self.keys(node, _CODE, "a code", _SAME_THING)
        name_node, id_node = node.get("name"), node.get("id")
        name = self.string(name_node)
        if not name and (name_node is None or name_node.empty) and (id_node is None or id_node.empty):
            self.fault(name_node or node, "a code without a name", "Write “name: …”.")
            return None
        written = self.string(id_node) or slug(name)
        if id_node is not None and written and not ID.match(written):
            self.fault(id_node, f"“{written}” cannot be an id", "An id has letters, digits, - and _, and no spaces.")
        identifier = self.identifier(id_node or name_node or node, written)
        level = self.string(node.get("level"))
        if level and self.levels and level not in self.levels:
            self.fault(
                node.get("level"), f"“{level}” is none of this codebook's levels", self.listed(level, self.levels)
            )
        children = node.get("children")
        return Code(
            id=identifier,
            name=name or written,
            level=level or "code",
            codable=self.flag(node.get("codable"), default=True),
            colour=self.colour(node.get("colour")),
            brief=self.string(node.get("brief")),
            definition=self.string(node.get("definition")).rstrip("\n"),
            use_when=self.strings(node.get("use_when"), "use_when"),
            not_when=self.strings(node.get("not_when"), "not_when"),
            examples=self.examples(node.get("examples")),
            note=self.string(node.get("note")),
            rules=self.rules(node.get("rules"), identifier),
            children=self.codes(children) if children is not None else (),
            line=node.line,
            guid=self.guid(node.get("refi")),
        )

    def guid(self, node: Node | None) -> str:
        if node is None or node.empty:
            return ""
        if node.kind != "mapping":
            self.fault(node, "“refi” is keys with values", 'Write refi: {guid: "…"}.')
            return ""
        self.keys(node, _REFI, "“refi”", {})
        found = node.get("guid")
        guid = self.string(found).strip("{}").upper()
        if guid and not _GUID.match(guid):
            self.fault(found, "a guid is 32 hexadecimal digits in five groups", "Take the line out: a new one is made.")
            return ""
        if guid in self.guids:
            message = f"the guid stands on line {self.guids[guid]} already"
            self.fault(found, message, "Take this one out: a new one is made. A copied code is another code.")
            return ""
        if guid and found is not None:
            self.guids[guid] = found.line
        return guid

    def sets(self, node: Node | None, codes: tuple[Code, ...]) -> tuple[CodeSet, ...]:
        if node is None or node.empty:
            return ()
        if node.kind != "sequence":
            self.fault(node, "sets stand in a list", "Begin each with “- name: …”.")
            return ()
        known = {code.id for top in codes for code in top.walk()}
        found = []
        for item in node.items:
            name = self.string(item.get("name"))
            if item.kind != "mapping" or not name:
                self.fault(item, "a set without a name", "Write “- name: …” and “members: [code, code]”.")
                continue
            self.keys(item, _SET, "a set", {"codes": "members"})
            members = self.strings(item.get("members"), "members")
            for member in members:
                if member not in known:
                    at = item.get("members") or item
                    message, near = f"the set has a member “{member}” that is no code", near_miss(member, known)
                    hint = f"Did you mean “{near}”?" if near else "Members are ids of codes."
                    self.problems.append(Problem(self.file, at.line, at.column, self.check, message, hint, "warning"))
            description = self.string(item.get("description")).rstrip("\n")
            found.append(CodeSet(name, description, members, self.guid(item.get("refi")), item.line))
        return tuple(found)

    def identifier(self, node: Node, identifier: str) -> str:
        folded = identifier.casefold()
        if not identifier:
            self.fault(node, "no id can be made of a name without letters", "Write “id: …” beside the name.")
        elif folded in self.code_ids:
            self.fault(
                node,
                f"the id “{identifier}” is taken by the code on line {self.code_ids[folded]}",
                "Every code needs an id of its own; give one of them another.",
            )
        else:
            self.code_ids[folded] = node.line
        return identifier

    def rules(self, node: Node | None, code: str) -> tuple[Rule, ...]:
        if node is None or node.empty:
            return ()
        if node.kind != "sequence":
            self.fault(node, "rules stand in a list", "Begin each rule with “- any: …”.")
            return ()
        if node.items and all(item.kind == "scalar" for item in node.items):
            return (self.rule(node, None, code, 1),)
        return tuple(
            self.rule(item, item, code, number)
            for number, item in enumerate(node.items, 1)
            if item.kind == "mapping" or self.not_a_rule(item)
        )

    def not_a_rule(self, node: Node) -> bool:
        self.fault(node, "a rule is keys with values", 'Write “- any: ["lemma:kontakte"]”.')
        return False

    def rule(self, at: Node, node: Node | None, code: str, number: int) -> Rule:
        lines: dict[str, tuple[int, int]] = {}
        if node is None:
            identifier, any_ = code, self.patterns(at, "any", lines)
            self.rule_id(at, identifier)
            return Rule(identifier, any_, line=at.line, column=at.column, lines=MappingProxyType(lines))
        self.keys(node, _RULE, "a rule", {"pattern": "any", "lang": "language"})
        identifier = self.string(node.get("id")) or f"{code}-{number}"
        self.rule_id(node.get("id") or node, identifier)
        if node.get("any") is None:
            self.fault(
                node, "a rule without “any”", 'Write the patterns of which one must match: any: ["lemma:kontakte"].'
            )
        return Rule(
            id=identifier,
            any=self.patterns(node.get("any"), "any", lines),
            all=self.patterns(node.get("all"), "all", lines, may_be_empty=True),
            within=self.within(node.get("within")),
            unless=self.patterns(node.get("unless"), "unless", lines, may_be_empty=True),
            speakers=self.speakers(node.get("speakers")),
            language=self.choice(node.get("language"), LANGUAGES, "language") or None,
            unit=cast("UnitOfCoding", self.choice(node.get("unit"), _UNITS, "unit") or "sentence"),
            line=node.line,
            column=node.column,
            lines=MappingProxyType(lines),
        )

    def speakers(self, node: Node | None) -> tuple[str, ...]:
        """Return roles, labels and ids of participants; labels may be anything, so a slip is only a warning."""
        names = self.strings(node, "speakers")
        for name in names:
            near = near_miss(name, _ROLES)
            if node is not None and near and name.casefold() not in _ROLES:
                at = next((item for item in node.items if nfc(item.value) == name), node)
                message = f"speakers: “{name}” is no role, so a speaker with this label is meant"
                hint = f"Did you mean “{near}”?"
                self.problems.append(Problem(self.file, at.line, at.column, self.check, message, hint, "warning"))
        return names

    def rule_id(self, node: Node, identifier: str) -> None:
        if identifier in self.rule_ids:
            self.fault(
                node,
                f"the rule id “{identifier}” is taken by the rule on line {self.rule_ids[identifier]}",
                "Give it another.",
            )
        else:
            self.rule_ids[identifier] = node.line

    def patterns(
        self, node: Node | None, key: str, lines: dict[str, tuple[int, int]], *, may_be_empty: bool = False
    ) -> tuple[str, ...]:
        if node is None or node.empty:
            if node is not None and not may_be_empty:
                self.fault(node, f"“{key}” has no patterns", "Write at least one.")
            return ()
        items = node.items if node.kind == "sequence" else (node,)
        kept = []
        for item in items:
            if item.kind != "scalar":
                self.fault(item, "a pattern is a text", "Put the pattern in quotation marks.")
                continue
            try:
                parse_pattern(item.value)
            except PatternError as error:
                self.fault(item, f"{key}: {error}", error.hint)
                continue
            kept.append(item.value)
            lines.setdefault(item.value, (item.line, item.column))
        if not items and not may_be_empty:
            self.fault(node, f"“{key}” has no patterns", "Write at least one.")
        return tuple(kept)

    def within(self, node: Node | None) -> str | int:
        if node is None or node.empty:
            return "sentence"
        number = node.value.removesuffix(" words").removesuffix(" ord")
        if number.isascii() and number.isdigit() and len(number) < 6 and int(number) > 0:
            return int(number)
        return self.choice(node, ("sentence", "turn"), "within", extra=" or a number of words") or "sentence"

    def colour(self, node: Node | None) -> str:
        if node is None:
            return ""
        if node.empty:
            self.fault(
                node,
                "the colour is lost: without quotation marks YAML reads #… as a comment",
                'Write it as "#aa3300".',
            )
            return ""
        if node.kind != "scalar" or not _COLOUR.match(node.value):
            self.fault(node, "a colour is # and six hexadecimal digits", 'For instance colour: "#aa3300".')
            return ""
        return node.value

    def examples(self, node: Node | None) -> tuple[str, ...]:
        if node is not None and node.kind == "sequence":
            found = []
            for item in node.items:
                quote = item.get("quote") if item.kind == "mapping" else item
                if quote is None or quote.kind != "scalar":
                    self.fault(item, "an example is a text, or a quote with its source", "Write - quote: “…”.")
                elif not quote.empty:
                    found.append(quote.value)
            return tuple(found)
        return self.strings(node, "examples")

    def strings(self, node: Node | None, key: str) -> tuple[str, ...]:
        if node is None or node.empty:
            return ()
        if node.kind == "scalar":
            return (nfc(node.value),)
        if node.kind == "mapping":
            self.fault(node, f"“{key}” is a list", "Begin each item with “- ”.")
            return ()
        for item in node.items:
            if item.kind != "scalar":
                self.fault(
                    item, f"an item of “{key}” is a text", "Put it in quotation marks if it holds a colon or a bracket."
                )
        return tuple(nfc(item.value) for item in node.items if item.value and not item.empty)

    def string(self, node: Node | None) -> str:
        if node is None or node.empty:
            return ""
        if node.kind != "scalar":
            self.fault(node, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
            return ""
        return nfc(node.value)

    def flag(self, node: Node | None, *, default: bool) -> bool:
        if node is None or node.empty:
            return default
        value = node.value.casefold()
        if value in ("true", "yes", "ja"):
            return True
        if value in ("false", "no", "nei"):
            return False
        self.fault(node, f"“{node.value}” is neither true nor false", "Write true or false.")
        return default

    def choice(self, node: Node | None, allowed: tuple[str, ...], key: str, *, extra: str = "") -> str:
        value = self.string(node)
        if value and value not in allowed:
            self.fault(node, f"{key}: “{value}” is not known", self.listed(value, allowed) + extra)
            return ""
        return value

    def listed(self, value: str, allowed: tuple[str, ...]) -> str:
        near = near_miss(value, allowed)
        return f"Did you mean “{near}”?" if near else "It can be " + ", ".join(allowed)

    def keys(self, node: Node, known: tuple[str, ...], what: str, same: dict[str, str]) -> None:
        seen: dict[str, int] = {}
        for key in node.keys:
            if key.value in seen:
                self.fault(
                    key, f"“{key.value}” stands twice in {what}, first on line {seen[key.value]}", "Take one out."
                )
            seen[key.value] = key.line
            if key.value in known:
                continue
            meant = same.get(key.value) or near_miss(key.value, known)
            hint = f"Did you mean “{meant}”?" if meant else "Known keys: " + ", ".join(known)
            self.fault(key, f"“{key.value}” is no key of {what}", hint)


def rule_reader(file: str, problems: list[Problem], check: str) -> Callable[[Node | None, str], tuple[Rule, ...]]:
    """Return what reads the rules under a key of another file, written as in a codebook, each id once.

    Args:
        file: Named in the Problems.
        problems: Where they are put.
        check: Named in the Problems.
    """
    return _Reader(file, problems, check).rules


def rules_of(codebook: Codebook) -> Iterator[tuple[Code, Rule]]:
    """Yield every rule with the code it proposes, in the order of the file."""
    for code in codebook.walk():
        for rule in code.rules:
            yield code, rule


def find_code(codebook: Codebook, wanted: str) -> Code:
    """Return the code with this id or name; case does not count.

    Raises:
        UnknownCode: With the nearest id as a hint.
    """
    folded = wanted.casefold().strip()
    for matches in (lambda c: c.id.casefold() == folded, lambda c: c.name.casefold() == folded):
        for code in codebook.walk():
            if cast("Callable[[Code], bool]", matches)(code):
                return code
    raise UnknownCode(wanted, [code.id for code in codebook.walk()])


def set_code_field(text: str, code: str, key: str, value: str) -> str:
    """Return the codebook's text with one field of one code set; every other byte stays.

    A code that is renamed keeps its id: where none was written, it is written now.

    Args:
        text: Of codebook.yaml, with any line ending and style.
        code: Its id.
        key: A key whose value is a text.
        value: The new text.

    Raises:
        UnknownCode: If there is no such code.

    Example:
        >>> print(set_code_field("codes:\\n- id: tid   # first\\n  name: Tid\\n", "tid", "name", "Tid: å"), end="")
        codes:
        - id: tid   # first
          name: "Tid: å"
    """
    text, node = code_with_id(text, code) if key == "name" else code_mapping(text, code)
    return set_scalar(text, node, key, value)


def add_code(text: str, name: str, *, identifier: str = "", parent: str = "", definition: str = "") -> str:
    """Return the codebook's text with a new code at the end, or under a parent; every other byte stays.

    Raises:
        CodeExists: If the id is taken.
        UnknownCode: If the parent does not exist.

    Example:
        >>> print(add_code("codes:\\n- name: Tid\\n# the end\\n", "Ro", definition="Å få ro"), end="")
        codes:
        - name: Tid
        - id: ro
          name: Ro
          definition: Å få ro
        # the end
    """
    identifier = identifier or slug(name)
    known = {found.casefold() for found, _, _ in code_nodes(text)}
    if identifier.casefold() in known:
        raise CodeExists(identifier)
    fields = [f"id: {quoted(identifier)}", f"name: {quoted(name)}"]
    if definition:
        fields.append(f"definition: {quoted(definition)}")
    if parent:
        text, above = code_mapping(text, parent)
        return _add_item(text, above, "children", fields)
    root = root_of(text)
    if root is not None and root.kind == "sequence":
        return _append(text, root, fields)
    if root is not None:
        return _add_item(text, root, "codes", fields)
    newline = newline_of(text)
    body = text if not text or text.endswith("\n") else text + newline
    return body + newline.join(["codes:", *_block(fields)]) + newline


def _block(fields: list[str]) -> list[str]:
    return [("  " if number else "- ") + field for number, field in enumerate(fields)]


def _flow(fields: list[str]) -> str:
    return "{" + ", ".join(fields) + "}"


def _append(text: str, sequence: Node, fields: list[str]) -> str:
    return insert_lines(text, sequence, _flow(fields) if sequence.style == "flow" else "\n".join(_block(fields)))


def _add_item(text: str, mapping: Node, key: str, fields: list[str]) -> str:
    """Add an item to the list under a key, which may be missing or without a value."""
    node = mapping.get(key)
    if node is not None and node.kind == "sequence":
        return _append(text, node, fields)
    if node is not None and not node.empty:
        raise FaultyFiles(parse_codebook(text)[1], f"“{key}” is no list")
    if mapping.style == "flow":
        if node is None:
            return insert_lines(text, mapping, f"{key}: [{_flow(fields)}]")
        return text[: node.start] + f" [{_flow(fields)}]" + text[node.end :]
    if node is None:
        return insert_lines(text, mapping, "\n".join([f"{key}:", *("  " + line for line in _block(fields))]))
    newline = newline_of(text)
    stop = text.find("\n", node.end)
    before = text[: node.start] + (text[node.end :] + newline if stop < 0 else text[node.end : stop + 1])
    indent = " " * (mapping.column + 1)
    lines = "".join(indent + line + newline for line in _block(fields))
    return before + lines + ("" if stop < 0 else text[stop + 1 :])


def code_mapping(text: str, code: str) -> tuple[str, Node]:
    """Return the text with a code that is only a name written out as keys, and the code's node."""
    nodes = {identifier: (node, parent) for identifier, node, parent in code_nodes(text)}
    if code not in nodes:
        raise UnknownCode(code, list(nodes))
    node, parent = nodes[code]
    if node.kind == "mapping":
        return text, node
    written = text[node.start : node.end]
    name = quoted(node.value.strip()) if "\n" in written else written
    fields = [f"id: {quoted(code)}", f"name: {name}"]
    indent = newline_of(text) + " " * (node.column - 1)
    keys = _flow(fields) if parent.style == "flow" else indent.join(fields)
    return code_mapping(text[: node.start] + keys + text[node.end :], code)


def code_with_id(text: str, code: str) -> tuple[str, Node]:
    """Return the text with a code's id written out, and the code's node.

    An id that was made from the name would change with it, and codings would lose their code.
    """
    text, node = code_mapping(text, code)
    if node.get("id") is not None:
        return text, node
    line = f"id: {quoted(code)}"
    between = ", " if node.style == "flow" else newline_of(text) + " " * (node.column - 1)
    at = node.keys[0].start
    return code_mapping(text[:at] + line + between + text[at:], code)


def root_of(text: str) -> Node | None:
    """Return the codebook's root; a place in it is a place in the text only where nothing had to be mended."""
    root, problems = parse_yaml(text, "codebook.yaml", CHECK)
    if problems:
        raise FaultyFiles(problems, "the codebook has faults")
    return None if root is not None and root.kind == "scalar" else root


def code_nodes(text: str) -> Iterator[tuple[str, Node, Node]]:
    """Yield every code's id, its node and the list it stands in."""
    root = root_of(text)
    codes = root if root is not None and root.kind == "sequence" else root.get("codes") if root is not None else None
    stack = [codes] if codes is not None else []
    while stack:
        parent = stack.pop(0)
        for node in parent.items:
            identifier, name, children = node.get("id"), node.get("name"), node.get("children")
            if node.kind == "scalar" and not node.empty:
                yield slug(node.value), node, parent
            elif identifier is not None and not identifier.empty:
                yield nfc(identifier.value), node, parent
            elif name is not None and not name.empty:
                yield slug(name.value), node, parent
            if children is not None:
                stack.append(children)
