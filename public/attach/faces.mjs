// How files look while they wait: tiles in the composer (`sala-files`), bubbles and what stands beside
// them (`sala-file`). The console puts the elements where they belong; what is in them is made here.
import { drawn, make } from "../parts/dom.mjs";
import { carried, drafts, find } from "./items.mjs";
import * as shelf from "./shelf.mjs";
import { clock, fill, size } from "./texts.mjs";

/** @typedef {import("./items.mjs").Item} Item */
/** @typedef {import("./texts.mjs").Said} Said */

const CROSS = "m6.5 6.5 11 11M17.5 6.5l-11 11";
const ALERT = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M12 8v4.5M12 15.8v.2";
const CLOCK = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M12 7.5V12l3 2";
const UP = "M12 19V5.5M6.5 11 12 5.5l5.5 5.5";
/** A ring's circumference, in its own units. */
const RING = 97.4;

/** @type {Said} */
let said;
/** What stands above a composer's tiles: a picture beside text on the clipboard, or why a file was not added. */
const above = new Map();

/** @param {string} path */
function small(path) {
  const icon = drawn(path);
  icon.classList.add("icon--s");
  return icon;
}

/** A percentage of the file's bytes. @param {Item} item */
const percent = ({ loaded, size }) => String(Math.min(100, Math.floor((loaded / size) * 100)));

/** @param {Item} item */
function ring(item) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ring");
  svg.setAttribute("viewBox", "0 0 36 36");
  svg.setAttribute("aria-hidden", "true");
  for (let at = 0; at < 2; at += 1) {
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [name, value] of [["cx", 18], ["cy", 18], ["r", 15.5]]) circle.setAttribute(String(name), String(value));
    svg.append(circle);
  }
  turn(svg, item);
  return svg;
}

/** @param {Element} svg @param {Item} item */
function turn(svg, item) {
  const done = item.state === "ready" ? 1 : item.loaded / item.size;
  svg.lastElementChild?.setAttribute("stroke-dasharray", `${(RING * done).toFixed(1)} ${RING}`);
}

/** The ring with its cross. @param {Item} item */
function progress(item) {
  const label = fill(said.cancel, percent(item));
  return make("button", { type: "button", class: "progress", "aria-label": label, click: () => shelf.remove(item.id) }, ring(item), drawn(CROSS));
}

/** Its own picture, or nothing. @param {Item} item @param {string} name */
function picture({ small, name: label }, name = "") {
  if (!small) return [];
  const canvas = make("canvas", { class: name, role: "img", "aria-label": label, width: small.width, height: small.height });
  canvas.getContext("2d").drawImage(small, 0, 0);
  return [canvas];
}

/** The end of a name. @param {Item} item */
const ending = ({ name }) => (/\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? "···").toUpperCase();

/** Where a file is, in words. @param {Item} item */
function words(item) {
  if (item.state === "uploading") return fill(said.part, percent(item), size(item.size));
  if (item.state === "asks") return said.heic;
  if (item.state === "failed") return item.failed ?? "";
  if (item.state === "waiting" && (item.lost || !navigator.onLine)) return said.waits;
  return item.sums || item.media || item.state === "copying" ? size(item.size) : `${size(item.size)} · ${said.while_open}`;
}

