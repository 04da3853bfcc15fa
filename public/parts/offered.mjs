// What lists of things to choose from have in common: marking what was typed, keys.
import { make } from "./dom.mjs";

/**
 * A text with what was typed marked in it. Where folding changes its length nothing is marked.
 * @param {string} text
 * @param {string} word
 * @returns {(Node | string)[]}
 */
export function marked(text, word) {
  const [folded, wanted] = [text.toLowerCase(), word.normalize("NFKC").toLowerCase().trim()];
  const at = wanted === "" || folded.length !== text.length ? -1 : folded.indexOf(wanted);
  if (at < 0) return [text];
  return [text.slice(0, at), make("mark", {}, text.slice(at, at + wanted.length)), text.slice(at + wanted.length)];
}

/**
 * Which keys do what.
 * @param {[string[], string][] | any[]} keys
 * @returns {Node[]}
 */
export function keyHints(keys) {
  return keys.map(([marks, words]) => make("span", { class: "key-hint" }, .../** @type {string[]} */ (marks).map((mark) => make("kbd", {}, mark)), String(words)));
}

/** Whether a key belongs to an input method. @param {KeyboardEvent} event */
export const composes = (event) => event.isComposing || event.keyCode === 229;
