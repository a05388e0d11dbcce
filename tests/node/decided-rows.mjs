// Decisions by columns, row by row.

/** @param {import("leadgate").DecidedColumns["tables"][string]} column @param {number} row */
const at = (column, row) => (column instanceof Float64Array ? (Number.isNaN(column[row]) ? null : column[row]) : column.values[column.codes[row]] ?? null);

/** @param {import("leadgate").DecidedColumns} found */
export function rowsOf({ count, outcome, stage, scores, tables, faulted, notes }) {
  const rows = Array.from({ length: count }, (_, row) => ({
    outcome: at(outcome, row),
    scores: Object.fromEntries(Object.entries(scores).map(([name, column]) => [name, at(column, row)])),
    tables: Object.fromEntries(Object.entries(tables).map(([name, column]) => [name, at(column, row)])),
    stage: stage && at(stage, row),
    faulted: faulted[row] === 1,
    notes: /** @type {import("leadgate").Note[]} */ ([]),
  }));
  for (const { row, ...note } of notes) rows[row].notes.push(note);
  return rows;
}
