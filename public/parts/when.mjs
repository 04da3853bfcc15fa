// Times as the console's list writes them, in the browser's zone.
import { fill } from "./said.mjs";

/**
 * The time today, then `Yesterday`, a weekday, a date (`ui::words::dates`).
 * @param {string} at
 * @param {Record<string, string>} said
 */
export function short(at, said) {
  const then = new Date(at);
  const days = daysBetween(then, new Date());
  if (days <= 0) return clock(then, said);
  if (days === 1) return said.yesterday;
  if (days < 7) return said.weekdays.split("|")[then.getDay()];
  return date(then, said);
}

/** How many days later the second is, by the calendar. @param {Date} from @param {Date} to */
export const daysBetween = (from, to) => Math.round((noon(to) - noon(from)) / 86_400_000);

/** The date, with its year when that is not this one. @param {Date} at @param {Record<string, string>} said */
export function date(at, said) {
  const month = said.months_short.split("|")[at.getMonth()];
  if (at.getFullYear() === new Date().getFullYear()) return fill(said.date, at.getDate(), month);
  const buddhist = document.documentElement.dataset.years === "buddhist";
  return fill(said.date_with_year, at.getDate(), month, at.getFullYear() + (buddhist ? 543 : 0));
}

/** @param {Date} at */
const noon = (at) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());

/** On the reader's clock. @param {Date} at @param {Record<string, string>} said */
export function clock(at, said) {
  const minutes = String(at.getMinutes()).padStart(2, "0");
  const hours = at.getHours();
  if (document.documentElement.dataset.clock !== "12") return `${String(hours).padStart(2, "0")}:${minutes}`;
  return fill(hours < 12 ? said.before_noon : said.after_noon, `${hours % 12 || 12}:${minutes}`);
}
