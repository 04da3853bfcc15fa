// Photographs for tests: what a browser draws, with a place written into it as cameras do.

/** Cameras that have a map name it; here it is found again wherever a place was left. */
export const MAP = "WGS-84 of the test";

/** A JPEG with a GPS position in its EXIF. @param {Buffer} jpeg @returns {Buffer} */
export function withPlace(jpeg) {
  const map = Buffer.from(`${MAP}\0`, "latin1");
  const tiff = Buffer.alloc(8 + 2 + 12 + 4);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  // GPSInfo, one LONG: where its directory is.
  entry(tiff, 10, [0x8825, 4, 1, tiff.length]);
  const gps = Buffer.alloc(2 + 5 * 12 + 4);
  const values = tiff.length + gps.length;
  gps.writeUInt16LE(5, 0);
  entry(gps, 2, [1, 2, 2, "N".charCodeAt(0)]);
  entry(gps, 14, [2, 5, 3, values]);
  entry(gps, 26, [3, 2, 2, "E".charCodeAt(0)]);
  entry(gps, 38, [4, 5, 3, values + 24]);
  entry(gps, 50, [18, 2, map.length, values + 48]);
  const degrees = Buffer.alloc(48);
  [18, 1, 47, 1, 30, 1, 98, 1, 59, 1, 10, 1].forEach((number, at) => degrees.writeUInt32LE(number, at * 4));
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, gps, degrees, map]);
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/** @param {Buffer} into @param {number} at @param {number[]} fields tag, type, count, value */
function entry(into, at, [tag, type, count, value]) {
  into.writeUInt16LE(tag, at);
  into.writeUInt16LE(type, at + 2);
  into.writeUInt32LE(count, at + 4);
  into.writeUInt32LE(value, at + 8);
}

/** Draws noise, which no form makes small, or one colour. @param {import("@playwright/test").Page} page */
export async function drawn(page, { width = 320, height = 200, noise = false, colour = "#6d1f4c" } = {}) {
  const text = await page.evaluate(
    async ({ width, height, noise, colour }) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width, height });
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      pen.fillStyle = colour;
      pen.fillRect(0, 0, width, height);
      if (noise) {
        const pixels = pen.getImageData(0, 0, width, height);
        for (let at = 0; at < pixels.data.length; at += 65_536) crypto.getRandomValues(pixels.data.subarray(at, at + 65_536));
        for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
        pen.putImageData(pixels, 0, 0);
      }
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", noise ? 1 : 0.9));
      const reader = new FileReader();
      await new Promise((done) => {
        reader.onload = done;
        reader.readAsDataURL(/** @type {Blob} */ (blob));
      });
      return String(reader.result).split(",")[1];
    },
    { width, height, noise, colour },
  );
  return Buffer.from(text, "base64");
}

/** The beginning of an iPhone's photo, of which no browser but Safari can draw more. */
export const HEIC = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from("ftypheic\0\0\0\0mif1heic", "latin1"),
  Buffer.alloc(4_000, 7),
]);
