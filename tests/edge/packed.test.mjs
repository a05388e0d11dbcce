// Several policies in one file come out as they went in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../../www/edge/packed.mjs";

test("what is packed is unpacked, wherever in memory it lies", () => {
  const policies = {
    one: { program: Uint8Array.of(1, 2, 3), slice: Uint8Array.of(), texts: { zh: { "messages.soon": "我们会联系您" } } },
    two: { program: Uint8Array.of(4), slice: Uint8Array.of(5, 6), texts: {} },
  };
  const bytes = pack(policies);
  const within = new Uint8Array(bytes.length + 3);
  within.set(bytes, 3);
  assert.deepEqual(unpack(bytes), policies);
  assert.deepEqual(unpack(within.subarray(3)), policies);
  assert.deepEqual(unpack(pack({})), {});
});
