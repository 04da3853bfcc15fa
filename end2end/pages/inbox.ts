import { expect, type Locator, type Page } from "@playwright/test";
import { hydrated } from "./hydrated";

export type TabName = "Waiting" | "Mine" | "All" | "Closed";

/** The conversation list, with what frames it. */
export class InboxPage {
  readonly list: Locator;
  readonly state: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole("listbox");
    this.state = page.locator(".live");
  }

  async open(address = "/"): Promise<void> {
    await this.page.goto(address);
    await this.isLive();
  }

  /** The console is on the screen and takes clicks. */
  async isThere(): Promise<void> {
    await expect(this.list).toBeVisible();
    await hydrated(this.page);
  }

  /** The socket is open and signed in. */
  async isLive(): Promise<void> {
    await hydrated(this.page);
    await expect(this.state).toHaveText("Live");
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isLive();
  }

  tab(name: TabName): Locator {
    return this.page.getByRole("tab", { name: new RegExp(`^${name}`) });
  }

  async show(name: TabName): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute("aria-selected", "true");
  }

  /** The row of a customer in the open list. */
  row(customer: string): Locator {
    return this.list.getByRole("option").filter({ hasText: customer });
  }

  async choose(customer: string): Promise<void> {
    await this.row(customer).click();
    await expect(this.page.getByRole("heading", { level: 2, name: customer }).first()).toBeVisible();
  }

  /** The name of whoever is signed in, as colleagues see it. */
  async myName(): Promise<string> {
    const page = JSON.parse((await this.page.locator("#page").textContent()) ?? "{}");
    return page.Inbox.start.me.name;
  }
}
