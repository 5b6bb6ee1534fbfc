// @ts-check
/** Searching in the text that is open. */

import { calmly, el } from "../dom.js";
import { t } from "../words.js";
import { reveal } from "./choosing.js";

/**
 * @param {import("./sheet.js").Sheet} sheet
 * @param {(start: number, end: number) => void} choose
 */
export function search(sheet, choose) {
  /** @type {[number, number][]} */
  let hits = [];
  let at = -1;
  const told = el("span.told", { role: "status" });
  const input = el("input", {
    type: "search", placeholder: t("reading.search"), "aria-label": t("reading.search"),
    oninput: calmly(() => find(), 120),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        step(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape") {
        input.value = "";
        find();
        input.blur();
      }
    },
  });

  function find() {
    const wanted = input.value.trim();
    CSS.highlights?.delete("found");
    CSS.highlights?.delete("found-now");
    hits = [];
    at = -1;
    if (wanted) {
      const { offsets } = sheet;
      const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
      for (const turn of sheet.turns) {
        const base = offsets.units(turn.start);
        for (const found of offsets.slice(turn.start, turn.end).matchAll(pattern)) {
          hits.push([offsets.points(base + found.index), offsets.points(base + found.index + found[0].length)]);
        }
      }
      const ranges = hits.slice(0, 2000).map(([start, end]) => sheet.range(start, end)).filter((one) => one !== null);
      CSS.highlights?.set("found", Object.assign(new Highlight(...ranges), { priority: 70 }));
      step(1, false);
    }
    told.textContent = !wanted ? "" : hits.length ? t("reading.found", { at: at + 1, n: hits.length }) : t("reading.notfound");
  }

  /** @param {number} way @param {boolean} [chooses] */
  function step(way, chooses = true) {
    if (!hits.length) return;
    at = (at + way + hits.length) % hits.length;
    const [start, end] = hits[at];
    const range = sheet.range(start, end);
    if (range) {
      CSS.highlights?.set("found-now", Object.assign(new Highlight(range), { priority: 80 }));
      reveal(range);
    }
    if (chooses) {
      choose(start, end);
      input.focus();
    }
    told.textContent = t("reading.found", { at: at + 1, n: hits.length });
  }

  return {
    element: el("div.search", { role: "search" }, input, told),
    focus: () => { input.focus(); input.select(); },
    close: () => { CSS.highlights?.delete("found"); CSS.highlights?.delete("found-now"); },
  };
}
