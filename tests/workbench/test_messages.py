"""Whatever can go wrong is told in the language of the page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import qualkit
from qualkit import study as studies
from qualkit.language.saying import recognised, said, unsaid
from qualkit.model import Study

from .conftest import Door
from .source_messages import Messages, Said

# Left out, for no resource of the page comes to them, though names used there are used elsewhere too.
_NOT_ASKED = {
    "qualkit.coding.codebook_sheet": "codebooks of other programs are brought in the shell",
    "qualkit.refi": "codebooks of other programs are brought in the shell",
    "qualkit.codebook_exchange": "codebooks of other programs are brought in the shell",
    "qualkit.coding.queries": "queries are asked in the shell",
    "qualkit.coding.query_parser": "queries are asked in the shell",
    "qualkit.finding": "queries are asked in the shell",
    "qualkit.comparing": "groups are compared in the shell",
    "qualkit.exports.parquet": "the page writes no Parquet",
    "qualkit.reading_views": "these views are the shell's",
    "qualkit.transcripts.tidying": "the page asks for no clean-up",
}
# What the walk puts together and the program never does: parts of two branches that exclude each other.
_NEVER = re.compile(
    r"passages? looks? the same|passages? says? like|ha(?:s|ve) were|codings? not been found"
    r"|which a program tells of itself(?: was left out)?, |^1 paragraph before the transcript$"
    r"|^⟦n⟧ paragraphs before the transcript were|“query 1” is the first"
)
_PHRASE = re.compile(r"[a-z]{2,} [a-z]{2,}")


@cache
def _all() -> tuple[Said, ...]:
    source = Messages(Path(qualkit.__file__).parent, ("qualkit.workbench", "qualkit.transcripts"), ("qualkit.cli",))
    return tuple(
        one
        for one in source.said()
        # A single word is a name or a key that a message only holds.
        if " " in one.text.strip()
        and re.search("[A-Za-z]{2}", re.sub("⟦[^⟧]*⟧", "", one.text))
        and not one.module.startswith(tuple(_NOT_ASKED))
        and not _NEVER.search(one.text)
    )


def _finished(template: str) -> str:
    """Return a message as it may be told: with a number where only the program knows."""
    number = iter(range(7001, 8000))
    return re.sub("⟦[^⟧]*⟧", lambda _: str(next(number)), template)


def _faults(one: Said) -> list[str]:
    english = _finished(one.text)
    left = [part for part in unsaid(english) if re.search("[A-Za-z]{2}", part)]
    if left:
        return left
    found = recognised(english)
    assert found is not None
    held = [text for (_, is_part), text in zip(found.sentence.holes, found.held, strict=True) if not is_part]
    return [text for text in held if _PHRASE.search(text)]


def test_every_message_that_the_source_can_give_is_said_in_both_languages() -> None:
    faults = [f"{one.module}:{one.line}: {one.text} {left}" for one in _all() if (left := _faults(one))]
    assert faults == []


def test_a_message_that_nobody_has_put_into_words_is_noticed() -> None:
    assert _faults(Said("the moon is made of ⟦cheese⟧", "m", 1)) == ["the moon is made of 7001"]
    assert _faults(Said("the file cannot be read: it is made of cheese", "m", 1)) == ["made of cheese"]
    assert _faults(Said("there is no transcript “made of cheese”", "m", 1)) == ["made of cheese"]
    assert _faults(Said("the file cannot be read: the system refused", "m", 1)) == []


_LITTLE = {
    "errors": """
class QualkitError(Exception):
    hint = ""
""",
    "deep": """
from little.errors import QualkitError

class Lost(QualkitError):
    hint = "Look again."

    def __init__(self, where, many):
        what = "a cat is" if many == 1 else f"{many} cats are"
        super().__init__(f"{what} lost in {where}" + (", and it rains" if many > 2 else ""))

def refuse(message, hint=""):
    raise QualkitError(message, hint or "Ask somebody.")

def never_called():
    raise QualkitError("nobody hears this")
""",
    "workbench": """
from little import deep

def resource(kind):
    word = "red" if kind else "green"
    deep.refuse(f"the {word} door is shut")
    raise deep.Lost("the garden", 3)
