// Shortcuts: by the typed sign, on every keyboard, and not where people write; and the palette.
import { type Page } from "@playwright/test";
import { type Desk, expect, test } from "./fixtures";
import { hydrated } from "./pages/hydrated";
import { SearchPane } from "./pages/search";

/** A key as a keyboard of another country sends it. */
async function sends(page: Page, key: string, code: string, more: object = {}): Promise<void> {
  await page.evaluate(
    ({ key, code, more }) => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more }));
    },
    { key, code, more },
  );
}

/** What is chosen in My account, over the console's own call; then the page anew. */
async function chooses(desk: Desk, change: object): Promise<void> {
  const answer = await desk.inbox.page.request.post("/api/save_profile", { data: change });
  expect(answer.status()).toBe(200);
  await desk.inbox.reload();
}

const palette = (page: Page) => page.getByRole("dialog", { name: /Command palette|ค้นหาคำสั่ง/ });

for (const { name, next, previous, claim, note, search } of [
  { name: "Thai", next: ["่", "KeyJ"], previous: ["า", "KeyK"], claim: ["แ", "KeyC"], note: ["ื", "KeyN"], search: ["ฝ", "Slash"] },
  { name: "Dvorak", next: ["j", "KeyC"], previous: ["k", "KeyV"], claim: ["c", "KeyI"], note: ["n", "KeyL"], search: ["/", "BracketLeft"] },
  { name: "Russian", next: ["о", "KeyJ"], previous: ["л", "KeyK"], claim: ["с", "KeyC"], note: ["т", "KeyN"], search: ["/", "Backslash"] },
] as const) {
  test(`a ${name} keyboard has the shortcuts where its people look for them`, async ({ operator, simulator }) => {
    for (const customer of ["Nok", "Ploy"]) await (await simulator.customer(customer)).writes("hello");
    const mali = await operator("mali");
    const { page } = mali.inbox;
    const open = page.locator(".row[aria-selected=true]");
    await expect(mali.inbox.list.getByRole("option")).toHaveCount(2);
    await sends(page, ...next);
    await expect(open).toContainText("Ploy");
    await sends(page, ...next);
    await expect(open).toContainText("Nok");
    await sends(page, ...previous);
    await expect(open).toContainText("Ploy");
    await expect(mali.thread.claim).toBeVisible();
    await sends(page, ...claim);
    await expect(mali.thread.claimBar).toHaveCount(0);
    await sends(page, ...note);
    await expect(mali.thread.composer).toHaveAttribute("data-mode", "note");
    await page.keyboard.press("Escape");
    await sends(page, ...search);
    await expect(new SearchPane(page).field).toBeFocused();
  });
}

test("keys that belong to others are left alone", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await customer.writes("hello");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.claim).toBeVisible();
  for (const key of ["c", "v", "x", "a", "z"]) {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) await sends(page, key, `Key${key.toUpperCase()}`, held);
  }
  // An input method's keys, and what a browser says of keys that it does not know.
  await sends(page, "Process", "KeyC", { keyCode: 229 });
  await sends(page, "c", "KeyC", { isComposing: true });
  await sends(page, "Dead", "KeyC");
  await expect(mali.thread.claimBar).toBeVisible();
  // AltGr writes; on a French keyboard it writes [ and not what Ctrl and Alt would do.
  await sends(page, "[", "Digit5", { ctrlKey: true, altKey: true, modifierAltGraph: true });
  await expect(mali.inbox.tab("Closed")).toHaveAttribute("aria-selected", "false");
  await expect(mali.inbox.tab("Mine")).toHaveAttribute("aria-selected", "true");
  // Where one writes, letters are letters.
  await page.keyboard.press("n");
  await mali.thread.text.pressSequentially("jkce/?g[]");
  await expect(mali.thread.text).toHaveValue("jkce/?g[]");
  // A letter that was meant for a field which has just gone is no command.
  await page.evaluate(() => {
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "a", code: "KeyA", bubbles: true }));
    field.remove();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "c", code: "KeyC", bubbles: true }));
  });
  await expect(mali.thread.claimBar).toBeVisible();
});

test("Alt with an arrow opens the next chat also from the field, and Shift+E asks before it closes and goes on", async ({ operator, simulator }) => {
  for (const customer of ["One", "Two", "Three"]) await (await simulator.customer(customer)).writes("hello");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  const open = page.locator(".row[aria-selected=true]");
  await expect(mali.inbox.list.getByRole("option")).toHaveCount(3);
  await page.keyboard.press("Alt+ArrowDown");
  await expect(open).toContainText("Three");
  await mali.thread.claim.click();
  await mali.thread.text.fill("not sent yet");
  await mali.thread.text.press("Alt+ArrowDown");
  await expect(open).toContainText("Two");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(open).toContainText("Three");
  await expect(mali.thread.text).toHaveValue("not sent yet");
  await mali.thread.text.fill("");
  await page.keyboard.press("Escape");
  // One stray key closes nothing.
  const dialog = page.getByRole("dialog", { name: "Close this chat?" });
  await page.keyboard.press("Shift+E");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(open).toContainText("Three");
  await page.keyboard.press("e");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+E");
  await page.keyboard.press("Enter");
  await expect(open).toContainText("Two");
  await mali.inbox.show("Closed");
  await expect(mali.inbox.list.getByRole("option")).toHaveText([/Three/]);
  // Without Shift nothing follows.
  await mali.inbox.show("All");
  await mali.inbox.choose("Two");
  await mali.thread.claim.click();
  await expect(mali.thread.claimBar).toHaveCount(0);
  await page.keyboard.press("e");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 2, name: "Two" }).first()).toBeVisible();
});

