// @ts-check
/** The board of one code group: what stands where, as the file has it, and what of it is shown. */

import { Refusal } from "../api.js";
import { el } from "../dom.js";
import { t } from "../words.js";
import { carries } from "./carrying.js";
import { change } from "./changing.js";
import { CondensatePanel } from "./condensate.js";
import { Deck } from "./deck.js";
import { Sorting } from "./sorting.js";
import { WAITING, columns, hint } from "./subgroups.js";

const FRESH = 2000;
const ORDERS = ["hand", "participant", "place"];
const ORDER = "qualkit-board-order";

export class Board {
  /** @param {import("../app.js").Page} page @param {string} path @param {any} state */
  constructor(page, path, state) {
    this.page = page;
    this.path = path;
    this.state = state;
    /** @type {Map<string, import("./cards.js").Unit>} */
    this.units = new Map();
    /** The subgroup that is written on. */
    this.active = state.subgroups[0]?.id ?? "";
    this.only = "";
    this.order = ORDERS.find((one) => one === localStorage.getItem(ORDER)) ?? ORDERS[0];
    this.busy = 0;
    this.ended = false;
    this.silent = false;
    this.listening = new AbortController();
    this.sorting = new Sorting(this);
    /** @type {Deck} */
    this.deck = new Deck(page, {
      name: t("boards.columns"), card: ".unit-card", id: "unit", place: "subgroup", within: "a, button",
      places: () => [WAITING, ...this.state.subgroups.map((/** @type {any} */ one) => one.id)],
      called: (id) => this.called(id),
      active: () => this.active,
      choose: (id) => this.choose(id),
      along: (id) => (this.deck.marked.has(id) ? [...this.deck.marked] : [id]),
      put: (ids, _, to) => this.sorting.put(ids, to, { then: "follow" }),
    });
    this.why = el("div.why-place");
    this.writing = new CondensatePanel(this);
    this.tools = el("div.tools");
    this.heading = el("div.board-head");
    this.next = el("p.next-step");
    this.element = el("div.board", {}, this.heading, this.next, el("div.board-body", {}, this.deck.columns, this.writing.element), this.why);
    carries(this.element, {
      card: ".unit-card", place: ".column", signal: this.listening.signal, between: () => this.order === "hand",
      all: (taken) => this.deck.how.along(taken.dataset.unit ?? "").map((one) => this.deck.find(one)).filter((one) => one !== null),
      drop: (cards, place, before) => {
        const ids = cards.map((one) => one.dataset.unit ?? "");
        const to = place.dataset.subgroup ?? WAITING;
        if (place.matches(".new")) this.sorting.newSubgroup(ids);
        else if (before && ids.length === 1 && to !== WAITING && this.home(ids[0]) === to) this.sorting.before(ids[0], to, before.dataset.unit ?? "");
        else this.sorting.put(ids, to, { then: "stay" });
      },
    });
    addEventListener("pagehide", () => this.writing.flush(), { signal: this.listening.signal });
    this.timer = setInterval(() => this.#fresh(), FRESH);
    this.take(state);
  }

  /** @param {string} id */
  unit(id) {
    return this.units.get(id);
  }

  /** @param {string} id */
  subgroup(id) {
    return this.state.subgroups.find((/** @type {any} */ one) => one.id === id) ?? null;
  }

  /** Where a unit is used, or set aside; "" for a unit that waits. @param {string} id @param {any} [state] */
  home(id, state = this.state) {
    return state.subgroups.find((/** @type {any} */ one) => one.units.some((/** @type {any} */ each) => each.id === id && each.fate !== "moved"))?.id ?? WAITING;
  }

  /** @param {string} id */
  fate(id) {
    for (const one of this.state.subgroups) {
      const found = one.units.find((/** @type {any} */ each) => each.id === id && each.fate !== "moved");
      if (found) return found.fate;
    }
    return "";
  }

  /** @param {string} id */
  called(id) {
    return id === WAITING ? t("boards.waiting") : this.subgroup(id)?.name ?? id;
  }

  /** Take what the workbench answered. @param {any} state */
  take(state) {
    if (this.ended) return;
    this.state = state;
    this.units = new Map(state.units.map((/** @type {any} */ one) => [one.id, one]));
    for (const id of this.deck.marked) if (!this.units.has(id)) this.deck.marked.delete(id);
    if (!this.subgroup(this.active)) this.active = state.subgroups[0]?.id ?? "";
    this.page.steps(state);
    this.#head();
    this.draw();
    this.writing.show(this.subgroup(this.active));
  }

  draw() {
    this.deck.fill(columns(this));
    const next = hint(this.state);
    this.next.hidden = !next;
    this.next.textContent = next;
  }

  /** The board stands in the page now. */
  shown() {
    this.writing.show(this.subgroup(this.active));
  }

  #head() {
    const { state } = this;
    const index = state.groups.findIndex((/** @type {any} */ one) => one.code === state.code);
    /** @param {any} one @param {string} word @param {string} sign */
    const step = (one, word, sign) => one && el("a.step", { href: `#/condense/${encodeURIComponent(one.code)}`, title: `${t(word)}: ${one.name}`, "aria-label": `${t(word)}: ${one.name}`, text: sign });
    this.heading.replaceChildren(...[
      el("span.swatch", { style: { "--colour": state.colour } }),
      el("h1", { text: state.name }),
      state.definition && el("p.definition", { text: state.definition, title: state.definition }),
      el("a.more", { href: `#/collate/${encodeURIComponent(state.code)}`, text: t("boards.collate") }),
      step(state.groups[index - 1], "boards.previous", "←"),
      step(state.groups[index + 1], "boards.following", "→"),
      ...state.problems.map((/** @type {string} */ text) => el("p.warn", { text })),
    ].filter(Boolean));
    const people = [...new Set(state.units.map((/** @type {any} */ one) => one.participant).filter(Boolean))].sort(new Intl.Collator("nb", { numeric: true }).compare);
    const who = el("select", { "aria-label": t("boards.filter"), title: t("boards.filter"), onchange: () => {
      this.only = who.value;
      this.draw();
    } }, el("option", { value: "", text: t("boards.everybody") }), ...people.map((one) => el("option", { value: one, text: one, selected: one === this.only })));
    const order = el("select", { "aria-label": t("boards.order"), title: t("boards.order"), onchange: () => {
      this.order = order.value;
      localStorage.setItem(ORDER, order.value);
      this.draw();
    } }, ...ORDERS.map((one) => el("option", { value: one, text: t(`boards.order.${one}`), selected: one === this.order })));
    this.tools.replaceChildren(who, order);
  }

