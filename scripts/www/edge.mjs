// The edge with landing page and playground, served on this machine: by workerd, or by Node where workerd cannot run.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { developmentKeys } from "../../www/edge/keys.mjs";
import { serveNode } from "../../www/edge/node.mjs";
import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { freePort } from "./ports.mjs";

const www = join(root, "www");
/** Milliseconds that workerd has to start in. */
const PATIENCE = 120_000;

/**
 * @typedef {object} Served
 * @property {string} address
 * @property {"workerd" | "node"} by
 * @property {Promise<void>} ended when it ends by itself
 * @property {() => Promise<void>} close
 */

/**
 * @param {object} options
 * @param {string} options.folder of keys and databases; git does not know it
 * @param {number} [options.port] any free one where this one is taken
 * @param {boolean} [options.workerd] whether to try workerd
 * @returns {Promise<Served>}
 */
export async function serve({ folder, port = 8787, workerd = true }) {
  mkdirSync(folder, { recursive: true });
  const keys = await developmentKeys(join(folder, "keys.json"));
  const chosen = await freePort(port);
  if (workerd) {
    const served = await serveWorkerd(folder, keys, chosen);
    if (served) return served;
    console.error("workerd does not run on this machine; the edge runs under Node instead, with SQLite in place of D1");
  }
  const { address, close } = await serveNode({ keys, path: join(folder, "leads.sqlite"), port: chosen });
  return { address, close, by: "node", ended: new Promise(() => {}) };
}

/** @param {string} folder @param {import("../../www/edge/edge.mjs").Keys} keys @param {number} port @returns {Promise<Served | undefined>} undefined where it cannot run */
async function serveWorkerd(folder, keys, port) {
  const variables = join(folder, "worker.env");
  writeFileSync(variables, `KEYS='${JSON.stringify(keys)}'\nSETUP=1\n`, { mode: 0o600 });
  const options = ["--ip", "127.0.0.1", "--port", `${port}`, "--inspector-port", "0", "--persist-to", join(folder, "state"), "--env-file", variables, "--log-level", "error", "--show-interactive-dev-session=false"];
  const child = spawn(process.execPath, [join(root, "node_modules", "wrangler", "bin", "wrangler.js"), "dev", ...options], {
    cwd: www,
    // Its own group, so that workerd ends with it, and Ctrl-C reaches only us.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", CI: "true", FORCE_COLOR: "0" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => { output = (output + text).slice(-4000); });
  let over = false;
  const ended = new Promise((/** @type {(value: void) => void} */ resolve) => child.once("close", () => { over = true; resolve(); }));
  child.once("error", () => { over = true; });
  const close = async () => {
    if (!over && child.pid !== undefined) {
      try {
        process.kill(-child.pid, "SIGTERM");
      } catch { /* It is gone already. */ }
    }
    const late = setTimeout(() => { if (!over && child.pid !== undefined) try { process.kill(-child.pid, "SIGKILL"); } catch { /* It is gone already. */ } }, 5000);
    await ended;
    clearTimeout(late);
  };
  const address = `http://127.0.0.1:${port}`;
  const begun = Date.now();
  while (!over && Date.now() - begun < PATIENCE) {
    try {
      if ((await fetch(`${address}/api/policy`, { signal: AbortSignal.timeout(10_000) })).ok) return { address, by: "workerd", ended, close };
    } catch { /* Not yet. */ }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  if (over && /Build failed|error: /i.test(output)) throw new Failure("the edge cannot be bundled", output);
  await close();
  return undefined;
}
