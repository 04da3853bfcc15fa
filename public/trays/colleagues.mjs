// Colleagues behind `@` in a note.
import { make } from "./frame.mjs";
import { fold } from "./search.mjs";
import { putWords } from "./words.mjs";
import { operatorFace } from "../parts/face.mjs";
import { call } from "../parts/call.mjs";
import { keyHints, marked } from "../parts/offered.mjs";

/** @typedef {{ id: string, name: string, status: string }} Colleague */

const MOST = 8;
/** As the console hands the words over. */
const PRESENCE = ["online", "away", "busy", "offline"];

/** The name behind an `@` that is no part of an address; full-width ones count. @param {string} before */
export const atWord = (before) => /(?:^|[^A-Za-z0-9._-])[@＠]([^\s@＠]{0,40})$/u.exec(before)?.[1];

/**
 * @param {import("./frame.mjs").Said} said
 * @returns {import("./words.mjs").Source<Colleague>}
 */
export function colleagues(said) {
  /** Who they are, for as long as one `@` is typed. @type {Promise<Colleague[]> | undefined} */
  let team;
  return {
    id: "colleague-list",
    label: said.colleagues,
    look: "mentions popup",
    eager: true,
    word(before, field) {
      const word = field.closest("form")?.dataset.mode === "note" ? atWord(before) : undefined;
      if (word === undefined) team = undefined;
      return word;
    },
    async find(word) {
      team ??= call("operators", {});
      const me = document.querySelector("form.composer")?.getAttribute("data-me");
      const wanted = fold(word);
      const found = (await team).filter(({ id, name }) => id !== me && fold(name).includes(wanted));
      const begins = (/** @type {Colleague} */ one) => Number(!fold(one.name).split(/\s+/u).some((part) => part.startsWith(wanted)));
      const order = (/** @type {Colleague} */ one) => 10 * begins(one) + PRESENCE.indexOf(one.status);
      return found.sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name)).slice(0, MOST);
    },
    row(person, word) {
      const at = PRESENCE.indexOf(person.status);
      return [operatorFace(person), make("b", { class: "cut" }, make("bdi", {}, ...marked(person.name, word))), make("small", {}, said.presence.split("|")[at] ?? "")];
    },
    frame(list) {
      const keys = [
        [["↑", "↓"], said.choose],
        [["Tab"], said.put_in],
        [["Esc"], said.close],
      ];
      return make("div", {}, list, make("div", { class: "canned__foot" }, ...keyHints(keys)));
    },
    take: (person, field, from) => putWords(field, `@${person.name} `, from),
  };
}
