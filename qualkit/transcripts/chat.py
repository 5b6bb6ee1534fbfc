"""CHAT files (cha) as CLAN writes them: main tiers are speech, and stay as they were transcribed.

Pauses, retracings and what was heard are signs in the speech itself. They are what a transcriber decided
to write, so nothing of a main tier is taken off but its time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from qualkit.language.labels import names_interviewer
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import Doubt, Paragraph, RawText, UnreadableOriginal, counted, tell

_BULLET = re.compile(r'[ \t]*\x15(?:%(?:snd|mov):"[^"\x15]*"_)?(\d{1,9})_(\d{1,9})-?\x15')
_OTHER_BULLET = re.compile(r"[ \t]*\x15[^\x15\n]*\x15")
_TIER = re.compile(r"\*([^\s:]{1,40}):[ \t]*")
_HEADER = re.compile(r"@([^:\t]{1,40}?)[ \t]*(?::[ \t]*|$)")
_ASKING = frozenset(("investigator", "interviewer", "researcher", "examiner"))
_ABOUT = {"languages": "language", "date": "date", "title": "title", "location": "place"}
_HINT = "Check it in CLAN, or save it as text (.txt)."


def read_chat(data: bytes) -> RawText:
    r"""Read a CHAT file: one paragraph for each row of one speaker's main tiers.

    Speakers have their three-letter codes. Who asks by the file's own roles, and has a code that does not say
    so, is called Interviewer.

    Args:
        data: The whole file; any encoding that `decode_text` reads.

    Returns:
        Paragraphs with the times between bullets, in seconds; what was left out is told.

    Raises:
        UnreadableOriginal: No CHAT file, or without a main tier.

    Example:
        >>> lines = ("@UTF8", "@Begin", "*INV:\tgår det bra ? \x150_900\x15", "*PAR:\tja (.)", "\t&-eh ja .", "@End")
        >>> raw = read_chat("\n".join(lines).encode())
        >>> [(paragraph.speaker, paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('INV', 'går det bra ?', (0.0, 0.9)), ('PAR', 'ja (.) &-eh ja .', None)]
    """
    if not data.strip():
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    text, _, decided = decode_text(data)
    told, doubts = list(decided), []
    lines = list(_whole_lines(text, told))
    if not any(line.startswith("*") for line in lines):
        raise UnreadableOriginal(
            "the file has no line of speech that begins with *, so it is no CHAT file (.cha)", _HINT
        )
    headers = [(match[1].casefold(), line[match.end() :]) for line in lines if (match := _HEADER.match(line))]
    names = [name for name, _ in headers]
    if "begin" not in names or "end" not in names:
        doubts.append(
            Doubt("the file has no @Begin or no @End; it may be cut off", "Look at its last lines.", "cut-off")
        )
    roles = _roles(headers)
    speakers = {code: _label(code, role) for code, role in roles.items()}
    paragraphs = list(_speech(lines, speakers, told))
    if not paragraphs:
        raise UnreadableOriginal("the file's main tiers hold no words", "Look whether the right file was saved.")
    above = Counter(line[:1] for line in lines)
    one, many = "line under speech, which begins with %, was left out", "lines under speech (%) were left out"
    tell(told, above["%"], one, many)
    comments = sum(name.startswith(("comment", "situation", "bg", "eg", "g")) and bool(rest) for name, rest in headers)
    tell(told, comments, "comment in the headers was left out", "comments in the headers were left out")
    renamed = sum(code != label for code, label in speakers.items())
    tell(told, renamed, "speaker who asks is called Interviewer", "speakers who ask are called Interviewer")
    about = {_ABOUT[name]: rest.strip() for name, rest in headers if name in _ABOUT and rest.strip()}
    return RawText(
        tuple(paragraphs), decided=tuple(told), labelled=True, doubts=tuple(doubts), about=MappingProxyType(about)
    )


def _whole_lines(text: str, told: list[str]) -> Iterator[str]:
    """Yield headers and tiers, each with the lines that go on with it."""
    parts: list[str] = []
    stray = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip(" \t\x1a\ufeff"):
            continue
        if line[0] in "*@%":
            if parts:
                yield " ".join(parts)
            parts = [line.rstrip()]
            continue
        stray += not line[0].isspace() and bool(parts)
        parts.append(line.strip())
    if parts:
        yield " ".join(parts)
    tell(
        told,
        stray,
        "line begins neither with a sign nor with a tab and was read with the line above",
        "lines begin neither with a sign nor with a tab and were read with the lines above",
    )


def _roles(headers: list[tuple[str, str]]) -> dict[str, str]:
    """Return the role of every speaker by code, from @Participants and, where it says more, from @ID."""
    roles: dict[str, str] = {}
    for name, rest in headers:
        if name == "participants":
            for one in rest.split(","):
                words = one.split()
                if words:
                    roles[words[0]] = words[-1].casefold() if len(words) > 1 else ""
        elif name == "id":
            fields = rest.split("|")
            if len(fields) > 7 and fields[2].strip():
                roles[fields[2].strip()] = fields[7].strip().casefold() or roles.get(fields[2].strip(), "")
    return roles


def _label(code: str, role: str) -> str:
    if role not in _ASKING or names_interviewer(code):
        return code
    return "Interviewer"


def _speech(lines: list[str], speakers: dict[str, str], told: list[str]) -> Iterator[Paragraph]:
    texts: list[str] = []
    times: list[tuple[float, float] | None] = []
    speaker: str | None = None
    backwards = unknown = 0
    for line in lines:
        tier = _TIER.match(line) if line.startswith("*") else None
        if tier is None:
            unknown += line.startswith("*")
            if not line.startswith("*"):
                continue
        label = speakers.get(tier[1], tier[1]) if tier else None
        text = line[tier.end() :] if tier else line
        clocks = [(int(a) / 1000, int(b) / 1000) for a, b in _BULLET.findall(text)]
        backwards += sum(end < begin for begin, end in clocks)
        text = _OTHER_BULLET.sub("", _BULLET.sub("", text)).replace("\x15", "").strip()
        if not text:
            continue
        if texts and label != speaker:
            yield Paragraph(" ".join(texts), speaker, _time(times))
            texts, times = [], []
        speaker = label
        texts.append(text)
        times.append((clocks[0][0], max(clocks[0][0], *(end for _, end in clocks))) if clocks else None)
    if texts:
        yield Paragraph(" ".join(texts), speaker, _time(times))
    if backwards:
        ends = counted(backwards, "time ends before it begins", "times end before they begin")
        told.append(f"{ends}; the ends were not kept")
    tell(told, unknown, "line of speech names no speaker", "lines of speech name no speaker")


def _time(times: list[tuple[float, float] | None]) -> tuple[float, float] | None:
    """Return the time of a row of utterances, if the first and the last of them have one."""
    first, last = times[0], times[-1]
    if first is None or last is None:
        return None
    return first[0], max(first[0], *(time[1] for time in times if time))
