// Files that operators send: chosen, dropped and pasted, in their order, whatever becomes of the network.
import { writeFile } from "node:fs/promises";
import { type BrowserContextOptions, type Page, type Route } from "@playwright/test";
import { type Desk, expect, test } from "./fixtures";
import { Attaching, type Chosen } from "./pages/attaching";
import { film } from "./scripts/film.mjs";
import { HEIC, MAP, drawn, withPlace } from "./scripts/photo.mjs";
import { type Customer, type Simulator } from "./scripts/server.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const NETWORK = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_RESET|WebSocket connection/;
/** One point. */
const POINT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

/** A chat that is mine, with a customer who has written. */
async function ready(desk: Desk, simulator: Simulator): Promise<[Customer, Attaching]> {
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("ขอดูรูปผืนจริงด้วยได้ไหมคะ");
  await desk.inbox.show("Waiting");
  await desk.inbox.choose(customer.name);
  await desk.thread.claim.click();
  await expect(desk.thread.text).toBeVisible();
  const attaching = new Attaching(desk.thread.page);
  await attaching.isReady();
  return [customer, attaching];
}

async function photo(page: Page, name: string, options = {}): Promise<Chosen> {
  return { name, mimeType: "image/jpeg", buffer: await drawn(page, options) };
}

const pdf = (name: string): Chosen => ({ name, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 ใบเสนอราคา") });

/** What reached the phone: texts as they are, everything else by its kind. */
async function arrived(customer: Customer): Promise<string[]> {
  const sends = await customer.inbox();
  return sends.flatMap((send) => send.messages).map((message) => (message.type === "text" ? message.text : message.type));
}

/** What the customer's phone fetches of a message. */
async function fetched(customer: Customer, at: number): Promise<{ type: string; bytes: Buffer }> {
  const history = await customer.simulator.call("GET", `/customers/${customer.userId}/history`);
  const ours = history.bubbles.filter((bubble: { from?: unknown }) => bubble.from === undefined || bubble.from === null);
  const answer = await fetch(`${customer.simulator.base}/fetched/${ours[at].id}`);
  return { type: answer.headers.get("content-type") ?? "", bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Holds uploads back until they are let go. */
async function hold(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  await page.route("**/api/upload", (route) => void held.push(route));
  return async () => {
    await page.unroute("**/api/upload");
    for (const route of held) await route.continue().catch(() => undefined);
  };
}

/** Says how fast bytes go to the server, and whether there is a network at all. */
async function network(page: Page): Promise<(bytesPerSecond: number, offline?: boolean) => Promise<unknown>> {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  return (uploadThroughput, offline = false) =>
    client.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput });
}

for (const [screen, options] of [["desk", {}], ["phone", PHONE]] as [string, BrowserContextOptions][]) {
  test(`files go out in their order, words after them, on a ${screen}`, async ({ operator, simulator }) => {
    const mali = await operator("mali", options);
    const { page } = mali.thread;
    const [customer, attaching] = await ready(mali, simulator);
    const files = [await photo(page, "แดงเข้ม.jpg"), pdf("ใบเสนอราคา.pdf")];
    if (screen === "phone") {
      await attaching.button.tap();
      const sheet = page.getByRole("dialog", { name: /Attach for ณัฐธิดา/ });
      const [camera, all] = [sheet.locator("input").first(), sheet.locator("input").last()];
      await expect(sheet.getByRole("button", { name: /Camera/ })).toBeVisible();
      await expect(camera).toHaveAttribute("capture", "environment");
      await expect(camera).toHaveAttribute("accept", "image/*,video/*");
      // Where only pictures and films are accepted, Android offers no camera and no other files.
      await expect(all).toHaveAttribute("accept", "*/*");
      await expect(all).not.toHaveAttribute("capture");
      const chooser = page.waitForEvent("filechooser");
      await sheet.getByRole("button", { name: /Photos and files/ }).tap();
      await (await chooser).setFiles(files);
      await expect(sheet).toBeHidden();
    } else await attaching.choose(files);
    await expect(attaching.tiles).toHaveCount(2);
    await expect(attaching.tile("แดงเข้ม.jpg").locator("canvas")).toBeVisible();
    await expect(attaching.tile("ใบเสนอราคา.pdf")).toContainText("PDF");
    await mali.thread.reply("นี่คือลายที่มีในร้านค่ะ");
    await expect(attaching.tiles).toHaveCount(0);
    await expect(mali.thread.log.locator(".message--out")).toHaveCount(3);
    await expect.poll(() => arrived(customer)).toEqual(["image", "flex", "นี่คือลายที่มีในร้านค่ะ"]);
    await expect(mali.thread.log.locator(".message--out .photo img")).toBeVisible();
    await expect(mali.thread.log.locator(".message--out[data-state=sent]")).toHaveCount(3);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, "nothing may be wider than the screen").toBeLessThanOrEqual(0);
  });
}

test("the phone's sheet goes by a swipe and by Back, and photos have a button of their own", async ({ operator, simulator }) => {
  const mali = await operator("mali", PHONE);
  const { page } = mali.thread;
  // As in browsers that do not close what is modal by themselves.
  await page.addInitScript(() => Reflect.deleteProperty(window, "CloseWatcher"));
  await page.reload();
  const [, attaching] = await ready(mali, simulator);
  const address = page.url();
  const sheet = page.getByRole("dialog", { name: /Attach for/ });

  await attaching.button.tap();
  await expect(sheet).toBeVisible();
  await page.goBack();
  await expect(sheet).toBeHidden();
  expect(page.url()).toBe(address);

  await attaching.button.tap();
  const box = await sheet.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 100, (box?.y ?? 0) + 20];
  const touch = await page.context().newCDPSession(page);
  const finger = (type: "touchStart" | "touchMove" | "touchEnd", by?: number) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: by === undefined ? [] : [{ x, y: y + by }] });
  await finger("touchStart", 0);
  for (const by of [20, 40]) await finger("touchMove", by);
  await finger("touchEnd");
  await expect(sheet, "a short way is not meant").toBeVisible();
  await finger("touchStart", 0);
  for (const by of [30, 60, 90, 120]) await finger("touchMove", by);
  await finger("touchEnd");
  await expect(sheet).toBeHidden();
  expect(page.url()).toBe(address);

  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Photos and videos" }).tap();
  await (await chooser).setFiles([await photo(page, "ลาย.jpg")]);
  await expect(attaching.tiles).toHaveCount(1);
});

