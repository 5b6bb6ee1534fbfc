// @ts-check
/** What is to be looked at in a transcript: going from one to the next, and saying what it is. */

import { t } from "../words.js";
import { Replacing } from "./replacing.js";

/**
 * @typedef {object} Trouble As the workbench tells it.
 * @property {string} kind
 * @property {number | null} start null where it has no place in the text.
 * @property {number | null} end
 * @property {string} code
 * @property {string} message
 * @property {string} hint
 * @property {string} words
 * @property {string} [id] Of a coding, as is what follows.
 * @property {boolean} [mine]
 * @property {string} [was] Its words before they were changed.
 * @property {[number, number][]} [places] Where it could belong, the likeliest first.
 */

/** Sends "known" when it is known what there is to be looked at. */
export class Troubles extends EventTarget {
  /** @type {Trouble[]} */ list = [];
  /** What was gone to last. */ at = -1;
  /** Whether it is known what there is. */ known = false;
  /** The answer that counts: of several requests the last. */ asked = 0;

  /** @param {any} reading The view. */
  constructor(reading) {
    super();
    this.reading = reading;
  }

  /** Ask what there is, when the page has nothing better to do. */
  ask() {
    const mine = ++this.asked;
    this.known = false;
    const { page, path } = this.reading;
    setTimeout(async () => {
      if (mine !== this.asked) return;
      const answer = await page.api.get(`${path}/troubles`).catch(() => null);
      if (!answer || mine !== this.asked) return;
      this.list = answer.troubles;
      this.at = -1;
      this.known = true;
      this.dispatchEvent(new CustomEvent("known"));
    }, 400);
  }

  close() {
    this.asked += 1;
  }

  /** Go to the first coding of the reader's that is to be put in its place. */
  async first() {
    if (!this.known) await new Promise((known) => this.addEventListener("known", known, { once: true }));
    const one = this.list.find((each) => Replacing.takes(each) && each.kind !== "words-changed") ?? this.list.find(Replacing.takes);
    if (one) this.show(one);
    else this.reading.page.tell(t("trouble.none"));
  }

  /** What is left without a coding that was put in its place. @param {string} id */
  without(id) {
    this.list = this.list.filter((one) => one.id !== id);
    this.at = -1;
    this.dispatchEvent(new CustomEvent("known"));
    return this.list;
  }

  /** @param {Trouble} one */
  show(one) {
    this.#go(this.list.indexOf(one));
  }

  /** For a menu: every problem, and names that wait as one. @returns {[string, string][]} */
  get choices() {
    const { reading } = this;
    const names = this.list.filter((one) => one.kind === "name").length;
    const others = this.list.map((one, number) => /** @type {[string, string]} */ ([`trouble ${number}`, this.#named(one)])).filter((_, number) => this.list[number].kind !== "name");
    return [
      ...others,
      ...(names ? [/** @type {[string, string]} */ (["names", t("trouble.names", { n: names })])] : []),
      ...(reading.state.faults && !this.list.length ? [/** @type {[string, string]} */ (["faults", t("reading.faults", { n: reading.state.faults })])] : []),
    ];
  }

  /** @param {Trouble} one */
  #named(one) {
    const name = one.code && this.reading.known(one.code).name;
    const line = one.start === null ? "" : ` (${t("trouble.line", { n: this.#line(one.start) })})`;
    return `${t(`trouble.${one.kind}`)}${name ? `: ${name}` : ""}${line}`;
  }

  /** @param {number} start */
  #line(start) {
    const after = this.reading.sheet.lines.findIndex((/** @type {[number, number]} */ line) => line[1] > start);
    return after < 0 ? this.reading.sheet.lines.length : after + 1;
  }

  /** @param {string} chosen One of the values of `choices`. */
  choose(chosen) {
    const [kind, number] = chosen.split(" ");
    if (kind === "trouble") this.#go(Number(number));
    else if (kind === "names") this.#next(1, (one) => one.kind === "name");
    else this.reading.page.tell(t("reading.faults", { n: this.reading.state.faults }));
  }

  /** @param {1 | -1} way */
  step(way) {
    if (this.list.length) this.#next(way, () => true);
    else this.reading.page.tell(t("trouble.none"));
  }

  /** @param {1 | -1} way @param {(one: Trouble) => boolean} wanted */
  #next(way, wanted) {
    const { list } = this;
    const from = this.at < 0 && way < 0 ? 0 : this.at;
    for (let step = 1; step <= list.length; step += 1) {
      const number = (((from + way * step) % list.length) + list.length) % list.length;
      if (wanted(list[number])) {
        this.#go(number);
        return;
      }
    }
  }

  /** @param {number} number */
  #go(number) {
    const one = this.list[number];
    const { reading } = this;
    this.at = number;
    if (!one) return;
    const [start, end] = one.places?.[0] ?? [one.start, one.end];
    if (start !== null && end !== null) reading.choosing.set(start, end, { quiet: true });
    if (Replacing.takes(one)) {
      reading.replacing.start(one);
      reading.page.say(`${this.#named(one)}. ${t("replace.said", { words: one.was || one.words })}`);
    } else {
      reading.replacing.stop();
      const told = one.message || t(`trouble.${one.kind}.told`, { name: reading.known(one.code).name, words: one.words });
      reading.page.tell(`${this.#named(one)}. ${told}`, one.hint);
    }
    reading.sheet.element.focus({ preventScroll: true });
  }
}
