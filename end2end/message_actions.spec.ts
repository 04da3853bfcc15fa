// What can be done with a message: quoting, copying, forwarding, by pointer, keys and fingers.
import { expect, test, type Desk } from "./fixtures";
import type { Locator } from "@playwright/test";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What the bar over a message offers. */
async function offered(desk: Desk, line: Locator, what: string): Promise<Locator> {
  await line.hover();
  return line.getByRole("button", { name: what, exact: true });
}

test("an answer quotes a message, keeps that over a reload, shows it and leads to it", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("Which size?");
  await mali.inbox.choose(customer.name);
  const asked = mali.thread.line("Which size?").first();
  // Nobody answers in a chat that is not theirs.
  await expect(await offered(mali, asked, "Copy")).toBeVisible();
  await expect(asked.getByRole("button", { name: "Quote" })).toHaveCount(0);
  await mali.thread.claim.click();
  await (await offered(mali, asked, "Quote")).click();
  const strip = mali.thread.composer.locator(".composer__reply");
  await expect(strip).toContainText("Replying to Nok: Which size?");
  await expect(mali.thread.text).toBeFocused();
  await mali.thread.text.fill("Size M");
  await mali.inbox.reload();
  await expect(strip).toContainText("Which size?");
  // So far up that it is not loaded any more.
  for (let number = 1; number <= 70; number += 1) {
    await customer.writes(`line ${number}`);
  }
  await mali.inbox.reload();
  await expect(mali.thread.line("line 70")).toBeVisible();
  await expect(strip).toContainText("Replying to an earlier message");
  await mali.thread.text.press("Enter");
  await expect(strip).toBeHidden();
  await mali.thread.isSent("Size M");
  await expect.poll(() => customer.reads()).toEqual(["Size M"]);
  await expect(asked).toHaveCount(0);
  await mali.thread.line("Size M").locator(".quote").click();
  await expect(asked).toBeFocused();

  // Of what is here it says what it is, and one need not quote it after all.
  await (await offered(mali, asked, "Quote")).click();
  await expect(strip).toContainText("Replying to Nok: Which size?");
  await strip.getByRole("button", { name: "Do not quote" }).click();
  await expect(strip).toBeHidden();
  await (await offered(mali, asked, "Quote")).click();
  await mali.thread.reply("As I said");
  await expect(mali.thread.line("As I said").locator(".quote")).toContainText("Which size?");
});

test("R quotes what is pointed at, Escape does not quote after all, and notes cannot be quoted", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("Red or blue?");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.composer.getByRole("button", { name: "Internal note" }).click();
  await mali.thread.reply("They always ask");
  await mali.thread.composer.getByRole("button", { name: "Reply" }).click();
  await mali.thread.text.press("Escape");
  const strip = mali.thread.composer.locator(".composer__reply");
  await mali.thread.line("Red or blue?").hover();
  await mali.inbox.page.keyboard.press("r");
  await expect(strip).toContainText("Red or blue?");
  await mali.thread.text.press("Escape");
  await expect(strip).toBeHidden();
  await expect(mali.thread.text).toBeFocused();
  const note = mali.thread.line("They always ask");
  await expect(await offered(mali, note, "Copy")).toBeVisible();
  for (const what of ["Quote", "Forward", "Undo"]) {
    await expect(note.getByRole("button", { name: what })).toHaveCount(0);
  }
  // By keyboard alone: into the list, to the newest message, up, and into its bar.
  await mali.thread.text.press("Escape");
  await mali.inbox.page.keyboard.press("Enter");
  await expect(note).toBeFocused();
  await mali.inbox.page.keyboard.press("ArrowUp");
  await mali.inbox.page.keyboard.press("ArrowUp");
  await expect(mali.thread.line("Red or blue?")).toBeFocused();
  await mali.inbox.page.keyboard.press("Tab");
  await mali.inbox.page.keyboard.press("Enter");
  await expect(strip).toContainText("Red or blue?");
});

test("a message is copied, and forwarded to another chat of one's own", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const page = mali.inbox.page;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const nok = await simulator.customer("Nok");
  const wan = await simulator.customer("Wan");
  for (const customer of [wan, nok]) {
    await customer.writes(`I am ${customer.name}`);
    await mali.inbox.show("Waiting");
    await mali.inbox.choose(customer.name);
    await mali.thread.claim.click();
    await expect(mali.thread.composer).toBeVisible();
  }
  const line = mali.thread.line("I am Nok");
  await (await offered(mali, line, "Copy")).click();
  await expect(mali.thread.toast).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("I am Nok");

  await (await offered(mali, line, "Forward")).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio")).toHaveCount(1);
  await expect(dialog.getByRole("button", { name: "Forward" })).toBeDisabled();
  await dialog.getByRole("radio", { name: "Wan" }).click();
  await dialog.getByRole("button", { name: "Forward" }).click();
  await expect(dialog).toBeHidden();
  await expect(mali.thread.toast).toContainText("Forwarded");
  await expect.poll(() => wan.reads()).toEqual(["I am Nok"]);
  expect(await nok.reads()).toEqual([]);
});

test("a long press opens the same at 390 px", async ({ operator, simulator }) => {
  const mali = await operator("mali", PHONE);
  const page = mali.inbox.page;
  const customer = await simulator.customer("Nok");
  await customer.writes("Which size?");
  await mali.inbox.show("Waiting");
  await mali.inbox.row(customer.name).tap();
  await mali.thread.claim.tap();
  await expect(mali.thread.composer).toBeVisible();
  const touch = { pointerType: "touch", bubbles: true, clientX: 100, clientY: 300 };
  await mali.thread.line("Which size?").dispatchEvent("pointerdown", touch);
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText("Which size?");
  await sheet.getByRole("button", { name: "Quote" }).tap();
  await expect(sheet).toBeHidden();
  await expect(mali.thread.composer.locator(".composer__reply")).toContainText("Which size?");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, "nothing may be wider than the screen").toBeLessThanOrEqual(0);
  await mali.thread.reply("Size M");
  await mali.thread.isSent("Size M");
});
