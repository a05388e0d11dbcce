// `node tests/playground/measure.mjs`: how long checking, deciding and "what is possible" take in Chromium on a shipped policy, and what the page loads.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { root } from "../../scripts/paths.mjs";
import { start } from "./browser.mjs";

const playground = await start();
const page = await playground.visit();
await page.locator(".outcome", { hasText: "sales_east" }).waitFor();
await page.getByRole("switch").check();
await page.locator(".cm-content").press("Control+End");
for (let round = 0; round < 30; round += 1) {
  await page.locator(".cm-content").press("#");
  await page.waitForTimeout(500);
}
for (let round = 0; round < 30; round += 1) {
  await page.locator("#field-seats-value").fill(String(100 + round));
  await page.waitForTimeout(100);
}
/** @type {Record<string, number[]>} */
const measured = await page.evaluate(() => Object.fromEntries(["leadgate-study", "leadgate-explain", "leadgate-possible", "leadgate-show"].map((name) => [name, performance.getEntriesByName(name).map(({ duration }) => duration)])));
for (const [name, times] of Object.entries(measured)) {
  const sorted = times.toSorted((a, b) => a - b);
  console.log(`${name}: first ${times[0]?.toFixed(1)} ms, median ${sorted[sorted.length >> 1]?.toFixed(2)} ms, longest ${sorted.at(-1)?.toFixed(1)} ms (${times.length})`);
}
await playground.close();

const assets = join(root, "www", "dist", "playground", "assets");
let total = 0;
for (const name of readdirSync(assets)) {
  const bytes = readFileSync(join(assets, name));
  const { length } = brotliCompressSync(bytes);
  total += length;
  console.log(`${name}: ${(bytes.length / 1024).toFixed(1)} KiB, brotli ${(length / 1024).toFixed(1)} KiB`);
}
console.log(`all: brotli ${(total / 1024).toFixed(1)} KiB`);
