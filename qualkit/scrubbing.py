"""What is left of one file of a study when somebody's words are taken out of it, kind by kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from qualkit.phrases import Phrases, name_places
from qualkit.text import nfc
from qualkit.yamltext import Node, parse_yaml, quoted

Moved = Callable[[int, int], tuple[int, int] | None]

_SECTION = re.compile(r"^## (.+?):(\d+)-(\d+)(?= · |\s*$)", re.MULTILINE)
_QUOTE = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Going:
    """What goes.

    Attributes:
        words: Runs of words.
        theirs: Everything that was said, folded, for short quotations in memos.
        names: Labels that may be a name, and what else tells who it is.
        mark: Stands for words: "[trukket]".
        transcripts: Ids of transcripts that go altogether.
        moved: By transcript id, for those that stay: where a passage went, None if it is gone.
        texts: Of those transcripts, as they will be.
        codings: Ids of codings that go.
        cut: Ids of codings that stay with other words.
    """

    words: Phrases
    theirs: str
    names: tuple[str, ...]
    mark: str
    transcripts: frozenset[str]
    moved: Mapping[str, Moved]
    texts: Mapping[str, str]
    codings: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()

    def quoted_by(self, text: str) -> bool:
        """Return whether a quotation as short as three words is theirs as it stands."""
        folded = fold_words(text)
        return folded.count(" ") >= _SHORT - 1 and f" {folded} " in self.theirs


def fold_words(text: str) -> str:
    """Return the words of a text in small letters with single spaces.

    Example:
        >>> fold_words("«Nei,\\n> itj den!»")
        'nei itj den'
    """
    return " ".join(re.findall(r"\w+", nfc(text).casefold()))


def memo_without(text: str, going: Going) -> str:
    """Return a memo without its sections on passages that are gone; sections on others follow their passages.

    What was quoted elsewhere in it, in a block of lines that begin with “>” or within a line, becomes the mark.
    """
    pieces = re.split(r"(?m)^(?=#{1,2} )", text)
    kept = []
    for piece in pieces:
        head = _SECTION.match(piece)
        if head is None:
            kept.append(piece)
            continue
        name, start, end = head[1], int(head[2]), int(head[3])
        if nfc(name) in going.transcripts:
            continue
        # What was not found in the text of today has no place there that could move.
        if nfc(name) in going.moved and not piece.startswith(" · lost", head.end()):
            place = going.moved[nfc(name)](start, end)
            if place is None:
                continue
            now = going.texts[nfc(name)][place[0] : place[1]]
            kept.append(f"## {name}:{place[0]}-{place[1]}{_quoting(piece[head.end() :], now)}")
            continue
        kept.append(piece)
    return text_without("".join(kept), going)


def _quoting(section: str, now: str) -> str:
    """Return a section that quotes a passage as it is now, where it quoted it as it was."""
    found = _QUOTE.search(section)
    if found is None or fold_words(found.group()) == fold_words(now):
        return section
    lines = "".join(f"> {line}\n" for line in now.split("\n"))
    return section[: found.start()] + lines + section[found.end() :]


def text_without(text: str, going: Going) -> str:
    """Return a text a person wrote, with the mark in the place of their words."""

    def block(match: re.Match[str]) -> str:
        said = re.sub(r"(?m)^[ \t]*>[ \t]?", "", match.group())
        if not going.quoted_by(said):
            return match.group()
        return f"> {going.mark}" + ("\n" if match.group().endswith("\n") else "")

    return going.words.taken_out(_QUOTE.sub(block, text), going.mark)


def yaml_without(text: str, file: str, going: Going) -> str:
    """Return a YAML file with the mark in the place of their words, every other byte kept; it stays the same YAML."""
    root, _ = parse_yaml(text, file, "")
    scalars = _scalars(root) if root is not None else []
    for node in sorted(scalars, key=lambda node: -node.start):
        if going.words.stand_in(node.value):
            written = going.words.taken_out(text[node.start : node.end], going.mark)
            if node.style not in ("|", ">") or going.words.stand_in(written):
                written = quoted(going.words.taken_out(node.value, going.mark))
            text = text[: node.start] + written + text[node.end :]
    # What is left stands in comments.
    return going.words.taken_out(text, going.mark)


def _scalars(root: Node) -> list[Node]:
    found: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind == "scalar":
            found.append(node)
        waiting += [*node.keys, *node.items]
    return found


def trail_without(data: bytes, going: Going) -> bytes:
    """Return the trail with empty lines in the place of what tells of them: when, who and what stay, no more."""
    lines = []
    for line in data.split(b"\n"):
        try:
            record = orjson.loads(line) if line.strip() else None
        except orjson.JSONDecodeError:
            text = line.decode("utf-8", "replace")
            lines.append(going.words.taken_out(text, going.mark).encode() if going.words.stand_in(text) else line)
            continue
        if isinstance(record, dict) and _tells_of(record, going):
            lines.append(orjson.dumps({**record, "object": going.mark, "before": None, "after": None, "why": ""}))
        else:
            lines.append(line)
    return b"\n".join(lines)


def _tells_of(record: Mapping[str, Any], going: Going) -> bool:
    about = str(record.get("object") or "")
    if nfc(about) in going.transcripts or about.removeprefix("coding ") in going.codings:
        return True
    texts = strings_of([record.get(key) for key in ("object", "before", "after", "why")])
    return any(going.words.stand_in(text) or name_places(text, going.names) for text in texts)


def readings_without(data: bytes, transcripts: Collection[str]) -> bytes:
    """Return reading marks without those of transcripts that are gone."""
    lines = []
    for line in data.split(b"\n"):
        try:
            gone = nfc(str(orjson.loads(line)["transcript"])) in transcripts
        except (orjson.JSONDecodeError, KeyError, TypeError):
            gone = False
        if not gone:
            lines.append(line)
    return b"\n".join(lines)


def json_without(text: str, going: Going) -> str | None:
    """Return a JSON file or a notebook with the mark in the place of their words; None if it is no JSON.

    A notebook's printed results are taken out of cells whose results hold their words.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return None

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return going.words.taken_out(value, going.mark)
        if isinstance(value, list):
            if value and all(isinstance(item, str) for item in value):
                whole = "".join(value)
                if going.words.stand_in(whole):
                    return going.words.taken_out(whole, going.mark).splitlines(keepends=True)
            return [clean(item) for item in value]
        if isinstance(value, dict):
            outputs = value.get("outputs")
            if isinstance(outputs, list) and going.words.stand_in(json.dumps(outputs, ensure_ascii=False)):
                value = {**value, "outputs": []}
            return {key: clean(item) for key, item in value.items()}
        return value

    return json.dumps(clean(tree), ensure_ascii=False, indent=1) + "\n"


def strings_of(value: object) -> list[str]:
    """Return every text within a value of JSON, keys included."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            waiting += one
    return found


def value_without(value: Any, going: Going) -> Any:
    """Return a value of JSON with the mark in the place of their words."""
    if isinstance(value, str):
        return going.words.taken_out(value, going.mark)
    if isinstance(value, list | tuple):
        return [value_without(item, going) for item in value]
    if isinstance(value, Mapping):
        return {key: value_without(item, going) for key, item in value.items()}
    return value
