// Searching all chats, opening what was found where it stands, and the search within a chat.
import { type Desk, expect, test } from "./fixtures";
import { hydrated } from "./pages/hydrated";
import { SearchPane } from "./pages/search";
import { type Customer } from "./scripts/server.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Where a message stands on the screen, from its upper edge. */
async function top(desk: Desk, text: string | RegExp): Promise<number> {
  return (await desk.thread.line(text).boundingBox())!.y;
}

async function writes(customer: Customer, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) await customer.writes(`line ${number}.`);
}

for (const { lang, locale, title, nothing } of [
  { lang: "en", locale: "en-GB", title: "Search", nothing: "No message has “入荷x”" },
  { lang: "th", locale: "th-TH", title: "ค้นหา", nothing: "ไม่พบข้อความที่มี “入荷x”" },
]) {
  test(`every script is found as one types, in ${lang}`, async ({ operator, simulator }) => {
    const nok = await simulator.customer("ร้านผ้าแม่คำ", "th");
    const miwa = await simulator.customer("佐藤 美和", "ja");
    await nok.writes("ขอดูผ้าไหมค่ะ");
    await miwa.writes("次回入荷はいつですか");
    await miwa.writes("ありがとう 🙏🏽");
    const mali = await operator("mali", { locale, live: false });
    const { page } = mali.inbox;
    await hydrated(page);
    const search = new SearchPane(page);
    await page.locator(".rail__item", { hasText: title }).click();
    await expect(search.root.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(search.field).toBeFocused();

    await page.keyboard.insertText("入荷");
    await expect(search.hits).toHaveCount(1);
    await expect(search.hits.first()).toContainText("次回入荷はいつですか");
    expect(await search.marks()).toEqual(["入荷"]);

    await search.field.fill("ผ้า");
    await expect(search.hits).toHaveCount(2);
    await expect(search.hits.first().locator("mark")).toHaveText("ผ้า");
    expect(await search.marks()).toEqual(["ผ้า", "ผ้า"]);

    // One letter, in a name and in a message.
    await search.field.fill("ค");
    await expect(search.hits).toHaveCount(2);
    await expect(search.hits.first()).toHaveAttribute("aria-selected", "true");

    await search.field.fill("🙏");
    await expect(search.hits).toHaveCount(1);
    expect(await search.marks()).toEqual(["🙏🏽"]);

    await search.field.fill("入荷x");
    await expect(search.root.getByText(nothing)).toBeVisible();
    await search.field.fill('" "');
    await expect(search.hits).toHaveCount(0);

    await page.keyboard.press("Escape");
    await expect(search.root).toHaveCount(0);
    await expect(page.locator(".row[tabindex='0']")).toBeFocused();
  });
}

test("a message from some hundreds back opens where it stands, and reading goes on both ways", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Chanon W.");
  await writes(customer, 1, 120);
  await customer.writes("the indigo scarf, please");
  await writes(customer, 121, 420);
  const other = await simulator.customer("Nok");
  await other.writes("hello");
  const mali = await operator("mali");
  await mali.inbox.choose(other.name);
  const { page } = mali.inbox;
  const search = new SearchPane(page);
  await page.getByRole("button", { name: "Search names, tags, messages" }).click();
  await search.field.pressSequentially("indigo");
  await expect(search.hits).toHaveCount(1);
  await page.keyboard.press("Enter");

  const found = mali.thread.line("the indigo scarf");
  await expect(found).toBeInViewport();
  await expect(found).toBeFocused();
  await expect(found).toHaveAttribute("data-hit", "");
  await expect.poll(() => search.highlighted("found-now")).toEqual(["indigo"]);
  await expect(search.count).toHaveText("1 of 1 in this chat");
  // Neither has all between been loaded, nor has anybody read the end.
  await expect(mali.thread.line("line 300.")).toHaveCount(0);
  await expect(mali.thread.log.locator(".gap")).toHaveCount(1);
  await expect(mali.inbox.row("Chanon W.").locator(".badge")).toHaveCount(1);

  // A page at each end, and messages meanwhile, move nothing.
  const before = await top(mali, "the indigo scarf");
  await mali.thread.log.evaluate((log) => (log.querySelector(".gap") as HTMLElement).click());
  await expect(mali.thread.line("line 180.")).toHaveCount(1);
  for (let number = 421; number <= 440; number += 1) await customer.writes(`line ${number}.`);
  await expect(mali.thread.line("line 440.")).toHaveCount(1);
  expect(Math.abs((await top(mali, "the indigo scarf")) - before)).toBeLessThan(2);

  // Up to the beginning.
  await mali.thread.log.hover();
  for (let i = 0; i < 80 && (await mali.thread.line("line 1.").count()) === 0; i += 1) {
    await page.mouse.wheel(0, -500);
    await page.waitForTimeout(50);
  }
  await expect(mali.thread.line("line 1.")).toHaveCount(1);

  // Down to the newest: the hole closes by itself.
  for (let i = 0; i < 200 && (await mali.thread.log.locator(".gap").count()) > 0; i += 1) {
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(50);
  }
  await expect(mali.thread.log.locator(".gap")).toHaveCount(0);
  await expect(mali.thread.line(/line \d+\./)).toHaveCount(440);
  const numbers = await mali.thread.log.locator(".bubble").allTextContents();
  expect(numbers.filter((text) => text.startsWith("line "))).toEqual(Array.from({ length: 440 }, (_, at) => `line ${at + 1}.`));
});