""",
}


def test_the_walk_follows_branches_names_and_callers(tmp_path: Path) -> None:
    folder = tmp_path / "little"
    folder.mkdir()
    for name, text in _LITTLE.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    found = {one.text for one in Messages(folder, ("little.workbench",), ("little.cli",)).said()}
    assert found >= {
        "Look again.",
        "Ask somebody.",
        "the red door is shut",
        "the green door is shut",
        "a cat is lost in the garden",
        "⟦many⟧ cats are lost in the garden, and it rains",
    }
    assert "nobody hears this" not in found


def test_the_walk_finds_what_is_put_together() -> None:
    found = {one.text for one in _all()}
    assert len(found) > 1000
    assert "a speaker is in no participants.csv" in found
    assert "⟦told.unknown⟧ speakers are in no participants.csv" in found
    assert "1 deletion was left out" in found
    assert "“⟦key.value⟧” is no key of a theme" in found
    assert "the study is being written to by ⟦one of several⟧, since ⟦one of several⟧" in found


def test_numbers_and_names_are_carried_over_in_every_language() -> None:
    for one in _all():
        english = _finished(one.text)
        numbers = sorted(re.findall(r"\b7\d{3}\b", english))
        for language in ("nb", "nn"):
            assert sorted(re.findall(r"\b7\d{3}\b", said(english, language))) == numbers, english


# --- as the page is answered ---------------------------------------------------------------------------------


def _asking(language: str) -> dict[str, str]:
    return {"x-qualkit-language": language}


@pytest.mark.parametrize(
    ("language", "message", "hint"),
    [
        ("nb", "kodeboka har feil; ingenting ble gjort: codebook.yaml:3:5: en kode uten navn", "Skriv «name: …»."),
        ("nn", "kodeboka har feil; ingenting vart gjort: codebook.yaml:3:5: ein kode utan namn", "Skriv «name: …»."),
        (
            "en",
            "the codebook has faults; nothing was done: codebook.yaml:3:5: a code without a name",
            "Write “name: …”.",
        ),
    ],
)
def test_a_faulty_codebook_is_told_of(door: Door, study: Study, language: str, message: str, hint: str) -> None:
    studies.codebook_path(study).write_text("codes:\n  # a slip\n  - {definition: uten navn}\n", "utf-8")
    answer = door.post("/api/codebook/codes", {"name": "Ny"}, **_asking(language))
    assert answer.status_code == 422
    told = answer.json()
    assert (told["message"], told["hint"]) == (message, hint)
    assert told["problems"][0]["message"] == message.rpartition(": ")[2]


def test_problems_of_a_study_are_told_in_the_page_s_language_and_english_stays_as_it_was(
    door: Door, study: Study
) -> None:
    (study.root / "participants.csv").write_text("id;labels\nK1;K1\nK1;K2\n", "utf-8")
    by_language = {
        language: [one["message"] for one in door.get("/api/problems", **_asking(language)).json()["problems"]]
        for language in ("nb", "nn", "en")
    }
    assert "id-en «K1» er brukt av deltakeren på linje 2" in by_language["nb"]
    assert "id-en «K1» er brukt av deltakaren på linje 2" in by_language["nn"]
    assert "the id “K1” is taken by the participant on line 2" in by_language["en"]


def test_a_page_that_says_nothing_is_answered_in_the_study_s_language(door: Door) -> None:
    assert door.get("/api/study", **_asking("")).json()["language"] == "nb"
    assert door.get("/api/transcripts/K9", **_asking("")).json()["message"] == "det finnes ingen transkripsjon «K9»"
    strange = door.get("/api/transcripts/K9", **_asking("<script>"))
    assert strange.json()["message"] == "det finnes ingen transkripsjon «K9»"


def test_what_nobody_foresaw_is_told_too(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Kari Nordmann")

    monkeypatch.setattr("qualkit.workbench.overview.check_study", broken)
    told = door.get("/api/problems", **_asking("nn")).json()
    assert told["message"].startswith("qualkit stansa: KeyError i test_messages.py:")
    assert "Kari" not in str(told)


def test_where_something_is_not_decided_is_told_in_the_page_s_language(door: Door, study: Study) -> None:
    (study.root / "themes.yaml").write_text(
        "themes:\n  - {id: t1, heading: Ferie med Ingrid Solberg, codes: [vente]}\n", "utf-8"
    )
    assert door.post("/api/transcripts/K2/codings", _coding(study), **_asking("nb")).status_code == 200
    told = {
        language: [
            one["where"] for one in door.post("/api/export", {"kind": "html"}, **_asking(language)).json()["open"]
        ]
        for language in ("nb", "nn", "en")
    }
    assert any(place.startswith("themes.yaml: overskriften i t1 (") for place in told["nb"])
    assert any(place.startswith("themes.yaml: overskrifta i t1 (") for place in told["nn"])
    assert any(place.startswith("themes.yaml: heading of t1 (") for place in told["en"])


def _coding(study: Study) -> dict[str, object]:
    record, _ = studies.read_transcript(study, "K2")
    start = record.text.index("Vi venter")
    return {"start": start, "end": start + 9, "words": "Vi venter", "codes": ["vente"], "sha256": record.sha256}
