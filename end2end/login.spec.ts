// Getting in, being refused, and getting out.
import { expect, OPERATORS, test } from "./fixtures";
import { InboxPage } from "./pages/inbox";
import { LoginPage } from "./pages/login";

// Chromium writes a line of its own for every answer over 399.
const REFUSED = /Failed to load resource.*(401|429)/;

test("whoever is not signed in comes to the log-in page and back to where they wanted to go", async ({ page, simulator }) => {
  const customer = await simulator.customer("Wichai");
  await customer.writes("Hello");
  await page.goto(`/c/${customer.room}`);
  await expect(page).toHaveURL(/\/login/);

  const login = new LoginPage(page);
  await login.signIn(OPERATORS.mali);
  await new InboxPage(page).isLive();
});

test("a wrong password and an unknown address are refused with the same words", async ({ page, guard }) => {
  guard.allow(REFUSED);
  const login = new LoginPage(page);
  const said: string[] = [];
  for (const [email, password] of [
    [OPERATORS.mali, "wrong"],
    ["nobody@example.com", "wrong"],
  ]) {
    await login.open();
    await login.signIn(email, password);
    await expect(login.error).toBeVisible();
    said.push((await login.error.innerText()).trim());
    await expect(page).toHaveURL(/\/login/);
    await expect(login.email).toHaveValue(email);
  }
  expect(said[0]).toBe("Wrong e-mail or password. Check both and try again.");
  expect(said[1]).toBe(said[0]);
});

test("after ten failures the account is closed for a while, and says so", async ({ page, guard, request }) => {
  guard.allow(REFUSED);
  for (let i = 0; i < 10; i += 1) {
    const answer = await request.post("/api/login", {
      headers: { accept: "application/json" },
      data: { email: OPERATORS.mali, password: `wrong ${i}` },
    });
    expect(answer.status()).toBe(401);
  }
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(OPERATORS.mali);
  await expect(login.error).toContainText("Too many attempts");
});

test("a signed-in operator who asks for the log-in page gets the inbox", async ({ operator }) => {
  const mali = await operator("mali");
  await mali.inbox.page.goto("/login");
  await mali.inbox.isLive();
  await expect(mali.inbox.page).not.toHaveURL(/\/login/);
});

test("signing out asks before it deletes what was not sent, and then leaves nothing behind", async ({ operator, guard }) => {
  // The socket ends with the session, a moment before the page does.
  guard.allow(REFUSED);
  const mali = await operator("mali");
  const page = mali.inbox.page;
  // Of whoever used this browser before.
  await page.evaluate(() => localStorage.setItem("sala.somebody.draft.conversation:U1", "half a sentence"));
  const asked: string[] = [];
  let answer = false;
  page.on("dialog", async (dialog) => {
    asked.push(dialog.message());
    await (answer ? dialog.accept() : dialog.dismiss());
  });
  const signOut = async () => {
    const item = page.locator("#my-menu").getByRole("button", { name: "Sign out" });
    if (!(await item.isVisible())) await page.locator("[popovertarget=my-menu]").click();
    await item.click();
  };

  await signOut();
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]).toContain("not sent");
  await mali.inbox.isLive();
  await expect(page).not.toHaveURL(/\/login/);

  answer = true;
  await signOut();
  await expect(page).toHaveURL(/\/login/);
  expect(await page.evaluate(() => localStorage.getItem("sala.somebody.draft.conversation:U1"))).toBeNull();
});
