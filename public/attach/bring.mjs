// Brings files to the server, two at a time, in the order in which they were chosen.
import { desk, items, save, say, state } from "./items.mjs";
import * as store from "./store.mjs";
import { ask, upload } from "./upload.mjs";

/** @typedef {import("./items.mjs").Item} Item */

/** So many files go at once. */
const AT_ONCE = 2;
/** So often one file may break off while the server is there. */
const RESETS_MAX = 4;
/** So often the server may fail with one file. */
const FAULTS_MAX = 4;

/** @type {Set<Item>} */
const underway = new Set();

/** Sends the next ones, in the order in which they were chosen. */
export function hasten() {
  const waiting = [...items.values()].filter((item) => item.state === "waiting" && !item.done && !underway.has(item));
  for (const item of waiting.sort((a, b) => a.at - b.at).slice(0, Math.max(0, AT_ONCE - underway.size))) {
    underway.add(item);
    void alone(item, () => bring(item))
      .catch(() => fail(item, "validation_error", desk.said.unreadable, false))
      .finally(() => {
        underway.delete(item);
        hasten();
      });
  }
}

/** One tab at a time sends a file; the next one finds that it is there. @param {Item} item @param {() => Promise<void>} work */
function alone(item, work) {
  if (!navigator.locks || !item.sums) return work();
  return navigator.locks.request(`sala-file-${item.id}`, async () => {
    const record = await store.find(item.id).catch(() => undefined);
    if (record?.media && state(record) === "ready" && record.media.at > (item.media?.at ?? 0)) there(item, record.media.id);
    else await work();
  });
}

/** Sends a file until it is there or will never be. @param {Item} item */
async function bring(item) {
  let [resets, faults] = [0, 0];
  for (let wait = 500; items.has(item.id); wait = Math.min(30_000, wait * 2)) {
    const file = item.sums ? await store.bytes(item.bytes, item.sums, item.type) : await present(item);
    const end = await tried(item, file);
    if (!items.has(item.id) || item.done) return;
    if ("media" in end) return there(item, end.media);
    Object.assign(item, { state: "waiting", loaded: 0, lost: "lost" in end });
    desk.changed(item);
    if ("code" in end) {
      faults += 1;
      if (end.code !== "internal_error" || faults > FAULTS_MAX) return fail(item, end.code, end.message);
      await pause(wait);
    } else if ("later" in end) await pause(end.later);
    else {
      // Was it the network, or this very file? A file that is not taken is not sent once more.
      const asked = await answered(item);
      if (asked === undefined) return;
      if (typeof asked === "object") return fail(item, asked.code, asked.message);
      resets = asked ? resets + 1 : 0;
      if (resets > RESETS_MAX) return fail(item, "validation_error", desk.said.broken);
      await pause(wait);
    }
  }
}

/** @param {Item} item @param {Blob} file */
function tried(item, file) {
  item.stop = new AbortController();
  item.state = "uploading";
  desk.changed(item);
  const preview = item.preview && new Blob([item.preview], { type: "image/jpeg" });
  const moved = (/** @type {number} */ loaded) => {
    item.loaded = loaded;
    desk.changed(item, true);
  };
  return upload({ room: item.room, name: item.name, file, preview, signal: item.stop.signal, moved });
}

/** The chosen file itself, if it can still be read. @param {Item} item */
async function present({ file }) {
  if (!file) throw new store.Unreadable();
  await store.read(file.slice(0, 1));
  return file;
}

/**
 * Waits until the server answers. Says whether it was there at once, or why it does not take the file;
 * nothing when nobody wants it any more.
 * @param {Item} item
 */
async function answered(item) {
  for (let [wait, first] = [1_000, true]; items.has(item.id); [wait, first] = [Math.min(15_000, wait * 2), false]) {
    const asked = await ask(item.room, item.size);
    if (asked === "taken") return first;
    if ("code" in asked && asked.code !== "internal_error") return asked;
    await pause("later" in asked ? asked.later : wait);
  }
}

/** @type {(() => void)[]} */
const wake = [];
addEventListener("online", () => wake.splice(0).forEach((again) => again()));

/** Until then, or until the network is back. @param {number} ms @returns {Promise<void>} */
const pause = (ms) =>
  new Promise((resolve) => {
    wake.push(resolve);
    setTimeout(resolve, ms);
  });

/** @param {Item} item @param {string} media */
function there(item, media) {
  item.media = { id: media, at: Date.now() };
  item.state = "ready";
  item.failed = undefined;
  void save(item).catch(() => undefined);
  desk.changed(item);
  if (item.sent) say(item, "done", media);
}

/**
 * @param {Item} item
 * @param {string} code
 * @param {string} message
 */
export function fail(item, code, message, again = true) {
  item.state = "failed";
  item.failed = desk.said[code] ?? (message || desk.said.internal_error);
  item.again = again;
  void save(item).catch(() => undefined);
  desk.changed(item);
  if (item.sent) say(item, "failed", code, message || item.failed);
}
