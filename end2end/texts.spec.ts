// Words that other people write: nothing of them may break, hide or turn what stands around them.
import { expect, test } from "./fixtures";
import type { Locator, Page } from "@playwright/test";

/** Adds UTF-16 units to a field and tells the page, as an input method does. */
async function bring(field: Locator, units: number[]): Promise<void> {
  await field.evaluate((element: HTMLTextAreaElement, units) => {
    element.setRangeText(String.fromCharCode(...units), element.value.length, element.value.length, "end");
    element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  }, units);
  // Whatever the page does about it is done before the next half comes.
  await field.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const [HIGH, LOW] = [0xd83d, 0xde0a];

test("an emoji that comes in two halves goes to the customer whole @release", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  const { text } = mali.thread;
  await text.fill("ขอบคุณค่ะ ");
  await bring(text, [HIGH]);
  await bring(text, [LOW]);
  await expect(text).toHaveValue("ขอบคุณค่ะ 😊");
  await text.press("Enter");
  await expect(text).toHaveValue("");
  await expect.poll(() => customer.reads()).toEqual(["ขอบคุณค่ะ 😊"]);

  await test.step("a half that is never completed takes nothing else with it", async () => {
    await text.fill("จบ");
    await bring(text, [HIGH]);
    await text.press("Enter");
    await expect(text).toHaveValue("");
    await expect.poll(() => customer.reads()).toEqual(["ขอบคุณค่ะ 😊", "จบ"]);
  });

  await test.step("other fields read it whole as well", async () => {
    await mali.thread.close.click();
    const remark = mali.thread.page.getByRole("dialog").getByRole("textbox");
    await remark.fill("ok ");
    await bring(remark, [HIGH]);
    await bring(remark, [LOW]);
    await remark.press("Enter");
    await mali.thread.hasExactlyOne(/closed this chat: “ok 😊”/);
  });
});

test("what cannot be seen cannot be sent", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  for (const unseen of ["\u200b", "\u2060\ufeff", "\u3164", "\u2800 \u200d"]) {
    await mali.thread.text.fill(unseen);
    await expect(mali.thread.composer.getByRole("button", { name: /^Send/ })).toBeDisabled();
    await mali.thread.text.press("Enter");
    await expect(mali.thread.text).toHaveValue(unseen);
  }
  await mali.thread.reply("👩‍👧");
  await expect.poll(() => customer.reads()).toEqual(["👩‍👧"]);
});

/** Elements whose words stand out of the box that is to hold them. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = (box: Element) => box.scrollWidth > box.clientWidth + 1;
    const found = document.documentElement.scrollWidth > window.innerWidth ? ["the page"] : [];
    const holders =
      ".thread-start, .thread-head, .message-list, .event, .row, .person, .timeline, .claim-bar, .dialog, dialog, .message, .quote";
    for (const box of document.querySelectorAll(holders)) {
      if (box.clientWidth > 0 && wide(box)) found.push(box.className || box.tagName);
    }
    return found;
  });
}

for (const width of [1440, 390]) {
  test(`a name of 300 letters stays in its place at ${width} px`, async ({ operator, simulator }) => {
    const long = "W".repeat(300);
    const customer = await simulator.customer(long);
    const member = await simulator.customer(`${"M".repeat(299)}!`);
    const group = await simulator.group("G".repeat(300), [customer, member]);
    await customer.writes("hello");
    await member.writesIn(group, "hello all");
    const mali = await operator("mali", { viewport: { width, height: 900 } });
    const { page } = mali.inbox;
    for (const [row, name] of [
      ["WWWW", "W"],
      ["GGGG", "G"],
    ]) {
      await expect(mali.inbox.row(row)).toBeVisible();
      expect(await overflowing(page), "the list").toEqual([]);
      await mali.inbox.row(row).click();
      await expect(page.locator(".thread-start b")).toContainText(name.repeat(300));
      expect(await overflowing(page), "the thread").toEqual([]);
      await mali.thread.claim.click();
      await expect(mali.thread.composer).toBeVisible();
      expect(await overflowing(page), "the composer").toEqual([]);
      await mali.inbox.open("/");
    }
  });
}

test("a name that runs the other way turns nothing beside it", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("\u202eנטע!");
  await customer.writes("שלום");
  await customer.presses("buy=1");
  await mali.inbox.choose("נטע!");
  await mali.thread.hasExactlyOne(/pressed a button/);
  // "נטע! pressed a button: “buy=1” · 14:05": the name first, then our words, then the time.
  const places = await mali.thread.page.locator(".event").evaluate((line) => {
    const at = (words: string) => {
      const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const from = node.textContent!.indexOf(words);
        if (from < 0) continue;
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + words.length);
        return range.getBoundingClientRect().left;
      }
      return NaN;
    };
    const time = line.querySelector("time")!.getBoundingClientRect().left;
    return [at("נטע"), at("pressed"), at("buy"), time];
  });
  expect(places).toEqual([...places].sort((a, b) => a - b));
  const name = await mali.thread.page.locator(".thread-head h2").textContent();
  expect(name).toBe("נטע!");
});
