// What `npm test` runs, in order.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { ask, must, run } from "../run.mjs";
import { buildWasm } from "../wasm/build.mjs";
import { reportSizes } from "../wasm/sizes.mjs";

/**
 * @typedef {object} Tally
 * @property {boolean} ok
 * @property {number} passed tests, or 1 for a stage that is one check
 * @property {number} failed
 * @property {number} [skipped]
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} what
 * @property {string} [needs] a stage that must have passed
 * @property {() => Promise<Tally | undefined>} run undefined when this machine has nothing to run it with
 */

/** @param {boolean} ok @returns {Tally} */
const oneCheck = (ok) => ({ ok, passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/** @param {string} output @param {RegExp} pattern */
const sum = (output, pattern) => [...output.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);

async function cargoTest() {
  let output = "";
  const { status } = await run("cargo", ["test", "--locked", "--all-features", "--no-fail-fast"], {
    watch: (chunk) => { output += chunk; },
  });
  const failed = sum(output, /^test result: .*? (\d+) failed;/gm);
  return {
    ok: status === 0,
    passed: sum(output, /^test result: .*? (\d+) passed;/gm),
    // A crate that does not compile runs no test and has failed all the same.
    failed: status === 0 ? failed : Math.max(failed, 1),
    skipped: sum(output, /^test result: .*? (\d+) ignored;/gm),
  };
}

async function clippy() {
  if (!ask("cargo", ["clippy", "--version"])) return undefined;
  for (const features of [["--all-features", "--all-targets"], ["--no-default-features", "--features", "wasm", "--lib"]]) {
    const { status } = await run("cargo", ["clippy", "--locked", "--quiet", ...features, "--", "-D", "warnings"]);
    if (status !== 0) return oneCheck(false);
  }
  return oneCheck(true);
}

async function types() {
  const { status } = await run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "--project", root]);
  return oneCheck(status === 0);
}

async function wasm() {
  await buildWasm();
  reportSizes();
  return oneCheck(true);
}

/** Runs tests with Node's runner. @param {string[]} folders under tests */
async function testsIn(folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, "tests", folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".test.mjs"))
      .sort()
      .map((path) => join("tests", folder, path)));
  const folder = mkdtempSync(join(tmpdir(), "leadgate-test-"));
  try {
    const counts = join(folder, "counts.tap");
    const { status } = await run(process.execPath, [
      "--test",
      "--test-reporter=spec", "--test-reporter-destination=stdout",
      "--test-reporter=tap", `--test-reporter-destination=${counts}`,
      ...files,
    ]);
    const output = existsSync(counts) ? readFileSync(counts, "utf8") : "";
    const failed = sum(output, /^# fail (\d+)/gm) + sum(output, /^# cancelled (\d+)/gm);
    return {
      ok: status === 0,
      passed: sum(output, /^# pass (\d+)/gm),
      failed: status === 0 ? failed : Math.max(failed, 1),
      skipped: sum(output, /^# skipped (\d+)/gm),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function nodeTests() {
  if (!process.env.LEADGATE_DATA) console.log("LEADGATE_DATA is not set: the comparison of 8,800 opportunities with SQL is skipped");
  return testsIn(["node", "sql"]);
}

async function playground() {
  await must("npm", ["run", "--silent", "build:playground"]);
  return testsIn(["playground"]);
}

/** @type {Stage[]} */
export const stages = [
  { name: "rust", what: "unit, document and property tests, natively", run: cargoTest },
  { name: "clippy", what: "lints of all builds", run: clippy },
  { name: "wasm", what: "the three builds for wasm32, and their sizes", run: wasm },
  { name: "types", what: "the JavaScript and its declarations, by the TypeScript compiler", needs: "wasm", run: types },
  { name: "node", what: "the package, the command line, the examples, and the engine against SQL", needs: "wasm", run: nodeTests },
  { name: "playground", what: "the playground in Chromium, under a strict content policy", needs: "wasm", run: playground },
];
