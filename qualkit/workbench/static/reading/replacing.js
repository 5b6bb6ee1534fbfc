// @ts-check
/** Putting a coding back where it belongs, whose words were changed or are not found any more: one after the other. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { shortened } from "./marks.js";

/** What can be put in its place. */
const KINDS = ["lost", "ambiguous", "words-changed"];

export class Replacing {
  /** @type {import("./troubles.js").Trouble | null} The coding that is being put in its place. */ now = null;
  /** Which of the places it could belong in is shown. */ at = 0;

  /** @param {any} reading The view. */
  constructor(reading) {
    this.reading = reading;
    this.place = el("div.decide-place");
  }

  get active() {
    return this.now !== null;
  }

  /** Whether several places are proposed. */
  get several() {
    return (this.now?.places?.length ?? 0) > 1;
  }

  /** Whether a trouble is a coding of the reader's that can be put somewhere. @param {import("./troubles.js").Trouble} one */
  static takes(one) {
    return KINDS.includes(one.kind) && one.mine === true;
  }

  /** @param {import("./troubles.js").Trouble} one */
  start(one) {
    if (this.reading.deciding.active) this.reading.deciding.stop();
    this.now = one;
    this.at = 0;
    this.#show();
  }

  stop() {
    this.now = null;
    this.place.replaceChildren();
  }

  /** It may have been put in its place elsewhere, or the reader has taken back that it was. */
  follow() {
    const { now } = this;
    if (now && !this.reading.troubles.list.some((/** @type {any} */ one) => one.id === now.id && one.kind === now.kind)) this.stop();
  }

  #show() {
    const one = this.now;
    if (!one) return;
    const known = this.reading.known(one.code);
    const changed = one.kind === "words-changed";
    const words = changed ? one.was || one.words : one.words;
    /** @param {string} word @param {string} key @param {() => void} run @param {string} [kind] */
    const button = (word, key, run, kind = "") => el(`button${kind}`, { type: "button", onclick: run, "aria-keyshortcuts": key }, el("span", { text: t(word) }), el("kbd", { text: key, "aria-hidden": "true" }));
    const n = one.places?.length ?? 0;
    this.place.replaceChildren(el("section.decide.replacing", { "aria-label": t(`trouble.${one.kind}`) },
      el("p", {}, el("span.told", { text: t(`trouble.${one.kind}`) }), el("span.swatch", { style: { "--colour": known.colour } }), el("strong", { text: known.name }),
        n > 1 && el("span.told", { text: t("replace.place", { at: this.at + 1, n }) })),
      el("p.words", {}, el("span.told", { text: t(changed ? "replace.were" : "replace.words") }), el("q", { dir: "auto", text: shortened(words) })),
      el("p.hint", { text: t(changed ? "replace.hint.changed" : "replace.hint") }),
      el("div.row", {},
        button(changed ? "replace.keep" : "replace.here", "S", () => this.put(), ".primary"),
        this.several && button("replace.back", "D", () => this.step(-1)),
        this.several && button("replace.forward", "F", () => this.step(1)),
        button("replace.next", "O", () => this.reading.troubles.step(1)),
        el("button.quiet", { type: "button", text: t("card.remove"), onclick: () => this.#remove() }),
        el("button.quiet", { type: "button", text: t("decide.stop"), onclick: () => this.stop() }))));
  }

  /** Show the next place it could belong in. @param {1 | -1} way */
  step(way) {
    const places = this.now?.places ?? [];
    if (!places.length) return;
    this.at = (this.at + way + places.length) % places.length;
    this.reading.choosing.set(...places[this.at], { quiet: true });
    this.#show();
  }

  /** The coding belongs to the words that are chosen. */
  async put() {
    const { reading, now } = this;
    const { passage } = reading.choosing;
    if (!now) return;
    if (!passage) {
      reading.page.tell(t("replace.nopassage"));
      return;
    }
    const words = reading.sheet.words(passage.start, passage.end);
    const body = { ...passage, words, sha256: reading.sheet.sha256 };
    const done = await reading.does(() => reading.page.api.patch(`${reading.path}/codings/${encodeURIComponent(now.id ?? "")}`, body));
    if (done) this.#after(t("replace.done", { name: reading.known(now.code).name, words: shortened(words) }));
  }

  async #remove() {
    const { reading, now } = this;
    if (!now || !await reading.mayGo([now.id], "remove")) return;
    const done = await reading.does(() => reading.page.api.post(`${reading.path}/codings/remove`, { codings: [now.id] }));
    if (done) this.#after(t("reading.removed", { names: reading.known(now.code).name }));
  }

  /** On to the next one. @param {string} said */
  #after(said) {
    const { reading } = this;
    const left = reading.troubles.without(this.now?.id ?? "").filter(Replacing.takes);
    reading.page.say(said);
    if (left.length) reading.troubles.show(left[0]);
    else {
      this.stop();
      reading.page.tell(t("replace.none"));
    }
    reading.sheet.element.focus({ preventScroll: true });
  }
}
