import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.praat import read_textgrid
from qualkit.transcripts.raw import RawText, UnreadableOriginal

Piece = tuple[float, float, str]
Tier = tuple[str, list[Piece]]

INTERVIEW: list[Tier] = [
    ("I", [(0, 2.5, "Hvordan går det?"), (2.5, 9, ""), (9, 10, "Hvorfor?")]),
    ("R1", [(0, 2.5, ""), (2.5, 6, 'Han sa "ja",'), (6, 8, "!nei! 12 <exists>"), (8, 10, "")]),
]


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def long_format(tiers: list[Tier], *, kind: str = "IntervalTier") -> str:
    """Write as Praat's “Save as text file…” does."""
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = 10 \ntiers? <exists> \n'
    text += f"size = {len(tiers)} \nitem []: \n"
    for i, (name, pieces) in enumerate(tiers, 1):
        what = "intervals" if kind == "IntervalTier" else "points"
        text += f'    item [{i}]:\n        class = "{kind}" \n        name = {quoted(name)} \n'
        text += f"        xmin = 0 \n        xmax = 10 \n        {what}: size = {len(pieces)} \n"
        for n, (begin, end, words) in enumerate(pieces, 1):
            text += f"        {what} [{n}]:\n"
            if kind == "IntervalTier":
                text += f"            xmin = {begin} \n            xmax = {end} \n            text = {quoted(words)} \n"
            else:
                text += f"            number = {begin} \n            mark = {quoted(words)} \n"
    return text


def short_format(tiers: list[Tier]) -> str:
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", "10", "<exists>", str(len(tiers))]
    for name, pieces in tiers:
        lines += ['"IntervalTier"', quoted(name), "0", "10", str(len(pieces))]
        for begin, end, words in pieces:
            lines += [str(begin), str(end), quoted(words)]
    return "\n".join(lines) + "\n"


def chronological(tiers: list[Tier]) -> str:
    lines = ['"Praat chronological TextGrid text file"', "0 10   ! Time domain.", f"{len(tiers)}   ! Number of tiers."]
    lines += [f'"IntervalTier" {quoted(name)} 0 10' for name, _ in tiers]
    pieces = sorted((begin, i, end, words) for i, (_, all_of) in enumerate(tiers, 1) for begin, end, words in all_of)
    for begin, i, end, words in pieces:
        lines += ["", f"! {tiers[i - 1][0]}:", f"{i} {begin} {end}", quoted(words)]
    return "\n".join(lines) + "\n"


def read(text: str, codec: str = "utf-8") -> RawText:
    return read_textgrid(text.encode(codec))


def said(raw: RawText) -> list[tuple[str | None, tuple[float, float] | None, str]]:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in raw.paragraphs]


TURNS = [
    ("I", (0.0, 2.5), "Hvordan går det?"),
    ("R1", (2.5, 8.0), 'Han sa "ja", !nei! 12 <exists>'),
    ("I", (9.0, 10.0), "Hvorfor?"),
]


@pytest.mark.parametrize("write", [long_format, short_format, chronological])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_every_format_in_every_encoding(write: object, codec: str) -> None:
    text = write(INTERVIEW)  # type: ignore[operator]
    raw = read(("\ufeff" if codec == "utf-16-be" else "") + text, codec)
    assert said(raw) == TURNS
    assert raw.labelled
    assert raw.doubts == ()
    assert bool(raw.decided) == (codec not in ("utf-8", "utf-8-sig"))


def test_line_ends_of_windows() -> None:
    assert said(read(long_format(INTERVIEW).replace("\n", "\r\n"))) == TURNS


def test_line_breaks_within_an_interval() -> None:
    assert said(read(long_format([("R1", [(0, 1, "en\nto  tre")])]))) == [("R1", (0.0, 1.0), "en to tre")]


def test_points_are_left_out_and_told() -> None:
    with_points = long_format([*INTERVIEW, ("latter", [(1, 1, "ler")])])
    head, _, last = with_points.partition("    item [3]:")
    point = last.replace("IntervalTier", "TextTier").replace("xmin = 1 \n            xmax = 1 ", "number = 1")
    raw = read(f"{head}    item [3]:{point}")
    assert said(raw) == TURNS
    assert raw.decided == ("1 tier of points in time was left out",)


def test_points_where_there_is_nothing_else() -> None:
    raw = read(long_format([("R1", [(1, 1, "ja"), (2, 2, "nei")])], kind="TextTier"))
    assert said(raw) == [("R1", (1.0, 2.0), "ja nei")]


def test_words_and_phones_of_an_aligner() -> None:
    tiers: list[Tier] = [
        ("R1 - words", [(0, 0.4, "vi"), (0.4, 1, "reiste"), (1, 2, "<eps>")]),
        ("R1 - phones", [(0, 0.2, "v"), (0.2, 0.4, "i:"), (0.4, 1, "r")]),
        ("I - words", [(2, 3, "når"), (3, 4, "sp")]),
        ("I - phones", [(2, 3, "n")]),
    ]
    raw = read(long_format(tiers))
    assert said(raw) == [("R1", (0.0, 1.0), "vi reiste"), ("I", (2.0, 3.0), "når")]
    assert raw.decided == (
        "2 marks of silence were left out",
        "2 tiers of notes, gestures or analyses, as their names say, were left out",
    )


