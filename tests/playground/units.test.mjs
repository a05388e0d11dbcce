// Parts of the playground that need no browser: completion, places, archives.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { isPath } from "../../www/playground/src/files/disk.mjs";
import { zip } from "../../www/playground/src/files/zip.mjs";
import { contextOf } from "../../www/playground/src/editor/context.mjs";
import { optionsAt } from "../../www/playground/src/editor/completion.mjs";
import { rangeOf } from "../../www/playground/src/editor/places.mjs";
import { isLife, lifeOf, newLife, spanOf } from "../../www/playground/src/life/life.mjs";
import { writtenIn } from "../../www/playground/src/engine/written.mjs";
import { held } from "../../www/playground/src/golden/story.mjs";
import { standingOf, withStanding, withValue } from "../../www/playground/src/form/answer.mjs";

/** The context at `¦`. @param {string} text */
function at(text) {
  const lines = text.slice(0, text.indexOf("¦")).split("\n");
  return contextOf(lines.slice(0, -1), lines[lines.length - 1]);
}

test("where the cursor stands follows indentation, lists and brackets", () => {
  assert.deepEqual(at("le¦"), { path: [], at: "key", word: "le" });
  assert.deepEqual(at("fields:\n  seats: { ty¦"), { path: ["fields", "seats"], at: "key", word: "ty" });
  assert.deepEqual(at("fields:\n  seats:\n    # a comment\n\n    type: in¦"), { path: ["fields", "seats", "type"], at: "value", word: "in" });
  assert.deepEqual(at("fields:\n  a: { type: int }\n  b: { type: string, normalize: [tr¦"), { path: ["fields", "b", "normalize", "[]"], at: "value", word: "tr" });
  assert.deepEqual(at("route:\n  outcomes: [a]\n  rows:\n    - { id: x, when: { fi¦"), { path: ["route", "rows", "[]", "when"], at: "key", word: "fi" });
  assert.deepEqual(at("ask:\n  questions:\n  - field: seats\n    cho¦"), { path: ["ask", "questions", "[]"], at: "key", word: "cho" });
  assert.deepEqual(at("scores:\n  fit:\n    rules:\n      'a b': { when: { x: 1 }, po¦"), { path: ["scores", "fit", "rules", "a b"], at: "key", word: "po" });
  assert.equal(at("a: 1 # com¦"), null);
  assert.equal(at('a: "tex¦'), null);
});

test("what can stand there comes out of the schema and the document", () => {
  const outline = /** @type {import("leadgate/author").Outline} */ ({
    policy: "", version: "", lists: [], derives: ["role"], questions: [], outputs: ["grade"], stages: ["lead", "mql"], outcomes: ["sales"], golden: [],
    fields: [{ name: "source", type: "enum", line: 1, values: ["sem", "event"] }], scores: [{ name: "fit", range: null, sum: null, groups: [] }],
  });
  const labels = (/** @type {string} */ text) => {
    const lines = text.split("\n");
    return optionsAt(lines.slice(0, -1), lines[lines.length - 1], outline)?.options.map(({ label }) => label);
  };
  assert.ok(labels("")?.includes("stages"));
  assert.deepEqual(labels("fields:\n  a: { type: "), ["string", "int", "double", "bool", "enum"]);
  assert.deepEqual(labels("route:\n  rows: [{ when: { "), ["source", "role", "fit", "grade", "stage"]);
  assert.deepEqual(labels("route:\n  rows: [{ when: { source: "), ["sem", "event"]);
  assert.deepEqual(labels("route:\n  rows: [{ to: "), ["sales"]);
  assert.deepEqual(labels("tests:\n  a: { expect: { stage: "), ["lead", "mql"]);
  assert.deepEqual(labels("ask:\n  questions:\n    - field: source\n      prior: { "), ["answered", "declined", "unanswered"]);
  assert.ok(labels("ask:\n  questions:\n    - { ")?.includes("always"));
  assert.ok(labels("scores:\n  fit:\n    groups:\n      g:\n        rules:\n          r: { ")?.includes("because"));
});

test("columns count characters, the editor counts units", () => {
  const text = Text.of(["端𝒳y: z", "b"]);
  assert.deepEqual(rangeOf({ line: 1, column: 3, endLine: 1, endColumn: 4 }, text), { from: 3, to: 4 });
  // A text that has become shorter since it was checked.
  assert.deepEqual(rangeOf({ line: 9, column: 9, endLine: 9, endColumn: 12 }, text), { from: 9, to: 9 });
});

test("an answer keeps its source with another value, and its value with another standing", () => {
  assert.deepEqual(withValue({ value: 1, source: "record" }, 2), { value: 2, source: "record" });
  assert.deepEqual(withStanding(3, "record"), { value: 3, source: "record" });
  assert.deepEqual(withStanding({ value: 3, source: "record" }, "value"), 3);
  assert.equal(withStanding({ choice: "small" }, "absent"), undefined);
  assert.deepEqual([null, 0, { declined: true }, { choice: "a" }, { value: 1, source: "record" }].map((answer) => standingOf(/** @type {any} */ (answer))), ["absent", "value", "declined", "value", "record"]);
});

