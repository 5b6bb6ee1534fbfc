import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import disk, undoing
from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.errors import QualkitError
from qualkit.model import Decision

THEMES = "# mine\n- heading: Telefonen\n  codes: [telefon, vente]  # to\n"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    """A study where kari has accepted two proposals and rejected one; one waits."""
    folder = interviews()
    qualkit("code", folder)
    root: Path = folder.with_name("interviews-study")
    (root / "themes.yaml").write_text(THEMES)
    qualkit("review", "--study", root, keys="a\na\nr\nq\n")
    return root


def codings(root: Path, coder: str = "kari") -> list[tuple[str, str, str]]:
    study = studies.open_study(root)
    found = [c for name in ("K1", "K2") for c in studies.read_codings(study, coder, name)[0]]
    return [(coding.unit.text, coding.code, coding.status) for coding in found]


def trail(root: Path) -> list[dict[str, object]]:
    return list(map(json.loads, (root / "trail.jsonl").read_text().splitlines()))


def files(root: Path) -> dict[str, bytes]:
    """What a study says; the trail, which only grows, and what is kept for undo are left out."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {".qualkit", "history", "trail.jsonl"} & set(path.relative_to(root).parts)
    }


RING, WAIT, ALWAYS = "Jeg måtte ringe kommunen.", "Da måtte jeg vente.", "Vi venter alltid på svar."
NOBODY = "Ingen ringer oss."


def test_a_rename_reaches_everything_that_names_the_code(qualkit: Callable, root: Path) -> None:
    ran = qualkit("codebook", "rename", "telefon", "ringe", "--name", "Ringe", "--study", root, "--why", "kortere")
    assert ran.code == 0, ran.err
    assert codings(root) == [(RING, "ringe", "accepted"), (WAIT, "vente", "accepted"), (ALWAYS, "vente", "rejected")]
    assert (NOBODY, "ringe", "proposed") in codings(root, "_rules")
    assert (root / "themes.yaml").read_text() == THEMES.replace("telefon,", "ringe,")
    last = trail(root)[-1]
    assert (last["what"], last["before"], last["after"], last["why"]) == (
        "codebook rename",
        {"id": "telefon", "name": "Å ringe"},
        {"id": "ringe", "name": "Ringe"},
        "kortere",
    )
    assert check_study(studies.open_study(root)) == []


def test_what_was_decided_is_not_asked_again_after_a_rename(qualkit: Callable, root: Path) -> None:
    for old, new in (("telefon", "ringe"), ("vente", "ventetid")):
        qualkit("codebook", "rename", old, new, "--study", root)
    qualkit("code", root)
    ran = qualkit("review", "--study", root, keys="q\n")
    assert "1 of 1" in ran.out
    assert f"»{NOBODY}«" in ran.out
    assert {code for _, code, _ in codings(root, "_rules")} == {"ringe", "ventetid"}
    origins = {c.origin for c in studies.read_codings(studies.open_study(root), "kari", "K1")[0]}
    assert origins == {"rule:ringe", "rule:ventetid"}


def test_a_name_alone_touches_no_coding(qualkit: Callable, root: Path) -> None:
    before = files(root)
    qualkit("codebook", "rename", "telefon", "--name", "Telefonen", "--study", root)
    after = files(root)
    assert [path for path in before if before[path] != after[path]] == ["codebook.yaml"]
    assert b"name: Telefonen\n" in after["codebook.yaml"]


def test_a_code_renamed_by_hand_is_noticed_and_carried_along(qualkit: Callable, root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(book.read_text().replace("id: telefon", "id: telefoner"))
    qualkit("code", root)
    ran = qualkit("check", "--study", root)
    assert "it looks as if “telefon” was renamed “telefoner”" in ran.err
    assert "qualkit codebook rename telefon telefoner --codings-only" in ran.err
    ran = qualkit("codebook", "rename", "telefon", "telefoner", "--codings-only", "--study", root)
    assert ran.code == 0, ran.err
    assert codings(root)[0] == (RING, "telefoner", "accepted")
    assert qualkit("check", "--study", root).code == 0
    qualkit("code", root)
    assert "1 of 1" in qualkit("review", "--study", root, keys="q\n").out


def test_a_deleted_code_is_not_taken_for_a_renamed_one(qualkit: Callable, root: Path) -> None:
    (root / "codebook.yaml").write_text("codes: [{id: vente, rules: ['lemma:vente']}, {id: Avstand}]\n")
    assert "looks as if" not in qualkit("check", "--study", root).err


def test_a_merge_keeps_one_of_two_and_says_so(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K1", "vente", RING, "--memo", "To ting.", "--study", root)
    ran = qualkit("codebook", "merge", "telefon", "vente", "--into", "vente", "--study", root)
    assert ran.code == 0, ran.err
    assert codings(root) == [(RING, "vente", "accepted"), (WAIT, "vente", "accepted"), (ALWAYS, "vente", "rejected")]
    assert "1 codings become equal to another" in ran.err
    book = (root / "codebook.yaml").read_text()
    assert '#     rules: ["lemma:ringe"]\n- id: vente\n' in book
    assert (root / "themes.yaml").read_text() == THEMES.replace("telefon, ", "")


def test_a_deletion_that_gives_codings_away_says_which_were_equal(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K1", "vente", RING, "--study", root)
    both = {json.loads(line)["id"] for line in (root / "codings/kari/K1.jsonl").read_text().splitlines()[:2]}
    ran = qualkit("codebook", "delete", "telefon", "--codings-to", "vente", "--study", root)
    assert "1 codings become equal to another" in ran.err
    [kept] = [json.loads(line)["id"] for line in (root / "codings/kari/K1.jsonl").read_text().splitlines()[:1]]
    assert trail(root)[-1]["after"] == {"codings_to": "vente", "equal_codings": {(both - {kept}).pop(): kept}}


def test_nothing_is_deleted_while_codings_or_themes_stand(qualkit: Callable, root: Path) -> None:
    before = files(root)
    ran = qualkit("codebook", "delete", "telefon", "--study", root)
    assert (ran.code, files(root)) == (1, before)
    assert "codings stand on “telefon” (kari: 1)" in ran.err
    ran = qualkit("codebook", "delete", "telefon", "--drop-codings", "--study", root)
    assert (ran.code, files(root)) == (1, before)
    assert "themes name “telefon”: “Telefonen”" in ran.err
    ran = qualkit("codebook", "delete", "telefon", "--drop-codings", "--out-of-themes", "--study", root)
    assert ran.code == 0, ran.err
    assert codings(root) == [(WAIT, "vente", "accepted"), (ALWAYS, "vente", "rejected")]
    assert {code for _, code, _ in codings(root, "_rules")} == {"vente"}
    qualkit("undo", "--study", root)
    assert files(root) == before
    ran = qualkit("codebook", "delete", "telefon", "--codings-to", "vente", "--study", root)
    assert ran.code == 0, ran.err
    assert codings(root)[0] == (RING, "vente", "accepted")
    assert check_study(studies.open_study(root)) == []


@pytest.mark.parametrize(
    "command",
    [
        ["rename", "telefon", "ringe"],
        ["merge", "telefon", "vente", "--into", "telefon"],
        ["split", "vente", "--into", "telefon,ny"],
        ["move", "vente", "--under", "telefon"],
        ["delete", "telefon", "--codings-to", "vente"],
    ],
)
def test_a_dry_run_shows_what_a_run_does_and_writes_nothing(qualkit: Callable, root: Path, command: list[str]) -> None:
    before = files(root)
    shown = qualkit("codebook", *command, "-n", "--study", root)
    assert shown.code == 0, shown.err
    assert files(root) == before
    assert not (root / "history/undo/begun.json").exists()
    done = qualkit("codebook", *command, "--study", root, "--why", "derfor", keys="q\n")
    assert done.code == 0, done.err
    assert done.out.splitlines()[1] in shown.out
    after = files(root)
    for path in {path for path in {*before, *after} if before.get(path) != after.get(path)}:
        assert path in shown.out
    assert trail(root)[-1]["why"] == "derfor"
    assert qualkit("undo", "--study", root).code == 0
    assert files(root) == before
    assert qualkit("undo", "--redo", "--study", root).code == 0
    assert files(root) == after


def test_a_split_asks_is_resumed_and_told_of(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K2", "vente", "Ingen ringer oss.", "--study", root)
    ran = qualkit("codebook", "split", "vente", "--into", "ny,telefon", "--study", root, keys="2\nu\n1\nq\n")
    assert "[1] ny  [2] Å ringe  [s]tays Å vente" in ran.out
    assert "Taken back." in ran.err
    assert "1 decided, 1 waiting." in ran.err
    assert "codings of “vente” that wait for its split: 1" in qualkit("check", "--study", root).err
    ran = qualkit("codebook", "split", "vente", "--study", root, keys="x\n2\n")
    assert "1 decided, 0 waiting." in ran.err
    assert "split" not in qualkit("check", "--study", root).err
    assert sorted(code for _, code, status in codings(root) if status == "accepted") == ["ny", "telefon", "telefon"]
    assert "no split of “vente” is open" in qualkit("codebook", "split", "vente", "--study", root).err


def test_a_split_is_taken_from_a_file(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    study = studies.open_study(root)
    mine = next(c for c in studies.read_codings(study, "kari", "K1")[0] if c.code == "vente")
    table = tmp_path / "s.csv"
    table.write_text(f"coding;code\n{mine.id};ny\n")
    ran = qualkit("codebook", "split", "vente", "--into", "ny", "--from", table, "--study", root)
    assert ran.code == 0, ran.err
    assert (WAIT, "ny", "accepted") in codings(root)
    table.write_text("nobody;ny\n")
    ran = qualkit("codebook", "split", "ny", "--into", "vente,ny", "--from", table, "--study", root)
    assert "1 ids are no codings of “ny”" in ran.err or "none of the codes" in ran.err


def test_undo_goes_back_through_sittings_and_refuses_over_an_edit(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K2", "telefon", "Ingen ringer oss.", "--study", root)
    before = files(root)
    qualkit("codebook", "rename", "vente", "ventetid", "--study", root)
    (root / "themes.yaml").write_text("- heading: Noe annet\n")
    ran = qualkit("undo", "--study", root)
    assert ran.code == 1
    assert "“codebook rename vente” was not taken back: edited since: themes.yaml" in ran.err
    assert qualkit("undo", "--force", "--study", root).code == 0
    assert files(root) == before
    for what in ("mark K2", "review"):
        assert f"Taken back: {what}" in qualkit("undo", "--study", root).err
    assert codings(root) == []
    assert "there is no change that can be taken back" in qualkit("undo", "--study", root).err
    assert qualkit("undo", "--redo", "--study", root).code == 0
    assert [code for _, code, _ in codings(root)] == ["telefon", "vente", "vente"]


class Stopped(BaseException):
    """The process is gone."""


def test_a_change_broken_off_anywhere_is_finished_by_the_next_command(
    qualkit: Callable, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "wanted"
    shutil.copytree(root, wanted)
    command = ("codebook", "merge", "telefon", "vente", "--into", "vente")
    qualkit(*command, "--study", wanted)
    write, append = disk.write_atomically, disk.append_line
    for at in range(40):
        here = tmp_path / f"broken-{at}"
        shutil.copytree(root, here)
        left = [at]

        def count() -> None:
            left[0] -= 1  # noqa: B023
            if left[0] < 0:  # noqa: B023
                raise Stopped

        def stopping_write(path: Path, data: bytes, **how: bool) -> None:
            if ".qualkit" not in path.parts:
                count()
            write(path, data, **how)

        def stopping_append(path: Path, data: bytes) -> None:
            count()
            append(path, data)

        with monkeypatch.context() as patch:
            patch.setattr(disk, "write_atomically", stopping_write)
            patch.setattr(disk, "append_line", stopping_append)
            try:
                ran = qualkit(*command, "--study", here)
            except Stopped:
                ran = None
        begun = (here / "history/undo/begun.json").is_file()
        told = qualkit("check", "--study", here).err
        assert ("was finished: codebook merge" in told) == begun
        merged = [line for line in trail(here) if line["what"] == "codebook merge"]
        assert files(here) == files(wanted if begun or ran else root)
        assert len(merged) == (1 if begun or ran else 0)
        if ran is not None:
            break
        shutil.rmtree(here)
    assert at > 8


def test_only_the_last_changes_and_their_bytes_are_kept(root: Path) -> None:
    study = studies.open_study(root)
    for number in range(undoing.KEPT + 12):
        told = Decision("2026", "kari", "test", str(number))
        undoing.carry_out(study, told, {"themes.yaml": f"# {number}\n".encode()})
    kept = undoing.changes(study)
    assert [change.object for change in kept] == [str(number) for number in range(12, undoing.KEPT + 12)]
    assert len(list((root / "history/undo").glob("*.z"))) == undoing.KEPT + 1


def test_a_list_that_names_a_file_outside_the_study_is_not_carried_out(qualkit: Callable, root: Path) -> None:
    begun = studies.begun_path(studies.open_study(root))
    line = {"path": "../outside.txt", "before": None, "after": "00"}
    change = {"number": 0, "kind": "change", "of": 0, "what": "x", "object": "", "who": "", "when": ""}
    begun.write_text(json.dumps({**change, "files": [line], "told": None}))
    qualkit("check", "--study", root)
    assert not begun.exists()
    assert not (root.parent / "outside.txt").exists()


STYLES = [
    "codes:\n- id: telefon\n  name: Å ringe\n  rules: ['lemma:ringe']\n- id: vente\n  rules: ['lemma:vente']",
    (
        "# topp\r\ncodes:   # alle\r\n    -   id:    telefon  # a\r\n        name:  Å ringe\r\n"
        "    -   id:    'vente'\r\n        definition: |\r\n            Å vente,\r\n            lenge.\r\n# bunn\r\n"
    ),
    "- telefon   # bare navn\n# mellom\n- vente\n- id: tom\n  children:   # under\n    # her\n    - id: barn\n",
    (
        "codes:\n  - {id: telefon, name: Å ringe}   # kort\n  - id: vente\nsets:\n  - name: Begge\n"
        "    members:\n    - telefon  # en\n    - vente\n  - {name: En, members: [vente]}\n"
    ),
]


def test_random_changes_and_undos_leave_a_sound_study(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    """200 changes in 20 studies: every coding stays on its words, and undo gives every byte back."""
    done = 0
    for seed in range(20):
        chance = random.Random(seed)
        here = tmp_path / f"study-{seed}"
        shutil.copytree(root, here)
        (here / "codebook.yaml").write_bytes(STYLES[seed % len(STYLES)].encode())
        (here / "codings/ola").mkdir()
        shutil.copy(here / "codings/kari/K1.jsonl", here / "codings/ola/K1.jsonl")
        before = [files(here)]
        for step in range(10):
            book = studies.good_codebook(studies.open_study(here))
            codes = [code.id for code in book.walk()]
            one, two = chance.choice(codes), chance.choice(codes)
            command = chance.choice(
                [
                    ["rename", one, f"k{step}"],
                    ["rename", one, "--name", f"Navn: {step}"],
                    ["merge", one, two, "--into", two],
                    ["split", one, "--into", f"s{step},{two}"],
                    ["move", one, "--under", two],
                    ["move", one, "--before", two],
                    ["delete", one, "--codings-to", two],
                    ["undo"],
                ]
            )
            if command == ["undo"]:
                if len(before) == 1:
                    continue
                ran = qualkit("undo", "--study", here)
                if ran.code == 0:
                    before.pop()
                    assert files(here) == before[-1], (seed, step)
                continue
            ran = qualkit("codebook", *command, "--study", here)
            assert "broke off" not in ran.err, (seed, step, command, ran.err)
            if ran.code == 0:
                done += 1
                before.append(files(here))
            else:
                assert files(here) == before[-1], (seed, step, command)
            faults = [p for p in check_study(studies.open_study(here)) if p.severity == "error" and p.check != "themes"]
            assert faults == [], (seed, step, command)
            assert {text for text, _, _ in codings(here)} == {RING, WAIT, ALWAYS}
            assert {text for text, _, _ in codings(here, "ola")} == {RING, WAIT}
        while len(before) > 1:
            assert qualkit("undo", "--study", here).code == 0
            before.pop()
            assert files(here) == before[-1], seed
    assert done > 90


def test_messages_hold_no_words_of_informants(qualkit: Callable, root: Path) -> None:
    for command in (["rename", "x", "y"], ["delete", "telefon"], ["merge", "telefon", "--into", "telefon"]):
        ran = qualkit("codebook", *command, "--study", root)
        assert ran.code == 1
        assert "kommunen" not in ran.out + ran.err
    with pytest.raises(QualkitError, match="no change that can be made again"):
        undoing.next_back(studies.open_study(root), redo=True)


CONDENSATES = """# grupper
groups:
- code: telefon
  name: Å få svar
  subgroups:
  - id: ring
    name: Ring
    units: [R]  # den rikeste
    condensate: |
      Jeg måtte ringe.
