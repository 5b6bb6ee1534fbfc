// @ts-check
/** Changing a file of the study that somebody else may have written to meanwhile. */

import { Refusal } from "../api.js";

/**
 * Ask the workbench to change something. Where the file was changed meanwhile and what this is about was not, it is asked
 * once more; else the page shows what stands there now.
 * @param {object} how
 * @param {import("../app.js").Page} how.page
 * @param {string} how.path Where the board's state is read.
 * @param {string} how.refused What kind of refusal says that the file was changed.
 * @param {() => any} how.state As the page shows it.
 * @param {(state: any) => void | Promise<void>} how.take
 * @param {() => void} how.settled Nothing is on its way any more.
 * @param {(version: string) => Promise<any>} ask
 * @param {(old: any, now: any) => boolean} same Whether what this is about is as it was.
 * @returns {Promise<any>} The answer; null where it was refused.
 */
export async function change({ page, path, refused, state, take, settled }, ask, same) {
  try {
    page.saving();
    let answer;
    try {
      answer = await ask(state().version);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== refused) throw error;
      const now = await page.api.get(path);
      if (!same(state(), now)) {
        await take(now);
        throw error;
      }
      answer = await ask(now.version);
    }
    await take(answer);
    settled();
    return answer;
  } catch (error) {
    page.fail(error);
    return null;
  }
}
