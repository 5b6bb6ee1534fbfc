import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import register
from qualkit import study as studies
from qualkit.anonymisation.names import DETECTOR
from qualkit.clearing import Undecided, Unresolved, clearance
from qualkit.gate import text_of_file, words_of
from qualkit.identity import Hit
from qualkit.language.printed import PHRASES
from qualkit.material import load_material
from qualkit.model import Span
from qualkit.rendering import ENDINGS, framework
from qualkit.sharing import SharedWouldLeak, search

TALK = {"K1.txt": "I: Hva skjedde?\n\nK1: Jeg måtte ringe Gudrun i Halden. Da regnet det.\n"}
KNOWN = """format: 1
seed: 1
identities:
  - id: p1
    forms: [Gudrun]
    type: person
    print: Solveig
    by: kari
    date: 2026-11-26
  - id: s1
    forms: [Halden]
    type: place
    action: generalise
    print: {nb: by i Østfold, nn: by i Austfold, en: a town}
    by: kari
    date: 2026-11-26
"""
KINDS = list(ENDINGS)


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(TALK)
    assert qualkit("code", folder).code == 0
    made: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", made, keys="a\n")
    return made


def know(root: Path, text: str = KNOWN) -> None:
    study = studies.open_study(root)
    with studies.locked(study, "kari"):
        register.save_register(study, text)


def written(root: Path) -> str:
    return "\n".join(text_of_file(path.read_bytes()) for path in sorted((root / "exports").iterdir()))


