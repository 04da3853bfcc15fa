// The pane over the list: a field, filters, and what was found. The list below stays as it was.
import { icon, make } from "../parts/dom.mjs";
import { call } from "../parts/call.mjs";
import { composes } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";
import { act } from "../parts/way.mjs";
import { Asking } from "./asking.mjs";
import { customer, empty, message, section } from "./hits.mjs";

const LENS = "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13M16 16l4.5 4.5";
/** No longer than this is anything looked for, in UTF-16 units. */
const LONGEST = 1_000;

export class Pane {
  /** What stands in the list, with what it was made of. @type {{ row: HTMLElement, found: any }[]} */
  #hits = [];
  #selected = -1;
  #counts = { contacts: 0, messages: 0 };
  #sought = "";
  #asking = new Asking({ took: (page, first) => this.#took(page, first), failed: (error, first) => this.#failed(error, first) });

  /**
   * @param {Record<string, string>} said
   * @param {string} me
   * @param {import("./find.mjs").Find} find
   */
  constructor(said, me, find) {
    Object.assign(this, { said, me, find });
    this.root = this.#draw();
    this.#look();
    new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#asking.next(), { root: this.results, rootMargin: "200px" }).observe(this.end);
    addEventListener("keydown", (event) => this.#outside(event), true);
  }

  get #list() {
    return /** @type {HTMLElement} */ (document.querySelector(".conversation-list"));
  }

