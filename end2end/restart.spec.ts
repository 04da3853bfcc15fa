// The server goes and comes back under an open console, on the same data and address.
import { expect, test } from "./restartable";
import { LONG_PASSWORD } from "./scripts/server.mjs";

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
      await expect.poll(() => customer.reads()).toEqual(["ยินดีค่ะ", "รอสักครู่นะคะ"]);
      await customer.writes("ขอบคุณมากค่ะ");
      await desk.thread.hasExactlyOne("ขอบคุณมากค่ะ");
      await expect(desk.thread.banner).toBeHidden();
      expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    });
  });
}
