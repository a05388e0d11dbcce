// The edge under Node, with SQLite.

import { compilePolicy } from "../../www/edge/build.mjs";
import { newKeys } from "../../www/edge/keys.mjs";
import { createNodeEdge } from "../../www/edge/node.mjs";
import { edgeSuite } from "./suite.mjs";

const compiled = compilePolicy();

edgeSuite("node", {
  compiled,
  async open() {
    /** @type {string[]} */
    const lines = [];
    // A header stands for the socket's address, which requests without a socket do not have.
    const around = { write: (/** @type {string} */ line) => void lines.push(line), address: (/** @type {import("hono").Context} */ context) => context.req.header("cf-connecting-ip") ?? `${Math.random()}` };
    const keys = await newKeys();
    const { app, database } = createNodeEdge({ keys, compiled, around });
    return {
      keys,
      fetch: async (path, init) => app.request(path, init),
      sql: (sql, ...values) => database.all(sql, ...values),
      lines: () => lines,
      close: async () => database.close(),
    };
  },
});
