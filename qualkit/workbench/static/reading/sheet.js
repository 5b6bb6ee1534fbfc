// @ts-check
/** The transcript on the page: turns and numbered lines, and the way between places of the text and of the page. */

import { el } from "../dom.js";
import { Offsets } from "../offsets.js";
import { t } from "../words.js";

/**
 * @typedef {object} Piece A stretch of the text that is one text node.
 * @property {Text} node
 * @property {number} from In units of the whole text.
 * @property {number} to
 * @property {Turn} turn
 *
 * @typedef {object} Turn
 * @property {number} number
 * @property {string} speaker
 * @property {string} role
 * @property {string} participant
 * @property {number} from Code points; the label's begin.
 * @property {number} start
 * @property {number} end
 * @property {number | null} time
 * @property {[number, number][]} sentences
 * @property {HTMLElement} [element]
 * @property {HTMLElement} [stretch] What it lies in, with its neighbours.
 * @property {HTMLElement} [speech]
 * @property {HTMLElement} [margin]
 * @property {Piece[]} [pieces]
 */

/** How much is laid at once, in units: more than the highest screen shows. The rest follows while one reads. */
const FIRST = 5000;
/** How much of the text lies together, in units: the browser looks once at a stretch whether it is in sight. */
const STRETCH = 3000;
/** How long laying may keep the page from doing something else, in milliseconds. */
const SLICE = 6;

/** Sends "laid" with the turns that came. */
export class Sheet extends EventTarget {
  /** Turns that are on the page. */
  laid = 0;
  /** The line the next turn begins in. */
  line = 0;
  closed = false;
  /** What the turns are laid into, and where the next one begins. */
  stretch = el("div.stretch", {});
  full = -1;

  /** @param {any} transcript As the server gives it. */
  constructor(transcript) {
    super();
    this.id = transcript.id;
    this.sha256 = transcript.sha256;
    this.offsets = new Offsets(transcript.text);
    /** @type {Turn[]} */
    this.turns = transcript.turns;
    /** @type {[number, number][]} */
    this.lines = transcript.lines;
    /** @type {Piece[]} */
    this.pieces = [];
    /** @type {[number, number][]} */
    this.sentences = this.turns.flatMap((turn) => turn.sentences);
    this.element = el("div.text", { tabindex: 0, role: "region", "aria-label": t("reading.text", { id: this.id }), lang: transcript.language });
    this.#lay(() => (this.pieces.at(-1)?.to ?? 0) < FIRST);
    this.#later();
  }

  close() {
    this.closed = true;
  }

  /** Lay everything that is not yet on the page. */
  finish() {
    this.#lay(() => true);
  }

