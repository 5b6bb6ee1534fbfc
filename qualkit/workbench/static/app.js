// @ts-check
/** The shell: header, address, language, theme, status, keys. Views fill `main`. */

import { Refusal, api, becomeCoder, coder, forgetAhead } from "./api.js";
import { el, icon } from "./dom.js";
import { bindShell, bindView, bound, shown } from "./keys.js";
import { isPrinted, otherSide } from "./printing.js";
import { languages, settle, speak, spoken, t } from "./words.js";
import { VIEWS } from "./views/index.js";

/**
 * What a view is given.
 * @typedef {object} Page
 * @property {HTMLElement} main The element to fill.
 * @property {typeof api} api
 * @property {any} study The last answer of /api/study.
 * @property {() => Promise<any>} reload Ask for it again.
 * @property {() => void} saved Say that everything is saved.
 * @property {() => void} saving Say that something is on its way.
 * @property {(text: string) => void} say Spoken by screen readers.
 * @property {(message: string, hint?: string, kind?: "error" | "note") => void} tell Shown on the page.
 * @property {(error: unknown) => void} fail Show what went wrong.
 * @property {() => Promise<void>} undo
 * @property {() => Promise<void>} redo
 * @property {(place: string) => void} go To another address: "#/read/K1".
 * @property {(counts: {undo?: number, redo?: number}) => void} steps How much can be taken back.
 * @property {(parts: string[], changed: () => void | Promise<void>) => {seen: () => Promise<void>, stop: () => void}} watch
 *   Be told when files of these parts of the study ("codebook", "codings", "condensates", "themes" …, see overview.py)
 *   were written, by whomever. After the view's own writing `seen` says that it knows. `stop` belongs into `close`.
 * @property {(node: Node | null) => void} tools Put a view's own tools into the header.
 */

/**
 * A view that is open.
 * @typedef {object} Opened
 * @property {import("./keys.js").Key[]} [keys]
 * @property {() => Promise<void> | void} [refresh] Something changed underneath, as by undo.
 * @property {() => void} [close]
 */

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const top = /** @type {HTMLElement} */ (document.getElementById("top"));
const notices = /** @type {HTMLElement} */ (document.getElementById("notices"));
const spokenPlace = /** @type {HTMLElement} */ (document.getElementById("spoken"));

/** @type {Opened | null} */
let open = null;
let turn = 0;

const status = el("span", { id: "status", role: "status" });
const tools = el("div", { id: "tools" });
const undoButton = el("button.quiet.square", { type: "button", onclick: () => page.undo() }, icon("M8 5 4 9l4 4M4 9h8a4 4 0 0 1 0 8h-2"));
const redoButton = el("button.quiet.square", { type: "button", onclick: () => page.redo() }, icon("m12 5 4 4-4 4M16 9H8a4 4 0 0 0 0 8h2"));

/** @type {Page} */
const page = {
  main,
  api,
  study: null,
  async reload() {
    page.study = await api.get("/api/study");
    page.steps(page.study);
    return page.study;
  },
  saving() {
    status.className = "";
    status.textContent = t("app.saving");
  },
  saved() {
    const time = new Date().toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" });
    status.className = "good";
    status.textContent = t("app.saved", { time });
    for (const old of notices.querySelectorAll(".passing")) old.remove();
  },
  say(text) {
    spokenPlace.textContent = "";
    requestAnimationFrame(() => (spokenPlace.textContent = text));
  },
  tell(message, hint = "", kind = "note") {
    for (const old of notices.querySelectorAll(".passing")) old.remove();
    const close = el("button.quiet", { type: "button", "aria-label": t("app.close"), onclick: () => note.remove() }, "×");
    const note = el(`div.notice.passing.${kind}`, { role: kind === "error" ? "alert" : "status" },
      el("p", {}, el("strong", { text: message }), hint && el("span", { text: ` ${hint}` })), close);
    notices.append(note);
    if (kind === "note") setTimeout(() => note.remove(), 8000);
  },
  fail(error) {
    if (!(error instanceof Refusal)) throw error;
    status.className = "bad";
    status.textContent = t("app.unsaved");
    if (error.kind === "silent") page.tell(t("app.silent"), t("app.silent.hint"), "error");
    else if (error.kind === "closed") page.tell(t("app.closed"), t("app.closed.hint"), "error");
    else {
      // A file's name is written as it is.
      const named = /^\S*[./]\S/.test(error.message);
      const begin = named ? error.message.charAt(0) : error.message.charAt(0).toUpperCase();
      page.tell(`${begin}${error.message.slice(1)}.`.replace(/\.\.$/, "."), error.hint, "error");
    }
  },
  undo: () => back("undo"),
  redo: () => back("redo"),
  go(place) {
    location.hash = place;
  },
  steps(counts) {
    if (typeof counts?.undo !== "number") return;
    undoButton.disabled = counts.undo === 0;
    redoButton.disabled = !counts.redo;
  },
  watch(parts, changed) {
    /** @type {Record<string, string> | null} */
    let known = null;
    const look = async () => {
      const { versions } = await api.get("/api/versions");
      const differs = known !== null && parts.some((part) => known?.[part] !== versions[part]);
      known = versions;
      return differs;
    };
    const tick = async () => {
      if (document.hidden) return;
      if (await look().catch(() => false)) await changed();
    };
    const timer = setInterval(tick, 2000);
    look().catch(() => null);
    return { seen: async () => void (await look().catch(() => null)), stop: () => clearInterval(timer) };
  },
  tools(node) {
    tools.replaceChildren(...(node ? [node] : []));
  },
};

