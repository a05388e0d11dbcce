// The one place where a form asks the policy which questions apply and what to ask next.

/**
 * @typedef {import("../index.d.ts").Policy<any>} Policy
 * @typedef {import("../index.d.ts").Lead} Lead
 * @typedef {{ field: string, shown: boolean, required: boolean, cost: number, always?: boolean }} Question
 * @typedef {{ limit?: number, submissions: number, open: string[], stage?: string }} Asking
 */

/** All questions, with whether they apply. @param {Policy} policy @param {Lead} lead @returns {{ perVisit: number | null, questions: Question[] }} */
export const questionsOf = (policy, lead) => policy.form(/** @type {any} */ (lead), { onInvalid: "absent" });

/**
 * What to ask next, best first, and whether it can still change anything.
 * @param {Policy} policy @param {Lead} lead @param {Asking} asking
 * @returns {Pick<import("../form.d.ts").Next, "ask" | "settled" | "certificate">}
 */
export function planOf(policy, lead, asking) {
  return policy.next(/** @type {any} */ (lead), { ...asking, onInvalid: "absent" });
}
