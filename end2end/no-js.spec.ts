// The first paint comes from the server: list and thread are there before any script ran.
import { expect, OPERATORS, test } from "./fixtures";
import { PASSWORD } from "./scripts/server.mjs";

test.use({ javaScriptEnabled: false });

test("list and open thread are readable without JavaScript @release", async ({ context, page, simulator }) => {
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("ขอสีแดง 3 เมตรค่ะ");
  const other = await simulator.customer("田中 健太", "ja");
  await other.writes("ギフト包装もお願いできますか。");
  // The context's own requests share its cookies.
  const login = await context.request.post("/api/login", {
    headers: { accept: "application/json" },
    data: { email: OPERATORS.mali, password: PASSWORD },
  });
  expect(login.ok()).toBe(true);

  const list = page.getByRole("listbox");
  // Names come from LINE a moment after the first message, and nothing renews this page.
  await expect(async () => {
    await page.goto("/");
    await expect(list.getByText(customer.name)).toBeVisible({ timeout: 1_000 });
    await expect(list.getByText(other.name)).toBeVisible({ timeout: 1_000 });
  }).toPass();

  await page.goto(`/c/${customer.room}`);
  await expect(page.getByRole("log").getByText("ขอสีแดง 3 เมตรค่ะ")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: customer.name }).first()).toBeVisible();
});

test("the log-in page says in plain HTML what it wants", async ({ page }) => {
  await page.goto("/login");
  await expect(page.locator("input[type=email]")).toBeVisible();
  await expect(page.locator("input[type=password]")).toBeVisible();
});
