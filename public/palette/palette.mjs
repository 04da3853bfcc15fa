// The palette: everything that has a name, found by typing some of it. The console loads this with
// the first Ctrl+K (`ui::console::parts`).
import { icon, make } from "../parts/dom.mjs";
import { composes } from "../parts/offered.mjs";
import { told } from "../parts/said.mjs";
import { read } from "../parts/way.mjs";
import { best } from "./fuzzy.mjs";
import { actions, chats, looks, named, replies } from "./items.mjs";

/** So many of a kind are shown. */
const MOST = 8;
/** So long typing rests before the server is asked for names. */
const REST_MS = 150;

/** @type {Palette | undefined} */
let shown;

/** @param {string} facts */
export async function open(facts) {
  const { texts, pages } = await told("palette");
  if (!shown) new Palette(texts, pages, read(facts)).open();
}

class Palette {
  /** @type {import("./items.mjs").Item[]} */
  #chats = [];
  /** @type {import("./items.mjs").Item[]} */
  #replies = [];
  /** @type {{ row: HTMLElement, item: import("./items.mjs").Item }[]} */
  #rows = [];
  #selected = 0;
  #timer = 0;
  #asked = new AbortController();

  /**
   * @param {Record<string, string>} said
   * @param {[string, string][]} pages
   * @param {ReturnType<typeof read>} facts
   */
  constructor(said, pages, facts) {
    this.said = said;
    this.facts = facts;
    this.fixed = [...actions(said, facts), ...named(said, pages), ...looks(said)];
    this.field = make("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-found", "aria-autocomplete": "list",
      "aria-label": said.field, placeholder: said.field, autocomplete: "off", spellcheck: "false", dir: "auto", autofocus: "",
      input: (/** @type {InputEvent} */ event) => event.isComposing || this.#typed(),
      compositionend: () => this.#typed(),
    });
    this.list = make("div", { class: "palette__found", id: "palette-found", role: "listbox", "aria-label": said.results, click: (/** @type {MouseEvent} */ event) => this.#clicked(event) });
    const hint = (/** @type {string} */ words, /** @type {string[]} */ ...keys) => make("span", { class: "key-hint" }, ...keys.map((key) => make("kbd", {}, key)), words);
    this.dialog = make("dialog", { class: "dialog palette", "aria-label": said.palette, close: () => this.#closed(), click: (/** @type {MouseEvent} */ event) => event.target === this.dialog && this.dialog.close() },
      make("label", { class: "palette__field" }, icon("search"), this.field), this.list,
      make("footer", { class: "palette__foot", "aria-hidden": "true" }, hint(said.choose, "↑", "↓"), hint(said.run, "↵"), hint(said.shut, "Esc")));
    this.dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event));
  }

  open() {
    shown = this;
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.#show();
    this.#fetch("");
    void this.#fetchReplies();
  }

  async #fetchReplies() {
    const stop = new AbortController();
    this.dialog.addEventListener("close", () => stop.abort());
    this.#replies = await replies(this.said, this.facts, stop.signal);
    if (!stop.signal.aborted && this.#replies.length > 0) this.#show(true);
  }

  #closed() {
    shown = undefined;
    clearTimeout(this.#timer);
    this.#asked.abort();
    this.dialog.remove();
  }

  #typed() {
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fetch(this.field.value.trim()), REST_MS);
  }

  /** Asks for chats; those of an earlier question are not taken. @param {string} q */
  async #fetch(q) {
    this.#asked.abort();
    const { signal } = (this.#asked = new AbortController());
    const found = await chats(this.said, q, signal);
    if (signal.aborted || !this.dialog.isConnected) return;
    const known = new Set(this.#chats.map((item) => item.id));
    this.#chats.push(...found.filter((item) => !known.has(item.id)));
    this.#show(true);
  }

  /** Shows what fits; what is chosen stays so while more comes. */
  #show(keeps = false) {
    const q = this.field.value;
    const chosen = keeps ? this.#rows[this.#selected]?.item.id : undefined;
    const all = best(q, [...this.fixed.filter((item) => item.first), ...this.#chats, ...this.#replies, ...this.fixed.filter((item) => !item.first)], (item) => [item.name, ...item.names]);
    /** @type {Map<string, import("./items.mjs").Item[]>} */
    const groups = new Map();
    for (const { item } of all) {
      const group = groups.get(item.group) ?? [];
      groups.set(item.group, group);
      if (group.length < MOST) group.push(item);
    }
    this.#rows = [];
    const nodes = [...groups].flatMap(([name, items], at) => {
      const rows = items.map((item) => this.#row(item));
      return [make("div", { role: "group", "aria-labelledby": `palette-group-${at}` }, make("h3", { id: `palette-group-${at}` }, name), ...rows)];
    });
    this.list.replaceChildren(...(nodes.length ? nodes : [make("p", { role: "status" }, this.said.nothing)]));
    this.#select(Math.max(0, this.#rows.findIndex(({ item }) => item.id === chosen)));
  }

  /** @param {import("./items.mjs").Item} item */
  #row(item) {
    const row = make("div", { class: "palette__item", role: "option", id: `palette-${this.#rows.length}`, "aria-selected": "false" },
      item.face?.() ?? icon(item.sign), make("bdi", { class: "cut", lang: item.lang }, item.name),
      item.beside ? make("small", { class: "cut" }, make("bdi", {}, item.beside)) : "",
      ...item.keys.map((key) => make("kbd", { "aria-hidden": "true" }, key)));
    this.#rows.push({ row, item });
    return row;
  }

  /** @param {number} at */
  #select(at) {
    this.#rows[this.#selected]?.row.setAttribute("aria-selected", "false");
    this.#selected = at;
    const row = this.#rows[at]?.row;
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", row?.id ?? "");
  }

  #run() {
    const item = this.#rows[this.#selected]?.item;
    if (!item) return;
    this.dialog.close();
    item.run();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const row = /** @type {Element} */ (event.target).closest(".palette__item");
    const at = this.#rows.findIndex((one) => one.row === row);
    if (at < 0) return;
    this.#select(at);
    this.#run();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (composes(event)) return;
    const last = this.#rows.length - 1;
    const act = {
      ArrowDown: () => this.#select(this.#selected >= last ? 0 : this.#selected + 1),
      ArrowUp: () => this.#select(this.#selected <= 0 ? Math.max(last, 0) : this.#selected - 1),
      Enter: () => this.#run(),
    }[event.key];
    const again = (event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === "k" || event.code === "KeyK");
    if (!act && !again) return;
    event.preventDefault();
    if (act) act();
    else this.dialog.close();
  }
}
