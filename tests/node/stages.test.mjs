// Stages through the package: proposed, committed, refused, pinned, migrated, with a state that is plain JSON.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { load as loadPage } from "leadgate/page";

const HOUR = 3600 * 1000;
const FRIDAY = Date.parse("2026-11-20T16:00:00+08:00");

/** @param {string} mql @param {string} former */
const document = (mql, former) => `
leadgate: 1
policy: p
version: "1"
timezone: Asia/Shanghai
calendars: { cn: { hours: "09:00-18:00", days: [mon, tue, wed, thu, fri] } }
fields: { n: { type: int }, email: { type: string } }
scores: { fit: { rules: { n: { when: n > 0, points: 1 } } } }
stages:
  list: { lead: {}, ${mql}: { require: [email] }, sql: {}, mrl: {}, pool: {} }
  moves:
    - { id: qualify, from: lead, to: ${mql}, when: n > 10 }
    - { id: accept, from: ${mql}, to: sql, event: accepted }
    - { id: return, from: sql, to: mrl, event: returned, within: 7d, reason: [budget, timing], reset: { fit: 50% } }
    - { id: recall, from: ${mql}, to: pool, after: { working: 4h, calendar: cn } }
  former: ${former}
`;
/** @param {string} text */
const program = (text) => /** @type {Uint8Array} */ (compile("p.yaml", { "p.yaml": text }).program);
const policy = load(program(document("mql", "{}")));
const lead = { n: 20, email: "a@b.cn" };
/** @param {unknown} value */
const stored = (value) => JSON.parse(JSON.stringify(value));

test("what is proposed is committed", () => {
  const { stage } = policy.decide(lead, { now: FRIDAY, state: { since: FRIDAY - HOUR } });
  assert.deepEqual(stage, { before: "lead", after: "mql", moves: [{ id: "qualify", from: "lead", to: "mql", at: "2026-11-20T08:00:00.000Z" }] });
  const begun = policy.advance(lead, {}, { now: FRIDAY });
  assert.ok(begun.ok);
  assert.deepEqual(begun.moves, [{ move: "qualify", from: "lead", to: "mql", at: "2026-11-20T08:00:00.000Z" }]);
  const state = stored(begun.state);
  assert.deepEqual([state.stage, state.since], ["mql", "2026-11-20T08:00:00.000Z"]);
  // Two working hours are left on Friday, and Monday begins at nine.
  const late = policy.decide(lead, { now: FRIDAY + 72 * HOUR, state });
  assert.deepEqual(late.stage?.moves, [{ id: "recall", from: "mql", to: "pool", at: "2026-11-23T03:00:00.000Z" }]);
  const { legal } = policy.legal(lead, { now: FRIDAY + HOUR, state });
  assert.deepEqual(legal.map(({ move, event, at, needs }) => [move, event, at, needs.map(({ code }) => code)]), [
    ["accept", "accepted", undefined, []],
    ["recall", undefined, "2026-11-23T03:00:00.000Z", ["not-due"]],
  ]);
});

test("what is refused says why, and throws nothing away", () => {
  const state = { stage: "sql", since: FRIDAY };
  const refused = policy.advance(lead, { event: "returned" }, { now: FRIDAY + HOUR, state });
  assert.ok(!refused.ok);
  assert.deepEqual([refused.code, refused.stage, refused.legal.map(({ move, reason }) => [move, reason])], ["reason-missing", "sql", [["return", ["budget", "timing"]]]]);
  const returned = policy.advance(lead, { event: "returned", reason: "budget", by: "wang" }, { now: FRIDAY + HOUR, state });
  assert.ok(returned.ok);
  assert.deepEqual(stored(returned.state.resets), [{ score: "fit", factor: 500, at: "2026-11-20T09:00:00.000Z" }]);
  assert.deepEqual(policy.stays(stored(returned.state)), [
    { stage: "sql", from: "2026-11-20T08:00:00.000Z", until: "2026-11-20T09:00:00.000Z", leftBy: "return", reason: "budget" },
    { stage: "mrl", from: "2026-11-20T09:00:00.000Z", enteredBy: "return" },
  ]);
});

test("a person fixes a stage and lets go of it", () => {
  const pinned = policy.pin(null, { stage: "mql", by: "li", reason: "a friend", now: FRIDAY });
  const refused = policy.advance(lead, { event: "accepted" }, { now: FRIDAY + 99 * HOUR, state: stored(pinned) });
  assert.ok(!refused.ok);
  assert.equal(refused.code, "pinned");
  const free = policy.pin(stored(pinned), { stage: null, by: "li", now: FRIDAY + 99 * HOUR });
  assert.deepEqual(free.history?.map(({ move, by }) => [move, by]), [["@pin", "li"], ["@unpin", "li"]]);
  // What became due meanwhile takes effect when the stage is free.
  const [made] = policy.decide(lead, { now: FRIDAY + 100 * HOUR, state: stored(free) }).stage?.moves ?? [];
  assert.deepEqual([made?.id, made?.at], ["recall", new Date(FRIDAY + 99 * HOUR).toISOString()]);
});

test("states of older versions are migrated or refused", () => {
  const older = policy.advance(lead, {}, { now: FRIDAY });
  assert.ok(older.ok);
  const now = FRIDAY + HOUR;
  const renamed = load(program(document("qualified", "{ stages: { mql: qualified } }")));
  assert.equal(renamed.migrate(stored(older.state)).stage, "qualified");
  assert.ok(renamed.advance(lead, { event: "accepted" }, { now, state: stored(older.state) }).ok);
  const strange = load(program(document("qualified", "{}")));
  assert.throws(() => strange.decide(lead, { now, state: stored(older.state) }), { code: "older-state", path: "state.stage" });
  assert.throws(() => policy.decide(lead, { now: FRIDAY - 1, state: stored(older.state) }), { code: "time-runs-backwards" });
});

test("the page does not decide what rests on a lead's past", () => {
  assert.throws(() => loadPage(program(document("mql", "{}"))), { code: "program-capability" });
});
