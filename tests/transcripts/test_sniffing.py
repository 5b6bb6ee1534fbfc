import io
import json
import zipfile
from pathlib import Path

import pytest

from qualkit.transcripts.formats import SUFFIXES
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.reading import read_original
from qualkit.transcripts.sniffing import KINDS, refuse_other_kinds, sniff


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


SRT = b"1\r\n00:00:00,000 --> 00:00:02,000\r\nHei\r\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1\\ansi Hei}", "an RTF document"),
        (zipped("word/document.xml"), "a zip file, as Word, Excel and OpenDocument files are"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "an old Office file (.doc, .xls)"),
        (b"RIFF\x00\x00\x00\x00WAVE", "a sound recording (WAV)"),
        (b"ID3\x04", "a sound recording (MP3)"),
        (b"\x00\x00\x00\x20ftypM4A ", "a sound or video recording (MP4, M4A)"),
        (b"#!AMR\n", "a sound recording (AMR)"),
        (b"<!DOCTYPE html><p>Hei", "a web page (HTML)"),
        (b"\xef\xbb\xbf\n<HTML>", "a web page (HTML)"),
        (b"WEBVTT\n\n", "WebVTT subtitles"),
        (b"\xef\xbb\xbfWEBVTT - Tittel\n", "WebVTT subtitles"),
        ("WEBVTT\n".encode("utf-16"), "WebVTT subtitles"),
        (SRT, "SRT subtitles"),
        (b"0:00:01.000,0:00:03.000\nHei\n", "SBV subtitles"),
        (b'{"text": " Hei"}', "JSON, as speech recognisers write it"),
        (b'[\n  {\n "start": 0}]', "JSON, as speech recognisers write it"),
        (b"start\tend\ttext\n0\t1\tHei", "a recogniser's table (start, end, text)"),
    ],
)
def test_kinds(data: bytes, name: str) -> None:
    kind = sniff(data)
    assert kind is not None
    assert kind.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I: Hei.",
        "[00:01:23] I: Hei.",
        "[SPEAKER_00]: Hei.",
        "[ler] Ja.",
        "{ler} Ja.",
        "1\nHei --> ja",
        "0:0:5.100 --> 0:0:8.250\nKari Nes\nHei.",
        "WEBVTTs er filer.",
        "start\tslutt",
        "RIFF er et ord",
        "BM: Hei",
        "<3 Hei",
    ],
)
def test_text_that_may_be_anything(text: str) -> None:
    assert sniff(text.encode()) is None


@pytest.mark.parametrize(
    ("data", "suffix", "message", "hint"),
    [
        (zipped("word/document.xml"), ".srt", "the file is a Word document", "Give it the ending .docx."),
        (zipped("xl/workbook.xml"), ".txt", "the file is an Excel workbook", "copy its table"),
        (b"PK\x03\x04" + bytes(60), ".vtt", "the file is a damaged zip file", "Look whether"),
        (b"WEBVTT\n\n", ".txt", "the file is WebVTT subtitles", "Give it the ending .vtt."),
        (SRT, ".txt", "the file is SRT subtitles", "Give it the ending .srt."),
        (SRT, ".json", "the file is SRT subtitles", "Give it the ending .srt."),
        (b'{"segments": []}', ".vtt", "the file is JSON", "Give it the ending .json."),
        (b"<html>", ".md", "the file is a web page", "Give it the ending .html."),
        (b"ID3\x04", ".html", "the file is a sound recording", "recordings are not read"),
        (b"%PDF-1.7", ".otr", "the file is a PDF", ""),
        (b"start\tend\ttext\n", ".srt", "the file is a recogniser's table", "Give it the ending .tsv."),
    ],
)
def test_a_wrong_ending_is_told(tmp_path: Path, data: bytes, suffix: str, message: str, hint: str) -> None:
    path = tmp_path / f"I3{suffix}"
    path.write_bytes(data)
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read_original(path, transcript_id="I3")
    assert f"although its name ends in {suffix}" in str(refusal.value)
    assert hint in refusal.value.hint
    assert refusal.value.hint


def test_a_kind_is_read_under_its_own_endings() -> None:
    for kind in KINDS:
        for suffix in kind.suffixes:
            for start in kind.starts:
                refuse_other_kinds(start + bytes(20), suffix.upper())


def test_an_otranscribe_file_under_json_and_the_other_way(tmp_path: Path) -> None:
    otr, whisper = {"text": "<p>Hei</p>", "media": "", "media-time": 1}, {"segments": [{"text": "Hei"}]}
    for content, suffix, ending in ((otr, ".json", ".otr"), (whisper, ".otr", ".json")):
        path = tmp_path / f"I3{suffix}"
        path.write_text(json.dumps(content))
        with pytest.raises(UnreadableOriginal) as refusal:
            read_original(path, transcript_id="I3")
        assert refusal.value.hint == f"Give it the ending {ending}."


def test_every_ending_that_a_hint_gives_is_read() -> None:
    assert {".docx", ".vtt", ".srt", ".sbv", ".json", ".otr", ".tsv", ".html"} <= set(SUFFIXES)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b'<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT AUTHOR="">', ".eaf"),
        (b'File type = "ooTextFile"\nObject class = "TextGrid"\n', ".textgrid"),
        ('File type = "ooTextFile"\n'.encode("utf-16"), ".textgrid"),
        (b"ooBinaryFile\x08TextGrid", ".textgrid"),
        (b"@UTF8\n@Begin\n*PAR:\tja", ".cha"),
    ],
)
def test_annotation_files_are_not_read_as_text(data: bytes, suffix: str) -> None:
    with pytest.raises(UnreadableOriginal) as caught:
        refuse_other_kinds(data, ".txt")
    assert caught.value.hint == f"Give it the ending {suffix}."
    refuse_other_kinds(data, suffix.upper())
