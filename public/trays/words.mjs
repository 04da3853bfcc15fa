// The list that follows the word at the cursor: emoji behind `:`, canned replies behind `/`, colleagues
// behind `@`. What it offers are its sources' affairs.
import { make } from "./frame.mjs";
import { composes } from "../parts/offered.mjs";

/**
 * What is offered for one kind of word.
 * @template T
 * @typedef {object} Source
 * @property {string} id of the list
 * @property {string} label
 * @property {string} look the list's classes
 * @property {boolean} eager whether the first is chosen without an arrow
 * @property {(before: string, field: HTMLTextAreaElement) => string | undefined} word the word behind the
 *   sign, if the text before the cursor ends with one
 * @property {(word: string) => Promise<T[]>} find
 * @property {(item: T, word: string) => (Node | string)[]} row
 * @property {(item: T, field: HTMLTextAreaElement, from: number) => void} take puts it in place of what
 *   stands between `from` and the cursor
 * @property {(list: HTMLElement, item: T, count: number) => Node} [frame] what stands around the list
 */

/** Puts words in as if they had been typed. @param {HTMLTextAreaElement} field @param {string} words @param {number} from */
export function putWords(field, words, from) {
  field.setRangeText(words, from, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export class WordList {
  /** @type {Source<any> | undefined} */
  source;
  word = "";
  /** @type {any[]} */
  found = [];
  chosen = -1;
  /** A word that Esc has closed the list for. */
  refused = "";
  /** Which look is the newest: the answer of an older one counts no more. */
  turn = 0;
  /** @type {HTMLElement | undefined} */
  root;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {Source<any>[]} sources
   */
  constructor(field, sources) {
    this.field = field;
    this.sources = sources;
    const form = /** @type {HTMLElement} */ (field.closest("form"));
    field.addEventListener("input", (event) => void this.look(/** @type {InputEvent} */ (event).isComposing));
    field.addEventListener("compositionend", () => void this.look());
    field.addEventListener("blur", () => this.close());
    field.addEventListener("click", () => void this.look());
    // Before the composer hears of it.
    form.addEventListener("keydown", (event) => this.pressed(event), true);
  }

  /** The word at the cursor and whose it is. @returns {[Source<any>, string] | undefined} */
  at() {
    const { selectionStart: at, selectionEnd: end, value } = this.field;
    if (at !== end) return undefined;
    for (const source of this.sources) {
      const word = source.word(value.slice(0, at), this.field);
      if (word !== undefined) return [source, word];
    }
    return undefined;
  }

  async look(composing = false) {
    const turn = ++this.turn;
    const at = composing ? undefined : this.at();
    const key = at ? `${at[0].id} ${at[1]}` : "";
    if (key !== this.refused) this.refused = "";
    if (!at || this.refused) return this.close();
    const [source, word] = at;
    /** @type {any[]} */
    let found = [];
    try {
      found = await source.find(word);
    } catch {
      // What is typed stays as it is.
    }
    if (turn !== this.turn) return;
    if (this.source !== source) this.root?.remove();
    Object.assign(this, { source, word, found, chosen: source.eager ? 0 : -1 });
    this.draw();
  }

  close() {
    this.turn += 1;
    this.found = [];
    this.draw();
  }

  draw() {
    const { field, source } = this;
    if (!source || this.found.length === 0) {
      this.root?.remove();
      this.root = undefined;
      field.removeAttribute("aria-activedescendant");
      field.removeAttribute("aria-controls");
      return;
    }
    const rows = this.found.map((item, at) => {
      const row = { role: "option", id: `${source.id}-${at}`, "aria-selected": String(at === this.chosen), click: () => this.take(at) };
      return make("div", row, ...source.row(item, this.word));
    });
    const list = make("div", { role: "listbox", id: source.id, "aria-label": source.label }, ...rows);
    const root = source.frame?.(list, this.found[Math.max(this.chosen, 0)], this.found.length) ?? list;
    const scrolled = document.getElementById(source.id)?.scrollTop ?? 0;
    root.classList.add(...source.look.split(" "));
    // The field keeps the focus.
    root.addEventListener("pointerdown", (/** @type {Event} */ event) => event.preventDefault());
    if (this.root?.isConnected) this.root.replaceWith(root);
    else field.closest("form")?.parentElement?.querySelector(".tray-place")?.append(root);
    this.root = root;
    list.scrollTop = scrolled;
    field.setAttribute("aria-controls", source.id);
    if (this.chosen >= 0) {
      field.setAttribute("aria-activedescendant", `${source.id}-${this.chosen}`);
      rows[this.chosen].scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.found.length === 0 || event.target !== this.field || composes(event)) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const from = this.chosen < 0 && event.key === "ArrowUp" ? 0 : this.chosen;
      this.chosen = (from + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.draw();
    } else if (event.key === "Escape") {
      const at = this.at();
      this.refused = at ? `${at[0].id} ${at[1]}` : "";
      this.close();
    } else if ((event.key === "Enter" || event.key === "Tab") && this.chosen >= 0) {
      this.take(this.chosen);
    } else if (event.key === "Enter") {
      // Nothing is chosen: the composer sends.
      this.close();
      return;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} at */
  take(at) {
    const here = this.at();
    const item = this.found[at];
    if (!here || here[0] !== this.source || item === undefined) return;
    this.source.take(item, this.field, this.field.selectionStart - here[1].length - 1);
    this.close();
  }
}
