// @ts-check
/** The themes board: which codes lie under which theme, as the file has it, and what is done to them. */

import { at } from "../api.js";
import { el } from "../dom.js";
import { t } from "../words.js";
import { askFor } from "./asking.js";
import { carries } from "./carrying.js";
import { change } from "./changing.js";
import { Deck } from "./deck.js";
import { LOOSE, columns, flat, hint } from "./theme_columns.js";
import { ThemePanel } from "./theme_panel.js";

export class ThemesBoard {
  /** @param {import("../app.js").Page} page @param {any} state @param {string} active */
  constructor(page, state, active) {
    this.page = page;
    this.state = state;
    this.active = active;
    /** @type {Map<string, any[]>} Extracts of codes that were opened. */
    this.opened = new Map();
    this.busy = 0;
    this.ended = false;
    this.seen = async () => {};
    this.listening = new AbortController();
    this.deck = new Deck(page, {
      name: t("themes.columns"), card: ".code-card", id: "code", place: "theme", within: ".open",
      places: () => [LOOSE, ...this.themes.map((one) => one.id)],
      called: (id) => (id === LOOSE ? t("themes.loose") : this.theme(id)?.heading ?? id),
      active: () => this.active,
      choose: (id) => this.choose(id),
      along: (id) => [id],
      put: ([code], from, to) => this.put(code, from, to),
    });
    this.writing = new ThemePanel(this);
    this.heading = el("div.board-head", {}, el("h1", { text: t("themes.nav") }), el("p.definition", { text: t("themes.under") }), el("a.more", { href: "#/map", text: t("map.nav") }));
    this.next = el("p.next-step");
    this.problems = el("div");
    this.element = el("div.board.themes", {}, this.heading, this.problems, this.next, el("div.board-body", {}, this.deck.columns, this.writing.element));
    carries(this.element, {
      card: ".code-card", place: ".column", all: (taken) => [taken], signal: this.listening.signal,
      drop: ([made], place) => {
        const code = made.dataset.code ?? "";
        const from = made.dataset.theme ?? LOOSE;
        if (place.matches(".new")) this.newTheme(code, from);
        else this.put(code, from, place.dataset.theme ?? LOOSE);
      },
    });
    addEventListener("pagehide", () => this.writing.flush(), { signal: this.listening.signal });
    this.take(state);
  }

  get themes() {
    return flat(this.state.themes);
  }

  /** @param {string} id */
  theme(id) {
    return [...this.themes, ...this.state.dropped].find((one) => one.id === id) ?? null;
  }

  /** @param {string} id */
  code(id) {
    return this.state.codes.find((/** @type {any} */ one) => one.id === id) ?? { id, name: id, colour: "", definition: "", units: 0, participants: 0 };
  }

  /** @param {any} state */
  take(state) {
    if (this.ended) return;
    this.state = state;
    if (!this.theme(this.active)) this.active = this.themes[0]?.id ?? "";
    this.page.steps(state);
    this.problems.replaceChildren(...state.problems.map((/** @type {string} */ text) => el("p.warn", { text })));
    this.draw();
    this.writing.show(this.theme(this.active));
  }

  draw() {
    this.deck.fill(columns(this));
    const next = hint(this.state);
    this.next.hidden = !next;
    this.next.textContent = next;
  }

  /** @param {string} id */
  choose(id) {
    if (id === this.active) return;
    this.active = id;
    this.deck.mark();
    this.writing.show(this.theme(id));
  }

  // --- deeds --------------------------------------------------------------------------------------------

  /**
   * Ask the workbench to change something.
   * @param {(version: string) => Promise<any>} ask
   * @param {(old: any, now: any) => boolean} same Whether what this is about is as it was, where the file was changed.
   */
  async does(ask, same = () => false) {
    this.busy += 1;
    const done = await change({
      page: this.page, path: "/api/themes", refused: "ThemesChanged", state: () => this.state,
      take: async (state) => {
        this.take(state);
        await this.seen();
      },
      settled: () => this.settled(),
    }, ask, same);
    this.busy -= 1;
    if (done?.told?.length) this.page.tell(done.told.join(". "));
    return done;
  }

