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
 * @property {string[]} split Codes it may go to, where its code was split and nobody has said.
 * @property {string} [text] Of a note.
 * @property {string} [about] Of a note: who and when.
 * @property {number} [lane]
 */

/** @typedef {import("./sheet.js").Turn} Turn */

const LANE = 9;
const LANES = 12;
/** How far tags are apart: a finger needs more room than a mouse. */
const ROW = matchMedia("(pointer: coarse)").matches ? 34 : 21;

/** A highlight under a name the style sheet knows. @param {string} name @param {number} priority */
function named(name, priority) {
  // A browser without highlights still has the bars and names in the margin.
  const made = Object.assign(globalThis.Highlight ? new Highlight() : /** @type {any} */ (new Set()), { priority });
  CSS.highlights?.set(name, made);
  return made;
}

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
    /** @type {Set<Turn>} */
    this.near = new Set();
    /** @type {Map<string, {highlight: Highlight, name: string}>} By colour: every highlight costs the style of every line. */
    this.tints = new Map();
    /** @type {Map<Turn, {signature: string, painted: [Highlight, StaticRange][]}>} */
    this.painted = new Map();
    /** @type {Set<Turn>} */
    this.waiting = new Set();
    this.frame = 0;
    this.active = "";
    this.measure = document.createRange();
    this.style = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.style];
    this.proposed = named("proposed", 40);
    this.pointed = named("active", 60);
    /** @type {Map<Element, {turns: Turn[], near: boolean}>} */
    this.stretches = new Map();
    this.watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const stretch = this.stretches.get(entry.target);
        if (!stretch || stretch.near === entry.isIntersecting) continue;
        stretch.near = entry.isIntersecting;
        for (const turn of stretch.turns) {
          if (stretch.near) this.near.add(turn);
          else this.near.delete(turn);
          this.waiting.add(turn);
        }
      }
      this.#soon();
    }, { rootMargin: "500px 0px" });
    this.#watch(sheet.turns.slice(0, sheet.laid));
    sheet.addEventListener("laid", (event) => this.#watch(/** @type {CustomEvent} */ (event).detail));
    let width = 0;
    this.sizes = new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - width) < 1) return;
      width = entry.contentRect.width;
      this.repaint();
    });
    this.sizes.observe(sheet.element);
  }

  /** @param {Turn[]} turns */
  #watch(turns) {
    for (const turn of turns) {
      const element = /** @type {Element} */ (turn.stretch);
      const stretch = this.stretches.get(element);
      if (!stretch) {
        this.stretches.set(element, { turns: [turn], near: false });
        this.watcher.observe(element);
        continue;
      }
      stretch.turns.push(turn);
      if (!stretch.near) continue;
      this.near.add(turn);
      this.waiting.add(turn);
      this.#soon();
    }
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.watcher.disconnect();
    this.sizes.disconnect();
    for (const { name } of this.tints.values()) CSS.highlights?.delete(name);
    for (const name of ["active", "proposed"]) CSS.highlights?.delete(name);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== this.style);
  }

  /** Show these codings and proposals, and no others: only turns in sight where something is different are painted.
   * @param {Mark[]} marks */
  show(marks) {
    this.marks = [...marks].sort((a, b) => a.start - b.start || b.end - a.end || (a.code < b.code ? -1 : 1));
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
    this.#colours();
    for (const turn of this.near) if (this.#signature(turn) !== this.painted.get(turn)?.signature) this.waiting.add(turn);
    this.#paintAll();
  }

  /** What a turn would look like. @param {Turn} turn */
  #signature(turn) {
    return (this.byTurn.get(turn.number) ?? [])
      .map((mark) => `${mark.id} ${mark.start} ${mark.end} ${mark.code} ${this.known(mark.code).name} ${this.known(mark.code).colour} ${mark.lane} ${mark.status} ${mark.memo ? 1 : 0}${mark.split?.length ? 1 : 0}`)
      .join("\n");
  }

  #colours() {
    const known = this.tints.size;
    for (const { code } of this.marks) {
      if (code === " note") continue;
      const { colour } = this.known(code);
      if (this.tints.has(colour)) continue;
      const name = `code-${this.tints.size}`;
      this.tints.set(colour, { highlight: named(name, 0), name });
    }
    if (this.tints.size === known) return;
    this.style.replaceSync([...this.tints].map(([colour, { name }]) =>
      `.line::highlight(${name}){background-color:color-mix(in srgb, ${colour} var(--tint), transparent)}`).join("\n"));
  }

  /** Paint everything in sight again, as when its size has changed. */
  repaint() {
    for (const turn of this.near) {
      const known = this.painted.get(turn);
      if (known) known.signature = "";
      this.waiting.add(turn);
    }
    this.#soon();
  }

  #soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.#paintAll());
  }

  /** Paint all turns that wait: first everything is measured, then everything is written. */
  #paintAll() {
    const turns = [...this.waiting];
    this.waiting.clear();
    const here = turns.filter((turn) => this.near.has(turn) && this.byTurn.has(turn.number));
    const plans = here.map((turn) => this.#plan(turn));
    for (const turn of turns) this.#wash(turn);
    for (const turn of turns) if (this.near.has(turn) && !this.byTurn.has(turn.number)) turn.element?.style.removeProperty("min-block-size");
    here.forEach((turn, number) => this.#write(turn, plans[number]));
    if (this.active && here.length) this.#point();
  }

  /** @param {Turn} turn */
  #wash(turn) {
    const known = this.painted.get(turn);
    if (!known) return;
    for (const [highlight, range] of known.painted) highlight.delete(range);
    this.painted.delete(turn);
    turn.margin?.replaceChildren();
  }

  /** Where each of a turn's marks lies. @param {Turn} turn @returns {{mark: Mark, range: StaticRange, top: number, height: number}[]} */
  #plan(turn) {
    const base = turn.margin?.getBoundingClientRect().top ?? 0;
    const plan = [];
    for (const mark of this.byTurn.get(turn.number) ?? []) {
      const ends = this.sheet.ends(Math.max(mark.start, turn.start), Math.min(mark.end, turn.end));
      if (!ends) continue;
      this.measure.setStart(ends.startContainer, ends.startOffset);
      this.measure.setEnd(ends.endContainer, ends.endOffset);
      const box = this.measure.getBoundingClientRect();
      plan.push({ mark, range: new StaticRange(ends), top: box.top - base, height: box.height });
    }
    return plan;
  }

  /** @param {Turn} turn @param {{mark: Mark, range: StaticRange, top: number, height: number}[]} plan */
  #write(turn, plan) {
    const margin = turn.margin;
    if (!margin) return;
    const lanes = Math.min(1 + Math.max(0, ...plan.map(({ mark }) => mark.lane ?? 0)), LANES);
    /** @type {[Highlight, StaticRange][]} */
    const painted = [];
    /** @type {Node[]} */
    const nodes = [];
    /** @type {{mark: Mark, top: number}[]} */
    const tags = [];
    for (const { mark, range, top, height } of plan) {
      const highlight = mark.status === "proposed" ? this.proposed : this.tints.get(this.known(mark.code).colour)?.highlight;
      if (highlight) {
        highlight.add(range);
        painted.push([highlight, range]);
      }
      const begins = mark.start >= turn.start;
      const bar = document.createElement("span");
      bar.className = `bar${mark.status === "proposed" ? " proposed" : mark.status === "note" ? " note" : ""}${mark.mine ? "" : " other"}${begins ? " begins" : ""}${mark.end <= turn.end ? " ends" : ""}`;
      bar.dataset.mark = mark.id;
      bar.ariaHidden = "true";
      const { style } = bar;
      style.setProperty("--colour", this.known(mark.code).colour);
      style.setProperty("inset-block-start", `${top}px`);
      style.setProperty("block-size", `${Math.max(height, 6)}px`);
      style.setProperty("inset-inline-start", `${((mark.lane ?? 0) % LANES) * LANE}px`);
      nodes.push(bar);
      if (begins) tags.push({ mark, top });
    }
    let row = -ROW;
    for (const { mark, top } of tags.sort((a, b) => a.top - b.top || (a.mark.lane ?? 0) - (b.mark.lane ?? 0))) {
      row = Math.max(top - 2, row + ROW);
      nodes.push(this.#tag(mark, row, lanes));
    }
    margin.replaceChildren(...nodes);
    turn.element?.style.setProperty("min-block-size", `${Math.round(row + ROW + 6)}px`);
    this.painted.set(turn, { signature: this.#signature(turn), painted });
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
    }, el("span", { text: mark.text ? `✎ ${shortened(mark.text)}` : name }), mark.split?.length > 0 && el("span.memo-sign", { text: "?" }), mark.memo && el("span.memo-sign", { "aria-hidden": "true", text: "✎" }));
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
  /** @type {Element[]} Bars and names of the one that stands out. */
  outstanding = [];

  #point() {
    this.pointed.clear();
    for (const old of this.outstanding) old.classList.remove("pointed");
    this.outstanding = [];
    if (!this.active) return;
    const mark = this.marks.find((one) => one.id === this.active);
    if (!mark) return;
    const ends = this.sheet.ends(mark.start, mark.end);
    if (ends) this.pointed.add(new StaticRange(ends));
    this.outstanding = [...this.sheet.element.querySelectorAll(`[data-mark="${CSS.escape(mark.id)}"]`)];
    for (const part of this.outstanding) part.classList.add("pointed");
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
