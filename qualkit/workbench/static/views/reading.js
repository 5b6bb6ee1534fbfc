// @ts-check
/** Reading a transcript and coding it. */

import { Refusal, at } from "../api.js";
import { el, painted } from "../dom.js";
import { card, noteCard } from "../reading/card.js";
import { Choosing, reveal } from "../reading/choosing.js";
import { Deciding } from "../reading/deciding.js";
import { Marks, shortened } from "../reading/marks.js";
import { ask, choose, make } from "../reading/palette.js";
import { search } from "../reading/search.js";
import { Replacing } from "../reading/replacing.js";
import { Troubles } from "../reading/troubles.js";
import { Sheet } from "../reading/sheet.js";
import { NARROW, flat, isOpen, toggle, tree } from "../reading/tree.js";
import { t } from "../words.js";

const FRESH = 2000;
/** How long a text waits for its codings, in milliseconds. */
const PATIENCE = 80;
/** How the ids of codings begin that are on their way. */
const SOON = "soon-";
/** Stands where a code would: a note beside a passage. */
const NOTE = " note";

/** A transcript whose codings are still on their way. */
const UNCODED = { codings: [], adrift: [], faults: 0, proposals: null, read: true, hidden: false, versions: {} };

const FINGER = matchMedia("(pointer: coarse)");

/** @param {string} key @param {string} fallback */
const kept = (key, fallback) => localStorage.getItem(`qualkit-${key}`) ?? fallback;
/** @param {string} key @param {string} value */
const keep = (key, value) => localStorage.setItem(`qualkit-${key}`, value);

/** @type {import("./index.js").View} */
export const view = {
  title: ([id]) => id ?? "",
  async open(page, [id, place], current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const path = at`/api/transcripts/${id}`;
    // Codings that come at once are shown together with the text, so that nothing moves; a text does not wait long for them.
    const coded = page.api.get(`${path}/codings`);
    coded.catch(() => null);
    const [transcript, codebook, noted] = await Promise.all([page.api.get(path), page.api.get("/api/codebook"), page.api.get(`${path}/notes`)]);
    const together = await Promise.race([coded.then(() => true, () => true), new Promise((done) => setTimeout(done, PATIENCE, false))]);
    if (!current()) return;
    const reading = new Reading(page, { ...UNCODED, ...transcript }, codebook, noted);
    page.main.replaceChildren(reading.element);
    page.tools(reading.tools);
    if (!together) await painted();
    await reading.code(await coded);
    if (!current()) {
      reading.close();
      return;
    }
    const [start, end] = (place ?? "").split("-").map(Number);
    if (end > start) reading.choosing.set(start, end);
    if (place === "lost") reading.troubles.first();
    return { keys: reading.keys(), refresh: () => reading.refresh(), close: () => reading.close() };
  },
};

class Reading {
  /** @type {Sheet} */ sheet;
  /** @type {Marks} */ marks;
  /** @type {Choosing} */ choosing;
  /** @type {Deciding} */ deciding;
  /** @type {ReturnType<typeof search>} */ search;
  /** @type {HTMLElement} */ heading;
  /** @type {HTMLElement & Record<string, any>} */ options;
  /** @type {string[]} Ids of the codings whose card is open. */ picked = [];
  /** @type {{from: object, codes: Map<string, import("../reading/palette.js").Known>} | undefined} */ byId;
  /** Requests on their way. */ busy = 0;
  floatWidth = 0;
  /** The workbench has been told not to answer. */ silent = false;

