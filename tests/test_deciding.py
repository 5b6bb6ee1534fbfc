from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from qualkit import deciding, register, scanning, yamlagain
from qualkit import study as studies
from qualkit.anonymisation import forms, identities, settled
from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.decisionsfile import Choice, decisions_of, parse_decisions, render_decisions
from qualkit.anonymisation.queue import waiting
from qualkit.anonymisation.settled import still_waiting
from qualkit.deciding import Contradicts, NoSuchIdentityToMerge, RegisterChanged
from qualkit.errors import FaultyFiles
from qualkit.identity import Hit, Identities, Identity
from qualkit.model import Span, Study


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> Study:
    folder = interviews()
    qualkit("code", folder)
    return studies.open_study(folder.with_name("interviews-study"))


def seen(*forms: str, spans: tuple[Span, ...] = (Span("K1", 0, 4),)) -> Candidate:
    return Candidate(forms[0], forms, "person", "direct", ("names@2",), spans, (), 1, ())


def anne(*forms: str, **more: object) -> Choice:
    return Choice(forms, "pseudonym", "person", "direct", {"*": "Anne"}, **more)  # type: ignore[arg-type]


def known(study: Study) -> Identities:
    identities, problems = register.read_register(study)
    assert problems == []
    return identities


def told(study: Study) -> list[tuple[str, str]]:
    return [(one.what, one.object) for one in studies.read_trail(study)[0] if one.what.startswith(("anonym", "undo"))]


