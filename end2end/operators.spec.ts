// Operators and roles: without script in two languages, and with it from the invitation to the inbox.
import { expect, OPERATORS, test } from "./fixtures";
import type { Browser, Page } from "@playwright/test";
import { InboxPage } from "./pages/inbox";
import { PASSWORD } from "./scripts/server.mjs";

const ADDRESS = "/settings/operators";
const NEW_PASSWORD = "seven rivers to cross";

/** What the pages say. */
const WORDS = {
  th: {
    locale: "th-TH",
    operators: "เจ้าหน้าที่และบทบาท",
    email: "อีเมล",
    makeLink: "สร้างลิงก์",
    refused: "ยังไม่ได้เชิญใคร",
    invited: "เชิญ 茉莉 แล้ว",
    copy: "คัดลอก",
    edit: "แก้ไข Somchai",
    ask: "ปิดการใช้งาน…",
    question: "ปิดการใช้งาน Somchai หรือไม่",
    keep: "ไม่ปิด Somchai",
    disable: "ปิดการใช้งาน Somchai",
    disabled: "ปิดการใช้งาน Somchai และออกจากระบบทุกเครื่องแล้ว",
    disabledCount: "เจ้าหน้าที่ที่ปิดการใช้งาน 1 คน",
    enable: "เปิดการใช้งาน Somchai",
    enabled: "Somchai เข้าสู่ระบบได้อีกครั้ง",
    forbidden: "เห็นเฉพาะหัวหน้าทีมและผู้ดูแลระบบ",
  },
  ja: {
    locale: "ja-JP",
    operators: "オペレーターと役割",
    email: "メールアドレス",
    makeLink: "リンクを作成",
    refused: "招待は作成されていません。",
    invited: "茉莉さんを招待しました。",
    copy: "コピー",
    edit: "Somchaiさんを編集",
    ask: "停止…",
    question: "Somchaiさんを停止しますか？",
    keep: "Somchaiさんを残す",
    disable: "Somchaiさんを停止",
    disabled: "Somchaiさんを停止し、",
    disabledCount: "停止中のオペレーター1名",
    enable: "Somchaiさんの利用を再開",
    enabled: "Somchaiさんは再びログインできます。",
    forbidden: "スーパーバイザーと管理者のみ表示できます",
  },
};

/** Signs in by the form, without script, and goes to the section. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`/login?next=${ADDRESS}`);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL(ADDRESS);
}

/** A browser without script. */
async function plain(browser: Browser, options: object): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  return context.newPage();
}

