// Files of a folder and of all folders below it.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * Contents by path relative to the folder, with `/` between names, in order.
 * @param {string} folder
 * @returns {Record<string, Uint8Array>}
 */
export function filesBelow(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = paths.map((path) => /** @type {const} */ ([relative(folder, path).split(sep).join("/"), path])).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(named.map(([name, path]) => [name, new Uint8Array(readFileSync(path))]));
}
