// WebKit as in Safari, by WebKitGTK's driver, spoken to in W3C WebDriver (https://www.w3.org/TR/webdriver2/).
import { freePort } from "../scripts/server.mjs";
import { type ActionSource, type Driver, WINDOW } from "./driver";
import { Program } from "./process";

export class WebKit implements Driver {
  static readonly needs = ["WebKitWebDriver", "xvfb-run"];

  private session = "";

  private constructor(private readonly program: Program, private readonly base: string) {}

  static async start(): Promise<WebKit> {
    const port = await freePort();
    const screen = ["-a", "-s", "-screen 0 1400x1000x24"];
    const program = Program.start("xvfb-run", [...screen, "WebKitWebDriver", `--port=${port}`], {
      TZ: "Asia/Bangkok",
      LANG: "en_GB.UTF-8",
      LANGUAGE: "en_GB",
      // There is no graphics card, and no user namespace for whoever is root in a container.
      LIBGL_ALWAYS_SOFTWARE: "1",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    });
    const webkit = new WebKit(program, `http://127.0.0.1:${port}`);
    await program.until(async () => {
      const answer = await fetch(`${webkit.base}/status`).catch(() => undefined);
      return answer?.ok === true ? true : undefined;
    });
    const { sessionId } = await webkit.call("POST", "/session", {
      capabilities: { alwaysMatch: { browserName: "MiniBrowser" } },
    });
    webkit.session = `/session/${sessionId}`;
    await webkit.call("POST", `${webkit.session}/window/rect`, { x: 0, y: 0, ...WINDOW });
    return webkit;
  }

  private async call(method: string, route: string, body?: unknown): Promise<any> {
    const answer = await fetch(this.base + route, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = (await answer.json()) as { value: any };
    if (!answer.ok) throw new Error(`${method} ${route}: ${value?.error}: ${value?.message}`);
    return value;
  }

  async goto(url: string): Promise<void> {
    await this.call("POST", `${this.session}/url`, { url });
  }

  async evaluate(expression: string): Promise<unknown> {
    const script = `const done = arguments[0];
      Promise.resolve(${expression}).then((value) => done(JSON.stringify(value ?? null)),
        (error) => done(JSON.stringify({ failed: String(error) })));`;
    const value = JSON.parse(await this.call("POST", `${this.session}/execute/async`, { script, args: [] }));
    if (value?.failed !== undefined) throw new Error(value.failed);
    return value;
  }

  async perform(sources: ActionSource[]): Promise<void> {
    await this.call("POST", `${this.session}/actions`, { actions: sources });
  }

  /** WebKit's driver tells nothing of the browser's console. */
  complaints(): string[] {
    return [];
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.call("GET", `${this.session}/screenshot`), "base64");
  }

  async close(): Promise<void> {
    await this.call("DELETE", this.session).catch(() => undefined);
    await this.program.end();
  }
}
