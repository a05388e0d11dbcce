// policies/crm-opportunities against SQL on the same files: every opportunity, every result.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { load } from "leadgate";
import { joinOpportunities } from "../../scripts/join-opportunities.mjs";
import { countsBySql } from "./run.mjs";

const data = process.env.LEADGATE_DATA ?? "";
const skip = data ? false : "LEADGATE_DATA is not set; it names the folder that holds crm-sales-opportunities";

/** Reads the policy with its lists and loads it. */
function openPolicy() {
  const folder = new URL("../../policies/crm-opportunities/", import.meta.url);
  const names = ["policy.yaml", ...readdirSync(new URL("lists/", folder)).map((name) => `lists/${name}`)];
  const { program, diagnostics } = compile("policy.yaml", Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")])));
  assert.ok(program, diagnostics.map(({ rendered }) => rendered).join("\n"));
  return load(program);
}

test("the engine and SQL decide every opportunity alike", { skip }, async () => {
  const policy = openPolicy();
  const numbers = new Set(policy.describe().fields.filter(({ type }) => type === "int" || type === "double").map(({ name }) => name));
  const fields = new Set(policy.describe().fields.map(({ name }) => name));
  const { rows, counts } = await countsBySql(data);
  const opportunities = joinOpportunities(join(data, "crm-sales-opportunities"));
  assert.equal(opportunities.length, 8800);
  assert.equal(rows.length, opportunities.length);

  const counted = new Map();
  opportunities.forEach((opportunity, index) => {
    const given = Object.entries(opportunity).filter(([name, text]) => fields.has(name) && text !== "");
    const { outcome, scores, tables, stage } = policy.decide(Object.fromEntries(given.map(([name, text]) => [name, numbers.has(name) ? Number(text) : text])));
    const screened = outcome?.startsWith("screened:");
    const mine = { id: opportunity.opportunity_id, outcome, stage: stage?.after ?? null, band: screened ? null : tables.band, fit: screened ? null : scores.fit };
    assert.deepEqual(mine, rows[index]);
    const key = JSON.stringify([outcome, mine.band]);
    counted.set(key, (counted.get(key) ?? 0) + 1);
  });
  assert.deepEqual([...counted].sort(), counts.map(({ outcome, band, opportunities: count }) => [JSON.stringify([outcome, band]), count]).sort());
});
