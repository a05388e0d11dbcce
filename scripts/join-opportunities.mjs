// Joins the four tables of the CRM sales opportunities data set into the one that policies/crm-opportunities reads.
//
//   LEADGATE_DATA=<folder> node scripts/join-opportunities.mjs [file]
//
// reads <folder>/crm-sales-opportunities and writes CSV to the file, or to standard output. One row an opportunity, in the pipeline's order.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatCsv, parseCsv } from "./csv.mjs";

/** The columns of the joined table: fields of the policy. */
export const columns = [
  "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value",
  "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of",
  "series", "sales_price",
  "manager", "regional_office",
];

/** The products table writes `GTX Pro` where the pipeline writes `GTXPro`. */
const productKey = (/** @type {string} */ name) => name.replaceAll(" ", "").toLowerCase();

/**
 * Joins the tables.
 * @param {string} folder holds sales_pipeline.csv, accounts.csv, products.csv and sales_teams.csv
 * @returns {Record<string, string>[]} a row an opportunity; what is not known is an empty string
 * @throws {Error} where an opportunity names an account, product or agent that its table does not have
 */
export function joinOpportunities(folder) {
  const table = (/** @type {string} */ name) => parseCsv(readFileSync(join(folder, name), "utf8"));
  const accounts = new Map(table("accounts.csv").map((row) => [row.account, row]));
  const products = new Map(table("products.csv").map((row) => [productKey(row.product), row]));
  const teams = new Map(table("sales_teams.csv").map((row) => [row.sales_agent, row]));
  return table("sales_pipeline.csv").map((row) => {
    /** @param {Map<string, Record<string, string>>} map @param {string} key @param {string} what */
    const found = (map, key, what) => {
      const other = map.get(key);
      if (!other) throw new Error(`opportunity ${row.opportunity_id} names ${what} that is not in its table: ${key}`);
      return other;
    };
    const account = row.account === "" ? {} : found(accounts, row.account, "an account");
    const product = found(products, productKey(row.product), "a product");
    const team = found(teams, row.sales_agent, "a sales agent");
    return { ...row, ...account, ...product, ...team };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const data = process.env.LEADGATE_DATA;
  if (!data) {
    console.error("LEADGATE_DATA is not set; it names the folder that holds crm-sales-opportunities");
    process.exit(2);
  }
  const csv = formatCsv(columns, joinOpportunities(join(data, "crm-sales-opportunities")));
  const file = process.argv[2];
  if (file) writeFileSync(file, csv);
  else process.stdout.write(csv);
}
