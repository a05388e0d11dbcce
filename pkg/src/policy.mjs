// A policy as an application holds it: what it may be asked, and how long it lives.

import { Loaded, SERVER } from "./engine.mjs";
import { LeadgateError } from "./error.mjs";

/**
 * @typedef {import("./engine.mjs").EngineInstance} EngineInstance
 * @typedef {import("./index.d.ts").Options} Options
 * @typedef {Record<string, unknown>} Lead
 */

/** Asks what is loaded; for policies that answer more than these do. */
export const ASK = Symbol("ask");

export class Policy {
  #instance;
  /** None where the policy was freed. @type {Loaded | undefined} */
  #loaded;
  /** Calls that have not come back: a getter of a lead can free the policy that reads it. */
  #running = 0;

  /** @param {EngineInstance} instance @param {Uint8Array} program */
  constructor(instance, program) {
    this.#instance = instance;
    this.#loaded = instance.call(() => {
      if (!(program instanceof Uint8Array)) throw new LeadgateError("wrong-type", "a program is a Uint8Array of bytes", { path: "program", help: "give what `compile` returned, or a file's bytes" });
      return new Loaded(instance, program);
    });
  }

  #current() {
    if (this.#loaded === undefined) throw new LeadgateError("freed", "the policy was freed", { help: "load its program again" });
    return this.#loaded;
  }

  describe() {
    return this[ASK]((loaded) => loaded.describe());
  }

  /** @param {Lead} lead @param {Options} [options] */
  decide(lead, options) {
    const loaded = this.#current();
    this.#running += 1;
    this.#instance.enter();
    // As in [ASK], without a function for each lead.
    try {
      return loaded.decide(lead, options);
    } catch (error) {
      throw this.#instance.after(error);
    } finally {
      this.#running -= 1;
      this.#instance.leave();
    }
  }

  /** @param {Lead} lead @param {Options} [options] */
  explain(lead, options) {
    return this[ASK]((loaded) => loaded.explain(lead, options));
  }

  /** @param {Lead} lead @param {import("./index.d.ts").PossibleOptions} [options] */
  possible(lead, options) {
    return this[ASK]((loaded) => loaded.possible(lead, options));
  }

  /** @param {Lead} lead @param {Options} [options] */
  form(lead, options) {
    return this[ASK]((loaded) => loaded.form(lead, options));
  }

  /** @param {Lead} lead @param {import("./index.d.ts").NextOptions} [options] */
  next(lead, options) {
    return this[ASK]((loaded) => loaded.next(lead, options));
  }

  /** @template T @param {(loaded: Loaded) => T} question @returns {T} */
  [ASK](question) {
    const loaded = this.#current();
    this.#running += 1;
    this.#instance.enter();
    try {
      return question(loaded);
    } catch (error) {
      throw this.#instance.after(error);
    } finally {
      this.#running -= 1;
      this.#instance.leave();
    }
  }

  free() {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    // What is in use is left to the glue, which frees it when nothing refers to it.
    if (this.#running === 0) loaded?.free();
  }
}

for (const name of ["assign", "returned", "decideMany", "advance", "legal", "migrate", "pin", "stays", "due", "commit", "sent", "until", "whatIf", "shadow"]) {
  /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (Policy.prototype))[name] = () => {
    throw new LeadgateError("not-in-build", `the page build has no \`${name}\``, { help: SERVER });
  };
}

// Not every runtime has it, and then nothing asks for it.
if (Symbol.dispose !== undefined) Object.defineProperty(Policy.prototype, Symbol.dispose, { value: Policy.prototype.free, writable: true, configurable: true });

/**
 * What a build that runs programs offers.
 * @param {EngineInstance} instance
 * @param {typeof Policy} [Kind] what its policies answer
 */
export function runtime(instance, Kind = Policy) {
  return {
    /**
     * Loads a program that `compile` made.
     * @param {Uint8Array} program
     * @returns {import("./index.d.ts").Policy}
     */
    load(program) {
      return /** @type {import("./index.d.ts").Policy} */ (/** @type {unknown} */ (new Kind(instance, program)));
    },
  };
}
