// Automatic replies: written in four languages, and seen on a phone while they are.
import { expect, test } from "./fixtures";
import { SettingsSection } from "./pages/settings";

const REPLIES = "/settings/automatic-replies";
const AWAY_TH = /^ขณะนี้อยู่นอกเวลาทำการ/;

test("the phone follows what is typed, and says what else customers get", async ({ browser, baseURL, guard }) => {
  const replies = await SettingsSection.open(browser, guard, REPLIES, { baseURL });
  const { page, phone, reply } = replies;
  // Nothing is on yet: the first one, in the reader's language, as it is suggested.
  await expect(replies.said("title")).toHaveText("Greeting message");
  await expect(reply).toHaveText(/^Thank you for adding us/);
  await expect(replies.said("off")).toBeVisible();
  await expect(replies.said("before")).toBeHidden();
  await page.locator("summary", { hasText: "Away message" }).click();
  await expect(replies.said("before")).toHaveText("Hello, what time do you open?");

  const japanese = replies.field("away.ja");
  await japanese.fill("定休日です");
  await expect(reply).toHaveText("定休日です");
  await expect(replies.said("before")).toContainText("こんにちは");
  await expect(phone.locator(".phone")).toHaveAttribute("lang", "ja");
  await expect(page.locator(".label", { has: japanese }).locator(".counter")).toHaveText("5 of 5,000");
  // White space is no text: the first language that has one.
  await japanese.fill(" \u200b");
  await expect(reply).toHaveText(AWAY_TH);
  await expect(reply).toHaveAttribute("lang", "th");
  await expect(replies.said("instead")).toHaveText("Nothing in 日本語: the text in ไทย is sent.");
  await replies.field("away").check();
  await expect(replies.said("off")).toBeHidden();
  for (const language of ["th", "zh-TW", "en"]) {
    await replies.field(`away.${language}`).fill("");
  }
  await expect(replies.said("nothing")).toBeVisible();
  await expect(reply).toBeHidden();

  await replies.field("away.en").fill("Closed.\nBack at 9 <tomorrow>");
  await replies.save();
  await expect(replies.saved).toContainText("Saved.");
  // What is on is shown first, the same before the script runs and after.
  await expect(replies.said("title")).toHaveText("Away message");
  await expect(reply).toHaveText("Closed.\nBack at 9 <tomorrow>", { useInnerText: true });
  await expect(replies.field("away.ja")).toHaveValue("");
});

test("without script, what is refused is named and stays, and the phone shows it", async ({ browser, baseURL, guard }) => {
  guard.allow(/400/);
  const replies = await SettingsSection.open(browser, guard, REPLIES, { baseURL, locale: "th-TH", javaScriptEnabled: false });
  const { page, refused, reply } = replies;
  await expect(reply).toHaveText(/^สวัสดีค่ะ/);
  await page.locator("summary", { hasText: "ข้อความนอกเวลาทำการ" }).click();
  await replies.field("away").check();
  // Of two units each.
  const long = "🍎".repeat(2_500);
  await replies.overfill("away.ja", `${long}!`);
  await replies.save();
  await expect(refused.getByRole("link")).toHaveAttribute("href", "#texts-away.ja");
  await expect(replies.error("texts-away.ja")).toContainText("ไม่เกิน 5,000 ตัวอักษร");
  await expect(replies.field("away.ja")).toHaveValue(`${long}!`);
  await expect(reply).toHaveText(AWAY_TH);
  await expect(replies.said("off")).toBeHidden();

  for (const language of ["th", "en", "ja", "zh-TW"]) {
    await replies.field(`away.${language}`).fill("");
  }
  await replies.save();
  await expect(replies.error("texts-away")).toContainText("อย่างน้อยหนึ่งภาษา");
  await expect(replies.said("nothing")).toBeVisible();
  await expect(reply).toBeHidden();

  await replies.overfill("away.ja", long);
  await replies.save();
  await expect(replies.saved).toContainText("บันทึกแล้ว");
  await expect(reply).toHaveText(long);
  await expect(replies.said("instead")).toHaveText("ไม่มีข้อความภาษา ไทย จะส่งภาษา 日本語 แทน");
  await page.reload();
  await expect(replies.field("away.ja")).toHaveValue(long);
});

test("of two administrators at once neither loses what they wrote", async ({ browser, baseURL, guard }) => {
  guard.allow(/409/);
  const [first, second] = [
    await SettingsSection.open(browser, guard, REPLIES, { baseURL }),
    await SettingsSection.open(browser, guard, REPLIES, { baseURL }),
  ];
  await second.page.locator("summary", { hasText: "Closing message" }).click();
  await second.field("closed.en").fill("Bye");
  await first.page.locator("summary", { hasText: "Closing message" }).click();
  await first.field("closed.en").fill("So long");
  await first.save();
  await expect(first.saved).toBeVisible();
  await second.field("closed").check();
  await second.save();
  await expect(second.refused).toContainText("Somebody saved this in the meantime.");
  await expect(second.field("closed.en")).toHaveValue("Bye");
  await expect(second.field("closed")).toBeChecked();
  await expect(second.reply).toHaveText("Bye");
  await first.page.reload();
  await expect(first.field("closed.en")).toHaveValue("So long");
  // Whoever has read that saves again.
  await second.save();
  await expect(second.saved).toBeVisible();
  await first.page.reload();
  await expect(first.field("closed.en")).toHaveValue("Bye");
});

test("the phone stands beside the texts, and below them where there is no room", async ({ browser, baseURL, guard }) => {
  const replies = await SettingsSection.open(browser, guard, REPLIES, { baseURL });
  const { page, phone } = replies;
  const form = page.locator(".with-phone form");
  for (const lang of ["th", "ja"]) {
    await page.goto(`${REPLIES}?lang=${lang}`);
    for (const [width, beside] of [[1440, true], [1121, true], [1120, false], [390, false]] as const) {
      await page.setViewportSize({ width, height: 900 });
      expect(await replies.beyond(), `${width} px in ${lang}`).toBeLessThanOrEqual(0);
      const [left, right] = [await form.boundingBox(), await phone.boundingBox()];
      expect((right?.x ?? 0) >= (left?.x ?? 0) + (left?.width ?? 0), `${width} px in ${lang}`).toBe(beside);
    }
  }
});
