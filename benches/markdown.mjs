// Tables that read well as text and as Markdown.

/** The first column is left-aligned, all others right. */
export function table(header, rows) {
  const widths = header.map((title, column) => Math.max(3, ...[header, ...rows].map((row) => [...row[column]].length)));
  const line = (row) => `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}
