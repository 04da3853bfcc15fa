// A page that stays open while the server is upgraded goes on working, and offers to become the new one:
// it does not by itself, since a page that nobody has touched yet makes no sound. Drafts and what waits
// to be sent are kept over it.
import { make } from "../parts/dom.mjs";

/** The build that this page is of. */
function own() {
  const style = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=stylesheet]"));
  return style && new URL(style.href).searchParams.get("v");
}

/** Compares from now on. @param {Record<string, string>} said */
export function watch(said) {
  const here = own();
  /** @type {HTMLElement | undefined} */
  let shown;
  addEventListener("sala-build", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (!here || shown || detail === here) return;
    const reload = make("button", { type: "button", class: "button button--small", click: () => location.reload() }, said.reload);
    shown = make("p", { class: "renewed-chip", role: "status" }, said.renewed, " ", reload);
    document.body.append(shown);
  });
}
