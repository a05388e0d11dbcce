// The edge in workerd, with D1 and Durable Objects.

import { after } from "node:test";
import { buildEdge, compilePolicy } from "../../www/edge/build.mjs";
import { edgeSuite } from "./suite.mjs";
import { bundle, startWorkerd } from "./workerd.mjs";

buildEdge();
const bundled = bundle();
after(() => bundled.remove());

let clients = 0;

edgeSuite("workerd", {
  compiled: compilePolicy(),
  async open() {
    const edge = await startWorkerd(bundled);
    // The tables are made by the first request.
    await edge.fetch("/api/policy");
    return {
      ...edge,
      fetch(path, init = {}) {
        // Each request from an address of its own, unless the test says from which.
        const headers = { "cf-connecting-ip": `192.0.2.${(clients += 1) % 250}`, ...Object.fromEntries(new Headers(init.headers)) };
        return edge.fetch(path, { ...init, headers });
      },
    };
  },
});
