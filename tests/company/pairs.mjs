// How well company names are matched: precision and recall on pairs that were judged before anything was measured.

import { readFileSync } from "node:fs";

/** The pairs of tests/company/pairs.csv; none holds a quote or a line break. */
export function pairs(url = new URL("pairs.csv", import.meta.url)) {
  const [, ...lines] = readFileSync(url, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)("(?:[^"]*)"|[^,]*)/g)].map(([, cell]) => cell.replace(/^"(.*)"$/, "$1"));
    const [one, other, same, because] = cells;
    return { one, other, same: same === "yes", because };
  });
}

/**
 * What a way of matching comes to.
 * @param {ReturnType<typeof pairs>} judged
 * @param {(one: string, other: string) => boolean} matches
 */
export function measure(judged, matches) {
  const found = judged.map((pair) => ({ ...pair, found: matches(pair.one, pair.other) }));
  const right = found.filter(({ same, found }) => same && found).length;
  const claimed = found.filter(({ found }) => found).length;
  const all = found.filter(({ same }) => same).length;
  return { precision: right / claimed, recall: right / all, wrong: found.filter(({ same, found }) => found && !same), missed: found.filter(({ same, found }) => same && !found) };
}
