// @ts-check
/** Finding a code by a few of its letters. å, ø and æ are letters of their own; a plain keyboard finds them too. */

/** @type {Record<string, string>} */
const PLAIN = { å: "a", ø: "o", æ: "e", ä: "a", ö: "o", ü: "u", é: "e", è: "e", ô: "o", ò: "o", ó: "o" };

/** @param {string} text */
export const folded = (text) => text.normalize("NFC").toLocaleLowerCase("nb");

/** @param {string} text One letter for one letter. */
const plain = (text) => [...text].map((letter) => PLAIN[letter] ?? letter).join("");

/**
 * How well a name answers what was typed; 0 where it does not.
 * @param {string} typed
 * @param {string} name
 */
export function fit(typed, name) {
  const wanted = folded(typed).replace(/\s+/g, " ").trim();
  const given = folded(name);
  if (!wanted) return 1;
  const exact = within(wanted, given);
  return exact > 0 ? exact + 100 : within(plain(wanted), plain(given));
}

/** @param {string} wanted @param {string} given */
function within(wanted, given) {
  if (given === wanted) return 90;
  if (given.startsWith(wanted)) return 80;
  const at = given.indexOf(wanted);
  if (at > 0) return /[\p{L}\p{N}]/u.test(given[at - 1]) ? 55 : 70;
  // Every word typed begins a word of the name: “rin fre” finds “Å ringe på en fredag”.
  const words = given.split(/[^\p{L}\p{N}]+/u);
  if (wanted.split(" ").every((part) => words.some((word) => word.startsWith(part)))) return 60;
  if (wanted.includes(" ")) return 0;
  let place = given.indexOf(wanted[0]) - 1;
  let gaps = 0;
  for (const letter of wanted) {
    const next = given.indexOf(letter, place + 1);
    if (next < 0) return 0;
    gaps += next - place - 1;
    place = next;
  }
  // Letters strewn over a long name are no answer.
  return wanted.length > 1 && gaps <= 2 * wanted.length ? 40 - gaps : 0;
}
