// What a decision can rest on besides answers and a stage: where the lead stands otherwise, and what it has done.

import { reading } from "../given.mjs";

/**
 * A lead's past as plain JSON; none where a stage says all.
 * @param {import("../receipts.d.ts").State | undefined} state @param {readonly unknown[] | undefined} events
 * @returns {Record<string, unknown> | undefined}
 */
export function pastOf(state, events) {
  const { stage: _, ...more } = state ?? {};
  if (events === undefined && Object.values(more).every((value) => value === undefined)) return undefined;
  // Dates are moments as text, as everywhere in JSON.
  return reading("state", () => JSON.parse(JSON.stringify({ state, events })));
}

/** What is digested of it: a history says who did what, so it leaves only as a keyed digest. @param {string} id @param {Record<string, unknown>} past */
export const pastContent = (id, past) => ["leadgate past 1", id, past];

/**
 * The options with which the policy decides.
 * @param {{ state?: import("../receipts.d.ts").State, events?: readonly unknown[], now: string, onInvalid: "refuse" | "absent" }} given
 * @returns {import("../index.d.ts").Options}
 */
export function optionsOf({ state, events, now, onInvalid }) {
  if (pastOf(state, events) === undefined) return { stage: state?.stage, onInvalid };
  return /** @type {import("../index.d.ts").Options} */ ({ state, events, now, onInvalid });
}
