// Firefox, spoken to in WebDriver BiDi (https://w3c.github.io/webdriver-bidi/).
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import WebSocket from "ws";
import { type ActionSource, type Driver, WINDOW } from "./driver";
import { Program } from "./process";

/** Nothing is asked, fetched or reported by the browser itself. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.systemAddon.update.enabled": false,
  "intl.accept_languages": "en-GB",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "remote.prefs.recommended": true,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.enabled": false,
};

type Answer = { id?: number; method?: string; params?: any; result?: any; error?: string; message?: string };

/** Debian's name for it; `FIREFOX` may name another one. */
const PROGRAM = process.env.FIREFOX ?? "firefox-esr";

export class Firefox implements Driver {
  static readonly needs = [PROGRAM];
  private next = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly heard: string[] = [];
  private context = "";

  private constructor(
    private readonly program: Program,
    private readonly profile: string,
    private readonly socket: WebSocket,
  ) {
    socket.on("message", (text) => this.take(JSON.parse(String(text))));
    socket.on("close", () => {
      const gone = { error: "closed", message: "Firefox has closed the connection" };
      this.waiting.forEach((resolve) => resolve(gone));
    });
  }

  static async start(): Promise<Firefox> {
    const profile = await mkdtemp(path.join(tmpdir(), "sala-firefox-"));
    const lines = Object.entries(PREFERENCES).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    );
    await writeFile(path.join(profile, "user.js"), lines.join("\n"));
    const size = [`--width=${WINDOW.width}`, `--height=${WINDOW.height}`];
    const where = ["--profile", profile, "--remote-debugging-port", "0"];
    const program = Program.start(PROGRAM, ["--headless", "--no-remote", ...size, ...where], {
      HOME: profile,
      TZ: "Asia/Bangkok",
    });
    const address = await program.until((said) => /BiDi listening on (ws:\S+)/.exec(said)?.[1]);
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const firefox = new Firefox(program, profile, socket);
    await firefox.call("session.new", { capabilities: {} });
    await firefox.call("session.subscribe", { events: ["log.entryAdded"] });
    const tree = await firefox.call("browsingContext.getTree", {});
    firefox.context = tree.contexts[0].context;
    await firefox.call("browsingContext.setViewport", { context: firefox.context, viewport: WINDOW });
    return firefox;
  }

  private take(answer: Answer): void {
    if (answer.method === "log.entryAdded") {
      const { level, text, type } = answer.params;
      if (level === "error" || level === "warn") this.heard.push(`${level} (${type}): ${text}`);
    } else if (answer.id !== undefined) {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    }
  }

  private async call(method: string, params: unknown): Promise<any> {
    const id = (this.next += 1);
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result;
  }

  async goto(url: string): Promise<void> {
    await this.call("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.call("script.evaluate", {
      expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
      target: { context: this.context },
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  }

  async perform(sources: ActionSource[]): Promise<void> {
    await this.call("input.performActions", { context: this.context, actions: sources });
  }

  complaints(): string[] {
    return [...this.heard];
  }

  async screenshot(): Promise<Buffer> {
    const { data } = await this.call("browsingContext.captureScreenshot", { context: this.context });
    return Buffer.from(data, "base64");
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.program.end();
    await rm(this.profile, { recursive: true, force: true });
  }
}
