// Rotations: who takes a lead is asked for and given back in any order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "leadgate";
import { compilePolicy } from "../../www/edge/build.mjs";
import { createRotation } from "../../www/edge/rotation.mjs";

const policy = load(compilePolicy().program);
const QUEUE = "sdr_now";
const HOUR = 3600 * 1000;

/** Storage that can be told to break. */
function memory() {
  /** @type {Map<string, string>} */
  const entries = new Map();
  const storage = {
    entries,
    broken: false,
    get: async (/** @type {string} */ key) => (entries.has(key) ? JSON.parse(/** @type {string} */ (entries.get(key))) : undefined),
    put: async (/** @type {Record<string, unknown>} */ more) => {
      if (storage.broken) throw new Error("disk full");
      for (const [key, value] of Object.entries(more)) entries.set(key, JSON.stringify(value));
    },
    delete: async (/** @type {string[]} */ keys) => keys.forEach((key) => entries.delete(key)),
    list: async (/** @type {string} */ start, /** @type {number} */ limit) => /** @type {[string, any][]} */ ([...entries].filter(([key]) => key >= start).sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit).map(([key, value]) => [key, JSON.parse(value)])),
  };
  return storage;
}

/** @param {number} count */
function turns(count) {
  const taken = [];
  for (let state; taken.length < count;) {
    const assigned = policy.assign(QUEUE, state);
    taken.push(assigned.member ?? "nobody");
    state = assigned.state;
  }
  return taken;
}

test("a lead that is asked for again has the same member, and takes one turn", async () => {
  const rotation = createRotation(policy, QUEUE, memory());
  const asked = ["a", "a", "b", "a", "b", "c"];
  const members = [];
  for (const lead of asked) members.push(await rotation.assign(lead, 0));
  const [first, second, third] = turns(3);
  assert.deepEqual(members, [first, first, second, first, second, third]);
});

test("many at once come one after another", async () => {
  const rotation = createRotation(policy, QUEUE, memory());
  const members = await Promise.all(Array.from({ length: 50 }, (_, at) => rotation.assign(`lead ${at % 25}`, 0)));
  assert.deepEqual(members.slice(0, 25), turns(25));
  assert.deepEqual(members.slice(25), members.slice(0, 25));
});

test("what is given back was never taken, however many came after it", async () => {
  for (let given = 0; given < 7; given += 1) {
    const storage = memory();
    const rotation = createRotation(policy, QUEUE, storage);
    for (let lead = 0; lead < 7; lead += 1) await rotation.assign(`lead ${lead}`, 0);
    await rotation.release(`lead ${given}`);
    await rotation.release(`lead ${given}`);
    await rotation.release("nobody");
    // Everybody's share counts the leads that stayed.
    const { current } = await storage.get("state");
    const weights = { he_xin: 3, ma_rui: 2 };
    const stayed = turns(7).filter((_, at) => at !== given);
    for (const [member, weight] of Object.entries(weights)) {
      assert.equal(current[member], 6 * weight - 5 * stayed.filter((taken) => taken === member).length, `${member} after ${given} was given back`);
    }
  }
});

test("who is absent takes nothing, and where all are, nobody does until somebody is back", async () => {
  const rotation = createRotation(policy, QUEUE, memory());
  const [first] = turns(1);
  assert.notEqual(await rotation.assign("a", 0, { absent: [first] }), first);
  assert.equal(await rotation.assign("b", 0, { absent: ["he_xin", "ma_rui"] }), null);
  assert.equal(await rotation.assign("b", 0, {}), first);
  assert.equal(await rotation.assign("b", 0, { absent: [first] }), first, "who was told stays");
});

test("state and assignment are written together or not at all", async () => {
  const storage = memory();
  const rotation = createRotation(policy, QUEUE, storage);
  storage.broken = true;
  await assert.rejects(rotation.assign("a", 0));
  storage.broken = false;
  assert.equal(storage.entries.size, 0);
  assert.deepEqual([await rotation.assign("b", 0), await rotation.assign("a", 0)], turns(2));
});

test("assignments are forgotten after a day, and their storage stays bounded", async () => {
  const storage = memory();
  const rotation = createRotation(policy, QUEUE, storage);
  let id = 7;
  for (let lead = 0; lead < 3000; lead += 1) {
    id = (id * 48271) % 2147483647;
    await rotation.assign(id.toString(16).padStart(8, "0"), lead * HOUR);
  }
  assert.ok(storage.entries.size < 200, `${storage.entries.size} entries`);
});
