// What an answer costs: the chip by the composer, the panel's meter, and who is told when little is left.
import { expect, test as base } from "./fixtures";
import { Server } from "./scripts/server.mjs";

const test = base.extend<{ used: string }>({
  used: ["162", { option: true }],

  server: async ({ used }, use) => {
    const server = await Server.start({ args: ["demo", "--empty", "--line-quota", "200", "--line-used", used] });
    await use(server);
    await server.stop();
  },
});

const WIDTHS = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];

for (const viewport of WIDTHS) {
  test(`a free reply runs out while somebody types, at ${viewport.width} px`, async ({ operator, simulator }) => {
    test.setTimeout(180_000);
    const mali = await operator("mali", { viewport });
    const customer = await simulator.customer("Nok");
    await customer.writes("Which size?");
    await mali.inbox.choose(customer.name);
    await mali.thread.claim.click();
    const chip = mali.thread.composer.locator(".free");
    await expect(chip).toHaveAttribute("data-state", "free");
    await expect(chip).toContainText(/Free reply 0:\d\d/);
    await mali.thread.text.fill("Size M, I think");

    // It is free for 55 s from the message on, by the server's clock, which no test moves.
    const late = { timeout: 70_000 };
    await expect(chip).toHaveText(/^Free for 0:\d\d more, then 1 of 38$/, late);
    await expect(chip).toHaveAttribute("data-state", "ending");
    await expect(mali.thread.composer.getByRole("status").filter({ hasText: "ends in 10 seconds" })).toHaveCount(1);
    await expect(chip).toHaveText("Uses 1 of 38 messages left", late);
    await expect(chip).toHaveAttribute("data-state", "paid");
    await expect(mali.thread.text).toHaveValue("Size M, I think");
  });
}

test("the panel counts on what is sent, and a group costs its members", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const members = [await simulator.customer("Nok"), await simulator.customer("Fon"), await simulator.customer("Lek")];
  const group = await simulator.group("Orders", members);
  await group.writes("Hello");
  await mali.inbox.choose(group.name);
  await mali.thread.claim.click();
  const meter = mali.inbox.page.locator("#panel").getByRole("meter");
  await expect(meter).toHaveAttribute("aria-valuenow", "162");
  await expect(meter).toHaveAttribute("data-state", "warn");
  await mali.thread.reply("Free");
  await mali.thread.isSent("Free");
  const chip = mali.thread.composer.locator(".free");
  await expect(chip).toHaveText("Uses 3 of 38 messages left");
  await mali.thread.reply("Paid");
  await mali.thread.isSent("Paid");
  await expect(meter).toHaveAttribute("aria-valuenow", "165");
  await expect(chip).toHaveText("Uses 3 of 35 messages left");
  await expect(mali.inbox.page.locator("#panel .quota")).toContainText("3 answers went out as free replies");
});

test("administrators and owners are told, and closing it lasts for the day", async ({ operator, simulator }) => {
  const [admin, mali] = [await operator("admin"), await operator("mali")];
  const told = "81 % of this month’s LINE messages are used.";
  await expect(admin.thread.banner).toContainText(told);
  await expect(mali.thread.banner).toHaveCount(0);
  const customer = await simulator.customer("Nok");
  await customer.writes("Hello");
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.banner).toHaveCount(0);
  await mali.thread.claim.click();
  await expect(mali.thread.banner).toContainText(told);

  await mali.thread.banner.getByRole("button", { name: "Hide until tomorrow" }).click();
  await expect(mali.thread.banner).toHaveCount(0);
  await mali.inbox.reload();
  await expect(mali.thread.composer).toBeVisible();
  await expect(mali.thread.banner).toHaveCount(0);
  // What one hides is one's own affair.
  await expect(admin.thread.banner).toContainText(told);
});

test.describe("with the month used up", () => {
  test.use({ used: "200" });

  test("answers that would cost are off, and free ones and notes go", async ({ operator, simulator }) => {
    const mali = await operator("mali");
    const customer = await simulator.customer("Nok");
    await customer.writes("Hello");
    await mali.inbox.choose(customer.name);
    await mali.thread.claim.click();
    await expect(mali.thread.banner).toContainText("This month’s LINE messages are used up.");
    await mali.thread.reply("Free");
    await mali.thread.isSent("Free");
    const chip = mali.thread.composer.locator(".free");
    await expect(chip).toHaveText("No messages left this month");
    await mali.thread.text.fill("Paid");
    await expect(mali.thread.composer.getByRole("button", { name: /^Send/ })).toBeDisabled();
    await mali.thread.composer.getByRole("button", { name: "Internal note" }).click();
    await expect(mali.thread.composer.getByRole("button", { name: /^Add note/ })).toBeEnabled();
    // With the next message an answer is free again.
    await mali.thread.composer.getByRole("button", { name: "Reply" }).click();
    await customer.writes("Are you there?");
    await expect(chip).toHaveAttribute("data-state", "free");
    await mali.thread.reply("Yes");
    await mali.thread.isSent("Yes");
    await expect.poll(() => customer.reads()).toEqual(["Free", "Yes"]);
  });
});