- code: vente   # den andre
  subgroups:
  - id: stille
    name: Stille
    units:
    - W
    golden: W
"""


@pytest.fixture
def condensed(root: Path) -> Path:
    """The study with a code group for each code."""
    found = studies.read_codings(studies.open_study(root), "kari", "K1")[0]
    ids = {coding.code: coding.id for coding in found}
    text = CONDENSATES.replace("R]", f"{ids['telefon']}]").replace("W\n", f"{ids['vente']}\n")
    (root / "condensates.yaml").write_text(text)
    assert "condensates" not in qualkit_check(root)
    return root


def qualkit_check(root: Path) -> str:
    return "\n".join(str(problem) for problem in check_study(studies.open_study(root)))


def groups(root: Path) -> dict[str, list[str]]:
    found, problems = studies.read_condensates(studies.open_study(root))
    assert problems == []
    return {group.code: [subgroup.id for subgroup in group.subgroups] for group in found}


def test_code_groups_follow_a_rename_and_can_be_taken_back(qualkit: Callable, condensed: Path) -> None:
    before = (condensed / "condensates.yaml").read_text()
    qualkit("codebook", "rename", "telefon", "ringe", "--study", condensed, "--why", "")
    assert (condensed / "condensates.yaml").read_text() == before.replace("code: telefon", "code: ringe")
    assert check_study(studies.open_study(condensed)) == []
    qualkit("undo", "--study", condensed)
    assert (condensed / "condensates.yaml").read_text() == before


def test_code_groups_of_merged_codes_are_joined(qualkit: Callable, condensed: Path) -> None:
    ran = qualkit("codebook", "merge", "telefon", "vente", "--into", "vente", "--study", condensed, "--why", "")
    assert ran.code == 0, ran.err
    assert groups(condensed) == {"vente": ["stille", "ring"]}
    text = (condensed / "condensates.yaml").read_text()
    assert text.startswith("# grupper\ngroups:\n- code: vente   # den andre\n")
    assert "# den rikeste\n    condensate: |\n      Jeg måtte ringe.\n" in text
    assert studies.read_condensates(studies.open_study(condensed))[0][0].was == ("Å få svar",)
    assert "condensates.yaml" not in qualkit_check(condensed)


def test_a_code_with_subgroups_is_not_deleted_unawares(qualkit: Callable, condensed: Path) -> None:
    before = files(condensed)
    arguments = (
        "codebook",
        "delete",
        "telefon",
        "--drop-codings",
        "--out-of-themes",
        "--study",
        condensed,
        "--why",
        "",
    )
    ran = qualkit(*arguments)
    assert ran.code == 1
    assert "subgroups stand in the code group of “telefon”: ring" in ran.err
    assert files(condensed) == before
    assert qualkit(*arguments, "--drop-group").code == 0
    assert groups(condensed) == {"vente": ["stille"]}


def test_a_deleted_code_s_subgroups_go_where_its_codings_go(qualkit: Callable, condensed: Path) -> None:
    ran = qualkit("codebook", "delete", "vente", "--codings-to", "telefon", "--study", condensed, "--why", "")
    assert ran.code == 0, ran.err
    assert groups(condensed) == {"telefon": ["ring", "stille"]}
    assert "condensates.yaml" not in qualkit_check(condensed)


def test_a_split_says_which_units_left_their_subgroups(qualkit: Callable, condensed: Path, tmp_path: Path) -> None:
    [unit] = studies.read_condensates(studies.open_study(condensed))[0][0].subgroups[0].units
    (tmp_path / "d.csv").write_text(f"id;code\n{unit.coding};kortnummer\n")
    arguments = ("--into", "kortnummer", "--from", tmp_path / "d.csv", "--study", condensed, "--why", "")
    ran = qualkit("codebook", "split", "telefon", *arguments)
    assert "1 units placed in subgroups of “telefon” have another code now" in ran.err
    assert "has the code “kortnummer”, not “telefon”" in qualkit_check(condensed)


def test_a_moved_code_changes_no_group(qualkit: Callable, condensed: Path) -> None:
    before = (condensed / "condensates.yaml").read_bytes()
    qualkit("codebook", "move", "vente", "--before", "telefon", "--study", condensed, "--why", "")
    assert (condensed / "condensates.yaml").read_bytes() == before
