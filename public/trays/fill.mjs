// What a canned reply leaves open, and what stands in its place. `protocol::canned` has the same rule
// for what is a variable; this one is without a page, so that it can be tried by itself.

/** @typedef {{ word: string, variable?: string, value?: string }} Piece words, or a variable with its value */

const VARIABLES = ["name", "operator", "channel", "date", "time"];
const BRACED = /\{((?:[A-Za-z0-9_-]|[^\x00-\x7f\s]){1,32})\}/gu;

/**
 * Cuts a text into words and variables, in one pass: what a value says is never taken for a variable.
 * @param {string} text
 * @param {Record<string, string>} values
 * @returns {Piece[]}
 */
export function pieces(text, values) {
  /** @type {Piece[]} */
  const all = [];
  let at = 0;
  for (const found of text.matchAll(BRACED)) {
    if (!VARIABLES.includes(found[1])) continue;
    if (found.index > at) all.push({ word: text.slice(at, found.index) });
    all.push({ word: found[0], variable: found[1], value: values[found[1]] ?? "" });
    at = found.index + found[0].length;
  }
  if (at < text.length) all.push({ word: text.slice(at) });
  return all;
}

/** The text as it goes into the field: what there is nothing for stays in its braces. @param {Piece[]} all */
export const filled = (all) => all.map(({ word, value }) => value || word).join("");

/** The first variable that was left open in a text. @param {string} text */
export const leftOpen = (text) => pieces(text, {}).find(({ variable }) => variable !== undefined)?.word;

/**
 * The language in which a date fits into a text: that of its letters, else the reader's.
 * @param {string} text
 * @param {string} reader
 */
export function languageOf(text, reader) {
  if (/[\u0e00-\u0e7f]/u.test(text)) return "th";
  if (/[\u3040-\u30ff]/u.test(text)) return "ja";
  if (/\p{Script=Han}/u.test(text)) return reader === "ja" ? "ja" : "zh-Hant";
  return /\p{Script=Latin}/u.test(text) ? "en" : reader;
}
