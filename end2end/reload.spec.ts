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
  guard.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection/);
  const mali = await operator("mali", { serviceWorkers: "block" });
  const customer = await simulator.customer("อรพรรณ ศรีสุข", "th");
  await customer.writes("สวัสดีค่ะ");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();

  const page = mali.inbox.page;
  const context = page.context();
  const texts = ["หนึ่ง", "สอง", "สาม"];
  await test.step("the network goes in the middle of typing", async () => {
    await mali.thread.text.pressSequentially("หนึ่ง".slice(0, 2));
    await context.setOffline(true);
    await mali.thread.text.pressSequentially("หนึ่ง".slice(2));
    await mali.thread.text.press("Enter");
    await expect(mali.inbox.state).not.toHaveText("Live");
    for (const text of texts.slice(1)) {
      await mali.thread.reply(text);
    }
    for (const text of texts) {
      await expect(mali.thread.line(text)).toHaveAttribute("data-state", "queued");
    }
    await mali.thread.text.fill("สี่");
    await expect(mali.thread.banner).toContainText("3 messages are queued");
  });

  await test.step("a page that is loaded before the network is back shows them, waiting", async () => {
    // As if the browser still had the page; calls and sockets do not get through.
    const isPage = (url: URL) => !url.pathname.startsWith("/api/");
    await context.route(isPage, async (route) => route.fulfill({ response: await route.fetch() }));
    await page.reload();
    await mali.inbox.isThere();
    for (const text of texts) {
      await mali.thread.hasExactlyOne(text);
      await expect(mali.thread.line(text)).toHaveAttribute("data-state", "queued");
    }
    await expect(mali.thread.text).toHaveValue("สี่");
    expect(await customer.reads()).toEqual([]);
  });

  await test.step("online they arrive once, in order", async () => {
    await context.unrouteAll();
    await context.setOffline(false);
    await expect.poll(() => customer.reads()).toEqual(texts);
    for (const text of texts) {
      await mali.thread.hasExactlyOne(text);
      await mali.thread.isSent(text);
    }
    const shown = await mali.thread.log.locator(".message").allInnerTexts();
    const order = texts.map((text) => shown.findIndex((line) => line.includes(text)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    await expect(mali.thread.text).toHaveValue("สี่");
    expect(await customer.reads()).toEqual(texts);
  });
});
