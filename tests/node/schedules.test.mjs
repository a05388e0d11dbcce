// Schedules through the package: asked, committed, sent, with a state that is plain JSON.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { load as loadPage } from "leadgate/page";

const DAY = 24 * 3600 * 1000;
const START = Date.parse("2026-11-20T12:00:00+08:00");

/** @param {string} steps */
const program = (steps) => /** @type {Uint8Array} */ (compile("p.yaml", {
  "p.yaml": `
leadgate: 1
policy: p
version: "1"
timezone: Asia/Shanghai
fields: { trial: { type: bool }, score: { type: int } }
stages: { list: { pool: {}, mql: {} }, moves: [{ id: rise, from: pool, to: mql, when: score >= 50 }] }
sops:
  trial: { enter: { stage: pool, trial: true }, steps: [${steps}] }
  hot: { enter: { stage: mql }, steps: [{ id: call, day: 1, send: call_script }] }
`,
}).program);
const policy = load(program("{ day: 1, send: welcome }, { day: 2, at: \"09:00\", send: cases }"));

test("a day at a time", () => {
  const lead = { trial: true };
  const due = policy.due(lead, { now: START });
  assert.deepEqual(due, {
    at: "2026-11-20T04:00:00.000Z",
    steps: [{ sop: "trial", step: "day1-welcome", send: "welcome", at: "2026-11-20T04:00:00.000Z", overdue: 0, enrolled: "2026-11-20T04:00:00.000Z" }],
    begin: [{ sop: "trial", at: "2026-11-20T04:00:00.000Z" }],
    end: [],
    faults: [],
    next: "2026-11-21T01:00:00.000Z",
  });
  const begun = JSON.parse(JSON.stringify(policy.commit(null, due)));
  assert.deepEqual(begun, { enrolled: due.begin });
  const [step] = due.steps;
  const state = policy.sent(begun, step, START);
  assert.deepEqual(policy.sent(state, step, START + 1), state);
  assert.deepEqual(policy.due(lead, { state, now: START }).steps, []);
  const tomorrow = policy.due(lead, { state, now: START + DAY });
  assert.deepEqual(tomorrow.steps.map(({ send, overdue }) => [send, overdue]), [["cases", 3 * 3600 * 1000]]);
  // Steps that are added reach those who are under way.
  const more = load(program("{ day: 1, send: welcome }, { day: 2, at: \"09:00\", send: cases }, { day: 3, send: price }"));
  assert.deepEqual(more.due(lead, { state, now: START + 2 * DAY }).steps.map(({ send }) => send), ["cases", "price"]);
  // With the stage the schedule switches.
  const risen = policy.due({ trial: true, score: 60 }, { state, now: START + DAY });
  assert.deepEqual([risen.steps.map(({ send }) => send), risen.begin.map(({ sop }) => sop), risen.end], [["call_script"], ["hot"], due.begin]);
  assert.deepEqual(policy.commit(state, risen), { enrolled: risen.begin });
});

test("wrong inputs are refused with their place", () => {
  const state = { enrolled: [{ sop: "trial", at: START }] };
  assert.throws(() => policy.due({}, /** @type {any} */ ({})), { code: "no-now", path: "now" });
  assert.throws(() => policy.due({}, { state, now: START - 1 }), { code: "time-runs-backwards", path: "state.enrolled[0].at" });
  assert.throws(() => policy.due({}, { state: { enrolled: [{ sop: "trial", at: "soon" }] }, now: START }), { code: "wrong-type", path: "state.enrolled[0].at" });
  assert.throws(() => policy.sent(state, { sop: "trial", step: "day9-welcome" }, START), { code: "unknown-step", path: "step" });
  assert.throws(() => policy.sent(state, { sop: "hot", step: "call" }, START), { code: "not-enrolled", path: "sop" });
  assert.throws(() => policy.commit({}, /** @type {any} */ ({ at: START, begin: [{ sop: "x", at: START }] })), { code: "unknown-sop" });
});

test("a program with schedules is none for a page", () => {
  assert.throws(() => loadPage(program("{ day: 1, send: welcome }")), { code: "program-capability" });
});
