// A server that may go and come back, on the same data and address; LINE is elsewhere and stays.
import { randomBytes } from "node:crypto";
import { OPERATORS, test as base } from "./fixtures";
import { freePort, LONG_PASSWORD, Server, Simulator } from "./scripts/server.mjs";

export { expect, OPERATORS } from "./fixtures";

/** LINE in a process of its own, which stays. */
export const test = base.extend<{ line: Server }>({
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
