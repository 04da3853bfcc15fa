// The menu of moments for a chat to come back.
import { call } from "../parts/call.mjs";
import { icon, make } from "../parts/dom.mjs";
import { fill } from "../parts/said.mjs";
import { openRoom } from "../parts/way.mjs";
import { item, panel, walk } from "./menu.mjs";
import { inWords, local, moment, moments } from "./moments.mjs";
import { said } from "./said.mjs";
import { failed, toast } from "./toast.mjs";

/** The sign of each moment. */
const SIGNS = { in_hour: "clock", in_hours: "clock", tomorrow: "moon", monday: "calendar" };

/**
 * Asks for a moment at a button.
 * @param {HTMLElement} button
 * @param {(until: Date) => void} chosen
 * @param {{ above?: boolean, back?: () => void }} [how] `back`: it is put off already, and may come back
 */
export function askMoment(button, chosen, how = {}) {
  const take = (/** @type {Date} */ at) => {
    menu.close();
    chosen(at);
  };
  const entries = moments(new Date()).map(({ name, at }) => item(icon(SIGNS[name]), said[name], () => take(at), moment(at)));
  const back = how.back;
  const again = back ? [item(icon("undo"), said.back, () => (menu.close(), back())), make("hr", {})] : [];
  const date = item(icon("edit"), said.own_date, () => date.replaceWith(ownDate(take)));
  const parts = [make("header", {}, said.snooze_until), ...again, ...entries, make("hr", {}), date, make("footer", {}, said.comes_back)];
  const menu = panel(button, said.snooze_until, parts, { class: "menu snooze", above: how.above });
  walk(menu.root);
}

/** @param {(at: Date) => void} take */
function ownDate(take) {
  const soon = new Date(Date.now() + 3_600_000);
  const field = make("input", { type: "datetime-local", class: "field", "aria-label": said.own_date, value: local(soon), min: local(new Date()) });
  const wrong = make("p", { class: "field-error", role: "alert" });
  // It says itself what is wrong.
  const form = make("form", { class: "snooze__date", novalidate: true }, field, make("button", { class: "button button--small" }, said.set), wrong);
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const at = new Date(field.value);
    if (at.getTime() > Date.now()) take(at);
    else wrong.textContent = said.past;
  });
  queueMicrotask(() => field.focus());
  return form;
}

/** @param {string} name @param {object} asked */
async function run(name, asked) {
  try {
    await call(name, asked);
    return true;
  } catch (failure) {
    failed(failure);
    return false;
  }
}

/**
 * The menu of the open chat.
 * @param {HTMLElement} button
 */
export function snoozeOpen(button) {
  const room = openRoom();
  const back = button.hasAttribute("data-snoozed") ? () => void run("unsnooze", { room }) : undefined;
  const chosen = async (/** @type {Date} */ at) => {
    if (await run("snooze", { room, until: at.toISOString() })) toast("info", fill(said.snoozed_until, inWords(at)));
  };
  askMoment(button, (at) => void chosen(at), { back });
}
