"""Files nobody meant to write: every parser says what is wrong, and none breaks, hangs or reaches outside."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.reliability.editable import FEEDS
from benchmarks.reliability.fuzzing import HOSTILE, targets
from qualkit import study as studies
from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codings import check_codings, parse_codings
from qualkit.errors import Problem
from qualkit.transcripts.canonical import parse_transcript
from qualkit.transcripts.formats import FORMATS, format_of
from qualkit.transcripts.participants import parse_participants
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.yamltext import parse_yaml

TARGETS = targets()


@st.composite
def spoiled(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return a sound file with pieces taken out, doubled, changed, and hostile ones put in."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 4))):
        at, stop = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        stop = min(stop, at + 200)
        what = draw(st.sampled_from(["cut", "end", "twice", "put", "byte"]))
        if what == "cut":
            data = data[:at] + data[stop:]
        elif what == "end":
            data = data[:at]
        elif what == "twice":
            data = data[:stop] + data[at:]
        elif what == "put":
            data = data[:at] + draw(st.sampled_from(HOSTILE)) + data[at:]
        elif data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_a_spoiled_file_breaks_no_parser(name: str) -> None:
    target = TARGETS[name]
    seeds = [seed for seed in target.seeds() if len(seed) < 20_000] or target.seeds()[:1]

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(spoiled(seeds))
    def feed(data: bytes) -> None:
        target.feed(data)

    feed()


def test_every_format_that_is_read_is_fuzzed() -> None:
    assert {one.suffixes[0].lstrip(".") for one in FORMATS} <= set(TARGETS)


def seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def told(problems: list[Problem]) -> str:
    return "\n".join(f"{problem}" for problem in problems)


def test_a_hundred_levels_of_nesting_are_told() -> None:
    for deep in ("[" * 100 + "]" * 100, "{a: " * 100 + "}" * 100, "\n".join(" " * n + f"k{n}:" for n in range(100))):
        _, problems = parse_codebook(f"codes: {deep}\n" if "\n" not in deep else deep)
        assert "nested deeper than 60" in told(problems)


def test_aliases_that_explode_are_not_expanded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]\n" for n in range(50))
    assert seconds(lambda: parse_yaml(bomb, "study.yaml", "study")) < 1
    assert "aliases (*name) are not read here" in told(parse_yaml(bomb, "study.yaml", "study")[1])


def test_a_regular_expression_that_explodes_is_told_in_time() -> None:
    text = "codes:\n- {id: a, name: A, rules: ['re:(a+)+$', 're:(\\w|\\w\\w)*x', 're:((((((((a*)*)*)*)*)*)*)*b']}\n"
    assert seconds(lambda: parse_codebook(text)) < 20


def test_a_table_of_a_million_rows_is_told_and_not_read_to_its_end() -> None:
    data = b"id;rolle\n" + b"".join(b"K%d;a\n" % number for number in range(1_000_000))
    begin = time.perf_counter()
    people, problems = parse_participants(data, "participants.csv")
    assert len(people) < 20_000
    assert told(problems) == "participants.csv:20001:1: the file has more than 20,000 lines"
    assert time.perf_counter() - begin < 60


def test_a_sheet_of_a_million_empty_rows_is_told() -> None:
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    book.active.append(("id",))  # type: ignore[union-attr]
    book.active["A1048576"] = "K1"  # type: ignore[index]
    book.save(made)
    _, problems = parse_participants(made.getvalue(), "participants.xlsx")
    assert told(problems) == "participants.xlsx:20001:1: the file has more than 20,000 lines"


def test_a_formula_in_a_cell_is_text() -> None:
    people, _ = parse_participants(b'id;rolle\nK1;"=HYPERLINK(""http://x"")"\n', "participants.csv")
    assert people[0].attributes["rolle"] == '=HYPERLINK("http://x")'


def test_an_entity_or_a_dtd_in_a_word_file_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "word/document.xml",
            '<!DOCTYPE a SYSTEM "http://example.org/x.dtd" [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        )
    with pytest.raises(UnreadableOriginal, match="DOCTYPE"):
        format_of(".docx").read(made.getvalue())


RECORD = parse_transcript("---\nid: K1\nspeakers:\n  K1: {role: participant}\n---\nK1: Jeg ringte.\n", "K1.txt")[0]
LINE = {
    "id": "1",
    "transcript": "K1",
    "start": 4,
    "end": 7,
    "text": "Jeg",
    "code": "a",
    "coder": "kari",
    "status": "accepted",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": 10**6}, "no longer holds the words coded"),
        ({"start": 10**6, "end": 10**6}, "no longer holds the words coded"),
        ({"start": -3}, "the line is no coding"),
        ({"start": 7, "end": 4}, "the line is no coding"),
        ({"start": 4.0}, "the line is no coding"),
        ({"start": True}, "the line is no coding"),
        ({"end": 10**30}, "the line is no coding"),
        ({"status": "perhaps"}, "the line is no coding"),
        ({"transcript": "../../K1"}, "a coding of another transcript"),
        ({"text": 7}, "the line is no coding"),
    ],
)
def test_a_coding_line_that_cannot_be_is_told(change: dict[str, object], said: str) -> None:
    codings, problems = parse_codings(json.dumps({**LINE, **change}).encode(), "K1.jsonl", "K1")
    problems += check_codings(codings, RECORD, "K1.jsonl")
    assert said in told(problems)
    assert all(problem.line == 1 and problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"id":"\xff"}', "K1.jsonl:1:1: the line is no coding"),
        (b"\0\0\0\0", "K1.jsonl:1:1: the line is no coding"),
        (json.dumps(LINE).encode() + b'\n{"id":"2","tra', "K1.jsonl:2:1: the line is no coding"),
        (b"[" * 100_000, "K1.jsonl:1:1: the line is no coding"),
        (b"null\n[]\n7\n", "K1.jsonl:3:1: the line is no coding"),
        (b"<<<<<<< HEAD\n=======\n>>>>>>> b\n", "K1.jsonl:1:1: a merge conflict was left in the file"),
    ],
)
def test_a_broken_coding_file_is_told_line_by_line(data: bytes, said: str) -> None:
    assert said in told(parse_codings(data, "K1.jsonl", "K1")[1])


def test_equal_lines_are_read_once_and_different_ones_of_one_id_are_told() -> None:
    line = json.dumps(LINE).encode()
    codings, problems = parse_codings(line + b"\n" + line + b"\n", "K1.jsonl", "K1")
    assert (len(codings), problems) == (1, [])
    other = json.dumps({**LINE, "status": "rejected"}).encode()
    codings, problems = parse_codings(line + b"\n" + other + b"\n", "K1.jsonl", "K1")
    assert [str(problem) for problem in problems] == ["K1.jsonl:2:1: the coding id 1 stands on line 1 already"]


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    qualkit("code", folder)
    made: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", made, keys="a\nr\na\na\n")
    return made


CONFLICT = "<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> kari\n"


@pytest.mark.parametrize(
    "file",
    [
        *("study.yaml", "codebook.yaml", "themes.yaml", "participants.csv", "trail.jsonl", "transcripts/K1.txt"),
        *("codings/kari/K1.jsonl", "codings/_rules/K1.jsonl", "readings/kari.jsonl", "memos/tanker.md"),
    ],
)
@pytest.mark.parametrize("where", ["first", "last"])
def test_a_conflict_left_in_any_file_is_told_with_its_line(
    qualkit: Callable, root: Path, file: str, where: str
) -> None:
    path = root / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text() if path.is_file() else "themes: []\n" if file == "themes.yaml" else ""
    line = 1 if where == "first" else before.count("\n") + 1
    path.write_text(CONFLICT + before if where == "first" else before + CONFLICT)
    for arguments in (("check",), ("code",), ("export", "word"), ("log",), ("themes", "matrix")):
        ran = qualkit(*arguments, "--study", root)
        assert "broke off" not in ran.err
        if arguments == ("check",):
            assert ran.code == 1
            assert f"{file}:{line}:1: a merge conflict was left in the file\n  Two versions met in git" in ran.err
    assert path.read_text() in (CONFLICT + before, before + CONFLICT)


NEEDED_BY = {
    "condensates.yaml": ("condense",),
    "condensed.yaml": ("export", "word"),
    "framework.yaml": ("framework",),
    "guide.yaml": ("guide",),
    "quotations.yaml": ("quotations", "edit"),
    "reflections/kari.yaml": ("read",),
    "reporting.yaml": ("export", "appendix"),
    "private/identities.yaml": ("anonymise", "check"),
}


@pytest.mark.parametrize("file", NEEDED_BY)
@pytest.mark.parametrize("where", ["first", "last"])
def test_a_conflict_left_in_a_file_of_the_analysis_is_told_with_its_line(
    qualkit: Callable, root: Path, file: str, where: str
) -> None:
    before = FEEDS[{"reflections/kari.yaml": "reflections"}.get(file, Path(file).name)][1].decode()
    path = root / file
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text(CONFLICT + before if where == "first" else before + CONFLICT)
    path.chmod(0o600)
    line = 1 if where == "first" else before.count("\n") + 1
    for arguments in (("check",), NEEDED_BY[file], ("themes", "matrix"), ("log",)):
        ran = qualkit(*arguments, "--study", root)
        assert "broke off" not in ran.err
        if arguments in (("check",), NEEDED_BY[file]):
            assert f"{file}:{line}:1: a merge conflict was left in the file\n  Two versions met in git" in ran.err
    assert path.read_text() in (CONFLICT + before, before + CONFLICT)


def test_a_trail_that_git_merged_is_in_the_order_of_time_and_tells_nothing_twice(root: Path) -> None:
    study = studies.open_study(root)
    path = root / "trail.jsonl"
    before, _ = studies.read_trail(study)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[-1], *lines]))
    later = lines[-1].replace(b'"when":"20', b'"when":"30')
    path.write_bytes(b"".join([later, lines[-1], *lines]))
    after, problems = studies.read_trail(study)
    assert problems == []
    assert [decision.when for decision in after] == sorted(decision.when for decision in after)
    assert after[-1].when.startswith("30")
    assert len(after) == len(before) + 1


def test_git_keeps_the_lines_of_two_branches(root: Path) -> None:
    text = (root / ".gitattributes").read_text()
    for file in ("trail.jsonl", "readings/*.jsonl", "codings/*/*.jsonl"):
        assert f"{file} merge=union" in text


ESCAPES = "\x1b]0;x\x07\x1b[31m\x9b31m\u202e"
SHOWN = [
    *(("check",), ("log",), ("codebook", "show"), ("codebook", "check"), ("themes", "table"), ("themes", "matrix")),
    *(("review",), ("code",), ("themes", "matrix", "--by", f"ro{ESCAPES}lle"), ("log", "--json"), ("check", "--json")),
]


@pytest.mark.parametrize("arguments", SHOWN)
def test_nothing_in_a_study_commands_the_terminal(qualkit: Callable, root: Path, arguments: tuple[str, ...]) -> None:
    (root / "codebook.yaml").write_text(
        'codes:\n- id: telefon\n  name: "Å ri\\x1bnge\\u009b"\n  definition: "d\\x1b]0;x\\a"\n'
        f'  {ESCAPES}: 1\n  rules: ["lemma:ringe"]\n'
    )
    (root / "participants.csv").write_text(f"id;ro{ESCAPES}lle\nK1;a{ESCAPES}\nK2;b\n")
    (root / "themes.yaml").write_text('themes:\n- heading: "A\\x1b[31m"\n  codes: [telefon, "x\\x1bx"]\n')
    with (root / "trail.jsonl").open("a") as trail:
        made = {"when": "2026-11-01T10:00:00Z", "who": f"k{ESCAPES}", "what": "x", "object": ESCAPES}
        trail.write(json.dumps(made) + "\n")
    (root / "study.yaml").write_text((root / "study.yaml").read_text().replace("title: ", 'title: "\\x1b[31mT" #'))
    (root / f"codebook {ESCAPES} (1).yaml").write_text("")
    ran = qualkit(*arguments, "--study", root, keys="n\nn\nn\n")
    assert "broke off" not in ran.err
    for printed in (ran.out, ran.err):
        assert not any(letter in printed for letter in "\x1b\x9b\x07")
