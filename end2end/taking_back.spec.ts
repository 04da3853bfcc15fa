// Operators who want time to think take answers back, and their words stand in the composer again.
import { expect, test, type Desk } from "./fixtures";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Chooses how long answers wait, as My account does. */
async function waits(desk: Desk, seconds: number): Promise<void> {
  const page = desk.inbox.page;
  const answer = await page.request.post("/api/save_profile", {
    data: { delay_s: seconds },
    headers: { accept: "application/json" },
  });
  expect(answer.status()).toBe(200);
  await desk.inbox.reload();
}

test("an answer is taken back by button and by key, and what was typed meanwhile stays", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("How much?");
  await waits(mali, 10);
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.reply("It is 1,290");
  const card = mali.inbox.page.locator(".undo");
  await expect(card).toContainText(/Leaves in \d+ s/);
  await mali.thread.hasExactlyOne("It is 1,290");
  await mali.thread.text.fill("Anything else?");
  await card.getByRole("button", { name: "Undo" }).click();
  await expect(mali.thread.text).toHaveValue("It is 1,290\nAnything else?");
  await expect(mali.thread.text).toBeFocused();
  await expect(mali.thread.log.locator(".message--out")).toHaveCount(0);
  await expect(card).toBeHidden();

  await mali.thread.text.fill("It is 1,920");
  await mali.thread.text.press("Enter");
  await expect(card).toBeVisible();
  // In the field Z is a letter.
  await mali.thread.text.press("z");
  await expect(mali.thread.text).toHaveValue("z");
  await mali.thread.text.fill("");
  await mali.thread.text.press("Escape");
  await mali.inbox.page.keyboard.press("z");
  await expect(mali.thread.text).toHaveValue("It is 1,920");
  await expect(mali.thread.log.locator(".message--out")).toHaveCount(0);
  expect(await customer.reads()).toEqual([]);
});

test("what nobody takes back leaves by itself, and others never see what was taken back", async ({ operator, simulator }) => {
  const [mali, somchai] = [await operator("mali"), await operator("somchai")];
  const customer = await simulator.customer("Nok");
  await customer.writes("How much?");
  await waits(mali, 10);
  for (const desk of [mali, somchai]) {
    await desk.inbox.show("All");
    await desk.inbox.choose(customer.name);
  }
  await mali.thread.claim.click();
  await mali.thread.reply("One thousand");
  await somchai.thread.hasExactlyOne("One thousand");
  await mali.inbox.page.locator(".undo").getByRole("button", { name: "Undo" }).click();
  await expect(mali.thread.text).toHaveValue("One thousand");
  await expect(somchai.thread.line("One thousand")).toHaveCount(0);
  await expect(somchai.inbox.row(customer.name)).toContainText("How much?");
  await mali.thread.text.press("Enter");
  await mali.thread.isSent("One thousand");
  await expect(mali.inbox.page.locator(".undo")).toBeHidden();
  await expect.poll(() => customer.reads()).toEqual(["One thousand"]);
});

test("what waits on this device can be taken back from its bubble", async ({ operator, simulator, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection/);
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("How much?");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();
  await mali.inbox.page.context().setOffline(true);
  await expect(mali.inbox.state).not.toHaveText("Live");
  await mali.thread.reply("Too much");
  const line = mali.thread.line("Too much");
  await expect(line).toHaveAttribute("data-state", "queued");
  await line.hover();
  await line.getByRole("button", { name: "Undo" }).click();
  await expect(mali.thread.text).toHaveValue("Too much");
  await expect(line).toHaveCount(0);
});

test("undo is at hand at 390 px", async ({ operator, simulator }) => {
  const mali = await operator("mali", PHONE);
  const customer = await simulator.customer("Nok");
  await customer.writes("How much?");
  await waits(mali, 10);
  await mali.inbox.show("Waiting");
  await mali.inbox.row(customer.name).tap();
  await mali.thread.claim.tap();
  await mali.thread.reply("It is 1,290");
  await mali.inbox.page.locator(".undo").getByRole("button", { name: "Undo" }).tap();
  await expect(mali.thread.text).toHaveValue("It is 1,290");
  await expect(mali.thread.log.locator(".message--out")).toHaveCount(0);
});
