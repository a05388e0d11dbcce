// How long one `next` takes in WebAssembly: `node benches/asking/next.mjs FOLDER`, with programs that `cargo bench --all-features --bench asking -- --programs FOLDER` wrote.
// The smallest build that runs each, as a visitor's browser has it, after a warm-up, with room that is used again.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "leadgate/needs";
import * as page from "leadgate/page";
import * as plain from "leadgate/plain";

const ROUNDS = 41;
const [folder] = process.argv.slice(2);
if (!folder) throw new Error("name the folder with the programs");

/** @type {Map<string, { first: number[], least: number[], whole: number[] }>} */
const families = new Map();
for (const name of readdirSync(folder).sort()) {
  const program = readFileSync(join(folder, name));
  const policy = (needs(program) === "plain" ? plain : page).load(program);
  const family = name.slice(0, name.indexOf("-"));
  const found = families.get(family) ?? { first: [], least: [], whole: [] };
  families.set(family, found);
  const first = [];
  for (let round = 0; round < ROUNDS; round++) {
    /** @type {Record<string, unknown>} */
    const lead = {};
    const times = [];
    for (;;) {
      const begun = performance.now();
      const { settled, ask: [field] } = policy.next(lead, { limit: 1 });
      times.push(performance.now() - begun);
      if (settled || !field) break;
      // Every answer is left out in turn, or has the first value: what it is matters little here.
      lead[field] = (times.length + round) % 3 === 0 ? null : "v1";
    }
    if (round < 5) continue;
    first.push(times[0]);
    found.whole.push(...times);
  }
  found.first.push(median(first));
  // What it takes where nobody else has the machine.
  found.least.push(Math.min(...first));
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

console.log("| family | policies | first `next`, ms: median / slowest | its least of all rounds: median / slowest | every `next` of a form, ms: median |\n|---|---:|---:|---:|---:|");
for (const [family, { first, least, whole }] of families) {
  console.log(`| ${family} | ${first.length} | ${median(first).toFixed(2)} / ${Math.max(...first).toFixed(2)} | ${median(least).toFixed(2)} / ${Math.max(...least).toFixed(2)} | ${median(whole).toFixed(3)} |`);
}
