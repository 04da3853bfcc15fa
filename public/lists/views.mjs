// Saved views in the list's head: the team's and one's own, each with its count.
import { Refused, call } from "../parts/call.mjs";
import { drawn, icon, make } from "../parts/dom.mjs";
import { fill } from "../parts/said.mjs";
import { go, here, isNarrow, isSame, onMove } from "./address.mjs";
import { item, panel, walk } from "./menu.mjs";
import { said, who } from "./said.mjs";
import { failed } from "./toast.mjs";

/** @typedef {import("./address.mjs").Place & { id: string, name: string, shared: boolean, count: number }} View */

/** So many have room. */
const SHOWN = 3;
/** Counts are asked for no more often. */
const EVERY_MS = 3_000;
/** Letters of a name. */
const NAME_MAX = 50;

/** @type {View[]} */
let views = [];
let asked = 0;
/** @type {number | undefined} */
let timer;

const row = make("div", { class: "views", role: "toolbar", hidden: true });

async function fetchViews() {
  asked = Date.now();
  views = await call("views", {}).catch(() => views);
  draw();
}

/** Counts may have changed. */
function soon() {
  if (timer !== undefined || views.length === 0) return;
  timer = window.setTimeout(
    () => {
      timer = undefined;
      void fetchViews();
    },
    Math.max(0, asked + EVERY_MS - Date.now()),
  );
}

/** @param {View} view */
const sign = (view) => icon(view.shared ? "users" : "user");

function draw() {
  const place = here();
  row.setAttribute("aria-label", said.views);
  row.hidden = views.length === 0;
  const chosen = views.find((view) => isSame(view, place));
  const first = views.slice(0, SHOWN);
  if (chosen && !first.includes(chosen)) first[SHOWN - 1] = chosen;
  const focused = document.activeElement;
  const key = row.contains(focused) ? /** @type {HTMLElement} */ (focused).dataset.view : undefined;
  const button = (/** @type {View} */ view) =>
    make(
      "button",
      { type: "button", class: "view", "aria-pressed": String(view === chosen), "data-view": view.id, click: () => open(view) },
      sign(view),
      make("bdi", { class: "cut" }, view.name),
      make("span", { class: "count" }, String(view.count)),
    );
  const more = make(
    "button",
    { type: "button", class: "icon-button icon-button--small", "data-view": "", "aria-label": said.all_views, title: said.all_views, click: () => every() },
    drawn("m6 9.5 6 6 6-6"),
  );
  row.replaceChildren(...first.map(button), more);
  if (key !== undefined) row.querySelector(`[data-view="${key}"]`)?.focus();
}

/** Opens a view; a second press leaves it. @param {View} view */
function open(view) {
  const place = here();
  if (isSame(view, place) && isNarrow(place)) go({ tab: place.tab, filter: {} });
  else go(view);
}

/** The button behind the views, which is made anew with them. */
const more = () => /** @type {HTMLElement} */ (row.lastElementChild);

/** @param {string} name @param {string} label @param {() => void} press */
const small = (name, label, press) => make("button", { type: "button", class: "icon-button icon-button--small", "aria-label": label, title: label, click: press }, icon(name));

/** All views, and what can be done with them. */
function every() {
  const one = (/** @type {View} */ view) => {
    const may = who.mayShare || !view.shared;
    const changes = [small("edit", fill(said.rename, view.name), () => change(view)), small("x", fill(said.remove, view.name), () => remove(view))];
    return make("div", { class: "views__one" }, item(sign(view), view.name, () => (menu.close(), go(view)), String(view.count)), ...(may ? changes : []));
  };
  const group = (/** @type {string} */ label, /** @type {View[]} */ some) => (some.length === 0 ? [] : [make("h3", {}, label), ...some.map(one)]);
  const change = (/** @type {View} */ view) => {
    menu.close();
    const form = panel(more(), fill(said.rename, view.name), [saveForm(() => form.close(), view)], { class: "menu" });
  };
  const remove = (/** @type {View} */ view) => {
    menu.close();
    ask(view);
  };
  const shared = views.filter((view) => view.shared);
  const menu = panel(more(), said.all_views, [...group(said.shared, shared), ...group(said.own, views.filter((view) => !view.shared))]);
  walk(menu.root);
}

/** Asks whether a view is to go. @param {View} view */
function ask(view) {
  const yes = item(icon("x"), fill(said.remove_ask, view.name), async () => {
    menu.close();
    await call("delete_view", { id: view.id }).catch(failed);
    void fetchViews();
  });
  const menu = panel(more(), said.views, [item(icon("left"), said.keep, () => menu.close()), yes]);
  walk(menu.root);
}

/**
 * A form that keeps what the address shows under a name, or another name for a view.
 * @param {() => void} done
 * @param {View} [view]
 */
export function saveForm(done, view) {
  const name = make("input", { class: "field", "aria-label": said.view_name, placeholder: said.view_name, maxlength: NAME_MAX, required: true, autofocus: true });
  name.value = view?.name ?? "";
  const share = make("input", { type: "checkbox" });
  share.checked = view?.shared ?? false;
  const wrong = make("p", { class: "field-error", role: "alert" });
  const shared = who.mayShare ? [make("label", { class: "check" }, share, " ", said.share)] : [];
  const form = make("form", { class: "save-view" }, name, ...shared, make("button", { class: "button button--small button--primary" }, said.save), wrong);
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { tab, filter, sort } = view ?? here();
    try {
      await call("save_view", { id: view?.id, name: name.value, shared: share.checked, tab, filter, sort });
    } catch (failure) {
      wrong.textContent = failure instanceof Refused ? said.not_kept : said.unreachable;
      return;
    }
    await fetchViews();
    done();
  });
  queueMicrotask(() => name.focus());
  return form;
}

/** Shows the row, and keeps it right. @param {HTMLElement} place */
export function beginViews(place) {
  place.append(row);
  row.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...row.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    all[(at + step + all.length) % all.length]?.focus();
  });
  onMove(draw);
  window.addEventListener("sala-views", () => void fetchViews());
  window.addEventListener("sala-told", soon);
  void fetchViews();
}
