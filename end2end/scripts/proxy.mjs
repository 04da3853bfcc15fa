// A proxy in front of a server, as an office has one: it may refuse WebSockets.
import { createServer, request } from "node:http";
import { connect } from "node:net";

/** Passes everything on, except upgrades while those are refused. */
export class Proxy {
  /** @param {string} target the server's address */
  static async start(target) {
    const proxy = new Proxy();
    const { hostname, port } = new URL(target);
    proxy.server = createServer((incoming, answer) => {
      const { method, url, headers } = incoming;
      const passed = request({ hostname, port, method, path: url, headers }, (from) => {
        answer.writeHead(from.statusCode ?? 502, from.rawHeaders);
        from.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      incoming.pipe(passed);
    });
    proxy.server.on("upgrade", (incoming, socket, head) => {
      socket.on("error", () => socket.destroy());
      if (proxy.refusing) {
        proxy.refused += 1;
        socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      proxy.tunnel(incoming, socket, head, connect(Number(port), hostname));
    });
    await new Promise((resolve) => proxy.server.listen(0, "127.0.0.1", () => resolve(undefined)));
    proxy.url = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (proxy.server.address()).port}`;
    return proxy;
  }

  url = "";
  /** Whether WebSockets are refused. */
  refusing = false;
  /** How many were. */
  refused = 0;
  /** @type {Set<import("node:stream").Duplex>} */
  open = new Set();

  tunnel(incoming, socket, head, onward) {
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    onward.write(`${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
    for (const [end, other] of [[socket, onward], [onward, socket]]) {
      this.open.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        this.open.delete(end);
        other.destroy();
      });
    }
  }

  async stop() {
    this.open.forEach((end) => end.destroy());
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
