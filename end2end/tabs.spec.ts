// One operator, two tabs: they agree.
import { expect, test, type Desk } from "./fixtures";
import { InboxPage } from "./pages/inbox";
import { ThreadPage } from "./pages/thread";

/** The same operator once more, in another tab of the same browser. */
async function secondTab(first: Desk): Promise<Desk> {
  const page = await first.inbox.page.context().newPage();
  const inbox = new InboxPage(page);
  await inbox.open(first.inbox.page.url());
  return { name: first.name, inbox, thread: new ThreadPage(page) };
}

test("what one tab sends the other shows, and drafts are the same in both", async ({ operator, simulator }) => {
  const one = await operator("mali");
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ");
  await one.inbox.choose(customer.name);
  await one.thread.claim.click();
  await expect(one.thread.composer).toBeVisible();
  const two = await secondTab(one);
  await two.thread.hasExactlyOne("สวัสดีค่ะ");

  await one.thread.text.pressSequentially("ยินดี");
  await expect(two.thread.text).toHaveValue("ยินดี");
  await two.thread.text.pressSequentially("ค่ะ");
  await expect(one.thread.text).toHaveValue("ยินดีค่ะ");

  await one.thread.text.press("Enter");
  for (const tab of [one, two]) {
    await tab.thread.hasExactlyOne("ยินดีค่ะ");
    await tab.thread.isSent("ยินดีค่ะ");
    await expect(tab.thread.text).toHaveValue("");
  }
  await two.thread.reply("มีสีแดงค่ะ");
  for (const tab of [one, two]) {
    await tab.thread.hasExactlyOne("มีสีแดงค่ะ");
  }
  await expect.poll(() => customer.reads()).toEqual(["ยินดีค่ะ", "มีสีแดงค่ะ"]);
});

test("what is read in one tab is read in the other", async ({ operator, simulator }) => {
  const one = await operator("mali");
  const two = await secondTab(one);
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("One");
  await customer.writes("Two");
  const tabs = [one, two];
  for (const tab of tabs) {
    await tab.inbox.show("Waiting");
    await expect(tab.inbox.row(customer.name).locator(".badge")).toHaveText("2");
    await expect(tab.inbox.page).toHaveTitle("(1) Sala");
  }

  await one.inbox.page.bringToFront();
  await one.inbox.choose(customer.name);
  await one.thread.hasExactlyOne("Two");
  for (const tab of tabs) {
    await expect(tab.inbox.row(customer.name).locator(".badge")).toHaveCount(0);
    await expect(tab.inbox.page).toHaveTitle("Sala");
  }
});
