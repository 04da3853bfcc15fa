// What a test may ask for: a server of its own, its simulator, and operators at their desks.
import { test as base, expect, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { ConsoleGuard } from "./console-guard";
import { InboxPage } from "./pages/inbox";
import { LoginPage } from "./pages/login";
import { ThreadPage } from "./pages/thread";
import { Server, Simulator } from "./scripts/server.mjs";

export { expect };

/** The demo's operators. */
export const OPERATORS = {
  admin: "admin@example.com",
  mali: "mali@example.com",
  somchai: "somchai@example.com",
} as const;

export type OperatorName = keyof typeof OPERATORS;

/** An operator with a browser of their own. */
export interface Desk {
  /** As colleagues see the name. */
  name: string;
  inbox: InboxPage;
  thread: ThreadPage;
}

interface Fixtures {
  /** `sala demo --empty`, fresh for each test. */
  server: Server;
  simulator: Simulator;
  guard: ConsoleGuard;
  /** Opens a browser and signs in; the inbox is live when it returns, unless that cannot be. */
  operator: (who: OperatorName, options?: BrowserContextOptions & { live?: boolean; password?: string }) => Promise<Desk>;
}

export const test = base.extend<Fixtures>({
  server: async ({}, use, testInfo) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("server.log", { body: server.output, contentType: "text/plain" });
    }
  },

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  simulator: async ({ server }, use) => {
    await use(new Simulator(server.url));
  },

  guard: [
    async ({}, use) => {
      const guard = new ConsoleGuard();
      await use(guard);
      guard.check();
    },
    { auto: true },
  ],

  context: async ({ context, guard }, use) => {
    guard.watch(context);
    await use(context);
  },

  operator: async ({ browser, contextOptions, baseURL, guard }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who, { live = true, password, ...options } = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, ...options });
      contexts.push(context);
      guard.watch(context);
      const page = await context.newPage();
      const login = new LoginPage(page);
      await login.open();
      await login.signIn(OPERATORS[who], password);
      const inbox = new InboxPage(page);
      await (live ? inbox.isLive() : inbox.isThere());
      return { name: await inbox.myName(), inbox, thread: new ThreadPage(page) };
    });
    // Before the server ends, or their sockets would complain.
    await Promise.all(contexts.map((context) => context.close()));
  },
});
