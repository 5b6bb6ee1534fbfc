import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.sniffing import looks_like

WORDS = "I: Hvordan går det på møtet?\nK1: Æ vet ikke, så jeg ærlig talt øver på å være der. ÅR ETTER ÅR."
SHORT = "Me får sjå."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [WORDS, SHORT, WORDS.replace("\n", "\r\n"), "“Ja …” – 😀 nei"])
def test_unicode_with_and_without_a_mark(codec: str, words: str) -> None:
    assert decode_text(words.encode(codec))[0] == words


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "cp865"])
@pytest.mark.parametrize("words", [WORDS, SHORT, "Kåre", "ja\nnei, så\n", "å", "ÅR", "BLÅBÆR"])
def test_norwegian_code_pages(codec: str, words: str) -> None:
    text, name, decided = decode_text(words.encode(codec))
    assert text == words
    assert name == codec
    assert len(decided) == 1
    assert codec in decided[0]
    assert decided[0].startswith("the file is not UTF-8; it was read as ")


@pytest.mark.parametrize(
    "words",
    [
        "He said “hello” and ‘the other’ left … I don’t know – ’cause nobody’s told me’",
        "Rock ‘n’ roll",
        "‘Tis ¾ of it, ½ and © Word® ™",
        "¿qué? ¿Dónde está el señor?",
        "Grüße aus Köln",
        "Jag är från Örebro",
        "“Ja,” sa ho. ‹Nei› …",
    ],
)
def test_what_is_not_norwegian_is_read_as_windows(words: str) -> None:
    assert decode_text(words.encode("cp1252"))[:2] == (words, "cp1252")


def test_latin_1_controls_become_the_quotation_marks_they_are() -> None:
    assert decode_text(b"\x93ja\x94 \x96 p\xe5")[0] == "“ja” – på"


def test_utf_8_needs_no_decision() -> None:
    assert decode_text("på".encode()) == ("på", "utf-8", ())
    assert decode_text("\ufeffpå".encode()) == ("på", "utf-8-sig", ())
    assert decode_text(b"") == ("", "utf-8", ())


def test_byte_order_mark_in_the_midst_stays() -> None:
    assert decode_text("a\ufeffå".encode())[0] == "a\ufeffå"


def test_one_damaged_byte_does_not_turn_utf_8_into_windows() -> None:
    data = WORDS.encode() + b" p\xe5 slutten"
    assert decode_text(data) == (
        WORDS + " på slutten",
        "utf-8",
        ("1 byte was not UTF-8 and read as Windows-1252 (cp1252)",),
    )


def test_bytes_without_a_character_are_told() -> None:
    text, _, decided = decode_text(b"p\xe5 \x81 m\xf8te")
    assert text == "på \ufffd møte"
    assert decided[1] == "1 byte was no character in Windows-1252 (cp1252) and shown as \ufffd"


def test_decided_tells_utf_16() -> None:
    assert decode_text(SHORT.encode("utf-16-be"))[2] == ("the file is not UTF-8; it was read as UTF-16, big-endian",)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"ja\0nei\0\0\1\2\3vel" * 20, "binary data"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image (PNG)"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(40)), "a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "an old Office file"),
        (b"\1\2\3\4\5\6" * 30, "binary data"),
        (b"\xff\xfe\1\0\2\0\3\0", "binary data"),
        (b"ID3\3\0\0\0\0" + bytes(range(30)), "a sound recording (MP3)"),
    ],
)
def test_binary_data_is_refused_and_named(data: bytes, kind: str) -> None:
    with pytest.raises(UnreadableOriginal, match="not text") as refusal:
        decode_text(data)
    assert kind in str(refusal.value)
    assert refusal.value.hint


def test_utf_16_that_breaks_off_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="UTF-16"):
        decode_text(SHORT.encode("utf-16")[:-1])


def test_looks_like_knows_no_text() -> None:
    assert looks_like(b"BM: hei") == ""
    assert looks_like(b"MZ, ja") == ""
    assert looks_like("\ufeff<!DOCTYPE html>".encode()) == "a web page (HTML)"


def test_a_long_line_is_read_in_linear_time() -> None:
    data = ("så gikk vi på møte " * 500_000).encode("cp1252")
    assert decode_text(data)[0].endswith("møte ")


@given(st.binary(max_size=300))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, name, _ = decode_text(data)
    except UnreadableOriginal:
        return
    assert "latin" not in name
    text.encode("utf-8")


@given(st.text(st.sampled_from("abcdefg hij.,?\nklmnoprstuvyæøåÆØÅ"), min_size=1, max_size=200))
def test_norwegian_text_comes_back_from_utf_16(words: str) -> None:
    assert decode_text(words.encode("utf-16"))[0] == words
