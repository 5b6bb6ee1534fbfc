// @ts-check
/** The participants as a table; every column stays. */

import { el } from "../dom.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("app.people"),
  async open(page, _, current) {
    let table = await page.api.get("/api/participants");
    if (!current()) return;
    let changed = false;
    const fill = () => page.main.replaceChildren(drawn());
    const save = async () => {
      try {
        page.saving();
        const rows = [...page.main.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")].map((cell) => cell.value));
        const answer = await page.api.post("/api/participants", { columns: table.columns, rows, version: table.version });
        page.steps(answer);
        changed = false;
        table = await page.api.get("/api/participants");
        fill();
        page.saved();
      } catch (error) {
        page.fail(error);
      }
    };
    /** @param {string[]} cells @param {number} number */
    const row = (cells, number) => el("tr", {}, ...table.columns.map((/** @type {string} */ name, /** @type {number} */ n) => el(n === 0 ? "th" : "td", { scope: n === 0 ? "row" : null },
      el("input", { type: "text", value: cells[n] ?? "", readonly: table.workbook, autocomplete: "off", spellcheck: false,
        "aria-label": t("people.cell", { name, row: number + 1 }), oninput: () => (changed = true) }))),
      !table.workbook && el("td", {}, el("button.quiet.square", { type: "button", "aria-label": t("people.remove", { row: number + 1 }), text: "×",
        onclick: (/** @type {any} */ event) => { changed = true; event.currentTarget.closest("tr").remove(); } })));
    const drawn = () => {
      const body = el("tbody", {}, ...table.rows.map(row));
      const name = el("input", { type: "text", id: "column", autocomplete: "off" });
      return el("form.start.wide.people", { onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); save(); } },
        el("h1", { text: t("app.people") }), el("p.under", { text: t("people.under") }),
        table.workbook && el("p.warn", { text: t("people.workbook") }),
        table.problems.length > 0 && el("section.problems", {}, el("ul", {}, ...table.problems.map((/** @type {any} */ one) =>
          el(`li.${one.severity}`, {}, el("span.place", { text: `${one.file}${one.line ? `:${one.line}` : ""}` }), el("span", { text: one.message }), one.hint && el("span.hint", { text: one.hint }))))),
        el("div.scroll", { tabindex: 0, role: "region", "aria-label": t("app.people") }, el("table", {},
          el("thead", {}, el("tr", {}, ...table.columns.map((/** @type {string} */ column) => el("th", { scope: "col", text: known(column) })), !table.workbook && el("td", {}))), body)),
        !table.workbook && el("div.row", {},
          el("button.primary", { type: "submit", text: t("app.save") }),
          el("button", { type: "button", text: t("people.more"), onclick: () => {
            body.append(row([], body.children.length));
            changed = true;
            body.lastElementChild?.querySelector("input")?.focus();
          } }),
          el("label", { for: "column", text: t("people.column") }), name,
          el("button", { type: "button", text: t("people.addcolumn"), onclick: () => {
            const wanted = name.value.trim();
            if (!wanted || table.columns.some((/** @type {string} */ one) => one.toLowerCase() === wanted.toLowerCase())) return;
            table.rows = [...body.querySelectorAll("tr")].map((line) => [...line.querySelectorAll("input")].map((cell) => cell.value));
            table.columns.push(wanted);
            changed = true;
            fill();
          } })));
    };
    fill();
    const watching = page.watch(["participants"], async () => {
      if (changed) page.tell(t("people.changed"), t("people.changed.hint"));
      else {
        table = await page.api.get("/api/participants");
        fill();
      }
    });
    return {
      keys: [{ keys: ["Mod+s"], word: "app.save", run: save }],
      async refresh() {
        table = await page.api.get("/api/participants");
        fill();
      },
      close: () => watching.stop(),
    };
  },
};

/** @param {string} column */
function known(column) {
  const word = t(`people.is.${column}`);
  return word === `people.is.${column}` ? column : word;
}
