// @ts-check
/** What is written of a subgroup: condensate with its grounding, golden quotation, analytic text, earlier versions. */

import { Refusal, at } from "../api.js";
import { calmly, el } from "../dom.js";
import { t } from "../words.js";
import { address, placed, whose } from "./cards.js";
import { Field, flowing, same } from "./field.js";
import { Grounded } from "./grounded.js";

const GROUND = 250;

export class CondensatePanel {
  /** @param {import("./condensing.js").Board} board */
  constructor(board) {
    this.board = board;
    this.page = board.page;
    /** @type {any} */
    this.subgroup = null;
    /** What grounding was asked about last. */
    this.asked = "";
    this.told = el("p.told", { id: "grounding" });
    this.head = el("header");
    this.golden = el("figure.golden");
    this.versions = el("details.versions");
    this.notes = el("div.notes");
    const grounds = calmly(() => this.#ground(), GROUND);
    this.condensate = this.#field("condensate", "writing.both.versions", new Grounded({ id: "condensate", "aria-describedby": "grounding", placeholder: t("writing.condensate.hint") }), grounds);
    this.analytic = this.#field("analytic", "writing.both.hint", new Grounded({ id: "analytic", placeholder: t("writing.analytic.hint"), rows: 5 }));
    this.body = el("div.body", {},
      this.notes, this.condensate.conflict,
      el("div.named", {}, el("label", { for: "condensate", text: t("writing.condensate") }),
        el("button.quiet", { type: "button", title: t("writing.keep.hint"), text: t("writing.keep"), onclick: () => this.#keep() })),
      this.condensate.field.element, this.told, this.versions,
      this.golden, this.analytic.conflict,
      el("div.named", {}, el("label", { for: "analytic", text: t("writing.analytic") })),
      this.analytic.field.element);
    this.element = el("aside.writing", { "aria-label": t("writing.title") }, this.head, this.body);
  }

  /** @param {"condensate" | "analytic"} key @param {string} hint @param {Grounded} field @param {() => void} [typed] */
  #field(key, hint, field, typed) {
    return new Field({
      page: this.page, key, field, hint, typed,
      store: (subgroup, text, { base, again, anyway }) => this.board.does(
        (version) => this.page.api.post(at`/api/condensing/subgroups/${subgroup.id}/text`, { key, text, again, version }),
        (_, now) => {
          const there = now.subgroups.find((/** @type {any} */ one) => one.id === subgroup.id);
          return Boolean(there) && (anyway || same(there[key], base));
        }),
      now: (id) => this.board.subgroup(id),
      settled: () => this.board.settled(),
    });
  }

  get fields() {
    return [this.condensate, this.analytic];
  }

  get dirty() {
    return this.fields.some((one) => one.dirty);
  }

  /** Show a subgroup, as the board has it now. @param {any} subgroup */
  show(subgroup) {
    const other = subgroup?.id !== this.subgroup?.id;
    if (other && this.subgroup) this.flush();
    this.subgroup = subgroup;
    this.body.hidden = !subgroup;
    for (const one of this.fields) one.show(subgroup);
    if (!subgroup) {
      this.head.replaceChildren(el("h2", { text: t("writing.title") }), el("p.hint", { text: t("writing.none") }));
      return;
    }
    const used = subgroup.units.filter((/** @type {any} */ one) => one.fate === "used");
    const people = new Set(used.map((/** @type {any} */ one) => this.board.unit(one.id)?.participant).filter(Boolean));
    this.head.replaceChildren(el("h2", { text: subgroup.name }),
      el("p.fine-print", { text: `${t("boards.units", { n: used.length })} · ${t("boards.people", { n: people.size })} · ${t("writing.saves")}` }));
    this.notes.replaceChildren(...(subgroup.withdrawn ? [el("p.warn", { text: t("writing.withdrawn", { n: subgroup.withdrawn }) })] : []));
    const asked = JSON.stringify([subgroup.id, this.condensate.field.text, used.map((/** @type {any} */ one) => one.id)]);
    if (asked !== this.asked) {
      if (other) this.told.replaceChildren();
      this.asked = asked;
      this.#ground();
    }
    this.#showGolden(subgroup, used);
    this.#showVersions(subgroup);
  }

  flush() {
    for (const one of this.fields) one.flush();
  }

  async #ground() {
    const { subgroup } = this;
    const { text } = this.condensate.field;
    if (!subgroup) return;
    try {
      const { grounding } = await this.page.api.post(at`/api/condensing/subgroups/${subgroup.id}/grounding`, { text });
      if (this.subgroup?.id === subgroup.id) this.#tell(text, grounding);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** @param {string} text @param {import("./grounded.js").Grounding} grounding */
  #tell(text, grounding) {
    const { field } = this.condensate;
    if (text !== field.text) return;
    const own = field.ground(text, grounding);
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
        el("button.quiet", { type: "button", text: t("writing.again"), onclick: async () => {
          await this.#keep();
          this.condensate.field.text = flowing(one.text);
          this.condensate.field.field.focus();
          this.condensate.save();
        } })))));
  }

  async #keep() {
    await this.condensate.begin();
    this.page.say(t("writing.kept"));
    this.page.tell(t("writing.kept"));
  }
}
