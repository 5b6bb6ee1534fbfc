"""Invented exports, searched for the names that must not be in them by means that share nothing with the redactor.

    python -m benchmarks leaks --exports 2000 --seed 1

Each export is a study of its own: identities, speakers' labels, transcripts in which the names are said in some
case, with some ending, composed or decomposed, with letters nobody sees, over the end of a line, in a compound or
misspelt; passages that begin and end anywhere, even within a name; and now and then a heading of the researcher's
with a name in it, which must be refused. The file's bytes are then unpacked and searched.
"""

from __future__ import annotations

import html
import json
import random
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from benchmarks.measuring import Options
from qualkit.anonymisation.identity_edits import render_identities
from qualkit.clearing import Draft, Unresolved, clearance
from qualkit.exporting import document_of
from qualkit.identity import Hit, Identities, Identity
from qualkit.material import Material, extracts_of
from qualkit.model import (
    Code,
    Codebook,
    Coding,
    MeaningUnit,
    Participant,
    Settings,
    Span,
    Speaker,
    Study,
    Theme,
    Transcript,
    Turn,
)
from qualkit.passing import WouldLeak
from qualkit.publishing import finished
from qualkit.rendering import ENDINGS
from qualkit.scanning import Detectors
from qualkit.text import sha256_hex

KINDS = ("word", "excel", "csv", "html", "json")
_PEOPLE = (
    "Gudrun Tveitås Jorid Solfrid Torgeir Bjørg Åshild Øyvind Ragnhild Sáhkku Inger-Ánne Łukasz Agnieszka Abdirahman "
    "Faduma Thuy Nguyễn Tharmini Ann-Mari O'Brien Kåre-Magnus"
).split()
_SURNAMES = "Haugsrud Kvalvåg Utsi Wiśniewska Warsame Kandiah Bråthen-Moe Sørgård Tveitåsen Mikkelrud".split()
_PLACES = "Brekkvik Sørkjosdal Halsetbygda Rørvåg Indre Fosseide Storelvmo Nordskogen".split()
_INSTITUTIONS = ("Brekkvik sykehus", "DPS Rørvåg", "Solbakktunet", "Kvalvåg skole")
_PRINTED = "Solveig Ingeborg Trygve Kjellaug Steinar Oddny Reidun Asbjørn Torbjørg Gunnvald".split()
_SAID = (
    "så ringte vi til {} om kvelden",
    "det var {} som sa det",
    "Da kom {}.",
    "{} hjalp oss",
    "og på {} var det ingen",
    "jeg vet ikke, spør {}",
    "hos {}, tror jeg",
)
_UNSEEN = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
_ENDINGS = ("", "", "", "s", "'s", "’s", "-mannen", "-folket")
_LEFT_OUT = re.compile(r"<[^>]*>")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_APART = re.compile(r"[\s\-‐‑'’‘ʼ]+")


@dataclass(frozen=True, slots=True)
class World:
    """A study in which names are hidden, and where they must not be."""

    material: Material
    forms: tuple[str, ...]
    planted: frozenset[str]


def mutated(form: str, rng: random.Random) -> str:
    """Return a form as somebody might have typed it."""
    case: Callable[[str], str] = rng.choice((str, str, str.upper, str.lower, str.title))
    word = case(form)
    if rng.random() < 0.1 and len(form) > 5:
        # A recogniser's misspelling: one letter twice.
        at = rng.randrange(1, len(word) - 1)
        word = word[:at] + word[at] + word[at:] if word[at].isalpha() else word
    if " " in word:
        word = word.replace(" ", rng.choice((" ", " ", "\n", "\u00a0", "  ", " \n ", "-")))
    if "-" in word:
        word = word.replace("-", rng.choice(("-", "‐", "‑", " ")))
    word += rng.choice(_ENDINGS)
    if rng.random() < 0.3:
        word = unicodedata.normalize("NFD", word)
    if rng.random() < 0.3:
        for _ in range(rng.randint(1, 3)):
            at = rng.randint(0, len(word))
            word = word[:at] + rng.choice(_UNSEEN) + word[at:]
    if rng.random() < 0.05 and word.isalpha() and len(word) > 5:
        at = rng.randint(2, len(word) - 2)
        word = f"{word[:at]}-\n{word[at:]}"
    return word


def world(rng: random.Random, root: Path) -> World:
    """Return an invented study whose register lies below the root."""
    people = rng.sample(_PEOPLE, rng.randint(1, 4))
    people = [f"{name} {rng.choice(_SURNAMES)}" if rng.random() < 0.5 else name for name in people]
    places = rng.sample([*_PLACES, *_INSTITUTIONS], rng.randint(0, 2))
    identities = [*_registered(people, places, rng)]
    speaker = rng.choice([people[0], "K1", "Informant"])
    labels = [speaker] if speaker == people[0] else []
    forms = tuple(dict.fromkeys(form for one in identities for form in one.forms))
    transcripts, codings, planted = {}, [], set()
    for number in range(rng.randint(1, 2)):
        record, put = _transcript(f"K{number + 1}", speaker, forms, rng)
        transcripts[record.id] = record
        planted |= put
        codings += _codings(record, rng)
    named = rng.random() < 0.1 and forms
    heading = f"Om {rng.choice(forms)}" if named else "Å vente på svar"
    participants = (Participant("P1", tuple(labels), attributes={"rolle": "pårørende"}),) if labels else ()
    themes = (Theme("t1", heading, codes=("a",), quotations=tuple(one.id for one in codings[:2])),)
    study = Study(root, Settings("Svar"))
    (root / "private").mkdir(parents=True, exist_ok=True)
    (root / "private" / "identities.yaml").write_text(render_identities(Identities(tuple(identities), (), 1)), "utf-8")
    extracts = extracts_of(codings, transcripts, participants)
    material = Material(study, Codebook(codes=(Code("a", "Svar"),)), themes, participants, transcripts, extracts, ())
    return World(material, forms, frozenset(planted))