def test_a_decision_stands_in_register_and_trail(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor", reason="nabo"), seen("Gunvor"))
    one = known(study).identities[0]
    assert (one.id, one.forms, one.action, dict(one.shown), one.by, one.reason) == (
        "p1",
        ("Gunvor",),
        "pseudonym",
        {"*": "Anne"},
        "siri",
        "nabo",
    )
    assert one.date == studies.now()[:10]
    assert told(study) == [("anonymise", "identity p1")]


def test_the_trail_holds_no_word_of_it(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor", reason="Gunvor er nabo"))
    deciding.decide(study, "siri", Choice(("Gunvor Vik",), "merge", merge="p1"))
    deciding.decide(study, "siri", Choice(("Storgata",), "pass", reason="Storgata"))
    text = (study.root / "trail.jsonl").read_text(encoding="utf-8")
    assert not any(word in text for word in ("Gunvor", "Vik", "Storgata", "Anne"))


def test_type_and_class_are_the_candidates_where_nobody_says_otherwise(study: Study) -> None:
    choice = Choice(("Halden",), "generalise", shown={"nb": "by"})
    candidate = Candidate("Halden", ("Halden",), "place", "indirect", (), (), (), 1, ())
    deciding.decide(study, "siri", choice, candidate)
    one = known(study).identities[0]
    assert (one.id, one.type, one.cls) == ("s1", "place", "indirect")


def test_words_let_through_keep_their_places(study: Study) -> None:
    deciding.decide(study, "siri", Choice(("Liv",), "pass", only=(Span("K1", 3, 6),)))
    deciding.decide(study, "siri", Choice(("Liv",), "pass", only=(Span("K2", 3, 6),)))
    assert [(one.form, one.only) for one in known(study).passed] == [("Liv", (Span("K1", 3, 6), Span("K2", 3, 6)))]


def test_another_form_is_merged_by_id_or_form(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor Vik"))
    deciding.decide(study, "siri", Choice(("Gunvor",), "merge", merge="p1"))
    deciding.decide(study, "siri", Choice(("Tulla",), "merge", merge="gunvor"))
    assert [one.forms for one in known(study).identities] == [("Gunvor Vik", "Gunvor", "Tulla")]
    with pytest.raises(NoSuchIdentityToMerge):
        deciding.decide(study, "siri", Choice(("Tulla",), "merge", merge="p9"))


def test_deciding_again_changes_the_identity_and_makes_no_second_one(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor"))
    deciding.decide(study, "siri", Choice(("Gunvor",), "redact"))
    assert [(one.id, one.action, dict(one.shown)) for one in known(study).identities] == [("p1", "redact", {})]


def test_what_contradicts_the_register_is_not_decided(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor"))
    before = register.register_text(study)
    with pytest.raises(Contradicts) as error:
        deciding.decide(study, "siri", anne("Torvald"))
    assert "pseudonym" in str(error.value)
    assert not any(word in f"{error.value} {error.value.hint}" for word in ("Gunvor", "Torvald", "Anne"))
    assert register.register_text(study) == before
    assert told(study) == [("anonymise", "identity p1")]


def test_a_faulty_register_is_not_written_to(study: Study) -> None:
    register.save_register(study, "identities:\n- {id: p1, forms: [Kari], action: hide, by: siri}\n")
    with pytest.raises(FaultyFiles):
        deciding.decide(study, "siri", anne("Gunvor"))
    assert "Gunvor" not in register.register_text(study)


def test_what_somebody_wrote_around_it_stays(study: Study) -> None:
    text = "# ours\nidentities:\n- id: x7  # the dog\n  forms: [Passopp]\n  action: redact\n  by: ola\n"
    register.save_register(study, text)
    deciding.decide(study, "siri", anne("Gunvor"))
    assert register.register_text(study).startswith(text)


def test_a_decision_is_taken_back_to_the_byte(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor"))
    before = register.register_text(study)
    made = deciding.decide(study, "siri", Choice(("NAV",), "pass"))
    deciding.take_back(study, "siri", made)
    assert register.register_text(study) == before
    assert told(study)[-1] == ("undo", "passed 1")
    made = deciding.decide(study, "siri", Choice(("NAV",), "pass"))
    deciding.decide(study, "siri", Choice(("Nokia",), "pass"))
    with pytest.raises(RegisterChanged):
        deciding.take_back(study, "siri", made)


def test_an_identity_drafted_by_hand_is_decided_under_its_id(study: Study) -> None:
    register.save_register(study, "identities:\n- {id: p4, forms: [Gunvor]}\n")
    deciding.decide(study, "siri", anne("Gunvor"))
    assert [(one.id, one.by) for one in known(study).identities] == [("p4", "siri")]


# --- files of decisions -----------------------------------------------------------------------------


FILE = """decisions:
- {forms: [Gunvor Vik, Gunvor], action: pseudonym, print: Anne Moe, type: person, gender: f}
- {form: Tulla, merge: Gunvor}
- {form: Halden, action: generalise, type: place, class: indirect}
- {form: NAV, action: pass}
- {form: Liv, action: pass, only: ["K1:3-6"]}
"""


def carried_out(study: Study, text: str) -> tuple[int, int, list[str]]:
    choices, problems = parse_decisions(text)
    assert problems == []
    made, already, problems = deciding.decide_all(study, "siri", choices, "decisions.yaml", deciding.completed)
    return made, already, [str(problem) for problem in problems]


def test_a_file_of_decisions_is_carried_out_once(study: Study) -> None:
    assert carried_out(study, FILE) == (5, 0, [])
    first = register.register_text(study)
    identities = known(study)
    assert [(one.forms, one.print_form("nb")) for one in identities.identities] == [
        (("Gunvor Vik", "Gunvor", "Tulla"), "Anne Moe"),
        (("Halden",), "by i Østfold"),
    ]
    assert carried_out(study, FILE) == (0, 5, [])
    assert register.register_text(study) == first
    assert len(told(study)) == 5


def test_a_small_word_that_was_let_through_is_decided_anew_with_a_capital(study: Study) -> None:
    small, capital = (f"decisions:\n- {{form: {form}, action: pass}}\n" for form in ("halden", "Halden"))
    assert carried_out(study, small) == (1, 0, [])
    assert carried_out(study, capital) == (1, 0, [])
    assert carried_out(study, small) == (0, 1, [])
    assert waiting([Hit(0, 6, "places@1")], "Halden er fin.", known(study), "K1") == []


def test_the_decisions_of_a_register_make_the_same_one(study: Study, qualkit: Callable, interviews: Callable) -> None:
    carried_out(study, FILE)
    written = render_decisions(decisions_of(known(study)))
    folder = interviews(name="others")
    qualkit("code", folder)
    other = studies.open_study(folder.with_name("others-study"))
    carried_out(other, written)
    assert known(other).passed == known(study).passed

    def plain(identities: Iterable[Identity]) -> list[tuple[object, ...]]:
        return [(one.id, one.forms, one.type, one.cls, one.action, dict(one.shown), one.gender) for one in identities]

    assert plain(known(other).identities) == plain(known(study).identities)


def test_what_cannot_be_carried_out_is_told_with_its_line_and_the_rest_is_done(study: Study) -> None:
    text = FILE + "- {form: Bestemor, merge: Nobody}\n- {form: Ola, action: pseudonym, print: Anne Moe}\n"
    made, _, problems = carried_out(study, text)
    assert made == 5
    assert [problem.partition(": ")[0] for problem in problems] == ["decisions.yaml:7", "decisions.yaml:8"]
    assert not any(word in " ".join(problems) for word in ("Bestemor", "Nobody", "Ola", "Anne"))


def test_a_name_is_drawn_where_the_file_gives_none(study: Study) -> None:
    carried_out(study, "decisions:\n- {form: Gunvor, action: pseudonym}\n- {form: Torvald, action: pseudonym}\n")
    shown = [one.print_form("nb") for one in known(study).identities]
    assert len(set(shown)) == 2
    assert all(shown)


def test_ids_are_never_used_twice() -> None:
    taken = Identities((Identity("p1", ("A",)), Identity("p3", ("B",))))
    assert deciding.next_id(taken, "person") == "p2"
    assert deciding.next_id(taken, "role") == "r1"


def test_only_the_owner_may_read_what_was_decided(study: Study) -> None:
    deciding.decide(study, "siri", anne("Gunvor"))
    path: Path = register.register_path(study)
    assert path.stat().st_mode & 0o777 == 0o600


TALK = """Siri: Hvem ringte du?
Ola: Kari Nes. Eller Karis mann, Per Nes, han bor i Halden. Haldenserne ringer ikke.
Siri: Og så?
Ola: Så kom Liv fra NAV Halden. Det var i mars 2019. Livs søster er jordmor i Nes kommune. Per sa: ring Kary.
"""


def test_what_is_kept_between_decisions_says_what_reading_all_anew_would_say(
    qualkit: Callable, interviews: Callable
) -> None:
    folder = interviews({"k1.txt": TALK, "k2.txt": TALK.replace("Kari", "Berit").replace("Halden", "Moss")})
    qualkit("code", folder)
    study = studies.open_study(folder.with_name("interviews-study"))
    first = scanning.queue(study, register.good_register(study))
    text_of = scanning.texts(study)
    made = []
    for number, one in enumerate(first):
        action = ("redact", "pass", "pseudonym")[number % 3]
        shown = {"*": f"Navn{chr(97 + number)}"} if action == "pseudonym" else {}
        only = one.spans if number % 2 else ()
        choice = Choice((one.form,), action, "person" if shown else one.type, one.cls, shown, only=only)
        made.append(deciding.decide(study, "siri", choice, one))
        if number == 2:
            deciding.take_back(study, "siri", made.pop())
        kept = register.good_register(study)
        waits = {span for each in first if (left := still_waiting(each, kept, text_of)) for span in left.spans}
        forget()
        assert register.good_register(study) == kept
        assert waits == {span for each in scanning.queue(study, kept) for span in each.spans}
    assert len(made) > 8


def forget() -> None:
    """Forget what was read of registers and queues."""
    yamlagain._kept.clear()
    identities._parsed.cache_clear()
    identities._identities.clear()
    identities._let_through.clear()
    settled._seen.clear()


def test_a_word_merged_at_its_places_takes_no_place_from_the_full_name(tmp_path: Path, qualkit: Callable) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    said = "I: Hei?\nK1: Jeg heter Sander Myklebust, og Sander er jeg, eller Tulla.\n"
    (folder / "K1.txt").write_text(said, encoding="utf-8")
    (folder / "codebook.yaml").write_text("codes: [{name: Navn}]", encoding="utf-8")
    qualkit("code", folder)
    study = studies.open_study(folder.with_name("interviews-study"))
    text = studies.read_transcripts(study)[0][0].text
    full, first, last = text.index("Sander M"), text.rindex("Sander"), text.index("Tulla")

    deciding.decide(study, "siri", anne("Sander Myklebust"))
    deciding.decide(study, "siri", Choice(("Sander",), "merge", merge="p1", only=(Span("K1", first, first + 6),)))
    deciding.decide(study, "siri", Choice(("Tulla",), "merge", merge="p1"))

    (one,) = known(study).identities
    assert {(span.start, span.end) for span in one.only} == {(full, full + 16), (first, first + 6), (last, last + 5)}
    found = forms.find_forms(text, known(study), transcript="K1")
    assert [(text[f.start : f.end], f.ambiguous) for f in found] == [
        ("Sander Myklebust", False),
        ("Sander", False),
        ("Tulla", False),
    ]
