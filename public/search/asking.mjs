// What is asked of the server while somebody types: only the newest question's answer counts.
import { call } from "../parts/call.mjs";

/** Typing rests for so long before the server is asked. */
const REST_MS = 150;

/**
 * @typedef {{ contacts: any[], messages: any[], cursor?: object }} Page
 * @typedef {{ took: (page: Page, first: boolean) => void, failed: (error: any, first: boolean) => void }} Hears
 */

export class Asking {
  #timer = 0;
  #stop = new AbortController();
  /** @type {object | undefined} */
  #cursor;
  #body = {};
  #busy = false;
  /** Whether an answer is still to come to what was asked last. */
  waits = false;

  /** @param {Hears} hears */
  constructor(hears) {
    this.hears = hears;
  }

  /** There is nothing to ask any more. */
  drop() {
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#cursor = undefined;
    this.#busy = false;
    this.waits = false;
  }

  /**
   * Asks something else, once typing rests.
   * @param {object} body
   * @param {number} rest
   */
  ask(body, rest = REST_MS) {
    this.drop();
    this.#body = body;
    this.waits = true;
    this.#timer = setTimeout(() => this.#fetch(true), rest);
  }

  /** Whether there is more. */
  get more() {
    return this.#cursor !== undefined;
  }

  /** Asks for the next page, unless that is on its way. */
  next() {
    if (this.more && !this.#busy) this.#fetch(false);
  }

  /** @param {boolean} first */
  async #fetch(first) {
    const stop = first ? (this.#stop = new AbortController()) : this.#stop;
    this.#busy = true;
    try {
      const page = await call("search", { ...this.#body, cursor: this.#cursor }, stop.signal);
      if (stop.signal.aborted) return;
      this.#busy = this.waits = false;
      this.#cursor = page.cursor;
      this.hears.took(page, first);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#busy = this.waits = false;
      this.hears.failed(error, first);
    }
  }
}
