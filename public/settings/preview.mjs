// The phone beside a form follows what is typed, and shows the text that one is at. Without this it shows
// what is kept. Which text a customer gets is decided as `Translations::for_customer` does.
import { make } from "../parts/dom.mjs";

/**
 * A phone in one language.
 * @typedef {{ lang: string, name: string, today: string, read: string, write: string,
 *   before: Record<string, string>, buttons?: string[], thanks?: string }} Phone
 */

/** As `protocol::text::is_blank`: nothing of it can be seen. */
const BLANK = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u{2800}\u{fff9}-\u{fffb}\u{1d159}]*$/u;

/** The minute of a day at which the customer's last message is read. */
const BEGINS = 14 * 60 + 40;

const figure = /** @type {HTMLElement} */ (document.querySelector(".preview"));
const form = /** @type {HTMLFormElement} */ (document.querySelector(".with-phone form"));
/** @type {{ instead: string, used: string, empty: string, titles: Record<string, string>, phones: Record<string, Phone> }} */
const words = JSON.parse(figure.querySelector("script")?.textContent ?? "");
const areas = [...form.querySelectorAll("textarea")];
const wait = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("wait_minutes"));

/** What is shown: the text's field, and the customer's language. */
let { field = "", language = "" } = figure.dataset;

/** Before and behind the dot of a field's name. @param {HTMLTextAreaElement} area */
function parts(area) {
  const dot = area.name.indexOf(".");
  return [area.name.slice(0, dot), area.name.slice(dot + 1)];
}

/** @param {string} template @param {...string} values */
const filled = (template, ...values) => template.replace(/\{(\d)\}/g, (_, at) => values[Number(at)]);

/**
 * Puts a text where it is said; a message, or a hint, without one is hidden.
 * @param {string} name
 * @param {string | undefined} text
 * @param {string} [lang]
 */
function say(name, text, lang) {
  const place = /** @type {HTMLElement} */ (figure.querySelector(`[data-said="${name}"]`));
  if (!place) return;
  place.textContent = text ?? "";
  if (lang) place.lang = lang;
  const whole = /** @type {HTMLElement} */ (place.closest(".phone__msg, .hint") ?? place);
  whole.hidden = text === undefined;
}

/** @param {string} name @param {boolean} is */
function note(name, is) {
  const place = /** @type {HTMLElement} */ (figure.querySelector(`[data-said="${name}"]`));
  place.hidden = !is;
}

/** What the customer gets: the text in their language, else the first that there is. */
function sent() {
  const seen = areas.filter((area) => parts(area)[0] === field && !BLANK.test(area.value));
  return seen.find((area) => parts(area)[1] === language) ?? seen[0];
}

function draw() {
  const area = sent();
  const here = words.phones[language];
  const other = area && parts(area)[1];
  const there = other === undefined ? undefined : words.phones[other];
  const screen = /** @type {HTMLElement} */ (figure.querySelector(".phone"));
  screen.lang = here.lang;
  say("today", here.today);
  say("write", here.write);
  say("before", here.before[field]);
  say("text", area?.value, there?.lang);
  say("press", there?.buttons?.[0], there?.lang);
  say("thanks", there?.thanks, there?.lang);
  for (const read of figure.querySelectorAll('[data-said="read"]')) read.textContent = here.read;
  for (const [at, button] of figure.querySelectorAll('[data-said="button"]').entries()) {
    button.textContent = there?.buttons?.[at] ?? "";
    button.setAttribute("lang", there?.lang ?? here.lang);
  }
  say("title", words.titles[field]);
  say("language", here.name, here.lang);
  say("instead", there && there !== here ? filled(words.instead, here.name, there.name) : undefined);
  note("nothing", !there);
  // The switch of an occasion has its name; the survey has one.
  const on = /** @type {HTMLInputElement} */ (form.elements.namedItem(field) ?? form.elements.namedItem("on"));
  note("off", !on.checked);
}

function tellTime() {
  const minutes = Number(wait?.value);
  if (!wait?.value || !(minutes >= 0 && minutes <= 1440)) return;
  for (const place of figure.querySelectorAll("[data-later]")) {
    const at = BEGINS + Math.floor(minutes) + Number(/** @type {HTMLElement} */ (place).dataset.later);
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    place.textContent = `${two(Math.floor(at / 60) % 24)}:${two(at % 60)}`;
  }
}

/** @param {HTMLTextAreaElement} area */
function count(area) {
  const counter = area.closest(".label")?.querySelector(".counter");
  const [used, most] = [area.value.length, area.maxLength].map((number) => number.toLocaleString("en"));
  if (counter) counter.textContent = area.value ? filled(words.used, used, most) : words.empty;
}

/** Shows the text that one is at. @param {HTMLTextAreaElement} area */
function show(area) {
  [field, language] = parts(area);
  draw();
}

form.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLTextAreaElement) show(target);
});
form.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLTextAreaElement) {
    count(target);
    show(target);
  } else {
    draw();
    tellTime();
  }
});
// Whoever opens an occasion, or switches it, means to look at it.
form.addEventListener("click", ({ target }) => {
  const reply = target instanceof Element && target.closest("summary, .switch")?.closest(".reply");
  const first = reply && reply.querySelector("textarea");
  if (!first) return;
  [field] = parts(first);
  draw();
});
for (const area of areas) {
  area.closest(".label")?.append(make("span", { class: "counter" }));
  count(area);
}
// A browser that comes back to the page fills in what was typed.
draw();
tellTime();
