// Counts as bars.

import { pad, width } from "./width.mjs";

const BAR = 24;

/** @typedef {{ name: string, count: number }} Count */

/** A count with its thousands apart. @param {number} count */
export const grouped = (count) => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * Counts from a map: the largest first, the same ones by name.
 * @param {Map<string, number>} counts
 * @returns {Count[]}
 */
export function ranked(counts) {
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/**
 * One line for each count: name, number, share, bar.
 * @param {Count[]} counts
 * @param {import("./paint.mjs").Paints} paint
 * @param {{ most?: number, of?: number }} [options] counts after `most` are added up in one line; shares are of the sum, or of `of`
 * @returns {string[]}
 */
export function bars(counts, paint, { most = 20, of } = {}) {
  const total = of ?? counts.reduce((sum, { count }) => sum + count, 0);
  const rest = counts.slice(most);
  const lines = rest.length > 1 ? [...counts.slice(0, most), { name: `… ${rest.length}`, count: rest.reduce((sum, { count }) => sum + count, 0) }] : counts;
  const largest = Math.max(1, ...lines.map(({ count }) => count));
  const names = Math.max(0, ...lines.map(({ name }) => width(name)));
  const numbers = Math.max(0, ...lines.map(({ count }) => grouped(count).length));
  return lines.map(({ name, count }) => {
    const share = total === 0 ? 0 : (100 * count) / total;
    const length = count === 0 ? 0 : Math.max(1, Math.round((BAR * count) / largest));
    return `  ${pad(name, names)}  ${pad(grouped(count), numbers, "right")}  ${pad(`${share.toFixed(1)} %`, 7, "right")}  ${paint.cyan("█".repeat(length))}`.trimEnd();
  });
}
