// The parts of the edge put together. What differs by where it runs is given: the database, where rotations live, how a client's address is found, who serves files.

import { createApp } from "./app.mjs";
import { keyedDigest } from "./digests.mjs";
import { absentAt } from "./facts.mjs";
import { createLog } from "./log.mjs";
import { openPolicy } from "./policy.mjs";
import { createReceipts } from "./receipts.mjs";
import { createStore } from "./store.mjs";
import { createSubmit } from "./submit.mjs";

/**
 * @typedef {object} Keys
 * @property {string} digests secret of keyed digests
 * @property {import("leadgate/receipts").KeysJson} receipts the ring that receipts are signed with
 *
 * @typedef {object} Around
 * @property {import("./policy.mjs").Compiled} compiled
 * @property {Record<string, import("./policy.mjs").Compiled>} [others] further policies that have a form, by name; each has its addresses below `/p/<name>`
 * @property {Keys} keys
 * @property {import("./database/d1.mjs").Database} database
 * @property {(policy: import("./policy.mjs").EdgePolicy) => (queue: string) => import("./rotation.mjs").QueueRotation} rotations
 * @property {import("./limiter.mjs").Limiter} limiter
 * @property {(context: import("hono").Context) => string} address
 * @property {(context: import("hono").Context) => Promise<Response> | Response} assets
 * @property {(now: number) => string[]} [absent] who of all queues is absent
 * @property {() => number} [clock]
 * @property {(line: string) => void} [write] takes a line of the log
 */

/** @param {Around} around */
export function createEdge({ compiled, others = {}, keys, database, rotations, limiter, address, assets, absent = absentAt, clock = Date.now, write = console.log }) {
  const log = createLog(write, clock);
  const digest = keyedDigest(keys.digests);
  const receipts = createReceipts(keys, digest);
  const store = createStore(database);

  /** @param {import("./policy.mjs").EdgePolicy} policy @returns {import("./app.mjs").Site} */
  const siteOf = (policy) => {
    // Who is the same person to one policy is nobody to another.
    const own = policy.base === "" ? digest : (/** @type {string} */ purpose, /** @type {string[]} */ ...parts) => digest(`${policy.base} ${purpose}`, ...parts);
    return { policy, digest: own, submit: createSubmit({ policy, store, rotation: rotations(policy), digest: own, receipts, absent, clock, log }) };
  };
  const main = siteOf(openPolicy(compiled));
  /** @type {Map<string, import("./app.mjs").Site>} */
  const open = new Map();

  /** A policy is opened when somebody asks for it. @param {string} name */
  function siteNamed(name) {
    const there = open.get(name);
    if (there || !Object.hasOwn(others, name)) return there;
    const site = siteOf(openPolicy(others[name], `/p/${name}`));
    open.set(name, site);
    return site;
  }
  return createApp({ main, siteNamed, digest, limiter, log, clock, address, assets });
}
