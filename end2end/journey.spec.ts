// The main job, end to end: a customer writes on LINE, operators see it at once, one claims it
// and answers, the customer reads it.
import { expect, test } from "./fixtures";

test("from the customer's first word to a closed chat and a new one @release", async ({ operator, simulator }) => {
  const [mali, somchai] = [await operator("mali"), await operator("somchai")];
  await mali.inbox.show("Waiting");
  await somchai.inbox.show("Waiting");

  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ สนใจผ้าไหมลายนี้ค่ะ 😊");

  await test.step("both operators see it without a reload", async () => {
    for (const desk of [mali, somchai]) {
      await expect(desk.inbox.row(customer.name)).toBeVisible();
      await expect(desk.inbox.tab("Waiting")).toContainText("1");
      await desk.inbox.choose(customer.name);
      await desk.thread.hasExactlyOne("สนใจผ้าไหมลายนี้ค่ะ");
    }
  });

  const [winner, loser] = await test.step("both claim: one wins, the other learns who", async () => {
    // The first claim may reach the second screen before the second click: then the button is gone.
    const claims = [mali, somchai].map((desk) => desk.thread.claim.click({ timeout: 3_000 }).catch(() => undefined));
    await Promise.all(claims);
    await expect(mali.thread.composer.or(mali.thread.claimBar.getByText(/is handling/))).toBeVisible();
    await expect(somchai.thread.composer.or(somchai.thread.claimBar.getByText(/is handling/))).toBeVisible();
    const first = await mali.thread.claimBar.getByText(/is handling/).isHidden();
    const pair = first ? [mali, somchai] : [somchai, mali];
    await expect(pair[0].thread.transfer).toBeVisible();
    await expect(pair[1].thread.claimBar).toContainText(pair[0].name);
    await expect(pair[1].thread.claim).toBeHidden();
    return pair;
  });

  await test.step("the winner answers, unmangled, and the customer reads it once", async () => {
    const answer = "1 < 2 & <b>ผ้าไหม</b>\nเมตรละ 1,290 บาทค่ะ";
    await winner.thread.reply(answer);
    await winner.thread.isSent("เมตรละ 1,290 บาทค่ะ");
    await expect.poll(() => customer.reads()).toEqual([answer]);
    await loser.thread.hasExactlyOne("เมตรละ 1,290 บาทค่ะ");
  });

  await test.step("the chat is passed on with a note", async () => {
    await winner.thread.transferTo(loser.name, "ลูกค้าประจำ");
    await expect(loser.thread.transfer).toBeVisible();
    await expect(winner.thread.claimBar).toContainText(loser.name);
    await loser.thread.hasExactlyOne(/passed this chat to/);
  });

  await test.step("the new owner closes it", async () => {
    await loser.thread.closeChat();
    for (const desk of [winner, loser]) {
      await desk.thread.hasExactlyOne(/closed this chat/);
      await desk.inbox.show("Closed");
      await expect(desk.inbox.row(customer.name)).toBeVisible();
    }
  });

  await test.step("the customer writes again and waits anew", async () => {
    await customer.writes("ขอถามอีกเรื่องค่ะ");
    for (const desk of [winner, loser]) {
      await expect(desk.inbox.row(customer.name)).toBeHidden();
      await desk.inbox.show("Waiting");
      await expect(desk.inbox.row(customer.name)).toBeVisible();
      await expect(desk.thread.claim).toBeVisible();
    }
  });
});

test("a chat sent back to the queue waits for everyone", async ({ operator, simulator }) => {
  const [mali, somchai] = [await operator("mali"), await operator("somchai")];
  const customer = await simulator.customer("田中 健太", "ja");
  await customer.writes("在庫はありますか。");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.transferTo(/Back to the queue/);

  await mali.thread.hasExactlyOne(/back to the queue/);
  await expect(mali.thread.claim).toBeVisible();
  await somchai.inbox.show("Waiting");
  await expect(somchai.inbox.row(customer.name)).toBeVisible();
});

test("what LINE refuses is shown with LINE's words and can be tried again", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await simulator.fault({ next: 1, status: 400 });
  await mali.thread.reply("Welcome back");

  const message = mali.thread.line("Welcome back");
  await expect(message).toHaveAttribute("data-state", "failed");
  await expect(message).toContainText(/Not sent/);
  expect(await customer.reads()).toEqual([]);

  await message.getByRole("button", { name: /^(Try again|Send again)/ }).click();
  await mali.thread.isSent("Welcome back");
  await expect.poll(() => customer.reads()).toEqual(["Welcome back"]);
});

test("Enter that ends an input method's composition sends nothing", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("佐藤 美和", "ja");
  await customer.writes("こんにちは");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.text.fill("ありがとう");
  await mali.thread.text.dispatchEvent("keydown", { key: "Enter", code: "Enter", isComposing: true, bubbles: true });
  await expect(mali.thread.text).toHaveValue("ありがとう");
  await mali.thread.text.press("Shift+Enter");
  await expect(mali.thread.text).toHaveValue("ありがとう\n");
  await mali.thread.text.press("Enter");
  await expect.poll(() => customer.reads()).toHaveLength(1);
});

test("an unsent message leaves a tombstone and nothing of its text", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("林怡君", "zh-Hant");
  const id = await customer.writes("請忽略這句");
  await mali.inbox.choose(customer.name);
  await mali.thread.hasExactlyOne("請忽略這句");
  await customer.unsends(id);
  await mali.thread.hasExactlyOne("The customer unsent a message");
  await expect(mali.inbox.page.getByText("請忽略這句")).toHaveCount(0);
});

test("colleagues see who types", async ({ operator, simulator }) => {
  const [mali, somchai] = [await operator("mali"), await operator("somchai")];
  const customer = await simulator.customer("ก้อย Ploy 🌿", "th");
  await customer.writes("พรุ่งนี้ก่อนเที่ยงได้ไหมคะ");
  await mali.inbox.choose(customer.name);
  await somchai.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.text.pressSequentially("ได้ค่ะ");
  await expect(somchai.thread.page.getByText(`${mali.name} is typing`).first()).toBeVisible();
});
