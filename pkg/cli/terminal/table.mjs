// Aligned tables.

import { cut, pad, width } from "./width.mjs";

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {"left" | "right"} [align]
 * @property {number} [max] columns after which a cell is cut
 * @property {(cell: string) => string} [paint] colours a cell once it has its width
 */

/**
 * Lines of a table: a heading, then one line a row.
 * @param {Column[]} columns
 * @param {string[][]} rows
 * @param {{ heading?: (text: string) => string, indent?: string }} [options]
 * @returns {string[]}
 */
export function table(columns, rows, { heading = (text) => text, indent = "" } = {}) {
  const cells = rows.map((row) => columns.map(({ max = Infinity }, index) => cut(oneLine(row[index] ?? ""), max)));
  const widths = columns.map(({ title }, index) => Math.max(width(title), ...cells.map((row) => width(row[index]))));
  const line = (/** @type {string[]} */ row, /** @type {(text: string, column: Column) => string} */ paint) =>
    indent + columns.map((column, index) => paint(pad(row[index], widths[index], column.align), column)).join("  ").trimEnd();
  return [
    line(columns.map(({ title }) => title), heading),
    ...cells.map((row) => line(row, (text, { paint }) => (paint ? paint(text) : text))),
  ];
}

/** Control characters and line ends out of a lead's own text must not reach the terminal. @param {string} text */
const oneLine = (text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
