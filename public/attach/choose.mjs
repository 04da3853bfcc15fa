// Choosing files: the browser's own dialog, and before it, on a phone, a sheet with two entries.
import { drawn, make } from "../parts/dom.mjs";
import { fill } from "./texts.mjs";

const CAMERA = "M4 8h3.2l1.6-2.5h6.4L16.8 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 9.6a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 1 0 0-7.2";
const PICTURE = "M5.5 5h13a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM9 8.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 1 0 0-3M4 17l5-4 3.5 3 3-2.5 5 4";

/** Pictures and films. */
export const PICTURES = "image/*,video/*";

/**
 * @param {HTMLFormElement} form
 * @param {import("./texts.mjs").Said} said
 * @param {(form: HTMLElement, files: File[]) => void} chosen
 * @param {string} [accept] of these kinds alone, at once
 */
export function choose(form, said, chosen, accept) {
  if (!accept && matchMedia("(max-width: 760px)").matches) return sheet(form, said, chosen);
  const input = field(form, { multiple: true, ...(accept && { accept }) }, chosen, () => input.remove());
  document.body.append(input);
  input.click();
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string | boolean>} attributes
 * @param {(form: HTMLElement, files: File[]) => void} chosen
 * @param {() => void} done
 */
function field(form, attributes, chosen, done) {
  const input = make("input", { type: "file", hidden: true, ...attributes });
  input.addEventListener("change", () => {
    chosen(form, [...input.files]);
    done();
    form.querySelector("textarea")?.focus();
  });
  input.addEventListener("cancel", done);
  return input;
}

/**
 * Chrome on Android offers no camera where only pictures and films are accepted, so it has an entry of its own.
 * @param {HTMLFormElement} form
 * @param {import("./texts.mjs").Said} said
 * @param {(form: HTMLElement, files: File[]) => void} chosen
 */
function sheet(form, said, chosen) {
  const name = document.querySelector(".thread-head h2")?.textContent ?? "";
  const title = fill(said.sheet, name);
  const close = () => dialog.close();
  const entry = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {string} */ more, /** @type {Record<string, string | boolean>} */ attributes) => {
    const input = field(form, attributes, chosen, close);
    const face = make("span", {}, drawn(sign));
    const button = { type: "button", class: "sheet__item sheet__item--two", click: () => input.click() };
    return [make("button", button, face, make("b", {}, words), make("small", {}, more)), input];
  };
  const dialog = make(
    "dialog",
    { class: "dialog sheet", "aria-label": title, close: () => dialog.remove() },
    make("h2", {}, title),
    ...entry(CAMERA, said.camera, said.camera_text, { accept: PICTURES, capture: "environment" }),
    ...entry(PICTURE, said.files, said.files_text, { accept: "*/*", multiple: true }),
    make("button", { type: "button", class: "button", click: close }, said.close),
  );
  dialog.addEventListener("click", (/** @type {MouseEvent} */ event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
}
