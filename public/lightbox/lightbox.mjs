// A thread's pictures, one at a time and as large as one wants. The console loads this when the first
// picture is opened (`ui::thread::lightbox`), in a dialog that is the console's.
import { drawn, icon, make } from "../parts/dom.mjs";
import { ordered } from "./order.mjs";
import { Stage } from "./stage.mjs";
import { fits, seen } from "./zoom.mjs";

const LENS = "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13M16 16l4.5 4.5M8.2 11h5.6";
const PLUS = "M11 8.2v5.6";
const CORNERS = "M4 9V4.5h4.5M20 9V4.5h-4.5M4 15v4.5h4.5M20 15v4.5h-4.5";

/** In the order in which the console hands its texts over. */
const TEXTS = [
  "photo", "smaller", "larger", "fit", "before", "next", "ofChat", "place", "pictureOf", "download", "close", "quote",
  "keyPicture", "keyZoom", "keyFit",
];
/** In the order in which it says what there is to know of a picture. */
const FACTS = ["id", "small", "url", "who", "when", "size", "quotable", "set", "index"];
/** What parts pictures, and what parts the facts about one. */
const [RECORD, UNIT] = ["\u001E", "\u001F"];
/** So many pictures stand at the foot. */
const STRIP = 8;

/** @param {string} text @param {...(string | number)} values */
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at] ?? ""));
/** @param {string[]} names @param {string[]} values @returns {Record<string, string>} */
const named = (names, values) => Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""]));
/** @param {string} pictures @returns {Record<string, string>[]} */
const read = (pictures) => ordered(pictures.split(RECORD).filter(Boolean).map((one) => named(FACTS, one.split(UNIT))));

/** The lightbox in each place. @type {WeakMap<Element, Lightbox>} */
const open = new WeakMap();

/**
 * Shows the pictures in their place, which the console has put on the page, and follows them.
 * @param {HTMLElement} root
 * @param {string} texts one a line
 * @param {string} pictures
 * @param {string} at which is shown first, by its id
 */
export function show(root, texts, pictures, at) {
  const box = open.get(root);
  if (box) box.update(read(pictures));
  else if (root.isConnected) open.set(root, new Lightbox(root, named(TEXTS, texts.split("\n")), read(pictures), at));
}

