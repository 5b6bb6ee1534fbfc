// @ts-check
/** A board as an export would print it. */

import { at } from "../api.js";
import { flowing } from "../boards/field.js";
import { el } from "../dom.js";
import { piece, steps } from "../print_marks.js";
import { t } from "../words.js";
import { tabs } from "./matrix.js";

/** Every board that has a printed side: where it is asked for, and what files it rests on. */
const FILES = ["identities", "transcripts", "participants", "codings", "codebook", "condensates", "themes", "study"];
const KINDS = ["condense", "themes", "matrix", "balance", "map"];
/** @param {string} kind */
const titled = (kind) => `print.${kind === "condense" ? "condensing" : kind}`;

/** @type {import("./index.js").View} */
export const view = {
  title: ([kind]) => t(titled(kind)),
  async open(page, [kind, which], current) {
    if (!KINDS.includes(kind)) {
      page.main.replaceChildren(el("p.empty", { text: t("app.notfound") }));
      return;
    }
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const name = kind === "condense" ? "condensing" : kind;
    const path = which ? at`/api/printed/${name}/${which}` : at`/api/printed/${name}`;
    const fill = async () => {
      const shown = await page.api.get(path);
      if (current()) page.main.replaceChildren(drawn(shown, kind));
    };
    await fill();
    const watching = page.watch(FILES, fill);
    return { keys: steps(page.main), refresh: fill, close: () => watching.stop() };
  },
};

/** @param {any} shown @param {string} kind */
function drawn(shown, kind) {
  const missing = shown.blocks.filter((/** @type {any} */ one) => one.kind === "missing" || one.kind === "unprinted").length;
  const clear = !shown.open && !shown.stops;
  return el(`article.printview.board-print${kind === "matrix" ? ".wide" : ""}`, {},
    el("h1", { text: shown.name ? `${t(titled(kind))}: ${shown.name}` : t(titled(kind)) }),
    el("p.note", {}, t(`${titled(kind)}.hint`)),
    el("ul.print-state", {},
      shown.open > 0 && el("li", {}, el("strong.state.bad", { text: t("print.open", { n: shown.open }) }), " ", el("a", { href: "#/anonymise", text: t("print.decide") })),
      shown.stops > 0 && el("li", {}, el("strong.state.bad", { text: t("print.stopped", { n: shown.stops }) })),
      clear && el("li", {}, el("span.state.done", { text: t("print.clear") })),
      missing > 0 && el("li", {}, el("span.state.wait", { text: t("print.missing", { n: missing }) }))),
    shown.attributes ? el("div.others", {}, tabs(shown.attributes, kind === "matrix" ? `matrix/${shown.by}` : kind, "printed/")) : others(shown),
    el("div.printed-board", {}, ...shown.blocks.map(block)));
}

/** The code groups before and after. @param {any} shown */
function others(shown) {
  const place = shown.others.findIndex((/** @type {any} */ one) => one.code === shown.code);
  /** @param {any} one @param {string} word */
  const other = (one, word) => place >= 0 && one && el("a", { href: `#/printed/condense/${encodeURIComponent(one.code)}`, text: `${t(word)}: ${one.name}` });
  return el("nav.others", { "aria-label": t("boards.title") }, other(shown.others[place - 1], "boards.previous"), other(shown.others[place + 1], "boards.following"));
}

/** @param {any} one @returns {HTMLElement} */
function block(one) {
  const pieces = () => (one.pieces ?? []).map(piece);
  if (one.kind === "heading") return el(`h${Math.min(one.level, 6)}`, {}, ...pieces());
  if (one.kind === "text") return el("p.running", { dir: "auto" }, ...pieces());
  if (one.kind === "quotation") return quotation(one);
  if (one.kind === "condensate") return el("section.apart", {}, el("h4.small", { text: t("print.condensate") }), el("p", { dir: "auto" }, ...pieces()));
  if (one.kind === "table") return table(one);
  if (one.kind === "picture") return el("figure.drawing", {}, el("img", { src: one.data, alt: one.name }));
  if (one.kind === "words") return el("section.apart", {}, el("h2.small", { text: t("print.map.words") }), el("ul.names", {}, ...one.words.map((/** @type {any[]} */ each) => el("li", { dir: "auto" }, ...each.map(piece)))));
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
  const title = one.title.map((/** @type {any[]} */ [text]) => text).join("");
  return el("div.printed-table", {},
    el("div.scroll", { tabindex: 0, role: "region", "aria-label": title },
      el("table", {}, el("caption", {}, ...one.title.map(piece)),
        el("thead", {}, el("tr", {}, ...one.columns.map((/** @type {any[]} */ label, /** @type {number} */ at) => el("th", { scope: "col", class: one.counted[at] ? "counted" : null }, ...label.map(piece))))),
        el("tbody", {}, ...one.rows.map((/** @type {any[][]} */ row) => el("tr", {}, ...row.map((cell, at) => el("td", { class: one.counted[at] ? "counted" : null }, ...cell.map(piece)))))))),
    one.within > 0 && el("p.state.bad", { text: t("print.within", { n: one.within }) }),
    ...one.notes.map((/** @type {string} */ text) => el("p.fine-print", { text })));
}

/** @param {string} text */
function sentence(text) {
  const told = flowing(text);
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`.replace(/\.\.$/, ".");
}
