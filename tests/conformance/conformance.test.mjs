// Every applicable test of CEL's conformance suite passes, natively and in wasm; what is listed as an exception is one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { engines, printed } from "./engines.mjs";
import { notApplicable, pending } from "./lists.mjs";
import { suite } from "./suite.mjs";
import { judge, lines, table } from "./table.mjs";

test("exceptions are tests of the suite, and are few", () => {
  const ids = new Set(suite.map(({ id }) => id));
  for (const id of [...notApplicable.keys(), ...pending.keys()]) assert.ok(ids.has(id), `there is no test ${id}`);
  for (const id of pending.keys()) assert.ok(!notApplicable.has(id), `${id} is listed twice`);
  assert.ok(suite.length - notApplicable.size >= 1550, `${suite.length - notApplicable.size} tests apply`);
});

for (const [name, engine] of Object.entries(engines)) {
  test(`conformance, ${name}`, async () => {
    const judged = await judge(engine);
    console.log(table(judged));
    const excepted = (/** @type {string} */ id) => notApplicable.has(id) || pending.has(id);
    const failing = judged.filter(({ test, wrong }) => wrong && !excepted(test.id)).map(({ test, wrong }) => `${test.id}: ${wrong}`);
    assert.deepEqual(failing, []);
    assert.deepEqual(judged.filter(({ test, wrong }) => !wrong && excepted(test.id)).map(({ test }) => test.id), [], "listed, and they pass");
  });
}

test("expressions in canonical form mean the same, and stay as they are", async () => {
  const once = printed(lines);
  const changed = once.filter((line, index) => line !== lines[index]).length;
  assert.ok(changed > 500, `${changed} expressions are written in another form`);
  assert.deepEqual(printed(once), once);
  const judged = await judge(engines.native, once);
  const failing = judged.filter(({ test, wrong }) => wrong && !notApplicable.has(test.id)).map(({ test, wrong }) => `${test.id}: ${wrong}`);
  assert.deepEqual(failing, []);
});
