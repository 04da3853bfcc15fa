// The parts of the panel that are read: attributes, memo, files.
import { icon, make } from "../parts/dom.mjs";

/** @typedef {import("./customer.mjs").Customer} Customer */
/** @typedef {import("./customer.mjs").Said} Said */
/** @typedef {{ again: () => void, edit: () => void }} Ways */

/** A day as the reader's language writes it. @param {string} at */
function day(at) {
  const page = document.documentElement;
  const lang = page.lang === "en" ? "en-GB" : page.lang;
  const calendar = page.lang === "th" && page.dataset.years !== "buddhist" ? "gregory" : undefined;
  return new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", year: "numeric", calendar }).format(new Date(at));
}

/**
 * Draws a part anew.
 * @param {HTMLElement} place
 * @param {string} part
 * @param {Customer | undefined} customer
 * @param {boolean} failed
 * @param {Said} said
 * @param {Ways} ways
 */
export function draw(place, part, customer, failed, said, ways) {
  if (!customer) {
    const again = make("button", { type: "button", class: "button button--small", click: ways.again }, said.again);
    const nothing = failed && part === "memo" ? [make("p", { class: "muted" }, said.not_loaded, " ", again)] : [];
    return place.replaceChildren(...nothing);
  }
  if (part === "attributes") place.replaceChildren(attributes(customer, said));
  else if (part === "memo") place.replaceChildren(...memo(customer, said, ways));
  else if (part === "files") place.replaceChildren(...files(customer, said));
}

/** @param {Customer} customer @param {Said} said */
function attributes({ attributes, first_seen_at }, said) {
  const pair = (/** @type {string} */ key, /** @type {string} */ value) => [make("dt", {}, make("bdi", {}, key)), make("dd", {}, make("bdi", {}, value))];
  const rows = attributes.flatMap(({ key, value }) => pair(key, value));
  return make("dl", { class: "facts" }, ...pair(said.known_since, day(first_seen_at)), ...rows);
}

/** @param {Customer} customer @param {Said} said @param {Ways} ways */
function memo({ memo, memo_by, memo_at }, said, ways) {
  const act = make("button", { type: "button", class: "button--link", click: ways.edit }, memo ? said.edit_short : said.add);
  const head = make("h3", {}, said.memo, act);
  if (!memo) return [head, make("p", { class: "muted" }, said.no_memo)];
  const by = [memo_by?.name, memo_at && day(memo_at)].filter(Boolean).join(" · ");
  return [head, make("div", { class: "memo" }, make("p", { dir: "auto" }, memo), make("small", {}, by))];
}

/** @param {Customer} customer @param {Said} said */
function files({ media, media_count }, said) {
  const count = media_count > 0 ? [make("span", { class: "count" }, String(media_count))] : [];
  const head = make("h3", {}, said.files, ...count);
  const ready = media.filter(({ media: file }) => file.state === "ready");
  if (ready.length === 0) return [head, make("p", { class: "muted" }, said.no_files)];
  const tiles = ready.map(({ kind, media: file, created_at }) => {
    const name = file.file_name ?? day(created_at);
    const picture = file.preview_url ?? (kind === "image" ? file.url : undefined);
    const face = picture ? make("img", { src: picture, alt: "", loading: "lazy", decoding: "async" }) : icon(kind === "video" || kind === "audio" ? "play" : "clip");
    return make("li", {}, make("a", { href: file.url, target: "_blank", rel: "noopener", title: name, "aria-label": name }, face));
  });
  return [head, make("ul", { class: "gallery" }, ...tiles)];
}
