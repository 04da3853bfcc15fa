// The same journey on a phone: 390 px, one pane at a time.
import { expect, test } from "./fixtures";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("a chat is claimed, answered and closed at 390 px", async ({ operator, simulator }) => {
  const mali = await operator("mali", PHONE);
  const page = mali.inbox.page;
  const customer = await simulator.customer("ก้อย Ploy 🌿", "th");
  await customer.writes("พรุ่งนี้ก่อนเที่ยงได้ไหมคะ");

  await mali.inbox.show("Waiting");
  await expect(mali.thread.log).toBeHidden();
  await mali.inbox.row(customer.name).tap();
  await mali.thread.hasExactlyOne("พรุ่งนี้ก่อนเที่ยงได้ไหมคะ");
  await expect(mali.inbox.list).toBeHidden();

  await mali.thread.claim.tap();
  await mali.thread.reply("ได้ค่ะ");
  await mali.thread.isSent("ได้ค่ะ");
  await expect.poll(() => customer.reads()).toEqual(["ได้ค่ะ"]);

  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, "nothing may be wider than the screen").toBeLessThanOrEqual(0);

  await mali.thread.closeChat();
  await mali.thread.back.tap();
  await expect(mali.inbox.list).toBeVisible();
  await mali.inbox.show("Closed");
  await expect(mali.inbox.row(customer.name)).toBeVisible();
});
