// Fuzzes the condition language: `node scripts/fuzz.mjs parse|check|machine [seconds]`.
//
// Seeds are the expressions of CEL's conformance suite. The libFuzzer of the crate `libfuzzer-sys` is guided by coverage that any compiler can add, so no
// toolchain is needed but the project's own, with a C++ compiler beside it. `cargo fuzz run parse` works as well, with a nightly toolchain.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "../tests/conformance/suite.mjs";
import { Failure, runMain } from "./failure.mjs";
import { root } from "./paths.mjs";
import { ask, must } from "./run.mjs";

const targets = ["parse", "check", "machine"];

const COVERAGE = [
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
  "--cfg=fuzzing",
];

/** The suite's letter for a type; see `fuzz/src/declared.rs`. @param {any} type @returns {string} */
function letters(type) {
  const [[kind, of]] = Object.entries(type ?? { dyn: {} });
  switch (kind) {
    case "null":
      return "n";
    case "primitive":
      return { BOOL: "b", INT64: "i", UINT64: "u", DOUBLE: "d", STRING: "s", BYTES: "y" }[/** @type {string} */ (of)] ?? "*";
    case "wellKnown":
      return { TIMESTAMP: "t", DURATION: "e" }[/** @type {string} */ (of)] ?? "*";
    case "listType":
      return `l${letters(of.elemType)}`;
    case "mapType":
      return `m${letters(of.keyType)}${letters(of.valueType)}`;
    default:
      return "*";
  }
}

/** The first line of a case. @param {any} line */
function head({ disable_check: unchecked, type_env: declared = [], bindings }) {
  const types = new Map(Object.keys(bindings).map((name) => [name, "*"]));
  for (const { name, ident } of declared) if (ident) types.set(name, letters(ident.type));
  return [unchecked ? "d" : "c", ...[...types].map(([name, type]) => `${name}=${type}`)].join(" ");
}

/** What fixtures hold: the sources after `>>>`. @param {string} folder */
function fixtures(folder) {
  const path = join(root, "tests/fixtures/cel", folder);
  return readdirSync(path).flatMap((file) => readFileSync(join(path, file), "utf8").split("\n").filter((line) => line.startsWith(">>> ")).map((line) => line.slice(4)));
}

/** @param {string} target */
function seed(target) {
  const corpus = join(root, "fuzz/corpus", target);
  mkdirSync(corpus, { recursive: true });
  const parsed = target === "parse";
  const seeds = suite.map(({ line }) => (parsed ? /** @type {any} */ (line).expr : `${head(line)}\n${/** @type {any} */ (line).expr}`));
  if (parsed) seeds.push(...["parse", "check", "unary"].flatMap(fixtures));
  else if (target === "check") seeds.push(...fixtures("check").map((source) => `p\n${source}`));
  for (const text of new Set(seeds)) writeFileSync(join(corpus, createHash("sha256").update(text).digest("hex").slice(0, 16)), text);
  return corpus;
}

/** The words of the language, which a fuzzer would not find. */
function dictionary() {
  const path = join(root, "fuzz/corpus/words");
  const words = new Set(suite.flatMap(({ line }) => /** @type {any} */ (line).expr.match(/[A-Za-z_]\w{2,24}/g) ?? []));
  writeFileSync(path, [...words].map((word) => `"${word}"`).join("\n"));
  return path;
}

async function main() {
  const [target = "", seconds = "600"] = process.argv.slice(2);
  if (!targets.includes(target) || !/^\d+$/.test(seconds)) throw new Failure("which target?", "node scripts/fuzz.mjs parse|check|machine [seconds]");
  const corpus = seed(target);
  const triple = /host: (.*)/.exec(ask("rustc", ["-vV"]) ?? "")?.[1] ?? "";
  // With a target named, build scripts are compiled without these flags.
  const env = { RUSTFLAGS: COVERAGE.join(" ") };
  await must("cargo", ["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", triple, "--bin", target], { env });
  const artifacts = join(root, "fuzz/artifacts", target);
  mkdirSync(artifacts, { recursive: true });
  await must(join(root, "fuzz/target", triple, "release", target), [
    corpus, `-max_total_time=${seconds}`, "-timeout=10", "-max_len=2000", `-dict=${dictionary()}`, `-artifact_prefix=${artifacts}/`, "-print_final_stats=1",
  ]);
}

await runMain(main);
