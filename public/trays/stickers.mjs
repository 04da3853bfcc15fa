// LINE's stickers that accounts may send, in a tray.
import { CLOCK, drawn, keepFirst, kept, make, show, tabs, walk } from "./frame.mjs";
import { call } from "../parts/call.mjs";
import { keyHints } from "../parts/offered.mjs";

/** @typedef {{ package_id: string, title: string, animated: boolean, sticker_ids: string[] }} Package */
/** @typedef {{ package_id: string, id: string, title: string }} Sticker */

const RECENT_KEY = "sala.stickers.recent";
/** So many are remembered, and shown under "Recent" where fewer have been sent. */
const RECENT_MOST = 30;
const RECENT_LEAST = 15;

const RIGHT = "m9.5 6 6 6-6 6";

/** LINE's picture of a sticker. @param {string} id */
const picture = (id) => `https://stickershop.line-scdn.net/stickershop/v1/sticker/${id}/android/sticker.png`;

/**
 * Opens the tray.
 * @param {HTMLElement} button
 * @param {import("./frame.mjs").Said} said
 */
export function stickers(button, said) {
  const head = make("div", { class: "tray__packages" });
  const title = make("div", { class: "tray__title" });
  const grid = make("div", { class: "stickers", role: "listbox", "aria-label": said.stickers });
  const body = make("div", { class: "tray__body" }, title, grid);
  const keys = [
    [["←", "↑", "→"], said.choose],
    [["↵"], said.sends],
    [["Esc"], said.close],
  ];
  const tray = show(button, said.stickers, [head, body, make("div", { class: "tray__foot tray__foot--keys" }, ...keyHints(keys))]);
  const send = (/** @type {Sticker} */ sticker) => {
    keepFirst(RECENT_KEY, `${sticker.package_id}/${sticker.id}`, RECENT_MOST);
    tray.close();
    const detail = `${sticker.package_id}/${sticker.id}`;
    button.closest("form")?.dispatchEvent(new CustomEvent("sticker", { detail }));
  };
  const load = async () => {
    grid.replaceChildren(...Array.from({ length: 10 }, () => make("span", { class: "skeleton" })));
    /** @type {Package[]} */
    let packages;
    try {
      // Those that were sent of last come first.
      packages = await call("sticker_packages", {});
    } catch {
      const again = make("button", { type: "button", class: "button button--small", click: load }, said.again);
      grid.replaceChildren(make("p", { class: "tray__none", role: "status" }, said.not_loaded, again));
      return;
    }
    if (tray.root.isConnected) fill({ head, title, grid, body }, packages, said, send);
  };
  // Keys work from the first moment, also while the packages are on their way.
  tray.root.tabIndex = -1;
  tray.root.focus();
  void load();
}

/**
 * Tabs and grid.
 * @param {{ head: HTMLElement, title: HTMLElement, grid: HTMLElement, body: HTMLElement }} parts
 * @param {Package[]} packages
 * @param {import("./frame.mjs").Said} said
 * @param {(sticker: Sticker) => void} send
 */
function fill({ head, title, grid, body }, packages, said, send) {
  const of = (/** @type {Package} */ { package_id, title, sticker_ids }) => sticker_ids.map((id) => ({ package_id, id, title }));
  const recent = recentOf(packages.flatMap(of), packages.slice(0, 1).flatMap(of));
  const { select, first } = walk(grid, { above: () => /** @type {HTMLElement | null} */ (head.querySelector("[tabindex='0']"))?.focus() });
  const row = tabs(
    [
      { label: said.recent, face: drawn(CLOCK) },
      ...packages.map(({ title, sticker_ids: [id] }) => ({ label: title, face: face(id, 32, [title.slice(0, 2)]) })),
    ],
    (at) => {
      const shown = at === 0 ? recent : of(packages[at - 1]);
      const count = said.packages.replace("{0}", String(packages.length));
      title.replaceChildren(at === 0 ? said.recent : packages[at - 1].title, make("small", {}, count));
      grid.replaceChildren(...shown.map((sticker) => tile(sticker, said, send)));
      body.scrollTop = 0;
      select(first(), false);
    },
  );
  head.replaceChildren(row.row, further(row.row));
  row.choose(0);
  select(first());
}

/**
 * The arrow behind the tabs, for a mouse; keys and fingers need none.
 * @param {HTMLElement} row
 */
function further(row) {
  const turn = () => {
    const atEnd = row.scrollLeft + row.clientWidth >= row.scrollWidth - 1;
    row.scrollTo({ left: atEnd ? 0 : row.scrollLeft + row.clientWidth - 44 });
  };
  return make("button", { type: "button", class: "icon-button", tabindex: -1, "aria-hidden": "true", click: turn }, drawn(RIGHT));
}

/**
 * What was sent from this browser last; while that is little, the package that was sent of last as well.
 * @param {Sticker[]} all
 * @param {Sticker[]} last
 */
function recentOf(all, last) {
  const sent = kept(RECENT_KEY).flatMap((key) => all.filter(({ package_id, id }) => key === `${package_id}/${id}`));
  const more = last.filter((sticker) => !sent.some(({ id }) => id === sticker.id));
  return [...sent, ...more.slice(0, Math.max(0, RECENT_LEAST - sent.length))];
}

/**
 * @param {Sticker} sticker
 * @param {import("./frame.mjs").Said} said
 * @param {(sticker: Sticker) => void} send
 */
function tile(sticker, said, send) {
  const label = `${said.number} ${sticker.id}, ${sticker.title}`;
  const instead = [said.number, make("b", {}, sticker.id)];
  return make(
    "button",
    { type: "button", role: "option", "aria-selected": "false", tabindex: -1, title: sticker.title, "aria-label": label, click: () => send(sticker) },
    face(sticker.id, 66, instead),
  );
}

/**
 * A picture, or what stands for it where LINE's pictures cannot be had.
 * @param {string} id
 * @param {number} size in px
 * @param {(Node | string)[]} instead
 */
function face(id, size, instead) {
  const image = make("img", { src: picture(id), alt: "", width: size, height: size, loading: "lazy", decoding: "async", referrerpolicy: "no-referrer", draggable: "false" });
  image.addEventListener("error", () => image.replaceWith(make("span", { "data-missing": "" }, ...instead)), { once: true });
  return image;
}
