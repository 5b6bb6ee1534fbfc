// @ts-check
/** A text that is saved while it is written: when the writer pauses, when the field is left, and by Ctrl+S. */

import { calmly, el } from "../dom.js";
import { t } from "../words.js";

/** Milliseconds without a key before what was written is saved. */
const PAUSE = 1500;

/**
 * A text as it is read and printed: where a line ends in the file says nothing, an empty line parts paragraphs.
 * @param {string} text
 */
export function flowing(text) {
  return text.trim().split(/\n\s*\n/).map((part) => part.split(/\s*\n\s*/).join(" ")).join("\n\n");
}

/** @param {string} one @param {string} other */
export const same = (one, other) => flowing(one) === flowing(other);

/** @type {Map<string, string>} Texts that were left while another one stood in the file, for as long as the page lives. */
const unsettled = new Map();

/**
 * What a text is saved with.
 * @typedef {object} Sent
 * @property {string} base What stood there before.
 * @property {boolean} again It goes on with what was saved in the same sitting.
 * @property {boolean} anyway Whatever stands there now.
 */

/**
 * @typedef {object} How
 * @property {import("../app.js").Page} page
 * @property {string} key Of the text, in what it is about.
 * @property {import("./grounded.js").Grounded} field
 * @property {string} hint Of `words`: what is said where somebody else wrote too.
 * @property {(about: any, text: string, sent: Sent) => Promise<any>} store null where it was refused.
 * @property {(id: string) => any} now What a text is about, as it stands in the file now.
 * @property {() => void} settled Called where nothing of this field is unsaved.
 * @property {() => void} [typed]
 */

export class Field {
  /** @param {How} how */
  constructor(how) {
    this.how = how;
    this.field = how.field;
    /** @type {any} The subgroup or theme that the text is about. */
    this.about = null;
    this.base = "";
    this.sent = "";
    this.again = false;
    this.asked = false;
    /** @type {Map<string, {about: any, text: string}>} Written while an earlier text was on its way. */
    this.next = new Map();
    this.conflict = el("div.conflict", { role: "alert" });
    this.later = calmly(() => this.save(), PAUSE);
    this.field.typed = () => {
      how.page.saving();
      how.typed?.();
      if (!this.disputed) this.later();
    };
    this.field.field.addEventListener("blur", () => this.save());
    this.field.field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if ((event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter")) {
        event.preventDefault();
        this.save();
      }
    });
  }

  get disputed() {
    return this.conflict.childElementCount > 0;
  }

  get dirty() {
    return this.about !== null && !same(this.field.text, this.base);
  }

  /** Under what a text is kept that nobody has decided about. @param {any} about */
  #name(about) {
    return `${about.id} ${this.how.key}`;
  }

  /** Show the text of something, as the file has it now; the panel has saved that of another one. @param {any} about */
  show(about) {
    const other = about?.id !== this.about?.id;
    this.about = about;
    const theirs = flowing(about?.[this.how.key] ?? "");
    if (other) {
      this.sent = "";
      this.again = false;
      this.conflict.replaceChildren();
      this.#become(theirs);
      this.#takeUp();
    } else if (same(theirs, this.base)) return;
    else if (this.sent && same(theirs, this.sent)) this.base = theirs;
    else {
      this.again = false;
      if (same(this.field.text, this.base)) this.#become(theirs);
      else if (same(this.field.text, theirs)) this.base = theirs;
      else this.#both(theirs);
    }
  }

  /** @param {string} text */
  #become(text) {
    this.field.text = text;
    this.base = text;
  }

  /** Show again what nobody has decided about yet. */
  #takeUp() {
    const kept = this.about && unsettled.get(this.#name(this.about));
    if (kept === undefined || kept === null) return;
    unsettled.delete(this.#name(this.about));
    if (same(kept, this.base)) return;
    this.field.text = kept;
    this.#both(this.base);
  }

  /** Save what is not saved yet, for something else is shown now, or nothing. */
  flush() {
    if (!this.disputed) this.save();
    else if (this.dirty) unsettled.set(this.#name(this.about), this.field.text);
  }

  /** What is written from here on is a version of its own. */
  async begin() {
    await this.save();
    this.again = false;
  }

  /** @param {{anyway?: boolean}} [how] */
  async save({ anyway = false } = {}) {
    const { about } = this;
    const text = this.field.text.trim();
    if (!about || (this.disputed && !anyway)) return;
    if (this.asked) {
      this.next.set(about.id, { about, text });
      return;
    }
    if (same(text, this.base)) {
      this.how.settled();
      return;
    }
    this.asked = true;
    await this.#store(about, text, { base: this.base, again: this.again && !anyway, anyway });
    const next = this.next.get(about.id);
    this.next.clear();
    // What is about something else by now goes after it, whatever is shown.
    if (this.about?.id !== about.id && next && !same(next.text, text)) await this.#store(next.about, next.text, { base: text, again: true, anyway: false });
    this.asked = false;
    if (this.dirty && !this.disputed) this.later();
  }

  /** @param {any} about @param {string} text @param {Sent} sent */
  async #store(about, text, sent) {
    const shown = () => this.about?.id === about.id;
    if (shown()) this.sent = text;
    const done = await this.how.store(about, text, sent);
    if (done) {
      if (!shown()) return;
      // What was typed meanwhile stays.
      this.base = text;
      this.again = true;
      this.how.settled();
      return;
    }
    const theirs = this.how.now(about.id)?.[this.how.key];
    if (theirs === undefined || same(theirs, sent.base) || same(theirs, text)) return;
    if (shown()) this.#both(flowing(theirs));
    else unsettled.set(this.#name(about), text);
  }

  /** The text was written somewhere else as well: both are shown, and the person decides. @param {string} theirs */
  #both(theirs) {
    const done = () => {
      this.conflict.replaceChildren();
      this.base = theirs;
      this.again = false;
      this.field.field.focus();
    };
    this.conflict.replaceChildren(
      el("h3", { text: t("writing.both") }),
      el("p", { text: t(this.how.hint) }),
      el("blockquote", { text: theirs || t("writing.both.empty") }),
      el("div.row", {},
        el("button.primary", { type: "button", text: t("writing.mine"), onclick: () => {
          done();
          this.save({ anyway: true });
        } }),
        el("button", { type: "button", text: t("writing.theirs"), onclick: () => {
          done();
          this.#become(theirs);
          this.how.typed?.();
          this.how.settled();
        } })));
  }
}
