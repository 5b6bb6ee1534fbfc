"""How quick the workbench is: a transcript of 60,000 words with 5,000 codings beside one of 10,000 words with 800.

    python -m benchmarks.workbench

Ratios, each against a measure of the same machine in the same minute: the first readable text against an empty page's
first paint, the server's answer to one coding against an atomic write of the same line; and the time from a key to the
painted passage, in milliseconds, at the 95th percentile.
"""

from __future__ import annotations

import random
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.serving import chromium, served

SIZES = (("small", 10_000, 800), ("large", 60_000, 5_000))
_WORDS = (
    "og jeg ringte kommunen ikke hun sa at det regnet vi ventet lenge på svar fra sykehuset men ingen visste".split()
)
_KEY = """async (key) => {
  const times = [];
  for (let i = 0; i < 60; i++) {
    const begun = performance.now();
    document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[57];
}"""
_ANSWER = """async ([id, start, end]) => {
  const begun = performance.now();
  const headers = {'content-type': 'application/json'};
  const body = JSON.stringify({start, end, codes: ['kode-1']});
  await (await fetch(`/api/transcripts/${id}/codings`, {method: 'POST', headers, body})).json();
  return performance.now() - begun;
}"""
_SEEN = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('.turn')) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.seen = performance.now(); }, 0));
}).observe(document, {childList: true, subtree: true});
"""
"""Notes when the first turn was painted, since the page was asked for."""
_PAINTED = "performance.getEntriesByType('paint').find((one) => one.name === 'first-paint')?.startTime"
_NOTHING = """async ([id]) => {
  const begun = performance.now();
  await (await fetch(`/api/transcripts/${id}/versions`)).json();
  return performance.now() - begun;
}"""


def make_study(root: Path) -> dict[str, list[tuple[int, int]]]:
    """Make a study of two long transcripts with codings; return the sentences of each."""
    from qualkit import study as studies
    from qualkit.adding import add_originals
    from qualkit.coding.codings import unit_at
    from qualkit.language.sentences import sentence_bounds
    from qualkit.model import Coding, Settings

    chance = random.Random(1)
    study = studies.create_study(root / "study", Settings("Bench", coders=("kari",)))
    book = "".join(f"  - {{id: kode-{number}, name: Kode {number}}}\n" for number in range(80))
    studies.save_codebook_text(study, f"codes:\n{book}")
    found = {}
    for name, words, codings in SIZES:
        lines, count = [], 0
        while count < words:
            said = [
                " ".join(chance.choices(_WORDS, k=chance.randint(5, 18))).capitalize() + "."
                for _ in range(chance.randint(2, 14))
            ]
            lines += [f"I: {said[0]}", f"K1: {' '.join(said[1:])}"]
            count += len(" ".join(said).split())
        original = root / f"{name}.txt"
        original.write_text("\n".join(lines), encoding="utf-8")
        add_originals(study, [original], who="kari")
        record, _ = studies.read_transcript(study, name)
        sentences = [each for turn in record.turns for each in sentence_bounds(record.text, turn.start, turn.end)]
        places = [chance.randrange(len(sentences) - 3) for _ in range(codings)]
        made = [
            Coding(
                secrets.token_hex(8),
                unit_at(record, sentences[at][0], sentences[at + chance.randint(0, 2)][1]),
                f"kode-{chance.randrange(80)}",
                "kari",
                "accepted",
                "manual",
                studies.now(),
                text_sha256=record.sha256,
            )
            for at in places
        ]
        studies.keep_text(study, record)
        studies.save_codings(study, "kari", name, made)
        found[name] = sentences
    return found


def _written(folder: Path) -> float:
    """Return the milliseconds of an atomic write of one line."""
    from qualkit import disk

    times = []
    for _ in range(15):
        begun = time.perf_counter()
        disk.write_atomically(folder / "line", b"x" * 600)
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def _when(page: Any, expression: str) -> float:
    """Return a moment of the page, once it has come; the page's policy lets nobody wait inside it."""
    for _ in range(1000):
        if (moment := page.evaluate(expression)) is not None:
            return float(moment)
        page.wait_for_timeout(10)
    raise TimeoutError(expression)


def measure(page: Any, base: str, name: str, sentences: list[tuple[int, int]], folder: Path) -> dict[str, float]:
    """Return the figures of one transcript."""
    painted, read = [], []
    for _ in range(5):
        page.goto("about:blank")
        page.goto(f"{base}static/icon.svg")
        painted.append(_when(page, _PAINTED))
        page.goto("about:blank")
        page.goto(f"{base}#/read/{name}")
        read.append(_when(page, "window.seen"))
    page.wait_for_selector(".tag")
    page.keyboard.press("ArrowDown")
    key = page.evaluate(_KEY, "ArrowDown")
    answers = [page.evaluate(_ANSWER, [name, *sentences[7 * number]]) for number in range(15)]
    nothing = [page.evaluate(_NOTHING, [name]) for _ in range(15)]
    answer, line = statistics.median(answers), _written(folder)
    return {
        "first text / empty page": statistics.median(read) / statistics.median(painted),
        "empty page, ms": statistics.median(painted),
        "key to paint, p95, ms": key,
        "answer / written line": answer / line,
        "answer, ms": answer,
        "written line, ms": line,
        "answer that writes nothing, ms": statistics.median(nothing),
    }


def main() -> int:
    """Measure, and print a table; 1 where there is no browser."""
    try:
        path = chromium()
    except ImportError as missing:
        print(missing, file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        root = Path(place)
        sentences = make_study(root)
        with served(root / "study") as address:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            context.add_cookies([address.cookie])
            page = context.new_page()
            page.add_init_script(_SEEN)
            figures = {name: measure(page, address.base, name, sentences[name], root) for name, _, _ in SIZES}
            browser.close()
    for figure in figures["small"]:
        print(f"{figure:32}" + "".join(f"{name:>10} {figures[name][figure]:8.1f}" for name in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
