// @ts-check
/** Elements out of text alone: nothing here reads HTML, and the page's policy refuses whatever would. */

/**
 * Make an element.
 * @param {string} name Its tag; classes after points: "button.quiet".
 * @param {Record<string, any>} [given] Attributes; `on…` are listeners, `style` an object of properties, and
 *   `text` the text content. false, null and undefined are left out.
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement & Record<string, any>}
 */
export function el(name, given = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.classList.add(...classes);
  for (const [key, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "text") made.textContent = value;
    else if (key === "style") for (const [each, of] of Object.entries(value)) made.style.setProperty(each, of);
    else if (key === "value") /** @type {any} */ (made).value = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) made.append(child);
  return made;
}

/**
 * A picture of one path, for buttons; named by the button.
 * @param {string} path
 */
export function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * What a selector finds below an element.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(root, selector) {
  return [...root.querySelectorAll(selector)].map((one) => /** @type {HTMLElement} */ (one));
}

/**
 * Wait until nothing has happened for a while.
 * @template {any[]} Args
 * @param {(...args: Args) => void} run
 * @param {number} milliseconds
 */
export function calmly(run, milliseconds) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (/** @type {Args} */ ...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), milliseconds);
  };
}

/** When what was put on the page is painted; in a window that is not seen nothing is, and nobody waits for it.
 * @returns {Promise<void>} */
export function painted() {
  if (document.hidden) return Promise.resolve();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
}
