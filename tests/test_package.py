"""The wheel works where nothing of the checkout is in reach, and the version is the same everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import docx
import openpyxl

import qualkit

ROOT = Path(__file__).parents[1]


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    citation = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert changelog is not None
    assert citation is not None
    assert qualkit.__version__ == project["version"] == changelog.group(1) == citation.group(1)


def test_the_wheel_runs_the_demo_in_a_clean_environment(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=600)
    wheel = next((tmp_path / "dist").glob("qualkit_qda-*.whl"))
    venv.create(tmp_path / "clean", with_pip=True)
    binaries = tmp_path / "clean" / ("Scripts" if os.name == "nt" else "bin")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True, timeout=1200, env=environment, cwd=tmp_path)

    demo = subprocess.run(
        [str(binaries / "qualkit"), "demo", "demo"],
        check=False,
        capture_output=True,
        timeout=300,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        cwd=tmp_path,
        encoding="utf-8",
    )

    assert demo.returncode == 0, demo.stderr
    word = docx.Document(str(tmp_path / "demo" / "exports" / "resultater.docx"))
    assert "Den som kjenner noen, får svar" in [row.cells[0].text for row in word.tables[0].rows]
    sheets = openpyxl.load_workbook(tmp_path / "demo" / "exports" / "resultater.xlsx").sheetnames
    assert len(sheets) == 1 + 6
    assert "Varselet om utskriving" in demo.stdout
    assert (tmp_path / "demo" / "transcripts" / "K1.txt").read_text(encoding="utf-8").endswith("\n")
