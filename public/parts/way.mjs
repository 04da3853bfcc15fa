// What scripts with a pane or a dialog of their own have in common: how they have something done.

/**
 * Has the console do something: the name of a key, or what to open (`ui::console::keys`).
 * @param {string} what
 */
export function act(what) {
  dispatchEvent(new CustomEvent("sala-act", { detail: what }));
}

/** The chat that is open, or nothing. */
export function openRoom() {
  const [, place, room] = location.pathname.split("/");
  return place === "c" ? decodeURIComponent(room ?? "") : "";
}

/** The smallest id there is: what is behind it begins with its moment. */
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** As `thread {after}` takes it, for what was written at a moment or later. @param {Date} at */
export const since = (at) => ({ at: new Date(at.getTime() - 1).toISOString(), id: FIRST_ID });

/**
 * What the console tells when it opens a part, in the order of its lines.
 * @param {string} facts
 */
export function read(facts) {
  const [what, able, habits, room, me] = facts.split("\n");
  return { what, able, noSigns: habits[0] === "1", ctrlEnter: habits[1] === "1", room, me };
}
