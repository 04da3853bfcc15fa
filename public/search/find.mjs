// The search within a chat: a bar under the thread's head that goes from hit to hit.
import { icon, make } from "../parts/dom.mjs";
import { call } from "../parts/call.mjs";
import { composes } from "../parts/offered.mjs";
import { fill } from "../parts/said.mjs";
import { act, openRoom, since } from "../parts/way.mjs";
import { Asking } from "./asking.mjs";
import { words } from "./hits.mjs";
import { Marks } from "./marks.mjs";

/** So many hits are counted. */
const MOST = 500;
const PAGE = 50;

export class Find {
  /** The newest first. @type {any[]} */
  #hits = [];
  #at = -1;
  #room = "";
  /** Where one stands, before the hits are there. */
  #first = "";
  #marks = new Marks();
  #asking = new Asking({ took: (page, first) => this.#took(page, first), failed: () => this.#tell() });

  /** @param {Record<string, string>} said */
  constructor(said) {
    this.said = said;
    this.root = this.#draw();
    const thread = document.querySelector("main.thread");
    if (thread) new MutationObserver(() => this.#follow()).observe(thread, { childList: true });
  }

  /**
   * Begins in a chat, with what was looked for and the hit that was opened.
   * @param {string} room
   * @param {string} [q]
   * @param {any} [hit]
   */
  begin(room, q, hit) {
    const goesOn = this.#room === room && q === undefined;
    this.#room = room;
    if (!goesOn) {
      this.#hits = hit ? [hit] : [];
      this.#at = hit ? 0 : -1;
      this.#first = hit?.message.id ?? "";
      this.field.value = q ?? "";
      this.#look(0);
    }
    this.#follow();
    if (q === undefined) {
      this.field.focus();
      this.field.select();
    }
  }

  close() {
    this.#room = "";
    this.#asking.drop();
    this.#marks.show([], undefined);
    const within = this.root.contains(document.activeElement);
    this.root.remove();
    if (within) /** @type {HTMLElement | null} */ (document.querySelector(".message-list"))?.focus();
  }

  #draw() {
    const { said } = this;
    this.field = make("input", {
      class: "find-bar__term", type: "search", "aria-label": said.here_field, placeholder: said.here_field, autocomplete: "off", spellcheck: "false", dir: "auto",
      input: (/** @type {InputEvent} */ event) => event.isComposing || this.#typed(),
      compositionend: () => this.#typed(),
    });
    this.count = make("span", { class: "find-bar__count", role: "status" });
    const step = (/** @type {string} */ name, /** @type {string} */ key, /** @type {number} */ by) =>
      make("button", { type: "button", class: "button button--small", click: () => this.#step(by) }, name, make("kbd", { "aria-hidden": "true" }, key));
    this.older = step(said.older, "↵", 1);
    this.newer = step(said.newer, "⇧↵", -1);
    this.date = make("input", { type: "date", class: "find-bar__date", "aria-label": said.to_date, title: said.to_date, change: () => void this.#toDate() });
    const shut = make("button", { type: "button", class: "icon-button", "aria-label": said.close_here, title: said.close_here, click: () => this.close() }, icon("x"));
    return make("div", { class: "find-bar", role: "search", "aria-label": said.here, keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
      icon("search"), this.field, this.count, this.older, this.newer, this.date, shut);
  }

  /** Stands in the chat's own place, which the console makes anew with each chat. */
  #follow() {
    if (!this.#room) return;
    if (openRoom() !== this.#room) {
      this.close();
      return;
    }
    const place = document.querySelector(".find-place");
    if (place && this.root.parentNode !== place) {
      const had = this.root.contains(document.activeElement);
      place.replaceChildren(this.root);
      if (had) this.field.focus();
    }
  }

  /** Goes to the first message of a day, or of the days behind it. */
  async #toDate() {
    const [year, month, day] = this.date.value.split("-").map(Number);
    const room = this.#room;
    if (!day) return;
    const page = await call("thread", { room, after: since(new Date(year, month - 1, day)) }).catch(() => undefined);
    if (!page || room !== this.#room) return;
    /** @type {{ id: string, kind: string }[]} */
    const lines = page.messages;
    const first = lines.find(({ kind }) => kind !== "event") ?? lines[0];
    if (first) act(`at ${room} ${first.id}`);
    else this.count.textContent = this.said.none_since;
  }

  #typed() {
    this.#first = "";
    this.#look();
  }

  /** @param {number} [rest] */
  #look(rest) {
    const q = this.field.value.trim();
    if (/[^\s"]/u.test(q) && q.length <= 1_000) {
      this.#asking.ask({ q, room: this.#room, in: ["messages"], limit: PAGE }, rest);
    } else {
      this.#asking.drop();
      this.#hits = [];
      this.#at = -1;
      this.count.replaceChildren();
    }
    this.#mark();
    this.#step(0, false);
  }

  /** @param {import("./asking.mjs").Page} page @param {boolean} first */
  #took(page, first) {
    if (first) this.#hits = [];
    this.#hits.push(...page.messages);
    if (first && !this.#first) {
      this.#at = this.#hits.length ? 0 : -1;
      this.#go();
    } else if (this.#first) {
      this.#at = this.#hits.findIndex((hit) => hit.message.id === this.#first);
    }
    this.#tell();
    if (page.cursor && this.#hits.length < MOST) this.#asking.next();
  }

  /** @param {number} by @param {boolean} [goes] */
  #step(by, goes = true) {
    const to = this.#at + by;
    if (goes && to >= 0 && to < this.#hits.length) {
      this.#at = to;
      this.#first = this.#hits[to].message.id;
      this.#go();
    }
    this.older.disabled = this.#at + 1 >= this.#hits.length;
    this.newer.disabled = this.#at <= 0;
    this.#tell();
  }

  #go() {
    const hit = this.#hits[this.#at];
    if (hit) act(`at ${this.#room} ${hit.message.id}`);
  }

  #tell() {
    const { said } = this;
    this.older.disabled = this.#at + 1 >= this.#hits.length;
    this.newer.disabled = this.#at <= 0;
    const all = `${this.#hits.length}${this.#asking.more ? "+" : ""}`;
    if (this.#hits.length) this.count.textContent = fill(said.count, this.#at < 0 ? "–" : this.#at + 1, all);
    else this.count.textContent = this.field.value.trim() && !this.#asking.waits && !this.#asking.more ? said.count_none : "";
    this.#mark();
  }

  #mark() {
    this.#marks.show(this.#hits.map(({ message, ...hit }) => ({ id: message.id, client: message.client_id, words: words(hit) })), this.#hits[this.#at]?.message.id);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (composes(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && event.target === this.field) {
      event.preventDefault();
      this.#step(event.shiftKey ? -1 : 1);
    }
  }
}
