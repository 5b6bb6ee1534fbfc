"""What programs write around speech: titles, summaries by an assistant, headings, notices.

An assistant's summary is nobody's words, and must not become data: not where its headings are missing, nor in
Norwegian. So where a program's own layout tells where speech begins, what stands above is left out; the
original keeps it, and the researcher is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from qualkit.transcripts.facts import about, facts_at_the_head
from qualkit.transcripts.lines import LABEL, Arranged, Arrangement
from qualkit.transcripts.raw import Doubt, UnreadableOriginal, counted, tell

_HEADING = re.compile(
    r"(?i)^\W*(?:(?:ai |meeting |møte)?summary|summary keywords|keywords|quick recap|recap|ai notes|meeting notes|"
    r"details|(?:suggested )?next steps|action items|follow[- ]?up tasks|key (?:takeaways|points)|decisions|outline|"
    r"chapters|(?:møte)?sammendrag|samandrag|(?:møte)?oppsummering|møtenotat(?:er|ar)?|møtereferat|detalj(?:er|ar)|"
    r"(?:foreslåtte )?neste (?:steg|trinn)|oppfølgingsoppg[aå]ver|handlingspunkt(?:er)?|"
    r"(?:hoved|nøkkel)punkt(?:er)?|beslutning(?:er)?|avgjerder|kapitler|stikkord|nøkkelord)\W*$"
)
_ASSISTANT = re.compile(
    r"(?i)review gemini.s notes|learn how gemini|notes by gemini|notat(?:er|ar)? (?:av|fra|frå) gemini|"
    r"quality of .{0,4}these specific notes|\b(?:ai|ki)[- ]gener(?:ated|ert)\b|\bgener(?:ated|ert) (?:by|av) "
    r"(?:ai|ki|copilot|zoom|otter|gemini|kunstig)|\bmade by copilot|\bai companion\b"
)
_TRANSCRIPT = re.compile(r"(?i)(?:.*\W)?(?:transcript|transcription|transkripsjon|transkript|utskrift)\W*$")
_AUDIO = re.compile(r"(?i)(?:audio file|audio recording|lydfil|lydopptak)\W*$")
_END = re.compile(
    r"(?i)^\W*(?:transcription|meeting|transkripsjonen|transkriberingen|møtet) "
    r"(?:ended|(?:ble |vart |er )?(?:avslutt(?:et|a)|slutt(?:et|a)|ferdig)) (?:after|etter) \d{1,2}:\d\d(?::\d\d)?\W*$"
)
_NOTICE = re.compile(
    r"(?i)^\W*(?:transcribed by https?://otter\.ai\S*|this editable transcript was computer generated.*|"
    r"denne redigerbare transkripsjonen .{0,20}(?:generert|datamaskin).*)$"
)
_CLOCK = re.compile(r"\s*\d{1,2}:\d\d:\d\d\s*$")
_DATE = re.compile(
    r"(?i).*\b\d{1,4}\b.*\b(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cs])|.*\d{4}-\d\d-\d\d"
)
_LONGEST = 120
_LONGEST_HEADING = 40
# What must stand somewhere in a file before its lines are looked at one by one.
_ASSISTANT_WORDS = ("gemini", "generert", "generated", "copilot", "companion", "specific notes")
_NOTICE_WORDS = ("otter.ai", "editable transcript", "redigerbare transkripsjonen")
_LONG = 400
_NEAR = 12


@dataclass(slots=True)
class Around:
    """What stands around the speech.

    Attributes:
        lines: To leave out, by index.
        facts: Those of them that tell facts about an interview, as they stand.
        about: What they say of the recording.
        notes: Whether an assistant says that it wrote some of the file.
    """

    lines: set[int] = field(default_factory=set)
    facts: tuple[str, ...] = ()
    told: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    notes: bool = False


def around_speech(lines: Sequence[str]) -> Around:
    """Find the lines that Word's transcriber, Google Meet and Otter put around what was said.

    Args:
        lines: Of the whole file.

    Example:
        >>> sorted(around_speech(["Audio file", "opptak.mp3", "Transcript", "00:00:05 Speaker 1", "Hei."]).lines)
        [0, 1, 2]
    """
    found = Around()
    text = "\n".join(lines).lower()
    _transcriber(lines, found)
    facts = facts_at_the_head(lines)
    found.lines |= set(facts)
    found.facts = tuple(lines[i].strip() for i in facts)
    found.about.update(pair for fact in facts.values() if (pair := about(*fact)))
    ends = _matching(_END, lines, _LONGEST) if "ended after" in text or "etter" in text else []
    notices = set(range(ends[0], len(lines))) if ends else set()
    notices.update(_matching(_NOTICE, lines) if any(word in text for word in _NOTICE_WORDS) else ())
    found.lines |= notices
    one, many = "line in which a program tells of itself was left out", "lines in which a program tells of itself"
    tell(found.told, len(notices), one, f"{many} were left out")
    assistant = _matching(_ASSISTANT, lines) if any(word in text for word in _ASSISTANT_WORDS) else []
    found.notes = bool(assistant)
    signs = sorted({*assistant, *_matching(_HEADING, lines, _LONGEST_HEADING)})
    begins = _meet_begins(lines, signs)
    if begins:
        above = [i for i in range(begins) if lines[i].strip() and i not in found.lines]
        found.lines |= set(range(begins))
        notes = "a machine's notes" if signs and signs[0] < begins else "which no speaker said"
        one, many = "paragraph before the transcript", "paragraphs before the transcript"
        tell(found.told, len(above), f"{one}, {notes}, was left out", f"{many}, {notes}, were left out")
        if not signs or signs[0] >= begins:
            _doubt_if_long([lines[i] for i in above], found)
    return found


def _matching(pattern: re.Pattern[str], lines: Sequence[str], longest: int = 2 * _LONGEST) -> list[int]:
    """Return the lines in which a pattern is found; long ones are speech."""
    return [i for i, line in enumerate(lines) if len(line) <= longest and pattern.search(line)]


def _transcriber(lines: Sequence[str], found: Around) -> None:
    """Find the link to the recording and the two headings that Word's transcriber writes above speech."""
    for i in range(min(_NEAR, len(lines) - 1)):
        if len(lines[i]) <= _LONGEST and _AUDIO.match(lines[i]):
            stop = next((j for j in (i + 1, i + 2) if j < len(lines) and _is_transcript_heading(lines[j])), None)
            if stop is not None:
                found.lines |= set(range(i, stop + 1))
                found.told.append("the link to the recording above the transcript was left out")
                return


