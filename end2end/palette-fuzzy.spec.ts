// How the palette compares names: without a browser.
import { expect, test } from "@playwright/test";
import { best, fit } from "../public/palette/fuzzy.mjs";

const NAMES = ["ณัฐธิดา ใจดี", "วิชัย พงษ์สุวรรณ", "林怡君", "佐藤 美和", "ｶﾞﾗｽ工房", "Chanon W.", "Zoë Müller", "김민준", "🌿 Ploy", "Close chat", "Close and next"];
const first = (query: string) => best(query, NAMES, (name: string) => [name])[0]?.item;

test("a name is found by any part of it in every script", () => {
  for (const [query, name] of [
    ["ใจดี", "ณัฐธิดา ใจดี"],
    ["พงษ์", "วิชัย พงษ์สุวรรณ"],
    ["怡", "林怡君"],
    ["美和", "佐藤 美和"],
    ["ガラス", "ｶﾞﾗｽ工房"],
    ["ＣＨＡＮＯＮ", "Chanon W."],
    ["müll", "Zoë Müller"],
    ["민준", "김민준"],
    ["🌿", "🌿 Ploy"],
    ["ploy 🌿", "🌿 Ploy"],
  ]) {
    expect(first(query), query).toBe(name);
  }
});

test("letters may be left out, in their order and within reason", () => {
  expect(first("clch")).toBe("Close chat");
  expect(first("can")).toBe("Close and next");
  expect(first("ณธด")).toBe("ณัฐธิดา ใจดี");
  expect(first("佐美")).toBe("佐藤 美和");
  expect(first("xyz")).toBeUndefined();
  expect(fit("tac", "Close chat")).toBe(0);
});

test("the beginning comes before the middle, and that before letters that are scattered", () => {
  const order = best("an", ["Chanon", "a long name", "Anna", "Tom and Ann"], (name: string) => [name]).map(({ item }: { item: string }) => item);
  expect(order).toEqual(["Anna", "Tom and Ann", "Chanon", "a long name"]);
  expect(best("", ["b", "a"], (name: string) => [name]).map(({ item }: { item: string }) => item)).toEqual(["b", "a"]);
  // What is the same letter by letter comes before what has marks in between.
  expect(fit("ขาว", "ขาว")).toBeGreaterThan(fit("ขาว", "ข่าว"));
});
