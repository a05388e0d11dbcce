// The wasm-bindgen command line, at exactly the crate's version: the two share an unstable format.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { root, tools } from "../paths.mjs";
import { ask, must } from "../run.mjs";

/** The version that Cargo.lock names. */
export function wasmBindgenVersion() {
  const version = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(readFileSync(join(root, "Cargo.lock"), "utf8"))?.[1];
  if (!version) throw new Failure("Cargo.lock names no version of wasm-bindgen");
  return version;
}

/**
 * Finds or builds one of its programs, and answers with its path.
 * @param {"wasm-bindgen" | "wasm-bindgen-test-runner"} [program]
 */
export async function setUpWasmBindgen(program = "wasm-bindgen") {
  const version = wasmBindgenVersion();
  const home = join(tools, `wasm-bindgen-${version}`);
  const cached = join(home, "bin", program);
  for (const candidate of [cached, program]) {
    if (ask(candidate, ["--version"]) === `${program} ${version}`) return candidate;
  }

  console.log(`set-up: wasm-bindgen ${version} into ${home} (about five minutes, once)`);
  mkdirSync(tools, { recursive: true });
  // Built beside its place and moved there when whole, so that no broken-off build is ever taken for the tool.
  const temporary = mkdtempSync(join(tools, `.wasm-bindgen-${version}-`));
  try {
    // Without --locked: the tool's lock file can name a release that a mirror does not have yet.
    await must("cargo", ["install", "wasm-bindgen-cli", "--version", `=${version}`, "--root", temporary], {
      env: { CARGO_TARGET_DIR: join(temporary, "target") },
    });
    rmSync(join(temporary, "target"), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
    renameSync(temporary, home);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  if (!existsSync(cached)) throw new Failure(`cargo install left no ${program} in ${home}`);
  return cached;
}
