// @ts-check
/** What is written of a theme: what it is and is not, its definition, concept, scope and text; its status and its place. */

import { at } from "../api.js";
import { el } from "../dom.js";
import { t } from "../words.js";
import { Field, same } from "./field.js";
import { Grounded, grow } from "./grounded.js";
import { flat } from "./theme_columns.js";

const STATUSES = ["candidate", "reviewed", "defined"];
const SAID = ["test", "definition", "concept", "in", "out", "text"];

export class ThemePanel {
  /** @param {import("./themes.js").ThemesBoard} board */
  constructor(board) {
    this.board = board;
    this.page = board.page;
    /** @type {any} */
    this.theme = null;
    this.head = el("header");
    this.sentences = el("p.fine-print", { id: "sentences" });
    /** @type {Map<string, Field>} */
    this.fields = new Map(SAID.map((key) => [key, this.#field(key)]));
    const rows = [...this.fields].map(([key, { field, conflict }]) => el("div.said", {}, conflict,
      el("div.named", {}, el("label", { for: `said-${key}`, text: t(`themes.${key}`) })), field.element, key === "test" && this.sentences));
    this.body = el("div.body", {}, ...rows);
    this.element = el("aside.writing", { "aria-label": t("themes.one") }, this.head, this.body);
  }

  /** @param {string} key */
  #field(key) {
    const field = new Grounded({ id: `said-${key}`, rows: key === "text" ? 6 : 2, placeholder: t(`themes.${key}.hint`), "aria-describedby": key === "test" ? "sentences" : null });
    return new Field({
      page: this.page, key, field, hint: ["in", "out"].includes(key) ? "writing.both.hint" : "writing.both.wordings",
      typed: key === "test" ? () => this.#count() : undefined,
      store: (theme, text, { base, again, anyway }) => this.board.does(
        (version) => this.page.api.patch(at`/api/themes/${theme.id}`, { [key]: text, again, version }),
        (_, now) => {
          const there = flat(now.themes).find((one) => one.id === theme.id);
          return Boolean(there) && (anyway || same(there[key], base));
        }),
      now: (id) => this.board.theme(id),
      settled: () => this.board.settled(),
    });
  }

  get dirty() {
    return [...this.fields.values()].some((one) => one.dirty);
  }

  /** Show a theme, as the board has it now. @param {any} theme */
  show(theme) {
    if (theme?.id !== this.theme?.id) this.flush();
    this.theme = theme;
    this.body.hidden = !theme;
    for (const one of this.fields.values()) one.show(theme);
    this.#count();
    if (!theme) {
      this.head.replaceChildren(el("h2", { text: t("themes.one") }), el("p.hint", { text: t("themes.none") }));
      return;
    }
    const { board } = this;
    const status = el("select", { "aria-label": t("themes.status"), onchange: () => board.patch(theme.id, { status: status.value }) },
      ...STATUSES.map((one) => el("option", { value: one, selected: one === theme.status, text: t(`themes.status.${one}`) })));
    const above = el("select", { "aria-label": t("themes.place"), onchange: () => board.patch(theme.id, { under: above.value }) },
      el("option", { value: "", text: t("themes.top") }),
      ...board.state.themes.filter((/** @type {any} */ one) => one.id !== theme.id).map((/** @type {any} */ one) => el("option", { value: one.id, selected: one.id === theme.under, text: t("themes.within", { name: one.heading }) })));
    this.head.replaceChildren(el("h2", { text: theme.heading }),
      el("p.fine-print", { text: t("writing.saves") }),
      el("div.board-bar", {}, status, !theme.subthemes.length && above,
        el("button.quiet", { type: "button", text: t("themes.rename"), onclick: () => board.rename() }),
        el("button.quiet", { type: "button", text: t("themes.drop"), onclick: () => board.drop() })));
  }

  focus() {
    this.element.querySelector("textarea")?.focus();
  }

  /** The panel stands in the page now, and its fields can be as high as their texts. */
  fit() {
    for (const { field } of this.fields.values()) grow(field.field);
  }

  flush() {
    for (const one of this.fields.values()) one.flush();
  }

  /** How many sentences the test has: more than two is a sign, and no fault. */
  #count() {
    const text = this.fields?.get("test")?.field.text.trim() ?? "";
    const language = document.documentElement.lang || "nb";
    const count = text ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].filter((one) => one.segment.trim()).length : 0;
    this.sentences.textContent = count > 2 ? t("themes.sentences.many", { n: count }) : count ? t("themes.sentences", { n: count }) : "";
  }
}
