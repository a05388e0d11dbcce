// The npm packages that building and testing need, as a package-lock.json names them.

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

/** Whether node_modules holds what the lock file names. npm writes its own list last, so a broken-off install has none. @param {string} folder */
export function nodeModulesAreCurrent(folder = "") {
  const wanted = packagesOf(join(folder, "package-lock.json"));
  const present = packagesOf(join(folder, "node_modules", ".package-lock.json"));
  return Object.entries(wanted)
    .filter(([path, { optional }]) => path.startsWith("node_modules/") && !optional)
    .every(([path, { version, link }]) => present[path]?.version === version && present[path]?.link === link);
}

/**
 * Installs them where they are missing or stale.
 * @param {string} [folder] with a package.json of its own; the checkout where none is named
 * @param {string} [how] what to expect of it
 */
export async function setUpNodeModules(folder = "", how = "a few seconds") {
  if (nodeModulesAreCurrent(folder)) return;
  console.log(`set-up: npm packages${folder ? ` of ${folder}` : ""} (${how})`);
  await must("npm", ["ci", "--no-audit", "--no-fund", ...(folder ? ["--prefix", folder] : [])]);
}
