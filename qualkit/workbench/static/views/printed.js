// @ts-check
/** A transcript as an export would print it. */

import { at } from "../api.js";
import { el } from "../dom.js";
import { piece, steps } from "../print_marks.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: ([id]) => t("print.title", { id: id ?? "" }),
  async open(page, [id], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const fill = async () => {
      const shown = await page.api.get(at`/api/transcripts/${id}/print`);
      if (current()) page.main.replaceChildren(drawn(shown));
    };
    await fill();
    const watching = page.watch(["identities", "transcripts", "participants"], fill);
    return {
      keys: steps(page.main),
      refresh: fill,
      close: () => watching.stop(),
    };
  },
};

/** @param {any} shown */
function drawn(shown) {
  const place = shown.others.indexOf(shown.id);
  /** @param {number} n @param {string} word */
  const other = (n, word) => shown.others[n] && el("a", { href: `#/print/${encodeURIComponent(shown.others[n])}`, text: t(word) });
  return el("article.printview", {},
    el("h1", { text: t("print.title", { id: shown.id }) }),
    el("p.note", {}, shown.open ? el("strong.state.bad", { text: t("print.open", { n: shown.open }) }) : el("span.state.done", { text: t("print.clear") }),
      " ", shown.open > 0 && el("a", { href: `#/anonymise/${encodeURIComponent(shown.id)}`, text: t("print.decide") })),
    el("nav.others", { "aria-label": t("overview.transcripts") }, other(place - 1, "reading.previous"), " ", other(place + 1, "reading.following")),
    !shown.quoted && el("p.note", { text: t("reading.noquote") }),
    el("div.printed", {}, ...shown.turns.map((/** @type {any} */ turn) => el("div", {},
      el("span.who", {}, el("bdi", { text: turn.who })),
      el(`p${turn.role === "interviewer" ? ".asks" : ""}`, { dir: "auto" },
        turn.quoted ? null : el("span.left", { text: shown.note }), ...turn.pieces.map(piece))))));
}
