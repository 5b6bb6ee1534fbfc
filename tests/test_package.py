"""The wheel works where nothing of the checkout and no index is in reach, and the version is the same everywhere."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import docx
import openpyxl
import pytest

import qualkit

ROOT = Path(__file__).parents[1]


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    citation = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert changelog is not None
    assert citation is not None
    assert qualkit.__version__ == project["version"] == changelog.group(1) == citation.group(1)


@pytest.fixture(scope="module")
def wheelhouse(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make wheelhouse` collects."""
    folder = tmp_path_factory.mktemp("offline") / "wheelhouse"
    collect = [sys.executable, "-m", "wheelhouse", "--wheel", str(wheel), "--to", str(folder)]
    done = subprocess.run(
        collect, check=False, capture_output=True, timeout=1200, cwd=ROOT, encoding="utf-8", errors="replace"
    )
    if done.returncode and re.search(UNREACHABLE, done.stderr):
        pytest.skip("the package index cannot be reached, and a wheelhouse is filled from it")
    assert done.returncode == 0, done.stderr
    return folder


UNREACHABLE = (
    "NewConnectionError|Failed to establish a new connection|NameResolutionError|Temporary failure in name resolution"
    "|Connection(?:Reset|Refused)?Error|Network is unreachable|ConnectTimeout|ReadTimeout|ProxyError"
)


def commands(wheelhouse: Path, system: str) -> list[str]:
    """The lines that INSTALL.txt gives for a system, the same in both languages."""
    text = (wheelhouse / "INSTALL.txt").read_text(encoding="utf-8")
    english, norwegian = (
        re.findall(rf"^   {system}[^\n]*:\n((?:   .+\n)+)", part, re.MULTILINE) for part in text.split("BOKMÅL")
    )
    assert english == norwegian
    assert len(english) == 1
    return [line.strip() for line in english[0].splitlines()]


def test_a_wheelhouse_installs_and_runs_the_demo_without_an_index(wheelhouse: Path) -> None:
    lines = commands(wheelhouse, "Windows" if os.name == "nt" else "Linux")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV", "PIP_"))}
    # What this machine's pip is told about other sources would hide that a wheel is missing.
    # Compiling every module of every wheel beforehand would take longer than all else; a negated option is set by "no".
    clean |= {"PIP_CONFIG_FILE": os.devnull, "PYTHONIOENCODING": "utf-8", "PIP_NO_COMPILE": "no"}

    told = ""
    for line in lines:
        words = [
            sys.executable if word in ("python3", "py") else word for word in shlex.split(line, posix=os.name != "nt")
        ]
        words = [word for word in words if not re.fullmatch(r"-3\.\d+", word)]
        program = wheelhouse / words[0] if words[0].startswith("qualkit-env") else words[0]
        ran = subprocess.run(
            [str(program), *words[1:]],
            check=False,
            capture_output=True,
            timeout=600,
            env=clean,
            cwd=wheelhouse,
            encoding="utf-8",
        )
        assert ran.returncode == 0, ran.stderr
        told = ran.stdout

    word = docx.Document(str(wheelhouse / "qualkit-demo" / "exports" / "resultater.docx"))
    assert "Den som kjenner noen, får svar" in [row.cells[0].text for row in word.tables[0].rows]
    sheets = openpyxl.load_workbook(wheelhouse / "qualkit-demo" / "exports" / "resultater.xlsx").sheetnames
    assert len(sheets) == 1 + 7
    assert "Varselet om utskriving" in told
    assert (wheelhouse / "qualkit-demo" / "transcripts" / "K1.txt").read_text(encoding="utf-8").endswith("\n")


def test_a_wheelhouse_says_for_what_it_was_made(wheelhouse: Path) -> None:
    text = (wheelhouse / "INSTALL.txt").read_text(encoding="utf-8")
    assert f"Python {sys.version_info.major}.{sys.version_info.minor} on {sysconfig.get_platform()}," in text
    assert not re.search("PYTHON_VERSION|PLATFORM|QUALKIT", text)
    assert commands(wheelhouse, "Windows")[1] == (
        r"qualkit-env\Scripts\python -m pip install --no-index --find-links . qualkit-qda"
    )
    sums = dict(reversed(line.split("  ")) for line in (wheelhouse / "SHA256SUMS").read_text().splitlines())
    wheels = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in wheelhouse.glob("*.whl")}
    assert sums == wheels
    assert any(name.startswith("qualkit_qda-") for name in wheels)


def test_a_wheelhouse_is_not_made_in_a_folder_that_holds_other_things(tmp_path: Path) -> None:
    (tmp_path / "K1.docx").write_bytes(b"an interview")
    collect = [sys.executable, "-m", "wheelhouse", "--to", str(tmp_path)]
    done = subprocess.run(collect, check=False, capture_output=True, timeout=60, cwd=ROOT, encoding="utf-8")
    assert done.returncode == 2
    assert "holds other things" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["K1.docx"]
