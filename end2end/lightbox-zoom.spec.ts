// How large a picture is shown and which part of it: arithmetic, without a browser.
import { expect, test } from "@playwright/test";
import { ordered } from "../public/lightbox/order.mjs";
import { drawn, FIT, fitted, seen, step, to } from "../public/lightbox/zoom.mjs";

const FRAME = { stage: [1_000, 600] as [number, number], picture: [4_000, 2_000] as [number, number] };

test("steps go from the whole picture to five times", () => {
  let zoom = FIT;
  const percents = [];
  for (let at = 0; at < 6; at += 1) {
    percents.push(zoom.percent);
    zoom = to(zoom, step(zoom.percent, true), [0, 0], FRAME);
  }
  expect(percents).toEqual([100, 150, 200, 300, 400, 500]);
  expect(to(zoom, 9_999, [0, 0], FRAME).percent).toBe(500);
  expect(step(250, false)).toBe(200);
  expect(step(100, false)).toBe(100);
});

test("what is under the finger stays there", () => {
  const zoom = to(FIT, 300, [200, -100], FRAME);
  expect(zoom.moved).toEqual([-400, 200]);
  expect(to(zoom, 100, [200, -100], FRAME)).toEqual(FIT);
});

test("a picture is drawn no further than its edge", () => {
  // Fitted it is 1,000 × 500.
  expect(drawn(FIT, [50, 50], FRAME)).toEqual(FIT);
  const zoom = to(FIT, 200, [0, 0], FRAME);
  expect(drawn(zoom, [9_999, -9_999], FRAME).moved).toEqual([500, -200]);
});

test("the map shows which part is seen", () => {
  const zoom = to(FIT, 200, [0, 0], FRAME);
  expect(seen(zoom, FRAME)).toEqual([20, 25, 20, 25]);
  expect(seen(drawn(zoom, [500, 0], FRAME), FRAME)).toEqual([20, 50, 20, 0]);
  expect(seen(FIT, FRAME)).toEqual([0, 0, 0, 0]);
});

test("a small picture is not blown up", () => {
  expect(fitted({ ...FRAME, picture: [100, 50] })).toEqual([100, 50]);
  expect(fitted({ stage: [0, 0], picture: [0, 0] })).toEqual([0, 0]);
});

test("an album is gone through in the customer's order, where its first picture came", () => {
  const picture = (id: string, set?: string, index?: string) => ({ id, set, index });
  const thread = [picture("a"), picture("b", "s", "3"), picture("c"), picture("d", "s", "1"), picture("e", "s")];
  expect(ordered(thread).map(({ id }) => id)).toEqual(["a", "d", "b", "e", "c"]);
});