@pytest.mark.parametrize("kind", KINDS[1:])
def test_nothing_is_written_while_something_waits_and_the_words_are_not_told(
    qualkit: Callable, root: Path, kind: str
) -> None:
    ran = qualkit("export", kind, "--study", root)
    assert (ran.code, ran.out) == (1, "")
    text = studies.read_transcript(studies.open_study(root), "K1")[0].text
    for word in ("Gudrun", "Halden"):
        start = text.index(word)
        assert re.search(rf"K1:{start}-{start + len(word)} \(.*names@", ran.err)
        assert word not in ran.err
    assert "qualkit anonymise decide" in ran.err
    assert not list(root.glob("exports/*"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_decided_is_printed_and_called_pseudonymised(qualkit: Callable, root: Path, kind: str) -> None:
    know(root)
    ran = qualkit("export", kind, "--study", root)
    assert ran.code == 0, ran.err
    text = written(root)
    assert not re.search("gudrun|halden", text, re.IGNORECASE)
    assert "PSEUDONYMISERT" in text
    assert "anonymi" not in text.casefold().replace("pseudonymi", "")
    assert kind == "word" or "Jeg måtte ringe [Solveig] i [by i Østfold]." in text
    assert not any("not-anonymised" in path.name for path in root.glob("exports/*"))


def test_a_draft_says_so_and_the_trail_says_why(qualkit: Callable, root: Path) -> None:
    ran = qualkit("export", "csv", "--study", root, "--allow-unreviewed", "for the supervisor's eyes")
    assert ran.code == 0, ran.err
    assert all(path.name.endswith(".not-anonymised.csv") for path in root.glob("exports/*"))
    assert "IKKE ANONYMISERT" in written(root)
    told = [json.loads(line) for line in (root / "trail.jsonl").read_text().splitlines()]
    mine = [line for line in told if line["what"] == "export unreviewed"]
    assert {line["why"] for line in mine} == {"for the supervisor's eyes"}
    assert {line["object"] for line in mine} == {f"export {path.name}" for path in root.glob("exports/*")}
    assert qualkit("export", "csv", "--study", root, "--allow-unreviewed", " ").code == 2


def test_what_she_wrote_herself_is_looked_at_too(qualkit: Callable, root: Path) -> None:
    know(root)
    book = root / "codebook.yaml"
    book.write_text(book.read_text().replace("name: Å ringe", "name: Å ringe Torgeir"))
    ran = qualkit("export", "csv", "--study", root)
    assert ran.code == 1
    assert re.search(r"codebook.yaml: name of telefon \(.*names@", ran.err)
    assert "Torgeir" not in ran.err
    assert qualkit("codebook", "export", "csv", "--study", root).code == 1


def test_examples_are_informants_words(qualkit: Callable, root: Path) -> None:
    know(root)
    book = root / "codebook.yaml"
    named = "  name: Å ringe\n"
    book.write_text(book.read_text().replace(named, f"{named}  examples: [Da kom Torgeir, ja]\n"))
    ran = qualkit("codebook", "export", "word", "--study", root)
    assert ran.code == 1
    assert "codebook.yaml: examples 1 of telefon" in ran.err
    assert qualkit("codebook", "export", "word", "--study", root, "--no-examples").code == 0


def test_a_rendered_transcript_is_looked_at_whole(qualkit: Callable, root: Path) -> None:
    ran = qualkit("export", "transcripts", "--rendered", "--study", root)
    assert ran.code == 1
    assert "K1:" in ran.err
    know(root)
    ran = qualkit("export", "transcripts", "--rendered", "--study", root)
    assert ran.code == 0, ran.err
    assert [path.name for path in root.glob("exports/*")] == ["K1.docx"]
    assert "[Solveig] i [by i Østfold]" in written(root)


@pytest.mark.parametrize(
    "broken",
    [
        KNOWN.replace("print: Solveig", "print: Halden"),
        KNOWN.replace("action: generalise", "action: hide"),
        KNOWN + "  - {id: p2, forms: [Anders], print: Solveig, by: kari}\n",
    ],
)
def test_a_register_that_contradicts_itself_stops_every_export(qualkit: Callable, root: Path, broken: str) -> None:
    know(root, broken)
    for draft in ((), ("--allow-unreviewed", "a draft")):
        ran = qualkit("export", "csv", "--study", root, *draft)
        assert ran.code == 1
        assert "private/identities.yaml:" in ran.err
    assert not list(root.glob("exports/*"))


def test_who_is_undecided_in_the_register_waits(qualkit: Callable, root: Path) -> None:
    know(root, KNOWN.replace("    by: kari\n", "", 1))
    ran = qualkit("export", "csv", "--study", root)
    assert ran.code == 1
    assert "register@1" in ran.err


def test_words_from_nowhere_are_found_in_a_finished_file(root: Path) -> None:
    know(root)
    cleared = clearance(load_material(studies.open_study(root)))
    known = words_of("Jeg måtte ringe [Solveig].")
    assert cleared.strange("Jeg måtte ringe [Solveig].", known, "x.docx") == []
    (found,) = cleared.strange("Jeg måtte ringe [Solveig].\nså kom Torgeir", known, "x.docx")
    assert found.where == "x.docx"
    assert DETECTOR in found.detectors


def test_hits_can_be_given(root: Path) -> None:
    cleared = clearance(load_material(studies.open_study(root)), hits=lambda _: [Hit(4, 7, "mine@1")])
    assert cleared.undecided([Span("K1", 0, 5)]) == [Undecided("K1:4-7", ("mine@1",))]
    assert cleared.undecided([Span("K1", 7, 9)]) == []


def test_what_several_detectors_see_is_one_place(root: Path) -> None:
    seen = [Hit(4, 7, "mine@1"), Hit(4, 12, "yours@1"), Hit(9, 12, "mine@1"), Hit(12, 15, "mine@1")]
    cleared = clearance(load_material(studies.open_study(root)), hits=lambda _: seen)
    assert cleared.undecided([Span("K1", 0, 20)]) == [
        Undecided("K1:4-12", ("mine@1", "yours@1")),
        Undecided("K1:12-15", ("mine@1",)),
    ]


def test_a_long_list_of_places_is_cut() -> None:
    error = Unresolved("x.docx", [Undecided(f"K1:{n}-{n + 1}", ("a@1",)) for n in range(60)])
    assert "60 places" in str(error)
    assert "and 20 more" in str(error)
    assert len(error.places) == 60


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_programs_own_words_are_known_in_every_kind_of_file(language: str) -> None:
    for suffix in ENDINGS.values():
        ours = framework(suffix, language, "apa")
        assert all(words_of(getattr(phrase, language)) <= ours for phrase in PHRASES.values())


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_study_without_names_needs_no_decision(
    qualkit: Callable, interviews: Callable, kind: str, language: str
) -> None:
    folder = interviews({"K1.txt": "I: Ja?\n\nK1: Vi måtte ringe og ringe.\n"})
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    settings = root / "study.yaml"
    settings.write_text(re.sub("(?m)^language: nb", f"language: {language}", settings.read_text()))
    qualkit("review", "--study", root, keys="a\n")
    ran = qualkit("export", kind, "--study", root)
    assert ran.code == 0, ran.err


def chosen(qualkit: Callable, root: Path, style: str, edits: str) -> object:
    settings = root / "study.yaml"
    settings.write_text(re.sub("(?m)^quotation_style: .*", f"quotation_style: {style}", settings.read_text()))
    (coding,) = studies.read_all_codings(studies.open_study(root))[0]
    (root / "themes.yaml").write_text(f"themes: [{{heading: Svar, codes: [telefon], quotations: [{coding.id}]}}]\n")
    (root / "quotations.yaml").write_text(edits.replace("ID", coding.id))
    return qualkit("themes", "table", "--study", root)


RAW = "Jeg måtte ringe Gudrun i Halden."


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ("", "nobody has approved"),
        (f"- {{coding: ID, raw: {RAW[:-1]}, edited: x, by: kari}}", "the words were changed"),
        (f"- {{coding: ID, raw: {RAW}, edited: Jeg måtte alltid ringe Gudrun i Halden., by: kari}}", "other words"),
    ],
)
def test_an_edited_quotation_needs_approval(qualkit: Callable, root: Path, edits: str, why: str) -> None:
    know(root)
    ran = chosen(qualkit, root, "hesitations-removed", edits)
    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert "Gudrun" not in ran.err


