// A policy that knows a lead's life: builds for servers.

import { ASK, Policy } from "../policy.mjs";
import { putDecided } from "./hits.mjs";
import * as live from "./live.mjs";

/**
 * @typedef {import("../index.d.ts").Options} Options
 * @typedef {Record<string, unknown>} Lead
 */

export class LivePolicy extends Policy {
  /** Whether every decision rests on events. @type {boolean | undefined} */
  #counts;
  /** Whether more than the first row that holds counts in some table. @type {boolean | undefined} */
  #hits;

  /** @param {Options | undefined} options */
  #isLive(options) {
    if (this.#counts === undefined) {
      const { made } = this[ASK]((loaded) => loaded.parts());
      this.#counts = made.live === true;
      this.#hits = made.hits !== undefined;
    }
    return this.#counts || live.isLive(options);
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  decide(lead, options) {
    if (this.#isLive(options)) return this[ASK]((loaded) => live.decide(loaded.parts(), lead, options));
    const decision = super.decide(lead, options);
    if (!this.#hits) return decision;
    return this[ASK]((loaded) => {
      const { made, results } = loaded.parts();
      return putDecided(made, results(), decision);
    });
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  explain(lead, options) {
    return this.#isLive(options) || this.#hits ? this[ASK]((loaded) => live.explain(loaded.parts(), lead, options)) : super.explain(lead, options);
  }

  /** @override @param {Lead} lead @param {import("../index.d.ts").PossibleOptions} [options] */
  possible(lead, options) {
    return this.#isLive(options) || this.#hits ? this[ASK]((loaded) => live.possible(loaded.parts(), lead, options)) : super.possible(lead, options);
  }
}
