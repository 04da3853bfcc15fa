// What scripts say, in the page's language: the page carries it (`ui::page_texts`), and each text has the
// name that it has in its `script_texts!`.

/** @typedef {Record<string, string>} Said */

/** Of each group, by the path of its module. @type {Map<string, Said> | undefined} */
let groups;

/** @param {string} name in Rust */
const inScript = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

function read() {
  const all = (document.getElementById("texts")?.textContent ?? "").split("\n\n");
  return new Map(
    all.map((group) => {
      const [path, ...lines] = group.split("\n");
      const pairs = lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
      return [path, Object.fromEntries(pairs.map(([name, text]) => [inScript(name), text]))];
    }),
  );
}

/**
 * The texts of a group.
 * @param {string} path of its module, below `ui`
 * @returns {Said}
 */
export function saidIn(path) {
  groups ??= read();
  return groups.get(`sala::ui::${path}`) ?? {};
}

/**
 * Puts values into a text's places, in one pass: what a value says is never taken for a place.
 * @param {string} text
 * @param {...(string | number)} values
 */
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at] ?? ""));
