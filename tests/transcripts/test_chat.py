import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.chat import read_chat
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe

INTERVIEW = """\
@UTF8
@PID:\t11312/a-1
@Begin
@Languages:\tnor
@Participants:\tINV Intervjuer Investigator, PAR R1 Participant
@ID:\tnor|demo|INV|||||Investigator|||
@ID:\tnor|demo|PAR|45;|female|||Participant|||
@Media:\tint1, audio
@Date:\t12-MAR-2026
*INV:\thvordan går det på jobben ? \x150_2500\x15
*PAR:\tdet går (.) &-eh bra [=! ler] . \x152500_6000\x15
%com:\tser bort
%mor:\tpro|det v|gå
*PAR:\tja <det var> [//] det er
\tgreit +... \x156000_9500\x15
@Comment:\ttelefonen ringer
*INV:\tmhm . \x159400_9900\x15
@End
"""


def read(text: str) -> RawText:
    return read_chat(text.encode())


def said(raw: RawText) -> list[tuple[str | None, tuple[float, float] | None, str]]:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in raw.paragraphs]


TURNS = [
    ("INV", (0.0, 2.5), "hvordan går det på jobben ?"),
    ("PAR", (2.5, 9.5), "det går (.) &-eh bra [=! ler] . ja <det var> [//] det er greit +..."),
    ("INV", (9.4, 9.9), "mhm ."),
]


def test_main_tiers_are_read_as_they_stand() -> None:
    raw = read(INTERVIEW)
    assert said(raw) == TURNS
    assert raw.labelled
    assert raw.decided == ("2 lines under speech (%) were left out", "1 comment in the headers was left out")
    assert dict(raw.about) == {"language": "nor", "date": "12-MAR-2026"}
    assert raw.doubts == ()


def test_the_interviewer_is_known() -> None:
    transcript = transcribe(read(INTERVIEW), transcript_id="int1").transcript
    assert [(one.label, one.role) for one in transcript.speakers] == [("INV", "interviewer"), ("PAR", "participant")]


def test_who_asks_by_the_files_own_roles() -> None:
    raw = read(INTERVIEW.replace("INV", "ANN"))
    assert [speaker for speaker, _, _ in said(raw)] == ["Interviewer", "PAR", "Interviewer"]
    assert "1 speaker who asks is called Interviewer" in raw.decided
    without = read("@Begin\n@Participants:\tANN Investigator, PAR Participant\n*ANN:\thei .\n*PAR:\thei .\n@End\n")
    assert [speaker for speaker, _, _ in said(without)] == ["Interviewer", "PAR"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(codec: str, newline: str) -> None:
    assert said(read_chat(INTERVIEW.replace("\n", newline).encode(codec))) == TURNS


def test_older_times_and_broken_bullets() -> None:
    lines = [
        '*PAR:\tja . \x15%snd:"int 1.wav"_100_2500\x15',
        '*INV:\tnei . \x15%pic:"bilde.jpg"\x15 \x15',
        "*PAR:\tjo . \x153000_1000\x15",
        "*INV:\thei \x151_2\x15 der . \x152_3\x15",
    ]
    raw = read("\n".join(["@Begin", *lines, "@End"]))
    assert said(raw) == [
        ("PAR", (0.1, 2.5), "ja ."),
        ("INV", None, "nei ."),
        ("PAR", (3.0, 3.0), "jo ."),
        ("INV", (0.001, 0.003), "hei der ."),
    ]
    assert raw.decided == ("1 time ends before it begins; the ends were not kept",)


def test_lines_out_of_place_lose_no_word() -> None:
    raw = read("@Begin\n*PAR:\tdet var\nuten tabulator\n    med mellomrom .\n*PAR\n*: hva\n@End\n")
    assert [(one.speaker, one.text) for one in raw.paragraphs] == [
        ("PAR", "det var uten tabulator med mellomrom ."),
        (None, "*PAR *: hva"),
    ]
    assert raw.decided == (
        "1 line begins neither with a sign nor with a tab and was read with the line above",
        "2 lines of speech name no speaker",
    )


def test_times_backwards_and_together_keep_the_order_of_the_file() -> None:
    raw = read("@Begin\n*A:\ten . \x155000_6000\x15\n*B:\tto . \x151000_9000\x15\n*B:\ttre .\n@End\n")
    assert said(raw) == [("A", (5.0, 6.0), "en ."), ("B", None, "to . tre .")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("I: Hei.\nR1: Hei.", "the file has no line of speech"),
        ("@UTF8\n@Begin\n@End", "the file has no line of speech"),
        ("@Begin\n*PAR:\t\n*INV:\t \x151_2\x15\n@End", "the file's main tiers hold no words"),
        ("\x01\x02\x03*PAR:\tja", "the file is not text"),
    ],
)
def test_what_is_no_readable_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableOriginal) as caught:
        read(text)
    assert str(caught.value).startswith(message)
    assert caught.value.hint


def test_a_file_that_is_cut_off_is_doubtful() -> None:
    raw = read(INTERVIEW[: INTERVIEW.index("@Comment")])
    assert said(raw) == TURNS[:2]
    assert [doubt.check for doubt in raw.doubts] == ["cut-off"]


@pytest.mark.parametrize("line", ["*A:\tja .\n", "\tmer\n", "%com:\tx\n", "\x15", "@", "*", "*PAR:\t\x151_2 "])
def test_work_grows_linearly(line: str) -> None:
    begun = time.process_time()
    with suppress(UnreadableOriginal):
        read("@Begin\n*PAR:\tja .\n" + line * 100_000)
    assert time.process_time() - begun < 5


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["INV", "PAR", "PA2"]),
            st.lists(
                st.sampled_from(["ja", "&-eh", "(.)", "[/]", "<det", "var>", "+...", ".", "blåbær", "50_60"]),
                min_size=1,
            ),
            st.booleans(),
        ),
        min_size=1,
    )
)
@settings(deadline=None)
def test_every_word_comes_out_once(spoken: list[tuple[str, list[str], bool]]) -> None:
    lines = []
    for i, (code, words, timed) in enumerate(spoken):
        bullet = f" \x15{i * 1000}_{i * 1000 + 900}\x15" if timed else ""
        lines.append(f"*{code}:\t{chr(10).join([words[0], *(f'{chr(9)}{word}' for word in words[1:])])}{bullet}")
        lines.append("%com:\tikke med")
    text = "\n".join(["@Begin", "@Participants:\tINV Investigator, PAR Participant", *lines, "@End"])
    raw = read(text)
    assert raw == read(text)
    assert " ".join(one.text for one in raw.paragraphs).split() == [word for _, words, _ in spoken for word in words]


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"@Begin\n*PAR:\tja ", b"*PAR:\t\x15"):
        with suppress(UnreadableOriginal):
            assert read_chat(start + data).paragraphs


@given(st.text(alphabet="*@%:\t\n\x15_0aA,| ", max_size=80))
def test_any_line_is_read_or_refused(text: str) -> None:
    with suppress(UnreadableOriginal):
        assert read("@Begin\n" + text).paragraphs