  /** Nothing waits to be saved, unless it is being written. */
  settled() {
    if (!this.writing.dirty) this.page.saved();
  }

  /** @param {string} id @param {object} said */
  patch(id, said) {
    return this.does((version) => this.page.api.patch(at`/api/themes/${id}`, { ...said, version }));
  }

  /** @param {string} code @param {string} from @param {string} to */
  async put(code, from, to) {
    if (from === to) {
      this.page.say(t("boards.stays"));
      return;
    }
    /** @param {any} state */
    const where = (state) => JSON.stringify(flat(state.themes).filter((one) => one.codes.includes(code)).map((one) => one.id));
    this.deck.at = { id: code, place: to };
    const done = await this.does((version) => this.page.api.post("/api/themes/codes", { codes: [code], from, to, version }), (old, now) => where(now) === where(old));
    if (!done) return;
    this.deck.go(this.deck.find(code, to));
    this.page.say(t("boards.put", { n: 1, name: this.deck.how.called(to) }));
  }

  /** @param {string} [code] That is laid under it at once. @param {string} [from] */
  async newTheme(code = "", from = LOOSE) {
    const answer = await askFor({ title: t("themes.new"), label: t("themes.heading"), done: t("themes.make"), about: code ? this.code(code).name : "" });
    if (!answer) return;
    const done = await this.does((version) => this.page.api.post("/api/themes", { heading: answer.text, codes: code ? [code] : [], version }), () => true);
    if (!done) return;
    if (code && from) await this.does((version) => this.page.api.post("/api/themes/codes", { codes: [code], from, to: "", version }));
    this.choose(done.made);
    this.deck.show(done.made);
    this.writing.focus();
  }

  /** Show or hide a code's extracts. @param {string} code */
  async open(code) {
    if (!this.opened.delete(code)) {
      try {
        const answer = await this.page.api.get(`/api/collating/units?codes=${encodeURIComponent(code)}`);
        this.opened.set(code, answer.units);
      } catch (error) {
        this.page.fail(error);
      }
    }
    this.draw();
    this.deck.go(this.deck.here);
  }

  /** Choose an extract as a quotation of its theme, or take it out. @param {string} unit @param {string} theme @param {boolean} chosen */
  async quote(unit, theme, chosen) {
    const done = await this.does((version) => this.page.api.post(at`/api/themes/${theme}/quotations`, { unit, off: chosen, version }), (_, now) => flat(now.themes).some((one) => one.id === theme));
    if (!done) return;
    this.page.say(t(chosen ? "themes.unquoted" : "themes.quoted"));
    /** @type {HTMLElement | null} */ (this.deck.columns.querySelector(`.code-card[data-theme="${CSS.escape(theme)}"] [data-unit="${CSS.escape(unit)}"] .star`))?.focus();
  }

  async rename() {
    const theme = this.theme(this.active);
    if (!theme) return;
    const answer = await askFor({ title: t("themes.rename"), label: t("themes.heading"), done: t("app.save"), value: theme.heading });
    if (answer && answer.text !== theme.heading) await this.patch(theme.id, { heading: answer.text });
  }

  async drop() {
    const theme = this.theme(this.active);
    if (!theme) return;
    const answer = await askFor({ title: t("themes.drop"), label: t("themes.drop.why"), done: t("themes.drop"), about: theme.heading, long: true });
    if (answer) await this.patch(theme.id, { status: "dropped", why: answer.text });
  }

  async refresh() {
    this.take(await this.page.api.get("/api/themes"));
  }

  async fresh() {
    if (this.busy || this.deck.carried || document.querySelector("dialog[open]")) return;
    const now = await this.page.api.get("/api/themes");
    if (this.busy || now.seen === this.state.seen) return;
    this.take(now);
    this.page.tell(t("app.changed"));
  }

  close() {
    this.writing.flush();
    this.ended = true;
    this.listening.abort();
  }
}
