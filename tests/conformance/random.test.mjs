// Random expressions come to the same in wasm as natively, to the byte.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cel } from "leadgate/author";
import { answered, random } from "./engines.mjs";

test("random expressions are answered alike natively and in wasm", () => {
  const lines = random(3000, 1);
  assert.equal(lines.length, 3000);
  const native = answered(lines);
  const values = native.filter((answer) => answer.includes('"value":')).length;
  assert.ok(values > 1500, `${values} come to a value`);
  for (const [index, line] of lines.entries()) assert.equal(cel(line), native[index], line);
});
