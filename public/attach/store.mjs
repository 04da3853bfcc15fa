// Files that wait to be sent, in this browser's IndexedDB: as pieces with a sum each, read by their
// key alone. Blobs are not trusted with it: some browsers lose what a stored Blob points to.

/** Bytes of a piece, at most. */
const PIECE = 4 << 20;
/** All files that wait together have at most so many bytes. */
export const ALL_MAX = 200 << 20;
/** A database that takes longer than this for one piece has stopped. */
const PATIENCE_MS = 20_000;

/** What was chosen cannot be read, or not any more. */
export class Unreadable extends Error {}

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

function base() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("sala-files", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("files", { keyPath: "id" });
      asked.result.createObjectStore("pieces");
    };
    asked.onsuccess = () => {
      const forget = () => (opening = undefined);
      asked.result.onclose = forget;
      asked.result.onversionchange = () => {
        forget();
        asked.result.close();
      };
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => reject(asked.error ?? new Error("blocked"));
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

/**
 * Does something in one transaction, and answers when it is done for good.
 * @param {"readonly" | "readwrite"} mode
 * @param {"files" | "pieces"} where
 * @param {(store: IDBObjectStore) => IDBRequest} what
 * @returns {Promise<any>}
 */
async function within(mode, where, what) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
  const done = base().then(
    (db) =>
      new Promise((resolve, reject) => {
        const change = db.transaction(where, mode);
        const asked = what(change.objectStore(where));
        change.oncomplete = () => resolve(asked.result);
        change.onabort = change.onerror = () => reject(change.error ?? new Error("aborted"));
      }),
  );
  return Promise.race([done, late]);
}

/** What is known of a file, without its bytes. @param {object} record with its `id` */
export const keep = (record) => within("readwrite", "files", (files) => files.put(record));

/** @param {string} id */
export const find = (id) => within("readonly", "files", (files) => files.get(id));

/** @returns {Promise<any[]>} */
export const all = () => within("readonly", "files", (files) => files.getAll());

/**
 * Forgets a file, and its pieces if their name is given.
 * @param {string} id
 * @param {string} [bytes]
 * @param {number} [size]
 */
export async function drop(id, bytes, size) {
  await within("readwrite", "files", (files) => files.delete(id));
  if (bytes) await dropPieces(bytes, size ?? 0);
}

/** @param {string} bytes @param {number} size */
export async function dropPieces(bytes, size) {
  for (let at = 0; at * PIECE < size; at += 1) await within("readwrite", "pieces", (all) => all.delete(`${bytes}/${at}`));
}

/**
 * Copies a file, and reads the copy once to be certain of it.
 * @param {string} name
 * @param {Blob} file
 * @returns {Promise<number[]>} the pieces' sums
 */
export async function copy(name, file) {
  const sums = [];
  for (let from = 0; from < file.size; from += PIECE) {
    const piece = await read(file.slice(from, from + PIECE));
    await within("readwrite", "pieces", (all) => all.put(piece, `${name}/${sums.length}`));
    sums.push(sum(piece));
  }
  for (let at = 0; at < sums.length; at += 1) await verified(name, at, sums[at]);
  return sums;
}

/** The copy, whole. @param {string} name @param {number[]} sums @param {string} type */
export async function bytes(name, sums, type) {
  const parts = [];
  // One piece after the other becomes a Blob, which browsers keep on the disk when it is large.
  for (let at = 0; at < sums.length; at += 1) parts.push(new Blob([await verified(name, at, sums[at])]));
  return new Blob(parts, { type });
}

/** @param {Blob} part @returns {Promise<ArrayBuffer>} */
export async function read(part) {
  try {
    const bytes = await part.arrayBuffer();
    if (bytes.byteLength === part.size) return bytes;
  } catch {
    // Changed, taken away, or never here.
  }
  throw new Unreadable();
}

/** @param {string} name @param {number} at @param {number} known */
async function verified(name, at, known) {
  const piece = await within("readonly", "pieces", (all) => all.get(`${name}/${at}`));
  if (!(piece instanceof ArrayBuffer) || sum(piece) !== known) throw new Error("another piece came back");
  return piece;
}

/** FNV-1a over words of four bytes: for mistakes of the store, not against anybody. @param {ArrayBuffer} piece */
function sum(piece) {
  let hash = 0x811c9dc5 ^ piece.byteLength;
  const words = new Uint32Array(piece, 0, piece.byteLength >> 2);
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words[at], 0x01000193);
  for (const byte of new Uint8Array(piece, words.length * 4)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
