// @ts-check
/** Changing a code: what it is and when it is used, its rules, its place, merging and splitting it, with the reason why. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { rules } from "./rules.js";

/** Lists of a code, a text on each line, and what the codebook calls them. */
const LISTS = /** @type {const} */ ([["useWhen", "use_when"], ["notWhen", "not_when"], ["examples", "examples"]]);

/**
 * @param {object} given
 * @param {import("./palette.js").Known} given.known The code.
 * @param {import("./palette.js").Known[]} given.codes All of them.
 * @param {(change: any) => Promise<boolean>} given.does Carries a change out; false where it was refused.
 * @param {() => any} given.now The code as it is after a change.
 * @param {typeof import("../api.js").api} given.api
 */
export function recast({ known, codes, does, now, api }) {
  const { code } = known;
  const below = new Set(descend(code));
  const name = el("input", { type: "text", id: "code-name", value: code.name, maxlength: 200, required: true });
  const definition = el("textarea", { id: "code-definition", rows: 3, value: code.definition });
  /** @param {string} key */
  const area = (key) => el("textarea", { id: `code-${key}`, rows: Math.max(2, code[key].length), value: code[key].join("\n") });
  const listed = LISTS.map(([key]) => area(key));
  const note = el("textarea", { id: "code-note", rows: 2, value: code.note });
  /** Only what was changed: a text that was taken from elsewhere, as a short form, is not written down as the code's. */
  const described = () => ({
    kind: "describe", name: name.value,
    ...(definition.value === code.definition ? {} : { definition: definition.value }),
    ...(colour.value === hex(code.colour) ? {} : { colour: colour.value }),
    ...(note.value === code.note ? {} : { note: note.value }),
    ...Object.fromEntries(LISTS.map(([key, of], at) => [of, listed[at].value === code[key].join("\n") ? null : listed[at].value.split("\n").filter((/** @type {string} */ line) => line.trim())])
      .filter(([, items]) => items !== null)),
  });
  const colour = el("input", { type: "color", id: "code-colour", value: hex(code.colour) });
  const why = el("input", { type: "text", id: "code-why", autocomplete: "off" });
  const told = el("p.told", { role: "status" });
  const others = codes.filter((one) => !below.has(one.id));
  /** @param {import("./palette.js").Known[]} list @param {string} id @param {string} first */
  const select = (list, id, first) => el("select", { id }, el("option", { value: "", text: first }),
    ...list.map((one) => el("option", { value: one.id, text: [...one.path, one.name].join(" › ") })));
  const under = select(others, "code-under", t("palette.top"));
  const into = select(others.filter((one) => one.codable), "code-into", "–");
  const parts = el("input", { type: "text", id: "code-parts", placeholder: t("recast.parts"), autocomplete: "off" });

  /** @param {any} change @param {boolean} [reasoned] A reason is asked for. */
  const carry = async (change, reasoned = false) => {
    if (reasoned && !why.value.trim()) {
      told.textContent = t("recast.reason");
      why.focus();
      return;
    }
    if (await does({ ...change, code: code.id, why: why.value.trim() })) dialog.close();
  };
  /** @param {string} text @param {() => void} run @param {string} [kind] */
  const button = (text, run, kind = "") => el(`button${kind}`, { type: "button", text: t(text), onclick: run });
  const dialog = el("dialog.form.recast", { "aria-label": t("recast.title", { name: code.name }), onclose: () => dialog.remove() },
    el("form", { method: "dialog", onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      carry(described());
    } },
      el("h2", { text: t("recast.title", { name: code.name }) }),
      el("label", { for: "code-name", text: t("palette.name") }), name,
      el("label", { for: "code-definition", text: t("palette.definition") }), definition,
      el("details.described", { open: listed.some((field) => field.value) || Boolean(code.note) }, el("summary", { text: t("recast.described") }),
        ...LISTS.flatMap(([key], at) => [el("label", { for: `code-${key}`, text: t(`recast.${key}`) }), listed[at]]),
        el("label", { for: "code-note", text: t("recast.note") }), note),
      el("div.row", {}, el("label", { for: "code-colour", text: t("recast.colour") }), colour),
      el("label", { for: "code-why", text: t("recast.why") }), why, told,
      el("div.row", {}, el("button.primary", { type: "submit", text: t("app.save") }), button("app.cancel", () => dialog.close(), ".quiet")),
      code.codable && rules({ code: now, api, does }),
      el("fieldset", {}, el("legend", { text: t("recast.place") }),
        el("label", { for: "code-under", text: t("recast.under") }), el("div.row", {}, under, button("recast.move", () => carry({ kind: "move", under: under.value }))),
        code.codable && el("label", { for: "code-into", text: t("recast.into") }),
        code.codable && el("div.row", {}, into, button("recast.merge", () => into.value && carry({ kind: "merge", into: into.value }, true))),
        code.codable && el("label", { for: "code-parts", text: t("recast.split.into") }),
        code.codable && el("div.row", {}, parts, button("recast.split", () => {
          const codes = parts.value.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean);
          if (codes.length) carry({ kind: "split", codes }, true);
        })),
        el("div.row", {}, button("recast.delete", () => {
          if (code.count || code.children.length) told.textContent = t(code.children.length ? "recast.delete.group" : "recast.delete.coded", { n: code.count });
          else carry({ kind: "delete" }, true);
          if (told.textContent) told.scrollIntoView({ block: "center" });
        })))));
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
}

/** @param {any} code @returns {string[]} */
function descend(code) {
  return [code.id, ...code.children.flatMap(descend)];
}

/** The colour as a colour field wants it. @param {string} colour */
function hex(colour) {
  return /^#[0-9a-f]{3}$/i.test(colour) ? `#${[...colour.slice(1)].map((one) => one + one).join("")}`.toLowerCase() : colour.toLowerCase();
}
