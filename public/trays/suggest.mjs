// The lists that open while one types: emoji behind `:`, canned replies behind `/`, colleagues behind `@`.
import { canned } from "./canned.mjs";
import { colleagues } from "./colleagues.mjs";
import { asPutIn, emojiData, names, putIn } from "./emoji.mjs";
import { make } from "./frame.mjs";
import { colonWord, search } from "./search.mjs";
import { WordList } from "./words.mjs";

/** @typedef {import("./search.mjs").Emoji} Emoji */

const MOST = 7;

/** Fields that have their list already. @type {WeakMap<HTMLTextAreaElement, WordList>} */
const watched = new WeakMap();

/**
 * Looks at a field from now on, and at what stands in it.
 * @param {HTMLTextAreaElement} field
 * @param {import("./frame.mjs").Said} said
 */
export function suggest(field, said) {
  const list = watched.get(field) ?? new WordList(field, [emoji(said), canned(field, said), colleagues(said)]);
  watched.set(field, list);
  void list.look();
}

/**
 * @param {import("./frame.mjs").Said} said
 * @returns {import("./words.mjs").Source<Emoji>}
 */
function emoji(said) {
  return {
    id: "emoji-list",
    label: said.emoji,
    look: "suggest popup",
    eager: false,
    word: colonWord,
    find: async (word) => search(await emojiData(), word, MOST),
    row(emoji) {
      const [own, ...others] = names(emoji).map(({ lang, name }) => make("span", { lang }, name));
      return [make("span", { class: "tone" }, asPutIn(emoji)), own, make("small", {}, ...others.flatMap((other, place) => (place === 0 ? [other] : [" · ", other])))];
    },
    take: (emoji, field, from) => putIn(field, emoji, from),
  };
}
