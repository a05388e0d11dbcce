// The edge in a real workerd: bundled by wrangler as it would be deployed, run by Miniflare, with D1 and Durable Objects embedded.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { newKeys } from "../../www/edge/keys.mjs";

const www = fileURLToPath(new URL("../../www/", import.meta.url));
/** Module types by the ending of their files. @type {Record<string, "ESModule" | "CompiledWasm" | "Data" | "Text">} */
const TYPES = { js: "ESModule", wasm: "CompiledWasm", bin: "Data", sql: "Text", txt: "Text" };

/** Bundles the worker. @returns {{ modules: any[], options: any, remove: () => void }} */
export function bundle() {
  const folder = mkdtempSync(join(tmpdir(), "leadgate-edge-"));
  // Wrangler wants the folder of assets to be there.
  mkdirSync(join(www, "dist"), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(www, "../node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", folder], {
    cwd: www, encoding: "utf8", env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  });
  if (status !== 0) throw new Error(`wrangler could not bundle the edge:\n${stdout}\n${stderr}`);
  const names = readdirSync(folder).filter((name) => /\.(js|wasm|bin|sql|txt)$/.test(name)).sort((a) => (a === "worker.js" ? -1 : 1));
  const modules = names.map((name) => {
    const contents = readFileSync(join(folder, name));
    const type = TYPES[name.split(".").pop() ?? ""];
    return { type, path: name, contents: type === "ESModule" || type === "Text" ? contents.toString() : new Uint8Array(contents) };
  });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(www, "wrangler.jsonc"));
  return { modules, options: workerOptions, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Starts it with a database of its own.
 * @param {ReturnType<typeof bundle>} bundled
 * @param {{ assets?: string }} [more] the folder of files that it serves
 */
export async function startWorkerd({ modules, options }, { assets } = {}) {
  const keys = await newKeys();
  /** @type {string[]} */
  const lines = [];
  /** @type {string | undefined} */
  let folder;
  if (!assets) {
    folder = assets = mkdtempSync(join(tmpdir(), "leadgate-assets-"));
    writeFileSync(join(assets, "index.html"), "<!doctype html><title>page</title>");
  }
  const miniflare = new Miniflare({
    ...options,
    modules,
    rootPath: undefined,
    bindings: { ...options.bindings, KEYS: JSON.stringify(keys), SETUP: "1" },
    assets: { directory: assets, binding: "ASSETS", routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true } },
    host: "127.0.0.1",
    port: 0,
    handleRuntimeStdio(/** @type {import("node:stream").Readable} */ stdout, /** @type {import("node:stream").Readable} */ stderr) {
      for (const stream of [stdout, stderr]) stream.setEncoding("utf8").on("data", (text) => lines.push(text));
    },
  });
  const address = await miniflare.ready;
  const database = await miniflare.getD1Database("LEADS");
  return {
    keys,
    address,
    fetch: async (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) => {
      const send = () => miniflare.dispatchFetch(new URL(path, address), /** @type {any} */ (init));
      // Who is refused before all of a body is sent may find the connection closed before the answer is read; the same request may be sent again.
      const response = await send().catch((error) => (error.cause?.code === "ECONNRESET" ? send() : Promise.reject(error)));
      return /** @type {Response} */ (/** @type {unknown} */ (response));
    },
    sql: async (/** @type {string} */ sql, /** @type {unknown[]} */ ...values) => (await database.prepare(sql).bind(...values).all()).results,
    lines: () => lines,
    async close() {
      await miniflare.dispose();
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}
