// Until when the LINE account of the open chat is closed, behind the line that says whose chat it is. The server says when
// it is open; the page is told of each change of the settings, and asks again when a stretch ends.
import { call } from "../parts/call.mjs";
import { fill } from "../parts/said.mjs";
import { inWords } from "./moments.mjs";
import { said } from "./said.mjs";

/** The clock of this browser may be off, and tellings may be missed. */
const EVERY_MS = 5 * 60_000;

/** @typedef {{ channel: string, open: boolean, until?: string }} Opening */
/** @type {Map<string, Opening>} */
let openings = new Map();
/** When it is asked again, on this browser's clock. */
let again = 0;

async function ask() {
  again = Date.now() + EVERY_MS;
  /** @type {Opening[] | undefined} */
  const all = await call("opening", {}).catch(() => undefined);
  if (!all) return;
  openings = new Map(all.map((one) => [one.channel, one]));
  for (const { until } of all) {
    // A moment that is over by this clock alone is asked for no more than once a minute.
    if (until) again = Math.min(again, Math.max(Date.parse(until), Date.now() + 60_000));
  }
  draw();
}

function draw() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".thread-head__hours"));
  if (!place) return;
  const now = openings.get(place.dataset.account ?? "");
  let words = "";
  if (now && !now.open) words = now.until ? fill(said.closed_until, inWords(new Date(now.until))) : said.closed_now;
  if (words) words = `· ${words}`;
  if (place.textContent !== words) place.textContent = words;
}

/** @param {CustomEvent} event a frame, or how the server can be heard */
function hear({ type, detail }) {
  if (type === "sala-connection" ? detail : /"section":"(hours|team)"/.test(detail)) void ask();
}

/** Says it from now on. */
export function beginHours() {
  for (const name of ["sala-frame", "sala-connection"]) window.addEventListener(name, /** @type {EventListener} */ (hear));
  window.setInterval(() => (Date.now() >= again ? void ask() : draw()), 1_000);
  void ask();
}
