// What an operator hears and sees of what happens: sounds, notifications, the number on the icon, pushes.
// Every console loads this once it has taken the page over (`ui::shell`), and nothing of it is in the
// wasm; what the server says comes as the event `sala-frame`, how it can be heard as `sala-connection`.
import { call } from "../parts/call.mjs";
import { fill, said as saidOf } from "../parts/said.mjs";
import { act, openRoom } from "../parts/way.mjs";
import { make } from "../parts/dom.mjs";
import { connected, start as attend } from "./attend.mjs";
import { follow } from "./badge.mjs";
import { isQuiet, Judge } from "./judge.mjs";
import { onClick, register, show, take } from "./notify.mjs";
import { renew } from "./push.mjs";
import { watch } from "./renewed.mjs";
import { isAudible, play, unlockByTouch } from "./sound.mjs";

/** @typedef {import("./judge.mjs").Settings} Settings @typedef {import("./judge.mjs").Told} Told */

/** A chat that nobody has is heard again after so long. */
const AGAIN_MS = 30_000;
/** Sounds of one kind are so far apart: a crowd is no alarm. */
const APART_MS = 1_500;
/** A tab that somebody looks at says so, for the others, for so long. */
const SEEN_MS = 3_000;
const SEEN = "sala.seen";
/** By then LINE has told what a new customer is called. */
const NAMED_MS = 700;

/** @type {Settings} */
let settings = { sound: "bamboo", volume: 70, waiting: "all", mine: true, mentions: true, repeat_waiting: false, push_preview: false };
/** @type {Record<string, string>} */
let said = {};
/** @type {Judge} */
let judge;
/** The server's clock ahead of ours, in milliseconds. */
let ahead = 0;
/** Of several tabs one is heard and one shows notifications. */
let rings = false;
let shows = false;
/** @type {Map<string, number>} */
const heardAt = new Map();
/** @type {HTMLElement | undefined} */
let chip;

const isSeen = () => document.visibilityState === "visible" && document.hasFocus();
const now = () => Date.now() + ahead;

/** Says for the other tabs which chat is looked at here. */
function saySeen() {
  if (isSeen()) localStorage.setItem(SEEN, `${Date.now()} ${openRoom()}`);
}

/** The chat that is looked at in some tab of this browser; empty for none, nothing where none is seen. */
function seenRoom() {
  if (isSeen()) return openRoom();
  const [at, room] = (localStorage.getItem(SEEN) ?? "").split(" ");
  return Math.abs(Date.now() - Number(at)) < SEEN_MS ? room : undefined;
}

/** @param {Told} told */
function ring(told) {
  if (isQuiet(settings.quiet, new Date())) return;
  const last = heardAt.get(told.kind) ?? 0;
  if (Date.now() - last < APART_MS) return;
  heardAt.set(told.kind, Date.now());
  // What tests and other scripts can see of a sound.
  dispatchEvent(new CustomEvent("sala-rings", { detail: told.kind }));
  void play(settings.sound, settings.volume, told.kind === "mine").then((heard) => heard || showChip(true));
}

/** @param {Told} told */
function notify(told) {
  if (isQuiet(settings.quiet, new Date())) return;
  const text = settings.push_preview ? told.text : undefined;
  setTimeout(() => {
    const name = told.kind === "mention" ? told.name : (judge.names.get(told.room) ?? told.name);
    const title = fill(said[`${told.kind}_title`] ?? "{0}", name);
    void show(title, text ?? said[`${told.kind}_text`] ?? "", told.room);
  }, NAMED_MS);
}

/** @param {Told} told */
function tell(told) {
  const seen = seenRoom();
  // Who looks at the chat sees it.
  if (rings && seen !== told.room) ring(told);
  if (shows && seen === undefined) notify(told);
}

/** @param {CustomEvent} event */
function hear({ type, detail }) {
  if (type === "sala-connection") return connected(detail);
  const frame = JSON.parse(detail);
  if (frame.type === "settings_update") {
    if (frame.payload.section === "alerts") void readSettings();
    return;
  }
  const told = judge.hear(frame, settings, now());
  if (told) tell(told);
}

/** Where no socket goes through, the console asks for its list, and this for the chats that changed last. */
async function polled() {
  if (!rings && !shows) return;
  const page = await call("conversations", { tab: "all", limit: 20 }).catch(() => undefined);
  for (const conversation of page?.conversations.reverse() ?? []) {
    const told = judge.hear({ type: "conversation_update", payload: { conversation } }, settings, now());
    if (told) tell(told);
  }
}

async function readSettings() {
  try {
    settings = await call("alert_settings", {});
  } catch {
    // As they were.
  }
}

/** Says that nothing can be heard, until somebody touches the page. @param {boolean} silent */
function showChip(silent) {
  if (!silent || settings.volume === 0) {
    chip?.remove();
    chip = undefined;
    return;
  }
  if (chip) return;
  chip = make("p", { class: "sound-chip" }, said.enable_sound ?? "");
  document.body.append(chip);
}

/**
 * Waits until no other tab has this part, and then has it for as long as the page lives.
 * @param {string} part
 * @param {() => void} have
 */
function lead(part, have) {
  if (!navigator.locks) return have();
  void navigator.locks.request(`sala-${part}-${judge.me}`, () => {
    have();
    return new Promise(() => {});
  });
}

function repeat() {
  if (!rings || !settings.repeat_waiting || settings.waiting !== "all") return;
  for (const [room, name] of judge.waiting) {
    ring({ kind: "waiting", room, name: judge.names.get(room) ?? name });
    return;
  }
}

async function begin() {
  const page = JSON.parse(document.getElementById("page")?.textContent || "{}").Inbox;
  if (!page) return;
  const { start } = page;
  judge = new Judge(start.me.id, start.me.role !== "operator");
  judge.know(start.page.conversations ?? []);
  ahead = Date.parse(start.now) - Date.now();
  attend();
  follow();
  [said] = await Promise.all([saidOf("alerts").catch(() => ({})), readSettings()]);
  watch(said);
  /** What came before this was here. @type {CustomEvent[] & { done?: boolean }} */
  const early = /** @type {any} */ (globalThis).salaEarly ?? [];
  for (const name of ["sala-frame", "sala-connection"]) addEventListener(name, (event) => hear(/** @type {CustomEvent} */ (event)));
  addEventListener("sala-polled", () => void polled());
  early.done = true;
  early.splice(0).forEach(hear);
  let wasAudible = false;
  unlockByTouch((audible) => {
    showChip(!audible);
    // A tab that cannot be heard leaves it to one that can.
    if (audible && !wasAudible) lead("rings", () => (rings = true));
    wasAudible ||= audible;
  });
  lead("shows", () => (shows = true));
  setTimeout(() => showChip(!isAudible()), 800);
  setInterval(repeat, AGAIN_MS);
  setInterval(saySeen, 1_000);
  const turned = () => {
    // Nobody looks here any more; a tab that is looked at instead says so itself.
    if (!isSeen()) return localStorage.removeItem(SEEN);
    saySeen();
    if (openRoom()) void take(openRoom());
  };
  document.addEventListener("visibilitychange", turned);
  addEventListener("focus", turned);
  addEventListener("blur", turned);
  onClick((room) => act(`room ${room}`));
  const registration = await register();
  if (registration) await renew(registration).catch(() => {});
}

void begin();
