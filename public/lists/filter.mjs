// The filter: chips that say what it is, beside the order of the list.
import { icon, make } from "../parts/dom.mjs";
import { ONLY, go, here, isNarrow, narrowBy, onMove, sortOf } from "./address.mjs";
import { choices, fetchChoices, known, nameIn, personName, titleOf } from "./choices.mjs";
import { drawPanel } from "./panel.mjs";
import { said } from "./said.mjs";

/** @typedef {import("./address.mjs").Filter} Filter */

const chips = make("div", { class: "filter-chips" });
const sort = make("button", { type: "button", class: "sort", click: turn });

/** What the filter asks for, in words, with how it is asked for no more. @param {Filter} filter */
function parts(filter) {
  /** @type {[string, Partial<Filter>][]} */
  const all = [];
  if (filter.tag_ids?.length) all.push([filter.tag_ids.map((id) => nameIn(choices.tags, id)).join(", "), { tag_ids: [] }]);
  if (filter.operator_ids?.length) all.push([filter.operator_ids.map(personName).join(", "), { operator_ids: [] }]);
  if (filter.channels?.length) all.push([filter.channels.map(titleOf).join(", "), { channels: [] }]);
  if (filter.kind) all.push([filter.kind === "user" ? said.people : said.groups, { kind: undefined }]);
  // Unread has a chip of its own, which is always there.
  for (const name of ONLY) if (filter[name] && name !== "unread") all.push([said[name], { [name]: false }]);
  return all;
}

/** Turns the order round. */
function turn() {
  const place = here();
  go({ ...place, sort: sortOf(place) === "newest" ? "oldest" : "newest" });
}

/** What the order of the list is called. @param {import("./address.mjs").Place} place */
function sortName(place) {
  const oldest = sortOf(place) === "oldest";
  if (place.tab === "waiting") return oldest ? said.longest_wait : said.shortest_wait;
  return oldest ? said.oldest : said.newest;
}

function draw() {
  const place = here();
  const { filter } = place;
  const unread = make(
    "button",
    { type: "button", class: "chip", "aria-pressed": String(filter.unread ?? false), click: () => narrowBy({ unread: !filter.unread }) },
    said.unread,
  );
  const narrowing = parts(filter).map(([words, without]) =>
    make("button", { type: "button", class: "chip", "data-set": "", click: () => narrowBy(without) }, make("bdi", { class: "cut" }, words), icon("x")),
  );
  const hadFocus = chips.contains(document.activeElement);
  chips.replaceChildren(unread, ...narrowing);
  if (hadFocus) unread.focus();
  sort.replaceChildren(icon("swap"), sortName(place));
  sort.title = said.turn_round;
  document.querySelector(".filter-button")?.toggleAttribute("data-set", isNarrow(place));
  drawPanel();
}

/** Shows the chips, and keeps them right. @param {HTMLElement} place */
export function beginFilter(place) {
  place.append(make("div", { class: "filters" }, chips, sort));
  const again = () => {
    draw();
    if (!known() && parts(here().filter).length > 0) void fetchChoices().then(draw);
  };
  onMove(again);
  again();
}
