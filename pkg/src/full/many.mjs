// Many leads at once: columns in, columns out. Each row comes out as `decide` gives it.

import { shown } from "../encode.mjs";
import { LeadgateError } from "../error.mjs";
import { Blocks } from "./blocks.mjs";
import { Found } from "./found.mjs";
import { isColumn, readerOf, wrong } from "./readers.mjs";

/**
 * @typedef {import("./parts.mjs").Parts} Parts
 * @typedef {import("../index.d.ts").Column} Column
 * @typedef {import("../index.d.ts").ManyOptions} ManyOptions
 * @typedef {import("./readers.mjs").Reader} Reader
 */

/** Room for what comes out. @param {import("../results.mjs").Made} made @param {number} count */
function roomFor(made, count) {
  try {
    return new Found(made, count);
  } catch (cause) {
    // A column of as many leads is there, so only a count that is stated can be so large.
    if (cause instanceof RangeError) throw wrong("count", `there is no room for the decisions of ${count} leads`, "decide them in parts");
    throw cause;
  }
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

/**
 * @param {object} policy
 * @param {Parts} policy.parts
 * @param {(action: () => void) => void} policy.within asks the engine
 * @param {(lead: Record<string, unknown>, options: import("../index.d.ts").Options) => import("../index.d.ts").Decision} policy.decide
 * @param {Record<string, Column>} columns
 * @param {ManyOptions} options
 * @returns {import("../index.d.ts").DecidedColumns}
 */
export function decideMany({ parts, within, decide }, columns, options) {
  const { now, events, stage, state, count: stated, onInvalid } = options;
  const readers = readersOf(columns, "");
  const count = countOf(readers, stated);
  const ofEvents = eventsOf(events, count);
  const each = readersOf(/** @type {Record<string, Column>} */ ({ stage, state, ...(isColumn(now) ? { now } : {}) }), "options");
  countOf(each, count);
  const { made } = parts;
  const found = roomFor(made, count);
  // Without behaviours and states no decision rests on the moment, and without a moment a decision is quicker.
  const timeless = made.live !== true && events === undefined && state === undefined;
  const rest = { onInvalid, ...(timeless || isColumn(now) ? {} : { now: /** @type {import("../index.d.ts").Moment | undefined} */ (now) }) };
  /** @type {Record<string, unknown>} */
  const lead = {};
  /** @param {number} row */
  const one = (row) => {
    for (const [name, reader] of readers) lead[name] = reader.at(row);
    const given = { ...rest, events: ofEvents(row), ...Object.fromEntries(each.map(([name, reader]) => [name, reader.at(row)])) };
    found.put(row, decided(() => decide(lead, given), row));
  };
  const blocks = timeless && !isColumn(now) && count > 0 ? Blocks.of(parts, readers, each.find(([name]) => name === "stage")?.[1], count) : undefined;
  if (blocks === undefined) {
    for (let row = 0; row < count; row += 1) one(row);
  } else {
    // What is wrong with the options is wrong with all rows.
    parts.how({ onInvalid }, false);
    within(() => blocks.decide(found, one));
  }
  return found.columns;
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
