// The bar at the foot of the list while something is selected.
import { call } from "../parts/call.mjs";
import { drawn, icon, make } from "../parts/dom.mjs";
import { composes } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";
import { all, bulk, chooseAll, chosen, letGo } from "./choose.mjs";
import { item, panel, walk } from "./menu.mjs";
import { said, who } from "./said.mjs";
import { askMoment } from "./snooze.mjs";
import { failed, toast } from "./toast.mjs";

/** @typedef {import("./choose.mjs").Seen["whose"]} Whose */

const HAND =
  "M8 12V6.2a1.4 1.4 0 0 1 2.8 0V11M10.8 10.5V4.6a1.4 1.4 0 0 1 2.8 0v5.9M13.6 10.8V6a1.4 1.4 0 0 1 2.8 0v8c0 4-2 6.5-5.2 6.5-3 0-4.2-1.6-6.4-6.2-.7-1.6 1.2-2.4 2.1-1.1L8 14.6";

/** Most tags that are offered at once. */
const TAGS = 50;

/** @type {HTMLElement | undefined} */
let bar;

/** Says what became of each; who was refused stays selected. @param {string} action @param {object} [details] */
async function run(action, details) {
  for (const button of bar?.querySelectorAll("button") ?? []) button.disabled = true;
  try {
    told(await bulk(action, details));
  } catch (failure) {
    failed(failure);
  }
  drawBar();
}

/** @param {import("./choose.mjs").Outcome[]} outcomes */
function told(outcomes) {
  const refused = outcomes.filter((one) => !one.ok);
  const done = outcomes.length - refused.length;
  if (refused.length === 0) return toast("info", fill(said.done, done));
  const why = { stale: said.changed, already_claimed: said.has_other }[refused[0].error?.code ?? ""] ?? said.refused;
  const show = () => document.querySelector(`#rows .row[data-room="${CSS.escape(refused[0].room)}"]`)?.scrollIntoView({ block: "nearest" });
  const button = make("button", { type: "button", class: "button button--link", click: show }, said.show);
  toast("error", fill(said.partly, done, refused.length, why), button);
}

/** @param {HTMLElement} button */
function close(button) {
  const yes = item(icon("check"), fill(said.close_ask, chosen.size), () => (menu.close(), void run("close")));
  const menu = panel(button, said.close, [yes, item(icon("x"), said.keep, () => menu.close())], { above: true });
  walk(menu.root);
}

/** @param {HTMLElement} button */
async function transfer(button) {
  /** @type {{ id: string, name: string }[]} */
  const people = await call("operators", {}).catch(() => []);
  const to = (/** @type {string | undefined} */ id) => (menu.close(), void run("transfer", { operator_id: id }));
  const entries = people.filter((one) => one.id !== who.me).map((one) => item(icon("user"), one.name, () => to(one.id)));
  const menu = panel(button, said.transfer, [item(icon("inbox"), said.to_queue, () => to(undefined)), make("hr", {}), ...entries], { above: true });
  walk(menu.root);
}

/** A text as it is compared. @param {string} text */
const fold = (text) => text.normalize("NFKC").toLowerCase().trim();

/** @param {HTMLElement} button */
async function tag(button) {
  /** @type {{ id: string, name: string, color: string }[]} */
  const tags = await call("tags", {}).catch(() => []);
  const field = make("input", { type: "search", class: "field", placeholder: said.find_tag, "aria-label": said.find_tag, autofocus: true });
  const list = make("div", { role: "group", "aria-label": said.tags });
  const draw = () => {
    const words = fold(field.value);
    const fits = tags.filter((one) => fold(one.name).includes(words)).slice(0, TAGS);
    const take = (/** @type {string} */ id) => (menu.close(), void run("tag", { tag_ids: [id] }));
    list.replaceChildren(...fits.map((one) => item(undefined, make("span", { class: "tag", "data-colour": one.color }, one.name), () => take(one.id))));
  };
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !composes(event)) list.querySelector("button")?.click();
  });
  const menu = panel(button, said.tags, [field, list], { above: true });
  walk(menu.root);
  draw();
}

/** @param {HTMLElement} button */
const snooze = (button) => askMoment(button, (at) => void run("snooze", { until: at.toISOString() }), { above: true });

/** Who may pass a chat on: its owner and supervisors. @param {Whose} whose */
const isOurs = (whose) => whose === "mine" || (whose === "other" && who.mayShare);

/** In the bar's order: its letter, its sign, what it does, and with which chats. */
const ACTIONS = () => [
  { name: said.close, key: "e", sign: icon("check"), act: close, may: isOurs },
  { name: said.claim, key: "c", sign: drawn(HAND), act: () => void run("claim"), may: (/** @type {Whose} */ whose) => whose === "waiting" },
  { name: said.tag, key: "l", sign: icon("tag"), act: tag, may: () => true },
  { name: said.transfer, key: "t", sign: icon("swap"), act: transfer, may: isOurs },
  { name: said.read, key: "u", sign: icon("eye"), act: () => void run("read"), may: (/** @type {Whose} */ whose) => whose !== "other" },
  { name: said.snooze, key: "b", sign: icon("moon"), act: snooze, may: isOurs },
];

/** @param {HTMLElement} place */
function makeBar(place) {
  const free = make("button", { type: "button", class: "button button--small", "data-shortcut": "esc", click: letGo }, said.let_go, " ", make("kbd", { "aria-hidden": "true" }, "Esc"));
  const whole = make("button", { type: "button", class: "button button--link", click: chooseAll });
  const head = make("div", { class: "bulk-bar__head" }, make("b", { role: "status" }), whole, free);
  const buttons = ACTIONS().map(({ name, key, sign, act, may }) => {
    const signs = make("span", {}, sign, make("kbd", { "aria-hidden": "true" }, key.toUpperCase()));
    const button = make("button", { type: "button", "data-shortcut": key, click: () => void act(button) }, signs, make("span", {}, name));
    button.may = may;
    return button;
  });
  bar = make("div", { class: "bulk-bar", role: "toolbar" }, head, make("div", { class: "bulk-bar__actions" }, ...buttons));
  place.replaceChildren(/** @type {HTMLElement} */ (bar));
}

/** Shows how many are selected; nothing while none is. */
export function drawBar() {
  const place = document.getElementById("bulk");
  if (!place) return;
  if (chosen.size === 0) {
    const hadFocus = bar?.contains(document.activeElement);
    bar = undefined;
    place.replaceChildren();
    if (hadFocus) /** @type {HTMLElement | null} */ (document.querySelector("#rows .row[tabindex='0']"))?.focus();
    return;
  }
  if (!bar) makeBar(place);
  const words = fill(said.selected, chosen.size);
  const total = all().size;
  const [count, whole] = /** @type {HTMLElement[]} */ ([bar?.querySelector("b"), bar?.querySelector(".button--link")]);
  bar?.setAttribute("aria-label", words);
  if (count.textContent !== words) count.textContent = words;
  whole.textContent = fill(said.select_all, total);
  whole.hidden = total <= chosen.size;
  const kinds = new Set([...chosen.values()].map(({ whose }) => whose));
  for (const button of /** @type {NodeListOf<any>} */ (bar?.querySelectorAll("button") ?? [])) {
    button.disabled = button.may !== undefined && ![...kinds].some(button.may);
    if (button.may) button.title = button.disabled ? said.none_allows : "";
  }
}
