// Decides a file of leads: bytes in, results out, in bounded memory.

import { LeadgateError } from "../../src/error.mjs";
import { decideRows } from "./batch.mjs";
import { Columns } from "./columns.mjs";
import { CsvLeads } from "./csv-leads.mjs";
import { Decoder } from "./decode.mjs";
import { sniff } from "./input.mjs";
import { JsonLeads } from "./json-leads.mjs";

/**
 * @typedef {import("./results.mjs").Result} Result
 */

/**
 * @typedef {object} Settings
 * @property {Pick<import("../../src/index.d.ts").Policy, "decide"> & Partial<Pick<import("../../src/index.d.ts").Policy, "decideMany">>} policy one that decides many at once is asked for them together
 * @property {import("../../src/index.d.ts").Description} description
 * @property {import("./input.mjs").Input} input
 * @property {"refuse" | "absent"} onInvalid
 * @property {"csv" | "jsonl"} [kind] of the input; without it, its name or its first character tells
 * @property {string} [encoding]
 * @property {string} [delimiter]
 * @property {string} [stageColumn] the column with the stage before the decision
 * @property {Map<string, string>} [mapping] of columns to fields
 * @property {AbortSignal} [signal] ends the run after what is being decided
 */

/**
 * What happens to the results.
 * @typedef {object} Observer
 * @property {(header: string[], kind: "csv" | "jsonl") => { brief: boolean } | void} begin the input's columns; whether decisions are wanted in brief
 * @property {(result: Result) => void} result
 * @property {(note: string) => void} note something about the file as a whole
 * @property {(progress: { line: number, bytes: number }) => Promise<boolean>} chunk after each chunk; false ends the run
 */

/**
 * @param {Settings} settings
 * @param {Observer} observer
 * @returns {Promise<{ line: number, ended: "whole" | "interrupted" | "stopped" }>} the last line decided, and why there were no more
 */
export async function decideLeads(settings, observer) {
  const { input, description, signal } = settings;
  const decoder = new Decoder(settings.encoding ?? "utf-8", input.name);
  const columns = new Columns(description.fields, { mapping: settings.mapping, ignored: settings.stageColumn ? [settings.stageColumn] : [] });
  /** @type {CsvLeads | JsonLeads | undefined} */
  let leads;
  let begun = false;
  let brief = false;
  let line = 0;
  let bytes = 0;
  // Only the beginning of a file can be all white space for long; what is held back until its kind is known.
  let held = "";

  /** @param {string} text @param {boolean} final */
  const rowsOf = function* (text, final) {
    held += text;
    if (!leads) {
      const kind = settings.kind ?? input.kind ?? sniff(held) ?? (final ? "csv" : undefined);
      if (kind === undefined) {
        held = held.replace(/^[^\S\r\n]+/, "");
        return;
      }
      const options = { delimiter: settings.delimiter, stageColumn: settings.stageColumn, name: input.name };
      leads = kind === "csv" ? new CsvLeads(columns, options) : new JsonLeads(columns, options);
    }
    const ready = held;
    held = "";
    yield* leads.push(ready);
    if (final) yield* leads.end();
  };

  /** @param {string} text @param {boolean} final */
  const take = (text, final) => {
    const begin = () => {
      if (begun || !leads) return;
      begun = true;
      brief = observer.begin(leads.header, leads instanceof CsvLeads ? "csv" : "jsonl")?.brief ?? false;
    };
    /** @type {import("./csv-leads.mjs").Row[]} */
    const rows = [];
    try {
      for (const row of rowsOf(text, final)) {
        begin();
        rows.push(row);
      }
    } finally {
      // What was read before a failure is decided as well.
      for (const result of decidedRows(rows, brief, settings)) {
        line = result.row.line;
        observer.result(result);
      }
    }
    if (final) begin();
    for (const note of columns.takeNotes()) observer.note(note);
  };

  try {
    for await (const chunk of input.stream) {
      bytes += chunk.length;
      take(decoder.push(chunk), false);
      if (!(await observer.chunk({ line, bytes }))) return { line, ended: "stopped" };
      if (signal?.aborted) return { line, ended: "interrupted" };
    }
  } catch (error) {
    if (signal?.aborted && /** @type {Error} */ (error).name === "AbortError") return { line, ended: "interrupted" };
    if (error instanceof LeadgateError || /** @type {NodeJS.ErrnoException} */ (error).syscall === undefined) throw error;
    throw new LeadgateError("unreadable-file", `\`${input.name}\` cannot be read: ${/** @type {Error} */ (error).message}`, { cause: error });
  }
  take(decoder.end(), true);
  return { line, ended: (await observer.chunk({ line, bytes })) ? "whole" : "stopped" };
}

/**
 * @param {import("./csv-leads.mjs").Row[]} rows
 * @param {boolean} brief
 * @param {Settings} settings
 * @returns {Generator<Result>}
 */
function* decidedRows(rows, brief, settings) {
  const { policy, description: { fields } } = settings;
  const { decideMany } = policy;
  const good = brief && decideMany !== undefined ? rows.filter(({ error }) => error === undefined) : [];
  const many = decideMany === undefined || good.length === 0 ? [] : decideRows({ decideMany: decideMany.bind(policy) }, fields.map(({ name }) => name), good);
  let at = 0;
  for (const row of rows) {
    const decision = row.error === undefined ? many[at++] : undefined;
    // Values that cannot be read may refuse the row.
    yield decision === undefined || row.invalid.length > 0 ? decided(row, settings) : { row, decision, notes: [] };
  }
}

/**
 * @param {import("./csv-leads.mjs").Row} row
 * @param {Settings} settings
 * @returns {Result}
 */
function decided(row, { policy, onInvalid }) {
  const error = row.error ?? (onInvalid === "refuse" ? row.invalid[0] : undefined);
  if (error) return { row, error, notes: [] };
  try {
    const options = row.stage === undefined ? { onInvalid } : { onInvalid, stage: row.stage };
    const decision = policy.decide(/** @type {import("../../src/index.d.ts").Lead} */ (row.lead), options);
    return { row, decision, notes: [...row.invalid, ...decision.notes] };
  } catch (error) {
    if (!(error instanceof LeadgateError)) throw error;
    const { code, message, path, help } = error;
    return { row, error: { code, message, path, help }, notes: [] };
  }
}
