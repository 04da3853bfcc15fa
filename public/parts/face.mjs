// An operator's letter, or a customer's picture or letter, on a colour of their own, as `ui::components::contact_avatar` draws it: the same
// for the same id, on every screen.
import { make } from "./dom.mjs";

const FACES = [
  "linear-gradient(150deg,#12875a,#07593a)",
  "linear-gradient(150deg,#7a55c7,#533094)",
  "linear-gradient(150deg,#c25a20,#8f3a0c)",
  "linear-gradient(150deg,#1c76b8,#0f4f86)",
  "linear-gradient(150deg,#b03a7c,#7b1f54)",
  "linear-gradient(150deg,#5c6f69,#3b4a45)",
];

/** The colour of these bytes, by FNV-1a. @param {Iterable<number>} bytes */
function colourOf(bytes) {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return FACES[((sum ^ (sum >>> 15)) >>> 0) % FACES.length];
}

/** That of an id's sixteen bytes. @param {string} id */
const faceOf = (id) => colourOf([...id.replaceAll("-", "").matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16)));

/** The first letter that stands by itself: Thai vowels written before their consonant are skipped. @param {string} name */
function firstLetter(name) {
  const letters = [...name];
  const own = letters.find((letter) => /[\p{Alphabetic}\p{N}]/u.test(letter) && !/[\u0e40-\u0e44]/.test(letter));
  return (own ?? letters[0] ?? "").toUpperCase();
}

/**
 * @param {{ id: string, name: string, status?: string }} person
 */
export function operatorFace({ id, name, status }) {
  return make("span", { class: "avatar", style: `--face:${faceOf(id)}`, "data-presence": status, "aria-hidden": "true" }, firstLetter(name));
}

/** @typedef {{ line_user_id: string, kind: string, display_name: string, name?: string, picture_url?: string, language?: string }} Contact */

/** What somebody is called on the screen. @param {Contact} contact */
export const shownName = (contact) => contact.name ?? contact.display_name;

/** A customer's or group's picture. @param {Contact} contact @returns {HTMLElement} */
export function face(contact) {
  const group = contact.kind === "user" ? "" : " avatar--group";
  const style = `--face:${colourOf(new TextEncoder().encode(contact.line_user_id))}`;
  const box = make("span", { class: `avatar${group}`, style, "aria-hidden": "true" }, firstLetter(shownName(contact)));
  if (contact.picture_url) {
    const picture = make("img", {
      class: "avatar__picture", alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer",
      error: () => picture.remove(),
    });
    picture.src = contact.picture_url;
    box.append(picture);
  }
  return box;
}
