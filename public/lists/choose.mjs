// Selecting several rows: `x`, Shift and a click, a long press; then each click. The console draws rows and knows nothing
// of it; what is selected is kept here by room, and put on the rows whenever they change.
import { call } from "../parts/call.mjs";
import { fill } from "../parts/said.mjs";
import { said } from "./said.mjs";
import { toast } from "./toast.mjs";

/** How long a finger rests on a row to select it, in milliseconds, and how far it may move, in pixels. */
const PRESS_MS = 500;
const PRESS_PX = 10;
/** Most chats of one call. */
const MOST = 100;

/**
 * A row of the list: the `rev` at which it was seen, and whose the chat is.
 * @typedef {{ rev: number, whose: "nobody" | "waiting" | "mine" | "other" }} Seen
 * @typedef {{ room: string, ok: boolean, error?: { code: string, message: string } }} Outcome
 */

/** What is selected. @type {Map<string, Seen>} */
export const chosen = new Map();
/** From where a range is selected, and where keys go on. @type {string | undefined} */
let anchor;
/** @type {() => void} */
let changed = () => {};
/** Something is being done with them. */
let busy = false;
/** @type {HTMLElement} */
let list;

/** All rooms of the list that is shown, also those far off the screen. @returns {Map<string, Seen>} */
export function all() {
  /** @type {Map<string, Seen>} */
  const rooms = new Map();
  const heard = (/** @type {any} */ event) => {
    for (const line of event.detail.split("\n")) {
      const [room, rev, whose] = line.split(" ");
      if (room) rooms.set(room, { rev: Number(rev), whose });
    }
  };
  window.addEventListener("sala-rooms", heard);
  window.dispatchEvent(new Event("sala-ask"));
  window.removeEventListener("sala-rooms", heard);
  return rooms;
}

/** The rows on the page, in their order. */
const rows = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".row")]);
const roomOf = (/** @type {Element | null | undefined} */ row) => /** @type {HTMLElement} */ (row)?.dataset.room;

/** Puts on the rows what is selected. */
function draw() {
  const some = chosen.size > 0;
  if (!some) anchor = undefined;
  for (const row of rows()) {
    if (some) row.setAttribute("aria-checked", String(chosen.has(roomOf(row) ?? "")));
    else row.removeAttribute("aria-checked");
  }
  if (some) list.setAttribute("aria-multiselectable", "true");
  else list.removeAttribute("aria-multiselectable");
  changed();
}

/** Selects these as well, as they are seen now. @param {(string | undefined)[]} rooms */
function add(rooms) {
  const known = all();
  for (const room of rooms) {
    const seen = known.get(room ?? "");
    if (room && seen && !chosen.has(room)) chosen.set(room, seen);
  }
  draw();
}

/** @param {string} room */
function toggle(room) {
  anchor = room;
  if (chosen.delete(room)) draw();
  else add([room]);
}

/** All from the last one to this. @param {string} room */
function reach(room) {
  const order = rows().map(roomOf);
  const from = order.indexOf(anchor);
  if (from < 0) return toggle(room);
  const to = order.indexOf(room);
  add(order.slice(Math.min(from, to), Math.max(from, to) + 1));
}

export function chooseAll() {
  add([...all().keys()]);
}

export function letGo() {
  chosen.clear();
  draw();
}

/** The row with the focus, or that of the open chat, or the first. */
const current = () => document.activeElement?.closest("#rows .row") ?? list.querySelector(".row[aria-selected=true]") ?? rows()[0];

/** Selects where one is, or lets it go. What `x` does. */
export function chooseHere() {
  const room = roomOf(current());
  if (room) toggle(room);
}

/** Selects on, to the next row or the one before. @param {number} by */
function chooseOn(by) {
  const order = rows();
  const at = Math.max(0, anchor && chosen.has(anchor) ? order.findIndex((row) => roomOf(row) === anchor) : order.indexOf(/** @type {HTMLElement} */ (current())));
  const next = order[at + by] ?? order[at];
  anchor = roomOf(next);
  add([roomOf(order[at]), anchor]);
  next?.focus();
}

/** What is not in the list any more is not selected any more. */
export function drop() {
  if (chosen.size === 0 || busy) return;
  const known = all();
  let gone = 0;
  for (const [room, seen] of chosen) {
    const now = known.get(room);
    if (now) seen.whose = now.whose;
    else gone += Number(chosen.delete(room));
  }
  if (gone > 0) toast("info", fill(said.were_let_go, gone));
  draw();
}

/** @param {MouseEvent} event */
function clicked(event) {
  const room = roomOf(/** @type {Element} */ (event.target).closest?.(".row"));
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.button === 0;
  if (!room || !plain || (!event.shiftKey && chosen.size === 0 && !pressed)) return;
  // The console would open it.
  event.preventDefault();
  event.stopPropagation();
  getSelection()?.removeAllRanges();
  if (event.shiftKey) reach(room);
  // A long press has selected it.
  else if (!pressed) toggle(room);
  pressed = false;
}

/** A finger rested on a row until it was selected; the click that may follow is none. */
let pressed = false;

/** @param {PointerEvent} down */
function touched(down) {
  pressed = false;
  const room = roomOf(/** @type {Element} */ (down.target).closest?.(".row"));
  if (down.pointerType !== "touch" || !room) return;
  const stop = new AbortController();
  const end = () => (clearTimeout(timer), stop.abort());
  const timer = setTimeout(() => {
    stop.abort();
    pressed = true;
    toggle(room);
  }, PRESS_MS);
  const moved = (/** @type {PointerEvent} */ at) => Math.hypot(at.clientX - down.clientX, at.clientY - down.clientY) > PRESS_PX && end();
  list.addEventListener("pointermove", moved, { signal: stop.signal });
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, end, { signal: stop.signal });
}

/**
 * Listens from now on.
 * @param {HTMLElement} root the rows
 * @param {() => void} heard what is selected has changed
 */
export function beginChoosing(root, heard) {
  [list, changed] = [root, heard];
  root.addEventListener("click", clicked, true);
  // Shift would begin to select words.
  root.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());
  root.addEventListener("pointerdown", touched);
  // A browser's own menu for a link, where a finger has just selected the row.
  root.addEventListener("contextmenu", (event) => (pressed || chosen.size > 0) && event instanceof PointerEvent && event.pointerType === "touch" && event.preventDefault());
  root.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    chooseOn(by);
  }, true);
  window.addEventListener("sala-choose", (/** @type {any} */ event) => {
    const by = Number(event.detail);
    if (by) chooseOn(by);
    else chooseHere();
  });
}

/**
 * Does something with all that are selected; what was done is let go.
 * @param {string} action
 * @param {object} [details]
 * @returns {Promise<Outcome[]>}
 */
export async function bulk(action, details = {}) {
  const entries = [...chosen];
  /** @type {Outcome[]} */
  const outcomes = [];
  busy = true;
  try {
    for (let at = 0; at < entries.length; at += MOST) {
      const some = entries.slice(at, at + MOST);
      const revs = Object.fromEntries(some.map(([room, { rev }]) => [room, rev]));
      outcomes.push(...(await call("bulk", { rooms: some.map(([room]) => room), action, revs, ...details })));
    }
  } finally {
    busy = false;
    for (const { room, ok } of outcomes) if (ok) chosen.delete(room);
    draw();
  }
  return outcomes;
}
