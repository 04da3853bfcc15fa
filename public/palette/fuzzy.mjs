// How well a name fits what was typed, in every script: its letters in their order, best together and
// at the beginning of a word. Without a browser, so that it can be tested.

/** Letters as they are compared: width and case make no difference, marks do. @param {string} text */
export const folded = (text) => text.normalize("NFKC").toLowerCase();

/** What one sees as one letter. */
const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * How well `name` fits `query`: 0 not at all, more is better.
 * @param {string} query
 * @param {string} name
 */
export function fit(query, name) {
  const [wanted, text] = [folded(query).trim(), folded(name)];
  if (wanted === "") return 1;
  const at = text.indexOf(wanted);
  if (at === 0) return 1_000 - Math.min(text.length, 400);
  if (at > 0) return (begins(text, at) ? 500 : 400) - Math.min(at, 100);
  // All words somewhere.
  const words = wanted.split(/\s+/u);
  if (words.length > 1 && words.every((word) => text.includes(word))) return 250;
  return scattered(wanted.replaceAll(/\s+/gu, ""), text);
}

/** Whether a word begins there. @param {string} text @param {number} at */
const begins = (text, at) => /[\s\p{P}]/u.test(text[at - 1] ?? " ");

/**
 * Letters one after the other with others between them: few gaps are better. Letters that are this
 * far apart mean nothing where a script has few of them in a word.
 * @param {string} wanted
 * @param {string} text
 */
function scattered(wanted, text) {
  const parts = [...letters.segment(wanted)].map(({ segment }) => segment);
  let [from, gaps] = [0, 0];
  for (const [place, part] of parts.entries()) {
    const at = text.indexOf(part, from);
    if (at < 0) return 0;
    if (place > 0 && at > from && !begins(text, at)) gaps += 1;
    from = at + part.length;
  }
  return gaps > Math.ceil(parts.length / 2) ? 0 : Math.max(1, 200 - gaps * 20 - Math.min(from, 100));
}

/**
 * Those that fit, the best first; as they came where they fit equally.
 * @template T
 * @param {string} query
 * @param {T[]} items
 * @param {(item: T) => string[]} names
 */
export function best(query, items, names) {
  return items
    .map((item, at) => ({ item, at, fits: Math.max(...names(item).map((name) => fit(query, name))) }))
    .filter(({ fits }) => fits > 0)
    .sort((a, b) => b.fits - a.fits || a.at - b.at)
    .map(({ item, fits }) => ({ item, fits }));
}
