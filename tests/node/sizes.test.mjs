// What is downloaded grows only with a reason, which stands in benches/sizes-history.json.

import assert from "node:assert/strict";
import { test } from "node:test";
import { builds } from "../../scripts/wasm/builds.mjs";
import { grown, history, measureBuilds, measureForm } from "../../scripts/wasm/sizes.mjs";

test("growth by more than 2 % is found, by build and since the newest entry", () => {
  /** @type {import("../../scripts/wasm/sizes.mjs").Entry[]} */
  const entries = [
    { date: "2026-01-01", what: "first", why: "first", bytes: { page: 1000, full: 3000 } },
    { date: "2026-02-01", what: "smaller", why: "smaller", bytes: { page: 900 } },
  ];
  assert.deepEqual(grown({ page: 918, full: 3060 }, entries), []);
  assert.equal(grown({ page: 919, full: 3061 }, entries).length, 2);
  assert.match(grown({ page: 990 }, entries)[0], /^page: 990 bytes, 10\.0 % more/);
  assert.equal(grown({ author: 1 }, entries).length, 1);
});

test("no build has grown without an entry that says why", async () => {
  const measured = await measureBuilds();
  assert.equal(measured.length, builds.length, "npm run build");
  const bytes = { ...Object.fromEntries(measured.map(({ name, parts }) => [name, parts.together.brotli])), form: (await measureForm()).brotli };
  const found = grown(bytes, history());
  assert.deepEqual(found, [], "add an entry to benches/sizes-history.json: date, what grew, why, and the bytes");
});

test("every entry has a day, a reason and numbers", () => {
  for (const { date, what, why, bytes } of history()) {
    assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
    assert.ok(what.length > 10 && why.length > 10, date);
    assert.ok(Object.values(bytes).every(Number.isInteger), date);
  }
});
