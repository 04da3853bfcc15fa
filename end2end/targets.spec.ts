// Targets count down in the list and in the thread's head, and outside of hours the head says until when it is closed.
import { expect, test } from "./fixtures";

test("a target counts down, and closed hours are said", async ({ operator, simulator }) => {
  const { inbox, thread } = await operator("admin");
  const page = inbox.page;
  const save = async (section: string, value: object) => {
    const headers = { accept: "application/json" };
    const saved = await page.request.post("/api/save_settings", { data: { section, version: 0, value }, headers });
    expect(saved.status()).toBe(200);
  };
  await save("targets", { first_response_s: 3600, within_hours: false });
  const customer = await simulator.customer("Nut");
  await customer.writes("hello");
  const timer = inbox.row("Nut").locator(".timer");
  await expect(timer).toHaveText(/^(1:00:00|59:\d\d)$/);
  await expect(timer).not.toHaveAttribute("data-state");
  await inbox.row("Nut").click();
  await expect(page.locator(".thread-head .timer")).toHaveText(/^59:\d\d$/);
  const closed = page.locator(".thread-head__hours");
  await expect(closed).toHaveText("");
  // Open tomorrow, and on no other day.
  const never = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, []]));
  const date = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await save("hours", { default: { week: never, holidays: [{ date, name: "Open", hours: [{ from: "09:00", to: "18:00" }] }] } });
  await expect(closed).toHaveText(/^· Closed until .*\d\d:\d\d$/);
  // An answer ends the clock.
  await thread.claim.click();
  await thread.reply("Good morning");
  await expect(page.locator(".thread-head .timer")).toHaveCount(0);
});
