// The contact policy on pairs of company names that were judged before anything was measured. Prints precision and recall: node --test tests/company/pairs.test.mjs

import assert from "node:assert/strict";
import { test } from "node:test";
import { contact } from "../contact/policy.mjs";
import { measure, pairs } from "./pairs.mjs";

const judged = pairs();

test("two hundred pairs, half of them of one company", () => {
  assert.equal(judged.length, 200);
  assert.equal(judged.filter(({ same }) => same).length, 100);
});

test("names are matched without a false match", async (t) => {
  const policy = await contact();
  const answer = (one, other) => policy.decide({ company: one, "account.name": other, phone: "13812345678" }).tables.same_account;
  const { precision, recall, wrong, missed } = measure(judged, (one, other) => answer(one, other) === "same");
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  t.diagnostic(`same: precision ${percent(precision)}, recall ${percent(recall)} of ${judged.length} pairs`);
  for (const { one, other } of missed) t.diagnostic(`missed: ${one} | ${other} (${answer(one, other)})`);
  const with_likely = measure(judged, (one, other) => answer(one, other) !== "different");
  t.diagnostic(`same or likely: precision ${percent(with_likely.precision)}, recall ${percent(with_likely.recall)}`);
  assert.deepEqual(wrong, []);
  assert.ok(recall >= 0.95, percent(recall));
  // Which name is the lead's means nothing.
  for (const { one, other } of judged) assert.equal(answer(one, other), answer(other, one), `${one} | ${other}`);
});

test("the longest names are decided like any other", async () => {
  const policy = await contact();
  // `check` bounds what these cost from above, and warns; what they do cost is far below what is a fault.
  const long = ["南京新区", "上海市工业园区高新区开发区县", "第一分公司", "a ltd ", "中国", "（上海）", "a"].map((part) => Array.from(part.repeat(60)).slice(0, 60).join(""));
  for (const one of long) {
    for (const other of long) {
      const { faults, tables } = policy.decide({ company: one, "account.name": other, phone: "13812345678" }, { onInvalid: "absent" });
      assert.deepEqual(faults, [], `${one} | ${other}`);
      assert.notEqual(tables.same_account, null);
    }
  }
});
