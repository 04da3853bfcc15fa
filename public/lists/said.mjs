// What is said here, in the page's language, and who works here.
import { said as fetched } from "../parts/said.mjs";

/** @type {Record<string, string>} */
export let said = {};

/** Fetches the texts, unless they are there. */
export async function hear() {
  said = await fetched("lists");
}

/** Who works here, and whether they may share what the team has. */
export const who = { me: "", mayShare: false };
