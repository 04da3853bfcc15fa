// GET without decoding: what really crosses the wire.
import http from "node:http";

/** @returns {Promise<{status: number, headers: import("node:http").IncomingHttpHeaders, body: Buffer}>} */
export function rawGet(url, headers) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on("error", reject);
  });
}
