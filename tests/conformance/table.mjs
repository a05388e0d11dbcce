// The conformance tests by section: what passes, what applies, what is pending.

import { notApplicable, pending } from "./lists.mjs";
import { suite } from "./suite.mjs";
import { wrong } from "./judge.mjs";

/**
 * @typedef {object} Judged
 * @property {import("./suite.mjs").Test} test
 * @property {string | undefined} wrong
 */

/** The suite as lines of JSON. */
export const lines = suite.map((test) => JSON.stringify(test.line));

/** @param {import("./engines.mjs").Engine} engine @param {string[]} [asked] the suite's lines @returns {Promise<Judged[]>} */
export async function judge(engine, asked = lines) {
  const answers = await engine(asked);
  return suite.map((test, index) => ({ test, wrong: wrong(test, answers[index]) }));
}

/** What passes and what applies, by section, and together. @param {Judged[]} judged @returns {Map<string, { passed: number, applicable: number, pending: number }>} */
export function bySection(judged) {
  /** @type {Map<string, { passed: number, applicable: number, pending: number }>} */
  const sections = new Map();
  for (const { test, wrong } of judged) {
    if (notApplicable.has(test.id)) continue;
    for (const name of [test.section, "together"]) {
      const row = sections.get(name) ?? { passed: 0, applicable: 0, pending: 0 };
      row.applicable += 1;
      if (wrong === undefined) row.passed += 1;
      if (pending.has(test.id)) row.pending += 1;
      sections.set(name, row);
    }
  }
  const together = /** @type {any} */ (sections.get("together"));
  sections.delete("together");
  return sections.set("together", together);
}

/** The table as text. @param {Judged[]} judged */
export function table(judged) {
  const rows = [...bySection(judged)].map(([name, { passed, applicable, pending }]) => [name, passed, applicable, pending]);
  return [["section", "passed", "applicable", "pending"], ...rows]
    .map(([name, ...numbers]) => `${String(name).padEnd(18)}${numbers.map((number) => String(number).padStart(12)).join("")}`)
    .join("\n");
}
