import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "../bundle.mjs";
import { programOf, whileServing } from "../program.mjs";

/** @param {string} folder @param {Map<string, Uint8Array>} modules */
function configuration(folder, modules) {
  for (const [name, bytes] of modules) writeFileSync(join(folder, "out", name), bytes);
  const listed = [...modules.keys()].map((name) => `(name = "${name}", wasm = embed "${name}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), ${listed.join(", ")}],
    compatibilityDate = "2026-10-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** The port of a socket, which workerd tells in lines of JSON. @param {import("node:stream").Readable} stream @returns {Promise<number>} */
async function portFrom(stream) {
  let text = "";
  for await (const chunk of stream) {
    text += chunk;
    for (const line of text.split("\n").slice(0, -1)) {
      const { event, port } = JSON.parse(line);
      if (event === "listen") return port;
    }
  }
  throw new Error("workerd told no port");
}

/** Both forms of the package, asked one after the other. @param {string} folder */
export async function workerd(folder) {
  const { code, modules } = await bundled(folder, "worker.mjs", ["workerd", "worker", "browser"]);
  writeFileSync(join(folder, "out", "worker.mjs"), code);
  writeFileSync(join(folder, "out", "config.capnp"), configuration(folder, modules));
  const args = ["serve", "--control-fd=3", join(folder, "out", "config.capnp")];
  return whileServing(programOf("@cloudflare", /^workerd-/, "bin/workerd"), args, async (child) => {
    const port = await portFrom(/** @type {import("node:stream").Readable} */ (child.stdio[3]));
    const ask = async (/** @type {string} */ path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    };
    return { embedded: await ask("/"), slim: await ask("/slim") };
  });
}
