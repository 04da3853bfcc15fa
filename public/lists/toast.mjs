// One short word on what became of something, among those of the console: what failed stays until it is put away.
import { icon, make } from "../parts/dom.mjs";
import { said } from "./said.mjs";

const SHOWN_MS = 5_000;

/** @type {HTMLElement | undefined} */
let shown;

/**
 * @param {"info" | "error"} kind
 * @param {string} words
 * @param {HTMLElement} [more] a button
 */
export function toast(kind, words, more) {
  const root = make("div", { class: "toast", "data-kind": kind });
  const gone = () => root.remove();
  const dismiss = make(
    "button",
    { type: "button", class: "icon-button icon-button--small", "aria-label": said.dismiss, title: said.dismiss, click: gone },
    icon("x"),
  );
  root.append(icon(kind === "error" ? "alert" : "check"), make("span", { class: "grow" }, words), ...(more ? [more] : []), dismiss);
  if (kind === "info") setTimeout(gone, SHOWN_MS);
  shown?.remove();
  shown = root;
  document.querySelector(".toasts")?.append(root);
}

/** The server could not be reached, or it refused. @param {unknown} failure */
export const failed = (failure) => toast("error", failure instanceof TypeError ? said.unreachable : said.refused);
