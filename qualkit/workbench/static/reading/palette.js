// @ts-check
/** The palette: type a few letters of a code, press Enter. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { fit } from "./fuzzy.js";

/**
 * @typedef {object} Known A code as the palette shows it.
 * @property {string} id
 * @property {string} name
 * @property {string} colour
 * @property {string[]} path Names of the codes above it.
 * @property {boolean} codable
 * @property {any} code As the server gives it.
 *
 * @typedef {object} Chosen
 * @property {string[]} codes
 * @property {string} [make] The name of a code to be made.
 */

/**
 * Let the person choose codes.
 * @param {object} given
 * @param {Known[]} given.codes
 * @param {string[]} given.recent Ids, the latest first.
 * @param {string} given.title Of `words`.
 * @param {string} given.words Of the passage, shown above.
 * @param {boolean} [given.several]
 * @param {boolean} [given.makes] A code may be made.
 * @returns {Promise<Chosen | null>} null where she changed her mind.
 */
export function choose({ codes, recent, title, words, several = true, makes = true }) {
  return new Promise((resolve) => {
    /** @type {Chosen | null} */
    let result = null;
    /** @type {Set<string>} */
    const ticked = new Set();
    /** @type {{known?: Known, make?: string}[]} */
    let shown = [];
    let active = 0;
    /** A press ticks a code instead of giving it. */
    let ticking = false;
    // A keyboard on the screen would cover the codes before one has looked at them.
    const finger = matchMedia("(pointer: coarse)").matches;

    const list = el("ul.options", { role: "listbox", tabindex: finger ? 0 : null, id: "palette-list", "aria-label": t("tree.title"), "aria-multiselectable": several });
    const about = el("div.about", { "aria-live": "polite" });
    const chosen = el("p.ticked");
    const input = el("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
      autocomplete: "off", spellcheck: "false", placeholder: t("palette.find"), "aria-label": t("palette.find"), autofocus: !finger,
      oninput: () => { active = 0; fill(); },
      onkeydown: key,
    });
    const more = el("button", { type: "button", "aria-pressed": "false", text: t("palette.several"), onclick: () => {
      ticking = !ticking;
      more.setAttribute("aria-pressed", String(ticking));
      if (!finger) input.focus();
    } });
    const give = el("button.primary", { type: "button", hidden: true, text: t("palette.give"), onclick: () => {
      result = { codes: [...ticked] };
      dialog.close();
    } });
    const dialog = el("dialog.palette", { "aria-label": t(title), onclose: () => { dialog.remove(); resolve(result); },
      onclick: (/** @type {MouseEvent} */ event) => { if (event.target === dialog) dialog.close(); } },
      el("p.words", { text: words }), input, chosen, el("div.two", {}, list, about),
      el("div.row", {}, several && more, give, el("button.quiet", { type: "button", text: t("app.cancel"), onclick: () => dialog.close() }),
        el("p.help", { text: several ? t("palette.help") : "" })));

    function fill() {
      const typed = input.value.trim();
      const usable = codes.filter((code) => code.codable);
      const rank = (/** @type {string} */ id) => (recent.includes(id) ? recent.length - recent.indexOf(id) : 0);
      const found = usable
        .map((known, place) => ({ known, place, fits: Math.max(fit(typed, known.name), 0.9 * fit(typed, known.id), typed ? 0.5 * fit(typed, known.path.join(" ")) : 0) }))
        .filter((one) => one.fits > 0)
        .sort((a, b) => (typed ? b.fits - a.fits : 0) || rank(b.known.id) - rank(a.known.id) || a.place - b.place);
      shown = found.map(({ known }) => ({ known }));
      const same = codes.some((code) => code.name.toLocaleLowerCase("nb") === typed.toLocaleLowerCase("nb"));
      if (makes && typed && !same) shown.push({ make: typed });
      active = Math.max(0, Math.min(active, shown.length - 1));
      list.replaceChildren(...shown.map(option));
      if (!shown.length) list.append(el("li.none", { text: t("palette.none") }));
      point();
      give.hidden = !ticked.size;
      chosen.textContent = ticked.size ? t("palette.ticked", { names: codes.filter((code) => ticked.has(code.id)).map((code) => code.name).join(", ") }) : "";
    }

    /** @param {{known?: Known, make?: string}} one @param {number} number */
    function option({ known, make }, number) {
      const item = el("li", { role: "option", id: `option-${number}`, "aria-selected": known && ticked.has(known.id) ? "true" : "false",
        onpointermove: () => { if (active !== number) { active = number; point(); } },
        onclick: (/** @type {MouseEvent} */ event) => { active = number; if (several && (ticking || event.ctrlKey || event.metaKey || event.shiftKey)) tick(); else take(); } });
      if (known) {
        item.append(el("span.swatch", { style: { "--colour": known.colour } }), el("span.name", { text: known.name }), el("span.path", { text: known.path.join(" › ") }));
        if (ticked.has(known.id)) item.classList.add("is-ticked");
      } else item.append(el("span.swatch.plus", { text: "+" }), el("span.name", { text: t("palette.new", { name: make ?? "" }) }));
      return item;
    }

    function point() {
      for (const [number, item] of [...list.children].entries()) item.classList.toggle("active", number === active);
      const item = list.children[active];
      input.setAttribute("aria-activedescendant", shown.length ? `option-${active}` : "");
      item?.scrollIntoView({ block: "nearest" });
      const code = shown[active]?.known?.code;
      about.replaceChildren(...(code ? describe(code) : []));
    }

    function tick() {
      const known = shown[active]?.known;
      if (!known) return;
      if (!ticked.delete(known.id)) ticked.add(known.id);
      input.value = "";
      fill();
    }

    function take() {
      const one = shown[active];
      const typed = input.value.trim();
      const extra = one && (typed || !ticked.size) ? one : null;
      if (extra?.known) ticked.add(extra.known.id);
      if (!ticked.size && !extra?.make) return;
      result = { codes: [...ticked], make: extra?.make };
      dialog.close();
    }

    /** @param {KeyboardEvent} event */
    function key(event) {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        active = Math.max(0, Math.min(active + step, shown.length - 1));
        point();
      } else if (event.key === "Enter" && event.shiftKey && several) tick();
      else if (event.key === "Enter") take();
      else return;
      event.preventDefault();
    }

    document.body.append(dialog);
    fill();
    dialog.showModal();
    if (finger) list.focus();
    else input.focus();
  });
}

