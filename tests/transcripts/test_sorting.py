import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.formats import SUFFIXES
from qualkit.transcripts.sorting import Sorted, sort_file, sort_files, sorted_table

NAMES = {
    "transcript": [
        "K3.docx",
        "Intervju 3.DOCX",
        "2026-03-12 Anne.txt",
        "int07.vtt",
        "R1.TextGrid",
        "samtale.eaf",
        "barn.cha",
        "Samtykke og autonomi – intervju 3.docx",
        "samtykkekompetanse intervju 2.docx",
        "Consenting adults - interview 4.docx",
        "Intervju 3 etter ny intervjuguide.docx",
        "Fokusgruppe om informasjonsskriv.docx",
        "Informanter om bolig.docx",
        "Innholdsrike dager, K4.docx",
        "Oversikt over livet – K5.docx",
        "Deltakere i fokusgruppe, bydel Nord.docx",
        "Guide.docx",
        "Readmission interview 1.docx",
        "notat.md",
    ],
    "consent form": [
        "Samtykke.docx",
        "samtykke K3.docx",
        "Samtykke_intervju_3_signert.pdf",
        "Samtykkeerklæring informant 3.docx",
        "Vedlegg 2 Samtykkeskjema.docx",
        "02 Samtykke.pdf",
        "Informert samtykke.docx",
        "Consent form - P04.docx",
        "informed_consent.txt",
        "Samtykkeskjema – intervju om skole.docx",
    ],
    "information letter": [
        "Informasjonsskriv.docx",
        "Vedlegg 1_infoskriv v2.docx",
        "Participant information sheet.docx",
    ],
    "interview guide": [
        "Intervjuguide.docx",
        "Masterprosjekt intervjuguide v3.docx",
        "Interview guide.md",
        "temaguide.docx",
    ],
    "linking key": ["Koblingsnøkkel.xlsx", "navneliste.docx", "linking-key.csv"],
    "participant list": ["Deltakerliste.xlsx", "Informanter.docx", "Deltakere 2026.xlsx"],
    "note about the folder": ["README.md", "les meg.txt", "LICENSE.txt", "Prosjektplan.docx", "innhold.docx"],
    "study file": ["participants.csv", "Deltakere.xlsx", "codebook.yaml"],
    "recording": ["K3.m4a", "K3.WAV", "opptak.mp4", "DS0001.DS2"],
    "system file": [
        "~$K3.docx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".~lock.K3.docx#",
        "._K3.docx",
        "~WRL0001.tmp",
        "K3.docx.tmp",
        "K3.txt~",
        ".hidden.txt",
        "K3.eaf.001",
        "K3.pfsx",
    ],
    "unread": ["K3.doc", "K3.pages"],
    "unknown": ["figur.png", "K3", "data.sav"],
}


@pytest.mark.parametrize(("taken_as", "name"), [(kind, name) for kind, names in NAMES.items() for name in names])
def test_names(taken_as: str, name: str) -> None:
    for path in (name, f"under/mappe/{name}", f"C:\\Data\\{name}"):
        found = sort_file(path)
        assert (found.taken_as, found.path) == (taken_as, path)
        assert found.why


def test_only_what_could_be_a_transcript_asks() -> None:
    assert [one.asks for one in sort_files(["Samtykke.docx", "Samtykke.pdf", "K3.docx", "K3.m4a", "K3.doc"])] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert "name the file itself when you add" in sort_file("Samtykke.docx").why


def test_letters_of_a_mac_are_the_same_letters() -> None:
    assert sort_file("Datah\u0061\u030andteringsplan.docx").taken_as == "note about the folder"


TURNS = b"I: Hva tenker du om samtykke?\nK1: At det er viktig.\nI: Hvorfor?\nK1: Fordi \xc3"


def test_the_first_words_of_a_text_are_believed_more_than_its_name() -> None:
    assert sort_file("samtykke.txt", TURNS).taken_as == "transcript"
    assert sort_file("samtykke.txt", b"Jeg samtykker i \xc3\xa5 delta.\nNavn:\nDato:\n").taken_as == "consent form"
    assert sort_file("K3.text", TURNS) == Sorted(
        "K3.text", "unread", "text with turns of speakers, but not read by its ending. Rename it to .txt.", asks=True
    )
    assert sort_file("noe.docx", b"\x00\x05\x16\x07\x00\x02").taken_as == "system file"


def test_a_table_of_a_folder() -> None:
    table = sorted_table(sort_files(["K3.docx", ".DS_Store", "Samtykke.docx", "~$K3.docx", ("a.txt", TURNS)]))
    assert [row[:2] for row in table.rows] == [
        ("K3.docx", "transcript"),
        ("Samtykke.docx", "consent form"),
        ("a.txt", "transcript"),
    ]
    assert table.notes == ("2 system files are not shown.",)


@given(st.text(max_size=30), st.sampled_from(["", *SUFFIXES]), st.binary(max_size=60))
def test_any_name_is_sorted(stem: str, suffix: str, head: bytes) -> None:
    found = sort_file(stem + suffix, head)
    assert found == sort_file(stem + suffix, head)
    assert found.path == stem + suffix
