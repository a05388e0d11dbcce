import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { Output } from "../../pkg/cli/leads/output.mjs";
import { Problems } from "../../pkg/cli/leads/problems.mjs";
import { Tally } from "../../pkg/cli/leads/tally.mjs";
import { bars, grouped, ranked } from "../../pkg/cli/terminal/bars.mjs";
import { paints } from "../../pkg/cli/terminal/paint.mjs";
import { Progress } from "../../pkg/cli/terminal/progress.mjs";
import { languageOf, terminalOf } from "../../pkg/cli/terminal/terminal.mjs";
import { width } from "../../pkg/cli/terminal/width.mjs";
import { description, policy } from "./doubles/policy.mjs";

const plain = paints(false);

/**
 * A stream that keeps what is written to it.
 * @returns {any}
 */
function memory() {
  const stream = { text: "", write(/** @type {string} */ text) { stream.text += text; return true; } };
  return stream;
}

test("colours are for terminals whose user did not turn them off", () => {
  const colour = (/** @type {boolean} */ isTTY, /** @type {NodeJS.ProcessEnv} */ env) =>
    terminalOf(/** @type {any} */ ({ stdin: {}, stdout: { isTTY }, stderr: { isTTY: false }, env })).out.red("x");
  assert.equal(colour(true, {}), "\u001b[31mx\u001b[39m");
  assert.equal(colour(false, {}), "x");
  assert.equal(colour(true, { NO_COLOR: "1" }), "x");
  assert.equal(colour(true, { TERM: "dumb" }), "x");
});

test("the language is the locale's", () => {
  for (const name of ["zh", "zh_CN.UTF-8", "zh-TW", "ZH_cn"]) assert.equal(languageOf(name), "zh");
  for (const name of [undefined, "", "C.UTF-8", "en_US", "zhx"]) assert.equal(languageOf(name), "en");
});

test("numbers have their thousands apart", () => {
  assert.deepEqual([0, 999, 1000, 1234567, 999.6].map(grouped), ["0", "999", "1,000", "1,234,567", "1,000"]);
});

test("counts are ranked, the same ones by name", () => {
  assert.deepEqual(ranked(new Map([["b", 2], ["a", 2], ["c", 9]])).map(({ name }) => name), ["c", "a", "b"]);
});

test("bars are aligned, in proportion, and never vanish", () => {
  const lines = bars([{ name: "市场", count: 990 }, { name: "x", count: 10 }], plain);
  assert.deepEqual(lines, ["  市场  990   99.0 %  ████████████████████████", "  x      10    1.0 %  █"]);
  assert.equal(bars([{ name: "a", count: 0 }], plain)[0], "  a  0    0.0 %");
});

test("many bars end in one for the rest", () => {
  const counts = Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, count: 30 - index }));
  const lines = bars(counts, plain, { most: 5 });
  assert.equal(lines.length, 6);
  assert.match(lines[5], /^ {2}… 25 +325 /);
});

test("progress is told every 200 ms, and taken away", () => {
  let now = 0;
  const stream = memory();
  const progress = new Progress(stream, { enabled: true, rows: "leads", clock: () => now });
  progress.update(10, 0.1);
  assert.equal(stream.text, "");
  now = 250;
  progress.update(1000, 0.5);
  assert.equal(stream.text, "\r\u001b[K1,000 leads · 4,000/s · 50 %");
  now = 400;
  progress.update(2000, 0.9);
  progress.clear();
  assert.equal(stream.text, "\r\u001b[K1,000 leads · 4,000/s · 50 %\r\u001b[K");
  progress.clear();
  assert.equal(stream.text.length, "\r\u001b[K1,000 leads · 4,000/s · 50 %\r\u001b[K".length);
});

test("twenty problems are told in full, all are counted by reason", () => {
  const stderr = memory();
  const problems = new Problems({ .../** @type {any} */ ({ stderr }), err: plain, out: plain, locale: "en" }, "leads.csv");
  for (let line = 2; line < 1002; line++) problems.add(line, { code: "ragged-row", message: "the row has 1 fields, the header 2" }, { refused: true });
  problems.add(2000, { code: "wrong-type", message: "`x` is not a whole number", path: "seats" }, { refused: false });
  const lines = stderr.text.trimEnd().split("\n");
  assert.equal(lines.length, 21);
  assert.equal(lines[0], "leads.csv:2: error the row has 1 fields, the header 2");
  assert.deepEqual([problems.rows, problems.values], [1000, 1]);
  assert.deepEqual(problems.summary().map((line) => line.replace(/ +[█]*$/, "").trim().replace(/ +/g, " ")), [
    "1,000 rows were not decided", "1 value was not valid and counted as absent", "ragged-row 1,000 99.9 %", "seats: wrong-type 1 0.1 %",
  ]);
});

test("what came out is counted by outcome, stage and the tables' outputs", () => {
  const tally = new Tally(description);
  for (const lead of [{ name: "a", seats: 200 }, { name: "b" }, { name: "c" }, {}]) tally.add(policy.decide(lead));
  const lines = tally.lines(plain, "zh");
  assert.deepEqual(lines.map((line) => line.trim().split(/\s+/).slice(0, 2).join(" ")), [
    "结果", "nurture 2", "sales 1", "screened:nameless 1", "阶段", "lead 2", "mql 1", "– 1", "grade", "C 2", "A 1", "– 1",
  ]);
  assert.ok(lines.every((line) => width(line) < 80));
});

test("a slow reader is waited for", async () => {
  /** @type {string[]} */
  const chunks = [];
  let waiting = () => {};
  const stream = new Writable({ highWaterMark: 1, decodeStrings: false, write(text, _encoding, done) { chunks.push(text); waiting = done; } });
  const output = new Output(async () => stream);
  output.write("x".repeat(70_000));
  let flushed = false;
  const flushing = output.flush().then(() => { flushed = true; });
  await new Promise(setImmediate);
  assert.equal(flushed, false);
  waiting();
  await flushing;
  assert.equal(chunks.join("").length, 70_000);
  output.write("rest");
  await output.flush();
  assert.equal(chunks.length, 1, "a little is kept until there is more");
});

test("a reader that went away is known, another failure is thrown", async () => {
  for (const [code, broken] of /** @type {[string, boolean][]} */ ([["EPIPE", true], ["ENOSPC", false]])) {
    const stream = new Writable({ write(_text, _encoding, done) { done(Object.assign(new Error(code), { code })); } });
    const output = new Output(async () => stream);
    output.write("x".repeat(70_000));
    await output.flush().catch(() => {});
    await new Promise(setImmediate);
    assert.equal(output.broken, broken);
    if (broken) await output.end({ close: true });
    else await assert.rejects(output.end({ close: true }), { name: "LeadgateError", code: "unwritable-file", message: /ENOSPC/ });
  }
});
