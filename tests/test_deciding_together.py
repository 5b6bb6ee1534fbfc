from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import register
from qualkit import study as studies
from qualkit.anonymisation.candidates import Candidate
from qualkit.deciding import Contradicts, take_back
from qualkit.deciding_together import NothingTicked, alike, group_of, pass_together, ticked
from qualkit.identity import Identities, IdentityClass, IdentityType, Passed
from qualkit.model import Span, Study


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> Study:
    folder = interviews()
    qualkit("code", folder)
    return studies.open_study(folder.with_name("interviews-study"))


def seen(
    form: str,
    *detectors: str,
    kind: IdentityType = "other",
    cls: IdentityClass = "direct",
    spans: tuple[Span, ...] = (Span("K1", 0, 4),),
) -> Candidate:
    return Candidate(form, (form,), kind, cls, detectors or ("capitals@1",), spans, (), 1, ())


@pytest.mark.parametrize(
    ("candidate", "group"),
    [
        (seen("Drosja"), "capitals"),
        (seen("skeivt", "family@1", cls="indirect"), "family"),
        (seen("åttito år", "age@1", "years@1", kind="age", cls="indirect"), "age"),
        (seen("sykepleier", "occupation@1", kind="role", cls="indirect"), "occupation"),
        # What a list knows as a name, and what two guesses agree on, is asked about alone.
        (seen("Kari", "names@1", kind="person"), ""),
        (seen("Furix", "capitals@1", "ner@1", kind="person"), ""),
        (seen("Innersundet", "capitals@1", "ner@1"), ""),
        (seen("Oslo", "places@1", kind="place", cls="indirect"), ""),
        (seen("ordføreren", "role@1", kind="role", cls="strong-indirect"), ""),
        (seen("12895798718", "id-number@1", kind="number"), ""),
        (seen("Kiwi", "institutions@1", kind="institution", cls="public"), ""),
    ],
)
def test_only_what_is_of_little_risk_has_a_page(candidate: Candidate, group: str) -> None:
    assert group_of(candidate) == group


def test_a_page_holds_what_the_same_detector_sees_and_still_waits() -> None:
    text = "Kona kom. Drosja kom. Uka gikk. Kari kom."
    words = {"Kona": 0, "Drosja": 10, "Uka": 22}
    queue = [seen(word, spans=(Span("K1", at, at + len(word)),)) for word, at in words.items()]
    queue.insert(1, seen("Kari", "names@1", kind="person", spans=(Span("K1", 32, 36),)))
    known = Identities(passed=(Passed("Drosja"),))
    assert [one.form for one in alike(queue[0], queue, known, lambda _: text)] == ["Kona", "Uka"]
    assert [one.form for one in alike(queue[0], queue, Identities(), lambda _: text, 2)] == ["Kona", "Drosja"]
    assert alike(queue[1], queue, known, lambda _: text) == []


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("all", [1, 2, 3, 4]),
        ("all but 3", [1, 2, 4]),
        ("ALL except 1, 3", [2, 4]),
        ("all but 1-3", [4]),
        ("2,4", [2, 4]),
        ("1-2 4", [1, 2, 4]),
        ("1 – 2", [1, 2]),
    ],
)
def test_what_is_ticked(written: str, left: list[int]) -> None:
    page = [seen(str(number)) for number in range(1, 5)]
    assert [int(one.form) for one in ticked(written, page)] == left


@pytest.mark.parametrize("written", ["5", "0", "all but 9", "all but 1-4", "alt", "", "3-1", "all but", "1,x"])
def test_what_names_no_word_lets_nothing_through(written: str) -> None:
    with pytest.raises(NothingTicked):
        ticked(written, [seen(str(number)) for number in range(1, 5)])


def test_words_are_let_through_with_a_reason_and_taken_back_at_once(study: Study) -> None:
    before = register.register_text(study)
    some = [seen("Kona"), seen("Liv", spans=(Span("K1", 3, 6),)), seen("Uka")]
    made = pass_together(study, "siri", some, "hverdagsord")
    passed = register.good_register(study).passed
    assert [(one.form, one.only, one.reason, one.by) for one in passed] == [
        ("Kona", (), "hverdagsord", "siri"),
        ("Liv", (Span("K1", 3, 6),), "hverdagsord", "siri"),
        ("Uka", (), "hverdagsord", "siri"),
    ]
    assert made.words == 3
    trail, _ = studies.read_trail(study)
    assert [line.what for line in trail if line.what.startswith("anonymise")] == ["anonymise-pass"] * 3
    take_back(study, "siri", made)
    assert register.register_text(study) == before


def test_a_name_that_is_replaced_is_not_let_through_with_others(study: Study) -> None:
    register.save_register(study, "identities:\n- {id: p1, forms: [Gunvor], print: Anne, by: siri}\n")
    with pytest.raises(Contradicts):
        pass_together(study, "siri", [seen("Gunvor")], "")
    assert register.good_register(study).passed == ()


TALK = (
    "I: Hva skjedde?\n\nK1: Rullatoren sto der. Gunvor Solheim kom. Toalettforhøyeren kom også.\n\n"
    "I: Ja?\n\nK1: Taksameteret gikk, og så kom Furixen. Virkningen var stor.\n"
)


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews({"K1.txt": TALK})
    qualkit("code", folder)
    return folder.with_name("interviews-study")


def passed(root: Path) -> list[tuple[str, str]]:
    return [(one.form, one.reason) for one in register.good_register(studies.open_study(root)).passed]


def test_a_page_is_shown_in_the_walk_ticked_and_taken_back(qualkit: Callable, root: Path) -> None:
    ran = qualkit("anonymise", "scan", "--words", "--json", "--study", root)
    assert '"Rullatoren"' in ran.out
    # The person first, then a page of what has nothing but a capital: one is looked at, and stays.
    keys = "n\nn\nl\nv 2\nall but 1\nalle slike ord\nu\nq\n"
    ran = qualkit("anonymise", "decide", "--study", root, keys=keys)
    assert "[l]ist with" in ran.out
    assert "Rullatoren" in ran.out
    assert "kept as they are" in ran.out
    assert "Taken back." in ran.err
    assert passed(root) == []
    ran = qualkit("anonymise", "decide", "--study", root, keys=keys.replace("u\n", ""))
    let = passed(root)
    assert len(let) >= 2
    assert {reason for _, reason in let} == {"alle slike ord"}
    ran = qualkit("undo", "--study", root)
    assert passed(root) == []


def test_an_empty_line_goes_back_and_lets_nothing_through(qualkit: Callable, root: Path) -> None:
    qualkit("anonymise", "decide", "--study", root, keys="n\nn\nl\n\nq\n")
    qualkit("anonymise", "decide", "--study", root, keys="n\nn\nl\n77\n\nq\n")
    assert passed(root) == []
