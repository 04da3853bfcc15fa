import { type Locator, type Page } from "@playwright/test";
import { PASSWORD } from "../scripts/server.mjs";
import { hydrated } from "./hydrated";

/** The log-in page. */
export class LoginPage {
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly error: Locator;

  constructor(readonly page: Page) {
    this.email = page.locator("input[autocomplete=username]");
    this.password = page.locator("input[autocomplete=current-password]");
    this.submit = page.locator("form button[type=submit]");
    this.error = page.getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/login");
    await hydrated(this.page);
  }

  async signIn(email: string, password = PASSWORD): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }
}
