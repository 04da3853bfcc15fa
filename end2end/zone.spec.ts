// Times are shown with the offset of that time, by the server and by the browser alike.
import { expect, test } from "./fixtures";

test.use({ timezoneId: "Europe/Berlin" });

/** The last 10 July and the last 10 January, at 12:00 UTC. */
function noons(): [Date, Date] {
  const last = (month: number) => {
    const now = new Date();
    const day = new Date(Date.UTC(now.getUTCFullYear(), month, 10, 12));
    return day < now ? day : new Date(Date.UTC(now.getUTCFullYear() - 1, month, 10, 12));
  };
  return [last(6), last(0)];
}

test("a summer's chat shows summer's times in winter, and a winter's those of winter", async ({
  operator,
  simulator,
}) => {
  const customer = await simulator.customer("Anna");
  const [july, january] = noons();
  await customer.wrote("im Sommer", july);
  await customer.wrote("im Winter", january);
  const desk = await operator("mali");
  const { page } = desk.inbox;
  await desk.inbox.choose(customer.name);
  const time = (words: string) => desk.thread.line(words).locator("time");
  const isRight = async () => {
    await expect(time("im Sommer")).toHaveText("14:00");
    await expect(time("im Winter")).toHaveText("13:00");
    await expect(time("im Sommer")).toHaveAttribute("title", /14:00:00$/);
  };
  await isRight();
  await test.step("the server's paint is the same to the letter", async () => {
    const answer = await page.context().request.get(page.url());
    const html = (await answer.text()).replace(/<!.*?>/g, "");
    expect(html).toMatch(/data-zone="60_|data-zone="120_/);
    const shown = [...html.matchAll(/<time [^>]*>([^<]*)</g)].map((found) => found[1].trim());
    expect(shown.filter((words) => words === "14:00")).toHaveLength(1);
    expect(shown.filter((words) => words === "13:00")).toHaveLength(1);
  });
  await page.reload();
  await desk.inbox.isLive();
  await isRight();
});
