// Sending files: what starts it. The console loads this when it has come to rest or is first asked for
// it; the rest comes with the first file, or when some wait from an earlier page. Why it is not part of
// the wasm is in docs/decisions.md.
import { choose, PICTURES } from "./choose.mjs";
import { watchDrags } from "./drop.mjs";
import { read } from "./texts.mjs";
import { watchSheets } from "../parts/sheet.mjs";

/** @type {import("./texts.mjs").Said} */
let said;
let me = "";
let isReachable = false;
/** @typedef {{ shelf: typeof import("./shelf.mjs"), faces: typeof import("./faces.mjs") }} Rest */
/** @type {Promise<Rest> | undefined} */
let loading;
/** @type {Rest | undefined} */
let loaded;
/** @type {(value?: unknown) => void} */
let hasBegun;
const beginning = new Promise((resolve) => (hasBegun = resolve));

/**
 * What the console calls; it may do so many times.
 * @param {"start" | "attach" | "photos"} what
 * @param {Element} from the button
 * @param {string} facts who works here, and whether LINE reaches us, one a line
 */
export async function open(what, from, facts) {
  begin(facts, await read());
  const form = from.closest("form");
  if (what !== "start" && form) ask(form, what === "photos" ? PICTURES : undefined);
}

/**
 * What became of a message that carries a file.
 * @param {"up" | "gone" | "back"} what
 * @param {string} id
 */
export function tell(what, id) {
  void beginning.then(rest).then(({ shelf }) => shelf.tell(what, id), () => undefined);
}

/** @param {string} facts @param {import("./texts.mjs").Said} texts */
function begin(facts, texts) {
  if (said) return;
  const [operator, reachable] = facts.split("\n");
  [me, isReachable, said] = [operator, reachable === "true", texts];
  watchDrags(said, composer, why, add);
  watchSheets();
  document.addEventListener("paste", pasted);
  document.addEventListener("take", taken, true);
  addEventListener("keydown", (event) => {
    const form = composer();
    if (event.code !== "KeyA" || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey || !form) return;
    event.preventDefault();
    ask(form);
  });
  document.documentElement.dataset.attach = "";
  let waits = null;
  try {
    waits = localStorage.getItem(`sala.${me}.files`);
  } catch {
    // Forbidden.
  }
  if (waits) rest().catch(() => undefined);
  hasBegun();
}

/** One sends: what the composer holds goes along, at once. @param {Event} event */
function taken(event) {
  const form = event.target instanceof Element && event.target.closest("form");
  if (!form || !loaded) return;
  loaded.shelf.handOver(form);
  loaded.faces.put(form.dataset.room ?? "");
}

/** What is needed once there are files. */
function rest() {
  loading ??= Promise.all([import("./shelf.mjs"), import("./faces.mjs")]).then(async ([shelf, faces]) => {
    faces.begin(said);
    await shelf.begin(said, me, faces);
    return (loaded = { shelf, faces });
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/** Where one writes, if to a customer. @returns {HTMLFormElement | null} */
const composer = () => document.querySelector("form.composer[data-mode=reply]");

/** Why no file can be sent from here; nothing when it can. */
function why() {
  if (!isReachable) return said.no_https;
  if (composer()) return;
  return document.querySelector(".claim-bar") ? said.not_mine : said.no_note;
}

/** Has files chosen, or says why not. @param {HTMLFormElement} form @param {string} [accept] of these kinds alone */
function ask(form, accept) {
  const no = why();
  if (no) void note(form, no);
  else choose(form, said, add, accept);
}

/** @param {HTMLElement} form @param {string} words */
const note = (form, words) =>
  rest().then(
    ({ faces }) => faces.note(form.dataset.room ?? "", words),
    () => missing(form),
  );

/** @param {HTMLElement} form @param {File[]} files */
function add(form, files) {
  const room = form.dataset.room ?? "";
  if (files.length === 0) return;
  rest().then(
    ({ shelf }) => shelf.add(room, files),
    () => missing(form),
  );
}

/** The console says so. @param {HTMLElement} form */
const missing = (form) => form.dispatchEvent(new CustomEvent("files", { detail: "missing" }));

/**
 * Words that are pasted stay words, also when a picture of them lies beside (as spreadsheets do it).
 * @param {ClipboardEvent} event
 */
function pasted(event) {
  const form = composer();
  const target = /** @type {Element} */ (event.target);
  const files = [...(event.clipboardData?.files ?? [])];
  // Other fields take their own.
  if (!form || files.length === 0 || (target.closest?.("input, textarea, dialog") && !form.contains(target))) return;
  const no = why();
  if (event.clipboardData?.getData("text/plain").trim()) {
    const picture = files.find(({ type }) => type.startsWith("image/"));
    if (picture && !no) void rest().then(({ faces }) => faces.offer(form.dataset.room ?? "", picture));
    return;
  }
  event.preventDefault();
  if (no) void note(form, no);
  else add(form, files);
}
