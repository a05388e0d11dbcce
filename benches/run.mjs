// One run of the benchmark: agreement with the oracle first, then speed, cold start and growth. Every measurement has a process of its own, in
// which an engine and the hand-written scorer take turns.
//
//   node benches/run.mjs                    everything; writes benches/results.md
//   node benches/run.mjs --check            agreement alone, no timing
//   node benches/run.mjs --only leadgate    engines whose name contains this; prints, writes nothing
//   node benches/run.mjs --rounds 31 --ms 200

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { columned, engines } from "./engines/index.mjs";
import { table } from "./markdown.mjs";
import { median } from "./timing.mjs";
import { coverage } from "./workload/coverage.mjs";
import { grown } from "./workload/grow.mjs";
import { generate } from "./workload/leads.mjs";
import { score } from "./workload/oracle.mjs";

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "15" },
    ms: { type: "string", default: "100" },
  },
});

const measureFile = fileURLToPath(new URL("./measure.mjs", import.meta.url));
const run = promisify(execFile);

async function measure(...task) {
  const { stdout } = await run(process.execPath, [measureFile, ...task], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

const unavailable = new Map();
let failures = 0;

/** Measures, and keeps what could not be measured for the end: a line is missing from a table only with a reason given. */
async function attempt(engine, what, ...task) {
  const result = await measure(...task);
  if (result.failed !== undefined) {
    failures++;
    console.error(`FAILED  ${engine.name}, ${what}: ${result.failed}`);
    return undefined;
  }
  if (result.unavailable !== undefined) {
    if (!unavailable.has(engine.name)) console.error(`SKIPPED ${engine.name}: ${result.unavailable}`);
    unavailable.set(engine.name, result.unavailable);
    return undefined;
  }
  return result;
}

const digits = (number) => (number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2));
const named = ({ name, note }) => (note ? `${name} (${note})` : name);

const speedCells = ({ micros, ratio, least, greatest }) => [digits(micros), digits(ratio), `${digits(least)} – ${digits(greatest)}`];
const chosen = engines.filter(({ name }) => name.includes(options.only));
const chosenColumns = columned.filter(({ name }) => name.includes(options.only));
if (chosen.length + chosenColumns.length === 0) throw new Error(`no engine's name contains \`${options.only}\`: ${[...engines, ...columned].map(({ name }) => name).join("; ")}`);
const timing = [options.rounds, options.ms];
const sections = [];

function show(title, text) {
  sections.push(`## ${title}\n\n${text}`);
  console.log(`\n${title}\n\n${text}`);
}

async function speed() {
  for (const [shapes, title] of [["eight", "Eight object shapes"], ["one", "One object shape"]]) {
    const rows = [];
    for (const engine of chosen) {
      const result = await attempt(engine, title, options.check ? "check" : "speed", engine.name, shapes, ...timing);
      if (result === undefined) continue;
      if (options.check) console.log(`${engine.name}, ${title.toLowerCase()}: ${result.agreed} leads agree`);
      else rows.push([named(engine), ...speedCells(result)]);
    }
    if (rows.length > 0) show(title, table(["engine", "µs a lead", "× hand-written", "least – greatest"], rows));
  }
}

async function columns() {
  const rows = [];
  for (const engine of chosenColumns) {
    const result = await attempt(engine, "columns", options.check ? "columns-check" : "columns", engine.name, ...timing);
    if (result === undefined) continue;
    if (options.check) console.log(`${engine.name}: ${result.agreed} leads agree`);
    else rows.push([engine.name, (result.micros * 1000).toFixed(0), digits(1 / result.ratio), `${digits(1 / result.greatest)} – ${digits(1 / result.least)}`]);
  }
  if (rows.length > 0) show("Columns: leads a second, against the hand-written function in a loop", table(["engine", "ns a lead", "times as many", "least – greatest"], rows));
}

async function coldStart() {
  const rows = [];
  for (const engine of chosen) {
    if (unavailable.has(engine.name)) continue;
    const times = [];
    for (let repeat = 0; repeat < 9; repeat++) {
      const result = await attempt(engine, "cold start", "cold", engine.name);
      if (result !== undefined) times.push(result.milliseconds);
    }
    if (times.length > 0) rows.push([named(engine), digits(median(times)), `${digits(Math.min(...times))} – ${digits(Math.max(...times))}`]);
  }
  if (rows.length > 0) show("Fresh process: import, load and first decision", table(["engine", "ms", "least – greatest"], rows));
}

async function growth() {
  const rows = [];
  for (const [document, make] of Object.entries(grown)) {
    const { name } = make();
    for (const engine of chosen.filter(({ prepareGrown }) => prepareGrown)) {
      if (unavailable.has(engine.name) || (options.check && engine.isGrownOracle)) continue;
      const result = await attempt(engine, name, options.check ? "growth-check" : "growth", engine.name, document, ...timing);
      if (result === undefined) continue;
      if (options.check) console.log(`${engine.name}, ${name}: ${result.agreed} leads agree`);
      else rows.push([`${name}: ${engine.name}`, ...speedCells(result)]);
    }
  }
  if (rows.length > 0) show("Growth, against the hand-written function of the 40 rules", table(["document: engine", "µs a lead", "× hand-written", "least – greatest"], rows));
}

const { problems } = coverage(generate(), score);
if (problems.length > 0) throw new Error(problems.join("\n"));

await speed();
await columns();
if (!options.check) await coldStart();
await growth();

if (unavailable.size > 0) {
  const lines = [...unavailable].map(([name, reason]) => `- ${name}: ${reason}`);
  show("Not measured", lines.join("\n"));
}
if (failures > 0) process.exitCode = 1;
else if (!options.check && options.only === "") {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${process.platform} ${process.arch}, Node ${process.versions.node}, V8 ${process.versions.v8}`;
  const command = `node benches/run.mjs${options.rounds === "15" && options.ms === "100" ? "" : ` --rounds ${options.rounds} --ms ${options.ms}`}`;
  const head = `# Results\n\nWritten by \`${command}\`; what is measured and how stands in [README.md](README.md).\n\nMachine: ${machine}.`;
  writeFileSync(new URL("./results.md", import.meta.url), `${[head, ...sections].join("\n\n")}\n`);
}
