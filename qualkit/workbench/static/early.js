// @ts-check
/** A transcript is asked for while the rest of the page is still on its way. */

import { ahead, at } from "./api.js";

const [, id] = /^#\/read\/([^/]+)/.exec(location.hash) ?? [];
ahead("/api/study");
if (id) {
  try {
    const path = at`/api/transcripts/${decodeURIComponent(id)}`;
    for (const each of [path, "/api/codebook", `${path}/notes`, `${path}/codings`]) ahead(each);
  } catch {
    // No such address: the page says so.
  }
}
