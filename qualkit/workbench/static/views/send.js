// @ts-check
/** What leaves the study: results as files, and a backup. */

import { el } from "../dom.js";
import { t } from "../words.js";

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("app.send"),
  async open(page, _, current) {
    const ways = await page.api.get("/api/export");
    if (!current()) return;
    const told = el("div", { "aria-live": "polite" });
    /** @param {string} kind @param {{force?: boolean, unreviewed?: string}} [how] */
    const send = async (kind, how = {}) => {
      told.replaceChildren(el("p.hint", { role: "status", text: t("send.writing") }));
      try {
        const answer = await page.api.post("/api/export", { kind, ...how });
        told.replaceChildren(answer.count ? waiting(kind, answer, (reason) => send(kind, { unreviewed: reason })) : written(answer.written, answer.draft));
      } catch (error) {
        told.replaceChildren();
        if (/** @type {any} */ (error).kind === "FileWasEdited") {
          told.replaceChildren(el("div.notice.inline", {}, el("div", {}, el("p", { text: t("send.edited") }),
            el("button", { type: "button", text: t("send.over"), onclick: () => send(kind, { ...how, force: true }) }))));
        } else page.fail(error);
      }
    };
    const secret = el("input", { type: "password", id: "secret", autocomplete: "new-password", minlength: ways.shortest });
    const again = el("input", { type: "password", id: "again", autocomplete: "new-password" });
    const backedUp = el("div", { "aria-live": "polite" });
    page.main.replaceChildren(el("div.start", {}, el("h1", { text: t("app.send") }), el("p.under", { text: t("send.under") }),
      el("h2", { text: t("send.results") }),
      el("div.ways", {}, ...ways.kinds.map((/** @type {string} */ kind) => el("button", { type: "button", onclick: () => send(kind) },
        el("b", { text: t(`send.${kind}`) }), el("span", { text: t(`send.${kind}.hint`) })))),
      told,
      el("h2", { text: t("send.backup") }),
      el("form.new", { onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        if (secret.value !== again.value) {
          backedUp.replaceChildren(el("p.bad", { role: "alert", text: t("send.different") }));
          return;
        }
        backedUp.replaceChildren(el("p.hint", { role: "status", text: t("send.writing") }));
        try {
          const made = await page.api.post("/api/backup", { passphrase: secret.value });
          secret.value = again.value = "";
          backedUp.replaceChildren(written([{ path: made.path }]), el("p", { text: t(made.private ? "send.sealed" : made.privateLeft ? "send.unsealed" : "send.noprivate", { n: made.private }) }),
            ...(made.leftOut.length ? [el("p", { text: t("send.left", { names: made.leftOut.join(", ") }) })] : []));
        } catch (error) {
          backedUp.replaceChildren();
          page.fail(error);
        }
      } }, el("p.hint", { text: t("send.backup.hint") }),
      el("div.pair", {}, el("div.field", {}, el("label", { for: "secret", text: t("send.secret", { n: ways.shortest }) }), secret),
        el("div.field", {}, el("label", { for: "again", text: t("send.again") }), again)),
      el("button.primary", { type: "submit", text: t("send.backitup") })), backedUp));
  },
};

/** What stops an export, with the way to each place, and the way past it for a draft.
 * @param {string} kind @param {any} answer @param {(reason: string) => void} draft */
function waiting(kind, answer, draft) {
  // Transcripts are printed whole; of all else only what stands in coded passages.
  const queue = `#/anonymise/${kind === "transcripts" ? "" : "printed"}`;
  const reason = el("input", { type: "text", id: "draft-why", required: true, autocomplete: "off", maxlength: 300 });
  return el("section.notice.error.inline", {}, el("div", {},
    el("p", {}, el("strong", { text: t("send.open", { n: answer.count }) })), el("p", { text: t("send.open.hint") }),
    el("p", {}, el("a", { href: queue, text: t("print.decide") })),
    el("details", {}, el("summary", { text: t("send.where") }), el("ul.places", {}, ...answer.open.map((/** @type {any} */ one) => el("li", {},
      one.at ? el("a", { href: `${queue}/${encodeURIComponent(one.at)}`, text: one.where }) : one.where)),
      answer.count > answer.open.length && el("li", { text: t("rules.more", { n: answer.count - answer.open.length }) }))),
    el("details.draft", {}, el("summary", { text: t("send.draft") }),
      el("p", { text: t("send.draft.hint") }),
      el("form.new", { onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (reason.value.trim()) draft(reason.value);
      } }, el("div.field", {}, el("label", { for: "draft-why", text: t("send.draft.why") }), reason),
        el("button", { type: "submit", text: t("send.draft.write") })))));
}

/** @param {{path: string, name?: string, ticket?: string}[]} files @param {boolean} [draft] */
function written(files, draft) {
  return el("section.written", { role: "status" }, el("p", { text: t("send.written") }),
    draft === true && el("p.warn", { text: t("send.draft.written") }),
    el("ul", {}, ...files.map(({ path, name, ticket }) => el("li", {}, ticket
      ? el("a.button", { href: `/api/exports/${ticket}`, download: name, text: t("send.fetch", { name: name ?? "" }) }) : null,
    el("code", { text: path })))));
}
