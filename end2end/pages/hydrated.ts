import { type Page } from "@playwright/test";

/** Waits until the browser's half has taken the page over, so that clicks and keys count. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}
