// Addresses of chats.
import { expect, test } from "./fixtures";

test("an address of no chat says so and leads back", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const page = mali.inbox.page;
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await expect(mali.inbox.row(customer.name)).toBeVisible();

  await mali.inbox.open("/c/conversation:Unobody");
  const lost = page.getByRole("heading", { name: "This chat does not exist" });
  await expect(lost).toBeVisible();
  await mali.inbox.choose(customer.name);
  await mali.thread.hasExactlyOne("Hello");
  await expect(lost).toHaveCount(0);

  await page.goBack();
  await expect(lost).toBeVisible();
  await page.getByRole("link", { name: "Back to the inbox" }).click();
  await expect(page.getByRole("heading", { name: "Choose a chat" })).toBeVisible();
  await expect(page).toHaveURL("/");
});
