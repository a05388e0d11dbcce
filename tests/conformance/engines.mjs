// The runner natively and in wasm: lines in, answers out.

import { spawnSync } from "node:child_process";
import { root } from "../../scripts/paths.mjs";
import { cel } from "leadgate/author";

/** @typedef {(lines: string[]) => any[]} Engine */

/** @type {Engine} */
function native(lines) {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--locked", "--quiet", "--example", "cel"], {
    cwd: root, input: lines.join("\n"), encoding: "utf8", maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** @type {Engine} */
const wasm = (lines) => lines.map((line) => JSON.parse(cel(line)));

/** @type {Record<string, Engine>} */
export const engines = { native, wasm };
