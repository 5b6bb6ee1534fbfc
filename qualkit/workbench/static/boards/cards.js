// @ts-check
/** A meaning unit as a card: its words, whose they are, and the way back to its place in the transcript. */

import { el, icon } from "../dom.js";
import { t } from "../words.js";

/**
 * A meaning unit, as the workbench tells of it.
 * @typedef {object} Unit
 * @property {string} id
 * @property {string} code
 * @property {string} coder
 * @property {string} words
 * @property {string} participant
 * @property {string} transcript
 * @property {number} start
 * @property {number} end
 * @property {[number, number]} lines
 * @property {boolean} adrift The transcript was changed, and the passage was not found again.
 * @property {string} memo
 * @property {boolean} mayQuote
 */

const STAR = "m10 2.6 2.3 4.7 5.1.7-3.7 3.6.9 5.1-4.6-2.4-4.6 2.4.9-5.1L2.6 8l5.1-.7z";
const ASIDE = "M3 6h14v3H3zM4.5 9v7.5h11V9M8 12h4";
const CODE = "M3 10V4h6l8 8-6 6zM6.5 7.5h.01";
const BACK = "M8 5 4 9l4 4M4 9h8a4 4 0 0 1 0 8h-2";

/** @param {Unit} unit */
export function whose(unit) {
  return unit.participant || t("boards.nobody");
}

/** @param {Unit} unit */
export function placed(unit) {
  const [first, last] = unit.lines;
  const lines = first === last ? t("boards.line", { at: String(first) }) : t("boards.lines", { from: String(first), to: String(last) });
  if (!first) return unit.transcript;
  return unit.transcript === unit.participant ? lines : `${unit.transcript}, ${lines}`;
}

/** Where a finger takes hold of a card at once; anywhere else it holds for a moment. The keyboard has Space. */
export function grip() {
  return el("span.grip", { "aria-hidden": "true" });
}

/** The passage in its transcript. @param {Unit} unit */
export function address(unit) {
  return `#/read/${encodeURIComponent(unit.transcript)}/${unit.adrift ? "lost" : `${unit.start}-${unit.end}`}`;
}

/**
 * @typedef {object} Deeds What a card's buttons do; a deed that is missing has no button.
 * @property {() => void} [golden]
 * @property {() => void} [aside]
 * @property {() => void} [back]
 * @property {() => void} [recode]
 */

/**
 * A card. Its buttons are in the order of the tab key only while the card is the current one.
 * @param {Unit} unit
 * @param {{golden?: boolean, start?: boolean, why?: string, aside?: boolean, deeds?: Deeds, word?: string}} [how]
 *   `word` is what the star means.
 */
export function card(unit, { golden = false, start = false, why = "", aside = false, deeds = {}, word = "boards.golden" } = {}) {
  /** @param {string} word @param {string} path @param {(() => void) | undefined} run @param {Record<string, any>} [more] */
  const button = (word, path, run, more = {}) => run && el("button.quiet.square", { type: "button", tabindex: -1, title: t(word), "aria-label": t(word), onclick: run, ...more }, icon(path));
  const said = [golden && t(word), start && t("boards.start"), aside && t("boards.aside")].filter(Boolean).join(", ");
  const classes = `${golden ? ".golden" : ""}${start ? ".begins" : ""}${aside ? ".aside" : ""}${unit.adrift ? ".adrift" : ""}`;
  const quoted = unit.mayQuote ? {} : { disabled: !golden, title: t("boards.noquote") };
  return el(`li.unit-card${classes}`, {
    tabindex: -1, "data-unit": unit.id,
    "aria-label": `${whose(unit)}, ${placed(unit)}${said ? `, ${said}` : ""}: ${unit.words}`,
  },
    el("p.words", { text: unit.words }),
    unit.memo && el("p.memo", { text: unit.memo }),
    why && el("p.why", {}, el("span.small", { text: t("boards.why") }), ` ${why}`),
    el("div.unit-foot", {},
      grip(),
      el("span.who", { text: whose(unit) }),
      el("a.place", { href: address(unit), tabindex: -1, text: placed(unit) }),
      unit.adrift && el("span.state.bad", { text: t("boards.adrift") }),
      start && el("span.state", { text: t("boards.start") }),
      el("span.deeds", {},
        button(word === "boards.golden" ? "boards.take.golden" : `${word}.take`, STAR, deeds.golden, { "aria-pressed": String(golden), class: "quiet square star", ...quoted }),
        button("boards.regroup", CODE, deeds.recode),
        button("boards.set.aside", ASIDE, deeds.aside),
        button("boards.take.back", BACK, deeds.back))));
}
