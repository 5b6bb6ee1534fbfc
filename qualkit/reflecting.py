"""What analysts note while they read is written into their own files, and the trail is told that, not what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit import study as studies
from qualkit.coding.guide_turns import opening_of
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.guide import Guide
from qualkit.model import Decision, Study, Transcript, Turn
from qualkit.reflection import Dimension, Kind, Reflection, Verdict, standing
from qualkit.reflections.reflections_edits import add_entry
from qualkit.reflections.reflectionsfile import BY_RULE, NONE, parse_reflections
from qualkit.text import near_miss, nfc, normalise
from qualkit.undoing import carry_out

_TOLD_AS: Mapping[Kind, str] = {
    "preconceptions": "read preconceptions",
    "impression": "read impression",
    "theme": "read theme",
    "note": "read note",
    "journal": "read journal",
    "verdict": "read verdict",
    "power": "read power",
    "asked": "guide match",
}
_IGNORED = f"{studies.REFLECTIONS}/"


class NoSuchPreliminaryTheme(QualkitError):
    """The analyst has no preliminary theme of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        near = near_miss(name, list(known))
        hint = f"Did you mean “{near}”?" if near else "See yours with: qualkit read themes"
        super().__init__(f"you have no preliminary theme “{name}”", hint)


class NothingToWrite(QualkitError):
    """The text is empty."""

    def __init__(self) -> None:
        super().__init__("there is no text", "Nothing was written.")


class NoSuchQuestion(QualkitError):
    """The guide has no question of this id."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        near = near_miss(name, list(known))
        hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(known) if known else "It has none yet."
        super().__init__(f"the guide has no question “{name}”", hint)


class NoWordsInTurn(QualkitError):
    """A turn without words cannot be found again."""

    def __init__(self) -> None:
        super().__init__("no words stand in this turn", "Name another one: qualkit guide turns lists them.")


def write_impression(study: Study, who: str, transcript: str, text: str) -> bool:
    """Write an analyst's total impression of a transcript; an earlier one is kept as a version.

    Returns:
        Whether anything was written: not where the same text stands already.

    Raises:
        NoTranscript: If there is none of this id.
        NothingToWrite: If the text is empty.
        FaultyFiles: If the analyst's file cannot be read.
    """
    return _write(study, who, "impression", {"transcript": _known(study, transcript), "text": text})


def write_note(study: Study, who: str, transcript: str, text: str) -> bool:
    """Add a familiarisation note about a transcript; raises as `write_impression` does."""
    return _write(study, who, "note", {"transcript": _known(study, transcript), "text": text})


def write_preconceptions(study: Study, who: str, text: str) -> bool:
    """Write an analyst's preconception memo; an earlier one is kept as a version."""
    return _write(study, who, "preconceptions", {"text": text})


def write_journal(study: Study, who: str, text: str) -> bool:
    """Add an entry of today to an analyst's reflexive journal."""
    return _write(study, who, "journal", {"text": text})


def write_power(study: Study, who: str, dimension: Dimension, text: str) -> bool:
    """Write what an analyst thinks of one dimension of information power; an earlier text is kept as a version."""
    return _write(study, who, "power", {"dimension": dimension, "text": text})


def write_theme(study: Study, who: str, name: str, why: str = "", *, was: str = "") -> bool:
    """Write a preliminary theme with its rationale.

    Args:
        name: Of the theme; where the analyst has one of this name, it gets this rationale.
        why: The rationale.
        was: What it was called before.

    Raises:
        NoSuchPreliminaryTheme: If none was called that.
        NothingToWrite: If the name is empty.
    """
    if not name.strip():
        raise NothingToWrite
    mine = _themes(study, who)
    if was and was.strip().casefold() not in mine:
        raise NoSuchPreliminaryTheme(was, [one.about for one in mine.values()])
    old = mine.get(was.strip().casefold() or name.strip().casefold())
    why = why or (old.text if old is not None else "")
    return _write(study, who, "theme", {"name": " ".join(name.split()), "was": was.strip(), "why": why})


def drop_theme(study: Study, who: str, name: str, why: str) -> bool:
    """Give a preliminary theme up, and say why; it stays in the file.

    Raises:
        NoSuchPreliminaryTheme: If the analyst has none of this name.
    """
    mine = _themes(study, who)
    one = mine.get(name.strip().casefold())
    if one is None:
        raise NoSuchPreliminaryTheme(name, [each.about for each in mine.values()])
    return _write(study, who, "theme", {"name": one.about, "dropped": why})


