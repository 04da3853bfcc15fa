// Settings without script, in several languages; and what they mean for consoles that are open.
import { expect, OPERATORS, test } from "./fixtures";
import type { Browser, Page } from "@playwright/test";
import { PASSWORD } from "./scripts/server.mjs";

const NEW_PASSWORD = "seven rivers to cross";

/** What the pages say. */
const WORDS = {
  th: {
    locale: "th-TH",
    account: "บัญชีของฉัน",
    name: "ชื่อ",
    save: "บันทึก",
    change: "เปลี่ยนรหัสผ่าน",
    old: "รหัสผ่านปัจจุบัน",
    next: "รหัสผ่านใหม่",
    refused: "ยังไม่ได้เปลี่ยนรหัสผ่าน",
    saved: "บันทึกแล้ว",
    forbidden: "เห็นเฉพาะผู้ดูแลระบบ",
  },
  ja: {
    locale: "ja-JP",
    account: "マイアカウント",
    name: "名前",
    save: "保存",
    change: "パスワードを変更",
    old: "現在のパスワード",
    next: "新しいパスワード",
    refused: "パスワードは変更されていません。",
    saved: "保存しました。",
    forbidden: "管理者のみ表示できます",
  },
};

/** Signs in by the form, without script. */
async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/login?next=/settings/account");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL("/settings/account");
}

/** A browser without script. */
async function plain(browser: Browser, options: object): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  return context.newPage();
}

/** How far the page's content goes beyond the screen, in pixels. */
function beyond(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

for (const [lang, words] of Object.entries(WORDS)) {
  test(`without script, in ${lang}: refused, accepted, and not for this role`, async ({ browser, baseURL, guard }) => {
    const page = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(page.context());
    guard.allow(/40[03]/);
    await signIn(page, OPERATORS.mali);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await expect(page.getByRole("heading", { level: 1, name: words.account })).toBeVisible();

    // Refused: what was typed stays elsewhere, passwords nowhere, and the field is named.
    await page.getByLabel(words.old, { exact: true }).fill(PASSWORD);
    await page.getByLabel(words.next).fill("short");
    await page.getByRole("button", { name: words.change }).click();
    const told = page.getByRole("alert").first();
    await expect(told).toContainText(words.refused);
    await expect(told.getByRole("link", { name: words.next })).toHaveAttribute("href", "#password-new");
    await expect(page.locator("#password-new")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#password-new")).toHaveValue("");
    await expect(page.locator("#password-old")).toHaveValue("");

    // Accepted: told once.
    const profile = page.locator("form:has(#profile-name)");
    await page.locator("#profile-name").fill("มะลิ 茉莉");
    await profile.getByRole("button", { name: words.save }).click();
    await expect(page).toHaveURL("/settings/account");
    await expect(page.getByRole("status")).toContainText(words.saved);
    await expect(page.locator("#profile-name")).toHaveValue("มะลิ 茉莉");
    await page.reload();
    await expect(page.getByRole("status")).toHaveCount(0);

    // Not for this role: the list stays, with what is.
    const answer = await page.goto("/settings/connections");
    expect(answer?.status()).toBe(403);
    await expect(page.getByRole("heading", { name: words.forbidden })).toBeVisible();
    await page.locator(".settings__nav").getByRole("link", { name: words.account }).click();
    await expect(page).toHaveURL("/settings/account");
    await page.context().close();
  });
}

for (const width of [1440, 390]) {
  test(`nothing is wider than the screen at ${width} px, in any language`, async ({ browser, baseURL }) => {
    const page = await plain(browser, { baseURL, viewport: { width, height: 900 } });
    await signIn(page, OPERATORS.admin);
    for (const lang of ["en", "th", "ja", "zh-TW"]) {
      for (const path of ["/settings", "/settings/account", "/settings/connections", "/nowhere"]) {
        await page.goto(`${path}?lang=${lang}`);
        expect(await beyond(page), `${path} in ${lang}`).toBeLessThanOrEqual(0);
      }
    }
    await page.context().close();
  });
}

test("on a small screen the list comes first, and a section leads back to it", async ({ browser, baseURL }) => {
  const page = await plain(browser, { baseURL, viewport: { width: 390, height: 844 } });
  await signIn(page, OPERATORS.mali);
  await expect(page.locator(".settings__nav")).toBeHidden();
  await page.getByRole("link", { name: "Back to all settings" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.locator("#profile-name")).toBeHidden();
  await page.locator(".settings__nav").getByRole("link", { name: "My account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await page.context().close();
});

test("a new password ends the other browser's log-in", async ({ browser, baseURL, guard, operator }) => {
  // What the other browser asks before it leaves.
  guard.allow(/401 \(Unauthorized\)/);
  const other = await operator("mali");
  const page = await plain(browser, { baseURL });
  await signIn(page, OPERATORS.mali);
  await page.locator("#password-old").fill(PASSWORD);
  await page.locator("#password-new").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toContainText("1 other device was signed out");
  await expect(other.inbox.page).toHaveURL(/\/login/);
  await page.context().close();
});

test("a language that is chosen keeps the place, also in the console", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await page.goto("/settings/account");
  // The radio itself is not seen; its label is what people press.
  await page.locator("label", { hasText: "日本語" }).click();
  await page.locator("form:has(#look-language)").getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL("/settings/account");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await page.goto(`/c/${customer.room}?tab=all`);
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await mali.thread.hasExactlyOne("Hello");
});
