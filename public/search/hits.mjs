// What was found, as rows of the list.
import { drawn, icon, make } from "../parts/dom.mjs";
import { face, shownName } from "../parts/face.mjs";
import { fill } from "../parts/said.mjs";
import { short } from "../parts/when.mjs";

const SMALL = "icon icon--s";

/**
 * The text with its marks, which are places in UTF-16 units.
 * @param {string} text
 * @param {[number, number][]} marks
 * @returns {(Node | string)[]}
 */
export function marked(text, marks) {
  const parts = [];
  let at = 0;
  for (const [start, length] of marks) {
    parts.push(text.slice(at, start), make("mark", {}, text.slice(start, start + length)));
    at = start + length;
  }
  return [...parts, text.slice(at)].filter((part) => part !== "");
}

/**
 * The words that are marked, as they stand there.
 * @param {{ snippet: string, marks: [number, number][] }} hit
 */
export const words = (hit) => [...new Set(hit.marks.map(([start, length]) => hit.snippet.slice(start, start + length)))];

/** @param {string} name */
function small(name) {
  const sign = icon(name);
  sign.setAttribute("class", SMALL);
  return sign;
}

/** @param {string} id @param {Node} avatar @param {(Node | string)[]} name @param {string | undefined} lang @param {string} time @param {Node[]} below */
function row(id, avatar, name, lang, time, below) {
  return make("li", { class: "hit", role: "option", id, "aria-selected": "false" }, avatar, make("div", {},
    make("div", { class: "hit__line" },
      make("bdi", { class: "hit__name cut", lang }, ...name),
      time && make("span", { class: "hit__time" }, time),
    ), ...below));
}

/**
 * @param {any} found
 * @param {string} id
 * @param {Record<string, string>} said
 */
export function customer(found, id, said) {
  const { contact, marks, tags = [] } = found;
  // The marks are of the name that is shown; what else was found (LINE's name, attributes, the memo) has none.
  const why = contact.name === undefined ? [] : [make("p", { class: "hit__why" }, make("span", { class: "cut" }, said.our_name, " · ", ...aroundName(said, [contact.display_name])))];
  const tag = (/** @type {{ name: string, color: string }} */ { name, color }) => make("span", { class: "tag", "data-colour": color }, make("bdi", { class: "cut" }, name));
  if (tags.length > 0) why.push(make("p", { class: "hit__why" }, ...tags.map(tag)));
  return row(id, face(contact), marked(contact.name ?? contact.display_name, marks), contact.language, "", why);
}

/** @param {Record<string, string>} said @param {(Node | string)[]} name */
function aroundName(said, name) {
  const [before, after] = said.line_name.split("{0}");
  return [before, make("bdi", {}, ...name), after ?? ""];
}

/**
 * @param {any} found
 * @param {string} id
 * @param {Record<string, string>} said
 * @param {string} me
 */
export function message(found, id, said, me) {
  const { conversation, message: line, snippet, marks } = found;
  const { contact, session } = conversation;
  const who = line.direction === "in" ? (contact.kind === "user" ? said.customer : line.sender.name)
    : line.sender.id === me ? said.you : line.sender.name;
  const isNote = line.direction === "note";
  const why = [
    make("bdi", {}, who),
    isNote ? said.note : "",
    line.media?.name ? said.file : "",
    session?.status === "closed" ? said.in_closed : "",
  ].filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));
  const sign = isNote ? [small("lock")] : line.media ? [small("clip")] : [];
  return row(id, face(contact), [shownName(contact)], contact.language, short(line.created_at, said), [
    make("p", { class: "hit__text", dir: "auto" }, ...marked(snippet, marks)),
    make("p", { class: "hit__why" }, ...sign, make("span", { class: "cut" }, ...why)),
  ]);
}

/**
 * A heading over hits of one kind.
 * @param {string} id
 * @param {string} name
 * @param {number} count
 * @param {boolean} more
 * @param {string} [beside]
 */
export const section = (id, name, count, more, beside) =>
  make("h2", { class: "search__section", id }, name, make("span", { class: "count" }, `${count}${more ? "+" : ""}`),
    beside ? make("span", { class: "sort" }, beside) : "");

/**
 * What stands where nothing was found, or nothing is asked yet.
 * @param {string} sign
 * @param {string} title
 * @param {string} text
 * @param {...Node} more
 */
export const empty = (sign, title, text, ...more) =>
  make("div", { class: "empty", role: "status" }, drawn(sign), make("b", {}, title), make("p", {}, text), ...more);

export { fill };
