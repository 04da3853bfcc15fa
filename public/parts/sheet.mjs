// Ways to leave a sheet that fingers know: a swipe downwards, and Back.

/** So far a finger goes before its sheet closes, in CSS pixels. */
const FAR = 80;

/** Sheets that made themselves movable already; the console's own are opened more than once. @type {WeakSet<Element>} */
const movable = new WeakSet();

/** Makes each sheet that opens from now on one that can be left like this, whoever opens it. */
export function watchSheets() {
  const opened = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLDialogElement) || !target.open || !target.matches(".sheet")) return;
    if (!movable.has(target)) swiped(target);
    movable.add(target);
    // Browsers that close what is modal on Back need no entry of the history for it.
    if (!("CloseWatcher" in window)) backed(target);
  };
  document.addEventListener("toggle", opened, true);
}

/** @param {HTMLDialogElement} dialog */
function swiped(dialog) {
  /** @type {number | undefined} */
  let from;
  const follow = (/** @type {number} */ by) => (dialog.style.transform = by > 0 ? `translateY(${by}px)` : "");
  dialog.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 && dialog.scrollTop === 0 ? touches[0].clientY : undefined), { passive: true });
  dialog.addEventListener("touchmove", ({ touches }) => from !== undefined && follow(touches[0].clientY - from), { passive: true });
  const end = (/** @type {TouchEvent} */ event) => {
    const by = from === undefined ? 0 : event.changedTouches[0].clientY - from;
    from = undefined;
    follow(0);
    if (event.type === "touchend" && by > FAR) dialog.close();
  };
  dialog.addEventListener("touchend", end);
  dialog.addEventListener("touchcancel", end);
}

/** @param {HTMLDialogElement} dialog */
function backed(dialog) {
  history.pushState({ sheet: true }, "");
  const left = () => dialog.close();
  addEventListener("popstate", left, { once: true });
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", left);
    // Closed in another way: the entry goes too, unless what was chosen has led elsewhere.
    if (history.state?.sheet) history.back();
  }, { once: true });
}
