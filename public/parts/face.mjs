// An operator's letter on a colour of their own, as `ui::components::contact_avatar` draws it: the same
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

/** FNV-1a of an id's sixteen bytes. @param {string} id */
function faceOf(id) {
  let sum = 0x811c9dc5;
  for (const [byte] of id.replaceAll("-", "").matchAll(/../g)) sum = Math.imul(sum ^ Number.parseInt(byte, 16), 0x01000193) >>> 0;
  return FACES[((sum ^ (sum >>> 15)) >>> 0) % FACES.length];
}

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
