// Many leads at once: columns in, columns out. Each row comes out as `decide` gives it.

import { LeadgateError } from "../error.mjs";
import { shown } from "../encode.mjs";

/**
 * @typedef {import("../engine.mjs").Parts} Parts
 * @typedef {import("../index.d.ts").Column} Column
 * @typedef {import("../index.d.ts").ManyOptions} ManyOptions
 * @typedef {{ length: number, at: (row: number) => unknown }} Reader
 */

/** The code of a row without a value. */
const NONE = 0xffff;

/** @param {string} path @param {string} message @param {string} help */
const wrong = (path, message, help) => new LeadgateError("wrong-column", message, { path, help });

/** @param {unknown} column @returns {column is { values: readonly unknown[], codes: ArrayLike<number> }} */
const isDictionary = (column) => column !== null && typeof column === "object" && !Array.isArray(column) && !ArrayBuffer.isView(column) && "codes" in column;

/** A column by rows. @param {Column} column @param {string} path @returns {Reader} */
function readerOf(column, path) {
  if (isDictionary(column)) {
    const { values, codes } = column;
    if (!Array.isArray(values) || typeof codes?.length !== "number") throw wrong(path, "a column of codes has `values` and `codes`", "{ values: [\"finance\"], codes: Uint16Array.of(0, 0) }");
    return { length: codes.length, at: (row) => values[codes[row]] };
  }
  if (!Array.isArray(column) && !ArrayBuffer.isView(column)) throw wrong(path, `${shown(column)} is no column`, "give an array, a typed array of numbers, or { values, codes }");
  const items = /** @type {ArrayLike<unknown>} */ (/** @type {unknown} */ (column));
  // What is not a number stands for nothing in an array of numbers.
  return ArrayBuffer.isView(column) ? { length: items.length, at: (row) => { const item = items[row]; return item === item ? item : undefined; } } : { length: items.length, at: (row) => items[row] };
}

/** @param {Record<string, Column>} columns @param {string} path @returns {[string, Reader][]} */
function readersOf(columns, path) {
  if (columns === null || typeof columns !== "object" || Array.isArray(columns)) throw wrong(path, "the columns are no object", "give an array of values for each field");
  return Object.entries(columns).filter(([, column]) => column !== undefined).map(([name, column]) => [name, readerOf(column, path === "" ? name : `${path}.${name}`)]);
}

/** @param {[string, Reader][]} readers @param {number | undefined} stated */
function countOf(readers, stated) {
  const count = stated ?? readers[0]?.[1].length ?? 0;
  if (!Number.isSafeInteger(count) || count < 0) throw wrong("count", `${shown(stated)} is no number of leads`, "leave it out, or give a whole number");
  for (const [name, { length }] of readers) {
    if (length !== count) throw wrong(name, `the column has ${length} rows, and there are ${count} leads`, "give every column as many rows");
  }
  return count;
}

/** The events of each lead. @param {import("../index.d.ts").EventColumns | undefined} events @param {number} count @returns {(row: number) => import("../index.d.ts").LeadEvent[] | undefined} */
function eventsOf(events, count) {
  if (events === undefined || events === null) return () => undefined;
  const { offsets, type, at, id, ...attributes } = events;
  if (offsets?.length !== count + 1) throw wrong("events.offsets", `there are ${count} leads, and so ${count + 1} offsets`, "the events of lead n stand from offsets[n] to offsets[n + 1]");
  const readers = readersOf(/** @type {Record<string, Column>} */ ({ type, at, id, ...attributes }), "events");
  for (const [name, { length }] of readers) {
    if (length !== offsets[count]) throw wrong(`events.${name}`, `the column has ${length} rows, and there are ${offsets[count]} events`, "give every column as many rows");
  }
  return (row) => {
    if (!(offsets[row] <= offsets[row + 1])) throw wrong("events.offsets", "the offsets do not ascend", "the events of lead n stand from offsets[n] to offsets[n + 1]");
    const found = [];
    for (let event = offsets[row]; event < offsets[row + 1]; event += 1) {
      found.push(/** @type {import("../index.d.ts").LeadEvent} */ (Object.fromEntries(readers.map(([name, reader]) => [name, reader.at(event)]))));
    }
    return found;
  };
}

/** Words as they come, each once. */
class Words {
  /** @type {(string | null)[]} */
  values = [];
  /** @type {Map<string | null, number>} */
  #known = new Map();

  /** @param {number} count */
  constructor(count) {
    this.codes = new Uint16Array(count).fill(NONE);
  }

  /** @param {number} row @param {string | null} value */
  put(row, value) {
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.values.length;
      this.#known.set(value, code);
      this.values.push(value);
    }
    this.codes[row] = code;
  }
}

/**
 * @param {Parts} parts
 * @param {Record<string, Column>} columns
 * @param {ManyOptions} options
 * @param {(lead: Record<string, unknown>, options: import("../index.d.ts").Options) => import("../index.d.ts").Decision} decide
 * @returns {import("../index.d.ts").DecidedColumns}
 */
export function decideMany(parts, columns, options, decide) {
  const { now, events, stage, state, count: stated, onInvalid } = options;
  const readers = readersOf(columns, "");
  const count = countOf(readers, stated);
  const ofEvents = eventsOf(events, count);
  const each = readersOf(/** @type {Record<string, Column>} */ ({ stage, state, ...(Array.isArray(now) || ArrayBuffer.isView(now) || isDictionary(now) ? { now } : {}) }), "options");
  countOf(each, count);
  const { made } = parts;
  const outcome = new Words(count);
  const stages = made.stages.length > 0 ? new Words(count) : null;
  /** @type {Record<string, Float64Array>} */
  const scores = Object.fromEntries(made.scores.map(({ name }) => [name, new Float64Array(count).fill(NaN)]));
  /** @type {Record<string, unknown[]>} */
  const tables = Object.fromEntries(made.outputs.map(({ name }) => [name, new Array(count).fill(null)]));
  const faulted = new Uint8Array(count);
  /** @type {(import("../index.d.ts").Note & { row: number })[]} */
  const notes = [];
  // Without behaviours and states no decision rests on the moment, and without a moment a decision is quicker.
  const timeless = made.live !== true && events === undefined && state === undefined;
  const rest = { onInvalid, ...(timeless || each.some(([name]) => name === "now") ? {} : { now: /** @type {import("../index.d.ts").Moment | undefined} */ (now) }) };
  /** @type {Record<string, unknown>} */
  const lead = {};
  for (let row = 0; row < count; row += 1) {
    for (const [name, reader] of readers) lead[name] = reader.at(row);
    const given = { ...rest, events: ofEvents(row), ...Object.fromEntries(each.map(([name, reader]) => [name, reader.at(row)])) };
    const decision = decided(() => decide(lead, given), row);
    outcome.put(row, decision.outcome);
    if (stages && decision.stage?.after != null) stages.put(row, decision.stage.after);
    for (const name in scores) scores[name][row] = decision.scores[name] ?? NaN;
    for (const name in tables) tables[name][row] = decision.tables[name];
    if (decision.faults.length > 0) faulted[row] = 1;
    for (const note of decision.notes) notes.push({ ...note, row });
  }
  return { count, outcome: { values: outcome.values, codes: outcome.codes }, stage: stages && { values: stages.values, codes: stages.codes }, scores, tables, faulted, notes };
}

/** @template T @param {() => T} decide @param {number} row @returns {T} */
function decided(decide, row) {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    throw new LeadgateError(error.code, error.message, { path: `rows[${row}]${error.path ? `.${error.path}` : ""}`, help: error.help, cause: error });
  }
}
