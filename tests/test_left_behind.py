import gzip
import io
import json
import lzma
import zipfile
import zlib
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.left_behind import Place, left_behind, names_left, not_searched
from qualkit.model import Settings
from qualkit.phrases import phrases_of

SAID = "Da jeg begynte på Solbakken, fikk jeg ei liste med tolv navn og ingen nøkler."
WORDS = phrases_of([SAID])


@pytest.fixture
def study(tmp_path: Path) -> studies.Study:
    return studies.create_study(tmp_path / "s", Settings("T"))


def zipped(name: str, content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return data.getvalue()


SPLIT = (
    "<w:p><w:r><w:t>Da jeg begynte på Sol</w:t></w:r><w:r><w:rPr/><w:t>bakken, fikk jeg ei</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>liste</w:t></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("notat.txt", f"a\nb\n{SAID}".encode(), "notat.txt:3"),
        ("notat.txt", SAID.encode("cp1252"), "notat.txt"),
        ("notat.txt", SAID.encode("utf-16"), "notat.txt"),
        ("notat.txt", SAID.encode("utf-16-be"), "notat.txt"),
        ("a.json", json.dumps({"a": SAID.replace(" ", "\n")}).encode(), "a.json"),
        ("history/ab.xz", lzma.compress(SAID.encode()), "history/ab.xz"),
        ("history/ab.z", zlib.compress(SAID.encode()), "history/ab.z"),
        ("uten-endelse", gzip.compress(SAID.encode()), "uten-endelse"),
        ("k.docx", zipped("word/document.xml", SPLIT.encode()), "k.docx (word/document.xml)"),
        ("k.zip", zipped("k.docx", zipped("a.xml", SAID.encode())), "k.zip (k.docx/a.xml)"),
        ("side.html", b"<p>Da jeg begynte p&aring; <b>Solbakken</b>, fikk</p>", "side.html"),
        ("Da jeg begynte på Solbakken, fikk.txt", b"", "Da jeg begynte på Solbakken, fikk.txt"),
        (".skjult/.fil", SAID.encode(), ".skjult/.fil:1"),
    ],
    ids=lambda value: "data" if isinstance(value, bytes) else None,  # archives hold the time, names of tests must not
)
def test_words_are_found_in_any_file(study: studies.Study, name: str, data: bytes, place: str) -> None:
    path = study.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    assert [str(found) for found in left_behind(study, WORDS)] == [place]


def test_other_words_and_broken_archives_are_nothing(study: studies.Study) -> None:
    (study.root / "a.txt").write_text("Da jeg begynte der, fikk jeg ingenting.")
    (study.root / "b.zip").write_bytes(b"PK\x03\x04 half an archive")
    (study.root / "c.xz").write_bytes(b"\xfd7zXZ\x00 half")
    assert left_behind(study, WORDS) == []


def test_what_git_has_is_passed_over(study: studies.Study) -> None:
    (study.root / ".git").mkdir()
    (study.root / ".git" / "x").write_text(SAID)
    assert left_behind(study, WORDS) == []


def test_what_cannot_be_searched_is_named(study: studies.Study) -> None:
    (study.root / "a.pdf").write_bytes(b"%PDF")
    assert not_searched(study) == ["a.pdf"]


def test_a_name_is_found_whole_or_in_part(study: studies.Study) -> None:
    (study.root / "a.md").write_text("Det sa Kari.\n\nkari skriver\n\nKari Nes' bok\n")
    assert names_left(study, ["Kari Nes"]) == [Place("a.md", 1), Place("a.md", 5)]
    assert names_left(study, []) == []
