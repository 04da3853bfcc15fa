// Films and sounds play in the thread: from any place on, one at a time, as fast as one likes.
import { expect, test } from "./fixtures";
import { film, sound } from "./scripts/film.mjs";
import type { Customer } from "./scripts/server.mjs";

const PHONE = { viewport: { width: 390, height: 844 } };

/** Sends a file with its bytes. */
function sends(customer: Customer, message: Record<string, unknown>, bytes: Buffer, type: string): Promise<unknown> {
  const content = { base64: bytes.toString("base64"), type };
  return customer.simulator.call("POST", `/customers/${customer.userId}/messages`, { message, content });
}

for (const [screen, options] of [["desk", {}], ["phone", PHONE]] as const) {
  test(`a film of 30 MB plays from any place on, on a ${screen}`, async ({ operator, simulator }) => {
    const nut = await simulator.customer("Nut");
    const bytes = film({ seconds: 30, bytes: 30_000_000 });
    await sends(nut, { type: "video", duration: 30_000 }, bytes, "video/mp4");
    const mali = await operator("mali", options);
    const page = mali.inbox.page;
    await mali.inbox.choose("Nut");
    const shown = mali.thread.log.locator(".video");
    await expect(shown.locator(".media-note")).toHaveText("0:30 · 30.0 MB");
    await shown.getByRole("button", { name: "Play" }).click();
    await expect(shown.getByRole("button")).toHaveCount(0);
    const video = shown.locator("video");
    await expect(video).toHaveAttribute("controls");
    await expect(video).toBeFocused();
    await expect.poll(() => video.evaluate((film: HTMLVideoElement) => film.paused)).toBe(false);

    // The end is asked for alone.
    const end = page.waitForResponse((answer) => {
      const range = /^bytes (\d+)-/.exec(answer.headers()["content-range"] ?? "");
      return answer.status() === 206 && Number(range?.[1]) > 26_000_000;
    });
    const at = await video.evaluate((film: HTMLVideoElement) => {
      film.currentTime = 28.5;
      return new Promise<number>((sought) => film.addEventListener("seeked", () => sought(film.currentTime), { once: true }));
    });
    expect(at).toBeGreaterThanOrEqual(28.5);
    await end;
  });
}

test("sounds have a length and a speed, and one plays at a time", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  await sends(nut, { type: "audio", duration: 14_000 }, sound(14), "audio/wav");
  await sends(nut, { type: "audio", duration: 62_000 }, sound(62), "audio/wav");
  const mali = await operator("mali");
  const page = mali.inbox.page;
  await mali.inbox.choose("Nut");
  const clips = mali.thread.log.getByRole("group", { name: "Voice message" });
  await expect(clips).toHaveCount(2);
  await expect(clips.first().locator(".clip__time")).toHaveText("0:00 / 0:14");
  await expect(clips.last().locator(".clip__time")).toHaveText("0:00 / 1:02");

  const plays = (at: number) =>
    clips.nth(at).locator("audio").evaluate((sound: HTMLAudioElement) => !sound.paused);
  const speed = (at: number) =>
    clips.nth(at).locator("audio").evaluate((sound: HTMLAudioElement) => sound.playbackRate);
  await clips.first().getByRole("button", { name: "Play" }).click();
  await expect.poll(() => plays(0)).toBe(true);
  await clips.first().getByRole("button", { name: "Speed 1×" }).click();
  await clips.first().getByRole("button", { name: "Speed 1.5×" }).click();
  await expect(clips.first().getByRole("button", { name: "Speed 2×" })).toHaveText("2×");
  expect(await speed(0)).toBe(2);

  await clips.last().getByRole("button", { name: "Play" }).click();
  await expect.poll(() => plays(1)).toBe(true);
  await expect.poll(() => plays(0)).toBe(false);
  await expect(clips.first().getByRole("button", { name: "Play" })).toBeVisible();
  // All go as fast.
  expect(await speed(1)).toBe(2);

  await clips.last().getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => plays(1)).toBe(false);
  const wave = clips.last().getByRole("slider", { name: "Position" });
  await wave.fill("30000");
  await expect(clips.last().locator(".clip__time")).toHaveText("0:30 / 1:02");
  await wave.press("ArrowRight");
  await wave.press("ArrowRight");
  await expect(clips.last().locator(".clip__time")).toHaveText("0:40 / 1:02");
  await wave.press("ArrowLeft");
  await expect(clips.last().locator(".clip__time")).toHaveText("0:35 / 1:02");

  await page.reload();
  await expect(clips.last().getByRole("button", { name: "Speed 2×" })).toBeVisible();
});
