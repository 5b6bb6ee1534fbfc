// @ts-check
/** Choosing a passage: with the mouse, with a finger, and with keys, by sentence, word and turn. */

import { calmly } from "../dom.js";

/** @typedef {{start: number, end: number}} Passage */

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'_-]*/gu;

const SIZES = ["word", "sentence", "turn"];

export class Choosing extends EventTarget {
  /** @param {import("./sheet.js").Sheet} sheet */
  constructor(sheet) {
    super();
    this.sheet = sheet;
    /** @type {Passage | null} */
    this.passage = null;
    /** @type {Passage | null} Where a stretch that grows began. */
    this.anchor = null;
    /** @type {"" | "sentence" | "word" | "turn"} What kind of unit was gone to, while nothing else was chosen. */
    this.kind = "";
    /** @type {"none" | "word" | "sentence"} */
    this.snap = "none";
    /** @type {[number, number][] | null} */
    this.allWords = null;
    this.ours = 0;
    this.pressed = false;
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("selectionchange", calmly(() => this.#taken(), 60), { signal });
    sheet.element.addEventListener("pointerdown", (event) => {
      if (/** @type {HTMLElement} */ (event.target).closest(".margin")) return;
      // A finger that goes over the text scrolls. What it selects, by a long press and with handles, comes without a
      // press that ends here.
      if (event.pointerType === "touch") return;
      this.pressed = true;
      // What is selected from now on is the person's, also by a second click right after the first.
      this.ours = 0;
      // Else pressing on what is selected would begin to drag it.
      if (!event.shiftKey && event.button === 0) getSelection()?.removeAllRanges();
    }, { signal });
    for (const ended of ["pointerup", "pointercancel"]) addEventListener(ended, () => {
      if (!this.pressed) return;
      this.pressed = false;
      setTimeout(() => this.#taken(true), 0);
    }, { signal });
  }

  close() {
    this.listening.abort();
    CSS.highlights?.delete("chosen");
  }

  /** The person selected something with mouse, finger or the browser's own keys. */
  #taken(settled = false) {
    const selection = getSelection();
    if (!selection || selection.rangeCount === 0 || Date.now() < this.ours) return;
    const range = selection.getRangeAt(0);
    if (!this.sheet.element.contains(range.commonAncestorContainer)) return;
    if (range.collapsed) return;
    let passage = this.sheet.passage(range);
    if (!passage) return;
    if (settled || !this.pressed) passage = this.snapped(passage);
    if (this.passage && passage.start === this.passage.start && passage.end === this.passage.end) {
      if (settled) this.dispatchEvent(new CustomEvent("settled"));
      return;
    }
    this.anchor = null;
    this.#become(passage, settled || !this.pressed);
  }

  /** @param {Passage} passage @returns {Passage} */
  snapped(passage) {
    if (this.snap === "none") return passage;
    const units = this.snap === "word" ? this.words() : this.sheet.sentences;
    const touched = units.filter(([start, end]) => start < passage.end && end > passage.start);
    return touched.length ? { start: Math.min(passage.start, touched[0][0]), end: Math.max(passage.end, touched[touched.length - 1][1]) } : passage;
  }

  /** @param {Passage | null} passage @param {boolean} settled */
  #become(passage, settled) {
    this.kind = "";
    this.passage = passage;
    const range = passage && this.sheet.range(passage.start, passage.end);
    if (CSS.highlights) {
      if (range) CSS.highlights.set("chosen", Object.assign(new Highlight(range), { priority: 90 }));
      else CSS.highlights.delete("chosen");
    }
    this.dispatchEvent(new CustomEvent("change"));
    if (settled) this.dispatchEvent(new CustomEvent("settled"));
  }

  /** Choose a passage, and show it.
   * @param {number} start @param {number} end @param {{reveal?: boolean, quiet?: boolean}} [how] */
  set(start, end, how = {}) {
    this.ours = Date.now() + 150;
    const range = this.sheet.range(start, end);
    if (!range) return;
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    this.#become({ start, end }, !how.quiet);
    if (how.reveal !== false) reveal(range);
  }

  clear() {
    this.ours = Date.now() + 150;
    getSelection()?.removeAllRanges();
    this.anchor = null;
    this.#become(null, true);
  }

  /** Begin and end of every word. @returns {[number, number][]} */
  words() {
    if (!this.allWords) {
      const { offsets, turns } = this.sheet;
      this.allWords = turns.flatMap((turn) => {
        const base = offsets.units(turn.start);
        return [...offsets.slice(turn.start, turn.end).matchAll(WORD)].map(
          (found) => /** @type {[number, number]} */ ([offsets.points(base + found.index), offsets.points(base + found.index + found[0].length)]));
      });
    }
    return this.allWords;
  }

  /** @param {"sentence" | "word" | "turn"} kind @returns {[number, number][]} */
  units(kind) {
    if (kind === "word") return this.words();
    if (kind === "sentence") return this.sheet.sentences;
    return this.sheet.turns.filter((turn) => turn.sentences.length).map((turn) => [turn.sentences[0][0], turn.sentences[turn.sentences.length - 1][1]]);
  }

  /** Go to the next or the previous unit.
   * @param {"sentence" | "word" | "turn"} kind @param {1 | -1} way */
  move(kind, way) {
    const units = this.units(kind);
    if (!units.length) return;
    let index;
    // From a turn one goes to its sentences, and from a sentence to its words.
    const larger = SIZES.indexOf(this.kind || "word") > SIZES.indexOf(kind);
    const within = larger ? units.filter((unit) => this.passage && unit[0] >= this.passage.start && unit[1] <= this.passage.end) : [];
    if (within.length > 1) index = units.indexOf(within[way > 0 ? 0 : within.length - 1]);
    else if (this.passage) {
      const { start, end } = this.passage;
      const inside = firstAt(units, start, (unit) => unit[1] > start);
      const [low, high] = units[Math.min(inside, units.length - 1)];
      const whole = low === start && high === end;
      const holds = low <= start && high >= end;
      if (way > 0) index = holds && !whole ? inside : firstAt(units, 0, (unit) => unit[0] >= (whole ? high : end));
      else index = holds && !whole ? inside : inside - 1;
    } else index = this.#visible(units);
    index = Math.max(0, Math.min(index, units.length - 1));
    this.anchor = null;
    this.set(units[index][0], units[index][1]);
    this.kind = kind;
  }

  /** Take in one more unit, or one less, where the stretch moves.
   * @param {"sentence" | "word" | "turn"} kind @param {1 | -1} way */
  grow(kind, way) {
    if (!this.passage) {
      this.move(kind, way);
      return;
    }
    const units = this.units(kind);
    this.anchor ??= { ...this.passage };
    const { start, end } = this.passage;
    const anchor = this.anchor;
    if (way > 0 && start < anchor.start) {
      const next = units.find((unit) => unit[0] > start);
      this.set(Math.min(next ? next[0] : anchor.start, anchor.start), end);
    } else if (way > 0) {
      const next = units.find((unit) => unit[1] > end);
      if (next) this.set(start, next[1]);
    } else if (end > anchor.end) {
      const before = units.findLast((unit) => unit[1] < end);
      this.set(start, Math.max(before ? before[1] : anchor.end, anchor.end));
    } else {
      const before = units.findLast((unit) => unit[0] < start);
      if (before) this.set(before[0], end);
    }
  }

  /** Move one end by a word; the other stays.
   * @param {"start" | "end"} side @param {1 | -1} way */
  nudge(side, way) {
    if (!this.passage) return;
    const moved = this.nudged(this.passage, side, way);
    if (moved) this.set(moved.start, moved.end);
  }

  /** @param {Passage} passage @param {"start" | "end"} side @param {1 | -1} way @returns {Passage | null} */
  nudged({ start, end }, side, way) {
    const words = this.words();
    if (side === "start") {
      const word = way > 0 ? words.find((one) => one[0] > start) : words.findLast((one) => one[0] < start);
      return word && word[0] < end ? { start: word[0], end } : null;
    }
    const word = way > 0 ? words.find((one) => one[1] > end) : words.findLast((one) => one[1] < end);
    return word && word[1] > start ? { start, end: word[1] } : null;
  }

  /** The first unit that is in sight. @param {[number, number][]} units */
  #visible(units) {
    const top = 120;
    const turn = this.sheet.turns.find((one) => (one.element?.getBoundingClientRect().bottom ?? 0) > top);
    return turn ? firstAt(units, 0, (unit) => unit[1] > turn.start) : 0;
  }
}

/** The first unit from which on a question is answered with yes.
 * @param {[number, number][]} units @param {number} _hint @param {(unit: [number, number]) => boolean} answers */
function firstAt(units, _hint, answers) {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (answers(units[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Bring a range into sight, no further than needed.
 * @param {Range} range */
export function reveal(range) {
  const element = range.startContainer.parentElement;
  if (!element) return;
  let box = range.getBoundingClientRect();
  if (!box.height) {
    element.scrollIntoView({ block: "center" });
    box = range.getBoundingClientRect();
  }
  const above = 110;
  const below = innerHeight - 90;
  if (box.top < above || box.bottom > below) {
    const tall = box.height > below - above;
    scrollBy({ top: box.top - (tall ? above + 20 : (above + below - box.height) / 2), behavior: "auto" });
  }
}
