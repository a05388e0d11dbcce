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

/** The answers to lines, as they are written. @param {string[]} lines */
export const answered = (lines) => runNatively(lines);

/** So many lines with random expressions, from a seed on. @param {number} count @param {number} seed */
export const random = (count, seed) => runNatively([], "random", String(count), String(seed));

/** @type {Engine} */
const native = async (lines) => (lines.length === 0 ? [] : answered(lines).map((line) => JSON.parse(line)));

/** The lines with their expressions in canonical form. @param {string[]} lines */
export const printed = (lines) => runNatively(lines, "print");

/** @type {Engine} */
async function wasm(lines) {
  const { cel } = await import("leadgate/author");
  return lines.map((line) => JSON.parse(cel(line)));
}

/** @type {Record<string, Engine>} */
export const engines = { native, wasm };
