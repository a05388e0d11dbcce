// Rows decided together, by columns.

import { LeadgateError } from "../../src/error.mjs";

/**
 * @typedef {import("./csv-leads.mjs").Row} Row
 * @typedef {import("./results.mjs").Brief} Brief
 * @typedef {import("../../src/index.d.ts").DecidedColumns} Found
 * @typedef {Found["tables"][string]} TableColumn
 */

/** @param {TableColumn} column @param {number} row */
const valueAt = (column, row) => (column instanceof Float64Array ? numberAt(column, row) : column.values[column.codes[row]] ?? null);

/** @param {Float64Array} column @param {number} row */
const numberAt = (column, row) => (Number.isNaN(column[row]) ? null : column[row]);

/**
 * What came out of each row; none of rows that must be decided by themselves: those of which something faulted, or where a value is one that its field cannot have.
 * @param {Pick<import("../../src/index.d.ts").Policy, "decideMany">} policy
 * @param {string[]} fields
 * @param {Row[]} rows
 * @returns {(Brief | undefined)[]}
 */
export function decideRows(policy, fields, rows) {
  /** @type {Record<string, unknown[]>} */
  const columns = Object.create(null);
  for (const name of fields) {
    if (rows.some(({ lead }) => lead[name] !== undefined)) columns[name] = rows.map(({ lead }) => lead[name]);
  }
  const staged = rows.some(({ stage }) => stage !== undefined);
  /** @type {Found} */
  let found;
  try {
    found = policy.decideMany(columns, { count: rows.length, onInvalid: "absent", ...(staged ? { stage: rows.map(({ stage }) => stage) } : {}) });
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    // Each row says by itself what is wrong with it.
    return rows.map(() => undefined);
  }
  const noted = new Set(found.notes.map(({ row }) => row));
  const { outcome, stage, scores, tables, faulted } = found;
  return rows.map((_, row) => (faulted[row] === 1 || noted.has(row) ? undefined : {
    outcome: outcome.values[outcome.codes[row]] ?? null,
    scores: Object.fromEntries(Object.entries(scores).map(([name, column]) => [name, numberAt(column, row)])),
    tables: Object.fromEntries(Object.entries(tables).map(([name, column]) => [name, valueAt(column, row)])),
    stage: stage && { after: stage.values[stage.codes[row]] ?? null },
    faults: [],
    notes: [],
  }));
}
