import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit import register, scanning
from qualkit import study as studies
from qualkit.anonymisation.decisionsfile import Choice
from qualkit.identity import Hit
from qualkit.model import Settings, Transcript
from qualkit.pseudonymised import NamesUndecided, door_table, finished, save_door
from qualkit.pseudonymising import (
    Door,
    asked,
    contradictions,
    left,
    open_door,
    proposed,
    replaced,
    same_as,
    with_choices,
)

NAMES = ("Gunvor", "Gunvors", "Hansen", "Odd", "Brynhild")
FIRST = (
    "Anne: Hvem var der?\n\nKari Nes: Det var Gunvor og legen Hansen. Jeg heter Kari, ring 900 12 345.\n\n"
    "Anne: Ja, Kari. Og Gunvors mann?\n\nKari Nes: Odd er snill.\nHan Odd hentet meg i Halden.\n"
)
SECOND = "Anne: Hva?\n\nPer Dahl: Gunvor gikk. Kari Nes og jeg ble.\n\nAnne: Og så?\n\nPer Dahl: Hjem til Brynhild.\n"


def detect(text: str, *, language: str, speech: Sequence[tuple[int, int]] | None = None) -> list[Hit]:
    """See a few names and telephone numbers, where somebody speaks."""
    del language
    found = [Hit(*match.span(), "names@2", "person") for match in re.finditer(rf"\b(?:{'|'.join(NAMES)})\b", text)]
    found += [Hit(*match.span(), "phone@2", "contact") for match in re.finditer(r"\b\d{3} \d\d \d{3}\b", text)]
    return [hit for hit in found if speech is None or any(start <= hit.start < end for start, end in speech)]


DETECTORS = scanning.Detectors(detect, {"names": 1, "phone": 1})


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> studies.Study:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return studies.create_study(tmp_path / "vakt", Settings("Vakt"))


@pytest.fixture
def opened(study: studies.Study, interview: Callable[..., Transcript]) -> Door:
    return open_door(study, [interview(FIRST, "Kari Nes 1")], "lise", DETECTORS)


def decided(door: Door) -> Door:
    while waiting := asked(door):
        door = replaced(door, waiting[0], proposed(door, waiting[0]))
    return door


def test_speakers_and_numbers_need_no_question(opened: Door) -> None:
    assert {one.form for one in asked(opened)} == {"Gunvor", "Hansen", "Odd"}
    rows = {row[0]: row[1:3] for row in door_table(opened).rows}
    assert rows["Kari Nes"] == ("P1", 4)
    assert rows["Anne"] == ("intervjuer", 2)
    assert rows["900 12 345"] == ("telefon eller e-post", 1)
    assert rows["Gunvor"] == ("?", 2)


def test_nothing_is_ready_before_all_names_are_decided(opened: Door) -> None:
    text = opened.transcripts[0].text
    with pytest.raises(NamesUndecided) as stopped:
        finished(opened)
    at = text.index("Hansen")
    assert (f"Kari Nes 1:{at}-{at + 6}", "names@2") in stopped.value.places
    assert not re.search("Gunvor|Hansen|Odd", str(stopped.value) + stopped.value.hint)


def test_turns_stay_and_names_go(opened: Door) -> None:
    (one,) = finished(decided(opened)).values()
    new = one.transcript
    assert new.id == "P1 1"
    gunvor, hansen, odd = (
        next(p.print_form("nb") for p in decided(opened).key.identities if name in p.forms)
        for name in ("Gunvor", "Hansen", "Odd")
    )
    ending = "’" if gunvor[-1] in "sxz" else "s"
    assert " ".join(new.text.split()) == (
        f"I: Hvem var der? P1: Det var [{gunvor}] og legen [{hansen}]. Jeg heter [P1], ring [telefon eller e-post]. "
        f"I: Ja, [P1]. Og [{gunvor}]{ending} mann? P1: [{odd}] er snill. Han [{odd}] hentet meg i Halden."
    )
    assert [turn.speaker for turn in new.turns] == ["I", "P1", "I", "P1"]
    assert [(s.label, s.role) for s in new.speakers] == [("I", "interviewer"), ("P1", "participant")]


