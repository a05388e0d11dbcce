// The titles kit against titles that a person has judged from their texts, and against the list that other policies have.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compile } from "leadgate/author";
import { parseCsv } from "../../scripts/csv.mjs";
import { dataFolder, hasTitles, readTitles } from "../../scripts/titles/files.mjs";
import { document, lists, titlesKit } from "../../scripts/titles/kit.mjs";
import { sampleOf } from "../../scripts/titles/sample.mjs";

const read = (/** @type {string} */ path) => parseCsv(readFileSync(new URL(path, import.meta.url), "utf8"));
const answer = titlesKit();

/** How many of the judged are right, and where the kit says something else. @param {Record<string, string>[]} judged */
function compare(judged) {
  const found = judged.flatMap(({ language, title, ...row }) => {
    const given = answer(title);
    return /** @type {const} */ (["function", "level"]).map((of) => ({ language, title, of, judged: row[of], answer: given[of] }));
  });
  const rights = (/** @type {string} */ language, /** @type {string} */ of) => found.filter((one) => one.language === language && one.of === of && one.judged === one.answer).length;
  return {
    right: { zh: { function: rights("zh", "function"), level: rights("zh", "level") }, en: { function: rights("en", "function"), level: rights("en", "level") } },
    mistakes: found.filter((one) => one.judged !== one.answer),
  };
}

/** Each mistake that is known stands in a file with its reason. @param {string} path */
const known = (path) => read(path).map(({ reason, ...mistake }) => (assert.ok(reason.length > 10, `${mistake.title} has no reason`), mistake));

test("300 judged titles, 150 of each language", () => {
  const sample = read("../titles/sample.csv");
  assert.deepEqual(["zh", "en"].map((language) => sample.filter((row) => row.language === language).length), [150, 150]);
  const { right, mistakes } = compare(sample);
  assert.deepEqual(mistakes, known("../titles/mistakes.csv"));
  assert.deepEqual(right, { zh: { function: 148, level: 149 }, en: { function: 126, level: 135 } });
});

test("the sample is what its script draws", { skip: !hasTitles(dataFolder()) && "the lists of titles are not part of the project; LEADGATE_DATA names their folder" }, () => {
  const drawn = sampleOf(readTitles(dataFolder()));
  assert.deepEqual(read("../titles/sample.csv").map(({ language, stratum, title }) => ({ language, stratum, title })), drawn);
});

test("every title of saas-inbound's list has the role and the power that it has there", () => {
  // Two entries name a department and nobody in it: alone they are no position.
  const departments = ["student affairs", "研究生院"];
  const titles = read("../../policies/saas-inbound/lists/titles.csv").filter(({ match }) => !departments.includes(match));
  assert.ok(titles.length > 100);
  const golden = titles.map(({ match, role, power }, at) => `  t${at}: { lead: { title: ${JSON.stringify(match)} }, expect: { role: ${role}, power: ${power} } }`);
  const [head] = document.split("\ntests:\n");
  const { diagnostics } = compile("policy.yaml", { "policy.yaml": `${head}\ntests:\n${golden.join("\n")}\n`, ...lists });
  assert.deepEqual(diagnostics.map(({ rendered }) => rendered), []);
});

test("no row of the ordered lists stands behind one that takes all its titles", () => {
  for (const [path, column] of [["lists/levels.csv", "level"], ["lists/functions.csv", "job_function"]]) {
    const rows = parseCsv(lists[path]);
    const lost = rows.filter((row, at) => rows.slice(0, at).some((before) => row.match.includes(before.match) && (row.match === before.match || row[column] !== before[column])));
    assert.deepEqual(lost.map(({ match }) => match), [], path);
  }
});
