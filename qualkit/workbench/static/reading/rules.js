// @ts-check
/** The rules of a code: a list of them, and one that is written, checked and tried while it is written. */

import { Refusal } from "../api.js";
import { calmly, el } from "../dom.js";
import { t } from "../words.js";

/**
 * @typedef {object} Rule As the workbench tells it.
 * @property {string[]} any
 * @property {string[]} all
 * @property {string} within "sentence", "turn" or a number of words.
 * @property {string[]} unless
 * @property {string[]} speakers
 * @property {string} language "" for the speaker's.
 * @property {string} unit
 *
 * @typedef {object} Given
 * @property {() => any} code The code as it is now.
 * @property {typeof import("../api.js").api} api
 * @property {(change: any) => Promise<boolean>} does Carries a change out; false where it was refused.
 */

/** @type {Rule} */
const EMPTY = { any: [], all: [], within: "sentence", unless: [], speakers: [], language: "", unit: "sentence" };
/** How a pattern is written, by what is looked for. @type {Record<string, (words: string) => string>} */
const KINDS = {
  forms: (words) => words.split(/\s+/).map((word) => `lemma:${word}`).join(" "),
  words: (words) => (/[*:"]/.test(words) ? `"${words.replaceAll('"', "")}"` : words),
  begins: (words) => `${words}*`,
  compounds: (words) => `compound:${words}`,
  regex: (words) => `re:${words}`,
};

/** What a rule says, in one line. @param {Rule} rule */
function told(rule) {
  /** @param {string} word @param {string[]} list */
  const part = (word, list) => list.length > 0 && t(word, { words: list.join(" · ") });
  return [
    rule.any.join(" · "),
    part("rules.told.all", rule.all),
    part("rules.told.unless", rule.unless),
    part("rules.told.speakers", rule.speakers),
  ].filter(Boolean).join("; ");
}

/** The rules of a code as a list, each of them to be changed or taken out. @param {Given} given @returns {HTMLElement} */
export function rules(given) {
  const list = el("ul.rules");
  const fill = () => {
    const { code } = { code: given.code() };
    list.replaceChildren(...code.rules.map((/** @type {Rule} */ rule, /** @type {number} */ number) => el("li", {},
      el("span", { text: told(rule) }),
      el("button.quiet", { type: "button", text: t("rules.change"), "aria-label": t("rules.change.which", { words: rule.any[0] ?? "" }), onclick: () => open(rule, number) }),
      el("button.quiet", { type: "button", text: t("rules.remove"), "aria-label": t("rules.remove.which", { words: rule.any[0] ?? "" }), onclick: async () => {
        if (!await given.does({ kind: "rule", code: code.id, number, was: rule, rule: null })) return;
        fill();
        more.focus();
      } }))));
  };
  /** @param {Rule} rule @param {number | null} number */
  const open = async (rule, number) => {
    await write(given, rule, number);
    fill();
    (number === null ? more : list.children[number]?.querySelector("button") ?? more).focus();
  };
  const more = el("button", { type: "button", text: t("rules.new"), onclick: () => open(EMPTY, null) });
  fill();
  return el("fieldset.rules-of", {}, el("legend", { text: t("rules.title") }), el("p.hint", { text: t("rules.hint") }), list, el("div.row", {}, more));
}

/** @param {string} text */
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** Let a person write a rule; what is wrong with it and what it would find stands below it all the while.
 * @param {Given} given @param {Rule} rule @param {number | null} number @returns {Promise<void>} */
function write(given, rule, number) {
  return new Promise((resolve) => {
    /** @param {string} key @param {string[]} value @param {number} rows */
    const area = (key, value, rows) => el("textarea", { id: `rule-${key}`, rows, spellcheck: false, value: value.join("\n"), "aria-describedby": `rule-${key}-fault` });
    /** @type {Record<string, HTMLElement & Record<string, any>>} */
    const lists = { any: area("any", rule.any, 4), unless: area("unless", rule.unless, 2), all: area("all", rule.all, 2), speakers: area("speakers", rule.speakers, 2) };
    /** @param {string} id @param {string[]} values @param {string} chosen @param {string} word */
    const select = (id, values, chosen, word) => el("select", { id: `rule-${id}`, "aria-describedby": `rule-${id}-fault` },
      ...values.map((value) => el("option", { value, text: t(`${word}.${value || "own"}`), selected: value === chosen })));
    const inWords = /^\d+/.test(rule.within);
    const within = select("within", ["sentence", "turn", "words"], inWords ? "words" : rule.within, "rules.within");
    const far = el("input", { type: "number", min: 1, max: 9999, value: inWords ? rule.within : "5", "aria-label": t("rules.within.number") });
    const unit = select("unit", ["sentence", "match", "turn", "paragraph"], rule.unit, "rules.unit");
    const language = select("language", ["", "nb", "nn", "en", "da", "sv"], rule.language, "rules.language");
    const kind = el("select", { id: "rule-kind", "aria-label": t("rules.kind") }, ...Object.keys(KINDS).map((value) => el("option", { value, text: t(`rules.kind.${value}`) })));
    const word = el("input", { type: "text", id: "rule-word", autocomplete: "off", spellcheck: false, placeholder: t("rules.word.hint"), "aria-label": t("rules.word") });
    const found = el("div.tried", { role: "status", "aria-live": "polite" });
    /** @param {string} key */
    const fault = (key) => el("p.fault", { id: `rule-${key}-fault`, "data-key": key });

    const now = () => ({
      ...Object.fromEntries(Object.entries(lists).map(([key, field]) => [key, lines(field.value)])),
      within: within.value === "words" ? String(far.value) : within.value,
      unit: unit.value,
      language: language.value,
    });
    let asked = 0;
    let wrong = "";
    const look = async () => {
      far.hidden = within.value !== "words";
      const mine = ++asked;
      if (!lines(lists.any.value).length) {
        tell({ faults: [], count: 0, examples: [] });
        found.replaceChildren(el("p.hint", { text: t("rules.begin") }));
        wrong = "any";
        return;
      }
      const slow = setTimeout(() => mine === asked && found.replaceChildren(el("p.hint", { text: t("app.loading") })), 400);
      try {
        const answer = await given.api.post("/api/codebook/rules/try", { code: given.code().id, rule: now() });
        if (mine === asked) tell(answer);
      } catch (error) {
        if (mine === asked) found.replaceChildren(el("p.fault", { text: error instanceof Refusal ? `${error.message}. ${error.hint}` : t("app.silent") }));
      } finally {
        clearTimeout(slow);
      }
    };
    /** @param {any} answer */
    const tell = (answer) => {
      for (const place of dialog.querySelectorAll(".fault[data-key]")) place.replaceChildren();
      for (const field of dialog.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
      wrong = answer.faults.find((/** @type {any} */ one) => one.severity === "error")?.key ?? "";
      for (const one of answer.faults) {
        const place = dialog.querySelector(`.fault[data-key="${one.key}"]`) ?? found;
        place.append(el("span", {}, one.item && el("code", { text: one.item }), ` ${one.message}. ${one.hint}`));
        dialog.querySelector(`#rule-${one.key}`)?.setAttribute("aria-invalid", "true");
        const hidden = place.closest("details");
        if (hidden) hidden.open = true;
      }
      found.replaceChildren(...(wrong ? [el("p.hint", { text: t("rules.faulty") })] : [
        answer.searched > 0 && el("p", {}, el("strong", { text: t("rules.count", { n: answer.count }) }), ` ${t("rules.searched", { n: answer.searched })}`,
          answer.coded > 0 && ` ${t("rules.coded", { n: answer.coded })}`),
        ...(answer.unread ? [el("p.hint", { text: t("rules.unread", { n: answer.unread }) })] : []),
        el("ul", {}, ...answer.examples.map((/** @type {any} */ one) => el("li", {}, el("span.place", { text: one.transcript }), el("q", { text: one.words })))),
        ...(answer.count > answer.examples.length ? [el("p.hint", { text: t("rules.more", { n: answer.count - answer.examples.length }) })] : []),
      ].filter((one) => one instanceof Node)));
    };
    const soon = calmly(look, 300);
    const add = () => {
      const words = word.value.trim();
      if (!words) {
        word.focus();
        return;
      }
      lists.any.value = [...lines(lists.any.value), KINDS[kind.value](words)].join("\n");
      word.value = "";
      word.focus();
      look();
    };
    word.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      add();
    });
    /** @param {string} key @param {HTMLElement} field @param {string} [hint] */
    const labelled = (key, field, hint) => el("div.field", {}, el("label", { for: `rule-${key}`, text: t(`rules.${key}`) }), hint && el("p.hint", { text: t(hint) }), field, fault(key));
    const title = t(number === null ? "rules.title.new" : "rules.title.change", { name: given.code().name });
    const dialog = el("dialog.form.rule", { "aria-label": title, onclose: () => { dialog.remove(); resolve(); } },
      el("form", { method: "dialog", oninput: (/** @type {Event} */ event) => event.target !== word && event.target !== kind && soon(), onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        if (word.value.trim()) add();
        await look();
        if (wrong) {
          /** @type {HTMLElement | null} */ (dialog.querySelector(`#rule-${wrong}`))?.focus();
          return;
        }
        const change = { kind: "rule", code: given.code().id, rule: now(), ...(number === null ? {} : { number, was: rule }) };
        if (await given.does(change)) dialog.close();
      } },
        el("h2", { text: title }),
        el("div.field", {}, el("label", { for: "rule-word", text: t("rules.add") }), el("div.row", {}, kind, word, el("button", { type: "button", text: t("rules.add.it"), onclick: add }))),
        labelled("any", lists.any, "rules.any.hint"),
        labelled("unless", lists.unless),
        el("details", { open: Boolean(rule.all.length || rule.speakers.length || rule.language || rule.unit !== "sentence" || rule.within !== "sentence") },
          el("summary", { text: t("rules.details") }),
          labelled("all", lists.all),
          el("div.field", {}, el("label", { for: "rule-within", text: t("rules.within") }), el("div.row", {}, within, far), fault("within")),
          labelled("unit", unit),
          labelled("speakers", lists.speakers, "rules.speakers.hint"),
          labelled("language", language)),
        el("h3", { text: t("rules.finds") }), found,
        el("div.row", {}, el("button.primary", { type: "submit", text: t("app.save") }), el("button.quiet", { type: "button", text: t("app.cancel"), onclick: () => dialog.close() }))));
    document.body.append(dialog);
    dialog.showModal();
    word.focus();
    look();
  });
}
