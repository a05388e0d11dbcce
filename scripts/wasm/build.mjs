// Builds the engine for wasm32, generates its glue and optimizes it.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root, wasmOutput, wasmTarget, wasmTests } from "../paths.mjs";
import { must } from "../run.mjs";
import { setUpWasmBindgen } from "../setup/wasm-bindgen.mjs";
import { setUpWasmTarget } from "../setup/wasm-target.mjs";
import { bindgenOptions, builds, cargoArguments, forSize, level, ownLibrary, trapBuild, wasmFeatures } from "./builds.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { inline } from "./inline.mjs";
import { ordered } from "./order.mjs";

const STAMP = ".fingerprint";

/** @param {import("./builds.mjs").Build} build */
const folderOf = ({ name }) => (name === trapBuild.name ? wasmTests : wasmOutput);

/** @param {import("./builds.mjs").Build} build */
function isCurrent(build) {
  const stamp = join(folderOf(build), build.name, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(build);
}

/** Compiler flags that keep this machine's folders out of the binary. @param {string} sysroot */
function remapped(sysroot) {
  const cargoHome = process.env.CARGO_HOME || join(homedir(), ".cargo");
  return [[root.replace(/\/$/, ""), "leadgate"], [cargoHome, "cargo"], [sysroot, "rust"], ["/usr/src", "rust"]]
    .map(([from, to]) => `--remap-path-prefix=${from}=/${to}`);
}

/**
 * @param {import("./builds.mjs").Build} build
 * @param {{ toolchain: import("../setup/wasm-target.mjs").Toolchain, wasmBindgen: string }} tools
 */
async function buildOne(build, { toolchain, wasmBindgen }) {
  const started = Date.now();
  const stamp = fingerprint(build);
  const small = toolchain.buildsLibrary ? ownLibrary : { args: [], env: {}, flags: [] };
  await must(
    toolchain.cargo,
    [...cargoArguments, "--features", build.features.join(","),
      "--target-dir", wasmTarget, ...toolchain.args, ...small.args, "--", ...build.flags, ...forSize],
    { env: { ...toolchain.env, ...small.env, CARGO_PROFILE_RELEASE_OPT_LEVEL: level, CARGO_ENCODED_RUSTFLAGS: [...remapped(toolchain.sysroot), ...small.flags].join("\x1f") } },
  );
  const folder = folderOf(build);
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(folder, `.${build.name}-`));
  try {
    const compiled = join(wasmTarget, "wasm32-unknown-unknown", "release", "leadgate.wasm");
    const wasm = join(temporary, "leadgate_bg.wasm");
    if (build.bare) copyFileSync(compiled, wasm);
    else await must(wasmBindgen, [...bindgenOptions, "--out-dir", temporary, compiled]);
    writeFileSync(wasm, ordered(readFileSync(wasm)));
    await must(process.execPath, [
      join(root, "node_modules", "binaryen", "bin", "wasm-opt"), wasm, "-o", wasm,
      ...build.optimize, ...[...wasmFeatures, ...(build.wasmFeatures ?? [])].map((feature) => `--enable-${feature}`), "--strip-debug", "--strip-producers",
    ]);
    writeFileSync(join(temporary, STAMP), stamp);
    const place = join(folder, build.name);
    rmSync(place, { recursive: true, force: true });
    renameSync(temporary, place);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  console.log(`built ${build.name} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/**
 * Brings the builds up to date; those whose sources have not changed are left as they are.
 * @param {{ force?: boolean, only?: string[] }} [options]
 */
export async function buildWasm({ force = false, only } = {}) {
  const chosen = [...builds, trapBuild].filter(({ name }) => (only ? only.includes(name) : name !== trapBuild.name));
  const due = chosen.filter((build) => force || !isCurrent(build));
  if (due.length === 0) console.log("wasm builds are up to date");
  else await buildAll(due);
  for (const { name } of chosen.filter((build) => build !== trapBuild)) inline(name);
}

/** @param {import("./builds.mjs").Build[]} due */
async function buildAll(due) {
  const toolchain = await setUpWasmTarget();
  const wasmBindgen = await setUpWasmBindgen();
  console.log(`building ${due.map(({ name }) => name).join(", ")} for wasm32 with ${toolchain.name} (one to four minutes when nothing is there yet)`);
  for (const build of due) await buildOne(build, { toolchain, wasmBindgen });
}
