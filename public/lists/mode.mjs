// Who answers a chat: the bot or the team.
import { call } from "../parts/call.mjs";
import { make } from "../parts/dom.mjs";
import { openRoom } from "../parts/way.mjs";
import { said } from "./said.mjs";
import { failed, toast } from "./toast.mjs";

/** @typedef {"bot" | "human"} Mode */

/**
 * Lets the bot answer the open chat, or the team.
 * @param {HTMLElement} button says who is to answer
 */
export const setMode = (button) => set(openRoom(), /** @type {Mode} */ (button.dataset.mode));

/** @param {string} room @param {Mode} mode */
async function set(room, mode) {
  try {
    await call("set_mode", { room, mode });
  } catch (failure) {
    failed(failure);
    return;
  }
  if (mode === "human") {
    toast("info", said.team_answers);
    return;
  }
  const back = make("button", { type: "button", class: "button button--small", click: () => void set(room, "human") }, said.to_team);
  toast("info", said.bot_answers, back);
}
