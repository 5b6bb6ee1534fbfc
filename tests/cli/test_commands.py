import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest

from qualkit.cli import COMMANDS

HERE = Path(__file__).resolve().parents[2]
ESCAPE = re.compile("\x1b")


def process(*arguments: str | Path, cwd: Path | None = None, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "qualkit", *map(str, arguments)],
        cwd=cwd,
        text=True,
        encoding="utf-8",
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE), "QUALKIT_CODER": "kari", **options.pop("env", {})},  # type: ignore[dict-item]
        **options,
    )


def on_a_terminal(*arguments: str, env: dict[str, str], cwd: Path) -> str:
    """Return what a command writes on a terminal."""
    near, far = pty.openpty()
    command = [sys.executable, "-m", "qualkit", *arguments]
    wanted = {**os.environ, "PYTHONPATH": str(HERE), "TERM": "xterm-256color", **env}
    with subprocess.Popen(command, cwd=cwd, stdin=far, stdout=far, stderr=far, env=wanted) as running:
        os.close(far)
        written = b""
        while True:
            try:
                part = os.read(near, 65536)
            except OSError:
                break
            if not part:
                break
            written += part
        running.wait(60)
    os.close(near)
    return written.decode("utf-8", "replace")


def commands() -> list[tuple[str, click.Command]]:
    found = []
    for name in COMMANDS:
        command = import_module(f"qualkit.cli.{name}").command
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {below}", each) for below, each in command.commands.items()]
    return found


def test_help_lists_every_command_in_the_order_of_the_work() -> None:
    ran = process("--help")
    assert ran.returncode == 0
    listed = re.findall(r"^  (\w+)  ", ran.stdout, re.MULTILINE)
    assert listed == list(COMMANDS)
    files = {path.stem for path in (HERE / "qualkit" / "cli").glob("*.py")}
    assert set(COMMANDS) <= files


def test_every_command_has_help_for_itself_and_for_every_option(qualkit: Callable) -> None:
    for name, command in commands():
        ran = qualkit(*name.split(), "--help")
        assert ran.code == 0
        assert len(command.help or "") > 20, name
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in ("method", "help"):
                assert option.help, (name, option.name)


def test_every_command_is_written_about() -> None:
    written = (HERE / "README.md").read_text() + "".join(path.read_text() for path in (HERE / "docs").glob("*.md"))
    for name, _ in commands():
        if name not in ("codebook", "themes", "themes table"):
            assert f"qualkit {name}" in written, name


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    script = (
        "import sys, qualkit.cli; qualkit.cli.group.get_command(None, 'code');"
        "heavy = 'spacy pandas numpy docx openpyxl lxml rich yaml'.split();"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=HERE)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["cod"], "code"),
        (["code", "--codbook", "x"], "--codebook"),
        (["themes", "matricx"], ""),
        (["export", "pdf"], ""),
    ],
)
def test_wrong_usage_is_two(qualkit: Callable, tmp_path: Path, arguments: list[str], near: str) -> None:
    ran = qualkit(*arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert near in ran.err
    assert "Usage: qualkit" in ran.err


def test_problems_are_one_and_told_on_stderr(qualkit: Callable, tmp_path: Path) -> None:
    for arguments in (
        ["check"],
        ["code"],
        ["log"],
        ["export", "word"],
        ["review"],
        ["themes", "matrix"],
        ["codebook", "show"],
    ):
        ran = qualkit(*arguments, cwd=tmp_path)
        assert (ran.code, ran.out) == (1, ""), arguments
        assert ran.err.startswith("Error: there is no study in")


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    qualkit("code", folder)
    root: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n")
    return root


JSON = [
    ("code",),
    ("check",),
    ("log",),
    ("codebook", "check"),
    ("codebook", "show"),
    ("codebook", "show", "--rule", "telefon", "--forms"),
    ("themes", "table"),
    ("themes", "matrix"),
]


@pytest.mark.parametrize("arguments", JSON)
def test_json_is_alone_on_stdout(study: Path, arguments: tuple[str, ...]) -> None:
    ran = process(*arguments, "--json", cwd=study)
    assert ran.returncode == 0, ran.stderr
    assert isinstance(json.loads(ran.stdout), list)
    assert not ESCAPE.search(ran.stdout + ran.stderr)


def test_output_that_is_piped_has_no_escape_codes(study: Path) -> None:
    for arguments in (
        ("code",),
        ("codebook", "show"),
        ("themes", "matrix"),
        ("review",),
        ("cod",),
        ("code", "finnes-ikke"),
    ):
        ran = process(*arguments, cwd=study, input="n\nn\nn\nn\n")
        assert not ESCAPE.search(ran.stdout + ran.stderr), arguments


@pytest.mark.parametrize("arguments", [("code",), ("code", "finnes-ikke"), ("codebook", "show"), ("log",)])
def test_no_color(study: Path, arguments: tuple[str, ...]) -> None:
    plain = on_a_terminal(*arguments, env={"NO_COLOR": "1"}, cwd=study)
    assert len(plain) > 20
    assert not re.search("\x1b\\[[0-9;]*3[0-9]", plain), plain
    coloured = on_a_terminal(*arguments, env={"NO_COLOR": ""}, cwd=study)
    assert ESCAPE.search(coloured)


def test_a_reader_that_stops_early_is_no_fault(study: Path) -> None:
    command = f'"{sys.executable}" -m qualkit codebook show --json | head -c 1'
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=study,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "[", "")


