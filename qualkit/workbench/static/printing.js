// @ts-check
/** What is shown has another side: as it would be printed, and back. */

/** Addresses, and what they are on the other side; the rest of the address goes along where it is kept. */
const SIDES = /** @type {const} */ ([
  ["read", "print", true],
  ["condense", "printed/condense", true],
  ["themes", "printed/themes", false],
  ["matrix", "printed/matrix", true],
  ["balance", "printed/balance", false],
  ["map", "printed/map", false],
]);

/**
 * The address of the same thing on the other side; "" where it has none.
 * @param {string} hash As "#/read/K1/20-31".
 */
export function otherSide(hash) {
  const path = hash.replace(/^#\/?/, "");
  for (const [shown, printed, keeps] of SIDES) {
    for (const [here, there] of [[shown, printed], [printed, shown]]) {
      if (path !== here && !path.startsWith(`${here}/`)) continue;
      const [name] = path.slice(here.length + 1).split("/");
      // A transcript is one of many, and has no side of its own without its name.
      if (!name && shown === "read") return "";
      return `#/${there}${keeps && name ? `/${name}` : ""}`;
    }
  }
  return "";
}

/** Whether the address is of something as it would be printed. @param {string} hash */
export const isPrinted = (hash) => /^#\/print(ed)?\//.test(hash);