def test_one_speech_on_several_levels_is_read_once() -> None:
    tiers: list[Tier] = [
        ("ORT-MAU", [(0, 1, "vi"), (1, 2, "reiste")]),
        ("MAU", [(0, 1, "v"), (1, 2, "r")]),
        ("TRN", [(0, 2, "Vi reiste.")]),
    ]
    raw = read(short_format(tiers))
    assert said(raw) == [(None, (0.0, 2.0), "Vi reiste.")]
    assert not raw.labelled
    assert "1 tier with a speaker's words in other pieces was left out" in raw.decided


def test_signs_with_backslashes() -> None:
    raw = read(long_format([("R1", [(0, 1, r"b\aor p\ao \o/ya n\ae r\x")])]))
    assert raw.paragraphs[0].text == r"bår på øya næ r\x"
    assert raw.decided == ("4 backslash signs were read as their letters",)


def test_impossible_times() -> None:
    raw = read(short_format([("R1", [(-3, -1, "en"), (9, 4, "tre"), (5, 6, "to"), (1e300, 1e301, "fire")])]))
    assert said(raw) == [("R1", None, "en to tre fire")]
    assert raw.decided == ("3 intervals have impossible times, not kept",)


# Bad input


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"ooBinaryFile\x08TextGrid\0\0", "the TextGrid is saved as a binary file"),
        (b"I: Hei.", "the file is no TextGrid"),
        (b'"Hei", sa han.', "the file is no TextGrid"),
        (b'File type = "ooTextFile"\nObject class = "Pitch 1"\n', "the file was made by Praat, but it is no TextGrid"),
        (
            b'File type = "ooTextFile"\nObject class = "TextGrid"\n0 5 <exists> -1',
            "line 3 of the TextGrid does not have",
        ),
        (
            b'File type = "ooTextFile"\nObject class = "TextGrid"\n0 5 <exists> 99999999999999',
            "the TextGrid is cut off",
        ),
        (b'File type = "ooTextFile"\nObject class = "TextGrid"\n0 5 <absent>', "the TextGrid is cut off"),
        (b'File type = "ooTextFile"\nObject class = "TextGrid"\n0 5 <exists> 0', "the file's tiers hold no words"),
        (long_format([("R1", [(0, 1, "")])]).encode(), "the file's tiers hold no words"),
        (b"PK\x03\x04" + bytes(60), "the file is not text"),
    ],
)
def test_what_is_no_readable_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal) as caught:
        read_textgrid(data)
    assert str(caught.value).startswith(message)
    assert caught.value.hint


def test_a_quotation_mark_that_is_not_doubled_is_found() -> None:
    text = long_format(INTERVIEW).replace('""ja""', '"ja"')
    with pytest.raises(UnreadableOriginal) as caught:
        read(text)
    found = next(i for i, line in enumerate(text.split("\n"), 1) if '"ja"' in line)
    assert f"line {found} " in str(caught.value)
    assert "ja" not in str(caught.value)
    assert "written twice" in caught.value.hint


def test_a_file_that_is_cut_off_is_refused() -> None:
    data = short_format(INTERVIEW).strip().encode()
    for stop in range(0, len(data) - 1, 3):
        with pytest.raises(UnreadableOriginal):
            read_textgrid(data[:stop])


@pytest.mark.parametrize("tail", ['"' * 200_001, '" "' * 100_000, "!" * 300_000, "1 " * 200_000, "<exists>" * 40_000])
def test_work_stays_linear_whatever_follows(tail: str) -> None:
    begun = time.process_time()
    with pytest.raises(UnreadableOriginal):
        read(
            'File type = "ooTextFile"\nObject class = "TextGrid"\n0 5 <exists> 1 "IntervalTier" "a" 0 1 500000 ' + tail
        )
    assert time.process_time() - begun < 5


def test_a_large_file_is_read_in_linear_time() -> None:
    pieces = [(float(i), i + 1.0, f"ord{i}") for i in range(50_000)]
    begun = time.process_time()
    raw = read(short_format([("I", pieces[::2]), ("R1", pieces[1::2])]))
    assert len(raw.paragraphs) == 50_000
    assert time.process_time() - begun < 10


TEXTS = st.text(alphabet='abå" \n!<>1=.', max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["I", "R1"]), TEXTS), max_size=12))
@settings(deadline=None)
def test_every_word_comes_out_once(spoken: list[tuple[str, str]]) -> None:
    tiers: list[Tier] = [
        (name, [(float(i), i + 1.0, text) for i, (whose, text) in enumerate(spoken) if whose == name])
        for name in ("I", "R1")
    ]
    expected = [word for _, text in spoken for word in text.split()]
    for write in (long_format, short_format, chronological):
        data = write(tiers).encode()
        if not expected:
            with pytest.raises(UnreadableOriginal):
                read_textgrid(data)
            continue
        raw = read_textgrid(data)
        assert raw == read_textgrid(data)
        assert raw == read_textgrid(data + b'\n! "en kommentar\n')
        assert " ".join(one.text for one in raw.paragraphs).split() == expected


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (
        b"",
        b'File type = "ooTextFile"\nObject class = "TextGrid"\n0 5 <exists> 1 "IntervalTier" "a" 0 1 2 ',
    ):
        with suppress(UnreadableOriginal):
            assert read_textgrid(start + data).paragraphs


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=6), st.integers(0, 5000))
@settings(deadline=None)
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(long_format(INTERVIEW).encode())
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(UnreadableOriginal):
        assert read_textgrid(bytes(data[: length or None])).paragraphs