def test_the_same_person_is_called_the_same_in_the_next_transcript(
    opened: Door, study: studies.Study, interview: Callable[..., Transcript]
) -> None:
    first = decided(opened)
    save_door(first)
    gunvor = next(one.print_form("nb") for one in first.key.identities if "Gunvor" in one.forms)
    second = open_door(study, [interview(SECOND, "Per Dahl")], "lise", DETECTORS)
    assert {one.form for one in asked(second)} == {"Brynhild"}
    (one,) = finished(decided(second)).values()
    assert f"P2: [{gunvor}] gikk. [P1] og jeg ble." in one.transcript.text
    assert one.transcript.id == "P2"


def test_another_name_of_somebody_and_a_word_that_is_no_name(opened: Door) -> None:
    door = opened
    waiting = {one.form: one for one in asked(door)}
    door = replaced(door, waiting["Gunvor"], "Solveig")
    gunvor = next(one for one in door.key.identities if "Gunvor" in one.forms)
    door = same_as(door, waiting["Hansen"], gunvor)
    door = left(door, waiting["Odd"])
    (one,) = finished(door).values()
    assert "Det var [Solveig] og legen [Solveig]." in one.transcript.text
    assert "Odd er snill" in one.transcript.text


def test_a_file_of_decisions(opened: Door) -> None:
    door = with_choices(
        opened,
        [
            Choice(("Gunvor",), "pseudonym", shown={"*": "Solveig"}),
            Choice(("Hansen",), "merge", merge="Gunvor"),
            Choice(("Odd",), "pass"),
        ],
    )
    (one,) = finished(door).values()
    assert "Det var [Solveig] og legen [Solveig]." in one.transcript.text


def test_two_of_one_name_are_never_guessed(study: studies.Study, interview: Callable[..., Transcript]) -> None:
    text = "Anne: Hva?\n\nKari Nes: Jeg er Nes.\n\nAnne: Ja?\n\nKari Vik: Jeg òg.\n\n"
    text += "Kari Nes: Kari tuller.\n\nKari Vik: Nei.\n"
    door = open_door(study, [interview(text, "to")], "lise", DETECTORS)
    assert [one.participant for one in door.key.identities] == ["", "P1", "P2"]
    (kari,) = asked(door)
    assert proposed(door, kari) == "navn"
    (one,) = finished(replaced(door, kari, "navn")).values()
    assert "P1: [navn] tuller." in one.transcript.text
    vik = next(one for one in door.key.identities if "Vik" in one.forms)
    (one,) = finished(same_as(door, kari, vik)).values()
    assert "P1: Jeg er [P1].\n\nI: Ja?\n\nP2: Jeg òg.\n\nP1: [P2] tuller." in one.transcript.text


def test_a_pseudonym_is_one_persons_and_nobodys_name(opened: Door) -> None:
    waiting = {one.form: one for one in asked(opened)}
    door = replaced(opened, waiting["Gunvor"], "Solveig")
    assert contradictions(door) == []
    for wrong in ("Solveig", "Kari"):
        (fault,) = contradictions(replaced(door, waiting["Hansen"], wrong))
        assert not re.search("Solveig|Kari|Hansen", fault.message)


