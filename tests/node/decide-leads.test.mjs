// Files of leads through the run that `leadgate decide` and `npm start` share, with a policy written by hand.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { mappingOf } from "../../pkg/cli/leads/columns.mjs";
import { CsvReader } from "../../pkg/cli/leads/csv-reader.mjs";
import { csvFormat, jsonFormat } from "../../pkg/cli/leads/results.mjs";
import { decideLeads } from "../../pkg/cli/leads/run.mjs";
import { description, policy } from "./doubles/policy.mjs";

/**
 * Decides a file and gives everything that came of it.
 * @param {string | Uint8Array} text
 * @param {Partial<import("../../pkg/cli/leads/run.mjs").Settings> & { format?: import("../../pkg/cli/leads/results.mjs").Format, chunk?: number }} [options]
 */
async function decide(text, { kind, format = csvFormat(description, { keep: "all" }), chunk = 7, onInvalid = "absent", ...settings } = {}) {
  const bytes = Buffer.from(text);
  const chunks = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  /** @type {string[]} */
  const notes = [];
  let output = "";
  const end = await decideLeads(
    { policy, description, input: { name: "leads", stream: Readable.from(chunks), size: undefined, kind }, onInvalid, ...settings },
    {
      begin(header) { output += format.begin(header); },
      result(result) { output += format.line(result); },
      note(note) { notes.push(note); },
      async chunk() { return true; },
    },
  );
  return { output, notes, end };
}

/** @param {string} output */
function parsed(output) {
  const reader = new CsvReader();
  return [...reader.push(output), ...reader.end()].map(({ fields }) => fields);
}

const HEADER = "line,name,seats,outcome,fit,grade,stage,faults,notes,error";

test("rows of CSV become decisions, with what was read beside them", async () => {
  const { output, notes, end } = await decide("name,seats\n王敏,120\n\"Li, Na\",5\n,7\n");
  assert.deepEqual(output.split("\n"), [
    HEADER,
    "2,王敏,120,sales,100,A,mql,,,",
    '3,"Li, Na",5,nurture,5,C,lead,,,',
    "4,,7,screened:nameless,,,,,,",
    "",
  ]);
  assert.deepEqual(notes, []);
  assert.deepEqual(end, { line: 4, ended: "whole" });
});

test("a bad row says why, and the rows after it are decided", async () => {
  const { output } = await decide("name,seats\na,1,2\n\"b\"x,3\nc\nd,4\n");
  assert.deepEqual(parsed(output).map((row) => row.at(-1)), [
    "error",
    "the row has 3 fields, the header 2",
    "there is text after the closing quote of field 1",
    "the row has 1 fields, the header 2",
    "",
  ]);
  assert.match(output, /^5,d,4,nurture/m);
});

