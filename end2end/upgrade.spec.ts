// The server is upgraded under a console that stays open, as an app that is only put in the background.
import { appendFile, cp } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./restartable";
import { LONG_PASSWORD, SITE } from "./scripts/server.mjs";

test("a console that is open over an upgrade goes on, and offers to become the new one", async ({ operator, server, simulator, guard }) => {
  guard.allow(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|WebSocket connection to .* failed/);
  const desk = await operator("admin", { password: LONG_PASSWORD });
  const { page } = desk.inbox;
  const customer = await simulator.customer("Chanon W.");
  await customer.writes("Hello");
  await desk.inbox.show("Waiting");
  await desk.inbox.choose(customer.name);
  await desk.thread.claim.click();
  await desk.thread.text.fill("just a mom");
  const chip = page.locator(".renewed-chip");
  await expect(chip).toHaveCount(0);

  const site = path.join(server.folder, "site");
  await cp(SITE, site, { recursive: true });
  await appendFile(path.join(site, "pkg/sala.css"), "/* newer */");
  await server.end();
  server.env.LEPTOS_SITE_ROOT = site;
  await server.begin();

  await desk.inbox.isLive();
  await customer.writes("Are you there?");
  await desk.thread.hasExactlyOne("Are you there?");
  await expect(desk.thread.text).toHaveValue("just a mom");
  await expect(chip).toContainText("Sala has been updated.", { timeout: 30_000 });
  await chip.getByRole("button", { name: "Reload" }).click();
  await expect(chip).toHaveCount(0);
  await expect(desk.thread.text).toHaveValue("just a mom");
  await desk.thread.hasExactlyOne("Are you there?");
});
