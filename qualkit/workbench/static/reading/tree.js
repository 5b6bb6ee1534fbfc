// @ts-check
/** The codebook beside the text: a tree with counts. A click codes the chosen passage. */

import { el } from "../dom.js";
import { t } from "../words.js";
import { describe } from "./palette.js";

/**
 * Every code of a codebook in the order of the file.
 * @param {any[]} codes
 * @param {string[]} [path]
 * @returns {import("./palette.js").Known[]}
 */
export function flat(codes, path = []) {
  return codes.flatMap((code) => [
    { id: code.id, name: code.name, colour: code.colour, path, codable: code.codable, code },
    ...flat(code.children, [...path, code.name]),
  ]);
}

/** Where the codebook does not stand beside the text, but lies over it while it is open. */
export const NARROW = matchMedia("(max-width: 70rem)");

const key = () => (NARROW.matches ? "qualkit-tree-over" : "qualkit-tree");

/** Whether the codebook is to be seen. */
export function isOpen() {
  return (localStorage.getItem(key()) ?? (NARROW.matches ? "no" : "yes")) === "yes";
}

export function toggle() {
  localStorage.setItem(key(), isOpen() ? "no" : "yes");
}

const DRAGGED = "application/x-qualkit-code";

/**
 * @param {object} given
 * @param {any} given.codebook
 * @param {(id: string) => void} given.use
 * @param {() => void} given.makes
 * @param {() => void} given.hide
 * @param {(id: string) => void} given.edit Change a code.
 * @param {(id: string, under: string) => void} given.move It was dragged onto another one.
 * @returns {HTMLElement}
 */
export function tree({ codebook, use, makes, hide, edit, move }) {
  const about = el("div.about");
  /** @param {any} code @param {number} depth @returns {HTMLElement} */
  const item = (code, depth) => {
    const total = counted(code);
    const show = () => about.replaceChildren(el("h3", { text: code.name }), ...describe(code));
    const button = el(`button.code${code.codable ? "" : ".group"}`, {
      type: "button", "data-code": code.id, onclick: () => { show(); use(code.id); }, onpointerenter: show, onfocus: show,
    },
      el("span.swatch", { style: { "--colour": code.colour } }), el("span.name", { text: code.name }),
      el("span.count", { text: total ? String(total) : "", "aria-label": t("tree.count", { n: total }) }));
    button.draggable = true;
    button.addEventListener("dragstart", (event) => event.dataTransfer?.setData(DRAGGED, code.id));
    button.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes(DRAGGED)) return;
      event.preventDefault();
      button.classList.add("target");
    });
    button.addEventListener("dragleave", () => button.classList.remove("target"));
    button.addEventListener("drop", (event) => {
      const dragged = event.dataTransfer?.getData(DRAGGED);
      button.classList.remove("target");
      event.preventDefault();
      if (dragged && dragged !== code.id) move(dragged, code.id);
    });
    const more = el("button.quiet.more", { type: "button", title: t("recast.title", { name: code.name }), "aria-label": t("recast.title", { name: code.name }), text: "⋯", onclick: () => edit(code.id) });
    const units = total > 0 && el("a.units", { href: `#/collate/${encodeURIComponent(below(code).join("\n"))}`, title: t("tree.units"), "aria-label": `${code.name}: ${t("tree.units")}`, text: `${total} →` });
    return el("li", { style: { "--depth": String(depth) } }, el("div.one", {}, button, more, units),
      code.children.length > 0 && el("ul", {}, ...code.children.map((/** @type {any} */ child) => item(child, depth + 1))));
  };
  return el("aside.tree", { "aria-label": t("tree.title") },
    el("div.head", {}, el("h2.small", { text: t("tree.title") }),
      el("button.quiet.square", { type: "button", title: t("tree.new"), "aria-label": t("tree.new"), text: "+", onclick: makes }),
      el("button.quiet.square", { type: "button", title: t("tree.hide"), "aria-label": t("tree.hide"), text: "‹", onclick: hide })),
    codebook.problems.length > 0 && el("p.warn", { text: t("tree.faulty") }),
    codebook.codes.length ? el("ul.codes", {}, ...codebook.codes.map((/** @type {any} */ code) => item(code, 0))) : el("p.empty", { text: t("tree.empty") }),
    about);
}

/** @param {any} code @returns {string[]} */
function below(code) {
  return [code.id, ...code.children.flatMap(below)];
}

/** @param {any} code @returns {number} */
function counted(code) {
  return code.count + code.children.reduce((/** @type {number} */ sum, /** @type {any} */ child) => sum + counted(child), 0);
}
