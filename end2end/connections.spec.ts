// Administrators look at who is connected; the page needs no script.
import { expect, OPERATORS, test } from "./fixtures";
import { PASSWORD } from "./scripts/server.mjs";

test.use({ javaScriptEnabled: false });

for (const [width, colorScheme] of [[1440, "light"], [390, "dark"]] as const) {
  test(`an administrator sees open consoles at ${width} px`, async ({ browser, baseURL, guard, operator }) => {
    await operator("mali", { javaScriptEnabled: true });
    const viewport = { width, height: 844 };
    const context = await browser.newContext({ baseURL, viewport, colorScheme, javaScriptEnabled: false });
    guard.watch(context);
    const login = await context.request.post("/api/login", {
      headers: { accept: "application/json" },
      data: { email: OPERATORS.admin, password: PASSWORD },
    });
    expect(login.ok()).toBe(true);
    const page = await context.newPage();
    await page.goto("/settings/connections");
    await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
    const row = page.getByRole("row").filter({ hasText: "Mali" }).first();
    await expect(row).toBeVisible();
    await expect(row.getByText("Connected")).toBeVisible();
    const right = await page.locator(".page__main").evaluate((main) => main.scrollWidth - main.clientWidth);
    expect(right, "nothing may be wider than the screen").toBeLessThanOrEqual(0);
    await context.close();
  });
}

test("others are told who may see it", async ({ context, page, guard }) => {
  guard.allow(/403/);
  const login = await context.request.post("/api/login", {
    headers: { accept: "application/json" },
    data: { email: OPERATORS.mali, password: PASSWORD },
  });
  expect(login.ok()).toBe(true);
  const answer = await page.goto("/settings/connections");
  expect(answer?.status()).toBe(403);
  await expect(page.getByText("Only administrators see this")).toBeVisible();
  await page.getByRole("link", { name: "Back to the inbox" }).click();
  await expect(page.getByRole("listbox")).toBeVisible();
});
