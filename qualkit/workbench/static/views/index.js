// @ts-check
/**
 * Every view of the page, by the first part of its address.
 *
 * @typedef {object} View
 * @property {(parts: string[]) => string} title Of the window.
 * @property {(page: import("../app.js").Page, parts: string[], current: () => boolean) =>
 *   Promise<import("../app.js").Opened | void>} open Fill `page.main`. `parts` is what follows in the address;
 *   `current` tells, after waiting for an answer, whether the person is still here.
 *
 * @typedef {object} Entry
 * @property {string} path
 * @property {string} [nav] Of `words`, where it stands in the navigation.
 * @property {(study: any) => boolean} [when] Whether it stands in the navigation of a study.
 * @property {boolean} [study] It is about the study as a whole, and stands under its name in the navigation.
 * @property {boolean} [alone] It needs no study.
 * @property {() => Promise<{view: View}>} load
 */

/** @type {Entry[]} */
export const VIEWS = [
  { path: "", nav: "app.overview", load: () => import("./overview.js") },
  { path: "read", load: () => import("./reading.js") },
  { path: "condense", nav: "boards.nav", when: (study) => study.method === "stc", load: () => import("./condensing.js") },
  { path: "themes", nav: "themes.nav", load: () => import("./themes.js") },
  { path: "collate", nav: "collate.nav", load: () => import("./collating.js") },
  { path: "matrix", nav: "matrix.nav", load: () => import("./matrix.js") },
  { path: "balance", load: () => import("./balance.js") },
  { path: "map", load: () => import("./map.js") },
  { path: "anonymise", nav: "app.anonymise", load: () => import("./anonymise.js") },
  { path: "print", load: () => import("./printed.js") },
  { path: "printed", load: () => import("./printed_board.js") },
  { path: "add", nav: "app.add", study: true, load: () => import("./add.js") },
  { path: "people", nav: "app.people", study: true, load: () => import("./people.js") },
  { path: "send", nav: "app.send", study: true, load: () => import("./send.js") },
  { path: "start", nav: "app.studies", study: true, alone: true, load: () => import("./start.js") },
];
