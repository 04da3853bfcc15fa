// What is said of files, in the page's language, and figures.
import { said } from "../parts/said.mjs";

export { fill } from "../parts/said.mjs";

/** Why the server may refuse a file, by its codes. */
const REFUSALS = /** @type {const} */ ([
  ["media_too_large", "err_media_large"],
  ["media_type", "err_media_broken"],
  ["no_room", "err_no_room"],
  ["not_claimed", "err_not_claimed"],
  ["room_not_found", "err_not_found"],
  ["internal_error", "err_internal"],
]);

/** @typedef {import("../parts/said.mjs").Said} Said */

/** Fetches the texts, unless they are there. @returns {Promise<Said>} */
export async function read() {
  const texts = await said("files");
  return { ...texts, ...Object.fromEntries(REFUSALS.map(([code, name]) => [code, texts[name]])) };
}

/** Bytes as people read them; `ui::thread::figures` does the same. @param {number} bytes */
export function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.floor(bytes / 1e3)} KB` : `${(Math.floor(bytes / 1e5) / 10).toFixed(1)} MB`;
}

/** `0:24`. @param {number} seconds */
export function clock(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  return `${minutes}:${String(rest).padStart(2, "0")}`;
}
