// Pages of settings, which are documents: signing in to one, and the phone beside its form.
import { expect, type Browser, type BrowserContextOptions, type Locator, type Page } from "@playwright/test";
import type { ConsoleGuard } from "../console-guard";
import { PASSWORD } from "../scripts/server.mjs";

/** One section, with what many of them have. */
export class SettingsSection {
  /** What became of the last form. */
  readonly saved: Locator;
  readonly refused: Locator;
  /** The preview, and what it shows. */
  readonly phone: Locator;
  readonly reply: Locator;

  constructor(readonly page: Page) {
    this.saved = page.locator(".flash[role=status]");
    this.refused = page.locator(".flash[role=alert]");
    this.phone = page.locator(".preview");
    this.reply = this.phone.locator("[data-said=text]");
  }

  /** Signs in as an administrator, in a browser of their own, and opens the section. */
  static async open(browser: Browser, guard: ConsoleGuard, address: string, options: BrowserContextOptions): Promise<SettingsSection> {
    const context = await browser.newContext(options);
    guard.watch(context);
    const page = await context.newPage();
    await page.goto(`/login?next=${address}`);
    await page.locator("input[name=email]").fill("admin@example.com");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("button[type=submit]").click();
    await expect(page).toHaveURL(address);
    return new SettingsSection(page);
  }

  /** The field of this name. */
  field(name: string): Locator {
    return this.page.locator(`[name="${name}"]`);
  }

  /** What is wrong with it. */
  error(id: string): Locator {
    return this.page.locator(`[id="${id}-error"]`);
  }

  /** What the preview says of what it shows. */
  said(name: string): Locator {
    return this.phone.locator(`[data-said=${name}]`);
  }

  /** Fills more into a field than browsers let people type. */
  async overfill(name: string, text: string): Promise<void> {
    await this.field(name).evaluate((area) => area.removeAttribute("maxlength"));
    await this.field(name).fill(text);
  }

  async save(): Promise<void> {
    await this.page.locator(".with-phone [data-save]").click();
  }

  /** How far the page's content goes beyond the screen, in pixels. */
  beyond(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }
}
