import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.canonical import parse_transcript, render_transcript
from qualkit.transcripts.raw import Mark, Paragraph, RawText
from qualkit.transcripts.reading import read_original, transcribe
from qualkit.transcripts.tidying import TIDYINGS, NoSuchTidying, Removed, removed_table, tidied

SENTENCE = "Vi hadde mange møter om dette, og det tok den tiden som det måtte ta, sa de andre."
LONG = " ".join([SENTENCE] * 8)


def raw(*texts: str, marks: tuple[Mark, ...] = ()) -> RawText:
    return RawText(tuple(Paragraph(text) for text in texts), marks)


def texts(tidy: RawText) -> list[str]:
    return [paragraph.text for paragraph in tidy.paragraphs]


def taken(removed: tuple[Removed, ...]) -> list[tuple[int, int, str]]:
    return [(one.paragraph, one.start, one.text) for one in removed]


def under(text: RawText, mark: Mark) -> str:
    (first, start), (last, end) = mark.start, mark.end
    if first == last:
        return text.paragraphs[first].text[start:end]
    whole = [paragraph.text for paragraph in text.paragraphs[first : last + 1]]
    return "\n".join([whole[0][start:], *whole[1:-1], whole[-1][:end]])


def test_nothing_is_done_unasked() -> None:
    text = raw("K1: sam-\narbeid", "1", "2", "3")
    assert tidied(text, []) == (text, ())


def test_page_numbers_count_up() -> None:
    text = raw("K1: Ja.", "1", "I: Hvor mange?", "40", "- 2 -", "K1: Nei.", "Side 3 av 3")
    tidy, removed = tidied(text, ["page-numbers"])
    assert texts(tidy) == ["K1: Ja.", "I: Hvor mange?", "40", "K1: Nei."]
    assert taken(removed) == [(2, 0, "1"), (5, 0, "- 2 -"), (7, 0, "Side 3 av 3")]
    assert tidy.decided == ("3 page numbers were taken out on request",)


@pytest.mark.parametrize("numbers", [["40"], ["3", "3", "3"], ["1", "2"], ["9", "5", "1"], ["1990", "2010", "2020"]])
def test_other_numbers_are_answers(numbers: list[str]) -> None:
    text = raw("I: Hvor mange?", *numbers)
    assert tidied(text, ["page-numbers"]) == (text, ())


def test_two_page_numbers_are_enough_where_they_say_so() -> None:
    assert texts(tidied(raw("Ja.", "Side 1", "Nei.", "Side 2"), ["page-numbers"])[0]) == ["Ja.", "Nei."]


def test_running_heads_stand_at_regular_distances() -> None:
    text = raw("Intervju med K1", LONG, "Intervju med K1", LONG, "Intervju med K1", LONG)
    tidy, removed = tidied(text, ["running-heads"])
    assert texts(tidy) == [LONG] * 3
    assert taken(removed) == [(n, 0, "Intervju med K1") for n in (1, 3, 5)]


def test_running_heads_may_count_up() -> None:
    heads = [f"Intervju K1: 12. mai, side {n}" for n in (7, 8, 9)]
    assert texts(tidied(raw(*(t for head in heads for t in (head, LONG))), ["running-heads"])[0]) == [LONG] * 3


@pytest.mark.parametrize(
    "lines",
    [
        ["K1: Det vet jeg ikke", LONG, "K1: Det vet jeg ikke", LONG, "K1: Det vet jeg ikke", "K1: Jo, forresten."],
        ["Det var slik", "Ja.", "Det var slik", "Nei.", "Det var slik"],
        ["Det var slik", LONG, "Det var slik", LONG * 9, "Det var slik", LONG * 30, "Det var slik"],
        ["Informant 3 sier", LONG, "Informant 1 sier", LONG, "Informant 2 sier", LONG],
        ["Intervju med K1", LONG, "Intervju med K1", LONG],
        ["Mm", LONG, "Mm", LONG, "Mm", LONG],
        ["Det vet jeg ikke.", LONG, "Det vet jeg ikke.", LONG, "Det vet jeg ikke.", LONG],
    ],
)
def test_what_somebody_says_again_is_no_running_head(lines: list[str]) -> None:
    text = raw(*lines)
    assert tidied(text, ["running-heads"]) == (text, ())