def test_the_key_lies_outside_and_the_study_knows_no_name(
    qualkit: Callable, study: studies.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del monkeypatch
    originals = tmp_path / "opptak"
    originals.mkdir()
    (originals / "Kari Nes.txt").write_text(FIRST)
    (originals / "valg.yaml").write_text(
        "decisions:\n- {form: Gunvor, action: pseudonym, print: Solveig}\n- {form: Hansen, action: pseudonym}\n"
        "- {form: Odd, action: pseudonym, print: Leif}\n"
    )
    before = (originals / "Kari Nes.txt").read_bytes()
    ran = qualkit("add", "--pseudonymise", originals / "Kari Nes.txt", "--study", study.root)
    assert ran.code == 1
    assert "nobody has decided about" in ran.err
    assert studies.transcript_ids(study) == []
    ran = qualkit("add", "--pseudonymise", "--check", originals / "Kari Nes.txt", "--study", study.root)
    assert ran.code == 0
    assert "Gunvor" in ran.out
    assert studies.transcript_ids(study) == []
    assert not register.key_path(study).exists()
    arguments = ["--study", study.root, "--decisions", originals / "valg.yaml"]
    ran = qualkit("add", "--pseudonymise", originals / "Kari Nes.txt", *arguments)
    assert ran.code == 0, ran.err
    assert studies.transcript_ids(study) == ["P1"]
    for path in study.root.rglob("*"):
        if path.is_file():
            data = path.read_bytes().decode("utf-8", "replace")
            assert not re.search(r"Kari|Nes\b|Gunvor|Hansen|Odd\b|Anne|900 12", data), path
    study = studies.open_study(study.root)
    key = register.key_path(study)
    assert study.root not in key.parents
    assert key.stat().st_mode & 0o077 == 0
    identities, problems = register.read_key(study)
    assert problems == []
    assert {form for one in identities.identities for form in one.forms} >= {"Kari Nes", "Gunvor", "Odd", "Anne"}
    assert (originals / "Kari Nes.txt").read_bytes() == before
    last = [line for line in studies.read_trail(study)[0] if line.what == "pseudonymise"]
    assert [(line.object, sorted(line.after)) for line in last] == [("P1", ["names", "replacements"])]
    again = qualkit("add", "--pseudonymise", originals / "Kari Nes.txt", *arguments)
    assert "which is transcript P1" in again.err
    assert studies.transcript_ids(study) == ["P1"]


def test_later_originals_do_not_come_in_with_their_names(
    qualkit: Callable, study: studies.Study, tmp_path: Path
) -> None:
    (tmp_path / "Kari Nes.txt").write_text(FIRST)
    (tmp_path / "Per Dahl.txt").write_text(SECOND)
    (tmp_path / "valg.yaml").write_text("decisions: [{forms: [Gunvor, Hansen, Odd, Halden, Hjem], action: pass}]\n")
    arguments = ["--study", study.root, "--decisions", tmp_path / "valg.yaml"]
    assert qualkit("add", "--pseudonymise", tmp_path / "Kari Nes.txt", *arguments).code == 0
    ran = qualkit("add", tmp_path / "Per Dahl.txt", "--study", study.root)
    assert ran.code == 1
    assert "names are replaced before a transcript is written" in ran.err
    assert "qualkit add --pseudonymise" in ran.err
    ran = qualkit("add", "--again", tmp_path / "Kari Nes.txt", "--transcript", "P1", "--study", study.root)
    assert ran.code == 1
    assert "was not read again" in ran.err
    assert studies.transcript_ids(study) == ["P1"]
    assert "Kari" not in studies.read_transcript(study, "P1")[0].text


def test_what_was_replaced_is_read_as_decided(qualkit: Callable, study: studies.Study, tmp_path: Path) -> None:
    (tmp_path / "Kari Nes.txt").write_text(FIRST.replace(" i Halden", ""))
    (tmp_path / "valg.yaml").write_text(
        "decisions: [{form: Gunvor, action: pseudonym}, {form: Hansen, action: pseudonym}, "
        "{form: Odd, action: pseudonym, print: Leif}]\n"
    )
    arguments = ["--study", study.root, "--decisions", tmp_path / "valg.yaml"]
    assert qualkit("add", "--pseudonymise", tmp_path / "Kari Nes.txt", *arguments).code == 0
    study = studies.open_study(study.root)
    waiting = scanning.queue(study, register.good_register(study))
    assert [one.form for one in waiting if any("/" not in span.transcript for span in one.spans)] == []


def test_comments_in_an_original_lose_their_names_too(qualkit: Callable, study: studies.Study, tmp_path: Path) -> None:
    from io import BytesIO

    import docx

    word = docx.Document()
    for line in FIRST.split("\n\n"):
        paragraph = word.add_paragraph(line.strip())
        if "Gunvors" in line:
            word.add_comment(paragraph.runs[0], text="Spør Gunvor om dette", author="Lise", initials="L")
    data = BytesIO()
    word.save(data)
    (tmp_path / "Kari Nes.docx").write_bytes(data.getvalue())
    (tmp_path / "valg.yaml").write_text(
        "decisions: [{form: Gunvor, action: pseudonym, print: Solveig}, {form: Hansen, action: pseudonym}, "
        "{form: Odd, action: pseudonym, print: Leif}]\n"
    )
    arguments = ["--study", study.root, "--decisions", tmp_path / "valg.yaml"]
    ran = qualkit("add", "--pseudonymise", tmp_path / "Kari Nes.docx", *arguments)
    assert ran.code == 0, ran.err
    memo = (study.root / "memos" / "word-P1.md").read_text()
    assert "Spør [Solveig] om dette" in memo
    assert "> Ja, [P1]. Og [Solveig]s mann?" in memo


def test_somebody_is_asked_about_each_name_once(
    qualkit: Callable, study: studies.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualkit.cli import add_pseudonymised

    monkeypatch.setattr(add_pseudonymised, "_on_terminal", lambda: True)
    (tmp_path / "Kari Nes.txt").write_text(FIRST)
    ran = qualkit("add", "--pseudonymise", tmp_path / "Kari Nes.txt", "--study", study.root, keys="q\n")
    assert ran.code == 0
    assert "nothing was added" in ran.err
    assert studies.transcript_ids(study) == []
    keys = "x\n= Ingen\ny\ne Kari\ne Solveig\n= Gunvor\n"
    ran = qualkit("add", "--pseudonymise", tmp_path / "Kari Nes.txt", "--study", study.root, keys=keys)
    assert ran.code == 0, ran.err
    assert "Nobody of this name is in the key" in ran.err
    assert "somebody else's pseudonym, or a real name" in ran.err
    text = studies.read_transcript(studies.open_study(study.root), "P1")[0].text
    assert text.count("[Solveig]") == 4


def test_words_that_are_only_unknown_are_left_at_once(
    qualkit: Callable, study: studies.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualkit.cli import add_pseudonymised

    def see(text: str, **_: object) -> list[Hit]:
        found = re.finditer(r"\b(?:Medisinlista|Kassettene|M2|Gunvor)\b", text)
        return [Hit(*match.span(), "capitals@2", "person" if match[0] == "Gunvor" else "other") for match in found]

    monkeypatch.setattr(add_pseudonymised, "_on_terminal", lambda: True)
    monkeypatch.setattr(scanning, "every_detector", lambda: scanning.Detectors(see, {"capitals": 1}))
    text = "I: Hva?\n\nK1: Medisinlista sa Gunvor.\n\nI: Ja?\n\nK1: Kassettene på M2.\n"
    (tmp_path / "K1.txt").write_text(text)
    ran = qualkit("add", "--pseudonymise", tmp_path / "K1.txt", "--study", study.root, keys="e Solveig\ny\n")
    assert ran.code == 0, ran.err
    assert "in no dictionary: Kassettene, Medisinlista." in ran.err
    record = studies.read_transcript(studies.open_study(study.root), "K1")[0]
    assert record.text == text.replace("Gunvor", "[Solveig]")


def test_what_goes_together(qualkit: Callable, study: studies.Study, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST)
    for wrong in (["--decisions", tmp_path / "a.txt"], ["--pseudonymise", "--again"], ["--pseudonymise", "--comments"]):
        assert qualkit("add", *wrong, tmp_path / "a.txt", "--study", study.root).code == 2


@given(
    words=st.lists(
        st.sampled_from(["Gunvor", "GUNVOR", "gunvors", "Kari", "KARIS", "kari nes", "Hansen", "vakt", "å", "…", "."]),
        min_size=1,
        max_size=12,
    )
)
def test_no_name_of_the_key_is_left_and_turns_are_as_many(
    words: list[str], tmp_path_factory: pytest.TempPathFactory, interview: Callable[..., Transcript]
) -> None:
    root = tmp_path_factory.mktemp("s") / "studie"
    study = studies.create_study(root, Settings("Vakt", key_path=str(root.with_name("key.yaml"))))
    record = interview(
        f"Anne: Hva?\n\nKari Nes: Gunvor Hansen … {' '.join(words)}\n\nAnne: Ja?\n\nKari Nes: Nei.\n", "x"
    )
    door = decided(open_door(study, [record], "lise", DETECTORS))
    (one,) = finished(door).values()
    # A pseudonym may hold the letters of one inside: Johannes.
    assert not re.search(r"(?<!\w)(?:gunvor|kari|hansen|anne)", one.transcript.text, re.IGNORECASE)
    assert len(one.transcript.turns) == len(record.turns)
