// Starts a binary from an empty folder, as `demo` and as `serve`, and looks at what it serves.
import path from "node:path";
import { rawGet } from "./raw-get.mjs";
import { Server } from "./server.mjs";

const binary = path.resolve(process.argv[2] ?? "dist/sala");

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

async function looksRight(url) {
  const page = await rawGet(`${url}/login`, { accept: "text/html" });
  expect(page.status === 200 && page.body.includes("<form"), `/login answered ${page.status}`);
  const files = { "sala.js": "text/javascript", "sala.wasm": "application/wasm", "sala.css": "text/css" };
  for (const [file, type] of Object.entries(files)) {
    const answer = await rawGet(`${url}/pkg/${file}`, { "accept-encoding": "gzip, br" });
    expect(answer.status === 200, `/pkg/${file} answered ${answer.status}`);
    expect(answer.headers["content-type"]?.startsWith(type), `/pkg/${file} has type ${answer.headers["content-type"]}`);
    expect(answer.headers["content-encoding"] === "br", `/pkg/${file} is not compressed`);
  }
  const emoji = await rawGet(`${url}/trays/emoji.txt`, { "accept-encoding": "gzip, br" });
  expect(emoji.status === 200 && emoji.headers["content-encoding"] === "br", "the emoji are missing or not compressed");
}

for (const args of [["demo"], ["serve"]]) {
  // No site folder: everything has to come out of the binary.
  const server = await Server.start({ binary, args, env: { LEPTOS_SITE_ROOT: "no-such-folder" } });
  let ended;
  try {
    await looksRight(server.url);
  } finally {
    ended = await server.stop();
  }
  expect(ended === 0, `sala ${args[0]} ended with ${ended} when asked to stop:\n${server.output}`);
  console.log(`sala ${args[0]}: ready, serves the console and its compressed files, stops cleanly`);
}
