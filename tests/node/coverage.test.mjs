// docs/coverage.md: every row that is asked for stands there, and what it names exists.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { study } from "leadgate/author";
import { policies } from "leadgate/policies";

const page = readFileSync(new URL("../../docs/coverage.md", import.meta.url), "utf8");
/** How many rows each team has. */
const ASKED = { A: 11, B: 13, C: 11, D: 7, E: 10 };

/** The rows of the page's tables: their cells. */
const rows = page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| row ") && !line.startsWith("| what ")).map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
/** Of a requirement the policy is in the third column, of a preset in the second. @param {string[]} cells */
const parts = (cells) => (/^[A-E]\d+$/.test(cells[0]) ? { row: cells[0], policy: cells[2], leads: cells[3], see: cells[4] } : { row: undefined, policy: cells[1], leads: cells[2], see: cells[3] });
const opened = new Map(await Promise.all(policies.map(async ({ name, open }) => /** @type {const} */ ([name, await open()]))));

/** Golden leads by name, of each document once. @type {Map<string, Set<string>>} */
const known = new Map();
/** @param {string} name @param {string} document */
function goldenLeads(name, document) {
  const key = `${name}/${document}`;
  let leads = known.get(key);
  if (!leads) known.set(key, (leads = new Set(study(document, opened.get(name)?.files ?? {}).outline?.golden.map(({ id }) => id))));
  return leads;
}

test("every row that is asked for stands on the page", () => {
  const there = new Set(rows.map((cells) => parts(cells).row));
  for (const [team, count] of Object.entries(ASKED)) {
    for (let number = 1; number <= count; number += 1) assert.ok(there.has(`${team}${number}`), `${team}${number} is not there`);
  }
});

for (const cells of rows) {
  const { policy, leads, see } = parts(cells);
  test(`${cells[0]}: what is named in ${policy.replace(/\]\(.*?\)/, "]")} exists`, () => {
    const [, name, path, document = "policy.yaml"] = /^\[([\w-]+)\]\(\.\.\/policies\/([\w-]+)\)(?: \(([\w.-]+)\))?$/.exec(policy) ?? [];
    assert.ok(name && name === path && opened.has(name), `\`${policy}\` is no policy`);
    const named = [...leads.matchAll(/`([^`]+)`/g)].map(([, lead]) => lead);
    assert.ok(named.length > 0, "no golden lead is named");
    const own = goldenLeads(name, document);
    for (const lead of named) assert.ok(own.has(lead), `${name}/${document} has no golden lead \`${lead}\``);
    assert.ok(see.length > 10, "it is not said how to see it");
  });
}
