// The sample in the repository is what its script writes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseCsv } from "../../scripts/csv.mjs";
import { sampleLeads } from "../../scripts/sample-leads.mjs";

const written = parseCsv(readFileSync(new URL("../../policies/saas-inbound/leads.csv", import.meta.url), "utf8"));

test("leads.csv is current", () => {
  const made = sampleLeads();
  assert.equal(written.length, 2000);
  assert.equal(made.length, written.length);
  made.forEach((lead, index) => {
    for (const [column, text] of Object.entries(written[index])) assert.equal(text, String(lead[column] ?? ""), `row ${index + 1}, ${column}`);
  });
});

test("no column of a lead is lost when it is written", () => {
  const columns = new Set(Object.keys(written[0]));
  for (const lead of sampleLeads()) for (const column of Object.keys(lead)) assert.ok(columns.has(column), column);
});