  /** @param {import("../app.js").Page} page @param {any} transcript @param {any} codebook @param {any} noted */
  constructor(page, transcript, codebook, noted) {
    this.page = page;
    this.id = transcript.id;
    this.path = at`/api/transcripts/${transcript.id}`;
    this.state = transcript;
    this.codebook = codebook;
    this.noted = noted;
    this.codes = flat(codebook.codes);
    /** @type {string[]} */
    this.recent = [];
    this.others = kept("others", "") === "yes";
    this.card = el("div.card-place");
    this.float = el("div.float", { hidden: true, role: "toolbar", "aria-label": t("float.name") });
    this.treePlace = el("div.tree-place");
    this.foot = el("footer.foot");
    this.notes = el("div.notes");
    this.decideBar = el("div.decide-place");
    this.tools = el("div.tools");
    /** @type {boolean | undefined} Nothing was coded here when it was opened. */
    this.first = undefined;
    this.replacing = new Replacing(this);
    this.troubles = new Troubles(this);
    this.troubles.addEventListener("known", () => {
      this.tools.querySelector(".jump")?.replaceWith(this.#jump());
      this.replacing.follow();
    });
    this.#lay(transcript);
    this.element = el("div.reading", {}, this.treePlace, el("div.page", {}, this.heading, this.notes, this.#impression(), this.sheet.element, this.foot), this.float, this.card, this.decideBar, this.replacing.place);
    this.sheet.element.ariaBusy = "true";
    this.#look();
    this.#tree();
    /** @type {number | undefined} */
    this.timer = undefined;
    this.listening = new AbortController();
    addEventListener("beforeprint", () => this.#forPrint(), { signal: this.listening.signal });
    NARROW.addEventListener("change", () => { this.#tree(); this.#look(); }, { signal: this.listening.signal });
  }

  /** @param {any} transcript */
  #lay(transcript) {
    this.sheet = new Sheet(transcript);
    this.marks = new Marks(this.sheet, (code) => this.known(code));
    this.marks.addEventListener("pick", (event) => this.#pick([/** @type {CustomEvent} */ (event).detail]));
    this.choosing = new Choosing(this.sheet);
    this.choosing.snap = /** @type {any} */ (kept("snap", "none"));
    this.choosing.addEventListener("change", () => this.#hideFloat());
    this.choosing.addEventListener("settled", () => this.#settled());
    this.search = search(this.sheet, (start, end) => this.choosing.set(start, end));
    this.sheet.element.addEventListener("click", (event) => {
      const selection = getSelection();
      if (selection && !selection.isCollapsed) return;
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.closest(".margin")) return;
      const place = this.sheet.under(event.clientX, event.clientY);
      this.choosing.clear();
      const here = place === null ? [] : this.marks.over(place, place + 1).filter((mark) => mark.status !== "proposed");
      if (here.length) this.#pick(here);
      else this.#drop();
    });
    this.deciding = new Deciding(this);
    const index = this.page.study.transcripts.findIndex((/** @type {any} */ one) => one.id === this.id);
    /** @param {any} one @param {string} word @param {string} sign */
    const step = (one, word, sign) => one ? el("a.step", { href: `#/read/${encodeURIComponent(one.id)}`, title: `${t(word)}: ${one.id}`, "aria-label": `${t(word)}: ${one.id}`, text: sign }) : null;
    this.heading = el("div.heading", {},
      el("h1", { text: transcript.id }),
      el("span.kind", { text: [transcript.title, t(`kind.${transcript.kind}`)].filter(Boolean).join(" · ") }),
      !transcript.mayQuote && el("span.state.bad", { text: t("reading.noquote") }),
      step(this.page.study.transcripts[index - 1], "reading.previous", "←"),
      step(this.page.study.transcripts[index + 1], "reading.following", "→"));
    this.#tools();
  }

  /** @param {string} code */
  known(code) {
    if (this.byId?.from !== this.codes) this.byId = { from: this.codes, codes: new Map(this.codes.map((one) => [one.id, one])) };
    if (code === NOTE) return { name: t("note.name"), colour: "#8a8578", code: null };
    return this.byId.codes.get(code) ?? { name: code, colour: "#808080", code: null };
  }

  #tools() {
    const options = el("details.options", {}, el("summary", { title: t("reading.options"), text: "Aa", "aria-label": t("reading.options") }),
      el("div.menu", {},
        el("div.row", {}, el("span", { text: t("reading.size") }),
          el("button.quiet", { type: "button", "aria-label": t("reading.smaller"), text: "A−", onclick: () => this.#size(-1) }),
          el("button.quiet", { type: "button", "aria-label": t("reading.larger"), text: "A+", onclick: () => this.#size(1) })),
        this.#check("reading.lines", "lines", () => this.#look()),
        this.#check("reading.others", "others", () => { this.others = kept("others", "") === "yes"; this.#show(); }),
        el("label.row", {}, el("span", { text: t("reading.snap") }), (() => {
          const select = el("select", { onchange: () => { keep("snap", select.value); this.choosing.snap = select.value; } },
            ...["none", "word", "sentence"].map((one) => el("option", { value: one, selected: one === kept("snap", "none"), text: t(`reading.snap.${one}`) })));
          return select;
        })())));
    this.options = options;
    this.tools.replaceChildren(this.search.element, this.#jump(), options);
  }

  /** @param {string} word @param {string} key @param {() => void} then */
  #check(word, key, then) {
    const box = el("input", { type: "checkbox", onchange: () => { keep(key, box.checked ? "yes" : "no"); then(); } });
    box.checked = kept(key, "no") === "yes";
    return el("label.row", { "data-check": key }, box, el("span", { text: t(word) }));
  }

  #jump() {
    const people = new Map();
    for (const turn of this.sheet.turns) if (turn.participant && !people.has(turn.participant)) people.set(turn.participant, turn.start);
    const used = new Map();
    for (const mark of this.#visible()) if (!used.has(mark.code)) used.set(mark.code, mark.start);
    /** @param {string} word @param {[string, string][]} choices */
    const group = (word, choices) => choices.length > 0 && el("optgroup", { label: t(word) }, ...choices.map(([value, text]) => el("option", { value, text })));
    const select = el("select.jump", {
      title: t("reading.jump"), "aria-label": t("reading.jump"),
      onchange: () => { this.#jumpTo(select.value); select.value = ""; },
    },
      el("option", { value: "", text: `${t("reading.jump")} …` }),
      group("reading.jump.participant", [...people.keys()].map((who) => [`who ${who}`, who])),
      group("reading.jump.code", [...used.keys()].map((code) => [`code ${code}`, this.known(code).name])),
      group("reading.jump.problem", this.troubles.choices));
    return select;
  }

  /** To the next place, from where the reader is, and round again. @param {string} wanted */
  #jumpTo(wanted) {
    const [kind, ...rest] = wanted.split(" ");
    const value = rest.join(" ");
    const now = this.choosing.passage?.start ?? -1;
    if (kind === "who") {
      const turns = this.sheet.turns.filter((turn) => turn.participant === value && turn.sentences.length);
      const turn = turns.find((one) => one.start > now) ?? turns[0];
      if (turn) this.choosing.set(turn.sentences[0][0], turn.sentences[0][1]);
    } else if (kind === "code") {
      const marks = this.#visible().filter((mark) => mark.code === value);
      const mark = marks.find((one) => one.start > now) ?? marks[0];
      if (mark) this.#goTo(mark);
    } else {
      this.troubles.choose(wanted);
    }
    this.sheet.element.focus({ preventScroll: true });
  }

  /** @param {number} way */
  #size(way) {
    const now = Number(kept("size", "20"));
    keep("size", String(Math.max(14, Math.min(34, now + way * 2))));
    this.#look();
  }

  #look() {
    this.element.style.setProperty("--size", `${kept("size", "20")}px`);
    this.element.classList.toggle("numbered", kept("lines", "no") === "yes");
    this.element.classList.toggle("alone", !isOpen());
    requestAnimationFrame(() => this.marks.repaint());
  }

  #tree() {
    const scrolled = this.treePlace.querySelector(".codes")?.scrollTop ?? 0;
    this.treePlace.replaceChildren(!isOpen()
      ? el("button.quiet.square.show", { type: "button", title: t("tree.show"), "aria-label": t("tree.show"), text: "›", onclick: () => this.#toggleTree() })
      : tree({
        codebook: this.codebook,
        use: (code) => this.#use(code),
        makes: () => this.#newCode("", "tree.new"),
        hide: () => this.#toggleTree(),
        edit: async (id) => (await import("../reading/recast.js")).recast({ known: /** @type {any} */ (this.known(id)), codes: this.codes, does: (change) => this.#recast(change), now: () => this.known(id).code, api: this.page.api }),
        move: (code, under) => this.#recast({ kind: "move", code, under }),
      }));
    const list = this.treePlace.querySelector(".codes");
    if (list) list.scrollTop = scrolled;
  }

  /** Change the codebook; what names a code follows. @param {any} change */
  async #recast(change) {
    try {
      this.page.saving();
      const answer = await this.page.api.post("/api/codebook/changes", change);
      await this.refresh();
      this.page.saved();
      if (answer.told.length) this.page.tell(answer.told.join(" "));
      else if (change.kind === "rule" && change.rule) this.page.tell(t("rules.saved"), t("rules.saved.hint"));
      return true;
    } catch (error) {
      this.page.fail(error);
      return false;
    }
  }

  #toggleTree() {
    toggle();
    this.#tree();
    this.#look();
  }

  /** What is shown on the text. @returns {import("../reading/marks.js").Mark[]} */
  #visible() {
    return this.state.codings.filter((/** @type {any} */ one) => one.mine || this.others);
  }

  #show() {
    const proposals = this.deciding.active ? this.state.proposals ?? [] : [];
    const notes = this.noted.notes.map((/** @type {any} */ one, /** @type {number} */ number) => ({ ...one, id: `note-${number}`, code: NOTE, status: "note", mine: true, coder: "", memo: "" }));
    this.marks.show([...notes, ...this.#visible().map((/** @type {any} */ one) => ({ ...one })), ...proposals.map((/** @type {any} */ one) => ({ ...one }))]);
    this.page.steps(this.state);
    // Said until the transcript is left: the text would move under the hand that coded it.
    this.first ??= ![...this.state.codings, ...this.state.adrift].some((/** @type {any} */ one) => one.mine);
    this.notes.replaceChildren(...[
      this.first && el("p.hint.first", { text: t("reading.first") }),
      this.state.adrift.length > 0 && el("p.warn", {}, t("reading.adrift", { n: this.state.adrift.length }),
        this.state.adrift.some((/** @type {any} */ one) => one.mine) && el("button", { type: "button", text: t("replace.begin"), onclick: () => this.troubles.first() })),
      this.state.faults > 0 && el("p.warn", { text: t("reading.faults", { n: this.state.faults }) }),
    ].filter((one) => one instanceof Node));
    this.tools.querySelector(".jump")?.replaceWith(this.#jump());
    this.#foot();
    this.deciding.show();
  }

  #foot() {
    const waiting = this.state.proposals?.length ?? 0;
    this.foot.replaceChildren(...[
      this.state.read
        ? el("span.state.done", { text: t("reading.read") })
        : el("button.primary", { type: "button", "aria-keyshortcuts": "R", onclick: () => this.#markRead() }, t("reading.markread"), " ", el("kbd", { text: "R", "aria-hidden": "true" })),
      this.state.hidden && el("span.hint", { text: t("reading.markread.hint") }),
      waiting > 0 && !this.deciding.active && el("button", { type: "button", "aria-keyshortcuts": "V", onclick: () => this.deciding.start() }, t("reading.decide", { n: waiting }), " ", el("kbd", { text: "V", "aria-hidden": "true" })),
    ].filter((one) => one instanceof Node));
  }

  /** Ask the workbench to do something, and show what it is then.
   * @param {() => Promise<any>} asks
   * @returns {Promise<any>} null where it was refused. */
  async does(asks) {
    this.page.saving();
    this.busy += 1;
    try {
      const answer = await asks();
      await this.#take(answer);
      this.page.saved();
      return answer;
    } catch (error) {
      this.page.fail(error);
      this.#forgetSoon();
      if (error instanceof Refusal && error.status === 409) await this.refresh().catch(() => null);
      return null;
    } finally {
      this.busy -= 1;
    }
  }

  /** Take what a change made different; where somebody else wrote too, everything is asked for. @param {any} answer */
  async #take(answer) {
    if (answer.codings === undefined && answer.base !== this.state.versions.codings) {
      const known = this.state.versions.codings;
      const all = await this.page.api.get(`${this.path}/codings`);
      if (this.state.versions.codings === known) answer = { ...answer, ...all };
    }
    const before = this.#counts();
    if (answer.codings !== undefined) this.state = { ...this.state, ...answer };
    else this.#merge(answer);
    this.#recount(before);
    this.#show();
  }

  /** @param {any} answer */
  #merge({ came, gone, decided, versions, undo, redo }) {
    const out = new Set([...gone, ...came.map((/** @type {any} */ one) => one.id)]);
    const codings = [...this.state.codings.filter((/** @type {any} */ one) => !out.has(one.id) && !one.id.startsWith(SOON)), ...came];
    // A proposal that lies where the same code was given by hand waits no longer.
    const byHand = came.filter((/** @type {any} */ one) => one.origin === "manual");
    const proposals = this.state.proposals?.filter((/** @type {any} */ one) => one.id !== decided && !byHand.some((/** @type {any} */ other) =>
      other.code === one.code && other.start < one.end && other.end > one.start)) ?? null;
    const adrift = this.state.adrift.filter((/** @type {any} */ one) => !out.has(one.id));
    this.state = { ...this.state, codings, adrift, proposals, versions: { ...this.state.versions, ...versions }, undo, redo };
  }

  #counts() {
    const counts = new Map();
    for (const one of this.state.codings) if (one.mine && one.status === "accepted") counts.set(one.code, (counts.get(one.code) ?? 0) + 1);
    return counts;
  }

  /** Let the tree's counts follow without asking for the codebook again. @param {Map<string, number>} before */
  #recount(before) {
    const now = this.#counts();
    let changed = false;
    for (const { code } of this.codes) {
      const difference = (now.get(code.id) ?? 0) - (before.get(code.id) ?? 0);
      if (difference) {
        code.count += difference;
        changed = true;
      }
    }
    if (changed) this.#tree();
  }

  /** Take the codings of the text that is shown; where it was changed before they came, both are asked for. @param {any} coded */
  async code(coded) {
    if (coded.sha256 === this.sheet.sha256) {
      this.state = { ...this.state, ...coded };
      this.#show();
    } else await this.refresh();
    this.sheet.element.ariaBusy = null;
    this.troubles.ask();
    this.timer ??= setInterval(() => this.#fresh(), FRESH);
  }

  /** @returns {Promise<any>} A text and its codings. */
  async #read() {
    for (;;) {
      const [transcript, coded] = await Promise.all([this.page.api.get(this.path), this.page.api.get(`${this.path}/codings`)]);
      if (transcript.sha256 === coded.sha256) return { ...transcript, ...coded };
    }
  }

  async refresh() {
    const [transcript, codebook, noted] = await Promise.all([this.#read(), this.page.api.get("/api/codebook"), this.page.api.get(`${this.path}/notes`)]);
    this.noted = noted;
    this.#takeBook(codebook);
    this.troubles.ask();
    if (transcript.sha256 !== this.sheet.sha256) this.#again(transcript);
    else {
      this.state = transcript;
      this.#show();
    }
    this.#drop();
  }

  /** @param {any} codebook */
  #takeBook(codebook) {
    this.codebook = codebook;
    this.codes = flat(codebook.codes);
    this.#tree();
  }

  /** The text itself is another one now. @param {any} transcript */
  #again(transcript) {
    const old = this.sheet.element;
    this.sheet.close();
    this.marks.close();
    this.choosing.close();
    this.search.close();
    this.state = transcript;
    this.#lay(transcript);
    this.element.querySelector(".heading")?.replaceWith(this.heading);
    old.replaceWith(this.sheet.element);
    this.#hideFloat();
    this.#show();
  }

  async #fresh() {
    if (document.hidden || this.busy) return;
    try {
      const { versions } = await this.page.api.get(`${this.path}/versions`);
      const known = this.state.versions;
      if (this.busy || Object.keys(versions).every((key) => versions[key] === known[key])) {
        this.silent = false;
        return;
      }
      await this.refresh();
      this.page.tell(t("app.changed"));
    } catch (error) {
      if (!this.silent && error instanceof Refusal && (error.kind === "silent" || error.kind === "closed")) {
        this.silent = true;
        this.page.fail(error);
      }
    }
  }

  // --- a passage ------------------------------------------------------------------------------------

  #hideFloat() {
    this.float.hidden = true;
  }

  #settled() {
    const { passage } = this.choosing;
    this.#hideFloat();
    if (!passage) return;
    const here = this.marks.over(passage.start, passage.end);
    const names = [...new Set(here.map((mark) => this.known(mark.code).name))].join(", ");
    this.page.say(t("reading.chosen", { words: shortened(this.sheet.words(passage.start, passage.end)) }) + (names ? `. ${t("reading.codes", { names })}` : ""));
    this.#drop();
    this.#showFloat(passage);
  }

  /** @param {{start: number, end: number}} passage */
  #showFloat(passage) {
    const boxes = this.sheet.range(passage.start, passage.end)?.getClientRects() ?? [];
    const last = boxes[boxes.length - 1];
    if (!last) return;
    const page = this.element.getBoundingClientRect();
    const recent = this.recent.slice(0, 2).map((id) => `${id} ${this.known(id).name}`).join("\n");
    if (this.float.dataset.recent !== recent) this.#fillFloat(recent);
    this.float.hidden = false;
    this.float.style.setProperty("inset-inline-start", `${Math.max(8, Math.min(last.right - this.floatWidth / 2, innerWidth - this.floatWidth - 16)) - page.left}px`);
    // Below the handle by which a finger moves the passage's end.
    this.float.style.setProperty("inset-block-start", `${last.bottom - page.top + (FINGER.matches ? 34 : 8)}px`);
  }

  /** @param {string} recent What it is filled with, so that it is filled and measured only where that changes. */
  #fillFloat(recent) {
    /** @param {string} word @param {string} key @param {() => void} run */
    const button = (word, key, run) => el("button", { type: "button", onclick: run, "aria-keyshortcuts": key }, el("span", { text: t(word) }), el("kbd", { text: key }));
    this.float.replaceChildren(
      button("float.code", "C", () => this.#code()),
      ...this.recent.slice(0, 2).map((id) => el("button.recent", { type: "button", title: this.known(id).name, onclick: () => this.#give([id]) },
        el("span.swatch", { style: { "--colour": this.known(id).colour } }), el("span", { text: this.known(id).name }))),
      button("float.invivo", "I", () => this.#inVivo()),
      button("float.memo", "M", () => this.#memo()));
    this.float.dataset.recent = recent;
    this.float.hidden = false;
    this.floatWidth = this.float.offsetWidth;
  }

  /** @param {string} code */
  #use(code) {
    if (!this.known(code).code?.codable) return;
    if (!this.choosing.passage) {
      this.page.tell(t("reading.nopassage"), t("reading.nopassage.hint"));
      return;
    }
    this.#give([code]);
    // Else the codebook would go on lying over the text.
    if (NARROW.matches) this.#toggleTree();
  }

  /** @param {string[]} codes */
  async #give(codes) {
    const { passage } = this.choosing;
    if (!passage) {
      this.page.tell(t("reading.nopassage"));
      return;
    }
    const words = this.sheet.words(passage.start, passage.end);
    this.#soon(passage, codes);
    const done = await this.does(() => this.page.api.post(`${this.path}/codings`, { ...passage, words, codes, sha256: this.sheet.sha256 }));
    if (!done) return;
    this.recent = [...codes, ...this.recent.filter((one) => !codes.includes(one))].slice(0, 8);
    this.last = done.made;
    this.page.say(t("reading.coded", { names: codes.map((one) => this.known(one).name).join(", ") }));
    this.#hideFloat();
  }

  /** Paint a coding at once; the answer takes its place. @param {{start: number, end: number}} passage @param {string[]} codes */
  #soon(passage, codes) {
    const { coder } = this.state;
    const made = codes
      .filter((code) => !this.state.codings.some((/** @type {any} */ one) => one.mine && one.code === code && one.start === passage.start && one.end === passage.end))
      .map((code) => ({ ...passage, code, coder, id: `${SOON}${code}`, mine: true, status: "soon", origin: "manual", memo: "", created: "" }));
    this.state = { ...this.state, codings: [...this.state.codings, ...made] };
    this.#show();
  }

  #forgetSoon() {
    this.state = { ...this.state, codings: this.state.codings.filter((/** @type {any} */ one) => !one.id.startsWith(SOON)) };
    this.#show();
  }

  async #code() {
    const { passage } = this.choosing;
    if (!passage) {
      this.page.tell(t("reading.nopassage"));
      return;
    }
    const chosen = await choose({ codes: this.codes, recent: this.recent, title: "palette.title", words: shortened(this.sheet.words(passage.start, passage.end)) });
    this.#back(passage);
    if (!chosen) return;
    const codes = [...chosen.codes];
    if (chosen.make) {
      const made = await this.#make({ name: chosen.make, parent: "", definition: "" });
      if (!made) return;
      codes.push(made);
    }
    await this.#give(codes);
  }

  /** The passage is chosen again after a dialog took the selection. @param {{start: number, end: number}} passage */
  #back(passage) {
    this.choosing.set(passage.start, passage.end, { reveal: false, quiet: true });
    this.sheet.element.focus({ preventScroll: true });
  }

  /** @param {{name: string, parent: string, definition: string}} given @returns {Promise<string | null>} */
  async #make(given) {
    try {
      const answer = await this.page.api.post("/api/codebook/codes", given);
      this.#takeBook(answer);
      this.state.versions = { ...this.state.versions, codebook: answer.version };
      this.page.saved();
      return answer.code;
    } catch (error) {
      this.page.fail(error);
      return null;
    }
  }

  /** @param {string} name @param {string} title */
  async #newCode(name, title) {
    const given = await make({ codes: this.codes, name, title });
    return given ? this.#make(given) : null;
  }

