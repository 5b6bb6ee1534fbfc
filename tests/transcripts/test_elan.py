import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.elan import read_elan
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe

Said = tuple[float | None, float | None, str]


class Eaf:
    """Writes files as ELAN 3.0 does, with a slot of its own for every begin and end."""

    def __init__(self) -> None:
        self.slots: list[str] = []
        self.tiers: list[str] = []
        self.number = 0

    def slot(self, seconds: float | None) -> str:
        name = f"ts{len(self.slots) + 1}"
        value = "" if seconds is None else f' TIME_VALUE="{round(seconds * 1000)}"'
        self.slots.append(f'<TIME_SLOT TIME_SLOT_ID="{name}"{value}/>')
        return name

    def tier(self, name: str, *said: Said, participant: str = "", parent: str = "", kind: str = "utt") -> "Eaf":
        annotations = ""
        for begin, end, text in said:
            self.number += 1
            slots = f'TIME_SLOT_REF1="{self.slot(begin)}" TIME_SLOT_REF2="{self.slot(end)}"'
            annotations += f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{self.number}" {slots}>'
            annotations += f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        return self._put(name, annotations, participant, parent, kind)

    def below(
        self, name: str, parent: str, *texts: tuple[str, str], kind: str = "trans", participant: str = ""
    ) -> "Eaf":
        annotations = ""
        for above, text in texts:
            self.number += 1
            annotations += f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a{self.number}" ANNOTATION_REF="{above}">'
            annotations += f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        return self._put(name, annotations, participant, parent, kind)

    def _put(self, name: str, annotations: str, participant: str, parent: str, kind: str) -> "Eaf":
        more = f' PARTICIPANT="{participant}"' if participant else ""
        more += f' PARENT_REF="{parent}"' if parent else ""
        self.tiers.append(f'<TIER LINGUISTIC_TYPE_REF="{kind}"{more} TIER_ID="{name}">{annotations}</TIER>')
        return self

    def text(self, *, units: str = "milliseconds", encoding: str = "UTF-8", before: str = "") -> str:
        return (
            f'<?xml version="1.0" encoding="{encoding}"?>{before}\n'
            '<ANNOTATION_DOCUMENT AUTHOR="Anne" DATE="2026-03-12T10:00:00+01:00" FORMAT="3.0" VERSION="3.0">\n'
            f'<HEADER MEDIA_FILE="" TIME_UNITS="{units}"><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/hemmelig.wav"/></HEADER>'
            f"<TIME_ORDER>{''.join(self.slots)}</TIME_ORDER>{''.join(self.tiers)}"
            '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="utt" TIME_ALIGNABLE="true"/></ANNOTATION_DOCUMENT>'
        )

    def read(self, **how: str) -> RawText:
        return read_elan(self.text(**how).encode())


def said(raw: RawText) -> list[tuple[str | None, tuple[float, float] | None, str]]:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in raw.paragraphs]


def interview() -> Eaf:
    eaf = Eaf().tier("I", (0, 2.5, "Hvordan går det?"), (9, 10, "Hvorfor?"), participant="Intervjuer")
    return eaf.tier("R", (2.5, 6, "Det går &lt;bra&gt;"), (6, 8, "på jobben."), participant="R1")


def test_speakers_in_the_order_of_time() -> None:
    raw = interview().read()
    assert said(raw) == [
        ("Intervjuer", (0.0, 2.5), "Hvordan går det?"),
        ("R1", (2.5, 8.0), "Det går <bra> på jobben."),
        ("Intervjuer", (9.0, 10.0), "Hvorfor?"),
    ]
    assert raw.labelled
    assert raw.decided == ()
    assert raw.doubts == ()


def test_the_interviewer_is_known_and_nothing_of_the_computer_is_read() -> None:
    reading = transcribe(interview().read(), transcript_id="R1")
    assert [(speaker.label, speaker.role) for speaker in reading.transcript.speakers] == [
        ("Intervjuer", "interviewer"),
        ("R1", "participant"),
    ]
    assert "hemmelig" not in reading.transcript.text
    assert reading.transcript.text.startswith("Intervjuer: Hvordan går det?\n")


