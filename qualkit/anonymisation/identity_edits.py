"""Decisions written into `identities.yaml`: each replaces its own characters, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from qualkit.anonymisation.contradictions import CHECK, fold
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.identity import EVERY_LANGUAGE, Identities, Identity, Passed
from qualkit.model import Span
from qualkit.text import nfc
from qualkit.yamlitems import cut_item
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted

_FILE: Final = "private/identities.yaml"
_HEAD: Final = """# The register: who and what could identify somebody, and what is printed in its place.
# Whoever has this file can tell who said what. It belongs to nobody outside the project.
format: 1
"""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

_SPAN: Final = re.compile(r"(\S(?:.*\S)?):(\d{1,9})-(\d{1,9})\Z")

Fields = dict[str, "str | tuple[str, ...]"]


class CannotEditRegister(QualkitError):
    """A decision that cannot be written without rewriting what a person wrote around it."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"“{identifier}” cannot be written into the register as it stands",
            "Write it into identities.yaml by hand, an item to a line; nothing was changed.",
        )


class NoSuchIdentity(QualkitError):
    """The register has no identity of this id."""

    def __init__(self) -> None:
        super().__init__("the register has no identity of this id", "Ids stand in identities.yaml after “id:”.")


def render_identities(identities: Identities) -> str:
    """Return a new identities.yaml.

    Example:
        >>> print(render_identities(Identities((Identity("p1", ("Kari",), shown={"*": "Anne"}),), seed=7)), end="")
        # The register: who and what could identify somebody, and what is printed in its place.
        # Whoever has this file can tell who said what. It belongs to nobody outside the project.
        format: 1
        seed: 7
        identities:
        - id: p1
          forms: [Kari]
          type: person
          class: direct
          action: pseudonym
          print: Anne
    """
    lines = [f"seed: {identities.seed}"]
    if identities.texts:
        lines.append(f"texts: {_texts(identities.texts)}")
    for key, fields in (
        ("identities", [identity_fields(one) for one in identities.identities]),
        ("passed", [_passed_fields(one) for one in identities.passed]),
    ):
        if fields:
            lines += [f"{key}:", *(line for one in fields for line in _item_lines(one))]
    return _HEAD + "\n".join(lines) + "\n"


def _texts(texts: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {sha256}" for name, sha256 in texts) + "}"


def with_texts(text: str, texts: Mapping[str, str]) -> str:
    """Return the register's text saying in which texts its places count.

    Args:
        text: Of identities.yaml.
        texts: By transcript id the hash of a text.

    Example:
        >>> print(with_texts("format: 1\\n", {"I3": "ab12"}), end="")
        format: 1
        texts: {I3: ab12}
    """
    root = _root(text)
    if root is None or root.kind != "mapping":
        return text
    node, written = root.get("texts"), _texts(sorted(texts.items()))
    if node is None:
        return insert_lines(text, root, f"texts: {written}") if texts else text
    if node.kind == "mapping" and {key.value: _value(value) for key, value in node.pairs()} == dict(texts):
        return text
    start = text.index(":", next(key.end for key in root.keys if key.value == "texts")) + 1
    return (
        f"{text[:start]} {written}{text[node.end :]}"
        if node.end > node.start
        else f"{text[:start]} {written}{text[start:]}"
    )


def identity_fields(one: Identity) -> Fields:
    """Return an identity's keys and values as they are written; what says nothing is left out."""
    fields: Fields = {
        "id": quoted(one.id),
        "forms": tuple(map(_scalar, one.forms)),
        "type": one.type,
        "class": one.cls,
        "action": one.action,
        "print": _shown(one.shown),
        "participant": _scalar(one.participant),
        "only": tuple(_scalar(str(span)) for span in one.only),
        "gender": one.gender,
        "reason": _scalar(one.reason),
        "by": _scalar(one.by),
        "date": one.date if _DAY.match(one.date) else _scalar(one.date),
    }
    return {key: value for key, value in fields.items() if value}


