// What operators hear and see while they look elsewhere: sounds, notifications, the number on the icon, pushes.
import { createECDH, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { Page } from "@playwright/test";
import { isQuiet, Judge } from "../public/alerts/judge.mjs";
import { expect, test } from "./fixtures";
import { InboxPage } from "./pages/inbox";
import { PASSWORD } from "./scripts/server.mjs";

const SETTINGS = { sound: "bell", volume: 50, waiting: "all", mine: true, mentions: true, repeat_waiting: true, push_preview: false } as const;
const NOW = Date.parse("2026-11-27T02:00:00.000Z");

/** A chat as an update of lists has it. */
function chat(id: string, status: "waiting" | "active", owner?: string, more: object = {}) {
  const last_message = { id, direction: "in", status: "received", created_at: "2026-11-27T02:00:00.000Z", text: "hello" };
  const session = { status, operator: owner ? { id: owner } : undefined };
  const conversation = { room: "conversation:U1", mode: "human", contact: { display_name: "Nat" }, session, last_message, ...more };
  return { type: "conversation_update", payload: { room: "conversation:U1", conversation } };
}

test("each message is told once, to whom it concerns, and never one's own", () => {
  const judge = new Judge("me");
  const kind = (frame: { type: string; payload: object }, settings: object = {}) => judge.hear(frame, { ...SETTINGS, ...settings }, NOW)?.kind;
  expect(kind(chat("1", "waiting"))).toBe("waiting");
  expect(kind(chat("1", "waiting")), "the same message").toBeUndefined();
  expect(kind(chat("1", "active", "me")), "claimed").toBeUndefined();
  expect(judge.waiting.size, "nobody is called any more").toBe(0);
  expect(kind(chat("2", "active", "me"))).toBe("mine");
  expect(kind(chat("3", "active", "another"))).toBeUndefined();
  expect(kind(chat("4", "active", "me"), { mine: false })).toBeUndefined();
  expect(kind(chat("5", "waiting"), { waiting: "none" })).toBeUndefined();
  expect(kind(chat("6", "waiting", undefined, { mode: "bot" }))).toBeUndefined();
  expect(kind(chat("7", "active", "me", { last_message: { id: "7", direction: "out", created_at: "2026-11-27T02:00:00.000Z" } }))).toBeUndefined();
  const note = (by: string) => ({ type: "mentioned", payload: { room: "conversation:U1", message: { sender: { id: by, name: "Somchai" } } } });
  expect(kind(note("another"))).toBe("mention");
  expect(kind(note("me"))).toBeUndefined();
  expect(kind(note("another"), { mentions: false })).toBeUndefined();
  const old = new Judge("me");
  const before = { last_message: { id: "1", direction: "in", status: "received", created_at: "2026-11-27T01:00:00.000Z" } };
  expect(old.hear(chat("1", "waiting", undefined, before), SETTINGS, NOW), "its tags have changed, say").toBeUndefined();
});

test("supervisors are told once of what has passed just now, and who a rule has chosen of the chat", () => {
  const due = "2026-11-27T01:59:59.000Z";
  const targets = { first_response_due: due, breached: ["first_response"] };
  const late = (id: string, more: object = {}) => chat(id, "waiting", undefined, { targets: { ...targets, ...more } });
  const judge = new Judge("me", true);
  const kind = (frame: { type: string; payload: object }) => judge.hear(frame, SETTINGS, NOW)?.kind;
  expect(kind(chat("1", "waiting"))).toBe("waiting");
  expect(kind(late("1"))).toBe("late");
  expect(kind(late("1"))).toBeUndefined();
  expect(kind(late("1", { resolution_due: due, breached: ["resolution"] }))).toBe("overdue");
  expect(kind(late("1", { first_response_due: "2026-11-27T01:00:00.000Z" })), "long ago").toBeUndefined();
  const operator = new Judge("me");
  expect(operator.hear(chat("1", "waiting"), SETTINGS, NOW)?.kind).toBe("waiting");
  expect(operator.hear(late("1"), SETTINGS, NOW), "no supervisor").toBeUndefined();
  const claimed = (who: string, by?: string) => ({ type: "session_claimed", payload: { room: "conversation:U1", by, session: { operator: { id: who } } } });
  expect(kind(claimed("me", "rule"))).toBe("mine");
  expect(kind(claimed("me"))).toBeUndefined();
  expect(kind(claimed("another", "rule"))).toBeUndefined();
});

test("quiet hours go over midnight", () => {
  const at = (time: string) => new Date(`2026-11-27T${time}:00`);
  const night = { from: "22:00", to: "07:30" };
  expect(["21:59", "22:00", "00:00", "07:29", "07:30"].map((time) => isQuiet(night, at(time)))).toEqual([false, true, true, true, false]);
  expect(isQuiet(undefined, at("00:00"))).toBe(false);
});

/** What is heard on a page from now on. */
async function listens(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    addEventListener("sala-rings", (event) => heard.push((event as CustomEvent).detail));
  });
}

