// The list with a filter. What fits only the server can say, so it is asked again whenever something has been told that
// may matter; the console shows what it answered, in its order.
import { call } from "../parts/call.mjs";
import { openRoom } from "../parts/way.mjs";
import { here, isNarrow, isSame, onMove } from "./address.mjs";

/** How long tellings are gathered before the list is asked for again, in milliseconds. */
const GATHER_MS = 250;
/** How often it is asked for without a telling: there may be no socket. */
const EVERY_MS = 15_000;
/** Rows of a page. */
const PAGE = 50;

/**
 * @typedef {{ room: string }} Conversation
 * @typedef {Record<"waiting" | "mine" | "all" | "closed", number>} Counts
 */

/** What the console shows at present: of which place, and which rows of it. */
let shown = { place: here(), rows: /** @type {Conversation[]} */ ([]), narrow: false, kept: "" };
/** Grows with each question; older answers are dropped. */
let turn = 0;
/** @type {number | undefined} */
let timer;
/** @type {(counts: Counts | null) => void} */
let counted = () => {};

/** @param {string} page as JSON, or nothing */
function give(page) {
  window.dispatchEvent(new CustomEvent("sala-narrowed", { detail: page }));
}

/** @param {number} rows at least so many, where there are */
async function ask(rows) {
  const place = here();
  const mine = (turn += 1);
  if (!isNarrow(place)) {
    if (shown.narrow) give("");
    shown = { place, rows: [], narrow: false, kept: "" };
    counted(null);
    return;
  }
  /** @type {Conversation[]} */
  const conversations = [];
  let cursor;
  let counts;
  do {
    const asked = { ...place, cursor, limit: PAGE };
    const page = await call("conversations", asked).catch(() => undefined);
    // Asked anew meanwhile; or out of reach, and what is shown stays.
    if (mine !== turn || !page) return;
    conversations.push(...page.conversations);
    ({ cursor, counts } = page);
  } while (cursor && conversations.length < rows);
  const kept = keep(conversations, place);
  shown = { place, rows: conversations, narrow: true, kept };
  give(JSON.stringify({ conversations, counts, cursor }));
  counted(counts);
}

/**
 * The chat that one reads stays among the unread ones until one leaves it.
 * @param {Conversation[]} conversations
 * @param {import("./address.mjs").Place} place
 */
function keep(conversations, place) {
  const room = openRoom();
  const at = shown.rows.findIndex((one) => one.room === room);
  if (!place.filter.unread || at < 0 || !isSame(place, shown.place) || conversations.some((one) => one.room === room)) return "";
  conversations.splice(at, 0, shown.rows[at]);
  return room;
}

/** Asks soon; what comes until then is answered along. */
function soon() {
  if (timer !== undefined || !isNarrow(here())) return;
  timer = window.setTimeout(() => {
    timer = undefined;
    void ask(shown.rows.length);
  }, GATHER_MS);
}

/** The address has changed, or may have. */
function went() {
  const place = here();
  if (!isSame(place, shown.place) || isNarrow(place) !== shown.narrow) void ask(0);
  else if (shown.kept && shown.kept !== openRoom()) void ask(shown.rows.length);
}

/**
 * Follows the address and what is told, from now on.
 * @param {(counts: Counts | null) => void} heard the counts of all lists for the filter
 */
export function beginNarrowing(heard) {
  counted = heard;
  onMove(went);
  window.addEventListener("sala-told", soon);
  window.addEventListener("sala-more", () => void ask(shown.rows.length + 1));
  window.setInterval(soon, EVERY_MS);
  void ask(0);
}