def test_line_numbers_are_consecutive() -> None:
    text = raw("1 I: Hva?", "2  K1: Det var\n3 slik, de 12", "4 som kom.", "5", "6 I: Ja.")
    tidy, removed = tidied(text, ["line-numbers"])
    assert texts(tidy) == ["I: Hva?", "K1: Det var\nslik, de 12", "som kom.", "I: Ja."]
    assert [one.text for one in removed] == ["1 ", "2  ", "3 ", "4 ", "5", "6 "]
    assert removed[2].paragraph == 2


def test_a_numbered_list_is_no_line_numbering() -> None:
    text = raw("I: Hva?", "1 en", "2 to", "3 tre", "K1: Ja.", "I: Nei.", "K1: Jo.")
    assert tidied(text, ["line-numbers"]) == (text, ())


def test_doubled_blank_lines() -> None:
    assert texts(tidied(raw("K1: Ja.\n\n \nNei.\nJo.\n"), ["blank-lines"])[0]) == ["K1: Ja.\nNei.\nJo."]


def test_a_paragraph_that_breaks_off_in_a_sentence_goes_on() -> None:
    text = raw(
        "K1: Vi hadde mange møter om dette, men det", "tok den tiden det måtte.", "I: og så?", "K1: Kort", "svar"
    )
    tidy, removed = tidied(text, ["blank-lines"])
    assert texts(tidy) == [
        "K1: Vi hadde mange møter om dette, men det tok den tiden det måtte.",
        "I: og så?",
        "K1: Kort",
        "svar",
    ]
    assert taken(removed) == [(1, 42, "\n")]


def test_hyphens_within_a_paragraph_and_between_two() -> None:
    text = raw("K1: Et sam-\narbeid om bolig-\n og sosialsaker i Nord-\nNorge, og i kom-", "munen.", "I: t-\ntenkte")
    tidy, removed = tidied(text, ["hyphens"], "nb")
    assert texts(tidy) == ["K1: Et samarbeid om bolig-\n og sosialsaker i Nord-Norge, og i kommunen.", "I: t-\ntenkte"]
    assert [one.text for one in removed] == ["-\n", "\n", "-\n"]
    assert (removed[0].before, removed[0].after) == ("K1: Et sam", "arbeid om bolig-")


def test_hyphens_that_a_reader_has_joined_lines_over() -> None:
    text = raw("K1: Et sam- arbeid om bolig- og sosialsaker, vi ville- gjøre det, i kom- munen, i Nord- Norge.")
    tidy, removed = tidied(text, ["hyphens"], "nb")
    assert texts(tidy) == ["K1: Et samarbeid om bolig- og sosialsaker, vi ville- gjøre det, i kommunen, i Nord- Norge."]
    assert [one.text for one in removed] == ["- ", "- "]


def test_page_furniture_in_the_midst_of_a_word() -> None:
    pages = [t for n in (1, 2, 3, 4) for t in ("Intervju med K1", f"{LONG} Så kom kom-", str(n), "munen på banen.")]
    text = raw(*pages)
    tidy, removed = tidied(text, ["page-numbers", "running-heads", "hyphens"])
    assert texts(tidy) == [f"{LONG} Så kom kommunen på banen."] * 4
    assert [one.paragraph for one in removed if one.kind == "page-numbers"] == [3, 7, 11, 15]
    assert [one.paragraph for one in removed if one.kind == "hyphens"] == [2, 6, 10, 14]


def test_everything_taken_out_can_be_found_in_the_original() -> None:
    text = raw(
        "Intervju med K1", f"1 {LONG} sam-\narbeid\n\n", "1", "Intervju med K1", f"{LONG} kom-", "munen", "2", "3"
    )
    _, removed = tidied(text, TIDYINGS)
    assert removed
    for one in removed:
        original = text.paragraphs[one.paragraph - 1].text
        assert one.text.removesuffix("\n") == original[one.start : one.start + len(one.text.removesuffix("\n"))]


