// A reload in mid-conversation loses nothing.
import { expect, test } from "./fixtures";

test("a reload keeps the open chat, its owner, its history and the draft", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("วิชัย พงษ์สุวรรณ", "th");
  await customer.writes("ส่งสลิปให้แล้วนะครับ");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.reply("ได้รับแล้วค่ะ");
  await mali.thread.isSent("ได้รับแล้วค่ะ");
  await mali.thread.text.fill("ขอบคุณ");
  const address = mali.inbox.page.url();

  await mali.inbox.reload();
  expect(mali.inbox.page.url()).toBe(address);
  await mali.thread.hasExactlyOne("ส่งสลิปให้แล้วนะครับ");
  await mali.thread.hasExactlyOne("ได้รับแล้วค่ะ");
  await expect(mali.thread.transfer).toBeVisible();
  await expect(mali.thread.text).toHaveValue("ขอบคุณ");
});

test("what came while the page was away is there when it is back", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("First");
  await mali.inbox.choose(customer.name);
  await mali.thread.hasExactlyOne("First");
  const address = mali.inbox.page.url();

  await mali.inbox.page.goto("about:blank");
  await customer.writes("Second");
  await mali.inbox.open(address);
  await mali.thread.hasExactlyOne("First");
  await mali.thread.hasExactlyOne("Second");
  await customer.writes("Third");
  await mali.thread.hasExactlyOne("Third");
});

test("messages written offline survive a reload and are sent once, in order", async ({ operator, simulator, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  const mali = await operator("mali");
  const customer = await simulator.customer("อรพรรณ ศรีสุข", "th");
  await customer.writes("สวัสดีค่ะ");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();

  const context = mali.inbox.page.context();
  await context.setOffline(true);
  await expect(mali.inbox.state).not.toHaveText("Live");
  for (const text of ["หนึ่ง", "สอง", "สาม"]) {
    await mali.thread.reply(text);
    await expect(mali.thread.line(text)).toHaveAttribute("data-state", "queued");
  }
  await context.setOffline(false);
  await mali.inbox.reload();
  await expect.poll(() => customer.reads()).toEqual(["หนึ่ง", "สอง", "สาม"]);
  await mali.thread.hasExactlyOne("สาม");
});
