// Lists beyond the four tabs: filters that stand in the address, saved views, several rows at once, chats that are put
// off; and who answers a chat. The console loads this when it has come to rest (`ui::inbox::lists`) and draws the rows
// itself; what it tells and hears are events of the window:
//   it hears  `sala-narrowed` (a page of the filtered list as JSON, or nothing), `sala-ask`
//   it tells  `sala-told` (something that lists may show), `sala-views`, `sala-mentions`, `sala-went` (another address),
//             `sala-more`, `sala-rooms` (a line for each row of the list: its room, `rev`, and whose it is)
// `sala-choose` selects a row or lets it go, as `x` does; with 1 or -1 the next or the one before as well. Keys are the
// console's: it presses what has `data-shortcut`, first that of the bar.
import { make } from "../parts/dom.mjs";
import { follow } from "./address.mjs";
import { drawBar } from "./bulk.mjs";
import { beginChoosing, chooseHere } from "./choose.mjs";
import { beginFilter } from "./filter.mjs";
import { beginHours } from "./hours.mjs";
import { setMode } from "./mode.mjs";
import { beginNarrowing } from "./narrow.mjs";
import { drawPanel, filterPanel } from "./panel.mjs";
import { beginRows } from "./rows.mjs";
import { hear, who } from "./said.mjs";
import { snoozeOpen } from "./snooze.mjs";
import { beginViews } from "./views.mjs";

let begun = false;

async function start() {
  await hear();
  const place = document.getElementById("narrow");
  const rows = document.getElementById("rows");
  if (begun || !place || !rows) return;
  begun = true;
  Object.assign(who, { me: place.dataset.me, mayShare: place.hasAttribute("data-may-share") });
  follow();
  beginViews(place);
  beginFilter(place);
  beginNarrowing(drawPanel);
  beginChoosing(rows, drawBar);
  beginRows(rows);
  beginHours();
  place.append(make("button", { type: "button", hidden: true, "data-shortcut": "x", click: chooseHere }));
}

/**
 * What the console calls.
 * @param {"start" | "filter" | "snooze" | "mode"} what
 * @param {Element} from the button
 */
export async function open(what, from) {
  await start();
  const button = /** @type {HTMLElement} */ (from.closest("button") ?? from);
  if (what === "filter") filterPanel(button);
  else if (what === "snooze") snoozeOpen(button);
  else if (what === "mode") await setMode(button);
}