def test_marks_stand_on_their_words() -> None:
    body = "K1: Et sam-\narbeid i kom-"
    marks = (
        Mark("comment", (0, 7), (0, 18), "om arbeid"),
        Mark("comment", (0, 21), (2, 5), "om kommunen"),
        Mark("comment", (1, 0), (1, 1), "på tallet"),
        Mark("highlight", (1, 0), (1, 1), "yellow"),
        Mark("highlight", (3, 3), (3, 6), "yellow"),
    )
    text = raw(body, "1", "munen.", "I: Hva?", "2", "3", marks=marks)
    tidy, _ = tidied(text, ["page-numbers", "hyphens"], "nb")
    assert texts(tidy) == ["K1: Et samarbeid i kommunen.", "I: Hva?"]
    assert [(mark.text, under(tidy, mark)) for mark in tidy.marks if mark.start < mark.end] == [
        ("om arbeid", "samarbeid"),
        ("om kommunen", "kommunen"),
        ("yellow", "Hva"),
    ]
    assert "på tallet" in [mark.text for mark in tidy.marks]
    imported = transcribe(tidy, transcript_id="K1").imported
    assert {item.memo.text for item in imported} >= {"om arbeid", "om kommunen", "på tallet"}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NoSuchTidying, match="pagenumbers") as told:
        tidied(raw("a"), ["pagenumbers"])
    assert "page-numbers" in told.value.hint


def test_the_transcript_keeps_what_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "K1.txt"
    path.write_text("K1: Vi hadde et sam-\narbeid.\n1\nI: Ja?\n2\nK1: Nei.\n3\n", encoding="utf-8")
    reading = read_original(path, transcript_id="K1", tidy=["hyphens", "page-numbers"])
    assert reading.transcript.text == "K1: Vi hadde et samarbeid.\n\nI: Ja?\n\nK1: Nei.\n"
    assert reading.transcript.extra == {"tidied": "page-numbers, hyphens"}
    assert {one.kind for one in reading.removed} == {"page-numbers", "hyphens"}
    again, problems = parse_transcript(render_transcript(reading.transcript), "K1.txt")
    assert again == reading.transcript
    assert problems == []
    plain = read_original(path, transcript_id="K1")
    assert (plain.removed, plain.transcript.extra) == ((), {})


def test_the_table_shows_what_was_taken_out() -> None:
    _, removed = tidied(raw("K1: sam-\narbeid", "1", "2", "3"), TIDYINGS)
    table = removed_table({"K1": removed})
    assert table.rows[0][1:] == ("hyphens", None, 1, 7, "K1: sam", "-⏎", "arbeid")
    assert len(table.rows) == 4


@pytest.mark.parametrize(
    "text", ["a" + "\n" * 50_000 + "b", "a" * 300_000 + "-", "a- " * 100_000, "1 sam-\narbeid\n" * 10_000]
)
def test_odd_texts_take_no_time(text: str) -> None:
    began = time.process_time()
    tidied(raw(text, text), TIDYINGS)
    assert time.process_time() - began < 10


def test_work_grows_with_the_text() -> None:
    def seconds(count: int) -> float:
        lines = [
            t for n in range(count) for t in (f"K1: Vi hadde et sam-\narbeid, sa de {n}", str(n + 1), "Intervju K1")
        ]
        text = raw(*lines)
        began = time.process_time()
        tidied(text, TIDYINGS)
        return time.process_time() - began

    seconds(50)
    assert seconds(8_000) < 8 * seconds(2_000) + 0.5


LINES = st.lists(
    st.sampled_from(
        [
            "1",
            "2",
            "3",
            "Side 4",
            "Intervju med K1",
            LONG,
            "K1: sam-\narbeid\n\nog",
            "kom-",
            "munen og",
            "",
            "I: Ja.\n",
            "5 Vi",
        ]
    ),
    max_size=14,
)


@given(LINES, st.sets(st.sampled_from(TIDYINGS)), st.data())
def test_what_is_left_and_what_was_taken_out_is_everything(
    lines: list[str], kinds: set[str], data: st.DataObject
) -> None:
    marks = ()
    if lines:
        numbers = st.integers(0, len(lines) - 1)
        first, last = sorted([data.draw(numbers), data.draw(numbers)])
        start, end = sorted([data.draw(st.integers(0, len(lines[n]))) for n in (first, last)])
        if first == last or end <= len(lines[last]):
            marks = (Mark("comment", (first, min(start, len(lines[first]))), (last, end), "merknad"),)
    text = raw(*lines, marks=marks)
    tidy, removed = tidied(text, kinds)
    before = "".join("".join(lines).split())
    left = "".join("".join(texts(tidy)).split())
    out = "".join("".join(one.text for one in removed).split())
    assert sorted(left + out) == sorted(before)
    for mark in tidy.marks:
        assert (0, 0) <= mark.start <= mark.end
        assert mark.end[1] <= len(tidy.paragraphs[mark.end[0]].text)
    assert tidied(text, kinds) == (tidy, removed)