def _passed_fields(one: Passed) -> Fields:
    fields: Fields = {
        "form": _scalar(one.form),
        "only": tuple(_scalar(str(span)) for span in one.only),
        "reason": _scalar(one.reason),
        "by": _scalar(one.by),
        "date": one.date if _DAY.match(one.date) else _scalar(one.date),
    }
    return {key: value for key, value in fields.items() if value}


def _scalar(value: str) -> str:
    return quoted(nfc(value)) if value else ""


def _shown(shown: Mapping[str, str]) -> str:
    if set(shown) == {EVERY_LANGUAGE}:
        return _scalar(shown[EVERY_LANGUAGE])
    said = ", ".join(f"{quoted(key)}: {_scalar(text)}" for key, text in shown.items() if text)
    return f"{{{said}}}" if said else ""


def _written(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else f"[{', '.join(value)}]"


def _item_lines(fields: Fields) -> list[str]:
    lines = [f"{key}: {_written(value)}" for key, value in fields.items()]
    return [("  " if number else "- ") + line for number, line in enumerate(lines)]


def with_identity(text: str, identity: Identity) -> str:
    """Return the register's text with an identity that is new, or is now like this; every other byte stays.

    Args:
        text: Of identities.yaml; "" begins one.
        identity: The one with its id is changed, key by key; without one it is added at the end.

    Raises:
        FaultyFiles: If the text is no sound YAML.
        CannotEditRegister: If it stands where nothing can be written into it.

    Example:
        >>> kept = "# ours\\nidentities:\\n- id: p1  # the nurse\\n  forms: [Kari]\\n"
        >>> print(with_identity(kept, Identity("p1", ("Kari", "Karis mann"), action="redact")), end="")
        # ours
        identities:
        - id: p1  # the nurse
          forms: [Kari, Karis mann]
          action: redact
    """
    node = _find(text, "identities", "id", identity.id)
    after = _change(text, "identities", "id", identity.id, identity_fields(identity)) if node else ""
    after = after or _add(text, "identities", identity_fields(identity))
    return _proved(after, identity)


def with_form(text: str, identifier: str, form: str) -> str:
    """Return the register's text with one more form of an identity.

    Raises:
        NoSuchIdentity: If there is none of this id.
    """
    node = _find(text, "identities", "id", identifier)
    if node is None:
        raise NoSuchIdentity
    forms = _strings(node.get("forms"))
    if nfc(form) in forms:
        return text
    return _set_key(text, "identities", "id", identifier, "forms", tuple(map(_scalar, (*forms, nfc(form)))))


def with_passed(text: str, passed: Passed) -> str:
    """Return the register's text with words let through; places add to those that were let through before.

    Example:
        >>> print(with_passed("format: 1\\n", Passed("Norge", by="kari", date="2026-05-04")), end="")
        format: 1
        passed:
        - form: Norge
          by: kari
          date: 2026-05-04
    """
    node = _find(text, "passed", "form", nfc(passed.form))
    if node is None:
        return _proved(_add(text, "passed", _passed_fields(passed)), None)
    fields = _passed_fields(passed)
    before = tuple(_scalar(span) for span in _strings(node.get("only")))
    if not before or not passed.only:
        fields.pop("only", None)
    else:
        fields["only"] = tuple(dict.fromkeys((*before, *fields["only"])))
    return _proved(_change(text, "passed", "form", nfc(passed.form), fields), None)


def with_all_passed(text: str, many: Sequence[Passed]) -> str:
    """Return the register's text with many words let through; those that are new are written at once.

    Example:
        >>> print(with_all_passed("format: 1\\n", [Passed("Norge"), Passed("NAV")]), end="")
        format: 1
        passed:
        - form: Norge
        - form: NAV
    """
    there = {_value(node.get("form")) for node in _items(_root(text), "passed") if node.kind == "mapping"}
    new: dict[str, Passed] = {}
    for one in many:
        if nfc(one.form) not in there:
            before = new.get(nfc(one.form))
            only = (*before.only, *one.only) if before is not None and before.only and one.only else ()
            new[nfc(one.form)] = replace(one, only=only) if before is not None else one
        else:
            text = with_passed(text, one)
    left = list(new.values())
    while left:
        root = _root(text)
        holder = root.get("passed") if root is not None and root.kind == "mapping" else None
        if holder is not None and holder.kind == "sequence" and holder.items and holder.style == "block":
            lines = [line for one in left for line in _item_lines(_passed_fields(one))]
            return _proved(insert_lines(text, holder, "\n".join(lines)), None)
        text = _add(text, "passed", _passed_fields(left.pop(0)))
    return _proved(text, None)


def with_seed(text: str, seed: int) -> str:
    """Return the register's text with the number that pseudonyms are drawn by."""
    root = _root(text)
    if root is None:
        return render_identities(Identities(seed=seed))
    node = root.get("seed")
    if node is None:
        return insert_lines(text, root, f"seed: {seed}")
    if node.end > node.start:
        return text[: node.start] + str(seed) + text[node.end :]
    return text[: node.start] + f" {seed}" + text[node.start :]


def without_identity(text: str, identifier: str) -> str:
    """Return the register's text without an identity; without one of this id it is as it was."""
    return _without(text, "identities", lambda node: _value(node.get("id")) == identifier)


def without_passed(text: str, form: str) -> str:
    """Return the register's text without words that were let through."""
    return _without(text, "passed", lambda node: _value(node.get("form")) == nfc(form))


def without_participant(text: str, participant: str, names: Collection[str] = ()) -> str:
    """Return the register's text without the identities that are a participant.

    Args:
        text: Of identities.yaml.
        participant: Their id.
        names: What they are called in transcripts: an identity with such a form, and of no other participant, goes too.

    Example:
        >>> without_participant("identities:\\n- {id: p1, forms: [A], participant: K1}\\n", "k1")
        'identities: []\\n'
    """
    theirs, called = participant.casefold(), {fold(name) for name in names}

    def goes(node: Node) -> bool:
        whose = _value(node.get("participant")).casefold()
        return whose == theirs or (not whose and any(fold(form) in called for form in _strings(node.get("forms"))))

    return _without(text, "identities", goes)


def with_places(text: str, moved: Callable[[Span], Span | None], lost: Callable[[Span], Span] | None = None) -> str:
    """Return the register's text with every place where it is now; what was only at places that are gone goes too.

    Args:
        text: Of identities.yaml.
        moved: Where a place is now; None if it is gone.
        lost: What is written of a place that is gone, so that an identity which has no other stays; None: it goes.

    Example:
        >>> t = "identities:\\n- {id: p1, only: [I3:4-5]}\\n- {id: p2, only: [I3:9-10, I4:1-2]}\\n"
        >>> print(with_places(t, lambda span: None if span.transcript == "I3" else span), end="")
        identities:
        - {id: p2, only: ["I4:1-2"]}
    """
    for holder in ("identities", "passed"):
        number = 0
        while number < len(_items(_root(text), holder)):
            node = _items(_root(text), holder)[number]
            only = node.get("only") if node.kind == "mapping" else None
            written = _strings(only)
            now = _moved_places(written, moved)
            if not now and lost is not None and holder == "identities":
                now = tuple(str(lost(span)) for place in written if (span := parse_span(place)) is not None)
            if only is None or now == written:
                number += 1
            elif now:
                text = text[: only.start] + _written(tuple(map(_scalar, now))) + text[only.end :]
                number += 1
            else:
                text = _without_item(text, holder, number)
    return text


def _moved_places(written: tuple[str, ...], moved: Callable[[Span], Span | None]) -> tuple[str, ...]:
    """Return places as they are written now; what is no place stays as it is, for a person to mend."""
    now: list[str] = []
    for place in written:
        span = parse_span(place)
        there = moved(span) if span is not None else None
        now += [place] if span is None or span == there else [str(there)] if there is not None else []
    return tuple(now)


# --- nodes ------------------------------------------------------------------------------------------


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, _FILE, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "the register has faults; nothing was done")
    return root