  /** @param {string} id */
  choose(id) {
    if (id === this.active) return;
    this.active = id;
    this.deck.mark();
    this.writing.show(this.subgroup(id));
  }

  /**
   * Ask the workbench to change something.
   * @param {(version: string) => Promise<any>} ask
   * @param {(old: any, now: any) => boolean} same Whether what this is about is as it was, where the file was changed.
   */
  async does(ask, same = () => false) {
    this.busy += 1;
    const done = await change({ page: this.page, path: this.path, refused: "CondensatesChanged", state: () => this.state, take: (state) => this.take(state), settled: () => this.settled() }, ask, same);
    this.busy -= 1;
    return done;
  }

  /** Nothing waits to be saved, unless it is being written. */
  settled() {
    if (!this.writing.dirty) this.page.saved();
  }

  async refresh() {
    this.why.replaceChildren();
    this.take(await this.page.api.get(this.path));
  }

  async #fresh() {
    if (document.hidden || this.busy || this.deck.carried || document.querySelector("dialog[open]")) return;
    try {
      const { seen } = await this.page.api.get("/api/condensing/seen");
      if (this.busy || this.ended || seen === this.state.seen) {
        this.silent = false;
        return;
      }
      const now = await this.page.api.get(this.path);
      if (this.busy || this.ended || now.seen === this.state.seen) return;
      this.take(now);
      this.page.tell(t("app.changed"));
    } catch (error) {
      if (!this.silent && error instanceof Refusal && (error.kind === "silent" || error.kind === "closed")) {
        this.silent = true;
        this.page.fail(error);
      }
    }
  }

  close() {
    this.writing.flush();
    this.ended = true;
    clearInterval(this.timer);
    this.listening.abort();
  }
}
