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
    taken.push(assigned.member.slice(0, 2));
    state = JSON.parse(JSON.stringify(assigned.state));
  }
  assert.deepEqual(taken, ["li", "li", "wa", "li", "__", "li", "li"]);
  assert.deepEqual(Object.values(state.current), [0, 0, 0]);
});

test("the state of a team that has changed is taken over", () => {
  const { state } = policy.assign("east", { current: { li_of_the_east: -3, gone: 900 } });
  assert.deepEqual(Object.keys(state.current), ["li_of_the_east", "wang_of_the_east", "__proto__"]);
});

test("queues have to be queues, and states states", () => {
  const code = (/** @type {string} */ expected) => (/** @type {any} */ error) => error.code === expected && error.help.length > 0;
  assert.throws(() => policy.assign("west"), code("unknown-queue"));
  for (const state of [{}, 7, { current: 7 }, { current: { li_of_the_east: 0.5 } }, { current: { li_of_the_east: "1" } }]) {
    assert.throws(() => policy.assign("east", /** @type {any} */ (state)), code("wrong-state"), JSON.stringify(state));
  }
  assert.equal(policy.assign("east", { current: { li_of_the_east: Number.MAX_SAFE_INTEGER } }).member, "li_of_the_east");
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