def _items(root: Node | None, key: str) -> tuple[Node, ...]:
    holder = root.get(key) if root is not None and root.kind == "mapping" else None
    return holder.items if holder is not None and holder.kind == "sequence" else ()


def _value(node: Node | None) -> str:
    return nfc(node.value.strip()) if node is not None and node.kind == "scalar" and not node.empty else ""


def _strings(node: Node | None) -> tuple[str, ...]:
    if node is None or node.empty:
        return ()
    return tuple(value for item in ((node,) if node.kind == "scalar" else node.items) if (value := _value(item)))


def _find(text: str, holder: str, key: str, value: str) -> Node | None:
    found = (node for node in _items(_root(text), holder) if node.kind == "mapping")
    return next((node for node in found if _value(node.get(key)) == value), None)


def _proved(text: str, identity: Identity | None) -> str:
    """Return the text, if it says what it is to say: nothing half-written gets out of here."""
    named = identity.id if identity is not None else "passed"
    root, problems = parse_yaml(text, _FILE, CHECK)
    if problems or root is None:
        raise CannotEditRegister(named)
    if identity is not None:
        node = _find(text, "identities", "id", identity.id)
        if node is None or _strings(node.get("forms")) != tuple(nfc(form.strip()) for form in identity.forms):
            raise CannotEditRegister(named)
    return text


