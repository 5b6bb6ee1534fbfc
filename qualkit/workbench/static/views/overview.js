// @ts-check
/** The study at a glance. */

import { el } from "../dom.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("app.overview"),
  async open(page) {
    const problems = el("section.problems", { "aria-live": "polite" });
    const propose = async () => {
      try {
        page.saving();
        const { made } = await page.api.post("/api/propose");
        await page.reload();
        fill();
        page.saved();
        page.tell(t("propose.made", { n: made }));
        /** @type {HTMLElement | null} */ (page.main.querySelector(".propose button"))?.focus();
      } catch (error) {
        page.fail(error);
      }
    };
    const fill = () => {
      const study = page.study;
      page.main.replaceChildren(el("div.overview", {},
        el("h1", { text: study.title }),
        el("p.under", { text: t(`method.${study.method}`) }),
        study.questions.length > 0 && el("section", {}, el("h2.small", { text: t("overview.questions") }),
          ...study.questions.map((/** @type {string} */ text) => el("p.question", { text }))),
        el("h2.small", { text: t("overview.transcripts") }),
        study.transcripts.length ? el("div", {}, table(study.transcripts), next(study),
          el("p.row.about", {}, el("a", { href: "#/add", text: t("overview.add") }), el("a", { href: "#/people", text: t("app.people") })),
          study.rules && el("p.propose", {},
            el("button", { type: "button", onclick: propose, text: t("propose.run") }), el("span.hint", { text: t("propose.hint") }))) : el("div.empty", {}, el("p", { text: t("overview.none") }), el("p", {}, el("a", { href: "#/add", text: t("overview.none.hint") }))),
        problems));
    };
    fill();
    page.api.get("/api/problems").then((answer) => problems.replaceChildren(...listed(answer.problems)), page.fail);
    return {
      async refresh() {
        await page.reload();
        fill();
      },
    };
  },
};

/** What comes next, for who has not been here before. @param {any} study */
function next(study) {
  const sound = study.transcripts.filter((/** @type {any} */ one) => !one.faulty);
  const uncoded = sound.find((/** @type {any} */ one) => !one.codings && !one.read);
  const waits = sound.find((/** @type {any} */ one) => one.waiting);
  const unread = sound.find((/** @type {any} */ one) => !one.read);
  /** @param {string} word @param {string} place @param {string} [id] */
  const way = (word, place, id = "") => el("p.next", {}, el("a", { href: place, text: t(word, { id }) }), ` ${t(`${word}.hint`)}`);
  /** @param {any} one */
  const read = (one) => `#/read/${encodeURIComponent(one.id)}`;
  if (uncoded) return way("next.code", read(uncoded), uncoded.id);
  if (waits) return way("next.decide", read(waits), waits.id);
  if (unread) return way("next.read", read(unread), unread.id);
  if (!sound.length) return null;
  return study.method === "stc" ? way("next.condense", "#/condense") : way("next.themes", "#/themes");
}

/** @param {any[]} rows */
function table(rows) {
  const heads = ["transcript", "people", "length", "coded", "state"];
  return el("table.transcripts", {},
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col", text: t(`overview.${head}`) })))),
    el("tbody", {}, ...rows.map(row)));
}

/** @param {any} one */
function row(one) {
  const address = `#/read/${encodeURIComponent(one.id)}`;
  if (one.faulty) {
    return el("tr", {}, el("th", { scope: "row", text: one.id }), el("td.bad", { colspan: 4, text: t("overview.faulty") }));
  }
  const percent = Math.round(one.reached * 100);
  return el("tr", {},
    el("th", { scope: "row" }, el("a", { href: address, text: one.id }), el("span.kind", { text: one.title || t(`kind.${one.kind}`) })),
    el("td", { text: one.participants.filter((/** @type {string} */ who) => who !== one.id).join(", ") || one.participants.join(", ") }),
    el("td.number", { text: t("overview.words", { n: one.words }) }),
    el("td", {}, el("div.progress", { role: "img", "aria-label": t("overview.progress", { n: percent }), title: t("overview.progress", { n: percent }) },
      el("div", { style: { width: `${percent}%` } })), el("span", { text: one.codings ? t("overview.codings", { n: one.codings }) : t("overview.uncoded") })),
    el("td", {},
      el(`span.state${one.read ? ".done" : ""}`, { text: one.read ? t("overview.read") : t("overview.unread") }),
      one.waiting ? el("span.state.wait", { text: t("overview.waiting", { n: one.waiting }) }) : null,
      one.adrift ? el("a.state.bad", { href: `${address}/lost`, text: t("overview.adrift", { n: one.adrift }) }) : null));
}

/** @param {any[]} problems */
function listed(problems) {
  if (!problems.length) return [el("p.fine", { text: t("overview.noproblems") })];
  return [
    el("h2.small", { text: t("overview.problems", { n: problems.length }) }),
    el("ul", {}, ...problems.map((each) => {
      const named = /^(?:transcripts\/|codings\/[^/]+\/)(.+)\.(?:txt|jsonl)$/.exec(each.file);
      const place = each.file + (each.line ? `:${each.line}` : "");
      return el(`li.${each.severity}`, {},
        named ? el("a.place", { href: `#/read/${encodeURIComponent(named[1])}${each.check === "changed-transcript" ? "/lost" : ""}`, text: place }) : el("span.place", { text: place }),
        el("span", { text: each.message }), each.hint && el("span.hint", { text: each.hint }));
    })),
  ];
}
