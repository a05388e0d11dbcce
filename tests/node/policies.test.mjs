// The shipped policies as the package brings them.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "leadgate";
import { check, compile } from "leadgate/author";
import { policies } from "leadgate/policies";

const root = fileURLToPath(new URL("../../policies", import.meta.url));
const folders = readdirSync(root).filter((name) => existsSync(join(root, name, "policy.yaml"))).sort();
const opened = await Promise.all(policies.map(async (policy) => ({ ...policy, ...(await policy.open()) })));

test("the package brings every policy with all its files", () => {
  assert.deepEqual(policies.map(({ name }) => name), folders);
  for (const { name, title, about, main, files } of opened) {
    assert.deepEqual({ title, about }, JSON.parse(readFileSync(join(root, name, "about.json"), "utf8")), name);
    assert.equal(files[main], readFileSync(join(root, name, main), "utf8"), name);
    assert.ok("README.md" in files, `${name} has no README`);
    assert.ok(!("about.json" in files), "what the index says is not there twice");
  }
});

for (const { name, files } of opened) {
  for (const document of Object.keys(files).filter((path) => /^[^/]+\.yaml$/.test(path))) {
    test(`${name}/${document} compiles in wasm, and its golden leads come out as agreed`, () => {
      const { program, diagnostics } = compile(document, files);
      assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error").map(({ rendered }) => rendered), []);
      assert.ok(check(document, files).golden > 0);
      assert.equal(load(/** @type {Uint8Array} */ (program)).describe().policy, document === "policy.yaml" ? name : document.replace(/\.yaml$/, ""));
    });
  }
}

test("a list that policies share is the same in all of them", () => {
  /** @type {Map<string, { name: string, text: string }>} */
  const first = new Map();
  for (const { name, files } of opened) {
    for (const [path, text] of Object.entries(files)) {
      if (!path.startsWith("lists/") || path.endsWith(".md")) continue;
      const known = first.get(path);
      if (known) assert.ok(known.text === text, `${path} of ${name} is not that of ${known.name}`);
      else first.set(path, { name, text });
    }
  }
});
