// @ts-check
/** Every word of the page, in bokmål, nynorsk and English. */

import { answerIn, KEPT_LANGUAGE as KEPT } from "./api.js";
import { boards } from "./words/boards.js";
import { codes } from "./words/codes.js";
import { en } from "./words/en.js";
import { nb } from "./words/nb.js";
import { nn } from "./words/nn.js";
import { printed } from "./words/printed.js";
import { start } from "./words/start.js";

/** @type {Record<string, Record<string, string>>} */
const LANGUAGES = {
  nb: { ...nb, ...boards.nb, ...codes.nb, ...start.nb, ...printed.nb },
  nn: { ...nn, ...boards.nn, ...codes.nn, ...start.nn, ...printed.nn },
  en: { ...en, ...boards.en, ...codes.en, ...start.en, ...printed.en },
};

let language = "nb";

/** @param {string} fallback The study's language. */
export function settle(fallback) {
  const kept = localStorage.getItem(KEPT) ?? "";
  language = kept in LANGUAGES ? kept : fallback in LANGUAGES ? fallback : "en";
  document.documentElement.lang = language;
  answerIn(language);
}

/** @param {string} chosen */
export function speak(chosen) {
  localStorage.setItem(KEPT, chosen);
  language = chosen;
  document.documentElement.lang = chosen;
  answerIn(chosen);
}

export const spoken = () => language;
export const languages = Object.keys(LANGUAGES);

/**
 * A text of the page.
 * @param {string} key
 * @param {Record<string, string | number>} [parts] What stands in braces. Where `n` is 1 and there is a text under
 *   "KEY.one", that one is taken.
 */
export function t(key, parts = {}) {
  const one = parts.n === 1 ? LANGUAGES[language][`${key}.one`] : undefined;
  const text = one ?? LANGUAGES[language][key] ?? LANGUAGES.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const part = parts[name];
    return typeof part === "number" ? number(part) : String(part ?? "");
  });
}

/** @type {Map<string, Intl.NumberFormat>} By language: making one takes longer than writing a hundred numbers with it. */
const written = new Map();

/** @param {number} value */
function number(value) {
  let format = written.get(language);
  if (!format) written.set(language, (format = new Intl.NumberFormat(language === "en" ? "en-GB" : "nb-NO")));
  return format.format(value);
}
