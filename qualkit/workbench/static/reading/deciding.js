// @ts-check
/** Deciding on what the rules propose: each proposal in its place, next, accept, reject or change, in one hand. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { reveal } from "./choosing.js";
import { choose } from "./palette.js";
import { shortened } from "./marks.js";

export class Deciding {
  /** @param {any} reading The view. */
  constructor(reading) {
    this.reading = reading;
    this.active = false;
    this.id = "";
  }

  /** @returns {any[]} In the order of the text. */
  get waiting() {
    return this.reading.state.proposals ?? [];
  }

  /** @param {string} [id] Of the proposal to begin with; else the first one below what is chosen. */
  start(id) {
    if (!this.waiting.length) {
      this.reading.page.tell(t("decide.none"));
      return;
    }
    this.active = true;
    this.reading.replacing.stop();
    const from = this.reading.choosing.passage?.start ?? -1;
    this.id = id ?? (this.waiting.find((one) => one.start >= from) ?? this.waiting[0]).id;
    this.reading.redraw();
    this.#point();
  }

  stop() {
    this.active = false;
    this.reading.marks.point("");
    this.reading.redraw();
  }

  show() {
    const place = this.reading.decideBar;
    if (this.active && !this.waiting.length) {
      this.active = false;
      this.reading.page.tell(t("decide.none"));
    }
    if (!this.active) {
      place.replaceChildren();
      return;
    }
    if (!this.waiting.some((one) => one.id === this.id)) this.id = this.waiting[0].id;
    const number = this.waiting.findIndex((one) => one.id === this.id);
    const proposal = this.waiting[number];
    const known = this.reading.known(proposal.code);
    /** @param {string} word @param {string} key @param {() => void} run @param {string} [kind] */
    const button = (word, key, run, kind = "") => el(`button${kind}`, { type: "button", onclick: run, "aria-keyshortcuts": key }, el("span", { text: t(word) }), el("kbd", { text: key }));
    place.replaceChildren(el("section.decide", { "aria-label": t("decide.title", { at: number + 1, n: this.waiting.length }) },
      el("p", {}, el("span.told", { text: t("decide.title", { at: number + 1, n: this.waiting.length }) }),
        el("span.swatch", { style: { "--colour": known.colour } }), el("strong", { text: known.name }), el("span.definition", { text: known.code?.definition ?? "" })),
      el("div.row", {},
        button("decide.accept", "A", () => this.decide("accepted"), ".primary"),
        button("decide.reject", "R", () => this.decide("rejected")),
        button("decide.change", "E", () => this.change()),
        button("decide.back", "D", () => this.step(-1)),
        button("decide.next", "F", () => this.step(1)),
        el("button.quiet", { type: "button", text: t("decide.stop"), onclick: () => this.stop() }))));
  }

  /** @param {1 | -1} way */
  step(way) {
    const number = this.waiting.findIndex((one) => one.id === this.id);
    this.id = this.waiting[(number + way + this.waiting.length) % this.waiting.length].id;
    this.show();
    this.#point();
  }

  #point() {
    const proposal = this.waiting.find((one) => one.id === this.id);
    if (!proposal) return;
    const { reading } = this;
    reading.marks.point(proposal.id);
    const range = reading.sheet.range(proposal.start, proposal.end);
    if (range) reveal(range);
    reading.page.say(t("tag.proposed", { name: reading.known(proposal.code).name, words: shortened(reading.sheet.words(proposal.start, proposal.end)) }));
  }

  /** @param {"accepted" | "rejected"} status @param {string} [code] */
  async decide(status, code) {
    const number = this.waiting.findIndex((one) => one.id === this.id);
    const proposal = this.waiting[number];
    if (!proposal) return;
    const next = this.waiting[number + 1] ?? this.waiting[0];
    const { reading } = this;
    this.id = next.id;
    const body = { status, start: proposal.start, end: proposal.end, ...(code ? { code } : {}) };
    const done = await reading.does(() => reading.page.api.post(`${reading.path}/proposals/${encodeURIComponent(proposal.id)}`, body));
    if (!done) this.id = proposal.id;
    else reading.page.say(t(status === "accepted" ? "decide.accepted" : "decide.rejected"));
    if (this.active) this.#point();
  }

  async change() {
    const proposal = this.waiting.find((one) => one.id === this.id);
    if (!proposal) return;
    const { reading } = this;
    const chosen = await choose({ codes: reading.codes, recent: reading.recent, title: "palette.change", several: false, makes: false, words: shortened(reading.sheet.words(proposal.start, proposal.end)) });
    if (chosen) await this.decide("accepted", chosen.codes[0]);
  }
}