/** @param {"undo" | "redo"} way */
async function back(way) {
  try {
    page.saving();
    const done = await api.post(`/api/${way}`);
    page.steps(done);
    await open?.refresh?.();
    page.saved();
    const what = t(`step.${done.what}`) === `step.${done.what}` ? done.what : t(`step.${done.what}`);
    page.say(t(way === "undo" ? "app.undone" : "app.redone", { what }));
    status.textContent = t(way === "undo" ? "app.undone" : "app.redone", { what });
  } catch (error) {
    if (error instanceof Refusal && error.kind === "NothingToTakeBack") page.saved();
    else page.fail(error);
  }
}

/** @param {string} name @param {[string, string][]} choices @param {string} chosen @param {(value: string) => void} take */
function choice(name, choices, chosen, take) {
  const select = el("select", { "aria-label": t(name), title: t(name), onchange: () => take(select.value) },
    ...choices.map(([value, text]) => el("option", { value, text, selected: value === chosen })));
  return select;
}

const THEMES = ["auto", "light", "dark"];
const theme = () => localStorage.getItem("qualkit-theme") ?? "auto";

/** @param {string} chosen */
function wear(chosen) {
  localStorage.setItem("qualkit-theme", chosen);
  document.documentElement.dataset.theme = chosen;
}

/** The address of the same thing as it would be printed, or back from there; "" where there is none. */
const otherWay = () => otherSide(location.hash);

/** What is about the whole study, and how the page looks. @param {HTMLElement[]} links @param {HTMLElement[]} choices */
function menu(links, choices) {
  const current = links.some((one) => one.getAttribute("aria-current") === "page");
  const summary = el("summary", { class: current ? "current" : "", text: t("app.study") });
  const made = el("details.more", { onkeydown: (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !made.open) return;
    event.preventDefault();
    made.open = false;
    summary.focus();
  } }, summary, el("div.menu", {}, ...links, el("hr", {}),
    ...choices.map((one) => el("div.choice", {}, el("span", { "aria-hidden": "true", text: one.title }), one))));
  return made;
}

function head() {
  const study = page.study;
  undoButton.title = `${t("app.undo")} (Z)`;
  undoButton.setAttribute("aria-label", t("app.undo"));
  redoButton.title = `${t("app.redo")} (⇧Z)`;
  redoButton.setAttribute("aria-label", t("app.redo"));
  const here = location.hash.split("/")[1] ?? "";
  /** @param {(view: import("./views/index.js").Entry) => boolean} which */
  const links = (which) => VIEWS.filter((view) => study && view.nav && which(view) && (!view.when || view.when(study))).map((view) =>
    el("a", { href: `#/${view.path}`, text: t(/** @type {string} */ (view.nav)), "aria-current": view.path === here ? "page" : null }));
  const choices = [
    choice("app.language", languages.map((one) => [one, { nb: "Bokmål", nn: "Nynorsk", en: "English" }[one] ?? one]), spoken(), async (one) => {
      speak(one);
      await route();
    }),
    choice("app.theme", THEMES.map((one) => [one, t(`app.theme.${one}`)]), theme(), wear),
  ];
  const coders = /** @type {string[]} */ (study?.coders ?? []);
  top.replaceChildren(
    el("a.brand", { href: "#/", title: t("app.overview"), text: study?.title ?? "qualkit" }),
    el("nav", { "aria-label": t("app.views") }, ...links((view) => !view.study), study && menu(links((view) => view.study === true), choices)),
    tools,
    el("div.right", {},
      status,
      otherWay() && el("a.switch", { href: otherWay(), text: t(isPrinted(location.hash) ? (here === "print" ? "app.assaid" : "app.asboard") : "app.asprinted"), title: `${t("key.print")} (⇧P)` }),
      ...(study ? [undoButton, redoButton] : []),
      coders.length > 1 && choice("app.coder", coders.map((name) => [name, name]), coder() || study.coder, async (name) => {
        becomeCoder(name);
        await route();
      }),
      ...(study ? [] : choices),
      el("button.quiet.square", { type: "button", title: `${t("app.keys")} (?)`, "aria-label": t("app.keys"), onclick: sheet, text: "?" })),
  );
  const skip = /** @type {HTMLElement} */ (document.getElementById("skip"));
  skip.textContent = t("app.skip");
  notices.querySelector(".lasting")?.remove();
  if (study?.readOnly) notices.append(el("div.notice.lasting", { role: "status" }, el("p", { text: t("app.readonly") })));
  if (!status.textContent) status.textContent = "";
}

