// What a chosen file looks like: a small picture of it, and what it is.

/** Pixels across of the small picture: twice what a bubble shows. */
const SMALL = 464;
/** Pixels across of a film's picture. */
const LARGE = 1280;
/** A film that does not show itself for so long has no picture. */
const PATIENCE_MS = 8_000;

/**
 * @typedef {object} Look
 * @property {"image" | "video" | "audio" | "file"} kind as the server will most likely see it
 * @property {ImageBitmap} [small]
 * @property {Blob} [preview] of a film
 * @property {number} [seconds]
 * @property {File} [instead] the same picture in a form that LINE shows
 * @property {true} [asks] customers cannot see it as a picture: the operator decides
 */

/** @param {File} file @returns {Promise<Look>} */
export async function look(file) {
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer().catch(() => new ArrayBuffer(0)));
  if (isHeic(head)) return heic(file);
  const kind = kindOf(file.type);
  if (file.type.startsWith("video/")) return { kind, ...(await film(file).catch(() => ({}))) };
  if (kind !== "image") return { kind };
  const small = await bitmap(file, SMALL).catch(() => undefined);
  return small ? { kind, small } : { kind: "file" };
}

/** @param {string} type @returns {Look["kind"]} */
function kindOf(type) {
  if (/^image\/(?!hei|svg|avif)/.test(type)) return "image";
  if (type === "video/mp4") return "video";
  return /^audio\/(mpeg|mp4|x-m4a|aac)$/.test(type) ? "audio" : "file";
}

/** By its first box, whatever its name says. @param {Uint8Array} head */
export function isHeic(head) {
  const letters = (/** @type {number} */ from, /** @type {number} */ to) => String.fromCharCode(...head.subarray(from, to));
  if (letters(4, 8) !== "ftyp") return false;
  const brand = letters(8, 12);
  if (/^(hei[cxms]|hev[cxms])$/.test(brand)) return true;
  const length = Math.min(head.length, (head[2] << 8) | head[3]);
  return (brand === "mif1" || brand === "msf1") && !letters(16, length).includes("avif");
}

/** Safari draws it; from elsewhere it can go as a file. @param {File} file @returns {Promise<Look>} */
async function heic(file) {
  const whole = await bitmap(file).catch(() => undefined);
  if (!whole) return { kind: "file", asks: true };
  const jpeg = await drawn(whole, whole.width, whole.height).then((canvas) => packed(canvas, 0.92));
  const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
  const instead = new File([jpeg], name, { type: "image/jpeg" });
  return { kind: "image", small: await bitmap(jpeg, SMALL), instead };
}

/**
 * @param {Blob | HTMLCanvasElement} from
 * @param {number} [width]
 */
export const bitmap = (from, width) =>
  createImageBitmap(from, width ? { resizeWidth: width, resizeQuality: "medium" } : undefined);

/** @param {CanvasImageSource} from @param {number} width @param {number} height */
async function drawn(from, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(from, 0, 0, width, height);
  return canvas;
}

/** As JPEG. @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
const packed = (canvas, quality) =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", quality),
  );

/** The small picture, to be kept over a reload. @param {ImageBitmap} small */
export async function kept(small) {
  return packed(await drawn(small, small.width, small.height), 0.8).then((blob) => blob.arrayBuffer());
}

/** A film's first picture and length. @param {File} file */
async function film(file) {
  const address = URL.createObjectURL(file);
  const video = document.createElement("video");
  try {
    const happened = (/** @type {string} */ what) =>
      new Promise((resolve, reject) => {
        video.addEventListener(what, resolve, { once: true });
        video.addEventListener("error", () => reject(new Error("no film")), { once: true });
        setTimeout(() => reject(new Error("late")), PATIENCE_MS);
      });
    Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: address });
    await happened("loadeddata");
    const seconds = Number.isFinite(video.duration) ? video.duration : undefined;
    const sought = happened("seeked");
    video.currentTime = Math.min(0.1, (seconds ?? 0) / 2);
    await sought;
    const width = Math.min(LARGE, video.videoWidth);
    const canvas = await drawn(video, width, Math.round((width * video.videoHeight) / video.videoWidth));
    return { seconds, small: await bitmap(canvas, SMALL), preview: await packed(canvas, 0.85) };
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(address);
  }
}
