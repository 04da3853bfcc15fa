// The files that are known here, and who is told of them.
import * as store from "./store.mjs";

/**
 * A file. `id` is the key of the message that will carry it.
 * @typedef {object} Item
 * @property {string} id
 * @property {string} me whose it is
 * @property {string} room
 * @property {number} at its place among the others
 * @property {string} name
 * @property {string} type
 * @property {number} size
 * @property {"image" | "video" | "audio" | "file"} kind
 * @property {number} [seconds]
 * @property {ArrayBuffer} [thumb] the small picture
 * @property {ArrayBuffer} [preview] a film's
 * @property {string} bytes under which its pieces are in the store
 * @property {number[]} [sums] of them
 * @property {boolean} sent a message of the outbox carries it
 * @property {{ id: string, at: number }} [media] the server has it
 * @property {string} [failed] why it will not go, in words
 * @property {boolean} [done] stored or given up; what is left serves only to take it back
 *
 * Only while the page is open:
 * @property {"copying" | "asks" | "waiting" | "uploading" | "ready" | "failed"} state
 * @property {number} loaded bytes
 * @property {File} [file] the chosen one, while there is no copy
 * @property {ImageBitmap} [small]
 * @property {AbortController} [stop]
 * @property {boolean} [again] it can be tried again
 * @property {boolean} [lost] it broke off, and waits for the connection
 * @property {boolean} [told] the console knows where it is
 */


/** The server keeps an upload for a day. */
const FRESH_MS = 20 * 3_600_000;

/** @type {Map<string, Item>} */
export const items = new Map();

/** What all that has to do with files shares, once it has begun. */
export const desk = {
  /** @type {import("./texts.mjs").Said} */
  said: {},
  me: "",
  /** Told of each change. @type {(item: Item, onlyMoved?: boolean) => void} */
  changed: () => {},
  /** Says something in a chat. @type {(room: string, words: string) => void} */
  note: () => {},
};

/** @param {Item} record @returns {Item["state"]} */
export function state({ media, failed, done }) {
  if (done || (media && Date.now() - media.at < FRESH_MS)) return "ready";
  return failed ? "failed" : "waiting";
}

/** @param {string} id */
export const find = (id) => items.get(id);

/** What the composer of a chat holds, in order. @param {string} room */
export const drafts = (room) =>
  [...items.values()].filter((item) => item.room === room && !item.sent && !item.done).sort((a, b) => a.at - b.at);

/** The files of a chat that messages wait for, in order. @param {string} room */
export const carried = (room) =>
  [...items.values()].filter((item) => item.room === room && item.sent && !item.done && item.state !== "failed").sort((a, b) => a.at - b.at);

/** Forgets what the store has of it. @param {Item} item */
export async function discard({ id, bytes, size }) {
  await store.drop(id, bytes, size).catch(() => undefined);
}

/** @param {Item} item */
export async function save({ state: _, loaded: _l, file, small, stop, again, told, lost, ...record }) {
  flag();
  // Without its bytes it would be of no use to a later page.
  if (record.sums || record.media) await store.keep(record);
}

/** Tells who signs out that something waits. */
export function flag() {
  const waits = [...items.values()].some((item) => !item.done);
  try {
    if (waits) localStorage.setItem(`sala.${desk.me}.files`, "1");
    else localStorage.removeItem(`sala.${desk.me}.files`);
  } catch {
    // Forbidden.
  }
}

/** Tells the console, which listens on the window. @param {Item} item @param {...string} what */
export function say({ id }, ...what) {
  const detail = [id, ...what].join(" ");
  queueMicrotask(() => dispatchEvent(new CustomEvent("sala-upload", { detail })));
}
