// Many leads at once.

import { Note, Options, Value } from "./lead.js";
import { Moment } from "./life.js";

/**
 * A column of leads: an answer for each, an array of numbers (NaN: none), codes into a list of values (a code beyond it: none), or texts in UTF-8. Quickest are arrays of numbers,
 * codes in a Uint8Array, and texts in UTF-8.
 */
export type Column = readonly unknown[] | Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array | { values: readonly unknown[]; codes: ArrayLike<number> } | TextColumn;

/** Texts in UTF-8: that of lead n stands in the bytes from `offsets[n]` to `offsets[n + 1]`; where these are equal there is none. */
export interface TextColumn {
  bytes: Uint8Array;
  offsets: ArrayLike<number>;
}

/** The events of many leads: those of lead n stand from `offsets[n]` to `offsets[n + 1]`. Attributes are columns by name. */
export interface EventColumns {
  offsets: ArrayLike<number>;
  type: Column;
  at: Column;
  id?: Column;
  [attribute: string]: Column | ArrayLike<number> | undefined;
}

export interface ManyOptions extends Pick<Options, "onInvalid"> {
  /** How many leads there are, where there is no column that says so. */
  count?: number;
  /** The moment of the decisions, or a column of them. */
  now?: Moment | Column;
  events?: EventColumns;
  /** The stage of each lead. */
  stage?: Column;
  /** The state of each lead. */
  state?: Column;
}

/** A column of results: that of lead n is `values[codes[n]]`, and none where the code is the greatest of its type. */
export interface CodedColumn<T = string> {
  values: T[];
  codes: Uint16Array;
}

/** Decisions by columns: row n is that of lead n, as `decide` gives it. */
export interface DecidedColumns {
  count: number;
  /** The values are the rows of the screen, then all outcomes, in the policy's order. */
  outcome: CodedColumn;
  /** The stage after the moves; the values are the policy's stages. Null in a policy without stages. */
  stage: CodedColumn | null;
  /** NaN where a score has no value. */
  scores: Record<string, Float64Array>;
  /** The outputs of tables. Of one that collects rows into a number the numbers, NaN for none; of one that collects lists the lists, with codes of 32 bits. */
  tables: Record<string, CodedColumn<Value> | { values: Value[][]; codes: Uint32Array } | Float64Array>;
  /** 1 where something faulted. */
  faulted: Uint8Array;
  notes: (Note & { row: number })[];
}
