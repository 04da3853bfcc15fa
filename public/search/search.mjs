// The search over all chats, in the list's place, and the search within the open one. The console
// loads this when one of them is first asked for (`ui::console::parts`).
import { said } from "../parts/said.mjs";
import { read } from "../parts/way.mjs";
import { Find } from "./find.mjs";
import { Pane } from "./pane.mjs";

/** @type {Pane | undefined} */
let pane;
/** @type {Find | undefined} */
let find;

/**
 * @param {string} facts
 */
export async function open(facts) {
  const { what, room, me } = read(facts);
  const texts = await said("search");
  find ??= new Find(texts);
  if (what === "find") {
    find.begin(room);
    return;
  }
  pane ??= new Pane(texts, me, find);
  pane.open();
}
