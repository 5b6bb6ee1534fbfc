"""The documentation is true: what it shows runs, what it names is there, and what is there stands in it.

Comments in a page, which no reader sees, tell how its examples run; each stands right before the fence it is about:

    <!-- where: an empty folder -->     once a page; otherwise in a coded copy of the corpus, beside `my-study`
    <!-- write: codebook.yaml -->       the fence is a file
    <!-- type: a r q -->                before or after a fence of commands: what is typed while they run
    <!-- exits: 1 -->                   of the last command
    <!-- not run: why -->               a person must see to it that it is true

A fence of text right after commands is what they print, lines left out.
"""

from __future__ import annotations

import contextlib
import doctest
import inspect
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

import qualkit as package
from qualkit.cli import group

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = sorted(DOCS.rglob("*.md"))
NORWEGIAN = sorted((DOCS / "nb").glob("*.md"))
EVERYWHERE = [*PAGES, ROOT / "README.md"]

_FENCE = re.compile(
    r"((?:<!-- .*? -->\s*)*)^ *```([^\n`]*)\n(.*?)^ *```$((?:\s*<!-- type: .*? -->)?)", re.MULTILINE | re.DOTALL
)
_NOTE = re.compile(r"<!-- (where|write|type|exits|not run): (.*?) -->")

name_of = {page: page.relative_to(ROOT).as_posix() for page in EVERYWHERE}.get


@dataclass(frozen=True)
class Fence:
    """An example of a page, with what the comments around it say."""

    language: str
    text: str
    notes: dict[str, str]
    line: int


def fences(page: Path) -> list[Fence]:
    text = page.read_text(encoding="utf-8")
    return [
        Fence(
            found[2].strip(),
            textwrap.dedent(found[3]),
            dict(_NOTE.findall(found[1] + found[4])),
            text.count("\n", 0, found.start(3)),
        )
        for found in _FENCE.finditer(text)
    ]


def commands(group: click.Group = group, words: tuple[str, ...] = ("qualkit",)) -> Iterator[tuple[str, click.Command]]:
    with click.Context(group) as context:
        for word in group.list_commands(context):
            command = group.get_command(context, word)
            assert command is not None
            yield " ".join((*words, word)), command
            if isinstance(command, click.Group):
                yield from commands(command, (*words, word))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make docs` builds it: a warning is an error, links that lead nowhere are warnings."""
    folder = tmp_path_factory.mktemp("site")
    made = re.search(r"^\t\$\(BIN\)/python (-m sphinx -W .*) build/docs$", MAKEFILE, re.MULTILINE)
    assert made is not None
    done = subprocess.run(
        [sys.executable, *made[1].split(), str(folder)],
        check=False,
        capture_output=True,
        timeout=300,
        cwd=ROOT,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stderr
    return folder


def words_of(page: Path) -> str:
    """What a reader sees of a built page, white space as it comes."""
    from lxml import html

    return str(html.parse(str(page)).getroot().find(".//article").text_content())


def test_every_command_and_option_has_help_and_stands_in_the_reference(site: Path) -> None:
    reference = " ".join(words_of(site / "commands.html").split())
    for name, command in commands():
        assert command.help, name
        assert f" {name}" in reference
        assert " ".join(command.help.replace("`", "").split())[:50] in reference.replace("’", "'"), name
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.help, f"{name} {option.opts}"
                for written in (*option.opts, *option.secondary_opts):
                    assert written in reference, f"{name} {written}"


def test_every_public_name_has_an_example_and_stands_in_the_reference(site: Path) -> None:
    from lxml import html

    anchors = set(html.parse(str(site / "python.html")).getroot().xpath("//@id"))
    for name in package.__all__:
        assert f"qualkit.{name}" in anchors
        if name != "__version__":
            told = inspect.getdoc(getattr(package, name)) or ""
            assert re.search(r"^Example:\n    >>> ", told, re.MULTILINE), name


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    from lxml import html

    for page in site.rglob("*.html"):
        tree = html.parse(str(page)).getroot()
        loaded = tree.xpath("//link/@href | //*[self::script or self::img or self::iframe or self::source]/@src")
        assert [address for address in loaded if re.match(r"(https?:)?//", str(address))] == [], page.name
        assert not re.search(r"fetch\(|XMLHttpRequest|@import", "".join(map(str, tree.xpath("//script/text()"))))
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", style.read_text(encoding="utf-8")), style.name


