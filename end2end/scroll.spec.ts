// The reader's place in a thread: nothing jumps, and the end is followed only from the end.
import { expect, test } from "./fixtures";
import type { ThreadPage } from "./pages/thread";

/** Where a line stands on the screen, from its upper edge, once lines have slid into place. */
async function top(thread: ThreadPage, text: string): Promise<number> {
  await thread.log.evaluate((log) =>
    Promise.allSettled(log.getAnimations({ subtree: true }).map((animation) => animation.finished)),
  );
  return (await thread.line(text).boundingBox())!.y;
}

test("older history comes on scrolling up and moves nothing", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Chanon W.");
  for (let i = 1; i <= 130; i += 1) {
    await customer.writes(`line ${i}.`);
  }
  const mali = await operator("mali");
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.line("line 130.")).toBeInViewport();
  // All of the first part, of which the end came first.
  await expect(mali.thread.line("line 81.")).toHaveCount(1);
  await expect(mali.thread.line("line 60.")).toHaveCount(0);

  // Near the beginning of what is there, which asks for more.
  await mali.thread.log.evaluate((log) => {
    log.scrollTop = -(log.scrollHeight - log.clientHeight - 100);
  });
  const before = await top(mali.thread, "line 85.");
  await expect(mali.thread.line("line 60.")).toHaveCount(1);
  expect(Math.abs((await top(mali.thread, "line 85.")) - before)).toBeLessThan(2);

  await mali.thread.log.hover();
  for (let i = 0; i < 60 && (await mali.thread.line("line 1.").count()) === 0; i += 1) {
    await mali.inbox.page.mouse.wheel(0, -400);
    await mali.inbox.page.waitForTimeout(100);
  }
  await expect(mali.thread.line("line 1.")).toHaveCount(1);
  await expect(mali.thread.log.locator(".message")).toHaveCount(130);
});

test("new lines neither pull the reader down nor push what they read", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Chanon W.");
  for (let i = 1; i <= 40; i += 1) {
    await customer.writes(`line ${i}.`);
  }
  const mali = await operator("mali");
  await mali.inbox.choose(customer.name);
  await expect(mali.thread.line("line 40.")).toBeInViewport();

  await mali.thread.log.hover();
  await mali.inbox.page.mouse.wheel(0, -900);
  const jump = mali.inbox.page.locator(".jump");
  await expect(jump).toBeVisible();
  const before = await top(mali.thread, "line 20.");
  await customer.writes("two\nlines and more");
  await expect(jump).toContainText("1 new message");
  expect(Math.abs((await top(mali.thread, "line 20.")) - before)).toBeLessThan(2);

  await jump.click();
  await expect(mali.thread.line("lines and more")).toBeInViewport();
  await expect(jump).toBeHidden();
  await customer.writes("and one at the end");
  await expect(mali.thread.line("and one at the end")).toBeInViewport();
});

test("a chat shows its end first, and the rest of it moves nothing", async ({ operator, simulator }) => {
  const short = await simulator.customer("Ken");
  await short.writes("a word");
  const long = await simulator.customer("Chanon W.");
  for (let i = 1; i <= 60; i += 1) {
    await long.writes(`line ${i}.`);
  }
  const mali = await operator("mali");
  await mali.inbox.choose(short.name);
  await expect(mali.thread.line("a word")).toBeVisible();

  // Frame by frame: how many lines are there, and where they end.
  const frames = mali.inbox.page.evaluate(
    () =>
      new Promise<{ lines: number; end: number }[]>((resolve) => {
        const seen: { lines: number; end: number }[] = [];
        const look = () => {
          const inner = document.querySelector(".message-list__inner");
          const lines = inner?.querySelectorAll(".message").length ?? 0;
          if (inner?.textContent?.includes("line 60.")) {
            seen.push({ lines, end: inner.getBoundingClientRect().bottom });
          }
          if (lines >= 50) {
            resolve(seen);
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      }),
  );
  await mali.inbox.choose(long.name);
  const seen = await frames;
  expect(seen[0]?.lines).toBeLessThan(50);
  expect(new Set(seen.map(({ end }) => Math.round(end))).size).toBe(1);
  await expect(mali.thread.line("line 60.")).toBeInViewport();
  // What is not here is not asked for before the reader goes there.
  await expect(mali.thread.line("line 10.")).toHaveCount(0);
});
