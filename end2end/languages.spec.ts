// The console in each of its languages: the language that was chosen, the place that was kept, and room for its words.
import { expect, test } from "./fixtures";
import type { Page } from "@playwright/test";

/** How far the page's content goes beyond the screen, in pixels. */
function beyondTheScreen(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Controls whose words do not fit into them. */
function cutControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".button, .tab, .rail__item, .segment button, .chip, .menu__item")]
      .filter((control) => control.clientWidth > 0 && control.scrollWidth > control.clientWidth + 1)
      .map((control) => `${control.className}: ${control.textContent}`),
  );
}

const LANGUAGES = [
  { name: "ไทย", tag: "th", locale: "th-TH", inbox: "กล่องแชท", claim: "รับแชท", placeholder: "พิมพ์ข้อความตอบ", close: "ปิดแชท" },
  { name: "日本語", tag: "ja", locale: "ja-JP", inbox: "受信トレイ", claim: "対応する", placeholder: "返信を入力", close: "対応済みにする" },
  { name: "繁體中文", tag: "zh-Hant-TW", locale: "zh-TW", inbox: "收件匣", claim: "接手", placeholder: "輸入回覆", close: "結束對話" },
];

for (const width of [1440, 390]) {
  for (const { tag, locale, inbox, claim, placeholder, close } of LANGUAGES) {
    test(`a chat is claimed and closed in ${tag} at ${width} px, and nothing is wider than its place`, async ({
      operator,
      simulator,
    }) => {
      const customer = await simulator.customer("Chanon W.");
      await customer.writes("Hello");
      // The browser's language, as long as none was chosen.
      const mali = await operator("mali", { locale, viewport: { width, height: 900 }, live: false });
      const { page } = mali.inbox;
      await expect(page.locator("html")).toHaveAttribute("lang", tag);
      await expect(page.locator("html")).toHaveAttribute("data-hydrated", "");
      const fits = async (where: string) => {
        expect(await beyondTheScreen(page), where).toBeLessThanOrEqual(0);
        expect(await cutControls(page), where).toEqual([]);
      };
      await expect(page.getByRole("heading", { level: 1, name: inbox })).toBeVisible();
      await fits("the list");

      await mali.inbox.row(customer.name).click();
      await mali.thread.claimBar.getByRole("button", { name: claim }).click();
      await expect(mali.thread.text).toHaveAttribute("placeholder", placeholder);
      await fits("the composer");

      if (width > 390) {
        await page.locator("main.thread").getByRole("button", { name: close }).first().click();
        const dialog = page.getByRole("dialog");
        await expect(dialog).toBeVisible();
        await fits("the dialog");
        await dialog.getByRole("button", { name: close }).click();
        await expect(mali.thread.claimBar).toBeVisible();
        await fits("the closed chat");
      }
    });
  }
}

test("a language that is chosen keeps the place, and stays", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.show("All");
  await mali.inbox.row(customer.name).click();
  await expect(page).toHaveURL(/\/c\//);
  const place = page.url();
  for (const { name, tag, inbox } of LANGUAGES) {
    await page.locator("[popovertarget=my-menu]").click();
    await page.locator("#my-menu").getByRole("button", { name }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
    await expect(page.locator("html")).toHaveAttribute("data-hydrated", "");
    await expect(page.getByRole("heading", { level: 1, name: inbox })).toBeVisible();
    expect(page.url()).toBe(place);
    await mali.thread.hasExactlyOne("Hello");
  }
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant-TW");
});
