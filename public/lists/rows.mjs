// What is put on the console's rows: until when a chat is put off, in which one a note names the reader, what is selected.
// And a row that is new in the list slides in.
import { call } from "../parts/call.mjs";
import { fill } from "../parts/said.mjs";
import { here, onMove, written } from "./address.mjs";
import { drop } from "./choose.mjs";
import { inWords } from "./moments.mjs";
import { said } from "./said.mjs";

/** Words change with the day, and tellings may be missed. */
const EVERY_MS = 60_000;
/** More new rows at once are another list, or the end of one. */
const SLIDE_MOST = 3;
const SLIDE_MS = 180;

/** The chats with unread notes that name the reader. @type {Set<string>} */
let mentioned = new Set();
/** The rooms that were on the page, and of which list. @type {Set<string>} */
let known = new Set();
let list = "";

/** @type {HTMLElement} */
let root;

/** @param {HTMLElement} row @param {string} name @param {string | undefined} value */
function put(row, name, value) {
  if (row.getAttribute(name) === (value ?? null)) return;
  if (value === undefined) row.removeAttribute(name);
  else row.setAttribute(name, value);
}

function draw() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-until]"))) {
    const words = fill(said.until, inWords(new Date(place.dataset.until ?? "")));
    if (place.textContent !== words) place.textContent = words;
  }
  for (const row of /** @type {HTMLCollectionOf<HTMLElement>} */ (root.children)) {
    const is = mentioned.has(row.dataset.room ?? "");
    put(row, "data-mentioned", is ? "" : undefined);
    put(row, "aria-description", is ? said.mentioned : undefined);
  }
}

/** Rows that were not in the list before come in from above. */
function slide() {
  const rows = /** @type {HTMLElement[]} */ ([...root.children]);
  const now = written(here());
  const come = list === now ? rows.filter((row) => !known.has(row.dataset.room ?? "")) : [];
  [known, list] = [new Set(rows.map((row) => row.dataset.room ?? "")), now];
  if (come.length > SLIDE_MOST || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const row of come) row.animate([{ opacity: 0, translate: "0 -12px" }, {}], { duration: SLIDE_MS, easing: "ease-out" });
}

async function fetchMentions() {
  /** @type {{ room: string }[] | undefined} */
  const all = await call("mentions", {}).catch(() => undefined);
  if (!all) return;
  mentioned = new Set(all.map(({ room }) => room));
  draw();
}

/** Watches them from now on. @param {HTMLElement} rows */
export function beginRows(rows) {
  root = rows;
  let waits = false;
  const later = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      slide();
      draw();
      drop();
    });
  };
  // A row may take another chat over.
  new MutationObserver(later).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-room", "data-until"] });
  window.addEventListener("sala-mentions", () => void fetchMentions());
  onMove(later);
  setInterval(() => (draw(), void fetchMentions()), EVERY_MS);
  later();
  void fetchMentions();
}
