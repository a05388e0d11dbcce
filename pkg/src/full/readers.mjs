// Columns of values, read row by row.

import { shown } from "../encode.mjs";
import { LeadgateError } from "../error.mjs";

/**
 * @typedef {import("../index.d.ts").Column} Column
 * @typedef {{ column: Column, length: number, at: (row: number) => unknown }} Reader
 */

/** @param {string} path @param {string} message @param {string} help */
export const wrong = (path, message, help) => new LeadgateError("wrong-column", message, { path, help });

/** @param {unknown} column @param {string} key */
const has = (column, key) => column !== null && typeof column === "object" && !Array.isArray(column) && !ArrayBuffer.isView(column) && key in column;

/** @param {unknown} column @returns {column is { values: readonly unknown[], codes: ArrayLike<number> }} */
export const isCoded = (column) => has(column, "codes");

/** @param {unknown} column @returns {column is import("../index.d.ts").TextColumn} */
export const isText = (column) => has(column, "bytes");

/** Whether something is a column, and no single value. @param {unknown} given */
export const isColumn = (given) => Array.isArray(given) || ArrayBuffer.isView(given) || isCoded(given);

/** Numbers of JavaScript alone are read: those of 64 bits would have to be rounded. @param {unknown} items @param {string} path */
function ofNumbers(items, path) {
  if (items instanceof BigInt64Array || items instanceof BigUint64Array) throw wrong(path, "whole numbers of 64 bits are no numbers of JavaScript", "give a Float64Array, or an Int32Array: `Float64Array.from(column, Number)`");
}

/** Stands for a text that is not UTF-8: nor is this one Unicode. */
const NO_TEXT = "\ud800";

/** A column by rows. @param {Column} column @param {string} path @returns {Reader} */
export function readerOf(column, path) {
  if (isCoded(column)) {
    const { values, codes } = column;
    if (!Array.isArray(values) || typeof codes?.length !== "number") throw wrong(path, "a column of codes has `values` and `codes`", "{ values: [\"finance\"], codes: Uint16Array.of(0, 0) }");
    ofNumbers(codes, path);
    return { column, length: codes.length, at: (row) => values[codes[row]] };
  }
  if (isText(column)) return textReader(column, path);
  if (!Array.isArray(column) && !ArrayBuffer.isView(column)) throw wrong(path, `${shown(column)} is no column`, "give an array, a typed array of numbers, { values, codes }, or { bytes, offsets }");
  const items = /** @type {ArrayLike<unknown>} */ (/** @type {unknown} */ (column));
  ofNumbers(column, path);
  // What is not a number stands for nothing in an array of numbers.
  return { column, length: items.length, at: ArrayBuffer.isView(column) ? (row) => { const item = items[row]; return item === item ? item : undefined; } : (row) => items[row] };
}

/** @param {import("../index.d.ts").TextColumn} column @param {string} path @returns {Reader} */
function textReader(column, path) {
  const { bytes, offsets } = column;
  if (!(bytes instanceof Uint8Array) || !(offsets?.length > 0)) throw wrong(path, "a column of texts has `bytes` and `offsets`", "text n stands in the bytes from offsets[n] to offsets[n + 1], in UTF-8");
  ofNumbers(offsets, path);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    column,
    length: offsets.length - 1,
    at(row) {
      const [from, to] = [offsets[row], offsets[row + 1]];
      if (!(from >= 0 && from <= to && to <= bytes.length)) throw wrong(path, `the text of row ${row} does not lie in the bytes`, "text n stands in the bytes from offsets[n] to offsets[n + 1]");
      if (from === to) return undefined;
      try {
        return decoder.decode(bytes.subarray(from, to));
      } catch {
        return NO_TEXT;
      }
    },
  };
}
