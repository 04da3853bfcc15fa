// The panel of the filter: each choice acts at once and stands in the address.
import { drawn, icon, make } from "../parts/dom.mjs";
import { operatorFace } from "../parts/face.mjs";
import { composes } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";
import { ONLY, go, here, isNarrow, isSame, narrowBy } from "./address.mjs";
import { choices, count, fetchChoices, nameIn, personName } from "./choices.mjs";
import { panel } from "./menu.mjs";
import { said, who } from "./said.mjs";
import { toast } from "./toast.mjs";
import { saveForm } from "./views.mjs";

/**
 * @typedef {import("./address.mjs").Filter} Filter
 * @typedef {import("./narrow.mjs").Counts} Counts
 */

const CHAIN = "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1";
const BOOKMARK = "M7 4.5h10v15l-5-3.6-5 3.6z";

/** So many tags are offered beside the field. */
const TAGS = 8;

const SIGNS = /** @type {Record<string, string>} */ ({ overdue: "clock", snoozed: "moon" });

/** The numbers beside choices, as far as they have come. @type {Map<string, number>} */
const numbers = new Map();
/** How many fit the filter. @type {Counts | null} */
let fits = null;

/** @type {(() => void) | undefined} */
let drawing;

/** Draws it anew, if it is open. @param {Counts | null} [counts] those for the filter, or that there is none */
export function drawPanel(counts) {
  if (counts !== undefined) fits = counts;
  drawing?.();
}

/** @template T @param {T[] | undefined} list @param {T} one */
const toggled = (list, one) => (list?.includes(one) ? list.filter((other) => other !== one) : [...(list ?? []), one]);

/** A text as it is compared. @param {string} text */
const fold = (text) => text.normalize("NFKC").toLowerCase().trim();

/**
 * @param {{ label: string, key: string, on: boolean, press: () => void, sign?: Node, color?: string, number?: number }} what
 */
function choice({ label, key, on, press, sign, color, number }) {
  const inner = [...(sign ? [sign] : []), make("bdi", { class: "cut" }, label), ...(number === undefined ? [] : [make("span", { class: "count" }, String(number))])];
  return make("button", { type: "button", class: "choice", "data-choice": key, "aria-pressed": String(on), "data-colour": color, click: press }, ...inner);
}

/** @param {string} label @param {...(Node | string)} inner */
const group = (label, ...inner) => make("div", { class: "filter-popup__group", role: "group", "aria-label": label }, make("h3", {}, label), make("div", { class: "choices" }, ...inner));

/** The tags of the filter within a field for more, and what fits what is typed. @param {HTMLInputElement} field @param {Filter} filter */
function tagGroup(field, filter) {
  const on = filter.tag_ids ?? [];
  const words = fold(field.value);
  const token = (/** @type {string} */ id) => {
    const name = nameIn(choices.tags, id);
    const label = fill(said.drop_tag, name);
    const off = make("button", { type: "button", class: "tag__x", "data-choice": `without ${id}`, "aria-label": label, title: label, click: () => narrowBy({ tag_ids: toggled(on, id) }) }, icon("x"));
    const tag = choices.tags.find((one) => one.id === id);
    return make("span", { class: "tag", "data-colour": tag?.color, "data-gone": tag ? undefined : "" }, make("bdi", { class: "cut" }, name), off);
  };
  const offered = choices.tags.filter((one) => !on.includes(one.id) && fold(one.name).includes(words));
  offered.sort((a, b) => b.used - a.used);
  const take = (/** @type {string} */ id) => {
    field.value = "";
    narrowBy({ tag_ids: [...on, id] });
  };
  const list = offered.slice(0, TAGS).map((one) => choice({ label: one.name, key: `tag ${one.id}`, on: false, press: () => take(one.id), color: one.color }));
  return group(said.tags, make("div", { class: "token-field" }, ...on.map(token), field), ...list);
}

/** @param {Filter} filter */
function operatorGroup(filter) {
  const face = (/** @type {string} */ id) => operatorFace({ id, name: nameIn(choices.people, id) });
  const gone = (filter.operator_ids ?? []).filter((id) => id !== null && !choices.people.some((one) => one.id === id));
  const colleagues = choices.people.map((one) => one.id).filter((id) => id !== who.me);
  const all = [...new Set([who.me, null, ...colleagues, ...gone])];
  const press = (/** @type {string | null} */ id) => narrowBy({ operator_ids: toggled(filter.operator_ids, id) });
  const one = (/** @type {string | null} */ id) =>
    choice({ label: personName(id), key: `operator ${id}`, on: filter.operator_ids?.includes(id) ?? false, press: () => press(id), sign: id === null ? undefined : face(id) });
  return group(said.operators, ...all.map(one));
}

