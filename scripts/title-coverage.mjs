// How many titles of two published lists the titles kit knows: `node scripts/title-coverage.mjs [DATA FOLDER]`
//
// All Chinese titles, and 5,000 of the English ones, the same each time. Known is not right: how many are right, tests/titles/sample.csv says.

import { runMain } from "./failure.mjs";
import { dataFolder, draw, readTitles } from "./titles/files.mjs";
import { titlesKit } from "./titles/kit.mjs";

const ENGLISH = 5000;
const SEED = "coverage 2026-11-22";

/** @param {number} part @param {number} whole */
const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;

/** How often each value occurs, the commonest first. @param {string[]} values */
function counted(values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value || "unclear", (counts.get(value || "unclear") ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([value, count]) => `${value} ${count}`).join(", ");
}

await runMain(async () => {
  const { zh, en } = readTitles(dataFolder(process.argv[2]));
  const answer = titlesKit();
  for (const [name, titles] of /** @type {const} */ ([[`Chinese, all ${zh.length}`, zh], [`English, ${ENGLISH} of ${en.length}`, draw(en, ENGLISH, SEED)]])) {
    const answers = titles.map(answer);
    const known = (/** @type {(answer: ReturnType<ReturnType<typeof titlesKit>>) => unknown} */ test) => share(answers.filter(test).length, answers.length);
    console.log(`${name}\n  function known ${known((one) => one.function)}, level known ${known((one) => one.level)}, both ${known((one) => one.function && one.level)}`);
    console.log(`  functions: ${counted(answers.map((one) => one.function))}\n  levels: ${counted(answers.map((one) => one.level))}`);
  }
});
