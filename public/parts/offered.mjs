// What lists of things to choose from have in common: asking the server, marking what was typed, keys.
import { make } from "./dom.mjs";

/**
 * Calls a function of the server.
 * @param {string} name
 * @param {object} input
 * @returns {Promise<any>}
 */
export async function ask(name, input) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const answer = await fetch(`/api/${name}`, { method: "POST", headers, body: JSON.stringify(input) });
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => undefined));
  return answer.json();
}

/** What the server answered instead. */
export class Refused extends Error {
  /** @param {number} status @param {any} said */
  constructor(status, said) {
    super(said?.message ?? `answered ${status}`);
    this.status = status;
    this.code = said?.code;
  }
}

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
