// What the console says of files, in the page's language: `ui::thread::composer::attach` has the texts.

import { saidIn } from "../parts/said.mjs";

export { fill } from "../parts/said.mjs";

/** Why the server may refuse a file, by its codes and in the order in which the console hands them over. */
const REFUSALS = ["media_too_large", "media_type", "no_room", "not_claimed", "room_not_found", "internal_error"];

/** @typedef {Record<string, string>} Said */

/** @param {string[]} refusals @returns {Said} */
export const read = (refusals) => ({ ...saidIn("thread::composer::attach::said"), ...Object.fromEntries(REFUSALS.map((name, at) => [name, refusals[at] ?? ""])) });

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