/** A file in the composer. @param {Item} item @param {number} at */
function tile(item, at) {
  const moves = item.state === "uploading" || item.state === "waiting" || item.state === "copying";
  const sign = item.state === "failed" || item.state === "asks" ? [drawn(ALERT)] : [make("span", { class: "file__type" }, ending(item))];
  const face = picture(item);
  const length = item.seconds ? [make("span", { class: "media-note" }, clock(item.seconds))] : [];
  const away = () => shelf.remove(item.id);
  const link = (/** @type {string} */ label, /** @type {() => void} */ click) =>
    make("button", { type: "button", class: "button button--link", click }, label);
  const ways = [];
  if (item.state === "failed" && item.again) ways.push(link(said.again, () => shelf.again(item)));
  if (item.state === "asks") ways.push(link(said.as_file, () => void shelf.asFile(item)));
  const root = make(
    "li",
    { class: "attachment", "data-state": item.state, "data-id": item.id, tabindex: 0, keydown },
    make("span", { class: "attachment__pic" }, ...(face.length && item.state !== "failed" ? face : sign), ...length, ...(moves ? [progress(item)] : [])),
    make("span", { class: "attachment__no", "aria-label": fill(said.number, String(at + 1)) }, String(at + 1)),
    ...(moves ? [] : [make("button", { type: "button", class: "attachment__cancel", "aria-label": said.take_away, click: away }, small(CROSS))]),
    make("bdi", { class: "attachment__name cut", title: item.name }, item.name),
    make("span", { class: "attachment__words" }, words(item)),
    ...ways,
  );
  /** @param {KeyboardEvent} event */
  function keydown(event) {
    if (event.target !== root) return;
    if (event.key === "Delete" || event.key === "Backspace") away();
    else if (event.shiftKey && event.key === "ArrowLeft") shelf.move(item, -1);
    else if (event.shiftKey && event.key === "ArrowRight") shelf.move(item, 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return root;
}

/** The composer's files. */
class Strip extends HTMLElement {
  connectedCallback() {
    this.draw();
  }

  draw() {
    if (!said) return;
    const room = this.dataset.room ?? "";
    const all = drafts(room);
    const focused = this.contains(document.activeElement) && document.activeElement?.closest("[data-id]");
    const list = all.length > 0 ? [make("ul", { class: "attachments", "aria-label": said.order }, ...all.map(tile))] : [];
    this.replaceChildren(...(above.get(room) ?? []), ...list);
    if (focused) {
      const again = this.querySelector(`[data-id="${focused.getAttribute("data-id")}"]`) ?? this.querySelector("li");
      if (again instanceof HTMLElement) again.focus();
      else this.closest("form")?.querySelector("textarea")?.focus();
    }
    const ready = all.filter(({ state }) => state !== "failed" && state !== "asks").length;
    this.closest("form")?.dispatchEvent(new CustomEvent("files", { detail: String(ready) }));
  }

  /** @param {Item} item */
  step(item) {
    const tile = this.querySelector(`[data-id="${item.id}"]`);
    if (tile) step(tile, item);
  }
}

/** A message's file, or (`data-words`) how far it is. */
class Waiting extends HTMLElement {
  connectedCallback() {
    this.draw();
    if (!this.hasAttribute("data-words")) this.closest("article")?.addEventListener("keydown", this);
  }

  get item() {
    return find(this.dataset.key ?? "");
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { item } = this;
    const key = /** @type {KeyboardEvent} */ (event).key;
    if (key === "Delete" && item && event.target === event.currentTarget && item.state !== "failed" && !item.done) shelf.remove(item.id);
  }

  draw() {
    const { item } = this;
    if (!said || !item) return;
    if (this.hasAttribute("data-words")) this.replaceChildren(...beside(item));
    else this.replaceChildren(item.small ? bare(item) : plain(item));
  }

  /** @param {Item} item */
  step(item) {
    step(this, item);
  }
}

/** What stands beside a bubble. @param {Item} item */
function beside(item) {
  const moves = item.state === "uploading" || item.state === "copying";
  const text = moves ? fill(said.part, percent(item), size(item.size)) : place(item);
  return [small(moves ? UP : CLOCK), make("span", { class: "attachment__words" }, text)];
}

/** Where a file that waits stands among those of its chat. @param {Item} item */
function place(item) {
  const safe = item.state !== "waiting" || words(item) === size(item.size);
  // Only what is kept safely waits.
  if (!safe) return words(item);
  const all = carried(item.room);
  return all.length > 1 ? fill(said.queued_at, String(all.indexOf(item) + 1), String(all.length)) : said.queued;
}

/** Whether it is still on its way to the server. @param {Item} item */
const onItsWay = ({ state, done }) => !done && state !== "failed" && state !== "ready";

/** A picture or film. @param {Item} item */
function bare(item) {
  const facts = item.seconds ? [clock(item.seconds), size(item.size)] : [];
  return make(
    "div",
    { class: "bubble bubble--bare" },
    make(
      "span",
      { class: item.kind === "video" ? "upload upload--film" : "upload" },
      ...picture(item, "photo"),
      ...(onItsWay(item) ? [progress(item)] : []),
      ...(facts.length ? [make("span", { class: "media-note" }, facts.join(" · "))] : []),
    ),
  );
}

/** Any other file. @param {Item} item */
function plain(item) {
  const moves = onItsWay(item);
  const mark = moves ? [ring(item), drawn(CLOCK)] : [ending(item)];
  const cross = { type: "button", class: "icon-button", "aria-label": said.take_away, click: () => shelf.remove(item.id) };
  return make(
    "div",
    { class: "bubble" },
    make(
      "span",
      { class: "file", "data-state": moves ? "uploading" : undefined },
      make("span", { class: "file__type" }, ...mark),
      make("span", { class: "grow" }, make("bdi", { class: "file__name cut" }, item.name), make("small", {}, size(item.size))),
      ...(moves ? [make("button", cross, drawn(CROSS))] : []),
    ),
  );
}

/** Moves on without building anew. @param {Element} root @param {Item} item */
function step(root, item) {
  const ring = root.querySelector(".ring");
  if (ring) turn(ring, item);
  root.querySelector(".progress")?.setAttribute("aria-label", fill(said.cancel, percent(item)));
  const text = root.querySelector(".attachment__words");
  if (text) text.textContent = words(item);
}

/** Shows an item as it is now, and the others of its chat, whose places may have moved. @param {Item} item */
export function changed(item, onlyMoved = false) {
  for (const element of document.querySelectorAll(`sala-file[data-key="${item.id}"], sala-files[data-room="${item.room}"], sala-file[data-words]`)) {
    if (!(element instanceof Strip || element instanceof Waiting)) continue;
    if (element.dataset.key !== item.id && element instanceof Waiting && (onlyMoved || element.item?.room !== item.room)) continue;
    if (onlyMoved) element.step(item);
    else element.draw();
  }
}

function drawAll() {
  for (const element of document.querySelectorAll("sala-file, sala-files")) {
    if (element instanceof Strip || element instanceof Waiting) element.draw();
  }
}

/** Says something above a composer's files. @param {string} room @param {string} text */
export function note(room, text) {
  const close = make("button", { type: "button", class: "icon-button icon-button--small", "aria-label": said.dismiss, click: () => put(room) }, small(CROSS));
  put(room, make("p", { class: "attach-note", role: "alert" }, small(ALERT), make("span", { class: "grow" }, text), close));
}

/** Offers a picture that lies beside text on the clipboard. @param {string} room @param {File} file */
export async function offer(room, file) {
  const image = await createImageBitmap(file, { resizeWidth: 52 }).catch(() => undefined);
  const face = image ? picture(/** @type {any} */ ({ small: image, name: said.in_clipboard })) : [];
  const attach = () => {
    put(room);
    void shelf.add(room, [file]);
  };
  const cross = { type: "button", class: "icon-button icon-button--small", "aria-label": said.leave, click: () => put(room) };
  put(
    room,
    make(
      "div",
      { class: "paste-chip", role: "group", "aria-label": said.in_clipboard },
      ...face,
      make("b", {}, said.in_clipboard),
      make("button", { type: "button", class: "button button--small", click: attach }, said.attach),
      make("button", cross, small(CROSS)),
    ),
  );
}

/** @param {string} room @param {...Node} what */
export function put(room, ...what) {
  if (what.length) above.set(room, what);
  else above.delete(room);
  drawAll();
}

/** @param {Said} texts */
export function begin(texts) {
  if (said) return;
  said = texts;
  customElements.define("sala-files", Strip);
  customElements.define("sala-file", Waiting);
  addEventListener("online", drawAll);
  addEventListener("offline", drawAll);
}
