// Nodes that do not hear each other: the operator reads it for as long as it is so. The socket is
// the real one; what it says of the nodes is put into its frames.
import { expect, test } from "./fixtures";

const APART = "Some servers are not in contact.";

/** The events that say how the nodes are. */
const SAYING = ["auth_success", "presence_update", "pong"];

test("the console says that servers are out of touch until they are not", async ({ operator, simulator }) => {
  const mali = await operator("mali");
  const page = mali.inbox.page;
  let apart = true;
  await page.routeWebSocket(/\/ws\/live-chat$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      const frame = JSON.parse(String(text));
      if (apart && SAYING.includes(frame.type)) {
        frame.payload.degraded = ["broker"];
      }
      socket.send(JSON.stringify(frame));
    });
  });
  await page.reload();
  await mali.inbox.isThere();
  await expect(mali.thread.banner).toContainText(APART);

  // Everything goes on meanwhile.
  const customer = await simulator.customer("ณัฐธิดา ใจดี", "th");
  await customer.writes("สวัสดีค่ะ");
  await mali.inbox.choose(customer.name);
  await mali.thread.claim.click();
  await mali.thread.reply("ยินดีค่ะ");
  await mali.thread.isSent("ยินดีค่ะ");
  await expect(mali.thread.banner).toContainText(APART);

  // A colleague who comes is the next that the server tells of.
  apart = false;
  await operator("somchai");
  await expect(mali.thread.banner).toBeHidden();
  await mali.inbox.isLive();
  await mali.thread.hasExactlyOne("ยินดีค่ะ");
});
