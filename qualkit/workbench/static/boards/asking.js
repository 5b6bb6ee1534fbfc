// @ts-check
/** Small questions: a name, a reason. */

import { el } from "../dom.js";
import { t } from "../words.js";

/**
 * Ask for a line of text, and where there is a choice, for that too.
 * @param {object} what
 * @param {string} what.title
 * @param {string} what.label
 * @param {string} what.done The button's text.
 * @param {string} [what.value]
 * @param {string} [what.about] Shown above the field.
 * @param {boolean} [what.long] Several lines.
 * @param {boolean} [what.empty] Nothing need be written.
 * @param {string[]} [what.warn] What is to be known before.
 * @param {{label: string, options: [string, string][], value?: string}} [what.choice]
 * @returns {Promise<{text: string, choice: string} | null>}
 */
export function askFor({ title, label, done, value = "", about = "", long = false, empty = false, warn = [], choice }) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  return new Promise((resolve) => {
    /** @type {{text: string, choice: string} | null} */
    let answer = null;
    const field = el(long ? "textarea" : "input", { id: "asked", ...(long ? { rows: 3 } : { type: "text" }), value, autofocus: true, maxlength: long ? 2000 : 200, autocomplete: "off" });
    const select = choice && el("select", { id: "asked-choice" }, ...choice.options.map(([id, name]) => el("option", { value: id, text: name, selected: id === choice.value })));
    const take = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!empty && !field.value.trim()) {
        field.focus();
        return;
      }
      answer = { text: field.value.trim(), choice: select?.value ?? "" };
      dialog.close();
    };
    const dialog = el("dialog.form", { "aria-labelledby": "asked-title", onclose: () => {
      dialog.remove();
      before?.focus();
      resolve(answer);
    } },
      el("form", { method: "dialog", onsubmit: take },
        el("h2", { id: "asked-title", text: title }),
        about && el("p.about", { text: about }),
        warn.length > 0 && el("ul.rests-on", {}, ...warn.map((text) => el("li", { text }))),
        select && choice && el("label", { for: "asked-choice", text: choice.label }), select,
        el("label", { for: "asked", text: label }), field,
        el("div.row", {},
          el("button.primary", { type: "submit", text: done }),
          el("button.quiet", { type: "button", text: t("app.cancel"), onclick: () => dialog.close() }))));
    field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) take(event);
    });
    document.body.append(dialog);
    dialog.showModal();
    (empty && select ? select : field).focus();
    if (!long && !select) field.select();
  });
}
