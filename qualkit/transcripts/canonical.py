r"""`transcripts/ID.txt`: a short header, then the text that every offset counts in.

``---``, YAML, ``---``; offset 0 is the character after that line's break. A turn begins at a line start
with ``LABEL: ``, the label listed under `speakers`; a turn's span covers its speech alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import cast

from qualkit.conflicts import check_conflicts
from qualkit.errors import Problem
from qualkit.language.identify import LANGUAGES
from qualkit.model import KINDS, Kind, Role, Speaker, Transcript, Turn
from qualkit.text import near_miss, normalise, sha256_hex, trimmed
from qualkit.yamltext import Node, parse_yaml, quoted

CHECK = "transcript"
_FENCE = "---\n"
_TOLD = ("title", "date", "publisher")
_KEYS = (
    *("id", "kind", "may_quote", *_TOLD, "language", "source", "source_sha256", "sha256", "speakers", "times", "pages"),
)
_YES, _NO = ("yes", "true", "ja"), ("no", "false", "nei")
_ROLES = ("interviewer", "participant", "other")


def render_transcript(transcript: Transcript) -> str:
    """Return the file's text: header and canonical text; `parse_transcript` gives the same record back."""
    lines = [
        f"id: {quoted(transcript.id)}",
        f"kind: {quoted(transcript.kind)}",
        *([f"may_quote: {'yes' if transcript.may_quote else 'no'}"] if _is_marked(transcript) else []),
        *(f"{key}: {quoted(value)}" for key in _TOLD if (value := getattr(transcript, key))),
        f"language: {quoted(transcript.language)}",
    ]
    if transcript.source:
        lines.append(f"source: {quoted(transcript.source)}")
    if transcript.source_sha256:
        lines.append(f"source_sha256: {transcript.source_sha256}")
    lines.append(f"sha256: {transcript.sha256}")
    lines += [f"{quoted(key)}: {quoted(value)}" for key, value in transcript.extra.items()]
    if transcript.speakers:
        lines.append("speakers:")
        lines += [f"  {quoted(speaker.label)}: {_speaker(speaker)}" for speaker in transcript.speakers]
    timed = [turn for turn in transcript.turns if turn.time]
    if timed:
        lines.append("times:")
        lines += [f"  {turn.number}: [{turn.time[0]:.3f}, {turn.time[1]:.3f}]" for turn in timed if turn.time]
    if transcript.pages:
        begins = sorted(transcript.pages.items())
        lines.append("pages: {" + ", ".join(f"{start}: {page}" for start, page in begins) + "}")
    return _FENCE + "\n".join(lines) + "\n" + _FENCE + transcript.text


def _is_marked(transcript: Transcript) -> bool:
    """Say whether the header tells if the source may be quoted: of what was said off the record, and of exceptions."""
    return transcript.kind == "off-the-record" or not transcript.may_quote


def _speaker(speaker: Speaker) -> str:
    fields = [f"role: {speaker.role}"]
    if speaker.participant:
        fields.append(f"participant: {quoted(speaker.participant)}")
    if speaker.language:
        fields.append(f"language: {speaker.language}")
    return "{" + ", ".join(fields) + "}"


def parse_transcript(content: str, file: str, *, default_id: str = "") -> tuple[Transcript | None, list[Problem]]:
    """Read a canonical transcript.

    Line endings and composed letters are brought in order first, so that an editor that only changed
    those has changed nothing.

    Args:
        content: Of the file.
        file: Named in the Problems.
        default_id: Where the header gives none.

    Returns:
        The transcript with turns parsed from its text and the hash the text has *now*; None where
        there is no header. The Problems tell of faults in the header, and, as check
        "changed-transcript", of a text that is no longer the one the header's hash was taken of.
    """
    content, _ = normalise(content)
    met = check_conflicts(content, file, CHECK)
    if met:
        return None, met
    stop = content.find("\n" + _FENCE, 3)
    if not content.startswith(_FENCE) or stop < 0:
        hint = "A transcript begins with a line “---”, keys as id and speakers, and a second line “---”."
        return None, [Problem(file, 1, 1, CHECK, "the header is missing", hint)]
    text = content[stop + 1 + len(_FENCE) :]
    root, problems = parse_yaml("\n" + content[len(_FENCE) : stop + 1], file, CHECK)
    if root is None or root.kind != "mapping":
        return None, problems or [Problem(file, 2, 1, CHECK, "the header has no keys")]
    header = {key.value: value for key, value in root.pairs()}
    speakers = _speakers(header.get("speakers"), file, problems)
    sha256 = sha256_hex(text)
    written = header.get("sha256")
    if written is not None and written.value != sha256:
        problems.append(
            Problem(
                file,
                written.line,
                written.column,
                "changed-transcript",
                "the text was changed since it was coded",
                "To move codings along with their words: qualkit anchor (qualkit code does it too).",
            )
        )
    language = header.get("language")
    if language is not None and language.value not in LANGUAGES:
        hint = "It can be " + ", ".join(LANGUAGES)
        problems.append(Problem(file, language.line, language.column, CHECK, "the language is not known", hint))
    others = {key: node for key, node in header.items() if key not in _KEYS}
    for node in others.values():
        if node.kind != "scalar":
            hint = "Write it on one line in quotation marks, or keep it elsewhere."
            message = "a list or mapping under a key that qualkit does not know is not kept"
            problems.append(Problem(file, node.line, node.column, CHECK, message, hint, "warning"))
    extra = {key: node.value for key, node in others.items() if node.kind == "scalar"}
    turns = parse_turns(text, [s.label for s in speakers], _times(header.get("times"), file, problems))

    def value(key: str) -> str:
        node = header.get(key)
        return node.value if node is not None and node.kind == "scalar" else ""

    kind = _kind(header.get("kind"), file, problems)
    transcript = Transcript(
        id=value("id") or default_id,
        text=text,
        turns=turns,
        speakers=speakers,
        language=value("language") if value("language") in LANGUAGES else "nb",
        sha256=sha256,
        kind=kind,
        may_quote=_may_quote(header.get("may_quote"), kind, file, problems),
        title=value("title"),
        date=value("date"),
        publisher=value("publisher"),
        pages=_pages(header.get("pages"), file, problems),
        source=value("source"),
        source_sha256=value("source_sha256"),
        extra=MappingProxyType(extra),
    )
    return transcript, problems


