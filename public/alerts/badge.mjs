// How many messages nobody has looked at, beside the title: on the tab's icon and on the installed app.
// The console writes the number into the title; this reads it there.

const TITLE = /^\((\d+)\)/;
/** The largest number that an icon has room for. */
const MOST = 99;
let shown = -1;

/** The number in a title. @param {string} title */
export const countIn = (title) => Number(TITLE.exec(title)?.[1] ?? 0);

/** Follows the title. */
export function follow() {
  const title = document.querySelector("title");
  if (!title) return;
  new MutationObserver(show).observe(title, { childList: true, characterData: true, subtree: true });
  show();
}

function show() {
  const count = countIn(document.title);
  if (count === shown) return;
  shown = count;
  const app = /** @type {any} */ (navigator);
  const set = count > 0 ? app.setAppBadge?.(count) : app.clearAppBadge?.();
  set?.catch?.(() => {});
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="icon"][type="image/svg+xml"]'));
  if (link) link.href = count > 0 ? `/favicon/${Math.min(count, MOST)}.svg` : "/favicon.svg";
}
