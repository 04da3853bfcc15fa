// Stickers and emoji: the two trays above the composer, and the list that opens behind `:`.
import { type Page } from "@playwright/test";
import { type Desk, expect, test } from "./fixtures";
import { type Customer, type Simulator } from "./scripts/server.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const PICTURES = "https://stickershop.line-scdn.net/**";
/** One transparent point. */
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

/** A chat that is mine, with a customer who has written; LINE's pictures are there. */
async function ready(desk: Desk, simulator: Simulator): Promise<Customer> {
  await desk.thread.page.route(PICTURES, (route) => route.fulfill({ contentType: "image/png", body: PICTURE }));
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ");
  await desk.inbox.show("Waiting");
  await desk.inbox.choose(customer.name);
  await desk.thread.claim.click();
  await expect(desk.thread.text).toBeVisible();
  return customer;
}

const button = (page: Page, name: string) => page.locator(".composer__bar").getByRole("button", { name, exact: true });
const tray = (page: Page, name: string) => page.getByRole("dialog", { name, exact: true });

/** What reached the phone, stickers as `package/sticker`. */
async function arrived(customer: Customer): Promise<string[]> {
  const sends = await customer.inbox();
  return sends.flatMap((send) => send.messages).map((m) => (m.type === "sticker" ? `${m.packageId}/${m.stickerId}` : m.text));
}

test("a sticker is chosen by keyboard, leaves at once, and is the first the next time", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  const stickers = tray(page, "Stickers");

  await button(page, "Sticker").press("Enter");
  await expect(stickers.getByRole("tab")).toHaveCount(16);
  await expect(stickers.getByRole("option").first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(stickers.getByRole("tab", { name: "Recent" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(stickers).toContainText("Sally: Special Edition");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(stickers.getByRole("option", { name: /10861/ })).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(stickers).toBeHidden();
  await expect(mali.thread.text).toBeFocused();
  await expect(mali.thread.log.locator(".message--out img.sticker")).toHaveCount(1);
  await expect.poll(() => arrived(customer)).toEqual(["789/10861"]);

  await button(page, "Sticker").click();
  await expect(stickers.getByRole("option").first()).toHaveAccessibleName(/10861/);
  await expect(stickers.getByRole("tab").nth(1)).toHaveAccessibleName("Sally: Special Edition");
  await page.keyboard.press("Escape");
  await expect(stickers).toBeHidden();
  await expect(mali.thread.text).toBeFocused();
});

test("a sticker waits in order with texts while the connection is away", async ({ operator, simulator, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  await button(page, "Sticker").click();
  await expect(tray(page, "Stickers").getByRole("option").first()).toBeFocused();
  await page.context().setOffline(true);
  await expect(mali.thread.banner).toBeVisible();
  await page.keyboard.press("Enter");
  const bubble = mali.thread.log.locator(".message--out").first();
  await expect(bubble).toHaveAttribute("data-state", "queued");
  await mali.thread.reply("ขอบคุณค่ะ");
  await page.context().setOffline(false);
  await expect.poll(() => arrived(customer)).toEqual([expect.stringMatching(/^\d+\/\d+$/), "ขอบคุณค่ะ"]);
});

test("without LINE's pictures a sticker shows its number, and notes have no stickers", async ({ operator, simulator, guard }) => {
  guard.allow(/stickershop/);
  const mali = await operator("mali");
  const { page } = mali.thread;
  await ready(mali, simulator);
  await page.route(PICTURES, (route) => route.abort());
  await button(page, "Sticker").click();
  const first = tray(page, "Stickers").getByRole("option").first();
  await expect(first).toContainText(/^No\.\d+$/);
  await expect(first).toHaveAttribute("title", /\S/);
  await mali.thread.composer.getByRole("button", { name: "Internal note" }).click();
  await expect(tray(page, "Stickers")).toBeHidden();
  await expect(button(page, "Sticker")).toHaveCount(0);
  await expect(button(page, "Emoji")).toBeVisible();
});

test("emoji are found in Thai and Japanese and put in at the cursor", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  await mali.thread.text.fill("ขอบคุณค่ะ พรุ่งนี้");
  await mali.thread.text.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(9, 9));

  // A second press closes it again.
  const emoji = tray(page, "Emoji");
  await button(page, "Emoji").click();
  await expect(button(page, "Emoji")).toHaveAttribute("aria-expanded", "true");
  await expect(emoji).toBeVisible();
  await button(page, "Emoji").click();
  await expect(emoji).toBeHidden();
  await expect(button(page, "Emoji")).toHaveAttribute("aria-expanded", "false");
  await button(page, "Emoji").click();
  const search = emoji.getByRole("searchbox");
  await expect(search).toBeFocused();
  await search.fill("ขอบคุณ");
  await expect(emoji.getByRole("option").first()).toHaveAccessibleName("folded hands");
  await expect(emoji).toContainText("พนมมือ");
  await search.press("Enter");
  await expect(mali.thread.text).toHaveValue("ขอบคุณค่ะ🙏 พรุ่งนี้");
  await search.fill("花束");
  await expect(emoji.getByRole("option").first()).toHaveAccessibleName("bouquet");
  await search.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(mali.thread.text).toHaveValue("ขอบคุณค่ะ🙏💐 พรุ่งนี้");
  await page.keyboard.press("Escape");
  await expect(emoji).toBeHidden();
  await expect(mali.thread.text).toBeFocused();
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["ขอบคุณค่ะ🙏💐 พรุ่งนี้"]);

  await button(page, "Emoji").click();
  await expect(emoji.getByRole("group", { name: "Recent" }).getByRole("option")).toHaveText(["💐", "🙏"]);
});

test("the skin tone is kept over a reload", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  await ready(mali, simulator);
  const emoji = tray(page, "Emoji");
  await button(page, "Emoji").click();
  await emoji.getByRole("button", { name: "Skin tone" }).click();
  await emoji.getByRole("radio", { name: "Medium", exact: true }).click();
  await emoji.getByRole("tab", { name: "People" }).click();
  await expect(emoji.getByRole("option", { name: "thumbs up" })).toHaveText("👍🏽");

  await mali.inbox.reload();
  await mali.thread.text.click();
  await button(page, "Emoji").click();
  await expect(emoji.getByRole("button", { name: "Skin tone" })).toHaveText("✋🏽");
  await emoji.getByRole("searchbox").fill("thumbs up");
  await emoji.getByRole("option").first().click();
  await expect(mali.thread.text).toHaveValue("👍🏽");
});