for (const [lang, words] of Object.entries(WORDS)) {
  test(`without script, in ${lang}: refused, invited, disabled, enabled`, async ({ browser, baseURL, guard }) => {
    const page = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(page.context());
    guard.allow(/409/);
    await signIn(page, OPERATORS.admin);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await expect(page.getByRole("heading", { level: 1, name: words.operators })).toBeVisible();

    // Refused: the field is named, and what was typed stays.
    await page.locator("#invite-email").fill(OPERATORS.mali);
    await page.locator("#invite-name").fill("茉莉");
    await page.getByRole("button", { name: words.makeLink }).click();
    const told = page.getByRole("alert").first();
    await expect(told).toContainText(words.refused);
    await expect(told.getByRole("link", { name: words.email })).toHaveAttribute("href", "#invite-email");
    await expect(page.locator("#invite-email")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#invite-email")).toHaveValue(OPERATORS.mali);
    await expect(page.locator("#invite-name")).toHaveValue("茉莉");

    // Accepted: the link is there once, whole, and without a button that would need script.
    await page.locator("#invite-email").fill("moli@example.com");
    await page.getByRole("button", { name: words.makeLink }).click();
    await expect(page.locator(".flash[role=status]")).toContainText(words.invited);
    await expect(page.locator("output")).toHaveText(/^http:\/\/[^/]+\/invitation\/\S{43,}$/);
    await expect(page.getByRole("button", { name: words.copy })).toBeHidden();
    await expect(page).toHaveURL(ADDRESS);
    await page.goto(ADDRESS);
    await expect(page.getByText("moli@example.com")).toBeVisible();
    await expect(page.locator("output")).toHaveCount(0);

    // Asked first, over a page that rests; kept, then disabled, then enabled again.
    await page.getByRole("link", { name: words.edit }).click();
    await page.getByRole("link", { name: words.ask }).click();
    const dialog = page.getByRole("dialog", { name: words.question });
    await expect(dialog).toBeVisible();
    await expect(page.locator(".page")).toHaveAttribute("inert");
    await dialog.getByRole("link", { name: words.keep }).click();
    await expect(page).toHaveURL(ADDRESS);
    await page.getByRole("link", { name: words.edit }).click();
    await page.getByRole("link", { name: words.ask }).click();
    await dialog.getByRole("button", { name: words.disable }).click();
    await expect(page.locator(".flash[role=status]")).toContainText(words.disabled);
    await page.getByText(words.disabledCount).click();
    await page.getByRole("button", { name: words.enable }).click();
    await expect(page.locator(".flash[role=status]")).toContainText(words.enabled);
    await page.context().close();
  });

  test(`without script, in ${lang}: not for operators`, async ({ browser, baseURL, guard }) => {
    const page = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(page.context());
    guard.allow(/403/);
    await signIn(page, OPERATORS.mali);
    await expect(page.getByRole("heading", { name: words.forbidden })).toBeVisible();
    await expect(page.getByText(OPERATORS.admin)).toHaveCount(0);
    await expect(page.locator(".settings__nav").getByRole("link")).toHaveCount(2);
    await page.context().close();
  });
}

test("somebody is invited, opens the link, chooses a password and answers chats", async ({
  browser,
  baseURL,
  guard,
  operator,
}) => {
  const admin = await operator("admin", { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = admin.inbox;
  await page.goto(ADDRESS);
  await page.locator("#invite-email").fill("nok@example.com");
  await page.locator("#invite-name").fill("นก");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(await page.locator("output").textContent());

  const context = await browser.newContext({ baseURL });
  guard.watch(context);
  const theirs = await context.newPage();
  await theirs.goto(link);
  await expect(theirs.locator("input[type=email]")).toHaveValue("nok@example.com");
  await theirs.locator("#password").fill(NEW_PASSWORD);
  await theirs.getByRole("button", { name: "Set password" }).click();
  const inbox = new InboxPage(theirs);
  await inbox.isLive();
  expect(await inbox.myName()).toBe("นก");
  await context.close();

  await page.goto(ADDRESS);
  await expect(page.getByRole("row", { name: /nok@example.com/ })).toContainText("Operator");
  await expect(page.getByText("Nobody is invited at the moment")).toBeVisible();
});

test("a link for a new password stands over the page and is left by Esc", async ({ operator }) => {
  const admin = await operator("admin");
  const { page } = admin.inbox;
  await page.goto(ADDRESS);
  await page.getByRole("link", { name: "Edit Mali" }).click();
  await page.getByRole("button", { name: "Reset password" }).click();
  const dialog = page.getByRole("dialog", { name: "A new password for Mali" });
  await expect(dialog.locator("output")).toHaveText(/\/invitation\/\S{43,}$/);
  await expect(dialog.getByRole("link", { name: "Done" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "Operators and roles" })).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`all of it has its place at ${width} px, in any language`, async ({ browser, baseURL, guard }) => {
    const page = await plain(browser, { baseURL, viewport: { width, height: 900 } });
    guard.watch(page.context());
    await signIn(page, OPERATORS.admin);
    const fits = async (where: string) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, where).toBeLessThanOrEqual(0);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll(".button, .chip, .settings__nav a, th, td, .dialog")]
          .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
          .map((part) => `${part.className}: ${part.textContent}`),
      );
      expect(cut, where).toEqual([]);
    };
    for (const lang of ["en", "th", "ja", "zh-TW"]) {
      // The form's answer has the language that was chosen, not that of an address.
      await page.context().addCookies([{ name: "sala_lang", value: lang, url: baseURL! }]);
      await page.goto(ADDRESS);
      await fits(`the team in ${lang}`);
      await page.locator("a[href*='?edit=']").nth(1).click();
      await fits(`the card to edit in ${lang}`);
      await page.locator("a[href*='?disable=']").click();
      await fits(`the question in ${lang}`);
      await page.goto(ADDRESS);
      await page.locator("#invite-email").fill(`a.somewhat.long.name.${lang.toLowerCase()}@mail.example.com`);
      await page.locator("#invite-name").fill("เจ้าหน้าที่ใหม่");
      await page.locator("#invite button").click();
      await expect(page.locator("output")).toBeVisible();
      await fits(`the link in ${lang}`);
    }
    await page.context().close();
  });
}