const heard = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { heard: string[] }).heard);

test("a sound tells of what waits and of one's own", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.inbox;
  // A press of the page before counts as well: nothing more is asked for.
  await mali.inbox.show("All");
  await expect(page.locator(".sound-chip")).toHaveCount(0);
  await listens(page);
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ");
  await expect.poll(() => heard(page)).toEqual(["waiting"]);
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await expect(mali.thread.composer).toBeVisible();
  const other = await simulator.customer("Chanon W.");
  // Of two within a second and a half one is heard.
  await page.waitForTimeout(1_600);
  await other.writes("Hello");
  await expect.poll(() => heard(page)).toEqual(["waiting", "waiting"]);
  await mali.inbox.choose(other.name);
  await customer.writes("มีสีอื่นไหมคะ");
  await expect.poll(() => heard(page)).toEqual(["waiting", "waiting", "mine"]);
  // What one writes oneself, and what one looks at, is no news.
  await mali.inbox.choose(customer.name);
  await mali.thread.reply("มีสีแดงค่ะ");
  await customer.writes("ขอบคุณค่ะ");
  await mali.thread.hasExactlyOne("ขอบคุณค่ะ");
  expect(await heard(page)).toHaveLength(3);
});

test("a page that nobody has touched says so, and of two tabs one is heard", async ({ operator, simulator }) => {
  const one = await operator("mali");
  await one.inbox.show("All");
  const page = await one.inbox.page.context().newPage();
  // Playwright's own questions count as touches for the browser.
  await page.addInitScript(() => {
    let hasBeenActive = false;
    addEventListener("pointerdown", () => (hasBeenActive = true), true);
    Object.defineProperty(navigator, "userActivation", { get: () => ({ hasBeenActive }) });
  });
  const two = new InboxPage(page);
  await two.open();
  await expect(page.locator(".sound-chip")).toHaveText("Click to enable sound");
  await two.show("All");
  await expect(page.locator(".sound-chip")).toHaveCount(0);
  await listens(one.inbox.page);
  await listens(page);
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await expect(two.row(customer.name)).toBeVisible();
  await expect.poll(async () => [...(await heard(one.inbox.page)), ...(await heard(page))]).toEqual(["waiting"]);
});

test("the icon bears the number of the title", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const icon = mali.inbox.page.locator('link[rel="icon"][type="image/svg+xml"]');
  await expect(icon).toHaveAttribute("href", "/favicon.svg");
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await expect(mali.inbox.page).toHaveTitle("(1) Sala");
  await expect(icon).toHaveAttribute("href", "/favicon/1.svg");
  await mali.inbox.choose(customer.name);
  await expect(icon).toHaveAttribute("href", "/favicon.svg");
});

/** Waits until the service worker has the page. */
async function worked(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

test("a hidden console shows one notification a chat, and a press on it opens the chat there", async ({ operator, simulator }) => {
  const mali = await operator("mali", { permissions: ["notifications"] });
  const { page } = mali.inbox;
  await worked(page);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.hasFocus = () => false;
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  });
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("One");
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
    });
  const notification = { title: "Chanon W. is waiting", body: "New chat on LINE", tag: customer.room };
  await expect.poll(shown).toEqual([notification]);
  await customer.writes("Two");
  await mali.thread.page.waitForFunction(() => document.title.startsWith("("));
  await expect.poll(shown).toEqual([notification]);
  const worker = page.context().serviceWorkers()[0];
  await worker.evaluate(async () => {
    const self = globalThis as unknown as { registration: ServiceWorkerRegistration };
    const [notification] = await self.registration.getNotifications();
    dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  });
  await expect(page.getByRole("heading", { level: 2, name: customer.name }).first()).toBeVisible();
  expect(page.context().pages()).toHaveLength(1);
});