test("a picture alone is attached, cells of a sheet are pasted as words", async ({ operator, simulator }) => {
  const mali = await operator("mali", { permissions: ["clipboard-read", "clipboard-write"] });
  const [customer, attaching] = await ready(mali, simulator);
  await mali.thread.text.click();
  await attaching.paste({ picture: POINT });
  await expect(attaching.tiles).toHaveCount(1);
  await expect(attaching.chip).toBeHidden();
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["image"]);

  await attaching.paste({ text: "ไหม\t1,290", picture: POINT });
  await expect(mali.thread.text).toHaveValue("ไหม\t1,290");
  await expect(attaching.tiles).toHaveCount(0);
  await expect(attaching.chip).toContainText("Picture in the clipboard");
  await attaching.chip.getByRole("button", { name: "Attach" }).click();
  await expect(attaching.chip).toBeHidden();
  await expect(attaching.tiles).toHaveCount(1);
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["image", "image", "ไหม\t1,290"]);
});

test("three files are dropped, and one of them is cancelled on its way", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const release = await hold(page);
  await attaching.drop([await photo(page, "1.jpg"), await photo(page, "2.jpg", { colour: "#1d3a63" }), pdf("3.pdf")]);
  await expect(attaching.tiles).toHaveCount(3);
  await mali.thread.reply("ทั้งหมดนี้ค่ะ");
  const lines = mali.thread.log.locator(".message--out");
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(0)).toHaveAttribute("data-state", "uploading");
  await expect(lines.nth(3)).toHaveAttribute("data-state", "queued");
  // Two go at a time; which one of them is ready first is a matter of its size.
  await expect(mali.thread.log.getByText(/^Queued, [23] of 3$/)).toHaveCount(1);
  await lines.nth(1).getByRole("button", { name: /Cancel the upload/ }).click();
  await expect(lines).toHaveCount(3);
  expect(await arrived(customer)).toEqual([]);
  await release();
  await expect.poll(() => arrived(customer)).toEqual(["image", "flex", "ทั้งหมดนี้ค่ะ"]);
});

