// What customers write, with what stands among the words: addresses, LINE's emoji, mentions, cards.
import { expect, test } from "./fixtures";

const PHONE = { viewport: { width: 390, height: 844 } };
/** One grey pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
const LINE_PICTURES = "https://stickershop.line-scdn.net/**";

for (const [screen, options] of [["desk", {}], ["phone", PHONE]] as const) {
  test(`addresses lead where they say, on a ${screen}`, async ({ operator, simulator }) => {
    const customer = await simulator.customer("Nut");
    await customer.writes("ลายนี้ใช่ไหมคะ https://baansilk.example/dok-kaeo?x=1（หน้าแรก）");
    await customer.writes("ดูที่https://baansilk.example/aครับ และ (https://b.example/c)");
    await customer.writes("javascript:alert(1) https://line.me@evil.example/ data:text/html,x");
    await customer.writes("https://p\u0430ypal.example/in");
    const mali = await operator("mali", options);
    await mali.inbox.choose("Nut");

    const links = (text: string | RegExp) => mali.thread.line(text).getByRole("link");
    const first = links("หน้าแรก");
    await expect(first).toHaveText("https://baansilk.example/dok-kaeo?x=1");
    await expect(first).toHaveAttribute("href", "https://baansilk.example/dok-kaeo?x=1");
    await expect(first).toHaveAttribute("rel", /noopener noreferrer/);
    await expect(first).toHaveAttribute("target", "_blank");
    await expect(links("และ")).toHaveText(["https://baansilk.example/a", "https://b.example/c"]);
    await expect(mali.thread.line("javascript:")).toBeVisible();
    await expect(links("javascript:")).toHaveCount(0);
    // The letter that only looks like an a is not shown as one.
    const lookalike = links("xn--");
    await expect(lookalike).toHaveText("https://xn--pypal-4ve.example/in");
    await expect(lookalike).toHaveAttribute("href", "https://xn--pypal-4ve.example/in");

    // What the server rendered is what the browser makes of it.
    await mali.inbox.reload();
    await expect(links("xn--")).toHaveText("https://xn--pypal-4ve.example/in");
    await expect(links("หน้าแรก")).toHaveText("https://baansilk.example/dok-kaeo?x=1");
  });
}

test("a note has links too", async ({ operator, simulator }) => {
  const customer = await simulator.customer("Nut");
  await customer.writes("hello");
  const mali = await operator("mali");
  await mali.inbox.choose("Nut");
  await mali.thread.claim.click();
  await mali.thread.composer.getByRole("button", { name: "Internal note" }).click();
  await mali.thread.text.fill("paid, see https://bank.example/slip/1.");
  await mali.thread.text.press("Enter");
  const link = mali.thread.line("paid, see").getByRole("link");
  await expect(link).toHaveText("https://bank.example/slip/1");
  await expect(link).toHaveAttribute("href", "https://bank.example/slip/1");
});

test("LINE's emoji are pictures, and who is meant is marked", async ({ operator, simulator, guard }) => {
  const nut = await simulator.customer("Nut");
  const group = await simulator.group("Northern dealers", [nut]);
  const text = "🍎 @Baan Silk มีไหมคะ (love) ฝาก @ต้น ดูด้วย";
  const at = (words: string) => ({ index: text.indexOf(words), length: words.length });
  const message = {
    type: "text",
    text,
    emojis: [{ ...at("(love)"), productId: "5ac1bfd5040ab15980c9b435", emojiId: "001" }],
    mention: {
      mentionees: [
        { type: "user", ...at("@Baan Silk"), isSelf: true },
        { type: "user", ...at("@ต้น"), userId: "U1" },
        // Within a character: shown as the words that it is.
        { type: "user", index: 1, length: 1 },
      ],
    },
  };
  await simulator.call("POST", `/customers/${group.userId}/messages`, { message, from: nut.userId });

  const mali = await operator("mali");
  const page = mali.inbox.page;
  await page.route(LINE_PICTURES, (route) => route.fulfill({ body: PIXEL, contentType: "image/png" }));
  await mali.inbox.choose("Northern dealers");
  const line = mali.thread.line("มีไหมคะ");
  await expect(line.locator(".mention")).toHaveText(["@Baan Silk", "@ต้น"]);
  await expect(line.locator(".mention[data-me]")).toHaveText("@Baan Silk");
  const emoji = line.getByRole("img", { name: "(love)" });
  await expect(emoji).toBeVisible();
  await expect(emoji).toHaveAttribute("src", /\/sticonshop\/v1\/sticon\/5ac1bfd5040ab15980c9b435\/android\/001\.png$/);
  await expect(line.locator(".bubble__text")).toContainText("🍎 @Baan Silk");

  // Where LINE's pictures cannot be had, LINE's words stand there.
  guard.allow(/Failed to load resource/);
  const ken = await operator("somchai");
  await ken.inbox.page.route(LINE_PICTURES, (route) => route.abort());
  await ken.inbox.choose("Northern dealers");
  await expect(ken.thread.line("มีไหมคะ").getByText("(love)", { exact: true })).toBeVisible();
});

test("cards are shown as what they say, and dates in the reader's form", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  await nut.sends({
    type: "flex",
    altText: "ผ้าไหมลายดอกแก้ว",
    contents: {
      type: "bubble",
      body: { type: "box", layout: "vertical", contents: [{ type: "text", text: "เมตรละ 1,290 บาท" }] },
      footer: {
        type: "box",
        layout: "vertical",
        contents: [{ type: "button", action: { type: "uri", label: "สั่งซื้อ", uri: "https://a.example" } }],
      },
    },
  });
  await nut.sends({ type: "imagemap", altText: "Sale of the week", actions: [{ type: "uri", label: "Shop" }] });
  await nut.event({ type: "postback", postback: { data: "pick-up", params: { datetime: "2026-11-25T10:30" } } });
  const mali = await operator("mali");
  await expect(mali.inbox.row("Nut")).toContainText("Wednesday 25 November 2026, 10:30");
  await mali.inbox.choose("Nut");
  const card = mali.thread.line("ผ้าไหมลายดอกแก้ว");
  await expect(card).toContainText("Card message, in words");
  await expect(card).toContainText("เมตรละ 1,290 บาท");
  await expect(card.getByRole("list", { name: "Buttons" }).getByRole("listitem")).toHaveText("สั่งซื้อ");
  await expect(mali.thread.line("Sale of the week")).toContainText("Shop");
  const chosen = mali.thread.line("pick-up");
  await expect(chosen.locator("b")).toHaveText("Wednesday 25 November 2026, 10:30");
});

test("administrators can look at what Sala does not know", async ({ operator, simulator }) => {
  const nut = await simulator.customer("Nut");
  await nut.sends({ type: "hologram", depth: "very deep" });
  const admin = await operator("admin");
  await admin.inbox.choose("Nut");
  const line = admin.thread.line("hologram");
  await line.getByText("As it came from LINE").click();
  await expect(line.locator("pre")).toContainText('"depth":"very deep"');

  const mali = await operator("mali");
  await mali.inbox.choose("Nut");
  await expect(mali.thread.line("hologram")).toBeVisible();
  await expect(mali.thread.line("hologram").getByText("As it came from LINE")).toHaveCount(0);
});
