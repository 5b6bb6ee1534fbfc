// @ts-check
/** Every code group, and how far it is condensed. */

import { el } from "../dom.js";
import { t } from "../words.js";

/** @param {import("../app.js").Page} page @param {() => boolean} current */
export async function groups(page, current) {
  const fill = async () => {
    const answer = await page.api.get("/api/condensing");
    if (!current()) return;
    page.main.replaceChildren(el("div.overview.groups", {},
      el("h1", { text: t("boards.title") }),
      el("p.under", { text: t("boards.under") }),
      ...answer.problems.map((/** @type {string} */ text) => el("p.warn", { text })),
      answer.groups.length
        ? el("ul.groups", {}, ...answer.groups.map(group))
        : el("p.next-step", {}, t("boards.nogroups"), " ", el("a", { href: "#/", text: t("boards.transcripts") }))));
  };
  await fill();
  return { refresh: fill };
}

/** @param {any} one */
function group(one) {
  const sorted = one.units - one.waiting;
  /** @param {any} part */
  const done = (part) => [part.condensate && t("writing.condensate"), part.golden && t("boards.golden"), part.analytic && t("writing.analytic")];
  return el("li", {},
    el("a.name", { href: `#/condense/${encodeURIComponent(one.code)}` }, el("span.swatch", { style: { "--colour": one.colour } }), one.name),
    el("p.fine-print", { text: `${t("boards.units", { n: one.units })} · ${t("boards.people", { n: one.participants })}` }),
    el("p.state", { class: one.waiting ? "state wait" : "state done", text: one.waiting ? t("boards.towait", { n: one.waiting }) : t("boards.sorted") }),
    sorted || one.subgroups.length ? el("ul.parts", {}, ...one.subgroups.map((/** @type {any} */ part) => el("li", {},
      el("span.part", { text: part.name }),
      el("span.fine-print", { text: t("boards.units", { n: part.used }) }),
      el("span.fine-print", { text: done(part).filter(Boolean).map((word) => `✓ ${word}`).join("  ") })))) : null);
}
