import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import scanning
from qualkit import study as studies
from qualkit.anonymisation.identity_edits import with_passed
from qualkit.anonymisation.redactor import rendered
from qualkit.clearing import Draft, Unresolved, register_of
from qualkit.cli.anonymise_share import command
from qualkit.identity import Passed
from qualkit.material import Material, load_material
from qualkit.outgoing import outgoing
from qualkit.publishing import NoSuchAttribute
from qualkit.register import good_register
from qualkit.sharing import FolderIsThere, NothingToShare, Shared, SharedInStudy, SharedWouldLeak, share

NAMES = re.compile(r"Kari|kari nes|\bNes\b|Ola\b|\bVik\b|Anne")
FILES = {
    "Kari Nes.txt": "Anne: Hva skjedde?\n\nKari Nes: Jeg måtte ringe Ola Vik. Karis vakt var lang.\n\nAnne: Ja, Kari\n",
    "fokus.txt": "Anne: Hva?\n\nOla Vik: Jeg ringer aldri noen.\n\nKari Nes: Jeg ringte Ola på fredag.\n",
    "alene.txt": "Anne: Hva?\n\nOla Vik: Jeg måtte ringe.\n",
    "utenom.txt": "Anne: Hva?\n\nKari Nes: Jeg ringte igjen.\n",
}
WHO = (
    "id;labels;rolle;bosted;may_quote;navn\n"
    "P1;Kari Nes;sykepleier;Bø;ja;Kari Nes\nP2;Ola Vik;lege;Bø;nei;Ola Vik\nP3;Per;sykepleier;Vik;ja;Per\n"
)
BOOK = """# Laget med Kari Nes
codes:
- id: telefon
  name: "Å ringe"
  definition: Som Kari sier det  # eller Ola
  examples: [Kari ringer, "«Jeg ringte», sa Ola"]
  rules: ["lemma:ringe"]
"""


DRAFT = Draft("kari", "til veileder")


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> studies.Study:
    """Make a study of two people, one of whom may not be quoted, with codings, themes, memos and a remark."""
    folder = interviews(FILES, participants=WHO, codebook=BOOK)
    assert qualkit("code", folder).code == 0
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)
    path = root / "transcripts" / "utenom.txt"
    path.write_text(path.read_text().replace("kind: interview", "kind: off-the-record"))
    chosen = [line for line in (root / "codings" / "kari" / "fokus.jsonl").read_text().splitlines() if "fredag" in line]
    identifier = re.search('"id":"([^"]+)"', chosen[0])[1]
    (root / "themes.yaml").write_text(
        f"themes:\n- heading: Karis telefon\n  codes: [telefon]\n  quotations: [{identifier}, borte]\n"
    )
    studies.save_memo(studies.open_study(root), "tanker", "Kari Nes var sliten.\n")
    return studies.open_study(root)


def shared(study: studies.Study, out: Path, **options: object) -> Shared:
    return share(load_material(study), out, who="kari", **{"draft": DRAFT, **options})  # type: ignore[arg-type]


