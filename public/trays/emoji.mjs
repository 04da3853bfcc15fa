// The emoji picker.
import { CLOCK, drawn, keepFirst, kept, make, show, tabs, walk } from "./frame.mjs";
import { parse, search, toned } from "./search.mjs";

/** @typedef {import("./search.mjs").Emoji} Emoji */

const RECENT_KEY = "sala.emoji.recent";
const TONE_KEY = "sala.emoji.tone";
/** Two rows. */
const RECENT_MOST = 18;
const FOUND_MOST = 90;
const HAND = "✋";
/** The order of the languages in emoji.txt. */
const LANGUAGES = ["en", "th", "ja", "zh-Hant"];

const ICONS = [
  "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.5M15 9.5v.5",
  "M8 12V6.2a1.4 1.4 0 0 1 2.8 0V11M10.8 10.5V4.6a1.4 1.4 0 0 1 2.8 0v5.9M13.6 10.8V6a1.4 1.4 0 0 1 2.8 0v8c0 4-2 6.5-5.2 6.5-3 0-4.2-1.6-6.4-6.2-.7-1.6 1.2-2.4 2.1-1.1L8 14.6",
  "M5 19c0-9 5-14 15-14 0 10-5 14.5-12 14.5M5 19l8-8",
  "M7 4v6a2.5 2.5 0 0 0 5 0V4M9.5 12.5V20M16.5 20v-7h-2V8.5c0-2.5 1-4.5 3-4.5v16z",
  "M4 16.5v-4l2-5.5h12l2 5.5v4zM4 12.5h16M6.5 16.5v2M17.5 16.5v2",
  "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M3.5 12h17M12 3.5c-4.5 5-4.5 12 0 17M12 3.5c4.5 5 4.5 12 0 17",
  "M9 17.5c0-2-2.5-3.5-2.5-7a5.5 5.5 0 0 1 11 0c0 3.5-2.5 5-2.5 7zM10 20.5h4",
  "M12 19.5S4 15 4 9.5A4.2 4.2 0 0 1 12 7.6a4.2 4.2 0 0 1 8 1.9c0 5.5-8 10-8 10z",
  "M6 20.5V4.5h12l-2.5 4 2.5 4H6",
];
const GLASS = "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13m5 11.5 4.5 4.5";

/** @type {Promise<Emoji[]> | undefined} */
let loading;

