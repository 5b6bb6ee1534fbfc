// @ts-check
/** What is done to the units and subgroups of a code group: placed, set aside, chosen, put in order, given another code. */

import { at, coder } from "../api.js";
import { all, el } from "../dom.js";
import { mayGo, restsOn } from "../resting.js";
import { t } from "../words.js";
import { askFor } from "./asking.js";
import { WAITING } from "./subgroups.js";

export class Sorting {
  /** @param {import("./condensing.js").Board} board */
  constructor(board) {
    this.board = board;
    this.page = board.page;
  }

  get deck() {
    return this.board.deck;
  }

  /** @param {(version: string) => Promise<any>} ask @param {(old: any, now: any) => boolean} [same] */
  #does(ask, same) {
    this.board.why.replaceChildren();
    return this.board.does(ask, same);
  }

  /**
   * Put units into a subgroup, or back among those that wait.
   * @param {string[]} units @param {string} to
   * @param {{then?: "next" | "follow" | "stay"}} [how] Where the focus goes: to the next unit that waits to be looked
   *   at, along with the unit, or nowhere.
   */
  async put(units, to, { then = "next" } = {}) {
    const { board, deck, page } = this;
    const going = units.filter((id) => board.units.has(id) && (board.home(id) !== to || board.fate(id) === "set-aside"));
    if (!going.length) {
      page.say(t("boards.stays"));
      return;
    }
    const left = board.home(going[0]);
    const { here } = deck;
    const cards = here ? all(/** @type {HTMLElement} */ (here.closest("ul")), ".unit-card") : [];
    const next = cards.slice(here ? cards.indexOf(here) : 0).find((one) => !going.includes(one.dataset.unit ?? "")) ?? cards.findLast((one) => !going.includes(one.dataset.unit ?? ""));
    const done = await this.#does(
      (version) => to === WAITING
        ? page.api.post(`${board.path}/waiting`, { units: going, version })
        : page.api.post(at`/api/condensing/subgroups/${to}/units`, { units: going, version }),
      (old, now) => going.every((id) => board.home(id, old) === board.home(id, now)),
    );
    if (!done) return;
    deck.unmark();
    // Who went on to something else meanwhile is not called back.
    const now = document.activeElement;
    if (now && now !== document.body && !deck.columns.contains(now)) then = "stay";
    if (then === "follow") deck.go(deck.find(going[0]));
    else if (then === "next") deck.go(deck.find(next?.dataset.unit ?? going[0]));
    page.say(t("boards.put", { n: going.length, name: board.called(to) }));
    if (going.length === 1 && left !== WAITING && to !== WAITING && left !== to) this.#askWhy(going[0], left, to);
  }

  /** A unit that went from one subgroup to another may say why; nobody has to. @param {string} id @param {string} left @param {string} to */
  #askWhy(id, left, to) {
    const { board, deck, page } = this;
    const field = el("input", { type: "text", id: "why-moved", maxlength: 2000, autocomplete: "off", placeholder: t("boards.why.hint") });
    const close = () => board.why.replaceChildren();
    board.why.replaceChildren(el("form.why-moved", { onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      const why = field.value.trim();
      close();
      deck.go(deck.here);
      if (why) await this.#does((version) => page.api.post(at`/api/condensing/subgroups/${left}/why`, { unit: id, why, version }), (old, now) => board.home(id, now) === to);
    } },
      el("label", { for: "why-moved", text: t("boards.put", { n: 1, name: board.called(to) }) }), field,
      el("button", { type: "submit", text: t("app.save") }),
      el("button.quiet", { type: "button", "aria-label": t("app.close"), onclick: close, text: "×" })));
  }

  // --- order --------------------------------------------------------------------------------------------

  /** @param {string} id @param {string} subgroup @param {string} other The unit it is to stand before; "" for the end. */
  async before(id, subgroup, other) {
    if (id === other) return;
    const { board, deck, page } = this;
    const done = await this.#does(
      (version) => page.api.post(at`/api/condensing/subgroups/${subgroup}/order`, { unit: id, before: other, version }),
      (old, now) => board.home(id, now) === subgroup && (!other || board.home(other, now) === subgroup),
    );
    if (!done) return;
    deck.go(deck.find(id));
    const used = board.subgroup(subgroup).units.filter((/** @type {any} */ one) => one.fate === "used");
    page.say(t("boards.ordered", { at: String(used.findIndex((/** @type {any} */ one) => one.id === id) + 1), n: used.length }));
  }

  /** Move the current unit up or down in its subgroup. @param {1 | -1} way */
  async shift(way) {
    const { board, deck } = this;
    const id = deck.current;
    const subgroup = board.subgroup(board.home(id));
    if (!id || board.fate(id) !== "used") {
      this.page.tell(t("boards.place.first"));
      return;
    }
    if (board.order !== "hand") {
      this.page.tell(t("boards.order.first"));
      return;
    }
    const used = subgroup.units.filter((/** @type {any} */ one) => one.fate === "used").map((/** @type {any} */ one) => one.id);
    const here = used.indexOf(id);
    if (!used[here + way]) return;
    await this.before(id, subgroup.id, way < 0 ? used[here - 1] : used[here + 2] ?? "");
  }

  // --- away ---------------------------------------------------------------------------------------------

  /** @param {string} id */
  async setAside(id) {
    const { board, page } = this;
    const unit = board.unit(id);
    if (!unit) return;
    const { subgroups } = board.state;
    if (!subgroups.length) {
      page.tell(t("boards.nosubgroup"));
      return;
    }
    const home = board.home(id);
    const answer = await askFor({
      title: t("boards.set.aside"), label: t("boards.aside.why"), done: t("boards.set.aside"), about: unit.words, long: true,
      warn: home === WAITING ? [] : await restsOn(page, [id]),
      choice: home === WAITING ? { label: t("boards.aside.where"), options: subgroups.map((/** @type {any} */ one) => [one.id, one.name]), value: board.active } : undefined,
    });
    if (!answer) return;
    const subgroup = home === WAITING ? answer.choice : home;
    const done = await this.#does((version) => page.api.post(at`/api/condensing/subgroups/${subgroup}/aside`, { unit: id, why: answer.text, version }), (old, now) => board.home(id, now) === home);
    if (done) page.say(t("boards.aside"));
  }

  /** Give units another code: they go to that code's group. @param {string[]} units */
  async regroup(units) {
    const { board, deck, page } = this;
    if (!units.length) return;
    const warn = await restsOn(page, units);
    let codes;
    try {
      codes = codable((await page.api.get("/api/codebook")).codes).filter(([id]) => id !== board.state.code);
    } catch (error) {
      page.fail(error);
      return;
    }
    if (!codes.length) {
      page.tell(t("boards.regroup.none"));
      return;
    }
    const answer = await askFor({
      title: t("boards.regroup"), label: t("boards.regroup.why"), done: t("boards.regroup.done"), empty: true, warn,
      about: units.length === 1 ? board.unit(units[0])?.words : t("boards.marked", { n: units.length }),
      choice: { label: t("boards.regroup.to"), options: codes },
    });
    if (!answer) return;
    const homes = units.map((id) => board.home(id));
    const next = deck.beside.find((one) => !units.includes(one.dataset.unit ?? ""))?.dataset.unit ?? "";
    const done = await this.#does(
      (version) => page.api.post(`${board.path}/regroup`, { units, to: answer.choice, why: answer.text, version }),
      (old, now) => units.every((id, number) => board.home(id, now) === homes[number]),
    );
    if (!done) return;
    deck.unmark();
    deck.go(deck.find(next) ?? deck.here);
    const name = codes.find(([id]) => id === answer.choice)?.[1].trim() ?? answer.choice;
    page.tell(t("boards.regrouped", { n: units.length, name }));
  }

  /** Take the codings away. @param {string[]} units */
  async uncode(units) {
    const { board, deck, page } = this;
    const going = units.map((id) => board.unit(id)).filter((one) => one !== undefined);
    if (going.some((one) => one.coder !== (coder() || page.study.coder))) {
      page.tell(t("boards.others"));
      return;
    }
    if (!going.length || !await mayGo(page, units, "remove", { always: true })) return;
    const next = deck.beside.find((one) => !units.includes(one.dataset.unit ?? ""))?.dataset.unit ?? "";
    try {
      page.saving();
      for (const name of new Set(going.map((one) => one.transcript))) {
        const codings = going.filter((one) => one.transcript === name).map((one) => one.id);
        await page.api.post(at`/api/transcripts/${name}/codings/remove`, { codings });
      }
      await board.refresh();
      board.settled();
      deck.unmark();
      deck.go(deck.find(next) ?? deck.here);
      page.say(t("boards.uncoded", { n: going.length }));
    } catch (error) {
      page.fail(error);
    }
  }

  // --- choosing -----------------------------------------------------------------------------------------

  /** @param {string} id */
  golden(id) {
    return this.pick(id, "golden");
  }

  /** @param {string} id @param {"golden" | "start"} kind */
  async pick(id, kind) {
    const { board, page } = this;
    const subgroup = board.subgroup(board.home(id));
    if (!subgroup || board.fate(id) !== "used") {
      page.tell(t("boards.place.first"));
      return;
    }
    const unit = board.unit(id);
    const off = subgroup[kind] === id;
    if (kind === "golden" && !off && unit && !unit.mayQuote) {
      page.tell(t("boards.noquote"));
      return;
    }
    const done = await this.#does(
      (version) => page.api.post(at`/api/condensing/subgroups/${subgroup.id}/choose/${kind}`, { unit: off ? "" : id, version }),
      (old, now) => board.home(id, now) === subgroup.id && now.subgroups.find((/** @type {any} */ one) => one.id === subgroup.id)?.[kind] === subgroup[kind],
    );
    if (done) page.say(t(off ? "boards.chosen.none" : kind === "golden" ? "boards.chosen.golden" : "boards.chosen.start"));
  }

  // --- subgroups ----------------------------------------------------------------------------------------

  /** @param {string[]} units That go into it at once. */
  async newSubgroup(units) {
    const { board, deck } = this;
    const answer = await askFor({ title: t("boards.new"), label: t("boards.name"), done: t("boards.make"), about: units.length ? t("boards.new.with", { n: units.length }) : "" });
    if (!answer) return;
    const done = await this.#does((version) => this.page.api.post(`${board.path}/subgroups`, { name: answer.text, units, version }), () => true);
    if (!done) return;
    deck.unmark();
    board.choose(done.made);
    deck.show(done.made);
    deck.quietly(() => deck.go(deck.here));
  }

  /** @param {string} id */
  async rename(id) {
    const subgroup = this.board.subgroup(id);
    if (!subgroup) return;
    const answer = await askFor({ title: t("boards.rename"), label: t("boards.name"), done: t("app.save"), value: subgroup.name });
    if (answer && answer.text !== subgroup.name) await this.#does((version) => this.page.api.patch(at`/api/condensing/subgroups/${id}`, { name: answer.text, version }));
  }

  /** @param {string} id */
  async remove(id) {
    await this.#does((version) => this.page.api.post(at`/api/condensing/subgroups/${id}/remove`, { version }));
  }
}

/** Codes that passages are given, each below the one it belongs to. @param {any[]} codes @param {number} [depth] @returns {[string, string][]} */
function codable(codes, depth = 0) {
  return codes.flatMap((one) => [
    .../** @type {[string, string][]} */ (one.codable ? [[one.id, `${"\u2003".repeat(depth)}${one.name}`]] : []),
    ...codable(one.children ?? [], depth + 1),
  ]);
}
