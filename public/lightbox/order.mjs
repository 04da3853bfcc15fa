// In which order pictures are gone through: the thread's, and within an album the customer's.

/**
 * Pictures of an album follow the one that came first, by their place in the album where it is known.
 * @template {{ set?: string, index?: string }} Picture
 * @param {Picture[]} pictures in the thread's order
 * @returns {Picture[]}
 */
export function ordered(pictures) {
  /** @type {Map<string, number>} */
  const firsts = new Map();
  const keyed = pictures.map((picture, at) => {
    if (!picture.set) return { picture, first: at, index: 0, at };
    if (!firsts.has(picture.set)) firsts.set(picture.set, at);
    return { picture, first: firsts.get(picture.set) ?? at, index: Number(picture.index) || Infinity, at };
  });
  keyed.sort((a, b) => a.first - b.first || (a.index === b.index ? 0 : a.index - b.index) || a.at - b.at);
  return keyed.map(({ picture }) => picture);
}
