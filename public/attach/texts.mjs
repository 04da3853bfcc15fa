// What the console says of files, in the page's language: `ui::thread::composer::attach` has the texts.

/** In the order in which the console hands them over. Some are named as the server's codes are. */
const NAMES = [
  "order", "number", "takeAway", "cancel", "part", "waits", "whileOpen", "queued", "again", "asFile", "inClipboard",
  "attach", "leave", "dropFor", "dropText", "closes", "noHttps", "notMine", "noNote", "sheet", "camera", "cameraText",
  "files", "filesText", "close", "empty", "full", "tooLarge", "unreadable", "heic", "broken", "media_too_large",
  "media_type", "no_room", "not_claimed", "room_not_found", "internal_error", "dismiss",
];

/** @typedef {Record<string, string>} Said */

/** @param {string[]} texts @returns {Said} */
export const read = (texts) => Object.fromEntries(NAMES.map((name, at) => [name, texts[at] ?? ""]));

/** Puts values into a text's places. @param {string} text @param {...string} values */
export const fill = (text, ...values) => values.reduce((words, value, at) => words.replace(`{${at}}`, () => value), text);

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
