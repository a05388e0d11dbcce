// The edge under Node: leads and rotations in SQLite.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { serveStatic } from "@hono/node-server/serve-static";
import { openSqlite } from "./database/sqlite.mjs";
import { createEdge } from "./edge.mjs";
import { createLimiter } from "./limiter.mjs";
import { unpack } from "./packed.mjs";
import { createRotation, tableStorage } from "./rotation.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** What the build step wrote. @returns {import("./policy.mjs").Compiled} */
export function readCompiled() {
  return { program: readFileSync(here("built/program.bin")), slice: readFileSync(here("built/slice.bin")), texts: JSON.parse(readFileSync(here("built/texts.txt"), "utf8")) };
}

/** The other policies that have a form. @returns {Record<string, import("./policy.mjs").Compiled>} */
export const readOthers = () => unpack(readFileSync(here("built/others.bin")));

/**
 * The edge as an application under Node.
 * @param {object} options
 * @param {import("./edge.mjs").Keys} options.keys
 * @param {string} [options.path] of the database; in memory where none is given
 * @param {import("./policy.mjs").Compiled} [options.compiled]
 * @param {Record<string, import("./policy.mjs").Compiled>} [options.others] further policies, by name
 * @param {string} [options.files] the folder of files that it serves
 * @param {Partial<import("./edge.mjs").Around>} [options.around] other parts than the usual ones
 */
export function createNodeEdge({ keys, path = ":memory:", compiled = readCompiled(), others = {}, files = here("../dist"), around }) {
  const database = openSqlite(path, readFileSync(here("schema.sql"), "utf8"));
  const serveFile = serveStatic({ root: relative(process.cwd(), files) || "." });
  const app = createEdge({
    compiled,
    others,
    keys,
    database,
    rotations: (policy) => {
      /** @type {Map<string, import("./rotation.mjs").QueueRotation>} */
      const known = new Map();
      return (queue) => {
        const rotation = known.get(queue) ?? createRotation(policy.full, queue, tableStorage(database, policy.base === "" ? queue : `${policy.id}/${queue}`));
        known.set(queue, rotation);
        return rotation;
      };
    },
    limiter: createLimiter(),
    // A proxy's word for the address is not taken: whoever sends it could be anybody.
    address: (context) => { try { return getConnInfo(context).remote.address ?? ""; } catch { return ""; } },
    assets: async (context) => (await serveFile(context, async () => {})) ?? context.notFound(),
    ...around,
  });
  return { app, database };
}

/**
 * Serves the edge.
 * @param {object} options
 * @param {import("./edge.mjs").Keys} options.keys
 * @param {string} options.path of the database
 * @param {number} [options.port] any free one where none is given
 * @returns {Promise<{ address: string, close(): Promise<void> }>}
 */
export function serveNode({ keys, path, port = 0 }) {
  const { app, database } = createNodeEdge({ keys, path, others: readOthers() });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, (info) => resolve({
      address: `http://127.0.0.1:${info.port}`,
      close: () => new Promise((closed) => server.close(() => { database.close(); closed(); })),
    }));
    server.once("error", reject);
  });
}