  async #inVivo() {
    const { passage } = this.choosing;
    if (!passage) {
      this.page.tell(t("reading.nopassage"));
      return;
    }
    const words = this.sheet.words(passage.start, passage.end).replace(/\s+/g, " ");
    const name = words.length > 60 ? `${words.slice(0, 57)}…` : words;
    const code = await this.#newCode(name.replace(/[.,;:!?]+$/, ""), "palette.invivo");
    this.#back(passage);
    if (code) await this.#give([code]);
  }

  #sameAgain() {
    if (this.recent.length) this.#give([this.recent[0]]);
    else this.#code();
  }

  // --- codings ------------------------------------------------------------------------------------------

  /** @param {import("../reading/marks.js").Mark[]} marks */
  #pick(marks) {
    this.#hideFloat();
    const notes = marks.filter((mark) => mark.status === "note");
    const shown = marks.filter((mark) => mark.status !== "proposed" && mark.status !== "note");
    if (!shown.length && notes.length) {
      this.marks.point(notes[0].id);
      this.#place(noteCard(notes, () => this.#drop()), notes[0]);
      return;
    }
    if (!shown.length) {
      if (marks.length) this.deciding.start(marks[0].id);
      return;
    }
    this.picked = shown.map((mark) => mark.id);
    this.marks.point(shown[0].id);
    const made = card({
      marks: shown,
      known: (code) => this.known(code),
      remove: (mark) => this.#remove([mark]),
      change: (mark) => this.#change(mark),
      settle: async (mark, code) => {
        await this.does(() => this.page.api.patch(`${this.path}/codings/${encodeURIComponent(mark.id)}`, { code }));
        this.#pickAgain(mark.id);
      },
      memo: async (mark, memo) => { await this.does(() => this.page.api.patch(`${this.path}/codings/${encodeURIComponent(mark.id)}`, { memo })); },
      nudge: (mark, side, way) => this.#nudge(mark, side, way),
      close: () => this.#drop(),
    });
    this.#place(made, shown[0]);
  }

  /** Put a card beside the passage it is about. @param {HTMLElement} made @param {import("../reading/marks.js").Mark} mark */
  #place(made, mark) {
    this.card.replaceChildren(made);
    const range = this.sheet.range(mark.start, mark.end);
    const page = this.element.getBoundingClientRect();
    const box = range?.getBoundingClientRect();
    const top = Math.max((box?.top ?? 0) - page.top, scrollY - (page.top + scrollY) + 70);
    const margin = this.sheet.turnAt(mark.start).margin?.getBoundingClientRect();
    const room = margin ? page.right - margin.left - 28 : 0;
    this.card.style.setProperty("inset-block-start", `${top}px`);
    this.card.style.setProperty("inline-size", `${Math.max(230, Math.min(room, 340))}px`);
  }

  #drop() {
    this.picked = [];
    this.marks.point("");
    this.card.replaceChildren();
  }

  /** The codings that a key is about: picked ones, or the coder's own over the passage. */
  #about() {
    const picked = this.marks.marks.filter((mark) => this.picked?.includes(mark.id));
    if (picked.length) return picked;
    const { passage } = this.choosing;
    return passage ? this.marks.over(passage.start, passage.end).filter((mark) => mark.mine && mark.status === "accepted") : [];
  }

  /** @param {import("../reading/marks.js").Mark[]} marks */
  async #remove(marks) {
    const mine = marks.filter((mark) => mark.mine);
    if (!mine.length) {
      this.page.tell(t("reading.nocoding"));
      return;
    }
    const names = mine.map((mark) => this.known(mark.code).name).join(", ");
    if (!await this.mayGo(mine.map((mark) => mark.id), "remove")) return;
    const done = await this.does(() => this.page.api.post(`${this.path}/codings/remove`, { codings: mine.map((mark) => mark.id) }));
    this.#drop();
    this.sheet.element.focus({ preventScroll: true });
    if (done) this.page.say(t("reading.removed", { names }));
  }

  /** Whether codings may go, also where a condensate or a chosen quotation rests on them.
   * @param {string[]} codings @param {"remove" | "change"} what */
  async mayGo(codings, what) {
    const { mayGo } = await import("../resting.js");
    return mayGo(this.page, codings, what);
  }

  async #removeHere() {
    const about = this.#about();
    // The narrowest coding is the one that is meant, where several lie over each other.
    const narrow = Math.min(...about.map((mark) => mark.end - mark.start));
    const one = about.filter((mark) => mark.end - mark.start === narrow).at(-1);
    await this.#remove(one ? [one] : []);
  }

  /** @param {import("../reading/marks.js").Mark} mark */
  async #change(mark) {
    const chosen = await choose({ codes: this.codes, recent: this.recent, title: "palette.change", words: shortened(this.sheet.words(mark.start, mark.end)), several: false });
    if (!chosen) return;
    const code = chosen.make ? await this.#make({ name: chosen.make, parent: "", definition: "" }) : chosen.codes[0];
    if (!code || (code !== mark.code && !await this.mayGo([mark.id], "change"))) return;
    await this.does(() => this.page.api.patch(`${this.path}/codings/${encodeURIComponent(mark.id)}`, { code }));
    this.#pickAgain(mark.id);
  }

  /** @param {import("../reading/marks.js").Mark} mark @param {"start" | "end"} side @param {1 | -1} way */
  async #nudge(mark, side, way) {
    const now = this.marks.marks.find((one) => one.id === mark.id) ?? mark;
    const place = this.choosing.nudged(now, side, way);
    if (!place) return;
    await this.does(() => this.page.api.patch(`${this.path}/codings/${encodeURIComponent(mark.id)}`, { ...place, words: this.sheet.words(place.start, place.end), sha256: this.sheet.sha256 }));
    this.marks.point(mark.id);
  }

  /** @param {string} id */
  #pickAgain(id) {
    const mark = this.marks.marks.find((one) => one.id === id);
    if (mark) this.#pick([mark]);
    else this.#drop();
  }

  /** Beside a coding its memo, beside any other passage a note. */
  #memo() {
    const about = this.#about().filter((mark) => mark.status !== "note");
    if (!about.length) {
      this.#note();
      return;
    }
    this.#pick(about);
    const field = this.card.querySelector("textarea");
    field?.focus();
  }

  async #note() {
    const { passage } = this.choosing;
    if (!passage) {
      this.page.tell(t("reading.nopassage"));
      return;
    }
    const text = await ask({ title: "note.title", words: shortened(this.sheet.words(passage.start, passage.end)) });
    this.#back(passage);
    if (text) await this.#noting(() => this.page.api.post(`${this.path}/notes`, { ...passage, text, sha256: this.sheet.sha256 }));
  }

  /** @param {() => Promise<any>} asks */
  async #noting(asks) {
    try {
      this.page.saving();
      this.noted = await asks();
      this.state = { ...this.state, undo: this.noted.undo, redo: this.noted.redo };
      this.#show();
      this.page.saved();
    } catch (error) {
      this.page.fail(error);
    }
  }

  /** The total impression of the transcript. */
  #impression() {
    const field = el("textarea", { rows: 3, "aria-label": t("note.impression"), value: this.noted.impression, placeholder: t("note.impression.hint") });
    field.addEventListener("blur", () => {
      if (field.value.trim() && field.value.trim() !== this.noted.impression) this.#noting(() => this.page.api.post(`${this.path}/impression`, { text: field.value }));
    });
    return el("details.impression", { open: Boolean(this.noted.impression) }, el("summary", { text: t("note.impression") }), field);
  }

  /** @param {1 | -1} way */
  #step(way) {
    const marks = this.marks.marks.filter((mark) => mark.status !== "proposed");
    if (!marks.length) return;
    const last = marks.findIndex((mark) => this.picked?.includes(mark.id));
    const place = this.choosing.passage?.start ?? -1;
    const next = last >= 0 ? last + way : way > 0 ? marks.findIndex((mark) => mark.start >= place) : marks.findLastIndex((mark) => mark.start < place);
    this.#goTo(marks[(next + marks.length) % marks.length]);
  }

  /** @param {import("../reading/marks.js").Mark} mark */
  #goTo(mark) {
    this.choosing.set(mark.start, mark.end, { quiet: true });
    this.#pick([mark]);
    this.page.say(t("tag.label", { name: this.known(mark.code).name, coder: mark.coder, words: shortened(this.sheet.words(mark.start, mark.end)) }));
  }

  async #markRead() {
    const done = await this.does(() => this.page.api.post(`${this.path}/read`));
    if (done) this.page.say(t("reading.read"));
  }

  #forPrint() {
    this.sheet.finish();
    this.choosing.clear();
    this.#drop();
    for (const turn of this.sheet.turns) this.marks.near.add(turn);
    this.marks.repaint();
  }

  /** @returns {import("../keys.js").Key[]} */
  keys() {
    const { choosing } = this;
    const deciding = () => this.deciding.active;
    const calm = () => !this.deciding.active;
    /** @param {string} word @param {string[]} keys @param {(event: KeyboardEvent) => void} run @param {() => boolean} [when] */
    const key = (word, keys, run, when) => ({ word, keys, run, when });
    /** @param {KeyboardEvent} event */
    const forward = (event) => /** @type {1 | -1} */ (["ArrowDown", "ArrowRight", "j", "J", "n"].includes(event.key) ? 1 : -1);
    return [
      key("key.replace", ["s", "Enter"], () => this.replacing.put(), () => this.replacing.active),
      key("key.replace.step", ["f", "d"], (event) => this.replacing.step(event.key.toLowerCase() === "f" ? 1 : -1), () => this.replacing.several),
      key("key.accept", ["a"], () => this.deciding.decide("accepted"), deciding),
      key("key.reject", ["r"], () => this.deciding.decide("rejected"), deciding),
      key("key.change", ["e"], () => this.deciding.change(), deciding),
      key("key.forward", ["f"], () => this.deciding.step(1), deciding),
      key("key.backward", ["d"], () => this.deciding.step(-1), deciding),
      key("key.sentence", ["ArrowDown", "ArrowUp"], (event) => this.choosing.move("sentence", forward(event))),
      key("key.sentence.more", ["Shift+ArrowDown", "Shift+ArrowUp"], (event) => this.choosing.grow("sentence", forward(event))),
      key("key.word", ["ArrowRight", "ArrowLeft"], (event) => this.choosing.move("word", forward(event))),
      key("key.word.more", ["Shift+ArrowRight", "Shift+ArrowLeft"], (event) => this.choosing.grow("word", forward(event))),
      key("key.start", ["Alt+Shift+ArrowLeft", "Alt+Shift+ArrowRight"], (event) => this.choosing.nudge("start", forward(event))),
      key("key.turn", ["j", "k"], (event) => this.choosing.move("turn", forward(event))),
      key("key.turn.more", ["Shift+j", "Shift+k"], (event) => this.choosing.grow("turn", forward(event))),
      key("key.code", ["c", "Enter"], () => this.#code()),
      key("key.again", ["."], () => this.#sameAgain()),
      key("key.invivo", ["i"], () => this.#inVivo(), calm),
      key("key.memo", ["m"], () => this.#memo()),
      key("key.remove", ["x", "Delete"], () => this.#removeHere()),
      key("key.next", ["n", "p"], (event) => this.#step(forward(event))),
      key("key.search", ["/", "Mod+f"], () => this.search.focus()),
      key("key.jump", ["g"], () => /** @type {HTMLElement | null} */ (this.tools.querySelector(".jump"))?.focus()),
      key("key.trouble", ["o"], () => this.troubles.step(1)),
      key("key.trouble.before", ["Shift+o"], () => this.troubles.step(-1)),
      key("key.lines", ["l"], () => this.#toggle("lines")),
      key("key.tree", ["b"], () => this.#toggleTree()),
      key("key.read", ["r"], () => this.#markRead(), () => calm() && !this.state.read),
      key("key.decide", ["v"], () => this.deciding.start(), calm),
      key("key.escape", ["Escape"], () => this.#escape()),
    ].map((one) => ({ ...one, when: one.when ?? undefined }));
  }

  /** @param {string} name */
  #toggle(name) {
    keep(name, kept(name, "no") === "yes" ? "no" : "yes");
    const box = /** @type {HTMLInputElement | null} */ (this.options.querySelector(`[data-check="${name}"] input`));
    if (box) box.checked = kept(name, "no") === "yes";
    this.#look();
  }

  #escape() {
    if (document.activeElement instanceof HTMLElement && document.activeElement.matches("input, textarea, select")) document.activeElement.blur();
    if (this.card.childElementCount) this.#drop();
    else if (this.choosing.passage) this.choosing.clear();
    else if (this.replacing.active) this.replacing.stop();
    else if (this.deciding.active) this.deciding.stop();
    this.#hideFloat();
    this.options.open = false;
  }

  /** @param {Range} range */
  reveal(range) {
    reveal(range);
  }

  redraw() {
    this.#show();
  }

  close() {
    clearInterval(this.timer);
    this.troubles.close();
    this.listening.abort();
    this.sheet.close();
    this.marks.close();
    this.choosing.close();
    this.search.close();
  }
}
