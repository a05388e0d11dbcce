// Which titles stand in tests/titles/sample.csv: `node scripts/titles/sample.mjs [DATA FOLDER]` prints them, without what a person made of them; with
// `--fresh` those of tests/titles/fresh.csv, which were drawn when the kit's lists were written.

import { fileURLToPath } from "node:url";
import { formatCsv } from "../csv.mjs";
import { runMain } from "../failure.mjs";
import { dataFolder, draw, readTitles } from "./files.mjs";

const SEEDS = { sample: "titles 2026-11-22", fresh: "fresh titles 2026-11-22" };
/** A fresh sample is a third as large. */
const SMALLER = 3;

/** In random draws few titles lead anybody, so a part is drawn from those with such words. @type {Record<"zh" | "en", [stratum: string, count: number, words: RegExp][]>} */
const strata = {
  zh: [
    ["beside", 20, /助理|秘书|实习|见习|副|原|前任|学徒|储备/],
    ["leading", 55, /总|经理|主管|主任|部长|处长|科长|校长|院长|厂长|店长|组长|首席|负责人|合伙人|[ceft][eitmfo]o/i],
    ["any", 75, /./s],
  ],
  en: [
    ["beside", 20, /\b(assistant|deputy|associate|intern|trainee|secretary|former|apprentice|vice)\b/i],
    ["leading", 55, /\b(chief|president|vp|director|head|manager|supervisor|lead|leader|officer|superintendent|principal|executive|owner|partner|c[eitfmo]o|dean|foreman)\b/i],
    ["any", 75, /./s],
  ],
};

/** So many titles of each stratum, stratum by stratum. @param {{ zh: string[], en: string[] }} titles @param {string} seed @param {number} smaller */
function stratified(titles, seed, smaller) {
  const rows = [];
  for (const language of /** @type {const} */ (["zh", "en"])) {
    let left = titles[language];
    for (const [stratum, count, words] of strata[language]) {
      for (const title of draw(left.filter((text) => words.test(text)), Math.round(count / smaller), seed)) rows.push({ language, stratum, title });
      left = left.filter((text) => !words.test(text));
    }
  }
  return rows;
}

/** The titles of the sample. @param {{ zh: string[], en: string[] }} titles */
export const sampleOf = (titles) => stratified(titles, SEEDS.sample, 1);

/** The titles of the fresh sample: none of the other's. @param {{ zh: string[], en: string[] }} titles */
export function freshOf(titles) {
  const taken = new Set(sampleOf(titles).map(({ title }) => title));
  const rest = (/** @type {string[]} */ list) => list.filter((title) => !taken.has(title));
  return stratified({ zh: rest(titles.zh), en: rest(titles.en) }, SEEDS.fresh, SMALLER);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  await runMain(async () => {
    const titles = readTitles(dataFolder(given.find((argument) => argument !== "--fresh")));
    process.stdout.write(formatCsv(["language", "stratum", "title"], given.includes("--fresh") ? freshOf(titles) : sampleOf(titles)));
  });
}
