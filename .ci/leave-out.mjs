// Takes functions out of a wasm that are in it and never called, by their names. What is left of each traps, and
// wasm-opt then drops all that only they had called. Names of others' sources go as well.
//   node .ci/leave-out.mjs FILE
import { readFileSync, writeFileSync } from "node:fs";

/**
 * Leptos' erased views carry pointers to code that takes a page over in parts, as their code arrives, which Sala has
 * not. No linker can see that nobody goes there. The name is the function's own: in those of what only belongs to
 * such a function (`drop_in_place<…hydrate_async…>`) it stands in the middle.
 */
const NEVER_CALLED = /::hydrate_async(::\{\{closure\}\})*(::h[0-9a-f]{16})?$/;

/** The compiler lets functions of the same code be one, under either name; such as are of many bytes are not. */
const OWN_CODE = 128;

/** Sources of crates and of the standard library, as the compiler writes where a panic is. */
const OTHERS_SOURCES = /\/[\w.+/-]*\/(?:registry\/src|rustlib)\/[\w.+/-]*\.rs|\/rustc\/[\w.+/-]*\.rs/g;

const CODE = 10;
const DATA = 11;
const IMPORTS = 2;
const CUSTOM = 0;
/** No locals, `unreachable`, `end`. */
const TRAP = Buffer.from([3, 0, 0, 0x0b]);

/** Reads a module from its bytes. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  limits() {
    const hasMost = this.byte() & 1;
    this.number();
    if (hasMost) this.number();
  }
}

/** @param {number} value */
function number(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  return Buffer.from([...bytes, value]);
}

/** The sections: their kind, and where each begins, has its content and ends. */
function sections(bytes) {
  const found = [];
  for (const reader = new Reader(bytes, 8); reader.at < bytes.length; ) {
    const begin = reader.at;
    const kind = reader.byte();
    const length = reader.number();
    found.push({ kind, begin, content: reader.at, end: reader.at + length });
    reader.at += length;
  }
  return found;
}

/** How many functions are imported: the module's own are counted from there. */
function importedFunctions(bytes, section) {
  const reader = new Reader(bytes, section.content);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.text();
    reader.text();
    const kind = reader.byte();
    if (kind === 0) functions += 1;
    if (kind === 1) reader.byte();
    if (kind === 1 || kind === 2) reader.limits();
    else if (kind === 3) reader.at += 2;
    else reader.number();
  }
  return functions;
}

/** The functions with such names, by their numbers. */
function named(bytes, section, wanted) {
  const reader = new Reader(bytes, section.content);
  const found = new Set();
  if (reader.text() !== "name") return found;
  while (reader.at < section.end) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    if (kind === 1) {
      for (let left = reader.number(); left > 0; left -= 1) {
        const which = reader.number();
        if (wanted.test(reader.text())) found.add(which);
      }
    }
    reader.at = end;
  }
  return found;
}

/** The code section with traps for these functions, and how many bytes that took away. */
function trapped(bytes, section, imported, gone) {
  const reader = new Reader(bytes, section.content);
  const count = reader.number();
  const bodies = [number(count)];
  for (let which = imported; which < imported + count; which += 1) {
    const begin = reader.at;
    const length = reader.number();
    reader.at += length;
    bodies.push(gone.has(which) && length >= OWN_CODE ? TRAP : bytes.subarray(begin, reader.at));
  }
  const content = Buffer.concat(bodies);
  return Buffer.concat([Buffer.from([CODE]), number(content.length), content]);
}

/**
 * The data section with blanks for the paths of others' sources, which panics would name: they cost 1 KB and
 * say where the building machine keeps them. Ours stay.
 */
function withoutPaths(section) {
  const made = Buffer.from(section);
  for (const path of made.toString("latin1").matchAll(OTHERS_SOURCES)) {
    made.fill(" ", path.index, path.index + path[0].length);
  }
  return made;
}

const [file] = process.argv.slice(2);
const bytes = readFileSync(file);
const all = sections(bytes);
const imports = all.find(({ kind }) => kind === IMPORTS);
const imported = imports ? importedFunctions(bytes, imports) : 0;
const gone = new Set();
for (const section of all.filter(({ kind }) => kind === CUSTOM)) {
  for (const which of named(bytes, section, NEVER_CALLED)) gone.add(which);
}
// Without names, or when Leptos has renamed them, it would be larger again: better to hear of it here.
if (gone.size === 0) {
  console.error(`leave-out: ${file} names no function like ${NEVER_CALLED}`);
  process.exit(1);
}
const parts = all.map((section) => {
  if (section.kind === CODE) return trapped(bytes, section, imported, gone);
  const whole = bytes.subarray(section.begin, section.end);
  return section.kind === DATA ? withoutPaths(whole) : whole;
});
const made = Buffer.concat([bytes.subarray(0, 8), ...parts]);
writeFileSync(file, made);
console.log(`leave-out: ${gone.size} functions, ${bytes.length - made.length} bytes`);
