// @ts-check
/** What is written of a subgroup: condensate with its grounding, golden quotation, analytic text, earlier versions. */

import { Refusal } from "../api.js";
import { calmly, el } from "../dom.js";
import { t } from "../words.js";
import { address, placed, whose } from "./cards.js";
import { Grounded } from "./grounded.js";

/** Milliseconds without a key before what was written is saved. */
const PAUSE = 1500;
const GROUND = 250;

/** @typedef {"condensate" | "analytic"} Key */

/**
 * A text as it is read and printed: where a line ends in the file says nothing, an empty line parts paragraphs.
 * @param {string} text
 */
export function flowing(text) {
  return text.trim().split(/\n\s*\n/).map((part) => part.split(/\s*\n\s*/).join(" ")).join("\n\n");
}

/** @type {Map<string, string>} Texts that were left while another one stood in the file, for as long as the page lives. */
const unsettled = new Map();

/** @param {string} one @param {string} other */
const same = (one, other) => flowing(one) === flowing(other);

export class Writing {
  /** @param {import("../views/condensing.js").Board} board */
  constructor(board) {
    this.board = board;
    this.page = board.page;
    /** @type {any} */
    this.subgroup = null;
    /** What grounding was asked about last. */
    this.asked = "";
    this.head = el("header");
    this.condensate = new Grounded({ id: "condensate", "aria-describedby": "grounding", placeholder: t("writing.condensate.hint") });
    this.analytic = new Grounded({ id: "analytic", placeholder: t("writing.analytic.hint"), rows: 5 });
    this.told = el("p.told", { id: "grounding" });
    this.golden = el("figure.golden");
    this.versions = el("details.versions");
    this.conflict = el("div.conflict", { role: "alert" });
    this.notes = el("div.notes");
    this.keep = el("button.quiet", { type: "button", title: t("writing.keep.hint"), text: t("writing.keep"), onclick: () => this.#fresh() });
    /** @type {Record<Key, {field: Grounded, base: string, again: boolean, asked: boolean, next: {subgroup: any, text: string} | null, save: () => void}>} */
    this.fields = {
      condensate: { field: this.condensate, base: "", again: false, asked: false, next: null, save: calmly(() => this.save("condensate"), PAUSE) },
      analytic: { field: this.analytic, base: "", again: false, asked: false, next: null, save: calmly(() => this.save("analytic"), PAUSE) },
    };
    const grounds = calmly(() => this.#ground(), GROUND);
    for (const [key, one] of Object.entries(this.fields)) {
      one.field.typed = () => {
        this.page.saving();
        if (key === "condensate") grounds();
        if (!this.conflict.childElementCount) one.save();
      };
      one.field.field.addEventListener("blur", () => this.save(/** @type {Key} */ (key)));
      one.field.field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        if ((event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter")) {
          event.preventDefault();
          this.save(/** @type {Key} */ (key));
        }
      });
    }
    this.body = el("div.body", {},
      this.notes, this.conflict,
      el("div.named", {}, el("label", { for: "condensate", text: t("writing.condensate") }), this.keep),
      this.condensate.element, this.told, this.versions,
      this.golden,
      el("div.named", {}, el("label", { for: "analytic", text: t("writing.analytic") })),
      this.analytic.element);
    this.element = el("aside.writing", { "aria-label": t("writing.title") }, this.head, this.body);
  }

  /**
   * Show a subgroup, as the board has it now.
   * @param {any} subgroup
   */
  show(subgroup) {
    const other = subgroup?.id !== this.subgroup?.id;
    if (other && this.subgroup) this.flush();
    this.subgroup = subgroup;
    this.body.hidden = !subgroup;
    if (!subgroup) {
      this.head.replaceChildren(el("h2", { text: t("writing.title") }), el("p.hint", { text: t("writing.none") }));
      return;
    }
    const used = subgroup.units.filter((/** @type {any} */ one) => one.fate === "used");
    const people = new Set(used.map((/** @type {any} */ one) => this.board.unit(one.id)?.participant).filter(Boolean));
    this.head.replaceChildren(el("h2", { text: subgroup.name }),
      el("p.fine-print", { text: `${t("boards.units", { n: used.length })} · ${t("boards.people", { n: people.size })}` }));
    if (other) this.conflict.replaceChildren();
    this.notes.replaceChildren(...(subgroup.withdrawn ? [el("p.warn", { text: t("writing.withdrawn", { n: subgroup.withdrawn }) })] : []));
    for (const key of /** @type {Key[]} */ (["condensate", "analytic"])) {
      const one = this.fields[key];
      const theirs = flowing(subgroup[key]);
      if (other || !same(theirs, one.base)) one.again = false;
      if (other || (same(one.field.text, one.base) && !same(one.field.text, theirs))) one.field.text = theirs;
      if (other || same(one.field.text, theirs)) one.base = theirs;
      else if (!same(theirs, one.base)) this.#both(key, theirs);
    }
    const asked = JSON.stringify([subgroup.id, this.condensate.text, used.map((/** @type {any} */ one) => one.id)]);
    if (asked !== this.asked) {
      if (other) this.told.replaceChildren();
      this.asked = asked;
      this.#ground();
    }
    this.#showGolden(subgroup, used);
    this.#showVersions(subgroup);
    if (other) this.#takeUp(subgroup);
  }

  /** Show again what nobody has decided about yet. @param {any} subgroup */
  #takeUp(subgroup) {
    for (const key of /** @type {Key[]} */ (["condensate", "analytic"])) {
      const kept = unsettled.get(`${subgroup.id} ${key}`);
      unsettled.delete(`${subgroup.id} ${key}`);
      if (kept === undefined || same(kept, subgroup[key])) continue;
      this.fields[key].field.text = kept;
      this.#both(key, flowing(subgroup[key]));
    }
  }

  /** Save what is not saved yet. */
  flush() {
    if (this.conflict.childElementCount && this.subgroup) {
      for (const key of /** @type {Key[]} */ (["condensate", "analytic"])) {
        const one = this.fields[key];
        if (!same(one.field.text, one.base)) unsettled.set(`${this.subgroup.id} ${key}`, one.field.text);
      }
      return;
    }
    this.save("condensate");
    this.save("analytic");
  }

  /** @param {Key} key @param {{anyway?: boolean}} [how] */
  async save(key, { anyway = false } = {}) {
    const one = this.fields[key];
    const { subgroup } = this;
    const text = one.field.text.trim();
    if (!subgroup || (this.conflict.childElementCount && !anyway)) return;
    if (one.asked) {
      // What is written while an earlier text is on its way goes after it, also when another subgroup is shown by then.
      one.next = { subgroup, text };
      return;
    }
    if (same(text, one.base)) {
      if (!this.dirty) this.page.saved();
      return;
    }
    one.asked = true;
    await this.#store(key, subgroup, text, one.base, one.again && !anyway, anyway);
    one.asked = false;
    const { next } = one;
    one.next = null;
    if (this.subgroup?.id === subgroup.id) {
      if (!same(one.field.text, one.base)) one.save();
    } else if (next && !same(next.text, text)) await this.#store(key, next.subgroup, next.text, text, true, false);
  }

  /**
   * @param {Key} key @param {any} subgroup @param {string} text @param {string} base What stood there before.
   * @param {boolean} again @param {boolean} anyway
   */
  async #store(key, subgroup, text, base, again, anyway) {
    try {
      this.page.saving();
      const answer = await this.#post(subgroup, key, text, base, again, anyway);
      if (!answer) return;
      const one = this.fields[key];
      if (this.subgroup?.id === subgroup.id) {
        // What was typed meanwhile stays.
        one.base = text;
        one.again = true;
      }
      this.board.take(answer);
      if (!this.dirty) this.page.saved();
    } catch (error) {
      this.page.fail(error);
    }
  }

