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
export function createEdge({ compiled, keys, database, rotations, limiter, address, assets, absent = absentAt, clock = Date.now, write = console.log }) {
  const policy = openPolicy(compiled);
  const log = createLog(write, clock);
  const digest = keyedDigest(keys.digests);
  const receipts = createReceipts(keys, digest);
  const store = createStore(database);
  const submit = createSubmit({ policy, store, rotation: rotations(policy), digest, receipts, absent, clock, log });
  return createApp({ policy, submit, digest, limiter, log, clock, address, assets });
}
