// The npm packages that building needs, as package-lock.json names them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { must } from "../run.mjs";

/** @param {string} path */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** Whether node_modules holds what the lock file names. npm writes its own list last, so a broken-off install has none. */
export function nodeModulesAreCurrent() {
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  return Object.entries(wanted)
    .filter(([path, { optional }]) => path.startsWith("node_modules/") && !optional)
    .every(([path, { version, link }]) => present[path]?.version === version && present[path]?.link === link);
}

/** Installs them where they are missing or stale. */
export async function setUpNodeModules() {
  if (nodeModulesAreCurrent()) return;
  console.log("set-up: npm packages (a few seconds)");
  await must("npm", ["ci", "--no-audit", "--no-fund"]);
}
