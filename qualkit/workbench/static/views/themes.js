// @ts-check
/** The themes board: codes laid under candidate themes, and what each theme is and is not beside them. */

import { Refusal, at } from "../api.js";
import { askFor } from "../boards/asking.js";
import { card } from "../boards/cards.js";
import { carries } from "../boards/carrying.js";
import { grow } from "../boards/grounded.js";
import { all, calmly, el } from "../dom.js";
import { t } from "../words.js";
import { collated } from "./collating.js";

const LOOSE = "";
const PAUSE = 20_000;
const STATUSES = ["candidate", "reviewed", "defined"];
const SAID = ["test", "definition", "concept", "in", "out", "text"];

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("themes.nav"),
  async open(page, parts, current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const state = await page.api.get("/api/themes");
    if (!current()) return;
    const board = new ThemesBoard(page, state, parts[0] ?? "");
    page.main.replaceChildren(board.element);
    board.writing.fit();
    const watching = page.watch(["themes", "codebook", "codings"], () => board.fresh());
    board.seen = () => watching.seen();
    return { keys: board.keys(), refresh: () => board.refresh(), close: () => { board.close(); watching.stop(); } };
  },
};

/** @param {any[]} themes @returns {any[]} */
const flat = (themes) => themes.flatMap((one) => [one, ...flat(one.subthemes)]);

