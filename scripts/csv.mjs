// Just enough CSV for these scripts: a header, commas, quotes, no surprises.

/**
 * Reads CSV text with a header.
 * @param {string} text
 * @returns {Record<string, string>[]} one object a row; an empty cell is an empty string
 */
export function parseCsv(text) {
  const rows = [[""]];
  let quoted = false;
  const source = text.replace(/^\uFEFF/, "");
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    const row = rows[rows.length - 1];
    if (quoted && char === '"' && source[at + 1] === '"') row[row.length - 1] += source[(at += 1)];
    else if (char === '"') quoted = !quoted;
    else if (char === "," && !quoted) row.push("");
    else if (char === "\n" && !quoted) rows.push([""]);
    else if (char !== "\r" || quoted) row[row.length - 1] += char;
  }
  if (quoted) throw new Error("a quoted cell does not end");
  const [header, ...body] = rows.filter((row) => row.length > 1 || row[0] !== "");
  if (!header) throw new Error("there is no header");
  return body.map((row, index) => {
    if (row.length !== header.length) throw new Error(`row ${index + 1} has ${row.length} cells, the header ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, row[column]]));
  });
}

/**
 * Writes CSV text with a header.
 * @param {string[]} columns
 * @param {Record<string, unknown>[]} rows a value that is missing or null becomes an empty cell
 */
export function formatCsv(columns, rows) {
  const cell = (/** @type {unknown} */ value) => {
    const text = value === undefined || value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((row) => `${row.map(cell).join(",")}\n`).join("");
}
