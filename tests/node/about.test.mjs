// What a list of policies says of each shipped policy: every folder has it, in both languages, short enough for a list.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/paths.mjs";

const folder = join(root, "policies");
const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** The most characters of each text, by locale. */
const MOST = { title: { en: 40, zh: 20 }, about: { en: 160, zh: 80 } };

test("there are policies", () => assert.ok(names.length >= 2));

for (const name of names) {
  test(`${name} says what it is`, () => {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    const document = readFileSync(join(folder, name, "policy.yaml"), "utf8");
    assert.equal(document.match(/^policy:\s*"?([^"\s#]+)/m)?.[1], name, "the folder is called as the policy");
    const path = join(folder, name, "about.json");
    assert.ok(existsSync(path), "about.json is missing; policies/README.md says what stands in it");
    const found = JSON.parse(readFileSync(path, "utf8"));
    assert.deepEqual(Object.keys(found).sort(), ["about", "title"]);
    for (const key of /** @type {const} */ (["title", "about"])) {
      assert.deepEqual(Object.keys(found[key]), ["en", "zh"]);
      for (const locale of /** @type {const} */ (["en", "zh"])) {
        const text = found[key][locale];
        assert.ok(text.trim() === text && text.length > 0 && [...text].length <= MOST[key][locale], `${key}.${locale} has ${[...text].length} characters`);
        const ends = /[.。]$/.test(text);
        assert.equal(ends, key === "about", `${key}.${locale}: ${text}`);
        // One sentence: nothing that ends one within.
        assert.doesNotMatch(text.slice(0, -1), /[。！？]|[.!?]\s/);
        if (locale === "zh") assert.match(text, /\p{Script=Han}/u);
      }
    }
  });
}