test("a value of another type counts as absent with a note, or refuses the row", async () => {
  const text = "name,seats\na,many\nb,0\n";
  const absent = await decide(text);
  assert.match(absent.output, /^2,a,many,nurture,0,C,lead,,seats: `many` is not a whole number,$/m);
  assert.match(absent.output, /^3,b,0,nurture,0,C,lead,,seats: the number is outside the field's bounds,$/m);
  const refused = await decide(text, { onInvalid: "refuse" });
  assert.match(refused.output, /^2,a,many,,,,,,,seats: `many` is not a whole number$/m);
  assert.match(refused.output, /^3,b,0,,,,,,,seats: the number is outside the field's bounds$/m);
});

test("columns that are no fields are said once, with the nearest field, and come along", async () => {
  const { output, notes } = await decide("name,Seats_,id\na,1,x\nb,2,y\n");
  assert.deepEqual(notes, [
    "`Seats_` is not a field and is ignored; did you mean `seats`? (--map Seats_=seats)",
    "`id` is not a field and is ignored",
  ]);
  assert.match(output, /^2,a,1,x,nurture,0,/m);
});

test("columns are mapped to fields, and what cannot be mapped is an error", async () => {
  const { output } = await decide("姓名,端口\na,120\n", { mapping: mappingOf(["姓名=name", "端口=seats"], description.fields) });
  assert.match(output, /^2,a,120,sales/m);
  assert.throws(() => mappingOf(["x=saets"], description.fields), { code: "unknown-field", help: "did you mean `seats`?" });
  assert.throws(() => mappingOf(["seats"], description.fields), { code: "usage" });
  assert.throws(() => mappingOf(["x=seats", "x=name"], description.fields), { code: "usage" });
  await assert.rejects(decide("name,seats\n", { mapping: mappingOf(["端口=seats"], description.fields) }), { code: "missing-column" });
  await assert.rejects(decide("name,seats,端口\n", { mapping: mappingOf(["端口=seats"], description.fields) }), { code: "duplicate-column" });
});

test("a decided column never takes the place of an input column", async () => {
  const { output } = await decide("name,stage,grade,error\na,x,y,z\n");
  assert.equal(output.split("\n")[0], "line,name,stage,grade,error,outcome,fit,decided_grade,decided_stage,faults,notes,decided_error");
});

test("the stage before the decision comes from its column", async () => {
  const { output } = await decide("name,at\na,mql\nb,\nc,nowhere\n", { stageColumn: "at" });
  assert.match(output, /^2,a,mql,nurture,0,C,mql,/m);
  assert.match(output, /^3,b,,nurture,0,C,lead,/m);
  assert.match(output, /^4,c,nowhere,.*stage: the policy has no stage `nowhere`$/m);
  await assert.rejects(decide("name\na\n", { stageColumn: "at" }), { code: "missing-column" });
});

for (const [what, text, code] of [
  ["an empty file", "", "empty-file"],
  ["blank lines alone", "\n\n  \n", "no-known-column"],
  ["two columns of one name", "name,seats,name\n", "duplicate-column"],
  ["no column that is a field", "a,b\n1,2\n", "no-known-column"],
  ["a header that cannot be read", "\"name\"x,seats\n", "text-after-quote"],
]) {
  test(`${what} is an error`, () => assert.rejects(decide(text, { kind: "csv" }), { name: "LeadgateError", code }));
}

test("a header without rows is no error", async () => {
  const { output, end } = await decide("name,seats\n");
  assert.equal(output, `${HEADER}\n`);
  assert.deepEqual(end, { line: 0, ended: "whole" });
});

const json = jsonFormat({ keep: "all" });

test("lines of JSON become decisions, whatever keys each has", async () => {
  const { output, notes } = await decide('{"name":"a","seats":120}\n\n{"id":7,"name":"b","__proto__":1}\n', { kind: "jsonl", format: json });
  const [first, second] = output.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual([first.line, first.outcome, first.lead], [1, "sales", { name: "a", seats: 120 }]);
  assert.deepEqual([second.line, second.outcome, second.lead.id], [3, "nurture", 7]);
  assert.deepEqual(notes, ["`id` is not a field and is ignored", "`__proto__` is not a field and is ignored"]);
});

test("lines that are no leads are errors, and the lines after them are decided", async () => {
  const long = `{"name":"${"x".repeat(2_000_000)}"}`;
  const text = ["{", "7", "null", '["a"]', long, '{"name":"a"}', `${"[".repeat(10_000)}${"]".repeat(10_000)}`, '{"name":"b"'].join("\n");
  const { output } = await decide(text, { kind: "jsonl", format: json, chunk: 65_536 });
  assert.deepEqual(
    output.trim().split("\n").map((line) => JSON.parse(line)).map(({ line, outcome, error }) => [line, outcome ?? error.code]),
    [[1, "not-json"], [2, "not-an-object"], [3, "not-an-object"], [4, "not-an-object"], [5, "record-too-long"], [6, "nurture"], [7, "not-an-object"], [8, "not-json"]],
  );
});

test("what a file without a telling name is, its first character tells", async () => {
  assert.match((await decide(' \n {"name":"a","seats":120}\n')).output, /sales/);
  assert.match((await decide("name,seats\na,120\n")).output, /sales/);
});

test("JSON Lines as CSV has the first lead's keys", async () => {
  const { output } = await decide('{"name":"a","tags":["x","y"]}\n{"name":"b"}\n', { kind: "jsonl" });
  assert.match(output, /^line,name,tags,outcome/);
  assert.match(output, /^1,a,"\[""x"",""y""\]",nurture/m);
  assert.match(output, /^2,b,,nurture/m);
});

test("only the columns that are wanted come along", async () => {
  const some = await decide("name,seats,id\na,1,x\n", { format: csvFormat(description, { keep: ["id"] }) });
  assert.match(some.output, /^line,id,outcome.*\n2,x,nurture/);
  const none = await decide('{"name":"a"}\n', { kind: "jsonl", format: jsonFormat({ keep: "none" }) });
  assert.equal(JSON.parse(none.output).lead, undefined);
});

test("an interruption ends the run after the chunk that is being decided", async () => {
  const interruption = new AbortController();
  let results = 0;
  const end = await decideLeads(
    {
      policy, description, onInvalid: "absent", signal: interruption.signal,
      input: { name: "leads", stream: Readable.from([Buffer.from("name\na\nb\n"), Buffer.from("c\n")]), size: undefined, kind: "csv" },
    },
    { begin() {}, result() { results++; interruption.abort(); }, note() {}, async chunk() { return true; } },
  );
  assert.deepEqual([results, end], [2, { line: 3, ended: "interrupted" }]);
});
