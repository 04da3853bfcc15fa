// Sensible moments for a chat to come back, on this browser's calendar: 9:00 stays 9:00 when clocks are changed. And how
// moments to come are written.
import { fill } from "../parts/said.mjs";
import { clock, date, daysBetween } from "../parts/when.mjs";
import { said } from "./said.mjs";

/** @param {Date} now @param {number} days */
function atNine(now, days) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9, 0, 0, 0);
}

/**
 * @param {Date} now
 * @returns {{ name: "in_hour" | "in_hours" | "tomorrow" | "monday", at: Date }[]} in the menu's order
 */
export function moments(now) {
  const hours = (/** @type {number} */ count) => new Date(now.getTime() + count * 3_600_000);
  // Of Monday itself the next one.
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const all = [
    { name: /** @type {const} */ ("in_hour"), at: hours(1) },
    { name: /** @type {const} */ ("in_hours"), at: hours(3) },
    { name: /** @type {const} */ ("tomorrow"), at: atNine(now, 1) },
    { name: /** @type {const} */ ("monday"), at: atNine(now, toMonday) },
  ];
  // On a Sunday the two are one.
  return toMonday === 1 ? all.slice(0, 3) : all;
}

/**
 * As `<input type=datetime-local>` has it.
 * @param {Date} at
 */
export function local(at) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The time of today, else with the weekday or the date. @param {Date} at */
export function moment(at) {
  const days = daysBetween(new Date(), at);
  const time = clock(at, said);
  if (days === 0) return time;
  if (days > 0 && days < 7) return fill(said.weekday_at, said.weekdays_short.split("|")[at.getDay()], time);
  return fill(said.date_at, date(at, said), time);
}

/** The same behind "until". @param {Date} at */
export function inWords(at) {
  return daysBetween(new Date(), at) === 1 ? fill(said.tomorrow_at, clock(at, said)) : moment(at);
}
