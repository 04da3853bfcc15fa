// All files that were chosen and are not with the customer yet: in composers, and as bubbles whose
// messages wait for them. What decides the order in which messages leave is the console's outbox.
import { fail, hasten } from "./bring.mjs";
import { desk, discard, drafts, flag, items, save, say, state } from "./items.mjs";
import { kept as packed, bitmap, look } from "./look.mjs";
import * as store from "./store.mjs";
import { fill } from "../parts/said.mjs";
import { uuid } from "../parts/uuid.mjs";

/** @typedef {import("./items.mjs").Item} Item */

const DAY_MS = 24 * 3_600_000;
/** No copy takes so long. */
const COPYING_MS = 3_600_000;
const MB = 1 << 20;

/** What was kept by earlier pages is here. @type {Promise<void> | undefined} */
let begun;

/**
 * @param {import("./texts.mjs").Said} said
 * @param {string} me
 * @param {Pick<typeof desk, "changed" | "note">} hear
 */
export function begin(said, me, { changed, note }) {
  begun ??= (async () => {
    Object.assign(desk, { said, me, changed, note });
    for (const record of await store.all().catch(() => [])) {
      if (record.me === me) await restored(record).catch(() => undefined);
    }
    flag();
  })();
  return begun;
}

/** A file of an earlier page. @param {Item} record */
async function restored(record) {
  if (items.has(record.id)) return;
  // Its page ended before the copy was whole, unless another one is at it.
  if (!record.sums && !record.media) return Date.now() - record.at > COPYING_MS ? discard(record) : undefined;
  if (record.done && Date.now() - (record.media?.at ?? 0) > DAY_MS) return discard(record);
  if (record.sent && !record.done && orphaned(record.id)) {
    if (record.media) return discard(record);
    // Its message never left: the browser had no room for it.
    record.sent = false;
  }
  const small = record.thumb && (await bitmap(new Blob([record.thumb])).catch(() => undefined));
  const item = { ...record, state: state(record), loaded: 0, small, again: Boolean(record.sums) };
  items.set(item.id, item);
  desk.changed(item);
  if (item.state === "waiting") hasten();
}

/**
 * Whether no message waits for it any more, as when its page ended between the server's answer and
 * the store's. It would count among what waits for ever.
 * @param {string} id
 */
function orphaned(id) {
  try {
    return localStorage.getItem(`sala.${desk.me}.queue.${id}`) === null;
  } catch {
    // Forbidden: nobody knows.
    return false;
  }
}

/** Takes in what was chosen. @param {string} room @param {File[]} files */
export async function add(room, files) {
  await begun;
  for (const file of files) {
    const no = refused(file);
    if (no) desk.note(room, fill(no, file.name));
    else void take(room, file);
  }
}

/** @param {File} file @returns {string | undefined} why it is not even tried */
function refused({ size, type }) {
  const most = type.startsWith("image/") ? 50 : /^(audio|video)\//.test(type) ? 200 : 100;
  if (size > most * MB) return desk.said.too_large;
  if (size === 0) return desk.said.empty;
  const waiting = [...items.values()].filter((item) => !item.done);
  return waiting.reduce((sum, item) => sum + item.size, size) > store.ALL_MAX ? desk.said.full : undefined;
}

let last = 0;

/** @param {string} room @param {File} file */
async function take(room, file) {
  last = Math.max(last + 1, Date.now());
  const { name, type, size } = file;
  /** @type {Item} */
  const item = { id: uuid(), bytes: uuid(), me: desk.me, room, at: last, name, type, size, kind: "file", sent: false, state: "copying", loaded: 0, file };
  items.set(item.id, item);
  desk.changed(item);
  const { instead, asks, small, preview, ...seen } = await look(file);
  Object.assign(item, seen, { small });
  if (instead) Object.assign(item, { file: instead, name: instead.name, type: instead.type, size: instead.size });
  item.thumb = small && (await packed(small).catch(() => undefined));
  item.preview = await preview?.arrayBuffer();
  if (asks) item.state = "asks";
  desk.changed(item);
  if (!asks) await copy(item);
}

