"""The end of a study: at its deletion date everything goes that holds somebody's words or tells who they are."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from types import MappingProxyType

import orjson

from qualkit import register
from qualkit import study as studies
from qualkit.anonymisation.decisionsfile import parse_decisions
from qualkit.condensation.following import only_analytic
from qualkit.erasure import BEGUN, Begun, BegunAlready, Change, read_begun
from qualkit.errors import FaultyFiles
from qualkit.language.labels import may_be_a_name
from qualkit.language.printed import printed
from qualkit.left_behind import files_of
from qualkit.model import Study, Transcript
from qualkit.phrases import Phrases, phrases_of
from qualkit.reflections.reflections_edits import only_own
from qualkit.scrubbing import Going, yaml_without
from qualkit.sweeping import KEPT_IN_CACHE, NOTED, file_without
from qualkit.themes.themesfile import without_quotations

_NAMES = {
    "codings": "codings",
    studies.CONDENSED: "condensed units",
    studies.FRAMEWORK: "summaries of the framework matrix",
    studies.QUOTATIONS: "quotations as they were cut and edited",
    "exports": "exports",
    "history": "earlier texts",
    "memos": "memos",
    "originals": "originals",
    "private": "the register of who is who",
    "readings": "readings",
    "transcripts": "transcripts",
    "working": "working papers",
    ".qualkit": "cache",
}
_WITHOUT = {studies.THEMES: without_quotations, studies.CONDENSATES: only_analytic}
"""What a person wrote about the whole stays; what quotes somebody goes."""

_KINDS = {studies.REFLECTIONS: NOTED}

_PLAIN = ("study", "codebook.yaml", "participants.csv", "participant")


@dataclass(frozen=True, slots=True)
class Closing:
    """What goes when a study is closed.

    Attributes:
        changes: Files that go or change.
        begun: For `withdrawal.json` and the trail.
        words: Everything anybody said; nothing may hold it afterwards.
        names: Labels that may be names.
        sources: Originals, as transcripts name them.
        kept: Files that stay as they are.
    """

    changes: tuple[Change, ...]
    begun: Begun
    words: Phrases
    names: tuple[str, ...]
    sources: tuple[str, ...]
    kept: tuple[str, ...]


def plan_closing(study: Study, *, why: str = "") -> Closing:
    """Find everything in a study that must go at its end; writes nothing.

    What stays holds nobody's words and tells of nobody: study.yaml, the codebook, themes without their quotations,
    subgroups with their analytic texts, preconceptions and preliminary themes, the interview guide, the trail without
    places and words, and texts of the researcher's own. Memos go, and impressions, notes, journals and verdicts: they
    tell of people, one by one. Condensates go: they are written in participants' own terms. So do the exports: none
    of them is anonymised. A closing that was broken off is gone on with.

    Args:
        study: To be closed.
        why: For the trail, where it is closed before its date.

    Raises:
        BegunAlready: If a withdrawal was broken off.
    """
    begun = read_begun(study)
    if begun is not None and begun.what != "close":
        raise BegunAlready(begun)
    transcripts, _ = studies.read_transcripts(study)
    said = [text for record in transcripts for text in _turns(record)]
    # Questions read out as they stand in the guide are the researcher's own.
    words = Phrases(phrases_of(said).runs - phrases_of(_of_guide(study)).runs)
    labels = dict.fromkeys(s.label for record in transcripts for s in record.speakers if may_be_a_name(s.label))
    going = Going(
        words,
        "",
        tuple(labels),
        printed("withdrawn", study.settings.language),
        frozenset(record.id for record in transcripts),
        MappingProxyType({}),
        MappingProxyType({}),
    )
    changes: list[Change] = []
    kept: list[str] = []
    for path in files_of(study.root):
        file = studies.relative(study, path)
        if file == BEGUN or (begun is not None and begun.is_done(study, file)):
            continue
        change = _becomes(study, file, going)
        if change is not None:
            changes.append(change)
        elif not file.startswith(".qualkit/"):
            kept.append(file)
    key = register.key_path(study)
    if key.is_file() and study.root.absolute() not in key.absolute().parents:
        changes.append(Change(studies.relative(study, key), None, "the key of pseudonyms"))
    if begun is None:
        people, _ = studies.read_participants(study)
        told = {
            "transcripts": len(transcripts),
            "participants": len(people),
            "codings": len(studies.read_all_codings(study)[0]),
            "files": len(changes),
            "erasing": secrets.token_hex(4),
            "originals": sorted({record.source_sha256 for record in transcripts if record.source_sha256}),
            **({"before the date": why} if why else {}),
        }
        begun = Begun("close", "", studies.now(), {}, {}, told)
    sources = tuple(sorted({record.source for record in transcripts if record.source}))
    return Closing(tuple(changes), begun, words, going.names, sources, tuple(kept))


def _of_guide(study: Study) -> list[str]:
    """Return what the interview guide says; of one with faults what can be read of it."""
    try:
        guide, _ = studies.read_guide(study)
    except FaultyFiles:
        return []
    return [guide.title, *(text for question in guide.questions for text in (question.wording, question.part))]


def _turns(record: Transcript) -> list[str]:
    return [record.text[turn.start : turn.end] for turn in record.turns]


def _becomes(study: Study, file: str, going: Going) -> Change | None:
    """Return what becomes of a file, or None where it stays as it is."""
    path = study.root / file
    top, _, rest = file.partition("/")
    folders = [folder for folder in study.settings.originals if not folder.startswith("..")]
    if top in _NAMES or file in studies.PARTICIPANTS or any(file.startswith(f"{folder}/") for folder in folders):
        kept = top == ".qualkit" and rest in KEPT_IN_CACHE
        return None if kept else Change(file, None, _NAMES.get(top, "people"), last=top == "transcripts")
    data = path.read_bytes()
    if file == "trail.jsonl":
        after: bytes | None = trail_without_words(data)
    elif file in _WITHOUT or top == studies.REFLECTIONS:
        said = _WITHOUT.get(file, only_own)(data.decode("utf-8", "replace"))
        after = yaml_without(said, file, going).encode() if said else None
    else:
        told = path.suffix.casefold() in (".yaml", ".yml") and _tells_who_is_who(data)
        return Change(file, None, _NAMES["private"]) if told else file_without(study, path, going)
    return Change(file, after, _KINDS.get(top, file.partition(".")[0])) if after != data else None


def _tells_who_is_who(data: bytes) -> bool:
    """Return whether a file holds decisions, each with a name and what stands for it, as the register does."""
    text = data.decode("utf-8", "replace")
    return "action" in text and any(choice.forms for choice in parse_decisions(text)[0])


def trail_without_words(data: bytes) -> bytes:
    """Return the trail with when, who and what of every line, and counts and hashes: no places, no words.

    Example:
        >>> trail_without_words(b'{"when":"2026","who":"kari","what":"mark","object":"coding 1","why":"Hun!"}')
        b'{"when":"2026","who":"kari","what":"mark","object":"","before":null,"after":null,"why":""}'
    """
    lines = []
    for line in data.split(b"\n"):
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if not isinstance(record, dict):
            continue
        about, after, what = str(record.get("object") or ""), record.get("after"), record.get("what")
        numbers = {key: value for key, value in after.items() if _is_number(value)} if isinstance(after, dict) else {}
        if what in ("close", "withdraw"):
            numbers = after if isinstance(after, dict) else {}
        kept = {
            **{key: record.get(key) for key in ("when", "who", "what")},
            "object": about if about in _PLAIN else "",
            "before": None,
            "after": numbers or None,
            "why": "",
        }
        lines.append(orjson.dumps(kept))
    return b"\n".join(lines) + b"\n" if data.endswith(b"\n") else b"\n".join(lines)


def _is_number(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None)
