// @ts-check
/** The codings at one place of the text: what they are, their memos, and what can be done with them. */

import { el } from "../dom.js";
import { t } from "../words.js";

/**
 * @param {object} given
 * @param {import("./marks.js").Mark[]} given.marks
 * @param {(code: string) => {name: string, colour: string}} given.known
 * @param {(mark: import("./marks.js").Mark) => void} given.remove
 * @param {(mark: import("./marks.js").Mark) => void} given.change
 * @param {(mark: import("./marks.js").Mark, code: string) => void} given.settle Say where a coding of a split code goes.
 * @param {(mark: import("./marks.js").Mark, memo: string) => Promise<void>} given.memo
 * @param {(mark: import("./marks.js").Mark, side: "start" | "end", way: 1 | -1) => void} given.nudge
 * @param {() => void} given.close
 * @returns {HTMLElement}
 */
export function card({ marks, known, remove, change, settle, memo, nudge, close }) {
  const made = el("section.card", { role: "group", "aria-label": t("card.title") },
    el("button.quiet.square.closer", { type: "button", "aria-label": t("app.close"), onclick: close, text: "×" }),
    ...marks.map((mark) => {
      const { name, colour } = known(mark.code);
      const when = new Date(mark.created);
      const by = t("card.by", { who: mark.coder, when: Number.isNaN(when.valueOf()) ? "" : when.toLocaleString("nb-NO", { dateStyle: "short", timeStyle: "short" }) });
      const field = el("textarea", { rows: mark.memo ? 3 : 1, "aria-label": t("card.memo.about", { name }), placeholder: t("card.memo"), disabled: !mark.mine, value: mark.memo, "data-memo": mark.id });
      const kept = async () => {
        if (field.value !== mark.memo) await memo(mark, field.value);
      };
      field.addEventListener("blur", kept);
      field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) field.blur();
      });
      /** @param {string} word @param {string} sign @param {"start" | "end"} side @param {1 | -1} way */
      const step = (word, sign, side, way) => el("button.quiet.square", { type: "button", title: t(word), "aria-label": t(word), text: sign, onclick: () => nudge(mark, side, way) });
      return el("article", { "data-coding": mark.id },
        el("h3", {}, el("span.swatch", { style: { "--colour": colour } }), el("span", { text: name })),
        el("p.by", { text: mark.origin.startsWith("rule:") ? `${by} · ${t("card.rule")}` : by }),
        mark.mine && mark.split?.length > 0 && el("div.split", {}, el("p", { text: t("card.split") }),
          ...[...new Set([...mark.split, mark.code])].map((code) => el("button", { type: "button", text: known(code).name, onclick: () => settle(mark, code) }))),
        field,
        mark.mine && el("div.row", {},
          el("button.quiet", { type: "button", text: t("card.remove"), onclick: () => remove(mark) }),
          el("button.quiet", { type: "button", text: t("card.change"), onclick: () => change(mark) }),
          el("span.steps", { role: "group", "aria-label": t("card.place") },
            step("card.start.out", "⇤", "start", -1), step("card.start.in", "⇥", "start", 1), step("card.end.in", "⇤", "end", -1), step("card.end.out", "⇥", "end", 1))));
    }));
  return made;
}

/** What was noted beside a passage.
 * @param {import("./marks.js").Mark[]} notes @param {() => void} close
 * @returns {HTMLElement} */
export function noteCard(notes, close) {
  return el("section.card", { role: "group", "aria-label": t("note.name") },
    el("button.quiet.square.closer", { type: "button", "aria-label": t("app.close"), onclick: close, text: "×" }),
    ...notes.map((note) => el("article", {}, el("p.by", { text: note.about ?? "" }), el("p.said", { text: note.text ?? "" }))));
}
