// Another policy decided beside one that counts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";

/** @param {string} document */
function policyOf(document) {
  const { program, diagnostics } = compile("p.yaml", { "p.yaml": document });
  assert.ok(program, diagnostics.map(({ rendered }) => rendered).join("\n"));
  return load(program);
}

const NOW = `
leadgate: 1
policy: p
version: "1"
fields: { seats: { type: int, min: 1 }, name: { type: string }, legacy: { type: bool } }
screen: { nameless: { when: { name: unanswered } } }
scores: { fit: { rules: { size: { by: seats, points: { ">= 100": 60, "20..99": 30 } } } }, old: { rules: { legacy: { when: { legacy: true }, points: 1 } } } }
tables: { grade: { hit: first, outputs: { grade: [A, B] }, rows: [{ when: { fit: ">= 60" }, then: A }, { then: B }] } }
stages: { list: { lead: {}, mql: {} }, moves: [{ id: up, from: lead, to: mql, when: { fit: ">= 60" } }] }
route: { outcomes: [sales, nurture], rows: [{ when: { fit: ">= 60" }, to: sales }], default: nurture }
identity: [name]
`;
const CANDIDATE = NOW.replace(", legacy: { type: bool }", ", ratio: { type: int, min: 1, max: 50 }").replace(/, old: .*\n/, " }\n").replace('">= 100": 60, "20..99": 30', '">= 20": 60').replace("identity: [name]\n", "");
const policy = policyOf(NOW);
const candidate = policyOf(CANDIDATE);
const watched = policy.shadow(candidate);

test("the decision is the policy's own, and what the other one would have said stands beside it", () => {
  for (const lead of [{ name: "a", seats: 30 }, { name: "a", seats: 5 }, { seats: 200 }, { name: "a", seats: 200, legacy: true }]) {
    const { shadow, ...decision } = watched.decide(lead);
    assert.deepEqual(decision, policy.decide(lead));
    assert.equal(shadow.error, undefined);
  }
  assert.deepEqual(watched.decide({ name: "a", seats: 30, legacy: true }).shadow, {
    same: false,
    unknown: ["legacy"],
    differences: [
      { path: "outcome", now: "nurture", candidate: "sales" },
      { path: "scores.fit", now: 30, candidate: 60 },
      { path: "scores.old", now: 1, candidate: undefined },
      { path: "tables.grade", now: "B", candidate: "A" },
      { path: "stage.after", now: "lead", candidate: "mql" },
      { path: "stage.moves", now: [], candidate: ["up"] },
      { path: "identity", now: [[["name", "a"]]], candidate: [] },
    ],
  });
});

test("two policies that say the same are the same", () => {
  const twin = policy.shadow(policyOf(NOW.replace('version: "1"', 'version: "2"')));
  for (const lead of [{ name: "a", seats: 30 }, {}, { name: "b", legacy: true }]) assert.deepEqual(twin.decide(lead).shadow, { same: true, differences: [], unknown: [] });
});

test("whatever becomes of the other one, the decision stands", () => {
  const stricter = policy.shadow(policyOf(CANDIDATE.replace("seats: { type: int, min: 1 }", "seats: { type: int, min: 1, max: 10 }").replace("mql", "won").replaceAll("mql", "won")));
  const { shadow, outcome } = stricter.decide({ name: "a", seats: 200 });
  assert.equal(outcome, "sales");
  assert.deepEqual([shadow.same, shadow.differences, shadow.error?.code, shadow.error?.path], [false, [], "out-of-bounds", "seats"]);
  assert.equal(stricter.decide({ name: "a" }, { stage: "mql" }).shadow.error?.code, "unknown-stage");
  const freed = policyOf(CANDIDATE);
  const beside = policy.shadow(freed);
  freed.free();
  assert.equal(beside.decide({ name: "a", seats: 200 }).shadow.error?.code, "freed");
  const broken = policy.shadow(/** @type {any} */ ({ describe: () => candidate.describe(), decide() { throw new TypeError("no"); } }));
  assert.deepEqual([broken.decide({ name: "a" }).outcome, broken.decide({ name: "a" }).shadow.error?.code], ["nurture", "internal"]);
});

test("what is wrong for the policy itself is thrown as ever", () => {
  assert.throws(() => watched.decide({ seats: 0 }), { code: "out-of-bounds", path: "seats" });
  assert.throws(() => watched.decide(/** @type {any} */ ({ ratio: 7 })), { code: "unknown-field", path: "ratio" });
  for (const no of [undefined, null, {}, new Uint8Array(3)]) assert.throws(() => policy.shadow(/** @type {any} */ (no)), { code: "wrong-type", path: "candidate" });
});
