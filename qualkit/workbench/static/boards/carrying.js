// @ts-check
/** Cards carried from place to place by mouse, pen or finger. The keyboard has its own way, in the boards. */

import { el } from "../dom.js";

/** How far a mouse moves before it carries, and a finger before it scrolls. */
const FAR = 6;
/** Milliseconds that a finger holds a card before it has it. */
const HOLD = 350;
/** How near to an edge the columns begin to move, and how fast. */
const EDGE = 44;
const SPEED = 14;

/**
 * @typedef {object} How
 * @property {string} card What is carried, as a selector.
 * @property {string} place Where it can be put down, as a selector.
 * @property {(card: HTMLElement) => HTMLElement[]} all All that go along with a card that is taken.
 * @property {(cards: HTMLElement[], place: HTMLElement, before: HTMLElement | null) => void} drop `before` is the card
 *   that it was put down above; null for the end.
 * @property {() => boolean} [between] Whether it matters above which card it is put down.
 * @property {AbortSignal} signal
 */

/** Let cards below an element be carried. @param {HTMLElement} board @param {How} how */
export function carries(board, { card, place, all, drop, between = () => false, signal }) {
  /**
   * @type {{cards: HTMLElement[], x: number, y: number, ghost: HTMLElement | null, over: HTMLElement | null,
   *   before: HTMLElement | null, timer: ReturnType<typeof setTimeout> | undefined, waits: boolean, pointer: number} | null}
   */
  let carried = null;
  let scrolling = 0;

  const end = () => {
    clearTimeout(carried?.timer);
    cancelAnimationFrame(scrolling);
    scrolling = 0;
    carried?.ghost?.remove();
    carried?.over?.classList.remove("over");
    carried?.before?.classList.remove("before");
    for (const one of carried?.cards ?? []) one.classList.remove("carried", "held");
    board.classList.remove("carrying");
    carried = null;
  };

  const lift = () => {
    if (!carried) return;
    getSelection()?.removeAllRanges();
    carried.waits = false;
    const [first] = carried.cards;
    carried.ghost = el("div.ghost", { "aria-hidden": "true" }, el("p", { text: first.querySelector(".words, .name")?.textContent ?? first.textContent ?? "" }),
      carried.cards.length > 1 ? el("span.count", { text: String(carried.cards.length) }) : null);
    document.body.append(carried.ghost);
    board.classList.add("carrying");
    for (const one of carried.cards) {
      one.classList.remove("held");
      one.classList.add("carried");
    }
    follow();
  };

  /** Show what is carried where the pointer is, and where it would be put down. */
  const follow = () => {
    if (!carried?.ghost) return;
    carried.ghost.style.setProperty("translate", `${carried.x + 8}px ${carried.y + 8}px`);
    const there = document.elementFromPoint(carried.x, carried.y);
    const under = /** @type {HTMLElement | null} */ (there?.closest(place) ?? null);
    if (under !== carried.over) {
      carried.over?.classList.remove("over");
      under?.classList.add("over");
      carried.over = under;
    }
    const { cards, y } = carried;
    const near = between() && under ? [...under.querySelectorAll(card)].find((one) => !cards.includes(/** @type {HTMLElement} */ (one)) && y < middle(one)) ?? null : null;
    if (near !== carried.before) {
      carried.before?.classList.remove("before");
      near?.classList.add("before");
      carried.before = /** @type {HTMLElement | null} */ (near);
    }
  };

  /** At an edge what lies beyond comes along, as long as the pointer stays there. */
  const scroll = () => {
    scrolling = 0;
    if (!carried?.ghost) return;
    const { x, y, over } = carried;
    const columns = board.querySelector(".columns");
    const list = over?.querySelector("ul");
    const moved = [columns && along(columns, x, "scrollLeft"), list && along(list, y, "scrollTop")].some(Boolean);
    if (!moved) return;
    follow();
    scrolling = requestAnimationFrame(scroll);
  };

  board.addEventListener("pointerdown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (carried || event.button !== 0 || target.closest("a, button, input, textarea, select")) return;
    const taken = /** @type {HTMLElement | null} */ (target.closest(card));
    if (!taken) return;
    // A finger scrolls; it carries by the grip, or when it has held still for a moment.
    const finger = event.pointerType === "touch" && !target.closest(".grip");
    carried = { cards: all(taken), x: event.clientX, y: event.clientY, ghost: null, over: null, before: null, timer: undefined, waits: finger, pointer: event.pointerId };
    if (!finger) return;
    taken.classList.add("held");
    carried.timer = setTimeout(lift, HOLD);
  }, { signal });

  addEventListener("pointermove", (event) => {
    if (!carried || event.pointerId !== carried.pointer) return;
    if (!carried.ghost) {
      if (Math.hypot(event.clientX - carried.x, event.clientY - carried.y) < FAR) return;
      if (carried.waits) {
        end();
        return;
      }
      lift();
    }
    event.preventDefault();
    carried.x = event.clientX;
    carried.y = event.clientY;
    follow();
    if (!scrolling) scrolling = requestAnimationFrame(scroll);
  }, { signal });

  // As long as something is carried by a finger, the page does not move under it, and no menu opens.
  board.addEventListener("touchmove", (event) => {
    if (carried?.ghost && event.cancelable) event.preventDefault();
  }, { signal, passive: false });
  board.addEventListener("contextmenu", (event) => {
    if (carried?.ghost || carried?.waits) event.preventDefault();
  }, { signal });

  addEventListener("pointerup", (event) => {
    if (!carried || event.pointerId !== carried.pointer) return;
    const { cards, ghost, over, before } = carried;
    const put = ghost && over && board.contains(over) ? over : null;
    end();
    if (put) drop(cards, put, before);
  }, { signal });
  addEventListener("pointercancel", (event) => {
    if (event.pointerId === carried?.pointer) end();
  }, { signal });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && carried?.ghost) {
      event.preventDefault();
      end();
    }
  }, { signal, capture: true });
}

/** @param {Element} made */
function middle(made) {
  const box = made.getBoundingClientRect();
  return box.top + box.height / 2;
}

/**
 * Scroll something a little, where a pointer is near to one of its ends; whether it moved.
 * @param {Element} made @param {number} at @param {"scrollLeft" | "scrollTop"} way
 */
function along(made, at, way) {
  const box = made.getBoundingClientRect();
  const [low, high] = way === "scrollLeft" ? [box.left, box.right] : [box.top, box.bottom];
  const before = made[way];
  if (at > high - EDGE) made[way] += SPEED;
  else if (at < low + EDGE) made[way] -= SPEED;
  return made[way] !== before;
}
