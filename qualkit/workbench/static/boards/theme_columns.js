// @ts-check
/** The columns of the themes board: codes under no theme, those of each theme, and room for a new one. */

import { all, el } from "../dom.js";
import { collated } from "../views/collating.js";
import { t } from "../words.js";
import { card, grip } from "./cards.js";

/** The column of the codes that stand under no theme. */
export const LOOSE = "";

/** Themes with their subthemes, in order. @param {any[]} themes @returns {any[]} */
export const flat = (themes) => themes.flatMap((one) => [one, ...flat(one.subthemes)]);

/** @param {import("./themes.js").ThemesBoard} board @returns {HTMLElement[]} */
export function columns(board) {
  const { state } = board;
  const dropped = state.dropped.length > 0 && el("details.dropped", {}, el("summary", { text: t("themes.dropped", { n: state.dropped.length }) }),
    el("ul", {}, ...state.dropped.map((/** @type {any} */ one) => el("li", {}, el("span", { text: one.heading }), one.why && el("span.hint", { text: one.why }),
      el("button.quiet", { type: "button", text: t("themes.again"), "aria-label": `${t("themes.again")}: ${one.heading}`, onclick: () => board.patch(one.id, { status: "candidate" }) })))));
  return [
    column(board, LOOSE, null, state.loose, 0),
    ...board.themes.map((one, number) => column(board, one.id, one, one.codes, number + 1)),
    el("section.column.new", { "aria-label": t("themes.new") },
      el("button.quiet", { type: "button", onclick: () => board.newTheme() }, el("span.plus", { text: "+", "aria-hidden": "true" }), t("themes.new"), el("kbd", { text: "N" })), dropped),
  ];
}

/** What is to be done next where nothing is done yet; "" where it is under way. @param {any} state */
export function hint(state) {
  if (!state.codes.length) return t("themes.next.codes");
  if (!state.themes.length) return t("themes.next.theme");
  if (!flat(state.themes).some((one) => one.codes.length)) return t("themes.next.lay");
  return "";
}

/** @param {import("./themes.js").ThemesBoard} board @param {string} id @param {any} theme @param {string[]} codes @param {number} number */
function column(board, id, theme, codes, number) {
  const above = theme?.under && board.theme(theme.under);
  const name = theme ? theme.heading : t("themes.loose");
  const none = theme ? "themes.empty" : board.state.codes.length ? "themes.noloose" : "themes.nocodes";
  return el(`section.column${theme ? "" : codes.length ? ".waiting" : ".waiting.done"}${above ? ".sub" : ""}`, { "data-theme": id, "aria-labelledby": `theme-${number}` },
    el("header", {},
      number > 0 && number < 10 && el("kbd", { text: String(number) }),
      el("h2", { id: `theme-${number}`, text: name }),
      theme && el("p.fine-print", {}, el(`span.state.status-${theme.status}`, { text: t(`themes.status.${theme.status}`) }), above && el("span.state", { text: t("themes.within", { name: above.heading }) }))),
    el("ul", { "aria-label": name }, ...codes.map((code) => codeCard(board, code, id)),
      !codes.length && el("li.none", { text: t(none) })));
}

/** @param {import("./themes.js").ThemesBoard} board @param {string} id @param {string} theme */
function codeCard(board, id, theme) {
  const code = board.code(id);
  const extracts = board.opened.get(id);
  const told = board.state.counts ? `${t("boards.units", { n: code.units })} · ${t("boards.people", { n: code.participants })}` : code.units ? t("boards.people", { n: code.participants }) : t("themes.nounits");
  const word = t(extracts ? "themes.hide" : "themes.show");
  return el("li.unit-card.code-card", { tabindex: -1, "data-code": id, "data-theme": theme, "aria-label": `${code.name}, ${told}` },
    el("p.name", {}, el("span.swatch", { style: { "--colour": code.colour } }), code.name),
    code.definition && el("p.memo", { text: code.definition }),
    el("div.unit-foot", {}, grip(), el("span", { text: told }),
      el("span.deeds", {},
        el("button.quiet.open", { type: "button", tabindex: -1, "aria-expanded": String(Boolean(extracts)), text: word, "aria-label": `${word}: ${code.name}`, onclick: () => board.open(id) }))),
    extracts && el("ul.extracts", {}, ...extracts.map((unit) => {
      const chosen = board.theme(theme)?.quotations.includes(unit.id) ?? false;
      const made = card(unit, { golden: chosen, word: "themes.quotation", deeds: { golden: theme ? () => board.quote(unit.id, theme, chosen) : undefined } });
      made.removeAttribute("tabindex");
      made.querySelector(".grip")?.remove();
      for (const each of all(made, "a, button")) each.tabIndex = 0;
      return made;
    }), el("li", {}, el("a.place", { href: collated([id]), text: t("boards.collate") }))));
}