function sheet() {
  /** @param {import("./keys.js").Key[]} keys @param {string} name */
  const part = (keys, name) => keys.length > 0 && el("section", {}, el("h3", { text: t(name) }), el("dl", {},
    ...keys.map((key) => el("div", {},
      el("dt", {}, ...key.keys.slice(0, 2).flatMap((one, number) => [number > 0 && " ", ...shown(one).map((each) => el("kbd", { text: each }))])),
      el("dd", { text: t(key.word) })))));
  const { view, shell } = bound();
  const made = el("dialog.sheet", { "aria-label": t("keys.title"), onclose: () => made.remove() },
    el("form", { method: "dialog" }, el("h2", { text: t("keys.title") }), el("button.quiet", { autofocus: true, text: t("app.close") })),
    el("div.columns", {}, part(view, "keys.here"), part(shell, "keys.everywhere")));
  document.body.append(made);
  made.showModal();
}

async function route() {
  const mine = ++turn;
  const parts = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const view = VIEWS.find((one) => one.path === parts[0]);
  open?.close?.();
  open = null;
  bindView([]);
  page.tools(null);
  try {
    await page.reload();
    settle(page.study.language);
  } catch (error) {
    const none = error instanceof Refusal && error.kind === "NothingOnTheDesk";
    if (!page.study) settle(navigator.language.slice(0, 2).replace("no", "nb"));
    if (none) page.study = null;
    if (none && !view?.alone) {
      page.go("#/start");
      return;
    }
    if (!none) {
      head();
      page.fail(error);
      return;
    }
  }
  if (mine !== turn) return;
  head();
  if (!view) {
    main.replaceChildren(el("p.empty", { text: t("app.notfound") }));
    return;
  }
  try {
    const { view: module } = await view.load();
    const title = module.title(parts.slice(1));
    document.title = page.study ? `${title} · ${page.study.title}` : title;
    const opened = await module.open(page, parts.slice(1), () => mine === turn);
    if (mine !== turn) {
      opened?.close?.();
      return;
    }
    open = opened ?? null;
    bindView(open?.keys ?? []);
  } catch (error) {
    main.replaceChildren();
    page.fail(error);
  }
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

bindShell([
  { keys: ["z", "Mod+z"], word: "key.undo", run: () => page.undo() },
  { keys: ["Shift+z", "Mod+Shift+z", "Mod+y"], word: "key.redo", run: () => page.redo() },
  { keys: ["?"], word: "key.sheet", run: sheet },
  { keys: ["h"], word: "key.overview", run: () => page.go("#/") },
  { keys: ["Shift+p"], word: "key.print", run: () => page.go(otherWay()), when: () => otherWay() !== "" },
]);
wear(theme());
// The token has done its work: it stays neither in the address nor in the browser's history.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);
document.getElementById("skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
document.addEventListener("click", (event) => {
  const menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (top.querySelectorAll("details.more"));
  for (const one of menus) if (event.target instanceof Node && !(event.target instanceof HTMLSelectElement) && !one.querySelector("summary")?.contains(event.target)) one.open = false;
});
// What sticks below the header has to know how high it is: its tools may need a second row.
new ResizeObserver(() => document.documentElement.style.setProperty("--head", `${top.offsetHeight}px`)).observe(top);
addEventListener("hashchange", route);
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof Refusal) {
    event.preventDefault();
    page.fail(event.reason);
  }
});
await route();
forgetAhead();
