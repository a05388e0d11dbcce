// Serves the built playground as a host would that allows as little as it can.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { root } from "../../scripts/paths.mjs";

const folder = join(root, "www", "dist", "playground");

/** @type {Record<string, string>} */
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

/** What the page may do; its workers get the same. */
export const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** @returns {Promise<{ address: string, close: () => void }>} */
export function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = normalize(join(folder, pathname.replace(/^\/playground\//, "/").replace(/\/$/, "/index.html")));
    const found = pathname.startsWith("/playground/") && path.startsWith(folder + sep) && existsSync(path) && statSync(path).isFile();
    response.writeHead(found ? 200 : 404, { "content-type": types[extname(path)] ?? "application/octet-stream", "content-security-policy": policy, "x-content-type-options": "nosniff" });
    if (found) createReadStream(path).pipe(response);
    else response.end();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ address: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/playground/`, close: () => server.close() });
    });
  });
}
