// A policy that knows a lead's life: builds for servers.

import { ASK, Policy } from "../policy.mjs";
import { putDecided } from "./hits.mjs";
import * as live from "./live.mjs";
import { decideMany } from "./many.mjs";
import { partsOf } from "./parts.mjs";
import { Shadowed } from "./shadow.mjs";

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
      const { made } = this[ASK]((loaded) => partsOf(loaded));
      this.#counts = made.live === true;
      this.#hits = made.hits !== undefined;
    }
    return this.#counts || this[ASK](() => live.isLive(options));
  }

  /** @override */
  describe() {
    const { events = [], signals = [] } = this[ASK]((loaded) => partsOf(loaded)).made;
    return { ...super.describe(), .../** @type {Pick<import("../index.d.ts").Description, "events" | "signals">} */ (structuredClone({ events, signals })) };
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  decide(lead, options) {
    if (this.#isLive(options)) return this[ASK]((loaded) => live.decide(partsOf(loaded), lead, options));
    const decision = super.decide(lead, options);
    if (!this.#hits) return decision;
    return this[ASK]((loaded) => {
      const { made, results } = partsOf(loaded);
      return putDecided(made, results(), decision);
    });
  }

  /** @param {Record<string, import("../index.d.ts").Column>} columns @param {import("../index.d.ts").ManyOptions} [options] */
  decideMany(columns, options) {
    return this[ASK]((loaded) => decideMany({ parts: partsOf(loaded), within: (action) => this[ASK](action), decide: (lead, each) => this.decide(lead, each) }, columns, options ?? {}));
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  explain(lead, options) {
    return this.#isLive(options) || this.#hits ? this[ASK]((loaded) => live.explain(partsOf(loaded), lead, options)) : super.explain(lead, options);
  }

  /** @override @param {Lead} lead @param {import("../index.d.ts").PossibleOptions} [options] */
  possible(lead, options) {
    return this.#isLive(options) || this.#hits ? this[ASK]((loaded) => live.possible(partsOf(loaded), lead, options)) : super.possible(lead, options);
  }

  /** @override @param {Lead} lead @param {Options} [options] */
  form(lead, options) {
    return this.#isLive(options) ? this[ASK]((loaded) => live.form(partsOf(loaded), lead, options)) : super.form(lead, options);
  }

  /** @override @param {Lead} lead @param {import("../index.d.ts").NextOptions} [options] */
  next(lead, options) {
    return this.#isLive(options) ? this[ASK]((loaded) => live.next(partsOf(loaded), lead, options)) : super.next(lead, options);
  }

  /** @param {Lead} lead @param {import("../index.d.ts").Step | null | undefined} step @param {Options} [options] */
  advance(lead, step, options) {
    return this[ASK]((loaded) => live.advance(partsOf(loaded), lead, step, options));
  }

  /** @param {Lead} lead @param {Options} [options] */
  legal(lead, options) {
    return this[ASK]((loaded) => live.legal(partsOf(loaded), lead, options));
  }

  /** @param {import("../index.d.ts").State} state */
  migrate(state) {
    return this[ASK]((loaded) => live.migrate(partsOf(loaded), state));
  }

  /** @param {import("../index.d.ts").State | null | undefined} state @param {import("../index.d.ts").PinOptions} pin */
  pin(state, pin) {
    return this[ASK]((loaded) => live.pin(partsOf(loaded), state, { ...pin }));
  }

  /** @param {import("../index.d.ts").State} state */
  stays(state) {
    return this[ASK]((loaded) => live.stays(partsOf(loaded), state));
  }

  /** @param {string} queue @param {import("../index.d.ts").Rotation | null} [rotation] @param {import("../index.d.ts").AssignOptions} [options] */
  assign(queue, rotation, options) {
    return this[ASK]((loaded) => live.assign(partsOf(loaded), queue, rotation, options));
  }

  /** @param {string} queue @param {import("../index.d.ts").Rotation} rotation @param {import("../index.d.ts").Returned} answer */
  returned(queue, rotation, answer) {
    return this[ASK]((loaded) => live.returned(partsOf(loaded), queue, rotation, answer));
  }

  /** @param {Lead} lead @param {Options} options */
  due(lead, options) {
    return this[ASK]((loaded) => live.due(partsOf(loaded), lead, options));
  }

  /** @param {import("../index.d.ts").State | null | undefined} state @param {import("../index.d.ts").Due} due */
  commit(state, due) {
    return this[ASK]((loaded) => live.commit(partsOf(loaded), state, due));
  }

  /** @param {import("../index.d.ts").State} state @param {Pick<import("../index.d.ts").DueStep, "sop" | "step"> & Partial<import("../index.d.ts").DueStep>} step @param {import("../index.d.ts").Moment} at */
  sent(state, step, at) {
    return this[ASK]((loaded) => live.sent(partsOf(loaded), state, step, at));
  }

  /** @param {import("../index.d.ts").Policy} candidate */
  shadow(candidate) {
    return this[ASK](() => new Shadowed(/** @type {any} */ (this), candidate));
  }

  /** @param {Lead} lead @param {import("../index.d.ts").UntilOptions} options */
  until(lead, options) {
    return this[ASK]((loaded) => live.until(partsOf(loaded), lead, options));
  }

  /** @param {Lead} lead @param {import("../index.d.ts").WhatIfOptions} [options] */
  whatIf(lead, options) {
    return this[ASK]((loaded) => live.whatIf(partsOf(loaded), lead, options));
  }
}
