// What narrows the open list down, as the address bar has it: a link shows the same to a colleague. The server reads the
// same words (`ui::front::narrowing`).

/**
 * As `conversations` takes it.
 * @typedef {{ tag_ids?: string[], operator_ids?: (string | null)[], channels?: string[], kind?: "user" | "group",
 *   unread?: boolean, mentions?: boolean, snoozed?: boolean, overdue?: boolean }} Filter
 * @typedef {"newest" | "oldest"} Sort
 * @typedef {"waiting" | "mine" | "all" | "closed"} Tab
 * @typedef {{ tab: Tab, filter: Filter, sort?: Sort }} Place
 */

/** @type {["unread", "mentions", "overdue", "snoozed"]} */
export const ONLY = ["unread", "mentions", "overdue", "snoozed"];

/** @type {Tab[]} */
const TABS = ["waiting", "mine", "all", "closed"];

/** Nobody, where an operator could stand. */
const NOBODY = "nobody";
/** Most entries of each list. */
const MOST = 50;

/**
 * @param {string} search as in the address
 * @returns {Place}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  const tab = TABS.find((known) => known === query.get("tab")) ?? "all";
  /** @type {Filter} */
  const filter = {};
  const list = (/** @type {string} */ name) => query.getAll(name).filter((one) => one !== "").slice(0, MOST);
  if (query.has("tag")) filter.tag_ids = list("tag");
  if (query.has("operator")) filter.operator_ids = list("operator").map((id) => (id === NOBODY ? null : id));
  if (query.has("account")) filter.channels = list("account");
  for (const name of ONLY) if (query.getAll("only").includes(name)) filter[name] = true;
  const kind = query.get("kind");
  if (kind === "user" || kind === "group") filter.kind = kind;
  const sort = query.get("sort");
  return sort === "newest" || sort === "oldest" ? { tab, filter, sort } : { tab, filter };
}

/** The order in which a list stands by itself. @param {Tab} tab @returns {Sort} */
const ownSort = (tab) => (tab === "waiting" ? "oldest" : "newest");

/** @param {Place} place */
export const sortOf = (place) => place.sort ?? ownSort(place.tab);

/**
 * @param {Place} place
 * @returns {string} with its `?`, or nothing
 */
export function written({ tab, filter, sort }) {
  const query = new URLSearchParams();
  if (tab !== "all") query.set("tab", tab);
  for (const id of filter.tag_ids ?? []) query.append("tag", id);
  for (const id of filter.operator_ids ?? []) query.append("operator", id ?? NOBODY);
  for (const name of filter.channels ?? []) query.append("account", name);
  for (const name of ONLY) if (filter[name]) query.append("only", name);
  if (filter.kind) query.set("kind", filter.kind);
  if (sort && sort !== ownSort(tab)) query.set("sort", sort);
  const text = query.toString();
  return text && `?${text}`;
}

/** Whether it is less than the list, or in another order. @param {Place} place */
export const isNarrow = (place) => written(place) !== written({ tab: place.tab, filter: {} });

/** @param {Place} one @param {Place} other */
export const isSame = (one, other) => written(one) === written(other);

/** Where the console is. */
export const here = () => read(location.search);

/** Where it was before. */
let last = here();
/** @type {(() => void)[]} */
const heard = [];

/** Calls when the console goes elsewhere. @param {() => void} hears */
export const onMove = (hears) => void heard.push(hears);

function moved() {
  last = here();
  for (const hears of heard) hears();
}

/** Listens from now on. */
export function follow() {
  window.addEventListener("popstate", moved);
  // The console itself knows lists and chats, and leaves the filter out.
  window.addEventListener("sala-went", () => {
    const { tab } = here();
    history.replaceState(history.state, "", location.pathname + written({ ...last, tab }));
    moved();
  });
}

/**
 * Changes a part of the filter.
 * @param {Partial<Filter>} change
 */
export function narrowBy(change) {
  const place = here();
  go({ ...place, filter: { ...place.filter, ...change } });
}

/**
 * Goes to another list of the console; the open chat stays.
 * @param {Place} place
 */
export function go(place) {
  history.pushState(null, "", location.pathname + written(place));
  // The console follows its address by this.
  window.dispatchEvent(new PopStateEvent("popstate"));
}