def write_verdict(
    study: Study, who: str, transcript: str, verdict: Verdict, text: str = "", *, changed: str = ""
) -> bool:
    """Write what a transcript that was read again says of the result; an earlier verdict is kept as a version.

    Args:
        transcript: Its id.
        verdict: Whether it supports, nuances or contradicts the result.
        text: In what way.
        changed: What was changed in the result because of it.
    """
    values = {"transcript": _known(study, transcript), "verdict": verdict, "text": text, "changed": changed}
    return _write(study, who, "verdict", values)


def say_asked(
    study: Study, who: str, guide: Guide, transcript: Transcript, turn: Turn, question: Sequence[str]
) -> bool:
    """Say by hand what an interviewer's turn asks; the turn is known by its first words.

    Args:
        question: Ids of the guide; or "none" alone, or "rules" alone, which leaves the turn to the guide's rules.

    Raises:
        NoSuchQuestion: If the guide does not have one.
        NoWordsInTurn: If the turn cannot be known again.
    """
    known = [one.id for one in guide.questions]
    asked = tuple(dict.fromkeys(question))
    for name in asked:
        if name not in known and (asked not in ((NONE,), (BY_RULE,))):
            raise NoSuchQuestion(name, known)
    words, nth = opening_of(transcript, turn)
    if not words:
        raise NoWordsInTurn
    values: dict[str, str | tuple[str, ...]] = {"transcript": transcript.id, "words": words}
    values["question"] = asked[0] if len(asked) == 1 else asked
    if nth > 1:
        values["nth"] = str(nth)
    return _write(study, who, "asked", values)


# --- pieces -------------------------------------------------------------------------------------------------


def _known(study: Study, transcript: str) -> str:
    name = nfc(transcript)
    known = studies.transcript_ids(study)
    if name not in known:
        raise studies.NoTranscript(transcript, known)
    return name


def _themes(study: Study, who: str) -> dict[str, Reflection]:
    return {one.about.casefold(): one for one in standing(_good(study, who), "theme")}


def _good(study: Study, who: str) -> tuple[Reflection, ...]:
    """Return what an analyst noted.

    Raises:
        FaultyFiles: If the file has faults.
    """
    file = studies.relative(study, studies.reflections_path(study, who))
    found, problems = parse_reflections(studies.reflections_text(study, who), file, who)
    return found if not _refuse(problems) else ()


def _refuse(problems: Sequence[Problem]) -> bool:
    if problems:
        raise FaultyFiles(list(problems), "what you noted earlier has faults; nothing was written")
    return False


def _write(study: Study, who: str, kind: Kind, values: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Add an entry to an analyst's file, unless it says what stands already.

    Args:
        study: Locked by the caller's process.
        who: The analyst.
        kind: Of the entry.
        values: Of its keys, but for the date.
    """
    clean = {key: _cleaned(value) for key, value in values.items()}
    if "text" in clean and not clean["text"] and kind != "verdict":
        raise NothingToWrite
    path = studies.reflections_path(study, who)
    file = studies.relative(study, path)
    before = studies.reflections_text(study, who)
    earlier = _good(study, who)
    after = add_entry(before, who, kind, {**clean, "date": studies.now()[:10]})
    found, problems = parse_reflections(after, file, who)
    _refuse(problems)
    new = next(one for one in reversed(found) if one.kind == kind)
    if any(_says(one) == _says(new) for one in standing(earlier, kind)):
        return False
    versions = sum(one.about == new.about and one.kind == kind for one in found)
    told = {"words": len(new.text.split()), "version": versions}
    if new.verdict:
        told = {**told, "verdict": new.verdict, "changed": bool(new.changed)}  # type: ignore[dict-item]
    if kind == "theme":
        told = {**told, "dropped": new.dropped, "renamed": bool(new.was)}
    about = f"preliminary theme {new.about}" if kind == "theme" else new.about or _TOLD_AS[kind].partition(" ")[2]
    decision = Decision(studies.now(), who, _TOLD_AS[kind], about, None, told)
    carry_out(study, decision, {file: after.encode(), **_ignored_by_git(study)})
    return True


def _cleaned(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return normalise(value)[0].strip() if isinstance(value, str) else value


def _says(one: Reflection) -> tuple[object, ...]:
    return one.about, one.text, one.verdict, one.changed, one.questions, one.by_rule, one.nth, one.dropped


def _ignored_by_git(study: Study) -> dict[str, bytes]:
    """Return .gitignore with these files in it, where a study was begun before there were any."""
    path = study.root / ".gitignore"
    data = path.read_bytes() if path.is_file() else b""
    lines = data.split()
    if b"transcripts/" not in lines or _IGNORED.encode() in lines:
        return {}
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    data = data if data.endswith(b"\n") else data + newline
    return {".gitignore": data + _IGNORED.encode() + newline}
