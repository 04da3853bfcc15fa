// Times as the console's list writes them, in the browser's zone.
import { fill } from "./said.mjs";

/**
 * The time today, then `Yesterday`, a weekday, a date (`ui::words::dates`).
 * @param {string} at
 * @param {Record<string, string>} said
 */
export function short(at, said) {
  const [then, now] = [new Date(at), new Date()];
  const days = Math.round((noon(now) - noon(then)) / 86_400_000);
  if (days <= 0) return clock(then, said);
  if (days === 1) return said.yesterday;
  if (days < 7) return said.weekdays.split("|")[then.getDay()];
  const month = said.months_short.split("|")[then.getMonth()];
  if (then.getFullYear() === now.getFullYear()) return fill(said.date, then.getDate(), month);
  const buddhist = document.documentElement.dataset.years === "buddhist";
  return fill(said.date_with_year, then.getDate(), month, then.getFullYear() + (buddhist ? 543 : 0));
}

/** @param {Date} at */
const noon = (at) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());

/** @param {Date} at @param {Record<string, string>} said */
function clock(at, said) {
  const minutes = String(at.getMinutes()).padStart(2, "0");
  const hours = at.getHours();
  if (document.documentElement.dataset.clock !== "12") return `${String(hours).padStart(2, "0")}:${minutes}`;
  return fill(hours < 12 ? said.before_noon : said.after_noon, `${hours % 12 || 12}:${minutes}`);
}