test("the layer opens for files from outside alone, and never stays", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [, attaching] = await ready(mali, simulator);
  const { layer } = attaching;
  const files = [pdf("1.pdf")];
  await attaching.drag(files, ["dragenter", "dragover"]);
  await expect(layer).toContainText("Drop to attach for ณัฐธิดา ใจดี");
  await page.keyboard.press("Escape");
  await expect(layer).toBeHidden();
  // A drag that ends without a word.
  await attaching.drag(files, ["dragenter", "dragover"]);
  await expect(layer).toBeVisible();
  await page.mouse.move(700, 300);
  await page.mouse.move(710, 310);
  await expect(layer).toBeHidden();
  await attaching.drag(files, ["dragenter", "dragleave"]);
  await expect(layer).toBeHidden();
  await attaching.drag(files, ["dragstart", "dragenter", "dragover"]);
  await expect(layer).toBeHidden();
  await attaching.drag(files, ["dragend"]);
  // Beside the thread nothing happens, and the console is still there.
  await attaching.drag(files, ["dragenter", "dragover", "drop"], ".conversation-list");
  await expect(layer).toBeHidden();
  await expect(attaching.tiles).toHaveCount(0);
  await attaching.drop(files);
  await expect(attaching.tiles).toHaveCount(1);
  await expect(layer).toBeHidden();
});

test("an upload that breaks off begins again when the network is back", async ({ operator, simulator, guard }) => {
  guard.allow(NETWORK);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const held: Route[] = [];
  await page.route("**/api/upload", (route) => void held.push(route));
  await attaching.choose([await photo(page, "กี่.jpg")]);
  await expect(attaching.tiles).toHaveCount(1);
  await mali.thread.reply("รูปกี่ค่ะ");
  const line = mali.thread.log.locator(".message--out").first();
  await expect(line).toHaveAttribute("data-state", "uploading");
  await expect.poll(() => held.length).toBe(1);
  await page.context().setOffline(true);
  await held[0]!.abort("internetdisconnected");
  await expect(line).toContainText("Waits for the connection");
  await page.unroute("**/api/upload");
  await page.context().setOffline(false);
  await expect.poll(() => arrived(customer)).toEqual(["image", "รูปกี่ค่ะ"]);
});

test("what waits survives a reload, in the thread and in the composer", async ({ operator, simulator, guard }) => {
  guard.allow(NETWORK);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  await hold(page);
  await attaching.choose([await photo(page, "1.jpg")]);
  await expect(attaching.tiles).toHaveCount(1);
  await mali.thread.reply("สีแดงค่ะ");
  await attaching.choose([pdf("ยังไม่ส่ง.pdf")]);
  await mali.thread.text.fill("เดี๋ยวส่งใบเสนอราคานะคะ");
  await expect(mali.thread.log.locator(".message--out").first()).toHaveAttribute("data-state", "uploading");
  // The copy is whole: only then it says so.
  await expect(attaching.tile("ยังไม่ส่ง.pdf")).toHaveAttribute("data-state", "uploading");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await mali.inbox.reload();
  await expect.poll(() => arrived(customer)).toEqual(["image", "สีแดงค่ะ"]);
  await expect(attaching.tile("ยังไม่ส่ง.pdf")).toHaveAttribute("data-state", "ready");
  await expect(mali.thread.text).toHaveValue("เดี๋ยวส่งใบเสนอราคานะคะ");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["image", "สีแดงค่ะ", "flex", "เดี๋ยวส่งใบเสนอราคานะคะ"]);
});

