"""Random studies in which every participant's words have been copied to all places words are copied to."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import random
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.clearing import Draft
from qualkit.coding.codings import unit_at
from qualkit.errors import FaultyFiles
from qualkit.exporting import export_results
from qualkit.material import load_material, speaker_ids
from qualkit.model import RULES_CODER, Coding, Decision, Settings, Study, Transcript
from qualkit.proposals import update_proposals

DRAFT = Draft("kari", "a study of invented words")

_ONSETS = "b d f g h j k l m n p r s t v bl br dr fl gr kl kr sk sl sn st tr".split()
_VOWELS = "a e i o u y æ ø å".split()
_ENDS = "en et er ene a e te t ing lig skap".split()
_COMMON = ("det var ikke så lett", "nei, det vet jeg ikke", "for det er jo sånn")
_NAMES = ("Kari Nes", "Ola", "Siri-Anne", "Åse", "Ahmed", "Gunnvor", "Tormod Lie", "Mai")


@dataclass(slots=True)
class Random:
    """A study, and who said what in it.

    Attributes:
        said: What each participant said, turn by turn.
        people: Their ids.
    """

    study: Study
    rng: random.Random
    people: list[str]
    said: dict[str, list[str]] = field(default_factory=dict)

    def quote(self, person: str | None = None) -> str:
        """Return eight to fifteen words in a row that somebody said."""
        wanted = [person] if person else self.people
        turns = [turn for one in wanted for turn in self.said[one] if len(turn.split()) > 8]
        if not turns:
            return "ingen sa noe"
        words = self.rng.choice(turns).split()
        size = min(len(words), self.rng.randint(8, 15))
        at = self.rng.randint(0, len(words) - size)
        return " ".join(words[at : at + size])


def random_study(folder: Path, seed: int) -> Random:
    """Make a study in an empty folder; the same seed makes the same one."""
    rng = random.Random(seed)
    language = rng.choice(["nb", "nn", "en"])
    outside = rng.random() < 0.3
    folder.mkdir(parents=True)
    originals = folder.parent / "interviews" if outside else folder / "originals"
    originals.mkdir()
    settings = Settings(
        "Random",
        language=language,
        method=rng.choice(["codebook-ta", "stc"]),
        coders=("kari", "per"),
        originals=("../interviews" if outside else "originals",),
    )
    study = studies.create_study(folder, settings)
    made = Random(study, rng, [f"P{number}" for number in range(1, rng.randint(2, 5) + 1)])
    words = _vocabulary(rng)
    _write_interviews(made, originals, words)
    codes = [f"kode-{number}" for number in range(1, 5)]
    (folder / "codebook.yaml").write_text(_codebook(codes, words, rng), encoding="utf-8")
    report = add_originals(study, sorted(originals.iterdir()), who="kari")
    assert not [problem for problem in report.problems if problem.severity == "error"], report.problems
    transcripts, _ = studies.read_transcripts(study)
    _listen(made, transcripts)
    book = studies.good_codebook(study)
    update_proposals(study, book, studies.read_participants(study)[0], studies.transcript_ids(study), jobs=1)
    _code(made, transcripts, codes)
    _copy_about(made, transcripts, codes)
    return made


def _vocabulary(rng: random.Random) -> list[str]:
    made = {
        "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.randint(1, 3))) + rng.choice(_ENDS)
        for _ in range(700)
    }
    return sorted(made)


def _speech(rng: random.Random, words: list[str]) -> str:
    sentences = []
    for _ in range(rng.randint(1, 4)):
        some = [rng.choice(words) for _ in range(rng.randint(1, 25))]
        if rng.random() < 0.2:
            some = [*rng.choice(_COMMON).split(), *some]
        if rng.random() < 0.2:
            some[len(some) // 2] += rng.choice([",", " –", " …", ": «ja»", " (ler)"])
        sentences.append(" ".join(some).capitalize() + rng.choice([".", "?", "!", " …"]))
    return " ".join(sentences)


def _write_interviews(made: Random, originals: Path, words: list[str]) -> None:
    """Write some interviews of one, some of several, notes; and the list of who is who."""
    rng = made.rng
    labels: dict[str, list[str]] = {person: [] for person in made.people}
    names = rng.sample(_NAMES, len(made.people))
    for person in made.people:
        for number in range(rng.randint(0, 2)):
            name = f"{person} runde {number + 1}" if rng.random() < 0.5 else f"S{number}{person}"
            label = rng.choice(["Informant", person])
            labels[person].append(f"{name}/{label}")
            _interview(made, originals / f"{name}.txt", [label], words)
    for number in range(rng.randint(1, 2)):
        size = rng.randint(min(2, len(made.people)), len(made.people))
        there = rng.sample(list(zip(made.people, names, strict=True)), size)
        for person, name in there:
            labels[person].append(f"FG{number}/{name}")
        _interview(made, originals / f"FG{number}.txt", [name for _, name in there], words)
    if rng.random() < 0.4:
        person = rng.choice(made.people)
        (originals / f"{person} notat.txt").write_text(
            "\n\n".join(_speech(rng, words) for _ in range(3)) + "\n", encoding="utf-8"
        )
    rows = [("id", "labels", "rolle", "may_quote", "notes")]
    rows += [
        (person, ", ".join(labels[person]), rng.choice(["lege", "pleier"]), "ja", rng.choice(["", "a;b", "to\nlinjer"]))
        for person in made.people
    ]
    _write_people(made, rows)


def _write_people(made: Random, rows: list[tuple[str, ...]]) -> None:
    root, rng = made.study.root, made.rng
    if rng.random() < 0.2:
        from openpyxl import Workbook

        book = Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(root / "participants.xlsx")
        return
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=rng.choice(";,\t"), lineterminator=rng.choice(["\n", "\r\n"])).writerows(rows)
    (root / "participants.csv").write_bytes(text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "cp1252"])))


def _interview(made: Random, path: Path, labels: list[str], words: list[str]) -> None:
    rng = made.rng
    lines = []
    for number in range(rng.randint(4, 14)):
        label = labels[number // 2 % len(labels)] if number % 2 else "I"
        if number % 2 and rng.random() < 0.3:
            label = rng.choice(labels)
        lines.append(f"{label}: {_speech(rng, words)}")
    lines += [f"{label}: {_speech(rng, words)}" for label in labels]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _listen(made: Random, transcripts: list[Transcript]) -> None:
    people, _ = studies.read_participants(made.study)
    made.said = {person: [] for person in made.people}
    for record in transcripts:
        owners = speaker_ids(record, people)
        for turn in record.turns:
            owner = owners.get(turn.speaker or "")
            if owner in made.said:
                made.said[owner].append(record.text[turn.start : turn.end])


def _codebook(codes: list[str], words: list[str], rng: random.Random) -> str:
    lines = ["# Kodebok", "codes:"]
    for code in codes:
        patterns = ", ".join(f'"{word}"' for word in rng.sample(words, 12))
        lines += [f"- id: {code}", f"  name: Navn {code}   # en kommentar", f"  rules: [{patterns}]"]
    return "\n".join(lines) + "\n"


def _code(made: Random, transcripts: list[Transcript], codes: list[str]) -> None:
    """Code passages of every kind: parts of words, turns, several persons' turns; accept some proposals."""
    rng, study = made.rng, made.study
    for record in transcripts:
        for coder in ("kari", "per"):
            found = []
            for number in range(rng.randint(0, 8)):
                start, end = _passage(record, rng)
                memo = f"Her sies «{made.quote()}»." if rng.random() < 0.2 else rng.choice(["", "viktig"])
                found.append(
                    _coding(record, start, end, f"{coder}-{record.id}-{number}", rng.choice(codes), coder, memo)
                )
            proposals, _ = studies.read_codings(study, RULES_CODER, record.id)
            found += [
                replace(one, coder=coder, status=rng.choice(["accepted", "rejected"]))
                for one in proposals
                if rng.random() < 0.3
            ]
            studies.save_codings(study, coder, record.id, {one.id: one for one in found}.values())


