// All keys, on one page. The console loads this with the first ? (`ui::console::parts`).
import { make } from "../parts/dom.mjs";
import { said } from "../parts/said.mjs";
import { read } from "../parts/way.mjs";

/** What the keys do, with the signs on them; what is a sign alone can be switched off. */
const KEYS = [
  [["Ctrl", "K"], "key_palette"],
  [["/"], "key_search"],
  [["F"], "key_find"],
  [["F"], "key_filter"],
  [["J", "K"], "key_chats"],
  [["Alt", "↓"], "key_next_chat"],
  [["]", "["], "key_lists"],
  [["R"], "key_reply"],
  [["Z"], "key_undo"],
  [["N"], "key_note"],
  [["C"], "key_claim"],
  [["T"], "key_transfer"],
  [["E"], "key_close"],
  [["L"], "key_tags"],
  [["Shift", "E"], "key_close_and_next"],
  [["B"], "key_snooze"],
  [["X"], "key_select"],
  [["\\"], "key_details"],
  [["G", "I"], "key_inbox"],
  [["G", "P"], "key_people"],
  [["G", "S"], "key_settings"],
  [["G", "G"], "key_newest"],
  [["F6"], "key_pane"],
  [["send"], "key_send"],
  [["line"], "key_new_line"],
  [["Ctrl", "Shift", "A"], "key_attach"],
  [["↑"], "key_retry"],
  [["Esc"], "key_escape"],
  [["?"], "key_keys"],
];

/** @param {string} facts */
export async function open(facts) {
  const texts = await said("keys");
  const { noSigns, ctrlEnter } = read(facts);
  const special = { send: ctrlEnter ? ["Ctrl", "↵"] : ["↵"], line: ctrlEnter ? ["↵"] : ["Shift", "↵"] };
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const rows = KEYS.map(([keys, name]) => ({ keys: special[keys[0]] ?? keys, name: texts[name] }))
    // Where signs alone do nothing, no key of one such sign is told.
    .filter(({ keys }) => !noSigns || keys[0] === "Ctrl" || keys.every((key) => key.length > 1 || "↵↑↓".includes(key)));
  const dialog = make("dialog", {
    class: "dialog", "aria-label": texts.keys, close: () => dialog.remove(),
    click: (/** @type {MouseEvent} */ event) => event.target === dialog && beside(dialog, event) && dialog.close(),
  },
    make("h2", {}, texts.keys),
    make("dl", { class: "keys" }, ...rows.flatMap(({ keys, name }) => [
      make("dt", {}, ...keys.map((/** @type {string} */ key) => make("kbd", {}, key === "Ctrl" && isMac ? "⌘" : key))),
      make("dd", {}, name),
    ])),
    make("footer", {}, make("button", { type: "button", class: "button", autofocus: "", click: () => dialog.close() }, texts.close)));
  document.body.append(dialog);
  dialog.showModal();
}

/** Whether a click hit the ground around a dialog. @param {HTMLElement} dialog @param {MouseEvent} event */
function beside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
