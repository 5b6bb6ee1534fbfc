"""Every word of the page is there in bokmål, nynorsk and English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualkit.workbench.serving import STATIC

_LINE = re.compile(r'^\s*"([^"]+)":\s*"((?:[^"\\]|\\.)*)",?\s*$', re.M)


def _words(path: Path) -> dict[str, dict[str, str]]:
    """Return the texts of a words file by language: files of one language, or of all three."""
    text = path.read_text("utf-8")
    parts = re.split(r"export const (\w+) = ", text)
    return {
        re.sub(r"^.*?(nb|nn|en).*$", r"\1", name.lower()): dict(_LINE.findall(body))
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_the_three_languages_say_the_same_things() -> None:
    languages: dict[str, dict[str, str]] = {}
    for path in [*sorted((STATIC / "words").glob("n?.js")), STATIC / "words" / "en.js"]:
        languages |= _words(path)
    assert set(languages) == {"nb", "nn", "en"}
    for language in ("nn", "en"):
        assert languages[language].keys() == languages["nb"].keys()
    for key in languages["nb"]:
        held = {tuple(sorted(re.findall(r"\{\w+\}", words[key]))) for words in languages.values()}
        assert len(held) == 1, key
        assert all(words[key].strip() for words in languages.values()), key


def test_no_text_is_asked_for_that_is_not_there() -> None:
    known = set()
    for path in (STATIC / "words").glob("*.js"):
        known |= set(re.findall(r'"([\w.-]+(?: \w+)?)":', path.read_text("utf-8")))
    asked = set()
    for path in STATIC.rglob("*.js"):
        if path.parent.name != "words":
            asked |= set(re.findall(r'\bt\("([^"]+)"', path.read_text("utf-8")))
    assert asked - known == set()
    assert len(asked) > 60


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_nothing_reads_html_or_asks_outside(path: Path) -> None:
    code = path.read_text("utf-8")
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert forbidden not in code
    assert not re.findall(r"https?://(?!www\.w3\.org)", code)
    assert code.startswith("// @ts-check")


@pytest.mark.parametrize("name", ["index.html", "page.css", "reading.css", "print.css"])
def test_page_and_styles_fetch_nothing_from_elsewhere(name: str) -> None:
    text = (STATIC / name).read_text("utf-8")
    assert "//" not in text.replace("/*", "").replace("*/", "")
    assert "<script>" not in text
    assert " style=" not in text
