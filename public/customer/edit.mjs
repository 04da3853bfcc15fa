// The form that changes what the team knows of a customer: one save for all of it.
import { icon, make } from "../parts/dom.mjs";
import { call, Refused } from "../parts/call.mjs";
import { composes } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";

/** @typedef {import("./customer.mjs").Customer} Customer */
/** @typedef {import("./customer.mjs").Said} Said */
/** @typedef {{ name: string, memo: string, attributes: { key: string, value: string }[] }} Values */

const NAME_MAX = 100;
const MEMO_MAX = 5_000;
const KEY_MAX = 50;
const VALUE_MAX = 1_000;
const ATTRIBUTES_MAX = 50;

/** The form that is open. @type {Form | undefined} */
let form;
/** What was typed for chats that were left meanwhile: it is there again when they are. @type {Map<string, Values>} */
const kept = new Map();

/**
 * Opens the form over the panel.
 * @param {HTMLElement} panel
 * @param {string} room
 * @param {Customer} customer
 * @param {Said} said
 * @param {(room: string, customer: Customer) => void} saved
 */
export function edit(panel, room, customer, said, saved) {
  form?.leave();
  form = new Form(panel, room, customer, said, saved);
}

/**
 * What is known has changed, or another chat is open.
 * @param {string} room
 * @param {Customer} customer
 */
export function follow(room, customer) {
  if (form && form.room !== room) form.leave();
  else form?.follow(customer);
}

/** @param {Customer} customer @returns {Values} */
const valuesOf = ({ name, memo, attributes }) => ({ name: name ?? "", memo: memo ?? "", attributes });

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

