// @ts-check
/** All meaning units of a code, a group of codes or a theme, side by side. */

import { card, whose } from "../boards/cards.js";
import { el } from "../dom.js";
import { t } from "../words.js";

const ORDERS = ["text", "participant", "long", "short", "subgroup"];

/** Where the units of some codes are shown. @param {string[]} codes @param {...string} rest A column and its value. */
export function collated(codes, ...rest) {
  return `#/collate/${[codes.join("\n"), ...rest].map(encodeURIComponent).join("/")}`;
}

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("collate.nav"),
  async open(page, [codes, column, value], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const choices = await page.api.get("/api/collating");
    if (!current()) return;
    const chosen = codes ?? "";
    const collating = new Collating(page, choices, chosen, column ?? "", value ?? "");
    await collating.refresh();
    if (!current()) return;
    page.main.replaceChildren(collating.element);
    const watching = page.watch(["codings", "condensates", "codebook", "transcripts"], () => collating.refresh());
    return { keys: collating.keys(), refresh: () => collating.refresh(), close: () => watching.stop() };
  },
};

class Collating {
  /**
   * @param {import("../app.js").Page} page @param {any} choices @param {string} codes
   * @param {string} column @param {string} value
   */
  constructor(page, choices, codes, column, value) {
    this.page = page;
    this.choices = choices;
    this.codes = codes;
    this.order = localStorage.getItem("qualkit-collate-order") ?? "text";
    this.filter = { column, value };
    this.words = "";
    /** @type {any} */
    this.state = { codes: [], units: [], people: {}, attributes: [] };
    this.head = el("header.collate-head");
    this.list = el("ul.collated");
    this.count = el("p.fine-print", { role: "status" });
    this.element = el("div.collate", {}, this.head, this.count, this.list);
  }

  async refresh() {
    if (this.codes) this.state = await this.page.api.get(`/api/collating/units?codes=${encodeURIComponent(this.codes)}`);
    this.#head();
    this.#list();
  }