/** Puts a copy into the store, which all tries read from then on. @param {Item} item */
async function copy(item) {
  item.state = "copying";
  desk.changed(item);
  try {
    const { id, me, bytes, at, size } = item;
    await store.keep({ id, me, bytes, at, size });
    item.sums = await store.copy(item.bytes, /** @type {File} */ (item.file));
    await save(item);
    item.file = undefined;
  } catch (error) {
    if (error instanceof store.Unreadable) return fail(item, "validation_error", desk.said.unreadable, false);
    // Full, forbidden or broken: what is chosen goes while the page is open.
    item.sums = undefined;
    void discard(item);
  }
  if (!items.has(item.id)) return void discard(item);
  item.state = "waiting";
  item.again = true;
  desk.changed(item);
  hasten();
}

/** Hands what a composer holds over to the outbox, each as a `file` event of the form. @param {HTMLElement} form */
export function handOver(form) {
  for (const item of drafts(form.dataset.room ?? "")) {
    if (item.state === "failed" || item.state === "asks") continue;
    const detail = [item.id, item.kind, item.size, item.name].join("\n");
    // Refused when too many messages wait.
    if (!form.dispatchEvent(new CustomEvent("file", { detail, cancelable: true }))) break;
    item.sent = true;
    void save(item).catch(() => undefined);
    desk.changed(item);
  }
}

/**
 * What the console has to tell of a message's file.
 * @param {"up" | "gone" | "back"} what
 * @param {string} id
 */
export async function tell(what, id) {
  await begun;
  const item = items.get(id);
  if (what === "up") {
    if (!item) say(/** @type {Item} */ ({ id }), "failed", "validation_error", desk.said.unreadable);
    else if (item.state === "failed" && !item.again) say(item, "failed", "validation_error", item.failed ?? "");
    else carry(item);
  } else if (item) (what === "back" ? back : gone)(item);
}

/** A message waits for this file. @param {Item} item */
function carry(item) {
  const first = !item.told;
  Object.assign(item, { sent: true, told: true });
  if (item.state === "ready" && item.media && (first || !(item.sums || item.file))) return say(item, "done", item.media.id);
  // Asked for a second time: the server did not like what it got.
  if (item.state !== "copying" && item.state !== "uploading") Object.assign(item, { state: "waiting", media: undefined, failed: undefined });
  void save(item).catch(() => undefined);
  desk.changed(item);
  hasten();
}

/** The message is stored or given up. @param {Item} item */
function gone(item) {
  item.stop?.abort();
  if (!item.media) return remove(item.id);
  Object.assign(item, { done: true, file: undefined });
  void save(item)
    .then(() => store.dropPieces(item.bytes, item.size))
    .catch(() => undefined);
}

/** The message was taken back: its file stands in the composer again. @param {Item} item */
function back(item) {
  items.delete(item.id);
  void store.drop(item.id).catch(() => undefined);
  if (item.done) item.sums = undefined;
  // The message's key must never be used again.
  Object.assign(item, { id: uuid(), sent: false, told: false, done: false });
  items.set(item.id, item);
  void save(item).catch(() => undefined);
  desk.changed(item);
  hasten();
}

/** Takes a file away for good. @param {string} id */
export function remove(id) {
  const item = items.get(id);
  if (!item) return;
  items.delete(id);
  item.stop?.abort();
  if (item.sent && !item.done) say(item, "cancel");
  void discard(item);
  flag();
  desk.changed(item);
}

/** Tries a file once more. @param {Item} item */
export function again(item) {
  Object.assign(item, { state: "waiting", failed: undefined });
  desk.changed(item);
  hasten();
}

/** Sends what cannot be shown as a picture as a file. @param {Item} item */
export const asFile = (item) => copy(item);

/** Moves a file by one place among those of its composer. @param {Item} item @param {1 | -1} by */
export function move(item, by) {
  const all = drafts(item.room);
  const other = all[all.indexOf(item) + by];
  if (!other) return;
  [item.at, other.at] = [other.at, item.at];
  for (const one of [item, other]) void save(one).catch(() => undefined);
  desk.changed(item);
}
