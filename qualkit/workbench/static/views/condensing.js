// @ts-check
/** The condensing board: a code group's meaning units sorted into subgroups, and a condensate written from each. */

import { at } from "../api.js";
import { address } from "../boards/cards.js";
import { Board } from "../boards/condensing.js";
import { groups } from "../boards/groups.js";
import { WAITING } from "../boards/subgroups.js";
import { el } from "../dom.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: ([code]) => (code ? `${code} – ${t("boards.nav")}` : t("boards.nav")),
  async open(page, [code], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    if (!code) return groups(page, current);
    const path = at`/api/condensing/groups/${code}`;
    const state = await page.api.get(path);
    if (!current()) return;
    const board = new Board(page, path, state);
    page.main.replaceChildren(board.element);
    page.tools(board.tools);
    board.shown();
    return { keys: keys(board), refresh: () => board.refresh(), close: () => board.close() };
  },
};

/** @param {Board} board @returns {import("../keys.js").Key[]} */
function keys(board) {
  const { deck, page, sorting, writing } = board;
  /** @param {KeyboardEvent} event */
  const way = (event) => /** @type {1 | -1} */ (["ArrowDown", "ArrowRight", "j", "l"].includes(event.key) ? 1 : -1);
  const onCard = () => !(document.activeElement instanceof HTMLElement && document.activeElement.matches("summary, a"));
  /** @param {(id: string) => void} run */
  const one = (run) => () => {
    if (deck.current) run(deck.current);
  };
  return [
    { word: "key.boards.updown", keys: ["ArrowDown", "ArrowUp", "j", "k"], run: (event) => deck.upDown(way(event)) },
    { word: "key.boards.sideways", keys: ["ArrowRight", "ArrowLeft", "l"], run: (event) => deck.sideways(way(event)) },
    { word: "key.boards.lift", keys: [" ", "Enter"], run: () => deck.lift(), when: onCard },
    { word: "key.boards.number", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], run: (event) => {
      const subgroup = board.state.subgroups[Number(event.key) - 1];
      if (subgroup) sorting.put(deck.about, subgroup.id);
    } },
    { word: "key.boards.wait", keys: ["0"], run: () => sorting.put(deck.about, WAITING) },
    { word: "key.boards.shift", keys: ["Alt+ArrowUp", "Alt+ArrowDown"], run: (event) => sorting.shift(way(event)) },
    { word: "key.boards.mark", keys: ["m"], run: one((id) => deck.toggle(id)) },
    { word: "key.boards.golden", keys: ["g"], run: one((id) => sorting.golden(id)) },
    { word: "key.boards.start", keys: ["s"], run: one((id) => sorting.pick(id, "start")) },
    { word: "key.boards.aside", keys: ["x", "Delete"], run: one((id) => sorting.setAside(id)) },
    { word: "key.boards.regroup", keys: ["c"], run: () => sorting.regroup(deck.about) },
    { word: "key.boards.uncode", keys: ["Shift+x", "Shift+Delete"], run: () => sorting.uncode(deck.about) },
    { word: "key.boards.why", keys: ["w"], run: () => /** @type {HTMLElement | null} */ (board.why.querySelector("input"))?.focus() },
    { word: "key.boards.new", keys: ["n"], run: () => sorting.newSubgroup([...deck.marked]) },
    { word: "key.boards.rename", keys: ["r"], run: () => sorting.rename(board.active) },
    { word: "key.boards.write", keys: ["e"], run: () => writing.condensate.field.field.focus() },
    { word: "key.boards.analytic", keys: ["a"], run: () => writing.analytic.field.field.focus() },
    { word: "key.boards.open", keys: ["o"], run: one((id) => {
      const unit = board.unit(id);
      if (unit) page.go(address(unit));
    }) },
    { word: "key.boards.escape", keys: ["Escape"], run: () => {
      if (deck.escape()) board.why.replaceChildren();
      else deck.unmark();
    } },
  ];
}
