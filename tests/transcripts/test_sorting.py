import pytest

from qualkit.transcripts.sorting import kind_by_name, sort_file


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("K3.docx", "transcript"),
        ("Intervju med Kari Nes.TXT", "transcript"),
        ("Samtykke og autonomi – intervju 3.docx", "transcript"),
        ("Guide dog owners interview 2.docx", "transcript"),
        ("utskrift av opptak 4.vtt", "transcript"),
        ("samtykke K3.docx", "consent form"),
        ("K3_samtykkeskjema_signert.docx", "consent form"),
        ("K3 samtykke.docx", "consent form"),
        ("Informasjonsskriv – intervju.docx", "consent form"),
        ("Participant information sheet v2.docx", "consent form"),
        ("Intervjuguide 3.docx", "interview guide"),
        ("interview_guide.txt", "interview guide"),
        ("README.txt", "note about the folder"),
        ("Les meg.docx", "note about the folder"),
        ("K3.m4a", "recording"),
        ("teams-opptak.MP4", "recording"),
        ("deltakere.xlsx", "list"),
        ("~$K3.docx", "system file"),
        ("._K3.docx", "system file"),
        (".~lock.K3.odt#", "system file"),
        (".DS_Store", "system file"),
        ("Thumbs.db", "system file"),
        ("K3.docx.tmp", "system file"),
        ("codebook.yaml", "system file"),
        ("budsjett.xlsx", "other file"),
        ("K3.doc", "other file"),
    ],
)
def test_a_file_is_taken_as_what_its_name_says(name: str, what: str) -> None:
    assert sort_file(name).what == what


def test_what_may_be_a_transcript_all_the_same_has_a_hint_and_what_can_be_none_has_not() -> None:
    assert "qualkit add FILE" in sort_file("samtykke K3.docx").hint
    assert "save it as .docx" in sort_file("K3.doc").hint
    assert sort_file("K3.m4a").hint == sort_file(".DS_Store").hint == sort_file("budsjett.xlsx").hint == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Feltnotat 3. mai.docx", "field-note"),
        ("field notes, ward.txt", "field-note"),
        ("Møtereferat_2.odt", "minutes"),
        ("Minutes of the board.docx", "minutes"),
        ("K4 notater.txt", "notes"),
        ("notat.txt", "notes"),
        ("K4.txt", None),
        ("Annotations K4.txt", None),
    ],
)
def test_some_names_tell_the_kind_of_source(name: str, kind: str | None) -> None:
    assert kind_by_name(name) == kind