test("back at the newest, what was far is left, and a search opens it again", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("first needle");
  await writes(customer, 1, 150);
  await customer.writes("second needle");
  await writes(customer, 151, 300);
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.line("line 300.")).toBeInViewport();
  const search = new SearchPane(page);
  await page.keyboard.press("f");
  await expect(search.term).toBeFocused();
  await page.keyboard.insertText("needle");
  await expect(search.count).toHaveText("1 of 2 in this chat");
  await expect(mali.thread.line("second needle")).toBeInViewport();
  await expect(search.term).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(search.count).toHaveText("2 of 2 in this chat");
  await expect(mali.thread.line("first needle")).toBeInViewport();
  await expect(search.bar.getByRole("button", { name: /^Older/ })).toBeDisabled();
  await page.keyboard.press("Shift+Enter");
  await expect(mali.thread.line("second needle")).toBeInViewport();
  await expect.poll(() => search.highlighted("found-now")).toEqual(["needle"]);
  await page.keyboard.press("Escape");
  await expect(search.bar).toHaveCount(0);
  expect(await search.highlighted("found-now")).toEqual([]);

  await page.locator(".jump").click();
  await expect(mali.thread.line("line 300.")).toBeInViewport();
  await expect(mali.thread.log.locator(".gap")).toHaveCount(0);
  await expect(mali.thread.line("second needle")).toHaveCount(0);
});

test("only the newest question is answered, and pages follow each other", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  for (let number = 1; number <= 45; number += 1) await customer.writes(`silk ${number}.`);
  const mali = await operator("mali");
  const { page } = mali.inbox;
  const search = new SearchPane(page);
  // The first question's answer comes last.
  let held = () => {};
  const asked: string[] = [];
  await page.route("**/api/search", async (route) => {
    const { q } = route.request().postDataJSON();
    asked.push(q);
    if (q === "s") await new Promise<void>((go) => (held = go));
    await route.continue().catch(() => {});
  });
  await search.open();
  await search.field.fill("s");
  await expect.poll(() => asked).toEqual(["s"]);
  await search.field.fill("silk 4");
  await expect(search.hits).toHaveCount(10);
  held();
  await expect(search.hits).toHaveCount(10);
  await search.field.fill("silk");
  await expect.poll(async () => {
    await search.root.locator(".search__results").evaluate((results) => (results.scrollTop = results.scrollHeight));
    return search.hits.count();
  }).toBe(45);
  const texts = await search.hits.locator(".hit__text").allTextContents();
  expect(texts).toEqual(Array.from({ length: 45 }, (_, at) => `silk ${45 - at}.`));
});

