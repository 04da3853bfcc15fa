// What the team knows of a customer, in the panel beside their chat: attributes, memo, files, and the
// form that changes them; and the tags. The console loads this when it has come to rest
// (`ui::contact`); why it is not part of the wasm is in docs/decisions.md.
import { earlier, timeline } from "./cases.mjs";
import { edit, follow } from "./edit.mjs";
import { draw } from "./sections.mjs";
import { pickTags } from "./tags.mjs";
import { call } from "../parts/call.mjs";
import { said as fetched } from "../parts/said.mjs";

/**
 * @typedef {{ key: string, value: string }} Attribute
 * @typedef {{ message_id: string, direction: string, kind: string, created_at: string, media: { state: string, url: string, preview_url?: string, file_name?: string } }} ChatFile
 * @typedef {object} Customer
 * @property {{ display_name: string }} contact
 * @property {string} [name]
 * @property {Attribute[]} attributes
 * @property {string} [memo]
 * @property {{ name: string }} [memo_by]
 * @property {string} [memo_at]
 * @property {string} first_seen_at
 * @property {ChatFile[]} media
 * @property {number} media_count
 * @property {import("./cases.mjs").Session[]} sessions
 * @typedef {import("../parts/said.mjs").Said} Said
 */

/** After a change it is asked anew, but not for each of many. */
const REST_MS = 1_000;

/** @type {Said} */
let said;
/** What is known of the customer whose panel is open. @type {{ room: string, customer?: Customer, failed?: boolean }} */
let known = { room: "" };
/** @type {number | undefined} */
let timer;

/**
 * What the console calls.
 * @param {"start" | "edit" | "tags"} what
 * @param {Element} from the page, or the button
 */
export async function open(what, from) {
  said = await fetched("customer");
  if (!customElements.get("sala-customer")) customElements.define("sala-customer", Part);
  const button = /** @type {HTMLElement} */ (from.closest("button") ?? from);
  const room = roomOf();
  if (what === "edit" && room) void fetchNow(room).then((customer) => customer && edit(panel(), room, customer, said, taken));
  if (what === "tags" && room) pickTags(button, room, said);
}

const panel = () => /** @type {HTMLElement} */ (document.querySelector(".contact-panel"));
const roomOf = () => document.querySelector("sala-customer")?.getAttribute("data-room") ?? "";

/** The server's answer to a change. @param {string} room @param {Customer} customer */
function taken(room, customer) {
  if (known.room === room) show({ room, customer });
}

/** @param {typeof known} now */
function show(now) {
  known = now;
  for (const part of document.querySelectorAll("sala-customer")) if (part instanceof Part) part.draw();
  if (now.customer) follow(now.room, now.customer);
}

/** @param {string} room @returns {Promise<Customer | undefined>} */
async function fetchNow(room) {
  /** @type {Customer | undefined} */
  let customer;
  try {
    customer = await call("contact", { room });
  } catch {
    // What is on the screen stays.
    customer = known.room === room ? known.customer : undefined;
  }
  if (roomOf() === room) show({ room, customer, failed: !customer });
  return customer;
}

/** Asks soon; at once for another chat. */
function fetchSoon() {
  const room = roomOf();
  if (room === "") return;
  const isOther = known.room !== room;
  if (isOther) show({ room });
  // One that is on its way already will see what has changed now.
  if (timer !== undefined && !isOther) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = undefined;
    void fetchNow(room);
  }, isOther ? 0 : REST_MS);
}

/** A part of the panel; which one stands in `data-part`. */
class Part extends HTMLElement {
  static observedAttributes = ["data-room", "data-rev", "data-session"];

  connectedCallback() {
    fetchSoon();
    this.draw();
  }

  /** @param {string} name @param {string | null} before */
  attributeChangedCallback(name, before) {
    if (name === "data-session") this.draw();
    else if (this.isConnected && before !== null) fetchSoon();
  }

  draw() {
    const { room, part = "" } = this.dataset;
    // The steps have no room of their own: the panel shows one chat.
    if (part === "timeline") return this.replaceChildren(...timeline(this.getAttribute("data-session"), said, known.customer?.sessions[0]));
    const now = known.room === room ? known : { room: "" };
    if (part === "earlier" && now.customer) return this.replaceChildren(...earlier(now.customer, now.room, said));
    draw(this, part, now.customer, now.failed ?? false, said, { again: fetchSoon, edit: () => void open("edit", this) });
  }
}