def test_tiers_without_participants_give_their_names() -> None:
    assert [one.speaker for one in Eaf().tier("I", (0, 1, "Hei.")).tier("Kari", (1, 2, "Hei.")).read().paragraphs] == [
        "I",
        "Kari",
    ]
    same = Eaf().tier("I", (0, 1, "Hei."), participant="int07").tier("R1", (1, 2, "Ja."), participant="int07")
    assert [one.speaker for one in same.read().paragraphs] == ["I", "R1"]


def test_two_who_speak_at_once() -> None:
    eaf = Eaf().tier("R1", (0, 9, "Vi reiste."), (9, 12, "Hjem.")).tier("I", (4, 5, "Mm."), (9, 9.5, "Ja."))
    assert said(eaf.read()) == [
        ("R1", (0.0, 9.0), "Vi reiste."),
        ("I", (4.0, 5.0), "Mm."),
        ("R1", (9.0, 12.0), "Hjem."),
        ("I", (9.0, 9.5), "Ja."),
    ]


def test_what_depends_on_speech_is_left_out_and_told() -> None:
    eaf = interview().below("R-en", "R", ("a3", "It is fine")).below("R-note", "R-en", ("a5", "ler"))
    raw = eaf.read()
    assert said(raw) == said(interview().read())
    assert raw.decided == ("2 tiers that depend on others (translations, comments, analyses) were left out",)


@pytest.mark.parametrize("name", ["Kommentar", "Notes", "R1_gester", "gaze@R1", "TEMA", "Hendelser"])
def test_tiers_of_something_else_are_left_out_and_told(name: str) -> None:
    raw = interview().tier(name, (1, 2, "ser bort")).read()
    assert said(raw) == said(interview().read())
    assert raw.decided == ("1 tier of notes, gestures or analyses, as its name says, was left out",)
    assert raw.doubts == ()


def test_the_kind_of_a_tier_says_it_too() -> None:
    raw = interview().tier("R1x", (1, 2, "ser bort"), kind="gesture").read()
    assert said(raw) == said(interview().read())


def test_a_name_alone_does_not_throw_away_the_only_words() -> None:
    raw = Eaf().tier("Notater", (0, 1, "Han kom."), (1, 2, "Hun gikk.")).read()
    assert [one.text for one in raw.paragraphs] == ["Han kom. Hun gikk."]
    assert raw.decided[0] == "no tier looks like a speaker's by its name, so that all were read"


def test_numbering_tiers_have_their_words_below() -> None:
    eaf = Eaf().tier("ref@R1", (0, 1, "int7.001"), (1, 2, "int7.002"), participant="R1", kind="refT")
    eaf.below("orth@R1", "ref@R1", ("a1", "Vi flyttet til byen."), ("a2", "Så ble vi."), kind="orthT")
    eaf.below("ft@R1", "ref@R1", ("a1", "We moved to town."), kind="translation")
    raw = eaf.read()
    assert said(raw) == [("R1", (0.0, 2.0), "Vi flyttet til byen. Så ble vi.")]
    assert raw.decided == (
        "1 tier only numbers the utterances; the words were read from a tier below it",
        "1 tier that depends on another (a translation, a comment, an analysis) was left out",
    )


def test_empty_segments_with_the_words_below() -> None:
    eaf = (
        Eaf()
        .tier("segs", (3, 4, ""), (0, 1, ""))
        .below("R1", "segs", ("a1", "Nei, det gjorde jeg ikke."), ("a2", "Ja."))
    )
    assert [(one.speaker, one.text) for one in eaf.read().paragraphs] == [("R1", "Ja. Nei, det gjorde jeg ikke.")]


def test_answers_in_numbers_are_speech() -> None:
    eaf = Eaf().tier("I", (0, 1, "Når?")).tier("R", (1, 2, "1990"), (2, 3, "1991")).below("c", "R", ("a2", "hm"))
    assert [one.text for one in eaf.read().paragraphs] == ["Når?", "1990 1991"]


