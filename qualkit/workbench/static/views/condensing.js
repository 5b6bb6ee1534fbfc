// @ts-check
/** The condensing board: a code group's meaning units sorted into subgroups, and a condensate written from each. */

import { Refusal, at } from "../api.js";
import { askFor } from "../boards/asking.js";
import { address, card } from "../boards/cards.js";
import { carries } from "../boards/carrying.js";
import { Writing } from "../boards/writing.js";
import { all, el } from "../dom.js";
import { t } from "../words.js";

const FRESH = 2000;
const WAITING = "";

/** @type {import("./index.js").View} */
export const view = {
  title: ([code]) => (code ? `${code} – ${t("boards.nav")}` : t("boards.nav")),
  async open(page, [code], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    if (!code) return groups(page, current);
    const path = at`/api/condensing/groups/${code}`;
    const state = await page.api.get(path);
    if (!current()) return;
    const board = new Board(page, path, state);
    page.main.replaceChildren(board.element);
    page.tools(board.tools);
    board.shown();
    return { keys: board.keys(), refresh: () => board.refresh(), close: () => board.close() };
  },
};

// --- all groups -----------------------------------------------------------------------------------------------

/** @param {import("../app.js").Page} page @param {() => boolean} current */
async function groups(page, current) {
  const fill = async () => {
    const answer = await page.api.get("/api/condensing");
    if (!current()) return;
    page.main.replaceChildren(el("div.overview.groups", {},
      el("h1", { text: t("boards.title") }),
      el("p.under", { text: t("boards.under") }),
      ...answer.problems.map((/** @type {string} */ text) => el("p.warn", { text })),
      answer.groups.length
        ? el("ul.groups", {}, ...answer.groups.map(group))
        : el("p.empty", { text: t("boards.nogroups") })));
  };
  await fill();
  return { refresh: fill };
}

/** @param {any} one */
function group(one) {
  const sorted = one.units - one.waiting;
  return el("li", {},
    el("a.name", { href: `#/condense/${encodeURIComponent(one.code)}` }, el("span.swatch", { style: { "--colour": one.colour } }), one.name),
    el("p.fine-print", { text: `${t("boards.units", { n: one.units })} · ${t("boards.people", { n: one.participants })}` }),
    el("p.state", { class: one.waiting ? "state wait" : "state done", text: one.waiting ? t("boards.towait", { n: one.waiting }) : t("boards.sorted") }),
    sorted || one.subgroups.length ? el("ul.parts", {}, ...one.subgroups.map((/** @type {any} */ part) => el("li", {},
      el("span.part", { text: part.name }),
      el("span.fine-print", { text: t("boards.units", { n: part.used }) }),
      el("span.fine-print", { text: [part.condensate && t("writing.condensate"), part.golden && t("boards.golden"), part.analytic && t("writing.analytic")].filter(Boolean).map((word) => `✓ ${word}`).join("  ") })))) : null);
}

// --- one group ------------------------------------------------------------------------------------------------