def _is_transcript_heading(line: str) -> bool:
    return len(line) <= _LONGEST and bool(_TRANSCRIPT.match(line))


def _meet_begins(lines: Sequence[str], signs: Sequence[int]) -> int:
    """Return the line on which a transcript as Google Meet writes it begins, below notes; 0 where none does."""
    clocks = [i for i in range(len(lines) - 1) if _CLOCK.match(lines[i]) and LABEL.match(lines[i + 1])]
    first = clocks[0] if clocks else None
    sign = signs[0] if signs else None
    for i, line in enumerate(lines):
        if sign is not None and i > sign and _is_transcript_heading(line):
            near = next((j for j in range(i + 1, min(i + 6, len(lines))) if _CLOCK.match(lines[j])), None)
            if near is not None:
                # A date and a title may stand between.
                return i + 1 if any(LABEL.match(line) for line in lines[i + 1 : near]) else near
            if any(_NOTICE.match(below) for below in lines[i + 1 :]) and _has_speech(lines[i + 1 :]):
                return i + 1
    if first is None or (sign is not None and sign > first):
        return 0
    if sign is not None and any(_ASSISTANT.search(lines[i]) for i in signs if i < first):
        return first
    if len(clocks) < 2:
        return 0
    # Nothing but the layout says what stands above; whoever speaks below and not above did not say it.
    below = {match[1] for line in lines[first:] if (match := LABEL.match(line))}
    above = {match[1] for line in lines[:first] if (match := LABEL.match(line))}
    return 0 if above & below else first


def _has_speech(lines: Sequence[str]) -> bool:
    """Tell whether somebody speaks twice, or a line is nothing but a time."""
    seen: set[str] = set()
    for line in lines:
        match = LABEL.match(line)
        if _CLOCK.match(line) or (match and match[1].strip() in seen):
            return True
        if match and len(match[1].split()) <= 4:
            seen.add(match[1].strip())
    return False


