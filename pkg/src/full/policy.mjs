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

  /** @param {Lead} lead @param {import("../index.d.ts").Step | null | undefined} step @param {Options} [options] */
  advance(lead, step, options) {
    return this[ASK]((loaded) => live.advance(loaded.parts(), lead, step, options));
  }

  /** @param {Lead} lead @param {Options} [options] */
  legal(lead, options) {
    return this[ASK]((loaded) => live.legal(loaded.parts(), lead, options));
  }

  /** @param {import("../index.d.ts").State} state */
  migrate(state) {
    return this[ASK]((loaded) => live.migrate(loaded.parts(), state));
  }

  /** @param {import("../index.d.ts").State | null | undefined} state @param {import("../index.d.ts").PinOptions} pin */
  pin(state, pin) {
    return this[ASK]((loaded) => live.pin(loaded.parts(), state, { ...pin }));
  }

  /** @param {import("../index.d.ts").State} state */
  stays(state) {
    return this[ASK]((loaded) => live.stays(loaded.parts(), state));
  }

  /** @param {Lead} lead @param {import("../index.d.ts").WhatIfOptions} [options] */
  whatIf(lead, options) {
    return this[ASK]((loaded) => live.whatIf(loaded.parts(), lead, options));
  }
}
