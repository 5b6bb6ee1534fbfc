import os
import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest

from qualkit import study as studies
from qualkit.originals import sort_folder

NFD = unicodedata.normalize("NFD", "Kåre æøå")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000


def speech(number: int = 1, words: str = "Jeg måtte ringe.") -> str:
    return f"I: Hva skjedde?\n\nK{number}: {words}\n"


def study_of(folder: Path) -> studies.Study:
    return studies.open_study(folder.with_name(folder.name + "-study"))


def ids(folder: Path) -> list[str]:
    return studies.transcript_ids(study_of(folder))


def coded_words(folder: Path) -> list[str]:
    """Return the words under the offsets of every coding, read from the transcripts themselves."""
    study = study_of(folder)
    codings, _ = studies.read_all_codings(study)
    texts = {name: studies.read_transcript(study, name)[0].text for name in studies.transcript_ids(study)}
    return [texts[c.unit.span.transcript][c.unit.span.start : c.unit.span.end] for c in codings]


def word(path: Path, *paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("name", ["Intervju æøå", "med mellomrom i", "😀 glad", "a'b\"c", "-h", "50 % & mer; osv", NFD])
def test_names_of_every_kind(qualkit: Callable, interviews: Callable, name: str) -> None:
    folder = interviews({f"{name}.txt": speech()})
    ran = qualkit("code", folder)
    assert ran.code == 0, ran.err
    assert coded_words(folder) == ["Jeg måtte ringe."]
    (identifier,) = ids(folder)
    assert unicodedata.is_normalized("NFC", identifier)
    again = qualkit("code", folder)
    assert again.code == 0
    assert "nothing new" in again.err


def test_a_folder_with_a_difficult_name(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(name="Mine intervjuer – høst 😀")
    assert qualkit("code", folder).code == 0
    assert ids(folder) == ["K1", "K2"]


@pytest.mark.parametrize("name", ["con", "AUX", "nul.1", "com1", "LPT9"])
def test_names_windows_keeps_for_itself(qualkit: Callable, interviews: Callable, name: str) -> None:
    folder = interviews({f"{name}.txt": speech()})
    assert qualkit("code", folder).code == 0
    (identifier,) = ids(folder)
    assert identifier.partition(".")[0].casefold() == name.partition(".")[0].casefold() + "_"


def test_names_that_differ_in_case_alone_get_ids_that_do_not(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": speech(1), "a/k1.txt": speech(2)})
    assert qualkit("code", folder).code == 0
    assert len({name.casefold() for name in ids(folder)}) == 2


def test_a_name_in_another_computers_encoding_is_named_and_the_others_are_read(
    qualkit: Callable, interviews: Callable
) -> None:
    folder = interviews({"K1.txt": speech()})
    Path(os.fsdecode(os.fsencode(folder) + b"/K\xe5re.txt")).write_text(speech(2))
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "re.txt: the file's name has letters in an encoding" in ran.err
    assert ids(folder) == ["K1"]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_kind_of_line_break(qualkit: Callable, interviews: Callable, ending: str) -> None:
    folder = interviews({"K1.txt": speech().replace("\n", ending)})
    assert qualkit("code", folder).code == 0
    record, _ = studies.read_transcript(study_of(folder), "K1")
    assert [record.text[turn.start : turn.end] for turn in record.turns] == ["Hva skjedde?", "Jeg måtte ringe."]


def test_invisible_characters_are_taken_out_and_told(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": "I: Hva?\n\nK1: Jeg måt\u00adte rin\u200bge pa\u030a\ufeff fredag.\n"})
    ran = qualkit("code", folder)
    assert "3 invisible characters (soft hyphens, zero-width spaces) were taken out" in ran.err
    assert "letters written as two characters (a + ring) were joined" in ran.err
    assert coded_words(folder) == ["Jeg måtte ringe på fredag."]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "cp1252", "mac-roman", "utf-8-sig"])
def test_encodings(qualkit: Callable, interviews: Callable, encoding: str) -> None:
    words = "Jeg måtte ringe på lørdag, og så når æ og ø kommer, må hun høre på."
    folder = interviews({"K1.txt": speech(words=words).encode(encoding)})
    assert qualkit("code", folder).code == 0
    assert coded_words(folder) == [words]


def test_no_labels_at_all_is_one_turn_and_warned_about(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": "Jeg måtte ringe.\nDet regnet.\n"})
    ran = qualkit("code", folder)
    assert ran.code == 0
    assert "K1.txt: no speaker labels were found" in ran.err
    assert "I:" in ran.err
    record, _ = studies.read_transcript(study_of(folder), "K1")
    assert [record.text[turn.start : turn.end] for turn in record.turns] == ["Jeg måtte ringe.\nDet regnet."]


def test_one_very_long_line(qualkit: Callable, interviews: Callable) -> None:
    sentence = "Det regnet i dag og ingen visste noe om det. "
    folder = interviews({"K1.txt": "K1: " + sentence * (2_000_000 // len(sentence)) + "Jeg måtte ringe."})
    assert qualkit("code", folder, "--jobs", "1").code == 0
    assert coded_words(folder) == ["Jeg måtte ringe."]


def test_one_person_in_several_transcripts_and_several_in_one(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(
        {
            "før.txt": "I: Hva?\n\nKari: Jeg måtte ringe.\n",
            "etter.txt": "I: Hva?\n\nKari: Jeg ringte igjen.\n\nOla: Jeg ringer aldri.\n",
        },
        participants="id;labels\nP1;Kari\nP2;Ola\n",
    )
    assert qualkit("code", folder).code == 0
    from qualkit.material import load_material

    extracts = load_material(study_of(folder)).extracts
    assert sorted((e.participant, e.coding.unit.text) for e in extracts) == [
        ("P1", "Jeg måtte ringe."),
        ("P1", "Jeg ringte igjen."),
        ("P2", "Jeg ringer aldri."),
    ]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_participants_with_any_separator(qualkit: Callable, interviews: Callable, sign: str) -> None:
    lines = "id;labels;rolle;may_quote\nP1;Kari;sykepleier;ja\n".replace(";", sign)
    folder = interviews({"a.txt": "I: Hva?\n\nKari: Jeg måtte ringe.\n"}, participants=lines.encode("cp1252"))
    assert qualkit("code", folder).code == 0
    (person,), _ = studies.read_participants(study_of(folder))
    assert (person.id, person.labels, person.attributes["rolle"]) == ("P1", ("Kari",), "sykepleier")


def test_participants_in_a_workbook(qualkit: Callable, interviews: Callable) -> None:
    import openpyxl

    folder = interviews({"a.txt": "I: Hva?\n\nKari: Jeg måtte ringe.\n"})
    book = openpyxl.Workbook()
    for row in (("id", "labels", "rolle"), ("P1", "Kari", "sykepleier")):
        book.active.append(row)
    book.save(folder / "participants.xlsx")
    ran = qualkit("code", folder)
    assert ran.code == 0
    assert "P1" in ran.out


def test_the_same_original_twice_is_noticed_by_its_content(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": speech(), "kopi av K1.txt": speech()})
    ran = qualkit("code", folder)
    assert ran.code == 0
    assert "kopi av K1.txt: the same file as ../interviews/K1.txt" in ran.err
    assert ids(folder) == ["K1"]
    later = folder.parent / "later.txt"
    later.write_text(speech())
    ran = qualkit("add", later, "--study", study_of(folder).root)
    assert "later.txt: the same file as ../interviews/K1.txt, which is transcript K1" in ran.err
    assert ids(folder) == ["K1"]


def test_two_originals_that_would_get_one_id_are_both_left_out(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": speech(1), "runde 2/K1.txt": speech(1, "Jeg ringer."), "K2.txt": speech(2)})
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "K1.txt: this original and ../interviews/runde 2/K1.txt would both become transcript “K1”" in ran.err
    assert "Rename one of them." in ran.err
    assert ids(folder) == ["K2"]


def test_one_recording_in_several_formats_of_a_recogniser(qualkit: Callable, interviews: Callable) -> None:
    srt = "1\n00:00:00,000 --> 00:00:02,000\nJeg måtte ringe.\n"
    folder = interviews({"K1.srt": srt, "K1.tsv": "start\tend\ttext\n0\t2\tJa.\n", "K2.txt": speech(2)})
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "leave the one that you corrected, or else the .srt" in ran.err
    assert ids(folder) == ["K2"]


def zip_bomb() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 400_000_000)
    return data.getvalue()


BAD = {
    "empty": (".txt", b""),
    "only spaces": (".txt", b" \n\t\n"),
    "old word": (".docx", OLE),
    "encrypted word": (".docx", OLE[:8] + "EncryptedPackage".encode("utf-16-le") + b"\0" * 3000),
    "image": (".docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    "image in text": (".txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
    "no document": (".docx", b"PK\x05\x06" + b"\0" * 18),
    "cut off": (".docx", b"PK\x03\x04" + b"\1" * 200),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_named_with_its_reason_and_the_others_are_read(
    qualkit: Callable, interviews: Callable, kind: str
) -> None:
    suffix, data = BAD[kind]
    folder = interviews({f"bad{suffix}": data, "K1.txt": speech()})
    ran = qualkit("code", folder)
    assert ran.code == 1
    (line,) = [line for line in ran.err.splitlines() if line.startswith(f"../interviews/bad{suffix}: ")]
    assert len(line.partition(": ")[2]) > 10
    assert "broke off" not in ran.err
    assert ids(folder) == ["K1"]
    assert coded_words(folder) == ["Jeg måtte ringe."]
    assert qualkit("code", folder).code == 1


@pytest.mark.parametrize("kind", ["empty", "old word"])
def test_where_nothing_can_be_read_nothing_is_made(qualkit: Callable, interviews: Callable, kind: str) -> None:
    suffix, data = BAD[kind]
    folder = interviews({f"bad{suffix}": data})
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "no transcript could be read; nothing was changed" in ran.err
    assert list(folder.parent.iterdir()) == [folder]


def test_a_zip_bomb_is_refused(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"bomb.docx": zip_bomb(), "K1.txt": speech()})
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "../interviews/bomb.docx: " in ran.err
    assert ids(folder) == ["K1"]


def test_links_that_lead_nowhere_are_named(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": speech()})
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "more").symlink_to(folder)
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "gone.txt: the file cannot be opened: No such file" in ran.err
    assert "loop.txt: the file cannot be opened: " in ran.err
    assert "more: the file was not read" in ran.err
    assert "a link to a folder is not followed" in ran.err
    assert ids(folder) == ["K1"]


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    left = sort_folder(tmp_path).left
    told = [(one.path, one.sorted.why) for one in left]
    assert told == [(tmp_path / "closed", "the folder cannot be opened: Permission denied")]


def test_files_of_other_kinds_are_told_also_in_a_dry_run_and_by_add(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": speech(), "K2.doc": OLE})
    for ran in (qualkit("code", folder, "-n"), qualkit("code", folder)):
        assert ran.code == 0
        assert "K2.doc: the file was not read" in ran.err
        assert "Open it in Word and save it as .docx." in ran.err
    ran = qualkit("add", folder, "--study", study_of(folder).root)
    assert "K2.doc: the file was not read" in ran.err
    empty = folder.parent / "empty"
    empty.mkdir()
    ran = qualkit("add", empty, "--study", study_of(folder).root)
    assert (ran.code, "there is no transcript in empty" in ran.err) == (1, True)


@pytest.mark.drafts
def test_originals_are_never_written_to(qualkit: Callable, interviews: Callable, state_of: Callable) -> None:
    folder = interviews()
    word(folder / "K3.docx", "I: Hva?", "K3: Jeg måtte ringe.")
    before = state_of(folder)
    study = folder.with_name("interviews-study")
    assert qualkit("code", folder).code == 0
    assert qualkit("review", "--study", study, keys="a\nr\n").code == 0
    assert qualkit("export", "word", "--study", study).code == 0
    assert state_of(folder) == before


def test_an_original_changed_later_is_told_and_its_transcript_stands(
    qualkit: Callable, interviews: Callable, state_of: Callable
) -> None:
    folder = interviews()
    qualkit("code", folder)
    root = study_of(folder).root
    before = state_of(root / "transcripts")
    (folder / "K1.txt").write_text(speech(1, "Noe helt annet."))
    ran = qualkit("code", folder)
    assert "K1.txt: the original was changed after it became transcript K1" in ran.err
    assert state_of(root / "transcripts") == before


def test_a_speaker_in_no_participants_file_is_a_warning(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(participants="id\nK1\n")
    ran = qualkit("code", folder)
    assert ran.code == 0
    assert "K2.txt: a speaker is in no participants.csv" in ran.err
    assert "K2/LABEL" in ran.err


def commented(path: Path) -> bytes:
    document = docx.Document()
    document.add_paragraph("I: Hva skjedde?")
    paragraph = document.add_paragraph()
    paragraph.add_run("K1: ")
    first = paragraph.add_run("Jeg måtte ringe.")
    paragraph.add_run(" ")
    second = paragraph.add_run("Det regnet.")
    paragraph.add_run(" ")
    third = paragraph.add_run("Ingen kom.")
    third.font.highlight_color = 7
    document.add_comment(first, text="Å ringe", author="Kari Nes")
    document.add_comment(second, text="Husk været!", author="Kari Nes")
    document.save(str(path))
    return path.read_bytes()


def test_word_comments_and_highlighting_are_kept(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({})
    commented(folder / "K1.docx")
    ran = qualkit("code", folder)
    assert "3 comments and highlightings kept" in ran.err
    root = study_of(folder).root
    (coding,), _ = studies.read_codings(study_of(folder), "kari-nes", "K1")
    assert (coding.unit.text, coding.code, coding.status, coding.origin) == (
        "Jeg måtte ringe.",
        "telefon",
        "accepted",
        "import:word",
    )
    memos = (root / "memos" / "word-K1.md").read_text()
    assert "> Det regnet." in memos
    assert "Husk været!" in memos
    assert "> Ingen kom." in memos


def test_word_comments_survive_a_full_disk(
    qualkit: Callable, interviews: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = interviews()
    assert qualkit("code", folder).code == 0
    root = study_of(folder).root
    commented(folder / "K3.docx")
    written = studies.save_transcript

    def full(*_: object) -> None:
        raise studies.disk.CannotWrite(Path("K3.txt"), OSError(28, "full"))

    monkeypatch.setattr(studies, "save_transcript", full)
    assert qualkit("code", folder).code == 1
    monkeypatch.setattr(studies, "save_transcript", written)
    assert qualkit("code", folder).code == 0
    memos = (root / "memos" / "word-K3.md").read_text()
    assert memos.count("Husk været!") == 1
    (coding,), _ = studies.read_codings(study_of(folder), "kari-nes", "K3")
    assert coding.unit.text == "Jeg måtte ringe."


def test_add_stops_on_a_broken_participants_file(qualkit: Callable, interviews: Callable, state_of: Callable) -> None:
    folder = interviews()
    qualkit("code", folder)
    root = study_of(folder).root
    (root / "participants.csv").write_text("navn;rolle\nKari;x\n")
    before = state_of(root)
    new = folder.parent / "K9.txt"
    new.write_text(speech(9))
    ran = qualkit("add", new, "--study", root)
    assert ran.code == 1
    assert "participants.csv:1:1: there is no column “id”" in ran.err
    assert state_of(root) == before


def test_many_files_are_read_in_several_processes(qualkit: Callable, interviews: Callable) -> None:
    files = {f"K{n}.txt": speech(n, f"Jeg måtte ringe {n} ganger.") for n in range(1, 61)}
    files["K61.txt"] = ""
    people = "id;rolle\n" + "".join(f"K{n};gruppe {n % 3}\n" for n in range(1, 61))
    folder = interviews(files, participants=people)
    ran = qualkit("code", folder, "--jobs", "3")
    assert ran.code == 1
    assert "K61.txt: the file is empty" in ran.err
    assert coded_words(folder) == [f"Jeg måtte ringe {n} ganger." for n in sorted(range(1, 61), key=lambda n: f"K{n}")]


def test_a_list_of_participants_beside_added_originals_is_told_until_the_study_has_it(
    qualkit: Callable, interviews: Callable, tmp_path: Path
) -> None:
    folder = interviews({"K1.txt": speech()}, participants="id;labels;etat\nK1;K1;kommune\n")
    study = tmp_path / "study"
    assert qualkit("init", study).code == 0
    told = qualkit("add", folder, "--study", study)
    assert told.code == 0
    assert "participants.csv: the list of participants was not read: a study has one of its own" in told.err
    (study / "participants.csv").write_bytes((folder / "participants.csv").read_bytes())
    assert "was not read" not in qualkit("add", folder, "--study", study).err