test("paths stay beside the document", () => {
  assert.deepEqual(["a.csv", "lists/a b.csv", "列表/区域.csv"].filter(isPath).length, 3);
  assert.deepEqual(["", "/a", "a/", "../a", "a/../b", "a//b", "a\\b", "."].filter(isPath), []);
});

test("another program reads the archive", (context) => {
  const files = { "policy.yaml": "leadgate: 1\n", "lists/区域.csv": "name\n上海\n" };
  const folder = mkdtempSync(join(tmpdir(), "leadgate-zip-"));
  try {
    writeFileSync(join(folder, "a.zip"), zip(files));
    const script = "import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.buffer.write(json.dumps({n: z.read(n).decode() for n in z.namelist()}).encode())";
    const { status, stdout, stderr, error } = spawnSync("python3", ["-c", script, join(folder, "a.zip")], { encoding: "utf8" });
    if (error) return context.skip("there is no python3 on this machine to read it with");
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the slider goes from the first event, or 30 days back, to 90 days ahead, and not before what a state tells of", () => {
  const now = Date.UTC(2026, 10, 21);
  const life = newLife(now);
  const ago = (/** @type {number} */ days) => ({ type: "click", at: new Date(now - days * 86_400_000).toISOString() });
  assert.deepEqual(spanOf(life), { back: 30, ahead: 90 });
  assert.deepEqual(spanOf({ ...life, events: [ago(3), ago(40.5), ago(-2)] }), { back: 41, ahead: 90 });
  assert.deepEqual(spanOf({ ...life, events: [ago(-2)] }), { back: 1, ahead: 90 });
  assert.deepEqual(spanOf({ ...life, now: now + 200 * 86_400_000 }), { back: 30, ahead: 200 });
  assert.deepEqual(spanOf({ ...life, state: { since: ago(9).at, history: [{ move: "m", from: "a", to: "b", at: ago(5.5).at }] } }), { back: 5, ahead: 90 });
});

test("a golden lead brings its moment, events and state along; what was kept and is damaged is nobody's life", () => {
  const life = newLife(0);
  const golden = (/** @type {import("leadgate/author").GoldenLead["given"]} */ given) => lifeOf(/** @type {import("leadgate/author").GoldenLead} */ ({ given }), life);
  assert.deepEqual(golden({}), life);
  assert.deepEqual(golden({ now: "1970-01-02T08:00:00+08:00", events: [{ type: "click", at: 5 }], state: { stage: "new", visits: 2 } }), { events: [{ type: "click", at: 5 }], now: 86_400_000, anchor: 86_400_000, state: { visits: 2 } });
  assert.equal(isLife(JSON.parse(JSON.stringify(life))), true);
  for (const damaged of [null, [], { ...life, now: "x" }, { ...life, events: [{ type: "click", at: "never" }] }, { ...life, events: [7] }, { ...life, state: [] }]) assert.equal(isLife(damaged), false);
});

test("schedules, teams, stories and moves are read out of the text; a text that is no document gives nothing", () => {
  const written = writtenIn(`
sops:
  care:
    enter: { stage: pool }
    at: "09:00"
    steps: [{ day: 1, send: hello }, { after: 90m, send: call, when: { seats: ">= 20" } }, { id: own, working_day: 2, at: "10:30", send: mail }, { when: { quiet: true }, send: news }]
queues: { east: { daily: 9, members: [{ id: li, weight: 2 }, { id: wang, daily: 4 }] } }
stages: { moves: [{ id: back, from: [mql, sql], to: pool, event: returned }, { id: on, from: lead, to: mql, when: { a: 1 } }] }
tests: { plain: { lead: {} }, told: { steps: [{ at: 2026-09-30T15:00:00+08:00, event: accepted, by: li, expect: { stage: sql } }] } }
`);
  assert.deepEqual(written?.schedules[0].steps.map(({ id, on, time, at }) => [id, on, time, at]), [
    ["day1-hello", "day", "1", "09:00"], ["after90m-call", "after", "90m", "09:00"], ["own", "working_day", "2", "10:30"], ["when-news", "when", "", "09:00"],
  ]);
  assert.deepEqual(written?.teams, [{ name: "east", members: [{ id: "li", weight: 2, daily: 9 }, { id: "wang", weight: 1, daily: 4 }] }]);
  assert.deepEqual(written?.stories, { told: [{ at: "2026-09-30T15:00:00+08:00", event: "accepted", by: "li" }] });
  assert.deepEqual(written?.moves, [{ id: "back", from: ["mql", "sql"], to: "pool", event: "returned" }, { id: "on", from: ["lead"], to: "mql", event: null }]);
  for (const text of ["", "- a", "a: [", "a: &x [*x]", "sops: 7\nqueues: [1]\ntests: { a: 3 }\nstages: { moves: x }"]) {
    const found = writtenIn(text);
    assert.ok(found === null || [found.schedules, found.teams, found.moves, Object.keys(found.stories)].every((part) => part.length === 0), text);
  }
});

test("a state that the engine gave is held with its stage apart; the first stage goes without saying", () => {
  assert.deepEqual(held({ stage: "mql", program: "ab", history: [] }, ["lead", "mql"]), { stage: "mql", state: { program: "ab", history: [] } });
  assert.deepEqual(held({ stage: "lead" }, ["lead", "mql"]), { stage: null, state: null });
  assert.deepEqual(held(undefined, []), { stage: null, state: null });
});
