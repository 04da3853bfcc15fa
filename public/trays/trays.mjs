// The composer's trays: stickers, emoji, and the lists that open while one types. The console loads this when it is
// first asked for one of them (`ui::thread::composer::tools`); why it is not part of the wasm is in
// docs/decisions.md.
import { putReply } from "./canned.mjs";
import { picker } from "./emoji.mjs";
import { closeOpen } from "./frame.mjs";
import { stickers } from "./stickers.mjs";
import { suggest } from "./suggest.mjs";
import { putWords } from "./words.mjs";
import { said as fetched } from "../parts/said.mjs";

/**
 * What the console calls.
 * @param {"stickers" | "emoji" | "canned" | "words" | "reply"} what
 * @param {Element} from the button, or the field with a sign that begins a word or for a reply
 * @param {string} [id] of the reply
 */
export async function open(what, from, id = "") {
  const said = await fetched("trays");
  if (what === "words") suggest(/** @type {HTMLTextAreaElement} */ (from), said);
  else if (what === "canned") slash(from, said);
  else if (what === "reply") {
    // What it leaves open is looked at before it is sent.
    suggest(/** @type {HTMLTextAreaElement} */ (from), said);
    await putReply(/** @type {HTMLTextAreaElement} */ (from), id);
  }
  else {
    // A press may have met the icon within.
    const button = /** @type {HTMLElement} */ (from.closest("button") ?? from);
    if (!closeOpen(button)) void (what === "emoji" ? picker : stickers)(button, said);
  }
}

/**
 * The button does what typing `/` does.
 * @param {Element} button
 * @param {import("./frame.mjs").Said} said
 */
function slash(button, said) {
  const field = button.closest("form")?.querySelector("textarea");
  if (!field) return;
  const before = field.value.slice(0, field.selectionStart);
  field.focus();
  if (!/(?:^|\s)[/／]$/u.test(before)) putWords(field, /(?:^|\s)$/u.test(before) ? "/" : " /", field.selectionStart);
  suggest(field, said);
}
