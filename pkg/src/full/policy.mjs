// A policy that knows a lead's life: builds for servers.

import { ASK, Policy } from "../policy.mjs";
import * as live from "./live.mjs";

/**
 * @typedef {import("../index.d.ts").Options} Options
 * @typedef {Record<string, unknown>} Lead
 */

export class LivePolicy extends Policy {
  /** Whether every decision rests on events. @type {boolean | undefined} */
  #counts;

  /** @param {Options | undefined} options */
  #isLive(options) {
    this.#counts ??= this[ASK]((loaded) => loaded.parts().made.live === true);
    return this.#counts || live.isLive(options);
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  decide(lead, options) {
    return this.#isLive(options) ? this[ASK]((loaded) => live.decide(loaded.parts(), lead, options)) : super.decide(lead, options);
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  explain(lead, options) {
    return this.#isLive(options) ? this[ASK]((loaded) => live.explain(loaded.parts(), lead, options)) : super.explain(lead, options);
  }

  /** @override @param {Lead} lead @param {import("../index.d.ts").PossibleOptions} [options] */
  possible(lead, options) {
    return this.#isLive(options) ? this[ASK]((loaded) => live.possible(loaded.parts(), lead, options)) : super.possible(lead, options);
  }
}
