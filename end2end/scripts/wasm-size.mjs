// The release front end's WebAssembly must stay small: phones load it over mobile networks.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const LIMIT = 285 * 1000;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const file = path.join(root, "target/site/pkg/sala.wasm");

const wasm = readFileSync(file);
const packed = brotliCompressSync(wasm, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  },
});

const kb = (bytes) => (bytes / 1000).toFixed(1);
console.log(`size: release wasm ${kb(packed.length)} KB as brotli, limit ${kb(LIMIT)} KB (${kb(wasm.length)} KB plain)`);
if (packed.length > LIMIT) {
  console.error(`The release wasm is ${kb(packed.length - LIMIT)} KB over its limit.`);
  process.exit(1);
}