/** @param {Filter} filter */
function accountGroups(filter) {
  if (choices.accounts.length < 2) return [];
  const one = (/** @type {{ name: string, title: string }} */ { name, title }) =>
    choice({ label: title, key: `account ${name}`, on: filter.channels?.includes(name) ?? false, press: () => narrowBy({ channels: toggled(filter.channels, name) }), number: numbers.get(`account ${name}`) });
  return [group(said.accounts, ...choices.accounts.map(one))];
}

/** @param {HTMLInputElement} field */
function groups(field) {
  const { filter } = here();
  const sign = (/** @type {string} */ name) => (name === "mentions" ? make("span", { "aria-hidden": "true" }, "@") : SIGNS[name] ? icon(SIGNS[name]) : undefined);
  const only = ONLY.map((name) => choice({ label: said[name], key: name, on: filter[name] ?? false, press: () => narrowBy({ [name]: !filter[name] }), sign: sign(name), number: numbers.get(name) }));
  const kinds = /** @type {[string, Filter["kind"]][]} */ ([[said.every_kind, undefined], [said.people, "user"], [said.groups, "group"]]);
  const segment = kinds.map(([label, kind]) => make("button", { type: "button", "data-choice": `kind ${kind}`, "aria-pressed": String(filter.kind === kind), click: () => narrowBy({ kind }) }, label));
  return [tagGroup(field, filter), operatorGroup(filter), ...accountGroups(filter), group(said.only, ...only), group(said.kind, make("div", { class: "segment" }, ...segment))];
}

/** Whether the field may have the cursor at once: on a phone half of the screen would be keys. */
const types = () => !matchMedia("(pointer: coarse)").matches;

/** The field for another tag. */
function tagField() {
  const field = make("input", { "aria-label": said.another_tag, placeholder: said.another_tag, autocomplete: "off", autofocus: types(), input: () => drawing?.() });
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (composes(event)) return;
    const { tag_ids = [] } = here().filter;
    if (event.key === "Enter" && field.value !== "") /** @type {HTMLElement | null} */ (document.querySelector(".filter-popup [data-choice^='tag ']"))?.click();
    else if (event.key === "Backspace" && field.value === "" && tag_ids.length > 0) narrowBy({ tag_ids: tag_ids.slice(0, -1) });
    else return;
    event.preventDefault();
  });
  return field;
}

/** Opens it. @param {HTMLElement} button */
export function filterPanel(button) {
  const field = tagField();
  const body = make("div", {});
  const status = make("p", { role: "status" });
  const clear = make("button", { type: "button", class: "button button--link", click: () => go({ tab: here().tab, filter: {} }) }, said.clear);
  const copy = make("button", { type: "button", class: "button button--small", click: () => void copyLink() }, drawn(CHAIN), said.copy_link);
  const keep = make("button", { type: "button", class: "button button--small button--primary" }, drawn(BOOKMARK), said.save_view);
  const foot = make("footer", {}, status, copy, keep);
  keep.addEventListener("click", () => foot.replaceWith(saveForm(() => shown.close())));
  let counted = /** @type {import("./address.mjs").Place | undefined} */ (undefined);
  const draw = () => {
    const place = here();
    // Each element is another one afterwards.
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const key = body.contains(focused) ? focused.dataset.choice : undefined;
    const isTyped = focused === field;
    body.replaceChildren(...groups(field));
    if (isTyped) field.focus();
    else if (key) /** @type {HTMLElement} */ (body.querySelector(`[data-choice="${CSS.escape(key)}"]`) ?? field).focus();
    const all = numbers.get("all") ?? 0;
    status.textContent = fits && isNarrow(place) ? fill(said.fits, fits[place.tab], Math.max(all, fits[place.tab])) : "";
    clear.hidden = !isNarrow(place);
    if (counted && isSame(place, counted)) return;
    counted = place;
    count(place, (name, number) => {
      numbers.set(name, number);
      drawing?.();
    });
  };
  const head = make("header", {}, make("h2", {}, said.filter), clear);
  drawing = draw;
  const shown = panel(button, said.filter, [head, body, foot], { class: "filter-popup popup", beside: button.closest(".conversation-list"), closed: () => (drawing = undefined) });
  draw();
  if (types()) field.focus();
  void fetchChoices().then(() => {
    counted = undefined;
    drawing?.();
  });
}

/** The list alone, without the open chat. */
async function copyLink() {
  await navigator.clipboard.writeText(`${location.origin}/${location.search}`).then(
    () => toast("info", said.copied),
    () => toast("error", said.refused),
  );
}
