// What scripts say, in the page's language: each part fetches its texts when it is first asked for, and each text
// has the name that it has in `ui::scripts`.

/** @typedef {Record<string, string>} Said */
/** @typedef {{ texts: Said, pages: [string, string][] }} Told */

/** What was fetched, by part. @type {Map<string, Promise<Told>>} */
const fetched = new Map();

/**
 * What a part says, and for the palette the pages to go to; fetched once.
 * @param {"search" | "palette" | "keys" | "lists" | "files" | "trays" | "customer" | "alerts"} part
 */
export function told(part) {
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

/** The texts of a part. @param {Parameters<typeof told>[0]} part */
export const said = async (part) => (await told(part)).texts;

/**
 * Puts values into a text's places, in one pass: what a value says is never taken for a place.
 * @param {string} text
 * @param {...(string | number)} values
 */
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at] ?? ""));
