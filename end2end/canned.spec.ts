// Canned replies and tags in the settings: by plain forms in two languages, and as a file.
import { readFile } from "node:fs/promises";
import { expect, OPERATORS, test } from "./fixtures";
import type { Browser, Page } from "@playwright/test";
import { PASSWORD } from "./scripts/server.mjs";

const CANNED = "/settings/canned";
const TAGS = "/settings/tags";

/** What the pages say. */
const WORDS = {
  th: {
    locale: "th-TH",
    canned: "ข้อความสำเร็จรูป",
    text: "ข้อความ",
    save: "บันทึก",
    notAdded: "ยังไม่ได้เพิ่มข้อความ",
    unknown: "คำในวงเล็บปีกกาไม่ใช่ตัวแปร",
    added: "ใช้ /ส่ง ได้แล้ว",
    edit: "แก้ไข /ส่ง",
    ask: "ลบ…",
    question: "ลบ /ส่ง หรือไม่",
    keep: "ไม่ลบ /ส่ง",
    delete: "ลบ /ส่ง",
    deleted: "ลบ /ส่ง แล้ว",
    supervisors: "หัวหน้าทีมเป็นผู้ดูแลข้อความที่ใช้ร่วมกัน",
    forbidden: "เห็นเฉพาะหัวหน้าทีมและผู้ดูแลระบบ",
    tagged: "ใช้แท็ก ผ้าไหม ได้แล้ว",
  },
  ja: {
    locale: "ja-JP",
    canned: "定型文",
    text: "本文",
    save: "保存",
    notAdded: "定型文は追加されていません。",
    unknown: "波かっこの中に使えない差し込み項目があります。",
    added: "/ส่ง を使えるようになりました。",
    edit: "/ส่ง を編集",
    ask: "削除…",
    question: "/ส่ง を削除しますか？",
    keep: "/ส่ง を残す",
    delete: "/ส่ง を削除",
    deleted: "/ส่ง を削除しました。",
    supervisors: "チーム共有の定型文はスーパーバイザーが管理します",
    forbidden: "スーパーバイザーと管理者のみ表示できます",
    tagged: "ผ้าไหม を使えるようになりました。",
  },
};

/** Signs in by the form, without script, and goes to the section. */
async function signIn(page: Page, email: string, address: string): Promise<void> {
  await page.goto(`/login?next=${address}`);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL(address);
}

/** A browser without script. */
async function plain(browser: Browser, options: object): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  return context.newPage();
}

/** Adds a reply by the form on the page. */
async function add(page: Page, shortcut: string, title: string, text: string): Promise<void> {
  await page.locator("#add-shortcut").fill(shortcut);
  await page.locator("#add-title").fill(title);
  await page.locator("#add-text").fill(text);
  await page.locator("#add [data-save]").click();
}

for (const [lang, words] of Object.entries(WORDS)) {
  test(`without script, in ${lang}: refused, added, kept, deleted`, async ({ browser, baseURL, guard }) => {
    const page = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(page.context());
    guard.allow(/400/);
    await signIn(page, OPERATORS.admin, CANNED);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await expect(page.getByRole("heading", { level: 1, name: words.canned })).toBeVisible();

    // Refused: the field is named, and what was typed stays.
    const text = "คุณ{ชื่อ}\n  ค่าส่ง <b>50</b> บาท & ";
    await add(page, "/ส่ง", "ค่าส่ง", text);
    const told = page.getByRole("alert").first();
    await expect(told).toContainText(words.notAdded);
    await expect(told.getByRole("link", { name: words.text })).toHaveAttribute("href", "#add-text");
    await expect(page.locator("#add-text-error")).toContainText(words.unknown);
    await expect(page.locator("#add-text")).toHaveValue(text);
    await expect(page.locator("#add-shortcut")).toHaveValue("/ส่ง");

    await page.locator("#add-text").fill(text.replace("{ชื่อ}", "{name}"));
    await page.locator("#add [data-save]").click();
    await expect(page.locator(".flash[role=status]")).toContainText(words.added);
    await expect(page).toHaveURL(CANNED);
    await expect(page.locator("td .clamp")).toContainText("ค่าส่ง <b>50</b> บาท &");

    // Asked first, over a page that rests; kept, then deleted.
    await page.getByRole("link", { name: words.edit }).click();
    await page.getByRole("link", { name: words.ask }).click();
    const dialog = page.getByRole("dialog", { name: words.question });
    await expect(dialog).toBeVisible();
    await expect(page.locator(".page")).toHaveAttribute("inert");
    await dialog.getByRole("link", { name: words.keep }).click();
    await expect(page).toHaveURL(CANNED);
    await page.getByRole("link", { name: words.edit }).click();
    await page.getByRole("link", { name: words.ask }).click();
    await dialog.getByRole("button", { name: words.delete }).click();
    await expect(page.locator(".flash[role=status]")).toContainText(words.deleted);
    await page.context().close();
  });

  test(`without script, in ${lang}: one's own for operators, tags for supervisors`, async ({
    browser,
    baseURL,
    guard,
  }) => {
    guard.allow(/403/);
    const admin = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(admin.context());
    await signIn(admin, OPERATORS.admin, TAGS);
    await admin.locator("#add-name").fill("ผ้าไหม");
    await admin.locator(".swatches [data-colour=rose]").click();
    await admin.locator("#add [data-save]").click();
    await expect(admin.locator(".flash[role=status]")).toContainText(words.tagged);
    await expect(admin.locator("tbody .tag")).toHaveAttribute("data-colour", "rose");
    await admin.goto(CANNED);
    await add(admin, "team", "Team", "x");

    const mali = await plain(browser, { baseURL, locale: words.locale });
    guard.watch(mali.context());
    await signIn(mali, OPERATORS.mali, CANNED);
    await expect(mali.getByText(words.supervisors)).toBeVisible();
    await expect(mali.locator("tbody tr")).toHaveCount(1);
    await expect(mali.locator("tbody [data-act] a")).toHaveCount(0);
    await add(mali, "own", "Own", "x");
    await expect(mali.locator("tbody tr")).toHaveCount(2);
    await expect(mali.locator("tbody [data-act] a")).toHaveCount(1);
    await mali.goto(TAGS);
    await expect(mali.getByRole("heading", { name: words.forbidden })).toBeVisible();
    await admin.reload();
    await expect(admin.locator("tbody tr")).toHaveCount(1);
    await admin.context().close();
    await mali.context().close();
  });
}

