// The satisfaction survey: written by an administrator, asked after a close, answered on a phone.
import { expect, test } from "./fixtures";
import { SettingsSection } from "./pages/settings";

const SURVEY = "/settings/survey";

test("a survey is turned on, asked after the close, and its answer stands in the thread", async ({ browser, baseURL, guard, operator, simulator }) => {
  const survey = await SettingsSection.open(browser, guard, SURVEY, { baseURL });
  await expect(survey.said("off")).toBeVisible();
  await survey.field("on").check();
  await expect(survey.said("off")).toBeHidden();
  await survey.field("spend_quota").check();
  await survey.field("wait_minutes").fill("80");
  await expect(survey.phone.locator(".phone__bar")).toContainText("16:01");
  await survey.field("questions.en").fill("How did we do?");
  await expect(survey.reply).toHaveText("How did we do?");
  await expect(survey.said("button")).toHaveText(["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"]);
  await survey.field("questions.ja").fill("");
  await expect(survey.said("thanks")).toHaveText(/^ขอบคุณค่ะ/);
  await expect(survey.said("button").first()).toHaveText("พอใจมาก");
  await survey.field("wait_minutes").fill("0");
  await survey.save();
  await expect(survey.saved).toBeVisible();
  await expect(survey.reply).toHaveText("How did we do?");
  await expect(survey.field("questions.ja")).toHaveValue("");

  const nok = await simulator.customer("Nok");
  await nok.writes("hello");
  const mali = await operator("mali");
  await mali.inbox.choose("Nok");
  await mali.thread.claim.click();
  await mali.thread.reply("Good morning");
  await mali.thread.isSent("Good morning");
  await mali.thread.closeChat();
  await mali.thread.hasExactlyOne("How did we do?");

  const phone = survey.page;
  await phone.goto("/_sim");
  await phone.locator(".chat", { hasText: "Nok" }).click();
  const log = phone.getByRole("log");
  await expect(log).toContainText("How did we do?");
  await log.getByRole("button", { name: "Satisfied", exact: true }).click();
  await expect(log).toContainText("Thank you. Would you like to tell us more?");
  await mali.thread.hasExactlyOne("Nok rated this chat 4 of 5");
});

test("without script, what is refused is named and stays", async ({ browser, baseURL, guard }) => {
  guard.allow(/400/);
  const survey = await SettingsSection.open(browser, guard, SURVEY, { baseURL, locale: "ja-JP", javaScriptEnabled: false });
  const { refused } = survey;
  await expect(survey.reply).toHaveText("今回の対応はいかがでしたか？");
  await expect(survey.said("button").first()).toHaveText("とても満足");
  await survey.field("on").check();
  await survey.field("wait_minutes").fill("1441");
  await survey.save();
  await expect(survey.error("survey-wait_minutes")).toContainText("1440以下");
  await expect(survey.field("wait_minutes")).toHaveValue("1441");
  await survey.field("wait_minutes").fill("5");
  await survey.overfill("questions.ja", "問".repeat(401));
  await survey.save();
  await expect(survey.error("survey-questions.ja")).toContainText("400文字以内");
  await expect(survey.field("questions.ja")).toHaveValue("問".repeat(401));
  for (const language of ["th", "en", "ja", "zh-TW"]) {
    await survey.field(`questions.${language}`).fill("");
  }
  await survey.save();
  await expect(refused.getByRole("link")).toHaveAttribute("href", "#survey-questions");
  await expect(survey.error("survey-questions")).toContainText("1つ以上の言語");
  await expect(survey.said("nothing")).toBeVisible();
  await expect(survey.reply).toBeHidden();

  await survey.field("questions.zh-TW").fill("滿意嗎？");
  await survey.save();
  await expect(survey.saved).toBeVisible();
  await expect(survey.reply).toHaveText("滿意嗎？");
  await expect(survey.said("button").first()).toHaveText("非常滿意");
  await expect(survey.said("instead")).toHaveText("日本語の文面がないため、繁體中文で送信されます。");
  await expect(survey.phone.locator(".phone__bar")).toContainText("14:46");
});

test("of two administrators at once neither loses what they wrote", async ({ browser, baseURL, guard }) => {
  guard.allow(/409/);
  const [first, second] = [
    await SettingsSection.open(browser, guard, SURVEY, { baseURL }),
    await SettingsSection.open(browser, guard, SURVEY, { baseURL }),
  ];
  await first.field("questions.en").fill("Were you happy?");
  await first.save();
  await expect(first.saved).toBeVisible();
  await second.field("questions.en").fill("Was it good?");
  await second.field("wait_minutes").fill("7");
  await second.save();
  await expect(second.refused).toContainText("Somebody saved this in the meantime.");
  await expect(second.field("questions.en")).toHaveValue("Was it good?");
  await expect(second.field("wait_minutes")).toHaveValue("7");
  await first.page.reload();
  await expect(first.field("questions.en")).toHaveValue("Were you happy?");
  await second.save();
  await expect(second.saved).toBeVisible();
  await first.page.reload();
  await expect(first.field("wait_minutes")).toHaveValue("7");
});

test("the survey and its neighbours fit a phone", async ({ browser, baseURL, guard }) => {
  const viewport = { width: 390, height: 844 };
  const survey = await SettingsSection.open(browser, guard, SURVEY, { baseURL, viewport });
  for (const lang of ["th", "ja"]) {
    for (const address of [SURVEY, "/settings/assignment", "/settings/closing"]) {
      await survey.page.goto(`${address}?lang=${lang}`);
      expect(await survey.beyond(), `${address} in ${lang}`).toBeLessThanOrEqual(0);
    }
  }
});
