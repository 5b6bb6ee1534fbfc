// @ts-check
/** The review queue: one question after the other, a key for each answer. */

import { Refusal, at } from "../api.js";
import { el } from "../dom.js";
import { spoken, t } from "../words.js";

/** The answers with a key of their own, in the order of the row. */
const ANSWERS = /** @type {const} */ (["pass", "pseudonym", "generalise", "band", "redact"]);
/** @type {Record<string, string>} */
const KEY = { pass: "k", pseudonym: "p", generalise: "g", band: "b", redact: "r", write: "w", merge: "m", only: "o", type: "t", list: "l", skip: "n" };

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("app.anonymise"),
  async open(page, [asked, place], current) {
    const walk = new Walk(page, asked ?? "", place ?? "");
    page.main.replaceChildren(walk.element);
    await walk.start(current);
    return { keys: walk.keys(), refresh: () => walk.refresh(), close: () => walk.close() };
  },
};

class Walk {
  /** @type {string[]} */ keysLeft = [];
  total = 0;
  /** @type {any} */ item = null;
  /** @type {any} */ counts = null;
  /** @type {string} The key of the question, "" when nothing waits. */ here = "";
  /** @type {{text: string, run: () => void}[]} */ choices = [];
  /** @type {"" | "pseudonym" | "generalise" | "band"} */ ladder = "";
  /** @type {Set<number> | null} Places the answer holds for; null: as proposed. */ some = null;
  kind = "";
  busy = false;

  /** @param {import("../app.js").Page} page @param {string} asked @param {string} place To begin with: "I3:204-210". */
  constructor(page, asked, place) {
    this.page = page;
    this.asked = asked;
    this.place = place;
    this.element = el("div.anonymise", { "aria-live": "off" });
  }

  get query() {
    return this.asked ? `?asked=${encodeURIComponent(this.asked)}` : "";
  }

  /** @param {() => boolean} current */
  async start(current) {
    const bar = el("progress");
    const told = el("p", { role: "status", text: t("anonymise.searching") });
    this.element.replaceChildren(el("div.empty", {}, told, bar));
    const timer = setInterval(async () => {
      const { done, total } = await this.page.api.get("/api/anonymise/progress").catch(() => ({}));
      if (total) {
        bar.max = total;
        bar.value = done;
        told.textContent = t("anonymise.searched", { done, total });
      }
    }, 500);
    try {
      await this.#queue();
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      this.#passphrase(error.kind === "WrongPassphrase");
      return;
    } finally {
      clearInterval(timer);
    }
    if (!current()) return;
    await this.#show(this.counts.at || (this.keysLeft[0] ?? ""));
    if (this.place && !this.counts.at) this.page.tell(t("anonymise.settled"));
    this.place = "";
    this.watching = this.page.watch(["identities", "transcripts", "codings"], () => this.refresh());
  }

  close() {
    this.watching?.stop();
    this.dialog?.close();
  }

