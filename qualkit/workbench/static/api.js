// @ts-check
/** Asking the workbench. Whatever goes wrong becomes a `Refusal`, which the shell shows on the page. */

export class Refusal extends Error {
  /**
   * @param {number} status 0 where the workbench does not answer.
   * @param {string} kind The failure's class, as "UnknownCode".
   * @param {string} message
   * @param {string} hint
   * @param {any} [body]
   */
  constructor(status, kind, message, hint, body) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.hint = hint;
    this.body = body;
  }
}

const VISIT = "qualkit-visit";
const CODER = "qualkit-coder";
export const KEPT_LANGUAGE = "qualkit-language";

/** The language that answers are asked for in; "" before the page knows the study's. */
let language = localStorage.getItem(KEPT_LANGUAGE) ?? "";

/** @param {string} chosen */
export function answerIn(chosen) {
  language = chosen;
}

/** This tab, for undo. It stays the same when the page is loaded again. */
export function visit() {
  let known = sessionStorage.getItem(VISIT);
  if (!known) {
    known = crypto.randomUUID();
    sessionStorage.setItem(VISIT, known);
  }
  return known;
}

/** Who codes in this tab; "" for who the study says it is. */
export function coder() {
  return sessionStorage.getItem(CODER) ?? "";
}

/** @param {string} name */
export function becomeCoder(name) {
  sessionStorage.setItem(CODER, name);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function ask(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { "x-qualkit-visit": visit(), "x-qualkit-coder": encodeURIComponent(coder()), "x-qualkit-language": language };
  const file = body instanceof Blob;
  if (body !== undefined) headers["content-type"] = file ? "application/octet-stream" : "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined || file ? body : JSON.stringify(body) });
  } catch {
    throw new Refusal(0, "silent", "", "");
  }
  /** @type {any} */
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    // A refusal at the door is a page, not JSON.
  }
  if (response.ok && answer !== null) return answer;
  if (response.status === 403 && answer === null) throw new Refusal(403, "closed", "", "");
  throw new Refusal(
    response.status,
    answer?.error ?? "unknown",
    answer?.message ?? `${response.status}`,
    answer?.hint ?? "",
    answer,
  );
}

/** @type {Map<string, Promise<any>>} */
const early = new Map();
let opened = false;

/** Ask now for what is wanted soon. @param {string} path */
export function ahead(path) {
  if (opened) return;
  const answer = ask("GET", path);
  // Whoever wants it is told what went wrong.
  answer.catch(() => null);
  early.set(path, answer);
}

/** What was asked for ahead is of the moment when the page was opened. */
export function forgetAhead() {
  opened = true;
  early.clear();
}

/** @param {string} path @returns {Promise<any>} */
function get(path) {
  const answer = early.get(path);
  early.delete(path);
  return answer ?? ask("GET", path);
}

export const api = {
  get,
  /** @param {string} path @param {object} [body] */
  post: (path, body = {}) => ask("POST", path, body),
  /** @param {string} path @param {object} body */
  patch: (path, body) => ask("PATCH", path, body),
  /** Send a file as it is. @param {string} path @param {Blob} file */
  send: (path, file) => ask("POST", path, file),
  /** @param {string} path */
  remove: (path) => ask("DELETE", path, {}),
};

/**
 * A path whose parts may hold any letters.
 * @param {TemplateStringsArray} fixed
 * @param {...string} parts
 */
export function at(fixed, ...parts) {
  return fixed.reduce((path, piece, number) => path + encodeURIComponent(parts[number - 1]) + piece);
}