def everything(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_that_is_a_study_and_holds_no_name(study: studies.Study, tmp_path: Path, qualkit: Callable) -> None:
    told = shared(study, tmp_path / "ut")
    files = everything(tmp_path / "ut")
    assert sorted(files) == [
        ".gitattributes",
        ".gitignore",
        "README.md",
        "codebook.yaml",
        "codings/kari/P1.jsonl",
        "codings/kari/fokus.jsonl",
        "participants.csv",
        "study.yaml",
        "themes.yaml",
        "transcripts/P1.txt",
        "transcripts/fokus.txt",
    ]
    # The coder is called as the informant is.
    assert not [name for name, text in files.items() if NAMES.search((name + text).replace("kari", ""))]
    assert "måtte ringe [P2]. [P1]s vakt var lang." in files["transcripts/P1.txt"]
    assert "\nI: Hva?\n\nP2: [skal ikke siteres]\n\nP1: Jeg ringte [P2] på fredag.\n" in files["transcripts/fokus.txt"]
    assert told.left.people == ("P2",)
    assert told.left.sources == ("utenom",)
    assert told.left.interviews == ("alene",)
    assert told.left.codings == 3
    assert told.attributes == ("rolle", "bosted")
    opened = studies.open_study(tmp_path / "ut")
    material = load_material(opened)
    assert [str(problem) for problem in material.problems] == []
    assert [extract.participant for extract in material.extracts] == ["P1", "P1"]
    ran = qualkit("check", "--study", tmp_path / "ut")
    assert ran.code == 0, ran.out + ran.err
    ran = qualkit("themes", "table", "--study", tmp_path / "ut")
    assert ran.code == 0, ran.err
    assert "IKKE ANONYMISERT" in files["README.md"]


def test_every_coding_covers_the_corresponding_words(study: studies.Study, tmp_path: Path) -> None:
    shared(study, tmp_path / "ut")
    before, after = load_material(study), load_material(studies.open_study(tmp_path / "ut"))
    register = register_of(before)
    own = {extract.coding.id: extract.coding for extract in before.extracts}
    assert after.extracts
    for extract in after.extracts:
        coding = extract.coding
        span = coding.unit.span
        assert after.transcripts[span.transcript].text[span.start : span.end] == coding.unit.text
        assert coding.unit.text == rendered(own[coding.id].unit.text, register).text
        assert coding.text_sha256 == after.transcripts[span.transcript].sha256
        assert (coding.status, coding.code) == ("accepted", "telefon")


def test_names_in_codebook_themes_and_participants_have_ids_in_their_place(
    study: studies.Study, tmp_path: Path
) -> None:
    shared(study, tmp_path / "ut", attributes=["rolle"])
    files = everything(tmp_path / "ut")
    assert files["codebook.yaml"] == (
        BOOK.replace("# Laget med Kari Nes\n", "")
        .replace("Som Kari sier det  # eller Ola", '"Som [P1] sier det"')
        .replace('[Kari ringer, "«Jeg ringte», sa Ola"]', '["[P1] ringer", "«Jeg ringte», sa [P2]"]')
    )
    assert 'heading: "[P1]s telefon"' in files["themes.yaml"]
    assert "borte" not in files["themes.yaml"]
    rows = list(csv.reader(files["participants.csv"].removeprefix("\ufeff").splitlines(), delimiter=";"))
    assert rows == [["id", "may_quote", "rolle"], ["P1", "", "sykepleier"], ["P2", "nei", ""]]


def test_chosen_quotations_are_those_that_are_there(study: studies.Study, tmp_path: Path) -> None:
    shared(study, tmp_path / "ut")
    material = load_material(studies.open_study(tmp_path / "ut"))
    (chosen,) = material.themes[0].quotations
    (words,) = [extract.coding.unit.text for extract in material.extracts if extract.coding.id == chosen]
    assert words == "Jeg ringte [P2] på fredag."


def test_a_name_that_cannot_be_replaced_stops_it(study: studies.Study, tmp_path: Path) -> None:
    path = study.root / "codebook.yaml"
    path.write_text(BOOK.replace("lemma:ringe", "re:ringe.*Ola"))
    with pytest.raises(SharedWouldLeak) as stopped:
        shared(study, tmp_path / "ut")
    assert stopped.value.places == (("codebook.yaml:6", "P2"),)
    assert not NAMES.search(str(stopped.value) + stopped.value.hint)
    assert [path.name for path in tmp_path.iterdir() if "ut" in path.name] == []


def test_a_rule_looks_for_what_is_printed(study: studies.Study, tmp_path: Path) -> None:
    path = study.root / "codebook.yaml"
    path.write_text(BOOK.replace('["lemma:ringe"]', '[{id: r, any: ["Ola Vik", ringe], speakers: [Kari Nes]}]'))
    shared(study, tmp_path / "ut")
    book = everything(tmp_path / "ut")["codebook.yaml"]
    assert "rules: [{id: r, any: [P2, ringe], speakers: [P1]}]" in book


def test_where_it_may_lie(study: studies.Study, tmp_path: Path) -> None:
    for name in (".", "delt", "exports", "transcripts/delt"):
        with pytest.raises(SharedInStudy):
            shared(study, study.root / name)
    shared(study, study.root / "exports" / "delt")
    assert studies.is_study(study.root / "exports" / "delt")
    with pytest.raises(FolderIsThere):
        shared(study, study.root / "exports" / "delt")
    (tmp_path / "tom").mkdir()
    shared(study, tmp_path / "tom")
    (tmp_path / "lenke").symlink_to(study.root)
    with pytest.raises(SharedInStudy):
        shared(study, tmp_path / "lenke" / "delt")


def test_the_trail_tells_numbers(study: studies.Study, tmp_path: Path) -> None:
    shared(study, tmp_path / "ut")
    last = next(line for line in studies.read_trail(study)[0] if line.what == "share")
    assert (last.what, last.object) == ("share", "study")
    assert last.after == {"transcripts": 2, "codings": 2, "left out": {"codings": 3, "people": 1}}


def test_what_is_not_there_is_told(study: studies.Study, tmp_path: Path) -> None:
    with pytest.raises(NoSuchAttribute):
        shared(study, tmp_path / "ut", attributes=["roller"])
    for name in studies.transcript_ids(study):
        path = study.root / "transcripts" / f"{name}.txt"
        path.write_text(path.read_text().replace("kind: interview\n", "kind: off-the-record\n"))
        path.write_text(path.read_text().replace("kind: group-interview\n", "kind: off-the-record\n"))
    with pytest.raises(NothingToShare):
        shared(study, tmp_path / "ut")
    assert not (tmp_path / "ut").exists()


def test_proposals_only_where_they_are_asked_for(qualkit: Callable, interviews: Callable, tmp_path: Path) -> None:
    folder = interviews()
    qualkit("code", folder)
    study = studies.open_study(folder.with_name("interviews-study"))
    assert shared(study, tmp_path / "uten").codings == 0
    assert shared(study, tmp_path / "med", with_proposals=True).codings == 4
    assert qualkit("code", tmp_path / "med").code == 0
    material = load_material(studies.open_study(tmp_path / "med"))
    assert len(material.extracts) == 4


def test_a_person_in_two_interviews_has_one_id(study: studies.Study) -> None:
    material: Material = load_material(study)
    going = outgoing(material, register_of(material))
    labels = {one.transcript.id: [s.label for s in one.transcript.speakers] for one in going.transcripts.values()}
    assert labels == {"P1": ["I", "P1"], "fokus": ["I", "P2", "P1"]}


DECIDED = """format: 1
seed: 1
identities:
- id: p1
  forms: [Kari Nes, Kari, Nes]
  participant: P1
  print: Ingrid
  gender: f
  by: kari
  date: 2026-03-01
- id: p2
  forms: [Ola Vik, Ola, Vik]
  participant: P2
  print: Petter
  by: kari
  date: 2026-03-01
- id: p3
  forms: [Per]
  participant: P3
  print: Jon
  by: kari
  date: 2026-03-01
- id: p4
  forms: [Anne]
  print: Lise
  by: kari
  date: 2026-03-01
passed: []
"""


def test_nothing_is_shared_before_it_is_decided(study: studies.Study, tmp_path: Path, qualkit: Callable) -> None:
    path = study.root / "transcripts" / "Kari Nes.txt"
    path.write_text(path.read_text().replace("Karis vakt var lang", "Så til Halden og Gunvor. Karis vakt"))
    qualkit("anchor", "--study", study.root)
    with pytest.raises(Unresolved) as stopped:
        shared(study, tmp_path / "ut", draft=None)
    text = studies.read_transcript(study, "Kari Nes")[0].text
    where = {place.where for place in stopped.value.places}
    for word in ("Halden", "Gunvor"):
        assert f"Kari Nes:{text.index(word)}-{text.index(word) + len(word)}" in where
    assert not re.search("Halden|Gunvor", str(stopped.value) + stopped.value.hint)
    assert not (tmp_path / "ut").exists()
    assert studies.read_trail(study)[0][-1].what != "share"


def test_memos_where_they_are_asked_for(study: studies.Study, tmp_path: Path) -> None:
    text = studies.read_transcript(study, "Kari Nes")[0].text
    at = text.index("Karis vakt")
    quiet = studies.read_transcript(study, "utenom")[0].text.index("igjen")
    memo = (
        f"# Om Ola\n\n## Kari Nes:{at}-{at + 10} · notat\n\n> Karis vakt\n\nHva mener Kari?\n\n"
        f"## utenom:{quiet}-{quiet + 5} · notat\n\n> igjen\n\nUtenom.\n"
    )
    studies.save_memo(study, "Kari Nes", memo)
    path = study.root / "codings" / "kari" / "fokus.jsonl"
    path.write_text(path.read_text().replace('"memo":""', '"memo":"Kari ler"'))
    shared(study, tmp_path / "uten")
    assert not (tmp_path / "uten" / "memos").exists()
    assert "ler" not in (tmp_path / "uten" / "codings" / "kari" / "fokus.jsonl").read_text()
    shared(study, tmp_path / "med", memos=True)
    record = studies.read_transcript(studies.open_study(tmp_path / "med"), "P1")[0]
    at = record.text.index("[P1]s vakt")
    files = everything(tmp_path / "med")
    assert files["memos/P1.md"] == (f"# Om [P2]\n\n## P1:{at}-{at + 10} · notat\n\n> [P1]s vakt\n\nHva mener [P1]?\n\n")
    assert files["memos/tanker.md"] == "[P1] var sliten.\n"
    assert '"memo":"[P1] ler"' in files["codings/kari/fokus.jsonl"]
    studies.save_memo(study, "tanker", "Gunvor i Halden.\n")
    with pytest.raises(Unresolved) as stopped:
        shared(study, tmp_path / "nei", memos=True, draft=None)
    assert "memos/tanker.md" in {place.where for place in stopped.value.places}


def decide(study: studies.Study, *, but: str = "") -> None:
    """Decide about the people, and let through what else waits; all but what stands in one file."""
    (study.root / "private").mkdir(exist_ok=True)
    (study.root / "private" / "identities.yaml").write_text(DECIDED)
    scanning.scan(study)
    text = DECIDED
    people = good_register(study)
    names = {form for identity in people.identities for form in identity.forms}
    for candidate in scanning.queue(study, people):
        if candidate.form in names:
            continue
        if not but or not any(span.transcript.startswith(but) for span in candidate.spans):
            text = with_passed(text, Passed(candidate.form, by="kari", date="2026-03-01"))
    (study.root / "private" / "identities.yaml").write_text(text)


def test_what_is_decided_prints_as_it_was_decided(study: studies.Study, tmp_path: Path) -> None:
    decide(study)
    told = shared(study, tmp_path / "ut", draft=None, attributes=["rolle"])
    files = everything(tmp_path / "ut")
    assert not [name for name, text in files.items() if NAMES.search((name + text).replace("kari", ""))]
    assert told.files == tuple(sorted(set(files) - {".gitattributes", ".gitignore"}))
    assert "P1: Jeg måtte ringe [Petter]. [Ingrid]s vakt var lang." in files["transcripts/Ingrid.txt"]
    assert "Pseudonymisert, ikke anonymt" in files["README.md"]
    before, after = load_material(study), load_material(studies.open_study(tmp_path / "ut"))
    register = register_of(before)
    own = {extract.coding.id: extract.coding for extract in before.extracts}
    for extract in after.extracts:
        span = own[extract.coding.id].unit.span
        whole = rendered(before.transcripts[span.transcript].text, register, transcript=span.transcript)
        assert extract.coding.unit.text == whole.between(span.start, span.end)
    assert [line.what for line in studies.read_trail(study)[0]][-1] == "share"


def test_a_form_in_a_column_that_stays_is_nobodys_concern(study: studies.Study, tmp_path: Path) -> None:
    decide(study, but="participants.csv")
    with pytest.raises(Unresolved, match=r"participants.csv: bosted of P1 \("):
        shared(study, tmp_path / "ut", draft=None)
    shared(study, tmp_path / "ut", draft=None, attributes=[])


def test_the_command(study: studies.Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(
        [str(tmp_path / "ut"), "--study", str(study.root), "--no-attributes", "--allow-unreviewed", "utkast"],
        standalone_mode=False,
    )
    out, err = capsys.readouterr()
    assert out.strip().endswith("ut")
    assert "Shared: 2 transcripts, 2 codings, participants by id alone." in err
    assert "P2: may not be quoted" in err
    assert not NAMES.search(err)
    assert (tmp_path / "ut" / "participants.csv").read_text("utf-8-sig").splitlines()[0] == "id;may_quote"


def test_a_withdrawal_names_the_folders_that_were_shared(
    study: studies.Study, qualkit: Callable, tmp_path: Path
) -> None:
    shared(study, tmp_path / "til-veileder")
    ran = qualkit("withdraw", "P2", "--study", study.root, "--yes")
    assert f"Folders that were shared: {tmp_path / 'til-veileder'}." in ran.err
