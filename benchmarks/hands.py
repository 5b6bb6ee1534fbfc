"""One person at the page: what is pressed, typed, clicked and dragged is counted, step by step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FAR = 120
"""Presses of the tab key before a way is given up."""

_CHOSEN = "() => { const one = CSS.highlights.get('chosen'); return one?.size ? [...one][0].toString() : ''; }"


@dataclass
class Hands:
    """What a person does at a page.

    A key counts once, with ⇧ or Alt held or not; a letter that is typed is a key; a drag is a press, a way and a
    release; a turn of the wheel counts however far it goes.
    """

    page: Page
    step: str = ""
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def at(self, step: str) -> None:
        """Begin with another step."""
        self.step = step
        self.counts.setdefault(step, Counter())

    def _count(self, what: str, how_many: int = 1) -> None:
        self.counts[self.step][what] += how_many

    def key(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self._count("keys", times)

    def type(self, text: str) -> None:
        """Type one letter after the other."""
        self.page.keyboard.type(text)
        self._count("keys", len(text))
        self._count("of them letters", len(text))

    def tab(self, selector: str, *, back: bool = False) -> None:
        """Press the tab key until the focus is there.

        Raises:
            RuntimeError: If it is never reached.
        """
        for _ in range(_FAR):
            if self.page.evaluate("(one) => document.activeElement?.matches(one) ?? false", selector):
                return
            self.key("Shift+Tab" if back else "Tab")
        raise RuntimeError(f"the tab key does not reach {selector}")

    def chosen(self) -> str:
        """Return the words that are chosen in the text."""
        return str(self.page.evaluate(_CHOSEN))

    def click(self, selector: str, **how: Any) -> None:
        target = self.page.locator(selector, **how).first
        self._into_sight(target)
        target.click()
        self._count("clicks")

    def _into_sight(self, target: Any) -> None:
        box = target.bounding_box()
        size = self.page.viewport_size
        if box is None or size is None or box["y"] < 0 or box["y"] + box["height"] > size["height"]:
            target.scroll_into_view_if_needed()
            self._count("turns of the wheel")

    def select(self, words: str) -> None:
        """Drag over words of the text; the wheel first, where they are out of sight."""
        scrolled, box = self.page.evaluate(_BOX, words)
        if scrolled:
            self._count("turns of the wheel")
        mouse = self.page.mouse
        mouse.move(box[0] + 0.5, box[1])
        mouse.down()
        mouse.move(box[0] + 5, box[1])
        mouse.move(box[2] - 0.5, box[3], steps=3)
        mouse.up()
        self._count("drags")
        self.page.wait_for_selector(".float:not([hidden])")


_BOX = """(words) => {
  for (const turn of document.querySelectorAll('.speech')) {
    const nodes = [...turn.querySelectorAll('.line')].map((one) => one.firstChild).filter(Boolean);
    const at = nodes.map((one) => one.data).join('').indexOf(words);
    if (at < 0) continue;
    let before = 0;
    const range = document.createRange();
    for (const node of nodes) {
      const [from, to] = [at - before, at + words.length - before];
      if (from >= 0 && from < node.length) range.setStart(node, from);
      if (to > 0 && to <= node.length) range.setEnd(node, to);
      before += node.length;
    }
    let boxes = range.getClientRects();
    const scrolled = boxes[0].top < 110 || boxes[boxes.length - 1].bottom > innerHeight - 60;
    if (scrolled) range.startContainer.parentElement.scrollIntoView({block: 'center'});
    boxes = range.getClientRects();
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    return [scrolled, [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2]];
  }
  return null;
}"""
