// What a policy tells of the behaviours that it counts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { load } from "leadgate";

test("a description has event types with their attributes, and signals; without any, both are empty", () => {
  const head = "leadgate: 1\npolicy: p\nversion: '1'\nfields: { seats: { type: int } }\n";
  /** @param {string} text */
  const described = (text) => {
    const policy = load(/** @type {Uint8Array} */ (compile("p.yaml", { "p.yaml": text }).program));
    const { events, signals } = policy.describe();
    policy.free();
    return { events, signals };
  };
  assert.deepEqual(described(head), { events: [], signals: [] });
  assert.deepEqual(described(`${head}events: { view: { kind: [docs, prices], seconds: int, bot: bool, path: string, share: double }, call: {} }\nsignals: { calls: { count: call } }\n`), {
    events: [
      { name: "view", attributes: [{ name: "kind", type: "enum", values: ["docs", "prices"] }, { name: "seconds", type: "int" }, { name: "bot", type: "bool", values: [false, true] }, { name: "path", type: "string" }, { name: "share", type: "double" }] },
      { name: "call", attributes: [] },
    ],
    signals: ["calls"],
  });
});