def _add(text: str, key: str, fields: Fields) -> str:
    """Return the text with an item at the end of a list, which is begun where there is none."""
    root = _root(text)
    lines = "\n".join(_item_lines(fields))
    if root is None:
        newline = newline_of(text)
        before = text if not text or text.endswith("\n") else text + newline
        head = "" if re.search(r"(?m)^format:", text) else _HEAD if not text.strip() else "format: 1\n"
        return before + f"{head}{key}:\n{lines}\n".replace("\n", newline)
    holder = root.get(key)
    if root.kind != "mapping" or (root.style == "flow" and holder is None):
        raise CannotEditRegister(key)
    if holder is None:
        return insert_lines(text, root, f"{key}:\n{lines}")
    if holder.kind == "sequence" and holder.items:
        flow = "{" + ", ".join(f"{name}: {_written(value)}" for name, value in fields.items()) + "}"
        return insert_lines(text, holder, flow if holder.style == "flow" else lines)
    if holder.kind == "mapping" or (holder.kind == "scalar" and not holder.empty) or root.style == "flow":
        raise CannotEditRegister(key)
    return _begin_list(text, next(name for name in root.keys if name.value == key), holder, lines)


def _begin_list(text: str, name: Node, holder: Node, lines: str) -> str:
    """Return the text with the first items of a list whose key has no value, or an empty one."""
    colon = text.index(":", name.end) + 1
    if holder.end > holder.start:
        text = text[:colon] + text[holder.end :]
    newline = newline_of(text)
    stop = text.find("\n", colon)
    at = len(text) if stop < 0 else stop + 1
    indent = " " * (name.column - 1)
    block = newline.join(indent + line for line in lines.split("\n")) + newline
    return text[:at] + ("" if stop >= 0 else newline) + block + text[at:]


def _change(text: str, holder: str, key: str, value: str, fields: Fields) -> str:
    """Return the text with every key of an item as it is to be."""
    node = _find(text, holder, key, value)
    now = {name.value for name in node.keys} if node is not None else set()
    defaults = {"type": "person", "class": "direct", "action": "pseudonym"} if holder == "identities" else {}
    for name in ("forms", "type", "class", "action", "print", "participant", "only", "gender", "reason", "by", "date"):
        wanted = fields.get(name)
        if wanted is None:
            if name in now:
                text = _without_key(text, holder, key, value, name)
        elif name in now or wanted != defaults.get(name):
            text = _set_key(text, holder, key, value, name, wanted)
    return text


