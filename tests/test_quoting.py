from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import quoting, register
from qualkit import study as studies
from qualkit.marking import code_by_hand
from qualkit.material import Material, load_material
from qualkit.model import Study

TALK = "I: Hva skjedde?\n\nK1: Eh, det, det var eh sånn at jeg ringte Gunvor. Så gikk det.\n"
SAID = "Eh, det, det var eh sånn at jeg ringte Gunvor."
EDITED = "Det var sånn at jeg ringte Gunvor."


@pytest.fixture
def study(interviews: Callable, qualkit: Callable) -> Study:
    """A study in which one quotation is chosen, and hesitations may be taken out."""
    folder = interviews({"K1.txt": TALK})
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    settings = root / "study.yaml"
    text = settings.read_text(encoding="utf-8").replace(": verbatim", ": hesitations-removed")
    settings.write_text(text if "hesitations" in text else f"{text}quotation_style: hesitations-removed\n")
    made = studies.open_study(root)
    coding = code_by_hand(made, "kari", "K1", "telefon", SAID)
    (root / "themes.yaml").write_text(
        f"themes:\n- id: t1\n  heading: Kontakt\n  codes: [telefon]\n  quotations: [{coding.id}]\n"
    )
    register.save_register(made, "identities:\n- {id: p1, forms: [Gunvor], print: Anne, by: siri}\n")
    return made


@pytest.fixture
def material(study: Study) -> Material:
    return load_material(study)


def test_raw_words_stand_beside_the_proposed_ones(material: Material) -> None:
    [one] = quoting.chosen(material)
    assert (one.raw, one.proposed, one.state, one.edited) == (SAID, EDITED, "waits", "")


def test_a_quotation_is_approved_told_in_the_trail_without_words_and_taken_back(study: Study) -> None:
    [one] = quoting.chosen(load_material(study))
    assert quoting.approve(load_material(study), "siri", one.coding).state == "approved"
    [now] = quoting.chosen(load_material(study))
    assert (now.edited, now.by, now.state) == (EDITED, "siri", "approved")
    quoting.take_back(load_material(study), "siri", one.coding)
    assert [each.state for each in quoting.chosen(load_material(study))] == ["waits"]
    trail = (study.root / "trail.jsonl").read_text(encoding="utf-8")
    assert [line.what for line in studies.read_trail(study)[0] if line.what.startswith("quote")] == [
        "quote",
        "quote-back",
    ]
    assert "Gunvor" not in trail
    with pytest.raises(quoting.NoSuchQuotation):
        quoting.take_back(load_material(study), "siri", one.coding)


@pytest.mark.parametrize(
    "words",
    [
        "Det var sånn at jeg ringte politiet og Gunvor.",
        "Jeg ringte Gunvor.",
        "Det var sånn at jeg ringte Gunnhild.",
        "Sånn var det at jeg ringte Gunvor.",
    ],
)
def test_what_does_more_than_the_style_allows_is_refused(study: Study, words: str) -> None:
    [one] = quoting.chosen(load_material(study))
    with pytest.raises(quoting.BeyondStyle) as told:
        quoting.approve(load_material(study), "siri", one.coding, words)
    assert "Gunvor" not in str(told.value) + told.value.hint
    assert not (study.root / "quotations.yaml").exists()


def test_dialect_may_be_written_in_the_standard_where_the_style_says_so(study: Study) -> None:
    settings = study.root / "study.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("hesitations-removed", "normalised"))
    normalising = studies.open_study(study.root)
    [one] = quoting.chosen(load_material(normalising))
    words = "Det var slik at jeg ringte Gunvor."
    assert quoting.approve(load_material(normalising), "siri", one.coding, words).edited == words
    # A name that was written otherwise would not be replaced any more.
    with pytest.raises(quoting.BeyondStyle):
        quoting.approve(load_material(normalising), "siri", one.coding, "Det var slik at jeg ringte Gudrun.")


def test_nothing_is_edited_where_every_word_is_printed_as_it_was_said(study: Study) -> None:
    settings = study.root / "study.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("hesitations-removed", "verbatim"))
    verbatim = load_material(studies.open_study(study.root))
    [one] = quoting.chosen(verbatim)
    assert one.state == "verbatim"
    with pytest.raises(quoting.StyleIsVerbatim):
        quoting.approve(verbatim, "siri", one.coding)


def test_the_command_shows_approves_refuses_and_is_undone(qualkit: Callable, study: Study, tmp_path: Path) -> None:
    root = study.root
    ran = qualkit("quote", "--study", root)
    assert ran.code == 1
    assert f"said:      {SAID}" in ran.out
    assert f"proposed:  {EDITED}" in ran.out
    assert "Hver endring er godkjent av en forsker" in ran.err
    [one] = quoting.chosen(load_material(study))
    out = tmp_path / "a.docx"
    ran = qualkit("export", "word", "-o", out, "--study", root)
    assert "qualkit quote --decide" in ran.err
    assert not out.exists()
    ran = qualkit("quote", one.coding, "--words", "Noe helt annet.", "--study", root)
    assert ran.code == 1
    assert "it has other words than were said" in ran.err
    ran = qualkit("quote", "--decide", "--study", root, keys="w\nHelt annet enn det\na\n")
    assert ran.code == 0, ran.err
    assert "was not approved" in ran.err
    assert f"approved:  {EDITED}" in ran.out
    assert qualkit("undo", "--study", root).code == 0
    assert [each.state for each in quoting.chosen(load_material(study))] == ["waits"]
    ran = qualkit("quote", one.coding, "--approve", "--study", root)
    assert ran.code == 0, ran.err
    ran = qualkit("quote", one.coding, "--take-back", "--study", root)
    assert ran.code == 1


@pytest.mark.drafts
def test_what_is_approved_is_printed_and_readers_are_told(qualkit: Callable, study: Study, tmp_path: Path) -> None:
    [one] = quoting.chosen(load_material(study))
    quoting.approve(load_material(study), "siri", one.coding)
    ran = qualkit("themes", "table", "--study", study.root, "-o", tmp_path / "a.html")
    assert ran.code == 0, ran.err
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Det var sånn at jeg ringte [Anne]." in text
    ran = qualkit("export", "html", "--study", study.root, "-o", tmp_path / "b.html")
    assert ran.code == 0, ran.err
    assert "Sitatene er lett redigert" in (tmp_path / "b.html").read_text(encoding="utf-8")