class Lightbox {
  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} said
   * @param {Record<string, string>[]} pictures
   * @param {string} at
   */
  constructor(root, said, pictures, at) {
    Object.assign(this, { root, said, pictures });
    this.dialog = /** @type {HTMLDialogElement} */ (root.closest("dialog"));
    this.stage = new Stage(said.photo, () => this.#follow(), (by) => this.#step(by));
    this.#draw();
    this.#go(at);
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (!root.isConnected) removeEventListener("keydown", keys);
      else this.#key(event);
    };
    addEventListener("keydown", keys);
  }

  /** @param {Record<string, string>[]} pictures */
  update(pictures) {
    this.pictures = pictures;
    // Its customer took it back.
    if (this.place < 0) this.dialog.close();
    else this.#tell();
  }

  get place() {
    return this.pictures.findIndex((picture) => picture.id === this.at);
  }

  get shown() {
    return this.pictures[this.place] ?? {};
  }

  /** @param {string} id */
  #go(id) {
    this.at = id;
    this.stage.begin(this.shown.url ?? "");
    this.mapped.src = this.shown.url ?? "";
    this.#tell();
  }

  /** @param {number} by */
  #step(by) {
    const next = this.pictures[this.place + by];
    if (next) this.#go(next.id);
  }

  #quote() {
    if (!this.shown.quotable) return;
    this.root.dispatchEvent(new CustomEvent("quote", { detail: this.at, bubbles: true }));
    this.dialog.close();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      ArrowLeft: () => this.#step(-1),
      ArrowRight: () => this.#step(1),
      "+": () => this.stage.step(true),
      "=": () => this.stage.step(true),
      "-": () => this.stage.step(false),
      "−": () => this.stage.step(false),
      0: () => this.stage.fit(),
      d: () => this.link.click(),
      r: () => this.#quote(),
    }[event.key.length > 1 ? event.key : event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** What does not change while it is open. */
  #draw() {
    const { said } = this;
    const button = (/** @type {Node} */ sign, /** @type {string} */ name, /** @type {() => void} */ click) =>
      make("button", { type: "button", class: "icon-button", "aria-label": name, title: name, click }, sign);
    const arrow = (/** @type {string} */ to, /** @type {string} */ sign, /** @type {string} */ name, /** @type {1 | -1} */ by) =>
      make("button", { type: "button", class: "lightbox__step", "data-to": to, "aria-label": name, click: () => this.#step(by) }, icon(sign));
    this.who = make("bdi", {});
    this.facts = make("small", { class: "cut" });
    this.count = make("span", { class: "lightbox__count", role: "status" });
    this.percent = make("span", { class: "lightbox__zoom" });
    this.link = make("a", { class: "icon-button", download: "", rel: "external", "aria-label": said.download, title: said.download }, icon("download"));
    this.reply = button(icon("reply"), said.quote, () => this.#quote());
    const bar = make("header", { class: "lightbox__bar" },
      make("div", { class: "lightbox__who" }, make("b", { class: "cut" }, this.who), this.facts),
      this.count,
      make("div", {},
        button(drawn(LENS), said.smaller, () => this.stage.step(false)),
        this.percent,
        button(drawn(LENS + PLUS), said.larger, () => this.stage.step(true)),
        button(drawn(CORNERS), said.fit, () => this.stage.fit()),
        this.reply,
        this.link,
        button(icon("x"), said.close, () => this.dialog.close()),
      ),
    );
    this.before = arrow("previous", "left", said.before, -1);
    this.next = arrow("next", "right", said.next, 1);
    this.mapped = make("img", { alt: "" });
    this.part = make("i", {});
    this.map = make("div", { class: "lightbox__map", "aria-hidden": "true" }, this.mapped, this.part);
    this.strip = make("ul", { "aria-label": said.ofChat });
    const hint = (/** @type {string} */ words, /** @type {string[]} */ ...keys) =>
      make("span", { class: "key-hint" }, ...keys.map((key) => make("kbd", {}, key)), words);
    const hints = (/** @type {Node[]} */ ...all) => make("div", { class: "lightbox__keys", "aria-hidden": "true" }, ...all);
    const foot = make("footer", { class: "lightbox__strip" },
      hints(hint(said.keyPicture, "←", "→"), hint(said.keyZoom, "+", "−"), hint(said.keyFit, "0")),
      this.strip,
      hints(hint(said.quote, "R"), hint(said.download, "D"), hint(said.close, "Esc")),
    );
    this.root.replaceChildren(bar, make("div", { class: "lightbox__stage" }, this.stage.root, this.before, this.next, this.map), foot);
  }

  /** Who sent it and when, which of how many it is, and the pictures around it. */
  #tell() {
    const { pictures, place, said, shown } = this;
    this.who.textContent = shown.who;
    this.count.textContent = fill(said.place, place + 1, pictures.length);
    this.link.href = shown.url;
    this.reply.hidden = !shown.quotable;
    this.before.disabled = place <= 0;
    this.next.disabled = place + 1 >= pictures.length;
    const first = Math.max(0, Math.min(place - STRIP / 2, pictures.length - STRIP));
    this.strip.replaceChildren(...pictures.slice(first, first + STRIP).map((picture, at) => make("li", {}, make("button", {
      type: "button",
      "aria-label": fill(said.pictureOf, first + at + 1, pictures.length),
      "aria-current": first + at === place ? "true" : undefined,
      click: () => this.#go(picture.id),
    }, make("img", { src: picture.small, alt: "", decoding: "async" })))));
    this.#follow();
  }

  /** What is seen of the picture. */
  #follow() {
    const { zoom, frame } = this.stage;
    const [width, height] = frame.picture.map((length) => length.toLocaleString("en"));
    const own = frame.picture[0] ? `${width} × ${height}` : "";
    this.facts.textContent = [this.shown.when, own, this.shown.size].filter(Boolean).join(" · ");
    this.percent.textContent = `${zoom.percent} %`;
    this.map.hidden = fits(zoom);
    const [top, right, bottom, left] = seen(zoom, frame);
    this.part.setAttribute("style", `inset:${top}% ${right}% ${bottom}% ${left}%`);
  }
}
