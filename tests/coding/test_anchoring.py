import itertools
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.coding.anchored import Reanchored, looked_at, placed, same_words, words_before
from qualkit.coding.anchoring import reanchor
from qualkit.coding.codings import parse_codings, render_codings
from qualkit.model import Coding, MeaningUnit, Span
from qualkit.text import around, nfc, sha256_hex

ROOT = Path(__file__).parents[2]


def coded(text: str, words: str, nth: int = 0) -> Coding:
    """Return a coding of the words where they stand in a text, for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    unit = MeaningUnit(Span("I3", start, end), words, *around(text, start, end))
    return Coding("c1", unit, "tid", "kari", "accepted", "manual", "", text_sha256=sha256_hex(text))


def after(old: str, new: str, words: str, nth: int = 0) -> tuple[str, str]:
    """Return what became of a coding of these words: its anchor, and the words where it is now."""
    [result] = reanchor([coded(old, words, nth)], old, new)
    if result.after is not None:
        span = result.after.unit.span
        assert new[span.start : span.end] == result.after.unit.text == result.words_after
        assert result.after.text_sha256 == sha256_hex(new)
    return result.anchor, result.words_after


TALK = (
    "I: Kor lenge har du vore her?\n\n"
    "K1: Eg har vore her i tolv år, og eg trivst godt med det.\n\n"
    "I: Kva skjer når nokon skal heim?\n\n"
    "K1: Då ringer vi kommunen. Det hender at ingen svarer, og då må vi vente. Slik er det.\n"
)


@pytest.mark.parametrize(
    ("old", "new", "anchor", "words"),
    [
        ("Då ringer vi kommunen.", "Då ringer vi kommunen.", "moved", "Det hender at ingen svarer"),
        ("tolv år", "elleve år", "kept", "Kor lenge"),
        ("ingen svarer", "ingen  svarer", "moved", "då må vi vente"),
    ],
)
def test_words_that_stand_go_where_they_stand(old: str, new: str, anchor: str, words: str) -> None:
    before = TALK.replace(old, "x " + old) if anchor == "moved" and old == new else TALK

    assert after(before, TALK.replace(old, new), words) == (anchor, words)


def test_a_mended_slip_changes_the_words_and_not_the_passage() -> None:
    assert after(TALK, TALK.replace("trivst", "trives"), "eg trivst godt") == ("words-changed", "eg trives godt")


def test_a_word_put_in_belongs_to_the_passage_around_it() -> None:
    new = TALK.replace("må vi vente", "må vi berre vente")

    assert after(TALK, new, "då må vi vente") == ("words-changed", "då må vi berre vente")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (TALK.replace("Det hender", "Kvar gong. Det hender"), "Det hender at ingen svarer, og då må vi vente."),
        (TALK.replace("vente. Slik", "vente. Lenge. Slik"), "Det hender at ingen svarer, og då må vi vente."),
        (TALK.replace("i tolv år", "i heile tolv år"), "tolv år"),
        (TALK.replace("tolv år,", "tolv år no,"), "tolv år"),
    ],
)
def test_what_is_put_in_at_the_edge_does_not_widen_a_passage(new: str, words: str) -> None:
    assert after(TALK, new, words)[1] == words


def test_a_sentence_like_the_one_coded_put_in_before_it_does_not_widen_it() -> None:
    old, new = "A: Det var bra.\n", "A: Det var fint. Det var bra.\n"

    assert after(old, new, "Det var bra.") == ("moved", "Det var bra.")


def test_half_of_a_passage_taken_out_leaves_the_other_half() -> None:
    new = TALK.replace(" Det hender at ingen svarer, og då må vi vente.", "")
    words = "Då ringer vi kommunen. Det hender at ingen svarer"

    assert after(TALK, new, words) == ("words-changed", "Då ringer vi kommunen.")


def test_a_passage_taken_out_is_lost() -> None:
    new = TALK.replace("Det hender at ingen svarer, og då må vi vente. ", "")

    assert after(TALK, new, "Det hender at ingen svarer") == ("lost", "")


def test_all_words_replaced_is_nobody_s_guess() -> None:
    new = TALK.replace("eg trivst godt med det", "folk er hyggelege her nede")
    [result] = reanchor([coded(TALK, "eg trivst godt med det")], TALK, new)

    assert (result.anchor, result.after) == ("ambiguous", None)
    assert [new[s.start : s.end] for s in result.candidates] == ["folk er hyggelege her nede"]


def test_a_moved_paragraph_is_found_again() -> None:
    turns = TALK.split("\n\n")
    new = "\n\n".join([turns[2], turns[3].rstrip(), turns[0], turns[1]]) + "\n"

    assert after(TALK, new, "eg trivst godt med det") == ("moved", "eg trivst godt med det")
    assert after(TALK, new, "Det hender at ingen svarer") == ("moved", "Det hender at ingen svarer")


def test_a_paragraph_moved_and_edited_is_found_again() -> None:
    turns = TALK.replace("Det hender at ingen svarer", "Det hender ofte at ingen svarer").split("\n\n")
    new = "\n\n".join([turns[2], turns[3].rstrip(), turns[0], turns[1]]) + "\n"

    words = "Det hender at ingen svarer, og då må vi vente."
    assert after(TALK, new, words) == ("words-changed", "Det hender ofte at ingen svarer, og då må vi vente.")


def test_a_deleted_passage_does_not_go_to_its_twin() -> None:
    old = "K1: Eg veit ikkje heilt, eg.\n\nI: Nei?\n\nK1: Vi ringer.\n\nI: Og så?\n\nK1: Eg veit ikkje heilt, eg.\n"
    new = "K1: Eg veit ikkje heilt, eg.\n\nI: Nei?\n\nK1: Vi ringer.\n\nI: Og så?\n\nK1: Det er stilt.\n"
    words = "Eg veit ikkje heilt, eg."

    [first, second] = reanchor([coded(old, words), coded(old, words, 1)], old, new)
    assert first.anchor == "kept"
    assert second.after is None
    assert (0, 24) not in [(span.start, span.end) for span in second.candidates]


@pytest.mark.parametrize(("old", "new"), [("Ja. Ja. Ja.", "Ja. Ja."), ("Ja. Ja.", "Ja. Ja. Ja.")])
def test_which_of_equal_neighbours_was_meant_is_asked(old: str, new: str) -> None:
    [result] = reanchor([coded(old, "Ja.", 1)], old, new)

    assert result.anchor == "ambiguous"
    assert [new[s.start : s.end] for s in result.candidates] == ["Ja.", "Ja."]


def test_the_same_words_are_told_apart_by_what_stands_around_them() -> None:
    old = "A: Ja. Det regnar.\n\nB: Ja. Det snør.\n"
    new = "A: Vel.\n\nA: Ja. Det regnar.\n\nB: Nei.\n\nB: Ja. Det snør.\n"
    [result] = reanchor([coded(old, "Ja.", 1)], old, new)

    assert result.anchor == "moved"
    assert new[result.line.unit.span.end :].startswith(" Det snør")


def test_a_passage_copied_elsewhere_while_its_own_was_edited_is_asked_about() -> None:
    words = "Eg tek det ut og set på namn og dato, og så legg eg det attende."
    old = f"K1: Ja. {words} Slik er det.\n\nI: Takk for at du kom hit i dag, det var fint.\n"
    edited = "Eg tek alltid det ut og set på heile namn og ny dato, og så legg eg det fint attende."
    new = f"K1: Ja. {edited} Slik er det.\n\nI: Takk for at du kom hit i dag, det var fint. {words}\n"

    assert after(old, new, words)[0] in ("words-changed", "ambiguous")


def test_lines_broken_elsewhere_change_no_words() -> None:
    new = TALK.replace("her i tolv år, og", "her i\ntolv år,\nog")

    anchor, words = after(TALK, new, "her i tolv år, og eg trivst")
    assert (anchor, words) == ("kept", "her i\ntolv år,\nog eg trivst")


def test_a_change_of_case_is_a_change_of_words() -> None:
    new = TALK.replace("det hender", "DET hender").replace("Det hender", "DET hender")

    assert after(TALK, new, "Det hender at ingen svarer") == ("words-changed", "DET hender at ingen svarer")


def test_letters_composed_elsewhere_are_the_same_letters() -> None:
    old = "K1: Då må vi vente på dei.\n".replace("å", "a\u030a")

    [result] = reanchor([coded(old, "vi vente")], old, nfc(old))
    assert (result.anchor, result.words_after) == ("moved", "vi vente")


def test_renamed_speakers_change_no_coding() -> None:
    new = TALK.replace("K1:", "Kari Nes:").replace("I:", "Intervjuar:")

    assert after(TALK, new, "eg trivst godt med det") == ("moved", "eg trivst godt med det")


def test_a_short_passage_among_new_words_is_asked_about() -> None:
    old = "K1: Han var her i går, det trur eg, med ei ny veske. Vi snakka om det, og så gjekk vi.\n"
    new = "K1: Noko heilt anna stod på bandet, men det kunne dei høyre først etterpå, alle det galdt.\n"
    [result] = reanchor([coded(old, "det")], old, new)

    assert result.after is None


def test_a_text_emptied_and_a_text_that_was_empty() -> None:
    assert after(TALK, "", "tolv år") == ("lost", "")
    assert reanchor([], "", TALK) == []
    assert reanchor([], TALK, "") == []


def test_a_line_that_does_not_hold_what_stood_there_is_not_moved() -> None:
    unit = MeaningUnit(Span("I3", 3, 8), "andre ord")
    wrong = Coding("c1", unit, "tid", "kari", "accepted", "manual", "")

    assert reanchor([wrong], TALK, "x " + TALK)[0].after is None


def test_one_edit_after_the_other_ends_where_both_at_once_end() -> None:
    first = TALK.replace("Kor lenge", "Hallo. Kor lenge")
    second = first.replace("Då ringer vi", "Då ringer vi av og til")
    words = "Det hender at ingen svarer"
    [once] = reanchor([coded(TALK, words)], TALK, first)
    [twice] = reanchor([once.line], first, second)
    [both] = reanchor([coded(TALK, words)], TALK, second)

    assert twice.line == both.line


def test_a_text_put_back_puts_back_what_waited() -> None:
    words = "Det hender at ingen svarer"
    new = TALK.replace("Det hender at ingen svarer, og då må vi vente. ", "")
    [gone] = reanchor([coded(TALK, words)], TALK, new)
    assert (gone.line.anchor, gone.line.unit, gone.line.text_sha256) == ("lost", gone.before.unit, sha256_hex(TALK))

    [back] = reanchor([gone.line], TALK, TALK)
    assert (back.anchor, back.line.anchor) == ("kept", "kept")


def test_changed_words_keep_what_they_were_until_somebody_has_looked() -> None:
    new = TALK.replace("trivst", "trives")
    newer = "Hallo.\n\n" + new
    [changed] = reanchor([coded(TALK, "eg trivst godt")], TALK, new)
    [moved] = reanchor([changed.line], new, newer)
    read, problems = parse_codings(render_codings([moved.line]), "f")

    assert problems == []
    assert (read[0].anchor, words_before(read[0])) == ("words-changed", "eg trivst godt")
    assert (moved.anchor, moved.words_after) == ("moved", "eg trives godt")
    seen = looked_at(read[0])
    assert (seen.anchor, words_before(seen), seen.unit) == ("kept", "", read[0].unit)


def test_words_changed_and_changed_back_are_not_changed() -> None:
    new = TALK.replace("trivst", "trives")
    [changed] = reanchor([coded(TALK, "eg trivst godt")], TALK, new)
    [back] = reanchor([changed.line], new, TALK)

    assert changed.line.anchor == "words-changed"
    assert (back.line.anchor, back.line.unit, words_before(back.line)) == ("moved", changed.before.unit, "")


def test_a_place_a_person_chose_has_its_words_and_its_hash() -> None:
    coding = placed(coded(TALK, "tolv år"), Span("I3", 3, 12), TALK, "now", "moved")

    assert (coding.unit.text, coding.anchor, coding.text_sha256) == ("Kor lenge", "moved", "now")


def test_a_hundred_thousand_equal_turns_are_compared_in_a_moment() -> None:
    turns = "".join(f"{'IK'[n % 2]}: Ja.\n\n" for n in range(100_000))
    new = turns[:300_003] + "K: Nei, det var leit å høyre.\n\n" + turns[300_003:-700]
    results = reanchor([coded(turns, "Ja.", 20)] * 1000, turns, new)

    # The turns that were taken out at the end are no neighbours of it.
    assert {result.anchor for result in results} == {"kept"}


WORDS = st.sampled_from("ja nei me kan ringe då det er òg Kari\n 😀 … at e-post «no»".split(" "))
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=200)
def test_whatever_is_edited_nothing_is_silently_on_other_words(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    unit = MeaningUnit(Span("I3", start, end), old[start:end])
    coding = Coding("c1", unit, "tid", "kari", "accepted", "manual", "")
    [result] = reanchor([coding], old, new)

    assert isinstance(result, Reanchored)
    if result.after is None:
        assert result.anchor in ("ambiguous", "lost")
        assert bool(result.candidates) == (result.anchor == "ambiguous")
        assert result.line.unit == unit
    else:
        span = result.after.unit.span
        assert 0 <= span.start <= span.end <= len(new)
        assert new[span.start : span.end] == result.after.unit.text
        assert (result.anchor == "words-changed") != same_words(result.after.unit.text, unit.text)
        assert result.anchor != "kept" or span == unit.span
    assert all(0 <= s.start < s.end <= len(new) for s in result.candidates)


@given(TEXTS, st.data())
def test_an_unchanged_text_keeps_every_coding(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    unit = MeaningUnit(Span("I3", start, end), text[start:end])
    [result] = reanchor([Coding("c1", unit, "tid", "kari", "accepted", "manual", "")], text, text)

    assert (result.anchor, result.line.unit.span) == ("kept", unit.span)


def test_no_script_of_random_edits_puts_a_coding_silently_on_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.edit_scripts import EDITS, Oracle, edited

    turns = [
        f"{'IK'[n % 2]}: {' '.join(rng.choice(_POOL) for _ in range(rng.randint(2, 30)))}."
        for rng in [random.Random(3)]
        for n in range(30)
    ]
    text = "\n\n".join(turns) + "\n"
    right = total = 0
    for seed, name in itertools.product(range(6), [*EDITS, "many"]):
        rng = random.Random(f"{name}-{seed}")
        under, _ = edited(text, rng, _POOL) if name == "many" else (_one(text, name, rng), [])
        passages = [coded_at(text, rng) for _ in range(30)]
        oracle = Oracle(text, under)
        for result in reanchor(passages, text, under.text):
            fate, verdict = oracle.verdict(result)
            assert verdict != "elsewhere, silent", (name, seed, result.before.unit.span)
            right += fate == "untouched" and verdict == "right"
            total += fate == "untouched"
    assert total > 2_000
    assert right / total >= 0.99


_POOL = (
    "eg du vi dei kommunen sjukehuset fredag heim vente ringe svarer papir brev telefon natt vakt sjef lege "
    "pasient dotter mann seng dusj medisin kveld morgon alltid aldri kanskje ofte berre heilt ikkje og men så då"
).split()


def _one(text: str, name: str, rng: random.Random):  # type: ignore[no-untyped-def]
    edit_scripts = sys.modules["benchmarks.edit_scripts"]
    under = edit_scripts.Edited(text)
    edit_scripts.EDITS[name](under, rng, _POOL)
    return under


def coded_at(text: str, rng: random.Random) -> Coding:
    """Return a coding of one to fifteen whole words somewhere."""
    spaces = [n for n, char in enumerate(text) if char.isspace()]
    first = rng.randrange(len(spaces) - 16)
    start, end = spaces[first] + 1, spaces[first + rng.randint(1, 15)]
    while text[end - 1].isspace():
        end -= 1
    start = min(start, end - 1)
    while text[start].isspace():
        start += 1
    unit = MeaningUnit(Span("I3", start, end), text[start:end], *around(text, start, end))
    return Coding(f"c{start}-{end}", unit, "tid", "kari", "accepted", "manual", "")
