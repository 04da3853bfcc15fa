// What happened with the customer: the steps of the newest case, and earlier cases, which open in place.
import { make } from "../parts/dom.mjs";
import { call } from "../parts/call.mjs";
import { fill } from "../parts/said.mjs";
import { since } from "../parts/way.mjs";

/** @typedef {import("./customer.mjs").Customer} Customer */
/** @typedef {import("./customer.mjs").Said} Said */
/**
 * @typedef {object} Session
 * @property {string} id
 * @property {"waiting" | "active" | "closed"} status
 * @property {{ name: string }} [operator]
 * @property {string} opened_at
 * @property {string} [claimed_at]
 * @property {string} [first_response_at]
 * @property {string} [closed_at]
 * @property {number} [csat]
 * @typedef {{ id: string, kind: string, direction: "in" | "out", status?: string, text?: string, created_at: string, sender: { kind?: string } }} Line
 */

/** So many lines of an earlier case are shown. */
const LINES = 30;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const language = () => (document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang);

/** How long something took, in the reader's language. @param {string} from @param {string | undefined} to */
function length(from, to) {
  const ms = Math.max(0, Date.parse(to ?? new Date().toISOString()) - Date.parse(from));
  /** @type {[number, string]} */
  const [count, unit] = ms >= DAY ? [ms / DAY, "day"] : ms >= HOUR ? [ms / HOUR, "hour"] : ms >= MINUTE ? [ms / MINUTE, "minute"] : [ms / 1_000, "second"];
  const format = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 };
  return new Intl.NumberFormat(language(), /** @type {Intl.NumberFormatOptions} */ (format)).format(Math.floor(count));
}

/** The time of today, else the day. @param {string} at */
function short(at) {
  const [moment, now] = [new Date(at), new Date()];
  const page = document.documentElement;
  const hour12 = page.dataset.clock === "12";
  if (moment.toDateString() === now.toDateString()) return new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", hour12 }).format(moment);
  const calendar = page.lang === "th" && page.dataset.years !== "buddhist" ? "gregory" : undefined;
  const year = moment.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", year, calendar }).format(moment);
}

/** @param {string} at */
const time = (at) => make("time", { datetime: at }, short(at));

/**
 * The steps of the newest case, newest first.
 * @param {string | null} session as the console tells: status, owner, and when it was opened, claimed, answered
 *   first and closed, one a line
 * @param {Said} said
 * @param {Session} [newest] the same as the server knows it, once it is here
 */
export function timeline(session, said, newest) {
  const head = make("h3", {}, said.this_case);
  if (!session) return [head, make("p", { class: "muted" }, said.no_case)];
  const [status, name, opened, claimed, answered, closed] = session.split("\n");
  const owner = name || said.someone;
  /** @type {[string, string][]} */
  const steps = [];
  if (status === "waiting") steps.push([said.tl_waiting, opened]);
  else if (status === "active") steps.push([fill(said.tl_answering, owner), claimed || opened]);
  else steps.push([said.tl_closed, closed || opened]);
  const score = newest?.opened_at === opened ? newest.csat : undefined;
  if (score) steps[0][0] = `${steps[0][0]} · ${fill(said.rated, String(score))}`;
  if (answered) steps.push([fill(said.first_answer, length(opened, answered)), answered]);
  // Only an operator's reopening is a claim at the same moment.
  const reopened = claimed === opened;
  if (claimed && !reopened) steps.push([fill(said.tl_claimed, owner, length(opened, claimed)), claimed]);
  steps.push([reopened ? said.tl_reopened : said.tl_opened, opened]);
  const rows = steps.map(([words, at], place) => make("li", { "data-now": place === 0 ? "" : undefined }, make("span", {}, words), time(at)));
  return [head, make("ol", { class: "timeline" }, ...rows)];
}

/**
 * The cases before the newest one.
 * @param {Customer} customer
 * @param {string} room
 * @param {Said} said
 */
export function earlier({ sessions }, room, said) {
  const past = sessions.slice(1);
  const count = past.length > 0 ? [make("span", { class: "count" }, String(past.length))] : [];
  const head = make("h3", {}, said.earlier, ...count);
  if (past.length === 0) return [head, make("p", { class: "muted" }, said.first_case)];
  return [head, make("ul", { class: "past" }, ...past.map((session) => row(session, room, said)))];
}

/** @param {Session} session @param {string} room @param {Said} said */
function row(session, room, said) {
  const lasted = length(session.opened_at, session.closed_at);
  const words = session.operator ? fill(said.case_by, session.operator.name, lasted) : fill(said.case_by_nobody, lasted);
  const first = session.first_response_at ? [make("small", {}, fill(said.first_answer, length(session.opened_at, session.first_response_at)))] : [];
  const rated = session.csat ? [make("small", {}, fill(said.rated, String(session.csat)))] : [];
  const button = make("button", { type: "button", class: "past__open", "aria-expanded": "false" }, make("span", {}, words), time(session.opened_at), ...first, ...rated);
  const place = make("ol", { hidden: true });
  const item = make("li", {}, button, place);
  button.addEventListener("click", async () => {
    const isOpen = place.hidden;
    place.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && place.childElementCount === 0) await show(place, session, room, said);
  });
  return item;
}

/** @param {HTMLElement} place @param {Session} session @param {string} room @param {Said} said */
async function show(place, session, room, said) {
  place.replaceChildren(make("li", {}, make("span", { class: "skeleton skeleton--line" })));
  try {
    const page = await call("thread", { room, after: since(new Date(session.opened_at)) });
    /** @type {Record<string, string>} */
    const kinds = { image: said.photo, video: said.video, audio: said.audio, file: said.file, sticker: said.sticker, location: said.location };
    const until = session.closed_at ? Date.parse(session.closed_at) : Infinity;
    /** @type {Line[]} */
    const lines = page.messages.filter((/** @type {Line} */ line) => line.kind !== "event" && Date.parse(line.created_at) <= until);
    place.replaceChildren(...lines.slice(0, LINES).map((line) => make("li", { class: "past-line", "data-out": line.direction === "out" ? "" : undefined, dir: "auto" }, line.text || kinds[line.kind] || said.card)));
  } catch {
    place.replaceChildren(make("li", { class: "muted" }, said.not_loaded));
  }
}