/** Definition, when to use it and when not, and examples of a code.
 * @param {any} code
 * @returns {HTMLElement[]} */
export function describe(code) {
  /** @param {string} head @param {string[]} items */
  const list = (head, items) => items.length > 0 && el("div", {}, el("h4", { text: t(head) }), ...items.map((text) => el("p", { text })));
  return /** @type {HTMLElement[]} */ ([
    code.definition && el("p.definition", { text: code.definition }),
    list("tree.use", code.useWhen),
    list("tree.not", code.notWhen),
    list("tree.examples", code.examples),
  ].filter(Boolean));
}

/**
 * Let the person make a code.
 * @param {object} given
 * @param {Known[]} given.codes
 * @param {string} given.name Proposed.
 * @param {string} given.title Of `words`.
 * @returns {Promise<{name: string, parent: string, definition: string} | null>}
 */
export function make({ codes, name, title }) {
  return new Promise((resolve) => {
    /** @type {{name: string, parent: string, definition: string} | null} */
    let result = null;
    const called = el("input", { type: "text", id: "new-name", required: true, maxlength: 200, value: name, autofocus: true, autocomplete: "off" });
    const under = el("select", { id: "new-parent" }, el("option", { value: "", text: t("palette.top") }),
      ...codes.filter((code) => !code.codable || code.code.children.length).map((code) => el("option", { value: code.id, text: [...code.path, code.name].join(" › ") })));
    const defined = el("textarea", { id: "new-definition", rows: 3 });
    const dialog = el("dialog.form", { "aria-label": t(title), onclose: () => { dialog.remove(); resolve(result); } },
      el("form", { method: "dialog", onsubmit: () => { if (called.value.trim()) result = { name: called.value.trim(), parent: under.value, definition: defined.value.trim() }; } },
        el("h2", { text: t(title) }),
        el("label", { for: "new-name", text: t("palette.name") }), called,
        el("label", { for: "new-parent", text: t("palette.parent") }), under,
        el("label", { for: "new-definition", text: t("palette.definition") }), defined,
        el("div.row", {}, el("button.primary", { type: "submit", text: t("palette.make") }), el("button.quiet", { type: "button", text: t("app.cancel"), onclick: () => dialog.close() }))));
    document.body.append(dialog);
    dialog.showModal();
    called.focus();
    called.select();
  });
}

/**
 * Let the person write a note.
 * @param {{title: string, words: string}} given
 * @returns {Promise<string>} "" where she changed her mind.
 */
export function ask({ title, words }) {
  return new Promise((resolve) => {
    let result = "";
    const field = el("textarea", { rows: 5, "aria-label": t(title), onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    } });
    const form = /** @type {HTMLFormElement} */ (/** @type {any} */ (el("form", { method: "dialog", onsubmit: () => (result = field.value.trim()) },
      el("h2", { text: t(title) }), el("p.words", { text: words }), field,
      el("div.row", {}, el("button.primary", { type: "submit", text: t("app.save") }), el("kbd", { text: "Ctrl ↵" }), el("button.quiet", { type: "button", text: t("app.cancel"), onclick: () => dialog.close() })))));
    const dialog = el("dialog.form", { "aria-label": t(title), onclose: () => { dialog.remove(); resolve(result); } }, form);
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
  });
}
