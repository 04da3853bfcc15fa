// Marks on the words of the open chat that were looked for. They are the browser's own highlights:
// the messages are the console's, and nothing in them is changed but one attribute.

/** @typedef {{ id: string, client?: string, words: string[] }} Found */

export class Marks {
  /** @type {Map<string, Found>} */
  #found = new Map();
  /** @type {string | undefined} */
  #now;
  #asked = false;
  #watch = new MutationObserver(() => this.#soon());

  /**
   * Marks what was found, by the ids of its messages; `now` is the one that one stands on.
   * @param {Found[]} found
   * @param {string | undefined} now
   */
  show(found, now) {
    this.#found = new Map(found.map((one) => [one.client ? `c${one.client}` : `m${one.id}`, one]));
    this.#now = now;
    const thread = document.querySelector("main.thread");
    this.#watch.disconnect();
    if (found.length && thread) this.#watch.observe(thread, { childList: true, subtree: true, characterData: true });
    this.#mark();
  }

  /** Once for all that changes at once. */
  #soon() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#mark();
    });
  }

  #mark() {
    /** @type {Range[]} */
    const all = [];
    /** @type {Range[]} */
    const current = [];
    for (const line of document.querySelectorAll(".message-list [data-key]")) {
      const found = this.#found.get(line.getAttribute("data-key") ?? "");
      const isNow = found !== undefined && found.id === this.#now;
      line.toggleAttribute("data-hit", isNow);
      const box = found && line.querySelector(".bubble, .note__text");
      if (box) (isNow ? current : all).push(...ranges(box, found.words));
    }
    // Where a browser has none, the band behind the message says where it is.
    if (!("highlights" in CSS)) return;
    CSS.highlights.set("found", new Highlight(...all));
    CSS.highlights.set("found-now", new Highlight(...current));
  }
}

/**
 * Where the words stand in an element, also across the elements in it.
 * @param {Element} box
 * @param {string[]} words
 */
function ranges(box, words) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  /** @type {{ node: Node, from: number }[]} */
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, from: text.length });
    text += node.nodeValue;
  }
  const place = (/** @type {number} */ at, /** @type {boolean} */ isEnd) => {
    const found = nodes.findLast(({ from }) => (isEnd ? from < at : from <= at)) ?? nodes[0];
    return /** @type {[Node, number]} */ ([found.node, at - found.from]);
  };
  const found = [];
  for (const word of words) {
    for (let at = text.indexOf(word); word && at >= 0; at = text.indexOf(word, at + word.length)) {
      const range = document.createRange();
      range.setStart(...place(at, false));
      range.setEnd(...place(at + word.length, true));
      found.push(range);
    }
  }
  return found;
}
