import { type Locator, type Page } from "@playwright/test";

/** The search over all chats, and the bar of the search within one. */
export class SearchPane {
  readonly root: Locator;
  readonly field: Locator;
  readonly hits: Locator;
  readonly bar: Locator;
  readonly term: Locator;
  readonly count: Locator;

  constructor(readonly page: Page) {
    this.root = page.locator(".search");
    this.field = this.root.locator("input[type=search]");
    this.hits = this.root.locator(".hit");
    this.bar = page.locator(".find-bar");
    this.term = this.bar.locator("input[type=search]");
    this.count = this.bar.getByRole("status");
  }

  async open(): Promise<void> {
    await this.page.keyboard.press("/");
    await this.field.waitFor();
  }

  hit(text: string | RegExp): Locator {
    return this.hits.filter({ hasText: text });
  }

  /** What is marked, in order. */
  marks(): Promise<string[]> {
    return this.hits.locator("mark").allTextContents();
  }

  /** The words that the browser's highlights cover, of the hit one stands on and of the others. */
  highlighted(name: "found" | "found-now"): Promise<string[]> {
    return this.page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map(String), name);
  }
}
