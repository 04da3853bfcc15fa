// An operator at a browser: what they see, and what their fingers do.
import { expect } from "@playwright/test";
import { LONG_PASSWORD } from "../scripts/server.mjs";
import type { Driver } from "./driver";

/** Keys without a letter, as WebDriver writes them. */
const KEYS: Record<string, string> = { Enter: "\uE007", Shift: "\uE008", Escape: "\uE00C" };

export class Desk {
  constructor(readonly driver: Driver, private readonly url: string) {}

  /** The value of `script` in the page, with JSON for each `$1`, `$2` … of it. */
  see(script: string, ...values: unknown[]): Promise<any> {
    const filled = script.replace(/\$(\d)/g, (_, n) => JSON.stringify(values[Number(n) - 1]));
    return this.driver.evaluate(`(() => { ${filled} })()`);
  }

  /** Waits until something is seen that counts as true. */
  async until(what: string, script: string, ...values: unknown[]): Promise<void> {
    await expect.poll(() => this.see(script, ...values).catch(() => undefined), { message: what }).toBeTruthy();
  }

  async signIn(email: string): Promise<void> {
    await this.driver.goto(`${this.url}/login`);
    await this.until("the page is taken over", `return "hydrated" in document.documentElement.dataset`);
    await this.click("input[autocomplete=username]");
    await this.type(email);
    await this.click("input[autocomplete=current-password]");
    await this.type(LONG_PASSWORD);
    await this.press("Enter");
    await this.isLive();
  }

  isLive(): Promise<void> {
    return this.until("the socket is open", `return document.querySelector(".live")?.textContent.trim() === "Live"`);
  }

  /** Clicks in the middle of the first thing that is seen and has this text. */
  async click(selector: string, text = ""): Promise<void> {
    const find = `
      const all = [...document.querySelectorAll($1)];
      const seen = all.find((it) => it.textContent.includes($2) && it.getClientRects().length > 0);
      if (!seen) return null;
      seen.scrollIntoView({ block: "nearest" });
      const box = seen.getBoundingClientRect();
      return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };`;
    await this.until(`${selector} ${text} is there`, find, selector, text);
    const { x, y } = await this.see(find, selector, text);
    const actions = [
      { type: "pointerMove", x, y, origin: "viewport" },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.driver.perform([{ type: "pointer", id: "mouse", actions }]);
  }

  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.driver.perform([{ type: "key", id: "keys", actions }]);
  }

  /** One key, or several held together: `Shift+Enter`. */
  async press(keys: string): Promise<void> {
    const values = keys.split("+").map((key) => KEYS[key] ?? key);
    const actions = [
      ...values.map((value) => ({ type: "keyDown", value })),
      ...values.toReversed().map((value) => ({ type: "keyUp", value })),
    ];
    await this.driver.perform([{ type: "key", id: "keys", actions }]);
  }

  async choose(customer: string): Promise<void> {
    await this.click("[role=option]", customer);
    await this.until("the thread is open", `return [...document.querySelectorAll("h2")].some((it) => it.textContent.includes($1))`, customer);
  }

  /** Lines of the thread with this text. */
  lines(text: string): Promise<number> {
    const count = `return [...document.querySelectorAll("[role=log] .message, [role=log] .note, [role=log] .event")]
      .filter((it) => it.textContent.includes($1)).length`;
    return this.see(count, text);
  }

  async hasExactlyOne(text: string): Promise<void> {
    await expect.poll(() => this.lines(text)).toBe(1);
  }

  /** LINE has accepted the message. */
  isSent(text: string): Promise<void> {
    return this.until("it is sent", `return [...document.querySelectorAll("[role=log] [data-state=sent]")].some((it) => it.textContent.includes($1))`, text);
  }

  /** What stands in the composer. */
  draft(): Promise<string> {
    return this.see(`return document.querySelector("form.composer textarea").value`);
  }

  async claimByKey(): Promise<void> {
    await this.press("c");
    await this.until("the composer is there", `return document.querySelector("form.composer textarea") !== null`);
  }
}
