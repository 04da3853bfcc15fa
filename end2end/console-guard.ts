// Fails a test on whatever the browser complains about: errors, warnings (hydration's among
// them) and exceptions nobody caught.
import { expect, type BrowserContext, type Page } from "@playwright/test";

export class ConsoleGuard {
  private readonly complaints: string[] = [];
  /** What a test hears that keeps the service worker out. */
  private readonly allowed: RegExp[] = [/Service Worker registration blocked by Playwright/];

  /** Watches every page that the context has or opens. */
  watch(context: BrowserContext): void {
    context.pages().forEach((page) => this.watchPage(page));
    context.on("page", (page) => this.watchPage(page));
  }

  /** For tests that provoke a complaint, such as the browser's line about a refused log-in. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  check(): void {
    const unexpected = this.complaints.filter((line) => !this.allowed.some((ok) => ok.test(line)));
    expect(unexpected, "the browser's console must stay clean").toEqual([]);
  }

  private watchPage(page: Page): void {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        this.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => this.complaints.push(`exception: ${error.message}`));
  }
}
