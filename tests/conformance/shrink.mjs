// `node tests/conformance/shrink.mjs`: takes the tests that pass by now out of the list of those that do not yet. Nothing is ever added.

import { readFileSync, writeFileSync } from "node:fs";
import { engines } from "./engines.mjs";
import { judge } from "./table.mjs";

const file = new URL("pending.tsv", import.meta.url);
const passing = new Set((await judge(engines.native)).filter(({ wrong }) => !wrong).map(({ test }) => test.id));
const lines = readFileSync(file, "utf8").split("\n");
const kept = lines.filter((line) => !passing.has(line.split("\t")[0]));
writeFileSync(file, kept.join("\n"));
console.log(`${lines.length - kept.length} tests pass that did not; ${kept.filter((line) => line !== "" && !line.startsWith("#")).length} remain`);
