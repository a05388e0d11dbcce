// Runs opportunities.sql on the raw tables with SQLite compiled to WebAssembly.
//
//   LEADGATE_DATA=<folder> node tests/sql/run.mjs [--rows]
//
// prints the counts per outcome and band as JSON, or with --rows every decision as a line of JSON.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import initSqlJs from "sql.js";
import { parseCsv } from "../../scripts/csv.mjs";

const tables = { pipeline: "sales_pipeline.csv", accounts: "accounts.csv", products: "products.csv", teams: "sales_teams.csv" };

/**
 * The decisions and their counts, by SQL alone.
 * @param {string} dataFolder the folder that holds crm-sales-opportunities
 * @returns {Promise<{
 *   counts: { outcome: string, band: string | null, opportunities: number }[],
 *   rows: { id: string, outcome: string, stage: string | null, band: string | null, fit: number | null }[],
 * }>} rows in the pipeline's order; fit in points
 */
export async function countsBySql(dataFolder) {
  const sqlite = await initSqlJs();
  const database = new sqlite.Database();
  try {
    for (const [table, file] of Object.entries(tables)) load(database, table, join(dataFolder, "crm-sales-opportunities", file));
    database.run(readFileSync(new URL("opportunities.sql", import.meta.url), "utf8"));
    const rows = select(database, "SELECT d.* FROM pipeline p JOIN decision d ON d.id = p.opportunity_id ORDER BY p.rowid");
    return {
      counts: select(database, "SELECT * FROM counts"),
      rows: rows.map((row) => ({ ...row, fit: row.fit === null ? null : row.fit / 1000 })),
    };
  } finally {
    database.close();
  }
}

/** @param {import("sql.js").Database} database @param {string} table @param {string} path */
function load(database, table, path) {
  const rows = parseCsv(readFileSync(path, "utf8"));
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) throw new Error(`${path} has no rows`);
  // Opportunities are looked up by id, accounts and so on by their first column.
  database.run(`CREATE TABLE ${table} (${columns.map((name, index) => `${name} TEXT${index === 0 ? " UNIQUE" : ""}`).join(", ")})`);
  const insert = database.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => "?").join(", ")})`);
  database.run("BEGIN");
  for (const row of rows) insert.run(columns.map((name) => row[name]));
  database.run("COMMIT");
  insert.free();
}

/** @param {import("sql.js").Database} database @param {string} query @returns {any[]} */
function select(database, query) {
  const statement = database.prepare(query);
  const rows = [];
  while (statement.step()) rows.push(statement.getAsObject());
  statement.free();
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const data = process.env.LEADGATE_DATA;
  if (!data) {
    console.error("LEADGATE_DATA is not set; it names the folder that holds crm-sales-opportunities");
    process.exit(2);
  }
  const { counts, rows } = await countsBySql(data);
  if (process.argv.includes("--rows")) for (const row of rows) console.log(JSON.stringify(row));
  else console.log(JSON.stringify(counts, null, 1).replace(/\n\s{2,}/g, " ").replace(/\n \}/g, " }"));
}
