// Where another policy decides otherwise, counted.

import { messages } from "../messages.mjs";
import { bars, grouped, ranked } from "../terminal/bars.mjs";
import { increment } from "./tally.mjs";

export class ShadowTally {
  /** Leads, and those of them that come out the same. */
  #count = 0;
  #same = 0;
  /** @type {Map<string, number>} */
  #paths = new Map();
  /** @type {Map<string, number>} */
  #outcomes = new Map();
  /** @type {Map<string, number>} */
  #errors = new Map();

  /** @param {import("../../src/index.d.ts").Shadow} shadow */
  add({ same, differences, error }) {
    this.#count += 1;
    if (same) this.#same += 1;
    if (error) increment(this.#errors, error.code);
    for (const { path, now, candidate } of differences) {
      increment(this.#paths, path);
      if (path === "outcome") increment(this.#outcomes, `${now ?? "–"} → ${candidate ?? "–"}`);
    }
  }

  /**
   * Lines for people.
   * @param {string} name the other policy's file
   * @param {import("../terminal/paint.mjs").Paints} paint
   * @param {"en" | "zh"} locale
   */
  lines(name, paint, locale) {
    const say = messages[locale];
    if (this.#count === 0) return [];
    const part = (/** @type {string} */ title, /** @type {Map<string, number>} */ counts) => (counts.size === 0 ? [] : [paint.bold(title), ...bars(ranked(counts), paint, { of: this.#count })]);
    return [
      paint.bold(say.shadow(name, grouped(this.#count - this.#same), grouped(this.#count))),
      ...part(say.shadowPaths, this.#paths),
      ...part(say.outcome, this.#outcomes),
      ...part(say.shadowErrors, this.#errors),
    ];
  }
}
