// The console's first HTML must stay small, also with a full list: 50 conversations.
import { rawGet } from "./raw-get.mjs";
import { Server, Simulator, signInForCookie } from "./server.mjs";

const LIMIT = 60 * 1000;
const CONVERSATIONS = 50;
const NAMES = ["ณัฐธิดา ใจดี", "田中 健太", "林怡君", "Chanon W.", "ก้อย Ploy 🌿"];
const TEXTS = [
  "ขอสีแดง 3 เมตรค่ะ ส่งที่นี่ได้ไหมคะ",
  "ギフト包装もお願いできますか。",
  "請問這個還有現貨嗎？",
  "Hello, is the maroon silk still in stock?",
];

async function fill(simulator) {
  for (let i = 0; i < CONVERSATIONS; i += 1) {
    const customer = await simulator.customer(`${NAMES[i % NAMES.length]} ${i + 1}`);
    await customer.writes(`${TEXTS[i % TEXTS.length]} (${i + 1})`);
  }
}

async function firstHtml(url, tab) {
  const cookie = await signInForCookie(url, "mali@example.com");
  const answer = await rawGet(url + tab, { cookie, accept: "text/html", "accept-encoding": "br" });
  if (answer.status !== 200) throw new Error(`GET ${tab} answered ${answer.status}`);
  if (answer.headers["content-encoding"] !== "br") throw new Error(`GET ${tab} was not compressed`);
  return answer.body.length;
}

const server = await Server.start();
try {
  await fill(new Simulator(server.url));
  const size = await firstHtml(server.url, "/");
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  console.log(`size: first HTML with ${CONVERSATIONS} conversations ${kb(size)} KB as brotli, limit ${kb(LIMIT)} KB`);
  if (size > LIMIT) {
    console.error(`The first HTML is ${kb(size - LIMIT)} KB over its limit.`);
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}