class Form {
  /**
   * @param {HTMLElement} panel
   * @param {string} room
   * @param {Customer} customer
   * @param {Said} said
   * @param {(room: string, customer: Customer) => void} saved
   */
  constructor(panel, room, customer, said, saved) {
    this.panel = panel;
    this.room = room;
    this.said = said;
    this.saved = saved;
    /** What the server had when the form was opened. */
    this.base = valuesOf(customer);
    const values = kept.get(room) ?? this.base;
    kept.delete(room);
    const lineName = customer.contact.display_name;
    this.name = make("input", { class: "field", name: "name", maxlength: NAME_MAX, value: values.name, placeholder: lineName, "aria-label": said.own_name, autocomplete: "off" });
    this.memo = make("textarea", { class: "memo-field", name: "memo", rows: 4, maxlength: MEMO_MAX, dir: "auto", "aria-label": said.memo });
    this.memo.value = values.memo;
    this.list = make("ul", { class: "attributes" });
    for (const attribute of values.attributes) this.row(attribute);
    this.row();
    this.state = make("small", { role: "status" });
    this.notes = { name: make("p", { class: "meanwhile", hidden: true }), memo: make("p", { class: "meanwhile", hidden: true }), attributes: make("p", { class: "meanwhile", hidden: true }) };
    const useLines = make("button", { type: "button", class: "button--link", click: () => ((this.name.value = ""), this.name.focus(), this.look()) }, said.use_lines_name);
    const add = make("button", { type: "button", class: "button--link", click: () => this.row().querySelector("input")?.focus() }, said.add);
    this.root = make(
      "form",
      { class: "customer-form", "aria-label": said.edit, novalidate: true, submit: (/** @type {Event} */ event) => void this.save(event), input: () => this.look(), keydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) },
      make(
        "div",
        { class: "customer-form__scroll" },
        make("section", {}, this.name, make("p", { class: "customer-form__line" }, make("bdi", {}, fill(said.line_name, lineName)), useLines), this.notes.name),
        make("section", {}, make("h3", {}, said.details, add), this.list, this.notes.attributes),
        make("section", {}, make("h3", {}, said.memo, make("span", { class: "muted" }, said.only_team)), this.memo, this.notes.memo),
      ),
      make(
        "footer",
        { class: "customer-form__foot" },
        this.state,
        make("button", { type: "button", class: "button button--small", click: () => this.ask() }, said.cancel, make("kbd", { "aria-hidden": "true" }, "Esc")),
        make("button", { class: "button button--primary button--small" }, said.save, make("kbd", { "aria-hidden": "true" }, "Ctrl ↵")),
      ),
    );
    this.root.style.insetBlockStart = `${panel.scrollTop}px`;
    panel.dataset.mode = "edit";
    panel.append(this.root);
    this.name.focus();
    this.look();
  }

  /** A row for an attribute. @param {{ key: string, value: string }} [attribute] */
  row({ key, value } = { key: "", value: "" }) {
    const { said } = this;
    const field = (/** @type {string} */ label, /** @type {string} */ text, /** @type {number} */ most) => make("input", { class: "field", value: text, maxlength: most, placeholder: label, "aria-label": label, dir: "auto", autocomplete: "off" });
    const values = [field(said.attribute, key, KEY_MAX), field(said.value, value, VALUE_MAX)];
    const row = make("li", {}, ...values, make("button", { type: "button", class: "icon-button", title: said.remove, "aria-label": said.remove, click: () => (row.remove(), this.look()) }, icon("x")));
    this.list.append(row);
    return row;
  }

  /** What the form says now; rows in which nothing stands are dropped. @returns {Values} */
  values() {
    const rows = [...this.list.children].map((row) => [...row.querySelectorAll("input")].map((input) => input.value.trim()));
    const attributes = rows.filter(([key, value]) => key !== "" || value !== "").map(([key, value]) => ({ key, value }));
    return { name: this.name.value.trim(), memo: this.memo.value.trim(), attributes };
  }

  /** What differs from what the server had. @returns {Partial<Values>} */
  changes() {
    const now = this.values();
    /** @type {(keyof Values)[]} */
    const parts = ["name", "memo", "attributes"];
    return Object.fromEntries(parts.filter((part) => !same(now[part], this.base[part])).map((part) => [part, now[part]]));
  }

  look() {
    this.state.textContent = Object.keys(this.changes()).length > 0 ? this.said.unsaved : "";
    this.root.removeAttribute("data-failed");
    const rows = [...this.list.children];
    const last = rows.at(-1)?.querySelectorAll("input");
    const isFull = last && [...last].some((input) => input.value !== "");
    if ((isFull || rows.length === 0) && rows.length < ATTRIBUTES_MAX) this.row();
  }

  /** A colleague has changed something meanwhile: said beside the field, and nothing is written over. @param {Customer} customer */
  follow(customer) {
    const theirs = valuesOf(customer);
    const shown = { name: theirs.name, memo: theirs.memo, attributes: theirs.attributes.map(({ key, value }) => `${key}: ${value}`).join(", ") };
    for (const part of /** @type {(keyof Values)[]} */ (["name", "memo", "attributes"])) {
      this.notes[part].hidden = same(theirs[part], this.base[part]);
      this.notes[part].replaceChildren(fill(this.said.meanwhile, shown[part] || "–"));
    }
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    // Letters are for the fields here, not for the console.
    if (event.key !== "F6") event.stopPropagation();
    if (composes(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.ask();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      void this.save(event);
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      // Within the rows it goes on to the next field; it never sends the form by accident.
      event.preventDefault();
      const fields = [...this.root.querySelectorAll("input, textarea")];
      fields[fields.indexOf(event.target) + 1]?.focus();
    }
  }

  /** @param {Event} event */
  async save(event) {
    event.preventDefault();
    const changes = this.changes();
    if (Object.keys(changes).length === 0) return this.close();
    try {
      const customer = await call("update_contact", { room: this.room, ...changes });
      this.close();
      this.saved(this.room, customer);
    } catch (failure) {
      this.root.dataset.failed = "";
      this.state.textContent = failure instanceof Refused && failure.status < 500 ? this.said.refused : this.said.not_saved;
    }
  }

  /** Closes, and asks first if something would be lost. */
  ask() {
    if (Object.keys(this.changes()).length === 0 || confirm(this.said.ask_drop)) this.close();
  }

  /** Another chat is opened: what was typed waits for this one. */
  leave() {
    if (Object.keys(this.changes()).length > 0) kept.set(this.room, this.values());
    this.close();
  }

  close() {
    form = undefined;
    delete this.panel.dataset.mode;
    this.root.remove();
    this.panel.focus();
  }
}
