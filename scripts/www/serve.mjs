// A static server of www/dist with the headers of the real one, and a stand-in for the edge: for tests and screenshots.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { SECURITY_HEADERS } from "../../www/edge/headers.mjs";
import { root } from "../paths.mjs";

const DIST = join(root, "www", "dist");

/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".lgp": "application/octet-stream" };

/**
 * @typedef {{ method: string, path: string, headers: import("node:http").IncomingHttpHeaders, body: string }} Received
 * @typedef {{ status?: number, headers?: Record<string, string>, body: unknown, wait?: number }} Answer
 */

/** @param {string} path */
function fileOf(path) {
  const file = join(DIST, normalize(path));
  if (!file.startsWith(DIST)) return undefined;
  for (const candidate of [file, join(file, "index.html")]) {
    if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return candidate;
  }
  return undefined;
}

/**
 * Serves the built site on a free port of this machine.
 * @param {(received: Received) => Answer} edge answers posts
 * @returns {Promise<{ address: string, received: Received[], close: () => Promise<void> }>}
 */
export async function serve(edge) {
  /** @type {Received[]} */
  const received = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    if (request.method === "POST") {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (chunk) => { body += chunk; });
      request.on("end", () => {
        const one = { method: "POST", path, headers: request.headers, body };
        received.push(one);
        const { status = 200, headers = {}, body: answer, wait = 0 } = edge(one);
        setTimeout(() => response.writeHead(status, { "content-type": typeof answer === "string" ? "text/html; charset=utf-8" : "application/json", ...headers }).end(typeof answer === "string" ? answer : JSON.stringify(answer)), wait);
      });
      return;
    }
    const file = fileOf(path);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...SECURITY_HEADERS });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    received,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