test("a file whose message the browser lost stands in the composer again", async ({ operator, simulator, guard }) => {
  guard.allow(NETWORK);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const release = await hold(page);
  await attaching.choose([await photo(page, "1.jpg")]);
  await expect(attaching.tile("1.jpg")).toHaveAttribute("data-state", "uploading");
  await mali.thread.text.press("Enter");
  await expect(mali.thread.log.locator(".message--out").first()).toHaveAttribute("data-state", "uploading");
  await page.addInitScript(() => {
    for (const key of Object.keys(localStorage)) if (key.includes(".queue.")) localStorage.removeItem(key);
  });
  await mali.inbox.reload();
  await expect(attaching.tile("1.jpg")).toHaveAttribute("data-state", "uploading");
  expect(await arrived(customer)).toEqual([]);
  await release();
  await expect(attaching.tile("1.jpg")).toHaveAttribute("data-state", "ready");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["image"]);
});

test("a photograph of 12 MB arrives without the place where it was taken", async ({ operator, simulator }, testInfo) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const buffer = withPlace(await drawn(page, { width: 2_600, height: 2_200, noise: true }));
  expect(buffer.length).toBeGreaterThan(12_000_000);
  expect(buffer.includes(MAP)).toBe(true);
  const file = testInfo.outputPath("IMG_0412.jpg");
  await writeFile(file, buffer);
  await attaching.choose(file);
  await expect(attaching.tile("IMG_0412.jpg").locator("canvas")).toBeVisible();
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer), { timeout: 60_000 }).toEqual(["image"]);
  const { type, bytes } = await fetched(customer, 0);
  expect(type).toBe("image/jpeg");
  expect(bytes.length).toBeGreaterThan(100_000);
  expect(bytes.includes(MAP)).toBe(false);
  expect(bytes.includes("Exif")).toBe(false);
});

test("a film has its first picture, and is played from any place on by the one who sent it", async ({ operator, simulator }, testInfo) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const file = testInfo.outputPath("กี่ทอผ้า.mp4");
  await writeFile(file, film({ seconds: 24, bytes: 30_000_000 }));
  await attaching.choose(file);
  const tile = attaching.tile("กี่ทอผ้า.mp4");
  await expect(tile.locator("canvas")).toBeVisible();
  await expect(tile).toContainText("0:24");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer), { timeout: 60_000 }).toEqual(["video"]);
  const shown = mali.thread.log.locator(".message--out .video");
  await expect(shown.locator("video")).toHaveAttribute("poster", /preview/);
  await shown.getByRole("button", { name: "Play" }).click();
  const end = page.waitForResponse((answer) => {
    const range = /^bytes (\d+)-/.exec(answer.headers()["content-range"] ?? "");
    return answer.status() === 206 && Number(range?.[1]) > 20_000_000;
  });
  await shown.locator("video").evaluate((video: HTMLVideoElement) => (video.currentTime = 22));
  await end;
});

test("of ten mixed messages one file fails for good, and all others arrive in order", async ({ operator, simulator, guard }) => {
  guard.allow(/400 \(Bad Request\)/);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const release = await hold(page);
  const broken = { name: "เสีย.jpg", mimeType: "image/jpeg", buffer: (await drawn(page)).subarray(0, 900) };
  const rounds: [Chosen[], string][] = [
    [[await photo(page, "1.jpg"), pdf("2.pdf")], "สาม"],
    [[broken, await photo(page, "5.jpg")], "หก"],
    [[pdf("7.pdf")], "แปด"],
  ];
  for (const [files, words] of rounds) {
    await attaching.choose(files);
    await expect(attaching.tiles).toHaveCount(files.length);
    await mali.thread.reply(words);
  }
  await mali.thread.reply("เก้า");
  await mali.thread.reply("สิบ");
  await expect(mali.thread.log.locator(".message--out")).toHaveCount(10);
  await release();
  await expect.poll(() => arrived(customer)).toEqual(["image", "flex", "สาม", "image", "หก", "flex", "แปด", "เก้า", "สิบ"]);
  const failed = mali.thread.log.locator(".message--out[data-state=failed]");
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText("This file is damaged and cannot be sent");
  await failed.getByRole("button", { name: "Delete" }).click();
  await expect(failed).toHaveCount(0);
});

