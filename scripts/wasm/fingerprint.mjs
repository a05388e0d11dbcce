// What a build depends on, in one hash.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { bindgenOptions, cargoArguments, forSize, level, ownLibrary, wasmFeatures } from "./builds.mjs";

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}

/**
 * The hash of the sources, the lock files and the build's own settings. The compiler is left out: what its sources
 * have not changed needs no new compiler.
 * @param {import("./builds.mjs").Build} build
 */
export function fingerprint(build) {
  const hash = createHash("sha256");
  for (const path of [...filesUnder("src"), ...filesUnder("build"), "Cargo.toml", "Cargo.lock", "scripts/wasm/order.mjs", "pkg/src/parts.mjs"]) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const settings = { build, bindgenOptions, cargoArguments, forSize, level, ownLibrary, wasmFeatures, binaryen: lock.packages["node_modules/binaryen"].version };
  return hash.update(JSON.stringify(settings)).digest("hex");
}
