// Pictures that were sent together, and pictures shown large.
import type { Locator, Page } from "@playwright/test";
import { expect, test, type Desk } from "./fixtures";
import type { ThreadPage } from "./pages/thread";
import type { Customer } from "./scripts/server.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const SCREENS = [["desk", {}], ["phone", PHONE]] as const;

/** A picture of an album. */
function picture(customer: Customer, id: string, index?: number, total?: number): Promise<string> {
  return customer.sends({ type: "image", imageSet: { id, index, total } });
}

/** Where the pictures of a grid are, in its order. */
function sources(thread: ThreadPage): Promise<(string | null)[]> {
  return thread.log.locator(".album img").evaluateAll((all) => all.map((one) => one.getAttribute("src")));
}

for (const [screen, options] of SCREENS) {
  test(`an album is one grid in the customer's order, on a ${screen}`, async ({ operator, simulator }) => {
    const nut = await simulator.customer("Nut");
    await picture(nut, "s", 3, 4);
    const mali = await operator("mali", options);
    await mali.inbox.choose("Nut");
    const tiles = mali.thread.log.locator(".album__tile");
    const pictures = mali.thread.log.locator(".album img");
    // What has come is there, and room for the rest.
    await expect(pictures).toHaveCount(1);
    await expect(tiles).toHaveCount(4);
    const [third] = await sources(mali.thread);
    await picture(nut, "s", 1, 4);
    await expect(pictures).toHaveCount(2);
    const [first] = await sources(mali.thread);
    expect(await sources(mali.thread)).toEqual([first, third]);
    await nut.writes("these");
    await picture(nut, "s", 2, 4);
    await expect(pictures).toHaveCount(3);
    const [, second] = await sources(mali.thread);
    expect(await sources(mali.thread)).toEqual([first, second, third]);
    await expect(mali.thread.log.getByRole("link", { name: "Picture 2 of 4" })).toBeVisible();
    // One line of three pictures, and one of words.
    await expect(mali.thread.log.locator(".message")).toHaveCount(2);
    await mali.inbox.page.reload();
    await expect(pictures).toHaveCount(3);
    expect(await sources(mali.thread)).toEqual([first, second, third]);
  });
}

test("pictures of older phones stand as they came, and the sixth says how many more", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  await picture(nut, "old");
  const mali = await operator("mali");
  await mali.inbox.choose("Nut");
  await expect(mali.thread.log.getByRole("link", { name: "Open the photo" })).toBeVisible();
  for (let at = 2; at <= 9; at += 1) await picture(nut, "old");
  await expect(mali.thread.log.locator(".album img")).toHaveCount(6);
  await expect(mali.thread.log.locator(".album__more")).toHaveText("+4");
  await expect(mali.thread.log.locator(".message")).toHaveCount(1);
});

test("a late picture joins its grid without moving the reader", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  await picture(nut, "old");
  await picture(nut, "s", 1, 4);
  for (let at = 1; at <= 40; at += 1) await nut.writes(`line ${at}.`);
  const mali = await operator("mali");
  await mali.inbox.choose("Nut");
  await expect(mali.thread.line("line 40.")).toBeInViewport();
  const pictures = mali.thread.log.locator(".album img");
  const top = async (text: string) => (await mali.thread.line(text).boundingBox())!.y;

  // The grid is before the reader's eyes and has room for what LINE has announced.
  await mali.thread.log.evaluate((log) => {
    log.scrollTop = -(log.scrollHeight - log.clientHeight - 150);
  });
  await expect(mali.thread.line("line 5.")).toBeInViewport();
  await expect(pictures).toHaveCount(1);
  let before = await top("line 5.");
  for (const index of [4, 2, 3]) await picture(nut, "s", index, 4);
  await expect(pictures).toHaveCount(4);
  expect(Math.abs((await top("line 5.")) - before)).toBeLessThan(2);

  // The grid is above them, and nobody knew how large it would be.
  await mali.thread.line("line 20.").scrollIntoViewIfNeeded();
  await expect(mali.thread.log.locator(".photo")).not.toBeInViewport();
  before = await top("line 20.");
  for (let more = 0; more < 3; more += 1) await picture(nut, "old");
  await expect(pictures).toHaveCount(8);
  expect(Math.abs((await top("line 20.")) - before)).toBeLessThan(2);
});

/** Four pictures, two of them an album, with words between; the first is open. */
async function opened(desk: Desk, nut: Customer): Promise<{ box: Locator; link: Locator; page: Page }> {
  await nut.sends({ type: "image" });
  await nut.writes("and");
  await picture(nut, "s", 2, 2);
  await picture(nut, "s", 1, 2);
  await nut.sends({ type: "image" });
  await desk.inbox.choose("Nut");
  const link = desk.thread.log.getByRole("link", { name: "Open the photo" }).first();
  await expect(desk.thread.log.locator(".photo, a.album__tile")).toHaveCount(4);
  await link.click();
  const page = desk.inbox.page;
  const box = page.getByRole("dialog");
  await expect(box.getByRole("status")).toHaveText("1 of 4");
  // It is there, so that there is something to enlarge.
  await expect(box).toContainText("464 × 296");
  return { box, link, page };
}

