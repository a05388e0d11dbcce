// A policy as an application holds it: what it may be asked, and how long it lives.

import { Loaded } from "./engine.mjs";
import { LeadgateError } from "./error.mjs";

/**
 * @typedef {import("./engine.mjs").EngineInstance} EngineInstance
 * @typedef {import("./index.d.ts").Options} Options
 * @typedef {Record<string, unknown>} Lead
 */

class Policy {
  #instance;
  /** None where the policy was freed. @type {Loaded | undefined} */
  #loaded;
  /** Calls that have not come back: a getter of a lead can free the policy that reads it. */
  #running = 0;

  /** @param {EngineInstance} instance @param {Uint8Array} program */
  constructor(instance, program) {
    this.#instance = instance;
    this.#loaded = instance.call(() => new Loaded(instance, program));
  }

  #current() {
    if (this.#loaded === undefined) throw new LeadgateError("freed", "the policy was freed", { help: "load its program again" });
    return this.#loaded;
  }

  describe() {
    return this.#ask((loaded) => loaded.describe());
  }

  /** @param {Lead} lead @param {Options} [options] */
  decide(lead, options) {
    const loaded = this.#current();
    this.#running += 1;
    this.#instance.enter();
    // As in #ask, without a function for each lead.
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
    return this.#ask((loaded) => loaded.explain(lead, options));
  }

  /** @param {Lead} lead @param {import("./index.d.ts").PossibleOptions} [options] */
  possible(lead, options) {
    return this.#ask((loaded) => loaded.possible(lead, options));
  }

  /** @param {Lead} lead @param {Pick<Options, "onInvalid">} [options] */
  form(lead, options) {
    return this.#ask((loaded) => loaded.form(lead, options));
  }

  /** @param {string} queue @param {import("./index.d.ts").Rotation | null} [state] */
  assign(queue, state) {
    return this.#ask((loaded) => loaded.assign(queue, state));
  }

  /**
   * A policy that can be asked more: what a build alone answers.
   * @param {Record<string, (loaded: Loaded, ...given: any[]) => unknown>} questions
   */
  static asked(questions) {
    const Asked = class extends Policy {};
    for (const [name, answer] of Object.entries(questions)) {
      const value = /** @this {Policy} @param {unknown[]} given */ function (...given) {
        return this.#ask((loaded) => answer(loaded, ...given));
      };
      Object.defineProperty(Asked.prototype, name, { value, writable: true, configurable: true });
    }
    return Asked;
  }

  /** @template T @param {(loaded: Loaded) => T} question @returns {T} */
  #ask(question) {
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

// Not every runtime has it, and then nothing asks for it.
if (Symbol.dispose !== undefined) Object.defineProperty(Policy.prototype, Symbol.dispose, { value: Policy.prototype.free, writable: true, configurable: true });

/**
 * What a build that runs programs offers.
 * @param {EngineInstance} instance
 * @param {Parameters<typeof Policy.asked>[0]} [questions] what its policies are asked besides
 */
export function runtime(instance, questions) {
  const Loading = questions === undefined ? Policy : Policy.asked(questions);
  return {
    /**
     * Loads a program that `compile` made.
     * @param {Uint8Array} program
     * @returns {import("./index.d.ts").Policy}
     */
    load(program) {
      if (!(program instanceof Uint8Array)) throw new LeadgateError("wrong-type", "a program is a Uint8Array of bytes", { path: "program", help: "give what `compile` returned, or a file's bytes" });
      return /** @type {import("./index.d.ts").Policy} */ (/** @type {unknown} */ (new Loading(instance, program)));
    },
  };
}
