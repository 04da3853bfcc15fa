// The main journey where operators use other browsers than Chromium: Firefox, and WebKit as in Safari.
import { expect, OPERATORS, test as base } from "../restartable";
import { Desk } from "./desk";
import { Firefox } from "./firefox";
import { isInstalled } from "./process";
import { WebKit } from "./webkit";

const BROWSERS = { firefox: Firefox, webkit: WebKit };

/** What a browser says when its server has gone, which one test makes happen. */
const GONE = /can.t establish a connection|connection .* was interrupted|NetworkError|Cross-Origin Request Blocked/;

interface Fixtures {
  desk: Desk;
}

for (const [name, Browser] of Object.entries(BROWSERS)) {
  const test = base.extend<Fixtures>({
    desk: async ({ server }, use, testInfo) => {
      const driver = await Browser.start();
      try {
        const desk = new Desk(driver, server.url);
        await desk.signIn(OPERATORS.admin);
        await use(desk);
        expect(driver.complaints().filter((line) => !GONE.test(line)), "the browser's console stays clean").toEqual([]);
      } finally {
        if (testInfo.status !== testInfo.expectedStatus) {
          const body = await driver.screenshot().catch(() => undefined);
          if (body) await testInfo.attach("screen.png", { body, contentType: "image/png" });
        }
        await driver.close();
      }
    },
  });

  test.describe(name, () => {
    const missing = Browser.needs.filter((program) => !isInstalled(program));
    test.skip(missing.length > 0, `not installed: ${missing.join(", ")}`);

    test("a waiting chat is claimed by key, answered, and ticked", async ({ desk, simulator }) => {
      const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
      await customer.writes("สวัสดีค่ะ สนใจผ้าไหมลายนี้ค่ะ 😊");
      await desk.choose(customer.name);
      await desk.hasExactlyOne("สนใจผ้าไหมลายนี้ค่ะ");
      await desk.claimByKey();
      await desk.click("form.composer textarea");
      await desk.type("1 < 2 & <b>");
      await desk.press("Enter");
      await desk.isSent("1 < 2 & <b>");
      await customer.writes("ขอบคุณค่ะ");
      await desk.hasExactlyOne("ขอบคุณค่ะ");
      expect(await customer.reads()).toEqual(["1 < 2 & <b>"]);
    });

    test("the composer breaks lines, waits for input methods, and keeps an emoji's halves together", async ({ desk, simulator }) => {
      const customer = await simulator.customer("佐藤 美和", "ja");
      await customer.writes("こんにちは");
      await desk.choose(customer.name);
      await desk.claimByKey();
      await desk.click("form.composer textarea");
      await desk.type("a");
      await desk.press("Shift+Enter");
      await desk.type("b");
      expect(await desk.draft()).toBe("a\nb");

      // Enter that ends a composition: Safari says so with a key code alone.
      await desk.see(`const field = document.querySelector("form.composer textarea");
        const enter = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
        field.dispatchEvent(new KeyboardEvent("keydown", { ...enter, isComposing: true }));
        field.dispatchEvent(new KeyboardEvent("keydown", { ...enter, keyCode: 229, which: 229 }));`);
      expect(await desk.draft()).toBe("a\nb");

      // Windows' emoji panel hands Firefox one half at a time.
      for (const half of ["\\ud83d", "\\ude0a"]) {
        await desk.see(`const field = document.querySelector("form.composer textarea");
          field.setRangeText("${half}", field.value.length, field.value.length, "end");
          field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));`);
        // Whatever the console does with it happens within a frame or two.
        await desk.see(`return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))`);
      }
      expect(await desk.draft()).toBe("a\nb😊");
      await desk.press("Enter");
      await expect.poll(() => customer.reads()).toEqual(["a\nb😊"]);
      expect(await desk.draft()).toBe("");
    });

    test("older history comes on scrolling up and moves nothing", async ({ desk, simulator }) => {
      const customer = await simulator.customer("Chanon W.");
      for (let i = 1; i <= 90; i += 1) {
        await customer.writes(`line ${i}.`);
      }
      await desk.choose(customer.name);
      await desk.hasExactlyOne("line 90.");
      // The end of a chat is shown first, and the rest of what it begins with a moment later.
      await desk.hasExactlyOne("line 41.");
      const place = `const line = [...document.querySelectorAll("[role=log] .message")].find((it) => it.textContent.includes($1));
        const moving = document.querySelector("[role=log]").getAnimations({ subtree: true });
        return Promise.allSettled(moving.map((it) => it.finished)).then(() => line.getBoundingClientRect().y);`;
      expect(await desk.see(place, "line 90.")).toBeLessThan(800);
      expect(await desk.lines("line 20.")).toBe(0);
      await desk.see(`const log = document.querySelector("[role=log]");
        log.scrollTop = -(log.scrollHeight - log.clientHeight - 100);`);
      const before = await desk.see(place, "line 45.");
      await desk.hasExactlyOne("line 20.");
      expect(Math.abs((await desk.see(place, "line 45.")) - before)).toBeLessThan(3);
    });

    test("a file over the limit that is sent past the console is answered, not cut off", async ({ desk, simulator }) => {
      const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
      await customer.writes("สวัสดีค่ะ");
      await desk.choose(customer.name);
      await desk.claimByKey();
      const upload = `const piece = new Uint8Array(1 << 20);
        const form = new FormData();
        form.append("room", document.querySelector("form.composer").dataset.room);
        form.append("file", new Blob(Array.from({ length: 201 }, () => piece)), "a.zip");
        return fetch("/api/upload", { method: "POST", body: form }).then(async (answer) => [answer.status, (await answer.json()).code]);`;
      expect(await desk.see(upload)).toEqual([413, "media_too_large"]);
    });

    test("nothing is lost or doubled over a restart", async ({ desk, server, simulator }) => {
      await simulator.settings({ redelivery: true });
      const customer = await simulator.customer("Chanon W.");
      await customer.writes("Hello");
      await desk.choose(customer.name);
      await desk.claimByKey();
      await desk.see(`window.sameDocument = true`);
      await server.kill();
      await desk.until("the console says so", `return /Reconnecting in/.test(document.querySelector(".banner")?.textContent)`);
      await desk.click("form.composer textarea");
      await desk.type("One moment");
      await desk.press("Enter");
      await desk.until("it is queued", `return document.querySelector("[role=log] [data-state=queued]") !== null`);
      await server.begin();
      await desk.isLive();
      await desk.isSent("One moment");
      await desk.hasExactlyOne("One moment");
      expect(await customer.reads()).toEqual(["One moment"]);
      expect(await desk.see(`return window.sameDocument`)).toBe(true);
    });
  });
}