test("the lightbox goes through the pictures by keys and gives the focus back", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  const mali = await operator("mali");
  const { box, link, page } = await opened(mali, nut);
  const place = box.getByRole("status");
  const shown = box.locator(".lightbox__picture img");
  await expect(box.getByRole("button", { name: "Picture before" })).toBeDisabled();
  await page.keyboard.press("ArrowRight");
  await expect(place).toHaveText("2 of 4");
  // The album in its order.
  const [first, second] = await sources(mali.thread);
  await expect(shown).toHaveAttribute("src", first!);
  await page.keyboard.press("ArrowRight");
  await expect(shown).toHaveAttribute("src", second!);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(place).toHaveText("4 of 4");
  await expect(box.getByRole("button", { name: "Next picture" })).toBeDisabled();
  await page.keyboard.press("ArrowLeft");
  await expect(place).toHaveText("3 of 4");

  const zoom = box.locator(".lightbox__zoom");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect(zoom).toHaveText("200 %");
  await page.keyboard.press("-");
  await expect(zoom).toHaveText("150 %");
  await page.keyboard.press("0");
  await expect(zoom).toHaveText("100 %");
  await box.getByRole("button", { name: "Larger" }).click();
  await expect(zoom).toHaveText("150 %");
  await expect(box.locator(".lightbox__map")).toBeVisible();
  // Another picture begins whole.
  await box.getByRole("button", { name: "Picture 2 of 4" }).click();
  await expect(zoom).toHaveText("100 %");
  await expect(box.locator(".lightbox__map")).toBeHidden();

  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
  await expect(link).toBeFocused();
});

test("a picture that is taken back leaves the lightbox too", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  const id = await nut.sends({ type: "image" });
  const mali = await operator("mali");
  await mali.inbox.choose("Nut");
  await mali.thread.log.getByRole("link", { name: "Open the photo" }).click();
  await expect(mali.inbox.page.getByRole("dialog")).toBeVisible();
  await nut.unsends(id);
  await expect(mali.inbox.page.getByRole("dialog")).toBeHidden();
  await expect(mali.thread.line("unsent a message")).toBeVisible();
});

test("fingers swipe, pinch, draw and tap twice", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  const mali = await operator("mali", PHONE);
  const { box, page } = await opened(mali, nut);
  const touch = await page.context().newCDPSession(page);
  const send = (type: string, ...points: [number, number][]) =>
    touch.send("Input.dispatchTouchEvent", {
      type: type as "touchStart",
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  const place = box.getByRole("status");
  const shown = box.locator(".lightbox__picture img");

  await send("touchStart", [300, 400]);
  await send("touchMove", [200, 405]);
  await send("touchMove", [120, 405]);
  await send("touchEnd");
  await expect(place).toHaveText("2 of 4");
  await send("touchStart", [100, 400]);
  await send("touchMove", [250, 400]);
  await send("touchEnd");
  await expect(place).toHaveText("1 of 4");

  // Two fingers: three times as far apart.
  await send("touchStart", [180, 400], [220, 400]);
  await send("touchMove", [160, 400], [240, 400]);
  await send("touchMove", [140, 400], [260, 400]);
  await send("touchEnd");
  await expect(shown).toHaveAttribute("style", /scale:300%/);
  // What is drawn now is the picture and not the next one.
  await send("touchStart", [200, 400]);
  await send("touchMove", [150, 400]);
  await send("touchMove", [100, 400]);
  await send("touchEnd");
  await expect(shown).toHaveAttribute("style", /translate:-\d+px/);
  await expect(place).toHaveText("1 of 4");

  for (const percent of [100, 250, 100]) {
    for (let tap = 0; tap < 2; tap += 1) {
      await send("touchStart", [200, 380]);
      await send("touchEnd");
    }
    await expect(shown).toHaveAttribute("style", new RegExp(`scale:${percent}%`));
  }
});

test("R in the lightbox answers the picture, and what nobody may answer is not offered", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  const mali = await operator("mali");
  const { box, link, page } = await opened(mali, nut);
  const quote = box.getByRole("button", { name: "Quote" });
  await expect(quote).toBeHidden();
  await page.keyboard.press("Escape");
  await mali.thread.claim.click();
  await link.click();
  await expect(quote).toBeVisible();
  await page.keyboard.press("r");
  await expect(box).toBeHidden();
  await expect(mali.thread.composer.locator(".composer__reply")).toContainText("Replying to Nut");
  await mali.thread.reply("That one");
  await expect(mali.thread.line("That one").locator(".quote")).toBeVisible();
});

test("where the lightbox cannot be loaded the console says so, and the next press tries again", async ({ operator, simulator, guard }) => {
  guard.allow(/lightbox\/lightbox\.mjs/);
  const nut = await simulator.customer("Nut");
  await nut.sends({ type: "image" });
  const mali = await operator("mali");
  await mali.inbox.choose("Nut");
  const { page } = mali.inbox;
  await page.route("**/lightbox/lightbox.mjs*", (route) => route.fulfill({ status: 404 }));
  const link = mali.thread.log.getByRole("link", { name: "Open the photo" });
  await link.click();
  await expect(mali.thread.toast).toContainText("The picture could not be shown large.");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.unroute("**/lightbox/lightbox.mjs*");
  await link.click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("1 of 1");
});