def test_an_approved_quotation_is_printed_as_approved_and_rendered(qualkit: Callable, root: Path) -> None:
    know(root)
    ran = chosen(
        qualkit, root, "normalised", f"- {{coding: ID, raw: {RAW}, edited: Eg måtte ringe Gudrun i Halden., by: k}}"
    )
    assert ran.code == 0, ran.err
    assert "Eg måtte ringe [Solveig] i [by i Østfold]." in " ".join(ran.out.split())


def test_the_name_of_a_file_is_looked_at_as_a_name(root: Path) -> None:
    know(root)
    cleared = clearance(load_material(studies.open_study(root)))

    assert cleared.strange_name(Path("out-html_kap4.docx"), frozenset()) == []
    (found,) = cleared.strange_name(Path("intervju-Torgeir.docx"), frozenset())
    assert found.where == "the file's own name"


def test_a_decided_age_stops_where_she_wrote_it_and_no_line_or_count(qualkit: Callable, root: Path) -> None:
    age = KNOWN + (
        "  - {id: a1, forms: ['17'], type: age, class: indirect, action: redact, by: kari, date: 2026-11-26}\n"
    )
    know(root, age)
    table = "theme;17;n\r\nÅ ringe;17;4\r\n"
    people = root / "participants.csv"

    people.write_text("id;labels;alder\nK1;K1;17\n", encoding="utf-8")
    assert clearance(load_material(studies.open_study(root))).leaks(table) == ["a1"]

    people.write_text("id;labels;alder\nK1;K1;16–19\n", encoding="utf-8")
    cleared = clearance(load_material(studies.open_study(root)))
    assert cleared.leaks(table) == []
    assert cleared.leaks("en 17-åring") == ["a1"]
    assert cleared.leaks(table, ["[16–19 år] var hun, sa hun"]) == []
    assert cleared.leaks(table, ["«Da var hun 17.»"]) == ["a1"]

    shared = root / "shared" / "transcripts"
    shared.mkdir(parents=True)
    (shared / "K1.txt").write_text("K1: Da var hun 17.\n", encoding="utf-8")
    with pytest.raises(SharedWouldLeak, match=r"K1\.txt:1"):
        search(shared.parent, cleared)


def test_a_pseudonym_in_a_transcripts_name_was_decided(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"Intervju Gudrun.txt": TALK["K1.txt"].replace("K1:", "K2:")})
    assert qualkit("code", folder).code == 0
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n")
    know(root)

    ran = qualkit("export", "csv", "--study", root)

    assert ran.code == 0, ran.err
    assert "Intervju [Solveig]" in written(root)
    assert "Gudrun" not in written(root)
