// An office whose proxy lets no WebSocket through: slower, but everything works, and the console
// says so.
import { expect, test as base } from "./fixtures";
import { Proxy } from "./scripts/proxy.mjs";

const test = base.extend<{ office: Proxy }>({
  office: async ({ server }, use) => {
    const proxy = await Proxy.start(server.url);
    await use(proxy);
    await proxy.stop();
  },

  baseURL: async ({ office }, use) => {
    await use(office.url);
  },
});

const BLOCKED = "This network blocks live updates.";

test.beforeEach(({ office, guard }) => {
  guard.allow(/WebSocket connection to .* failed/);
  office.refusing = true;
});

test("without WebSockets a chat is claimed, answered and closed by asking", async ({ operator, simulator, office }) => {
  const mali = await operator("mali", { live: false });
  await expect(mali.thread.banner).toContainText(BLOCKED);
  expect(office.refused).toBeGreaterThanOrEqual(3);

  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ");
  await mali.inbox.choose(customer.name);
  await mali.thread.hasExactlyOne("สวัสดีค่ะ");
  await expect(mali.thread.banner).toContainText(BLOCKED);

  await mali.thread.claim.click();
  await mali.thread.reply("ยินดีค่ะ");
  await mali.thread.isSent("ยินดีค่ะ");
  await mali.thread.hasExactlyOne("ยินดีค่ะ");
  await customer.writes("ขอบคุณค่ะ");
  await mali.thread.hasExactlyOne("ขอบคุณค่ะ");
  await expect.poll(() => customer.reads()).toEqual(["ยินดีค่ะ"]);

  await mali.thread.closeChat();
  await mali.thread.hasExactlyOne(/closed this chat/);
  await mali.inbox.show("Closed");
  await expect(mali.inbox.row(customer.name)).toBeVisible();
});

test("without WebSockets a new chat is heard", async ({ operator, simulator }) => {
  const mali = await operator("mali", { live: false });
  await expect(mali.thread.banner).toContainText(BLOCKED);
  const { page } = mali.inbox;
  await page.evaluate(() => {
    const rung: string[] = Object.assign(globalThis, { rung: [] }).rung;
    addEventListener("sala-rings", (event) => rung.push((event as CustomEvent).detail));
  });
  await page.mouse.click(5, 5);
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await expect(mali.inbox.row(customer.name)).toBeVisible();
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { rung: string[] }).rung)).toEqual(["waiting"]);
});

test("colleagues with and without WebSockets see the same", async ({ operator, simulator, office }) => {
  const mali = await operator("mali", { live: false });
  await expect(mali.thread.banner).toContainText(BLOCKED);
  office.refusing = false;
  const somchai = await operator("somchai");
  office.refusing = true;

  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await somchai.inbox.choose(customer.name);
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await expect(somchai.thread.claimBar).toContainText(mali.name);
  await mali.thread.reply("Welcome");
  await somchai.thread.hasExactlyOne("Welcome");
  await mali.thread.transferTo(somchai.name);
  await somchai.thread.reply("Now it is me");
  await mali.thread.hasExactlyOne("Now it is me");
  await expect.poll(() => customer.reads()).toEqual(["Welcome", "Now it is me"]);
});

test("once WebSockets get through, the console is live and shows nothing twice", async ({ operator, simulator, office }) => {
  const mali = await operator("mali", { live: false });
  const customer = await simulator.customer("田中 健太", "ja");
  await customer.writes("在庫はありますか。");
  await expect(mali.thread.banner).toContainText(BLOCKED);
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.reply("はい");
  await mali.thread.isSent("はい");

  office.refusing = false;
  // The next try may be half a minute away; a tab that comes to the front does not wait for it.
  await mali.inbox.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await mali.inbox.isLive();
  await customer.writes("ありがとう");
  await mali.thread.reply("どういたしまして");
  for (const text of ["在庫はありますか。", "はい", "ありがとう", "どういたしまして"]) {
    await mali.thread.hasExactlyOne(text);
  }
  await expect.poll(() => customer.reads()).toEqual(["はい", "どういたしまして"]);
});