test("G and a letter go elsewhere, and ? says all of this in the reader's language", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  for (let number = 1; number <= 40; number += 1) await customer.writes(`line ${number}.`);
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await mali.inbox.choose(customer.name);
  await mali.thread.log.hover();
  await page.mouse.wheel(0, -900);
  await expect(page.locator(".jump")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await expect(mali.thread.line("line 40.")).toBeInViewport();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).not.toHaveURL(/\/c\//);
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(new SearchPane(page).field).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys.getByText("Next and previous chat")).toBeVisible();
  await expect(keys.getByText("Go to the settings")).toBeVisible();
  // Keys are the dialog's while it is open.
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(/\/c\//);
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/settings/);
  await page.getByRole("link", { name: "Search" }).click();
  await hydrated(page);
  await expect(new SearchPane(page).field).toBeFocused();
});

test("with single keys off only those with Ctrl are left", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nok");
  await customer.writes("hello");
  const mali = await operator("mali");
  await chooses(mali, { single_keys: false });
  const { page } = mali.inbox;
  const address = page.url();
  for (const key of ["j", "c", "/", "f", "?", "g", "i"]) await page.keyboard.press(key);
  await expect(page.locator(".search")).toHaveCount(0);
  expect(page.url()).toBe(address);
  await page.keyboard.press("ControlOrMeta+k");
  await palette(page).getByRole("combobox").fill("shortcuts");
  await page.keyboard.press("Enter");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys.locator("dt").first()).toHaveText(/(Ctrl|⌘)K/);
  await expect(keys.getByText("Next and previous chat")).toHaveCount(0);
  await expect(keys.getByText("Attach a file")).toBeVisible();
});

for (const { lang, locale, close, settings } of [
  { lang: "en", locale: "en-GB", close: "Close chat", settings: "My account" },
  { lang: "th", locale: "th-TH", close: "ปิดแชท", settings: "บัญชี" },
]) {
  test(`the palette finds chats, actions and pages, in ${lang}`, async ({ operator, simulator }) => {
    const nok = await simulator.customer("ณัฐธิดา ใจดี", "th");
    await nok.writes("สวัสดีค่ะ");
    await (await simulator.customer("佐藤 美和", "ja")).writes("こんにちは");
    const mali = await operator("mali", { locale, live: false });
    const { page } = mali.inbox;
    await hydrated(page);
    const field = palette(page).getByRole("combobox");
    const chosen = palette(page).locator("[aria-selected=true]");
    await page.keyboard.press("ControlOrMeta+k");
    await expect(field).toBeFocused();
    await field.pressSequentially("佐美");
    await expect(chosen).toContainText("佐藤 美和");
    await page.keyboard.press("Enter");
    await expect(palette(page)).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 2, name: "佐藤 美和" }).first()).toBeVisible();

    // Also from within a field, and by a Thai keyboard.
    // A letter counts again half a second after the palette's field has gone.
    await expect(async () => {
      await page.keyboard.press("c");
      await expect(mali.thread.text).toBeVisible({ timeout: 700 });
    }).toPass();
    await mali.thread.text.focus();
    await sends(page, "า", "KeyK", { ctrlKey: true });
    await field.fill(close.slice(0, 3));
    await expect(chosen).toContainText(close);
    await page.keyboard.press("Enter");
    await expect(page.locator("dialog[open]")).toContainText(close);
    await page.keyboard.press("Escape");

    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    await field.fill("日本");
    await expect(chosen).toContainText("日本語");
    await field.fill("dark");
    await expect(chosen).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

    await page.keyboard.press("ControlOrMeta+k");
    await field.fill("zzzz");
    await expect(palette(page).locator(".palette__item")).toHaveCount(0);
    await field.fill(settings);
    await expect(chosen).toContainText(settings);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/settings\/account/);
  });
}

test("the palette puts a canned reply into the field, with its variables filled", async ({ operator, simulator }) => {
  await (await simulator.customer("Nok")).writes("hello");
  const mali = await operator("mali");
  const { page } = mali.inbox;
  const save = (shortcut: string, title: string, text: string) => page.request.post("/api/save_canned_reply", { data: { shortcut, title, text, shared: false } });
  expect((await save("thanks", "Say thanks", "Thank you, {name}!")).status()).toBe(200);
  expect((await save("ship", "Shipping", "It takes two days.")).status()).toBe(200);
  const field = palette(page).getByRole("combobox");
  // Where nobody can be answered there are none.
  await page.keyboard.press("ControlOrMeta+k");
  await field.fill("thanks");
  await expect(palette(page).getByText("Nothing is called that")).toBeVisible();
  await page.keyboard.press("Escape");
  await mali.inbox.choose("Nok");
  await mali.thread.claim.click();
  await expect(mali.thread.claimBar).toHaveCount(0);
  await expect(mali.thread.composer).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await field.fill("say th");
  await expect(palette(page).locator("[aria-selected=true]")).toContainText("Say thanks");
  await page.keyboard.press("Enter");
  await expect(mali.thread.text).toHaveValue("Thank you, Nok!");
  await expect(mali.thread.text).toBeFocused();
});
