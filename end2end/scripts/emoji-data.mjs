// Writes public/trays/emoji.txt from the npm package emojibase-data, which the build does not need:
//   npm pack emojibase-data@17 && tar xf emojibase-data-17.*.tgz
//   node end2end/scripts/emoji-data.mjs package
// One line an emoji: emoji, how tones are put in, and for each language its name and its other
// words, parted by `|`; the parts of a line are parted by tabs. `#` and a number begins a group.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { toned } from "../../public/trays/search.mjs";

const LANGUAGES = ["en", "th", "ja", "zh-hant"];
/** Emojibase's groups, in the order of the picker's tabs; 2 holds tones and hair, which are no emoji. */
const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9];
/** What phones of the last years draw; newer ones are empty boxes for many customers. */
const NEWEST = 15.1;

const folder = process.argv[2] ?? "package";
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const read = (file) => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
const { version } = read("package.json");
const [english, ...others] = LANGUAGES.map((language) => read(`${language}/data.json`));
const byCode = others.map((list) => new Map(list.map((emoji) => [emoji.hexcode, emoji])));

/** Name and other words without those that the name or another one holds already. */
function words({ label, tags = [] }) {
  const said = [label.toLowerCase()];
  for (const tag of tags.map((tag) => tag.toLowerCase()).sort((a, b) => b.length - a.length)) {
    if (tag !== "" && !said.some((other) => other.includes(tag))) said.push(tag);
  }
  return [label, ...said.slice(1)].map((word) => word.replaceAll(/[|\t\n]/gu, " ")).join("|");
}

/** `1`: one person, `2`: two of them, empty: no tones, or such as no rule makes. */
function tones(emoji) {
  const skins = (emoji.skins ?? []).filter(({ tone }) => typeof tone === "number" || tone[0] === tone[1]);
  const expected = skins.map((skin) => [typeof skin.tone === "number" ? skin.tone : skin.tone[0], skin.emoji]);
  const fits = (rule) => expected.length === 5 && expected.every(([tone, it]) => toned(emoji.emoji, rule, tone) === it);
  return ["1", "2"].find(fits) ?? "";
}

const lines = [
  `Made by end2end/scripts/emoji-data.mjs from emojibase-data ${version} (MIT, Miles Johnson),`,
  "whose words are those of Unicode's CLDR (Unicode License v3).",
];
let count = 0;
GROUPS.forEach((group, place) => {
  lines.push(`#${place}`);
  const members = english.filter((emoji) => emoji.group === group && emoji.version <= NEWEST);
  for (const emoji of members.sort((a, b) => a.order - b.order)) {
    const said = [emoji, ...byCode.map((list) => list.get(emoji.hexcode) ?? emoji)].map(words);
    lines.push([emoji.emoji, tones(emoji), ...said].join("\t"));
    count += 1;
  }
});
writeFileSync(path.join(root, "public/trays/emoji.txt"), `${lines.join("\n")}\n`);
console.log(`${count} emoji`);
