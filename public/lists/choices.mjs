// What a filter may name: tags, colleagues, LINE accounts; and how many chats each choice would leave.
import { call } from "../parts/call.mjs";
import { ONLY } from "./address.mjs";
import { said, who } from "./said.mjs";

/** @typedef {import("./address.mjs").Place} Place */

export const choices = {
  tags: /** @type {{ id: string, name: string, color: string, used: number }[]} */ ([]),
  people: /** @type {{ id: string, name: string }[]} */ ([]),
  accounts: /** @type {{ name: string, title: string }[]} */ ([]),
};

let fetched = false;

/** Whether they have been fetched: what is not among them is then gone. */
export const known = () => fetched;

/** Fetches them anew. */
export async function fetchChoices() {
  const [tags, people, accounts] = await Promise.all([
    call("tags", {}).catch(() => choices.tags),
    call("operators", {}).catch(() => choices.people),
    call("line_accounts", {}).catch(() => choices.accounts),
  ]);
  Object.assign(choices, { tags, people, accounts });
  fetched = true;
}

/** While it is not known what something is called. */
const UNKNOWN = "…";

/** @param {{ id: string, name: string }[]} all @param {string} id */
export const nameIn = (all, id) => all.find((one) => one.id === id)?.name ?? (fetched ? said.gone : UNKNOWN);

/** @param {string | null} id of somebody, or nobody */
export function personName(id) {
  if (id === null) return said.nobody;
  return id === who.me ? said.you : nameIn(choices.people, id);
}

/** @param {string} name of a LINE account */
export const titleOf = (name) => choices.accounts.find((one) => one.name === name)?.title ?? name;

/** Accounts whose chats are counted; more are a question each. */
const COUNTED = 8;

/** Grows with each question; older answers are dropped. */
let turn = 0;

/**
 * How many chats of the list there would be with each of these choices beside the rest of the filter, and how many
 * there are without a filter.
 * @param {Place} place
 * @param {(name: string, count: number) => void} heard
 */
export function count(place, heard) {
  const mine = (turn += 1);
  const ask = async (/** @type {string} */ name, /** @type {Place["filter"]} */ filter) => {
    const page = await call("conversations", { tab: place.tab, filter, limit: 1 }).catch(() => undefined);
    if (page && mine === turn) heard(name, page.counts[place.tab]);
  };
  void ask("all", {});
  for (const name of ONLY) void ask(name, { ...place.filter, [name]: true });
  if (choices.accounts.length < 2) return;
  for (const { name } of choices.accounts.slice(0, COUNTED)) void ask(`account ${name}`, { ...place.filter, channels: [name] });
}
