// The known disagreements: peer, pattern, who is right, why, an example, one to a line.

import { readFileSync } from "node:fs";

/** @typedef {{ peer: string, pattern: RegExp, right: string, why: string, example: string }} Class */

/** @returns {Class[]} */
export function readClasses() {
  const lines = readFileSync(new URL("../disagreements.tsv", import.meta.url), "utf8").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const [peer, pattern, right, why, example] = line.split("\t");
    if (!example) throw new Error(`disagreements.tsv: five columns are needed in \`${line}\``);
    return { peer, pattern: new RegExp(`^(?:${pattern})$`, "su"), right, why, example };
  });
}