  open() {
    // On a phone the list is elsewhere while a chat is open.
    if (matchMedia("(max-width: 760px)").matches) /** @type {HTMLElement | null} */ (document.querySelector(".thread-head .back"))?.click();
    if (!this.root.isConnected) {
      for (const part of this.#list.children) part.toggleAttribute("inert", true);
      this.#list.append(this.root);
      this.#rail(true);
      this.#choices();
    }
    this.field.focus();
    this.field.select();
  }

  close() {
    this.#asking.drop();
    this.root.remove();
    for (const part of this.#list.children) part.removeAttribute("inert");
    this.#rail(false);
    /** @type {HTMLElement | null} */ (document.querySelector(".row[tabindex='0']"))?.focus();
  }

  /** @param {boolean} here */
  #rail(here) {
    const [inbox, search] = [document.querySelector("a.rail__item"), document.querySelector(".rail__item[data-act='/']")];
    const mark = (/** @type {Element | null} */ item, /** @type {boolean} */ is) => (is ? item?.setAttribute("aria-current", "page") : item?.removeAttribute("aria-current"));
    mark(inbox, !here);
    mark(search, here);
  }

  #draw() {
    const { said } = this;
    this.field = make("input", {
      type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": "found", "aria-autocomplete": "list",
      "aria-label": said.field, placeholder: said.field, autocomplete: "off", spellcheck: "false", dir: "auto", enterkeyhint: "search",
      input: (/** @type {InputEvent} */ event) => event.isComposing || this.#look(),
      compositionend: () => this.#look(),
    });
    const clear = make("button", { type: "button", class: "icon-button icon-button--small", "aria-label": said.clear, title: said.clear, click: () => {
      this.field.value = "";
      this.field.focus();
      this.#look();
    } }, icon("x"));
    this.operator = make("select", { class: "chip", "aria-label": said.by_operator, change: () => this.#look() }, make("option", { value: "" }, `${said.by_operator}: ${said.anybody}`));
    // With one account there is nothing to choose.
    this.account = make("select", { class: "chip", hidden: true, "aria-label": said.by_account, change: () => this.#look() }, make("option", { value: "" }, `${said.by_account}: ${said.any_account}`));
    const day = (/** @type {string} */ name) => make("input", { type: "date", class: "chip", "aria-label": name, title: name, change: () => this.#look() });
    this.from = day(said.from);
    this.to = day(said.to);
    this.end = make("div", { class: "search__end" });
    this.found = make("div", {});
    this.results = make("div", { class: "search__results", id: "found", role: "listbox", "aria-label": said.found, tabindex: "-1", click: (/** @type {MouseEvent} */ event) => this.#clicked(event) }, this.found, this.end);
    const hint = (/** @type {string} */ words, /** @type {string[]} */ ...keys) => make("span", { class: "key-hint" }, ...keys.map((key) => make("kbd", {}, key)), words);
    const root = make("div", { class: "search", role: "search", "aria-label": said.search, keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
      make("header", { class: "search__head" },
        make("div", { class: "conversation-list__title" }, make("h1", {}, said.search), make("span", { class: "grow" }),
          make("button", { type: "button", class: "button button--small", click: () => this.close() }, said.close, make("kbd", { "aria-hidden": "true" }, "Esc"))),
        make("label", { class: "field" }, icon("search"), this.field, clear),
        make("div", { class: "search__filters" }, this.operator, this.account, this.from, this.to)),
      this.results,
      make("footer", { class: "search__foot", "aria-hidden": "true" }, hint(said.choose, "↑", "↓"), hint(said.open_there, "↵"), hint(said.filters, "Tab")));
    return root;
  }

  /** Who may have written it, and to which account; without an answer there is nothing to choose. */
  async #choices() {
    if (this.operator.options.length > 1) return;
    try {
      const [people, accounts] = await Promise.all([call("operators", {}), call("line_accounts", {})]);
      this.operator.append(...people.map((/** @type {{ id: string, name: string }} */ { id, name }) => make("option", { value: id }, name)));
      this.account.append(...accounts.map((/** @type {{ name: string, title: string }} */ { name, title }) => make("option", { value: name }, title)));
      this.account.hidden = accounts.length < 2;
    } catch {
      // The search goes on without.
    }
  }

  /** Looks for what stands in the field. */
  #look() {
    const { said } = this;
    const q = this.field.value.trim();
    const moment = (/** @type {string} */ day, /** @type {number} */ later) => {
      const [year, month, date] = day.split("-").map(Number);
      return day ? new Date(year, month - 1, date + later).toISOString() : undefined;
    };
    this.#sought = q;
    // The server says the same of a query without a sign to look for.
    if (!/[^\s"]/u.test(q)) {
      this.#asking.drop();
      this.#show(empty(LENS, said.begin, said.begin_text));
    } else if (q.length > LONGEST) {
      this.#asking.drop();
      this.#show(empty(LENS, said.failed, said.too_long));
    } else {
      this.#asking.ask({ q, operator_id: this.operator.value || undefined, channel: this.account.value || undefined, from: moment(this.from.value, 0), to: moment(this.to.value, 1) });
    }
  }

  /** Shows something in the hits' place. @param {...Node} nodes */
  #show(...nodes) {
    this.#hits = [];
    this.#select(-1);
    this.found.replaceChildren(...nodes);
  }

  /** @param {import("./asking.mjs").Page} page @param {boolean} first */
  #took(page, first) {
    const { said, me } = this;
    if (first) {
      this.#show();
      this.#counts = { contacts: 0, messages: 0 };
      this.results.scrollTop = 0;
    }
    const part = (/** @type {"contacts" | "messages"} */ kind, /** @type {string} */ name, /** @type {(found: any, id: string) => HTMLElement} */ draw, /** @type {string} */ beside = "") => {
      const found = page[kind];
      const before = this.#counts[kind];
      this.#counts[kind] += found.length;
      if (this.#counts[kind] === 0) return;
      const id = `found-${kind}`;
      const more = page.cursor !== undefined && (kind in page.cursor || (kind === "contacts" && "tagged" in page.cursor));
      const heading = section(id, name, this.#counts[kind], more, beside);
      let list = this.found.querySelector(`[aria-labelledby=${id}]`);
      if (list) this.found.querySelector(`#${id}`)?.replaceWith(heading);
      else this.found.append(heading, (list = make("ul", { role: "group", "aria-labelledby": id })));
      found.forEach((one, at) => {
        const row = draw(one, `hit-${kind}-${before + at}`);
        list.append(row);
        this.#hits.push({ row, found: one });
      });
    };
    part("contacts", said.customers, (one, id) => customer(one, id, said));
    part("messages", said.messages, (one, id) => message(one, id, said, me), said.newest_first);
    // Contacts of a later page stand above messages of an earlier one.
    this.#hits.sort((a, b) => (a.row.compareDocumentPosition(b.row) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    if (first) this.#select(this.#hits.length ? 0 : -1);
    if (this.#hits.length === 0 && !page.cursor) this.#show(empty(LENS, fill(said.nothing, this.#sought), said.nothing_text));
    // While the end is in sight nobody scrolls to it.
    if (page.cursor && this.end.offsetTop <= this.results.scrollTop + this.results.clientHeight + 200) this.#asking.next();
  }

  /** @param {any} error @param {boolean} first */
  #failed(error, first) {
    const { said } = this;
    const again = make("button", { type: "button", class: "button", click: () => (first ? this.#look() : this.#asking.next()) }, said.try_again);
    const told = empty(LENS, said.failed, error.status === 400 ? said.nothing_text : "", again);
    if (first) this.#show(told);
    else this.found.append(told);
  }

  /** @param {number} at */
  #select(at) {
    this.#hits[this.#selected]?.row.setAttribute("aria-selected", "false");
    this.#selected = at;
    const row = this.#hits[at]?.row;
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** Opens a chat where the hit stands. */
  #go() {
    const found = this.#hits[this.#selected]?.found;
    if (!found) return;
    if (found.message === undefined) {
      act(`room ${found.room}`);
      return;
    }
    act(`at ${found.room} ${found.message.id}`);
    this.find.begin(found.room, this.#sought, found);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const row = /** @type {Element} */ (event.target).closest(".hit");
    const at = this.#hits.findIndex((hit) => hit.row === row);
    if (at < 0) return;
    this.#select(at);
    this.#go();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (composes(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      this.close();
      return;
    }
    const here = event.target === this.field;
    const last = this.#hits.length - 1;
    const to = { ArrowDown: Math.min(this.#selected + 1, last), ArrowUp: Math.max(this.#selected - 1, 0) }[event.key];
    if (here && to !== undefined) {
      event.preventDefault();
      if (last >= 0) this.#select(to);
    } else if (here && event.key === "Enter") {
      event.preventDefault();
      this.#go();
    }
  }

  /** Escape leads from the chat that was opened back to the search. @param {KeyboardEvent} event */
  #outside(event) {
    if (event.key !== "Escape" || composes(event) || !this.root.isConnected || this.root.offsetParent === null) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("dialog[open], .search, .find-bar, input, textarea, select") || document.querySelector("[popover]:popover-open")) return;
    event.stopPropagation();
    event.preventDefault();
    this.field.focus();
  }
}
