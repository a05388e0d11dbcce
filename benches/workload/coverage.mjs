// What the leads exercise: a benchmark whose rules never fire measures nothing.

import { condition } from "./closures.mjs";
import * as rules from "./rules.mjs";

/** Every rule must fire on so many leads and fail on so many, and every outcome must come out so often. */
const least = 20;

/**
 * Counts on how many leads each rule fires and each outcome comes out.
 *
 * `problems` names every rule, grade, decision, queue and clamp that is too rare to be tested. (The upper clamp cannot occur: the points of the
 * rules that can hold together do not reach it.)
 */
export function coverage(leads, score) {
  const lines = [];
  const problems = [];
  const note = (what, hits, most) => {
    lines.push(`${what.padEnd(28)} ${String(hits).padStart(6)}`);
    if (hits < least) problems.push(`${what} occurs on ${hits} of ${leads.length} leads, fewer than ${least}`);
    if (hits > most) problems.push(`${what} occurs on ${hits} of ${leads.length} leads, nearly all`);
  };
  for (const { id, when } of [...rules.fit, ...rules.engagement]) {
    const holds = condition(when);
    note(id, leads.filter((lead) => holds(lead)).length, leads.length - least);
  }
  const results = leads.map(score);
  for (const output of ["grade", "decision", "queue"]) {
    const { rows, otherwise } = rules[output];
    for (const value of [...rows.map(({ then }) => then), otherwise]) {
      note(`${output} ${value}`, results.filter((result) => result[output] === value).length, leads.length);
    }
  }
  const [low] = rules.range;
  for (const sum of ["fit", "engagement"]) {
    note(`${sum} = ${low}`, results.filter((result) => result[sum] === low).length, leads.length);
  }
  return { lines, problems };
}
