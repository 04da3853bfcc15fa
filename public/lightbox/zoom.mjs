// How large a picture is shown and which part of it. Whole pixels and per cent; nothing here touches the page.

/** @typedef {[number, number]} Pair a point or a size: across, down */
/** @typedef {{ percent: number, moved: Pair }} Zoom per cent of the size that fits; how far its middle is from the stage's */
/** @typedef {{ stage: Pair, picture: Pair }} Frame the picture's own size is [0, 0] until it is there */

/** Where the buttons and keys stop. */
const STEPS = [100, 150, 200, 300, 400, 500];
const SMALLEST = 100;
const LARGEST = 500;

/** The whole picture. @type {Zoom} */
export const FIT = { percent: SMALLEST, moved: [0, 0] };

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** @param {Zoom} zoom */
export const fits = (zoom) => zoom.percent === SMALLEST && zoom.moved[0] === 0 && zoom.moved[1] === 0;

/** The step above, or below. @param {number} percent @param {boolean} larger */
export function step(percent, larger) {
  const next = larger ? STEPS.find((one) => one > percent) : STEPS.findLast((one) => one < percent);
  return next ?? percent;
}

/** The size at which the whole picture is seen; never above its own. @param {Frame} frame @returns {Pair} */
export function fitted({ stage: [stageWidth, stageHeight], picture: [width, height] }) {
  const share = Math.min(1, stageWidth / Math.max(width, 1), stageHeight / Math.max(height, 1));
  return [Math.round(width * share), Math.round(height * share)];
}

/** The picture's size on the screen. @param {Zoom} zoom @param {Frame} frame @returns {Pair} */
function size(zoom, frame) {
  const [width, height] = fitted(frame);
  return [(width * zoom.percent) / 100, (height * zoom.percent) / 100];
}

/** No further than the picture's edges. @param {Zoom} zoom @param {Frame} frame @returns {Zoom} */
function kept(zoom, frame) {
  const shown = size(zoom, frame);
  /** @param {0 | 1} axis */
  const along = (axis) => {
    const bound = Math.max(Math.floor((shown[axis] - frame.stage[axis]) / 2), 0);
    return within(Math.round(zoom.moved[axis]), -bound, bound) || 0;
  };
  return { percent: zoom.percent, moved: [along(0), along(1)] };
}

/**
 * At another size, with the part of the picture at `at` (from the stage's middle) where it is.
 * @param {Zoom} zoom @param {number} percent @param {Pair} at @param {Frame} frame
 */
export function to(zoom, percent, at, frame) {
  const next = within(Math.round(percent), SMALLEST, LARGEST);
  /** @param {0 | 1} axis */
  const along = (axis) => at[axis] - ((at[axis] - zoom.moved[axis]) * next) / zoom.percent;
  return kept({ percent: next, moved: [along(0), along(1)] }, frame);
}

/** Drawn along by so many pixels. @param {Zoom} zoom @param {Pair} by @param {Frame} frame */
export function drawn(zoom, by, frame) {
  return kept({ percent: zoom.percent, moved: [zoom.moved[0] + by[0], zoom.moved[1] + by[1]] }, frame);
}

/** How far the stage's edges are within the picture, in per cent of it: top, right, bottom, left. @param {Zoom} zoom @param {Frame} frame */
export function seen(zoom, frame) {
  const shown = size(zoom, frame);
  /** @param {0 | 1} axis */
  const inset = (axis) => {
    const hidden = Math.max(shown[axis] - frame.stage[axis], 0) / 2;
    const share = (/** @type {number} */ pixels) =>
      Math.floor((within(pixels, 0, shown[axis]) * 100) / Math.max(shown[axis], 1));
    return [share(hidden - zoom.moved[axis]), share(hidden + zoom.moved[axis])];
  };
  const [[left, right], [top, bottom]] = [inset(0), inset(1)];
  return [top, right, bottom, left];
}
