// What operators choose for themselves: how customers see them, which keys send, whether letters alone act.
import { deflateSync } from "node:zlib";
import type { Locator, Page } from "@playwright/test";
import { expect, OPERATORS, test, type Desk } from "./fixtures";
import { PASSWORD } from "./scripts/server.mjs";

/** A PNG of one colour. */
function png(width: number, height: number, [red, green, blue]: number[]): Buffer {
  const crc = (bytes: Buffer): number => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  };
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc(body));
    return Buffer.concat([head, body, tail]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array(width).fill([red, green, blue]).flat())]);
  const rows = Buffer.concat(Array(height).fill(row));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const RED = { name: "me.png", mimeType: "image/png", buffer: png(90, 60, [200, 30, 30]) };
const BLUE = { name: "me.png", mimeType: "image/png", buffer: png(60, 90, [30, 30, 200]) };

/** Signs in by the form, without script, to the page about one's own account. */
async function account(page: Page, email: string): Promise<void> {
  await page.goto("/login?next=/settings/account");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL("/settings/account");
}

/** Whether a picture is loaded, whoever's it is. */
async function isShown(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(512);
}

/** Chooses as My account does, and looks at the console anew. */
async function chooses(desk: Desk, choice: object): Promise<void> {
  const page = desk.inbox.page;
  const answer = await page.request.post("/api/save_profile", { data: choice, headers: { accept: "application/json" } });
  expect(answer.status()).toBe(200);
  await desk.inbox.reload();
}

test("a picture is chosen without script, and consoles keep their letters", async ({ browser, baseURL, guard, operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello");
  const mali = await operator("mali");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  const somchai = await operator("somchai");
  await somchai.inbox.show("All");
  await somchai.inbox.choose(customer.name);

  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  guard.watch(context);
  guard.allow(/400/);
  const page = await context.newPage();
  await account(page, OPERATORS.mali);
  const save = page.locator("form:has(#profile-name)").getByRole("button", { name: "Save" });
  await page.locator("#profile-picture").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("<svg>") });
  await save.click();
  await expect(page.getByRole("alert").first()).toContainText("Nothing was saved");
  await expect(page.locator("#profile-picture")).toHaveAttribute("aria-invalid", "true");

  await page.locator("#profile-picture").setInputFiles(RED);
  await save.click();
  await expect(page.getByRole("status")).toContainText("Customers see the new picture");
  await isShown(page.locator(".portrait .avatar__picture"));

  const shown = page.locator(".portrait .avatar__picture");
  const before = await shown.getAttribute("src");
  await page.locator("#profile-picture").setInputFiles(BLUE);
  await save.click();
  await expect(shown).not.toHaveAttribute("src", before ?? "");
  await isShown(shown);

  // The team in the rail, the owner on the customer's row and in the head, and one's own: letters.
  const desk = somchai.inbox.page;
  const places = [
    desk.locator(".rail__team .avatar"),
    desk.locator(".rail__me .avatar"),
    desk.locator(".row__owner"),
    mali.inbox.page.locator(".rail__me .avatar"),
  ];
  await somchai.inbox.reload();
  for (const place of places) await expect(place.first()).toHaveText(/\S/);
  for (const console of [desk, mali.inbox.page]) {
    await expect(console.locator("img[src^='/media/operators/']")).toHaveCount(0);
  }

  await page.getByRole("button", { name: "Remove picture" }).click();
  await expect(page.getByRole("status")).toContainText("The picture was removed");
  await expect(shown).toHaveCount(0);
  await expect(page.locator(".portrait .avatar")).toHaveText(/\S/);
  await context.close();
});

test("with Ctrl and Enter chosen, Enter breaks the line", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello");
  const mali = await operator("mali");
  await chooses(mali, { send_with: "ctrl_enter" });
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.text.fill("one");
  await mali.thread.text.press("Enter");
  await mali.thread.text.pressSequentially("two");
  await mali.thread.text.press("Shift+Enter");
  await expect(mali.thread.text).toHaveValue("one\ntwo\n");
  const send = mali.thread.composer.getByRole("button", { name: /^Send/ });
  await expect(send.locator("kbd")).toHaveText("Ctrl ↵");
  await mali.thread.text.press("Control+Enter");
  await expect(mali.thread.text).toHaveValue("");
  await mali.thread.hasExactlyOne(/one\s*two/);
  await mali.thread.text.fill("three");
  await mali.thread.text.press("Meta+Enter");
  await mali.thread.isSent("three");
  // An input method that composes still has Enter to itself.
  await mali.thread.text.fill("four");
  await mali.thread.text.dispatchEvent("keydown", { code: "Enter", key: "Enter", ctrlKey: true, isComposing: true });
  await expect(mali.thread.text).toHaveValue("four");
});

test("with single keys off, letters alone do nothing", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.claim.locator("kbd")).toBeVisible();
  await chooses(mali, { single_keys: false });
  await mali.thread.hasExactlyOne("Hello");
  await expect(mali.thread.claim.locator("kbd")).toBeHidden();
  const address = page.url();
  for (const key of ["c", "r", "n", "t", "e", "Shift+E", "z", "j", "k", "[", "]", "\\", "Shift+Slash"]) {
    await page.keyboard.press(key);
  }
  await expect(mali.thread.claimBar).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(page.url()).toBe(address);
  await page.keyboard.press("F6");
  await expect(page.locator(":focus")).not.toHaveCount(0);
  await mali.thread.claim.click();
  await mali.thread.reply("Good day");
  await mali.thread.isSent("Good day");
});

for (const lang of ["en", "th", "ja", "zh-TW"]) {
  test(`what is chosen without script, in ${lang}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await account(page, OPERATORS.mali);
    await page.goto(`/settings/account?lang=${lang}`);
    const form = page.locator("form:has(#keys-single_keys)");
    await expect(page.locator("#keys-single_keys")).toBeChecked();
    await page.locator("#keys-single_keys").uncheck();
    await form.locator("label", { hasText: "Ctrl" }).click();
    await form.getByRole("button").click();
    await expect(page.getByRole("status")).toBeVisible();
    await expect(page.locator("#keys-single_keys")).not.toBeChecked();
    await expect(form.locator("input[value=ctrl_enter]")).toBeChecked();
    await context.close();
  });
}
