// @ts-check
/** Where one begins: a new study, one that was open before, or a folder; and what the study says of itself. */

import { el } from "../dom.js";
import { spoken, t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("app.start"),
  async open(page, _, current) {
    const start = await page.api.get("/api/start");
    if (!current()) return;
    /** @param {string} folder */
    const open = async (folder) => {
      try {
        await page.api.post("/api/start/open", { folder });
        page.go("#/");
      } catch (error) {
        page.fail(error);
      }
    };
    page.main.replaceChildren(el("div.start", {},
      el("h1", { text: page.study ? t("start.other") : t("start.welcome") }),
      !page.study && el("p.under", { text: t("start.under") }),
      page.study && settings(page),
      start.recent.length > 0 && el("section", {}, el("h2", { text: t("start.recent") }), el("ul.recent", {},
        ...start.recent.map((/** @type {any} */ one) => el("li", {},
          el("button", { type: "button", onclick: () => open(one.folder) }, el("b", { text: one.title }), el("span", { text: one.folder })))))),
      fresh(page, start),
      folders(page, start, open),
      el("p", {}, el("button.quiet", { type: "button", text: t("start.stop"), onclick: async () => {
        await page.api.post("/api/stop").catch(page.fail);
        page.main.replaceChildren(el("p.empty", { role: "status", text: t("start.stopped") }));
      } }))));
    if (!page.study) /** @type {HTMLElement | null} */ (page.main.querySelector("button, input"))?.focus();
  },
};

/** @param {string} id @param {string} word @param {HTMLElement} input @param {string} [hint] */
function field(id, word, input, hint) {
  input.id = id;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return el("div.field", {}, el("label", { for: id, text: t(word) }), input, hint && el("p.hint", { id: `${id}-hint`, text: hint }));
}

/** @param {string[]} methods @param {string} chosen */
const methodSelect = (methods, chosen) => el("select", {}, ...methods.map((one) => el("option", { value: one, text: t(`method.${one}`), selected: one === chosen })));
/** @param {string} chosen */
const languageSelect = (chosen) => el("select", {}, ...Object.entries({ nb: "Bokmål", nn: "Nynorsk", en: "English" }).map(([value, text]) =>
  el("option", { value, text, selected: value === chosen })));

/** @param {import("../app.js").Page} page @param {any} start */
function fresh(page, start) {
  const title = el("input", { type: "text", required: true, autocomplete: "off" });
  const where = el("input", { type: "text", required: true, value: start.where, autocomplete: "off", spellcheck: false });
  const method = methodSelect(start.methods, "stc");
  const language = languageSelect(spoken());
  const coder = el("input", { type: "text", autocomplete: "off" });
  const questions = el("textarea", { rows: 3 });
  return el("form.new", { onsubmit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      await page.api.post("/api/start/new", {
        title: title.value, where: where.value, method: method.value, language: language.value, coder: coder.value, questions: questions.value.split("\n"),
      });
      page.go("#/add");
    } catch (error) {
      page.fail(error);
    }
  } }, el("h2", { text: t("start.new") }),
  field("new-title", "start.title", title),
  field("new-where", "start.where", where, t("start.where.hint")),
  el("div.pair", {}, field("new-method", "start.method", method), field("new-language", "start.language", language)),
  field("new-questions", "start.questions", questions, t("start.questions.hint")),
  field("new-coder", "start.coder", coder, t("start.coder.hint")),
  el("button.primary", { type: "submit", text: t("start.make") }));
}

/** @param {import("../app.js").Page} page @param {any} start @param {(folder: string) => void} open */
function folders(page, start, open) {
  const list = el("ul.folders");
  const input = el("input", { type: "text", autocomplete: "off", spellcheck: false });
  /** @param {string} folder @param {boolean} [focus] */
  const look = async (folder, focus) => {
    try {
      const found = await page.api.get(`/api/start/folders?in=${encodeURIComponent(folder)}`);
      input.value = found.folder;
      list.replaceChildren(
        ...(found.parent ? [el("li", {}, el("button.quiet", { type: "button", text: t("start.up"), onclick: () => look(found.parent, true) }))] : []),
        ...found.folders.map((/** @type {any} */ one) => el("li", {}, one.study
          ? el("button", { type: "button", onclick: () => open(one.path) }, el("b", { text: one.name }), el("span", { text: t("start.isstudy") }))
          : el("button.quiet", { type: "button", text: one.name, onclick: () => look(one.path, true) }))));
      if (focus) list.querySelector("button")?.focus();
    } catch (error) {
      page.fail(error);
    }
  };
  const details = el("details", { ontoggle: () => details.open && !list.children.length && look(start.where) },
    el("summary", { text: t("start.folder") }),
    el("form", { onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      open(input.value);
    } }, field("open-folder", "start.folder.path", input), el("button", { type: "submit", text: t("start.open") })), list);
  return details;
}

/** @param {import("../app.js").Page} page */
function settings(page) {
  const study = page.study;
  const title = el("input", { type: "text", required: true, value: study.title, autocomplete: "off" });
  const method = methodSelect(["stc", "reflexive-ta", "codebook-ta", "framework", "content-analysis"], study.method);
  const language = languageSelect(study.language);
  const questions = el("textarea", { rows: Math.max(3, study.questions.length + 1), value: study.questions.join("\n") });
  return el("form.new", { onsubmit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      page.saving();
      await page.api.patch("/api/settings", { title: title.value, method: method.value, language: language.value, questions: questions.value.split("\n") });
      await page.reload();
      page.saved();
    } catch (error) {
      page.fail(error);
    }
  } }, el("h2", { text: t("start.this") }),
  field("title", "start.title", title),
  el("div.pair", {}, field("method", "start.method", method), field("language", "start.language", language)),
  field("questions", "start.questions", questions, t("start.questions.hint")),
  el("button.primary", { type: "submit", text: t("app.save") }));
}
