"""What is made once for all tests, and where the examples run: beside `my-study`, a coded copy of a corpus."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parent / "corpora" / "fredag"


LONG = (
    "tests/test_package.py",
    "tests/workbench/",
    "tests/test_notebooks.py",
    "tests/test_reliability.py",
    "tests/cli/",
    "tests/test_docs.py",
    "tests/test_shipped.py",
    "tests/test_leaks.py",
)
"""Where the tests stand that take long: begun last they would keep one process waiting for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; all else stays in its order."""

    def rank(item: pytest.Item) -> int:
        return next((number for number, begin in enumerate(LONG) if item.nodeid.startswith(begin)), len(LONG))

    items.sort(key=rank)


@pytest.fixture(scope="session")
def coded_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the corpus after `qualkit code`: to be read or copied, not written to."""
    from qualkit.cli import group

    folder = tmp_path_factory.mktemp("corpus") / "my-study"
    shutil.copytree(CORPUS, folder)
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told), contextlib.suppress(SystemExit):
        group.main(["code", str(folder), "--coder", "kari"], standalone_mode=False)
    assert (folder / "transcripts" / "K1.txt").is_file(), told.getvalue()
    return folder


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return qualkit's wheel, built once for all tests that need it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(CORPUS.parents[1])]
    subprocess.run(build, check=True, capture_output=True, timeout=600)
    return next(folder.glob("qualkit_qda-*.whl"))


@pytest.fixture(autouse=True)
def _beside_a_study(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> Any:
    """Let the examples of `qualkit.notebook` find a study, as a notebook does."""
    if not (isinstance(request.node, pytest.DoctestItem) and request.node.name.startswith("qualkit.notebook")):
        yield
        return
    import qualkit

    corpus = request.getfixturevalue("coded_corpus")
    with contextlib.chdir(corpus.parent):
        doctest_namespace.update(qualkit=qualkit, study=qualkit.open_study("my-study"))
        yield
    for name in ("qualkit", "study"):
        del doctest_namespace[name]