def _speakers(node: Node | None, file: str, problems: list[Problem]) -> tuple[Speaker, ...]:
    if node is None or node.empty:
        return ()
    if node.kind != "mapping":
        hint = "Write a line for each speaker: K1: {role: participant}"
        problems.append(Problem(file, node.line, node.column, CHECK, "the speakers cannot be read", hint))
        return ()
    found = []
    for key, value in node.pairs():
        fields = {k.value: v for k, v in value.pairs()} if value.kind == "mapping" else {"role": value}
        role = fields["role"].value if "role" in fields else "participant"
        if role not in _ROLES:
            near = near_miss(role, _ROLES)
            hint = f"Did you mean “{near}”?" if near else "It can be interviewer, participant or other."
            problems.append(Problem(file, key.line, key.column, CHECK, "a speaker's role is not known", hint))
            role = "other"
        language, participant = fields.get("language"), fields.get("participant")
        found.append(
            Speaker(
                key.value,
                cast("Role", role),
                language.value if language is not None and language.value in LANGUAGES else None,
                participant.value if participant is not None and participant.value else None,
            )
        )
    return tuple(found)


def _kind(node: Node | None, file: str, problems: list[Problem]) -> Kind:
    if node is None or node.empty:
        return "interview"
    if node.value in KINDS:
        return node.value
    near = near_miss(node.value, KINDS)
    hint = f"Did you mean “{near}”?" if near else "It can be " + ", ".join(KINDS)
    problems.append(Problem(file, node.line, node.column, CHECK, "the kind of source is not known", hint))
    # What nobody can tell is not quoted.
    return "off-the-record"


def _may_quote(node: Node | None, kind: Kind, file: str, problems: list[Problem]) -> bool:
    if node is None or node.empty:
        return kind != "off-the-record"
    said = node.value.casefold()
    if said not in (*_YES, *_NO):
        hint = "Write yes or no; until then it counts as no."
        problems.append(Problem(file, node.line, node.column, CHECK, "may_quote cannot be read", hint))
    return said in _YES


def _pages(node: Node | None, file: str, problems: list[Problem]) -> Mapping[int, int]:
    if node is None or node.empty:
        return MappingProxyType({})
    pairs = [(key.value, value.value) for key, value in node.pairs()] if node.kind == "mapping" else []
    found = {int(start): int(page) for start, page in pairs if start.isdecimal() and page.isdecimal()}
    if node.kind != "mapping" or len(found) < len(pairs):
        hint = "Write where each page begins, in characters, and its number: {0: 1, 2104: 2}"
        problems.append(Problem(file, node.line, node.column, CHECK, "the pages cannot be read", hint))
    return MappingProxyType(found)


def _times(node: Node | None, file: str, problems: list[Problem]) -> Mapping[int, tuple[float, float]]:
    if node is None or node.empty:
        return {}
    hint = "Write turn number, begin and end in seconds: 3: [12.000, 15.500]"
    if node.kind != "mapping":
        problems.append(Problem(file, node.line, node.column, CHECK, "the times cannot be read", hint))
        return {}
    times = {}
    for key, value in node.pairs():
        try:
            begin, end = (float(item.value) for item in value.items)
            if not (isfinite(begin) and isfinite(end)):
                raise ValueError
            times[int(key.value)] = (begin, end)
        except ValueError:
            problems.append(Problem(file, key.line, key.column, CHECK, "a time cannot be read", hint))
    return times


def parse_turns(
    text: str, labels: Sequence[str], times: Mapping[int, tuple[float, float]] | None = None
) -> tuple[Turn, ...]:
    r"""Return the turns of a canonical text.

    Args:
        text: Canonical.
        labels: Of the speakers; only these open turns.
        times: By turn number, in seconds.

    Example:
        >>> t = "I: Kor lenge?\n\nK1: Me kan ringe.\nNår som helst."
        >>> [(turn.speaker, t[turn.start:turn.end]) for turn in parse_turns(t, ["I", "K1"])]
        [('I', 'Kor lenge?'), ('K1', 'Me kan ringe.\nNår som helst.')]
    """
    times = times or {}
    openings: list[tuple[int, int, str | None]] = []
    if labels:
        longest_first = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
        openings = [
            (match.start(), match.end(), match.group(1))
            for match in re.finditer(f"^({longest_first}):(?: |(?=\n)|\\Z)", text, re.MULTILINE)
        ]
    before = text[: openings[0][0]] if openings else text
    if before.strip():
        openings.insert(0, (0, 0, None))
    turns = []
    for number, (label_start, behind, label) in enumerate(openings, 1):
        stop = openings[number][0] if number < len(openings) else len(text)
        start, end = trimmed(text, behind, stop)
        if start == end:
            start = end = behind
        turns.append(Turn(number, label, label_start, start, end, times.get(number)))
    return tuple(turns)
