// Lists beyond the four tabs: a filter is an address, views are the team's, several chats are closed at once, and a chat
// that is put off comes back.
import type { Page } from "@playwright/test";
import { expect, test, type Desk } from "./fixtures";
import { InboxPage } from "./pages/inbox";

/** Calls a server function as whoever is signed in. */
async function call(page: Page, name: string, args: object): Promise<any> {
  const answer = await page.request.post(`/api/${name}`, { data: args, headers: { accept: "application/json" } });
  expect(answer.ok(), `${name}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** The names in the list, from its top. */
const names = (desk: Desk) => desk.inbox.list.locator(".row__name");

const filterButton = (desk: Desk) => desk.inbox.page.getByRole("button", { name: "Filter", exact: true });
const panel = (desk: Desk) => desk.inbox.page.getByRole("dialog", { name: "Filter" });

test("a filter stands in the address, follows what happens, and a link shows the same", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const [nok, nut] = [await simulator.customer("Nok"), await simulator.customer("Nut")];
  await nok.writes("hello");
  await nut.writes("hello");
  await expect(mali.inbox.row("Nut")).toBeVisible();
  await filterButton(mali).click();
  await panel(mali).getByRole("button", { name: "You", exact: true }).click();
  await expect(mali.inbox.page).toHaveURL(/operator=/);
  await expect(mali.inbox.page.getByText("No chat fits this filter")).toBeVisible();
  await mali.inbox.page.keyboard.press("Escape");

  // What is claimed elsewhere fits from that moment on.
  const room = await mali.inbox.page.evaluate(async () => {
    const answer = await fetch("/api/conversations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ tab: "waiting" }),
    });
    const page = await answer.json();
    return page.conversations.find((one: any) => one.contact.display_name === "Nok").room as string;
  });
  await call(mali.inbox.page, "claim_session", { room });
  await expect(names(mali)).toHaveText(["Nok"]);
  await expect(mali.inbox.tab("All")).toContainText("1");
  await expect(mali.inbox.page.locator(".filter-chips .chip[data-set]")).toHaveText("You");

  // A colleague opens the link, and so does a reload; opening a chat keeps it.
  const somchai = await operator("somchai");
  await somchai.inbox.open(new URL(mali.inbox.page.url()).search);
  await expect(names(somchai)).toHaveText(["Nok"]);
  await expect(somchai.inbox.page.locator(".filter-chips .chip[data-set]")).toHaveText("Mali");
  await mali.inbox.choose("Nok");
  await expect(mali.inbox.page).toHaveURL(/\/c\/.*operator=/);
  await mali.inbox.reload();
  await expect(names(mali)).toHaveText(["Nok"]);
  await nok.writes("again");
  await expect(mali.inbox.row("Nok")).toContainText("again");

  // Without the filter the list is whole.
  await mali.inbox.page.locator(".filter-chips .chip[data-set]").click();
  await expect(names(mali)).toHaveCount(2);
  await mali.inbox.page.goBack();
  await expect(names(mali)).toHaveText(["Nok"]);
});

test("the list is turned round by its sort, and what fits nothing says so", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  for (const name of ["One", "Two", "Three"]) await (await simulator.customer(name)).writes("hello");
  await expect(names(mali)).toHaveText(["Three", "Two", "One"]);
  await mali.inbox.page.getByRole("button", { name: "Newest" }).click();
  await expect(mali.inbox.page).toHaveURL(/sort=oldest/);
  await expect(names(mali)).toHaveText(["One", "Two", "Three"]);
  await filterButton(mali).click();
  await panel(mali).getByRole("button", { name: "Groups" }).click();
  await expect(mali.inbox.page.getByText("No chat fits this filter")).toBeVisible();
  await panel(mali).getByRole("button", { name: "Clear all" }).click();
  await expect(names(mali)).toHaveText(["Three", "Two", "One"]);
});

test("a view that is shared is with a colleague at once, with its count", async ({ operator, simulator }) => {
  const [admin, mali] = [await operator("admin"), await operator("mali")];
  const customer = await simulator.customer("Nok");
  await customer.writes("hello");
  await expect(admin.inbox.row("Nok")).toBeVisible();
  await filterButton(admin).click();
  await panel(admin).getByRole("button", { name: /^Unread/ }).click();
  await panel(admin).getByRole("button", { name: "Save view" }).click();
  await panel(admin).getByRole("textbox", { name: "Name of the view" }).fill("<b>New</b> ใหม่");
  await panel(admin).getByRole("checkbox", { name: "Share with the team" }).check();
  await panel(admin).getByRole("button", { name: "Save", exact: true }).click();

  const views = mali.inbox.page.getByRole("toolbar", { name: "Saved views" });
  const view = views.getByRole("button", { name: "<b>New</b> ใหม่" });
  await expect(view.locator(".count")).toHaveText("1");
  await view.click();
  await expect(view).toHaveAttribute("aria-pressed", "true");
  await expect(names(mali)).toHaveText(["Nok"]);
  // Its number follows what happens, as the list does.
  await (await simulator.customer("Nut")).writes("hello");
  await expect(names(mali)).toHaveText(["Nut", "Nok"]);
  await expect(view.locator(".count")).toHaveText("2");
  // Pressed once more it is left; only supervisors delete it.
  await view.click();
  await expect(mali.inbox.page).not.toHaveURL(/only=/);
  await views.getByRole("button", { name: "All saved views" }).click();
  await expect(mali.inbox.page.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  await mali.inbox.page.keyboard.press("Escape");
  await admin.inbox.page.getByRole("button", { name: "All saved views" }).click();
  await admin.inbox.page.getByRole("button", { name: /^Delete/ }).click();
  await admin.inbox.page.getByRole("button", { name: /for good$/ }).click();
  await expect(view).toHaveCount(0);
});

test("thirty chats are closed at once, but for the one in which the customer wrote meanwhile", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customers = [];
  for (let n = 0; n < 30; n += 1) {
    const customer = await simulator.customer(`Customer ${n}`);
    await customer.writes("hello");
    customers.push(customer);
  }
  await mali.inbox.show("Waiting");
  await expect(mali.inbox.tab("Waiting")).toContainText("30");
  const waiting = await call(mali.inbox.page, "conversations", { tab: "waiting" });
  const rooms = waiting.conversations.map((one: any) => one.room);
  await call(mali.inbox.page, "bulk", { rooms, action: "claim" });
  await mali.inbox.show("Mine");
  await expect(mali.inbox.tab("Mine")).toContainText("30");

  const bar = mali.inbox.page.getByRole("toolbar", { name: /selected/ });
  await mali.inbox.list.getByRole("option").first().focus();
  await mali.inbox.page.keyboard.press("x");
  await expect(bar).toContainText("1 selected");
  await bar.getByRole("button", { name: "Select all 30" }).click();
  await expect(bar).toContainText("30 selected");
  await customers[7].writes("one thing more");
  await expect(mali.inbox.row("Customer 7")).toContainText("one thing more");
  await expect(bar).toContainText("30 selected");
  await bar.getByRole("button", { name: /^Close/ }).click();
  await mali.inbox.page.getByRole("button", { name: "Close 30 chats" }).click();
  const said = mali.inbox.page.getByText("29 done, 1 not: the customer wrote meanwhile");
  await expect(said).toBeVisible();
  await expect(names(mali)).toHaveText(["Customer 7"]);
  await expect(bar).toContainText("1 selected");
  await mali.inbox.page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("Shift and a click select what lies between, and another list lets it go", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  for (const name of ["One", "Two", "Three", "Four"]) await (await simulator.customer(name)).writes("hello");
  await expect(names(mali)).toHaveCount(4);
  const row = (name: string) => mali.inbox.row(name);
  await row("Four").click({ modifiers: ["Shift"] });
  await row("Two").click({ modifiers: ["Shift"] });
  const bar = mali.inbox.page.getByRole("toolbar", { name: /selected/ });
  await expect(bar).toContainText("3 selected");
  // Now a click selects, and opens nothing.
  await row("Three").click();
  await expect(bar).toContainText("2 selected");
  await expect(row("Three")).toHaveAttribute("aria-checked", "false");
  await expect(mali.inbox.page).toHaveURL(/\/$/);
  // A letter is for the selection.
  await mali.inbox.page.keyboard.press("c");
  await expect(mali.inbox.page.getByText("Done: 2 chats")).toBeVisible();
  await expect(mali.inbox.tab("Mine")).toContainText("2");
  await expect(bar).toHaveCount(0);
  await row("One").click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("1 selected");
  await mali.inbox.show("Mine");
  await expect(mali.inbox.page.getByText("1 no longer in the list were let go")).toBeVisible();
  await expect(bar).toHaveCount(0);
});

test("a snoozed chat is out of Mine until the customer writes", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("hello");
  await mali.inbox.choose("Nok");
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();
  await mali.inbox.show("Mine");
  await expect(names(mali)).toHaveText(["Nok"]);
  await mali.inbox.page.getByRole("button", { name: "Snooze" }).click();
  await mali.inbox.page.getByRole("dialog", { name: "Snooze until" }).getByRole("button", { name: /^In 1 hour/ }).click();
  await expect(names(mali)).toHaveCount(0);
  await expect(mali.inbox.tab("Mine")).not.toContainText("1");
  // It is found among the snoozed.
  await mali.inbox.open("/?tab=mine&only=snoozed");
  await expect(names(mali)).toHaveText(["Nok"]);
  await expect(mali.inbox.row("Nok").locator(".timer").last()).toHaveText(/^Until (tomorrow )?\d\d:\d\d$/);
  await expect(mali.inbox.row("Nok")).toHaveAttribute("data-snoozed");
  await mali.inbox.page.locator(".filter-chips .chip[data-set]").click();
  await expect(names(mali)).toHaveCount(0);
  await customer.writes("well?");
  await expect(names(mali)).toHaveText(["Nok"]);
});

test("a date of one's own is taken, one that is over is not, and a snooze ends by hand", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customer = await simulator.customer("Nok");
  await customer.writes("hello");
  await mali.inbox.choose("Nok");
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();
  await mali.inbox.show("Mine");
  const button = mali.inbox.page.getByRole("button", { name: "Snooze" });
  const menu = mali.inbox.page.getByRole("dialog", { name: "Snooze until" });
  await button.click();
  await menu.getByRole("button", { name: /^Date and time/ }).click();
  const field = menu.getByLabel("Date and time …");
  await field.evaluate((input: HTMLInputElement) => input.removeAttribute("min"));
  await field.fill("2020-01-01T09:00");
  await menu.getByRole("button", { name: "Set" }).click();
  await expect(menu.getByText("This moment is over")).toBeVisible();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await field.fill(`${tomorrow}T09:00`);
  await menu.getByRole("button", { name: "Set" }).click();
  await expect(names(mali)).toHaveCount(0);
  // By the palette, as any other action on the open chat.
  await mali.inbox.page.keyboard.press("ControlOrMeta+k");
  await mali.inbox.page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("snooze");
  await expect(mali.inbox.page.locator("[role=option][aria-selected=true]").filter({ hasText: "Snooze" })).toBeVisible();
  await mali.inbox.page.keyboard.press("Enter");
  await menu.getByRole("button", { name: "Bring back now" }).click();
  await expect(names(mali)).toHaveText(["Nok"]);
});

test("marked as unread from a message on it stays so until one comes back", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const [nok, nut] = [await simulator.customer("Nok"), await simulator.customer("Nut")];
  await nut.writes("hello");
  for (const text of ["One", "Two", "Three"]) await nok.writes(text);
  await mali.inbox.choose("Nok");
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();
  const badge = mali.inbox.row("Nok").locator(".badge");
  await expect(badge).toHaveCount(0);
  await mali.inbox.page.locator(".message", { hasText: "Two" }).hover();
  await mali.inbox.page.getByRole("button", { name: "Mark unread from here" }).click();
  await expect(badge).toHaveText("2");
  const somchai = new InboxPage(await mali.inbox.page.context().newPage());
  await somchai.open("/");
  await expect(somchai.row("Nok").locator(".badge")).toHaveText("2");
  await somchai.page.close();
  await mali.inbox.page.bringToFront();
  await mali.inbox.choose("Nut");
  await expect(badge).toHaveText("2");
  await mali.inbox.choose("Nok");
  await expect(badge).toHaveCount(0);
});

test("moments keep 9:00 across a change of clocks, and there is one Monday on a Sunday", async ({ browser, server }) => {
  const context = await browser.newContext({ timezoneId: "Europe/Berlin", baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/login");
  const told = await page.evaluate(async () => {
    const script = "/lists/moments.mjs";
    const { moments } = await import(script);
    const at = (now: string) => moments(new Date(now)).map((one: any) => [one.name, one.at.toISOString()]);
    // The night in which clocks go back, a Saturday; then a Sunday, then a Monday.
    return [at("2026-10-24T10:00:00Z"), at("2026-10-25T10:00:00Z"), at("2026-10-26T10:00:00Z")];
  });
  expect(told[0]).toEqual([
    ["in_hour", "2026-10-24T11:00:00.000Z"],
    ["in_hours", "2026-10-24T13:00:00.000Z"],
    ["tomorrow", "2026-10-25T08:00:00.000Z"],
    ["monday", "2026-10-26T08:00:00.000Z"],
  ]);
  expect(told[1].map(([name]) => name)).toEqual(["in_hour", "in_hours", "tomorrow"]);
  expect(told[2].at(-1)).toEqual(["monday", "2026-11-02T08:00:00.000Z"]);
  await context.close();
});

/** The room of a customer's chat. */
async function roomOf(desk: Desk, customer: string): Promise<string> {
  const room = await desk.inbox.row(customer).getAttribute("data-room");
  expect(room).not.toBeNull();
  return room!;
}

test("choices say how many chats they would leave, and what was deleted stays until it is taken out", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  for (const name of ["One", "Two", "Three"]) await (await simulator.customer(name)).writes("hello");
  await mali.inbox.show("All");
  await expect(names(mali)).toHaveCount(3);
  await call(mali.inbox.page, "claim_session", { room: await roomOf(mali, "Two") });
  await filterButton(mali).click();
  const choice = (name: RegExp) => panel(mali).getByRole("button", { name });
  await expect(choice(/^Unread/)).toHaveText("Unread3");
  await expect(choice(/Mentions of me/)).toHaveText(/0$/);
  await choice(/^You/).click();
  await expect(choice(/^Unread/)).toHaveText("Unread1");
  await expect(panel(mali).getByRole("status")).toHaveText("1 of 3 chats");
  await mali.inbox.page.keyboard.press("Escape");
  await mali.inbox.open("/?tag=018f0000-0000-7000-8000-000000000001");
  const chip = mali.inbox.page.locator(".filter-chips .chip[data-set]");
  await expect(chip).toHaveText("Deleted");
  await expect(mali.inbox.page.getByText("No chat fits this filter")).toBeVisible();
  await chip.click();
  await expect(names(mali)).toHaveCount(3);
});

test("a tag is typed into the filter, and its token is taken out by Backspace", async ({ operator, simulator }) => {
  const mali = await operator("admin");
  for (const name of ["One", "Two"]) await (await simulator.customer(name)).writes("hello");
  await expect(names(mali)).toHaveCount(2);
  const tag = await call(mali.inbox.page, "save_tag", { name: "ผ้าไหม", color: "rose" });
  await call(mali.inbox.page, "save_tag", { name: "Other", color: "blue" });
  await call(mali.inbox.page, "set_tags", { room: await roomOf(mali, "Two"), tag_ids: [tag.id] });
  // Without an open chat F is the filter's.
  await mali.inbox.page.keyboard.press("f");
  const field = panel(mali).getByRole("textbox", { name: "Another tag" });
  await expect(field).toBeFocused();
  await expect(panel(mali).getByRole("button", { name: "Other" })).toBeVisible();
  await field.pressSequentially("ผ้า");
  await expect(panel(mali).getByRole("button", { name: "Other" })).toHaveCount(0);
  await field.press("Enter");
  await expect(names(mali)).toHaveText(["Two"]);
  await expect(panel(mali).getByRole("button", { name: "Without ผ้าไหม" })).toBeVisible();
  await expect(field).toBeFocused();
  await field.press("Backspace");
  await expect(names(mali)).toHaveCount(2);
  await expect(mali.inbox.page).not.toHaveURL(/tag=/);
});

test("a chat whose note names me says so in its row until I have looked", async ({ operator, simulator }) => {
  const [mali, somchai] = [await operator("mali"), await operator("somchai")];
  await (await simulator.customer("Nok")).writes("hello");
  await expect(somchai.inbox.row("Nok")).toBeVisible();
  const room = await roomOf(somchai, "Nok");
  const me = JSON.parse((await mali.inbox.page.locator("#page").textContent()) ?? "{}").Inbox.start.me.id;
  const note = { room, client_id: crypto.randomUUID(), note: "@Mali please look", mentions: [me] };
  await call(somchai.inbox.page, "send_message", { message: note });
  await expect(mali.inbox.row("Nok")).toHaveAttribute("data-mentioned");
  await expect(mali.inbox.row("Nok")).toHaveAttribute("aria-description", "You were mentioned");
  await expect(somchai.inbox.row("Nok")).not.toHaveAttribute("data-mentioned");
  await mali.inbox.reload();
  await expect(mali.inbox.row("Nok")).toHaveAttribute("data-mentioned");
  await mali.inbox.choose("Nok");
  await expect(mali.inbox.row("Nok")).not.toHaveAttribute("data-mentioned");
});

test("the row under the pointer stays where it is while others move, and so does a selection", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const customers = new Map();
  for (const name of ["One", "Two", "Three", "Four"]) {
    customers.set(name, await simulator.customer(name));
    await customers.get(name).writes("hello");
  }
  await mali.inbox.show("All");
  await expect(names(mali)).toHaveText(["Four", "Three", "Two", "One"]);
  const { page } = mali.inbox;
  await mali.inbox.row("Two").hover();
  await page.keyboard.press("x");
  await mali.inbox.row("Four").focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("toolbar", { name: /selected/ })).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(mali.inbox.row("Four")).toHaveAttribute("aria-checked", "true");
  await customers.get("One").writes("again");
  await expect(names(mali)).toHaveText(["One", "Four", "Two", "Three"]);
  await expect(mali.inbox.row("Four")).toHaveAttribute("aria-checked", "true");
  await expect(mali.inbox.row("One")).toHaveAttribute("aria-checked", "false");
  await customers.get("Two").writes("again");
  await expect(mali.inbox.row("Two")).toContainText("again");
  await expect(names(mali)).toHaveText(["One", "Four", "Two", "Three"]);
  await page.locator(".thread, .empty").first().hover();
  await expect(names(mali)).toHaveText(["Two", "One", "Four", "Three"]);
});

test("Shift with J selects on, a tag and a snooze go to all, and letters are the bar's meanwhile", async ({ operator, simulator }) => {
  const mali = await operator("admin");
  for (const name of ["One", "Two", "Three"]) await (await simulator.customer(name)).writes("hello");
  await mali.inbox.show("All");
  await expect(names(mali)).toHaveText(["Three", "Two", "One"]);
  await call(mali.inbox.page, "save_tag", { name: "VIP", color: "gold" });
  const { page } = mali.inbox;
  await page.keyboard.press("Shift+J");
  const bar = page.getByRole("toolbar", { name: /selected/ });
  await expect(bar).toContainText("2 selected");
  await page.keyboard.press("Shift+J");
  await expect(bar).toContainText("3 selected");
  await expect(mali.inbox.row("One")).toBeFocused();
  // Nobody has these yet.
  await expect(bar.getByRole("button", { name: /Close/ })).toBeDisabled();
  await expect(bar.getByRole("button", { name: /Close/ })).toHaveAttribute("title", "None of the selected chats allows this");
  await page.keyboard.press("l");
  await page.getByRole("searchbox", { name: "Find a tag" }).fill("vi");
  await page.getByRole("dialog", { name: "Tags" }).getByRole("button", { name: "VIP" }).click();
  await expect(page.getByText("Done: 3 chats")).toBeVisible();
  await expect(mali.inbox.list.locator(".tag", { hasText: "VIP" })).toHaveCount(3);
  await expect(bar).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(bar).toContainText("1 selected");
  await page.keyboard.press("x");
  await expect(bar).toHaveCount(0);
});

test("on a phone a long press selects, the bar stands in the rail's place, and a tap selects more", async ({ operator, simulator }) => {
  const mali = await operator("mali", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const name of ["One", "Two"]) await (await simulator.customer(name)).writes("hello");
  await mali.inbox.show("All");
  await expect(names(mali)).toHaveText(["Two", "One"]);
  const { page } = mali.inbox;
  const box = (await mali.inbox.row("Two").boundingBox())!;
  const touch = await page.context().newCDPSession(page);
  const at = { x: box.x + 100, y: box.y + 20 };
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
  const bar = page.getByRole("toolbar", { name: /selected/ });
  await expect(bar).toContainText("1 selected");
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(page.locator(".rail")).toBeHidden();
  await mali.inbox.row("One").tap();
  await expect(bar).toContainText("2 selected");
  await expect(page).not.toHaveURL(/\/c\//);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, "nothing may be wider than the screen").toBeLessThanOrEqual(0);
  await bar.getByRole("button", { name: "Claim" }).tap();
  await expect(page.getByText("Done: 2 chats")).toBeVisible();
  await expect(page.locator(".rail")).toBeVisible();
});