class ThemesBoard {
  /** @param {import("../app.js").Page} page @param {any} state @param {string} active */
  constructor(page, state, active) {
    this.page = page;
    this.state = state;
    this.active = active;
    /** The card that has the focus, or had it last: its code, and the theme it lies under. */
    this.here = { code: "", theme: LOOSE };
    /** @type {{code: string, theme: string, to: string} | null} */
    this.carried = null;
    /** @type {Map<string, any[]>} Extracts of codes that were opened. */
    this.opened = new Map();
    this.ended = false;
    this.drawing = false;
    this.seen = async () => {};
    this.listening = new AbortController();
    this.columns = el("div.columns", { role: "group", "aria-label": t("themes.columns") });
    this.writing = new ThemeWriting(this);
    this.heading = el("div.board-head", {}, el("h1", { text: t("themes.nav") }), el("p.definition", { text: t("themes.under") }), el("a.more", { href: "#/map", text: t("map.nav") }));
    this.problems = el("div");
    this.element = el("div.board.themes", {}, this.heading, this.problems, el("div.board-body", {}, this.columns, this.writing.element));
    this.columns.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.#focused(/** @type {HTMLElement} */ (event.target)));
    this.columns.addEventListener("click", (/** @type {MouseEvent} */ event) => this.#clicked(/** @type {HTMLElement} */ (event.target)));
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
    this.#draw();
    this.writing.show(this.theme(this.active));
  }

  // --- drawing ------------------------------------------------------------------------------------------

  #draw() {
    const focus = this.columns.contains(document.activeElement);
    const across = this.columns.scrollLeft;
    const scrolled = new Map(all(this.columns, ".column").map((one) => [one.dataset.theme, one.querySelector("ul")?.scrollTop ?? 0]));
    const { state } = this;
    const dropped = state.dropped.length > 0 && el("details.dropped", {}, el("summary", { text: t("themes.dropped", { n: state.dropped.length }) }),
      el("ul", {}, ...state.dropped.map((/** @type {any} */ one) => el("li", {}, el("span", { text: one.heading }), one.why && el("span.hint", { text: one.why }),
        el("button.quiet", { type: "button", text: t("themes.again"), onclick: () => this.does((version) => this.page.api.patch(at`/api/themes/${one.id}`, { status: "candidate", version })) })))));
    this.columns.replaceChildren(
      this.#column(LOOSE, null, state.loose, 0),
      ...this.themes.map((one, number) => this.#column(one.id, one, one.codes, number + 1)),
      el("section.column.new", { "aria-label": t("themes.new") },
        el("button.quiet", { type: "button", onclick: () => this.newTheme() }, el("span.plus", { text: "+", "aria-hidden": "true" }), t("themes.new"), el("kbd", { text: "N" })), dropped));
    for (const one of all(this.columns, ".column")) {
      const list = one.querySelector("ul");
      if (list) list.scrollTop = scrolled.get(one.dataset.theme) ?? 0;
    }
    this.columns.scrollLeft = across;
    this.#mark();
    const now = this.#card(this.here.code, this.here.theme) ?? this.#card(this.here.code) ?? this.columns.querySelector(".code-card");
    if (now) this.#current(/** @type {HTMLElement} */ (now));
    this.drawing = true;
    if (focus && now) /** @type {HTMLElement} */ (now).focus({ preventScroll: true });
    this.drawing = false;
  }

  /** @param {string} id @param {any} theme @param {string[]} codes @param {number} number */
  #column(id, theme, codes, number) {
    const above = theme?.under && this.theme(theme.under);
    return el(`section.column${theme ? "" : codes.length ? ".waiting" : ".waiting.done"}${above ? ".sub" : ""}`, { "data-theme": id, "aria-labelledby": `theme-${number}` },
      el("header", {},
        number > 0 && number < 10 && el("kbd", { text: String(number) }),
        el("h2", { id: `theme-${number}`, text: theme ? theme.heading : t("themes.loose") }),
        theme && el("p.fine-print", {}, el(`span.state.status-${theme.status}`, { text: t(`themes.status.${theme.status}`) }), above && el("span.state", { text: t("themes.within", { name: above.heading }) }))),
      el("ul", { "aria-label": theme ? theme.heading : t("themes.loose") }, ...codes.map((code) => this.#codeCard(code, id)),
        !codes.length && el("li.none", { text: t(theme ? "themes.empty" : "themes.noloose") })));
  }

  /** @param {string} id @param {string} theme */
  #codeCard(id, theme) {
    const code = this.code(id);
    const extracts = this.opened.get(id);
    const told = this.state.counts ? `${t("boards.units", { n: code.units })} · ${t("boards.people", { n: code.participants })}` : code.units ? t("boards.people", { n: code.participants }) : t("themes.nounits");
    return el("li.unit-card.code-card", { tabindex: -1, "data-code": id, "data-theme": theme, "aria-label": `${code.name}, ${told}` },
      el("p.name", {}, el("span.swatch", { style: { "--colour": code.colour } }), code.name),
      code.definition && el("p.memo", { text: code.definition }),
      el("div.unit-foot", {}, el("span", { text: told }),
        el("span.deeds", {},
          el("button.quiet.open", { type: "button", tabindex: -1, "aria-expanded": String(Boolean(extracts)), text: t(extracts ? "themes.hide" : "themes.show"), "aria-label": `${t(extracts ? "themes.hide" : "themes.show")}: ${code.name}`, onclick: () => this.open(id) }))),
      extracts && el("ul.extracts", {}, ...extracts.map((unit) => {
        const chosen = this.theme(theme)?.quotations.includes(unit.id) ?? false;
        const made = card(unit, { golden: chosen, word: "themes.quotation", deeds: { golden: theme ? () => this.quote(unit.id, theme, chosen) : undefined } });
        made.removeAttribute("tabindex");
        for (const each of all(made, "a, button")) each.tabIndex = 0;
        return made;
      }), el("li", {}, el("a.place", { href: collated([id]), text: t("boards.collate") }))));
  }

