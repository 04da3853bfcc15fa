// What the search, the palette and the list of keys have in common: their texts, and how they have
// something done.

/** @typedef {Record<string, string>} Said */

/** What was fetched, by part. @type {Map<string, Promise<{ texts: Said, pages: [string, string][] }>>} */
const fetched = new Map();

/**
 * What a part says in the page's language; fetched once.
 * @param {"search" | "palette" | "keys"} part
 */
export function said(part) {
  const known = fetched.get(part);
  if (known) return known;
  const asked = fetch(`/said/${part}?lang=${document.documentElement.lang}`).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    const { texts, pages = [] } = await answer.json();
    return { texts, pages };
  });
  fetched.set(part, asked);
  // The next press tries again.
  asked.catch(() => fetched.delete(part));
  return asked;
}

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

/**
 * What the console tells when it opens a part, in the order of its lines.
 * @param {string} facts
 */
export function read(facts) {
  const [what, able, habits, room, me] = facts.split("\n");
  return { what, able, noSigns: habits[0] === "1", ctrlEnter: habits[1] === "1", room, me };
}
