// Which questions a form shows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { load } from "leadgate";

const DOCUMENT = `
leadgate: 1
policy: form
version: "1"
fields:
  project: { type: bool }
  budget:  { type: int, min: 0 }
  plan:    { type: string }
ask:
  per_visit: 2
  questions:
    - { field: project, label: Is there a project?, required: true }
    - { field: budget, label: What is its budget?, when: { project: "true" }, cost: 2.5 }
    - { field: plan, label: How is it spent?, when: { budget: ">= 1000" } }
`;
const { program, diagnostics } = compile("form.yaml", { "form.yaml": DOCUMENT });
const policy = load(/** @type {Uint8Array} */ (program));
const shown = (/** @type {import("../../pkg/src/index.js").Lead} */ lead) => policy.form(lead).questions.filter((question) => question.shown).map(({ field }) => field);

test("a form has its questions in the policy's order, with what is said of them", () => {
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(policy.form({}), {
    perVisit: 2,
    questions: [
      { field: "project", shown: true, required: true, cost: 1 },
      { field: "budget", shown: false, required: false, cost: 2.5 },
      { field: "plan", shown: false, required: false, cost: 2 },
    ],
  });
});

test("answers bring questions, and take them away together with those that rest on them", () => {
  assert.deepEqual(shown({ project: true }), ["project", "budget"]);
  assert.deepEqual(shown({ project: true, budget: 5000 }), ["project", "budget", "plan"]);
  assert.deepEqual(shown({ project: true, budget: 999 }), ["project", "budget"]);
  // The budget is masked, so the plan's gate is unknown.
  assert.deepEqual(shown({ project: false, budget: 5000 }), ["project"]);
  assert.deepEqual(shown({ project: { declined: true }, budget: 5000 }), ["project"]);
  assert.deepEqual(shown({ project: { declined: true }, budget: { value: 5000, source: "record" } }), ["project", "plan"]);
});

test("answers that cannot be are refused, or count as absent", () => {
  assert.throws(() => policy.form({ budget: -1 }), { code: "out-of-bounds", path: "budget" });
  assert.deepEqual(policy.form({ project: "yes" }, { onInvalid: "absent" }).questions.map((question) => question.shown), [true, false, false]);
});

test("what a lead has done opens and closes questions", () => {
  const { program } = compile("policy.yaml", { "policy.yaml": `
leadgate: 1
policy: gates
version: "1"
fields: { a: { type: bool }, b: { type: bool } }
events: { visit: { kind: [pricing, other] } }
signals: { saw_prices: { exists: visit, where: 'event.kind == "pricing"', within: 30d } }
ask: { questions: [{ field: a, label: About the price?, when: { saw_prices: "true" } }, { field: b, label: About the product?, when: { saw_prices: "false" } }] }
` });
  const gates = load(/** @type {Uint8Array} */ (program));
  const now = "2026-11-20T09:00:00Z";
  const open = (/** @type {import("../../pkg/src/index.js").Options} */ options) => gates.form({}, options).questions.map((question) => question.shown);
  assert.deepEqual(open({}), [false, true]);
  assert.deepEqual(open({ now, events: [{ type: "visit", at: "2026-11-01T09:00:00Z", kind: "pricing" }] }), [true, false]);
  assert.deepEqual(open({ now, events: [{ type: "visit", at: "2026-10-01T09:00:00Z", kind: "pricing" }] }), [false, true]);
  assert.deepEqual(open({ now, events: "open" }), [false, false]);
});
