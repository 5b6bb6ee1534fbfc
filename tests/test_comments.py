import re
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.clearing import Draft, clearance
from qualkit.exports.package import pack, unpack
from qualkit.material import load_material
from qualkit.sharing import SharedWouldLeak, search, share

FILES = {
    "Kari Nes.txt": "Anne: Hva skjedde?\n\nKari Nes: Jeg måtte ringe Ola Vik. Karis vakt var lang.\n\nAnne: Ja da.\n",
    "fokus.txt": "Anne: Hva gjør dere?\n\nOla Vik: Jeg ringer aldri noen her.\n\nKari Nes: Jeg ringte Ola på fredag.\n",
}
WHO = "id;labels;rolle\nP1;Kari Nes;sykepleier\nP2;Ola Vik;lege\n"


DRAFT = Draft("kari", "til veileder")


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> studies.Study:
    folder = interviews(FILES, participants=WHO)
    assert qualkit("code", folder).code == 0
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)
    return studies.open_study(root)


@pytest.fixture
def sent(study: studies.Study, tmp_path: Path) -> Path:
    share(load_material(study), tmp_path / "ut", who="kari", word=True, draft=DRAFT)
    return tmp_path / "ut"


def answered(path: Path, words: str, said: str, author: str = "Veileder", number: int = 90) -> None:
    """Comment on a passage of one line, as a word processor would."""
    parts = unpack(path.read_bytes())
    text = parts["word/document.xml"].decode()
    run = next(run for run in re.findall(r"<w:r>(?:(?!</w:r>).)*</w:r>", text) if words in run)
    content = re.search(r">([^<]*)</w:t>", run)[1]
    before, after = content.split(words, 1)
    pieces = [run.replace(f">{content}<", f">{piece}<") for piece in (before, words, after)]
    new = (
        f'{pieces[0]}<w:commentRangeStart w:id="{number}"/>{pieces[1]}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>{pieces[2]}'
    )
    parts["word/document.xml"] = text.replace(run, new, 1).encode()
    comment = (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-04-01T09:00:00Z">'
        f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    comments = parts["word/comments.xml"].decode()
    parts["word/comments.xml"] = comments.replace("</w:comments>", comment).encode()
    path.write_bytes(pack(parts))


def test_word_files_with_codes_as_comments(study: studies.Study, sent: Path) -> None:
    assert sorted(path.name for path in sent.iterdir()) == ["P1.docx", "fokus.docx"]
    parts = unpack((sent / "P1.docx").read_bytes())
    everything = b"".join(parts.values()).decode("utf-8", "replace")
    assert "Å ringe" in parts["word/comments.xml"].decode()
    assert not re.search(r"\b(Kari|Nes|Ola|Vik|Anne)", everything)
    assert [line.what for line in studies.read_trail(study)[0]][-2:] == ["share", "export unreviewed"]


def test_comments_become_memos_on_the_words_as_they_are(qualkit: Callable, study: studies.Study, sent: Path) -> None:
    answered(sent / "P1.docx", "[P1]s vakt", "Hva mener hun med lang?")
    answered(sent / "P1.docx", "Ja", "Her stilte du ikke noe spørsmål.", number=91)
    (sent / "P1.docx").rename(sent / "kommentert.docx")
    ran = qualkit("add", "--comments", sent / "kommentert.docx", "--study", study.root)
    assert ran.code == 0, ran.err
    assert "kommentert.docx → Kari Nes: 2 comments kept as memos in memos/comments-Kari Nes.md" in ran.err
    memo = (study.root / "memos" / "comments-Kari Nes.md").read_text()
    text = studies.read_transcript(study, "Kari Nes")[0].text
    places = re.findall(r"## Kari Nes:(\d+)-(\d+) · comment by Veileder · 2026-04-01T09:00:00Z\n\n> (.*)\n\n(.*)", memo)
    assert [(text[int(start) : int(end)], words, said) for start, end, words, said in places] == [
        ("Karis vakt", "Karis vakt", "Hva mener hun med lang?"),
        ("Ja", "Ja", "Her stilte du ikke noe spørsmål."),
    ]
    assert memo.startswith("# Comments on Kari Nes\n\norigin: import:word\n\n## ")
    assert studies.read_trail(study)[0][-1].after == {"comments": 2, "not found": 0}


def test_codes_are_no_comments_and_nothing_is_kept_twice(qualkit: Callable, study: studies.Study, sent: Path) -> None:
    for path in sent.iterdir():
        assert qualkit("add", "--comments", path, "--study", study.root).code == 0
    assert not (study.root / "memos").exists()
    answered(sent / "fokus.docx", "aldri", "Sikker?")
    for told in ("1 comments kept", "0 comments kept as memos\n  1 were read before."):
        ran = qualkit("add", "--comments", sent / "fokus.docx", "--study", study.root)
        assert told in ran.err
    answered(sent / "fokus.docx", "fredag", "Hvilken?", number=91)
    ran = qualkit("add", "--comments", sent / "fokus.docx", "--study", study.root)
    assert "1 comments kept as memos in memos/comments-fokus.md\n  1 were read before." in ran.err
    assert (study.root / "memos" / "comments-fokus.md").read_text().count("## fokus:") == 2


def test_a_changed_code_comment_is_somebodys_words(qualkit: Callable, study: studies.Study, sent: Path) -> None:
    path = sent / "fokus.docx"
    parts = unpack(path.read_bytes())
    changed = parts["word/comments.xml"].decode().replace(">Å ringe<", ">Å ringe? Heller å vente.<", 1)
    parts["word/comments.xml"] = changed.encode()
    path.write_bytes(pack(parts))
    ran = qualkit("add", "--comments", path, "--study", study.root)
    assert "1 comments kept" in ran.err
    assert "Å ringe? Heller å vente." in (study.root / "memos" / "comments-fokus.md").read_text()


def test_words_that_are_gone_are_kept_with_the_comment(qualkit: Callable, study: studies.Study, sent: Path) -> None:
    answered(sent / "fokus.docx", "Jeg ringte [P2] på fredag.", "Fint.")
    answered(sent / "fokus.docx", "aldri", "Sikker?", number=91)
    path = study.root / "transcripts" / "fokus.txt"
    edited = path.read_text().replace("Anne: Hva", "Anne: Hei. Hva").replace("Jeg ringte Ola på fredag.", "Nei!")
    path.write_text(edited)
    qualkit("anchor", "--study", study.root)
    ran = qualkit("add", "--comments", sent / "fokus.docx", "--study", study.root)
    assert ran.code == 0, ran.err
    assert "2 comments kept" in ran.err
    assert "1 are about words that are not in the transcript any more" in ran.err
    memo = (study.root / "memos" / "comments-fokus.md").read_text()
    assert "were not found again in the transcript; they were:\n\n> Jeg ringte [P2] på fredag.\n\nFint.\n" in memo
    (place,) = re.findall(r"## fokus:(\d+)-(\d+)", memo)
    assert studies.read_transcript(study, "fokus")[0].text[int(place[0]) : int(place[1])] == "aldri"


def test_a_file_of_another_study_is_refused(qualkit: Callable, study: studies.Study, tmp_path: Path) -> None:
    (tmp_path / "noe annet.txt").write_text("I: Hva er dette for noe?\n\nP1: Det er noe helt annet enn det var.\n")
    ran = qualkit("add", "--comments", tmp_path / "noe annet.txt", "--study", study.root)
    assert ran.code == 1
    assert "no transcript of this study has these words" in ran.err
    ran = qualkit("add", "--comments", tmp_path / "noe annet.txt", "--transcript", "P1", "--study", study.root)
    assert ran.code == 0, ran.err
    (tmp_path / "ikke.docx").write_bytes(b"PK\x03\x04")
    ran = qualkit("add", "--comments", tmp_path / "ikke.docx", "--study", study.root)
    assert ran.code == 1
    assert "ikke.docx" in ran.err


def test_a_name_in_a_code_does_not_travel(study: studies.Study, tmp_path: Path) -> None:
    path = study.root / "codebook.yaml"
    path.write_text(path.read_text().replace("Å ringe", "Kari ringer"))
    share(load_material(study), tmp_path / "ut", who="kari", word=True, draft=DRAFT)
    assert "[P1] ringer" in unpack((tmp_path / "ut" / "P1.docx").read_bytes())["word/comments.xml"].decode()
    # A name that was not replaced, as one that a later version of the redactor would miss.
    data = unpack((tmp_path / "ut" / "P1.docx").read_bytes())
    data["word/document.xml"] = data["word/document.xml"].replace("måtte".encode(), b"Kari")
    (tmp_path / "ut" / "P1.docx").write_bytes(pack(data))
    cleared = clearance(load_material(study))
    with pytest.raises(SharedWouldLeak, match=r"P1\.docx"):
        search(tmp_path / "ut", cleared)
