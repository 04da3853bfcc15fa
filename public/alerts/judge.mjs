// What the server says becomes what an operator is told of: new chats that wait, messages in one's own
// chats, notes that name one; and supervisors of targets that have passed. Pure: no clock, no sound, no screen.

/**
 * @typedef {"waiting" | "mine" | "mention" | "late" | "overdue"} Kind
 * @typedef {object} Told
 * @property {Kind} kind
 * @property {string} room
 * @property {string} name of whoever wrote
 * @property {string} [text] what they wrote
 * @typedef {object} Settings
 * @property {"bell" | "bamboo" | "drop"} sound
 * @property {number} volume
 * @property {"all" | "none"} waiting
 * @property {boolean} mine
 * @property {boolean} mentions
 * @property {boolean} repeat_waiting
 * @property {{ from: string, to: string }} [quiet]
 * @property {boolean} push_preview
 */

/** A message that is older when it is first heard of is no news: its chat changed for another reason. */
const NEWS_MS = 2 * 60_000;

/** Follows what is said of chats. */
export class Judge {
  /** @param {string} me @param {boolean} supervises */
  constructor(me, supervises = false) {
    this.me = me;
    this.supervises = supervises;
    /** The targets that were told of, by their chats and moments. @type {Set<string>} */
    this.passed = new Set();
    /** The last message of each chat. @type {Map<string, string>} */
    this.last = new Map();
    /** Chats that nobody has and that were told of. @type {Map<string, string>} */
    this.waiting = new Map();
    /** What customers are called, of each chat. @type {Map<string, string>} */
    this.names = new Map();
  }

  /** Takes in what the page shows already. @param {any[]} chats */
  know(chats) {
    for (const chat of chats) {
      if (chat?.last_message) this.last.set(chat.room, chat.last_message.id);
    }
  }

  /**
   * What an event tells of, if anything.
   * @param {{ type: string, payload: any }} frame
   * @param {Settings} settings
   * @param {number} now
   * @returns {Told | undefined}
   */
  hear(frame, settings, now) {
    const { type, payload } = frame;
    if (type === "mentioned") {
      const by = payload.message?.sender;
      if (!settings.mentions || by?.id === this.me) return undefined;
      return { kind: "mention", room: payload.room, name: by?.name ?? "", text: payload.message?.text };
    }
    // Nobody pressed a button for it, so it may come unseen.
    if (type === "session_claimed" && payload.by === "rule" && payload.session.operator?.id === this.me) {
      this.waiting.delete(payload.room);
      if (!settings.mine) return undefined;
      return { kind: "mine", room: payload.room, name: this.names.get(payload.room) ?? "" };
    }
    if (type !== "conversation_update" || payload.messages) return undefined;
    return this.#changed(payload.conversation, settings, now);
  }

  /** @param {any} chat @param {Settings} settings @param {number} now */
  #changed(chat, settings, now) {
    const session = chat?.session;
    const { room } = chat;
    if (session?.status !== "waiting") this.waiting.delete(room);
    const name = chat.contact?.name ?? chat.contact?.display_name ?? "";
    this.names.set(room, name);
    const late = this.#late(chat, now);
    if (late) return { kind: late, room, name };
    const last = chat.last_message;
    if (!last || this.last.get(room) === last.id) return undefined;
    const isFirst = !this.last.has(room);
    this.last.set(room, last.id);
    if (last.direction !== "in" || last.status === "unsent" || chat.mode === "bot") return undefined;
    if (isFirst && now - Date.parse(last.created_at) > NEWS_MS) return undefined;
    if (session?.status === "waiting") {
      if (settings.waiting !== "all") return undefined;
      this.waiting.set(room, name);
      return { kind: /** @type {Kind} */ ("waiting"), room, name, text: last.text };
    }
    const isMine = session?.status === "active" && session.operator?.id === this.me;
    if (!isMine || !settings.mine) return undefined;
    return { kind: /** @type {Kind} */ ("mine"), room, name, text: last.text };
  }

  /**
   * What has passed just now, for a supervisor.
   * @param {any} chat
   * @param {number} now
   * @returns {Kind | undefined}
   */
  #late(chat, now) {
    if (!this.supervises) return undefined;
    for (const target of chat.targets?.breached ?? []) {
      const due = chat.targets[DUE[target]];
      const one = `${chat.room} ${target} ${due}`;
      if (this.passed.has(one)) continue;
      this.passed.add(one);
      // What was late before this page was here is no news.
      if (now - Date.parse(due) < NEWS_MS) return target === "resolution" ? "overdue" : "late";
    }
    return undefined;
  }
}

/** The moments of a chat's targets, by what has passed. @type {Record<string, string>} */
const DUE = { first_response: "first_response_due", next_response: "next_response_due", resolution: "resolution_due" };

/**
 * Whether it is within quiet hours; over midnight where the end is the earlier one.
 * @param {{ from: string, to: string } | undefined} quiet
 * @param {Date} now
 */
export function isQuiet(quiet, now) {
  if (!quiet) return false;
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const at = `${two(now.getHours())}:${two(now.getMinutes())}`;
  const { from, to } = quiet;
  return from <= to ? from <= at && at < to : from <= at || at < to;
}
