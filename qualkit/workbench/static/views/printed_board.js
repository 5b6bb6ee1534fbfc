// @ts-check
/** A board as an export would print it. */

import { at } from "../api.js";
import { flowing } from "../boards/field.js";
import { el } from "../dom.js";
import { piece, steps } from "../print_marks.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: ([what]) => t(what === "condense" ? "print.condensing" : "print.themes"),
  async open(page, [what, code], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const themes = what !== "condense";
    const path = themes ? "/api/printed/themes" : code ? at`/api/printed/condensing/${code}` : "/api/printed/condensing";
    const fill = async () => {
      const shown = await page.api.get(path);
      if (current()) page.main.replaceChildren(drawn(shown, themes));
    };
    await fill();
    const watching = page.watch(["identities", "transcripts", "participants", "codings", "codebook", "condensates", "themes", "study"], fill);
    return { keys: steps(page.main), refresh: fill, close: () => watching.stop() };
  },
};

/** @param {any} shown @param {boolean} themes */
function drawn(shown, themes) {
  const place = shown.others.findIndex((/** @type {any} */ one) => one.code === shown.code);
  /** @param {any} one @param {string} word */
  const other = (one, word) => place >= 0 && one && el("a", { href: `#/printed/condense/${encodeURIComponent(one.code)}`, text: `${t(word)}: ${one.name}` });
  const missing = shown.blocks.filter((/** @type {any} */ one) => one.kind === "missing" || one.kind === "unprinted").length;
  const clear = !shown.open && !shown.stops;
  return el("article.printview.board-print", {},
    el("h1", { text: shown.name ? `${t("print.condensing")}: ${shown.name}` : t(themes ? "print.themes" : "print.condensing") }),
    el("p.note", {}, t(themes ? "print.themes.hint" : "print.condensing.hint")),
    el("ul.print-state", {},
      shown.open > 0 && el("li", {}, el("strong.state.bad", { text: t("print.open", { n: shown.open }) }), " ", el("a", { href: "#/anonymise", text: t("print.decide") })),
      shown.stops > 0 && el("li", {}, el("strong.state.bad", { text: t("print.stopped", { n: shown.stops }) })),
      clear && el("li", {}, el("span.state.done", { text: t("print.clear") })),
      missing > 0 && el("li", {}, el("span.state.wait", { text: t("print.missing", { n: missing }) }))),
    el("nav.others", { "aria-label": t("boards.title") }, other(shown.others[place - 1], "boards.previous"), other(shown.others[place + 1], "boards.following")),
    el("div.printed-board", {}, ...shown.blocks.map(block)));
}

/** @param {any} one @returns {HTMLElement} */
function block(one) {
  const pieces = () => (one.pieces ?? []).map(piece);
  if (one.kind === "heading") return el(`h${Math.min(one.level, 6)}`, {}, ...pieces());
  if (one.kind === "text") return el("p.running", { dir: "auto" }, ...pieces());
  if (one.kind === "quotation") return quotation(one);
  if (one.kind === "condensate") return el("section.apart", {}, el("h4.small", { text: t("print.condensate") }), el("p", { dir: "auto" }, ...pieces()));
  if (one.kind === "table") return table(one);
  if (one.kind === "part") return el("p.part", {}, el("span.small", { text: t("print.part") }), ` ${one.name}`);
  if (one.kind === "unprinted") return el("p.missing", { text: t("print.unprinted", { name: one.name }) });
  if (one.kind === "stopped") return el("p.stopped", { tabindex: 0, role: "note" }, el("strong", { text: t("print.refused") }), ` ${sentence(one.message)} ${one.hint}`);
  return el("p.missing", { text: t(`print.missing.${one.what}`, { n: one.n ?? 0, name: one.name ?? "" }) });
}

/** @param {any} one */
function quotation(one) {
  const whose = one.whose && el("span.whose", { text: one.whose });
  const words = el("span", { dir: "auto" }, ...one.pieces.map(piece));
  return el("figure.quoted", {},
    el("blockquote", {}, ...(one.before ? [whose, " ", words] : [words, " ", whose]).filter(Boolean)),
    one.within > 0 && el("p.state.bad", { text: t("print.within", { n: one.within }) }),
    el("a.place", { href: `#/read/${encodeURIComponent(one.transcript)}/${one.start}-${one.end}`, text: t("print.place") }));
}

/** @param {any} one */
function table(one) {
  return el("div.scroll", { tabindex: 0, role: "region", "aria-label": one.title },
    el("table", {}, el("caption", { text: one.title }),
      el("thead", {}, el("tr", {}, ...one.columns.map((/** @type {string} */ name) => el("th", { scope: "col", text: name })))),
      el("tbody", {}, ...one.rows.map((/** @type {any[][]} */ row) => el("tr", {}, ...row.map((cell) => el("td", {}, ...cell.map(piece))))))));
}

/** @param {string} text */
function sentence(text) {
  const told = flowing(text);
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`.replace(/\.\.$/, ".");
}
