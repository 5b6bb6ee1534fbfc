// @ts-check
/** The thematic map: what the analyst drew, to be moved by hand or with the arrow keys. */

import { askFor } from "../boards/asking.js";
import { calmly, el } from "../dom.js";
import { t } from "../words.js";

const MARGIN = 8;
const CALM = 500;

/** @type {import("./index.js").View} */
export const view = {
  title: () => t("map.nav"),
  async open(page, _, current) {
    page.main.replaceChildren(el("p.empty", { text: t("app.loading") }));
    const state = await page.api.get("/api/map");
    if (!current()) return;
    const drawn = new DrawnMap(page, state);
    page.main.replaceChildren(drawn.element);
    const watching = page.watch(["themes", "codebook"], () => drawn.fresh());
    drawn.seen = () => watching.seen();
    return { keys: drawn.keys(), refresh: () => drawn.refresh(), close: () => { watching.stop(); drawn.close(); } };
  },
};

/** @param {string} name @param {Record<string, string | number>} given @param {...Node} children */
function svg(name, given, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

class DrawnMap {
  /** @param {import("../app.js").Page} page @param {any} state */
  constructor(page, state) {
    this.page = page;
    this.state = state;
    this.at = "";
    this.seen = async () => {};
    this.listening = new AbortController();
    this.picture = el("div.picture");
    this.links = el("ul.links");
    this.element = el("div.map", {},
      el("h1", { text: t("map.nav") }),
      el("p.fine-print", {}, t("map.help"), " ", el("a", { href: "#/themes", text: t("map.board") })),
      this.picture, this.links);
    this.save = calmly(() => this.#save(), CALM);
    /** @type {Map<string, {x: number, y: number}>} Nodes that were moved and are not saved yet. */
    this.moved = new Map();
    this.take(state);
  }

  /** @param {any} state */
  take(state) {
    this.state = state;
    this.page.steps(state);
    this.#draw();
  }

  #draw() {
    const { map } = this.state;
    const focus = this.picture.contains(document.activeElement);
    if (!map?.nodes.length) {
      this.picture.replaceChildren(el("p.empty", { text: t("map.none") }));
      this.links.replaceChildren();
      return;
    }
    const canvas = svg("svg", { viewBox: `0 0 ${map.width} ${map.height}`, role: "group", "aria-label": t("map.picture") },
      ...map.links.map((/** @type {any} */ one) => this.#link(one)),
      ...map.nodes.map((/** @type {any} */ one) => this.#node(one)));
    this.canvas = /** @type {SVGSVGElement} */ (canvas);
    this.canvas.style.setProperty("max-inline-size", `${map.width * 1.7}px`);
    this.picture.replaceChildren(canvas);
    if (focus) /** @type {any} */ (this.#found(this.at))?.focus();
    const drawn = map.links.filter((/** @type {any} */ one) => one.link.kind === "named");
    this.links.replaceChildren(...drawn.map((/** @type {any} */ one) => el("li", {},
      el("span", { text: `${t("map.line", { start: this.#label(one.link.start), end: this.#label(one.link.end) })}${one.link.name ? `: ${one.link.name}` : ""}` }),
      el("button.quiet", { type: "button", text: "×", title: t("card.remove"), "aria-label": `${t("card.remove")}: ${t("map.line", { start: this.#label(one.link.start), end: this.#label(one.link.end) })}`, onclick: () =>
        this.does((version) => this.page.api.post("/api/map/links", { start: one.link.start, end: one.link.end, off: true, version })) }))));
  }

  /** @param {any} one */
  #link({ link, points, lines, label }) {
    const path = points.map((/** @type {number[]} */ [x, y], /** @type {number} */ number) => `${number ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    const made = svg("g", { class: `link ${link.kind}`, "data-start": link.start, "data-end": link.end, "aria-hidden": "true" }, svg("path", { d: path }));
    if (link.arrow !== "none") made.append(head(points));
    if (link.arrow === "both") made.append(head([...points].reverse()));
    if (label) made.append(...words(label, lines, 9));
    return made;
  }

  /** @param {any} one */
  #node({ node, box, lines }) {
    const made = svg("g", { class: `node ${node.kind}`, "data-node": node.id, tabindex: 0, role: "button", "aria-label": t(`map.node.${node.kind}`, { name: node.label }), transform: `translate(${box.x} ${box.y})` },
      svg("rect", { x: -box.width / 2, y: -box.height / 2, width: box.width, height: box.height, rx: node.kind === "subtheme" ? Math.min(box.height / 2.2, 12) : node.kind === "theme" ? 2 : 0 }),
      ...words({ ...box, x: 0, y: 0 }, lines, node.kind === "theme" ? 10 : 9, false));
    made.addEventListener("focus", () => { this.at = node.id; });
    made.addEventListener("pointerdown", (event) => this.#grab(/** @type {PointerEvent} */ (event), made, node.id));
    return made;
  }

  /** @param {string} id */
  #found(id) {
    return this.picture.querySelector(`[data-node="${CSS.escape(id)}"]`);
  }

  /** @param {string} id */
  #label(id) {
    return this.state.map.nodes.find((/** @type {any} */ one) => one.node.id === id)?.node.label ?? id;
  }

  /** @param {string} id */
  #box(id) {
    return this.state.map.nodes.find((/** @type {any} */ one) => one.node.id === id)?.box;
  }

  /** @param {PointerEvent} event @param {Element} made @param {string} id */
  #grab(event, made, id) {
    if (event.button !== 0 || !this.canvas) return;
    event.preventDefault();
    /** @type {any} */ (made).focus();
    made.setPointerCapture(event.pointerId);
    const matrix = this.canvas.getScreenCTM()?.inverse();
    const box = this.#box(id);
    if (!matrix || !box) return;
    /** @param {PointerEvent} one */
    const point = (one) => new DOMPoint(one.clientX, one.clientY).matrixTransform(matrix);
    const from = point(event);
    const start = this.moved.get(id) ?? { x: box.x, y: box.y };
    const ended = new AbortController();
    addEventListener("pointermove", (one) => {
      const now = point(one);
      this.#move(id, start.x + now.x - from.x, start.y + now.y - from.y);
    }, { signal: ended.signal });
    addEventListener("pointerup", () => {
      ended.abort();
      if (this.moved.has(id)) this.save();
    }, { signal: ended.signal });
  }

  /** @param {string} id @param {number} x @param {number} y */
  #move(id, x, y) {
    const { map } = this.state;
    const box = this.#box(id);
    const inside = { x: Math.max(MARGIN + box.width / 2, Math.min(map.width - MARGIN - box.width / 2, x)), y: Math.max(MARGIN + box.height / 2, Math.min(map.height - MARGIN - box.height / 2, y)) };
    if (inside.x === box.x && inside.y === box.y && !this.moved.has(id)) return;
    this.moved.set(id, inside);
    this.page.saving();
    this.#found(id)?.setAttribute("transform", `translate(${inside.x} ${inside.y})`);
    // Lines follow straight until the map is laid out again.
    for (const line of this.picture.querySelectorAll(".link")) {
      const ends = [line.getAttribute("data-start"), line.getAttribute("data-end")];
      if (!ends.includes(id)) continue;
      const [a, b] = ends.map((one) => this.moved.get(one ?? "") ?? this.#box(one ?? ""));
      line.replaceChildren(svg("path", { d: `M${a.x} ${a.y}L${b.x} ${b.y}` }));
    }
  }

  /** Where something stands, from 0 to 1, as themes.yaml counts it. @param {any} one */
  #share({ node, box }) {
    const { map } = this.state;
    const { x, y } = this.moved.get(node.id) ?? box;
    const across = map.width - box.width - 2 * MARGIN;
    const down = map.height - box.height - 2 * MARGIN;
    /** @param {number} part @param {number} whole */
    const of = (part, whole) => (whole > 0 ? Math.max(0, Math.min(1, part / whole)) : 0.5);
    return [of(x - MARGIN - box.width / 2, across), of(y - MARGIN - box.height / 2, down)];
  }

  async #save() {
    if (!this.moved.size) return;
    // What nobody has fixed yet would be laid out anew around the one that moved: all stay where they are seen.
    const { nodes } = this.state.map;
    const going = nodes.filter((/** @type {any} */ one) => this.moved.has(one.node.id) || one.node.x === null || one.node.x === undefined);
    const places = Object.fromEntries(going.map((/** @type {any} */ one) => [one.node.id, this.#share(one)]));
    this.moved.clear();
    const done = await this.does((version) => this.page.api.post("/api/map/places", { places, version }));
    if (done) this.page.say(t("map.moved"));
  }

  /** @param {(version: string) => Promise<any>} ask */
  async does(ask) {
    try {
      this.page.saving();
      const answer = await ask(this.state.version);
      this.take(answer);
      await this.seen();
      this.page.saved();
      return answer;
    } catch (error) {
      await this.refresh().catch(() => null);
      this.page.fail(error);
      return null;
    }
  }

  async refresh() {
    this.moved.clear();
    this.take(await this.page.api.get("/api/map"));
  }

  async fresh() {
    if (this.moved.size || document.querySelector("dialog[open]")) return;
    const now = await this.page.api.get("/api/map");
    if (now.seen === this.state.seen) return;
    this.take(now);
    this.page.tell(t("app.changed"));
  }

  close() {
    this.listening.abort();
    this.#save();
  }

  async #draws() {
    const start = this.at;
    const others = this.state.map?.nodes.filter((/** @type {any} */ one) => one.node.id !== start) ?? [];
    if (!start || !others.length) return;
    const answer = await askFor({ title: t("map.link"), about: this.#label(start), label: t("map.link.name"), done: t("map.link.make"),
      choice: { label: t("map.link.to"), options: others.map((/** @type {any} */ one) => [one.node.id, one.node.label]) } });
    if (answer) await this.does((version) => this.page.api.post("/api/map/links", { start, end: answer.choice, name: answer.text, version }));
  }

  /** @returns {import("../keys.js").Key[]} */
  keys() {
    const chosen = () => this.picture.contains(document.activeElement) && Boolean(this.#box(this.at));
    /** @param {number} far */
    const moves = (far) => (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] }[event.key] ?? [0, 0];
      const now = this.moved.get(this.at) ?? this.#box(this.at);
      this.#move(this.at, now.x + step[0], now.y + step[1]);
      this.save();
    };
    return [
      { word: "key.map.move", keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], run: moves(6), when: chosen },
      { word: "key.map.far", keys: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"], run: moves(30), when: chosen },
      { word: "key.map.link", keys: ["l"], run: () => this.#draws() },
      { word: "key.map.free", keys: ["f"], run: () => this.does((version) => this.page.api.post("/api/map/places", { places: { [this.at]: null }, version })), when: chosen },
    ];
  }
}

/** @param {number[][]} points */
function head(points) {
  const [x, y] = points[points.length - 1];
  const back = [...points].reverse().find(([a, b]) => Math.hypot(a - x, b - y) > 7) ?? points[0];
  const far = Math.hypot(back[0] - x, back[1] - y) || 1;
  const [dx, dy] = [(x - back[0]) / far, (y - back[1]) / far];
  const base = [x - dx * 7, y - dy * 7];
  return svg("polygon", { points: `${x},${y} ${base[0] - dy * 3},${base[1] + dx * 3} ${base[0] + dy * 3},${base[1] - dx * 3}` });
}

/** @param {any} box @param {string[]} lines @param {number} size @param {boolean} [ground] */
function words(box, lines, size, ground = true) {
  const step = size * 1.25;
  const first = box.y - (step * (lines.length - 1)) / 2;
  return [
    ...(ground ? [svg("rect", { class: "ground", x: box.x - box.width / 2, y: box.y - box.height / 2, width: box.width, height: box.height })] : []),
    ...lines.map((line, number) => {
      const made = svg("text", { x: box.x, y: first + number * step, "font-size": size, "text-anchor": "middle", "dominant-baseline": "central" });
      made.textContent = line;
      return made;
    }),
  ];
}