test("names, notes and filters: who wrote it, and when", async ({ operator, simulator }) => {
  const customer = await simulator.customer("<b>Nok</b>");
  await customer.writes("red <i>or</i> blue?");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.reply("blue is nicer");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await mali.thread.text.fill("likes blue");
  await mali.thread.text.press("Enter");
  await expect(mali.thread.line("likes blue")).toBeVisible();
  await page.keyboard.press("Escape");
  const search = new SearchPane(page);
  await search.open();
  await search.field.fill("blue");
  await expect(search.hits).toHaveCount(3);
  await expect(search.hit("likes blue")).toContainText("You · note");
  await expect(search.hit("red")).toContainText("red <i>or</i> blue?");
  await expect(search.hit("red")).toContainText("Customer");
  await search.root.getByRole("combobox", { name: "Operator" }).selectOption({ label: mali.name });
  await expect(search.hits).toHaveCount(2);
  await search.root.getByLabel("To", { exact: true }).fill("2020-01-01");
  await expect(search.hits).toHaveCount(0);
  await search.root.getByLabel("To", { exact: true }).fill("");
  await search.root.getByRole("combobox", { name: "Operator" }).selectOption("");
  await search.field.fill("<b>");
  await expect(search.hits).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/c\/conversation:/);
});

test("Escape leads from the chat back to the search, and then to the list", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await customer.writes("needle");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  const search = new SearchPane(page);
  await search.open();
  await search.field.fill("needle");
  await expect(search.hits).toHaveCount(1);
  await search.hits.click();
  await expect(mali.thread.line("needle")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search.field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search.root).toHaveCount(0);
  await expect(mali.inbox.row("Nok")).toBeVisible();
});

test("a phone shows the search in the list's place, and the chat in the search's", async ({ operator, simulator }) => {
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("ผ้าไหมสีแดง");
  const mali = await operator("mali", PHONE);
  const { page } = mali.inbox;
  const search = new SearchPane(page);
  await page.locator(".rail__item", { hasText: "Search" }).tap();
  await search.field.fill("ผ้า");
  await expect(search.hits).toHaveCount(1);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await search.hits.tap();
  await expect(mali.thread.line("ผ้าไหม")).toBeInViewport();
  await expect(search.bar).toBeVisible();
  await mali.thread.back.tap();
  await expect(search.field).toBeVisible();
  await expect(search.hits).toHaveCount(1);
});

test("what was taken back is not found, and a search that fails says so", async ({ operator, simulator, guard }) => {
  guard.allow(/500/);
  const customer = await simulator.customer("Nok");
  const id = await customer.writes("a secret word");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  const search = new SearchPane(page);
  await search.open();
  await search.field.fill("secret");
  await expect(search.hits).toHaveCount(1);
  await customer.unsends(id);
  await search.field.fill("secret ");
  await expect(search.hits).toHaveCount(0);
  await page.route("**/api/search", (route) => route.fulfill({ status: 500, json: {} }), { times: 1 });
  await search.field.fill("word");
  await expect(search.root.getByText("The search did not work")).toBeVisible();
  await search.root.getByRole("button", { name: "Try again" }).click();
  await expect(search.root.getByText("No message has")).toBeVisible();
});

test("with several LINE accounts a search keeps to one of them", async ({ operator, simulator }) => {
  await (await simulator.customer("Nok")).writes("indigo");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await page.route("**/api/line_accounts", (route) => route.fulfill({ json: [{ name: "default", title: "Baan Silk" }, { name: "japan", title: "Baan Silk Japan" }] }));
  const search = new SearchPane(page);
  await search.open();
  await search.field.fill("indigo");
  await expect(search.hits).toHaveCount(1);
  const asked = page.waitForRequest((request) => request.url().endsWith("/api/search"));
  await search.root.getByLabel("LINE account").selectOption("Baan Silk");
  expect((await asked).postDataJSON().channel).toBe("default");
  await expect(search.hits).toHaveCount(1);
});

test("one goes to a date in a chat, and a day without messages leads on to the next", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await writes(customer, 1, 60);
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.line("line 60.")).toBeInViewport();
  await page.keyboard.press("f");
  const search = new SearchPane(page);
  await expect(search.term).toBeFocused();
  await search.bar.getByLabel("Go to a date").fill("2020-02-29");
  await expect(mali.thread.line("line 1.")).toBeInViewport();
  await search.bar.getByLabel("Go to a date").fill(`${new Date().getFullYear() + 1}-01-01`);
  await expect(search.count).toHaveText("Nothing since then");
});
