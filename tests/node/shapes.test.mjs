// What the package returns has exactly the properties that its types name.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { policy } from "./bad-input/policy.mjs";

const folder = new URL("../../pkg/src/types/", import.meta.url);
const types = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");

/** The properties of an interface of the package's types that a value must have, and those among its own that it may have. @param {string} name @param {object} value */
function propertiesOf(name, value) {
  const body = new RegExp(`export interface ${name}(?:<[^\\n]*>)? \\{\\n([\\s\\S]*?)\\n\\}`).exec(types)?.[1] ?? "";
  return [...body.matchAll(/^  (\w+)(\??):/gm)].filter(([, property, optional]) => optional === "" || property in value).map(([, property]) => property).sort();
}

const lead = { seats: 120, industry: "finance" };
/** @type {[name: string, value: object][]} */
const shapes = [
  ["Description", policy.describe()],
  ["Decision", policy.decide(lead)],
  ["Explanation", policy.explain(lead)],
  ["ScoreExplanation", policy.explain(lead).scores[0]],
  ["Line", policy.explain(lead).scores[0].lines[0]],
  ["Possible", policy.possible(lead)],
  ["Note", policy.decide({ seats: "x" }, { onInvalid: "absent" }).notes[0]],
];
for (const [name, value] of shapes) {
  test(`${name} is as its type says`, () => assert.deepEqual(Object.keys(value).sort(), propertiesOf(name, value)));
}

test("scores, tables and stages of what is possible are those that a decision can have", () => {
  const { scores, stages, outcomes, stageMayFault, exact } = policy.possible({ industry: "finance" });
  assert.deepEqual(outcomes.toSorted(), ["nurture", "sales"]);
  assert.deepEqual(stages.toSorted(), ["lead", "mql"]);
  assert.deepEqual([stageMayFault, exact], [false, true]);
  assert.deepEqual(scores, { fit: { min: 0, max: 738.5, mayFault: false } });
  assert.deepEqual(policy.possible({}).scores.fit?.max, 738.5);
});
