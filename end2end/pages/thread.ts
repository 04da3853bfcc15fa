import { expect, type Locator, type Page } from "@playwright/test";

/** The open conversation: its head, its messages, and where one writes. */
export class ThreadPage {
  readonly log: Locator;
  readonly composer: Locator;
  readonly text: Locator;
  readonly claimBar: Locator;
  readonly claim: Locator;
  readonly transfer: Locator;
  readonly close: Locator;
  readonly back: Locator;
  readonly toast: Locator;
  /** What the operator is told of the connection. */
  readonly banner: Locator;

  constructor(readonly page: Page) {
    const thread = page.locator("main.thread");
    this.log = page.getByRole("log");
    this.composer = page.locator("form.composer");
    this.text = this.composer.getByRole("textbox");
    this.claimBar = page.locator(".claim-bar");
    this.claim = this.claimBar.getByRole("button", { name: /^Claim/ });
    this.transfer = thread.getByRole("button", { name: /^Transfer/ });
    this.close = thread.getByRole("button", { name: /^Close chat/ });
    this.back = thread.getByRole("link", { name: "Back" });
    this.toast = page.locator(".toast");
    this.banner = page.locator(".banner");
  }

  /** The bubble, note or system line with this text. */
  line(text: string | RegExp): Locator {
    return this.log.locator(".message, .note, .event").filter({ hasText: text });
  }

  async hasExactlyOne(text: string | RegExp): Promise<void> {
    await expect(this.line(text)).toHaveCount(1);
    await expect(this.line(text)).toBeVisible();
  }

  /** Writes a reply and sends it with Enter. */
  async reply(text: string): Promise<void> {
    await this.text.fill(text);
    await this.text.press("Enter");
    await expect(this.text).toHaveValue("");
  }

  /** LINE has accepted the message. */
  async isSent(text: string): Promise<void> {
    await expect(this.line(text)).toHaveAttribute("data-state", "sent");
  }

  /** Passes the chat on. @param to a colleague's name, or back to the queue. */
  async transferTo(to: string | RegExp, note?: string): Promise<void> {
    await this.transfer.click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByText(to).first().click();
    if (note !== undefined) {
      await dialog.getByRole("textbox").fill(note);
    }
    await dialog.getByRole("button", { name: /^Transfer/ }).click();
    await expect(dialog).toBeHidden();
  }

  async closeChat(): Promise<void> {
    await this.close.click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Close chat/ }).click();
    await expect(dialog).toBeHidden();
  }
}