def test_output_in_an_encoding_without_the_letters_is_no_crash(study: Path) -> None:
    ran = process("code", cwd=study, env={"PYTHONIOENCODING": "ascii"})
    assert ran.returncode == 0
    assert "?" in ran.stdout


def test_the_trail_is_shown_and_filtered(qualkit: Callable, study: Path) -> None:
    ran = qualkit("log", "--study", study, "--json")
    assert [line["what"] for line in json.loads(ran.out)] == ["init", "add", "add", "draft", "code", "accept"]
    ran = qualkit("log", "--study", study, "--what", "accept", "--who", "kari", "--json")
    assert [line["who"] for line in json.loads(ran.out)] == ["kari"]
    assert qualkit("log", "--study", study, "--who", "ingen", "--json").out == "[]\n"


def test_the_codebook_is_checked_wherever_it_lies(qualkit: Callable, tmp_path: Path) -> None:
    book = tmp_path / "kodebok.yaml"
    book.write_text("codes:\n- name: Å\n  defintion: x\n")
    ran = qualkit("codebook", "check", book)
    assert ran.code == 1
    assert f"{book}:3:3: “defintion” is no key of a code" in ran.err
    assert "Did you mean “definition”?" in ran.err
    book.write_bytes("codes:\n- name: Å\n".encode("cp1252"))
    ran = qualkit("codebook", "check", book)
    assert ran.code == 1
    assert "kodebok.yaml:2: the file is not UTF-8 here" in ran.err


def test_a_faulty_codebook_is_shown_and_is_a_problem(qualkit: Callable, study: Path) -> None:
    (study / "codebook.yaml").write_text("codes:\n- name: Tid\n  defintion: x\n")
    ran = qualkit("codebook", "show", "--study", study)
    assert ran.code == 1
    assert "Tid" in ran.out


def test_a_rule_and_the_words_it_finds(qualkit: Callable, study: Path) -> None:
    ran = qualkit("codebook", "show", "--study", study, "--rule", "telefon", "--forms", "--json")
    assert {row["form"] for row in json.loads(ran.out)} == {"ringe", "ringer"}
    ran = qualkit("codebook", "show", "--study", study, "--rule", "telefn")
    assert (ran.code, "Did you mean “telefon”?" in ran.err) == (1, True)


def test_the_demo(qualkit: Callable, tmp_path: Path) -> None:
    ran = qualkit("demo", "å demo", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert (tmp_path / "å demo" / "exports" / "resultater.docx").exists()
    assert qualkit("check", "--study", "å demo", cwd=tmp_path).code == 0
    again = qualkit("demo", "å demo", cwd=tmp_path)
    assert again.code == 1
    assert "å demo is there already" in again.err
    assert qualkit("demo", "å demo", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "å demo.1" / "exports" / "resultater.docx").exists()
