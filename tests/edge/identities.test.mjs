// What the edge takes for an identity key, and the fields of a policy's keys.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compileOthers, compilePolicy } from "../../www/edge/build.mjs";
import { tells } from "../../www/edge/identities.mjs";
import { openPolicy } from "../../www/edge/policy.mjs";

test("a key of one field tells where its value has five characters, with a digit or an `@`", () => {
  for (const value of ["+8615400100001", "a@b.example", "wx_1980", "１２３４５", "91110000600037341L", 10000]) assert.equal(tells([["field", value]], new Set()), true, `${value}`);
  for (const value of ["没有手机", "/", "n/a", "none at all", "没有手机号码", "1", "1234", "a@b", "", 7]) assert.equal(tells([["field", value]], new Set()), false, `${value}`);
  assert.equal(tells([["company", "甲"], ["name", "王"]], new Set()), true);
});

test("a telephone tells where the policy made a number of it", () => {
  const { full, telephones } = openPolicy(compilePolicy());
  assert.deepEqual([...telephones], ["mobile"]);
  for (const [written, expected] of /** @type {[string, boolean][]} */ ([["154 0010 0001", true], ["+49 30 1234567", true], ["没有手机1", false], ["n/a 2", false], ["没有 12345", false]])) {
    assert.equal(full.decide({ mobile: written }).identity.some((key) => tells(key, telephones)), expected, written);
  }
});

test("the fields of identity keys are those that the document names", () => {
  const policies = { "saas-inbound": compilePolicy(), ...compileOthers() };
  for (const [name, compiled] of Object.entries(policies)) {
    const written = /^identity: (.*)$/m.exec(readFileSync(new URL(`../../policies/${name}/policy.yaml`, import.meta.url), "utf8"))?.[1] ?? "";
    assert.deepEqual([...openPolicy(compiled).identityFields].sort(), [...new Set(written.match(/[\w.]+/g) ?? [])].sort(), name);
  }
});
