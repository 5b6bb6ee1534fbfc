// @ts-check
/** Themes and codes against participants, or against what groups them; every cell leads to its passages. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { collated } from "./collating.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("matrix.nav"),
  async open(page, [by], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    let counts = "";
    const element = el("div.matrix");
    const fill = async () => {
      const query = new URLSearchParams({ ...(by ? { by } : {}), ...(counts ? { counts } : {}) });
      const state = await page.api.get(`/api/matrix?${query}`);
      if (!current()) return;
      draw(state);
    };

    /** @param {any} state */
    const draw = (state) => {
      const numbers = el("input", { type: "checkbox", onchange: async () => {
        counts = numbers.checked ? "yes" : "no";
        await fill();
        element.querySelector("input")?.focus();
      } });
      numbers.checked = state.counts;
      const tabs = [["", t("matrix.participants")], ...state.attributes.map((/** @type {string} */ name) => [name, name])];
      element.replaceChildren(
        el("h1", { text: t("matrix.title") }),
        el("div.board-bar", {},
          el("nav.tabs", { "aria-label": t("matrix.against") }, ...tabs.map(([key, name]) => el("a", { href: key ? `#/matrix/${encodeURIComponent(key)}` : "#/matrix", "aria-current": key === state.by ? "page" : null, text: name }))),
          el("label.row", {}, numbers, el("span", { text: t("matrix.counts") }))),
        state.units ? table(state) : el("p.empty", { text: t("matrix.none") }),
        ...state.notes.map((/** @type {string} */ text) => el("p.fine-print", { text })));
    };

    await fill();
    if (!current()) return;
    page.main.replaceChildren(element);
    const watching = page.watch(["codings", "themes", "codebook", "participants"], fill);
    return { refresh: fill, close: () => watching.stop(), keys: [
      { word: "key.matrix.move", keys: ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"], run: (event) => move(element, event.key) },
    ] };
  },
};

/** @param {any} state */
function table(state) {
  return el("div.scroll", { tabindex: 0, role: "region", "aria-label": t("matrix.title") }, el("table", {},
    el("thead", {}, el("tr", {}, el("td"), ...state.columns.map((/** @type {any} */ one) => el("th", { scope: "col", text: one.label })))),
    el("tbody", {}, ...state.rows.map((/** @type {any} */ row) => el("tr", { class: row.heading ? "theme-row" : null },
      el("th", { scope: "row", style: { "--depth": String(row.depth) } }, el("a", { href: collated(row.codes), text: row.name })),
      ...row.cells.map((/** @type {any} */ cell, /** @type {number} */ number) => {
        if (cell === null) return el("td");
        const column = state.columns[number];
        const told = t("matrix.cell", { row: row.name, column: column.label, what: state.counts ? String(cell) : t("matrix.there") });
        return el("td", {}, el("a.cell", { href: collated(row.codes, state.by || "participant", column.key), "aria-label": told, title: told },
          state.counts ? String(cell) : el("span.dot", { "aria-hidden": "true" })));
      }))))));
}

/** @param {HTMLElement} element @param {string} key */
function move(element, key) {
  const all = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("tbody a")]);
  const now = /** @type {HTMLElement} */ (document.activeElement);
  if (!all.includes(now)) {
    all[0]?.focus();
    return;
  }
  const box = now.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const down = key === "ArrowDown" || key === "ArrowUp";
  const way = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  let best = null;
  let least = Infinity;
  for (const one of all) {
    const other = one.getBoundingClientRect();
    const [dx, dy] = [other.left + other.width / 2 - x, other.top + other.height / 2 - y];
    const along = (down ? dy : dx) * way;
    if (along < 4) continue;
    const far = along + Math.abs(down ? dx : dy) * 4;
    if (far < least) [best, least] = [one, far];
  }
  best?.focus();
  best?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