  async #queue() {
    const at = this.place ? `${this.query ? "&" : "?"}at=${encodeURIComponent(this.place)}` : "";
    this.counts = await this.page.api.get(`/api/anonymise${this.query}${at}`);
    this.keysLeft = this.counts.keys;
    this.total = Math.max(this.total, this.counts.total);
    this.page.steps(this.counts);
  }

  async refresh() {
    const before = this.here;
    await this.#queue();
    // After an undo the words that wait again are shown again.
    const again = this.last && this.keysLeft.includes(this.last) ? this.last : before;
    await this.#show(this.keysLeft.includes(again) ? again : this.keysLeft[0] ?? "");
  }

  /** @param {string} key */
  async #show(key) {
    this.here = key;
    this.ladder = "";
    this.some = null;
    this.kind = "";
    if (!key) {
      this.item = null;
      this.#draw();
      return;
    }
    try {
      await this.#ask(key);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== "NotWaiting") throw error;
      // Another decision settled it too.
      const next = this.keysLeft[this.keysLeft.indexOf(key) + 1] ?? "";
      await this.#queue();
      await this.#show(this.keysLeft.includes(next) ? next : this.keysLeft[0] ?? "");
    }
  }

  /** @param {string} key */
  async #ask(key) {
    const more = [this.asked && `asked=${encodeURIComponent(this.asked)}`, this.kind && `type=${this.kind}`].filter(Boolean).join("&");
    this.item = await this.page.api.get(at`/api/anonymise/items/${key}` + (more ? `?${more}` : ""));
    this.#draw();
    this.page.say(t("anonymise.spoken", { form: this.item.form, type: t(`identity.${this.item.type}`), n: this.item.count }));
  }

  /** @param {number} by */
  #step(by) {
    const place = this.keysLeft.indexOf(this.here) + by;
    if (this.keysLeft.length) return this.#show(this.keysLeft[(place + this.keysLeft.length) % this.keysLeft.length]);
  }

  // --- deciding --------------------------------------------------------------------------------------

  /** @param {Record<string, any>} body */
  async #decide(body) {
    if (!this.item || this.busy) return;
    this.busy = true;
    const [key, form] = [this.here, this.item.form];
    if (this.some) body.places = [...this.some];
    if (this.kind) body.type = this.kind;
    try {
      this.page.saving();
      const answer = await this.page.api.post(at`/api/anonymise/items/${key}` + this.query, body);
      const following = this.keysLeft[this.keysLeft.indexOf(key) + 1] ?? "";
      this.last = key;
      this.told = answer.made ? t("anonymise.became", { form, id: answer.made.id, shown: answer.made.shown || "…" }) : t("anonymise.kept", { form });
      await this.#queue();
      await this.watching?.seen();
      // Places that the answer does not hold for are asked about next.
      const next = this.keysLeft.includes(key) ? key : this.keysLeft.includes(following) ? following : this.keysLeft[0] ?? "";
      await this.#show(next);
      this.page.steps(answer);
      this.page.saved();
    } catch (error) {
      if (error instanceof Refusal && error.kind === "NotWaiting") await this.refresh();
      this.page.fail(error);
    } finally {
      this.busy = false;
    }
  }

  /** What Enter, or 1, does. */
  #choices() {
    const { proposed, ladders } = this.item;
    /** @type {{text: string, run: () => void}[]} */
    const found = [];
    if (this.ladder) {
      const action = this.ladder;
      for (const shown of ladders[action]) found.push({ text: inPrint(shown), run: () => this.#decide({ action, shown }) });
      return found.slice(0, 9);
    }
    if (proposed.action === "merge" && proposed.into) {
      const into = proposed.into;
      found.push({ text: t("anonymise.is", { form: into.forms[0], shown: into.shown || into.id }), run: () => this.#decide({ action: "merge", merge: into.id }) });
    } else if (proposed.action === "redact") {
      found.push({ text: t("anonymise.redact"), run: () => this.#decide({ action: "redact" }) });
    } else if (proposed.action) {
      for (const shown of proposed.shown) {
        found.push({ text: `${t(`anonymise.${proposed.action}`)}: [${inPrint(shown)}]`, run: () => this.#decide({ action: proposed.action, shown }) });
      }
    }
    for (const one of this.item.related) {
      if (one.id !== proposed.into?.id) found.push({ text: t("anonymise.is", { form: one.forms[0], shown: one.shown || one.id }), run: () => this.#decide({ action: "merge", merge: one.id }) });
    }
    return found.slice(0, 9);
  }

  /** @param {string} action */
  #answer(action) {
    if (!this.item) return;
    if (action === "pass" || action === "redact") this.#decide({ action });
    else if (action === "pseudonym" && this.item.ladders.pseudonym.length) this.#decide({ action, shown: this.item.ladders.pseudonym[0] });
    else if (this.item.ladders[action]?.length) {
      this.ladder = /** @type {any} */ (action);
      this.#draw();
    } else this.#write(action);
  }

  /** @param {string} [given] */
  #write(given) {
    if (!this.item) return;
    const proposed = this.item.proposed.action;
    const action = given ?? (["pseudonym", "band"].includes(proposed) ? proposed : "generalise");
    const input = el("input", { type: "text", id: "written", autocomplete: "off", spellcheck: false });
    this.#form(t("anonymise.write"), [
      el("label", { for: "written", text: t("anonymise.written", { action: t(`anonymise.${action}`) }) }), input,
    ], () => input.value.trim() && this.#decide({ action, shown: input.value.trim() }));
  }

  async #merge() {
    if (!this.item) return;
    const { identities } = await this.page.api.get("/api/anonymise/register");
    const list = el("datalist", { id: "known" }, ...identities.map((/** @type {any} */ one) => el("option", { value: one.forms[0], text: `${one.id} [${one.shown}]` })));
    const input = el("input", { type: "text", id: "same", list: "known", autocomplete: "off", spellcheck: false });
    this.#form(t("anonymise.merge"), [el("label", { for: "same", text: t("anonymise.who") }), input, list],
      () => input.value.trim() && this.#decide({ action: "merge", merge: input.value.trim() }));
  }

  #type() {
    if (!this.item) return;
    const select = el("select", { id: "kind" }, ...this.item.types.map((/** @type {string} */ one) =>
      el("option", { value: one, text: t(`identity.${one}`), selected: one === this.item.type })));
    this.#form(t("anonymise.type"), [el("label", { for: "kind", text: t("anonymise.type.what") }), select], () => {
      this.kind = select.value;
      this.#ask(this.here).catch(this.page.fail);
    });
  }

  #only() {
    if (!this.item) return;
    this.some = this.some ? null : new Set(this.item.places.keys());
    this.#draw();
    /** @type {HTMLElement | null} */ (this.element.querySelector("input[type=checkbox]"))?.focus();
  }

  #list() {
    const page = this.item?.alike ?? [];
    if (!page.length) {
      this.page.tell(t("anonymise.nonealike"));
      return;
    }
    const boxes = page.map((/** @type {any} */ one) => el("input", { type: "checkbox", checked: true, value: one.key }));
    const reason = el("input", { type: "text", id: "reason", value: t("anonymise.everyday"), autocomplete: "off" });
    this.#form(t("anonymise.list"), [
      el("p.hint", { text: t("anonymise.list.hint") }),
      el("ul.alike", {}, ...page.map((/** @type {any} */ one, /** @type {number} */ n) => el("li", {}, el("label", {}, boxes[n],
        el("b", { text: one.form + (one.count > 1 ? ` ×${one.count}` : "") }), context(one.place))))),
      el("label", { for: "reason", text: t("anonymise.reason") }), reason,
    ], async () => {
      const keys = boxes.filter((/** @type {any} */ box) => box.checked).map((/** @type {any} */ box) => box.value);
      if (!keys.length) return;
      try {
        this.page.saving();
        const answer = await this.page.api.post(`/api/anonymise/together${this.query}`, { keys, reason: reason.value });
        this.last = keys[0];
        this.told = t("anonymise.together", { n: answer.words });
        await this.#queue();
        await this.watching?.seen();
        await this.#show(this.keysLeft[0] ?? "");
        this.page.steps(answer);
        this.page.saved();
      } catch (error) {
        this.page.fail(error);
      }
    });
  }

  /** @param {boolean} wrong */
  #passphrase(wrong) {
    const input = el("input", { type: "password", id: "passphrase", autocomplete: "off", "aria-invalid": wrong });
    const form = el("form.passphrase", { onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      try {
        await this.page.api.post("/api/anonymise/passphrase", { passphrase: input.value });
        await this.start(() => true);
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) this.#passphrase(true);
        else this.page.fail(error);
      }
    } }, el("h1", { text: t("app.anonymise") }), el("label", { for: "passphrase", text: t("anonymise.sealed") }), input,
    wrong && el("p.bad", { role: "alert", text: t("anonymise.wrong") }), el("button.primary", { text: t("anonymise.open") }));
    this.element.replaceChildren(form);
    input.focus();
  }

  /** @param {string} title @param {(Node | false)[]} parts @param {() => unknown} done */
  #form(title, parts, done) {
    const made = el("dialog.form.deciding", { "aria-label": title, onclose: () => made.remove() },
      el("form", { method: "dialog", onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        made.close();
        done();
      } }, el("h2", { text: title }), ...parts, el("div.row", {},
        el("button.primary", { type: "submit", text: t("anonymise.done") }),
        el("button", { type: "button", text: t("app.cancel"), onclick: () => made.close() }))));
    this.dialog = made;
    document.body.append(made);
    made.showModal();
    /** @type {HTMLElement | null} */ (made.querySelector("input, select"))?.focus();
  }

  // --- drawing ---------------------------------------------------------------------------------------

  #draw() {
    const left = this.keysLeft.length;
    const settled = this.total - left;
    const head = el("header", {},
      el("h1", { text: t("app.anonymise") }),
      el("div.how", {},
        el("progress", { max: Math.max(this.total, 1), value: settled, "aria-label": t("anonymise.progress", { done: settled, total: this.total }) }),
        el("span", { text: left ? t("anonymise.left", { n: left, minutes: this.counts.minutes }) : t("anonymise.nothing") })),
      el("div.scope", { role: "group", "aria-label": t("anonymise.scope") }, ...["", "printed"].map((one) =>
        el("a", { href: `#/anonymise${one && `/${one}`}`, text: t(`anonymise.scope.${one || "all"}`), "aria-current": one === this.asked ? "true" : null }))));
    const told = this.told && el("p.told", { role: "status", text: this.told });
    this.told = "";
    if (!this.item) {
      this.element.replaceChildren(head, ...(told ? [told] : []), el("div.empty", {},
        el("p", { text: t("anonymise.nothing") }),
        el("p", { text: t("anonymise.counts", { n: this.counts.decided, passed: this.counts.passed }) }),
        el("p", {}, el("a", { href: "#/send", text: t("app.send") }))));
      return;
    }
    this.choices = this.#choices();
    this.element.replaceChildren(head, ...(told ? [told] : []), this.#question());
  }

  #question() {
    const item = this.item;
    const meta = [t(`identity.${item.type}`), t(`identity.class.${item.class}`), t("anonymise.places", { n: item.count }),
      item.transcripts > 1 && t("anonymise.transcripts", { n: item.transcripts }),
      item.participants.length > 0 && t("anonymise.said", { who: item.participants.slice(0, 4).join(", ") })].filter(Boolean);
    const shown = this.some ? item.places : item.places.slice(0, this.all ? undefined : 5);
    const hidden = item.places.length - shown.length;
    return el("article.question", { "aria-label": t("anonymise.question", { form: item.form }) },
      el("h2.form", {}, el("bdi", { text: item.form })),
      item.forms.length > 0 && el("p.also", { text: t("anonymise.also", { forms: item.forms.slice(0, 6).join(", ") }) }),
      el("p.meta", { text: meta.join(" · ") }),
      el("ol.places", {}, ...shown.map((/** @type {any} */ one, /** @type {number} */ n) => el("li", {}, this.#place(one, n)))),
      hidden > 0 && el("button.quiet", { type: "button", text: t("anonymise.more", { n: hidden }), onclick: () => { this.all = true; this.#draw(); } }),
      item.everyday && !this.some && el("p.hint", { text: t("anonymise.onlyhere") }),
      el("div.choices", { role: "group", "aria-label": t("anonymise.proposed") },
        this.choices.length === 0 && el("p.hint", { text: t("anonymise.noproposal") }),
        ...this.choices.map((one, n) => el(`button${n === 0 && !this.ladder ? ".primary" : ""}`, { type: "button", onclick: one.run },
          el("kbd", { text: n === 0 ? "↵" : String(n + 1), "aria-hidden": "true" }), el("span", { text: one.text }))),
        this.ladder && el("button.quiet", { type: "button", onclick: () => this.#back() }, el("kbd", { text: "Esc", "aria-hidden": "true" }), t("app.cancel"))),
      el("div.answers", { role: "toolbar", "aria-label": t("anonymise.answers") },
        ...ANSWERS.map((one) => this.#button(one, () => this.#answer(one))),
        this.#button("write", () => this.#write()), this.#button("merge", () => this.#merge().catch(this.page.fail)),
        this.#button("only", () => this.#only(), this.some !== null), this.#button("type", () => this.#type()),
        item.alike.length > 0 && this.#button("list", () => this.#list()), this.#button("skip", () => this.#step(1))));
  }

  #back() {
    this.ladder = "";
    this.some = null;
    this.#draw();
  }

  /** @param {any} one @param {number} n */
  #place(one, n) {
    const where = one.transcript ? el("a.where", { href: `#/print/${encodeURIComponent(one.transcript)}`, text: told(one) }) : el("span.where", { text: one.where });
    if (!this.some) return el("div", {}, where, context(one));
    const box = el("input", { type: "checkbox", checked: this.some.has(n), onchange: () => {
      if (box.checked) this.some?.add(n);
      else this.some?.delete(n);
    } });
    return el("label", {}, box, el("span.where", { text: told(one) }), context(one));
  }

  /** @param {string} name @param {() => void} run @param {boolean} [pressed] */
  #button(name, run, pressed) {
    return el("button.quiet", { type: "button", onclick: run, "aria-pressed": pressed === undefined ? null : String(pressed) },
      el("kbd", { text: KEY[name].toUpperCase(), "aria-hidden": "true" }), t(`anonymise.${name}`));
  }

  /** @returns {import("../keys.js").Key[]} */
  keys() {
    const asks = () => this.item !== null;
    return [
      { keys: ["Enter", "1"], word: "anonymise.key.first", run: () => this.choices[0]?.run(), when: asks },
      ...["2", "3", "4", "5", "6", "7", "8", "9"].map((key, n) => ({ keys: [key], word: "anonymise.key.other", run: () => this.choices[n + 1]?.run(), when: asks })).slice(0, 8),
      ...ANSWERS.map((one) => ({ keys: [KEY[one]], word: `anonymise.${one}`, run: () => this.#answer(one), when: asks })),
      { keys: ["w"], word: "anonymise.write", run: () => this.#write(), when: asks },
      { keys: ["m"], word: "anonymise.merge", run: () => this.#merge().catch(this.page.fail), when: asks },
      { keys: ["o"], word: "anonymise.only", run: () => this.#only(), when: asks },
      { keys: ["t"], word: "anonymise.type", run: () => this.#type(), when: asks },
      { keys: ["l"], word: "anonymise.list", run: () => this.#list(), when: asks },
      { keys: ["n", "ArrowRight"], word: "anonymise.skip", run: () => this.#step(1), when: asks },
      { keys: ["ArrowLeft"], word: "anonymise.previous", run: () => this.#step(-1), when: asks },
      { keys: ["Escape"], word: "app.cancel", run: () => this.#back(), when: () => this.ladder !== "" || this.some !== null },
    ];
  }
}

/** @param {any} one */
function told(one) {
  return one.transcript ? t("anonymise.line", { id: one.transcript, line: one.line }) : one.where;
}

/** @param {any} one */
function context(one) {
  return el("span.context", {}, el("bdi", { text: `…${one.before}` }), el("mark", { text: one.words }), el("bdi", { text: `${one.after}…` }));
}

/** A print form in the page's language, or in all of them. @param {Record<string, string>} shown */
function inPrint(shown) {
  return shown[spoken()] ?? [...new Set(Object.values(shown))].join(" / ");
}
