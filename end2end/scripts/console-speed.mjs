// How the console keeps up on a slow machine: `make bench ARGS=console`.
//
// Fills `sala demo` with chats, opens the console in Chromium with a processor slowed down, and measures
// what an operator feels: keys, sending, switching chats, and a stream of webhooks. Prints JSON lines and a
// table. Nothing is asserted: the figures depend on the machine. `SALA_BIN` takes another server, and
// `LEPTOS_SITE_ROOT` another front end, to compare two in one sitting.
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "./chromium.mjs";
import { installProbe } from "./console-probe.mjs";
import { PASSWORD, Server, Simulator } from "./server.mjs";

const SIZES = {
  /** Chats in the list. */
  chats: 300,
  /** Messages of the chat that is written in. */
  messages: 250,
  /** So many times slower than this machine. */
  slowdown: 4,
  /** Keys in each field. */
  keys: 120,
  /** Messages sent. */
  sends: 30,
  /** Chats opened. */
  switches: 40,
  /** Webhooks a second, and for how many seconds. */
  webhooks: 40,
  seconds: 15,
};

const NAMES = ["ณัฐธิดา ใจดี", "田中 健太", "林怡君", "Chanon W.", "ก้อย Ploy 🌿"];
const TEXTS = [
  "ขอสีแดง 3 เมตรค่ะ ส่งที่นี่ได้ไหมคะ",
  "ギフト包装もお願いできますか。",
  "請問這個還有現貨嗎？",
  "Hello, is the maroon silk still in stock? I would take three metres of it, and two of the blue one if there is any left.",
  "OK",
];
/** Words as they are typed, over several lines of the composer. */
const PROSE = "the maroon silk is in stock and we can send it today if you order before noon ";

function sizesFrom(args) {
  const sizes = { ...SIZES };
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, "");
    const value = Number(args[i + 1]);
    if (!(name in sizes) || !(value > 0)) {
      console.error(`console: what is ${args[i]}? Sizes, a number each: ${Object.keys(SIZES).map((it) => `--${it}`).join(" ")}`);
      process.exit(2);
    }
    sizes[name] = value;
  }
  return sizes;
}

/** All that was measured. */
class Report {
  rows = [];

  /** @param {string} figure @param {string} unit @param {number} value @param {{ most?: number, least?: number }} [aim] */
  add(figure, unit, value, { most, least } = {}) {
    const aim = most !== undefined ? `<= ${most}` : least !== undefined ? `>= ${least}` : "";
    const met = most !== undefined ? value <= most : least !== undefined ? value >= least : undefined;
    console.log(JSON.stringify({ scenario: "console", figure, unit, value, aim, met }));
    this.rows.push([figure, unit, value.toFixed(1), aim, met === undefined ? "" : met ? "yes" : "no"]);
  }

  print() {
    console.log("\n| figure | unit | value | aim | met |\n| --- | --- | ---: | --- | --- |");
    for (const row of this.rows) console.log(`| ${row.join(" | ")} |`);
  }
}

function percentile(all, share) {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor((sorted.length * share) / 100), sorted.length - 1)];
}

/** @returns {Promise<import("./server.mjs").Customer[]>} the first has the long thread */
async function fill(simulator, sizes) {
  const customers = [];
  for (let i = 0; i < sizes.chats; i += 1) {
    customers.push(await simulator.customer(`${NAMES[i % NAMES.length]} ${i + 1}`));
  }
  for (const [i, customer] of customers.entries()) {
    await customer.writes(`${TEXTS[i % TEXTS.length]} (${customer.name})`);
  }
  for (let i = 1; i < sizes.messages; i += 1) {
    await customers[0].writes(`${TEXTS[(i * 7) % TEXTS.length]} (${customers[0].name})`);
  }
  return customers;
}

