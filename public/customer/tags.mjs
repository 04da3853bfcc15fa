// The tags of a chat: typed and filtered, put on and taken off, new ones where the team allows it.
import { icon, make } from "../parts/dom.mjs";
import { call, Refused } from "../parts/call.mjs";
import { composes, marked } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";

/** @typedef {{ id: string, name: string, color: string, used: number }} Tag */
/** @typedef {import("./customer.mjs").Said} Said */

const COLOURS = ["gold", "blue", "teal", "plum", "rose", "clay"];
const MOST = 50;

/** @type {Picker | undefined} */
let open;

/**
 * Opens the list at a button, or closes it if it is open there.
 * @param {HTMLElement} button
 * @param {string} room
 * @param {Said} said
 */
export function pickTags(button, room, said) {
  const was = open?.button === button;
  open?.close();
  if (!was) open = new Picker(button, room, said);
}

/** A text as it is compared. @param {string} text */
const fold = (text) => text.normalize("NFKC").toLowerCase().trim();

/** @param {unknown} failure @param {Said} said */
function why(failure, said) {
  if (!(failure instanceof Refused) || failure.status >= 500) return said.not_saved;
  return failure.status === 403 ? said.may_not : said.refused;
}

class Picker {
  /** @type {Tag[]} */
  all = [];
  /** Those of the chat. @type {Set<string>} */
  on = new Set();
  /** @type {(Tag | "create")[]} */
  shown = [];
  chosen = 0;
  colour = COLOURS[0];
  /** Changes go one after the other. @type {Promise<unknown>} */
  saving = Promise.resolve();

  /** @param {HTMLElement} button @param {string} room @param {Said} said */
  constructor(button, room, said) {
    this.button = button;
    this.room = room;
    this.said = said;
    this.query = make("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "tag-list", "aria-label": said.tag_search, placeholder: said.tag_search, autocomplete: "off", maxlength: 30, input: () => this.draw(0) });
    this.list = make("ul", { id: "tag-list", role: "listbox", "aria-label": said.tags, "aria-multiselectable": "true" });
    this.foot = make("footer", {});
    this.failure = make("p", { class: "field-error", role: "alert", hidden: true });
    this.root = make("div", { class: "tag-picker popup", role: "dialog", "aria-label": said.tags, keydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) }, make("label", { class: "field" }, icon("tag"), this.query, make("kbd", {}, "Esc")), this.list, this.foot, this.failure);
    this.outside = (/** @type {Event} */ event) => event.target instanceof Node && !this.root.contains(event.target) && !button.contains(event.target) && this.close(false);
    document.addEventListener("pointerdown", this.outside, true);
    document.body.append(this.root);
    this.place();
    button.setAttribute("aria-expanded", "true");
    this.query.focus();
    void this.load();
  }