test("an iPhone's photo that nothing here draws is asked about before it goes", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const [customer, attaching] = await ready(mali, simulator);
  await attaching.choose([{ name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: HEIC }]);
  const tile = attaching.tile("IMG_0001.jpg");
  await expect(tile).toContainText("HEIC");
  await mali.thread.reply("รูปค่ะ");
  await expect.poll(() => arrived(customer)).toEqual(["รูปค่ะ"]);
  await tile.getByRole("button", { name: "Send as a file" }).click();
  await expect(tile).toHaveAttribute("data-state", "ready");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["รูปค่ะ", "flex"]);
});

test("a file that breaks off again and again is asked about and not sent for ever", async ({ operator, simulator, guard }) => {
  guard.allow(/ERR_CONNECTION_RESET|413|ERR_FAILED/);
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [, attaching] = await ready(mali, simulator);
  let sent = 0;
  await page.route("**/api/upload", (route) => {
    sent += 1;
    return route.abort("connectionreset");
  });
  await page.route("**/api/upload?*", (route) => route.fulfill({ status: 413, json: { code: "media_too_large", message: "" } }));
  await attaching.choose([pdf("1.pdf")]);
  await expect(attaching.tile("1.pdf")).toContainText("This file is too large");
  expect(sent).toBeLessThanOrEqual(2);
  // The server takes it: something between breaks it off.
  await page.unroute("**/api/upload?*");
  await attaching.tile("1.pdf").getByRole("button", { name: "Try again" }).click();
  await expect(attaching.tile("1.pdf")).toContainText("broke off again and again", { timeout: 40_000 });
  expect(sent).toBeLessThanOrEqual(8);
  await page.unroute("**/api/upload");
  await attaching.tile("1.pdf").getByRole("button", { name: "Try again" }).click();
  await expect(attaching.tile("1.pdf")).toHaveAttribute("data-state", "ready");
});

test("a file over the limit that is sent past the console is answered, not cut off", async ({ operator, simulator, guard }) => {
  guard.allow(/413/);
  const mali = await operator("mali");
  const [customer] = await ready(mali, simulator);
  const status = await mali.thread.page.evaluate(async (room) => {
    const piece = new Uint8Array(1 << 20);
    const form = new FormData();
    form.append("room", room);
    form.append("file", new Blob(Array.from({ length: 201 }, () => piece)), "a.zip");
    const answer = await fetch("/api/upload", { method: "POST", body: form });
    return [answer.status, (await answer.json()).code];
  }, customer.room);
  expect(status).toEqual([413, "media_too_large"]);
});

test("files that wait have 200 MB in all, and what is too large or empty is said at once", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [, attaching] = await ready(mali, simulator);
  await hold(page);
  const drop = (name: string, megabytes: number, type = "application/zip") =>
    page.evaluate(
      ({ name, megabytes, type }) => {
        const piece = new Uint8Array(1 << 20);
        const data = new DataTransfer();
        data.items.add(new File(Array.from({ length: megabytes }, () => piece), name, { type }));
        document.querySelector(".message-list")?.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      { name, megabytes, type },
    );
  await drop("a.zip", 101);
  await expect(attaching.note).toContainText("“a.zip” is too large");
  await drop("b.txt", 0);
  await expect(attaching.note).toContainText("“b.txt” is empty");
  await drop("c.zip", 90);
  await drop("d.zip", 90);
  await drop("e.zip", 30);
  await expect(attaching.note).toContainText("“e.zip” was not added: files that wait may have 200 MB in all");
  await expect(attaching.tiles).toHaveCount(2);
  await attaching.note.getByRole("button", { name: "Dismiss" }).click();
  await expect(attaching.note).toBeHidden();
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("where the browser keeps nothing files go while the page is open", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
  });
  await page.reload();
  const [customer, attaching] = await ready(mali, simulator);
  const release = await hold(page);
  await attaching.choose([pdf("1.pdf")]);
  await expect(attaching.tile("1.pdf")).toHaveAttribute("data-state", "uploading");
  await release();
  await expect(attaching.tile("1.pdf")).toHaveAttribute("data-state", "ready");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["flex"]);
});

