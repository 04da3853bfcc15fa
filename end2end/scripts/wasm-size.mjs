// The release front end's WebAssembly must stay small: phones load it over mobile networks.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

/** What a page loads before it can be used (docs/decisions.md, "Size"). */
const FIRST_LIMIT = 300 * 1000;
/** That, and all that is loaded when it is first asked for: further wasm, and the scripts in `public/`. */
const ALL_LIMIT = 405 * 1000;
const FIRST = "pkg/sala.wasm";
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const site = path.join(root, "target/site");

/** The bytes of a file as brotli. */
function packed(file) {
  const bytes = readFileSync(path.join(site, file));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

const code = readdirSync(site, { recursive: true }).map(String).map((file) => file.replaceAll(path.sep, "/"));
const later = code.filter((file) => file !== FIRST && (file.endsWith(".wasm") || file.endsWith(".mjs")));
const first = packed(FIRST);
const all = later.reduce((sum, file) => sum + packed(file), first);

const kb = (bytes) => (bytes / 1000).toFixed(1);
console.log(`size: release wasm ${kb(first)} KB as brotli, limit ${kb(FIRST_LIMIT)} KB`);
console.log(`size: with the ${later.length} files of code that come later ${kb(all)} KB, limit ${kb(ALL_LIMIT)} KB`);
for (const [what, size, limit] of [["The release wasm is", first, FIRST_LIMIT], ["All code together is", all, ALL_LIMIT]]) {
  if (size > limit) {
    console.error(`${what} ${kb(size - limit)} KB over its limit.`);
    process.exitCode = 1;
  }
}
