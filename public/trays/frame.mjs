// What both trays have in common: the frame above the composer, the tabs, and a grid walked by arrows.
import { drawn, make } from "../parts/dom.mjs";

export { drawn, make };

/**
 * What the console says, in the page's language; `ui::thread::composer::tools` has the texts.
 * @typedef {Record<string, string>} Said
 */

export const CLOCK = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M12 7.5V12l3 2";

/**
 * A list that this browser keeps.
 * @param {string} key
 * @returns {string[]}
 */
export function kept(key) {
  try {
    const list = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  } catch {
    return [];
  }
}

/**
 * Puts an item first on such a list. Where the browser keeps nothing, nothing is lost but the order.
 * @param {string} key
 * @param {string} item
 * @param {number} most
 */
export function keepFirst(key, item, most) {
  const list = [item, ...kept(key).filter((other) => other !== item)].slice(0, most);
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // Full or forbidden.
  }
}

/** The tray that is open; there is one at most. @type {{ button: Element, close: () => void } | undefined} */
let open;

/**
 * Closes what is open, and says whether it was this button's.
 * @param {Element} button
 */
export function closeOpen(button) {
  const was = open?.button === button && button.getAttribute("aria-expanded") === "true";
  open?.close();
  return was;
}

/**
 * Shows a tray in its place above the composer, until Esc, a press outside, or the focus goes.
 * @param {HTMLElement} button whose tray it is
 * @param {string} label
 * @param {HTMLElement[]} parts
 * @returns {{ root: HTMLElement, close: (back?: boolean) => void }}
 */
export function show(button, label, parts) {
  const form = /** @type {HTMLElement} */ (button.closest("form"));
  const place = /** @type {HTMLElement} */ (form.parentElement?.querySelector(".tray-place"));
  const field = /** @type {HTMLElement | null} */ (form.querySelector("textarea"));
  const root = make("div", { class: "tray popup", role: "dialog", "aria-label": label }, ...parts);
  const isOutside = (/** @type {unknown} */ target) =>
    target instanceof Node && !root.contains(target) && !button.contains(target);
  const pressed = (/** @type {Event} */ event) => isOutside(event.target) && close(false);
  const close = (back = true) => {
    open = undefined;
    document.removeEventListener("pointerdown", pressed, true);
    button.setAttribute("aria-expanded", "false");
    place.removeAttribute("data-open");
    root.remove();
    // A finger's keyboard would jump up for the field.
    if (back) (matchMedia("(pointer: coarse)").matches ? button : field)?.focus();
  };
  root.addEventListener("focusout", (event) => {
    if (root.isConnected && event.relatedTarget !== null && isOutside(event.relatedTarget)) close(false);
  });
  root.addEventListener("keydown", (event) => {
    // Letters are for the search here, not for the console.
    if (event.key !== "F6") event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("pointerdown", pressed, true);
  button.setAttribute("aria-expanded", "true");
  place.setAttribute("data-open", "");
  place.replaceChildren(root);
  open = { button, close: () => close(false) };
  return { root, close };
}

/**
 * A row of tabs, walked by ← and →.
 * @param {{ label: string, face: Node | string }[]} tabs
 * @param {(at: number) => void} chosen
 * @returns {{ row: HTMLElement, choose: (at: number) => void }}
 */
export function tabs(tabs, chosen) {
  const row = make("div", { class: "tray__tabs", role: "tablist" });
  const choose = (/** @type {number} */ at) => {
    [...row.children].forEach((tab, place) => {
      tab.setAttribute("aria-selected", String(place === at));
      tab.tabIndex = place === at ? 0 : -1;
    });
    row.children[at]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    chosen(at);
  };
  tabs.forEach(({ label, face }, at) => {
    row.append(make("button", { type: "button", role: "tab", title: label, "aria-label": label, click: () => choose(at) }, face));
  });
  row.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const at = [...row.children].indexOf(/** @type {Element} */ (event.target));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: row.children.length - 1 }[event.key];
    const tab = to === undefined ? undefined : row.children[to];
    if (to === undefined || !(tab instanceof HTMLElement)) return;
    event.preventDefault();
    tab.focus();
    choose(to);
  });
  return { row, choose };
}

/**
 * Where an arrow leads from a cell; cells may stand in several grids one below the other.
 * @param {HTMLElement[]} cells
 * @param {number} at
 * @param {string} key
 */
function neighbour(cells, at, key) {
  if (key === "ArrowLeft") return at - 1;
  if (key === "ArrowRight") return at + 1;
  if (key === "Home") return 0;
  if (key === "End") return cells.length - 1;
  const down = key === "ArrowDown";
  if (!down && key !== "ArrowUp") return undefined;
  const boxes = cells.map((cell) => cell.getBoundingClientRect());
  const here = boxes[at];
  let best = -1;
  boxes.forEach((box, place) => {
    if (down ? box.top <= here.top : box.top >= here.top) return;
    const nearer = (/** @type {DOMRect} */ one) => [Math.abs(one.top - here.top), Math.abs(one.left - here.left)];
    const [row, column] = nearer(box);
    const [bestRow, bestColumn] = best < 0 ? [Infinity, Infinity] : nearer(boxes[best]);
    if (row < bestRow || (row === bestRow && column < bestColumn)) best = place;
  });
  return best;
}

/**
 * Lets arrows walk the cells (`[role=option]`) of a list, of which one can have the focus.
 * @param {HTMLElement} list
 * @param {{ above: () => void, moved?: (cell: HTMLElement) => void }} ways where ↑ leads from the first row
 * @returns {{ select: (cell: Element | null | undefined, focus?: boolean) => void, first: () => HTMLElement | null }}
 */
export function walk(list, { above, moved }) {
  const cells = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")]);
  /** @param {Element | null | undefined} cell */
  const select = (cell, focus = true) => {
    for (const other of list.querySelectorAll("[aria-selected=true]")) {
      other.setAttribute("aria-selected", "false");
      /** @type {HTMLElement} */ (other).tabIndex = -1;
    }
    if (!(cell instanceof HTMLElement)) return;
    cell.setAttribute("aria-selected", "true");
    cell.tabIndex = 0;
    if (focus) cell.focus();
    moved?.(cell);
  };
  list.addEventListener("focusin", (event) => {
    const cell = /** @type {Element} */ (event.target).closest("[role=option]");
    if (cell && cell.getAttribute("aria-selected") !== "true") select(cell, false);
  });
  list.addEventListener("keydown", (event) => {
    const all = cells();
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = at < 0 ? undefined : neighbour(all, at, event.key);
    if (to === undefined) return;
    event.preventDefault();
    if (all[to]) select(all[to]);
    else if (event.key === "ArrowUp") above();
  });
  return { select, first: () => list.querySelector("[role=option]") };
}