test("without https the console says why before anything is chosen", async ({ operator, simulator, guard }) => {
  // A page that the test hands out is nobody's, and the browser keeps it from this machine's sockets.
  guard.allow(NETWORK);
  // What the service worker asks for no test sees.
  const mali = await operator("mali", { serviceWorkers: "block" });
  const { page } = mali.thread;
  const [customer] = await ready(mali, simulator);
  await page.route("**/c/**", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('"sends_files":true', '"sends_files":false');
    await route.fulfill({ response: answer, body });
  });
  await page.reload();
  const attaching = new Attaching(page);
  await attaching.isReady();
  await attaching.button.click();
  await expect(attaching.note).toContainText("LINE fetches them over https");
  await attaching.drag([pdf("1.pdf")], ["dragenter", "dragover"]);
  await expect(attaching.layer).toContainText("SALA_PUBLIC_URL");
  await attaching.drag([pdf("1.pdf")], ["drop"]);
  await expect(attaching.tiles).toHaveCount(0);
  expect(await arrived(customer)).toEqual([]);
});

test("the keyboard attaches, moves and takes away, and a log-out asks", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  const [customer, attaching] = await ready(mali, simulator);
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("ControlOrMeta+Shift+A");
  await (await chooser).setFiles([pdf("1.pdf"), await photo(page, "2.jpg"), pdf("3.pdf")]);
  await expect(attaching.tiles).toHaveCount(3);
  await expect(attaching.tiles.nth(2)).toHaveAttribute("data-state", "ready");
  await attaching.tile("2.jpg").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(attaching.tiles.first()).toContainText("2.jpg");
  await expect(attaching.tile("2.jpg")).toBeFocused();
  await attaching.tile("3.pdf").focus();
  await page.keyboard.press("Delete");
  await expect(attaching.tiles).toHaveCount(2);
  const asked = page.waitForEvent("dialog");
  await page.locator("[popovertarget=my-menu]").click();
  void page.locator("#my-menu").getByRole("button", { name: "Sign out" }).click();
  const dialog = await asked;
  expect(dialog.message()).toContain("files");
  await dialog.dismiss();
  await page.keyboard.press("Escape");
  await mali.thread.text.click();
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["image", "flex"]);
});

test("a file that is taken back stands in the composer again", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const { page } = mali.thread;
  await page.request.post("/api/save_profile", { data: { delay_s: 10 }, headers: { accept: "application/json" } });
  await page.reload();
  const [customer, attaching] = await ready(mali, simulator);
  // On its way to the server.
  const release = await hold(page);
  await attaching.choose([await photo(page, "1.jpg")]);
  await expect(attaching.tiles).toHaveCount(1);
  await mali.thread.text.press("Enter");
  const line = mali.thread.log.locator(".message--out");
  await expect(line).toHaveAttribute("data-state", "uploading");
  await line.hover({ position: { x: 5, y: 5 } });
  await line.getByRole("button", { name: "Undo" }).click();
  await expect(line).toHaveCount(0);
  await expect(attaching.tile("1.jpg")).toBeVisible();
  await release();
  await expect(attaching.tile("1.jpg")).toHaveAttribute("data-state", "ready");
  // At the server, where it waits for its delay.
  await mali.thread.text.press("Enter");
  await page.locator(".undo").getByRole("button", { name: "Undo" }).click();
  await expect(line).toHaveCount(0);
  await expect(attaching.tile("1.jpg").locator("canvas")).toBeVisible();
  await page.request.post("/api/save_profile", { data: { delay_s: 0 }, headers: { accept: "application/json" } });
  await page.reload();
  await mali.inbox.isLive();
  await expect(attaching.tile("1.jpg")).toHaveAttribute("data-state", "ready");
  await mali.thread.text.press("Enter");
  await expect.poll(() => arrived(customer)).toEqual(["image"]);
});
