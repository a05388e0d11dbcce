// The table of the peers says of Leadgate what is so, and the READMEs show that table. The peers themselves are not needed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/paths.mjs";
import { engines } from "./engines.mjs";
import { bySection, judge } from "./table.mjs";

/** The rows under the table's head, without the padding. @param {string} path @param {string} first the first section's name */
function rows(path, first) {
  const lines = readFileSync(join(root, path), "utf8").split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${first} `));
  assert.ok(start > 0, `${path} has no table that begins with ${first}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start, end === -1 ? undefined : end).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

test("the table says of Leadgate what is so", async () => {
  const now = [...bySection(await judge(engines.wasm))].map(([name, { applicable, passed }]) => [name, String(applicable), String(passed)]);
  assert.deepEqual(rows("tests/conformance/peers.md", now[0][0]).map((row) => row.slice(0, 3)), now, "write it anew with `node tests/conformance/peers.mjs`");
});

test("the READMEs show the table", () => {
  const table = rows("tests/conformance/peers.md", "basic");
  for (const path of ["README.md", "README.zh-CN.md"]) {
    const [together, ...sections] = rows(path, "basic").toReversed();
    assert.deepEqual([...sections.toReversed(), ["together", ...together.slice(1)]], table, path);
  }
});