def without_what_is_above(
    arrangement: Arrangement, lines: Sequence[str], around: Around, given: Collection[int] = ()
) -> Arrangement:
    """Leave out what stands above the first header line, and a summary below the last speaker's words.

    Args:
        arrangement: Of these lines.
        lines: Those it was made of.
        around: Takes what is to be told.
        given: Lines whose place in a table says who speaks.

    Raises:
        UnreadableOriginal: There is an assistant's summary, and no speech.
    """
    if around.notes and not (arrangement.labelled or given or _has_speech(lines)):
        raise UnreadableOriginal(
            "the file holds a machine's notes on a conversation, and no transcript",
            "Export the transcript itself. If this is one, take the machine's notes out of a copy of the file.",
        )
    if arrangement.first < 0:
        _doubt(arrangement, lines, around)
        return arrangement
    # Labels that come back tell of speech that somebody wrote down by hand, unless an assistant lists tasks.
    spoken = not around.notes and _has_speech([line for line in lines[: arrangement.first] if not _HEADING.match(line)])
    head: list[int] = []
    for i, one in enumerate(() if spoken else arrangement.paragraphs):
        if one.pieces[0].line >= arrangement.first:
            break
        if one.speaker is None and not any(piece.line in given for piece in one.pieces):
            head.append(i)
    texts = [line for i in head for line in arrangement.paragraphs[i].text(lines).split("\n") if line.strip()]
    left = frozenset(head)
    paragraphs = [one for i, one in enumerate(arrangement.paragraphs) if i not in left]
    if texts:
        above, many = "line above the first speaker (a title, a date, a summary)", "lines above the first speaker"
        tell(around.told, len(texts), f"{above} was left out", f"{many} (title, date, summary) were left out")
        _about(texts, around)
        _doubt_if_long(texts, around)
    if paragraphs:
        paragraphs[-1:] = _without_notes(paragraphs[-1], lines, around)
    arrangement = arrangement._replace(paragraphs=paragraphs)
    _doubt(arrangement, lines, around)
    return arrangement


def _doubt(arrangement: Arrangement, lines: Sequence[str], around: Around) -> None:
    if around.notes and any(_ASSISTANT.search(one.text(lines)) for one in arrangement.paragraphs):
        message = "the file says that an assistant wrote some of it"
        hint = "Take what is no speech out of a copy of the file."
        around.doubts.append(Doubt(message, hint, "machine-notes"))


def _doubt_if_long(texts: Sequence[str], around: Around) -> None:
    if sum(map(len, texts)) > _LONG or any(len(text.split()) > _NEAR for text in texts):
        above = counted(len(texts), "line", "lines")
        message = f"{above} above the first speaker: {_sum(texts)} words were left out"
        hint = "If somebody said them, write the name and a time above them in a copy of the file."
        around.doubts.append(Doubt(message, hint, "above-speech"))


def _sum(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _about(texts: Sequence[str], around: Around) -> None:
    """Keep title and date of a head that is nothing more."""
    if len(texts) <= 4 and all(len(text) <= _LONGEST for text in texts):
        dates = [text.strip() for text in texts if _DATE.match(text)]
        if not _DATE.match(texts[0]) or len(texts) > 1:
            around.about["title"] = texts[0].strip()
        if dates[-1:] and dates[-1] != around.about.get("title"):
            around.about["date"] = dates[-1]


def _without_notes(last: Arranged, lines: Sequence[str], around: Around) -> list[Arranged]:
    marked = [
        n
        for n, piece in enumerate(last.pieces)
        if len(line := lines[piece.line]) <= 2 * _LONGEST
        and ((len(line) <= _LONGEST_HEADING and _HEADING.search(line)) or (around.notes and _ASSISTANT.search(line)))
    ]
    if len(marked) < 2 or not _HEADING.match(lines[last.pieces[marked[0]].line]):
        return [last]
    left = len(last.pieces) - marked[0]
    was = "line below the transcript, a machine's notes, was left out"
    tell(around.told, left, was, "lines below the transcript, a machine's notes, were left out")
    around.doubts.append(
        Doubt(
            "text below the last speaker looked like a machine's notes and was left out", "Look at it.", "below-speech"
        )
    )
    kept = last._replace(pieces=last.pieces[: marked[0]])
    return [kept] if kept.pieces else []
