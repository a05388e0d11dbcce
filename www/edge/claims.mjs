// What a page says it has found out, against what is so. A claim decides nothing: the lead is decided from its answers either way. A claim that is wrong is named, to the page and in the store.

import { verifyClaim } from "leadgate/receipts";
import { answersOf, isObject } from "./answers.mjs";

/** @typedef {{ code: string, path: string, message: string }} Difference `code` is the difference's kind in docs/receipts.md */

/** Milliseconds by which a visitor's clock may be wrong. */
const SKEW = 3600 * 1000;
const MOST_MESSAGES = 100;
const MOST_DIFFERENCES = 20;
const short = (/** @type {unknown} */ text) => (typeof text === "string" ? text.slice(0, 100) : undefined);

/** What of a claim is kept: its known parts, cut to size. Its answers are those that were sent, or a difference says that they are not. @param {unknown} claim */
export function claimOf(claim) {
  if (!isObject(claim)) return undefined;
  const possible = Array.isArray(claim.possible) ? claim.possible.slice(0, MOST_MESSAGES).map(short) : undefined;
  const now = typeof claim.now === "number" ? claim.now : short(claim.now);
  return { v: typeof claim.v === "number" ? claim.v : undefined, slice: short(claim.slice), now, possible, shown: short(claim.shown) };
}

/**
 * Every difference between a claim and what is so. A sending without a claim (a form without script) claims nothing and has none. That something the page cannot know decided is no difference.
 * @param {import("./policy.mjs").EdgePolicy} policy
 * @param {{ claim: unknown, answers: import("leadgate").Lead, facts: import("leadgate").Lead, decision: import("leadgate").Decision, now: number }} sending
 * @returns {Difference[]}
 */
export function differencesOf(policy, { claim, answers, facts, decision, now }) {
  if (claim === undefined || claim === null) return [];
  if (!isObject(claim)) return [{ code: "format", path: "claim", message: "this is not a claim that a page made" }];
  // Where a claim does not repeat its answers, it is about those beside it.
  const said = claim.answers === undefined ? { answers, refusals: [] } : answersOf(claim.answers, policy.visitorFields);
  if (said.refusals.length > 0) return [{ code: "format", path: "claim.answers", message: "these are not answers that the form sends" }];
  const at = typeof claim.now === "number" && Math.abs(claim.now) < 8.64e15 ? new Date(claim.now).toISOString() : claim.now;
  const stated = { ...claim, answers: policy.shownTo(said.answers), now: at };
  const { differences } = verifyClaim(stated, { policy: policy.full, slice: policy.slice, lead: { ...answers, ...facts }, now: new Date(now), decision, skew: SKEW });
  return differences.filter(({ kind }) => kind !== "secrets").slice(0, MOST_DIFFERENCES).map(({ kind, path, message }) => ({ code: kind, path: path.slice(0, 100), message: message.slice(0, 300) }));
}
