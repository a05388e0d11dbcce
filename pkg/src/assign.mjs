// Sharing out the leads of a queue. The page build does not: who works in a queue is no visitor's business.

import { shown } from "./encode.mjs";
import { LeadgateError } from "./error.mjs";

/**
 * Who of a queue takes the next lead, and the state after it.
 * @param {Pick<import("../wasm/full/leadgate.js").Engine, "assign">} engine
 * @param {{ name: string, members: string[] }[]} queues
 * @param {string} queue
 * @param {import("./index.d.ts").Rotation | null} [state]
 */
export function assign(engine, queues, queue, state) {
  const at = queues.findIndex(({ name }) => name === queue);
  if (at < 0) throw new LeadgateError("unknown-queue", `${shown(queue)} is not a queue of the policy`, { path: "queue", help: queues.length > 0 ? `its queues: ${queues.map(({ name }) => name).join(", ")}` : "it has no queues" });
  const { members } = queues[at];
  const [taker, ...current] = engine.assign(at, statedOf(members, state));
  return { member: members[taker], state: { current: Object.fromEntries(members.map((member, index) => [member, current[index]])) } };
}

/**
 * What each member is owed by a stored state; NaN for who is not in it.
 * @param {string[]} members
 * @param {import("./index.d.ts").Rotation | null | undefined} state
 */
function statedOf(members, state) {
  const wrong = () => new LeadgateError("wrong-state", "the queue's state is not one that `assign` gave", { path: "state", help: "give back what `assign` returned, or nothing for a queue that begins" });
  const current = state === undefined || state === null ? {} : state.current;
  if (current === null || typeof current !== "object") throw wrong();
  return Float64Array.from(members, (member) => {
    if (!Object.hasOwn(current, member)) return NaN;
    if (!Number.isSafeInteger(current[member])) throw wrong();
    return current[member];
  });
}