  get dirty() {
    return Object.values(this.fields).some((one) => !same(one.field.text, one.base));
  }

  /**
   * @param {any} subgroup @param {Key} key @param {string} text @param {string} base @param {boolean} again
   * @param {boolean} anyway
   */
  async #post(subgroup, key, text, base, again, anyway) {
    const path = `/api/condensing/subgroups/${encodeURIComponent(subgroup.id)}/text`;
    /** @param {string} version */
    const send = (version) => this.page.api.post(path, { key, text, again, version });
    try {
      return await send(this.board.state.version);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 409) throw error;
      // The file was changed; where this text was not, nothing stands in the way.
      const now = await this.page.api.get(this.board.path);
      const theirs = now.subgroups.find((/** @type {any} */ each) => each.id === subgroup.id);
      if (theirs && (same(theirs[key], base) || anyway)) return await send(now.version);
      this.board.take(now);
      this.page.fail(error);
      if (theirs && this.subgroup?.id === subgroup.id) this.#both(key, flowing(theirs[key]));
      else unsettled.set(`${subgroup.id} ${key}`, text);
      return null;
    }
  }

  /**
   * The text was written somewhere else as well: both are shown, and the person decides.
   * @param {Key} key @param {string} theirs
   */
  #both(key, theirs) {
    const one = this.fields[key];
    const done = () => {
      this.conflict.replaceChildren();
      one.field.field.focus();
    };
    this.conflict.replaceChildren(
      el("h3", { text: t("writing.both") }),
      el("p", { text: t(key === "condensate" ? "writing.both.versions" : "writing.both.hint") }),
      el("blockquote", { text: theirs || t("writing.both.empty") }),
      el("div.row", {},
        el("button.primary", { type: "button", text: t("writing.mine"), onclick: () => {
          one.base = theirs;
          done();
          this.save(key, { anyway: true });
        } }),
        el("button", { type: "button", text: t("writing.theirs"), onclick: () => {
          one.base = theirs;
          one.again = false;
          one.field.text = theirs;
          done();
          if (key === "condensate") this.#ground();
          this.page.saved();
        } })));
  }

  async #ground() {
    const { subgroup } = this;
    const text = this.condensate.text;
    if (!subgroup) return;
    try {
      const { grounding } = await this.page.api.post(`/api/condensing/subgroups/${encodeURIComponent(subgroup.id)}/grounding`, { text });
      if (this.subgroup?.id === subgroup.id) this.#told(text, grounding);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** @param {string} text @param {import("./grounded.js").Grounding} grounding */
  #told(text, grounding) {
    if (text !== this.condensate.text) return;
    const own = this.condensate.ground(text, grounding);
    if (!grounding.words) {
      this.told.replaceChildren();
      return;
    }
    const names = [...new Set(own.map((word) => word.toLocaleLowerCase()))];
    this.told.replaceChildren(
      el("span", { text: t("writing.grounding", { own: own.length, n: grounding.words }) }),
      names.length > 0 ? el("span.words", { text: names.join(", ") }) : el("span"));
  }

  /** @param {any} subgroup @param {any[]} used */
  #showGolden(subgroup, used) {
    const unit = this.board.unit(subgroup.golden);
    const here = used.some((one) => one.id === subgroup.golden);
    this.golden.replaceChildren(
      el("figcaption.small", { text: t("boards.golden") }),
      unit && here
        ? el("blockquote", { text: unit.words })
        : el("p.hint", { text: subgroup.golden ? t("writing.golden.gone") : t("writing.golden.none") }),
      ...(unit && here ? [el("a.place", { href: address(unit), text: `${whose(unit)}, ${placed(unit)}` })] : []));
  }

  /** @param {any} subgroup */
  #showVersions(subgroup) {
    const versions = [...subgroup.versions].reverse();
    this.versions.hidden = !versions.length;
    this.versions.replaceChildren(
      el("summary", { text: t("writing.versions", { n: versions.length }) }),
      el("ol", {}, ...versions.map((one) => el("li", {},
        el("p.small", { text: [one.date, one.by].filter(Boolean).join(", ") }),
        el("p.text", { text: flowing(one.text) }),
        el("button.quiet", { type: "button", text: t("writing.again"), onclick: () => {
          this.#fresh();
          this.condensate.text = flowing(one.text);
          this.condensate.field.focus();
          this.save("condensate");
        } })))));
  }

  /** What is written from here on is a version of its own. */
  async #fresh() {
    await this.save("condensate");
    this.fields.condensate.again = false;
    this.page.say(t("writing.kept"));
    this.page.tell(t("writing.kept"));
  }

  close() {
    this.flush();
  }
}
