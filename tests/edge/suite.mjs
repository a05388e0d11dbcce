// What the edge promises, wherever it runs. Each suite of an environment runs all of it.

import { test } from "node:test";
import { claims } from "./suite/claims.mjs";
import { forms } from "./suite/forms.mjs";
import { once } from "./suite/once.mjs";
import { refusals } from "./suite/refusals.mjs";

/** @typedef {import("./suite/edge.mjs").Edge} Edge @typedef {import("./suite/edge.mjs").Environment} Environment */

/** @param {string} where @param {Environment} environment */
export function edgeSuite(where, environment) {
  /** @type {import("./suite/edge.mjs").On} */
  const on = (name, body) => test(`${where}: ${name}`, async () => {
    const edge = await environment.open();
    try {
      await body(edge);
    } finally {
      await edge.close();
    }
  });

  for (const part of [claims, once, forms, refusals]) part(on, environment);
}
