// Bytes that are not a program: refused where they go wrong, never trapped, and never taken for another program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { policy, program, refuses, stillDecides } from "./policy.mjs";

/** @param {number} at @param {number} bit */
function flipped(at, bit) {
  const bytes = program.slice();
  bytes[at] ^= 1 << bit;
  return bytes;
}

for (const [name, value] of /** @type {[string, any][]} */ ([["nothing", undefined], ["null", null], ["a text", "LGP"], ["a list of bytes", [...program]], ["a buffer", program.buffer], ["numbers", new Float64Array(8)]])) {
  test(`a program that is ${name} is refused`, () => refuses(() => load(value), { code: "wrong-type", path: "program" }));
}

test("every truncated program is refused", () => {
  for (let length = 0; length < program.length; length += length < 64 ? 1 : 13) {
    assert.throws(() => load(program.subarray(0, length)), { name: "LeadgateError", path: /^byte \d+$/, help: /./ }, `${length} bytes`);
  }
  stillDecides(policy);
});

test("every flipped bit is refused", () => {
  for (let at = 0; at < program.length; at += at < 48 ? 1 : 7) {
    assert.throws(() => load(flipped(at, at % 8)), { name: "LeadgateError", path: /^byte \d+$/, help: /./ }, `byte ${at}`);
  }
  stillDecides(policy);
});

test("bytes after the end are refused", () => {
  assert.throws(() => load(Buffer.concat([program, Buffer.from([0])])), { name: "LeadgateError", help: /./ });
});

test("random bytes are refused", () => {
  let state = 1;
  for (let round = 0; round < 300; round += 1) {
    const bytes = Uint8Array.from({ length: round }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >>> 16);
    bytes.set(program.subarray(0, Math.min(round, 8)));
    assert.throws(() => load(bytes), { name: "LeadgateError", help: /./ });
  }
});

test("a program of a future format says so", () => {
  const bytes = program.slice();
  bytes[3] += 1;
  refuses(() => load(bytes), { code: "program-format", path: "byte 3" });
});

test("a loaded policy keeps its own bytes", () => {
  const bytes = program.slice();
  const loaded = load(bytes);
  bytes.fill(0);
  stillDecides(loaded);
});
