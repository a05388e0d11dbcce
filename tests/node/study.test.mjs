// What the package tells an editor about a document.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load } from "leadgate";
import { check, study } from "leadgate/author";
import { root } from "../../scripts/paths.mjs";

const head = "leadgate: 1\npolicy: p\nversion: '1'\n";

test("the parts of a document, as a form and a list of golden leads need them", () => {
  const { outline, texts, diagnostics, program, logic } = study("policy.yaml", { "policy.yaml": `${head}fields:
  seats: { type: int, min: 1, max: 1000, unit: people }
  plan:  { type: enum, values: ["1", "2"], from: host, label: { en: Plan, zh: 套餐 } }
ask: { questions: [{ field: seats, required: true, choices: { small: 1..19, large: ">= 20" } }] }
scores: { fit: { range: [0, 10.5], groups: { size: { max: 5, rules: { some: { by: seats, points: { "1..19": 1, ">= 20": 5 } } } } } } }
stages: { list: { lead: {}, mql: {} }, moves: [{ id: up, from: lead, to: mql, when: { fit: ">= 5" } }] }
tests:
  one: { lead: { seats: { choice: large }, plan: 1 }, state: { stage: lead }, expect: { fit: 5, stage: mql } }
  two: { lead: { seats: { value: 3, source: record }, plan: { declined: true } }, expect: { fit: 5, stage: lead } }
` });
  assert.deepEqual(diagnostics.map(({ code }) => code), ["golden-lead"]);
  assert.deepEqual(outline?.fields, [
    { name: "seats", type: "int", line: 5, min: 1, max: 1000, unit: "people" },
    { name: "plan", type: "enum", line: 6, values: ["1", "2"], host: true },
  ]);
  assert.deepEqual(outline.questions, [{ field: "seats", choices: [{ id: "small", is: "1..19" }, { id: "large", is: ">= 20" }], gated: false, required: true }]);
  assert.deepEqual(outline.scores, [{ name: "fit", range: [0, 10.5], sum: null, groups: [{ id: "size", min: null, max: 5, rules: ["some"] }] }]);
  assert.deepEqual([outline.stages, outline.outcomes, outline.outputs, outline.lists, outline.derives], [["lead", "mql"], [], [], [], []]);
  assert.deepEqual(outline.golden, [
    { id: "one", line: 11, lead: { seats: { choice: "large" }, plan: "1" }, stage: "lead", given: { state: { stage: "lead" } }, passes: true,
      expected: [{ name: "fit", wanted: "5", actual: "5", holds: true }, { name: "stage", wanted: "`mql`", actual: "`mql`", holds: true }] },
    { id: "two", line: 12, lead: { seats: { value: 3, source: "record" }, plan: { declined: true } }, stage: null, given: {}, passes: false,
      expected: [{ name: "fit", wanted: "5", actual: "1", holds: false }, { name: "stage", wanted: "`lead`", actual: "`lead`", holds: true }] },
  ]);
  assert.deepEqual(texts, { en: { "fields.plan": "Plan" }, zh: { "fields.plan": "套餐" } });
  assert.match(logic ?? "", /^[0-9a-f]{64}$/);
  // The program is there, and a golden lead is a lead as it stands.
  const { decision } = load(/** @type {Uint8Array} */ (program)).explain(outline.golden[1].lead);
  assert.equal(decision.scores.fit, 1);
});

test("a document with other errors has no program; one that cannot be read has no parts", () => {
  const broken = study("policy.yaml", { "policy.yaml": `${head}fields: { seats: { type: int } }\nscores: { fit: { range: [0, 1], rules: { a: { when: { saets: 1 }, points: 1 } } } }\n` });
  assert.equal(broken.program, undefined);
  assert.equal(broken.outline?.fields.length, 1);
  assert.deepEqual(study("policy.yaml", { "policy.yaml": "{" }).outline, null);
});

test("a shipped policy is studied as it is checked, and every golden lead decides as it expects", () => {
  const folder = join(root, "policies", "saas-inbound");
  /** @type {Record<string, string>} */
  const files = { "policy.yaml": readFileSync(join(folder, "policy.yaml"), "utf8") };
  const missing = study("policy.yaml", files).missing;
  assert.deepEqual(missing, check("policy.yaml", files).missing);
  for (const path of missing) files[path] = readFileSync(join(folder, path), "utf8");
  const { outline, program, logic } = study("policy.yaml", files);
  const checked = check("policy.yaml", files);
  assert.equal(logic, checked.logic);
  assert.equal(outline?.golden.length, checked.golden);
  const policy = load(/** @type {Uint8Array} */ (program));
  for (const { lead, stage, expected, passes } of outline?.golden ?? []) {
    const { route } = policy.decide(lead, { stage: stage ?? undefined });
    const wanted = expected.find(({ name }) => name === "route");
    if (wanted) assert.equal(route === null ? "null" : `\`${route}\``, wanted.wanted);
    assert.equal(passes, true);
  }
});
