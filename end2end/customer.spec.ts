// Answering and knowing the customer: canned replies behind `/`, colleagues behind `@`, tags, and the panel.
import { expect, test, type Desk } from "./fixtures";
import type { APIRequestContext, Page } from "@playwright/test";

/** What a signed-in page's server function answers. */
async function call<T>(page: Page, name: string, input: object): Promise<T> {
  const request: APIRequestContext = page.request;
  const answer = await request.post(`/api/${name}`, { data: input, headers: { accept: "application/json" } });
  expect(answer.ok(), `${name}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

const canned = (page: Page, shortcut: string, title: string, text: string) => call<{ id: string }>(page, "save_canned_reply", { shortcut, title, text, shared: false });

async function takes(desk: Desk, customer: string): Promise<void> {
  await desk.inbox.choose(customer);
  await desk.thread.claim.click();
  await expect(desk.thread.text).toBeVisible();
}

test("a canned reply is found while one types, shown as it will stand, and put in by Enter", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await canned(page, "ส่ง", "ค่าส่ง", "คุณ{name} ค่าส่ง 50 บาทค่ะ — {operator}");
  await canned(page, "ส่งด่วน", "ด่วน", "ส่งด่วน 120 บาท");
  await canned(page, "hello", "Greeting", "Hello {name}, thank you.");
  const customer = await simulator.customer("{operator}");
  await customer.writes("ส่งไหม");
  await takes(mali, customer.name);
  const list = page.getByRole("listbox", { name: "Canned replies" });
  await mali.thread.text.pressSequentially("/ส่ง");
  await expect(list.getByRole("option")).toHaveCount(2);
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  // A customer who is called like a variable stays so.
  await expect(page.locator(".canned__preview .bubble")).toHaveText(`คุณ{operator} ค่าส่ง 50 บาทค่ะ — ${mali.name}`);
  await mali.thread.text.press("ArrowDown");
  await mali.thread.text.press("ArrowUp");
  await mali.thread.text.press("Enter");
  await expect(list).toHaveCount(0);
  await expect(mali.thread.text).toHaveValue(`คุณ{operator} ค่าส่ง 50 บาทค่ะ — ${mali.name}`);
});

test("what is typed in the middle, wide signs, Escape and a slash within a word", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await canned(page, "stock", "In stock", "It is in stock.");
  const customer = await simulator.customer("Nok");
  await customer.writes("Do you have it?");
  await takes(mali, customer.name);
  const list = page.getByRole("listbox", { name: "Canned replies" });
  const { text } = mali.thread;
  await text.pressSequentially("see https://example.com/stock");
  await expect(list).toHaveCount(0);
  await text.fill("");
  await text.pressSequentially("Yes: ／sto");
  await expect(list.getByRole("option")).toHaveCount(1);
  await text.press("Escape");
  await expect(list).toHaveCount(0);
  // It stays away from this word, and the next letter brings it back.
  await text.pressSequentially("c");
  await expect(list.getByRole("option")).toHaveCount(1);
  await text.press("Tab");
  await expect(text).toHaveValue("Yes: It is in stock.");
  await text.press("Enter");
  await mali.thread.isSent("Yes: It is in stock.");
  // It was counted, once.
  await expect
    .poll(async () => (await call<{ shortcut: string; used: number }[]>(page, "canned_replies", {})).map(({ used }) => used))
    .toEqual([1]);
  // The button does what the sign does.
  await mali.thread.composer.getByRole("button", { name: "Canned replies" }).click();
  await expect(list.getByRole("option")).toHaveCount(1);
  await list.getByRole("option").click();
  await expect(text).toHaveValue("It is in stock.");
});

test("what a reply leaves open is not sent without a second Enter", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await canned(page, "hi", "Greeting", "Hi");
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello?");
  await takes(mali, customer.name);
  const { text } = mali.thread;
  await text.pressSequentially("/hi");
  await expect(page.getByRole("listbox", { name: "Canned replies" }).getByRole("option")).toHaveCount(1);
  await text.fill("Hi {name}");
  await text.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "{name} is still in your answer" })).toBeVisible();
  await expect(text).toHaveValue("Hi {name}");
  await text.press("Enter");
  await mali.thread.isSent("Hi {name}");
});

test("keys of an input method do not reach the list", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await canned(page, "入荷", "入荷", "入荷しました。");
  const customer = await simulator.customer("Ken");
  await customer.writes("在庫は？");
  await takes(mali, customer.name);
  const list = page.getByRole("listbox", { name: "Canned replies" });
  const devtools = await page.context().newCDPSession(page);
  await mali.thread.text.pressSequentially("/");
  await expect(list.getByRole("option")).toHaveCount(1);
  await devtools.send("Input.imeSetComposition", { text: "入荷", selectionStart: 2, selectionEnd: 2 });
  await expect(list).toHaveCount(0);
  await mali.thread.text.dispatchEvent("keydown", { key: "Enter", code: "Enter", isComposing: true, bubbles: true });
  await expect(mali.thread.text).toHaveValue("/入荷");
  await devtools.send("Input.insertText", { text: "入荷" });
  await expect(list.getByRole("option")).toHaveCount(1);
  await mali.thread.text.press("Enter");
  await expect(mali.thread.text).toHaveValue("入荷しました。");
});

test("a colleague who is named in a note is told, and the name stands out", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const somchai = await operator("somchai");
  const customer = await simulator.customer("Nok");
  await customer.writes("Is there red silk left?");
  await takes(mali, customer.name);
  const { page } = mali.inbox;
  const list = page.getByRole("listbox", { name: "Colleagues" });
  await mali.thread.text.pressSequentially("mail me @");
  await expect(list).toHaveCount(0);
  await mali.thread.text.fill("");
  await mali.thread.composer.getByRole("button", { name: "Internal note" }).click();
  const first = somchai.name.slice(0, 2);
  await mali.thread.text.pressSequentially(`ฝาก＠${first}`);
  await expect(list.getByRole("option", { name: somchai.name })).toBeVisible();
  await expect(list.getByRole("option", { name: mali.name })).toHaveCount(0);
  await mali.thread.text.press("Tab");
  await expect(mali.thread.text).toHaveValue(`ฝาก@${somchai.name} `);
  await mali.thread.text.press("Enter");
  const note = mali.thread.log.locator(".note");
  await expect(note.locator(".mention")).toHaveText(`@${somchai.name}`);
  await expect.poll(async () => (await call<{ room: string }[]>(somchai.inbox.page, "mentions", {})).length).toBe(1);
  expect(await call<unknown[]>(page, "mentions", {})).toHaveLength(0);
});

test("tags are typed, made, put on and taken off, and every list shows them", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const admin = await operator("admin");
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello");
  const { page } = admin.inbox;
  await admin.inbox.choose(customer.name);
  await mali.inbox.show("All");
  const panel = page.getByRole("complementary", { name: "Customer" });
  await expect(panel.locator(".tags__add")).toBeVisible();
  await page.keyboard.press("l");
  const picker = page.getByRole("dialog", { name: "Tags" });
  await picker.getByRole("combobox").fill("ผ้าไหม");
  await picker.getByRole("radio", { name: "Plum" }).click();
  await picker.getByRole("button", { name: "Create “ผ้าไหม”" }).click();
  await expect(panel.locator(".tag", { hasText: "ผ้าไหม" })).toHaveAttribute("data-colour", "plum");
  await expect(mali.inbox.row(customer.name).locator(".tag")).toHaveText("ผ้าไหม");
  await picker.getByRole("combobox").pressSequentially("ผ้า");
  const option = picker.getByRole("option", { name: "ผ้าไหม" });
  await expect(option).toHaveAttribute("aria-checked", "true");
  await picker.getByRole("combobox").press("Enter");
  await expect(panel.locator(".tag")).toHaveCount(0);
  await expect(mali.inbox.row(customer.name).locator(".tag")).toHaveCount(0);
  await picker.getByRole("combobox").press("Escape");
  await expect(picker).toHaveCount(0);
});

test("the panel says what the team knows, and one form changes it for everybody", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const somchai = await operator("somchai");
  const customer = await simulator.customer("Nut 🌸");
  await customer.writes("Hello");
  for (const desk of [mali, somchai]) await desk.inbox.choose(customer.name);
  const { page } = mali.inbox;
  const panel = page.getByRole("complementary", { name: "Customer" });
  await expect(panel.getByText("Nothing noted yet")).toBeVisible();
  await panel.locator(".person").getByRole("button", { name: "Edit customer" }).click();
  const form = panel.getByRole("form", { name: "Edit customer" });
  await form.getByLabel("Our name for this customer").fill("ณัฐธิดา ใจดี");
  await form.getByLabel("Attribute").first().fill("Province");
  await form.getByLabel("Value").first().fill("เชียงใหม่");
  // A row grew behind it, which is dropped as nothing stands in it.
  await expect(form.getByLabel("Attribute")).toHaveCount(2);
  await form.getByLabel("Customer note").fill("<b>likes red</b>\nno calls before noon");
  await form.getByLabel("Customer note").press("Control+Enter");
  await expect(form).toHaveCount(0);
  for (const desk of [mali, somchai]) {
    const there = desk.inbox.page.getByRole("complementary", { name: "Customer" });
    await expect(there.getByRole("heading", { level: 2, name: "ณัฐธิดา ใจดี" })).toBeVisible();
    await expect(there.getByText("LINE: Nut 🌸")).toBeVisible();
    await expect(there.locator("dd", { hasText: "เชียงใหม่" })).toBeVisible();
    await expect(there.locator(".memo p")).toHaveText("<b>likes red</b>\nno calls before noon");
    await expect(desk.inbox.row("ณัฐธิดา ใจดี")).toBeVisible();
  }
  // What a colleague changes meanwhile is said, and nothing is written over.
  await panel.locator(".person").getByRole("button", { name: "Edit customer" }).click();
  await form.getByLabel("Customer note").fill("likes blue");
  const room = await page.locator("sala-customer").first().getAttribute("data-room");
  await call(somchai.inbox.page, "update_contact", { room, memo: "likes green" });
  await expect(form.getByText("Changed by a colleague meanwhile: likes green")).toBeVisible();
  await expect(form.getByLabel("Customer note")).toHaveValue("likes blue");
  page.once("dialog", (dialog) => void dialog.accept());
  await form.getByLabel("Customer note").press("Escape");
  await expect(form).toHaveCount(0);
  await expect(panel.locator(".memo p")).toHaveText("likes green");
  // Files come in while one looks.
  await customer.sends({ type: "image" });
  await expect(panel.locator(".gallery a")).toHaveCount(1);
});

/** The customer's form, opened by its pencil. */
async function opens(page: Page) {
  const panel = page.getByRole("complementary", { name: "Customer" });
  await panel.locator(".person").getByRole("button", { name: "Edit customer" }).click();
  return panel.getByRole("form", { name: "Edit customer" });
}

test("Ctrl and Enter save the form from every field, and what is refused stays in it", async ({ operator, simulator, guard }) => {
  guard.allow(/status of 400/);
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello");
  await takes(mali, customer.name);
  const { page } = mali.inbox;
  await mali.thread.text.fill("not to be sent");
  const form = await opens(page);
  // A value without a name is refused; nothing is lost, and nothing is sent to the customer.
  await form.getByLabel("Value").first().fill("เชียงใหม่");
  await form.getByLabel("Value").first().press("Control+Enter");
  await expect(form.getByText("Sala cannot keep this.")).toBeVisible();
  await expect(form.getByLabel("Value").first()).toHaveValue("เชียงใหม่");
  await form.getByLabel("Attribute").first().fill("Province");
  // Enter alone only goes on.
  await form.getByLabel("Attribute").first().press("Enter");
  await expect(form.getByLabel("Value").first()).toBeFocused();
  await form.getByLabel("Our name for this customer").press("Control+Enter");
  await expect(form).toHaveCount(0);
  const panel = page.getByRole("complementary", { name: "Customer" });
  await expect(panel.locator("dd", { hasText: "เชียงใหม่" })).toBeVisible();
  await expect(mali.thread.text).toHaveValue("not to be sent");
  expect(await customer.reads()).toEqual([]);
});

test("what was typed of a customer waits while another chat is open", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  for (const name of ["Nok", "Nut"]) await (await simulator.customer(name)).writes("Hello");
  await mali.inbox.show("All");
  await mali.inbox.choose("Nok");
  const { page } = mali.inbox;
  const form = await opens(page);
  await form.getByLabel("Customer note").fill("half a thought");
  await mali.inbox.choose("Nut");
  await expect(form).toHaveCount(0);
  await opens(page);
  await expect(form.getByLabel("Customer note")).toHaveValue("");
  await form.getByRole("button", { name: "Cancel" }).click();
  await mali.inbox.choose("Nok");
  await opens(page);
  await expect(form.getByLabel("Customer note")).toHaveValue("half a thought");
  await expect(form.getByText("Not saved yet")).toBeVisible();
});

test("an earlier case opens in place with what was said in it", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("about the blue one");
  await takes(mali, customer.name);
  await mali.thread.reply("It comes on Monday");
  await mali.thread.isSent("It comes on Monday");
  await mali.thread.closeChat();
  await customer.writes("and the red one?");
  const { page } = mali.inbox;
  const panel = page.getByRole("complementary", { name: "Customer" });
  const earlier = panel.locator(".past__open");
  await expect(earlier).toHaveCount(1);
  await expect(earlier).toContainText(mali.name);
  await earlier.click();
  await expect(earlier).toHaveAttribute("aria-expanded", "true");
  await expect(panel.locator(".past-line")).toHaveText(["about the blue one", "It comes on Monday"]);
  await expect(panel.locator(".past-line[data-out]")).toHaveText("It comes on Monday");
  await earlier.click();
  await expect(panel.locator(".past-line").first()).toBeHidden();
});
