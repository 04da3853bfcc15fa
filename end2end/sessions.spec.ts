// Whose a chat is, where it is not the usual way.
import { expect, test } from "./fixtures";

test("a chat closed by mistake is opened again from the claim bar", async ({ operator, simulator }) => {
  const [mali, somchai] = [await operator("mali"), await operator("somchai")];
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.closeChat();
  await mali.thread.claimBar.getByRole("button", { name: "Reopen" }).click();
  await mali.thread.hasExactlyOne("reopened this chat");
  await mali.thread.reply("Sorry, wrong button");
  await mali.thread.isSent("Sorry, wrong button");
  await expect.poll(() => customer.reads()).toEqual(["Sorry, wrong button"]);
  await mali.inbox.show("Mine");
  await expect(mali.inbox.row(customer.name)).toBeVisible();
  await somchai.inbox.choose(customer.name);
  await expect(somchai.thread.claimBar).toContainText(mali.name);
});

test("a colleague who looks leaves the owner's badge, and a button shows badge and timer", async ({
  operator,
  simulator,
}) => {
  const [mali, admin] = [await operator("mali"), await operator("admin")];
  const customer = await simulator.customer("Chanon W.");
  await customer.presses("call=me");
  const row = mali.inbox.row(customer.name);
  await expect(row.locator(".badge")).toHaveText("1");
  await expect(row.locator(".timer")).toBeVisible();
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await expect(row.locator(".badge")).toHaveCount(0);
  const other = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await other.writes("สวัสดีค่ะ");
  await mali.inbox.choose(other.name);

  await customer.writes("Anybody?");
  await admin.inbox.choose(customer.name);
  await admin.thread.hasExactlyOne("Anybody?");
  await expect(row.locator(".badge")).toHaveText("1");
  // What the colleague's console does about a sight it does within a second.
  await admin.inbox.page.waitForTimeout(1_000);
  await expect(row.locator(".badge")).toHaveText("1");
  await mali.inbox.choose(customer.name);
  await expect(row.locator(".badge")).toHaveCount(0);
});