def _passage(record: Transcript, rng: random.Random) -> tuple[int, int]:
    turn = rng.choice([one for one in record.turns if one.start < one.end])
    kind = rng.random()
    if kind < 0.3:
        return turn.start, turn.end
    if kind < 0.7 or len(record.turns) == 1:
        start = rng.randrange(turn.start, turn.end)
        return start, rng.randint(start + 1, turn.end)
    last = record.turns[min(len(record.turns) - 1, turn.number - 1 + rng.randint(1, 3))]
    return rng.randint(turn.label_start, turn.end - 1), rng.randint(last.start, last.end)


def _coding(record: Transcript, start: int, end: int, identifier: str, code: str, coder: str, memo: str) -> Coding:
    return Coding(
        identifier,
        unit_at(record, start, max(end, start + 1)),
        code,
        coder,
        "accepted",
        "manual",
        "2026-03-01T10:00:00Z",
        memo,
        text_sha256=record.sha256,
    )


def _copy_about(made: Random, transcripts: list[Transcript], codes: list[str]) -> None:
    """Quote everybody in every file that people and programs write."""
    rng, root, study = made.rng, made.study.root, made.study
    _memos(made, transcripts)
    _history(made, transcripts)
    accepted = {c.id: c.code for c in studies.read_all_codings(study)[0] if c.origin == "manual"}
    ids = list(accepted)
    themes = ["themes:"]
    for number, code in enumerate(codes):
        mine = [one for one in ids if accepted[one] == code]
        chosen = ", ".join(rng.sample(mine, min(2, len(mine))))
        quoted = json.dumps(made.quote(), ensure_ascii=False)
        definitions = [f"  definition: {quoted}", f"  definition: >\n    Om {made.quote()}"]
        themes += [
            f'- heading: "Tema {number}"   # jf. {made.quote()}',
            rng.choice(definitions),
            f"  codes: [{code}]",
            f"  quotations: [{chosen}]",
        ]
    (root / "themes.yaml").write_text("\n".join(themes) + "\n", encoding="utf-8")
    book = root / "codebook.yaml"
    text = book.read_text(encoding="utf-8")
    quoted = [made.quote().replace(":", ""), json.dumps(made.quote()), f"'{made.quote()}'"]
    extra = "".join(f"  - {one}\n" for one in quoted)
    book.write_text(text + f"  examples:\n{extra}  note: |\n    {made.quote()}\n", encoding="utf-8")
    mine = [one for one in ids if accepted[one] == codes[0]]
    units = ", ".join(rng.sample(mine, min(3, len(mine))))
    condensates = (
        f"groups:\n- code: {codes[0]}\n  subgroups:\n  - id: a   # {made.quote()}\n    units: [{units}]\n"
        f"    golden: {units.partition(',')[0]}\n    condensate: |\n      Jeg gjør det. {made.quote()}\n"
        f"    versions: [{{text: {json.dumps(made.quote(), ensure_ascii=False)}}}]\n"
    )
    (root / "condensates.yaml").write_text(condensates, encoding="utf-8")
    studies.append_decision(
        study,
        Decision("2026-03-01T10:00:00Z", "kari", "note", "study", None, {"words": made.quote()}, made.quote()),
        *(Decision("2026-03-01T10:00:00Z", "kari", "accept", f"coding {one}", "a", "b") for one in ids[:5]),
    )
    for record in transcripts:
        studies.mark_read(study, "kari", record.id)
    notes = ("working/ark.txt", "exports/utkast.md", "notater.md", "felt.txt")
    for name in (*notes, "undo/1.json", ".qualkit/words.json"):
        path = root / name
        path.parent.mkdir(exist_ok=True)
        lines = [made.quote() for _ in range(3)]
        path.write_text(json.dumps(lines) if name.endswith("json") else "\n\n".join(lines) + "\n", encoding="utf-8")
    if rng.random() < 0.3:
        (root / "felt.txt").write_bytes((root / "felt.txt").read_text(encoding="utf-8").encode("cp1252", "replace"))
    cell = {"cell_type": "code", "source": [f"# {made.quote()}\n", "1"], "outputs": [{"text": [made.quote()]}]}
    (root / "notebooks").mkdir()
    (root / "notebooks" / "n.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    material = load_material(study)
    try:
        export_results(material, rng.choice(["csv", "excel", "word"]), force=True, draft=DRAFT)
        export_results(material, "excel", path=root / "working" / "ark.xlsx", force=True, draft=DRAFT)
    except FaultyFiles:
        raise AssertionError([str(problem) for problem in material.problems]) from None


def _memos(made: Random, transcripts: list[Transcript]) -> None:
    rng = made.rng
    parts = ["# Notater\n"]
    for record in transcripts:
        start, end = _passage(record, rng)
        words = record.text[start:end].replace("\n", "\n> ")
        parts.append(f"\n## {record.id}:{start}-{end} · kari · 2026\n\n> {words}\n\nEn tanke.\n")
    parts += [f"\n## Tanke\n\n> {made.quote()}\n\nog «{made.quote()}» igjen\n" for _ in range(3)]
    path = made.study.root / "memos" / "kari.md"
    path.parent.mkdir()
    path.write_text("".join(parts), encoding="utf-8")


def _history(made: Random, transcripts: list[Transcript]) -> None:
    folder = made.study.root / "history"
    folder.mkdir(exist_ok=True)
    pack = {"xz": lzma.compress, "zlib": zlib.compress, "gz": gzip.compress, "bz2": bz2.compress, "txt": bytes}
    for record in transcripts:
        if made.rng.random() < 0.6:
            suffix = made.rng.choice(list(pack))
            text = record.text.replace(".", " altså.", 1)
            (folder / f"{record.sha256}.{suffix}").write_bytes(pack[suffix](text.encode()))
    if made.rng.random() < 0.2:
        (folder / "ukjent.bin").write_bytes(b"\x00\xff" + made.quote().encode("utf-16-be"))
