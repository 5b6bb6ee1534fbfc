"""Which turns ask what: by rules and by hand, also when the transcript was edited since."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.guide_turns import asked_turns, find_turn, interviewers_turns, opening_of
from qualkit.coding.guidefile import parse_guide
from qualkit.model import Transcript
from qualkit.reflection import Reflection

GUIDE, _ = parse_guide('questions: [{id: varsel, rules: ["lemma:beskjed"]}, {id: natt, rules: ["natta"]}]')
TEXT = (
    "I: Hvordan fikk dere beskjed?\n\nK1: Vi fikk beskjed på fredag.\n\nI: Ja?\n\nK1: Klokka to.\n\n"
    "I: Og natta, fikk dere beskjed da?\n\nK1: Nei.\n\nI: Ja?\n\nK1: Ja."
)


def asked(record: Transcript, *hand: Reflection) -> list[tuple[str, tuple[str, ...], bool]]:
    turns, problems = asked_turns({record.id: record}, GUIDE, hand)
    assert problems == []
    return [(record.text[one.turn.start : one.turn.end], one.questions, one.by_hand) for one in turns]


def by_hand(words: str, *questions: str, **more: object) -> Reflection:
    return Reflection("asked", "kari", "K1", words, questions=questions, **more)  # type: ignore[arg-type]


def test_rules_find_turns_of_interviewers_alone(interview: Callable) -> None:
    assert asked(interview(TEXT)) == [
        ("Hvordan fikk dere beskjed?", ("varsel",), False),
        ("Ja?", (), False),
        ("Og natta, fikk dere beskjed da?", ("varsel", "natt"), False),
        ("Ja?", (), False),
    ]


def test_what_is_said_by_hand_counts_for_more_than_rules(interview: Callable) -> None:
    record = interview(TEXT)
    first = by_hand("Hvordan fikk dere beskjed?", "natt")
    second = by_hand("Ja?", "varsel", nth=2)
    none = by_hand("og natta fikk dere beskjed da")
    assert [turn[1:] for turn in asked(record, first, second, none)] == [
        (("natt",), True),
        ((), False),
        ((), True),
        (("varsel",), True),
    ]
    again = by_hand("Hvordan fikk dere beskjed?", by_rule=True)
    assert asked(record, again)[0][1:] == (("varsel",), False)


def test_a_turn_is_found_again_where_it_moved_or_a_word_changed(interview: Callable) -> None:
    long = "Kan du fortelle om en gang da dere fikk beskjed på en fredag om noen?"
    words = opening_of(record := interview(f"I: {long}\n\nK1: Ja."), interviewers_turns(record)[0])[0]
    moved = interview(f"I: Takk for sist.\n\nK1: Ja.\n\nI: {long}\n\nK1: Ja.")
    turn, found = find_turn(moved, words)
    assert (turn.number if turn else 0, found) == (3, "there")
    changed = interview(f"I: {long.replace('fortelle', 'si noe')}\n\nK1: Ja.\n\nI: Og ellers?\n\nK1: Nei.")
    turn, found = find_turn(changed, words)
    assert (turn.number if turn else 0, found) == (1, "changed")


def test_a_turn_that_is_gone_or_could_be_two_is_not_guessed(interview: Callable) -> None:
    record = interview("I: Hva med den dagen, da?\n\nK1: Nei.\n\nI: Hva med den dagen, eller?\n\nK1: Nei.")
    assert find_turn(record, "Hva med den dagen nå?") == (None, "gone")
    assert find_turn(record, "Hva med den dagen, da?", 2) == (None, "gone")
    assert find_turn(record, "") == (None, "gone")


@given(
    turns=st.lists(
        st.sampled_from(["Ja?", "ja", "Hva da?", "Og så, hva da?", "…", "Hva tenkte du da " * 3]), max_size=8
    )
)
def test_every_turn_with_words_is_known_by_its_beginning(interview: Callable, turns: list[str]) -> None:
    record = interview("\n".join(f"I: {turn}\nK1: Nei." for turn in turns) or "K1: Nei.")
    for turn in interviewers_turns(record):
        words, nth = opening_of(record, turn)
        said = any(letter.isalnum() for letter in record.text[turn.start : turn.end])
        assert bool(words) == said
        assert not said or find_turn(record, words, nth) == (turn, "there")
