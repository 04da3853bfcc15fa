// What the picker knows without a page: reading its data, finding in it, tones, and when `:` begins a word.

/**
 * @typedef {object} Emoji
 * @property {string} emoji without a tone
 * @property {string} tones how tones are put in: see `toned`; empty where there are none
 * @property {number} group the place of its tab
 * @property {string[]} names in the four languages
 * @property {string[]} called the same, folded
 * @property {string[]} found these and all other words, folded, each once
 */

/** The smallest number of letters behind `:`. */
const LETTERS = 2;
const TONES = ["", "🏻", "🏼", "🏽", "🏾", "🏿"];
/** What asks for the coloured form; a tone says so already. */
const COLOURED = "\u{FE0F}";

/**
 * Reads emoji.txt.
 * @param {string} text
 * @returns {Emoji[]}
 */
export function parse(text) {
  const all = [];
  let group = -1;
  for (const line of text.split("\n")) {
    if (/^#\d$/.test(line)) {
      group = Number(line.slice(1));
    } else if (group >= 0 && line !== "") {
      const [emoji, tones, ...languages] = line.split("\t");
      const words = languages.map((language) => language.split("|"));
      const folded = words.map((list) => list.map(fold));
      all.push({
        emoji,
        tones,
        group,
        names: words.map(([name]) => name),
        called: folded.map(([name]) => name),
        found: [...new Set(folded.flat())],
      });
    }
  }
  return all;
}

/**
 * A text as it is compared: case, width and kana do not count, nor the blanks around it.
 * @param {string} text
 */
export function fold(text) {
  const plain = text.normalize("NFKC").toLowerCase().trim();
  return plain.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/**
 * The emoji that have all words of a query, those first that are called so.
 * @param {Emoji[]} all
 * @param {string} query in any of the four languages
 * @param {number} most
 * @returns {Emoji[]}
 */
export function search(all, query, most) {
  const words = fold(query).split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  /** @type {Emoji[][]} */
  const ranks = [[], [], [], []];
  for (const emoji of all) {
    const rank = Math.max(...words.map((word) => rankOf(emoji, word)));
    ranks[rank]?.push(emoji);
  }
  return ranks.flat().slice(0, most);
}

/**
 * 0: what it is called, 1: another word of it, 2: begins a word, 3: within one, 4: not at all.
 * @param {Emoji} emoji
 * @param {string} word folded
 */
function rankOf(emoji, word) {
  if (emoji.emoji === word || emoji.called.some((name) => isCalled(name, word))) return 0;
  if (emoji.found.includes(word)) return 1;
  let best = 4;
  for (const has of emoji.found) {
    if (has.startsWith(word) || has.includes(` ${word}`)) return 2;
    if (has.includes(word)) best = 3;
  }
  // Two Latin letters within a word are chance: "at" is no hat.
  return best === 3 && /^[\x20-\x7e]{1,2}$/.test(word) ? 4 : best;
}

/**
 * Whether a name is this word, or begins or ends with it. Words of Thai, Japanese and Chinese are
 * not parted by blanks.
 * @param {string} name
 * @param {string} word
 */
function isCalled(name, word) {
  if (!/^[\x20-\u024f]+$/.test(word)) return name.startsWith(word) || name.endsWith(word);
  return name === word || name.startsWith(`${word} `) || name.endsWith(` ${word}`);
}

/**
 * An emoji with a tone, 0 for yellow. By the rule `1` it stands behind the first character, by
 * `2` (two people) behind the last one too.
 * @param {string} emoji
 * @param {string} rule
 * @param {number} tone
 */
export function toned(emoji, rule, tone) {
  const mark = TONES[tone] ?? "";
  if (rule === "" || mark === "") return emoji;
  const characters = [...emoji];
  if (characters[1] === COLOURED) characters.splice(1, 1);
  characters.splice(1, 0, mark);
  return characters.join("") + (rule === "2" ? mark : "");
}

/**
 * The word behind a `:` that the cursor stands at the end of. It begins with a letter, has at least
 * two, and the `:` stands at the text's start or behind a blank: not in `20:00`, `:)`, `https://`,
 * `ราคา: 500` or `Bonjour :`.
 * @param {string} before the text before the cursor
 * @returns {string | undefined} without the `:`
 */
export function colonWord(before) {
  const word = /(?:^|\s):(\p{L}[\p{L}\p{M}\p{N}_-]*)$/u.exec(before)?.[1];
  const letters = word?.match(/\p{L}/gu)?.length ?? 0;
  return letters >= LETTERS ? word : undefined;
}