/** An operator with everything on the screen that can be: the whole list, and all of the long thread. */
class Desk {
  static async open(browser, url) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Asia/Bangkok" });
    const page = await context.newPage();
    await page.addInitScript(installProbe);
    await page.goto(`${url}/login`);
    await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    await page.fill("input[autocomplete=username]", "mali@example.com");
    await page.fill("input[autocomplete=current-password]", PASSWORD);
    await page.click("form button[type=submit]");
    const desk = new Desk(page, await context.newCDPSession(page));
    await desk.isLive();
    return desk;
  }

  constructor(page, devtools) {
    this.page = page;
    this.devtools = devtools;
  }

  isLive() {
    return this.page.waitForFunction(() => document.querySelector(".live")?.textContent?.trim() === "Live");
  }

  /** @param {string} url @param {import("./server.mjs").Customer} customer */
  async settle(url, customer) {
    const { page } = this;
    await page.goto(`${url}/c/${encodeURIComponent(customer.room)}?tab=all`);
    await this.isLive();
    await page.locator(".claim-bar .button--primary").click();
    await page.locator(".composer__text").waitFor();
    await this.scrollTo(".rows", 1, ".conversation-list .rows__more");
    await this.scrollTo(".message-list", -1, ".message-list .older");
    await page.evaluate(() => {
      document.querySelector(".rows").scrollTop = 0;
      document.querySelector(".message-list").scrollTop = 0;
    });
    await this.rest();
  }

  /** Scrolls until there is no more to fetch. */
  scrollTo(box, way, more) {
    return this.page.waitForFunction(
      ([box, way, more]) => {
        const list = document.querySelector(box);
        list.scrollTop = way * list.scrollHeight;
        return document.querySelector(more) === null;
      },
      [box, way, more],
      { polling: 200, timeout: 120_000 },
    );
  }

  /** Nothing is under way. */
  rest(ms = 1_000) {
    return pause(ms);
  }

  slow(times) {
    return this.devtools.send("Emulation.setCPUThrottlingRate", { rate: times });
  }

  /** Types into the field that has the focus; answers how long each key took to be seen, and the processor's time. */
  async type(keys) {
    const took = [];
    const before = await this.busy();
    for (let i = 0; i < keys; i += 1) {
      await this.page.evaluate(() => {
        const field = /** @type {HTMLTextAreaElement} */ (document.activeElement);
        const length = field.value.length;
        globalThis.probe.expect("keydown", () => field.value.length > length);
      });
      await this.page.keyboard.press(PROSE[i % PROSE.length] === " " ? "Space" : PROSE[i % PROSE.length]);
      took.push(await this.page.evaluate(() => globalThis.probe.took));
    }
    return { took, busy: ((await this.busy()) - before) / keys };
  }

  /** Milliseconds for which the page's main thread has worked so far. */
  async busy() {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  }

  async send(text) {
    await this.page.focus(".composer__text");
    await this.page.keyboard.insertText(text);
    await this.rest(300);
    await this.page.evaluate((text) => globalThis.probe.expect("keydown", () => globalThis.probe.endsWith(text)), text);
    await this.page.keyboard.press("Enter");
    const took = await this.page.evaluate(() => globalThis.probe.took);
    await this.rest(300);
    return took;
  }

  /** Opens the chat that stands at this place of the list, by a click. */
  async choose(place) {
    const box = await this.page.evaluate((place) => {
      const row = document.querySelectorAll(".rows > .row")[place];
      const name = row.querySelector(".row__name").textContent;
      globalThis.probe.expect("click", () => document.querySelector(".thread-head h2")?.textContent === name && globalThis.probe.endsWith(""));
      const { x, y, width, height } = row.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }, place);
    await this.page.mouse.click(box.x, box.y);
    const took = await this.page.evaluate(() => globalThis.probe.took);
    await this.rest(400);
    return took;
  }
}

