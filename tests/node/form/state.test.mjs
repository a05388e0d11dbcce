// A visitor's way through a form, without a page: what is asked, what is kept, what is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startForm } from "leadgate/form";
import { numbers } from "../life/stories.mjs";
import { GATES, giveAny, policyOf, seen, slicedPolicy, wander } from "./walks.mjs";

const gates = policyOf(GATES);
/** @type {[string, import("leadgate").Policy<any>, number][]} */
const POLICIES = [["gates", gates, 400], ["saas-inbound", await slicedPolicy("saas-inbound"), 60], ["event-leads", await slicedPolicy("event-leads"), 60], ["loan-precheck", await slicedPolicy("loan-precheck"), 60]];

for (const [name, policy, walks] of POLICIES) {
  test(`${name}: whoever goes back and changes an answer stands where somebody stands who answered so at first`, () => {
    for (let seed = 1; seed <= walks; seed += 1) {
      const random = numbers(seed);
      const options = { facts: policy.describe().fields.some(({ name }) => name === "source") ? { source: "website" } : {}, ...(random.chance(30) ? { pageSize: 1 + random.below(4) } : {}), ...(random.chance(30) ? { visitLimit: random.below(6) } : {}) };
      const wandered = startForm(policy, options);
      wander(wandered, random, policy, 40);
      const fresh = startForm(policy, options);
      while (fresh.at < wandered.at) {
        for (const field of fresh.page) fresh.answer(field, wandered.said(field)?.answer);
        // An answer on the page may bring back another one of the same page.
        for (const field of fresh.page) fresh.answer(field, wandered.said(field)?.answer);
        assert.ok(fresh.forward(), `seed ${seed}: ${JSON.stringify([fresh.page, fresh.check(), wandered.save()])}`);
      }
      for (const field of [...fresh.page, ...wandered.page]) fresh.answer(field, wandered.said(field)?.answer);
      assert.deepEqual(seen(fresh), seen(wandered), `seed ${seed}`);
    }
  });

  test(`${name}: nothing is asked twice, what does not apply is neither shown nor sent, and every form comes to an end`, () => {
    for (let seed = 1; seed <= walks; seed += 1) {
      const random = numbers(1000 + seed);
      const form = startForm(policy);
      const asked = new Set();
      for (let pages = 0; ; pages += 1) {
        assert.ok(pages < 60, "it does not come to an end");
        for (const field of form.page) {
          assert.ok(!asked.has(field), `seed ${seed}: ${field} is asked again`);
          giveAny(form, random, policy, field);
        }
        for (let [fault] = form.check(); fault; [fault] = form.check()) giveAny(form, random, policy, fault.field);
        const applies = new Set(policy.form(form.lead).questions.filter(({ shown }) => shown).map(({ field }) => field));
        assert.deepEqual(form.page.filter((field) => !applies.has(field)), []);
        const questions = new Set(policy.form({}).questions.map(({ field }) => field));
        assert.deepEqual(Object.keys(form.submission).filter((field) => questions.has(field) && !applies.has(field)), []);
        for (const field of form.page) asked.add(field);
        if (form.last) break;
        assert.ok(form.forward(), `seed ${seed}: ${JSON.stringify(form.check())}`);
      }
      assert.equal(form.forward(), false);
    }
  });
}

test("hidden answers are kept and left out, and come back with their question", () => {
  const form = startForm(gates, { pageSize: 4 });
  form.answer("name", "Wang");
  form.answer("seats", { choice: "team" });
  form.answer("project", true);
  form.forward();
  form.answer("budget", { choice: "much" });
  form.forward();
  form.answer("plan", "Licences");
  form.show("project");
  form.answer("project", false);
  form.forward();
  assert.equal(form.standing("budget"), "hidden");
  assert.equal("budget" in form.submission, false);
  assert.deepEqual(form.said("budget")?.answer, { choice: "much" });
  form.show("project");
  form.answer("project", true);
  form.forward();
  assert.equal(form.standing("budget"), "answered");
  assert.deepEqual(form.submission.budget, { choice: "much" });
});

