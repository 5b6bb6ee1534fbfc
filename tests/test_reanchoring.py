from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

import qualkit
from qualkit import disk
from qualkit import study as studies
from qualkit.anchor_decisions import (
    NoSuchCandidate,
    NoSuchCoding,
    SeveralCoders,
    choose,
    choose_words,
    drop,
    find_open,
    keep,
    open_codings,
)
from qualkit.checks import check_study
from qualkit.marking import code_by_hand
from qualkit.material import load_material
from qualkit.model import Coding, Study
from qualkit.reanchoring import NotReadBefore, read_again, reanchor_study

TALK = (
    "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen om kvelden. Det regnet hele tiden da.\n\n"
    "I: Og så?\n\nK1: Da måtte jeg vente lenge på svar. Ingen kom den natta.\n"
)


@pytest.fixture
def study(interviews: Callable[..., Path], qualkit: Callable[..., object]) -> Study:
    """A study with one transcript, in which Kari and Ola each coded some passages."""
    folder = interviews({"K1.txt": TALK})
    qualkit("code", folder)
    made = qualkit_study(folder)
    for coder, words in (("kari", "Det regnet hele tiden da."), ("kari", "vente lenge"), ("ola", "Ingen kom")):
        code_by_hand(made, coder, "K1", "vente", words)
    return made


def qualkit_study(folder: Path) -> Study:
    return qualkit.open_study(folder.with_name(f"{folder.name}-study"))


def edit(study: Study, before: str, after: str) -> None:
    """Edit a transcript as one does in an editor."""
    path = studies.transcript_path(study, "K1")
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def words(study: Study, coder: str) -> list[tuple[str, str]]:
    """Return a coder's codings: anchor, and the words under the offsets now."""
    record, _ = studies.read_transcript(study, "K1")
    out = []
    for coding in studies.read_codings(study, coder, "K1")[0]:
        span = coding.unit.span
        out.append((coding.anchor, record.text[span.start : span.end]))
    return out


def test_codings_of_all_coders_follow_their_words(study: Study) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    told = reanchor_study(study, "kari")

    assert words(study, "kari") == [("moved", "Det regnet hele tiden da."), ("moved", "vente lenge")]
    assert words(study, "ola") == [("moved", "Ingen kom")]
    assert {item.coder: item.count("moved") for item in told if item.coder != "_rules"} == {"kari": 2, "ola": 1}
    record, problems = studies.read_transcript(study, "K1")
    assert problems == []
    assert {c.text_sha256 for c in studies.read_all_codings(study)[0]} == {record.sha256}
    assert [p for p in check_study(study) if p.check == "changed-transcript"] == []


def test_doing_it_again_changes_nothing(study: Study, state_of: Callable[..., object]) -> None:
    edit(study, " Det regnet hele tiden da.", "")
    reanchor_study(study, "kari")
    before = state_of(study.root)

    assert all(not item.written for item in reanchor_study(study, "kari"))
    assert state_of(study.root) == before


def test_only_the_hash_in_the_header_is_written_to_the_transcript(study: Study) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    edit(study, "kind: interview", "kind: interview   # muntlig")
    before = studies.transcript_path(study, "K1").read_text(encoding="utf-8").splitlines()
    reanchor_study(study, "kari")
    after = studies.transcript_path(study, "K1").read_text(encoding="utf-8").splitlines()

    assert [a for a, b in zip(before, after, strict=True) if a != b] == [before[6]]
    assert before[6].startswith("sha256: ")


