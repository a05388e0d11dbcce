// The tests that do not apply, and those that do not pass yet: one to a line: its place, a tab, the reason.

import { readFileSync } from "node:fs";

/** @param {string} name @returns {Map<string, string>} reasons by place */
function read(name) {
  const lines = readFileSync(new URL(name, import.meta.url), "utf8").split("\n");
  return new Map(lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const [id, reason] = line.split("\t");
    if (!reason) throw new Error(`${name}: no reason in \`${line}\``);
    return [id, reason];
  }));
}

export const notApplicable = read("not-applicable.tsv");
export const pending = read("pending.tsv");
