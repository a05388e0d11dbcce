// What `npm test` runs, in order.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { ask, must, run } from "../run.mjs";
import { setUpChromium } from "../setup/chromium.mjs";
import { setUpNodeModules } from "../setup/node-modules.mjs";
import { buildWasm } from "../wasm/build.mjs";
import { trapBuild } from "../wasm/builds.mjs";
import { reportSizes } from "../wasm/sizes.mjs";
import { bindingTests } from "./binding.mjs";
import { cargoTally, oneCheck, tapTally } from "./counts.mjs";

/** @typedef {import("./counts.mjs").Tally} Tally */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} what
 * @property {string} [needs] a stage that must have passed
 * @property {() => Promise<Tally | undefined>} run undefined when this machine has nothing to run it with
 */

async function cargoTest() {
  let output = "";
  const { status } = await run("cargo", ["test", "--locked", "--all-features", "--no-fail-fast"], {
    watch: (chunk) => { output += chunk; },
  });
  return cargoTally(status, output);
}

async function clippy() {
  if (!ask("cargo", ["clippy", "--version"])) return undefined;
  const parts = ["border", "border,expressions", "border,full", "wasm,author"].map((features) => ["--no-default-features", "--features", features, "--lib"]);
  for (const features of [["--all-features", "--all-targets"], ...parts]) {
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
  await buildWasm({ only: [trapBuild.name] });
  await reportSizes();
  return oneCheck(true);
}

/** Node's test runner over all test files of some folders. @param {string[]} folders */
async function nodeTest(...folders) {
  const files = folders.flatMap((path) =>
    readdirSync(join(root, path), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.mjs") && !file.includes("node_modules"))
      .sort()
      .map((file) => join(path, file)));
  const folder = mkdtempSync(join(tmpdir(), "leadgate-test-"));
  try {
    const counts = join(folder, "counts.tap");
    const { status } = await run(process.execPath, [
      "--test",
      "--test-reporter=spec", "--test-reporter-destination=stdout",
      "--test-reporter=tap", `--test-reporter-destination=${counts}`,
      ...files,
    ]);
    return tapTally(status, existsSync(counts) ? readFileSync(counts, "utf8") : "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function nodeTests() {
  if (!process.env.LEADGATE_DATA) console.log("LEADGATE_DATA is not set: the comparison of 8,800 opportunities with SQL is skipped");
  return nodeTest("tests/node", "tests/company", "tests/contact", "tests/receipts", "tests/sql");
}

async function packaging() {
  await setUpNodeModules("tests/packaging", "half a minute, once: workerd, Deno, Bun and the like");
  await setUpChromium();
  return nodeTest("tests/packaging");
}

async function formElement() {
  await setUpChromium();
  return nodeTest("tests/form");
}

/** Tests in Chromium of what is served. @param {string} path */
async function visited(path) {
  const { buildWww } = await import("../www/all.mjs");
  await buildWww();
  await setUpChromium();
  return nodeTest(path);
}

/** @type {Stage[]} */
export const stages = [
  { name: "rust", what: "unit, document and property tests, natively", run: cargoTest },
  { name: "clippy", what: "lints of all builds", run: clippy },
  { name: "wasm", what: "the builds for wasm32, and their sizes", run: wasm },
  { name: "types", what: "the JavaScript and its declarations, by the TypeScript compiler", needs: "wasm", run: types },
  { name: "node", what: "the package, the command line, the examples, and the engine against SQL", needs: "wasm", run: nodeTests },
  { name: "conformance", what: "the conformance tests of CEL, natively and in wasm", needs: "wasm", run: () => nodeTest("tests/conformance") },
  { name: "packaging", what: "the packed package in Node, Deno, Bun, workerd, the edge runtime and Chromium", needs: "wasm", run: packaging },
  { name: "playground", what: "the playground in Chromium, under a strict content policy", needs: "wasm", run: () => visited("tests/playground") },
  { name: "form", what: "the form element in Chromium, in pages of all kinds, under a strict content policy", needs: "wasm", run: formElement },
  { name: "binding", what: "the surface to JavaScript, in wasm, in Node and Chromium", run: bindingTests },
  { name: "site", what: "the landing page in Chromium: with and without script, trouble on the way, axe and keyboard", needs: "wasm", run: () => visited("tests/site") },
  { name: "edge", what: "the edge under Node and in workerd: what it keeps, refuses, tells and never doubles", needs: "wasm", run: () => nodeTest("tests/edge") },
  { name: "e2e", what: "a visitor in Chromium, the page, and the edge in workerd", needs: "wasm", run: () => visited("tests/e2e") },
];
