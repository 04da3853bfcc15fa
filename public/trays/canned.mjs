// Canned replies behind `/`: found while one types, shown as they will stand in the field, put in with
// their variables filled.
import { make } from "./frame.mjs";
import { filled, languageOf, leftOpen, pieces } from "./fill.mjs";
import { fold } from "./search.mjs";
import { putWords } from "./words.mjs";
import { call } from "../parts/call.mjs";
import { composes, keyHints, marked } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";

/** @typedef {{ id: string, shortcut: string, title: string, text: string, used: number }} Canned */
/** @typedef {import("./frame.mjs").Said} Said */

const MOST = 50;
/** A list is asked for again when `/` is typed, but not for each letter behind it. */
const FRESH_MS = 10_000;

/** What the LINE accounts are called. @type {{ name: string, title: string }[]} */
let titles = [];

/** The list as it was fetched last. @type {{ at: number, all: Promise<Canned[]> } | undefined} */
let fetched;

/** @returns {Promise<Canned[]>} the most used first */
function all() {
  if (!fetched || Date.now() - fetched.at > FRESH_MS) {
    const both = Promise.all([call("canned_replies", {}), call("line_accounts", {})]);
    const asked = { at: Date.now(), all: both.then(([replies, accounts]) => ((titles = accounts), replies)) };
    asked.all.catch(() => fetched === asked && (fetched = undefined));
    fetched = asked;
  }
  return fetched.all;
}

/** The word behind a `/` at the start of a word; full-width ones count. @param {string} before */
export const slashWord = (before) => /(?:^|\s)[/／]([^\s/／]{0,40})$/u.exec(before)?.[1];

/**
 * 0: begins the shortcut, 1: within it, 2: within the title, 3: within the text, 4: not at all.
 * @param {Canned} reply
 * @param {string} word folded
 */
function rankOf(reply, word) {
  const shortcut = fold(reply.shortcut);
  if (shortcut.startsWith(word)) return 0;
  const at = [shortcut, fold(reply.title), fold(reply.text)].findIndex((text) => text.includes(word));
  return at < 0 ? 4 : at + 1;
}

/** What stands for the variables now. @param {HTMLTextAreaElement} field @param {string} text */
function valuesFor(field, text) {
  const { customer = "", account, operator = "" } = field.closest("form")?.dataset ?? {};
  const page = document.documentElement;
  const lang = languageOf(text, page.lang);
  const now = new Date();
  /** @param {Intl.DateTimeFormatOptions} parts */
  const said = (parts) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, parts).format(now);
  return {
    name: customer,
    operator,
    channel: titles.find(({ name }) => name === account)?.title ?? "",
    date: said({ day: "numeric", month: "short" }),
    time: said({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  };
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {Said} said
 * @returns {import("./words.mjs").Source<Canned>}
 */
export function canned(field, said) {
  let total = 0;
  guard(field, said);
  return {
    id: "canned-list",
    label: said.canned,
    look: "canned popup",
    eager: true,
    word: slashWord,
    async find(word) {
      const replies = await all();
      total = replies.length;
      /** @type {Canned[][]} */
      const ranks = [[], [], [], [], []];
      for (const reply of replies) ranks[rankOf(reply, fold(word))].push(reply);
      return ranks.slice(0, 4).flat().slice(0, MOST);
    },
    row(reply, word) {
      const text = pieces(reply.text.replace(/\s+/gu, " "), {}).flatMap((piece) => (piece.variable ? [make("var", {}, piece.word)] : marked(piece.word, word)));
      return [
        make("span", { class: "cut" }, make("code", {}, "/", ...marked(reply.shortcut, word)), " ", ...marked(reply.title, word)),
        make("small", {}, fill(said.used, String(reply.used))),
        make("p", { class: "cut", dir: "auto", lang: languageOf(reply.text, "") || undefined }, ...text),
      ];
    },
    frame(list, reply, count) {
      const keys = [
        [["↑", "↓"], said.choose],
        [["↵", "Tab"], said.put_in],
        [["Esc"], said.close],
      ];
      const foot = make("div", { class: "canned__foot" }, ...keyHints(keys), make("span", { class: "canned__count" }, fill(said.count_of, String(count), String(total))));
      return make("div", {}, list, preview(field, reply, said), foot);
    },
    take: put,
  };
}

/** @param {Canned} reply @param {HTMLTextAreaElement} field @param {number} from */
function put(reply, field, from) {
  const text = filled(pieces(reply.text, valuesFor(field, reply.text)));
  putWords(field, text, from);
  const open = leftOpen(text);
  // What is still to be filled in is chosen, so that typing replaces it.
  const at = open === undefined ? -1 : field.value.indexOf(open, from);
  if (open !== undefined && at >= 0) field.setSelectionRange(at, at + open.length);
  field.closest("form")?.dispatchEvent(new CustomEvent("canned", { detail: reply.id }));
}

/** Puts a reply in at the cursor, by its id; one that is gone meanwhile is not. @param {HTMLTextAreaElement} field @param {string} id */
export async function putReply(field, id) {
  const reply = (await all()).find((one) => one.id === id);
  field.focus();
  if (reply) put(reply, field, field.selectionStart);
}

/** @param {HTMLTextAreaElement} field @param {Canned} reply @param {Said} said */
function preview(field, reply, said) {
  const all = pieces(reply.text, valuesFor(field, reply.text));
  const words = all.map(({ word, variable, value }) => (variable ? make("var", { "data-empty": value === "" ? "" : undefined }, value || word) : word));
  const used = [...new Map(all.filter(({ variable }) => variable).map((piece) => [piece.variable, piece])).values()];
  const empty = used.find(({ value }) => value === "");
  return make(
    "div",
    { class: "canned__preview" },
    make("h3", {}, said.will_stand),
    make("p", { class: "bubble", dir: "auto", lang: languageOf(reply.text, "") || undefined }, ...words),
    ...(empty ? [make("p", { class: "field-error" }, fill(said.still_open, empty.word))] : []),
    make("dl", {}, ...used.flatMap(({ word, value }) => [make("dt", {}, word), make("dd", {}, make("bdi", {}, value || "–"))])),
  );
}

/**
 * What a reply left open is not sent without a second Enter.
 * @param {HTMLTextAreaElement} field
 * @param {Said} said
 */
function guard(field, said) {
  const form = /** @type {HTMLElement} */ (field.closest("form"));
  const place = form.parentElement?.querySelector(".tray-place");
  let warned = "";
  const warning = make("p", { class: "open-variable popup", role: "alert" });
  const stop = (/** @type {Event} */ event) => {
    const open = leftOpen(field.value);
    if (open === undefined || warned === field.value) return warning.remove();
    warned = field.value;
    warning.replaceChildren(fill(said.open_send, open));
    place?.append(warning);
    const at = field.value.indexOf(open);
    field.focus();
    field.setSelectionRange(at, at + open.length);
    event.preventDefault();
    event.stopPropagation();
  };
  form.addEventListener(
    "keydown",
    (event) => {
      const sends = form.dataset.ctrlEnter === undefined ? !event.shiftKey : event.ctrlKey || event.metaKey;
      const isEnter = event.key === "Enter" && event.target === field;
      if (isEnter && sends && !composes(event) && !event.defaultPrevented) stop(event);
    },
    true,
  );
  form.addEventListener("click", (event) => /** @type {Element} */ (event.target).closest(".button--primary") && stop(event), true);
  field.addEventListener("input", () => warning.remove());
}