test("the replies go out as a file and come back as they were", async ({ browser, baseURL, guard }) => {
  const page = await plain(browser, { baseURL, locale: "en-US", acceptDownloads: true });
  guard.watch(page.context());
  guard.allow(/400/);
  await signIn(page, OPERATORS.admin, CANNED);
  await add(page, "ส่ง", "ค่าส่ง", 'คุณ{name}, "ด่วน"\nวันนี้');
  await add(page, "sum", "=1+1", "+66 81 234 5678");
  const download = async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download as CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("canned-replies.csv");
    return readFile(await file.path());
  };
  const before = await download();
  expect(before.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(before.toString()).toContain("\r\nsum,'=1+1,'+66 81 234 5678,,yes\r\n");

  // What is wrong with a file is said beside it, and nothing of it is there.
  const choose = (name: string, buffer: Buffer) =>
    page.locator("#import-file").setInputFiles({ name, mimeType: "text/csv", buffer });
  const send = () => page.getByRole("button", { name: "Import" }).click();
  await choose("wrong.csv", Buffer.from("shortcut,title,text\nnew,New,x\nsum,Sum,{oops}\n"));
  await send();
  await expect(page.getByRole("alert").first()).toContainText("Nothing was imported.");
  await expect(page.getByText("Row 3, text: A word in braces is no variable.")).toBeVisible();
  await expect(page.locator("tbody tr")).toHaveCount(2);

  for (const shortcut of ["ส่ง", "sum"]) {
    await page.getByRole("link", { name: `Edit /${shortcut}` }).click();
    await page.getByRole("link", { name: "Delete…" }).click();
    await page.getByRole("button", { name: `Delete /${shortcut}` }).click();
  }
  await expect(page.getByText("There are no canned replies yet.")).toBeVisible();
  await choose("canned-replies.csv", before);
  await send();
  await expect(page.locator(".flash[role=status]")).toContainText("Imported: 2 added, 0 changed.");
  expect(await download()).toEqual(before);
  await page.context().close();
});

for (const width of [1440, 390]) {
  test(`all of it has its place at ${width} px, in any language and whatever was typed`, async ({
    browser,
    baseURL,
    guard,
  }) => {
    const page = await plain(browser, { baseURL, viewport: { width, height: 900 } });
    guard.watch(page.context());
    await signIn(page, OPERATORS.admin, TAGS);
    await page.locator("#add-name").fill("W".repeat(30));
    await page.locator("#add [data-save]").click();
    await page.goto(CANNED);
    await add(page, "w".repeat(32), "😀".repeat(50), "W".repeat(400));
    await add(page, "rtl", "שלום עולם", "מחיר {name} <script>alert(1)</script>");
    const fits = async (where: string) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, where).toBeLessThanOrEqual(0);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll(".button, .settings__nav a, th, td, .dialog, .swatches")]
          .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
          .map((part) => `${part.className}: ${part.textContent}`),
      );
      expect(cut, where).toEqual([]);
    };
    for (const lang of ["en", "th", "ja", "zh-TW"]) {
      await page.context().addCookies([{ name: "sala_lang", value: lang, url: baseURL! }]);
      for (const address of [CANNED, TAGS]) {
        await page.goto(address);
        await fits(`${address} in ${lang}`);
        await page.locator("a[href*='?edit=']").first().click();
        await fits(`the card to edit of ${address} in ${lang}`);
        await page.locator("a[href*='?delete=']").click();
        await fits(`the question of ${address} in ${lang}`);
      }
    }
    await page.context().close();
  });
}
