// The runner natively and in wasm: lines in, answers out.

import { spawnSync } from "node:child_process";
import { root } from "../../scripts/paths.mjs";

/** @typedef {(lines: string[]) => Promise<any[]>} Engine */

/** @param {string[]} lines @param {...string} args */
function runNatively(lines, ...args) {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--locked", "--quiet", "--example", "cel", "--", ...args], {
    cwd: root, input: lines.join("\n"), encoding: "utf8", maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split("\n");
}

/** @type {Engine} */
const native = async (lines) => (lines.length === 0 ? [] : runNatively(lines)).map((line) => JSON.parse(line));

/** The lines with their expressions in canonical form. @param {string[]} lines */
export const printed = (lines) => runNatively(lines, "print");

/** Random expressions with bindings. @param {string} count @param {string} seed */
export const random = (count, seed) => runNatively([], "random", count, seed);

/** @type {Engine} */
async function wasm(lines) {
  const { cel } = await import("leadgate/author");
  return lines.map((line) => JSON.parse(cel(line)));
}

/** @type {Record<string, Engine>} */
export const engines = { native, wasm };