async function typing(desk, sizes, report) {
  await desk.page.evaluate(() => {
    const field = document.createElement("textarea");
    field.id = "bare";
    field.style.cssText = "position: fixed; inset: 0 auto auto 0; inline-size: 600px; block-size: 60px; z-index: 99";
    document.body.append(field);
  });
  await desk.page.focus("#bare");
  const bare = await desk.type(sizes.keys);
  await desk.page.evaluate(() => document.querySelector("#bare")?.remove());
  await desk.page.focus(".composer__text");
  await desk.page.evaluate(() => globalThis.probe.watch());
  const composer = await desk.type(sizes.keys);
  const { tasks } = await desk.page.evaluate(() => globalThis.probe.watched());
  await desk.page.fill(".composer__text", "");
  for (const share of [50, 95]) {
    const [there, here] = [percentile(bare.took, share), percentile(composer.took, share)];
    report.add(`key in a bare text field p${share}`, "ms", there);
    report.add(`key in the composer p${share}`, "ms", here);
    report.add(`key, composer against bare p${share}`, "x", here / there, { most: 1.5 });
  }
  report.add("main thread for a key, bare", "ms", bare.busy);
  report.add("main thread for a key, composer", "ms", composer.busy);
  report.add("long tasks in 100 keys, composer", "", (100 * tasks.length) / sizes.keys);
}

async function sending(desk, sizes, report) {
  const took = [];
  for (let i = 1; i <= sizes.sends; i += 1) {
    took.push(await desk.send(`answer ${i}.`));
  }
  report.add("Enter to bubble p50", "ms", percentile(took, 50));
  report.add("Enter to bubble p95", "ms", percentile(took, 95), { most: 60 });
}

async function switching(desk, sizes, report) {
  const took = [];
  for (let i = 0; i < sizes.switches; i += 1) {
    // Every other time the one with the long thread, which has spoken last and stands first.
    took.push(await desk.choose(i % 2 === 0 ? 1 + ((i / 2) % 6) : 0));
  }
  report.add("switching chats p50", "ms", percentile(took, 50));
  report.add("switching chats p95", "ms", percentile(took, 95), { most: 120 });
}

async function streaming(desk, sizes, customers, report) {
  const posts = [];
  let number = 0;
  await desk.page.mouse.move(900, 400);
  await desk.page.evaluate(() => globalThis.probe.watch());
  const begun = Date.now();
  while (Date.now() - begun < 1_000 * sizes.seconds) {
    // Every eighth to the open chat.
    const to = number % 8 === 0 ? customers[0] : customers[(number * 37) % customers.length];
    posts.push(to.writes(`${TEXTS[number % TEXTS.length]} (${number})`));
    number += 1;
    await pause(Math.max(0, begun + (1_000 / sizes.webhooks) * number - Date.now()));
  }
  const posted = (1_000 * number) / (Date.now() - begun);
  const { frames, tasks, ms } = await desk.page.evaluate(() => globalThis.probe.watched());
  await Promise.all(posts);
  report.add("webhooks a second, posted", "/s", posted);
  report.add("frames a second meanwhile", "/s", (1_000 * frames) / ms, { least: 30 });
  report.add("longest task meanwhile", "ms", Math.max(0, ...tasks), { most: 100 });
  report.add("long tasks a second meanwhile", "/s", (1_000 * tasks.length) / ms);
}

const sizes = sizesFrom(process.argv.slice(2));
const site = process.env.LEPTOS_SITE_ROOT;
const server = await Server.start({ env: site ? { LEPTOS_SITE_ROOT: site } : {} });
const browser = await chromium.launch(CHROMIUM);
try {
  const customers = await fill(new Simulator(server.url), sizes);
  const desk = await Desk.open(browser, server.url);
  await desk.devtools.send("Performance.enable");
  await desk.settle(server.url, customers[0]);
  await desk.slow(sizes.slowdown);
  const report = new Report();
  await typing(desk, sizes, report);
  await sending(desk, sizes, report);
  await switching(desk, sizes, report);
  await streaming(desk, sizes, customers, report);
  report.print();
} finally {
  await browser.close();
  await server.stop();
}
