// Files that are dragged in from outside: the layer over the thread, and nothing that stays behind.
import { drawn, make } from "../parts/dom.mjs";
import { fill } from "./texts.mjs";

const UP = "M12 15.5V4.5M7 9.5l5-5 5 5M4.5 16v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2";
const BLOCK = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M6 6l12 12";

/**
 * @param {import("./texts.mjs").Said} said
 * @param {() => HTMLFormElement | null} composer
 * @param {() => string | undefined} why files cannot be sent
 * @param {(form: HTMLElement, files: File[]) => void} dropped
 */
export function watchDrags(said, composer, why, dropped) {
  /** Something of the page itself is dragged. */
  let ours = false;
  /** @type {HTMLElement | undefined} */
  let layer;
  const close = () => {
    layer?.remove();
    layer = undefined;
  };
  const isFiles = (/** @type {DragEvent} */ event) => !ours && Boolean(event.dataTransfer?.types.includes("Files"));
  const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ heard) => addEventListener(name, heard, true);

  on("dragstart", () => (ours = true));
  on("dragend", () => (ours = false));
  on("dragenter", (event) => {
    if (isFiles(event) && !layer) layer = show(said, why());
  });
  on("dragover", (event) => {
    if (!isFiles(event)) return;
    // Otherwise a drop would make the browser leave the console.
    event.preventDefault();
    event.dataTransfer.dropEffect = isOver(event) && !why() ? "copy" : "none";
  });
  on("dragleave", (event) => {
    // Out of the window. Some browsers never say where to.
    const { clientX: x, clientY: y, relatedTarget } = event;
    if (relatedTarget === null && (x <= 0 || y <= 0 || x >= innerWidth - 1 || y >= innerHeight - 1)) close();
  });
  on("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    close();
    const form = composer();
    if (form && isOver(event) && !why()) dropped(form, files(event.dataTransfer));
  });
  // A drag that was given up may end without a word; then the pointer moves as it always does.
  on("pointermove", () => {
    ours = false;
    close();
  });
  on("keydown", (event) => {
    if (event.key !== "Escape" || !layer) return;
    event.stopImmediatePropagation();
    close();
  });
  on("blur", (event) => {
    if (event.target === window) close();
  });
}

/** Over the thread or what belongs to it. @param {DragEvent} event */
const isOver = (event) => event.target instanceof Element && event.target.closest("main.thread") !== null;

/** Without folders. @param {DataTransfer} from */
function files(from) {
  const folders = [...from.items].map((item) => item.kind === "file" && item.webkitGetAsEntry?.()?.isDirectory);
  return [...from.files].filter((_, at) => !folders[at]);
}

/**
 * @param {import("./texts.mjs").Said} said
 * @param {string | undefined} no
 */
function show(said, no) {
  const thread = document.querySelector("main.thread:has(.message-list)");
  if (!thread) return;
  const name = thread.querySelector(".thread-head h2")?.textContent ?? "";
  const icon = drawn(no ? BLOCK : UP);
  icon.classList.add("icon--l");
  const words = no ? [make("b", {}, no)] : [make("b", {}, fill(said.drop_for, name)), make("p", {}, said.drop_text)];
  const key = make("span", { class: "key-hint" }, make("kbd", {}, "Esc"), said.closes);
  const layer = make("div", { class: "drop-layer", "data-no": no ? "" : undefined }, icon, ...words, key);
  const foot = thread.querySelector(".thread__foot");
  if (foot instanceof HTMLElement) layer.style.setProperty("--foot", `${foot.offsetHeight}px`);
  thread.append(layer);
  return layer;
}