  #later() {
    if (this.closed || this.laid >= this.turns.length) return;
    // Behind what the person does, and behind painting.
    requestAnimationFrame(() => setTimeout(() => {
      if (this.closed) return;
      const until = performance.now() + SLICE;
      this.#lay(() => performance.now() < until);
      this.#later();
    }, 0));
  }

  /** Lay turns. @param {() => boolean} goesOn */
  #lay(goesOn) {
    const first = this.laid;
    const made = document.createDocumentFragment();
    const { turns } = this;
    while (this.laid < turns.length && goesOn()) {
      const turn = turns[this.laid];
      if (turn.start >= this.full) {
        // Where one begins to read, nothing may move because the browser learns how high it is.
        this.stretch = el(this.laid === 0 ? "div.stretch.first" : "div.stretch", {});
        this.full = turn.start + STRETCH;
        made.append(this.stretch);
      }
      this.stretch.append(this.#turn(turn, turns[this.laid - 1]));
      turn.stretch = this.stretch;
      this.laid += 1;
    }
    if (this.laid === first) return;
    this.element.append(made);
    this.dispatchEvent(new CustomEvent("laid", { detail: turns.slice(first, this.laid) }));
  }

  /** @param {Turn} turn @param {Turn | undefined} before */
  #turn(turn, before) {
    const { offsets, lines } = this;
    while (this.line < lines.length - 1 && lines[this.line][1] <= turn.from) this.line += 1;
    const speech = el("div.speech", {});
    /** @type {Piece[]} */
    const pieces = [];
    let at = turn.start;
    let number = this.line;
    while (at < turn.end) {
      while (number < lines.length - 1 && lines[number + 1][0] <= at) number += 1;
      const next = number + 1 < lines.length ? Math.min(lines[number + 1][0], turn.end) : turn.end;
      const from = offsets.units(at);
      const to = offsets.units(next);
      const node = document.createTextNode(offsets.text.slice(from, to));
      speech.append(el("span.line", { "data-n": number + 1 }, node));
      pieces.push({ node, from, to, turn });
      at = next;
    }
    const back = turn.role === "interviewer";
    const who = el("div.who", {}, el("span.label", { text: turn.speaker }), turn.time !== null && el("span.time", { text: clock(turn.time) }));
    const margin = el("div.margin", {});
    turn.element = el(`div.turn${back ? ".back" : ""}${turn.speaker === (before?.speaker ?? "") ? ".same" : ""}`, { id: `turn-${turn.number}`, "data-turn": turn.number }, who, speech, margin);
    turn.speech = speech;
    turn.margin = margin;
    turn.pieces = pieces;
    this.pieces.push(...pieces);
    return turn.element;
  }

  /** The words between two code points, as the study has them.
   * @param {number} start @param {number} end */
  words(start, end) {
    return this.offsets.slice(start, end);
  }

  /** The turn that holds a code point, or the next one.
   * @param {number} point */
  turnAt(point) {
    const { turns } = this;
    let low = 0;
    let high = turns.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (turns[middle].end > point) high = middle;
      else low = middle + 1;
    }
    return turns[low];
  }

  /** Where a place of the text is on the page.
   * @param {number} unit @param {boolean} [ending] At the end of a passage: rather the end of a node than the next one.
   * @returns {{node: Text, offset: number} | null} */
  #place(unit, ending = false) {
    const { pieces } = this;
    if (unit > (pieces.at(-1)?.to ?? 0)) this.finish();
    if (!pieces.length) return null;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ending ? pieces[middle].to >= unit : pieces[middle].to > unit) high = middle;
      else low = middle + 1;
    }
    const piece = pieces[low];
    return { node: piece.node, offset: Math.max(0, Math.min(unit - piece.from, piece.node.length)) };
  }

  /** Where a passage begins and ends on the page.
   * @param {number} start @param {number} end */
  ends(start, end) {
    const from = this.#place(this.offsets.units(start));
    const to = this.#place(this.offsets.units(end), true);
    return from && to && { startContainer: from.node, startOffset: from.offset, endContainer: to.node, endOffset: to.offset };
  }

  /** A range of the page over a passage.
   * @param {number} start @param {number} end */
  range(start, end) {
    const ends = this.ends(start, end);
    if (!ends) return null;
    const range = document.createRange();
    range.setStart(ends.startContainer, ends.startOffset);
    range.setEnd(ends.endContainer, ends.endOffset);
    return range;
  }

  /** The passage that a range of the page covers, in code points; null where it holds none of the text.
   * @param {Range} range
   * @returns {{start: number, end: number} | null} */
  passage(range) {
    if (!range.intersectsNode(this.element)) return null;
    const first = this.#first((piece) => range.comparePoint(piece.node, piece.node.length) >= 0);
    let last = this.#first((piece) => range.comparePoint(piece.node, 0) > 0) - 1;
    if (first >= this.pieces.length || last < first) return null;
    const from = this.pieces[first];
    const start = range.startContainer === from.node ? range.startOffset : 0;
    let to = this.pieces[last];
    let end = range.endContainer === to.node ? range.endOffset : to.node.length;
    if (end === 0 && last > first) {
      last -= 1;
      to = this.pieces[last];
      end = to.node.length;
    }
    const passage = { start: this.offsets.points(from.from + start), end: this.offsets.points(to.from + end) };
    return passage.start < passage.end ? this.trimmed(passage.start, passage.end) : null;
  }

  /** The first piece that answers; pieces before it do not, those after it do.
   * @param {(piece: Piece) => boolean} answers */
  #first(answers) {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (answers(this.pieces[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** A passage without white space at its ends.
   * @param {number} start @param {number} end */
  trimmed(start, end) {
    const words = this.words(start, end);
    const left = new Offsets(words.slice(0, words.length - words.trimStart().length)).length;
    const right = new Offsets(words.slice(words.trimEnd().length)).length;
    return left + right < end - start ? { start: start + left, end: end - right } : null;
  }

  /** The place of the text under a point of the page.
   * @param {number} x @param {number} y */
  under(x, y) {
    const range = document.caretRangeFromPoint?.(x, y);
    const place = range ? { offsetNode: range.startContainer, offset: range.startOffset } : document.caretPositionFromPoint?.(x, y);
    const piece = place && this.pieces.find((one) => one.node === place.offsetNode);
    return piece && place ? this.offsets.points(piece.from + place.offset) : null;
  }
}

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return `${hours ? `${hours}:` : ""}${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
