// Starts a Sala for a test and ends it again; a client of the simulator's control interface.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
/** What the front end's build made. */
export const SITE = path.join(ROOT, "target/site");
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** The server under test: `SALA_BIN`, or what `cargo build` made. */
export const BINARY = path.resolve(ROOT, process.env.SALA_BIN ?? "target/debug/sala");

/** The demo's operators all have this password. */
export const PASSWORD = "sala-demo";

/** For operators of `sala serve`, which wants longer ones. */
export const LONG_PASSWORD = "a password for tests";

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

// Settings of whoever runs the tests must not reach the server under test.
function cleanEnvironment() {
  const ours = /^(SALA_|LINE_|DATABASE_URL$|REDIS_URL$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** A running server. */
export class Server {
  /**
   * Starts `binary` in an empty folder (where no `.env` is) and waits until `ready` answers.
   * @param {{ args?: string[], binary?: string, env?: Record<string, string>, port?: number, ready?: string }} [options]
   */
  static async start({ args = ["demo", "--empty"], binary = BINARY, env = {}, port, ready = "/readyz" } = {}) {
    const server = new Server();
    port ??= await freePort();
    server.url = `http://127.0.0.1:${port}`;
    server.folder = await mkdtemp(path.join(tmpdir(), "sala-e2e-"));
    server.sign = ready;
    // The demo listens elsewhere only when it is told so to its face.
    const told = args[0] === "demo" ? [...args, "--addr", `127.0.0.1:${port}`] : args;
    server.env = { ...env };
    server.launch = () =>
      spawn(binary, told, {
        cwd: server.folder,
        env: {
          ...cleanEnvironment(),
          LEPTOS_SITE_ROOT: SITE,
          SALA_ADDR: `127.0.0.1:${port}`,
          ...server.env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
    await server.begin();
    return server;
  }

  /** Starts the process, again after an end: same address, same folder. */
  async begin() {
    this.ended = undefined;
    this.child = this.launch();
    this.child.stdout.on("data", (chunk) => (this.output += chunk));
    this.child.stderr.on("data", (chunk) => (this.output += chunk));
    this.child.on("error", (error) => (this.output += `\n${error}`));
    this.exited = new Promise((resolve) => {
      this.child.on("error", () => resolve("not started"));
      this.child.on("exit", (code, signal) => resolve(code ?? signal));
    });
    const ended = this.exited.then((how) => (this.ended = how));
    try {
      await this.ready();
    } catch (error) {
      await this.stop();
      await ended;
      throw error;
    }
  }

  /** Its settings, read at each start. @type {Record<string, string>} */
  env = {};
  output = "";
  url = "";
  /** The port that something else is told of before this is started. */
  hook = 0;
  /** @type {string | number | undefined} */
  ended = undefined;

  async ready() {
    const limit = Date.now() + START_LIMIT_MS;
    while (Date.now() < limit) {
      if (this.ended !== undefined) break;
      const answer = await fetch(this.url + this.sign).catch(() => undefined);
      if (answer?.ok) return;
      await pause(50);
    }
    throw new Error(`${this.url} did not become ready (ended: ${this.ended ?? "no"}).\n${this.output}`);
  }

  /** Ends the server for good and says how it ended: an exit code or a signal's name. */
  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
    return this.ended;
  }

  /** Ends it as an update would. */
  async end() {
    if (this.ended === undefined) {
      this.child.kill("SIGTERM");
      const late = setTimeout(() => this.child.kill("SIGKILL"), STOP_LIMIT_MS);
      await this.exited;
      clearTimeout(late);
    }
  }

  /** Ends it as a power cut would. */
  async kill() {
    this.child.kill("SIGKILL");
    await this.exited;
  }
}

/** The simulator's control interface, `/_sim`. */
export class Simulator {
  /** @param {string} url */
  constructor(url) {
    this.base = `${url}/_sim`;
  }

  async call(method, route, body) {
    const answer = await fetch(this.base + route, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /_sim${route}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /**
   * @param {string} displayName
   * @param {string} [language]
   * @returns {Promise<Customer>}
   */
  async customer(displayName, language = "en") {
    const { user_id } = await this.call("POST", "/customers", { display_name: displayName, language });
    return new Customer(this, user_id, displayName);
  }

  /** @param {string} name @param {Customer[]} members */
  async group(name, members) {
    const body = { name, members: members.map((member) => member.userId) };
    const { group_id } = await this.call("POST", "/groups", body);
    return new Customer(this, group_id, name);
  }

  /** What happens to the next sends. @param {Record<string, unknown>} fault */
  fault(fault) {
    return this.call("POST", "/faults", fault);
  }

  /** @param {Record<string, unknown>} settings */
  settings(settings) {
    return this.call("POST", "/settings", settings);
  }
}

/** Somebody with a phone. */
export class Customer {
  /** @param {Simulator} simulator @param {string} userId @param {string} name */
  constructor(simulator, userId, name) {
    this.simulator = simulator;
    this.userId = userId;
    this.name = name;
  }

  /** The conversation's room in Sala. */
  get room() {
    return `conversation:${this.userId}`;
  }

  /** Sends a LINE message object. @param {Record<string, unknown>} message @returns {Promise<string>} its id */
  async sends(message) {
    const answer = await this.simulator.call("POST", `/customers/${this.userId}/messages`, { message });
    if (answer.webhook_status !== 200) throw new Error(`the webhook answered ${answer.webhook_status}`);
    return answer.message_id;
  }

  /** Sends a text that LINE may be unable to deliver for now. @param {string} text */
  tries(text) {
    return this.simulator.call("POST", `/customers/${this.userId}/messages`, { message: { type: "text", text } });
  }

  /** @param {string} text */
  writes(text) {
    return this.sends({ type: "text", text });
  }

  /** Writes in a group. @param {Customer} group @param {string} text */
  async writesIn(group, text) {
    const body = { message: { type: "text", text }, from: this.userId };
    const answer = await this.simulator.call("POST", `/customers/${group.userId}/messages`, body);
    if (answer.webhook_status !== 200) throw new Error(`the webhook answered ${answer.webhook_status}`);
  }

  /** A raw webhook event of this person. @param {Record<string, unknown>} event */
  async event(event) {
    const whole = {
      mode: "active",
      timestamp: Date.now(),
      source: { type: "user", userId: this.userId },
      webhookEventId: randomBytes(13).toString("hex").toUpperCase(),
      deliveryContext: { isRedelivery: false },
      replyToken: randomBytes(16).toString("hex"),
      ...event,
    };
    const answer = await this.simulator.call("POST", "/events", { events: [whole] });
    if (answer.webhook_status !== 200) throw new Error(`the webhook answered ${answer.webhook_status}`);
  }

  /** Presses a button of a card. @param {string} data */
  presses(data) {
    return this.event({ type: "postback", postback: { data } });
  }

  /** A text that LINE delivers only now. @param {string} text @param {Date} at */
  wrote(text, at) {
    const id = String(randomBytes(6).readUIntBE(0, 6));
    return this.event({ type: "message", timestamp: at.getTime(), message: { type: "text", id, text, quoteToken: id } });
  }

  /** @param {string} messageId */
  unsends(messageId) {
    return this.simulator.call("POST", `/customers/${this.userId}/unsend/${messageId}`);
  }

  blocks() {
    return this.simulator.call("POST", `/customers/${this.userId}/block`);
  }

  unblocks() {
    return this.simulator.call("POST", `/customers/${this.userId}/unblock`);
  }

  /** What reached the phone, in order. @returns {Promise<{kind: "reply" | "push", retry_key?: string, messages: any[]}[]>} */
  inbox() {
    return this.simulator.call("GET", `/customers/${this.userId}/inbox`);
  }

  /** The texts that reached the phone. @returns {Promise<string[]>} */
  async reads() {
    const sends = await this.inbox();
    return sends.flatMap((send) => send.messages).filter((m) => m.type === "text").map((m) => m.text);
  }
}

/** Signs in over HTTP. Returns the cookie header of the session. */
export async function signInForCookie(url, email) {
  const answer = await fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`log-in as ${email}: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
}
