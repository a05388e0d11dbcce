// The engine natively and as wasm: 2,000 leads, every result in the same line of text.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { compile } from "leadgate/author";
import { load } from "leadgate";
import { parseCsv } from "../../scripts/csv.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = new URL("../../policies/saas-inbound/", import.meta.url);
/** As in tests/native/decisions.rs. */
const PARTIAL = 25;

/** Runs an example; the Rust tests have built it already. @param {string[]} args */
function example(...args) {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--quiet", "--locked", "--all-features", "--example", ...args], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return stdout;
}

function openPolicy() {
  const names = ["policy.yaml", ...readdirSync(new URL("lists/", folder)).map((name) => `lists/${name}`)];
  const { program } = compile("policy.yaml", Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder))])));
  assert.ok(program);
  return load(program);
}

/** @param {number | null} points */
const milli = (points) => (points === null ? "-" : `${Math.round(points * 1000)}`);

test("natively and in wasm, 2,000 leads come out alike", { timeout: 600_000 }, () => {
  const policy = openPolicy();
  const { fields, scores, outputs, stages } = policy.describe();
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  /** @type {string[]} */
  const lines = [];
  parseCsv(readFileSync(new URL("leads.csv", folder), "utf8")).forEach((row, at) => {
    /** @type {import("../../pkg/src/index.d.ts").Lead} */
    const lead = {};
    for (const [name, text] of Object.entries(row)) {
      const type = types.get(name);
      if (text !== "") lead[name] = type === "int" || type === "double" ? Number(text) : type === "bool" ? text === "true" : text;
    }
    const { decision, scores: explained } = policy.explain(lead, { onInvalid: "absent" });
    const { notes: _, ...decided } = decision;
    const { notes: __, ...again } = policy.decide(lead, { onInvalid: "absent" });
    assert.deepEqual(again, decided);
    lines.push([
      decision.outcome,
      ...scores.map(({ name }) => milli(decision.scores[name])),
      ...outputs.map(({ name }) => `${decision.tables[name] ?? "-"}`),
      decision.stage ? `${stages.indexOf(decision.stage.before)} ${stages.indexOf(decision.stage.after ?? decision.stage.before)} ${decision.stage.moves.length}` : "-",
      decision.faults.join(" "),
      ...decision.identity.map((key) => key.map(([, value]) => `${value}`).join("+")),
      ...explained.map(({ value, lines, missing }) => `${lines.map(({ points }) => milli(points)).join(",")}=${milli(value)} missing ${missing.length}`),
    ].join("\t"));
    if (at >= PARTIAL) return;
    for (const [name, answer] of Object.entries(lead)) {
      // Natively an answer that is not valid was left out, and what is left out is open.
      try { policy.decide({ [name]: answer }); } catch { delete lead[name]; }
    }
    const possible = policy.possible(lead);
    lines.push([
      "possible", `${possible.exact}`, possible.outcomes.join(" "), `${possible.stages.length}`,
      ...Object.values(possible.scores).map((score) => (score ? `${milli(score.min)}..${milli(score.max)} ${score.mayFault}` : "-")),
      // Every table of this policy is decided by its first row that holds.
      ...Object.values(possible.tables).map((found) => (Array.isArray(found) ? `${found.filter((value) => value !== null).join(" ")} ${found.includes(null)}` : "")),
    ].join("\t"));
  });
  const native = example("decisions", "--", "policies/saas-inbound/policy.yaml", "policies/saas-inbound/leads.csv").split("\n");
  assert.equal(native.pop(), "");
  assert.equal(native.length, 2000 + PARTIAL);
  native.forEach((line, at) => assert.equal(lines[at], line));
});

test("the examples decide a lead alike", { timeout: 600_000 }, () => {
  const javascript = spawnSync(process.execPath, ["examples/decide.mjs"], { cwd: root, encoding: "utf8" });
  assert.equal(javascript.stdout, "sdr_now: fit 33, stage lead\n", javascript.stderr);
  assert.equal(example("decide"), "sdr_now: fit 33\n");
});
