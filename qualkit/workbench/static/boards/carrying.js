// @ts-check
/** Cards carried from place to place by mouse, pen or finger. The keyboard has its own way, in the boards. */

import { el } from "../dom.js";

const FAR = 6;

/**
 * Let cards below an element be carried.
 * @param {HTMLElement} board
 * @param {object} how
 * @param {string} how.card What is carried, as a selector.
 * @param {string} how.place Where it can be put down, as a selector.
 * @param {(card: HTMLElement) => HTMLElement[]} how.all All that go along with a card that is taken.
 * @param {(cards: HTMLElement[], place: HTMLElement) => void} how.drop
 * @param {AbortSignal} how.signal
 */
export function carries(board, { card, place, all, drop, signal }) {
  /** @type {{cards: HTMLElement[], x: number, y: number, ghost: HTMLElement | null, over: HTMLElement | null} | null} */
  let carried = null;

  const end = () => {
    carried?.ghost?.remove();
    carried?.over?.classList.remove("over");
    for (const one of carried?.cards ?? []) one.classList.remove("carried");
    board.classList.remove("carrying");
    carried = null;
  };

  board.addEventListener("pointerdown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.button !== 0 || target.closest("a, button, input, textarea, select")) return;
    // A finger scrolls; it carries by the grip alone.
    if (event.pointerType === "touch" && !target.closest(".who")) return;
    const taken = /** @type {HTMLElement | null} */ (target.closest(card));
    if (taken) carried = { cards: all(taken), x: event.clientX, y: event.clientY, ghost: null, over: null };
  }, { signal });

  addEventListener("pointermove", (event) => {
    if (!carried) return;
    if (!carried.ghost) {
      if (Math.hypot(event.clientX - carried.x, event.clientY - carried.y) < FAR) return;
      getSelection()?.removeAllRanges();
      const first = carried.cards[0];
      carried.ghost = el("div.ghost", { "aria-hidden": "true" }, el("p", { text: first.querySelector(".words")?.textContent ?? first.textContent ?? "" }),
        carried.cards.length > 1 ? el("span.count", { text: String(carried.cards.length) }) : null);
      document.body.append(carried.ghost);
      board.classList.add("carrying");
      for (const one of carried.cards) one.classList.add("carried");
    }
    event.preventDefault();
    carried.ghost.style.setProperty("translate", `${event.clientX + 8}px ${event.clientY + 8}px`);
    const under = /** @type {HTMLElement | null} */ (document.elementFromPoint(event.clientX, event.clientY)?.closest(place) ?? null);
    if (under !== carried.over) {
      carried.over?.classList.remove("over");
      under?.classList.add("over");
      carried.over = under;
    }
    const columns = board.querySelector(".columns");
    const box = columns?.getBoundingClientRect();
    if (columns && box && event.clientX > box.right - 40) columns.scrollLeft += 12;
    if (columns && box && event.clientX < box.left + 40) columns.scrollLeft -= 12;
  }, { signal });

  addEventListener("pointerup", () => {
    const done = carried;
    const put = done?.ghost && done.over && board.contains(done.over) ? done.over : null;
    end();
    if (done && put) drop(done.cards, put);
  }, { signal });
  addEventListener("pointercancel", end, { signal });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && carried?.ghost) {
      event.preventDefault();
      end();
    }
  }, { signal, capture: true });
}
