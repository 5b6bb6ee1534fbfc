// @ts-check
/** Columns of cards: which card the keyboard is at, how it goes from one to the next, and where it carries them. */

import { all, el } from "../dom.js";
import { t } from "../words.js";

/**
 * @typedef {object} How
 * @property {string} name Of the columns together, for screen readers.
 * @property {string} card A card, as a selector.
 * @property {string} id Under what a card's dataset has its id.
 * @property {string} place Under what the datasets of cards and columns have the column; "" for those that wait.
 * @property {string} within What of a card the tab key reaches while it is the current one, as a selector.
 * @property {() => string[]} places All columns in order, those that wait first.
 * @property {(place: string) => string} called
 * @property {() => string} active The column that is written about.
 * @property {(place: string) => void} choose The focus went into a column.
 * @property {(id: string) => string[]} along What goes along with a card that is taken up, itself among it.
 * @property {(ids: string[], from: string, to: string) => void} put
 */

export class Deck {
  /** @param {import("../app.js").Page} page @param {How} how */
  constructor(page, how) {
    this.page = page;
    this.how = how;
    /** The card that has the focus, or had it last. */
    this.at = { id: "", place: "" };
    /** @type {Set<string>} Cards that are marked, to go together. */
    this.marked = new Set();
    /** @type {{ids: string[], from: string, to: string} | null} What the keyboard carries. */
    this.carried = null;
    this.drawing = false;
    this.columns = el("div.columns", { role: "group", "aria-label": how.name });
    this.columns.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.#focused(/** @type {HTMLElement} */ (event.target)));
    this.columns.addEventListener("click", (/** @type {MouseEvent} */ event) => this.#clicked(event));
  }

  /** Show other columns; what was scrolled stays so, and the focus stays on its card. @param {Node[]} made */
  fill(made) {
    const focus = this.columns.contains(document.activeElement);
    const scrolled = new Map(all(this.columns, ".column").map((one) => [this.#placeOf(one), one.querySelector("ul")?.scrollTop ?? 0]));
    const across = this.columns.scrollLeft;
    this.columns.replaceChildren(...made);
    for (const one of all(this.columns, ".column")) {
      const list = one.querySelector("ul");
      if (list) list.scrollTop = scrolled.get(this.#placeOf(one)) ?? 0;
    }
    this.columns.scrollLeft = across;
    this.mark();
    const now = this.here;
    if (now) this.#current(now);
    if (focus && now) this.quietly(() => now.focus({ preventScroll: true }));
  }

  /** Do something that moves the focus and chooses no column by it. @param {() => void} run */
  quietly(run) {
    this.drawing = true;
    run();
    this.drawing = false;
  }

  /** Show which column is written about, what is marked, and where the keyboard would put a card. */
  mark() {
    const active = this.how.active();
    for (const one of all(this.columns, ".column")) {
      const place = this.#placeOf(one);
      one.classList.toggle("active", place === active && active !== "");
      one.classList.toggle("over", this.carried !== null && place === this.carried.to);
    }
    for (const one of all(this.columns, this.how.card)) {
      const id = this.#idOf(one);
      one.classList.toggle("marked", this.marked.has(id));
      one.classList.toggle("carried", this.carried !== null && this.carried.ids.includes(id) && (this.carried.ids.length > 1 || this.#placeOf(one) === this.carried.from));
    }
    this.columns.parentElement?.parentElement?.classList.toggle("carrying", this.carried !== null);
  }

  /** @param {HTMLElement} made */
  #placeOf(made) {
    return made.dataset[this.how.place];
  }

  /** @param {HTMLElement} made */
  #idOf(made) {
    return made.dataset[this.how.id] ?? "";
  }

  /** @param {string} id @param {string} [place] @returns {HTMLElement | null} */
  find(id, place) {
    if (!id) return null;
    const there = all(this.columns, this.how.card).filter((one) => this.#idOf(one) === id);
    return there.find((one) => place === undefined || (one.closest(".column") && this.#placeOf(/** @type {HTMLElement} */ (one.closest(".column"))) === place)) ?? null;
  }

  /** @param {string} place @returns {HTMLElement | null} */
  column(place) {
    return all(this.columns, ".column").find((one) => this.#placeOf(one) === place) ?? null;
  }

  /** The current card; the first one where there was none. */
  get here() {
    return this.find(this.at.id, this.at.place) ?? this.find(this.at.id) ?? /** @type {HTMLElement | null} */ (this.columns.querySelector(this.how.card));
  }

  /** The id of the card that the keyboard is at; "" where it is at none. */
  get current() {
    return this.find(this.at.id) ? this.at.id : "";
  }

  /** Cards of the current column. */
  get beside() {
    const { here } = this;
    return here ? all(/** @type {HTMLElement} */ (here.closest(".column")), this.how.card) : [];
  }

  /** What a key is about: what is marked, or else the current card. @returns {string[]} */
  get about() {
    if (this.marked.size) return [...this.marked];
    return this.current ? [this.current] : [];
  }

  // --- focus --------------------------------------------------------------------------------------------

  /** The card that the tab key reaches: one in each column, and the buttons of this one. @param {HTMLElement} made */
  #current(made) {
    for (const column of all(this.columns, ".column")) {
      const cards = all(column, this.how.card);
      const reached = cards.includes(made) ? made : cards.find((one) => one.tabIndex === 0) ?? cards[0];
      for (const one of cards) {
        one.tabIndex = one === reached ? 0 : -1;
        for (const each of all(one, this.how.within)) each.tabIndex = one === made ? 0 : -1;
      }
    }
    this.at = { id: this.#idOf(made), place: this.#placeOf(/** @type {HTMLElement} */ (made.closest(".column"))) ?? "" };
  }

  /** @param {HTMLElement} target */
  #focused(target) {
    const made = /** @type {HTMLElement | null} */ (target.closest(this.how.card));
    if (made) this.#current(made);
    this.#chosen(target);
  }

  /** @param {HTMLElement} target */
  #chosen(target) {
    const column = /** @type {HTMLElement | null} */ (target.closest(".column"));
    const place = column && this.#placeOf(column);
    if (place && !this.drawing) this.how.choose(place);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest("a, button, summary")) return;
    const made = /** @type {HTMLElement | null} */ (target.closest(this.how.card));
    if (made) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) this.toggle(this.#idOf(made));
      made.focus({ preventScroll: true });
    }
    this.#chosen(target);
  }

  /** @param {HTMLElement | null | undefined} made */
  go(made) {
    if (!made) return;
    made.focus({ preventScroll: true });
    made.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {string} place */
  show(place) {
    this.column(place)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {1 | -1} way */
  upDown(way) {
    const { here } = this;
    if (!here) return;
    if (!this.columns.contains(document.activeElement)) this.go(here);
    else this.go(this.beside[this.beside.indexOf(here) + way]);
  }

  /** @param {1 | -1} way */
  sideways(way) {
    if (this.carried) {
      const places = this.how.places();
      const to = places[Math.max(0, Math.min(places.length - 1, places.indexOf(this.carried.to) + way))];
      this.carried = { ...this.carried, to };
      this.mark();
      this.show(to);
      this.page.say(this.how.called(to));
      return;
    }
    const { here } = this;
    if (!here) return;
    const columns = all(this.columns, ".column:not(.new)");
    const top = here.getBoundingClientRect().top;
    for (let next = columns.indexOf(/** @type {HTMLElement} */ (here.closest(".column"))) + way; next >= 0 && next < columns.length; next += way) {
      const cards = all(columns[next], this.how.card);
      if (!cards.length) continue;
      this.go(cards.find((one) => one.getBoundingClientRect().bottom > top + 1) ?? cards[cards.length - 1]);
      return;
    }
  }

  // --- carrying -----------------------------------------------------------------------------------------

  /** Take up the card, or put down what is carried. */
  lift() {
    if (this.carried) {
      const { ids, from, to } = this.carried;
      this.letGo();
      this.how.put(ids, from, to);
      return;
    }
    const id = this.current;
    if (!id) return;
    const ids = this.how.along(id);
    this.carried = { ids, from: this.at.place, to: this.at.place };
    this.mark();
    this.page.say(t("boards.lifted", { n: ids.length }));
  }

  letGo() {
    this.carried = null;
    this.mark();
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.marked.delete(id)) this.marked.add(id);
    this.mark();
    this.page.say(t("boards.marked", { n: this.marked.size }));
  }

  unmark() {
    this.marked.clear();
    this.mark();
  }

  /** Let go, or go back from a field to the card; whether there was something to do. @returns {boolean} */
  escape() {
    if (this.carried) {
      this.letGo();
      this.page.say(t("boards.let"));
      return true;
    }
    if (document.activeElement instanceof HTMLElement && document.activeElement.matches("input, textarea, select")) {
      // What was written about stays what is written about.
      this.quietly(() => this.go(this.here));
      return true;
    }
    return false;
  }
}