def _registered(people: list[str], places: list[str], rng: random.Random) -> Iterator[Identity]:
    printed = rng.sample(_PRINTED, len(people))
    for number, (name, shown) in enumerate(zip(people, printed, strict=True)):
        forms = (name, *(name.split() if " " in name and rng.random() < 0.7 else ()))
        if rng.random() < 0.15:
            yield Identity(f"p{number}", forms, action="redact", by="kari", date="2026-01-01")
        else:
            yield Identity(f"p{number}", forms, shown={"*": shown}, by="kari", date="2026-01-01")
    for number, name in enumerate(places):
        shown = {"nb": "et sted på Vestlandet", "nn": "ein stad på Vestlandet", "en": "a place"}
        yield Identity(f"s{number}", (name,), "place", action="generalise", shown=shown, by="kari", date="2026-01-01")


def _transcript(name: str, speaker: str, forms: tuple[str, ...], rng: random.Random) -> tuple[Transcript, set[str]]:
    text, turns, planted = "", [], set()
    for number in range(rng.randint(2, 5)):
        label = speaker if number % 2 else "I"
        start = len(text)
        said = []
        for _ in range(rng.randint(1, 3)):
            word = mutated(rng.choice(forms), rng)
            planted.add(word)
            said.append(rng.choice(_SAID).format(word))
        text += f"{label}: "
        begin = len(text)
        text += rng.choice((". ", ", ", "\n")).join(said) + "."
        turns.append(Turn(number + 1, label, start, begin, len(text)))
        text += "\n\n"
    speakers = (Speaker("I", "interviewer"), Speaker(speaker, "participant"))
    return Transcript(name, text, tuple(turns), speakers, "nb", sha256_hex(text)), planted


def _codings(record: Transcript, rng: random.Random) -> list[Coding]:
    made = []
    for number in range(rng.randint(1, 4)):
        start = rng.randrange(len(record.text) - 1)
        end = rng.randint(start + 1, min(len(record.text), start + 120))
        unit = MeaningUnit(Span(record.id, start, end), record.text[start:end])
        made.append(Coding(f"{record.id}-{number}", unit, "a", "siri", "accepted", "manual", ""))
    return made


def plain(text: str) -> str:
    """Return a text as it is searched: letters composed and small, what nobody sees left out, words a space apart."""
    seen = unicodedata.normalize("NFC", _INVISIBLE.sub("", html.unescape(text)))
    return _APART.sub(" ", unicodedata.normalize("NFKC", seen.casefold()))


def unpacked(data: bytes) -> Iterator[str]:
    """Yield the text of a file in every way a name could be read out of it: with markup, without, and decoded."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    else:
        parts = [data.decode("utf-8-sig")]
    for part in parts:
        yield _LEFT_OUT.sub(" ", part)
        for paragraph in re.split(r"</(?:w:p|si|c|p|td|li|h\d)>", part):
            yield _LEFT_OUT.sub("", paragraph)
        if part.startswith("{"):
            yield json.dumps(json.loads(part), ensure_ascii=False).replace("\\n", "\n")


def left_in(data: bytes, world: World) -> set[str]:
    """Return the forms, and the ways they were typed, that stand in a file."""
    text = "\n".join(plain(part) for part in unpacked(data))
    searched = {plain(form).strip() for form in (*world.forms, *world.planted)}
    return {one for one in searched if re.search(rf"(?<![^\W\d_]){re.escape(one)}(?:s|’s)?(?![^\W\d_])", text)}


def _sees_nothing(*_: object, **__: object) -> tuple[Hit, ...]:
    return ()


def exported(rng: random.Random, root: Path, kind: str) -> tuple[str, set[str]]:
    """Make one export; return what became of it, and what leaked."""
    made = world(rng, root)
    draft = Draft("siri", "a test") if rng.random() < 0.3 else None
    clearance(made.material, hits=lambda _: (), detectors=Detectors(_sees_nothing, {}))
    document = document_of(made.material, kind, with_audit=True, draft=draft is not None)
    tables = document.tables()
    if kind == "csv":
        document = replace(document, blocks=(rng.choice(tables),))
    try:
        data = finished(made.material, document, Path(f"resultater{ENDINGS[kind]}"), draft=draft)
    except (WouldLeak, Unresolved) as error:
        return type(error).__name__, set()
    return "written", left_in(data, made)


def search(exports: int, seed: int) -> tuple[Counter[str], list[tuple[int, str, set[str]]]]:
    """Make exports; return what became of how many, and those that leaked with their number."""
    told: Counter[str] = Counter()
    leaked = []
    with tempfile.TemporaryDirectory(prefix="qualkit-leaks-") as folder:
        for number in range(exports):
            kind = KINDS[number % len(KINDS)]
            became, left = exported(random.Random(f"{seed}/{number}"), Path(folder), kind)
            told[became] += 1
            if left:
                leaked.append((number, kind, left))
    return told, leaked


def measure(options: Options) -> None:
    exports = min(200, options.exports) if options.quick else options.exports
    told, leaked = search(exports, options.seed)
    print(f"\nleaks: {exports} invented exports, seed {options.seed}")
    print(", ".join(f"{became} {count}" for became, count in told.most_common()))
    print(f"{len(leaked)} leaked")
    for number, kind, left in leaked[:20]:
        print(f"  {number} {kind}: {sorted(left)}")
