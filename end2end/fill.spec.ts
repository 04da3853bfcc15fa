// What canned replies leave open, by itself: the rules of `protocol::canned` for what is a variable.
import { expect, test } from "@playwright/test";
import { filled, languageOf, leftOpen, pieces } from "../public/trays/fill.mjs";

const VALUES = { operator: "มะลิ", channel: "Baan Silk", date: "24 พ.ย.", time: "14:05" };
const fill = (text: string, name: string): string => filled(pieces(text, { ...VALUES, name }));

test("each variable has its value", () => {
  expect(fill("คุณ{name} {date} {time} {channel} — {operator}", "นัท")).toBe("คุณนัท 24 พ.ย. 14:05 Baan Silk — มะลิ");
  expect(fill("{name}{name}", "N")).toBe("NN");
  expect(fill("", "N")).toBe("");
});

test("a value is never read again", () => {
  for (const name of ["{operator}", "{name}", "{", "}", "{{time}}", "{op"]) {
    expect(fill("{name}erator} {operator}", name)).toBe(`${name}erator} มะลิ`);
  }
});

test("what is no variable stays as it is", () => {
  for (const text of ["{}", "{ name }", "{a b}", '{"json": 1}', "{name", "name}", "}{", "{{}}", "{Name}", "{unknown}", "{a{b"]) {
    expect(fill(text, "N")).toBe(text);
  }
  expect(fill("{{name}}", "N")).toBe("{N}");
  expect(fill("{a{name}", "N")).toBe("{aN");
});

test("what there is nothing for stays in its braces and is found", () => {
  expect(fill("{name}, {time}", "")).toBe("{name}, 14:05");
  expect(leftOpen("{name}, 14:05")).toBe("{name}");
  expect(leftOpen("hello {unknown}")).toBeUndefined();
});

test("dates are in the language of the reply's letters", () => {
  expect(languageOf("ส่งวันที่ {date}", "en")).toBe("th");
  expect(languageOf("{date}に発送します", "en")).toBe("ja");
  expect(languageOf("於{date}寄出", "th")).toBe("zh-Hant");
  expect(languageOf("於{date}寄出", "ja")).toBe("ja");
  expect(languageOf("12:00", "th")).toBe("th");
});