/** The data, fetched once; a failure is not kept. @returns {Promise<Emoji[]>} */
export function emojiData() {
  loading ??= fetch(new URL("emoji.txt", import.meta.url)).then(async (answer) => {
    if (!answer.ok) throw new Error(`emoji.txt answered ${answer.status}`);
    return parse(await answer.text());
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/** The tone that this browser keeps; 0 is yellow. */
function keptTone() {
  const tone = Number(kept(TONE_KEY)[0]);
  return tone >= 1 && tone <= 5 ? tone : 0;
}

/** As it is put in. @param {Emoji} emoji */
export const asPutIn = (emoji) => toned(emoji.emoji, emoji.tones, keptTone());

/**
 * Puts an emoji where the cursor is, as if it had been typed.
 * @param {HTMLTextAreaElement} field
 * @param {Emoji} emoji
 * @param {number} [from] what stands between here and the cursor gives way
 */
export function putIn(field, emoji, from = field.selectionStart) {
  field.setRangeText(asPutIn(emoji), from, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  keepFirst(RECENT_KEY, emoji.emoji, RECENT_MOST);
}

/** The names, the page's language first. @param {Emoji} emoji */
export function names(emoji) {
  const own = Math.max(0, LANGUAGES.indexOf(document.documentElement.lang));
  const order = [own, ...LANGUAGES.keys()].filter((at, place, all) => all.indexOf(at) === place);
  return order.map((at) => ({ lang: LANGUAGES[at], name: emoji.names[at] }));
}

/**
 * Opens the picker.
 * @param {HTMLElement} button
 * @param {import("./frame.mjs").Said} said
 */
export async function picker(button, said) {
  const field = /** @type {HTMLTextAreaElement} */ (button.closest("form")?.querySelector("textarea"));
  const query = make("input", { type: "search", placeholder: "ยิ้ม, 笑, smile", "aria-label": said.search, autocomplete: "off", enterkeyhint: "done" });
  const hand = make("button", { type: "button", class: "icon-button tone", "aria-expanded": "false", "aria-label": said.tone });
  const head = make("div", { class: "tray__head" }, make("label", { class: "field" }, drawn(GLASS), query), hand);
  const tones = make("div", { class: "tones", role: "radiogroup", "aria-label": said.tone, hidden: true });
  const tabRow = make("div", {});
  const body = make("div", { class: "tray__body", role: "listbox", "aria-label": said.emoji });
  const foot = make("div", { class: "tray__foot" });
  body.append(make("div", { class: "emoji" }, ...Array.from({ length: 27 }, () => make("span", { class: "skeleton" }))));
  const tray = show(button, said.emoji, [head, tones, tabRow, body, foot]);
  // Where fingers type, a keyboard would cover what is to be chosen from.
  const byFinger = matchMedia("(pointer: coarse)").matches;
  (byFinger ? hand : query).focus();

  let all;
  try {
    all = await emojiData();
  } catch {
    body.replaceChildren(make("p", { class: "tray__none", role: "status" }, said.missing));
    return;
  }
  if (!tray.root.isConnected) return;
  fill({ query, hand, tones, tabRow, body, foot }, all, said, (emoji) => putIn(field, emoji));
}

/**
 * Tabs, grid, search, tones.
 * @param {Record<string, any>} parts
 * @param {Emoji[]} all
 * @param {import("./frame.mjs").Said} said
 * @param {(emoji: Emoji) => void} put
 */
function fill({ query, hand, tones, tabRow, body, foot }, all, said, put) {
  const known = new Map(all.map((emoji) => [emoji.emoji, emoji]));
  const groups = said.groups.split("|");
  const of = (/** @type {Element} */ cell) => known.get(cell.getAttribute("data-emoji") ?? "");
  const preview = (/** @type {Element} */ cell) => {
    const emoji = of(cell);
    if (emoji) foot.replaceChildren(...line(emoji, said));
  };
  const { select, first } = walk(body, { above: () => query.focus(), moved: preview });

  let tab = 0;
  const draw = () => {
    const asked = query.value.trim();
    const recent = kept(RECENT_KEY).flatMap((emoji) => known.get(emoji) ?? []);
    const grouped = (/** @type {number} */ at) => ({ title: groups[at], list: all.filter(({ group }) => group === at) });
    const found = { title: said.found, list: search(all, asked, FOUND_MOST) };
    const parts = asked !== "" ? [found] : tab === 0 ? [{ title: said.recent, list: recent }, grouped(0)] : [grouped(tab - 1)];
    const shown = parts.filter(({ list }) => list.length > 0);
    body.replaceChildren(...shown.flatMap(({ title, list }) => [make("div", { class: "tray__title" }, title), make("div", { class: "emoji", role: "group", "aria-label": title }, ...list.map(cell))]));
    body.scrollTop = 0;
    foot.replaceChildren(shown.length > 0 ? said.find_ways : "");
    if (shown.length === 0) body.append(make("p", { class: "tray__none", role: "status" }, said.nothing));
    // Found ones stand ready for Enter; otherwise the grid waits for an arrow.
    if (asked !== "") select(first(), false);
    else if (first()) first()?.setAttribute("tabindex", "0");
  };
  const row = tabs(
    [{ label: said.recent, face: drawn(CLOCK) }, ...groups.map((label, at) => ({ label, face: drawn(ICONS[at]) }))],
    (at) => {
      tab = at;
      query.value = "";
      draw();
    },
  );
  tabRow.replaceChildren(row.row);
  query.addEventListener("input", draw);
  query.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      select(first());
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = body.querySelector("[aria-selected=true]");
      if (chosen && query.value.trim() !== "") chosen.click();
    }
  });
  body.addEventListener("click", (/** @type {Event} */ event) => {
    const chosen = /** @type {Element} */ (event.target).closest("[role=option]");
    const emoji = chosen && of(chosen);
    if (emoji) put(emoji);
  });
  body.addEventListener("pointerover", (/** @type {Event} */ event) => {
    const under = /** @type {Element} */ (event.target).closest("[role=option]");
    if (under) preview(under);
  });
  body.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    // Whoever types looks for another one.
    if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) query.focus();
  });
  offerTones(hand, tones, said, draw);
  const typed = query.value;
  row.choose(0);
  // What was typed while the data was on its way counts.
  query.value = typed;
  if (typed !== "") draw();
}

/**
 * The button with the hand and the row that it opens.
 * @param {HTMLElement} hand
 * @param {HTMLElement} tones
 * @param {import("./frame.mjs").Said} said
 * @param {() => void} changed
 */
function offerTones(hand, tones, said, changed) {
  const mark = () => {
    hand.replaceChildren(toned(HAND, "1", keptTone()));
    tones.querySelectorAll("button").forEach((tone, at) => {
      tone.setAttribute("aria-checked", String(at === keptTone()));
      tone.tabIndex = at === keptTone() ? 0 : -1;
    });
  };
  const choose = (/** @type {number} */ at) => {
    keepFirst(TONE_KEY, String(at), 1);
    mark();
    changed();
  };
  const buttons = said.tones.split("|").map((label, at) => make("button", { type: "button", role: "radio", "aria-label": label, title: label, click: () => choose(at) }, toned(HAND, "1", at)));
  tones.replaceChildren(make("span", {}, said.tone_kept), ...buttons);
  tones.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {any} */ (event.target));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1 }[event.key];
    if (at < 0 || to === undefined || !buttons[to]) return;
    event.preventDefault();
    choose(to);
    buttons[to].focus();
  });
  hand.addEventListener("click", () => {
    tones.hidden = !tones.hidden;
    hand.setAttribute("aria-expanded", String(!tones.hidden));
  });
  mark();
}

/** @param {Emoji} emoji */
function cell(emoji) {
  return make("button", { type: "button", role: "option", "aria-selected": "false", tabindex: -1, "data-emoji": emoji.emoji, "aria-label": names(emoji)[0].name }, asPutIn(emoji));
}

/**
 * What stands at the foot: the emoji and its names.
 * @param {Emoji} emoji
 * @param {import("./frame.mjs").Said} said
 */
function line(emoji, said) {
  const words = names(emoji).map(({ lang, name }, at) => make(at === 0 ? "b" : "span", { lang }, name));
  const all = words.flatMap((word, at) => (at === 0 ? [word] : [" · ", word]));
  return [
    make("span", { class: "tone", "aria-hidden": "true" }, asPutIn(emoji)),
    make("span", { class: "tray__names" }, ...all),
    make("span", { class: "key-hint" }, make("kbd", {}, "↵"), said.put_in),
  ];
}
