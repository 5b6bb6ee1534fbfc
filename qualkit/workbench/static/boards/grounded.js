// @ts-check
/** A field to write in whose own words, those that no meaning unit has, are underlined while one writes. */

import { el } from "../dom.js";
import { Offsets } from "../offsets.js";

/**
 * @typedef {object} Grounding
 * @property {number} words
 * @property {[number, number][]} own Places in code points.
 * @property {number} runs
 */

const GROWS = CSS.supports("field-sizing", "content");

/** Let a field be as high as its text, where the browser does not do that by itself. @param {HTMLElement} field */
export function grow(field) {
  if (GROWS) return;
  field.style.setProperty("block-size", "auto");
  if (field.scrollHeight) field.style.setProperty("block-size", `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`);
}

export class Grounded {
  /** @param {Record<string, any>} given Of the field. */
  constructor(given) {
    this.field = el("textarea", { rows: 7, spellcheck: true, ...given, oninput: () => this.#typed(), onscroll: () => this.#follow() });
    this.under = el("div.under", { "aria-hidden": "true" });
    this.element = el("div.grounded", {}, this.under, this.field);
    /** @type {(() => void) | null} */
    this.typed = null;
  }

  get text() {
    return /** @type {string} */ (this.field.value);
  }

  /** @param {string} text */
  set text(text) {
    if (this.field.value !== text) this.field.value = text;
    this.#draw([]);
  }

  /**
   * Underline the words that no unit has. Where somebody wrote on since it was asked, nothing is underlined.
   * @param {string} text That was asked about.
   * @param {Grounding} grounding
   */
  ground(text, grounding) {
    if (text !== this.text) return [];
    const offsets = new Offsets(text);
    const places = grounding.own.map(([start, end]) => /** @type {[number, number]} */ ([offsets.units(start), offsets.units(end)]));
    this.#draw(places);
    return places.map(([start, end]) => text.slice(start, end));
  }

  #typed() {
    // Letters that were typed move the lines until the answer comes: those before the first difference stay right.
    const old = this.under.textContent ?? "";
    let same = 0;
    while (same < old.length && old[same] === this.text[same]) same += 1;
    this.#draw(this.places.filter(([, end]) => end <= same));
    this.typed?.();
  }

  /** @type {[number, number][]} */
  places = [];

  /** @param {[number, number][]} places */
  #draw(places) {
    this.places = places;
    const { text } = this;
    /** @type {(Node | string)[]} */
    const parts = [];
    let at = 0;
    for (const [start, end] of places) {
      parts.push(text.slice(at, start), el("span.own", { text: text.slice(start, end) }));
      at = end;
    }
    this.under.replaceChildren(...parts, `${text.slice(at)}\n`);
    grow(this.field);
    this.#follow();
  }

  #follow() {
    this.under.scrollTop = this.field.scrollTop;
  }
}