def test_unaligned_annotations_keep_their_order_and_get_no_times() -> None:
    eaf = Eaf().tier("R1", (0, None, "en"), (None, None, "to"), (None, 12, "tre")).tier("I", (5, 6, "Mm."))
    raw = eaf.read()
    assert said(raw) == [("R1", None, "en to"), ("I", (5.0, 6.0), "Mm."), ("R1", None, "tre")]
    assert raw.decided == ("3 annotations have no times and stand where their neighbours on the tier put them",)


@pytest.mark.parametrize(
    ("begin", "end", "time"),
    [
        ("2000", "1000", (2.0, 2.0)),
        ("-5", "1000", None),
        ("x", "1000", None),
        ("9" * 40, "1000", None),
        ("", "1000", None),
    ],
)
def test_impossible_times_are_told(begin: str, end: str, time: tuple[float, float] | None) -> None:
    text = Eaf().tier("R1", (0, 1, "Ja.")).text()
    text = text.replace('TIME_VALUE="0"', f'TIME_VALUE="{begin}"').replace('TIME_VALUE="1000"', f'TIME_VALUE="{end}"')
    raw = read_elan(text.encode())
    assert said(raw) == [("R1", time, "Ja.")]
    assert raw.decided


def test_slots_and_parents_that_are_nowhere() -> None:
    text = interview().text().replace("<TIME_ORDER>", "<TIME_ORDER><!--").replace("</TIME_ORDER>", "--></TIME_ORDER>")
    assert sorted(one.text for one in read_elan(text.encode()).paragraphs) == [
        "Det går <bra> på jobben.",
        "Hvordan går det? Hvorfor?",
    ]
    orphan = Eaf().tier("R1", (0, 1, "Ja."), parent="borte")
    assert [one.text for one in orphan.read().paragraphs] == ["Ja."]
    loop = Eaf().tier("A", (0, 1, "Ja."), parent="B").tier("B", (1, 2, "Nei."), parent="A")
    assert [one.text for one in loop.read().paragraphs] == ["Ja.", "Nei."]


def test_frames_are_no_milliseconds() -> None:
    raw = Eaf().tier("R1", (0.025, 0.05, "Ja.")).read(units="PAL-frames")
    assert said(raw) == [("R1", (1.0, 2.0), "Ja.")]


def test_labels_in_the_text_of_the_only_tier() -> None:
    eaf = Eaf().tier("default", (0, 1, "I: Hei."), (1, 2, "R1: Hei."), (2, 3, "I: Ja?"))
    raw = eaf.read()
    assert not raw.labelled
    transcript = transcribe(raw, transcript_id="R1").transcript
    assert [(turn.speaker, turn.time) for turn in transcript.turns] == [("I", (0, 1)), ("R1", (1, 2)), ("I", (2, 3))]
    assert transcript.text == "I: Hei.\n\nR1: Hei.\n\nI: Ja?\n"


def test_annotations_without_words() -> None:
    raw = Eaf().tier("R1", (0, 1, ""), (1, 2, "  "), (2, 3, "Ja\n nei")).read()
    assert said(raw) == [("R1", (2.0, 3.0), "Ja nei")]
    assert raw.decided == ("2 annotations without words were passed over",)


def test_two_tiers_of_one_speaker_are_doubtful() -> None:
    eaf = Eaf().tier("A", (0, 1, "Ja."), participant="R1").tier("B", (1, 2, "Nei."), participant="R1")
    raw = eaf.tier("C", (2, 3, "Hm."), participant="I").read()
    assert said(raw)[0] == ("R1", (0.0, 2.0), "Ja. Nei.")
    assert raw.doubts[0].message == "a speaker has several tiers; all of them were read"


def test_three_hundred_tiers() -> None:
    eaf = Eaf()
    for i in range(300):
        eaf.tier(f"T{i}", (i, i + 1, f"ord{i}"))
    raw = eaf.read()
    assert [one.text for one in raw.paragraphs] == [f"ord{i}" for i in range(300)]
    assert raw.doubts[0].message == "300 tiers were read as so many speakers"


