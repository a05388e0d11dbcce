// Queues through the package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { load as loadPage } from "leadgate/page";

const DOCUMENT = `
leadgate: 1
policy: p
version: "1"
fields: { n: { type: int } }
route: { outcomes: [nurture], rows: [{ when: n > 0, to: east }], default: nurture }
queues: { east: { members: [{ id: li_of_the_east, weight: 5 }, { id: wang_of_the_east }, { id: __proto__ }] } }
page: { fields: [n], messages: { soon: { for: [east], en: Soon, zh: 很快 }, thanks: { en: Thanks, zh: 谢谢 } } }
`;
const compiled = compile("p.yaml", { "p.yaml": DOCUMENT });
const policy = load(/** @type {Uint8Array} */ (compiled.program));

test("members take leads in turn, by weight, with a state that is plain JSON", () => {
  const taken = [];
  let state;
  for (let lead = 0; lead < 7; lead += 1) {
    const assigned = policy.assign("east", state);
    taken.push(assigned.member?.slice(0, 2));
    state = JSON.parse(JSON.stringify(assigned.state));
  }
  assert.deepEqual(taken, ["li", "li", "wa", "li", "__", "li", "li"]);
  assert.deepEqual(Object.values(state.current), [0, 0, 0]);
});

test("the state of a team that has changed is taken over", () => {
  const { state } = policy.assign("east", { current: { li_of_the_east: -3, gone: 900 } });
  assert.deepEqual(Object.keys(state.current).sort(), ["__proto__", "li_of_the_east", "wang_of_the_east"]);
});

test("queues have to be queues, and states states", () => {
  const code = (/** @type {string} */ expected) => (/** @type {any} */ error) => error.code === expected && error.help.length > 0;
  assert.throws(() => policy.assign("west"), code("unknown-queue"));
  const wrong = { "rotation.current": [{}, { current: 7 }], rotation: [7], "rotation.current.li_of_the_east": [{ current: { li_of_the_east: 0.5 } }, { current: { li_of_the_east: "1" } }], "rotation.day": [{ current: {}, day: "2026-02-30" }] };
  for (const [path, states] of Object.entries(wrong)) {
    for (const state of states) assert.throws(() => policy.assign("east", /** @type {any} */ (state)), { code: "wrong-type", path }, JSON.stringify(state));
  }
  assert.throws(() => policy.assign("east", null, { absent: /** @type {any} */ ([7]) }), { code: "wrong-type", path: "absent[0]" });
  assert.equal(policy.assign("east", { current: { li_of_the_east: Number.MAX_SAFE_INTEGER } }).member, "li_of_the_east");
});

const TEAM = `
leadgate: 1
policy: p
version: "1"
timezone: Asia/Shanghai
calendars: { cn: { hours: "09:00-18:00", days: [mon, tue, wed, thu, fri] } }
fields: { n: { type: int }, account.id: { type: string, normalize: [trim], from: host }, account.owner: { type: string, from: host } }
route: { outcomes: [nurture], rows: [{ when: n > 0, to: east }], default: nurture }
queues:
  east: { owner: account.owner, account: account.id, daily: 2, respond_within: { working: 2h, calendar: cn }, members: [{ id: li }, { id: wang }] }
`;
const team = load(/** @type {Uint8Array} */ (compile("p.yaml", { "p.yaml": TEAM }).program));
const FRIDAY = "2026-11-20T17:00:00+08:00";

test("owners, accounts, absence, numbers of the day and deadlines", () => {
  assert.deepEqual(team.describe().queues, [{ name: "east", members: ["li", "wang"], owner: "account.owner", account: "account.id" }]);
  const first = team.assign("east", null, { lead: { "account.id": " a7 " }, now: FRIDAY });
  const { state, ...answer } = first;
  assert.deepEqual(answer, { member: "li", reason: "turn", deadline: "2026-11-23T02:00:00.000Z", day: "2026-11-20", account: "a7" });
  assert.deepEqual(state, { current: { li: -1, wang: 1 }, parts: 2, day: "2026-11-20", today: { li: 1 }, accounts: [{ account: "a7", member: "li" }] });
  const again = team.assign("east", state, { lead: { "account.id": "a7" }, now: new Date(FRIDAY) });
  assert.deepEqual([again.member, again.member !== null && again.reason], ["li", "account"]);
  const owned = team.assign("east", again.state, { lead: { "account.owner": "li" }, now: Date.parse(FRIDAY) });
  assert.deepEqual([owned.member, owned.member !== null && owned.reason], ["li", "owner"]);
  const pinned = team.assign("east", again.state, { lead: { "account.owner": "li" }, state: { pins: { owner: { value: "wang", by: "boss", at: FRIDAY } } }, now: FRIDAY });
  assert.deepEqual([pinned.member, pinned.member !== null && pinned.reason], ["wang", "owner"]);
  const nobody = team.assign("east", again.state, { now: FRIDAY, absent: ["wang", "somebody else"] });
  assert.deepEqual([nobody.member, nobody.member === null && nobody.why, nobody.without], [null, "full", ["li", "wang"]]);
  const absent = team.assign("east", again.state, { now: FRIDAY, absent: ["wang", "li"] });
  assert.deepEqual([absent.member, absent.member === null && absent.why], [null, "absent"]);
  assert.throws(() => team.assign("east"), { code: "no-now", path: "now" });
  assert.throws(() => team.assign("east", state, { now: "2026-11-18T00:00:00Z" }), { code: "time-runs-backwards", path: "now" });
  assert.throws(() => team.assign("east", null, { lead: { n: /** @type {any} */ ("many") }, now: FRIDAY }), { code: "wrong-type", path: "n" });
});

test("a lead that is given back was never taken", () => {
  const before = team.assign("east", null, { now: FRIDAY }).state;
  const taken = team.assign("east", before, { lead: { "account.id": "a7" }, now: FRIDAY });
  assert.ok(taken.member !== null);
  assert.deepEqual(team.returned("east", taken.state, taken), { ...before, today: { li: 1, wang: 0 } });
  const { current } = team.returned("east", taken.state, { member: "wang" });
  assert.deepEqual(current, before.current);
  assert.throws(() => team.returned("east", before, { member: "zhao" }), { code: "unknown-member", path: "returned.member" });
});

test("who works in a queue does not leave for the page", () => {
  assert.deepEqual(policy.describe().queues, [{ name: "east", members: ["li_of_the_east", "wang_of_the_east", "__proto__"] }]);
  const slice = /** @type {Uint8Array} */ (compiled.slice);
  assert.deepEqual(loadPage(slice).describe().queues, []);
  assert.deepEqual(load(slice).describe().queues, []);
  const bytes = Buffer.from(slice).toString("latin1");
  for (const word of ["li_of_the_east", "wang_of", "east"]) assert.ok(!bytes.includes(word), word);
  assert.deepEqual(load(slice).possible({ n: 1 }).outcomes, ["soon"]);
  assert.throws(() => loadPage(/** @type {Uint8Array} */ (compiled.program)).assign("east"), { code: "not-in-build" });
});