def test_a_run_that_breaks_off_between_two_files_is_finished_by_the_next(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    save = studies.save_codings

    def broken(study: Study, coder: str, transcript: str, codings: list[Coding]) -> bool:
        if coder == "ola":
            raise disk.CannotWrite(Path("K1.jsonl"), OSError(28, ""))
        return save(study, coder, transcript, codings)

    monkeypatch.setattr(studies, "save_codings", broken)
    with pytest.raises(disk.CannotWrite):
        reanchor_study(study, "kari")
    monkeypatch.undo()
    assert any(p.check == "changed-transcript" for p in check_study(study))
    assert words(study, "kari")[0] == ("moved", "Det regnet hele tiden da.")
    told = reanchor_study(study, "kari")

    assert [(item.coder, item.written) for item in told] == [("ola", True)]
    assert words(study, "ola") == [("moved", "Ingen kom")]
    assert [p for p in check_study(study) if p.check == "changed-transcript"] == []


def test_what_cannot_be_found_waits_with_its_words_and_is_told(study: Study) -> None:
    edit(study, " Det regnet hele tiden da.", "")
    reanchor_study(study, "kari")
    codings, _ = studies.read_codings(study, "kari", "K1")
    [lost] = [coding for coding in codings if coding.anchor == "lost"]

    assert lost.unit.text == "Det regnet hele tiden da."
    record, _ = studies.read_transcript(study, "K1")
    assert lost.text_sha256 != record.sha256
    assert studies.old_text(study, "K1", lost.text_sha256) is not None
    [problem] = [p for p in check_study(study) if p.check == "changed-transcript"]
    assert problem.severity == "error"
    assert "qualkit anchor" in problem.hint
    assert "regnet" not in problem.message + problem.hint
    [extract] = [e for e in load_material(study).extracts if e.coding.id == lost.id]
    assert (extract.participant, extract.role) == ("", "")


def test_a_text_put_back_brings_lost_codings_back(study: Study) -> None:
    edit(study, " Det regnet hele tiden da.", "")
    reanchor_study(study, "kari")
    edit(study, "om kvelden.", "om kvelden. Det regnet hele tiden da.")
    reanchor_study(study, "kari")

    assert words(study, "kari") == [("kept", "Det regnet hele tiden da."), ("moved", "vente lenge")]


def test_without_the_earlier_text_words_with_their_surroundings_are_looked_for(study: Study) -> None:
    for path in (study.root / "history").rglob("*.gz"):
        path.unlink()
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    told = reanchor_study(study, "kari")

    assert words(study, "kari") == [("moved", "Det regnet hele tiden da."), ("moved", "vente lenge")]
    assert sum(item.by_words for item in told) >= 3


def test_a_broken_history_file_is_no_history(study: Study) -> None:
    record, _ = studies.read_transcript(study, "K1")
    for path in (study.root / "history").rglob("*.gz"):
        path.write_bytes(path.read_bytes()[:-9])

    assert studies.old_text(study, "K1", record.sha256) is None
    assert studies.old_text(study, "K1", "../../etc") is None


def test_a_dry_run_writes_nothing(study: Study, state_of: Callable[..., object]) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    before = state_of(study.root)
    told = reanchor_study(study, "kari", dry_run=True)

    assert sum(item.count("moved") for item in told) >= 3
    assert state_of(study.root) == before


def test_the_trail_tells_of_every_file_and_of_no_words(study: Study) -> None:
    edit(study, " Det regnet hele tiden da.", "")
    reanchor_study(study, "kari")
    entries = [d for d in studies.read_trail(study)[0] if d.what == "anchor"]

    assert [d.after["coder"] for d in entries] == ["kari", "ola"]
    assert len(entries[0].after["lost"]) == 1
    assert "regnet" not in str(entries)


def test_a_person_chooses_the_place_by_its_words(study: Study) -> None:
    edit(study, "Det regnet hele tiden da.", "Været var dårlig.")
    reanchor_study(study, "kari")
    [item] = open_codings(study)
    with pytest.raises(NoSuchCandidate):
        choose_words(study, "kari", item, "Været var fint.")
    after = choose_words(study, "kari", item, "Været  var dårlig.")

    assert after.unit.text == "Været var dårlig."
    assert ("moved", "Været var dårlig.") in words(study, "kari")
    assert open_codings(study) == []


def test_a_person_chooses_one_of_the_candidates(study: Study) -> None:
    edit(study, "Det regnet hele tiden da.", "Været var dårlig.")
    reanchor_study(study, "kari")
    [item] = open_codings(study)
    with pytest.raises(NoSuchCandidate):
        choose(study, "kari", item, 2)
    choose(study, "kari", item, 1)

    assert ("moved", "Været var dårlig.") in words(study, "kari")
    assert [p for p in check_study(study) if p.check == "changed-transcript"] == []


def test_changed_words_are_listed_until_somebody_has_looked(study: Study) -> None:
    edit(study, "regnet hele tiden da", "regna hele tida da")
    reanchor_study(study, "kari")
    [item] = open_codings(study)
    assert item.result is None
    [problem] = [p for p in check_study(study) if p.check == "changed-transcript"]
    assert problem.severity == "warning"
    keep(study, "kari", item)

    assert words(study, "kari")[0] == ("kept", "Det regna hele tida da.")
    assert "regn" not in str(studies.read_trail(study)[0])
    assert open_codings(study) == []


def test_what_is_dropped_is_in_the_trail(study: Study) -> None:
    edit(study, " Det regnet hele tiden da.", "")
    reanchor_study(study, "kari")
    [item] = open_codings(study)
    drop(study, "kari", item)

    assert words(study, "kari") == [("moved", "vente lenge")]
    last = studies.read_trail(study)[0][-1]
    assert (last.what, last.before["code"]) == ("anchor-drop", "vente")


def test_an_id_is_found_by_its_beginning_and_by_its_coder(study: Study) -> None:
    edit(study, " Det regnet hele tiden da.", "")
    reanchor_study(study, "kari")
    items = open_codings(study)
    [item] = items

    assert find_open(items, item.coding.id[:6], "kari", waiting=True) == item
    with pytest.raises(NoSuchCoding):
        find_open(items, "x", "kari", waiting=True)
    with pytest.raises(NoSuchCoding):
        find_open(items, item.coding.id, "kari", waiting=False)
    twice = [item, type(item)(item.coding, "ola", item.result)]
    assert find_open(twice, item.coding.id, "ola", waiting=True).file_coder == "ola"
    with pytest.raises(SeveralCoders):
        find_open(twice, item.coding.id, "per", waiting=True)


def test_a_decision_on_a_proposal_keeps_its_id_where_the_passage_went(
    study: Study, qualkit: Callable[..., object]
) -> None:
    from qualkit.reviewing import decide, waiting

    [first, second] = waiting(study, "kari", again=True).proposals
    decide(study, "kari", first, "rejected")
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    qualkit("code", "--study", study.root)
    proposals, _ = studies.read_codings(study, "_rules", "K1")

    assert [c.id for c in proposals] == [first.id, second.id]
    record, _ = studies.read_transcript(study, "K1")
    assert [record.text[c.unit.span.start : c.unit.span.end] for c in proposals] == [
        first.unit.text,
        second.unit.text,
    ]
    assert [c.id for c in waiting(study, "kari", again=True).proposals] == [second.id]


def test_a_new_passage_at_the_place_of_one_that_moved_away_gets_an_id_of_its_own(
    study: Study, qualkit: Callable[..., object]
) -> None:
    from qualkit.reviewing import decide, waiting

    [first, _] = waiting(study, "kari", again=True).proposals
    decide(study, "kari", first, "rejected")
    # The same sentence again, before the one that was decided on: at the old place stands another passage now.
    edit(study, "K1: Jeg måtte ringe", f"K1: {first.unit.text} Og så:\n\nK1: Jeg måtte ringe")
    qualkit("code", "--study", study.root)
    proposals, _ = studies.read_codings(study, "_rules", "K1")
    ids = [coding.id for coding in proposals]

    assert len(set(ids)) == len(ids) == 3
    open_ = [c.unit.span.start for c in waiting(study, "kari", again=True).proposals]
    decision = next(c for c in studies.read_codings(study, "kari", "K1")[0] if c.id == first.id)
    assert decision.anchor in ("moved", "ambiguous")
    assert decision.anchor == "ambiguous" or decision.unit.span.start not in open_


def test_a_proposal_whose_words_changed_is_decided_on_as_it_stands(
    study: Study, qualkit: Callable[..., object]
) -> None:
    from qualkit.reviewing import decide, waiting

    edit(study, "ringe kommunen om kvelden", "ringe kommunen om natta")
    reanchor_study(study, "kari")
    first = waiting(study, "kari", again=True).proposals[0]
    decision = decide(study, "kari", first, "accepted")

    assert (decision.unit.text, decision.anchor) == ("Jeg måtte ringe kommunen om natta.", "kept")
    assert open_codings(study) == []


def test_an_original_read_again_unchanged_changes_nothing_in_the_transcript(study: Study) -> None:
    path = studies.transcript_path(study, "K1")
    before = path.read_bytes()
    again = read_again(study, study.root.parent / "interviews" / "K1.txt", "kari")

    assert (again.changed, again.edited, again.moved) == (False, False, ())
    assert path.read_bytes() == before


def test_a_decision_that_waits_decides_nothing_at_its_old_place(study: Study, qualkit: Callable[..., object]) -> None:
    from qualkit.reviewing import decide, waiting

    first = waiting(study, "kari", again=True).proposals[0]
    decide(study, "kari", first, "rejected")
    # Another sentence of the same length with the same word, where the rejected one stood.
    other = "Du burde ringe naboene om morgenen."
    assert len(other) == len(first.unit.text) - 1
    edit(study, first.unit.text, other + "!")
    qualkit("code", "--study", study.root)

    open_ = waiting(study, "kari", again=True).proposals
    decision = next(c for c in studies.read_codings(study, "kari", "K1")[0] if c.id == first.id)
    assert decision.anchor == "ambiguous"
    assert any(c.unit.text.startswith("Du burde ringe") for c in open_)


def test_a_changed_code_is_no_other_rule_s_proposal(study: Study, qualkit: Callable[..., object]) -> None:
    from qualkit.reviewing import decide, waiting

    book = studies.codebook_text(study).replace('rules: ["lemma:vente"]', 'rules: ["lemma:vente", "lemma:ringe"]')
    studies.save_codebook_text(study, book)
    qualkit("code", "--study", study.root)
    proposals = waiting(study, "kari", again=True).proposals
    first = next(c for c in proposals if c.code == "telefon")
    decide(study, "kari", first, "accepted", code="vente")
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    qualkit("code", "--study", study.root)

    ids = [c.id for c in studies.read_codings(study, "_rules", "K1")[0]]
    assert sorted(ids) == sorted(c.id for c in proposals)


# --- an original that was read before ---------------------------------------------------------------------


def test_a_changed_original_is_read_again_and_codings_follow(study: Study) -> None:
    original = study.root.parent / "interviews" / "K1.txt"
    original.write_text(TALK.replace("Hva skjedde?", "Hva var det som skjedde?"), encoding="utf-8")
    again = read_again(study, original, "kari")

    assert (again.changed, again.edited) == (True, False)
    assert words(study, "kari") == [("moved", "Det regnet hele tiden da."), ("moved", "vente lenge")]
    assert [p for p in check_study(study) if p.check in ("changed-transcript", "original")] == []
    _, codings = studies.read_transcript(study, "K1"), studies.read_codings(study, "kari", "K1")[0]
    assert {c.coder for c in codings} == {"kari"}


def test_roles_corrected_in_the_header_stay_when_an_original_is_read_again(study: Study) -> None:
    edit(study, "K1: {role: participant}", "K1: {role: other, language: nn}")
    original = study.root.parent / "interviews" / "K1.txt"
    original.write_text(TALK.replace("Hva", "Kva"), encoding="utf-8")
    read_again(study, original, "kari")
    record, _ = studies.read_transcript(study, "K1")

    assert [(s.label, s.role, s.language) for s in record.speakers if s.label == "K1"] == [("K1", "other", "nn")]


def test_edits_by_hand_that_the_original_does_not_have_are_told_and_kept(study: Study) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    before, _ = studies.read_transcript(study, "K1")
    original = study.root.parent / "interviews" / "K1.txt"
    original.write_text(TALK.replace("natta", "natten"), encoding="utf-8")
    again = read_again(study, original, "kari")

    assert again.edited
    assert studies.old_text(study, "K1", before.sha256) == before.text


def test_a_new_version_under_another_name_is_no_new_interview(study: Study, qualkit: Callable[..., object]) -> None:
    newer = study.root.parent / "interviews" / "K1 ny.txt"
    newer.write_text(TALK.replace("natta", "natten"), encoding="utf-8")
    with pytest.raises(NotReadBefore):
        read_again(study, newer, "kari")
    read_again(study, newer, "kari", transcript="K1")
    qualkit("code", "--study", study.root)

    assert studies.transcript_ids(study) == ["K1"]
    assert [str(p) for p in check_study(study) if p.check == "original"] == []


def test_the_lines_of_a_changed_coding_hold_the_words_before(study: Study) -> None:
    edit(study, "regnet hele tiden da", "regna hele tida da")
    reanchor_study(study, "kari")
    lines = studies.codings_path(study, "kari", "K1").read_bytes().splitlines()

    [line] = [orjson.loads(line) for line in lines if b"words-changed" in line]
    assert (line["text"], line["was"]["text"]) == ("Det regna hele tida da.", "Det regnet hele tiden da.")


def test_a_clean_up_is_asked_for_and_taken_back_afterwards_and_codings_follow(
    qualkit: Callable, tmp_path: Path
) -> None:
    study = tmp_path / "studie"
    assert qualkit("init", study).code == 0
    original = study / "originals" / "I1.txt"
    lines = ["I: Hva da?", "K1: Vi ventet.", "1", "I: Og så?", "K1: Så kom hun.", "2", "I: Når?", "K1: I går.", "3"]
    original.write_text("\n\n".join(lines), encoding="utf-8")
    (study / "codebook.yaml").write_text("codes: [{id: vente}]\n", encoding="utf-8")
    assert qualkit("add", original, "--study", study).code == 0
    assert qualkit("mark", "I1", "vente", "Så kom hun.", "--study", study).code == 0

    def text() -> str:
        return (study / "transcripts" / "I1.txt").read_text(encoding="utf-8").partition("\n---\n")[2]

    def words() -> list[str]:
        (path,) = (study / "codings").rglob("I1.jsonl")
        coding = orjson.loads(path.read_bytes())
        return [text()[coding["start"] : coding["end"]], coding["text"]]

    whole = text()
    assert "Vi ventet.\n1\n" in whole
    assert qualkit("add", original, "--again", "--tidy", "page-numbers", "--study", study).code == 0
    assert "1" not in text().replace("K1", "")
    assert words() == ["Så kom hun.", "Så kom hun."]
    assert qualkit("add", original, "--again", "--study", study).code == 0
    assert "tidied: page-numbers" in (study / "transcripts" / "I1.txt").read_text(encoding="utf-8")
    assert qualkit("add", original, "--again", "--untidy", "--study", study).code == 0
    assert text() == whole
    assert words() == ["Så kom hun.", "Så kom hun."]
    assert "tidied" not in (study / "transcripts" / "I1.txt").read_text(encoding="utf-8")
