// The composer's trays: stickers, emoji, and the lists that open while one types. The console loads this when it is
// first asked for one of them (`ui::thread::composer::tools`); why it is not part of the wasm is in
// docs/decisions.md.
import { picker } from "./emoji.mjs";
import { closeOpen } from "./frame.mjs";
import { stickers } from "./stickers.mjs";
import { suggest } from "./suggest.mjs";
import { putWords } from "./words.mjs";
import { saidIn } from "../parts/said.mjs";

const said = saidIn("thread::composer::tools::said");

/**
 * What the console calls.
 * @param {"stickers" | "emoji" | "canned" | "words"} what
 * @param {Element} from the button, or the field with a sign that begins a word
 */
export function open(what, from) {
  if (what === "words") suggest(/** @type {HTMLTextAreaElement} */ (from), said);
  else if (what === "canned") slash(from, said);
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
