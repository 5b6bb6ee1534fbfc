// @ts-check
/**
 * Codings on the text: a tint under the words (CSS Custom Highlight API) and, in the margin, a bar with the code's name
 * for each. Any number of overlapping codings can be told apart by their bars, without colour too. Turns are painted
 * when they come near the screen.
 */

import { el } from "../dom.js";
import { t } from "../words.js";

/**
 * @typedef {object} Mark
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} code
 * @property {string} coder
 * @property {boolean} mine
 * @property {string} status
 * @property {string} memo
 * @property {string} origin
 * @property {string} created
 * @property {number} [lane]
 */

const LANE = 9;
const ROW = 21;

export class Marks extends EventTarget {
  /**
   * @param {import("./sheet.js").Sheet} sheet
   * @param {(code: string) => {name: string, colour: string}} known What a code is called, and its colour.
   */
  constructor(sheet, known) {
    super();
    this.sheet = sheet;
    this.known = known;
    /** @type {Mark[]} */
    this.marks = [];
    /** @type {Map<number, Mark[]>} By turn number. */
    this.byTurn = new Map();
    /** @type {Set<import("./sheet.js").Turn>} */
    this.near = new Set();
    /** @type {Map<string, {highlight: Highlight, name: string}>} */
    this.tints = new Map();
    this.lanes = 0;
    this.active = "";
    this.style = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.style];
    this.turns = new Map(sheet.turns.map((turn) => [/** @type {Element} */ (turn.element), turn]));
    this.watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const turn = this.turns.get(entry.target);
        if (!turn) continue;
        if (entry.isIntersecting && !this.near.has(turn)) {
          this.near.add(turn);
          this.#paint(turn);
        } else if (!entry.isIntersecting && this.near.has(turn)) {
          this.near.delete(turn);
          this.#wash(turn);
        }
      }
    }, { rootMargin: "600px 0px" });
    for (const element of this.turns.keys()) this.watcher.observe(element);
    let width = 0;
    this.sizes = new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - width) < 1) return;
      width = entry.contentRect.width;
      this.repaint();
    });
    this.sizes.observe(sheet.element);
    /** @type {Map<number, StaticRange[] | Range[]>} */
    this.painted = new Map();
  }

  close() {
    this.watcher.disconnect();
    this.sizes.disconnect();
    for (const { name } of this.tints.values()) CSS.highlights?.delete(name);
    for (const name of ["active", "proposed"]) CSS.highlights?.delete(name);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== this.style);
  }

  /** Show these codings and proposals, and no others.
   * @param {Mark[]} marks */
  show(marks) {
    this.marks = [...marks].sort((a, b) => a.start - b.start || b.end - a.end || a.code.localeCompare(b.code));
    /** @type {number[]} Where each lane is free again. */
    const free = [];
    this.byTurn = new Map();
    let index = 0;
    const { turns } = this.sheet;
    for (const mark of this.marks) {
      let lane = free.findIndex((end) => end <= mark.start);
      if (lane < 0) lane = free.length;
      free[lane] = mark.end;
      mark.lane = lane;
      while (index < turns.length - 1 && turns[index].end <= mark.start) index += 1;
      for (let at = index; at < turns.length && turns[at].start < mark.end; at += 1) {
        const list = this.byTurn.get(turns[at].number);
        if (list) list.push(mark);
        else this.byTurn.set(turns[at].number, [mark]);
      }
    }
    this.lanes = free.length;
    this.#colours();
    this.repaint();
  }

  #colours() {
    for (const { highlight } of this.tints.values()) highlight.clear();
    const wanted = [...new Set(this.marks.map((mark) => mark.code))];
    const rules = [];
    for (const code of wanted) {
      let tint = this.tints.get(code);
      if (!tint) {
        tint = { highlight: new Highlight(), name: `code-${this.tints.size}` };
        this.tints.set(code, tint);
        CSS.highlights?.set(tint.name, tint.highlight);
      }
      rules.push(`::highlight(${tint.name}){background-color:color-mix(in srgb, ${this.known(code).colour} var(--tint), transparent)}`);
    }
    this.style.replaceSync(rules.join("\n"));
    if (!CSS.highlights) return;
    for (const [name, priority] of /** @type {[string, number][]} */ ([["proposed", 40], ["active", 60]])) {
      if (!CSS.highlights.has(name)) CSS.highlights.set(name, Object.assign(new Highlight(), { priority }));
    }
    CSS.highlights.get("proposed")?.clear();
  }

  repaint() {
    for (const turn of this.near) {
      this.#wash(turn);
      this.#paint(turn);
    }
  }

  /** @param {import("./sheet.js").Turn} turn */
  #wash(turn) {
    for (const range of this.painted.get(turn.number) ?? []) {
      for (const { highlight } of this.tints.values()) highlight.delete(range);
      CSS.highlights?.get("proposed")?.delete(range);
    }
    this.painted.delete(turn.number);
    turn.margin?.replaceChildren();
  }

  /** @param {import("./sheet.js").Turn} turn */
  #paint(turn) {
    const marks = this.byTurn.get(turn.number);
    const margin = turn.margin;
    if (!marks || !margin) {
      turn.element?.style.removeProperty("min-block-size");
      return;
    }
    const box = margin.getBoundingClientRect();
    const lanes = Math.min(1 + Math.max(...marks.map((mark) => mark.lane ?? 0)), 12);
    const ranges = [];
    const bars = [];
    /** @type {{mark: Mark, top: number}[]} */
    const tags = [];
    for (const mark of marks) {
      const range = this.sheet.range(Math.max(mark.start, turn.start), Math.min(mark.end, turn.end));
      if (!range) continue;
      const place = range.getBoundingClientRect();
      const { colour } = this.known(mark.code);
      const top = place.top - box.top;
      const begins = mark.start >= turn.start;
      const ends = mark.end <= turn.end;
      ranges.push(range);
      if (mark.status === "proposed") CSS.highlights?.get("proposed")?.add(range);
      else this.tints.get(mark.code)?.highlight.add(range);
      bars.push(el(`span.bar${mark.status === "proposed" ? ".proposed" : ""}${mark.mine ? "" : ".other"}${begins ? ".begins" : ""}${ends ? ".ends" : ""}`, {
        "data-mark": mark.id, "aria-hidden": "true",
        style: { "--colour": colour, "inset-block-start": `${top}px`, "block-size": `${Math.max(place.height, 6)}px`, "inset-inline-start": `${((mark.lane ?? 0) % 12) * LANE}px` },
      }));
      if (begins) tags.push({ mark, top });
    }
    let row = -ROW;
    const shown = tags.sort((a, b) => a.top - b.top || (a.mark.lane ?? 0) - (b.mark.lane ?? 0)).map(({ mark, top }) => {
      row = Math.max(top - 2, row + ROW);
      return this.#tag(mark, row, lanes);
    });
    margin.replaceChildren(...bars, ...shown);
    turn.element?.style.setProperty("min-block-size", `${row + ROW + 6}px`);
    this.painted.set(turn.number, ranges);
    if (this.active) this.#point();
  }

  /** @param {Mark} mark @param {number} top @param {number} lanes */
  #tag(mark, top, lanes) {
    const { name, colour } = this.known(mark.code);
    const words = shortened(this.sheet.words(mark.start, mark.end));
    const proposed = mark.status === "proposed";
    return el(`button.tag${proposed ? ".proposed" : ""}${mark.mine || proposed ? "" : ".other"}`, {
      type: "button", tabindex: -1, "data-mark": mark.id,
      "aria-label": t(proposed ? "tag.proposed" : "tag.label", { name, coder: mark.coder, words }),
      title: mark.mine || proposed ? name : `${name} (${mark.coder})`,
      style: { "--colour": colour, "inset-block-start": `${top}px`, "inset-inline-start": `${lanes * LANE + 4}px` },
      onclick: () => this.dispatchEvent(new CustomEvent("pick", { detail: mark })),
      onpointerenter: () => this.point(mark.id, true),
      onpointerleave: () => this.point("", true),
      onfocus: () => this.point(mark.id),
    }, el("span", { text: name }), mark.memo && el("span.memo-sign", { "aria-hidden": "true", text: "✎" }));
  }

  /** Let one coding stand out.
   * @param {string} id "" for none. @param {boolean} [passing] By the mouse that goes over it. */
  point(id, passing = false) {
    if (!passing) this.pinned = id;
    this.active = id || this.pinned || "";
    this.#point();
  }

  /** @type {string | undefined} */
  pinned;

  #point() {
    const highlight = CSS.highlights?.get("active");
    highlight?.clear();
    const mark = this.marks.find((one) => one.id === this.active);
    for (const old of this.sheet.element.querySelectorAll(".pointed")) old.classList.remove("pointed");
    if (!mark) return;
    const range = this.sheet.range(mark.start, mark.end);
    if (range) highlight?.add(range);
    for (const part of this.sheet.element.querySelectorAll(`[data-mark="${CSS.escape(mark.id)}"]`)) part.classList.add("pointed");
  }

  /** The codings that cover a passage, or touch it.
   * @param {number} start @param {number} end @param {boolean} [whole] */
  over(start, end, whole = false) {
    return this.marks.filter((mark) => (whole ? mark.start <= start && mark.end >= end : mark.start < end && mark.end > start));
  }
}

/** @param {string} words */
export function shortened(words) {
  const flat = words.replace(/\s+/g, " ");
  return flat.length > 80 ? `${flat.slice(0, 77)}…` : flat;
}
