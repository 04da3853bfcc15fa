// The picture on its stage: drawn and pinched by fingers, turned by the wheel.
import { make } from "../parts/dom.mjs";
import { drawn, FIT, fits, step, to } from "./zoom.mjs";

/** @typedef {import("./zoom.mjs").Pair} Pair */

/** Further than so many pixels is a movement and no tap. */
const TAP_PX = 10;
/** So far across is a wish for the next picture. */
const SWIPE_PX = 50;
/** Two taps within this are one gesture, in milliseconds. */
const DOUBLE_TAP_MS = 350;
/** What a double tap makes of a picture that fits, in per cent. */
const DOUBLE_TAP = 250;

/** @param {Pair} one @param {Pair} other */
const apart = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

export class Stage {
  /** @type {import("./zoom.mjs").Zoom} */
  zoom = FIT;
  /** @type {import("./zoom.mjs").Frame} */
  frame = { stage: [0, 0], picture: [0, 0] };
  /** The fingers on the stage, at most two, and where each is from its middle. @type {Map<number, Pair>} */
  #fingers = new Map();
  /** Where the first came down, unless there were two since. @type {Pair | undefined} */
  #begun;
  /** How far two were apart when the second came, and how large the picture was then. @type {Pair | undefined} */
  #pinch;
  /** @type {{ when: number, at: Pair } | undefined} */
  #tapped;

  /**
   * @param {string} alt
   * @param {() => void} changed what is seen has changed
   * @param {(by: 1 | -1) => void} swiped
   */
  constructor(alt, changed, swiped) {
    this.changed = changed;
    this.picture = make("img", { alt, draggable: "false", load: () => this.#loaded() });
    this.root = make("div", {
      class: "lightbox__picture",
      pointerdown: (/** @type {PointerEvent} */ event) => this.#down(event),
      pointermove: (/** @type {PointerEvent} */ event) => this.#moved(event),
      pointerup: (/** @type {PointerEvent} */ event) => {
        const by = this.#up(event);
        if (by) swiped(by);
      },
      pointercancel: () => {
        this.#fingers.clear();
        this.#begun = this.#pinch = undefined;
      },
      wheel: (/** @type {WheelEvent} */ event) => {
        event.preventDefault();
        this.#zoomAt((this.zoom.percent * (event.deltaY < 0 ? 5 : 4)) / (event.deltaY < 0 ? 4 : 5), this.#place(event));
      },
    }, this.picture);
  }

  /** Shows another picture, whole. @param {string} url */
  begin(url) {
    this.frame.picture = [0, 0];
    this.picture.src = url;
    this.#see(FIT);
  }

  /** One step, from the picture's middle. @param {boolean} larger */
  step(larger) {
    this.#zoomAt(step(this.zoom.percent, larger), [0, 0]);
  }

  /** The whole picture. */
  fit() {
    this.#see(FIT);
  }

  /** @param {import("./zoom.mjs").Zoom} zoom */
  #see(zoom) {
    this.zoom = zoom;
    this.picture.setAttribute("style", `translate:${zoom.moved[0]}px ${zoom.moved[1]}px;scale:${zoom.percent}%`);
    this.root.toggleAttribute("data-zoomed", !fits(zoom));
    this.changed();
  }

  /** @param {number} percent @param {Pair} at */
  #zoomAt(percent, at) {
    this.#measure();
    this.#see(to(this.zoom, percent, at, this.frame));
  }

  #measure() {
    this.frame.stage = [this.root.clientWidth, this.root.clientHeight];
  }

  #loaded() {
    this.#measure();
    this.frame.picture = [this.picture.naturalWidth, this.picture.naturalHeight];
    this.changed();
  }

  /** Where an event is, from the stage's middle. @param {MouseEvent} event @returns {Pair} */
  #place(event) {
    const edge = this.root.getBoundingClientRect();
    return [event.clientX - edge.left - edge.width / 2, event.clientY - edge.top - edge.height / 2];
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button > 0) return;
    try {
      this.root.setPointerCapture(event.pointerId);
    } catch {
      // A finger that is gone already.
    }
    if (this.#fingers.size > 1) this.#fingers.delete([...this.#fingers.keys()][1]);
    const at = this.#place(event);
    this.#fingers.set(event.pointerId, at);
    const [one, other] = this.#fingers.values();
    this.#begun = other ? undefined : at;
    this.#pinch = other ? [apart(one, other), this.zoom.percent] : undefined;
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    const before = this.#fingers.get(event.pointerId);
    if (!before) return;
    const at = this.#place(event);
    this.#fingers.set(event.pointerId, at);
    /** @type {Pair} */
    let by = [at[0] - before[0], at[1] - before[1]];
    const [one, other] = this.#fingers.values();
    if (other && this.#pinch) {
      by = [by[0] / 2, by[1] / 2];
      const [distance, percent] = this.#pinch;
      this.#zoomAt((percent * apart(one, other)) / Math.max(distance, 1), [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]);
    }
    if (!fits(this.zoom)) {
      this.#measure();
      this.#see(drawn(this.zoom, by, this.frame));
    }
  }

  /** A finger has left; says by how many pictures it swiped. @param {PointerEvent} event */
  #up(event) {
    this.#fingers.delete(event.pointerId);
    this.#pinch = undefined;
    const begun = this.#begun;
    this.#begun = undefined;
    if (!begun) return 0;
    const at = this.#place(event);
    const [across, down] = [at[0] - begun[0], at[1] - begun[1]];
    if (Math.max(Math.abs(across), Math.abs(down)) < TAP_PX) {
      this.#tap(event.timeStamp, at);
      return 0;
    }
    const wide = Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(down);
    return fits(this.zoom) && wide ? (across < 0 ? 1 : -1) : 0;
  }

  /** @param {number} when @param {Pair} at */
  #tap(when, at) {
    const before = this.#tapped;
    this.#tapped = { when, at };
    if (before && when - before.when < DOUBLE_TAP_MS && apart(before.at, at) < 3 * TAP_PX) {
      this.#tapped = undefined;
      this.#zoomAt(fits(this.zoom) ? DOUBLE_TAP : FIT.percent, at);
    }
  }
}
