// What a page says it has found out, against what is so. A claim decides nothing: the lead is decided from its answers either way. A claim that is wrong is named, to the page and in the store.

import { canonical } from "./digests.mjs";
import { isObject } from "./answers.mjs";

/** @typedef {{ code: string, path: string, message: string }} Difference */

/** Milliseconds by which a visitor's clock may be wrong. */
const CLOCKS = 24 * 3600 * 1000;
const MOST_MESSAGES = 100;
const short = (/** @type {unknown} */ text) => (typeof text === "string" ? text.slice(0, 100) : undefined);

/** What of a claim is kept: its known parts, cut to size. @param {unknown} claim */
export function claimOf(claim) {
  if (!isObject(claim)) return undefined;
  const possible = Array.isArray(claim.possible) ? claim.possible.slice(0, MOST_MESSAGES).map(short) : undefined;
  const now = typeof claim.now === "number" ? claim.now : short(claim.now);
  return { v: typeof claim.v === "number" ? claim.v : undefined, slice: short(claim.slice), now, possible };
}

/**
 * Every difference between a claim and what is so. A sending without a claim (a form without script) claims nothing and has none.
 * @param {import("./policy.mjs").EdgePolicy} policy
 * @param {{ answers: import("leadgate").Lead, claim: unknown, message: string | null, now: number }} sending
 * @returns {Difference[]}
 */
export function differencesOf(policy, { answers, claim, message, now }) {
  if (claim === undefined || claim === null) return [];
  if (!isObject(claim) || claim.v !== 1) return [{ code: "unreadable-claim", path: "claim", message: "the claim is not of a form that is known here" }];
  if (claim.slice !== policy.sliceDigest) return [{ code: "other-program", path: "claim.slice", message: "the page is of an earlier version: load it again" }];
  /** @type {Difference[]} */
  const found = [];
  if (claim.answers !== undefined && canonical(claim.answers) !== canonical(answers)) {
    found.push({ code: "other-answers", path: "claim.answers", message: "the claim is about other answers than those that were sent" });
  }
  const at = typeof claim.now === "number" ? claim.now : Date.parse(String(claim.now));
  if (!(Math.abs(at - now) <= CLOCKS)) found.push({ code: "other-time", path: "claim.now", message: "the claim is of another time" });
  const claimed = Array.isArray(claim.possible) ? claim.possible : [];
  const { outcomes } = policy.slice.possible(shownTo(policy, answers), { rest: "absent" });
  if (canonical([...claimed].sort()) !== canonical([...outcomes].sort())) {
    found.push({ code: "other-outcome", path: "claim.possible", message: "the answers do not lead to what the page says" });
  }
  return found;
}
