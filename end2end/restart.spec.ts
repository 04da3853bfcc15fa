// The server goes and comes back under an open console, on the same data and address.
import { randomBytes } from "node:crypto";
import { expect, OPERATORS, test as base } from "./fixtures";
import { freePort, LONG_PASSWORD, Server, Simulator } from "./scripts/server.mjs";

/** LINE in a process of its own, which stays. */
const test = base.extend<{ line: Server }>({
  line: async ({}, use) => {
    const port = await freePort();
    const hook = await freePort();
    const args = ["simulator", "--addr", `127.0.0.1:${port}`, "--webhook-url", `http://127.0.0.1:${hook}/line/webhook`];
    const line = await Server.start({ args, port, ready: "/_sim/settings" });
    line.hook = hook;
    await use(line);
    await line.stop();
  },

  server: async ({ line }, use, testInfo) => {
    const server = await Server.start({
      args: ["serve"],
      port: line.hook,
      env: {
        DATABASE_URL: "sqlite://sala.db",
        SALA_SECRET_KEY: randomBytes(16).toString("hex"),
        SALA_ADMIN_EMAIL: OPERATORS.admin,
        SALA_ADMIN_PASSWORD: LONG_PASSWORD,
        LINE_CHANNEL_SECRET: "demo-secret",
        LINE_CHANNEL_ACCESS_TOKEN: "demo-token",
        LINE_API_BASE: `${line.url}/_sim/line`,
        LINE_DATA_API_BASE: `${line.url}/_sim/line-data`,
      },
    });
    await use(server);
    await server.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("server.log", { body: server.output, contentType: "text/plain" });
    }
  },

  simulator: async ({ line }, use) => {
    await use(new Simulator(line.url));
  },
});

for (const how of ["kill", "end"] as const) {
  test(`nothing is lost or doubled over a restart (${how})`, async ({ operator, server, simulator, guard }) => {
    guard.allow(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|WebSocket connection to .* failed/);
    await simulator.settings({ redelivery: true });
    const desk = await operator("admin", { password: LONG_PASSWORD });
    const page = desk.inbox.page;
    const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
    await customer.writes("สวัสดีค่ะ");
    await desk.inbox.choose(customer.name);
    await desk.thread.claim.click();
    await desk.thread.reply("ยินดีค่ะ");
    await desk.thread.isSent("ยินดีค่ะ");
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    await server[how]();
    await test.step("the console says so, counts down and takes messages", async () => {
      await expect(desk.thread.banner).toContainText(/Reconnecting in \d+ s/);
      await desk.thread.reply("รอสักครู่นะคะ");
      await expect(desk.thread.line("รอสักครู่นะคะ")).toHaveAttribute("data-state", "queued");
      await expect(desk.thread.banner).toContainText("1 message is queued");
      // LINE cannot deliver it now and will try again.
      await customer.tries("มีสีแดงไหมคะ");
    });

    await server.begin();
    await test.step("all is there, once, and the page is the same", async () => {
      await desk.inbox.isLive();
      await desk.thread.isSent("รอสักครู่นะคะ");
      for (const text of ["สวัสดีค่ะ", "ยินดีค่ะ", "รอสักครู่นะคะ", "มีสีแดงไหมคะ"]) {
        await desk.thread.hasExactlyOne(text);
      }
      expect(await customer.reads()).toEqual(["ยินดีค่ะ", "รอสักครู่นะคะ"]);
      await customer.writes("ขอบคุณมากค่ะ");
      await desk.thread.hasExactlyOne("ขอบคุณมากค่ะ");
      await expect(desk.thread.banner).toBeHidden();
      expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    });
  });
}