  place() {
    const box = this.button.getBoundingClientRect();
    const { innerWidth: width, innerHeight: height } = window;
    const own = this.root.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.right - own.width, width - own.width - 8));
    const isLow = box.bottom + 360 > height && box.top > height - box.bottom;
    Object.assign(this.root.style, { left: `${left}px`, [isLow ? "bottom" : "top"]: `${isLow ? height - box.top + 6 : box.bottom + 6}px` });
  }

  async load() {
    try {
      this.all = await call("tags", {});
      // The panel has the chat's tags as they are now; no two are called alike.
      const shown = this.button.closest(".tags")?.querySelectorAll(".tag bdi") ?? [];
      const names = new Set([...shown].map((name) => fold(name.textContent ?? "")));
      this.on = new Set(this.all.filter((tag) => names.has(fold(tag.name))).map((tag) => tag.id));
    } catch {
      return this.fail(this.said.not_loaded);
    }
    this.draw(0);
  }

  /** @param {number} chosen */
  draw(chosen) {
    const { said } = this;
    const word = fold(this.query.value);
    const found = this.all.filter((tag) => fold(tag.name).includes(word));
    const isOn = (/** @type {Tag} */ tag) => this.on.has(tag.id);
    // Those of the chat first while nothing is typed; the rest by use.
    found.sort((a, b) => (word === "" ? Number(isOn(b)) - Number(isOn(a)) : 0) || b.used - a.used || a.name.localeCompare(b.name));
    const create = word !== "" && !this.all.some((tag) => fold(tag.name) === word);
    this.shown = [...found.slice(0, MOST), ...(create ? [/** @type {const} */ ("create")] : [])];
    this.chosen = Math.min(chosen, Math.max(0, this.shown.length - 1));
    const rows = this.shown.flatMap((tag, at) => {
      if (tag === "create") return [];
      const row = { class: "tag-picker__item", role: "option", id: `tag-${at}`, "data-colour": tag.color, "aria-selected": String(at === this.chosen), "aria-checked": String(isOn(tag)), click: () => this.toggle(tag) };
      return [make("li", row, icon("check"), make("i", {}), make("span", { class: "cut" }, make("bdi", {}, ...marked(tag.name, this.query.value))), make("small", {}, fill(said.chats, String(tag.used))))];
    });
    this.list.replaceChildren(...(rows.length > 0 || create ? rows : [make("li", { class: "muted" }, said.no_tag)]));
    this.foot.hidden = !create;
    if (create) this.offer();
    this.query.setAttribute("aria-activedescendant", this.shown.length > 0 ? `tag-${this.chosen}` : "");
    this.list.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  /** The last line where nothing has exactly this name: made in the colour that is chosen. */
  offer() {
    const at = this.shown.length - 1;
    const make_it = make("button", { type: "button", class: "button button--small", id: `tag-${at}`, "aria-selected": String(at === this.chosen), click: () => this.create() }, icon("plus"), fill(this.said.create, this.query.value.trim()));
    const swatches = COLOURS.map((colour, place) => {
      const label = this.said.colours.split("|")[place] ?? colour;
      return make("button", { type: "button", role: "radio", "data-colour": colour, "aria-checked": String(colour === this.colour), title: label, "aria-label": label, click: () => ((this.colour = colour), this.draw(at), this.query.focus()) });
    });
    this.foot.replaceChildren(make_it, make("div", { class: "swatches", role: "radiogroup" }, ...swatches));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    // Letters are for the search here, not for the console.
    if (event.key !== "F6") event.stopPropagation();
    if (composes(event)) return;
    const count = Math.max(1, this.shown.length);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.draw((this.chosen + step + count) % count);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.query) {
      const tag = this.shown[this.chosen];
      if (tag === "create") void this.create();
      else if (tag) this.toggle(tag);
    } else return;
    event.preventDefault();
  }

  /** @param {Tag} tag */
  toggle(tag) {
    if (!this.on.delete(tag.id)) this.on.add(tag.id);
    this.query.value = "";
    this.draw(0);
    this.query.focus();
    this.save(tag);
  }

  /** @param {Tag} tag what to take back if it is refused */
  save(tag) {
    const wanted = [...this.on];
    const set = () => call("set_tags", { room: this.room, tag_ids: wanted });
    this.saving = this.saving.then(set).then(
      () => (this.failure.hidden = true),
      (failure) => {
        if (!this.on.delete(tag.id)) this.on.add(tag.id);
        this.fail(why(failure, this.said));
        this.draw(this.chosen);
      },
    );
  }

  async create() {
    try {
      const tag = await call("save_tag", { name: this.query.value.trim(), color: this.colour });
      this.all = [...this.all, tag];
      this.toggle(tag);
    } catch (failure) {
      this.fail(why(failure, this.said));
    }
  }

  /** @param {string} words */
  fail(words) {
    this.failure.textContent = words;
    this.failure.hidden = false;
  }

  close(back = true) {
    open = undefined;
    document.removeEventListener("pointerdown", this.outside, true);
    this.button.setAttribute("aria-expanded", "false");
    this.root.remove();
    if (back) this.button.focus();
  }
}
