// @ts-check
/** What rests on codings (a condensate, a chosen quotation) is told before they are taken away or given another code. */

import { el } from "./dom.js";
import { t } from "./words.js";

/**
 * Sentences about what rests on codings.
 * @param {import("./app.js").Page} page @param {string[]} codings @returns {Promise<string[]>}
 */
export async function restsOn(page, codings) {
  const { rests } = await page.api.get(`/api/resting?codings=${codings.map(encodeURIComponent).join(",")}`);
  return [...new Set(rests.map((/** @type {any} */ one) => /** @type {string} */ (t(`rests.${one.kind}`, { name: one.name }))))];
}

/**
 * Ask whether codings may go, where something rests on them.
 * @param {import("./app.js").Page} page
 * @param {string[]} codings
 * @param {"remove" | "change"} what
 * @param {{always?: boolean}} [how] Ask also where nothing does.
 * @returns {Promise<boolean>}
 */
export async function mayGo(page, codings, what, { always = false } = {}) {
  /** @type {string[]} */
  let told;
  try {
    told = await restsOn(page, codings);
  } catch (error) {
    page.fail(error);
    return false;
  }
  if (!told.length && !always) return true;
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  return new Promise((resolve) => {
    let may = false;
    const stay = el("button", { type: "button", autofocus: true, text: t("app.cancel"), onclick: () => dialog.close() });
    const dialog = el("dialog.form.rests", { role: "alertdialog", "aria-labelledby": "rests-title", "aria-describedby": "rests-told", onclose: () => {
      dialog.remove();
      before?.focus({ preventScroll: true });
      resolve(may);
    } },
      el("h2", { id: "rests-title", text: t(told.length ? `rests.${what}` : "rests.plain", { n: codings.length }) }),
      el("div", { id: "rests-told" },
        el("ul.rests-on", {}, ...told.map((text) => el("li", { text }))),
        el("p.hint", { text: t("rests.hint") })),
      el("div.row", {}, stay,
        el("button.danger", { type: "button", text: t(told.length ? `rests.${what}.anyway` : "rests.plain.done"), onclick: () => {
          may = true;
          dialog.close();
        } })));
    document.body.append(dialog);
    dialog.showModal();
    stay.focus();
  });
}