test("the list opens behind `:` and letters, and puts in only what was chosen", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  const list = page.getByRole("listbox", { name: "Emoji" });
  const { text } = mali.thread;

  await text.pressSequentially("ดีค่ะ :ดอ");
  await expect(list).toBeVisible();
  await text.fill("");
  await expect(list).toBeHidden();
  await text.pressSequentially("Thanks :bouq");
  await expect(list.getByRole("option").first()).toContainText("bouquet");
  await text.press("ArrowDown");
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await text.press("Enter");
  await expect(text).toHaveValue("Thanks 💐");
  await expect(list).toBeHidden();

  // Esc closes the list of this word for good; nothing is chosen, so Enter sends.
  await text.pressSequentially(" :smi");
  await expect(list).toBeVisible();
  await text.press("Escape");
  await expect(list).toBeHidden();
  await text.fill("Thanks 💐 :bouq");
  await expect(list).toBeVisible();
  await text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["Thanks 💐 :bouq"]);
});

test("times, smileys, addresses and French colons are sent as they were typed", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  const { text } = mali.thread;
  // The list is there and would open.
  await text.pressSequentially(":smile");
  const list = page.getByRole("listbox", { name: "Emoji" });
  await expect(list).toBeVisible();
  await text.fill("");

  const typed = ["20:00", ":)", "https://", "ราคา: 500", "Bonjour :"];
  for (const words of typed) {
    await text.pressSequentially(words);
    await expect(list).toBeHidden();
    await text.press("Enter");
    await expect(text).toHaveValue("");
  }
  await expect.poll(() => arrived(customer)).toEqual(typed);
});

test("where the trays cannot be loaded the console says so and works on", async ({ operator, simulator, guard }) => {
  guard.allow(/trays\/trays\.mjs/);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  await page.route("**/trays/trays.mjs*", (route) => route.fulfill({ status: 404 }));
  await mali.thread.text.fill("เก็บไว้ให้ค่ะ");
  await button(page, "Emoji").click();
  await expect(mali.thread.toast).toContainText("This part of Sala could not be loaded. Your text is kept.");
  await expect(mali.thread.text).toHaveValue("เก็บไว้ให้ค่ะ");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["เก็บไว้ให้ค่ะ"]);

  await page.unroute("**/trays/trays.mjs*");
  await button(page, "Emoji").click();
  await expect(tray(page, "Emoji").getByRole("option").first()).toBeVisible();
});

test("at 390 px both trays are sheets as wide as the screen", async ({ operator, simulator }) => {
  const mali = await operator("mali", PHONE);
  const { page } = mali.thread;
  const customer = await ready(mali, simulator);
  for (const [name, label] of [["Emoji", "Emoji"], ["Sticker", "Stickers"]]) {
    await button(page, name).tap();
    const sheet = tray(page, label);
    await expect(sheet.getByRole("option").first()).toBeVisible();
    await expect.poll(async () => (await sheet.boundingBox())?.y).toBeGreaterThan(200);
    const box = await sheet.boundingBox();
    expect([box?.x, box?.width]).toEqual([0, 390]);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(844, 0);
    await sheet.getByRole("option").first().tap();
    if (name === "Emoji") {
      await expect(mali.thread.text).toHaveValue(/^\p{Emoji}/u);
      // A tap beside the sheet closes it.
      await page.touchscreen.tap(195, 100);
      await expect(sheet).toBeHidden();
    }
  }
  await expect.poll(() => arrived(customer)).toEqual([expect.stringMatching(/^\d+\/\d+$/)]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, "nothing may be wider than the screen").toBeLessThanOrEqual(0);
});
