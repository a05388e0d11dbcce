// Saving a form and going on with it: the same program, another one, another visit, and what is no saved form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { resumeForm, startForm } from "leadgate/form";
import { numbers } from "../life/stories.mjs";
import { GATES, policyOf, seen, wander } from "./walks.mjs";

const gates = policyOf(GATES);
const text = (/** @type {unknown} */ value) => JSON.parse(JSON.stringify(value));

test("with the same program all is as it was, at any point of any way", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = numbers(seed);
    const options = { facts: { source: "website" }, visitLimit: 3 };
    const form = startForm(gates, { ...options, ...(random.chance(50) ? { known: { role: { choice: "user" } } } : {}) });
    wander(form, random, gates, 25);
    const { form: resumed, dropped } = resumeForm(text(form.save()), gates, options);
    assert.deepEqual([seen(resumed), resumed.save(), dropped], [seen(form), form.save(), []], `seed ${seed}`);
  }
});

test("it is plain JSON with a version, the policy and its program's digest", () => {
  const form = startForm(gates, { consent: "form-3" });
  form.answer("project", true);
  assert.deepEqual(form.save(), {
    v: 1, policy: "gates", program: gates.describe().program, submissions: 0,
    answers: { project: { answer: true, source: "typed", consent: "form-3" } }, left: [], visit: { at: 1, before: [] },
  });
});

test("another visit: nothing is asked twice, neither what was answered nor what was declined or left", () => {
  const first = startForm(gates, { pageSize: 2 });
  first.answer("project", { declined: true });
  first.forward();
  first.sent();
  const saved = text(first.save());
  assert.deepEqual([saved.submissions, saved.left], [1, ["role", ...first.page]]);
  const { form } = resumeForm(saved, gates, { newVisit: true });
  assert.equal(form.at, 1);
  const asked = new Set([...form.page]);
  while (!form.last && form.forward()) for (const field of form.page) asked.add(field);
  for (const field of ["project", "role", ...first.page]) assert.ok(!asked.has(field), field);
  form.show("project");
  assert.deepEqual([form.at, form.standing("project")], [0, "declined"]);
});

const NEWER = GATES.replace("few: 1..19, team", "some: 1..19, team").replace("  plan:    { type: string }\n", "").replace(/\n.*field: plan.*/, "").replace('version: "1"', 'version: "2"');

test("with another program each answer is kept that its field still takes, and the others are named with the reason", () => {
  const form = startForm(gates, { pageSize: 9 });
  for (const [field, answer] of Object.entries({ project: true, budget: { choice: "much" }, plan: "Licences", seats: { choice: "few" }, name: "Wang" })) form.answer(field, answer);
  const { form: resumed, dropped } = resumeForm(text(form.save()), policyOf(NEWER));
  assert.deepEqual(dropped.map(({ field, code }) => [field, code]), [["plan", "unknown-field"], ["seats", "unknown-choice"]]);
  for (const { message } of dropped) assert.ok(message.length > 10);
  assert.deepEqual([resumed.said("project")?.answer, resumed.said("budget")?.answer, resumed.said("name")?.answer, resumed.said("seats")], [true, { choice: "much" }, "Wang", null]);
  assert.equal(resumed.save().program, policyOf(NEWER).describe().program);
});

test("another locale of the same policy keeps all answers, for choices go by their ids", () => {
  const labels = (/** @type {string} */ seats) => policyOf(GATES.replace("label: For how many people?", `label: ${seats}`));
  const form = startForm(labels("How many?"), { pageSize: 9 });
  form.answer("seats", { choice: "team" });
  const { form: resumed, dropped } = resumeForm(text(form.save()), labels("多少人？"));
  assert.deepEqual([resumed.said("seats")?.answer, dropped], [{ choice: "team" }, []]);
});

test("what is no saved form is refused, each with its code and what to do", () => {
  const good = startForm(gates).save();
  /** @type {[unknown, string][]} */
  const cases = [
    [null, "wrong-form"], ["{}", "wrong-form"], [[], "wrong-form"], [{}, "wrong-form"], [{ ...good, v: "1" }, "wrong-form"],
    [{ ...good, v: 2 }, "form-version"], [{ ...good, policy: "other" }, "another-policy"],
    [{ ...good, answers: [] }, "wrong-form"], [{ ...good, answers: { project: true } }, "wrong-form"], [{ ...good, answers: { project: { answer: true, source: "heard" } } }, "wrong-form"],
    [{ ...good, answers: { project: { answer: null, source: "typed" } } }, "wrong-form"], [{ ...good, left: "project" }, "wrong-form"], [{ ...good, submissions: -1 }, "wrong-form"],
    [{ ...good, visit: { at: 1.5, before: [] } }, "wrong-form"], [{ ...good, visit: { at: 1 } }, "wrong-form"], [{ ...good, visit: null }, "wrong-form"], [{ ...good, visit: { at: 1, before: [], first: [1] } }, "wrong-form"],
  ];
  for (const [saved, code] of cases) {
    assert.throws(() => resumeForm(saved, gates), (/** @type {any} */ error) => error.name === "LeadgateError" && error.code === code && error.path === "saved" && error.help.length > 10, JSON.stringify(saved));
  }
});

test("a place that is not there is the last one that is; names that mean nothing are no harm", () => {
  const good = startForm(gates).save();
  const { form } = resumeForm({ ...good, visit: { at: 99, before: ["no_field"], first: ["nothing"] } }, gates);
  assert.ok(form.at < 99);
  assert.doesNotThrow(() => seen(form));
  const odd = resumeForm(JSON.parse(`{"v":1,"policy":"gates","program":"","submissions":0,"answers":{"__proto__":{"answer":1,"source":"typed"}},"left":["__proto__"],"visit":{"at":0,"before":["constructor"]}}`), gates);
  assert.deepEqual(odd.dropped.map(({ field }) => field), ["__proto__", "__proto__"]);
});
