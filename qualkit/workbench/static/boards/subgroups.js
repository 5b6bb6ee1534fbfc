// @ts-check
/** A code group's columns: the units that wait, those of each subgroup, and room for a new one. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { card } from "./cards.js";

/** The column of the units that wait to be placed. */
export const WAITING = "";

/** @param {import("./condensing.js").Board} board @returns {HTMLElement[]} */
export function columns(board) {
  const { state } = board;
  const waiting = state.waiting.map((/** @type {string} */ id) => ({ id, fate: "used", why: "" }));
  return [
    column(board, WAITING, t("boards.waiting"), waiting, 0, null),
    ...state.subgroups.map((/** @type {any} */ one, /** @type {number} */ number) => column(board, one.id, one.name, one.units, number + 1, one)),
    el("section.column.new", { "aria-label": t("boards.new") },
      el("button.quiet", { type: "button", onclick: () => board.sorting.newSubgroup([]) }, el("span.plus", { text: "+", "aria-hidden": "true" }), t("boards.new"), el("kbd", { text: "N" }))),
  ];
}

/** What is to be done next where nothing is done yet; "" where it is under way. @param {any} state */
export function hint(state) {
  if (!state.units.length) return t("boards.nounits.next");
  if (!state.subgroups.length) return t("boards.next.subgroup");
  if (!state.subgroups.some((/** @type {any} */ one) => one.units.length)) return t("boards.next.place");
  if (!state.subgroups.some((/** @type {any} */ one) => one.condensate)) return t("boards.next.write");
  return "";
}

/**
 * Units in the order that was chosen.
 * @param {import("./condensing.js").Board} board @param {any[]} units
 */
function ordered(board, units) {
  if (board.order === "hand") return units;
  const places = new Map([...board.units.keys()].map((id, number) => [id, number]));
  const place = (/** @type {any} */ one) => places.get(one.id) ?? 0;
  const who = (/** @type {any} */ one) => board.unit(one.id)?.participant ?? "";
  const { compare } = new Intl.Collator("nb", { numeric: true });
  return [...units].sort((one, other) => (board.order === "participant" && compare(who(one), who(other))) || place(one) - place(other));
}

/**
 * @param {import("./condensing.js").Board} board
 * @param {string} id @param {string} name @param {any[]} all @param {number} number @param {any} subgroup
 */
function column(board, id, name, all, number, subgroup) {
  const { sorting, state } = board;
  const shown = ordered(board, all.filter((one) => board.unit(one.id) && (!board.only || board.unit(one.id)?.participant === board.only)));
  const used = shown.filter((one) => one.fate === "used");
  const aside = shown.filter((one) => one.fate === "set-aside");
  const moved = shown.filter((one) => one.fate === "moved");
  const people = new Set(used.map((one) => board.unit(one.id)?.participant).filter(Boolean));
  /** @param {any} one */
  const made = (one) => {
    const unit = /** @type {import("./cards.js").Unit} */ (board.unit(one.id));
    const off = one.fate === "set-aside";
    return card(unit, {
      golden: subgroup?.golden === one.id, start: subgroup?.start === one.id, aside: off, why: off ? one.why : "",
      deeds: {
        golden: subgroup && !off ? () => sorting.golden(one.id) : undefined,
        aside: off ? undefined : () => sorting.setAside(one.id),
        back: off ? () => sorting.put([one.id], id) : undefined,
        recode: () => sorting.regroup([one.id]),
      },
    });
  };
  const empty = subgroup && !all.length && !subgroup.condensate && !subgroup.analytic && !subgroup.versions.length;
  /** @param {string} word @param {string} sign @param {() => void} run */
  const button = (word, sign, run) => el("button.quiet.square", { type: "button", title: t(word), "aria-label": `${t(word)}: ${name}`, onclick: run, text: sign });
  return el(`section.column${id ? "" : all.length ? ".waiting" : ".waiting.done"}`, { "data-subgroup": id, "aria-labelledby": `column-${number}` },
    el("header", {},
      number > 0 && number < 10 && el("kbd", { text: String(number), title: t("boards.number", { name, at: String(number) }) }),
      el("h2", { id: `column-${number}`, text: name }),
      subgroup && button("boards.rename", "✎", () => sorting.rename(id)),
      empty && button("boards.remove", "×", () => sorting.remove(id)),
      el("p.fine-print", { text: [t("boards.units", { n: used.length }), used.length && t("boards.people", { n: people.size }), subgroup?.condensate && `✓ ${t("writing.condensate")}`].filter(Boolean).join(" · ") })),
    el("ul", { "aria-label": name },
      ...used.map(made),
      !used.length && el("li.none", { text: t(id ? "boards.empty" : state.units.length ? "boards.allplaced" : "boards.nounits") }),
      aside.length > 0 && el("li.divider", { text: t("boards.asides", { n: aside.length }) }),
      ...aside.map(made),
      moved.length > 0 && el("li.divider", { text: t("boards.moved", { n: moved.length }) }),
      ...moved.map((one) => el("li.moved", {},
        el("span", { text: `${board.unit(one.id)?.participant || one.id} → ${board.subgroup(one.to)?.name ?? one.to}` }),
        one.why && el("span.hint", { text: one.why })))));
}
