// Tables of which more than the first row that holds counts: lists and numbers out of the numbers that the engine gives.
// The layouts are those of src/wasm/hits.rs; both change together.

import { put } from "../results.mjs";

const HEAD = 8;
const CAME = 1;
const VIOLATED = 2;

/**
 * @typedef {import("../results.mjs").Made} Made
 * @typedef {ReturnType<typeof import("../results.mjs").decisionOf>} Decision
 * @typedef {{ table: string, rows: string[] }} Violation
 */

/**
 * Each such table with what stands of it from a place on: whether it came to something, a number, the indices of the rows that hold.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers of a decision
 */
function* held(made, numbers) {
  let at = HEAD + made.scores.length + made.outputs.length + made.tables.length + numbers[6] + numbers[7];
  for (const { table, policy, then } of made.hits ?? []) {
    const { id, rows } = made.tables[table];
    const [came, number, count] = [numbers[at], numbers[at + 1], numbers[at + 2]];
    const indices = Array.from(numbers.slice(at + 3, at + 3 + count));
    at += 3 + count;
    yield { id, policy, then, came, number, indices, rows: indices.map((index) => rows[index]), outputs: made.outputs.filter((output) => output.table === id) };
  }
}

/**
 * Puts lists and numbers into a decision, and the rows that violate a table's hit policy.
 * @param {Made} made
 * @param {Float64Array | number[]} numbers
 * @param {Decision} decision
 */
export function putDecided(made, numbers, decision) {
  /** @type {Violation[]} */
  const violations = [];
  for (const { id, policy, then, came, number, indices, rows, outputs } of held(made, numbers)) {
    if (came === VIOLATED) violations.push({ table: id, rows });
    if (policy === "list") outputs.forEach(({ name, values }, output) => put(decision.tables, name, came === CAME ? indices.map((row) => values[then[row][output]]) : null));
    if (policy === "number") outputs.forEach(({ name }) => put(decision.tables, name, came === CAME ? number : null));
  }
  return Object.assign(decision, { violations });
}

/**
 * Puts the rows that hold into an explanation: of these tables a list of ids for each.
 * @template {{ tables: Record<string, string | string[] | null> }} R
 * @param {Made} made
 * @param {Float64Array | number[]} numbers
 * @param {R} rows
 */
export function putRows(made, numbers, rows) {
  for (const { id, rows: found } of held(made, numbers)) rows.tables[id] = found;
  return rows;
}

/**
 * Puts what lists and numbers can be into what is possible.
 * @template {{ tables: Record<string, any> }} R
 * @param {Made} made
 * @param {number[]} numbers of what is possible
 * @param {R} possible
 */
export function putPossible(made, numbers, possible) {
  let at = afterOutputs(made, numbers);
  const next = () => numbers[at++];
  for (const { table, policy } of made.hits ?? []) {
    for (const { name, values } of made.outputs.filter((output) => output.table === made.tables[table].id)) {
      const mayFault = possible.tables[name].includes(null);
      if (policy === "list") {
        const has = next() === 1;
        const [may, must] = [0, 1].map(() => Array.from({ length: next() }, () => values[next()]));
        put(possible.tables, name, { may, must: has ? must : null, mayFault });
      }
      if (policy === "number") {
        const [has, min, max] = [next(), next(), next()];
        put(possible.tables, name, has === 1 ? { min, max, mayFault } : null);
      }
    }
  }
  return possible;
}

/** Where the numbers of what is possible go on after its outputs. @param {Made} made @param {number[]} numbers */
function afterOutputs(made, numbers) {
  // A zero, whether it is exact, outcomes, whether the stage may fault, stages.
  let at = 2;
  at += 1 + 2 * numbers[at];
  at += 1;
  at += 1 + numbers[at];
  at += 4 * made.scores.length;
  for (let output = 0; output < made.outputs.length; output += 1) at += 2 + numbers[at];
  return at;
}
