// Decisions by columns: what comes out of many leads.

/**
 * @typedef {import("../results.mjs").Made} Made
 * @typedef {import("../index.d.ts").CodedColumn} CodedColumn
 */

/** The code of a row without a value. */
export const NONE = 0xffff;

/** Values that are known beforehand, and those that come besides; each once. */
class Words {
  /** @type {Map<unknown, number>} */
  #known = new Map();

  /** @param {readonly unknown[]} values @param {Uint16Array | Uint32Array} codes */
  constructor(values, codes) {
    this.codes = codes.fill(-1);
    /** @type {unknown[]} */
    this.values = [...values];
    this.values.forEach((value, at) => this.#known.set(keyOf(value), at));
  }

  /** @param {number} row @param {unknown} value */
  put(row, value) {
    // All bits, as many as the codes have.
    if (value === null || value === undefined) {
      this.codes[row] = -1;
      return;
    }
    const key = keyOf(value);
    let code = this.#known.get(key);
    if (code === undefined) {
      code = this.values.length;
      this.#known.set(key, code);
      this.values.push(value);
    }
    this.codes[row] = code;
  }
}

/** @param {unknown} value */
const keyOf = (value) => (Array.isArray(value) ? JSON.stringify(value) : value);

export class Found {
  /** @type {Record<string, Float64Array>} */
  scores = Object.create(null);
  /** By name: of an output that is a number made of several rows the number, of all others a code. @type {Record<string, Words | Float64Array>} */
  tables = Object.create(null);
  /** @type {(import("../index.d.ts").Note & { row: number })[]} */
  notes = [];

  /** @param {Made} made @param {number} count */
  constructor({ screen, outcomes, stages, scores, outputs, tables, hits = [] }, count) {
    this.count = count;
    this.outcome = new Words([...screen.map((id) => `screened:${id}`), ...outcomes], new Uint16Array(count));
    this.stage = stages.length > 0 ? new Words(stages, new Uint16Array(count)) : null;
    for (const { name } of scores) this.scores[name] = new Float64Array(count).fill(NaN);
    for (const { name, table, values } of outputs) {
      const policy = hits.find((hit) => tables[hit.table].id === table)?.policy;
      // Lists are as many as there are sets of rows.
      this.tables[name] = policy === "number" ? new Float64Array(count).fill(NaN) : policy === "list" ? new Words([], new Uint32Array(count)) : new Words(values, new Uint16Array(count));
    }
    this.faulted = new Uint8Array(count);
  }

  /** @param {number} row @param {import("../index.d.ts").Decision} decision */
  put(row, decision) {
    this.outcome.put(row, decision.outcome);
    this.stage?.put(row, decision.stage?.after);
    for (const name in this.scores) this.scores[name][row] = decision.scores[name] ?? NaN;
    for (const name in this.tables) {
      const [table, value] = [this.tables[name], decision.tables[name]];
      if (table instanceof Words) table.put(row, value);
      else table[row] = /** @type {number | null} */ (value) ?? NaN;
    }
    if (decision.faults.length > 0) this.faulted[row] = 1;
    for (const note of decision.notes) this.notes.push({ ...note, row });
  }

  /** All of it, as callers get it. @returns {import("../index.d.ts").DecidedColumns} */
  get columns() {
    const { count, scores, faulted, notes } = this;
    const plain = (/** @type {Words} */ { values, codes }) => /** @type {any} */ ({ values, codes });
    const tables = Object.fromEntries(Object.entries(this.tables).map(([name, table]) => [name, table instanceof Words ? plain(table) : table]));
    return { count, outcome: plain(this.outcome), stage: this.stage && plain(this.stage), scores: Object.fromEntries(Object.entries(scores)), tables, faulted, notes };
  }
}