export class Board {
  /** @param {import("../app.js").Page} page @param {string} path @param {any} state */
  constructor(page, path, state) {
    this.page = page;
    this.path = path;
    this.state = state;
    /** @type {Map<string, import("../boards/cards.js").Unit>} */
    this.units = new Map();
    /** The subgroup that is written on. */
    this.active = state.subgroups[0]?.id ?? "";
    /** The card that has the focus, or had it last. */
    this.unitAt = "";
    /** @type {Set<string>} Cards that are marked, to go together. */
    this.marked = new Set();
    /** @type {{units: string[], to: string} | null} What the keyboard carries. */
    this.carried = null;
    this.only = "";
    this.busy = false;
    this.drawing = false;
    this.ended = false;
    this.listening = new AbortController();
    this.columns = el("div.columns", { role: "group", "aria-label": t("boards.columns") });
    this.why = el("div.why-place");
    this.writing = new Writing(this);
    this.tools = el("div.tools");
    this.heading = el("div.board-head");
    this.element = el("div.board", {}, this.heading, el("div.board-body", {}, this.columns, this.writing.element), this.why);
    this.columns.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.#focused(/** @type {HTMLElement} */ (event.target)));
    this.columns.addEventListener("click", (/** @type {MouseEvent} */ event) => this.#clicked(event));
    carries(this.element, {
      card: ".unit-card", place: ".column", signal: this.listening.signal,
      all: (taken) => {
        const id = taken.dataset.unit ?? "";
        const ids = this.marked.has(id) ? [...this.marked] : [id];
        return ids.map((one) => this.#card(one)).filter((one) => one !== null);
      },
      drop: (cards, place) => {
        const ids = cards.map((one) => one.dataset.unit ?? "");
        if (place.matches(".new")) this.newSubgroup(ids);
        else this.put(ids, place.dataset.subgroup ?? WAITING, { then: "stay" });
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

  // --- drawing ------------------------------------------------------------------------------------------

  /** Take what the workbench answered. @param {any} state */
  take(state) {
    if (this.ended) return;
    this.state = state;
    this.units = new Map(state.units.map((/** @type {any} */ one) => [one.id, one]));
    for (const id of this.marked) if (!this.units.has(id)) this.marked.delete(id);
    if (!this.subgroup(this.active)) this.active = state.subgroups[0]?.id ?? "";
    this.page.steps(state);
    this.#head();
    this.#draw();
    this.writing.show(this.subgroup(this.active));
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
    const select = el("select", { "aria-label": t("boards.filter"), title: t("boards.filter"), onchange: () => {
      this.only = select.value;
      this.#draw();
    } }, el("option", { value: "", text: t("boards.everybody") }), ...people.map((who) => el("option", { value: who, text: who, selected: who === this.only })));
    this.tools.replaceChildren(select);
  }

  #draw() {
    const focus = this.columns.contains(document.activeElement);
    const scrolled = new Map(all(this.columns, ".column").map((one) => [one.dataset.subgroup, one.querySelector("ul")?.scrollTop ?? 0]));
    const across = this.columns.scrollLeft;
    const { state } = this;
    const waiting = this.#column(WAITING, t("boards.waiting"), state.waiting.map((/** @type {string} */ id) => ({ id, fate: "used", why: "" })), 0, null);
    const rest = state.subgroups.map((/** @type {any} */ one, /** @type {number} */ number) => this.#column(one.id, one.name, one.units, number + 1, one));
    const fresh = el("section.column.new", { "aria-label": t("boards.new") },
      el("button.quiet", { type: "button", onclick: () => this.newSubgroup([]) }, el("span.plus", { text: "+", "aria-hidden": "true" }), t("boards.new"), el("kbd", { text: "N" })));
    this.columns.replaceChildren(waiting, ...rest, fresh);
    for (const one of all(this.columns, ".column")) {
      const list = one.querySelector("ul");
      if (list) list.scrollTop = scrolled.get(one.dataset.subgroup) ?? 0;
    }
    this.columns.scrollLeft = across;
    this.#mark();
    const now = this.#card(this.unitAt) ?? this.columns.querySelector(".unit-card");
    if (now) this.#current(/** @type {HTMLElement} */ (now));
    this.drawing = true;
    if (focus && now) /** @type {HTMLElement} */ (now).focus({ preventScroll: true });
    this.drawing = false;
  }

  /**
   * @param {string} id @param {string} name @param {any[]} units @param {number} number @param {any} subgroup
   */
  #column(id, name, units, number, subgroup) {
    const shown = units.filter((one) => this.units.has(one.id) && (!this.only || this.unit(one.id)?.participant === this.only));
    const used = shown.filter((one) => one.fate === "used");
    const aside = shown.filter((one) => one.fate === "set-aside");
    const moved = shown.filter((one) => one.fate === "moved");
    const people = new Set(used.map((one) => this.unit(one.id)?.participant).filter(Boolean));
    /** @param {any} one */
    const made = (one) => {
      const unit = /** @type {import("../boards/cards.js").Unit} */ (this.unit(one.id));
      const off = one.fate === "set-aside";
      return card(unit, {
        golden: subgroup?.golden === one.id, start: subgroup?.start === one.id, aside: off, why: off ? one.why : "",
        deeds: {
          golden: subgroup && !off ? () => this.golden(one.id) : undefined,
          aside: off ? undefined : () => this.setAside(one.id),
          back: off ? () => this.put([one.id], id) : undefined,
        },
      });
    };
    const title = el("h2", { id: `column-${number}`, text: name });
    return el(`section.column${id ? "" : units.length ? ".waiting" : ".waiting.done"}`, { "data-subgroup": id, "aria-labelledby": `column-${number}` },
      el("header", {},
        number > 0 && number < 10 && el("kbd", { text: String(number), title: t("boards.number", { name, at: String(number) }) }),
        title,
        subgroup && el("button.quiet.square", { type: "button", title: t("boards.rename"), "aria-label": `${t("boards.rename")}: ${name}`, onclick: () => this.rename(id), text: "✎" }),
        subgroup && !units.length && !subgroup.condensate && !subgroup.analytic && !subgroup.versions.length && el("button.quiet.square", { type: "button", title: t("boards.remove"), "aria-label": `${t("boards.remove")}: ${name}`, onclick: () => this.remove(id), text: "×" }),
        el("p.fine-print", { text: [t("boards.units", { n: used.length }), used.length && t("boards.people", { n: people.size }), subgroup?.condensate && `✓ ${t("writing.condensate")}`].filter(Boolean).join(" · ") })),
      el("ul", { "aria-label": name },
        ...used.map(made),
        !used.length && el("li.none", { text: t(id ? "boards.empty" : state(this).units.length ? "boards.allplaced" : "boards.nounits") }),
        aside.length > 0 && el("li.divider", { text: t("boards.asides", { n: aside.length }) }),
        ...aside.map(made),
        moved.length > 0 && el("li.divider", { text: t("boards.moved", { n: moved.length }) }),
        ...moved.map((one) => el("li.moved", {},
          el("span", { text: `${this.unit(one.id)?.participant || one.id} → ${this.subgroup(one.to)?.name ?? one.to}` }),
          one.why && el("span.hint", { text: one.why })))));
  }

  /** Show which subgroup is written on, what is marked, and where the keyboard would put a card. */
  #mark() {
    for (const one of all(this.columns, ".column")) {
      one.classList.toggle("active", one.dataset.subgroup === this.active && this.active !== WAITING);
      one.classList.toggle("over", this.carried !== null && one.dataset.subgroup === this.carried.to);
    }
    for (const one of all(this.columns, ".unit-card")) {
      one.classList.toggle("marked", this.marked.has(one.dataset.unit ?? ""));
      one.classList.toggle("carried", this.carried?.units.includes(one.dataset.unit ?? "") ?? false);
    }
    this.element.classList.toggle("carrying", this.carried !== null);
  }

  // --- focus --------------------------------------------------------------------------------------------

  /** @param {string} id @returns {HTMLElement | null} */
  #card(id) {
    return id ? this.columns.querySelector(`.unit-card[data-unit="${CSS.escape(id)}"]`) : null;
  }

  /** The card that the tab key reaches: one in each column, and the buttons of this one. @param {HTMLElement} made */
  #current(made) {
    for (const column of all(this.columns, ".column")) {
      const cards = all(column, ".unit-card");
      const reached = cards.includes(made) ? made : cards.find((one) => one.tabIndex === 0) ?? cards[0];
      for (const one of cards) {
        one.tabIndex = one === reached ? 0 : -1;
        for (const each of one.querySelectorAll("a, button")) /** @type {HTMLElement} */ (each).tabIndex = one === made ? 0 : -1;
      }
    }
    this.unitAt = made.dataset.unit ?? "";
  }

  /** @param {HTMLElement} target */
  #focused(target) {
    const made = /** @type {HTMLElement | null} */ (target.closest(".unit-card"));
    if (made) this.#current(made);
    const id = /** @type {HTMLElement | null} */ (target.closest(".column"))?.dataset.subgroup;
    if (id && id !== this.active && !this.drawing) {
      this.active = id;
      this.#mark();
      this.writing.show(this.subgroup(id));
    }
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const made = /** @type {HTMLElement | null} */ (target.closest(".unit-card"));
    if (made && !target.closest("a, button")) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) this.#toggleMarked(made.dataset.unit ?? "");
      made.focus({ preventScroll: true });
      return;
    }
    const id = /** @type {HTMLElement | null} */ (target.closest(".column"))?.dataset.subgroup;
    if (id && !target.closest("a, button")) this.#choose(id);
  }

  /** @param {string} id */
  #choose(id) {
    this.active = id;
    this.#mark();
    this.writing.show(this.subgroup(id));
  }

  /** @param {string} id */
  #toggleMarked(id) {
    if (!this.marked.delete(id)) this.marked.add(id);
    this.#mark();
    this.page.say(t("boards.marked", { n: this.marked.size }));
  }

  /** @param {HTMLElement | null | undefined} made */
  #go(made) {
    if (!made) return;
    made.focus({ preventScroll: true });
    made.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  get #here() {
    return this.#card(this.unitAt) ?? /** @type {HTMLElement | null} */ (this.columns.querySelector(".unit-card"));
  }

  /** @param {1 | -1} way */
  #upDown(way) {
    const here = this.#here;
    if (!here) return;
    if (!this.columns.contains(document.activeElement)) {
      this.#go(here);
      return;
    }
    const cards = all(/** @type {HTMLElement} */ (here.closest("ul")), ".unit-card");
    this.#go(cards[cards.indexOf(here) + way]);
  }

  /** @param {1 | -1} way */
  #sideways(way) {
    const places = [WAITING, ...this.state.subgroups.map((/** @type {any} */ one) => one.id)];
    if (this.carried) {
      const to = places[Math.max(0, Math.min(places.length - 1, places.indexOf(this.carried.to) + way))];
      this.carried = { ...this.carried, to };
      this.#mark();
      this.columns.querySelector(`.column[data-subgroup="${CSS.escape(to)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.page.say(this.#called(to));
      return;
    }
    const here = this.#here;
    if (!here) return;
    const columns = all(this.columns, ".column:not(.new)");
    const top = here.getBoundingClientRect().top;
    for (let next = columns.indexOf(/** @type {HTMLElement} */ (here.closest(".column"))) + way; next >= 0 && next < columns.length; next += way) {
      const cards = all(columns[next], ".unit-card");
      if (!cards.length) continue;
      this.#go(cards.find((one) => one.getBoundingClientRect().bottom > top + 1) ?? cards[cards.length - 1]);
      return;
    }
  }

  /** @param {string} id */
  #called(id) {
    return id === WAITING ? t("boards.waiting") : this.subgroup(id)?.name ?? id;
  }

  /** Take up the card, or put down what is carried. */
  #lift() {
    if (this.carried) {
      const { units, to } = this.carried;
      this.carried = null;
      this.#mark();
      this.put(units, to, { then: "follow" });
      return;
    }
    const id = this.unitAt;
    if (!this.#card(id)) return;
    const units = this.marked.has(id) ? [...this.marked] : [id];
    this.carried = { units, to: this.home(id) };
    this.#mark();
    this.page.say(t("boards.lifted", { n: units.length }));
  }

  /** @returns {string[]} What a key is about. */
  #about() {
    if (this.marked.size) return [...this.marked];
    return this.#card(this.unitAt) ? [this.unitAt] : [];
  }

  // --- deeds --------------------------------------------------------------------------------------------

  /**
   * Ask the workbench to change something. Where the file was changed meanwhile and what this is about was not, it is
   * asked once more; else the page shows what stands there now.
   * @param {(version: string) => Promise<any>} ask
   * @param {(old: any, now: any) => boolean} same
   */
  async does(ask, same = () => false) {
    this.busy = true;
    this.why.replaceChildren();
    try {
      this.page.saving();
      let answer;
      try {
        answer = await ask(this.state.version);
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== "CondensatesChanged") throw error;
        const now = await this.page.api.get(this.path);
        if (!same(this.state, now)) {
          this.take(now);
          throw error;
        }
        answer = await ask(now.version);
      }
      this.take(answer);
      this.page.saved();
      return answer;
    } catch (error) {
      this.page.fail(error);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /**
   * Put units into a subgroup, or back among those that wait.
   * @param {string[]} units @param {string} to
   * @param {{then?: "next" | "follow" | "stay"}} [how] Where the focus goes: to the next unit that waits to be looked
   *   at, along with the unit, or nowhere.
   */
  async put(units, to, { then = "next" } = {}) {
    const going = units.filter((id) => this.units.has(id) && (this.home(id) !== to || this.#fate(id) === "set-aside"));
    if (!going.length) {
      this.page.say(t("boards.stays"));
      return;
    }
    const left = this.home(going[0]);
    const here = this.#here;
    const cards = here ? all(/** @type {HTMLElement} */ (here.closest("ul")), ".unit-card") : [];
    const next = cards.slice(here ? cards.indexOf(here) : 0).find((one) => !going.includes(one.dataset.unit ?? "")) ?? cards.findLast((one) => !going.includes(one.dataset.unit ?? ""));
    const done = await this.does(
      (version) => to === WAITING
        ? this.page.api.post(`${this.path}/waiting`, { units: going, version })
        : this.page.api.post(at`/api/condensing/subgroups/${to}/units`, { units: going, version }),
      (old, now) => going.every((id) => this.home(id, old) === this.home(id, now)),
    );
    if (!done) return;
    this.marked.clear();
    this.#mark();
    // Who went on to something else meanwhile is not called back.
    const now = document.activeElement;
    if (now && now !== document.body && !this.columns.contains(now)) then = "stay";
    if (then === "follow") this.#go(this.#card(going[0]));
    else if (then === "next") this.#go(this.#card(next?.dataset.unit ?? going[0]));
    this.page.say(t("boards.put", { n: going.length, name: this.#called(to) }));
    if (going.length === 1 && left !== WAITING && to !== WAITING && left !== to) this.#askWhy(going[0], left, to);
  }

  /** @param {string} id */
  #fate(id) {
    for (const one of this.state.subgroups) {
      const found = one.units.find((/** @type {any} */ each) => each.id === id && each.fate !== "moved");
      if (found) return found.fate;
    }
    return "";
  }

  /** A unit that went from one subgroup to another may say why; nobody has to. @param {string} id @param {string} left @param {string} to */
  #askWhy(id, left, to) {
    const field = el("input", { type: "text", id: "why-moved", maxlength: 2000, autocomplete: "off", placeholder: t("boards.why.hint") });
    const close = () => this.why.replaceChildren();
    this.why.replaceChildren(el("form.why-moved", { onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      const why = field.value.trim();
      close();
      this.#go(this.#here);
      if (why) await this.does((version) => this.page.api.post(at`/api/condensing/subgroups/${left}/why`, { unit: id, why, version }), (old, now) => this.home(id, now) === to);
    } },
      el("label", { for: "why-moved", text: t("boards.put", { n: 1, name: this.#called(to) }) }), field,
      el("button", { type: "submit", text: t("app.save") }),
      el("button.quiet", { type: "button", "aria-label": t("app.close"), onclick: close, text: "×" })));
  }

  /** @param {string} id */
  async setAside(id) {
    const unit = this.unit(id);
    if (!unit) return;
    const { subgroups } = this.state;
    if (!subgroups.length) {
      this.page.tell(t("boards.nosubgroup"));
      return;
    }
    const home = this.home(id);
    const answer = await askFor({
      title: t("boards.set.aside"), label: t("boards.aside.why"), done: t("boards.set.aside"), about: unit.words, long: true,
      choice: home === WAITING ? { label: t("boards.aside.where"), options: subgroups.map((/** @type {any} */ one) => [one.id, one.name]), value: this.active } : undefined,
    });
    if (!answer) return;
    const subgroup = home === WAITING ? answer.choice : home;
    const done = await this.does((version) => this.page.api.post(at`/api/condensing/subgroups/${subgroup}/aside`, { unit: id, why: answer.text, version }), (old, now) => this.home(id, now) === home);
    if (done) this.page.say(t("boards.aside"));
  }

  /** @param {string} id */
  async golden(id) {
    await this.#pick(id, "golden");
  }

  /** @param {string} id @param {"golden" | "start"} kind */
  async #pick(id, kind) {
    const subgroup = this.subgroup(this.home(id));
    if (!subgroup || this.#fate(id) !== "used") {
      this.page.tell(t("boards.place.first"));
      return;
    }
    const unit = this.unit(id);
    const off = subgroup[kind] === id;
    if (kind === "golden" && !off && unit && !unit.mayQuote) {
      this.page.tell(t("boards.noquote"));
      return;
    }
    const done = await this.does(
      (version) => this.page.api.post(at`/api/condensing/subgroups/${subgroup.id}/choose/${kind}`, { unit: off ? "" : id, version }),
      (old, now) => this.home(id, now) === subgroup.id && now.subgroups.find((/** @type {any} */ one) => one.id === subgroup.id)?.[kind] === subgroup[kind],
    );
    if (done) this.page.say(t(off ? "boards.chosen.none" : kind === "golden" ? "boards.chosen.golden" : "boards.chosen.start"));
  }

  /** @param {string[]} units That go into it at once. */
  async newSubgroup(units) {
    const answer = await askFor({ title: t("boards.new"), label: t("boards.name"), done: t("boards.make"), about: units.length ? t("boards.new.with", { n: units.length }) : "" });
    if (!answer) return;
    const done = await this.does((version) => this.page.api.post(`${this.path}/subgroups`, { name: answer.text, units, version }), () => true);
    if (!done) return;
    this.marked.clear();
    this.#choose(done.made);
    this.columns.querySelector(`.column[data-subgroup="${CSS.escape(done.made)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#go(this.#here);
  }

  /** @param {string} id */
  async rename(id) {
    const subgroup = this.subgroup(id);
    if (!subgroup) return;
    const answer = await askFor({ title: t("boards.rename"), label: t("boards.name"), done: t("app.save"), value: subgroup.name });
    if (answer && answer.text !== subgroup.name) await this.does((version) => this.page.api.patch(at`/api/condensing/subgroups/${id}`, { name: answer.text, version }));
  }

  /** @param {string} id */
  async remove(id) {
    await this.does((version) => this.page.api.post(at`/api/condensing/subgroups/${id}/remove`, { version }));
  }

  // --- freshness ----------------------------------------------------------------------------------------

  async refresh() {
    this.why.replaceChildren();
    this.take(await this.page.api.get(this.path));
  }

  async #fresh() {
    if (document.hidden || this.busy || this.carried || document.querySelector("dialog[open]")) return;
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
    this.writing.close();
    this.ended = true;
    clearInterval(this.timer);
    this.listening.abort();
  }

  // --- keys ---------------------------------------------------------------------------------------------

  /** @returns {import("../keys.js").Key[]} */
  keys() {
    /** @param {KeyboardEvent} event */
    const way = (event) => /** @type {1 | -1} */ (["ArrowDown", "ArrowRight", "j", "l"].includes(event.key) ? 1 : -1);
    const onCard = () => !(document.activeElement instanceof HTMLElement && document.activeElement.matches("summary, a"));
    /** @param {(id: string) => void} run */
    const one = (run) => () => {
      const here = this.#card(this.unitAt);
      if (here) run(this.unitAt);
    };
    return [
      { word: "key.boards.updown", keys: ["ArrowDown", "ArrowUp", "j", "k"], run: (event) => this.#upDown(way(event)) },
      { word: "key.boards.sideways", keys: ["ArrowRight", "ArrowLeft", "l"], run: (event) => this.#sideways(way(event)) },
      { word: "key.boards.lift", keys: [" ", "Enter"], run: () => this.#lift(), when: onCard },
      { word: "key.boards.number", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], run: (event) => {
        const subgroup = this.state.subgroups[Number(event.key) - 1];
        if (subgroup) this.put(this.#about(), subgroup.id);
      } },
      { word: "key.boards.wait", keys: ["0"], run: () => this.put(this.#about(), WAITING) },
      { word: "key.boards.mark", keys: ["m"], run: one((id) => this.#toggleMarked(id)) },
      { word: "key.boards.golden", keys: ["g"], run: one((id) => this.golden(id)) },
      { word: "key.boards.start", keys: ["s"], run: one((id) => this.#pick(id, "start")) },
      { word: "key.boards.aside", keys: ["x", "Delete"], run: one((id) => this.setAside(id)) },
      { word: "key.boards.why", keys: ["w"], run: () => /** @type {HTMLElement | null} */ (this.why.querySelector("input"))?.focus() },
      { word: "key.boards.new", keys: ["n"], run: () => this.newSubgroup([...this.marked]) },
      { word: "key.boards.rename", keys: ["r"], run: () => this.rename(this.active) },
      { word: "key.boards.write", keys: ["e"], run: () => this.writing.condensate.field.focus() },
      { word: "key.boards.analytic", keys: ["a"], run: () => this.writing.analytic.field.focus() },
      { word: "key.boards.open", keys: ["o"], run: one((id) => {
        const unit = this.unit(id);
        if (unit) this.page.go(address(unit));
      }) },
      { word: "key.boards.escape", keys: ["Escape"], run: () => this.#escape() },
    ];
  }

  #escape() {
    if (this.carried) {
      this.carried = null;
      this.#mark();
      this.page.say(t("boards.let"));
      return;
    }
    if (document.activeElement instanceof HTMLElement && document.activeElement.matches("input, textarea, select")) {
      this.why.replaceChildren();
      this.#go(this.#here);
      return;
    }
    this.marked.clear();
    this.#mark();
  }
}

/** @param {Board} board */
const state = (board) => board.state;
