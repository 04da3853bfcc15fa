// The composer's trays: stickers, emoji, and the list behind `:`. The console loads this when it is
// first asked for one of them (`ui::thread::composer::tools`); why it is not part of the wasm is in
// docs/decisions.md.
import { picker } from "./emoji.mjs";
import { closeOpen } from "./frame.mjs";
import { stickers } from "./stickers.mjs";
import { suggest } from "./suggest.mjs";

/** In the order in which the console hands its texts over. */
const TEXTS = [
  "stickers", "recent", "packages", "choose", "sends", "close", "number", "notLoaded", "again", "emoji", "search",
  "tone", "toneKept", "tones", "groups", "found", "nothing", "findWays", "putIn", "missing",
];

/**
 * What the console calls.
 * @param {"stickers" | "emoji" | "colon"} what
 * @param {Element} from the button, or the field with a `:`
 * @param {string} texts one a line
 */
export function open(what, from, texts) {
  const lines = texts.split("\n");
  const said = Object.fromEntries(TEXTS.map((name, at) => [name, lines[at] ?? ""]));
  if (what === "colon") void suggest(/** @type {HTMLTextAreaElement} */ (from), said);
  else {
    // A press may have met the icon within.
    const button = /** @type {HTMLElement} */ (from.closest("button") ?? from);
    if (!closeOpen(button)) void (what === "emoji" ? picker : stickers)(button, said);
  }
}
