// A menu at a button, on the browser's own popover: Esc and a press beside it close it.
import { make } from "../parts/dom.mjs";

/**
 * Shows a panel at a button until it is closed, and says when that is.
 * @param {HTMLElement} button
 * @param {string} label
 * @param {Node[]} parts
 * @param {{ class?: string, above?: boolean, beside?: Element | null, closed?: () => void }} [how] `beside`: at its edge
 * @returns {{ root: HTMLElement, close: () => void }}
 */
export function panel(button, label, parts, how = {}) {
  const root = make("div", { class: how.class ?? "menu", popover: "auto", role: "dialog", "aria-label": label }, ...parts);
  const close = () => root.hidePopover();
  // Within the console, whose letters are not for whoever is in here.
  root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key !== "Escape" && event.stopPropagation());
  root.addEventListener("toggle", (/** @type {ToggleEvent} */ event) => {
    if (event.newState !== "closed") return;
    button.setAttribute("aria-expanded", "false");
    const hadFocus = root.contains(document.activeElement) || document.activeElement === document.body;
    root.remove();
    if (hadFocus && button.isConnected) button.focus();
    how.closed?.();
  });
  document.body.append(root);
  button.setAttribute("aria-expanded", "true");
  root.showPopover();
  place(root, button, how);
  root.querySelector("[autofocus], button, input")?.focus();
  return { root, close };
}

/** @param {HTMLElement} root @param {HTMLElement} button @param {{ above?: boolean, beside?: Element | null }} how */
function place(root, button, { above, beside }) {
  const box = button.getBoundingClientRect();
  const size = root.getBoundingClientRect();
  const wanted = beside ? beside.getBoundingClientRect().right + 14 : box.left;
  const left = Math.max(8, Math.min(wanted, innerWidth - size.width - 8));
  const below = Math.min(box.bottom + 6, Math.max(8, innerHeight - size.height - 8));
  root.style.insetInlineStart = "auto";
  root.style.left = `${left}px`;
  root.style.top = `${above ? Math.max(8, box.top - size.height - 6) : below}px`;
}

/**
 * One entry.
 * @param {Node | undefined} sign
 * @param {Node | string} words
 * @param {(event: Event) => void} chosen
 * @param {string} [hint]
 * @returns {HTMLButtonElement}
 */
export function item(sign, words, chosen, hint) {
  const parts = [...(sign ? [sign] : []), make("bdi", {}, words)];
  if (hint) parts.push(make("span", { class: "menu__hint" }, hint));
  return make("button", { type: "button", class: "menu__item", click: chosen }, ...parts);
}

/**
 * Lets arrows walk the buttons of a panel.
 * @param {HTMLElement} root
 */
export function walk(root) {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.isComposing || event.target instanceof HTMLInputElement) return;
    const all = [...root.querySelectorAll("button")];
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    event.preventDefault();
    all[(at + step + all.length) % all.length]?.focus();
  });
}
