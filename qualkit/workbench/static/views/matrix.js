// @ts-check
/** Themes and codes against participants, or against what groups them; every cell leads to its passages. */

import { all, el } from "../dom.js";
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
      element.replaceChildren(
        el("h1", { text: t("matrix.title") }),
        el("div.board-bar", {},
          tabs(state.attributes, `matrix/${state.by}`),
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

/**
 * What there is to look at.
 * @param {string[]} attributes @param {string} here @param {"" | "printed/"} [side] As it is worked with, or as it would be printed.
 */
export function tabs(attributes, here, side = "") {
  const known = [["matrix/", t("matrix.participants")], ...attributes.map((name) => [`matrix/${name}`, name]), ["balance", t("balance.nav")]];
  return el("nav.tabs", { "aria-label": t("matrix.against") }, ...known.map(([key, name]) =>
    el("a", { href: `#/${(side + key).split("/").filter(Boolean).map(encodeURIComponent).join("/")}`, "aria-current": key === here ? "page" : null, text: name })));
}

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

/**
 * To the next cell with something in it.
 * @param {HTMLElement} element @param {string} key
 */
function move(element, key) {
  const rows = all(element, "tbody tr").map((row) => [...row.children].map((cell) => /** @type {HTMLElement | null} */ (cell.querySelector("a"))));
  let at = rows.findIndex((row) => row.some((one) => one === document.activeElement));
  let column = at < 0 ? 0 : rows[at].indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (at < 0) {
    rows[0]?.[0]?.focus();
    return;
  }
  const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[key] ?? [0, 0];
  do {
    at += down;
    column += right;
  } while (rows[at] && column >= 0 && column < rows[at].length && !rows[at][column]);
  const next = rows[at]?.[column];
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
