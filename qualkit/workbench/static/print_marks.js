// @ts-check
/** Printed words in pieces: print forms, places that nobody has decided about, and names that would stop an export. */

import { el } from "./dom.js";
import { t } from "./words.js";

/** @param {[string, string]} given Words, and what they are. @returns {Node} */
export function piece([text, kind]) {
  const word = kind === "open" ? "print.undecided" : kind === "stop" ? "print.stops" : "";
  if (word) return el(`mark.${kind}`, { tabindex: 0, title: t(word), "aria-label": t(`${word}.named`, { words: text }), role: "note", text });
  return kind === "shown" ? el("span.shown", { text }) : document.createTextNode(text);
}

/**
 * Keys that go from one open place to the next.
 * @param {HTMLElement} main @returns {import("./keys.js").Key[]}
 */
export function steps(main) {
  /** @param {number} by */
  const step = (by) => {
    const marks = /** @type {HTMLElement[]} */ ([...main.querySelectorAll("mark, .stopped")]);
    if (!marks.length) return;
    const here = marks.indexOf(/** @type {any} */ (document.activeElement));
    const next = marks[(here + by + marks.length + (here < 0 && by < 0 ? 1 : 0)) % marks.length];
    next.focus();
    next.scrollIntoView({ block: "center" });
  };
  return [
    { keys: ["n", "ArrowDown"], word: "print.next", run: () => step(1) },
    { keys: ["ArrowUp"], word: "print.back", run: () => step(-1) },
  ];
}
