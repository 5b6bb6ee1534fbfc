import pytest

from qualkit.transcripts.sorting import kind_by_name, sort_file

NAMES = {
    "transcript": [
        "Intervju med Kari Nes.TXT",
        "Guide dog owners interview 2.docx",
        "utskrift av opptak 4.vtt",
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
        "Samtykke i praksis, Kari.docx",
        "Readmission interview 1.docx",
        "notat.md",
    ],
    "consent form": [
        "Samtykke.docx",
        "samtykke K3.docx",
        "Samtykke Sander.docx",
        "Samtykke_Kari_Nes.docx",
        "Samtykke_intervju_3_signert.pdf",
        "Samtykkeerklæring informant 3.docx",
        "Vedlegg 2 Samtykkeskjema.docx",
        "02 Samtykke.pdf",
        "Informert samtykke.docx",
        "Consent form - P04.docx",
        "informed_consent.txt",
        "Samtykkeskjema – intervju om skole.docx",
        "K3_samtykkeskjema_signert.docx",
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
    "other file": ["K3.doc", "K3.pages", "figur.png", "K3", "data.sav", "budsjett.xlsx"],
}


@pytest.mark.parametrize(("what", "name"), [(what, name) for what, names in NAMES.items() for name in names])
def test_a_file_is_taken_as_what_its_name_says(what: str, name: str) -> None:
    assert sort_file(name).what == what


def test_letters_of_a_mac_are_the_same_letters() -> None:
    assert sort_file("Datah\u0061\u030andteringsplan.docx").what == "note about the folder"


def test_what_may_be_a_transcript_all_the_same_has_a_hint_and_what_can_be_none_has_not() -> None:
    assert "qualkit add FILE" in sort_file("samtykke K3.docx").hint
    assert "save it as .docx" in sort_file("K3.doc").hint
    assert sort_file("K3.m4a").hint == sort_file(".DS_Store").hint == sort_file("figur.svg").hint == ""
    assert "copy its table" in sort_file("Gruppe 2.xlsx").hint


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