test("every push is shown, also one that cannot be read", async ({ operator }) => {
  const mali = await operator("mali", { permissions: ["notifications"] });
  const { page } = mali.inbox;
  await worked(page);
  const worker = page.context().serviceWorkers()[0];
  for (const data of ['{"kind":"waiting","room":"conversation:U1","name":"ณัฐ","lang":"th"}', "\u0000 nonsense"]) {
    await worker.evaluate((text) => {
      dispatchEvent(new PushEvent("push", { data: text }));
    }, data);
  }
  const titles = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title }) => title).sort();
    });
  await expect.poll(titles).toEqual(["Sala", "ณัฐ กำลังรออยู่"].sort());
});

test("the manifest and its icons are there to install from @release", async ({ request }) => {
  const manifest = await request.get("/manifest.webmanifest");
  expect(manifest.headers()["content-type"]).toBe("application/manifest+json");
  const { display, start_url, icons } = await manifest.json();
  expect({ display, start_url }).toEqual({ display: "standalone", start_url: "/" });
  expect(icons.length).toBeGreaterThan(1);
  for (const { src } of icons) {
    expect((await request.get(src)).status(), src).toBe(200);
  }
});

test("without a network an installed app says so, and keeps nothing else", async ({ operator, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection|503/);
  const mali = await operator("mali");
  const { page } = mali.inbox;
  await worked(page);
  await page.reload();
  await mali.inbox.isLive();
  await page.context().setOffline(true);
  await page.goto("/").catch(() => {});
  await expect(page.getByRole("heading", { name: "Offline" })).toBeVisible();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await page.context().setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await mali.inbox.isLive();
});

test("My account keeps what one chose, without script, and plays a test with it", async ({ page, guard }) => {
  guard.allow(/400/);
  await page.goto("/login?next=/settings/account");
  await page.locator("input[name=email]").fill("mali@example.com");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL("/settings/account");
  const card = page.locator("#alerts");
  await card.getByText("Drop", { exact: true }).click();
  await card.getByRole("switch", { name: "Repeat until claimed" }).check();
  await card.getByRole("switch", { name: "Quiet hours" }).check();
  await card.locator("input[name=to]").fill("08:15");
  await card.getByRole("button", { name: "Play a test" }).click();
  await card.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Applies on all your devices");
  const kept = await page.request.post("/api/alert_settings", { data: {}, headers: { accept: "application/json" } });
  expect(await kept.json()).toMatchObject({ sound: "drop", repeat_waiting: true, quiet: { from: "22:00", to: "08:15" } });
  await card.locator("input[name=to]").fill("22:00");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#alerts-quiet-error")).toBeVisible();
});

/** A push service of one browser: counts what it gets. */
async function pushService(): Promise<{ subscription: object; pushes: () => number; close: () => void }> {
  let count = 0;
  const service = createServer((request, answer) => {
    request.resume();
    request.on("end", () => {
      count += 1;
      answer.writeHead(201).end();
    });
  });
  await new Promise<void>((done) => service.listen(0, "127.0.0.1", done));
  const { port } = service.address() as { port: number };
  const keys = { p256dh: createECDH("prime256v1").generateKeys("base64url"), auth: randomBytes(16).toString("base64url") };
  return { subscription: { endpoint: `http://127.0.0.1:${port}/push`, keys, device: "" }, pushes: () => count, close: () => service.close() };
}

test("nothing is pushed to who looks, and a page that froze looks at nothing", async ({ operator, simulator }) => {
  const service = await pushService();
  const mali = await operator("mali");
  const { page } = mali.inbox;
  const attends = () => page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/api/attend")));
  await expect.poll(attends).toBe(true);
  const subscribed = await page.request.post("/api/push_subscribe", { data: service.subscription, headers: { accept: "application/json" } });
  expect(subscribed.status()).toBe(200);
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("seen");
  await expect(mali.inbox.row(customer.name)).toBeVisible();
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  // Chromium lets the clock of a page run on that is in sight; one that froze says nothing.
  await page.route("**/api/attend", (route) => route.fulfill({ json: null }));
  expect(service.pushes()).toBe(0);
  const writesOn = async (): Promise<number> => {
    await customer.writes("and now?");
    return service.pushes();
  };
  await expect.poll(writesOn, { timeout: 60_000, intervals: [4_000] }).toBeGreaterThan(0);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  service.close();
});