@pytest.mark.parametrize("page", NORWEGIAN, ids=name_of)
def test_a_norwegian_page_and_its_english_one_name_each_other(page: Path) -> None:
    to_english = re.search(r"^\*\[In English\]\((.+)\)\*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert to_english is not None
    english = (page.parent / to_english[1]).resolve()
    to_norwegian = re.search(r"^\*\[På bokmål\]\((.+)\)\*$", english.read_text(encoding="utf-8"), re.MULTILINE)
    assert to_norwegian is not None
    assert (english.parent / to_norwegian[1]).resolve() == page.resolve()


@pytest.mark.parametrize("page", NORWEGIAN, ids=name_of)
def test_norwegian_pages_say_that_they_are(page: Path, site: Path) -> None:
    built = (site / page.relative_to(DOCS)).with_suffix(".html").read_text(encoding="utf-8")
    assert re.search(r'<html[^>]* lang="nb"', built)
    assert re.search(r'<html[^>]* lang="en"', (site / "index.html").read_text(encoding="utf-8"))


STC_WORDS = """meningsbærende enhet; foreløpige temaer; kodegruppe; subgruppe; kondensat; gullsitat; analytisk tekst;
    dekontekstualisering; rekontekstualisering; forforståelse; informasjonsstyrke; Malterud; Giorgi"""
TA_WORDS = """refleksiv tematisk analyse; sentralt organiserende begrep; temasammendrag; refleksivitet; semantisk;
    latent; induktiv; deduktiv; metning; Braun; Clarke"""


@pytest.mark.parametrize(("page", "words"), [("stc.md", STC_WORDS), ("tematisk-analyse.md", TA_WORDS)])
def test_the_norwegian_guides_use_the_words_of_the_field(page: str, words: str) -> None:
    text = " ".join((DOCS / "nb" / page).read_text(encoding="utf-8").casefold().split())
    assert [word for word in words.split(";") if word.strip().casefold() not in text] == []


@pytest.mark.parametrize("page", ["stc.md", "thematic-analysis.md", "nb/stc.md", "nb/tematisk-analyse.md"])
def test_the_guides_say_what_is_not_there_yet(page: str) -> None:
    text = " ".join((DOCS / page).read_text(encoding="utf-8").split())
    assert re.search("not anonymised|ikke anonymiser", text)


@pytest.mark.parametrize("page", [page for page in PAGES if "```sh" in page.read_text(encoding="utf-8")], ids=name_of)
def test_the_commands_of_a_page_run_and_print_what_it_shows(
    page: Path, tmp_path: Path, coded_corpus: Path, qualkit: Callable[..., Any]
) -> None:
    here = tmp_path / "my-study"
    if "<!-- where: an empty folder -->" in page.read_text(encoding="utf-8"):
        here = tmp_path
    else:
        shutil.copytree(coded_corpus, here)
        # The reader's own study, which the guide leads through its condensation, has none yet.
        (here / "condensates.yaml").unlink(missing_ok=True)
    printed = ""
    for fence in fences(page):
        where = f"{name_of(page)}:{fence.line}"
        if "not run" in fence.notes:
            assert len(fence.notes["not run"]) > 10, where
        elif "write" in fence.notes:
            path = here / fence.notes["write"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(fence.text, encoding="utf-8")
        elif fence.language == "sh":
            here, printed = run_lines(fence, where, here, qualkit)
        elif fence.language == "text" and printed:
            rest = iter(printed.splitlines())
            for line in filter(None, map(str.strip, fence.text.splitlines())):
                assert line == "…" or any(line in other for other in rest), f"{where}: {line}\n{printed}"
            printed = ""


def run_lines(fence: Fence, where: str, here: Path, qualkit: Callable[..., Any]) -> tuple[Path, str]:
    """Run the lines of a fence; return where one is then, and what was printed."""
    lines = [line for line in fence.text.replace("\\\n", " ").splitlines() if line.strip()]
    keys = fence.notes.get("type", "").replace(" ", "\n")
    printed = ""
    for number, line in enumerate(lines, 1):
        words = shlex.split(line, comments=True)
        if words[:1] == ["cd"]:
            here = (here / words[1]).resolve(strict=True)
        elif words:
            assert words[0] == "qualkit", f"{where}: not run by the tests, and no comment says why: {line}"
            ran = qualkit(*words[1:], keys=keys if number == len(lines) else "", cwd=here)
            expected = int(fence.notes.get("exits", "0")) if number == len(lines) else 0
            assert ran.code == expected, f"{where}: {line}\n{ran.out}{ran.err}"
            printed += ran.err + ran.out
    return here, printed


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")], ids=name_of
)
def test_the_python_of_a_page_runs(page: Path, coded_corpus: Path) -> None:
    text = "\n".join(fence.text for fence in fences(page) if fence.language == "python")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    assert test.examples
    told: list[str] = []
    with contextlib.chdir(coded_corpus.parent):
        result = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert result.failed == 0, "".join(told)


@pytest.mark.parametrize("page", EVERYWHERE, ids=name_of)
def test_a_page_names_only_files_that_are_there(page: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s#]+)", text):
        if not re.match(r"https?:", target):
            assert (page.parent / target).exists(), f"{name_of(page)}: {target}"
    ours = "|".join(sorted(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")))
    for path in re.findall(rf"`((?:{ours})/[^`\s*]+)`", text):
        built_or_made = path.startswith(("build/", "qualkit-env/"))
        assert built_or_made or (ROOT / path).exists() or path.startswith("exports/"), f"{name_of(page)}: {path}"


@pytest.mark.parametrize("page", EVERYWHERE, ids=name_of)
def test_a_page_names_only_commands_and_options_that_are_there(page: Path) -> None:
    known = dict(commands())
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"`(qualkit [^`\n]+)`", re.sub(r"\s*\n\s*", " ", text)):
        words = shlex.split(line.replace("…", ""))
        name = max((n for n in known if words[: len(n.split())] == n.split()), key=len, default="qualkit")
        command = known.get(name, group)
        options = {written for option in command.params for written in (*option.opts, *option.secondary_opts)}
        asked = {word for word in words if re.match(r"--?[a-z]", word)} - {"--help", "-h", "--version"}
        assert name != "qualkit" or len(words) == 1 or words[1].startswith("-"), f"{name_of(page)}: {line}"
        assert asked <= options, f"{name_of(page)}: {line}"
