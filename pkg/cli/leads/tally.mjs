// What came out, counted.

import { messages } from "../messages.mjs";
import { bars, ranked } from "../terminal/bars.mjs";

/** Outputs with more values than this say little as bars. */
const VALUES = 12;

export class Tally {
  #stages;
  #outputs;
  /** @type {Map<string, number>} */
  outcomes = new Map();
  /** @type {Map<string, Map<string, number>>} */
  #others = new Map();
  /** Leads decided. */
  count = 0;

  /** @param {import("../../src/index.d.ts").Description} description */
  constructor({ stages, outputs }) {
    this.#stages = stages.length > 0;
    this.#outputs = outputs.filter(({ values }) => values !== undefined && values.length > 0 && values.length <= VALUES).map(({ name }) => name);
  }

  /** @param {import("./results.mjs").Brief} decision */
  add({ outcome, stage, tables }) {
    this.count++;
    increment(this.outcomes, String(outcome));
    if (this.#stages) increment(this.#other("stage"), stage?.after ?? "–");
    // A list counts for each of its values.
    for (const name of this.#outputs) for (const value of [tables[name] ?? "–"].flat()) increment(this.#other(name), String(value));
  }

  /** @param {string} name */
  #other(name) {
    const counts = this.#others.get(name) ?? new Map();
    this.#others.set(name, counts);
    return counts;
  }

  /**
   * Lines for people.
   * @param {import("../terminal/paint.mjs").Paints} paint
   * @param {"en" | "zh"} locale
   */
  lines(paint, locale) {
    const say = messages[locale];
    /** @type {[string, Map<string, number>][]} */
    const parts = [[say.outcome, this.outcomes], ...[...this.#others].map(([name, counts]) => /** @type {[string, Map<string, number>]} */ ([name === "stage" ? say.stage : name, counts]))];
    return this.count === 0 ? [] : parts.flatMap(([name, counts]) => [paint.bold(name), ...bars(ranked(counts), paint)]);
  }
}

/** @param {Map<string, number>} counts @param {string} name */
export function increment(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