# Bad input


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"PK\x03\x04" + bytes(60), "the file is not text; it looks like a zip file"),
        (b"I: Hei.", "the file is no ELAN file (.eaf)"),
        (b"<html><body>I: Hei.</body></html>", "the file is no ELAN file (.eaf)"),
        (b"<a><ANNOTATION_DOCUMENT/></a>", "the file is no ELAN file (.eaf)"),
        (b"<ANNOTATION_DOCUMENT/>", "the file's tiers hold no words"),
        (b"<ANNOTATION_DOCUMENT><TIER>", "the file's XML is damaged or cut off"),
    ],
)
def test_what_is_no_readable_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal) as caught:
        read_elan(data)
    assert str(caught.value).startswith(message)
    assert caught.value.hint


def test_a_file_that_is_cut_off_is_refused() -> None:
    data = interview().text().encode()
    for stop in range(0, len(data) - 1, 7):
        with pytest.raises(UnreadableOriginal):
            read_elan(data[:stop])


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_refused(codec: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(UnreadableOriginal, match="declares a DOCTYPE"):
        read_elan(interview().text(before=bomb).encode(codec))


@pytest.mark.parametrize(
    ("codec", "declared"), [("cp1252", "UTF-8"), ("utf-8", "ISO-8859-1"), ("utf-16", "UTF-8"), ("utf-8-sig", "UTF-16")]
)
def test_a_wrong_encoding_declared(codec: str, declared: str) -> None:
    raw = read_elan(interview().text(encoding=declared).encode(codec))
    assert raw.paragraphs[0].text == "Hvordan går det?"


@pytest.mark.parametrize("depth", [100, 300, 100_000])
def test_nested_without_end(depth: int) -> None:
    text = interview().text().replace("<TIME_ORDER>", "<x>" * depth + "</x>" * depth + "<TIME_ORDER>")
    try:
        assert said(read_elan(text.encode())) == said(interview().read())
    except UnreadableOriginal:
        assert depth > 200


def test_a_tree_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="larger than a transcript can be"):
        read_elan(b"<ANNOTATION_DOCUMENT>" + b"<x/>" * 5_000_000)


def many(count: int) -> bytes:
    eaf = Eaf()
    half = [(float(i), i + 1.0, f"ord{i}") for i in range(0, count, 2)]
    eaf.tier("I", *half).tier("R1", *((begin + 1, end + 1, f"{text}x") for begin, end, text in half))
    return eaf.text().encode()


def test_work_grows_linearly_with_the_annotations() -> None:
    small, large = many(4_000), many(40_000)
    begun = time.process_time()
    read_elan(small)
    middle = time.process_time()
    raw = read_elan(large)
    ended = time.process_time()
    assert len(raw.paragraphs) == 40_000
    assert ended - middle < 60 * (middle - begun) + 2


WORDS = st.text(alphabet="abæøå ,.", min_size=1, max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["I", "R1", "R2"]), st.integers(0, 50), st.integers(0, 9)), max_size=20))
@settings(deadline=None)
def test_every_word_comes_out_once_and_speech_is_in_order(spoken: list[tuple[str, int, int]]) -> None:
    eaf = Eaf()
    words = [f"ord{i}" for i in range(len(spoken))]
    for tier in ("I", "R1", "R2"):
        eaf.tier(tier, *((b, b + d, w) for (t, b, d), w in zip(spoken, words, strict=True) if t == tier))
    data = eaf.text().encode()
    if not spoken:
        with pytest.raises(UnreadableOriginal):
            read_elan(data)
        return
    raw = read_elan(data)
    assert raw == read_elan(data)
    assert sorted(" ".join(one.text for one in raw.paragraphs).split()) == sorted(words)
    begins = [one.time[0] for one in raw.paragraphs if one.time]
    assert begins == sorted(begins)


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"<ANNOTATION_DOCUMENT>"):
        with suppress(UnreadableOriginal):
            assert read_elan(start + data).paragraphs


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=6), st.integers(0, 5000))
@settings(deadline=None)
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(interview().below("R-en", "R", ("a3", "Fine")).text().encode())
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(UnreadableOriginal):
        assert read_elan(bytes(data[: length or None])).paragraphs
