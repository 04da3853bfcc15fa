// The list that opens while `:` and letters are typed.
import { asPutIn, emojiData, names, putIn } from "./emoji.mjs";
import { make } from "./frame.mjs";
import { colonWord, search } from "./search.mjs";

/** @typedef {import("./search.mjs").Emoji} Emoji */

const MOST = 7;

/** Fields that have their list already. @type {WeakMap<HTMLTextAreaElement, () => void>} */
const watched = new WeakMap();

/**
 * Looks at a field from now on, and at what stands in it.
 * @param {HTMLTextAreaElement} field
 * @param {import("./frame.mjs").Said} said
 */
export async function suggest(field, said) {
  const look = watched.get(field);
  if (look) return look();
  watched.set(field, () => {});
  try {
    const list = new Suggestions(field, await emojiData(), said);
    watched.set(field, () => list.look());
    list.look();
  } catch {
    // What is typed stays as it is; the button says what is missing.
    watched.delete(field);
  }
}

class Suggestions {
  /** @type {Emoji[]} */
  found = [];
  chosen = -1;
  /** A word that Esc has closed the list for. */
  refused = "";

  /**
   * @param {HTMLTextAreaElement} field
   * @param {Emoji[]} all
   * @param {import("./frame.mjs").Said} said
   */
  constructor(field, all, said) {
    this.field = field;
    this.all = all;
    this.list = make("div", { class: "suggest popup", role: "listbox", id: "emoji-list", "aria-label": said.emoji });
    const form = /** @type {HTMLElement} */ (field.closest("form"));
    field.addEventListener("input", (event) => this.look(/** @type {InputEvent} */ (event).isComposing));
    field.addEventListener("blur", () => this.close());
    field.addEventListener("click", () => this.look());
    // Before the composer hears of it.
    form.addEventListener("keydown", (event) => this.pressed(event), true);
    // The field keeps the focus.
    this.list.addEventListener("pointerdown", (/** @type {Event} */ event) => event.preventDefault());
  }

  /** The word at the cursor, if there is one for a list. */
  word() {
    const { selectionStart: at, selectionEnd: end, value } = this.field;
    return at === end ? colonWord(value.slice(0, at)) : undefined;
  }

  look(composing = false) {
    const word = composing ? undefined : this.word();
    if (word !== this.refused) this.refused = "";
    this.found = word === undefined || word === this.refused ? [] : search(this.all, word, MOST);
    this.chosen = -1;
    this.draw();
  }

  close() {
    this.found = [];
    this.draw();
  }

  draw() {
    if (this.found.length === 0) {
      this.list.remove();
      this.field.removeAttribute("aria-activedescendant");
      this.field.removeAttribute("aria-controls");
      return;
    }
    const rows = this.found.map((emoji, at) => {
      const [own, ...others] = names(emoji).map(({ lang, name }) => make("span", { lang }, name));
      const row = { role: "option", id: `emoji-list-${at}`, "aria-selected": String(at === this.chosen), click: () => this.take(at) };
      return make("div", row, make("span", { class: "tone" }, asPutIn(emoji)), own, make("small", {}, ...others.flatMap((other, place) => (place === 0 ? [other] : [" · ", other]))));
    });
    this.list.replaceChildren(...rows);
    if (!this.list.isConnected) this.field.closest("form")?.parentElement?.querySelector(".tray-place")?.append(this.list);
    this.field.setAttribute("aria-controls", "emoji-list");
    if (this.chosen >= 0) this.field.setAttribute("aria-activedescendant", `emoji-list-${this.chosen}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.found.length === 0 || event.target !== this.field || event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const from = this.chosen < 0 && event.key === "ArrowUp" ? 0 : this.chosen;
      this.chosen = (from + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.draw();
    } else if (event.key === "Escape") {
      this.refused = this.word() ?? "";
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
    const word = this.word();
    const emoji = this.found[at];
    if (word === undefined || !emoji) return;
    putIn(this.field, emoji, this.field.selectionStart - word.length - 1);
    this.close();
  }
}
