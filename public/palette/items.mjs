// What the palette finds: chats, what may be done now, pages, languages and looks.
import { face, shownName } from "../parts/face.mjs";
import { call } from "../parts/call.mjs";
import { act } from "../parts/way.mjs";

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} group under which heading it stands
 * @property {string} name
 * @property {string[]} names what else it is found by
 * @property {string} sign its icon, where it has no face
 * @property {(() => HTMLElement)} [face]
 * @property {string} [beside]
 * @property {string} [lang]
 * @property {string[]} keys
 * @property {boolean} [first] stands before the chats
 * @property {() => void} run
 */

/** @param {string} id @param {string} group @param {string} name @param {string} sign @param {() => void} run @param {Partial<Item>} [more] @returns {Item} */
const item = (id, group, name, sign, run, more = {}) => ({ id, group, name, sign, run, names: [], keys: [], ...more });

/**
 * What may be done at the moment, by the keys that do it.
 * @param {Record<string, string>} said
 * @param {{ able: string, room: string, noSigns: boolean }} facts
 */
export function actions(said, { able, room, noSigns }) {
  const one = (/** @type {string} */ key, /** @type {string} */ group, /** @type {string} */ name, /** @type {string} */ sign) => {
    const keys = noSigns ? [] : key === "E" ? ["Shift", "E"] : [key.toUpperCase()];
    return item(`act-${key}`, group, name, sign, () => act(key), { keys, first: group === said.actions });
  };
  const chat = room ? said.actions : said.console;
  // What stands on the page and says that it has this key.
  const has = (/** @type {string} */ key) => document.querySelector(`[data-shortcut="${key}"]`) !== null;
  /** @type {HTMLElement | null} */
  const mode = document.querySelector("#thread-menu [data-mode]");
  return [
    able.includes("r") && one("r", chat, said.reply, "reply"),
    able.includes("n") && one("n", chat, said.note_inside, "lock"),
    able.includes("c") && one("c", chat, room ? said.claim : said.claim_next, "user"),
    able.includes("t") && one("t", chat, said.transfer, "swap"),
    able.includes("e") && one("e", chat, said.close_chat, "check"),
    able.includes("E") && one("E", chat, said.close_and_next, "check"),
    has("b") && one("b", chat, said.snooze, "moon"),
    mode !== null && item("mode", chat, mode.textContent?.trim() ?? "", "bot", () => mode.click(), { first: true }),
    able.includes("f") && one("f", chat, said.find, "search"),
    able.includes("\\") && one("\\", chat, said.details, "user"),
    one("/", said.console, said.search, "search"),
    has("x") && one("x", said.console, said.select, "check"),
    one("j", said.console, said.next_chat, "arrow-down"),
    one("k", said.console, said.previous_chat, "arrow-down"),
    one("?", said.console, said.keys, "keyboard"),
  ].filter((one) => one !== false);
}

/**
 * Pages by their titles.
 * @param {Record<string, string>} said
 * @param {[string, string][]} pages
 */
export const named = (said, pages) => pages.map(([title, href]) => item(href, said.pages, title, href === "/" ? "inbox" : "gear", () => location.assign(href), { names: [href] }));

/**
 * Languages, each by its own name for itself, and light and dark: the buttons of the own menu.
 * @param {Record<string, string>} said
 */
export function looks(said) {
  const press = (/** @type {string} */ selector) => () => /** @type {HTMLElement | null} */ (document.querySelector(`#my-menu ${selector}`))?.click();
  const languages = [...document.querySelectorAll("#my-menu [lang]")].map((button) => {
    const lang = button.getAttribute("lang") ?? "";
    return item(`lang-${lang}`, said.languages, button.textContent?.trim() ?? "", "chat", press(`[lang="${lang}"]`), { names: [lang, said.languages], lang });
  });
  const themes = [["auto", said.auto], ["light", said.light], ["dark", said.dark]].map(([look, name]) =>
    item(`look-${look}`, said.looks, name, "eye", press(`[data-look="${look}"]`), { names: [look, said.looks] }));
  return [...languages, ...themes];
}

/**
 * Canned replies, where one may answer: one that is chosen stands in the field.
 * @param {Record<string, string>} said
 * @param {{ able: string }} facts
 * @param {AbortSignal} signal
 * @returns {Promise<Item[]>}
 */
export async function replies(said, { able }, signal) {
  if (!able.includes("r")) return [];
  try {
    /** @type {{ id: string, shortcut: string, title: string, text: string, used: number }[]} */
    const all = await call("canned_replies", {}, signal);
    all.sort((a, b) => b.used - a.used);
    return all.map(({ id, shortcut, title, text }) =>
      item(id, said.replies, title || `/${shortcut}`, "bolt", () => void putIn(id), { names: [shortcut, `/${shortcut}`], beside: text.replace(/\s+/gu, " ").slice(0, 80) }));
  } catch {
    return [];
  }
}

/** @param {string} id of a canned reply */
async function putIn(id) {
  act("r");
  const field = document.querySelector("form.composer textarea");
  const { open } = await import("../trays/trays.mjs");
  if (field?.isConnected) await open("reply", field, id);
}

/**
 * Chats: the newest, and those whose names have what was typed. Without an answer there are none.
 * @param {Record<string, string>} said
 * @param {string} q
 * @param {AbortSignal} signal
 * @returns {Promise<Item[]>}
 */
export async function chats(said, q, signal) {
  try {
    const found = /[^\s"]/u.test(q)
      ? (await call("search", { q: q.slice(0, 200), in: ["contacts"], limit: 20 }, signal)).contacts
      : (await call("conversations", { tab: "all" }, signal)).conversations;
    return found.map((/** @type {{ room: string, contact: import("../parts/face.mjs").Contact }} */ { room, contact }) =>
      item(room, said.chats, shownName(contact), "chat", () => act(`room ${room}`), {
        face: () => face(contact),
        lang: contact.language,
        names: [contact.display_name],
        beside: contact.name === undefined ? undefined : contact.display_name,
      }));
  } catch {
    return [];
  }
}
