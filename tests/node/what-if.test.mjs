// What single answers would change, through the package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";

const DOCUMENT = `
leadgate: 1
policy: p
version: "1"
fields:
  source:  { type: enum, values: [web, event] }
  seats:   { type: int, min: 1, max: 1000 }
  budget:  { type: double, min: 0, max: 1000000 }
  email:   { type: string, normalize: [trim, lowercase], format: email }
  project: { type: bool }
  when:    { type: enum, values: [now, later] }
  account: { type: enum, values: [none, customer], from: host }
lists: { free_mail: { values: [mail.example] } }
derive: { price: 12.5 * double(seats) }
screen: { free: { when: 'domain(email) in lists.free_mail' } }
tables:
  grade: { hit: first, outputs: { grade: [A, B, C] }, rows: [{ when: { seats: ">= 100" }, then: A }, { when: { seats: "20..99" }, then: B }, { then: C }] }
stages: { list: { lead: {}, mql: {} }, moves: [{ id: up, from: lead, to: mql, when: { seats: ">= 50" } }] }
route:
  outcomes: [sales, nurture, keep, manual]
  on_fault: manual
  rows:
    - { when: { account: customer }, to: keep }
    - { when: price >= 1250.0, to: sales }
    - { when: { project: "true", when: now }, to: sales }
  default: nurture
ask:
  questions:
    - { field: email, cost: 2, label: E-mail }
    - { field: seats, label: Seats }
    - { field: project, label: Project }
    - { field: when, label: When, when: { project: "true" } }
`;
const { program, diagnostics } = compile("p.yaml", { "p.yaml": DOCUMENT });
assert.ok(program, diagnostics.map(({ rendered }) => rendered).join("\n"));
const policy = load(program);
const lead = { seats: 5, email: "a@b.example", when: "now", source: "web" };

test("every change of one answer that changes the route, the easiest first", () => {
  const { settle, now, changes, untold } = policy.whatIf(lead);
  assert.deepEqual([settle, now, untold], ["route", "nurture", []]);
  assert.deepEqual(changes, [
    { field: "project", from: { absent: true }, to: { value: true }, outcome: "sales", effort: { cost: 1, steps: 1 } },
    { field: "seats", from: { value: 5 }, to: { range: [100, 1000], nearest: 100 }, outcome: "sales", effort: { cost: 1.5, steps: 3 } },
    { field: "email", from: { value: "a@b.example" }, to: { value: "name@mail.example", example: true }, outcome: "screened:free", effort: { cost: 2, steps: 1 } },
  ]);
  for (const { field, to, outcome } of changes) {
    const { range, value } = /** @type {{ range?: [number, number], value?: unknown }} */ (to);
    for (const tried of range ?? [value]) assert.equal(policy.decide({ ...lead, [field]: tried }).outcome, outcome, field);
  }
});

test("what a change unmasks counts as it was answered", () => {
  const { changes } = policy.whatIf({ ...lead, seats: 6 }, { fields: ["project"] });
  assert.deepEqual(changes, [{ field: "project", from: { absent: true }, to: { value: true }, outcome: "sales", effort: { cost: 1, steps: 1 } }]);
  assert.deepEqual(policy.whatIf({ ...lead, when: "later" }, { fields: ["project"] }).changes, []);
});

test("fields of the host are tried where they are named", () => {
  const { changes } = policy.whatIf(lead, { fields: ["account"] });
  assert.deepEqual(changes, [{ field: "account", from: { absent: true }, to: { value: "customer" }, outcome: "keep", effort: { cost: 1, steps: 1 } }]);
});

test("a text is told by an example", () => {
  const { changes } = policy.whatIf(lead, { fields: ["email"] });
  assert.deepEqual(changes, [{ field: "email", from: { value: "a@b.example" }, to: { value: "name@mail.example", example: true }, outcome: "screened:free", effort: { cost: 2, steps: 1 } }]);
});

test("a stage and an output may be what is to change", () => {
  assert.deepEqual(policy.whatIf(lead, { settle: "stage", fields: ["seats"] }).changes.map(({ to, stage }) => [to, stage]), [[{ range: [50, 1000], nearest: 50 }, "mql"]]);
  const { now, changes } = policy.whatIf({ ...lead, seats: 30 }, { settle: "grade", fields: ["seats"] });
  assert.equal(now, "B");
  assert.deepEqual(changes.map(({ to, outputs }) => [to, outputs]), [
    [{ range: [1, 19], nearest: 19 }, { grade: "C" }],
    [{ declined: true }, { grade: "C" }],
    [{ absent: true }, { grade: "C" }],
    [{ range: [100, 1000], nearest: 100 }, { grade: "A" }],
  ]);
  assert.equal(policy.whatIf({ ...lead, email: "a@mail.example" }, { settle: "stage" }).now, null);
});

test("options have to be options", () => {
  const refused = (/** @type {any} */ options, /** @type {string} */ code, /** @type {string} */ path) =>
    assert.throws(() => policy.whatIf(lead, options), (/** @type {any} */ error) => error.code === code && error.path.endsWith(path) && error.help.length > 0, `${code} ${path}`);
  refused({ settle: "seats" }, "wrong-option", "settle");
  assert.throws(() => policy.whatIf(lead, /** @type {any} */ ({ stage: "won" })), (/** @type {any} */ error) => error.code === "unknown-stage" && /stage$/.test(error.path));
  refused({ fields: ["seats", "seat"] }, "unknown-field", "fields[1]");
  refused({ onInvalid: "ignore" }, "wrong-option", "onInvalid");
  refused({ fields: [() => 1] }, "wrong-type", "fields[0]");
  assert.throws(() => policy.whatIf({ seats: 0.5 }), { code: "not-an-integer", path: "seats" });
  assert.equal(policy.whatIf({ ...lead, seats: 0.5 }, { onInvalid: "absent" }).now, "nurture");
});