  #mark() {
    for (const one of all(this.columns, ".column")) {
      one.classList.toggle("active", one.dataset.theme === this.active && this.active !== LOOSE);
      one.classList.toggle("over", this.carried !== null && one.dataset.theme === this.carried.to);
    }
    for (const one of all(this.columns, ".code-card")) one.classList.toggle("carried", this.carried !== null && one.dataset.code === this.carried.code && one.dataset.theme === this.carried.theme);
    this.element.classList.toggle("carrying", this.carried !== null);
  }

  // --- focus --------------------------------------------------------------------------------------------

  /** @param {string} code @param {string} [theme] @returns {HTMLElement | null} */
  #card(code, theme) {
    if (!code) return null;
    return this.columns.querySelector(`.code-card[data-code="${CSS.escape(code)}"]${theme === undefined ? "" : `[data-theme="${CSS.escape(theme)}"]`}`);
  }

  /** The card that the tab key reaches: one in each column. @param {HTMLElement} made */
  #current(made) {
    for (const column of all(this.columns, ".column")) {
      const cards = all(column, ".code-card");
      const reached = cards.includes(made) ? made : cards.find((one) => one.tabIndex === 0) ?? cards[0];
      for (const one of cards) {
        one.tabIndex = one === reached ? 0 : -1;
        for (const each of one.querySelectorAll(".open")) /** @type {HTMLElement} */ (each).tabIndex = one === made ? 0 : -1;
      }
    }
    this.here = { code: made.dataset.code ?? "", theme: made.dataset.theme ?? LOOSE };
  }

  /** @param {HTMLElement} target */
  #focused(target) {
    const made = /** @type {HTMLElement | null} */ (target.closest(".code-card"));
    if (made) this.#current(made);
    const id = /** @type {HTMLElement | null} */ (target.closest(".column"))?.dataset.theme;
    if (id && !this.drawing) this.choose(id);
  }

  /** @param {HTMLElement} target */
  #clicked(target) {
    if (target.closest("a, button, summary")) return;
    const made = /** @type {HTMLElement | null} */ (target.closest(".code-card"));
    if (made) made.focus({ preventScroll: true });
    const id = /** @type {HTMLElement | null} */ (target.closest(".column"))?.dataset.theme;
    if (id) this.choose(id);
  }

  /** @param {string} id */
  choose(id) {
    if (id === this.active) return;
    this.active = id;
    this.#mark();
    this.writing.show(this.theme(id));
  }

  /** @param {HTMLElement | null | undefined} made */
  #go(made) {
    if (!made) return;
    made.focus({ preventScroll: true });
    made.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  get #now() {
    return this.#card(this.here.code, this.here.theme) ?? /** @type {HTMLElement | null} */ (this.columns.querySelector(".code-card"));
  }

  /** @param {1 | -1} way */
  #upDown(way) {
    const now = this.#now;
    if (!now) return;
    if (!this.columns.contains(document.activeElement)) return this.#go(now);
    const cards = /** @type {HTMLElement[]} */ ([...(now.closest(".column")?.querySelectorAll(".code-card") ?? [])]);
    this.#go(cards[cards.indexOf(now) + way]);
  }

  /** @param {1 | -1} way */
  #sideways(way) {
    const places = [LOOSE, ...this.themes.map((one) => one.id)];
    if (this.carried) {
      const to = places[Math.max(0, Math.min(places.length - 1, places.indexOf(this.carried.to) + way))];
      this.carried = { ...this.carried, to };
      this.#mark();
      this.columns.querySelector(`.column[data-theme="${CSS.escape(to)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.page.say(this.#called(to));
      return;
    }
    const now = this.#now;
    if (!now) return;
    const columns = all(this.columns, ".column:not(.new)");
    for (let next = columns.indexOf(/** @type {any} */ (now.closest(".column"))) + way; next >= 0 && next < columns.length; next += way) {
      const first = /** @type {HTMLElement | null} */ (columns[next].querySelector(".code-card"));
      if (first) return this.#go(first);
    }
  }

  /** @param {string} id */
  #called(id) {
    return id === LOOSE ? t("themes.loose") : this.theme(id)?.heading ?? id;
  }

  #lift() {
    if (this.carried) {
      const { code, theme, to } = this.carried;
      this.carried = null;
      this.#mark();
      this.put(code, theme, to);
      return;
    }
    if (!this.#card(this.here.code, this.here.theme)) return;
    this.carried = { ...this.here, to: this.here.theme };
    this.#mark();
    this.page.say(t("boards.lifted", { n: 1 }));
  }

  // --- deeds --------------------------------------------------------------------------------------------

  /**
   * @param {(version: string) => Promise<any>} ask
   * @param {(now: any) => boolean} same Whether what this is about is as it was, where the file was changed meanwhile.
   */
  async does(ask, same = () => false) {
    try {
      this.page.saving();
      let answer;
      try {
        answer = await ask(this.state.version);
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== "ThemesChanged") throw error;
        const now = await this.page.api.get("/api/themes");
        if (!same(now)) {
          this.take(now);
          throw error;
        }
        answer = await ask(now.version);
      }
      this.take(answer);
      await this.seen();
      this.page.saved();
      if (answer.told?.length) this.page.tell(answer.told.join(". "));
      return answer;
    } catch (error) {
      this.page.fail(error);
      return null;
    }
  }

  /** @param {string} code @param {string} from @param {string} to */
  async put(code, from, to) {
    if (from === to) {
      this.page.say(t("boards.stays"));
      return;
    }
    /** @param {any} state */
    const where = (state) => JSON.stringify(flat(state.themes).filter((one) => one.codes.includes(code)).map((one) => one.id));
    this.here = { code, theme: to };
    const done = await this.does((version) => this.page.api.post("/api/themes/codes", { codes: [code], from, to, version }), (now) => where(now) === where(this.state));
    if (!done) return;
    this.#go(this.#card(code, to));
    this.page.say(t("boards.put", { n: 1, name: this.#called(to) }));
  }

  /** @param {string} [code] That is laid under it at once. @param {string} [from] */
  async newTheme(code = "", from = LOOSE) {
    const answer = await askFor({ title: t("themes.new"), label: t("themes.heading"), done: t("themes.make"), about: code ? this.code(code).name : "" });
    if (!answer) return;
    const done = await this.does((version) => this.page.api.post("/api/themes", { heading: answer.text, codes: code ? [code] : [], version }), () => true);
    if (!done) return;
    if (code && from) await this.does((version) => this.page.api.post("/api/themes/codes", { codes: [code], from, to: "", version }));
    this.active = "";
    this.choose(done.made);
    this.columns.querySelector(`.column[data-theme="${CSS.escape(done.made)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.writing.element.querySelector("textarea")?.focus();
  }

  /** @param {string} code */
  async open(code) {
    if (this.opened.delete(code)) this.#draw();
    else {
      try {
        const answer = await this.page.api.get(`/api/collating/units?codes=${encodeURIComponent(code)}`);
        this.opened.set(code, answer.units);
        this.#draw();
      } catch (error) {
        this.page.fail(error);
      }
    }
    this.#go(this.#now);
  }

  /** Choose an extract as a quotation of its theme, or take it out. @param {string} unit @param {string} theme @param {boolean} chosen */
  async quote(unit, theme, chosen) {
    const done = await this.does((version) => this.page.api.post(at`/api/themes/${theme}/quotations`, { unit, off: chosen, version }), (now) => flat(now.themes).some((one) => one.id === theme));
    if (!done) return;
    this.page.say(t(chosen ? "themes.unquoted" : "themes.quoted"));
    /** @type {HTMLElement | null} */ (this.columns.querySelector(`.code-card[data-theme="${CSS.escape(theme)}"] [data-unit="${CSS.escape(unit)}"] .star`))?.focus();
  }

  async rename() {
    const theme = this.theme(this.active);
    if (!theme) return;
    const answer = await askFor({ title: t("themes.rename"), label: t("themes.heading"), done: t("app.save"), value: theme.heading });
    if (answer && answer.text !== theme.heading) await this.does((version) => this.page.api.patch(at`/api/themes/${theme.id}`, { heading: answer.text, version }));
  }

  async drop() {
    const theme = this.theme(this.active);
    if (!theme) return;
    const answer = await askFor({ title: t("themes.drop"), label: t("themes.drop.why"), done: t("themes.drop"), about: theme.heading, long: true });
    if (answer) await this.does((version) => this.page.api.patch(at`/api/themes/${theme.id}`, { status: "dropped", why: answer.text, version }));
  }

  async refresh() {
    this.take(await this.page.api.get("/api/themes"));
  }

  async fresh() {
    if (this.carried || document.querySelector("dialog[open]")) return;
    const now = await this.page.api.get("/api/themes");
    if (now.seen === this.state.seen) return;
    this.take(now);
    this.page.tell(t("app.changed"));
  }

  close() {
    this.writing.flush();
    this.ended = true;
    this.listening.abort();
  }

  /** @returns {import("../keys.js").Key[]} */
  keys() {
    /** @param {KeyboardEvent} event */
    const way = (event) => /** @type {1 | -1} */ (event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1);
    const onCard = () => !(document.activeElement instanceof HTMLElement && document.activeElement.matches("summary, a"));
    return [
      { word: "key.themes.updown", keys: ["ArrowDown", "ArrowUp"], run: (event) => this.#upDown(way(event)) },
      { word: "key.boards.sideways", keys: ["ArrowRight", "ArrowLeft"], run: (event) => this.#sideways(way(event)) },
      { word: "key.themes.lift", keys: [" ", "Enter"], run: () => this.#lift(), when: onCard },
      { word: "key.themes.number", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], run: (event) => {
        const theme = this.themes[Number(event.key) - 1];
        if (theme && this.#now) this.put(this.here.code, this.here.theme, theme.id);
      } },
      { word: "key.themes.loose", keys: ["0"], run: () => this.#now && this.put(this.here.code, this.here.theme, LOOSE) },
      { word: "key.themes.open", keys: ["o"], run: () => this.#now && this.open(this.here.code) },
      { word: "key.themes.new", keys: ["n"], run: () => this.newTheme() },
      { word: "key.themes.rename", keys: ["r"], run: () => this.rename() },
      { word: "key.themes.write", keys: ["e"], run: () => this.writing.element.querySelector("textarea")?.focus() },
      { word: "key.themes.drop", keys: ["x", "Delete"], run: () => this.drop() },
      { word: "key.boards.escape", keys: ["Escape"], run: () => {
        if (this.carried) {
          this.carried = null;
          this.#mark();
          this.page.say(t("boards.let"));
        } else if (document.activeElement instanceof HTMLElement && document.activeElement.matches("input, textarea, select")) {
          // The theme that was written about stays the one that is written about.
          this.drawing = true;
          this.#go(this.#now);
          this.drawing = false;
        }
      } },
    ];
  }
}

/** What is written of a theme. */
class ThemeWriting {
  /** @param {ThemesBoard} board */
  constructor(board) {
    this.board = board;
    this.page = board.page;
    /** @type {any} */
    this.theme = null;
    this.head = el("header");
    this.sentences = el("p.told", { id: "sentences" });
    /** @type {Map<string, {field: any, base: string, asked: boolean, sent: string, next: {theme: any, text: string} | null}>} */
    this.fields = new Map();
    const later = calmly(() => this.flush(), PAUSE);
    const rows = SAID.map((key) => {
      const field = el("textarea", { id: `said-${key}`, rows: key === "text" ? 6 : 2, placeholder: t(`themes.${key}.hint`), "aria-describedby": key === "test" ? "sentences" : null, oninput: () => {
        this.page.saving();
        grow(field);
        if (key === "test") this.#count();
        later();
      }, onblur: () => this.save(key), onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if ((event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter")) {
          event.preventDefault();
          this.save(key);
        }
      } });
      this.fields.set(key, { field, base: "", asked: false, sent: "", next: null });
      return el("div.said", {}, el("div.named", {}, el("label", { for: `said-${key}`, text: t(`themes.${key}`) })), el("div.grounded", {}, field), key === "test" && this.sentences);
    });
    this.conflict = el("div.conflict", { role: "alert" });
    this.body = el("div.body", {}, this.conflict, ...rows);
    this.element = el("aside.writing", { "aria-label": t("themes.one") }, this.head, this.body);
  }

  /** @param {any} theme */
  show(theme) {
    const other = theme?.id !== this.theme?.id;
    if (other) {
      this.flush();
      this.conflict.replaceChildren();
    }
    this.theme = theme;
    this.body.hidden = !theme;
    if (!theme) {
      this.head.replaceChildren(el("h2", { text: t("themes.one") }), el("p.hint", { text: t("themes.none") }));
      return;
    }
    const status = el("select", { "aria-label": t("themes.status"), onchange: () => this.board.does((version) => this.page.api.patch(at`/api/themes/${theme.id}`, { status: status.value, version })) },
      ...STATUSES.map((one) => el("option", { value: one, selected: one === theme.status, text: t(`themes.status.${one}`) })));
    const above = el("select", { "aria-label": t("themes.place"), onchange: () => this.board.does((version) => this.page.api.patch(at`/api/themes/${theme.id}`, { under: above.value, version })) },
      el("option", { value: "", text: t("themes.top") }),
      ...this.board.state.themes.filter((/** @type {any} */ one) => one.id !== theme.id).map((/** @type {any} */ one) => el("option", { value: one.id, selected: one.id === theme.under, text: t("themes.within", { name: one.heading }) })));
    this.head.replaceChildren(el("h2", { text: theme.heading }),
      el("div.board-bar", {}, status, !theme.subthemes.length && above,
        el("button.quiet", { type: "button", text: t("themes.rename"), onclick: () => this.board.rename() }),
        el("button.quiet", { type: "button", text: t("themes.drop"), onclick: () => this.board.drop() })));
    for (const [key, one] of this.fields) {
      const theirs = theme[key];
      // What was sent comes back while more is written: that is nobody else's.
      const ours = !other && one.sent !== "" && theirs.trim() === one.sent;
      if (other || (!ours && one.field.value.trim() === one.base.trim())) one.field.value = theirs;
      else if (!ours && theirs.trim() !== one.base.trim() && theirs.trim() !== one.field.value.trim()) {
        this.#both(key, theirs);
        continue;
      }
      one.base = theirs;
    }
    this.fit();
    this.#count();
  }

  fit() {
    for (const { field } of this.fields.values()) grow(field);
  }

  /** How many sentences the test has: more than two is a sign, and no fault. */
  #count() {
    const text = this.fields.get("test")?.field.value.trim() ?? "";
    const language = document.documentElement.lang || "nb";
    const count = text ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].filter((one) => one.segment.trim()).length : 0;
    this.sentences.textContent = count > 2 ? t("themes.sentences.many", { n: count }) : count ? t("themes.sentences", { n: count }) : "";
  }

  /** @param {string} key @param {string} theirs */
  #both(key, theirs) {
    const one = /** @type {{field: any, base: string, asked: boolean, sent: string, next: {theme: any, text: string} | null}} */ (this.fields.get(key));
    const done = () => this.conflict.replaceChildren();
    this.conflict.replaceChildren(el("h3", { text: t("writing.both") }), el("p", { text: `${t(`themes.${key}`)}: ${t("writing.both.hint")}` }), el("blockquote", { text: theirs || t("writing.both.empty") }),
      el("div.row", {},
        el("button.primary", { type: "button", text: t("writing.mine"), onclick: () => { one.base = theirs; done(); this.save(key); } }),
        el("button", { type: "button", text: t("writing.theirs"), onclick: () => { one.base = theirs; one.field.value = theirs; done(); this.fit(); this.page.saved(); } })));
  }

  flush() {
    for (const key of this.fields.keys()) this.save(key);
  }

  /** @param {string} key */
  async save(key) {
    const one = this.fields.get(key);
    const { theme } = this;
    if (!one || !theme || this.conflict.childElementCount) return;
    const text = one.field.value.trim();
    if (text === one.base.trim()) {
      if ([...this.fields.values()].every((each) => each.field.value.trim() === each.base.trim()) && document.getElementById("status")?.textContent === t("app.saving")) this.page.saved();
      return;
    }
    if (one.asked) {
      one.next = { theme, text };
      return;
    }
    one.asked = true;
    await this.#store(key, theme, text, one.base);
    one.asked = false;
    const { next } = one;
    one.next = null;
    if (next && next.text !== text) await this.#store(key, next.theme, next.text, text);
  }

  /** @param {string} key @param {any} theme @param {string} text @param {string} base What stood there before. */
  async #store(key, theme, text, base) {
    const one = this.fields.get(key);
    if (one) one.sent = text;
    const done = await this.board.does((version) => this.page.api.patch(at`/api/themes/${theme.id}`, { [key]: text, version }), (now) => flat(now.themes).find((each) => each.id === theme.id)?.[key].trim() === base.trim());
    if (!done && this.theme?.id === theme.id) {
      const theirs = this.board.theme(theme.id)?.[key] ?? "";
      if (theirs.trim() !== this.fields.get(key)?.base.trim()) this.#both(key, theirs);
    }
  }
}
