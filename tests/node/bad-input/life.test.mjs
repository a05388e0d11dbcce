// States, events and options that are not what they should be: refused, and never taken for a lead that has only begun.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { load as loadPage } from "leadgate/page";

const { program } = compile("policy.yaml", { "policy.yaml": `
leadgate: 1
policy: life
version: "1"
fields: { seats: { type: int } }
tables:
  tags: { hit: collect, outputs: { tag: [big, huge] }, rows: [{ id: big, when: { seats: ">= 10" }, then: big }, { id: huge, when: { seats: ">= 100" }, then: huge }] }
stages:
  list: { lead: {}, mql: {}, sql: {} }
  moves: [{ id: qualify, from: lead, to: mql, when: { seats: ">= 50" } }, { id: accept, from: mql, to: sql, event: accepted }]
route: { outcomes: [sales, nurture], rows: [{ id: large, when: { seats: ">= 100" }, to: sales }], default: nurture }
` });
assert.ok(program);
const policy = load(program);
const now = "2026-11-21T09:00:00Z";
const state = { stage: "mql", since: "2026-11-20T09:00:00Z" };
const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

test("a promise or a Map is no state", () => {
  class Row {}
  for (const given of [Promise.resolve(state), new Map(Object.entries(state)), new Set(), new Row()]) {
    for (const ask of [
      () => policy.decide({ seats: 5 }, { now, state: any(given) }),
      () => policy.advance({}, {}, { now, state: any(given) }),
      () => policy.pin(any(given), { owner: "wang", by: "li", now }),
      () => policy.decideMany({ seats: [5] }, { now, state: any([given]) }),
      () => policy.advance({}, any(given), { now, state }),
    ]) assert.throws(ask, { name: "LeadgateError", code: "wrong-type" });
  }
  // What an application keeps in objects of a class is read.
  assert.equal(policy.decide({ seats: 5 }, { now, state: any(Object.assign(new Row(), state)) }).stage?.before, "mql");
});

test("a property of a state that decides another lead changes nothing", () => {
  const meddling = { get stage() { policy.decide({ seats: 1 }); return "lead"; } };
  assert.equal(policy.decide({ seats: 500 }, { now, state: any(meddling) }).outcome, "sales");
  assert.deepEqual(policy.possible({ seats: 500 }, { now, state: any(meddling), rest: "absent" }).outcomes, ["sales"]);
});

test("where nobody has said when it is, no move says when it takes effect", () => {
  const timeless = [{ id: "qualify", from: "lead", to: "mql" }];
  assert.deepEqual(policy.decide({ seats: 60 }, { stage: "lead" }).stage?.moves, timeless);
  assert.deepEqual(policy.explain({ seats: 60 }, { stage: "lead" }).decision.stage?.moves, timeless);
  assert.deepEqual(policy.decide({ seats: 60 }, { state: { stage: "lead" } }).stage?.moves, timeless);
  assert.deepEqual(policy.decide({ seats: 60 }, { state: { stage: "lead" }, now }).stage?.moves, [{ ...timeless[0], at: "2026-11-21T09:00:00.000Z" }]);
});

test("the page build knows no states and no events, and says so", () => {
  const { program: plain } = compile("policy.yaml", { "policy.yaml": 'leadgate: 1\npolicy: p\nversion: "1"\nfields: { seats: { type: int } }\nstages: { list: { lead: {}, mql: {} }, moves: [{ id: q, from: lead, to: mql, when: { seats: ">= 1" } }] }\n' });
  assert.ok(plain);
  const page = loadPage(plain);
  for (const options of [{ now, state: { stage: "mql" } }, { now, events: [] }]) {
    for (const question of /** @type {const} */ (["decide", "explain", "possible", "next"])) {
      assert.throws(() => page[question]({ seats: 5 }, any(options)), { name: "LeadgateError", code: "not-in-build" }, question);
    }
  }
  assert.equal(page.decide({ seats: 5 }, { stage: "mql" }).stage?.before, "mql");
});

test("options that are null are none", () => {
  const none = any(null);
  assert.deepEqual(policy.possible({ seats: 500 }, none).outcomes, ["sales"]);
  assert.deepEqual(policy.decideMany({ seats: [500] }, none).count, 1);
  assert.equal(load(any(program), none).decide({ seats: 500 }).outcome, "sales");
  assert.throws(() => policy.assign("team", null, none), { name: "LeadgateError" });
  assert.throws(() => policy.commit(null, none), { name: "LeadgateError", code: "wrong-type" });
});
