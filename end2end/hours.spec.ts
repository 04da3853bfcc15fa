// The team's zone, its business hours and the rule that closes chats, by plain forms in two languages.
import { expect, OPERATORS, test } from "./fixtures";
import type { Browser, Page } from "@playwright/test";
import { PASSWORD } from "./scripts/server.mjs";

const HOURS = "/settings/hours";
const TEAM = "/settings/team";

/** What the pages say. */
const WORDS = {
  th: {
    locale: "th-TH",
    hours: "เวลาทำการ",
    always: "เปิดตลอดเวลา ยังไม่ได้กำหนดเวลาทำการ",
    zoneWrong: "ไม่มีเขตเวลานี้",
    wrong: "เวลาซ้อนทับกัน",
    saved: "บันทึกแล้ว มีผลนับจากนี้",
    monday: "วันจันทร์",
    until: "ถึง วันเสาร์ 02:00",
    imported: "เพิ่มวันหยุดแล้ว 1 วัน",
    tick: /วันพ่อแห่งชาติ/,
    add: "เพิ่มวันที่เลือก",
    closing: "ปิดแชทอัตโนมัติ",
  },
  ja: {
    locale: "ja-JP",
    hours: "営業時間",
    always: "常に営業中です。営業時間は設定されていません。",
    zoneWrong: "このタイムゾーンはありません。",
    wrong: "時間が重複しているか",
    saved: "保存しました。今後はこの営業時間に従います。",
    monday: "月曜日",
    until: "土曜日 02:00まで",
    imported: "休業日を1日追加しました。",
    tick: /วันพ่อแห่งชาติ/,
    add: "選んだ日を追加",
    closing: "自動で対応済みにする",
  },
};

/** Signs in by the form, without script, and goes to the section. */
async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(`/login?next=${address}`);
  await page.locator("input[name=email]").fill(OPERATORS.admin);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL(address);
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

/** Types a Monday into the form of the week. */
async function monday(page: Page, from: string, to: string): Promise<void> {
  await page.locator("input[name=mon_from_0]").fill(from);
  await page.locator("input[name=mon_to_0]").fill(to);
}

for (const [lang, words] of Object.entries(WORDS)) {
  test(`without script, in ${lang}: zone, week, holidays and closing`, async ({ browser, baseURL, guard }) => {
    const page = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(page.context());
    guard.allow(/400/);
    await signIn(page, TEAM);
    await page.locator("input[name=time_zone]").fill("Asia/Atlantis");
    await page.locator("[data-save]").click();
    await expect(page.locator("#team-time_zone-error")).toContainText(words.zoneWrong);
    await expect(page.locator("input[name=time_zone]")).toHaveValue("Asia/Atlantis");
    await page.locator("input[name=time_zone]").fill("Asia/Bangkok");
    await page.locator("[data-save]").click();
    await expect(page.getByRole("status")).toBeVisible();

    await page.goto(HOURS);
    await expect(page.getByRole("heading", { level: 1, name: words.hours })).toBeVisible();
    await expect(page.locator(".open-now b")).toHaveText(words.always);
    const week = page.locator("form", { has: page.locator(".week") });
    await expect(week.getByRole("checkbox", { name: words.monday })).toBeChecked();
    await monday(page, "09:00", "09:00");
    await week.locator("[data-save]").click();
    await expect(week.locator(".field-error").first()).toContainText(words.wrong);
    await expect(page.locator("input[name=mon_from_0]")).toHaveValue("09:00");
    await monday(page, "09:00", "18:00");
    // Friday goes on past midnight, so Saturday begins later.
    await page.locator("input[name=fri_from_0]").fill("22:00");
    await page.locator("input[name=fri_to_0]").fill("02:00");
    await page.locator("input[name=sat_from_0]").fill("10:00");
    await page.locator("input[name=sat_to_0]").fill("17:00");
    await week.getByRole("checkbox").last().uncheck();
    // Enter saves, although crosses stand before the button.
    await page.locator("input[name=mon_to_0]").press("Enter");
    await expect(page.getByRole("status").first()).toContainText(words.saved);
    await expect(page.getByText(words.until)).toBeVisible();
    await expect(week.getByRole("checkbox").last()).not.toBeChecked();

    await page.goto(`${HOURS}?import=th-2026`);
    await page.getByRole("checkbox", { name: words.tick }).first().check();
    await page.getByRole("button", { name: words.add }).click();
    await expect(page.getByRole("status").first()).toContainText(words.imported);
    await expect(page.locator("input[name=date_0]")).toHaveValue("2026-12-05");
    // A cross takes the row out of the form; only Save takes it away.
    await page.locator("button[name=remove][value='0']").click();
    await expect(page.locator("input[name=date_0]")).toHaveCount(0);
    await page.goto(HOURS);
    await expect(page.locator("input[name=date_0]")).toHaveValue("2026-12-05");

    await page.goto("/settings/closing");
    await expect(page.getByRole("heading", { level: 1, name: words.closing })).toBeVisible();
    await page.getByRole("switch").first().check();
    await page.locator("input[name=after_minutes]").fill("0");
    await page.locator("[data-save]").click();
    await expect(page.locator(".field-error")).toBeVisible();
    await page.locator("input[name=after_minutes]").fill("60");
    await page.locator("[data-save]").click();
    await expect(page.getByRole("status")).toBeVisible();
    await expect(page.locator("input[name=after_minutes]")).toHaveValue("60");
  });
}

test("business hours fit a phone", async ({ browser, baseURL, guard }) => {
  const options = { baseURL, locale: "th-TH", viewport: { width: 360, height: 740 } };
  const context = await browser.newContext(options);
  guard.watch(context);
  const page = await context.newPage();
  for (const address of [HOURS, `${HOURS}?import=tw-2026`, TEAM, "/settings/closing"]) {
    if (page.url() === "about:blank") {
      await signIn(page, address);
    } else {
      await page.goto(address);
    }
    expect(await beyond(page), address).toBeLessThanOrEqual(0);
  }
});
