// @ts-check
/**
 * One register of keys: what is bound here works, and stands on the sheet that `?` opens.
 *
 * @typedef {object} Key
 * @property {string[]} keys As "c", "Shift+ArrowDown", "Mod+z" (Ctrl, or ⌘ on a Mac); the first one is shown.
 * @property {string} word Of `words`: what it does.
 * @property {(event: KeyboardEvent) => void} run
 * @property {() => boolean} [when] Only then.
 */

/** @type {Key[]} */
let shell = [];
/** @type {Key[]} */
let view = [];

const MAC = /mac|iphone|ipad/i.test(navigator.platform);

/** @param {Key[]} keys Of the shell, in every view. */
export function bindShell(keys) {
  shell = keys;
}

/** @param {Key[]} keys Of the view that is open; those of the one before go. */
export function bindView(keys) {
  view = keys;
}

/** @returns {{shell: Key[], view: Key[]}} */
export function bound() {
  return { shell, view };
}

/**
 * The name of what was pressed.
 * @param {KeyboardEvent} event
 */
export function named(event) {
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const shift = event.shiftKey && (event.key.length > 1 || /\p{L}/u.test(event.key) || mod);
  return `${mod ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${letter}`;
}

/**
 * How a key is shown.
 * @param {string} key
 */
export function shown(key) {
  const names = /** @type {Record<string, string>} */ ({
    Mod: MAC ? "⌘" : "Ctrl", Shift: "⇧", ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→",
    Enter: "↵", Escape: "Esc", Delete: "Del", " ": "␣",
  });
  return key.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** @param {EventTarget | null} target */
function writes(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "range"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const pressed = named(event);
  if (writes(event.target) && pressed !== "Escape") return;
  // On a button, Enter and space press it; a link is followed.
  if (event.target instanceof HTMLElement && event.target.matches("button, summary") && (pressed === "Enter" || pressed === " ")) return;
  if (event.target instanceof HTMLAnchorElement && pressed === "Enter") return;
  for (const key of [...view, ...shell]) {
    if (key.keys.includes(pressed) && (!key.when || key.when())) {
      event.preventDefault();
      key.run(event);
      return;
    }
  }
});
