// @ts-check
/** The themes board: codes laid under candidate themes, and what each theme is and is not beside them. */

import { LOOSE } from "../boards/theme_columns.js";
import { ThemesBoard } from "../boards/themes.js";
import { el } from "../dom.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("themes.nav"),
  async open(page, parts, current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const state = await page.api.get("/api/themes");
    if (!current()) return;
    const board = new ThemesBoard(page, state, parts[0] ?? "");
    page.main.replaceChildren(board.element);
    board.writing.fit();
    const watching = page.watch(["themes", "codebook", "codings"], () => board.fresh());
    board.seen = () => watching.seen();
    return { keys: keys(board), refresh: () => board.refresh(), close: () => { board.close(); watching.stop(); } };
  },
};

/** @param {ThemesBoard} board @returns {import("../keys.js").Key[]} */
function keys(board) {
  const { deck } = board;
  /** @param {KeyboardEvent} event */
  const way = (event) => /** @type {1 | -1} */ (event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1);
  const onCard = () => !(document.activeElement instanceof HTMLElement && document.activeElement.matches("summary, a"));
  /** @param {string} to */
  const put = (to) => deck.current && board.put(deck.at.id, deck.at.place, to);
  return [
    { word: "key.themes.updown", keys: ["ArrowDown", "ArrowUp"], run: (event) => deck.upDown(way(event)) },
    { word: "key.boards.sideways", keys: ["ArrowRight", "ArrowLeft"], run: (event) => deck.sideways(way(event)) },
    { word: "key.themes.lift", keys: [" ", "Enter"], run: () => deck.lift(), when: onCard },
    { word: "key.themes.number", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], run: (event) => {
      const theme = board.themes[Number(event.key) - 1];
      if (theme) put(theme.id);
    } },
    { word: "key.themes.loose", keys: ["0"], run: () => void put(LOOSE) },
    { word: "key.themes.open", keys: ["o"], run: () => void (deck.current && board.open(deck.current)) },
    { word: "key.themes.new", keys: ["n"], run: () => board.newTheme() },
    { word: "key.themes.rename", keys: ["r"], run: () => board.rename() },
    { word: "key.themes.write", keys: ["e"], run: () => board.writing.focus() },
    { word: "key.themes.drop", keys: ["x", "Delete"], run: () => board.drop() },
    { word: "key.boards.escape", keys: ["Escape"], run: () => void deck.escape() },
  ];
}
