// The page's border to its engine: numbers go over it, and what is more than a number lies in the engine's memory. The other side is src/wasm/page.rs; both change together.

import { together } from "../parts.mjs";

/** @typedef {import("../engine.mjs").Engine} Engine */

/**
 * @typedef {object} Exports what the engine exports
 * @property {WebAssembly.Memory} memory
 * @property {(length: number) => number} room
 * @property {() => number} load
 * @property {(engine: number, stage: number) => number} decide
 * @property {(engine: number, field: number, keep: boolean) => number} text
 * @property {(engine: number, question: number, about?: number, limit?: number, submissions?: number) => number} numbers
 * @property {(engine: number, question: number, about?: number, number?: number) => number} words
 */

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** A place in memory is where it begins, and so many times its length. */
const SPAN = 2 ** 32;

/** A border with an instance of its own. */
export function border() {
  /** @type {WebAssembly.Module | undefined} */
  let module;
  /** @type {Exports} */
  let wasm;

  /** What the last program that could not be loaded gave. */
  let failed = 0;

  const start = (/** @type {WebAssembly.Module} */ given) => {
    const all = together(given);
    const exports = /** @type {any} */ (new WebAssembly.Instance(all).exports);
    // What is not this engine fails here.
    exports.room(0);
    module = all;
    wasm = exports;
  };
  /** @param {Uint8Array} bytes */
  const give = (bytes) => {
    const at = wasm.room(bytes.length);
    new Uint8Array(wasm.memory.buffer).set(bytes, at);
  };
  /** @param {number} place */
  const numbersAt = (place) => new Float64Array(wasm.memory.buffer, place % SPAN, place / SPAN).slice();
  /** @param {number} place */
  const wordsAt = (place) => decoder.decode(new Uint8Array(wasm.memory.buffer, place % SPAN, place / SPAN));

  /** The code and the message, a line each. @param {number} texts @param {number} kind */
  const told = (texts, kind) => wordsAt(wasm.words(0, texts)).split("\n")[kind].replace(": ", "\n");

  /** @implements {Engine} */
  class PageEngine {
    /** @param {number} at */
    constructor(at) {
      this.at = at;
    }

    /** @param {Uint8Array} bytes */
    static load(bytes) {
      give(bytes);
      const at = wasm.load();
      failed = -1 - at;
      return at < 0 ? undefined : new PageEngine(at);
    }

    /** @param {number} stage */
    decide(stage) {
      return wasm.decide(this.at, stage) >>> 0;
    }

    /** @param {number} field @param {Uint8Array} text @param {boolean} keep */
    text(field, text, keep) {
      give(text);
      return wasm.text(this.at, field, keep);
    }

    /** @param {number} question @param {number} stage @param {number} [limit] @param {number} [submissions] */
    ask(question, stage, limit, submissions) {
      return numbersAt(wasm.numbers(this.at, question, stage, limit, submissions));
    }

    /** @param {number} variable */
    numbers(variable) {
      return this.ask(3, variable);
    }

    /** @param {number} field */
    choices(field) {
      return this.ask(4, field);
    }

    places() {
      return this.ask(5, 0);
    }

    describe() {
      return wordsAt(wasm.words(this.at, 0));
    }

    /** @param {number} field @param {number} number */
    normal(field, number) {
      return wordsAt(wasm.words(this.at, 1, field, number));
    }

    faults() {
      return wordsAt(wasm.words(this.at, 2));
    }

    // A page gives no memory back.
    free() {}
  }

  return {
    Engine: PageEngine,
    load_error: () => `${told(3, failed % 16)}\n${Math.floor(failed / 16)}`,
    /** @param {number} kind */
    lead_error: (kind) => told(4, kind - 1),
    /** @param {{ module: any }} input */
    initSync(input) {
      if (module === undefined) start(input.module instanceof WebAssembly.Module ? input.module : new WebAssembly.Module(input.module));
      return wasm;
    },
    // A page decides as somebody types: what reads thousands of leads a second would have to be downloaded.
    /** @type {import("../encode.mjs").Read} */
    readValues: (object, _, names, values) => names.forEach((name, at) => { values[at] = object[name]; }),
    __wbg_reset_state: () => start(/** @type {WebAssembly.Module} */ (module)),
  };
}
