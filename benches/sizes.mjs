// How large it all is to download: the builds of the engine, the workload's program, and the peers bundled for a browser.
//
//   node benches/sizes.mjs       prints, and writes benches/sizes.md

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundled, measureBuilds, measureForm, sizesOf } from "../scripts/wasm/sizes.mjs";
import { workloadProgram } from "./engines/leadgate.mjs";
import { table } from "./markdown.mjs";

const here = new URL("./", import.meta.url);
const rows = [];
const missing = [];

const named = { javascript: "JavaScript, minified", wasm: "wasm", together: "both", "one script": "the same in one script" };
for (const { name, parts } of await measureBuilds()) {
  for (const [part, sizes] of Object.entries(parts)) rows.push([`leadgate, ${name}: ${named[part]}`, sizes]);
}

rows.push(["leadgate, page: the form element besides", await measureForm()]);

try {
  rows.push(["the workload's program", sizesOf(await workloadProgram())]);
} catch (error) {
  if (error.name !== "Unavailable") throw error;
  missing.push(`the workload's program: ${error.message}`);
}

/** What an application imports of each peer to do the workload: what it does not use is shaken out. */
const peers = {
  "json-logic-engine 5": 'export { LogicEngine } from "json-logic-engine";',
  "@marcbachmann/cel-js 8": 'export { Environment } from "@marcbachmann/cel-js";',
  "json-rules-engine 7": 'export { Engine } from "json-rules-engine";',
  "json-logic-js 2": 'export { default } from "json-logic-js";',
};


for (const [name, entry] of Object.entries(peers)) {
  try {
    rows.push([name, sizesOf(await bundled(entry, fileURLToPath(here)))]);
  } catch (error) {
    missing.push(`${name}: the peers are not installed: \`npm ci --prefix benches\` (${error.message.split("\n")[1] ?? error.message})`);
  }
}
rows.push(["hand-written JavaScript (the rules themselves)", sizesOf(await bundled('export { score } from "./workload/oracle.mjs";', fileURLToPath(here)))]);

const kib = (bytes) => (bytes / 1024).toFixed(1);
const text = table(["KiB", "raw", "gzip 9", "brotli 11"], rows.map(([name, { raw, gzip, brotli }]) => [name, kib(raw), kib(gzip), kib(brotli)]));
const notes = missing.length > 0 ? `\n\nNot measured:\n\n${missing.map((reason) => `- ${reason}`).join("\n")}` : "";

console.log(`${text}${notes}`);
writeFileSync(new URL("sizes.md", here), `# Sizes\n\nWritten by \`node benches/sizes.mjs\`; what is measured and how stands in [README.md](README.md).\n\n${text}${notes}\n`);