def _set_key(text: str, holder: str, key: str, value: str, name: str, wanted: str | tuple[str, ...]) -> str:
    """Return the text with one key of an item set; what says the same already stays as it is written."""
    node = _find(text, holder, key, value)
    if node is None:
        raise CannotEditRegister(value)
    now = node.get(name)
    if now is None:
        return insert_lines(text, node, f"{name}: {_written(wanted)}")
    if _same(now, wanted):
        return text
    if isinstance(wanted, tuple) and now.kind == "sequence" and now.items:
        kept = tuple(map(_scalar, _strings(now)))
        if wanted[: len(kept)] == kept:
            for item in wanted[len(kept) :]:
                text = _appended(text, holder, key, value, name, item)
            return text
    if now.kind in ("sequence", "mapping") and now.style == "block" and now.items:
        text = _without_key(text, holder, key, value, name)
        return _set_key(text, holder, key, value, name, wanted)
    if now.end > now.start:
        return text[: now.start] + _written(wanted) + text[now.end :]
    colon = text.find(":", next(each.end for each in node.keys if each.value == name))
    return text[: colon + 1] + " " + _written(wanted) + text[colon + 1 :]


def _appended(text: str, holder: str, key: str, value: str, name: str, item: str) -> str:
    node = _find(text, holder, key, value)
    sequence = node.get(name) if node is not None else None
    if sequence is None:
        raise CannotEditRegister(value)
    return insert_lines(text, sequence, item if sequence.style == "flow" else f"- {item}")


def _same(now: Node, wanted: str | tuple[str, ...]) -> bool:
    if isinstance(wanted, tuple):
        return tuple(map(_scalar, _strings(now))) == wanted
    root, _ = parse_yaml(f"value: {wanted}", _FILE, CHECK)
    meant = root.get("value") if root is not None else None
    if meant is None or meant.kind != now.kind:
        return False
    if meant.kind == "mapping":
        return {k.value: _value(v) for k, v in meant.pairs()} == {k.value: _value(v) for k, v in now.pairs()}
    return _value(meant) == _value(now)


def _without_key(text: str, holder: str, key: str, value: str, name: str) -> str:
    node = _find(text, holder, key, value)
    if node is None:
        return text
    at = next(number for number, each in enumerate(node.keys) if each.value == name)
    here, item = node.keys[at], node.items[at]
    following = node.keys[at + 1] if at + 1 < len(node.keys) else None
    if node.style == "flow":
        if following is not None:
            return text[: here.start] + text[following.start :]
        return text[: node.items[at - 1].end] + text[max(item.end, here.end) :].removeprefix(":")
    if at == 0:
        if following is None:
            raise CannotEditRegister(value)
        return text[: here.start] + text[following.start :]
    begin = text.rfind("\n", 0, here.start) + 1
    stop = text.find("\n", max(here.end, item.end))
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def _without(text: str, key: str, goes: Callable[[Node], bool]) -> str:
    """Return the text without the items of a list that go; the last one leaves an empty list."""
    while True:
        items = _items(_root(text), key)
        number = next((at for at, one in enumerate(items) if one.kind == "mapping" and goes(one)), None)
        if number is None:
            return text
        text = _without_item(text, key, number)


def _without_item(text: str, key: str, number: int) -> str:
    root = _root(text)
    sequence = root.get(key) if root is not None else None
    if root is None or sequence is None:
        return text
    if len(sequence.items) > 1:
        return cut_item(text, sequence.items[number], sequence)
    name = next(each for each in root.keys if each.value == key)
    colon = text.index(":", name.end) + 1
    return text[:colon] + " []" + text[sequence.end :]


def parse_span(written: str) -> Span | None:
    """Return a place as it stands in the register, or None where it is none.

    Example:
        >>> parse_span("I3:204-210"), parse_span("I3:210-204")
        (Span(transcript='I3', start=204, end=210), None)
    """
    match = _SPAN.match(written.strip())
    if match is None or int(match[2]) >= int(match[3]):
        return None
    return Span(nfc(match[1]), int(match[2]), int(match[3]))