  #head() {
    const { state, choices } = this;
    const [first] = state.codes;
    const theme = choices.themes.find((/** @type {any} */ one) => one.codes.join("\n") === this.codes);
    const code = choices.codes.find((/** @type {any} */ one) => one.codes.join("\n") === this.codes);
    const name = theme?.name ?? code?.name ?? state.codes.map((/** @type {any} */ one) => one.name).join(", ");
    /** @param {any} one */
    const option = (one) => el("option", { value: one.codes.join("\n"), selected: one.codes.join("\n") === this.codes, disabled: !one.codes.length, text: `${"\u2003".repeat(one.depth ?? 0)}${one.name} (${one.units})` });
    const pick = el("select.pick", { "aria-label": t("collate.pick"), onchange: () => this.page.go(`#/collate/${encodeURIComponent(pick.value)}`) },
      el("option", { value: "", text: t("collate.pick"), selected: !this.codes }),
      choices.themes.length > 0 && el("optgroup", { label: t("collate.themes") }, ...choices.themes.map(option)),
      el("optgroup", { label: t("collate.codes") }, ...choices.codes.map(option)));
    const order = el("select", { "aria-label": t("collate.order"), onchange: () => {
      this.order = order.value;
      localStorage.setItem("qualkit-collate-order", order.value);
      this.#list();
    } }, ...ORDERS.map((one) => el("option", { value: one, selected: one === this.order, text: t(`collate.order.${one}`) })));
    const people = [...new Set(state.units.map((/** @type {any} */ one) => one.participant).filter(Boolean))].sort(collator.compare);
    const known = [["participant", people], ...state.attributes.map((/** @type {string} */ name) => [name, [...new Set(people.map((who) => state.people[who]?.[name] ?? ""))].sort(collator.compare)])];
    const who = el("select", { "aria-label": t("collate.who"), onchange: () => {
      const [column, value] = who.value ? JSON.parse(who.value) : ["", ""];
      this.filter = { column, value };
      this.#list();
    } }, el("option", { value: "", text: t("boards.everybody") }),
      ...known.map(([column, values]) => el("optgroup", { label: column === "participant" ? t("collate.participant") : column },
        ...values.map((/** @type {string} */ value) => el("option", { value: JSON.stringify([column, value]), selected: column === this.filter.column && value === this.filter.value, text: column === "participant" ? value : `${column}: ${value || t("boards.nobody")}` })))));
    const search = el("input.find", { type: "search", placeholder: t("collate.find"), "aria-label": t("collate.find"), value: this.words, oninput: () => {
      this.words = search.value;
      this.#list();
    } });
    this.head.replaceChildren(...[
      el("h1", { text: this.codes ? name : t("collate.nav") }),
      first && state.codes.length === 1 && first.definition && el("p.definition", { text: first.definition }),
      el("div.board-bar", {}, pick, this.codes && who, this.codes && order, this.codes && search,
        state.codes.length === 1 && this.page.study.method === "stc" && el("a.more", { href: `#/condense/${encodeURIComponent(first.id)}`, text: t("collate.condense") })),
    ].filter((one) => one instanceof Node));
  }

  #list() {
    const { column, value } = this.filter;
    const wanted = this.words.trim().toLocaleLowerCase();
    const shown = this.state.units.filter((/** @type {any} */ one) =>
      (!column || (column === "participant" ? one.participant : this.state.people[one.participant]?.[column] ?? "") === value)
      && (!wanted || one.words.toLocaleLowerCase().includes(wanted) || one.memo.toLocaleLowerCase().includes(wanted)));
    const ordered = sorted(shown, this.order);
    const codes = new Map(this.state.codes.map((/** @type {any} */ one) => [one.id, one]));
    this.list.replaceChildren(...ordered.map((one) => {
      const made = card(one);
      made.tabIndex = 0;
      made.removeAttribute("data-unit");
      const place = /** @type {HTMLAnchorElement} */ (made.querySelector("a.place"));
      place.tabIndex = -1;
      made.addEventListener("click", (event) => {
        if (!/** @type {HTMLElement} */ (event.target).closest("a") && getSelection()?.isCollapsed !== false) location.hash = place.hash;
      });
      made.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        location.hash = place.hash;
      });
      const told = [codes.size > 1 && codes.get(one.code), one.subgroup && { name: one.subgroup }].filter(Boolean);
      made.querySelector(".deeds")?.replaceChildren(...told.map((each) => el("span.chip", {}, each.colour && el("span.swatch", { style: { "--colour": each.colour } }), each.name)));
      return made;
    }));
    this.list.classList.toggle("choices", !this.codes);
    if (!this.codes) this.list.replaceChildren(...this.#choices());
    const people = new Set(shown.map(whose));
    this.count.textContent = !this.codes ? t("collate.hint") : `${t("boards.units", { n: shown.length })} · ${t("boards.people", { n: people.size })}`;
  }

  /** Themes and codes that have units, as long as none is chosen. */
  #choices() {
    const { themes, codes } = this.choices;
    return [...themes, ...codes].filter((one) => one.units).map((one) => el("li", { style: { "--depth": String(one.depth ?? 0) } },
      el("a", { href: collated(one.codes) }, one.colour && el("span.swatch", { style: { "--colour": one.colour } }), el("span.name", { text: one.name })), ` ${t("boards.units", { n: one.units })}`));
  }

  /** @param {1 | -1} way */
  #step(way) {
    const all = /** @type {HTMLElement[]} */ ([...this.list.children].map((one) => one.querySelector(":scope > a") ?? one));
    const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = all[now < 0 ? 0 : Math.max(0, Math.min(all.length - 1, now + way))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** @returns {import("../keys.js").Key[]} */
  keys() {
    return [
      { word: "key.boards.updown", keys: ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"], run: (event) => this.#step(event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1) },
      { word: "key.collate.find", keys: ["/"], run: () => /** @type {HTMLElement | null} */ (this.head.querySelector(".find"))?.focus() },
      { word: "key.collate.pick", keys: ["g"], run: () => /** @type {HTMLElement | null} */ (this.head.querySelector(".pick"))?.focus() },
      { word: "key.collate.leave", keys: ["Escape"], run: () => this.#step(1) },
    ];
  }
}

const collator = new Intl.Collator("nb", { numeric: true });

/** @param {any[]} units @param {string} order */
function sorted(units, order) {
  const by = {
    text: () => 0,
    participant: (/** @type {any} */ one, /** @type {any} */ other) => collator.compare(one.participant, other.participant),
    long: (/** @type {any} */ one, /** @type {any} */ other) => other.words.length - one.words.length,
    short: (/** @type {any} */ one, /** @type {any} */ other) => one.words.length - other.words.length,
    subgroup: (/** @type {any} */ one, /** @type {any} */ other) => collator.compare(one.subgroup || "\uffff", other.subgroup || "\uffff"),
  };
  return [...units].sort(/** @type {any} */ (by)[order] ?? by.text);
}
