// What is told of several wrong answers does not depend on what was decided before, nor on the order of an object's properties.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { program } from "./policy.mjs";

const wrong = { zz: 1, industry: "steel", seats: 0, email: "no address", yy: 2 };
const inOrder = ["email", "industry", "seats", "yy", "zz"];

/** A policy that has seen so many e-mail addresses that it no longer remembers them. */
function used() {
  const policy = load(program);
  for (let at = 0; at < 1000; at += 1) policy.decide({ email: `u${at}@a.example`, name: `name ${at}` });
  return policy;
}

test("notes stand by field, and names that are no field behind them", () => {
  for (const policy of [load(program), used()]) {
    for (const lead of [wrong, Object.fromEntries(Object.entries(wrong).reverse())]) {
      assert.deepEqual(policy.decide(lead, { onInvalid: "absent" }).notes.map(({ path }) => path), inOrder);
      assert.deepEqual(policy.explain(lead, { onInvalid: "absent" }).decision.notes.map(({ path }) => path), inOrder);
    }
  }
});

test("the same answer is refused first", () => {
  const refused = (/** @type {import("leadgate").Policy} */ policy, /** @type {Record<string, unknown>} */ lead) => {
    try {
      policy.decide(/** @type {any} */ (lead));
    } catch (error) {
      return /** @type {import("leadgate").LeadgateError} */ (error).path;
    }
    return "nothing";
  };
  for (const lead of [wrong, { name: "x".repeat(101), email: "no address", industry: "steel" }, { email: "no address", other: 1 }, { other: 1, email: "a@b.cn" }]) {
    assert.equal(refused(used(), lead), refused(load(program), lead));
  }
});
