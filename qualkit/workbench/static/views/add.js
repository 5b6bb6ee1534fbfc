// @ts-check
/** Bringing transcripts into the study: files dropped or chosen, what they would become, and yes or no. */

import { el } from "../dom.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("app.add"),
  async open(page, _, current) {
    const adding = new Adding(page);
    page.main.replaceChildren(adding.element);
    await adding.look(current);
    return { refresh: () => adding.look(() => true), close: () => adding.listening.abort() };
  },
};

class Adding {
  /** @type {Map<string, string>} Role by label, as the person said. */ roles = new Map();
  listening = new AbortController();

  /** @param {import("../app.js").Page} page */
  constructor(page) {
    this.page = page;
    this.input = el("input.unseen", { type: "file", multiple: true, id: "files", accept: ".docx,.doc,.odt,.rtf,.txt,.md,.vtt,.srt,.pdf,.csv,.tsv,.json,.eaf,.html", tabindex: -1,
      "aria-hidden": "true", onchange: () => this.take([...(this.input.files ?? [])]) });
    this.zone = el("button.zone", { type: "button", onclick: () => this.input.click() }, el("b", { text: t("add.drop") }), el("span", { text: t("add.choose") }));
    this.told = el("div", { role: "status" });
    this.shown = el("div.would");
    this.element = el("div.start.wide", {}, el("h1", { text: t("app.add") }), el("p.under", { text: t("add.under") }), this.zone, this.input, this.told, this.shown);
    const { signal } = this.listening;
    // A file dropped beside the zone would else take the page's place.
    addEventListener("dragover", (event) => { event.preventDefault(); this.zone.classList.add("over"); }, { signal });
    addEventListener("dragleave", () => this.zone.classList.remove("over"), { signal });
    addEventListener("drop", (event) => {
      event.preventDefault();
      this.zone.classList.remove("over");
      this.take([...(event.dataTransfer?.files ?? [])]);
    }, { signal });
  }

  /** @param {File[]} files */
  async take(files) {
    this.input.value = "";
    const refused = [];
    for (const [n, file] of files.entries()) {
      this.told.replaceChildren(el("p.hint", { text: t("add.taking", { at: n + 1, n: files.length }) }));
      try {
        await this.page.api.send(`/api/files?name=${encodeURIComponent(file.name)}`, file);
      } catch (error) {
        refused.push({ name: file.name, error });
      }
    }
    await this.look(() => true);
    if (refused.length) {
      this.told.replaceChildren(el("ul.refused", { role: "alert" }, ...refused.map(({ name, error }) => {
        const why = /** @type {any} */ (error);
        return el("li", {}, el("b", { text: name }), ` ${why.message || t("app.silent")}. ${why.hint ?? ""}`);
      })));
    }
  }

  /** @param {() => boolean} current */
  async look(current) {
    this.told.replaceChildren(el("p.hint", { text: t("app.loading") }));
    try {
      const would = await this.page.api.get(`/api/files?interviewers=${encodeURIComponent(this.#said("interviewer").join("\n"))}&participants=${encodeURIComponent(this.#said("participant").join("\n"))}`);
      if (!current()) return;
      this.told.replaceChildren();
      this.#draw(would);
    } catch (error) {
      this.told.replaceChildren();
      this.page.fail(error);
    }
  }

  /** @param {any} would */
  #draw(would) {
    const problems = [...would.problems.map((/** @type {any} */ one) => [one.file, one.message, one.hint]), ...would.skipped.map((/** @type {any} */ one) => [one.file, one.why, ""])];
    const listed = problems.length > 0 && el("section.problems", {}, el("h2.small", { text: t("overview.problems", { n: problems.length }) }), el("ul", {},
      ...problems.map(([file, message, hint]) => el("li.warning", {}, el("span.place", { text: file }), el("span", { text: message }), hint && el("span.hint", { text: hint })))));
    if (!would.files.length && !problems.length) {
      this.shown.replaceChildren();
      return;
    }
    this.shown.replaceChildren(
      ...(would.files.length ? [el("h2", { text: t("add.right") })] : []),
      ...would.files.map((/** @type {any} */ one) => this.#file(one)),
      ...(listed ? [listed] : []),
      el("div.row", {},
        would.files.length > 0 && el("button.primary", { type: "button", text: t("add.add", { n: would.files.length }), onclick: () => this.#add() }),
        el("button", { type: "button", text: t("add.back"), onclick: () => this.#back() })));
  }

  /** @param {any} one */
  #file(one) {
    return el("section.file", {},
      el("h3", {}, one.transcript, el("span.hint", { text: ` ${[one.file.replace(/^originals\//, ""), t(`kind.${one.kind}`), t("overview.words", { n: one.words }), t("overview.turns", { n: one.turns })].join(" · ")}` })),
      one.speakers.length ? el("table.speakers", {},
        el("thead", {}, el("tr", {}, ...["label", "person", "role", "said"].map((head) => el("th", { scope: "col", text: t(`add.${head}`) })))),
        el("tbody", {}, ...one.speakers.map((/** @type {any} */ who) => el("tr", {},
          el("th", { scope: "row" }, el("bdi", { text: who.label })), el("td", { text: who.person || "–" }),
          el("td", {}, this.#role(who)), el("td", { text: `${t("overview.turns", { n: who.turns })}, ${t("overview.words", { n: who.words })}` })))))
        : el("p.hint", { text: t("add.nolabels") }),
      one.decided.length > 0 && el("p.hint", { text: one.decided.join("; ") }));
  }

  /** @param {any} who */
  #role(who) {
    const select = el("select", { "aria-label": t("add.roleof", { label: who.label }), onchange: async () => {
      this.roles.set(who.label, select.value);
      await this.look(() => true);
    } }, ...[...new Set([who.role, "participant", "interviewer"])].map((role) => el("option", { value: role, text: t(`role.${role}`), selected: role === who.role })));
    return select;
  }

  /** @param {string} role */
  #said(role) {
    return [...this.roles].filter(([, said]) => said === role).map(([label]) => label);
  }

  async #add() {
    try {
      this.page.saving();
      const added = await this.page.api.post("/api/files/add", { interviewers: this.#said("interviewer"), participants: this.#said("participant") });
      await this.page.reload();
      this.page.saved();
      const first = added.files[0]?.transcript;
      this.page.tell(t("add.added", { n: added.files.length }), t("add.added.hint"));
      this.page.go(added.files.length === 1 ? `#/read/${encodeURIComponent(first)}` : "#/");
    } catch (error) {
      this.page.fail(error);
    }
  }

  async #back() {
    try {
      await this.page.api.post("/api/files/back");
      this.roles.clear();
      await this.look(() => true);
    } catch (error) {
      this.page.fail(error);
    }
  }
}
