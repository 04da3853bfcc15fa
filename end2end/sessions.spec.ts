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

test("a supervisor lets the bot answer, and hands over again; an operator has no such entry", async ({ operator, simulator }) => {
  const [admin, mali] = [await operator("admin"), await operator("mali")];
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  const more = (page: typeof admin.inbox.page) => page.getByRole("button", { name: "More", exact: true });
  await more(mali.inbox.page).click();
  await expect(mali.inbox.page.locator("#thread-menu")).toBeVisible();
  await expect(mali.inbox.page.getByRole("button", { name: "Let the bot answer" })).toHaveCount(0);
  await mali.inbox.page.keyboard.press("Escape");

  await admin.inbox.show("All");
  await admin.inbox.choose(customer.name);
  await more(admin.inbox.page).click();
  await admin.inbox.page.getByRole("button", { name: "Let the bot answer" }).click();
  await expect(admin.inbox.page.locator("#thread-menu")).toBeHidden();
  await expect(admin.inbox.page.locator(".toasts")).toContainText("The bot answers this chat");
  await admin.thread.hasExactlyOne("let the bot answer");
  // Whose chat it was cannot go on writing in it, and sees who does.
  await expect(mali.thread.claimBar).toContainText("The bot is answering");
  await expect(mali.thread.claimBar.getByRole("button", { name: "Take from the bot" })).toBeVisible();
  await mali.inbox.show("Closed");
  await expect(mali.inbox.row(customer.name)).toContainText("Bot");

  // And back, from the palette this time.
  await admin.inbox.page.keyboard.press("Control+k");
  const palette = admin.inbox.page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("hand over");
  await palette.getByRole("option", { name: "Hand over to a person" }).click();
  await admin.thread.hasExactlyOne("let the team answer");
  await expect(mali.thread.claim).toBeVisible();
  await mali.thread.claim.click();
  await mali.thread.reply("Here I am");
  await expect.poll(() => customer.reads()).toEqual(["Here I am"]);
});