test("asked, left, declined, answered, hidden and not asked yet are not the same", () => {
  const form = startForm(gates, { pageSize: 4 });
  const standing = () => Object.fromEntries(gates.form({}).questions.map(({ field }) => [field, form.standing(field)]));
  assert.deepEqual(standing(), { project: "asked", role: "asked", budget: "hidden", plan: "hidden", seats: "asked", why: "hidden", name: "asked" });
  form.answer("project", true);
  form.answer("seats", { choice: "team" });
  form.answer("name", { declined: true });
  assert.deepEqual(standing(), { project: "answered", role: "asked", budget: "open", plan: "hidden", seats: "answered", why: "hidden", name: "declined" });
  form.answer("name", "Wang");
  form.forward();
  assert.deepEqual([form.standing("role"), form.lead.role, "role" in form.submission], ["left", null, false]);
  assert.equal("budget" in form.lead, false);
});

test("a required question that does not apply holds nobody up; one that applies does", () => {
  const form = startForm(gates, { pageSize: 9 });
  form.answer("name", "Wang");
  form.answer("seats", { choice: "team" });
  form.answer("project", false);
  assert.deepEqual(form.check(), []);
  form.answer("project", true);
  form.forward();
  form.answer("budget", { choice: "much" });
  form.forward();
  assert.deepEqual([form.page, form.check()], [["plan"], [{ field: "plan", code: "required" }]]);
  form.answer("plan", { declined: true });
  assert.equal(form.check()[0]?.code, "required");
  form.back();
  form.answer("budget", { choice: "little" });
  assert.deepEqual([form.last, form.check()], [true, []]);
});

test("what cannot be used is told with its code, kept, and sent only when it was put right", () => {
  const policy = policyOf(GATES.replace(", choices: { few: 1..19, team: 20..99, many: \">= 100\" }", ""));
  const form = startForm(policy, { pageSize: 9 });
  form.answer("name", "Wang");
  form.answer("seats", 0);
  assert.deepEqual(form.check().map(({ field, code, help }) => [field, code, help]), [["seats", "out-of-bounds", "its bounds: 1 to 100000"]]);
  assert.equal(form.forward(), false);
  form.answer("seats", 5);
  assert.deepEqual(form.check(), []);
  assert.throws(() => form.answer("colour", "red"), { code: "unknown-field", path: "colour" });
});

test("what is known is not asked, can be looked at and changed, and a change makes it typed", () => {
  const form = startForm(gates, { known: { role: { choice: "buyer", consent: "fair-2026" }, seats: { value: 5, source: "record" }, name: { value: "Wang", source: "typed" } }, consent: "form-3" });
  assert.deepEqual([form.at, form.page, form.known], [1, ["project"], ["role", "seats", "name"]]);
  assert.deepEqual(form.lead.seats, { value: 5, source: "record" });
  assert.ok(form.back());
  assert.deepEqual([form.at, form.page, form.canGoBack], [0, ["role", "seats", "name"], false]);
  form.answer("seats", { choice: "few" });
  form.forward();
  form.answer("project", false);
  assert.deepEqual(form.submission, { role: { choice: "buyer" }, seats: { choice: "few" }, name: "Wang", project: false });
  assert.deepEqual(form.origins, { role: { source: "record", consent: "fair-2026" }, seats: { source: "typed", consent: "form-3" }, name: { source: "typed", consent: undefined }, project: { source: "typed", consent: "form-3" } });
});

test("what a record says is sent even where its question does not apply", () => {
  const form = startForm(gates, { known: { budget: { value: 5000 } }, pageSize: 9 });
  form.answer("project", false);
  form.answer("name", "Wang");
  assert.equal(form.standing("budget"), "hidden");
  assert.deepEqual(form.submission.budget, { value: 5000, source: "record" });
});

test("a visit takes so many new questions, and required ones on top", () => {
  const form = startForm(gates, { pageSize: 9, visitLimit: 2 });
  assert.equal(form.page.length, 3);
  assert.ok(form.page.includes("name"));
  form.answer("name", "Wang");
  form.answer("project", true);
  assert.ok(form.last, "the budget would be one more");
});

test("what the host has shown before stays the first page", () => {
  const form = startForm(gates, { first: ["name", "seats", "no_field"] });
  assert.deepEqual(form.page, ["name", "seats"]);
  form.answer("name", "Wang");
  form.forward();
  assert.deepEqual([...form.page].sort(), ["project", "role"]);
});
