// What the picker's script knows without a browser: when `:` begins a word, what is found, tones.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { colonWord, parse, search, toned } from "../public/trays/search.mjs";

const all = parse(readFileSync(new URL("../public/trays/emoji.txt", import.meta.url), "utf8"));
const found = (query: string, most = 12) => search(all, query, most).map(({ emoji }) => emoji);

test("a `:` begins a word only at the start or behind a blank, and with two letters", () => {
  for (const text of ["20:00", ":)", ":D", ": D", "https://", "http://a:bc", "ราคา: 500", "Bonjour :", "Bonjour : oui", "at 9:ab", "ok:ab", ":", ":5", ":55", ":-)", "a :b"]) {
    expect(colonWord(text), text).toBeUndefined();
  }
  const words = { ":sm": "sm", "ok :sm": "sm", "a\n:smile": "smile", "ค่ะ :ยิ้ม": "ยิ้ม", "はい :花束": "花束", "　:花束": "花束", ":wor2": "wor2", ":thumbs_up": "thumbs_up" };
  for (const [text, word] of Object.entries(words)) {
    expect(colonWord(text), text).toBe(word);
  }
  // A vowel is a mark and no letter.
  expect(colonWord(":ยิ")).toBeUndefined();
});

test("emoji are found by their words in all four languages at once", () => {
  for (const query of ["bouquet", "ช่อดอกไม้", "花束", "BOUQUET", "ｂｏｕｑｕｅｔ", " bouquet "]) {
    expect(found(query, 3), query).toContain("💐");
  }
  expect(found("ขอบคุณ")[0]).toBe("🙏");
  expect(found("はーと")).toEqual(found("ハート"));
  expect(found("red heart")[0]).toBe("❤️");
  expect(found("❤️")).toEqual(["❤️"]);
  expect(found("")).toEqual([]);
  expect(found("qqqq")).toEqual([]);
  expect(found("face", 5)).toHaveLength(5);
  // Two Latin letters within a word are chance.
  expect(found("at", 2_000)).not.toContain("🎩");
});

test("tones are put in as Unicode writes them", () => {
  const of = (emoji: string) => all.find((one) => one.emoji === emoji)?.tones ?? "none";
  const person = (emoji: string) => toned(emoji, of(emoji), 3);
  expect(person("👍️")).toBe("👍🏽");
  expect(person("🧑‍💻")).toBe("🧑🏽‍💻");
  expect(person("☝️")).toBe("☝🏽");
  expect(person("🧑‍🤝‍🧑")).toBe("🧑🏽‍🤝‍🧑🏽");
  expect(person("😀")).toBe("😀");
  expect(toned("👍️", "1", 0)).toBe("👍️");
});

test("the data is whole: nine groups, a name in each language, nothing twice", () => {
  expect(all.length).toBeGreaterThan(1_800);
  expect(new Set(all.map(({ group }) => group)).size).toBe(9);
  expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
  const nameless = all.filter(({ names }) => names.filter((name) => name !== "").length !== 4);
  expect(nameless).toEqual([]);
});
