import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import disclosure, register
from qualkit import study as studies
from qualkit.disclosure import Finding
from qualkit.material import load_material

TALKS = {
    "K1.txt": (
        "I: Hva skjedde?\n\nK1: Jeg er jo mor til to, og jeg bor i Halden. Jeg er leder der. Jeg var femti den gang."
        "\n\nI: Og så?\n\nK1: Æ veit itj ka du meine, æ.\n"
    ),
    "K2.txt": "I: Hva skjedde?\n\nK2: Det regnet hele tiden.\n\nI: Ja?\n\nK2: NN kom, og så kom [fornavn legen].\n",
    "K3.txt": "I: Hva skjedde?\n\nK3: Ingenting skjedde.\n\nI: Ja?\n\nK3: Nei.\n",
}
WHO = "id;labels;rolle;sted;kjønn\nK1;K1;leder;by;kvinne\nK2;K2;lærer;by;mann\nK3;K3;lærer;by;mann\n"
REGISTER = """identities:
- {id: s1, forms: [Halden], type: place, class: indirect, action: generalise, print: by, by: siri}
- {id: r1, forms: [leder], type: role, class: strong-indirect, action: keep, by: siri}
- {id: a1, forms: [femti], type: age, class: indirect, action: band, print: i femtiårene, by: siri}
- {id: p1, forms: [Gunvor], by: ""}
passed:
- {form: NAV, by: siri}
"""
PASSAGES = (
    ("K1", "Jeg er jo mor til to, og jeg bor i Halden. Jeg er leder der. Jeg var femti den gang."),
    ("K1", "Æ veit itj ka du meine, æ."),
    ("K2", "Det regnet hele tiden."),
)


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(TALKS, participants=WHO)
    ran = qualkit("code", folder)
    assert ran.code == 0, ran.err
    root = folder.with_name("interviews-study")
    for transcript, words in PASSAGES:
        assert qualkit("mark", "--study", root, transcript, "vente", words).code == 0
    register.save_register(studies.open_study(root), REGISTER)
    return root


def found(root: Path) -> list[Finding]:
    study = studies.open_study(root)
    return disclosure.findings(load_material(study), register.good_register(study), [])


def about(root: Path, question: str) -> list[tuple[str, int, str]]:
    return [(one.who, one.count, one.what) for one in found(root) if one.about == question]


def test_identities_are_counted_by_class_and_action(root: Path) -> None:
    study = studies.open_study(root)
    table = disclosure.counts_table(load_material(study), register.good_register(study))
    assert [row[:3] for row in table.rows] == [
        ("strong-indirect", "keep", 1),
        ("indirect", "generalise", 1),
        ("indirect", "band", 1),
        ("", "not decided", 1),
        ("", "let through", 1),
    ]
    assert table.rows[0][3] == 1


def test_who_is_alone_with_some_attributes_is_named(root: Path) -> None:
    assert about(root, "Attributes") == [
        ("", 3, "participants share all their values with fewer than 4 others"),
        ("K1", 1, "nobody else has the same rolle"),
    ]


def test_whom_nobody_quotes_is_named(root: Path) -> None:
    assert [who for who, _, _ in about(root, "Nobody quotes")] == ["K3"]


def test_what_is_told_of_one_participant_is_summed_over_all_quotations(root: Path) -> None:
    mosaic = about(root, "Mosaic")
    assert [who for who, _, _ in mosaic] == ["K1"]
    assert all(part in mosaic[0][2] for part in ("place s1", "role r1", "age a1"))
    assert "Halden" not in mosaic[0][2]


def test_a_gender_that_the_words_tell_is_found_by_its_place(root: Path) -> None:
    text = studies.read_transcript(studies.open_study(root), "K1")[0].text
    ((who, count, what),) = about(root, "Gender")
    start = text.index("Jeg er jo mor")
    assert (who, count) == ("K1", 1)
    assert f"K1:{start}-{start + 13}" in what


def test_a_gender_that_the_researcher_tells_is_found(root: Path) -> None:
    (root / "themes.yaml").write_text(
        "themes:\n- {id: t1, heading: Alene, definition: K2 er alene. Han har ingen., codes: [vente]}\n",
        encoding="utf-8",
    )
    assert ("K2", 1, "a gender is told at themes.yaml: definition of t1") in about(root, "Gender")


def test_a_gender_that_stands_behind_every_quotation_is_told(root: Path) -> None:
    path = root / "study.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("attribution: id", 'attribution: "id, kjønn"'), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    assert ("", 3, "“kjønn” is printed with quotations") in about(root, "Gender")


def test_dialect_with_place_and_role_is_told_of(root: Path) -> None:
    assert [(who, what.rpartition("of whom a ")[2]) for who, _, what in about(root, "Dialect, place, role")] == [
        ("K1", "place and a role is told, too")
    ]


def test_exports_that_nobody_reviewed_are_told_of(root: Path, qualkit: Callable) -> None:
    ran = qualkit("export", "csv", "--study", root, "--allow-unreviewed", "veileder vil se", "--force")
    assert ran.code == 0, ran.err
    told = about(root, "Written unreviewed")
    assert told
    assert all("veileder vil se" in what for _, _, what in told)


def test_what_was_masked_before_is_controlled(root: Path) -> None:
    assert [(who, count) for who, count, _ in about(root, "Masked before")] == [("K2", 2)]


def test_the_report_holds_no_word_that_was_said(root: Path, qualkit: Callable) -> None:
    ran = qualkit("anonymise", "check", "--study", root, "--json")
    written = json.dumps(json.loads(ran.out), ensure_ascii=False)
    assert not any(word in written for word in ("Halden", "femti", "Gunvor", "NAV", "regnet"))
