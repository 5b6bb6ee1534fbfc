// @ts-check
/** The balance of the quotations that are chosen: for the writer alone. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { tabs } from "./matrix.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("balance.nav"),
  async open(page, _, current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const element = el("div.matrix.balance");
    const fill = async () => {
      const state = await page.api.get("/api/balance");
      if (!current()) return;
      const told = state.tables.filter((/** @type {any} */ one) => one.rows.length);
      element.replaceChildren(
        el("h1", { text: t("balance.title") }),
        el("div.board-bar", {}, tabs(state.attributes, "balance")),
        el("p.fine-print", { text: t("balance.hint") }),
        ...(told.length ? told.map(table) : [el("p.empty", { text: t("balance.none") })]));
    };
    await fill();
    if (!current()) return;
    page.main.replaceChildren(element);
    const watching = page.watch(["codings", "themes", "condensates", "participants"], fill);
    return { refresh: fill, close: () => watching.stop() };
  },
};

/** @param {any} one */
function table(one) {
  return el("section", {},
    el("h2", { text: one.title }),
    el("div.scroll", { tabindex: 0, role: "region", "aria-label": one.title }, el("table", {},
      el("thead", {}, el("tr", {}, ...one.columns.map((/** @type {any} */ each) => el("th", { scope: "col", text: each.label })))),
      el("tbody", {}, ...one.rows.map((/** @type {any[]} */ row) => el("tr", {}, ...row.map((cell, number) =>
        el(number ? "td" : "th", { scope: number ? null : "row", class: one.columns[number].number ? "number" : "text", text: cell === null ? "" : String(cell) }))))))),
    ...one.notes.map((/** @type {string} */ text) => el("p.fine-print", { text })));
}
